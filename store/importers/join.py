"""Finding a source's films in the catalogue: by id, or by normalised title and year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from core.types import Item
from store.catalog import Catalog
from store.importers.base import Dataset, Parsed, SourceItem

_BATCH = 1000

# Articles as catalogues move them behind the title ("Postino, Il").
_ARTICLES = "the|an|a|les|las|los|lo|le|la|il|el|els|der|die|das|den|det|de|un|une|una|uno|i|gli|o|os|as|l'"
_MOVED = re.compile(rf"^(?P<title>.*), (?P<article>{_ARTICLES})$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:the|an|a) ", re.IGNORECASE)
_YEAR = re.compile(r"\((\d{4})\)")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_AKA = re.compile(r"^(?:a\.?k\.?a\.?):? ", re.IGNORECASE)
_PARTS = re.compile(r": | – | - ")
_SILENT = re.compile(r"['’*.]")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: str(number) for number, word in enumerate(_WORDS, start=1)}

GENRES = {"Children's": "Family", "Children": "Family", "Sci-fi": "Sci-Fi", "Musical film": "Musical"}
"""Genre names of other catalogues that the film catalogue has under another name; all others stay as they are."""

NOT_GENRES = frozenset({"", "unknown", "(no genres listed)", "IMAX", "N/A"})
"""What stands in genre columns without being one."""


def genres(names: Iterable[str]) -> tuple[str, ...]:
    """Genre names as the film catalogue spells them, each once, in their order."""
    return tuple(dict.fromkeys(GENRES.get(name, name) for name in names if name not in NOT_GENRES))


def imdb_id(digits: str) -> str:
    """The IMDb id of a number ("0078748" or "tt0078748" become "tt0078748"); empty if it is none."""
    digits = digits.removeprefix("tt")
    return f"tt{int(digits):07d}" if digits.isascii() and digits.isdigit() and int(digits) > 0 else ""


def in_order(title: str) -> str:
    """A title with the article that was moved behind it put back: "Postino, Il" becomes "Il Postino"."""
    moved = _MOVED.match(title.strip())
    if moved is None:
        return title.strip()
    gap = "" if moved["article"].endswith("'") else " "
    return f"{moved['article']}{gap}{moved['title']}"


def read_title(text: str) -> tuple[str, tuple[str, ...], int | None]:
    """A listed title taken apart: (title, other titles in parentheses, year).

    "City of Lost Children, The (Cité des enfants perdus, La) (1995)" gives "The City of Lost Children",
    ("La Cité des enfants perdus",) and 1995.
    """
    years = _YEAR.findall(text)
    rest = _YEAR.sub("", text)
    others = tuple(in_order(_AKA.sub("", other)) for other in _PARENTHESES.findall(rest) if len(other) > 1)
    return in_order(_PARENTHESES.sub("", rest)), others, int(years[-1]) if years else None


def normalise(title: str) -> str:
    """The form in which titles are compared: no case, accents or punctuation; numbers up to twelve as digits."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _SILENT.sub("", plain.replace("&", " and ").replace("...", " "))
    return " ".join(_NUMBERS.get(token, token) for token in re.findall(r"\w+", plain))


def without_article(key: str) -> str:
    """A normalised title without its leading English article."""
    return _LEADING.sub("", key)


class TitleIndex:
    """Catalogue ids by normalised title and year. Holds a few short entries an item.

    Args:
        items: the catalogue; items whose id starts with ``skip`` are left out (those the source added itself).
    """

    def __init__(self, items: Iterable[Item], skip: str) -> None:
        self._exact: dict[tuple[str, int], list[tuple[float, str]]] = {}
        self._loose: dict[tuple[str, int], list[tuple[float, str]]] = {}
        self._parts: dict[tuple[str, int], list[tuple[float, str]]] = {}
        for item in items:
            if item.year is None or (skip and item.id.startswith(skip)):
                continue
            entry = (-item.numbers.get("reviews", 0.0), item.id)
            exact = {normalise(title) for title in (item.title, *item.aliases)}
            pieces = [without_article(normalise(piece)) for piece in _PARTS.split(item.title)]
            for index, keys in (
                (self._exact, exact),
                (self._loose, {without_article(key) for key in exact}),
                (self._parts, {pieces[0], pieces[-1]} if len(pieces) > 1 else set()),
            ):
                for key in keys:
                    index.setdefault((key, item.year), []).append(entry)

    def find(self, titles: Iterable[str], year: int | None) -> str | None:
        """The id of the film meant; None if there is none, or if only parts of titles agree and several do.

        Title and year decide, if need be without the article; then the title a year earlier or later (festival and
        release years differ); then the first or last part of a catalogue title with a colon or dash, in the same
        year. Among films of one title and year the most reviewed is taken.
        """
        if year is None:
            return None
        exact = [normalise(title) for title in titles]
        loose = [without_article(key) for key in exact]
        for index, keys, near in (
            (self._exact, exact, year),
            (self._loose, loose, year),
            (self._exact, exact, year - 1),
            (self._exact, exact, year + 1),
        ):
            for key in keys:
                if found := index.get((key, near)):
                    return min(found)[1]
        for key in loose:
            found = self._parts.get((key, year), [])
            if len(found) == 1:
                return found[0][1]
        return None


class Resolver:
    """Decides for every item of a source whether the catalogue has it, streaming."""

    def __init__(self, dataset: Dataset, catalog: Catalog) -> None:
        self._dataset = dataset
        self._catalog = catalog
        self._titles: TitleIndex | None = None

    def resolve(self, rows: Iterable[Parsed[SourceItem]]) -> Iterator[tuple[Parsed[SourceItem], str | None]]:
        """Each good row with the id of the catalogue's own item for it, or None where the source's is to be added."""
        stream = iter(rows)
        while batch := list(islice(stream, _BATCH)):
            known = (
                self._catalog.get_many(row.value.item.id for row in batch if row.value) if self._dataset.joins else {}
            )
            for row in batch:
                yield row, self._find(row.value, known) if row.value and self._dataset.joins else None

    def _find(self, told: SourceItem, known: dict[str, Item]) -> str | None:
        existing = known.get(told.item.id)
        # An item that reads exactly as this source would add it is one that an earlier import of it has added.
        if existing is not None and existing != told.item:
            return existing.id
        if existing is not None or not told.titles:
            return None
        if self._titles is None:
            self._titles = TitleIndex(self._catalog.all(), self._dataset.own_prefix)
        return self._titles.find(told.titles, told.item.year)
