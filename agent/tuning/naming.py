"""Names that phrasings are filled with: a catalogue's titles, people and themes, the well known ones more often."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from agent.tuning.phrasing import words
from agent.tuning.split import held_out
from agent.understanding.names.people import PERSON_FACETS
from agent.understanding.names.themes import THEME
from store.columns import EventLog, ItemColumns

_LEAST_ITEMS = 3
_UNKNOWN = 0.3

_WITHOUT_ARTICLE = 0.08
_WITH_YEAR = 0.05
_SURNAME = 0.08


@dataclass(frozen=True)
class Title:
    """One item as phrasings name it."""

    id: str
    title: str
    year: int | None


class CatalogueNames:
    """Draws names that may be used for training: none of those kept for the evaluation."""

    def __init__(self, columns: ItemColumns, log: EventLog | None = None) -> None:
        """Take the names of a catalogue.

        Args:
            log: how often each item was rated, bought or the like makes it drawn more often.
        """
        known = np.zeros(len(columns.ids))
        if log is not None:
            known += np.bincount(log.item, minlength=len(known))
        if "reviews" in columns.numbers:
            known += np.nan_to_num(columns.numbers["reviews"])
        years = columns.numbers.get("year", np.full(len(known), np.nan))
        rows = [row for row, title in enumerate(columns.titles) if not held_out(title)]
        self._titles = [
            Title(columns.ids[row], columns.titles[row], None if np.isnan(years[row]) else int(years[row]))
            for row in rows
        ]
        self._titles_up_to = list(accumulate(float(np.sqrt(known[row]) + _UNKNOWN) for row in rows))
        people: dict[str, float] = {}
        for facet in PERSON_FACETS:
            column = columns.facets.get(facet)
            if column is None:
                continue
            items = np.asarray(column.matrix.sum(axis=0)).ravel()
            for name, count in zip(column.values, items, strict=True):
                if count >= min(_LEAST_ITEMS, items.max()) and not held_out(name):
                    people[name] = max(people.get(name, 0.0), float(np.sqrt(count)))
        self._people = list(people)
        self._people_up_to = list(accumulate(people.values()))
        self._themes = [theme.casefold() for theme in columns.facets[THEME].values] if THEME in columns.facets else []

    def title(self, rng: random.Random) -> Title:
        """An item."""
        return rng.choices(self._titles, cum_weights=self._titles_up_to)[0]

    def draw(self, kind: str, rng: random.Random) -> str | None:
        """Words for a slot of a kind; None where the catalogue has none of it."""
        if kind == "title":
            return _said(self.title(rng), rng)
        if kind == "person":
            if not self._people:
                return None
            name = rng.choices(self._people, cum_weights=self._people_up_to)[0]
            surname = name.rpartition(" ")[2]
            return surname if rng.random() < _SURNAME and len(surname) > 3 else name
        if kind == "theme":
            return rng.choice(self._themes) if self._themes else None
        return rng.choice(words()[kind])


def _said(title: Title, rng: random.Random) -> str:
    if rng.random() < _WITHOUT_ARTICLE:
        return title.title.removeprefix("The ")
    if title.year is not None and rng.random() < _WITH_YEAR:
        return f"{title.title} ({title.year})"
    return title.title
