"""The named features of the ranker, each on a fixed scale, over all items at once.

============== ======= =====================================================================================
feature        scale   what it is
============== ======= =====================================================================================
knn            0..     log scale of co-occurrence with the person's history, each event faded
ease           0..     log scale of the EASE score of the history, from 0
recent         0..    knn plus ease of the person's latest few events alone
sequence       any    log-odds, beyond popularity, of being next after the person's sequence of events
popular_today  0..1   log scale of popularity with a half-life of a quarter of a day
popular_now    0..1   the same with 1 day
popular_lately 0..1   the same with 4 days
popular_season 0..1   the same with 20 days
popular_ever   0..1   the same over all time; items newer than the data get all five from their renown
often          0..     log scale of the days on which the person took the item up, faded, drawn to what is usual for the
                       item; 0 where people repeat nothing
due            0..1    time since the last of them over the usual gap between two; 0 where there was none
content        0..1    centred cosine of the item's text to the mean of what the person liked
people         0..     log scale of shared people (director, writer, actor, brand) with what they liked or named
series         0..     log scale of series that the item continues or shares with what they liked
forecast       0..1    share of the item's topics in the person's interests ahead, the largest share being 1
lift           any     mean over the item's topics of log(that share / usual share); 0 is usual, below 0 is less
rated          -1..1   mean rating by everybody less the median item's, drawn to it where there are few ratings
quality        0..1    critics' mean where the catalogue has one
renown         0..1    log scale of how widely the item is known (critics' reviews)
new            0..1    1 / (1 + age / 5 years), age counted from the latest year with data; 1 for newer items
fresh          0..1    1 / (1 + days since it first turned up / 7); 0 for what was always there
era            0..1    1 / (1 + years from what the person liked last / 5)
query          0..1    place in the search for the words of the request: 1 is first, log scale, 0 beyond the depth
asked          0..1    part of the topics asked for that the item carries
named          0..1    likeness to the items named as liked in this conversation
said           0..1    centred cosine to what the person said they like on earlier occasions
disliked       0..1    likeness to what the person said they dislike
============== ======= =====================================================================================

Beside these, features that count by the person's state have a column each for that (`tools.scoring.state`), what people
take up again has columns of its own (`columns`), and the list itself brings parts (`tools.scoring.slate`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.results import SearchHit
from tools.deps import Trends
from tools.scoring.affinity import (
    asked,
    goes_with_latest,
    graded,
    likeness,
    people_overlap,
    series_ties,
    upcoming,
)
from tools.scoring.collaborative import fold_in
from tools.scoring.model import Model
from tools.scoring.outlook import Interests
from tools.scoring.profile import Profile
from tools.scoring.signals import Floats, Ints
from tools.scoring.state import AGAIN, INTERACTIONS, era, freshness, interaction, interactions, reading
from tools.scoring.world import World

HABITS = ("often", "due")
"""Features that are 0 in logs without repeating kinds."""

LOG_FEATURES = (
    "knn",
    "ease",
    "recent",
    "sequence",
    *HABITS,
    "popular_today",
    "popular_now",
    "popular_lately",
    "popular_season",
    "popular_ever",
    "content",
    "people",
    "series",
    "forecast",
    "lift",
    "rated",
    "quality",
    "renown",
    "new",
    "fresh",
    "era",
    *(interaction(feature, state) for feature, state in INTERACTIONS),
    *AGAIN,
)
"""Features whose weights a log of events can teach."""

REQUEST_FEATURES = ("query", "asked", "named", "said", "disliked")
"""Features that a log cannot teach, because it holds no requests."""

SLATE_FEATURES = ("calibration",)
"""Features that depend on what stands before an item on the list; 0 until the list is put in order."""

FEATURES = LOG_FEATURES + REQUEST_FEATURES + SLATE_FEATURES

_ANEW = frozenset(LOG_FEATURES) - frozenset(HABITS)

HALF_LIVES: Mapping[str, float | None] = {
    "popular_today": 0.25,
    "popular_now": 1.0,
    "popular_lately": 4.0,
    "popular_season": 20.0,
    "popular_ever": None,
}
"""In days."""

SEARCH_DEPTH = 200


@dataclass(frozen=True)
class Said:
    """What the request itself brings.

    Attributes:
        hits: what the search found for its words; topics: topics asked for.
        interest: direction of what was said earlier, or None.
        interests: what the person wants, or None where nothing is known of them.
    """

    hits: Sequence[SearchHit] = ()
    topics: tuple[str, ...] = ()
    interest: Floats | None = None
    interests: Interests | None = None


def general_features(world: World, model: Model, trends: Trends, at: datetime) -> dict[str, Floats]:
    """The features that are the same for everybody at one moment."""
    newer = world.year > model.year if model.year is not None else np.zeros(len(world.columns.ids), bool)
    popular = trends.popularities(at, tuple(HALF_LIVES.values()))
    place = np.searchsorted(np.sort(world.renown[~newer]), world.renown[newer])
    features = {name: imputed(each, place, newer) for name, each in zip(HALF_LIVES, popular, strict=True)}
    features["rated"] = model.rated - np.median(model.rated) if len(model.rated) else model.rated
    features["quality"] = world.quality
    features["renown"] = world.renown
    known = world.year[world.year <= at.year]
    latest = float(model.year or (known.max() if len(known) else at.year))
    age = np.maximum(latest - world.year, 0.0)
    features["new"] = np.nan_to_num(1.0 / (1.0 + age / 5.0), nan=0.0).astype(np.float32)
    features["fresh"] = freshness(model.arrived, at.timestamp())
    return features


def imputed(popularity: Floats, place: NDArray[np.int64], newer: NDArray[np.bool_]) -> Floats:
    """Popularity, where items newer than the data stand as their renown stands among the others, at 0.8 of it.

    Nobody could take them up while the data were gathered: their 0 means unknown, not unpopular.

    Args:
        place: (newer items,) how many of the others are less renowned.
    """
    if not newer.any() or newer.all():
        return popularity
    levels = np.append(0.0, np.sort(popularity[~newer]))
    result = popularity.copy()
    result[newer] = np.maximum(result[newer], 0.8 * levels[place])
    return result


def all_features(
    general: Mapping[str, Floats],
    world: World,
    model: Model,
    profile: Profile,
    said: Said,
    at: datetime,
    content: Floats | None = None,
) -> dict[str, Floats]:
    """Every feature and interaction of one person at one moment; zeros where there is nothing to go by.

    Args:
        general: by `general_features`. content: that feature, where it was computed for many people at once.
    """
    read = reading(profile, at.timestamp(), model.longest_wait)
    features = {**general, **_personal(world, model, profile, said, at, read, content)}
    return features | interactions(features, profile, read, model.arrived, world.year)


def _personal(
    world: World, model: Model, profile: Profile, said: Said, at: datetime, read: float, content: Floats | None
) -> dict[str, Floats]:
    size = len(world.columns.ids)
    none = np.zeros(size, np.float32)
    features = {
        "knn": graded(fold_in(model.knn, profile.trail.item, profile.trail.weight)),
        "ease": graded(fold_in(model.ease, profile.trail.item, profile.trail.weight)),
        "recent": goes_with_latest(model, profile.trail),
        "sequence": none if model.sequence is None else upcoming(model.sequence, profile, read),
        "often": profile.habits.often(model.staples),
        "due": profile.habits.due(model.gaps, at.timestamp()),
        "era": era(profile, world.year),
        "content": world.content(profile.liked, profile.weights) if content is None else content,
        "people": graded(people_overlap(world, profile)),
        "series": series_ties(world, profile),
        "forecast": none,
        "lift": none,
        "query": none,
        "asked": asked(world, said.topics),
        "named": likeness(world, model, profile.named, np.ones(len(profile.named), np.float32)),
        "said": none if said.interest is None else world.cosine(said.interest - world.mean),
        "disliked": likeness(world, model, profile.disliked, profile.against),
        "calibration": none,
    }
    if said.interests is not None:
        features["forecast"] = (world.topics @ said.interests.relative).astype(np.float32)
        features["lift"] = (world.topics @ said.interests.lift).astype(np.float32)
    if said.hits:
        query = none.copy()
        for rank, hit in enumerate(said.hits[:SEARCH_DEPTH], start=1):
            position = world.columns.position.get(hit.item_id)
            if position is not None:
                query[position] = 1.0 - np.log(rank) / np.log(SEARCH_DEPTH + 1)
        features["query"] = query
    return features


def columns(features: Mapping[str, Floats], positions: Ints, habits: Ints) -> dict[str, Floats]:
    """What the ranker sees of some items: each feature (rows,).

    What a person takes up again is another choice than what is new to them, and a shape that served both would serve
    neither: what goes with what tells of new things and says little beside a habit. So an item that is a habit has
    `HABITS` and `AGAIN` alone, beside what the request says of it; any other item has all but those.

    Args:
        positions: (rows,) of the items. habits: positions of those that the person takes up again.
    """
    again = np.isin(positions, habits)
    found = {name: features[source][positions] * again for name, source in AGAIN.items()}
    for name in FEATURES:
        if name not in found:
            column = features[name][positions]
            found[name] = np.where(again, 0.0, column) if name in _ANEW else column
    return found
