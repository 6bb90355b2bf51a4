"""Numbers known at a moment about a person, an item and the two together; the same code in training and in use.

============================== ====================================================================================
person                         events, active days, days since the last and since the first, both beside the usual gap,
                               events of the last day and month, part of judged items liked, mean of value less the
                               item's mean, weekday, season where the log spans more than a year
item                           decayed counts at `HALF_LIVES`, counts of takers and events, burst, repeats, part liked,
                               mean value, how long it has been known, looks; year and price where there are any
person × item                  topic share and lift, likeness by facets and co-occurrence, the same weighted by how the
                               person valued those items, times taken up, days since over the usual gap, looks, the
                               distance from the person's usual year and price
============================== ====================================================================================

Everything is on log scales where it is a count or a time, so that a linear model can multiply.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.scoring.behaviour.context import Catalogue, History, World
from tools.scoring.behaviour.state import HALF_LIVES, JUDGED, PASSIVE_CODES, TAKE_UP, is_liked
from tools.scoring.behaviour.table import Table
from tools.scoring.signals import DAY, Floats, Ints

Array = NDArray[np.float64]

RECENT = 200
"""Items of a history, the latest, that likeness is computed from."""

FADE_DAYS = 30.0
PRIOR = 5.0
"""Events' worth of the usual that stands beside a person's or an item's own."""


def feature_names(catalogue: Catalogue) -> tuple[str, ...]:
    """The features in the order of the columns of `features`."""
    return tuple(_person_names(catalogue) + _item_names(catalogue) + _pair_names(catalogue))


def features(catalogue: Catalogue, world: World, history: History, items: Ints, at: float) -> Floats:
    """(items, features) of one person and moment; ``history`` ends before ``at`` (unix seconds)."""
    item = _item(catalogue, world, items, at)
    person, pair = _person_pair(catalogue, world, history, items, at)
    block = np.empty((len(items), len(person) + item.shape[0] + pair.shape[0]), np.float32)
    block[:, : len(person)] = person
    block[:, len(person) : len(person) + len(item)] = item.T
    block[:, len(person) + len(item) :] = pair.T
    return block


def _item_names(catalogue: Catalogue) -> list[str]:
    names = [f"popular_{half_life:g}" for half_life in HALF_LIVES]
    names += [
        "burst",
        "ever",
        "takers",
        "repeat",
        "usual_gap",
        "ratings",
        "item_liked",
        "item_value",
        "known",
        "looked",
    ]
    return names + [f"item_{name}" for name in catalogue.figures]


def _item(catalogue: Catalogue, world: World, items: Ints, at: float) -> Array:
    state = world.state
    quiet = state.clock - world.clock
    mass = [state.mass[row][items] * np.exp2(quiet / half_life) for row, half_life in enumerate(HALF_LIVES)]
    events, ratings, gaps = state.events[items], state.ratings[items], state.gaps[items]
    known = np.nan_to_num(np.log1p(np.maximum(world.clock - state.since[items], 0.0)), nan=0.0)
    rows = [np.log(each + 0.05) for each in mass]
    rows += [
        np.log((mass[1] / HALF_LIVES[1] + 0.05) / (mass[2] / HALF_LIVES[2] + 0.05)),
        np.log1p(events),
        np.log1p(state.people[items]),
        (gaps + PRIOR * world.repeat) / (events + PRIOR),
        (state.log_gap[items] + PRIOR * world.log_gap) / (gaps + PRIOR),
        np.log1p(ratings),
        (state.liked[items] + PRIOR * world.liked) / (ratings + PRIOR),
        (state.value[items] + PRIOR * world.value) / (ratings + PRIOR),
        known,
        np.log(state.looks[items] * np.exp2(quiet / 28.0) + 0.05),
    ]
    for name, figures in catalogue.figures.items():
        here = figures[items]
        if name == "year":
            here = -np.log1p(np.maximum(1970 + at / (365.25 * DAY) - here, 0.0))
        rows.append(np.nan_to_num(here, nan=-3.0 if name == "year" else 0.0))
    return np.array(rows)


def _person_names(catalogue: Catalogue) -> list[str]:
    names = ["events", "days", "idle", "idle_over_gap", "tenure", "today", "lately", "liked", "mildness"]
    names += ["weekday_sin", "weekday_cos"]
    return names + (["season_sin", "season_cos"] if catalogue.seasonal else [])


def _pair_names(catalogue: Catalogue) -> list[str]:
    names = ["topic", "topic_lift", "topic_value", "knn", "knn_value"]
    for name in catalogue.facets:
        names += [f"like_{name}", f"value_{name}"]
    names += [f"from_usual_{name}" for name in catalogue.figures]
    return [*names, "own", "own_lately", "own_rate", "since", "rhythm", "overdue", "long_overdue", "looked_own"]


