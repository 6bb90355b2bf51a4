"""Words for the parts of a score, that say no more than the computation does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from core.types import EventKind
from tools.deps import Activity
from tools.scoring.affinity import people_profile, recent_weights
from tools.scoring.explanation.groups import base
from tools.scoring.explanation.interests import InterestWords
from tools.scoring.explanation.words import NOTHING, Words, about_items, joined, spoken
from tools.scoring.features import Said
from tools.scoring.knowledge.graph import NEXT, SERIES
from tools.scoring.model import Model
from tools.scoring.profile import NAMED_AS_LIKED, Profile
from tools.scoring.signals import Floats, Ints
from tools.scoring.world import World

PEOPLE_WORDS = {"director": "Directed by", "writer": "Written by", "actor": "With", "author": "By", "brand": "From"}

PEOPLE = frozenset({"director", "writer", "actor", "author"})
"""Facets whose values are people; any other value is named with its facet ("Theme: revenge")."""

SEARCH_WORDS = {
    "title": "Called like your words",
    "described": "Its description is close to your words",
    "dense": "Close to your words in meaning",
    "lexical": "Has words of yours in its description",
}
"""What may be said of a hit, by the list of the search that found it, most telling first."""

_FEW = 2
"""Days with an item that show no usual gap yet."""

_SAME_YEARS = 5

_FOLLOWED = 5
"""People who must have taken an item up before it may be said to come next."""

_ONE_STRETCH = timedelta(days=60)
"""Ends further apart than this are two stretches with a silence between them, and dates would mislead."""


class Wording:
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
        trail = profile.trail
        knn, ease = (np.asarray(each[trail.item][:, list(items)].toarray()) for each in (model.knn, model.ease))
        self._carried = {
            "knn": knn * trail.weight[:, None],
            "ease": ease * trail.weight[:, None],
            "recent": (knn + ease) * recent_weights(trail)[:, None],
        }
        self._found: dict[tuple[str, int], Words] = {}
        interests = InterestWords(world, said.interests)
        self._words: Mapping[str, Callable[[int], Words]] = {
            "knn": lambda item: self._because(item, "knn"),
            "ease": lambda item: self._because(item, "ease"),
            "recent": self._lately,
            "sequence": self._next,
            "series": self._series,
            "fresh": self._arrived,
            "era": self._era,
            "often": self._habit,
            "due": self._habit,
            **dict.fromkeys(("popular_today", "popular_now", "popular_lately", "popular_season"), self._popular),
            "content": self._content,
            "people": self._shared_people,
            "forecast": interests.heading,
            "lift": interests.own,
            "rated": self._rated,
            "quality": self._quality,
            "query": self._query,
            "asked": self._asked,
            "named": self._named,
            "said": lambda _: Words("Close in meaning to what you told me before"),
            "disliked": self._disliked,
            "calibration": interests.brought,
            "novelty": lambda _: Words("Less known than most of what came into question for you"),
            "further": lambda _: Words("Something further from your usual"),
            "discovery": lambda _: Words("A discovery: little known, but more to your taste than its like"),
        }

    def of(self, feature: str, item: int) -> Words:
        """What a feature says of an item; `Words` without text where it has none."""
        name = feature if feature in self._words else base(feature)
        if name not in self._words:
            return NOTHING
        # An interaction says what its feature says.
        if (name, item) not in self._found:
            self._found[name, item] = self._words[name](item)
        return self._found[name, item]

    def ids(self, positions: Sequence[int]) -> tuple[str, ...]:
        """Item ids of positions."""
        return tuple(self._world.columns.ids[position] for position in positions)

    def _titles(self, positions: Sequence[int]) -> str:
        return joined([self._world.columns.titles[position] for position in positions])

    def _because(self, item: int, name: str) -> Words:
        trail = self._profile.trail
        rows = leading(self._carried[name][:, self._column[item]])
        if not rows:
            return NOTHING
        items = [int(trail.item[row]) for row in rows]
        if all(trail.strength[row] >= NAMED_AS_LIKED for row in rows):
            # Where all that is known are purchases, liking is a guess and buying is a fact.
            did = "bought" if self._only_bought else "liked"
            return about_items(f"Because you {did} {self._titles(items)}", items)
        return about_items(f"Often goes with {self._titles(items)} from your history", items)

    def _lately(self, item: int) -> Words:
        trail = self._profile.trail
        rows = leading(self._carried["recent"][:, self._column[item]])
        items = [int(trail.item[row]) for row in rows]
        return about_items(f"Goes with {self._titles(items)}, your latest", items) if items else NOTHING

    def _next(self, item: int) -> Words:
        # Of what hardly anybody took up, the network knows nothing but its text and facets.
        often = self._model.taken[item] >= _FOLLOWED
        return Words("Tends to come next after what you took up lately") if often else NOTHING

    def _series(self, item: int) -> Words:
        liked = [int(row) for row in self._profile.liked]
        tie = next((tie for name in (NEXT, SERIES) for tie in self._world.graph.why(name, item, liked)), None)
        return about_items(tie.text, [tie.position]) if tie else NOTHING

    def _arrived(self, item: int) -> Words:
        at = float(self._model.arrived[item])
        return (
            NOTHING if np.isnan(at) else Words(f"New here: first taken up on {spoken(datetime.fromtimestamp(at, UTC))}")
        )

    def _era(self, item: int) -> Words:
        last = int(self._profile.liked[np.argmax(self._profile.when)])
        if abs(float(self._world.year[item] - self._world.year[last])) > _SAME_YEARS:
            return NOTHING
        return about_items(f"From about the same years as {self._titles([last])}", [last])

    @property
    def _only_bought(self) -> bool:
        return tuple(self._model.repeating) == (EventKind.PURCHASE,)

    def _habit(self, item: int) -> Words:
        """How often, when last and at what gap the person took it up."""
        habits = self._profile.habits
        place = int(np.searchsorted(habits.item, item))
        if place == len(habits.item) or habits.item[place] != item:
            return NOTHING
        did = "bought" if self._only_bought else "took up"
        days, last = int(habits.days[place]), spoken(datetime.fromtimestamp(float(habits.last[place]), UTC))
        if days == 1:
            return about_items(f"You {did} it on {last}", [item])
        text = f"You {did} it on {days} days, last on {last}"
        if days > _FEW:
            gap = round(float(habits.gap[place]))
            text += f", usually every {gap} days" if gap > 1 else ", usually every day"
        return about_items(text, [item])

    def _popular(self, item: int) -> Words:
        count, since, until = int(self._activity.counts[item]), self._activity.since, self._activity.until
        if count < 2 or since is None or until is None:
            return NOTHING
        if until - since > _ONE_STRETCH:
            return Words(f"Popular lately: taken up {count} times in the latest activity here")
        return Words(f"Popular lately: taken up {count} times between {spoken(since)} and {spoken(until)}")

    def _content(self, item: int) -> Words:
        world, profile = self._world, self._profile
        if world.spread[item] == 0 or not len(profile.liked):
            return NOTHING
        own = (world.vectors[item] - world.mean) / world.spread[item]
        spread = world.spread[profile.liked]
        cosines = np.divide(
            (world.vectors[profile.liked] - world.mean) @ own, spread, out=np.zeros_like(spread), where=spread > 0
        )
        rows = leading(np.maximum(cosines, 0.0) * profile.weights, most=2)
        items = [int(profile.liked[row]) for row in rows]
        return about_items(f"Described much like {self._titles(items)}", items) if items else NOTHING

    def _shared_people(self, item: int) -> Words:
        best: tuple[float, str, str] | None = None
        for facet, values in self._people.items():
            column, unit = self._world.people[facet]
            start, stop = unit.indptr[item], unit.indptr[item + 1]
            for code, size in zip(unit.indices[start:stop], unit.data[start:stop], strict=True):
                part = float(values[code] * size)
                if part > 0 and (best is None or part > best[0]):
                    best = (part, facet, column.values[code])
        if best is None:
            return NOTHING
        _, facet, value = best
        carriers = self._world.people[facet][0].rows_with((value,))
        items = [
            int(self._profile.liked[row])
            for row in np.argsort(-self._profile.weights, kind="stable")
            if carriers[self._profile.liked[row]]
        ][:2]
        opening = PEOPLE_WORDS.get(facet, f"{facet.replace('_', ' ').capitalize()}:")
        whence = f"as {self._titles(items)}" if items else f"{'whom' if facet in PEOPLE else 'which'} you named"
        fact = f"{facet}:{value}"
        return Words(f"{opening} {value}, {whence}", tuple(items), (fact,), frozenset({fact}))

    def _rated(self, item: int) -> Words:
        count = int(self._model.ratings[item])
        if count < 5 or self._model.rated[item] < np.median(self._model.rated):
            return NOTHING
        return Words(f"Well rated by {count} people")

    def _quality(self, item: int) -> Words:
        for name, words in (("tomatometer", "{:.0f} % of critics liked it"), ("metascore", "Metascore {:.0f} of 100")):
            figures = self._world.columns.numbers.get(name)
            if figures is not None and not np.isnan(figures[item]) and figures[item] >= 60:
                return Words(words.format(figures[item]), facts=(f"{name}:{figures[item]:g}",))
        return NOTHING

    def _query(self, item: int) -> Words:
        identity = self._world.columns.ids[item]
        ranks = next((hit.ranks for hit in self._said.hits if hit.item_id == identity), {})
        return Words(next((text for name, text in SEARCH_WORDS.items() if name in ranks), ""))

    def _asked(self, item: int) -> Words:
        columns = self._world.columns
        met = []
        for topic in self._said.topics:
            facet, _, value = topic.partition(":")
            column = columns.facets.get(facet)
            if column is not None and column.rows_with((value,))[item]:
                met.append((facet, column.values[column.codes[value.casefold()]]))
        facts = tuple(f"{facet}:{value}" for facet, value in met)
        return Words(f"{joined([value for _, value in met])}, as you asked", facts=facts) if met else NOTHING

    def _named(self, item: int) -> Words:
        named = self._profile.named
        items = [int(named[row]) for row in leading(self._alike(item, named))]
        return about_items(f"Like {self._titles(items)}, which you named", items) if items else NOTHING

    def _disliked(self, item: int) -> Words:
        profile = self._profile
        items = [
            int(profile.disliked[row]) for row in leading(self._alike(item, profile.disliked) * profile.against, most=1)
        ]
        if not items:
            return NOTHING
        return about_items(f"Placed lower: something like {self._titles(items)}, which you did not like", items)

    def _alike(self, item: int, others: Ints) -> Floats:
        """(others,) likeness of the item to each of some others, of the make of `tools.scoring.features.likeness`."""
        world, knn = self._world, self._model.knn
        together = np.zeros(len(others), np.float32)
        for place, other in enumerate(others):
            near = slice(knn.indptr[other], knn.indptr[other + 1])
            lift = knn.data[near] / np.sqrt(1.0 + self._model.taken[knn.indices[near]])
            together[place] = lift[knn.indices[near] == item].sum() / lift.max(initial=1e-9)
        spread = world.spread[others] * world.spread[item]
        raw = (world.vectors[others] - world.mean) @ (world.vectors[item] - world.mean)
        text = np.divide(raw, spread, out=np.zeros_like(spread), where=spread > 0)
        topic = np.asarray((world.kinds[others] @ world.kinds[item].T).toarray()).ravel()
        return np.asarray(together + np.maximum(text, 0.0) + topic, np.float32)


def leading(parts: Floats, most: int = 3) -> list[int]:
    """Rows that carry a sum: the largest ones, each at least a fifth of all."""
    total = float(np.sum(np.maximum(parts, 0.0)))
    if total <= 0:
        return []
    order = np.argsort(-parts, kind="stable")[:most]
    rows = [int(row) for row in order if parts[row] >= 0.2 * total]
    return rows or [int(order[0])]
