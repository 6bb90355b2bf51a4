from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.errors import InputError
from evals.simulator import evaluate_drift, evaluate_recovery, simulate
from evals.simulator.recovery import CHOSEN, ORACLE, oracle
from evals.simulator.world import FIRST_PERIOD, KINDS, SEASON, WorldSettings

SMALL = WorldSettings(people=60, topics=6, periods=24)


def test_the_same_seed_gives_the_same_world_and_another_draw_other_people() -> None:
    first, again, other = simulate(SMALL, 3), simulate(SMALL, 3), simulate(SMALL, 3, draw=1)
    assert np.array_equal(first.events, again.events)
    assert np.array_equal(first.population, other.population)
    assert not np.array_equal(first.shares, other.shares)


def test_interests_move_as_their_kind_says() -> None:
    world = simulate(SMALL, 1, periods=30)
    assert world.shares.sum(axis=2) == pytest.approx(1)
    step = np.abs(np.diff(world.shares, axis=1)).max(axis=2)
    moving = {kind: (step[world.of_kind(kind)] > 1e-9).mean(axis=1) for kind in KINDS}
    assert (moving["constant"] == 0).all()
    assert moving["jumping"] == pytest.approx(1 / 29)
    assert min(moving["trending"].min(), moving["seasonal"].min(), moving["reverting"].min()) > 0.9
    seasonal = world.shares[world.of_kind("seasonal")]
    assert seasonal[:, :10] == pytest.approx(seasonal[:, SEASON : SEASON + 10])


def test_a_jump_is_where_and_as_large_as_it_says() -> None:
    world = simulate(SMALL, 2, kinds=("jumping",), jump_at=10, jump=0.15)
    rows = np.arange(60)
    level = world.shares[rows, :, world.topic]
    assert level[:, 10] - level[:, 9] == pytest.approx(world.size)
    assert set(np.round(np.abs(world.size), 9)) == {0.15}
    others = np.delete(world.shares[0], world.topic[0], axis=1)
    assert others[9] / others[9].sum() == pytest.approx(others[10] / others[10].sum())


def test_the_panel_holds_what_was_seen() -> None:
    world = simulate(SMALL, 4, missing=0.3)
    assert world.panel.positive.sum() == world.events.sum()
    row = 17
    person, period = world.panel.user[row], world.panel.index[row] - FIRST_PERIOD
    assert np.array_equal(world.panel.positive[row], world.events[person, period])
    assert 0.2 < (world.events.sum(axis=2) == 0).mean() < 0.4


def test_sittings_scatter_more_than_independent_events() -> None:
    def scatter(sitting: float) -> float:
        world = simulate(SMALL, 5, kinds=("constant",), missing=0.0, sitting=sitting, events=30.0)
        shares = world.events / world.events.sum(axis=2, keepdims=True)
        return float(((shares - world.shares) ** 2).sum(axis=2).mean())

    assert scatter(0.2) > 3 * scatter(0.0)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"kinds": ("dancing",)}, "dancing"), ({"people": 0}, "0 people"), ({"missing": 1.0}, "missing 1")],
)
def test_an_impossible_world_is_one_clear_error(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError, match=named):
        simulate(SMALL, 0, **change)


def test_the_oracle_is_near_the_truth_however_interests_move() -> None:
    for kind in KINDS:
        world = simulate(SMALL, 6, kinds=(kind,), periods=40, events=40.0, sitting=0.0)
        assert np.abs(oracle(world, 36) - world.shares[:, 36:]).mean() < 0.01


def test_recovery_compares_forecasters_with_the_oracle() -> None:
    found = evaluate_recovery(people=60, kinds=("constant",), settings=SMALL)
    (world,) = found.worlds
    assert world.error[ORACLE] < world.error["last value"]
    assert world.best in world.error
    assert world.regret == pytest.approx(world.error[CHOSEN] - world.error[world.best])
    assert "constant: chosen" in found.text()


def test_large_jumps_seen_through_many_events_are_found_with_few_false_alarms() -> None:
    (cell,) = evaluate_drift(people=80, events=(40.0,), sittings=(0.0,), jump=0.3).cells
    assert cell.found >= 0.8
    assert cell.false_alarms <= 0.1
    assert cell.knows_all >= 0.95
    assert 2 <= cell.delay <= 5
