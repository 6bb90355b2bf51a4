"""What an item is like, as far as the catalogue tells: its genres and its certificate speak for it, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.understanding import Quality
from agent.wording import genre, join
from agent.writing.aspects import aspect_of
from agent.writing.items import SAYABLE
from core.types import Item


class Told(NamedTuple):
    """A sentence, and what it asserts of the item; nothing where it says what is not known."""

    text: str
    asserted: str = ""


def likeness(item: Item, qualities: Sequence[Quality], aspects: Sequence[str] = ()) -> list[Told]:
    """Whether an item is what it is asked to be, and how it is described; what the catalogue does not tell is said.

    Args:
        qualities: what it is asked to be.
        aspects: facts asked for beside that, by name.
    """
    listed = item.facets.get("genre", ())
    speaking = {quality.quote: [name for name in quality.genres if name in listed] for quality in qualities}
    told = []
    likely = [f"“{quote}”" for quote, genres in speaking.items() if genres]
    if likely:
        known = _listed(item, list(dict.fromkeys(name for genres in speaking.values() for name in genres)))
        told.append(Told(f"{known}, so {join(likely)} may well fit.", f"{known}."))
    # Who may watch it is for the certificate to say.
    untold = [f"“{each.quote}”" for each in qualities if not speaking[each.quote] and not each.hard]
    if untold:
        told.append(Told(f"The catalogue does not tell whether {join(untold, 'or')} fits {item.title}."))
        if listed and not likely:
            told.append(Told(*[f"{_listed(item, listed)}."] * 2))
    asked = (*(("certificate",) if any(each.hard for each in qualities) else ()), *aspects)
    facts = [sentence for aspect in dict.fromkeys(asked) for sentence in aspect_of(item, aspect)]
    if 0 < len(item.text) <= SAYABLE:
        facts.append(item.text)
    return [*told, *(Told(fact, fact) for fact in facts)]


def _listed(item: Item, genres: Sequence[str]) -> str:
    return f"{item.title} is listed under {join([genre(name) for name in genres])}"
