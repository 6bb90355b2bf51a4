"""The sample films as columns, and a small stand-in for the title index."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from datetime import datetime

from core.mentions import Mention, Resolution, TitleMatch
from core.results import Relaxation, SearchResult
from core.types import Constraints, Item
from evals.sample_films import films
from store.columns import ItemColumns, columns_from
from tools.deps import Floats

__all__ = ["FakeRetriever", "columns", "films"]

POPULAR = {"Titanic": "tt0120338", "Frozen": "tt2294629"}


def columns(items: Sequence[Item]) -> ItemColumns:
    """The columnar snapshot of items."""
    rows = [(item.id, item.model_dump(mode="json")) for item in items]
    return columns_from(rows, "test", [float("nan")] * len(rows))


_ALIASES = {
    "se7en": "Seven",
    "matrix": "The Matrix",
    "godfather": "The Godfather",
    "amelie": "Amélie",
    "dr. strangelove": "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
    "dr strangelove": "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
    "et": "E.T. the Extra-Terrestrial",
    "e.t.": "E.T. the Extra-Terrestrial",
    "2001": "2001: A Space Odyssey",
    "dark knight": "The Dark Knight",
    "toystory": "Toy Story",
}


class FakeRetriever:
    """Finds names by exact words, whatever the case; the rest of the protocol is not used by these tests."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.by_title: dict[str, list[Item]] = {}
        for item in items:
            self.by_title.setdefault(item.title.casefold(), []).append(item)
        self.names: dict[str, tuple[str, str]] = {}
        for item in items:
            for facet in ("genre", "country", "language", "writer", "actor", "director"):
                for value in item.facets.get(facet, ()):
                    self.names[value.casefold()] = (facet, value)
        self.words = {**{title: title for title in self.by_title}, **{k: v.casefold() for k, v in _ALIASES.items()}}
        keys = sorted([*self.words, *self.names], key=len, reverse=True)
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, keys)) + r")(?!\w)", re.IGNORECASE)

    def resolve_title(self, text: str, year: int | None = None) -> Resolution:
        key = text.casefold().strip()
        key = self.words.get(key, key)
        found = self.by_title.get(key, [])
        score = 1.0
        if not found:
            close = difflib.get_close_matches(key, self.by_title, n=1, cutoff=0.8)
            found = self.by_title[close[0]] if close else []
            score = difflib.SequenceMatcher(None, key, close[0]).ratio() if close else 0.0
        if year is not None and any(item.year == year for item in found):
            found = [item for item in found if item.year == year]
        matches = [TitleMatch(item_id=item.id, title=item.title, year=item.year, score=score) for item in found]
        matches.sort(key=lambda match: match.item_id != POPULAR.get(match.title))
        if not matches:
            return Resolution(query=text, status="unknown")
        clear = len(matches) == 1 or matches[0].title in POPULAR
        return Resolution(query=text, status="resolved" if clear else "ambiguous", matches=tuple(matches))

    def mentions(self, text: str) -> list[Mention]:
        found = []
        for match in self._pattern.finditer(text):
            key = match[0].casefold()
            if key in self.words:
                resolution = self.resolve_title(key)
                value = resolution.matches[0].title
                found.append(
                    Mention(start=match.start(), end=match.end(), kind="title", value=value, resolution=resolution)
                )
            else:
                kind, value = self.names[key]
                found.append(Mention(start=match.start(), end=match.end(), kind=kind, value=value))
        return found

    def search(self, query: str, constraints: Constraints, k: int) -> SearchResult:
        raise NotImplementedError

    def embed(self, texts: Sequence[str]) -> Floats:
        raise NotImplementedError

    def item_vectors(self) -> Floats:
        raise NotImplementedError

    def relaxations(self, constraints: Constraints) -> tuple[Relaxation, ...]:
        raise NotImplementedError

    def remember(self, user_id: str, event_id: str, text: str, at: datetime) -> None:
        raise NotImplementedError

    def unremember(self, event_id: str) -> None:
        raise NotImplementedError

    def described_with(self, words: str) -> frozenset[str]:
        return frozenset(item.id for item in self.items if words in item.text.casefold())

    def interest_vector(self, user_id: str, at: datetime, among: Collection[str] | None = None) -> Floats | None:
        raise NotImplementedError
