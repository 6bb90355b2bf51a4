"""What a query encoder learns from: requests, items' own sentences, and what people took up next.

People and items are split once, by a hash of their ids: what is held out is neither asked for, nor a target, nor a
negative in training, and only that is measured.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.types import EventKind, Item
from store.columns import KINDS, EventLog
from tools.retrieval.text import DESCRIPTIVE
from tools.retrieval.tuning.requests import DECADE, Wanted, compose, decade_of

Mask = NDArray[np.bool_]

HELD_OUT = 0.2
"""Part of the people and of the items that is only measured on."""

LIKED = 0.3
"""Value from which a rating counts as liked; purchases and likes always do."""

_HISTORY = 6
_NEXT = 3
_CLAUSE = re.compile(r"[;:]|, (?:and |but )?| while | until | as ")
_SHORTEST = 4
_INTERESTS = ("I liked {}.", "{}", "more like {}", "My favourites are {}.", "I enjoyed {} lately")


@dataclass(frozen=True)
class Example:
    """A text and the items that answer it.

    Attributes:
        kind: ``request``, ``sentence`` or ``interest``.
        items, weights: positions of the answers and how much of the target each has; weights sum to 1.
        pool: name of the items among which they are to be found: those of which the question can be answered at all.
        group: who is drawn together in a bootstrap: a person for an interest.
    """

    kind: str
    text: str
    items: NDArray[np.int32]
    weights: NDArray[np.float32]
    pool: str
    group: str


@dataclass
class Material:
    """A catalogue and its events, ready to draw examples from.

    Attributes:
        items: in the order of the positions.
        held: (items,) what is held out.
        pools: name → (items,) members; ``taken`` are items that somebody liked.
        popularity: (items,) how many training people liked each.
    """

    items: Sequence[Item]
    held: Mask
    likes: Mapping[str, NDArray[np.int32]]
    pools: dict[str, Mask] = field(default_factory=dict)
    popularity: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    _having: dict[Wanted, set[int]] = field(default_factory=lambda: defaultdict(set))
    _filed: dict[str, Mask] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Sequence[Item], log: EventLog) -> Material:
        """From the catalogue in the order of its columns, and the log read with them."""
        held = np.array([held_out(item.id) for item in items], bool)
        material = cls(items, held, _likes(log))
        for position, item in enumerate(items):
            for facet, values in _filed_under(item):
                for value in values:
                    material._having[facet, value].add(position)
                material._filed.setdefault(facet, np.zeros(len(items), bool))[position] = bool(values)
        learnt = [liked for person, liked in material.likes.items() if not held_out(person)]
        material.popularity = np.bincount(np.concatenate(learnt or [np.zeros(0, int)]), minlength=len(items))
        taken = np.zeros(len(items), bool)
        taken[np.concatenate(list(material.likes.values()) or [np.zeros(0, int)]).astype(int)] = True
        material.pools["taken"] = taken
        material.pools["told"] = np.array([bool(item.text) for item in items], bool)
        return material

    def requests(self, count: int, held: bool, rng: random.Random, most: int = 60) -> list[Example]:
        """Up to ``count`` composed requests for items of one side, each met by at most ``most`` items of that side."""
        side = np.flatnonzero(self.held == held)
        described = [p for p in side.tolist() if any(f in DESCRIPTIVE and v for f, v in self.items[p].facets.items())]
        found: list[Example] = []
        for attempt in range(4 * count):
            if len(found) == count or not len(side):
                break
            # Items that are described answer what facts alone cannot, so half of the requests are for them.
            at = int(rng.choice(described if described and attempt % 2 else side))
            request = compose(self.items[at], rng)
            if request is None:
                continue
            answers = set.intersection(*(self._having[wanted] for wanted in request.wanted))
            kept = [position for position in answers if self.held[position] == held]
            if len(kept) <= most:
                pool = self._pool(sorted({facet for facet, _ in request.wanted}))
                found.append(_example("request", request.text, kept, np.ones(len(kept)), pool, f"{at}"))
        return found

    def sentences(self, count: int, held: bool, rng: random.Random) -> list[Example]:
        """Parts of items' own texts; they are answered by the item, and in part by those that share two themes."""
        told = np.flatnonzero(self.pools["told"] & (self.held == held))
        found: list[Example] = []
        for at in rng.sample(told.tolist(), min(count, len(told))):
            themes = [(f, v) for f, values in self.items[at].facets.items() if f in DESCRIPTIVE for v in values]
            shared: dict[int, int] = defaultdict(int)
            for theme in themes:
                for other in self._having[theme]:
                    shared[other] += self.held[other] == held
            alike = {other: times for other, times in shared.items() if times >= 2 and other != at}
            weights = [float(max(len(themes), 1)), *(0.3 * times for times in alike.values())]
            text = _part(self.items[at].text, rng)
            found.append(_example("sentence", text, [at, *alike], np.array(weights), "told", f"{at}"))
        return found

    def interests(self, count: int, held: bool, rng: random.Random) -> list[Example]:
        """What people liked, in words, answered by what they liked next; at most two examples a person."""
        people = [person for person in self.likes if held_out(person) == held]
        rng.shuffle(people)
        found: list[Example] = []
        for person in people * 2:
            liked = self.likes[person]
            if len(found) == count:
                break
            if len(liked) < 3:
                continue
            cut = rng.randint(2, len(liked) - 1)
            after = [p for p in liked[cut:].tolist() if self.held[p] == held][:_NEXT]
            if after:
                text = self._interest(liked[max(0, cut - _HISTORY) : cut].tolist(), rng)
                found.append(_example("interest", text, after, np.ones(len(after)), "taken", person))
        return found

    def candidates(self, example: Example, held: bool) -> Mask:
        """(items,) among which the answers are looked for, on one side."""
        return np.asarray(self.pools[example.pool] & (self.held == held))

    def _interest(self, history: Sequence[int], rng: random.Random) -> str:
        latest = [self.items[position] for position in reversed(history)][: rng.randint(2, _HISTORY)]
        return rng.choice(_INTERESTS).format(", ".join(item.title for item in latest))

    def _pool(self, facets: Sequence[str]) -> str:
        name = "+".join(facets)
        if name not in self.pools:
            self.pools[name] = np.all([self._filed[facet] for facet in facets], axis=0)
        return name


