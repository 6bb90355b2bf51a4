"""A few people to look at: their history, the forecast with its intervals, and what followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.periods import period_start
from core.timeline import to_shares
from evals.forecasting.segments import Segment
from evals.forecasting.trial import SERVED, Trial

SHOWN = 5
_PERIODS = 24


@dataclass(frozen=True)
class Example:
    """One person at one origin; shares are of the `SHOWN` topics they use most, the rest being left over.

    Attributes:
        kind: why they are shown.
        dates: of the active periods of the history, then of the forecast ones.
        history: (periods, topics) shares.
        forecast, lo80, hi80, lo95, hi95: (horizons, topics).
        actual: the same, None where the person was inactive.
    """

    kind: str
    topics: tuple[str, ...]
    dates: tuple[str, ...]
    history: list[list[float]]
    forecast: list[list[float]]
    lo80: list[list[float]]
    hi80: list[list[float]]
    lo95: list[list[float]]
    hi95: list[list[float]]
    actual: list[list[float] | None]


def examples(trial: Trial, segments: dict[str, Segment], seed: int = 0) -> tuple[Example, ...]:
    """A person whose interests drifted, one with a long steady history and one with a short one, where there are."""
    whole = trial.seen.sum(axis=1) >= trial.targets.shape[1] - 1
    short = whole & (trial.active >= 2) & (trial.active <= 4)
    drifted, steady = (segments.get(name) for name in ("drift found before", "no drift found"))
    nobody = np.zeros(len(trial.person), dtype=bool)
    wanted: list[tuple[str, NDArray[np.bool_]]] = [
        ("interests that drifted", whole & (drifted.cases if drifted else nobody)),
        ("a long steady history", whole & (steady.cases if steady else nobody)),
        ("a short history", short),
    ]
    generator = np.random.default_rng(seed)
    found = []
    for kind, cases in wanted:
        if kind != "a short history":
            long = np.quantile(trial.active[cases], 0.7) if cases.any() else 0
            cases = cases & (trial.active >= long)
        if cases.any():
            found.append(example(trial, int(generator.choice(np.flatnonzero(cases))), kind))
    return tuple(found)


def example(trial: Trial, case: int, kind: str) -> Example:
    """One case of a trial."""
    panel, who, origin = trial.panel, trial.person[case], int(trial.origin[case])
    rows = np.arange(*np.searchsorted(panel.user, [who, who + 1]))
    rows = rows[(panel.index[rows] < origin) & (panel.interest[rows].sum(axis=1) > 0)][-_PERIODS:]
    history = to_shares(panel.interest[rows].astype(np.float64))
    band, point, actual = trial.bands[SERVED], trial.points[SERVED][case], trial.targets[case]
    shown = np.argsort(-(history.mean(axis=0) + point.mean(axis=0)), kind="stable")[:SHOWN]
    ahead = range(origin, origin + len(point))
    dates = [period_start(each, panel.period).date().isoformat() for each in [*panel.index[rows].tolist(), *ahead]]

    def cells(values: NDArray[Any]) -> list[list[float]]:
        return [[round(float(each), 4) for each in row] for row in values[:, shown]]

    return Example(
        kind,
        tuple(panel.topics[each].partition(":")[2] or panel.topics[each] for each in shown),
        tuple(dates),
        cells(history),
        cells(point),
        cells(band.lo80[case]),
        cells(band.hi80[case]),
        cells(band.lo95[case]),
        cells(band.hi95[case]),
        actual=[row if seen else None for row, seen in zip(cells(actual), trial.seen[case], strict=True)],
    )
