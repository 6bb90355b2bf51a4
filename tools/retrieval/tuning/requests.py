"""Requests as people put them, composed from what a catalogue files an item under: text to tune a query encoder on.

The phrasings are our own, in several registers, from bare words to a polite sentence. A request is met by every item
with all that it asks for, so the catalogue itself says which items answer it and which near ones do not.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from core.types import Item
from tools.retrieval.synonyms import CODES, PEOPLE, PLACES, SYNONYMS
from tools.retrieval.text import DESCRIPTIVE

Wanted = tuple[str, str]
"""A facet and its value; the decade of a year is the facet ``decade``."""

DECADE = "decade"

_FRAMES = (
    ("{}", 5),
    ("something {}", 2),
    ("looking for something {}", 1),
    ("in the mood for something {} tonight", 1),
    ("any ideas for something {}?", 1),
    ("could you find me something {}, please", 1),
    ("I feel like something {}", 1),
    ("what is there that is {}", 1),
    ("got anything {}", 1),
    ("{} if you have it", 1),
)
_ASIDES = ("for tonight", "for the weekend", "nothing too long", "that I may have missed", "for me and a friend")
_PEOPLE = {
    "director": ("by {}", "directed by {}", "from {}", "a {} one"),
    "actor": ("with {}", "starring {}", "that has {} in it"),
    "writer": ("written by {}", "by {}"),
}
_PLACES = {"language": ("in {}", "{} speaking"), "country": ("from {}", "made in {}", "{}")}
_DESCRIBED = ("{}", "{}", "{}", "about {}", "with {}")
_NAMED = ("{}", "{}", "a {}")
_DECADES = {
    1940: ("from the forties", "1940s"),
    1950: ("from the fifties", "1950s"),
    1960: ("from the sixties", "60s"),
    1970: ("from the seventies", "70s"),
    1980: ("from the eighties", "80s"),
    1990: ("from the nineties", "90s"),
    2000: ("from the two thousands", "2000s"),
}
_CURRENCIES = (" pounds", " euros", " dollars", "")
_OFFERED = ("on sale", "reduced", "on offer")


@dataclass(frozen=True)
class Request:
    """Words, and what an item must have to meet them."""

    text: str
    wanted: tuple[Wanted, ...]


def decade_of(item: Item) -> str:
    """The decade of an item as ``1990``; empty without a year."""
    return "" if item.year is None else str(item.year // 10 * 10)


def compose(item: Item, rng: random.Random) -> Request | None:
    """A request that this item meets; None for an item with nothing to ask for."""
    asked = _choose(item, rng)
    if not asked:
        return None
    words = [_worded(facet, value, rng) for facet, value in asked]
    rng.shuffle(words)
    return Request(_framed(words, _demands(item, rng), rng), tuple(asked))


def _choose(item: Item, rng: random.Random) -> list[Wanted]:
    """One to three of the item's values, at most one of a facet but for descriptive ones."""
    described = [(facet, value) for facet, values in item.facets.items() if facet in DESCRIPTIVE for value in values]
    named = [
        (facet, rng.choice(values))
        for facet, values in item.facets.items()
        if values and facet not in DESCRIPTIVE and facet not in CODES
    ]
    if item.year is not None and item.year // 10 * 10 in _DECADES:
        named.append((DECADE, decade_of(item)))
    rng.shuffle(described)
    rng.shuffle(named)
    share = rng.choice((1, 2, 2, 3)) if described else 0
    return described[:share] + named[: rng.choice((0, 1) if described else (1, 2, 2))]


def _worded(facet: str, value: str, rng: random.Random) -> str:
    if facet == DECADE:
        return rng.choice(_DECADES[int(value)])
    if facet in PLACES:
        return rng.choice(_PLACES.get(facet, ("{}",))).format(value)
    if facet in PEOPLE:
        return rng.choice(_PEOPLE.get(facet, ("by {}", "from {}"))).format(value)
    if facet in DESCRIPTIVE:
        return rng.choice(_DESCRIBED).format(value)
    others = [phrase for phrase in SYNONYMS.get(value.casefold(), ()) if ":" not in phrase]
    return rng.choice((*others, *(form.format(value.lower()) for form in _NAMED)))


def _demands(item: Item, rng: random.Random) -> list[str]:
    """Asides and demands on figures. No text of an item holds its price: the encoder is to read past such words."""
    said = [rng.choice(_ASIDES)] if rng.random() < 0.15 else []
    price = item.numbers.get("price")
    if price is not None and price > 0 and rng.random() < 0.3:
        step = 10 ** math.floor(math.log10(price))
        limit = math.ceil(price / step + 1e-9) * step
        said.append(f"under {limit:g}{rng.choice(_CURRENCIES)}")
    if item.numbers.get("discount", 0) > 0 and rng.random() < 0.5:
        said.append(rng.choice(_OFFERED))
    return said


def _framed(words: Sequence[str], demands: Sequence[str], rng: random.Random) -> str:
    glue = rng.choice((" ", ", ", " and "))
    frame = rng.choices([frame for frame, _ in _FRAMES], [weight for _, weight in _FRAMES])[0]
    text = " ".join((frame.format(glue.join(words)), *demands))
    return text if rng.random() < 0.5 else text[0].upper() + text[1:]
