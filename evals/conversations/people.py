"""The people who are simulated: what they had rated by the middle of their history, and what they came to love later.

A person's ratings are cut in the middle by time. The first half is what may be known and talked about; the films rated
highest in the second half are the hidden favourites that a conversation should find. Nobody tells their titles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.types import EventKind, Item
from store.catalog import Catalog
from store.columns import KINDS, EventLog

LEAST_RATINGS, LEAST_FAVOURITES = 30, 3
BEST = 0.99
"""Value of the highest rating: five stars of five."""
_LIKED, _HATED = 0.5, -0.4
_LEAST_OF_GENRE = 3


@dataclass(frozen=True)
class Person:
    """Somebody with a taste.

    Attributes:
        user_id: in the workspace that they come from.
        loved, hated: films of the first half rated high and low, the best and the worst first.
        met: ids of all films of the first half.
        favourites: hidden: films of the second half with the highest rating.
        regretted: hidden: ids of films of the second half with a low one.
        genres: hidden: mean rating, in [-1, 1], of the second half's films of a genre, where there are enough.
    """

    user_id: str
    loved: tuple[Item, ...]
    hated: tuple[Item, ...]
    met: frozenset[str]
    favourites: tuple[Item, ...]
    regretted: frozenset[str]
    genres: Mapping[str, float]


@dataclass(frozen=True)
class Drawn:
    """People, and which events of the log may be known of everybody.

    Attributes:
        known: (events,) false for the second halves of the people drawn.
    """

    people: tuple[Person, ...]
    known: NDArray[np.bool_]


def draw(catalog: Catalog, log: EventLog, count: int, seed: int) -> Drawn:
    """People with enough ratings and favourites, at random.

    Args:
        catalog: with the columns that the log was read with.
        log: item events in time order.
        count: how many people; fewer where there are not so many.
        seed: of the draw.

    Raises:
        InputError: nobody has enough ratings.
    """
    ratings = np.flatnonzero(log.kind == KINDS.index(EventKind.RATING))
    by_user = ratings[np.argsort(log.user[ratings], kind="stable")]
    codes, starts = np.unique(log.user[by_user], return_index=True)
    histories = dict(zip(codes.tolist(), np.split(by_user, starts[1:]), strict=True))
    order = np.random.default_rng(seed).permutation(codes).tolist()
    known = np.ones(len(log), bool)
    ids = catalog.columns().ids
    people: list[Person] = []
    for code in order:
        rows = histories[code]
        first, second = rows[: len(rows) // 2], rows[len(rows) // 2 :]
        if len(rows) < LEAST_RATINGS or (log.value[second] >= BEST).sum() < LEAST_FAVOURITES:
            continue
        films = catalog.get_many(ids[position] for position in log.item[rows].tolist())
        rated = [(films[ids[log.item[row]]], float(log.value[row])) for row in rows]
        people.append(_person(log.users[code], rated[: len(first)], rated[len(first) :]))
        known[second] = False
        if len(people) == count:
            break
    if not people:
        raise InputError(
            f"Nobody in this workspace has {LEAST_RATINGS} ratings and {LEAST_FAVOURITES} late favourites.",
            "Import ratings first: make demo does.",
        )
    return Drawn(tuple(people), known)


def _person(user_id: str, first: list[tuple[Item, float]], second: list[tuple[Item, float]]) -> Person:
    ranked = sorted(first, key=lambda rated: -rated[1])
    of_genre: dict[str, list[float]] = {}
    for item, value in second:
        for genre in item.facets.get("genre", ()):
            of_genre.setdefault(genre, []).append(value)
    return Person(
        user_id=user_id,
        loved=tuple(item for item, value in ranked if value >= _LIKED),
        hated=tuple(item for item, value in reversed(ranked) if value <= _HATED),
        met=frozenset(item.id for item, _ in first),
        favourites=tuple(item for item, value in second if value >= BEST),
        regretted=frozenset(item.id for item, value in second if value <= _HATED),
        genres={genre: float(np.mean(values)) for genre, values in of_genre.items() if len(values) >= _LEAST_OF_GENRE},
    )
