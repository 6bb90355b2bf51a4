"""A message as the name finder reads it: its words, and what stands around a stretch of them."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from tools.retrieval.text import Token, tokens, word_set

_SAW = (
    "watched|watching|rewatched|rewatch|seen|saw|watch|movie|film|called|titled|named|recommend|"
    "recommended|remake of|sequel to|finished|rented|(?:movies|films|something|anything|one|similar|more) (?:like|to)|"
    "(?:movies|films) such as|scene in|(?:him|her|them|was|he's|she's) in"
)
_FELT = (
    "love|loved|loves|loving|like|liked|likes|enjoy|enjoyed|adore|adored|hate|hated|hates|dislike|disliked|despised|"
    "preferred|prefer|similar to|such as|than|fans? of|fond of|tired of|about|compare|versus|vs|explain|why|including|"
    "^is|^was|favou?rites? (?:(?:movies?|films?) )?(?:is|are|was)|regretted|see|besides|except|apart from|other than|"
    "outside of|instead of|during|maybe|try"
)
_CUE = re.compile(
    rf"(?:\b(?P<saw>{_SAW})|\b(?P<felt>{_FELT}))[\s:]+(?:(?:both|also|really|only|just|either|all|once)\s+)?[\"“‘']?$",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"^[\"”’']?\s*(?:,\s*)?(?:(?:is|was|are|were|has|had)\s+(?:\w+\s+){0,3}?(?:amazing|awesome|awful|bad|best|better|"
    r"boring|brilliant|classics?|excellent|fantastic|favou?rites?|films?|fun|funny|good|great|hilarious|long|masterpiece|"
    r"movies?|one|ones|overrated|perfect|scary|terrible|terrific|underrated|wonderful)\b"
    r"|(?:again|twice|bored me|made me|last night|yesterday|as well|and similar|or similar|on repeat)\b"
    r"|\((?:18|19|20)\d\d\))",
    re.IGNORECASE,
)
_SERIES = word_set("movies films movie film franchise series trilogy flicks saga")
_SEQUEL = re.compile(
    r"^[\s:]+(?:part\s+)?(?:[2-9]|ii|iii|iv|vi|vii|viii|two|three|four)\b(?!\s*(?:times|hours|years|of))", re.IGNORECASE
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

_WINDOW = 60
"""Characters looked at on either side of a name."""


class Message:
    """One text and its words; ``[first, last)`` below are positions of words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Token] = tokens(text)
        letters = [char for char in text if char.isalpha()]
        self.cased = any(char.isupper() for char in letters) and any(char.islower() for char in letters)
        """Whether capitals mean anything: there are some, and not everything is in capitals."""

    @cached_property
    def cues(self) -> list[str]:
        """For each word whether a verb of watching ("saw") or of taste ("felt") leads to it; empty for none."""
        found = (_CUE.search(self.before(first)) for first in range(len(self.words)))
        return ["" if cue is None else "saw" if cue["saw"] else "felt" for cue in found]

    def before(self, first: int) -> str:
        """The text before a word."""
        start = self.words[first].start
        return self.text[max(0, start - _WINDOW) : start]

    def after(self, last: int) -> str:
        """The text after the words up to ``last``."""
        end = self.words[last - 1].end
        return self.text[end : end + _WINDOW]

    def following(self, last: int) -> str:
        """The folded word at ``last``; empty at the end."""
        return self.words[last].text if last < len(self.words) else ""

    def said(self, first: int, last: int) -> str:
        """The stretch as it was written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def opens(self, first: int) -> bool:
        """Whether a sentence starts with this word, so that its capital means nothing."""
        return first == 0 or bool(_SENTENCE.search(self.before(first)))

    def capital(self, word: int) -> bool:
        """Whether a word is written with a capital, or is a figure."""
        char = self.text[self.words[word].start]
        return char.isupper() or char.isdigit()

    def name_before(self, first: int) -> bool:
        """Whether the word before belongs to the same name ("Bates Motel"): a capital, and only a space between."""
        if first == 0 or self.opens(first):
            return False
        left = self.words[first - 1]
        return len(left.text) > 1 and self.text[left.start].isupper() and self.words[first].start - left.end == 1

    def quoted(self, first: int, last: int) -> bool:
        """Whether exactly this stretch stands in quotation marks."""
        mark = self.before(first)[-1:]
        return mark in _QUOTES and self.after(last).lstrip(",.!?")[:1] == _QUOTES[mark]

    def year_after(self, last: int) -> tuple[int, int, bool] | None:
        """A year right after the stretch: the year, the position where it ends, whether it is in brackets."""
        found = _YEAR.match(self.after(last))
        if found is None:
            return None
        return int(found["in"] or found["bare"]), self.words[last - 1].end + found.end(), bool(found["in"])

    def praised(self, last: int) -> bool:
        """Whether a verdict follows ("was great", "is my favourite")."""
        return bool(_PRAISE.match(self.after(last)))

    def sequel_after(self, last: int) -> bool:
        """Whether a number follows that makes it another title ("Psycho III")."""
        return bool(_SEQUEL.match(self.after(last)))

    def series(self, first: int, last: int) -> bool:
        """Whether it is spoken of as a series ("the Scream movies")."""
        return self.following(last) in _SERIES and bool(re.search(r"\bthe\s+$", self.before(first), re.IGNORECASE))

    def joins(self, end: int, first: int) -> bool:
        """Whether only list punctuation or "and" stands between a text position and a word."""
        gap = self.text[end : self.words[first].start]
        return len(gap) < _WINDOW and bool(_JOINED.match(gap))

    def breaks(self, first: int) -> bool:
        """Whether a title cannot go on from the word before over this one."""
        return bool(_BREAKS.search(self.text[self.words[first - 1].end : self.words[first].end]))

    def sentence_ends(self, first: int) -> bool:
        """Whether a sentence ends between the word before and this one."""
        return first > 0 and bool(
            re.search(r"[.!?;\n]", self.text[self.words[first - 1].end : self.words[first].start])
        )

    def broken(self, first: int, last: int) -> bool:
        """Whether the stretch runs over the end of a sentence, or over a comma when it is only two words."""
        for left, right in pairwise(self.words[first:last]):
            gap = self.text[left.end : right.start]
            if re.search(r"[!?;\n]\s", gap) or (re.search(r"\.\s", gap) and left.text not in _ABBREVIATED):
                return True
            if "," in gap and last - first < 3:
                return True
        return False
