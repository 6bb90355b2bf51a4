"""The tables of the benchmark of cold start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics import bootstrap_interval, bootstrap_intervals
from evals.ranking.ours import NAME

Metrics = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Figure:
    """A mean over cases with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def text(self) -> str:
        """As printed."""
        return f"{self.mean:.4f} [{self.low:.4f}, {self.high:.4f}]"


@dataclass(frozen=True)
class Row:
    """One way of ranking the cases of one group.

    Attributes:
        less: ours minus this one by the first metric, paired; None for ours.
    """

    group: str
    way: str
    cases: int
    figures: Mapping[str, Figure]
    less: Figure | None


@dataclass(frozen=True)
class Table:
    """The rows of one question."""

    title: str
    rows: tuple[Row, ...]

    def text(self) -> str:
        """As printed."""
        names = list(self.rows[0].figures) if self.rows else []
        head = "".join(f"{name:>26}" for name in names)
        lines = [f"== {self.title}", f"{'':<16}{'cases':>6}  {'':<22}{head}  {NAME} less it by {names[0]}"]
        before = ""
        for row in self.rows:
            group = f"{row.group:<16}{row.cases:>6}" if row.group != before else " " * 22
            before = row.group
            less = "" if row.less is None else f"{row.less.mean:+.4f} [{row.less.low:+.4f}, {row.less.high:+.4f}]"
            cells = "".join(f"{row.figures[name].text():>26}" for name in names)
            lines.append(f"{group}  {row.way:<22}{cells}  {less}".rstrip())
        return "\n".join(lines)


def rows(group: str, ways: Mapping[str, Metrics]) -> list[Row]:
    """The rows of a group: ours first, each way's means, and what ours has more by the first metric."""
    result = []
    for way, metrics in sorted(ways.items(), key=lambda each: each[0] != NAME):
        values = np.stack(list(metrics.values()))
        intervals = bootstrap_intervals(values).tolist()
        figures = {name: Figure(*each) for name, each in zip(metrics, intervals, strict=True)}
        less = None
        if way != NAME and NAME in ways:
            first = next(iter(metrics))
            less = Figure(*bootstrap_interval(ways[NAME][first], metrics[first]))
        result.append(Row(group, way, values.shape[1], figures, less))
    return result
