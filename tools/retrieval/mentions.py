"""Catalogue names in free text: titles, and through `FacetFinder` the values of facets.

Many titles are ordinary words ("It", "Big", "Kids"). Whether such words are meant as a title is decided by adding up
evidence, in bits: how unlikely the words are by chance, a verb of watching or liking before them, capitals, quotes, a
year after them, and how well known the item is. The weights are set on the sentences of evals/retrieval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.results import Mention
from tools.retrieval.commonness import bits, distinctiveness, is_word
from tools.retrieval.facets import FacetFinder
from tools.retrieval.synonyms import KIND_NOUNS, PEOPLE
from tools.retrieval.text import ARTICLES, Token, tokens
from tools.retrieval.titles import WHOLE, TitleIndex
from tools.retrieval.vocabulary import Vocabulary

_SAW = (
    "watched|watching|rewatched|rewatch|seen|saw|see|watch|movie|film|movies|films|called|titled|named|recommend|"
    "recommended|remake of|sequel to|finished|rented|movies such as|films such as"
)
_FELT = (
    "love|loved|loves|loving|like|liked|likes|enjoy|enjoyed|adore|adored|hate|hated|hates|dislike|disliked|despised|"
    "preferred|prefer|similar to|such as|than|fan of|tired of|about|compare|versus|vs|explain|why|including|"
    "favorite is|favourite is|favorites are|favourites are|favorite movie is|favourite film is|regretted|is|are|was"
)
_CUE = re.compile(
    rf"(?:\b(?P<saw>{_SAW})|\b(?P<felt>{_FELT}))(?:n't)?[\s:]+(?:(?:both|also|really|only|just|either|all|once)\s+)?[\"“‘']?$",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"^[\"”’']?\s*(?:,\s*)?(?:was|is|were|has|had|again|twice|bored|made|too|last night|yesterday|as well|instead|"
    r"and similar|or similar|on repeat|\((?:18|19|20)\d\d\))\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^[\"”’']?(?:\s*,\s*(?:and|or)?\s*|,?\s+(?:and|or|&|nor|but not)\s+|\s*/\s*)(?:also\s+)?[\"“‘']?$", re.IGNORECASE
)
_YEAR = re.compile(r"^[\"”’']?,?\s*(?:\((?P<in>(?:18|19|20)\d\d)\)|(?P<bare>(?:18|19|20)\d\d)\b)")
_SENTENCE = re.compile(r"[.!?;:\n]\s*[\"“‘'(]*$")
_QUOTES = {'"': '"', "“": "”", "«": "»", "‘": "’", "'": "'", "*": "*", "_": "_"}
_ABBREVIATED = frozenset({"dr", "mr", "mrs", "ms", "st", "vs", "jr", "volume", "part"})
_BREAKS = re.compile(
    r"[.!?;:,\n()]|\b(?:and|or|but|because|with|which|that|who|so|then|while|though|although|from)\b", re.IGNORECASE
)

_BASE = 14.0
_MISSPELT = 0.86
_LONGEST_GUESS = 8


@dataclass(frozen=True)
class Found:
    """A believed title: the words [first, last), how strong the evidence is, and whether it is beyond doubt."""

    first: int
    last: int
    mention: Mention
    evidence: float
    firm: bool


class MentionFinder:
    """Finds titles and facet values of one catalogue; immutable, thread-safe."""

    def __init__(self, titles: TitleIndex, vocabulary: Vocabulary) -> None:
        self._titles = titles
        self._facets = FacetFinder(vocabulary)

    def find(self, text: str) -> list[Mention]:
        """Titles and facet values named in the text, left to right, without overlaps; the longest name wins."""
        words = tokens(text)
        if not words:
            return []
        facets = list(self._facets.find(text, words))
        taken = self._choose(text, words, facets)
        taken += self._misspelt(text, words, taken)
        return sorted(taken, key=lambda mention: mention.start)

    def _choose(self, text: str, words: Sequence[Token], facets: list[Mention]) -> list[Mention]:
        spans = list(self._spans(text, words))
        cased = _has_case(text)
        chosen: list[Mention] = []
        # Left to right, because a title may be believed for standing in a list after one that is.
        # Longer spans go first at each place; a longer one that starts later inside wins over a shorter before it.
        accepted: list[Found] = []
        for first, last, found in spans:
            previous = max((entry.mention.end for entry in accepted if entry.last <= first), default=None)
            value = self._evidence(text, words, first, last, found, previous, cased)
            if value < 0:
                continue
            firm = self._firm(text, words[first].start, words[last - 1].end)
            accepted.append(Found(first, last, self._title(text, words, first, last, found), value, firm))
        weighed = [(_title_weight(entry), entry.mention) for entry in accepted]
        weighed += [
            ((mention.end - mention.start + (2.0 if mention.kind in PEOPLE else 0.5), 0.0), mention)
            for mention in facets
        ]
        for _, mention in sorted(weighed, key=lambda pair: (-pair[0][0], -pair[0][1], pair[1].start)):
            if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
                chosen.append(mention)
        return chosen

    def _firm(self, text: str, start: int, end: int) -> bool:
        """Whether the words around say that this is a title and no person: quotes, a year, a verb of watching."""
        cue = _CUE.search(text[:start])
        return _quoted(text[:start], text[end:]) or bool(_YEAR.match(text[end:])) or bool(cue and cue["saw"])

    def _spans(self, text: str, words: Sequence[Token]) -> Iterator[tuple[int, int, Mapping[int, float]]]:
        folded = [token.text for token in words]
        for first in range(len(words)):
            for last in range(min(len(words), first + self._titles.longest + 1), first, -1):
                found = self._titles.exact(folded[first:last])
                if found and not _broken(text, words[first:last]):
                    yield first, last, found

    def _evidence(
        self,
        text: str,
        words: Sequence[Token],
        first: int,
        last: int,
        found: Mapping[int, float],
        previous: int | None,
        cased: bool,
    ) -> float:
        span = words[first:last]
        folded = [token.text for token in span]
        start, end = span[0].start, span[-1].end
        before, after = text[:start], text[end:]
        if _quoted(before, after):
            return 12.0
        total = distinctiveness(folded) - _BASE
        best = max(float(self._titles.popularity[position]) for position in found)
        total += float(np.clip(np.log2(best + 0.05), -3.0, 3.0)) * 0.5
        total -= 2.5 if max(found.values()) < WHOLE else 0.0
        cue = _CUE.search(before)
        listed = previous is not None and bool(_JOINED.match(text[previous:start]))
        named = bool(cue) or listed
        if cue:
            total += 5.5 if cue["saw"] else 4.5
        elif listed:
            total += 4.0
        if _PRAISE.match(after):
            total += 2.0
        if _YEAR.match(after):
            total += 6.0
        content = [token for token in span if token.text not in ARTICLES and (bits(token.text) > 5.0 or len(span) == 1)]
        capital = all(text[token.start].isupper() or text[token.start].isdigit() for token in content or span)
        opening = not before.strip() or bool(_SENTENCE.search(before))
        if capital and cased and not (opening and len(content) <= 1):
            total += 7.0 if named else 4.0
        elif not capital or not cased:
            total -= 1.0 if named else 3.5
            total -= 2.0 if words[first].text in ARTICLES and cased and not capital else 0.0
            following = words[last].text if last < len(words) else ""
            if following in KIND_NOUNS or (
                following and not _BREAKS.match(text[end:].lstrip()) and bits(following) > 7.5
            ):
                total -= 3.0
        return total

    def _title(self, text: str, words: Sequence[Token], first: int, last: int, found: Mapping[int, float]) -> Mention:
        start, end = words[first].start, words[last - 1].end
        said = _YEAR.match(text[end:])
        year = int(said["in"] or said["bare"]) if said else None
        if (
            said
            and said["bare"]
            and not any(abs(self._titles.year(position) - int(said["bare"])) <= 1 for position in found)
        ):
            said, year = None, None
        resolution = self._titles.settle(text[start:end], found, year)
        end += said.end() if said else 0
        return Mention(start=start, end=end, kind="title", value=resolution.matches[0].title, resolution=resolution)

    def _misspelt(self, text: str, words: Sequence[Token], taken: Sequence[Mention]) -> list[Mention]:
        """Titles with a misspelt word, after a cue or in a list: only where a word is none that English knows."""
        mentions: list[Mention] = []
        for segment in _segments(text, words, taken):
            span = [token for token in segment if token.text]
            while span and (span[0].text in _FILLERS or span[0].text in KIND_NOUNS):
                span = span[1:]
            for size in range(min(len(span), _LONGEST_GUESS), 0, -1):
                guess = span[:size]
                if all(is_word(token.text) for token in guess) or sum(len(token.text) for token in guess) < 5:
                    break
                said = text[guess[0].start : guess[-1].end]
                found = self._titles.close(said)
                if found and max(found.values()) >= _MISSPELT:
                    kept = {position: score for position, score in found.items() if score >= _MISSPELT}
                    resolution = self._titles.settle(said, kept)
                    name = resolution.matches[0].title
                    mentions.append(
                        Mention(
                            start=guess[0].start, end=guess[-1].end, kind="title", value=name, resolution=resolution
                        )
                    )
                    break
        return mentions


_FILLERS = frozenset({"both", "also", "really", "only", "just", "either", "all", "once", "and", "or"})


def _segments(text: str, words: Sequence[Token], taken: Sequence[Mention]) -> Iterator[list[Token]]:
    """Stretches of words that may be a title: after a cue, and the rest of the list it starts."""
    listing = len(words) <= 6 and not taken
    at = 0
    while at < len(words):
        token = words[at]
        inside = next((mention for mention in taken if mention.start <= token.start < mention.end), None)
        if inside is not None:
            listing = inside.kind == "title"
            at += 1
            continue
        if at and re.search(r"[.!?;\n]", text[words[at - 1].end : token.start]):
            listing = False
        cue = _CUE.search(text[: token.start])
        if not (cue or listing):
            at += 1
            continue
        end = at
        while (
            end < len(words)
            and not (end > at and (_BREAKS.search(text[words[end - 1].end : words[end].end])))
            and not (end > at and _CUE.search(text[: words[end].start]))
            and not any(mention.start <= words[end].start < mention.end for mention in taken)
        ):
            end += 1
        yield list(words[at:end])
        listing = end < len(words) and (
            words[end].text in ("and", "or") or bool(_JOINED.match(text[words[end - 1].end : words[end].start]))
        )
        at = max(end, at + 1)


def _title_weight(entry: Found) -> tuple[float, float]:
    sure = 3.0 if entry.firm else 1.0 if entry.evidence >= 8 else 0.0
    return (entry.mention.end - entry.mention.start + sure, entry.evidence)


def _quoted(before: str, after: str) -> bool:
    return bool(before) and before[-1] in _QUOTES and after.lstrip(",.!?")[:1] == _QUOTES[before[-1]]


def _has_case(text: str) -> bool:
    """Whether capitals mean anything in the text: it has some, and is not all in capitals."""
    letters = [char for char in text if char.isalpha()]
    return any(char.isupper() for char in letters) and any(char.islower() for char in letters)


def _broken(text: str, span: Sequence[Token]) -> bool:
    """Whether the words run over the end of a sentence, or over a comma when they are only two."""
    for left, right in pairwise(span):
        gap = text[left.end : right.start]
        if re.search(r"[!?;\n]\s", gap) or (re.search(r"\.\s", gap) and left.text not in _ABBREVIATED):
            return True
        if "," in gap and len(span) < 3:
            return True
    return False
