"""How often, how soon and how wrongly changes are found in simulated people, beside what could be found at best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, xlogy

from core.periods import Indices
from core.timeline import Array
from evals.simulator.world import World, WorldSettings, simulate
from tools.forecasting.drift.change_factors import LEAD, log_sum
from tools.forecasting.drift.change_fit import fit_change_model
from tools.forecasting.drift.change_points import ALPHA, Change, ChangeModel, Monitor

EVENTS = (3.0, 5.0, 10.0, 20.0, 40.0)
SITTINGS = (0.0, 0.03)
BEFORE, WINDOW = 15, 5
"""Active periods before the jump, and after it those within which it has to be found."""
CHANGING = 0.1
"""Part of the people whose interests jump in the world that the detector is fitted on: real change is rare."""
_ORACLE_DRAWS = 100
_LOOKED_AT = 100
_TINY = 1e-4


@dataclass(frozen=True)
class DriftCell:
    """Detection at one number of events per active period.

    Attributes:
        found: part of the jumps noted with their topic and direction by the end of the window.
        found_up, found_down: the same of jumps up and of jumps down.
        delay: mean number of active periods to a note, of those found.
        date_error: mean distance of the stated from the true start, in active periods, of those found.
        false_alarms: part of constant people of the same length with any note in their whole history.
        false_alarms_window: part of them with a note within the last `WINDOW` periods.
        false_alarms_online: part of them (at most `_LOOKED_AT`) with any note if looked at after every period.
        stated, real: mean stated probability of all notes, and the part of them that name a jump truly, among people of
            whom `CHANGING` jump.
        knows_levels: part found by a detector that knows every level before and the size, but not topic, direction or
            date, and raises as many false alarms (`ALPHA`) in whole histories.
        knows_all: power of the likelihood-ratio test of level `ALPHA` that knows topic, direction, size and date.
        standard_error: of ``found``.
    """

    events: float
    sitting: float
    people: int
    found: float
    found_up: float
    found_down: float
    delay: float
    date_error: float
    false_alarms: float
    false_alarms_window: float
    false_alarms_online: float
    stated: float
    real: float
    knows_levels: float
    knows_all: float
    standard_error: float


@dataclass(frozen=True)
class DriftEvaluation:
    """All cells."""

    jump: float
    cells: tuple[DriftCell, ...]

    def text(self) -> str:
        """The table as printed."""
        people = self.cells[0].people if self.cells else 0
        lines = [
            f"jumps of {self.jump:.0%} of the share after {BEFORE} active periods, found within {WINDOW}; {people:,} "
            f"people a row; false alarms in whole constant histories of {BEFORE + WINDOW} active periods",
            f"{'events':>7}{'sitting':>9}{'found':>8}{'s.e.':>7}{'up':>7}{'down':>7}{'delay':>7}{'date':>7}"
            f"{'alarms':>8}{'(last 5)':>9}{'(online)':>9}{'stated':>8}{'real':>7}{'knows levels':>14}{'knows all':>11}",
        ]
        lines += [
            f"{c.events:7g}{c.sitting:9.2f}{c.found:8.3f}{c.standard_error:7.3f}{c.found_up:7.3f}{c.found_down:7.3f}"
            f"{c.delay:7.2f}{c.date_error:7.2f}{c.false_alarms:8.3f}{c.false_alarms_window:9.3f}"
            f"{c.false_alarms_online:9.3f}{c.stated:8.3f}{c.real:7.3f}{c.knows_levels:14.3f}{c.knows_all:11.3f}"
            for c in self.cells
        ]
        return "\n".join(lines)


def evaluate_drift(
    seed: int = 0,
    people: int = 400,
    events: tuple[float, ...] = EVENTS,
    sittings: tuple[float, ...] = SITTINGS,
    jump: float = 0.15,
) -> DriftEvaluation:
    """Detection of jumps by a model fitted on other simulated people, of whom `CHANGING` jump at any time.

    People are active in every period, with a Poisson number of events, at least one. The topic that jumps is drawn as
    often as it is common; it goes down half of the time where it can.

    Args:
        seed: of the worlds.
        people: how many jump, and how many are constant, in each cell.
        events: mean events in an active period.
        sittings: intraclass correlations of the events of one period.
        jump: size in parts of the share.
    """
    cells = []
    for sitting in sittings:
        for mean in events:
            settings = WorldSettings(
                kinds=("constant", "jumping"),
                people=2 * people,
                periods=BEFORE + WINDOW,
                events=mean,
                burst=0.0,
                missing=0.0,
                sitting=sitting,
                jump=jump,
                jump_at=BEFORE,
            )
            kinds = ("jumping",) + ("constant",) * round(1 / CHANGING - 1)
            model = fit_change_model(simulate(settings, seed, draw=0, kinds=kinds, jump_at=None).panel)
            cells.append(_cell(model, simulate(settings, seed, draw=1), seed))
    return DriftEvaluation(jump, tuple(cells))


def _cell(model: ChangeModel, world: World, seed: int) -> DriftCell:
    notes = [model.changes_of(np.arange(BEFORE + WINDOW), mass) for mass in world.events]
    right = [
        [_true(world, person, change) for change in changes if change.found >= BEFORE]
        for person, changes in enumerate(notes)
    ]
    jumped, steady = np.flatnonzero(world.size), np.flatnonzero(world.size == 0)
    hit = np.array([any(right[person]) for person in jumped])
    up = world.size[jumped] > 0
    first = [
        next(change for change in notes[person] if _true(world, person, change) and change.found >= BEFORE)
        for person in jumped[hit]
    ]
    weight = np.where(world.size != 0, CHANGING, 1 - CHANGING)
    every = [(weight[person], change) for person, changes in enumerate(notes) for change in changes]
    true = float(weight @ [sum(each) for each in right])
    total = float(sum(part for part, _ in every)) or float("nan")
    settings = world.settings
    return DriftCell(
        events=settings.events,
        sitting=settings.sitting,
        people=len(jumped),
        found=float(hit.mean()),
        found_up=_mean(hit[up]),
        found_down=_mean(hit[~up]),
        delay=_mean([change.found - BEFORE + 1 for change in first]),
        date_error=_mean([abs(change.start - BEFORE) for change in first]),
        false_alarms=_mean([bool(notes[person]) for person in steady]),
        false_alarms_window=_mean([any(each.found >= BEFORE for each in notes[person]) for person in steady]),
        false_alarms_online=_mean([_noted_online(model, world.events[person]) for person in steady[:_LOOKED_AT]]),
        stated=float(sum(part * change.probability for part, change in every)) / total,
        real=true / total,
        knows_levels=_knows_levels(world, jumped, steady),
        knows_all=_knows_all(world, jumped, np.random.default_rng(seed)),
        standard_error=float(hit.std() / np.sqrt(len(hit))),
    )


def _true(world: World, person: int, change: Change) -> bool:
    return bool(change.topic == world.topic[person] and change.size * world.size[person] > 0)


def _noted_online(model: ChangeModel, mass: Array) -> bool:
    monitor = Monitor(model)
    return any(monitor.update(index, row) for index, row in enumerate(mass))


def _knows_levels(world: World, jumped: Indices, steady: Indices) -> float:
    """Part found by Shiryaev-Roberts with known levels, the bar set on the steady people themselves."""
    jump, sitting = world.settings.jump, world.settings.sitting
    total = world.events.sum(axis=2)
    size = (total / (1 + (total - 1) * sitting))[:, :, None]
    shares = world.events / total[:, :, None]
    level = np.clip(world.shares[:, :1], _TINY, 1 - _TINY)
    weight = 0.5 / level.shape[2] + 0.5 * world.population
    sums = []
    for step in (jump, -jump):
        moved = np.clip(level + step, _TINY, 1 - _TINY)
        gain = size * (shares * np.log(moved / level) + (1 - shares) * np.log((1 - moved) / (1 - level)))
        possible = (level + step > 0) & (level + step < 1)
        sums.append(np.where(possible, _over_dates(gain) + np.log(weight), -np.inf))
    factor = np.stack(sums, axis=2)  # people, periods, directions, topics
    flat = factor.reshape(*factor.shape[:2], -1)
    top = log_sum(flat)
    bar = np.quantile(top[steady].max(axis=1), 1 - ALPHA)
    noted = top[jumped] > bar
    first = np.where(noted.any(axis=1), noted.argmax(axis=1), -1)
    best = flat[jumped, first].argmax(axis=1)
    topics = level.shape[2]
    named = (best % topics == world.topic[jumped]) & ((best // topics == 0) == (world.size[jumped] > 0))
    return float(((first >= BEFORE) & named).mean())


def _over_dates(gain: Array) -> Array:
    """(people, periods, topics) log of the sum over dates from `LEAD` on of the likelihood ratio since then."""
    sums = np.full(gain.shape, -np.inf)
    for step in range(LEAD, gain.shape[1]):
        sums[:, step] = np.logaddexp(sums[:, step - 1], 0.0) + gain[:, step]
    return sums


def _knows_all(world: World, jumped: Indices, generator: np.random.Generator) -> float:
    """Power of the likelihood-ratio test on the window, its critical value simulated for each person."""
    topic = world.topic[jumped]
    later = world.events[jumped, BEFORE:]
    total = later.sum(axis=2)
    hit = later[np.arange(len(jumped)), :, topic]
    before = np.clip(world.shares[jumped, BEFORE - 1, topic], _TINY, 1 - _TINY)[:, None]
    after = np.clip(world.shares[jumped, BEFORE, topic], _TINY, 1 - _TINY)[:, None]
    sitting = world.settings.sitting

    def ratio(number: Array) -> Array:
        return np.asarray(
            (_log_chance(number, total, after, sitting) - _log_chance(number, total, before, sitting)).sum(-1)
        )

    level = np.broadcast_to(before, (_ORACLE_DRAWS, *total.shape))
    if sitting > 0:
        strength = (1 - sitting) / sitting
        level = generator.beta(np.maximum(strength * level, _TINY), strength * (1 - level))
    drawn = generator.binomial(total.astype(np.int64), level).astype(np.float64)
    return float((ratio(hit) > np.quantile(ratio(drawn), 1 - ALPHA, axis=0)).mean())


def _log_chance(number: Array, total: Array, level: Array, sitting: float) -> Array:
    """Log probability of a binomial, or beta-binomial, number up to a term without the level."""
    if sitting == 0:
        return np.asarray(xlogy(number, level) + xlogy(total - number, 1 - level))
    strength = (1 - sitting) / sitting
    yes, no = strength * level, strength * (1 - level)
    return np.asarray(betaln(number + yes, total - number + no) - betaln(yes, no))


def _mean(values: Sequence[float] | NDArray[Any]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