def _person_pair(catalogue: Catalogue, world: World, history: History, items: Ints, at: float) -> tuple[Array, Array]:
    active = np.isin(history.kind, TAKE_UP)
    taken, when = history.item[active], history.at[active]
    age = np.maximum((at - when) / DAY, 0.0)
    days = np.unique(np.floor(when / DAY)).size
    tenure, idle = (float(age[0]), float(age[-1])) if len(age) else (0.0, 365.0)
    usual = (tenure + 14.0) / (days + 2.0)
    judged = np.isin(history.kind, JUDGED)
    residual = _residuals(world, history, judged)
    rates = (float(is_liked(history.kind, history.value)[judged].sum()) + PRIOR * world.liked) / (judged.sum() + PRIOR)
    mean = float(residual.sum() / (len(residual) + PRIOR))
    week, year = 2 * np.pi * at / (7 * DAY), 2 * np.pi * at / (365.25 * DAY)
    person = [
        np.log1p(len(age)),
        np.log1p(days),
        np.log(idle + 0.05),
        np.log((idle + 0.5) / (usual + 0.5)),
        np.log1p(tenure),
        np.log1p(np.count_nonzero(age < 1)),
        np.log1p(np.count_nonzero(age < 30)),
        rates,
        mean,
        np.sin(week),
        np.cos(week),
    ]
    if catalogue.seasonal:
        person += [np.sin(year), np.cos(year)]
    likeness = _likeness(catalogue, world, history, items, taken, age, judged, residual - mean)
    return np.array(person), np.array(likeness + _own(world, history, items, at, taken, when, days))


def _residuals(world: World, history: History, judged: NDArray[np.bool_]) -> Array:
    """Of each judged event: its value less what that item usually gets."""
    item = history.item[judged]
    usual = (world.state.value[item] + PRIOR * world.value) / (world.state.ratings[item] + PRIOR)
    return np.asarray(history.value[judged] - usual, np.float64)


def _likeness(
    catalogue: Catalogue,
    world: World,
    history: History,
    items: Ints,
    taken: Ints,
    age: Array,
    judged: NDArray[np.bool_],
    residual: Array,
) -> list[Array]:
    weight = 1.0 / (1.0 + np.maximum(age, 0.0) / FADE_DAYS)
    valued, residual = history.item[judged][-RECENT:], residual[-RECENT:]
    (own,) = catalogue.topics.gather(taken, weight)
    own += PRIOR * world.topics
    own /= own.sum() + 1e-12
    share, usual, topic_value = catalogue.topics.read(
        items, own, world.topics, _opinion(catalogue.topics, valued, residual)
    )
    (near,) = catalogue.similar.gather(taken[-RECENT:], weight[-RECENT:])
    said, heard = catalogue.similar.gather(valued, residual, np.ones(len(valued)))
    rows = [
        np.log(share + 0.01),
        np.log((share + 0.002) / (usual + 0.002)),
        topic_value,
        np.log1p(near[items] / 0.02),
        said[items] / (heard[items] + 0.1),
    ]
    for table in catalogue.facets.values():
        (mine,) = table.gather(taken, weight)
        shared, value = table.read(items, mine, _opinion(table, valued, residual))
        rows += [np.log1p(shared / 0.05), value]
    return rows + _figures(catalogue, items, taken, weight)


def _opinion(table: Table, valued: Ints, residual: Array) -> Array:
    """(columns,) mean residual of the judged items that carry each value, drawn to 0 by two judgements' worth."""
    said, heard = table.gather(valued, residual, np.ones(len(valued)))
    return np.asarray(said / (heard + 2.0))


def _figures(catalogue: Catalogue, items: Ints, taken: Ints, weight: Array) -> list[Array]:
    rows = []
    for figures in catalogue.figures.values():
        own, known = figures[taken], ~np.isnan(figures[taken])
        if known.any():
            usual = float(np.average(own[known], weights=weight[known]))
            rows.append(np.nan_to_num(np.abs(figures[items] - usual)))
        else:
            rows.append(np.zeros(len(items)))
    return rows


def _own(world: World, history: History, items: Ints, at: float, taken: Ints, when: Array, days: int) -> list[Array]:
    """What the person did with these very items: how often, how long ago, in what rhythm."""
    size = len(items)
    order = np.argsort(items, kind="stable")
    place, mine = _places(items, order, taken)
    age = (at - when[mine]) / DAY
    count = np.bincount(place, minlength=size).astype(np.float64)
    lately = np.bincount(place, np.exp2(-age / 28.0), minlength=size)
    last, first = np.full(size, np.nan), np.full(size, np.nan)
    last[place] = age
    first[place[::-1]] = age[::-1]
    again = np.maximum(count - 1, 0)
    item_gap = (world.state.log_gap[items] + PRIOR * world.log_gap) / (world.state.gaps[items] + PRIOR)
    with np.errstate(invalid="ignore"):
        own_gap = np.log1p((first - last) / np.maximum(again, 1))
        usual = (again * own_gap + 1.5 * item_gap) / (again + 1.5)
        rhythm = np.where(count > 0, np.log1p(last) - usual, 0.0)
        since = np.where(count > 0, np.log(last + 0.5), 5.0)
    looks = np.isin(history.kind, PASSIVE_CODES)
    seen_at, seen = _places(items, order, history.item[looks])
    looked = np.bincount(seen_at, np.exp2((history.at[looks][seen] - at) / (7.0 * DAY)), minlength=size)
    return [
        np.log1p(count),
        np.log(lately + 0.05),
        np.log((count + 0.05) / (days + 1.0)),
        since,
        rhythm,
        np.maximum(rhythm, 0.0),
        np.maximum(rhythm - 1.0, 0.0),
        np.log(looked + 0.05),
    ]


def _places(items: Ints, order: NDArray[np.int64], found: Ints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each of ``found`` stands in ``items`` (each once, sorted by ``order``), and which of ``found`` do."""
    if not len(items):
        none = np.zeros(0, np.int64)
        return none, none
    at = np.searchsorted(items[order], found)
    at[at == len(items)] = 0
    hit = np.flatnonzero(items[order[at]] == found)
    return order[at[hit]], hit
