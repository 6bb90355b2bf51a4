"""What the benchmark found in one test, and its tables as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ACCURACY = ("HR@10", "NDCG@10", "Recall@20", "MRR")
"""Means over people."""

BEYOND = ("cover@10", "novelty", "KL topics", "popularity", "Gini")
"""What the first ten places are like: part of the catalogue shown to anybody; bits of self-information; KL divergence
of their topics from the person's own; mean popularity percentile; how unevenly the catalogue is shown."""

ACTIVITY = ("least active", "middle", "most active")
"""Thirds of the people by events before the moment."""

WIDTH = 30


@dataclass(frozen=True)
class Row:
    """One way of ranking.

    Attributes:
        chosen: its figures, as chosen on the tuning cases.
        figures: by name of `ACCURACY` and `BEYOND`.
        activity: NDCG@10 by third of `ACTIVITY`.
        fit_seconds, peak: seconds and bytes of memory that training the chosen one took.
        person_ms: milliseconds a person that ranking the catalogue took, many people at once where it can.
        capped: whether time ended the training, so that accuracy is a lower bound.
    """

    name: str
    chosen: str
    figures: Mapping[str, float]
    activity: Mapping[str, float]
    fit_seconds: float
    peak: float
    person_ms: float
    capped: bool = False


@dataclass(frozen=True)
class Difference:
    """Ours minus another way, mean over people with its 95 % bootstrap interval."""

    ours: str
    other: str
    metric: str
    mean: float
    low: float
    high: float

    @property
    def mark(self) -> str:
        """``*`` where the interval lies above 0, ``!`` where it lies below."""
        return "*" if self.low > 0 else "!" if self.high < 0 else " "


@dataclass(frozen=True)
class Outcome:
    """One test.

    Attributes:
        name, title: of the test.
        people: how many were asked for; tuned: how many cases figures were chosen on.
        thirds: (least, most) events of each third of `ACTIVITY`.
        rows: peers first, then the blend, then ours and what it was compared with.
        differences: of ours, the shipped scorer and its variants, to all others.
        notes: what was left out and why.
    """

    name: str
    title: str
    people: int
    tuned: int
    items: int
    thirds: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The tables."""
        return "\n".join(
            [
                f"== {self.title}: {self.people:,} people, {self.items:,} items; "
                + (f"figures chosen on {self.tuned:,} people before; " if self.tuned else "")
                + "ties count against",
                *figure_table(self.rows, ACCURACY + BEYOND),
                "",
                *activity_table(self.rows, self.thirds),
                "",
                *difference_table(self.differences),
                "",
                *cost_table(self.rows),
                *self.notes,
            ]
        )


def figure_table(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """A line a way of ranking; ``+`` behind a lower bound."""
    lines = [f"{'':<{WIDTH}}" + "".join(f"{name:>11}" for name in names)]
    for row in rows:
        name = f"{row.name} +" if row.capped else row.name
        lines.append(f"{name:<{WIDTH}}" + "".join(f"{row.figures[each]:>11.4f}" for each in names))
    if any(row.capped for row in rows):
        lines.append("+ time ended its training: a lower bound")
    return lines


def activity_table(rows: Sequence[Row], thirds: Sequence[tuple[int, int]]) -> list[str]:
    """NDCG@10 by activity."""
    heads = [f"{name} ({low}-{high})" for name, (low, high) in zip(ACTIVITY, thirds, strict=True)]
    lines = [f"{'NDCG@10 by events before':<{WIDTH}}" + "".join(f"{head:>24}" for head in heads)]
    return lines + [
        f"{row.name:<{WIDTH}}" + "".join(f"{row.activity[name]:>24.4f}" for name in ACTIVITY) for row in rows
    ]


def difference_table(differences: Sequence[Difference]) -> list[str]:
    """A line a pair, a column a metric."""
    lines = [
        f"{'* ours is better, ! worse; 95 % bootstrap intervals over people':<{2 * WIDTH}}"
        + "".join(f"{metric:>29}" for metric in ACCURACY)
    ]
    pairs = dict.fromkeys((each.ours, each.other) for each in differences)
    for ours, other in pairs:
        cells = {
            each.metric: f"{each.mean:+.4f} [{each.low:+.4f}, {each.high:+.4f}]{each.mark}"
            for each in differences
            if (each.ours, each.other) == (ours, other)
        }
        lines.append(
            f"{f'{ours} - {other}':<{2 * WIDTH}}" + "".join(f"{cells.get(metric, ''):>29}" for metric in ACCURACY)
        )
    return lines


def cost_table(rows: Sequence[Row]) -> list[str]:
    """What each cost, and its chosen figures."""
    lines = [f"{'':<{WIDTH}}{'training s':>11}{'memory MB':>11}{'ms a person':>13}  chosen"]
    for row in rows:
        cells = f"{row.fit_seconds:>11.1f}{row.peak / 1e6:>11.0f}{row.person_ms:>13.2f}"
        lines.append(f"{row.name:<{WIDTH}}{cells}  {row.chosen}".rstrip())
    return lines
