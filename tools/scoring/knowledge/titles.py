"""What a title says of the series it belongs to: its stem and the number of the part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

Words = tuple[str, ...]

_ARTICLES = frozenset({"the", "a", "an"})
_WORDS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen").split()
_TENS = ("", "X", "XX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_NUMBERS = (
    {_TENS[number // 10] + _ONES[number % 10]: number for number in range(1, 30)}
    | {str(number): number for number in range(1, 30)}
    | {spelt: number for word, number in zip(_WORDS, range(1, 16), strict=True) for spelt in (word, word.title())}
)

_MARK = r"(?:part|episode|chapter|volume|vol\.?|book|number|no\.?)"
_MARKED = re.compile(rf"^(?P<head>.*?)[\s,]*\b{_MARK}\s+(?P<number>\w+)$", re.IGNORECASE)
_BARE = re.compile(r"^(?P<head>.*\w)[\s,]+(?P<number>\w+)$")
_BREAK = re.compile(r":\s+|\s+[–—-]\s+|\s*;\s+")
_PAIRED = re.compile(r"^(?P<head>\w[\w.'’]*(?:\s[\w.'’]+)+?)\s(?:and|&)\s(?:the|a|an)\s", re.IGNORECASE)
_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$")
_FORMAT = re.compile(r"\s3-?D$", re.IGNORECASE)
_INVERTED = re.compile(r"^(?P<rest>.+), (?P<article>The|A|An)$")


class Form(Enum):
    """How a stem stands in a title."""

    WHOLE = "the title itself"
    NUMBERED = "before the number of a part"
    HEADED = "before a colon or dash"
    PAIRED = "before “and the …”"


@dataclass(frozen=True)
class Stem:
    """One series that a title may belong to.

    Attributes:
        words: the stem, normalised; text: as the title spells it, without a leading article.
        number: the number of the part within the stem, from 1; None where the title gives none.
    """

    words: Words
    text: str
    form: Form
    number: int | None = None


def fold(text: str) -> Words:
    """The words of a title without case, accents, punctuation and leading article."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    letters = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’`.")
    words = re.findall(r"\w+", letters.casefold())
    return tuple(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def stems(title: str) -> tuple[Stem, ...]:
    """Every stem that a title may share with other parts of a series, the whole title first.

    "Star Trek II: The Wrath of Khan" has "Star Trek" (part 2); "Harry Potter and the Deathly Hallows – Part 1" has
    "Harry Potter" and "Harry Potter and the Deathly Hallows" (part 1). A title that is nothing but letters and a
    number has them too: whether "District 9" is a ninth part is for the rest of the catalogue to say.
    """
    title = _INVERTED.sub(r"\g<article> \g<rest>", _YEAR.sub("", title.strip()))
    whole = fold(title)
    if not whole:
        return ()
    found = {whole: Stem(whole, _without_article(title), Form.WHOLE)}
    breaks = [match.start() for match in _BREAK.finditer(title)]
    for end in [*breaks, len(title)]:
        part = _FORMAT.sub("", title[:end])
        numbered = _numbered(part)
        if numbered:
            _add(found, numbered[0], Form.NUMBERED, numbered[1])
        elif end < len(title):
            _add(found, part, Form.HEADED)
        elif len(part) < end:
            # "Saw 3D" is a part of Saw, and its number is not said.
            _add(found, part, Form.HEADED)
    paired = _PAIRED.match(title)
    if paired:
        _add(found, paired["head"], Form.PAIRED)
    return tuple(found.values())


def _add(found: dict[Words, Stem], text: str, form: Form, number: int | None = None) -> None:
    words = fold(text)
    if words and (words not in found or found[words].number is None):
        found[words] = Stem(words, _without_article(text.strip(" ,:;–—-")), form, number)


def _numbered(part: str) -> tuple[str, int] | None:
    marked = _MARKED.match(part)
    if marked and marked["head"].strip():
        number = _NUMBERS.get(marked["number"]) or _NUMBERS.get(marked["number"].casefold())
        if number:
            return _BREAK.sub(" ", marked["head"].strip(" .,:;–—-")), number
    bare = _BARE.match(part)
    number = _NUMBERS.get(bare["number"], 0) if bare else 0
    # A lone "I" is the pronoun, and a first part is hardly ever called "1".
    return (bare["head"], number) if bare and number > 1 else None


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold() in _ARTICLES else text
