"""What the benchmark found on one data set, and its tables as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.forecasting.drift import DriftRates
from evals.forecasting.examples import Example
from evals.forecasting.floor import FLOOR
from evals.forecasting.intervals import LEVELS, IntervalRow
from evals.forecasting.scores import Difference, Row
from evals.forecasting.speed import Speed
from evals.forecasting.trial import BASE, SERVED
from evals.outlook_report import OutlookReport
from tools.forecasting.metrics import SMOOTHING
from tools.forecasting.series import HORIZONS

SIMPLE = ("last value", "running mean", "population")


@dataclass(frozen=True)
class SegmentRow:
    """A segment: how many people, what the forecaster to beat scores there, and every other against it."""

    name: str
    people: int
    base: float
    differences: Mapping[str, Difference]


@dataclass(frozen=True)
class PeerTable:
    """Everybody on the people that the peers were asked about, one case each."""

    people: int
    rows: tuple[Row, ...]
    zero: Mapping[str, float]


@dataclass(frozen=True)
class SetReport:
    """One data set.

    Attributes:
        header: what was tested and how much of it.
        used: by forecaster, the part of the cases that the ensemble served with it.
        rows: every forecaster and the floor over everybody, worst first.
        closed: part of the distance from the forecaster to beat to the floor that the ensemble closes.
        floor: the figures of the floor.
        segments: of at least 100 people.
        intervals: by name of the intervals.
        notes: what was left out and why.
    """

    name: str
    title: str
    header: str
    used: Mapping[str, float]
    rows: tuple[Row, ...]
    closed: float
    floor: Mapping[str, float]
    segments: tuple[SegmentRow, ...]
    peers: PeerTable | None
    intervals: Mapping[str, tuple[IntervalRow, ...]]
    drift: DriftRates
    outlook: OutlookReport | None
    speed: Speed | None
    examples: tuple[Example, ...]
    seconds: float
    notes: tuple[str, ...] = ()

    def row(self, name: str) -> Row:
        """A forecaster by name."""
        return next(row for row in self.rows if row.name == name)

    def text(self) -> str:
        """The tables."""
        served = self.row(SERVED)
        worse = [f"{each.name}" for each in self.segments if each.differences[SERVED].verdict == "worse"]
        better = sum(each.differences[SERVED].verdict == "better" for each in self.segments)
        used = ", ".join(f"{name} {part:.0%}" for name, part in sorted(self.used.items(), key=lambda each: -each[1]))
        lines = [
            f"== {self.title}: {self.header}",
            f"KL(actual || forecast) in nats, forecasts smoothed by {SMOOTHING:g}; differences are paired over people "
            f"with full shrinkage ({BASE}): * better, ! worse by 2 standard errors",
            *score_table(self.rows),
            f"the ensemble used {used}",
            f"it is {served.difference.verdict or 'not different'} overall ({served.difference.text().strip()}), "
            f"better in {better} and worse in {len(worse)} of {len(self.segments)} segments"
            + (f" ({', '.join(worse)})" if worse else "")
            + f"; {self.closed:.0%} of the distance to the floor is closed",
            "",
            *segment_table(self.segments),
            "",
        ]
        if self.peers is not None:
            zero = ", ".join(f"{name} {part:.0%}" for name, part in self.peers.zero.items())
            lines += [
                f"on {self.peers.people} people with statsforecast, a model a topic of a person:",
                *score_table(self.peers.rows),
                f"topics used so far that are forecast as 0: {zero}",
                "",
            ]
        lines += [*interval_table(self.intervals), "", self.drift.text()]
        if self.outlook is not None:
            lines += ["", "what shares do not show:", self.outlook.text(), ""]
        if self.speed is not None:
            lines.append(self.speed.text())
        return "\n".join([*lines, *self.notes, f"{self.seconds:.0f} s for this data set"])


def score_table(rows: Sequence[Row]) -> list[str]:
    """A line a forecaster."""
    horizons = "".join(f"{f'h={h + 1}':>7}" for h in range(HORIZONS))
    lines = [f"{'':<28}{'KL':>7}{'s.e.':>7}  {'against full':<18}{'TV':>6}{'direction':>11}{horizons}"]
    for row in rows:
        apart = "" if row.name == BASE else row.difference.text()
        cells = "".join(f"{each:7.3f}" for each in row.by_horizon)
        lines.append(
            f"{row.name:<28}{row.error:7.3f}{row.standard_error:7.3f}  {apart:<18}{row.variation:6.3f}"
            f"{row.direction:11.3f}{cells}"
        )
    return lines


def segment_table(segments: Sequence[SegmentRow]) -> list[str]:
    """A line a segment; a column a forecaster that could be used."""
    if not segments:
        return ["no segment has enough people"]
    names = [name for name in segments[0].differences if name not in (*SIMPLE, FLOOR, SERVED)]
    names = [SERVED, *names, FLOOR]
    lines = [f"{'segment':<26}{'people':>7}{BASE:>23}" + "".join(f"{name:>23}" for name in names)]
    for each in segments:
        cells = "".join(f"{each.differences[name].text():>23}" for name in names)
        lines.append(f"{each.name:<26}{each.people:>7,}{each.base:>23.4f}{cells}")
    return lines


def interval_table(intervals: Mapping[str, tuple[IntervalRow, ...]]) -> list[str]:
    """A line a group of shares; coverage, mean width and interval score of each kind of intervals at each level."""
    names = list(intervals)
    wide = [f"{name[:22]} {level:.0%}" for level in LEVELS for name in names]
    lines = [
        "intervals: part covered / mean width / mean interval score (lower is better)",
        f"{'':<28}" + "".join(f"{each:>28}" for each in wide),
    ]
    for group in zip(*intervals.values(), strict=True):
        cells = [
            f"{row.coverage[number]:.3f} / {row.width[number]:.3f} / {row.score[number]:.3f}"
            for number in range(len(LEVELS))
            for row in group
        ]
        lines.append(f"{group[0].group:<28}" + "".join(f"{each:>28}" for each in cells))
    return lines
