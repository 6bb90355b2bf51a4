"""Reasons: the contributions of a score, in words that say no more than the computation does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from core.results import Reason
from tools.deps import Activity
from tools.scoring.features import Said, people_profile
from tools.scoring.model import Model
from tools.scoring.outlook import Interests
from tools.scoring.profile import NAMED_AS_LIKED, Profile
from tools.scoring.signals import Floats, Ints
from tools.scoring.world import World

LEAST = 0.02
"""A part smaller than this share of the largest one is given no words."""

PEOPLE_WORDS = {"director": "Directed by", "writer": "Written by", "actor": "With", "author": "By"}


SEARCH_WORDS = {
    "title": "Called like your words",
    "dense": "Close to your words in meaning",
    "lexical": "Has words of yours in its description",
}
"""What may be said of a hit, by the list of the search that found it, most telling first."""

_ONE_STRETCH = timedelta(days=60)
"""Ends further apart than this are two stretches with a silence between them, and dates would mislead."""


class Explainer:
    """Words for the parts of a score, for one person, request and list of items (positions)."""

    def __init__(
        self, world: World, model: Model, profile: Profile, said: Said, activity: Activity, items: Sequence[int]
    ) -> None:
        self._world = world
        self._model = model
        self._profile = profile
        self._said = said
        self._activity = activity
        self._people = people_profile(world, profile)
        self._column = {item: place for place, item in enumerate(items)}
        self._carried = {
            name: np.asarray(matrix[profile.liked][:, list(items)].toarray()) * profile.weights[:, None]
            for name, matrix in (("knn", model.knn), ("ease", model.ease))
        }
        self._words: Mapping[str, Callable[[int], tuple[str, tuple[str, ...]]]] = {
            "knn": lambda item: self._because(item, "knn"),
            "ease": lambda item: self._because(item, "ease"),
            "popular_now": self._popular,
            "popular_lately": self._popular,
            "content": self._content,
            "people": self._shared_people,
            "forecast": self._heading,
            "lift": self._own,
            "rated": self._rated,
            "quality": self._quality,
            "query": self._query,
            "asked": self._asked,
            "named": self._named,
            "said": lambda _: ("Close in meaning to what you told me before", ()),
            "disliked": self._disliked,
            "calibration": self._brought,
        }

    def reasons(self, item: int, parts: Mapping[str, float]) -> tuple[Reason, ...]:
        """Every part that is not zero, largest first; no two of them in the same words."""
        ordered = sorted(((name, value) for name, value in parts.items() if value != 0), key=lambda part: -part[1])
        largest = max((abs(value) for _, value in ordered), default=0.0)
        used: set[str] = set()
        result = []
        for name, value in ordered:
            text, ids = self._words[name](item) if name in self._words else ("", ())
            wanted = name == "disliked" if value < 0 else True
            if not wanted or abs(value) < LEAST * largest or text in used:
                text = ""
            used.add(text)
            result.append(Reason(feature=name, contribution=value, text=text, item_ids=ids))
        return tuple(result)

    def _titles(self, positions: Sequence[int]) -> str:
        return joined([self._world.columns.titles[position] for position in positions])

    def _ids(self, positions: Sequence[int]) -> tuple[str, ...]:
        return tuple(self._world.columns.ids[position] for position in positions)

    def _because(self, item: int, name: str) -> tuple[str, tuple[str, ...]]:
        profile = self._profile
        rows = leading(self._carried[name][:, self._column[item]])
        if not rows:
            return "", ()
        items = [int(profile.liked[row]) for row in rows]
        if all(profile.strengths[row] >= NAMED_AS_LIKED for row in rows):
            return f"Because you liked {self._titles(items)}", self._ids(items)
        return f"Often goes with {self._titles(items)} from your history", self._ids(items)

    def _popular(self, item: int) -> tuple[str, tuple[str, ...]]:
        count, since, until = int(self._activity.counts[item]), self._activity.since, self._activity.until
        if count < 2 or since is None or until is None:
            return "", ()
        if until - since > _ONE_STRETCH:
            return f"Popular lately: taken up {count} times in the latest activity here", ()
        return f"Popular lately: taken up {count} times between {spoken(since)} and {spoken(until)}", ()

    def _content(self, item: int) -> tuple[str, tuple[str, ...]]:
        world, profile = self._world, self._profile
        if world.spread[item] == 0 or not len(profile.liked):
            return "", ()
        own = (world.vectors[item] - world.mean) / world.spread[item]
        spread = world.spread[profile.liked]
        cosines = np.divide(
            (world.vectors[profile.liked] - world.mean) @ own, spread, out=np.zeros_like(spread), where=spread > 0
        )
        rows = leading(np.maximum(cosines, 0.0) * profile.weights, most=2)
        items = [int(profile.liked[row]) for row in rows]
        return (f"Described much like {self._titles(items)}", self._ids(items)) if items else ("", ())

    def _shared_people(self, item: int) -> tuple[str, tuple[str, ...]]:
        best: tuple[float, str, str] | None = None
        for facet, values in self._people.items():
            column, unit = self._world.people[facet]
            start, stop = unit.indptr[item], unit.indptr[item + 1]
            for code, size in zip(unit.indices[start:stop], unit.data[start:stop], strict=True):
                part = float(values[code] * size)
                if part > 0 and (best is None or part > best[0]):
                    best = (part, facet, column.values[code])
        if best is None:
            return "", ()
        _, facet, value = best
        carriers = self._world.people[facet][0].rows_with((value,))
        items = [
            int(self._profile.liked[row])
            for row in np.argsort(-self._profile.weights, kind="stable")
            if carriers[self._profile.liked[row]]
        ][:2]
        words = f"{PEOPLE_WORDS.get(facet, facet.capitalize())} {value}"
        return (f"{words}, as {self._titles(items)}", self._ids(items)) if items else (f"{words}, whom you named", ())

    def _heading(self, item: int) -> tuple[str, tuple[str, ...]]:
        interests = self._said.interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return "", ()
        top = int(carried[np.argmax(interests.shares[carried])])
        percent = round(100 * float(interests.shares[top]))
        return (f"{self._topic(top)} is {percent} % of {_wants(interests)}", ()) if percent >= 1 else ("", ())

    def _own(self, item: int) -> tuple[str, tuple[str, ...]]:
        interests = self._said.interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return "", ()
        top = int(carried[np.argmax(interests.lift[carried])])
        percent, usual = round(100 * float(interests.shares[top])), round(100 * float(interests.usual[top]))
        if percent <= usual:
            return "", ()
        name, wants = self._topic(top), _wants(interests)
        return f"More {name} than usual: {percent} % of {wants}, against {usual} % for people in general", ()

    def _brought(self, item: int) -> tuple[str, tuple[str, ...]]:
        interests = self._said.interests
        carried = self._topics_of(item)
        if interests is None or not len(carried):
            return "", ()
        order = carried[np.argsort(-interests.shares[carried], kind="stable")][:3]
        names = joined([self._topic(int(code)) for code in order if interests.shares[code] > 0])
        return f"With {names} it keeps the list in proportion to {_wants(interests)}", ()

    def _topics_of(self, item: int) -> Ints:
        topics = self._world.topics
        return np.asarray(topics.indices[topics.indptr[item] : topics.indptr[item + 1]], np.int32)

    def _topic(self, code: int) -> str:
        return self._world.topic_names[code].partition(":")[2]

    def _rated(self, item: int) -> tuple[str, tuple[str, ...]]:
        count = int(self._model.ratings[item])
        if count < 5 or self._model.rated[item] < np.median(self._model.rated):
            return "", ()
        return f"Well rated by {count} people", ()

    def _quality(self, item: int) -> tuple[str, tuple[str, ...]]:
        for name, words in (("tomatometer", "{:.0f} % of critics liked it"), ("metascore", "Metascore {:.0f} of 100")):
            figures = self._world.columns.numbers.get(name)
            if figures is not None and not np.isnan(figures[item]) and figures[item] >= 60:
                return words.format(figures[item]), ()
        return "", ()

    def _query(self, item: int) -> tuple[str, tuple[str, ...]]:
        identity = self._world.columns.ids[item]
        ranks = next((hit.ranks for hit in self._said.hits if hit.item_id == identity), {})
        return next((text for name, text in SEARCH_WORDS.items() if name in ranks), ""), ()

    def _asked(self, item: int) -> tuple[str, tuple[str, ...]]:
        columns = self._world.columns
        met = []
        for topic in self._said.topics:
            facet, _, value = topic.partition(":")
            column = columns.facets.get(facet)
            if column is not None and column.rows_with((value,))[item]:
                met.append(column.values[column.codes[value.casefold()]])
        return (f"{joined(met)}, as you asked", ()) if met else ("", ())

    def _named(self, _: int) -> tuple[str, tuple[str, ...]]:
        named = [int(position) for position in self._profile.named]
        return (f"Like {self._titles(named[-3:])}, which you named", self._ids(named[-3:])) if named else ("", ())

    def _disliked(self, _: int) -> tuple[str, tuple[str, ...]]:
        profile = self._profile
        row = int(np.argmax(profile.against)) if len(profile.disliked) else -1
        if row < 0:
            return "", ()
        items = [int(profile.disliked[row])]
        return f"Placed lower: something like {self._titles(items)}, which you did not like", self._ids(items)


def _wants(interests: Interests) -> str:
    return "what you are heading for" if interests.ahead else "your interest now"


def leading(parts: Floats, most: int = 3) -> list[int]:
    """Rows that carry a sum: the largest ones, each at least a fifth of all."""
    total = float(np.sum(np.maximum(parts, 0.0)))
    if total <= 0:
        return []
    order = np.argsort(-parts, kind="stable")[:most]
    rows = [int(row) for row in order if parts[row] >= 0.2 * total]
    return rows or [int(order[0])]


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def spoken(at: datetime) -> str:
    """A date as one reads it: 30 September 2013."""
    return f"{at.day} {at:%B} {at.year}"
