"""Catalogue names in free text: titles, and through `FacetFinder` the values of facets.

Many titles are ordinary words ("It", "Big", "Kids"). Whether such words are meant as a title is decided by adding up
evidence, in bits: how unlikely the words are by chance, a verb of watching or liking before them, capitals, quotes, a
year or a verdict after them, and how well known the item is. The weights were set on the sentences of
evals/retrieval_cases.py and checked on dialogues that they had not seen (docs/retrieval.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.mentions import Mention
from tools.retrieval.commonness import bits, distinctiveness, is_word
from tools.retrieval.facets import FacetFinder
from tools.retrieval.message import Message
from tools.retrieval.synonyms import KIND_NOUNS, PEOPLE
from tools.retrieval.text import ARTICLES, word_set
from tools.retrieval.titles import WHOLE, TitleIndex
from tools.retrieval.vocabulary import Vocabulary

_BASE = 14.0
"""Bits that words must bring, from themselves or from what is around them, to be a title."""

_MISSPELT = 0.86
_LONGEST_GUESS = 8
_FILLERS = word_set("both also really only just either all once and or")


@dataclass(frozen=True)
class Believed:
    """A stretch [first, last) taken for a title; ``firm`` when the words around rule out a person of that name."""

    last: int
    mention: Mention
    evidence: float
    firm: bool

    @property
    def weight(self) -> tuple[float, float]:
        """What it competes with against overlapping names: mostly its length."""
        sure = 3.0 if self.firm else 1.0 if self.evidence >= 8.0 else 0.0
        return self.mention.end - self.mention.start + sure, self.evidence


class MentionFinder:
    """Finds titles and facet values of one catalogue; immutable, thread-safe."""

    def __init__(self, titles: TitleIndex, vocabulary: Vocabulary) -> None:
        self._titles = titles
        self._facets = FacetFinder(vocabulary)

    def find(self, text: str) -> list[Mention]:
        """Titles and facet values named in the text, left to right, without overlaps; the longest name wins."""
        message = Message(text)
        weighed = [(believed.weight, believed.mention) for believed in self._believed(message)]
        for mention in self._facets.find(text, message.words):
            person = 2.0 if mention.kind in PEOPLE else 0.5
            weighed.append(((mention.end - mention.start + person, 0.0), mention))
        weighed.sort(key=lambda pair: (-pair[0][0], -pair[0][1], pair[1].start))
        chosen: list[Mention] = []
        for _, mention in weighed:
            if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
                chosen.append(mention)
        chosen += self._misspelt(message, chosen)
        return sorted(chosen, key=lambda mention: mention.start)

    def _believed(self, message: Message) -> list[Believed]:
        """Stretches that are exactly a title, with enough evidence; left to right, since a list carries belief on."""
        found: list[Believed] = []
        folded = [token.text for token in message.words]
        for first in range(len(folded)):
            for last in range(min(len(folded), first + self._titles.longest + 1), first, -1):
                items = self._titles.exact(folded[first:last])
                if not items or message.broken(first, last):
                    continue
                previous = max((entry.mention.end for entry in found if entry.last <= first), default=None)
                listed = previous is not None and message.joins(previous, first)
                evidence = self._evidence(message, first, last, items, listed)
                if evidence >= 0.0:
                    firm = message.cues[first] == "saw" or message.quoted(first, last)
                    firm = firm or message.year_after(last) is not None
                    found.append(Believed(last, self._title(message, first, last, items), evidence, firm))
        return found

    def _evidence(self, message: Message, first: int, last: int, items: Mapping[int, float], listed: bool) -> float:
        if message.quoted(first, last):
            return 12.0
        span = message.words[first:last]
        known = max(float(self._titles.popularity[position]) for position in items)
        total = distinctiveness([token.text for token in span]) - _BASE
        total += 0.5 * float(np.clip(np.log2(known + 0.05), -3.0, 3.0))
        total -= 2.5 if max(items.values()) < WHOLE else 0.0
        cue, praised, series = message.cues[first], message.praised(last), message.series(first, last)
        alone = len(span) == len(message.words) and known >= 1.0
        named = bool(cue) or listed or praised or series or alone
        total += {"saw": 5.5, "felt": 4.5}.get(cue, 4.0 if named else 0.0)
        if message.year_after(last):
            total += 6.0
        elif message.sequel_after(last):
            total -= 7.0
        content = [
            word
            for word in range(first, last)
            if len(span) == 1 or (message.words[word].text not in ARTICLES and bits(message.words[word].text) > 5.0)
        ]
        if message.cased and all(message.capital(word) for word in content or range(first, last)):
            if not (message.opens(first) and len(content) <= 1):
                total += 7.0 if named else 4.0
            return total - (5.0 if not named and message.name_before(first) else 0.0)
        total -= 1.0 if named else 3.0
        if span[0].text in ARTICLES and message.cased:
            total -= 2.0
        after = message.following(last)
        if after and not series and not praised:
            goes_on = not message.breaks(last) and bits(after) > 7.5
            total -= 3.0 if after in KIND_NOUNS or goes_on else 0.0
        return total

    def _title(self, message: Message, first: int, last: int, items: Mapping[int, float]) -> Mention:
        start, end = message.words[first].start, message.words[last - 1].end
        year: int | None = None
        following = message.year_after(last)
        if following is not None:
            said, until, bracketed = following
            if bracketed or any(abs(self._titles.year(position) - said) <= 1 for position in items):
                year, end = said, until
        resolution = self._titles.settle(message.said(first, last), items, year)
        return Mention(start=start, end=end, kind="title", value=resolution.matches[0].title, resolution=resolution)

    def _misspelt(self, message: Message, taken: Sequence[Mention]) -> Iterator[Mention]:
        """Titles with a misspelt word, after a cue or in a list: only where a word is none that English knows."""
        words = message.words
        for first, end in _segments(message, taken):
            while first < end and (words[first].text in _FILLERS or words[first].text in KIND_NOUNS):
                first += 1
            for last in range(min(end, first + _LONGEST_GUESS), first, -1):
                guess = words[first:last]
                if all(is_word(token.text) for token in guess) or sum(len(token.text) for token in guess) < 5:
                    break
                said = message.said(first, last)
                close = self._titles.close(said, whole=True)
                items = {position: score for position, score in close.items() if score >= _MISSPELT}
                if items:
                    resolution = self._titles.settle(said, items)
                    name = resolution.matches[0].title
                    start, stop = guess[0].start, guess[-1].end
                    yield Mention(start=start, end=stop, kind="title", value=name, resolution=resolution)
                    break


def _segments(message: Message, taken: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Stretches that may be a misspelt title: after a cue, the rest of the list it starts, or a whole short message."""
    words = message.words
    inside = [next((m for m in taken if m.start <= token.start < m.end), None) for token in words]
    listing = len(words) <= 6 and not taken
    at = 0
    while at < len(words):
        mention = inside[at]
        if mention is not None:
            listing = mention.kind == "title"
            at += 1
            continue
        if message.sentence_ends(at):
            listing = False
        if not (message.cues[at] or listing):
            at += 1
            continue
        end = at + 1
        while end < len(words) and not (message.breaks(end) or message.cues[end] or inside[end]):
            end += 1
        yield at, end
        after_and = end + 1 if end + 1 < len(words) and words[end].text in ("and", "or") else end
        listing = end < len(words) and message.joins(words[end - 1].end, after_and)
        at = end
