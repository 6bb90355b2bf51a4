"""Which things of a history an item is likely to owe its place to: an order to try them in, not an explanation."""

from __future__ import annotations

import numpy as np

from tools.scoring.model import Model
from tools.scoring.profile import Profile
from tools.scoring.signals import Floats
from tools.scoring.world import World


def likely(world: World, model: Model, profile: Profile, position: int) -> list[str]:
    """Ids of items taken up, the likeliest first: by co-occurrence, text, topics and names shared, and by weight.

    Each of these is scaled to its sum over the history, so that none drowns the others. Topics that were said, of the
    item or not, come between what shares something with the item and what shares nothing.
    """
    met = profile.trail.weight > 0
    items, weights = profile.trail.item[met], profile.trail.weight[met]
    if not len(items):
        return list(profile.topics)
    spread = world.spread[items] * world.spread[position]
    raw = (world.vectors[items] - world.mean) @ (world.vectors[position] - world.mean)
    parts: list[Floats] = [
        np.asarray(model.knn[items][:, [position]].toarray()).ravel(),
        np.asarray(model.ease[items][:, [position]].toarray()).ravel(),
        np.divide(raw, spread, out=np.zeros_like(spread), where=spread > 0),
        np.asarray((world.kinds[items] @ world.kinds[position].T).toarray()).ravel(),
        *(np.asarray((unit[items] @ unit[position].T).toarray()).ravel() for _, unit in world.people.values()),
    ]
    total = 0.02 * weights
    for part in parts:
        brought = np.maximum(part, 0.0) * weights
        total = total + brought / max(float(brought.sum()), 1e-9)
    order = np.argsort(-total, kind="stable")
    shares = [world.columns.ids[items[row]] for row in order if total[row] > 0.05]
    rest = [world.columns.ids[items[row]] for row in order if total[row] <= 0.05]
    return [*shares, *profile.topics, *rest]
