"""The forecasting benchmark on a made-up panel of steady people."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from evals.forecasting import CHOSEN, evaluate
from tools.forecasting.series import Panel

TOPICS = ("genre:A", "genre:B", "genre:C")


def steady(people: int, periods: int = 10) -> Panel:
    generator = np.random.default_rng(0)
    tastes = generator.dirichlet([4.0, 3.0, 1.0], size=people)
    mass = np.stack([generator.multinomial(4, tastes[person]) for person in range(people) for _ in range(periods)])
    return Panel(
        TOPICS,
        "week",
        tuple(f"u{n}" for n in range(people)),
        np.repeat(np.arange(people), periods),
        np.tile(np.arange(periods) + 2000, people),
        mass.astype(np.float32),
        np.zeros(mass.shape, dtype=np.float32),
        np.full(3, 1 / 3),
    )


def test_every_forecaster_is_scored_and_steady_people_rarely_drift() -> None:
    report = evaluate(steady(60))
    errors = {row.name: row.error for row in report.rows}
    assert errors["dirichlet shrinkage"] < errors["running mean"] < errors["last value"]
    assert errors[CHOSEN] < errors["running mean"]
    assert report.drift.people == 60
    assert max(report.drift.shuffled, report.drift.actual) < 0.15 < report.drift.spliced
    assert all(0.7 < coverage < 0.95 for coverage in report.intervals.coverage)
    assert "chosen by backtest" in report.text()


def test_too_few_people_say_what_to_do() -> None:
    with pytest.raises(InputError, match="Only 5 people"):
        evaluate(steady(5))
