"""The tables of the benchmark of the behaviour model."""

from __future__ import annotations

from dataclasses import dataclass

from evals.behaviour_scores import Figure, Level, Quality

CANDIDATES = 1000
"""Items of one person that the speed is measured with."""


@dataclass(frozen=True)
class Row:
    """One way to predict, and how long it took to fit."""

    name: str
    quality: Quality
    seconds: float


@dataclass(frozen=True)
class HeadReport:
    """One kind of behaviour on one data set.

    Attributes:
        meaning: of the probability. rows: every way to predict; the model is the last.
        levels: of the model. parts: AUC of the model among items that the person had taken up before, and had not.
        missed: part of what happened that was of items out of reach, which is predicted by nobody.
    """

    kind: str
    meaning: str
    people: int
    cases: int
    happened: int
    one_in: float
    missed: float
    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    parts: tuple[tuple[str, int, Figure], ...]

    def text(self) -> str:
        """The tables."""
        lines = [
            f"-- {self.kind}: {self.meaning}",
            f"{self.people:,} people, {self.cases:,} cases of which {self.happened:,} happened; "
            f"1 in {self.one_in:,.1f} of all cases; {self.missed:.0%} of what happened was of items out of reach",
            f"{'':<22}{'accuracy':>16}{'F1':>16}{'AUC':>16}{'log-loss':>16}{'against':>18}{'Brier':>16}{'ECE':>16}"
            f"{'AUC, all':>16}{'happened/expected':>18}{'s':>6}",
        ]
        for row in self.rows:
            q = row.quality
            figures = "".join(
                f"{each.text():>{width}}"
                for each, width in (
                    (q.accuracy, 16),
                    (q.f1, 16),
                    (q.auc, 16),
                    (q.log_loss, 16),
                    (q.against, 18),
                    (q.brier, 16),
                    (q.calibration, 16),
                    (q.auc_all, 16),
                )
            )
            lines.append(f"{row.name:<22}{figures}{q.ratio.text(3):>18}{row.seconds:>6.0f}")
        lines += [f"AUC among items {name} ({count:,} cases): {auc.text()}" for name, count, auc in self.parts]
        lines.append(f"{'expected':>14}{'happened':>14}{'cases':>14}")
        for level in self.levels:
            expected, happened = (level.cases / max(each, 1e-9) for each in (level.expected, level.happened))
            lines.append(f"{f'1 in {expected:,.1f}':>14}{f'1 in {happened:,.1f}':>14}{level.cases:>14,.0f}")
        return "\n".join(lines)


@dataclass(frozen=True)
class SetReport:
    """One data set.

    Attributes:
        gathering, fitting: seconds. inference: median and 95th percentile, in ms, of one person and `CANDIDATES` items.
    """

    name: str
    title: str
    heads: tuple[HeadReport, ...]
    gathering: float
    fitting: float
    inference: tuple[float, float]

    def text(self) -> str:
        """The tables."""
        middle, slow = self.inference
        return "\n".join(
            [
                f"== {self.title}",
                *(head.text() for head in self.heads),
                f"gathering {self.gathering:.0f} s, fitting the network {self.fitting:.0f} s; "
                f"{CANDIDATES:,} items of one person: median {middle:.1f} ms of CPU, 95th percentile {slow:.1f} ms",
            ]
        )


@dataclass(frozen=True)
class BehaviourReport:
    """What the benchmark found."""

    sets: tuple[SetReport, ...]

    def text(self) -> str:
        """Everything as printed."""
        return "\n\n".join(
            [*(each.text() for each in self.sets), "None of these data hold clicks: click → purchase is untested."]
        )