def held_out(identifier: str) -> bool:
    """Whether a person or an item is held out."""
    return hashlib.blake2b(identifier.encode(), digest_size=4, person=b"held out").digest()[0] < HELD_OUT * 256


def targets(examples: Sequence[Example], items: int) -> csr_matrix:
    """(examples, items) the weights of the answers."""
    rows = np.repeat(np.arange(len(examples)), [len(example.items) for example in examples])
    cols = np.concatenate([example.items for example in examples])
    return csr_matrix((np.concatenate([example.weights for example in examples]), (rows, cols)), (len(examples), items))


def _example(
    kind: str, text: str, items: Iterable[int], weights: NDArray[np.generic], pool: str, group: str
) -> Example:
    shares = np.asarray(weights, np.float32)
    return Example(kind, text, np.array(list(items), np.int32), shares / shares.sum(), pool, group)


def _filed_under(item: Item) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from item.facets.items()
    decade = decade_of(item)
    yield DECADE, (decade,) if decade else ()


def _likes(log: EventLog) -> dict[str, NDArray[np.int32]]:
    """What each person liked, each item once, in time order."""
    always = [code for code, kind in enumerate(KINDS) if kind in (EventKind.LIKE, EventKind.PURCHASE)]
    rated = log.kind == KINDS.index(EventKind.RATING)
    rows = np.flatnonzero(np.isin(log.kind, always) | (rated & (log.value >= LIKED)))
    order = rows[np.lexsort((log.at[rows], log.user[rows]))]
    found: dict[str, NDArray[np.int32]] = {}
    for own in np.split(order, np.flatnonzero(np.diff(log.user[order])) + 1):
        if len(own):
            unique = dict.fromkeys(log.item[own].tolist())
            found[log.users[log.user[own[0]]]] = np.array(list(unique), np.int32)
    return found


def _part(text: str, rng: random.Random) -> str:
    """A clause of a text, or all of it without some of its words."""
    clauses = [clause.strip(" .") for clause in _CLAUSE.split(text) if len(clause.split()) >= _SHORTEST]
    if clauses and rng.random() < 0.7:
        return rng.choice(clauses)
    words = text.split()
    return " ".join(word for word in words if rng.random() < 0.7) or text
