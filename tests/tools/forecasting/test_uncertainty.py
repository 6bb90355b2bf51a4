from __future__ import annotations

import numpy as np
import pytest

from core.timeline import Array
from tools.forecasting.series import HORIZONS, Histories, Windows
from tools.forecasting.uncertainty import LEVELS, PACES, Bands, calibrate, pace_of, shortest

PEOPLE, TOPICS = 3000, 6


def world(seed: int, events: int = 8, shift: float = 0.0) -> tuple[Array, Windows]:
    """Forecasts that are right, and counts of ``events`` drawn around them; with ``shift`` later ones scatter more."""
    generator = np.random.default_rng(seed)
    points = generator.dirichlet(np.full(TOPICS, 0.7), size=(PEOPLE, HORIZONS))
    origin = np.repeat(np.arange(100, 106), PEOPLE // 6)
    size = np.maximum(np.round(events * (1 - shift * (origin - 100) / 5)).astype(int), 1)
    targets = np.array(
        [[generator.multinomial(n, each) / n for each in row] for n, row in zip(size, points, strict=True)]
    )
    positive = np.zeros((PEOPLE, 1, TOPICS), dtype=np.float32)
    positive[:, 0, 0] = np.where(np.arange(PEOPLE) % 2, 2, 12)
    histories = Histories(positive, np.zeros_like(positive), np.ones((PEOPLE, 1), dtype=np.float32), origin)
    totals = np.full((PEOPLE, HORIZONS), float(events), dtype=np.float32)
    return points, Windows(histories, np.arange(PEOPLE), targets.astype(np.float32), totals)


def coverage(bands: Bands, points: Array, windows: Windows) -> tuple[float, float]:
    found = bands.around(points, pace_of(windows.histories))
    inside = [
        (windows.targets >= lo - 1e-6) & (windows.targets <= hi + 1e-6)
        for lo, hi in ((found.lo, found.hi), (found.lo95, found.hi95))
    ]
    return float(inside[0].mean()), float(inside[1].mean())


def test_intervals_hold_their_level_on_new_draws() -> None:
    bands = calibrate(*world(0))
    near, far = coverage(bands, *world(1))
    assert near == pytest.approx(LEVELS[0], abs=0.02)
    assert far == pytest.approx(LEVELS[1], abs=0.015)


def test_they_hold_for_shares_of_any_size() -> None:
    bands = calibrate(*world(0))
    points, windows = world(1)
    found = bands.around(points, pace_of(windows.histories))
    inside = (windows.targets >= found.lo - 1e-6) & (windows.targets <= found.hi + 1e-6)
    for low, high in ((0.05, 0.1), (0.1, 0.2), (0.2, 0.35), (0.35, 1.0)):
        chosen = (points >= low) & (points < high)
        assert inside[chosen].mean() == pytest.approx(0.8, abs=0.05)


def test_growing_scatter_is_answered_with_wider_intervals() -> None:
    still, growing = (calibrate(*world(0, shift=shift)) for shift in (0.0, 0.8))
    points, _ = world(1)
    group = np.ones(PEOPLE, dtype=np.int64)
    widths = [
        float((each.hi - each.lo).mean()) for each in (still.around(points, group), growing.around(points, group))
    ]
    assert widths[1] > widths[0] * 1.2


def test_the_shortest_interval_is_found_around_zero() -> None:
    errors = np.sort(np.concatenate([np.full(80, -0.1), np.linspace(0, 1, 20)]))
    assert shortest(errors, 0.8) == pytest.approx((0.1, 0.0), abs=0.06)


def test_the_wider_interval_holds_the_narrower() -> None:
    points, windows = world(2)
    found = calibrate(points, windows).around(points, pace_of(windows.histories))
    assert (found.lo95 <= found.lo).all()
    assert (found.hi <= found.hi95).all()
    assert ((found.lo <= found.shares) & (found.shares <= found.hi)).all()


def test_draws_scatter_as_the_errors_did() -> None:
    points, windows = world(3)
    bands = calibrate(points, windows)
    drawn = bands.sample(points[:200], pace_of(windows.histories)[:200], 400, seed=1)
    assert drawn.shape == (200, 400, HORIZONS, TOPICS)
    assert np.allclose(drawn.sum(axis=3), 1)
    assert np.abs(drawn.mean(axis=1) - points[:200]).mean() < 0.02
    scatter = ((drawn - points[:200, None]) ** 2).mean()
    assert scatter == pytest.approx(float(((windows.targets - points) ** 2).mean()), rel=0.15)


def test_restored_bands_are_the_same() -> None:
    bands = calibrate(*world(0))
    again = Bands.restored(bands.state())
    assert np.array_equal(again.below, bands.below)
    assert bands.below.shape[1] == PACES + 1
