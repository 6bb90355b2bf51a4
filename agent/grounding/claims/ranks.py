"""Places in the list: "the second one" as a name for an item, and "Zodiac comes first" as a claim."""

from __future__ import annotations

import re

from agent.grounding.claims.base import Sentence

_PLACES = "first second third fourth fifth sixth".split()
_PLACE = "|".join(_PLACES)
_NAMED = re.compile(
    rf"\bthe (?P<place>{_PLACE}|last)(?: (?:one|film|movie|pick|item)(?: (?:here|of (?:them|these)|on (?:the|my"
    rf"|this) list))?)?"
    r"(?=,|\.|;|!| (?:is|was|has|runs|comes|won|lasts|costs|and|by)\b|$)"
)
_CLAIMED = re.compile(
    rf"\b(?:is|was|comes?|goes|stands?|put|with)(?: in)?(?: (?:the|at|my))* (?P<place>{_PLACE}|last)\b"
    r"(?: (?:one|film|pick|item|place))?(?: (?:here|of (?:them|these|the \w+)|on (?:the|my|this) list|in (?:the"
    r"|my) list))?(?=[,.;:!]|$| and\b| as\b)"
)


def link_places(sentence: Sentence) -> None:
    """Find items named by their place in the list."""
    listed = sentence.evidence.shown or sentence.evidence.known
    for match in _NAMED.finditer(sentence.masked):
        place = len(listed) - 1 if match["place"] == "last" else _PLACES.index(match["place"])
        claimed = re.search(r"\b(?:is|was|comes|stands|as|in) $", sentence.masked[: match.start()])
        if claimed or not sentence.free(*match.span()) or (match[0].endswith(match["place"]) and len(listed) < 2):
            continue
        known = 0 <= place < len(listed)
        sentence.links.append((*match.span(), (listed[place] if known else None,)))
        sentence.add("title", *match.span(), known)
    sentence.links.sort(key=lambda link: link[:2])


def ranks(sentence: Sentence) -> None:
    """Whether an item has the place in the list that is claimed."""
    listed = sentence.evidence.shown or sentence.evidence.known
    for match in _CLAIMED.finditer(sentence.masked):
        items = sentence.items_at(match.start())
        if len(items) != 1 or not sentence.free(*match.span()):
            continue
        place = len(listed) - 1 if match["place"] == "last" else _PLACES.index(match["place"])
        sentence.add("rank", *match.span(), place < len(listed) and listed[place].id == items[0].id)
