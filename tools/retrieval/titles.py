"""Which item a title in free text refers to: misspelt, shortened, with or without its year.

A title is known under several forms: whole, without its subtitle, by its subtitle alone, with figures for number
words and Roman numerals, and by its aliases. What is written exactly like a form is taken at its word; anything else
is compared with the forms that share the most character trigrams (Angell, Freund and Willett 1983), by edit distance
and by how much of the rarer words agree. Rivals are told apart by year, then by how much better known one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.mentions import Resolution, TitleMatch
from tools.retrieval.fuzzy import FuzzyForms
from tools.retrieval.text import ARTICLES, COUNTED, INVERTED, digits, join, key, tokens

_SEPARATOR = re.compile(r"\s*[:–—]\s+|\s+[-–—]\s+")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_PART_ONLY = re.compile(r"^(?:part|episode|chapter|volume|book) \S+$|^\d+$|^the movie$|^movie$")
_YEAR = re.compile(r"[(\[]?\b(?P<year>(?:18|19|20)\d\d)\b[)\]]?")
_YEAR_WORDS = re.compile(r"\b(?:from|of|in|the|one|version|film|movie|year|released|made|circa)\b|[(),]", re.IGNORECASE)

WHOLE, SHORT = 1.0, 0.9
"""How good a match with a whole title is, and with a part of one (its main part, its subtitle)."""

MISSING_ARTICLE, EXTRA_ARTICLE = 0.94, 0.92
"""A title whose article was left out ("heat" for "The Heat"), or that was given one it does not have."""

_SOFTNESS = 0.025
"""Scores this far apart make one candidate e times likelier than the other."""

_SURE = 0.9
"""Share of the likelihood from which the best candidate is meant without asking."""

_UNKNOWN = 0.02
"""What an item that nobody wrote about or rated still weighs, in multiples of the mean popularity."""

_KNOWN = 0.78
"""Score under which nothing in the catalogue is called like that."""

_OBSCURE = 0.3
"""Multiple of the mean popularity under which an item is little known."""

_MISSPELT = 0.9
"""Likeness from which a text may be a misspelling of a title."""

_SHOWN = 6


@dataclass(frozen=True)
class Candidate:
    """An item that a text may name: its position and how well a form of its title agrees, in [0, 1]."""

    position: int
    score: float


class TitleIndex:
    """Titles of a catalogue in position order; immutable after construction.

    Args:
        titles: one title an item.
        aliases: further names by position.
        years: (items,) NaN where unknown.
        popularity: (items,) ≥ 0, how often an item is talked about compared with the others.
    """

    def __init__(
        self,
        ids: Sequence[str],
        titles: Sequence[str],
        aliases: Mapping[int, Sequence[str]],
        years: NDArray[np.float32],
        popularity: NDArray[np.float64],
    ) -> None:
        self._ids = ids
        self._titles = titles
        self._articles = [_article(title) for title in titles]
        self._years = years
        self.popularity = popularity
        self._forms: dict[str, dict[int, float]] = {}
        for position, title in enumerate(titles):
            for form, quality in forms(title, aliases.get(position, ())):
                entry = self._forms.setdefault(form, {})
                entry[position] = max(quality, entry.get(position, 0.0))
        # "spiderman" for "Spider-Man", "mash" for "M*A*S*H"
        self._joined: dict[str, str] = {}
        for form in self._forms:
            if " " in form and len(form) >= 5:
                self._joined.setdefault(form.replace(" ", ""), form)
        self.longest = max((form.count(" ") + 1 for form in self._forms), default=0)
        self._fuzzy = FuzzyForms(list(self._forms))

    def exact(self, words: Sequence[str]) -> dict[int, float]:
        """Items with a form of exactly these folded words: position → quality."""
        plain, figures = join(list(words)), join(digits(list(words)))
        found = dict(self._forms.get(plain, {}))
        if figures != plain:
            for position, quality in self._forms.get(figures, {}).items():
                found[position] = max(quality, found.get(position, 0.0))
        if not found and len(words) == 1 and plain in self._joined:
            found = dict(self._forms[self._joined[plain]])
        return self._with_article(found, words[0] if len(words) > 1 and words[0] in ARTICLES else "")

    def _with_article(self, found: Mapping[int, float], said: str) -> dict[int, float]:
        """The candidates whose own article goes with the one that was said, or with none."""
        kept: dict[int, float] = {}
        for position, quality in found.items():
            own = self._articles[position]
            if quality < WHOLE or said == own:
                kept[position] = quality
            elif not said:
                kept[position] = MISSING_ARTICLE
            elif said == "the" and not own:
                kept[position] = EXTRA_ARTICLE
        return kept

    def close(self, text: str, whole: bool = False) -> dict[int, float]:
        """Items with a form like this text, misspelt or (unless ``whole``) shortened: position → score in [0, 1]."""
        found: dict[int, float] = {}
        for form, score in self._fuzzy.like(key(text), whole):
            for position, quality in self._forms[form].items():
                found[position] = max(found.get(position, 0.0), score * quality)
        return found

    def resolve(self, text: str, year: int | None = None) -> Resolution:
        """What a title refers to. A year in the text counts unless it belongs to the title ("Blade Runner 2049")."""
        name, said = (text, None) if year is not None else _split_year(text)
        found = self.exact(_upright(text))
        if said is not None and not found:
            year = said
            found = self.exact(_upright(name)) or self.close(name)
        if not found:
            return self.settle(text, self.close(text), year)
        if sum(self.popularity[position] for position in found) < _OBSCURE:
            # Whoever misspells a famous title may hit an obscure one exactly: then both are on offer.
            near = {position: score for position, score in self.close(text).items() if score >= _MISSPELT}
            settled = self.settle(text, near | found, year)
            return settled if self._is_one(settled, found) else settled.model_copy(update={"status": "ambiguous"})
        return self.settle(text, found, year)

    def settle(self, text: str, found: Mapping[int, float], year: int | None = None) -> Resolution:
        """The resolution among candidates: by score, then year, then popularity.

        Each candidate's likelihood is its popularity times exp(score / 0.025); from a share of 0.9 on, the best one
        is meant. A year rules out the others when some candidate is of that year (or of the one before or after:
        countries differ); when none is, nothing is certain.
        """
        kept = {position: score for position, score in found.items() if score >= _KNOWN}
        if not kept:
            return Resolution(query=text, status="unknown")
        sure = True
        if year is not None:
            gaps = {position: abs(float(self._years[position]) - year) for position in kept}
            for tolerance in (0, 1):
                agreeing = {position: kept[position] for position, gap in gaps.items() if gap <= tolerance}
                if agreeing:
                    kept = agreeing
                    break
            else:
                sure = False
        best = max(kept.values())
        weight = {
            position: (_UNKNOWN + self.popularity[position]) * float(np.exp((score - best) / _SOFTNESS))
            for position, score in kept.items()
        }
        order = sorted(kept, key=lambda position: (-weight[position], position))
        share = weight[order[0]] / sum(weight.values())
        matches = tuple(self._match(position, kept[position]) for position in order[:_SHOWN])
        status: Literal["resolved", "ambiguous"] = "resolved" if sure and share >= _SURE else "ambiguous"
        if status == "ambiguous":
            likely = [
                match
                for match, position in zip(matches, order, strict=False)
                if weight[position] >= 0.02 * weight[order[0]]
            ]
            matches = tuple(likely)
            if sure and len(matches) == 1:
                status = "resolved"
        return Resolution(query=text, status=status, matches=matches)

    def _is_one(self, settled: Resolution, found: Mapping[int, float]) -> bool:
        return settled.status == "resolved" and settled.matches[0].item_id in {
            self._ids[position] for position in found
        }

    def year(self, position: int) -> float:
        """Year of an item; NaN where unknown."""
        return float(self._years[position])

    def _match(self, position: int, score: float) -> TitleMatch:
        year = self._years[position]
        return TitleMatch(
            item_id=self._ids[position],
            title=self._titles[position],
            year=None if np.isnan(year) else int(year),
            score=round(min(score, 1.0), 4),
        )


def forms(title: str, aliases: Iterable[str] = ()) -> list[tuple[str, float]]:
    """The keys under which a title is known, with their quality; the whole title first."""
    found: list[tuple[str, float]] = []
    for name in (title, *aliases):
        bare = _BRACKETS.sub(" ", name).strip() or name
        found += [(key(name), WHOLE), (key(bare), WHOLE)]
        parts = [part for part in _SEPARATOR.split(bare) if part]
        if len(parts) > 1:
            subtitles = [part for part in map(key, parts[1:]) if " " in part]
            found.append((key(parts[0]), SHORT))
            found += [(part, SHORT) for part in subtitles if not _PART_ONLY.match(part)]
            if len(parts) > 2:
                found += [(key(f"{parts[0]} {part}"), SHORT) for part in parts[1:]]
    found += [
        (figured, quality)
        for form, quality in found
        for figured in _figured(form)
        if not figured.isdigit() or " " not in form
    ]
    best: dict[str, float] = {}
    for form, quality in found:
        if form:
            best[form] = max(quality, best.get(form, 0.0))
    return list(best.items())


def _article(title: str) -> str:
    first = next(iter(tokens(title)), None)
    return first.text if first is not None and first.text in ARTICLES else ""


def _figured(form: str) -> tuple[str, str]:
    """A form with its numbers as figures, with and without "part", "episode" and the like before them."""
    words = digits(form.split())
    counted = [word in COUNTED and after.isdigit() for word, after in pairwise([*words, ""])]
    return join(words), join([word for word, skip in zip(words, counted, strict=True) if not skip])


def _upright(text: str) -> list[str]:
    """The folded words of a title, an inverted article ("Matrix, The") put back in front."""
    inverted = INVERTED.match(text)
    upright = f"{inverted['article']} {inverted['rest']}" if inverted else text
    return [token.text for token in tokens(upright)]


def _split_year(text: str) -> tuple[str, int | None]:
    """The text without a year that stands at its end or in brackets, and that year."""
    found = list(_YEAR.finditer(text))
    if not found:
        return text, None
    last = found[-1]
    before, after = text[: last.start()], text[last.end() :]
    if _YEAR_WORDS.sub(" ", after).strip() or not before.strip():
        return text, None
    name = re.sub(r"(?:\s*,?\s*\b(?:from|of|in|the|year|released|made)\b)*\s*,?\s*$", "", before, flags=re.IGNORECASE)
    return (name or before), int(last["year"])
