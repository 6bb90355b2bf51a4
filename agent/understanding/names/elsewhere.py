"""Titles written with their year: the item that they mean, or none of the catalogue's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.understanding.entities import UNLISTED, Entity
from core.mentions import Resolution
from tools.deps import Retriever

_LITTLE = r"(?:of|the|and|a|an|in|on|to|for|with|from|at|is|by|or|de|la|vs\.?|&|-|–|—)"
_WORD = r"(?:[^\W_a-z][\w'.:!?&/-]*|\d[\w'.:!?-]*)"

_DATED = re.compile(rf"(?<!\w){_WORD}(?:,? +(?:{_LITTLE} +)*{_WORD})* *\((?P<year>(?:19|20)\d\d)\)")

_LEADING = frozenset(
    """
i i'm i've i'd im ive my we we've you yes yeah yep no nope oh ok okay and but or so like liked likes love loved loves
hated hate enjoyed enjoy seen saw watched watch recommend suggest also have has did do does is was are were how what
about try maybe then well hi hello great good nice film movie heard both thanks have even just because sure awesome
cool wow never actually definitely yea hmm perhaps something there there's another when if where who to it its it's that
this those one see any we're they he she with from by favorite favourite movies films haven't not don't me
""".split()
)
"""Words before a title that may be capitalised as it is."""

_SURE = 0.9


def unlisted(start: int, end: int, said: str) -> Entity:
    """A title that the catalogue does not have."""
    name = " ".join(said.split())
    return Entity(start, end, title=name, item_id=f"{UNLISTED}{name}")


def dated(text: str, retriever: Retriever) -> Iterator[Entity]:
    """Titles with a year in brackets beside them, as items of the catalogue or as `unlisted`.

    The words before a title may be capitalised as well ("I Saw Titanic (1997)"): the longest stretch that is a title
    is meant, if what stands before it is everyday words or another name of a list. Otherwise all of it is one title
    that the catalogue does not have: "Mad Max: Fury Road (2015)" is neither "Mad Max" nor "Road".
    """
    for match in _DATED.finditer(text):
        end, year = match.end(), int(match["year"])
        starts = [match.start() + word.start() for word in re.finditer(r"\S+", match[0]) if word[0][0] != "("]
        whole = next((start for start in starts if not _leading(text[start:end])), starts[-1])
        for start in starts:
            if start > whole and not _separate(text[whole:start]):
                continue
            resolution = retriever.resolve_title(text[start : match.start("year") - 1].strip(), year)
            if _is_it(resolution, year):
                best = resolution.matches[0]
                yield Entity(start, end, title=best.title, item_id=best.item_id)
                break
        else:
            yield unlisted(whole, end, text[whole:end])


def _leading(words: str) -> bool:
    """Whether the first word is no likely beginning of a title."""
    return re.split(r"[^\w']", words.lower(), maxsplit=1)[0] in _LEADING


def _separate(words: str) -> bool:
    """Whether words before a title are another part of the sentence: they end a list entry."""
    return re.search(r"(?:,|\band|\bor|&)\s*$", words) is not None


def _is_it(resolution: Resolution, year: int) -> bool:
    best = resolution.matches[0] if resolution.matches else None
    if best is None or resolution.status != "resolved" or best.score < _SURE:
        return False
    return best.year is None or abs(best.year - year) <= 1
