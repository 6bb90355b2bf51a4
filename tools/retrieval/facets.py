"""Facet values named in free text: genres, languages, people and whatever else the catalogue files its items under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.mentions import Mention
from tools.retrieval.commonness import bits
from tools.retrieval.synonyms import KIND_NOUNS, NEEDS_CAPITAL, NEEDS_NOUN, PEOPLE, PLACES
from tools.retrieval.text import ARTICLES, Token
from tools.retrieval.vocabulary import Named, Vocabulary

_ROLE_CUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("writer", ("written by", "writer", "screenplay by", "penned by", "author")),
    ("director", ("directed by", "director", "by", "from director", "filmmaker")),
    ("actor", ("with", "starring", "stars", "featuring", "actor", "actress", "and")),
)
_MAKERS = ("brothers", "sisters", "siblings")
_RATED = re.compile(r"\brated[ :-]*$", re.IGNORECASE)
_ORDINARY = 12.0


class FacetFinder:
    """Finds facet values of one catalogue; immutable, thread-safe."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, text: str, words: Sequence[Token]) -> Iterator[Mention]:
        """Every value that some words name; spans may overlap, and the caller keeps the longest."""
        longest = min(self._vocabulary.longest, 8)
        for first in range(len(words)):
            for last in range(min(len(words), first + longest), first, -1):
                span = words[first:last]
                phrase = " ".join(token.text for token in span)
                found = self._value(text, words, first, last, phrase) or self._person(text, words, first, last, phrase)
                if found:
                    yield from found
                    break
            yield from self._surname(text, words, first)
            yield from self._code(text, words, first)

    def _value(self, text: str, words: Sequence[Token], first: int, last: int, phrase: str) -> list[Mention]:
        named = self._vocabulary.phrases.get(phrase)
        if not named:
            return []
        start, end = words[first].start, words[last - 1].end
        raw = text[start:end]
        following = words[last].text if last < len(words) else ""
        if phrase in NEEDS_CAPITAL and not raw[0].isupper():
            return []
        if phrase in NEEDS_NOUN and following not in KIND_NOUNS and not self._beside_value(words, first, last):
            return []
        blends = [entry for entry in named if entry.part]
        if blends:
            return [_part(text, start, end, entry) for entry in blends]
        return [_mention(start, end, min(named, key=lambda entry: (_order(entry.facet), -entry.items)))]

    def _beside_value(self, words: Sequence[Token], first: int, last: int) -> bool:
        """Whether a neighbour in a list ("drama or war", "crime and history") names a value of a facet."""
        before = [token.text for token in words[max(0, first - 2) : first]]
        after = [token.text for token in words[last : last + 2]]
        joined = {"and", "or", "but", "not", "no"}
        near = [*before[-1:], *after[:1]]
        near += [*(before[:1] if before[-1:] and before[-1] in joined else ())]
        near += [*(after[1:] if after[:1] and after[0] in joined else ())]
        known = self._vocabulary.phrases
        return any(word in known and word not in NEEDS_NOUN for word in near)

    def _person(self, text: str, words: Sequence[Token], first: int, last: int, phrase: str) -> list[Mention]:
        named = self._vocabulary.people.get(phrase)
        if not named or (words[last - 1].text in _MAKERS and words[last - 2].text in self._vocabulary.surnames):
            return []
        span = words[first:last]
        capital = all(text[token.start].isupper() for token in (span[0], span[-1]))
        role = _role(words, first)
        if last - first == 1 and not (capital and (role or bits(phrase) > _ORDINARY) and first > 0):
            return []
        if not capital and all(bits(token.text) < _ORDINARY - 1 for token in span) and not role:
            return []
        return [_mention(span[0].start, span[-1].end, _in_role(named, role))]

    def _surname(self, text: str, words: Sequence[Token], at: int) -> Iterator[Mention]:
        token = words[at]
        name = token.text
        known = self._vocabulary.surnames.get(name)
        if known is None and name.endswith("s") and re.search(r"['’]s$", text[token.start : token.end]):
            name = name[:-1]
            known = self._vocabulary.surnames.get(name)
        following = words[at + 1].text if at + 1 < len(words) else ""
        if known is None:
            return
        role = _role(words, at)
        capital = text[token.start].isupper()
        if not (role and role != "and") and not (capital and bits(name) > _ORDINARY):
            return
        if not capital and bits(name) < _ORDINARY:
            return
        # Inside a full name ("Michael Caine"), the name is somebody else's when the whole is not in the catalogue.
        if at and capital and _is_name(text, words[at - 1]) and words[at - 1].end + 1 == token.start:
            return
        if following not in _MAKERS and at + 1 < len(words) and _is_name(text, words[at + 1]):
            return
        end = words[at + 1].end if following in _MAKERS else token.end
        yield _mention(token.start, end, _in_role(list(known.values()), role))

    def _code(self, text: str, words: Sequence[Token], at: int) -> Iterator[Mention]:
        start = words[at].start
        if at and words[at - 1].end == start:
            return
        for code in sorted(self._vocabulary.codes, key=len, reverse=True):
            end = start + len(code)
            if text[start:end] != code or text[end : end + 1].isalnum():
                continue
            tail = re.match(r"-?\s?rated\b", text[end:], re.IGNORECASE)
            rated = _RATED.search(text[:start])
            if len(code) > 1 or rated or tail:
                left = rated.start() if rated else start
                yield _mention(left, end + (tail.end() if tail else 0), self._vocabulary.codes[code])
                return


def _role(words: Sequence[Token], first: int) -> str:
    """The facet that the words before a name point to; empty when they point to none."""
    before = [token.text for token in words[max(0, first - 4) : first]]
    if before and before[-1] in ARTICLES:
        before.pop()
    for facet, cues in _ROLE_CUES:
        for cue in cues:
            if before[-cue.count(" ") - 1 :] == cue.split():
                return facet if cue != "and" else "and"
    return ""


def _in_role(named: Sequence[Named], role: str) -> Named:
    def rank(entry: Named) -> tuple[int, int, int]:
        near = {"writer": ("writer",), "director": ("director", "writer", "author"), "actor": ("actor",)}.get(role, ())
        # Directing a film characterises it more than playing in it: one credit counts as three.
        weight = entry.items * (3 if entry.facet == "director" else 1)
        return (near.index(entry.facet) if entry.facet in near else len(near), -weight, PEOPLE.index(entry.facet))

    return min(named, key=rank)


def _order(facet: str) -> int:
    """Languages before countries ("Japanese" is first of all a language), everything else before both."""
    return {"language": 1, "country": 2}.get(facet, 0 if facet not in PLACES else 1)


def _is_name(text: str, token: Token) -> bool:
    return text[token.start].isupper() and bits(token.text) > 6.0


def _mention(start: int, end: int, entry: Named) -> Mention:
    return Mention(start=start, end=end, kind=entry.facet, value=entry.value)


def _part(text: str, start: int, end: int, entry: Named) -> Mention:
    at = text.casefold().find(entry.part, start, end)
    begin = start if at < 0 else at
    return _mention(begin, begin + len(entry.part), entry)
