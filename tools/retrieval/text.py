"""Words of titles, names and queries in one comparable form, with their place in the original text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.types import Item

# Dotted initials ("E.T.", "L.A.") are one word; an apostrophe does not split one ("Ocean's").
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:['’ʼ`´]\w+)*|[&+]")
INVERTED = re.compile(r"^(?P<rest>.+),\s*(?P<article>the|a|an)\s*$", re.IGNORECASE)
_FOLDED = {"&": "and", "+": "and", "versus": "vs", "vol": "volume", "pt": "part", "½": "1 2"}
ARTICLES = frozenset({"the", "a", "an"})
COUNTED = frozenset({"part", "episode", "chapter", "volume", "book", "number"})
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv"
_DIGITS = {word: str(value) for value, word in enumerate(_UNITS.split(), 1)}
_NUMERALS = {word: str(value) for value, word in enumerate(_ROMAN.split(), 1)}
_COUNTING = frozenset({*_DIGITS, *_NUMERALS})

TEXTS = 2
"""Raised with every change of what texts are indexed of an item."""

DESCRIPTIVE = frozenset({"theme"})
"""Facets whose values are ordinary words and describe rather than name ("small town", "funny"): search by meaning reads
them in the items' texts, and they are no names to be found in a message."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its folded form and its character span in the text it came from."""

    text: str
    start: int
    end: int


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


def fold(word: str) -> str:
    """One word without case, accents, apostrophes and dots; ``&`` is "and"."""
    if word.isascii() and word.isalnum():
        word = word.lower()
    else:
        word = word.replace("½", " 1 2")
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(char for char in decomposed if char.isalnum() or char in "&+ ").strip()
    return _FOLDED.get(word, word)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; symbols that stand for no word are left out."""
    found = (Token(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))
    return [token for token in found if token.text]


def key(text: str) -> str:
    """The comparable form of a title or name: folded words, without a leading (or inverted) article."""
    inverted = INVERTED.match(text)
    return join([token.text for token in tokens(inverted["rest"] if inverted else text)])


def join(words: list[str]) -> str:
    """Words as a key: a leading article is dropped unless nothing else is there."""
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)


def digits(words: list[str]) -> list[str]:
    """Words with number words and Roman numerals as figures ("rocky ii" and "rocky two" are "rocky 2").

    A lone "i" is a pronoun, so it counts as a numeral only after "part", "episode" and the like.
    """
    if _COUNTING.isdisjoint(words):
        return list(words)
    figures: list[str] = []
    for index, word in enumerate(words):
        numeral = _NUMERALS.get(word)
        if numeral and index and (word != "i" or words[index - 1] in COUNTED):
            figures.append(numeral)
        else:
            figures.append(_DIGITS.get(word, word))
    return figures


def item_text(item: Item) -> str:
    """What is embedded and indexed for an item: title, year, free text, facets in readable words.

    An encoder with a short window reads only the beginning, so what characterises the item stands there: a sentence or
    two of text and descriptive facets before names, a description of many lines after them, long lists (a cast) last.
    """
    year = item.year
    parts = [f"{item.title} ({year})." if year is not None else f"{item.title}."]
    others = [alias for alias in item.aliases if key(alias) != key(item.title)]
    if others:
        parts.append(f"Also called {', '.join(others)}.")
    told = item.text.strip()
    brief, lengthy = (told, "") if len(told) <= _BRIEF else ("", told)
    ordered = sorted(item.facets.items(), key=lambda named: (len(named[1]) > _LONG, named[0] not in DESCRIPTIVE))
    short = [_phrase(facet, values) for facet, values in ordered if len(values) <= _LONG]
    long = [_phrase(facet, values) for facet, values in ordered if len(values) > _LONG]
    return " ".join(part for part in [*parts, brief, *short, lengthy, *long] if part)


def description(item: Item) -> str:
    """What an item is like, in words alone: its text and descriptive facets, without title, names and facts.

    In one vector with those it drowns: a title that shares a word with a query outweighs a story that fits it. Empty
    where an item is not described.
    """
    told = [item.text.strip(), *(", ".join(item.facets.get(facet, ())) for facet in sorted(DESCRIPTIVE))]
    return " ".join(part for part in told if part)


_BRIEF = 300
"""Characters of a text that leave room for facets in an encoder's window."""

_LONG = 8
"""Facets with more values than this count as long lists: no film has that many genres, most casts are longer."""


def _phrase(facet: str, values: tuple[str, ...]) -> str:
    return f"{facet.replace('_', ' ').capitalize()}: {', '.join(values)}." if values else ""
