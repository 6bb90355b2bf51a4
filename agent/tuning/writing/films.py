"""The catalogue as examples use it: what is not kept for the evaluation, split between training and validation."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Sequence
from typing import Literal

from agent.tuning.split import held_out
from core.types import Constraints, Item

Part = Literal["train", "valid"]

_VALID_ONE_IN = 8


def part_of(words: str) -> Part:
    """Whether a form or a name is for training or for validation, by a checksum of its words."""
    return "valid" if zlib.crc32(f"part {words.strip().casefold()}".encode()) % _VALID_ONE_IN == 0 else "train"


def usable(forms: Sequence[str], part: Part) -> list[str]:
    """The forms of one part; all of them where the part has none of its own."""
    return [form for form in forms if part_of(form) == part] or list(forms)


class Films:
    """Items whose title and makers may stand in examples of one part.

    The better known an item, the likelier it is drawn, the more so with themes; every item can be.
    """

    def __init__(self, items: Iterable[Item], part: Part) -> None:
        self.part = part
        self.items = [item for item in items if self.named(item.title, *item.facets.get("director", ()))]
        self._weights = [_weight(item) for item in self.items]
        self._by: dict[tuple[str, str], list[Item]] = {}
        for item in self.items:
            for facet in ("genre", "director", "actor"):
                for value in item.facets.get(facet, ()):
                    self._by.setdefault((facet, value), []).append(item)

    def named(self, *names: str) -> bool:
        """Whether all of these names may stand in an example."""
        return not any(held_out(name) or part_of(name) != self.part for name in names)

    def draw(self, rng: random.Random) -> Item:
        """Any item."""
        return rng.choices(self.items, self._weights)[0]

    def others(self, rng: random.Random, item: Item, most: int = 2) -> list[Item]:
        """One or some other items, mostly of a genre of this one."""
        genres = item.facets.get("genre", ())
        near = self._by.get(("genre", rng.choice(genres)), []) if genres and rng.random() < 0.8 else self.items
        count = rng.choices(range(1, most + 1), [0.6, 0.4, 0.2][:most])[0]
        pool = rng.choices(near, list(map(_weight, near)), k=3 * count)
        return _apart(pool, item)[:count]

    def titles(self, rng: random.Random) -> tuple[str, ...]:
        """One or two titles, as a person names what they liked."""
        found = _apart(rng.choices(self.items, self._weights, k=4), self.draw(rng))
        return tuple(item.title for item in found[: rng.choice((1, 1, 2))])

    def drawn(self, rng: random.Random, limits: Constraints, count: int) -> list[Item]:
        """So many items within limits; fewer where a person is asked for, none where no item is within them."""
        found = [item for item in self.items if _within(item, limits)]
        people = [facet for facet in limits.require if facet != "genre"]
        if not found or (len(found) < count and not people):
            return []
        return rng.sample(found, min(count, len(found)))

    def shared(self, rng: random.Random, item: Item, facet: str) -> tuple[str, list[Item]] | None:
        """A person of the item whom other items have too, with one or two of these."""
        people = [name for name in item.facets.get(facet, ()) if self.named(name)]
        rng.shuffle(people)
        for name in people:
            rest = _apart(self._by.get((facet, name), []), item)
            if rest:
                return name, rng.sample(rest, min(len(rest), rng.choice((1, 1, 2))))
        return None


def _within(item: Item, limits: Constraints) -> bool:
    return (
        all(set(values) & set(item.facets.get(facet, ())) for facet, values in limits.require.items())
        and not any(set(values) & set(item.facets.get(facet, ())) for facet, values in limits.exclude.items())
        and all(bounds.contains(item.numbers.get(name)) for name, bounds in limits.ranges.items())
    )


def _weight(item: Item) -> float:
    return (1.0 + item.numbers.get("reviews", 0.0)) * (3.0 if item.facets.get("theme") else 1.0)


def _apart(items: Iterable[Item], item: Item) -> list[Item]:
    found = {other.title: other for other in items if other.title not in item.title and item.title not in other.title}
    return list(found.values())
