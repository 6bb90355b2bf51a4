"""What a person's history, words and latest events say for each item."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tools.scoring.collaborative import fold_in
from tools.scoring.knowledge.graph import NEXT, SERIES
from tools.scoring.model import Model
from tools.scoring.profile import Profile, Trail, fading
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.signals import Floats, Ints
from tools.scoring.world import World

RECENT_DAYS = 0.25
RECENT_EVENTS = 2.0
"""Age at which an event counts half for the feature ``recent``, and how many later ones do the same."""

SURE = 8.0
"""Log-odds of a sequence model beyond this are taken for this."""

GRAIN = 0.02
"""A sum of similarities this small is worth log(2) on the log scale of `graded`."""


def graded(total: Floats) -> Floats:
    """log(1 + s / GRAIN) / log(1 + 1 / GRAIN): 0 for nothing, 1 for a sum of similarities of 1."""
    return np.asarray(np.log1p(np.maximum(total, 0.0) / GRAIN) / np.log1p(1 / GRAIN), np.float32)


def series_ties(world: World, profile: Profile) -> Floats:
    """(items,) log(1 + strength) of being the next part after, or in the series of, what the person liked."""
    relations = world.graph.parts
    ties = [relations[name].reach(profile.liked, profile.weights) for name in (NEXT, SERIES) if name in relations]
    return np.log1p(np.sum(ties, axis=0)) if ties else np.zeros(len(world.columns.ids), np.float32)


def upcoming(sequence: SequenceModel, profile: Profile, at: float) -> Floats:
    """(items,) `SequenceModel.scores` of the person at a unix second, within ±`SURE`; zeros without a history."""
    trail = profile.trail
    state = sequence.states(trail.item, trail.at, trail.strength, at)
    return np.asarray(np.clip(sequence.scores(state)[0], -SURE, SURE), np.float32)


def goes_with_latest(model: Model, trail: Trail) -> Floats:
    """(items,) how well each goes with the person's latest few events."""
    weights = recent_weights(trail)
    return graded(fold_in(model.knn, trail.item, weights)) + graded(fold_in(model.ease, trail.item, weights))


def recent_weights(trail: Trail) -> Floats:
    """(opinions,) uptakes that fade within hours and a few events of the latest; below a hundredth they count 0."""
    weight = trail.uptake * fading(trail.at, RECENT_DAYS, RECENT_EVENTS)
    return np.asarray(np.where(weight < 0.01, 0.0, weight), np.float32)


def likeness(world: World, model: Model, items: Ints, weights: Floats) -> Floats:
    """(items,) in [0, 1]: weighted mean likeness to some items, by who takes them up, by text and by topic in thirds.

    Co-occurrence counts less for popular items (divided by the root of how many took them up) and is scaled so that
    each item's nearest neighbour has 1. An item nobody has taken up is compared by text and topic alone.
    """
    total = np.zeros(len(world.columns.ids), np.float32)
    size = float(weights.sum())
    if size <= 0:
        return total
    cold = np.ones(len(items), bool)
    for place, (item, weight) in enumerate(zip(items, weights, strict=True)):
        start, stop = model.knn.indptr[item], model.knn.indptr[item + 1]
        near = model.knn.indices[start:stop]
        lift = model.knn.data[start:stop] / np.sqrt(1.0 + model.taken[near])
        if len(near):
            cold[place] = False
            total[near] += weight / 3 * lift / lift.max()
    part = np.where(cold, weights / 2, weights / 3).astype(np.float32)
    topic = world.kinds @ (part @ world.kinds[items].toarray())
    return np.asarray((total + world.alike(items, part) + topic) / max(size, 1.0), np.float32)


def people_profile(world: World, profile: Profile) -> dict[str, Floats]:
    """Per identifying facet, (values,) how much the person likes each value, by liked items and by what was said."""
    result = {}
    for facet, (column, unit) in world.people.items():
        values = np.asarray(unit[profile.liked].T @ profile.weights, np.float32)
        for topic, weight in profile.topics.items():
            name, _, value = topic.partition(":")
            if name == facet and value in column.codes:
                values[column.codes[value]] += np.float32(weight)
        result[facet] = values
    return result


def people_overlap(world: World, profile: Profile) -> Floats:
    """(items,) sum over facets and liked items of the cosine between their value sets."""
    total = np.zeros(len(world.columns.ids), np.float32)
    for facet, values in people_profile(world, profile).items():
        if values.any():
            total += world.people[facet][1] @ values
    return total


def asked(world: World, topics: Sequence[str]) -> Floats:
    """(items,) part of the topics that each item carries."""
    total = np.zeros(len(world.columns.ids), np.float32)
    for topic in topics:
        facet, _, value = topic.partition(":")
        column = world.columns.facets.get(facet)
        if column is not None:
            total += column.rows_with((value,))
    return total / np.float32(max(len(topics), 1))
