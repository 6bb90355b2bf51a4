"""The values of a catalogue's facets as people write them: names, surnames, synonyms, plurals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.columns import ItemColumns
from tools.retrieval.synonyms import CODES, PEOPLE, SYNONYMS
from tools.retrieval.text import DESCRIPTIVE, tokens

_KNOWN_ITEMS = 4
_DOMINANT = 0.75


@dataclass(frozen=True)
class Named:
    """A facet value that a phrase names.

    Attributes:
        items: how many items carry it.
        part: the part of a one-word blend that names it ("rom" of "romcom"); empty for the whole phrase.
    """

    facet: str
    value: str
    items: int
    part: str = ""


class Vocabulary:
    """Phrases (folded words separated by spaces) → the facet values they name; immutable after construction."""

    def __init__(self, columns: ItemColumns, popularity: NDArray[np.float64]) -> None:
        self.phrases: dict[str, list[Named]] = defaultdict(list)
        self.people: dict[str, list[Named]] = defaultdict(list)
        self.codes: dict[str, Named] = {}
        self.surnames: dict[str, dict[str, Named]] = {}
        for facet, column in columns.facets.items():
            if facet in DESCRIPTIVE:
                continue
            items = np.asarray(column.matrix.sum(axis=0)).ravel()
            named = [Named(facet, value, int(count)) for value, count in zip(column.values, items, strict=True)]
            if facet in CODES:
                self.codes |= {entry.value: entry for entry in named}
            elif facet in PEOPLE:
                fame = np.asarray(popularity @ column.matrix).ravel() + 0.01 * items
                self._add_people(facet, named, fame)
            else:
                for entry in named:
                    self._add_value(entry)
        self.longest = max((phrase.count(" ") + 1 for phrase in (*self.phrases, *self.people)), default=0)

    def _add_value(self, entry: Named) -> None:
        self._add(entry.value, entry)
        for phrase in SYNONYMS.get(entry.value.casefold(), ()):
            whole, _, part = phrase.partition(":")
            self._add(whole, Named(entry.facet, entry.value, entry.items, part))

    def _add(self, name: str, entry: Named) -> None:
        phrase = " ".join(token.text for token in tokens(name))
        for form in (phrase, *_plurals(phrase)) if phrase else ():
            if all((known.facet, known.value) != (entry.facet, entry.value) for known in self.phrases.get(form, ())):
                self.phrases[form].append(entry)

    def _add_people(self, facet: str, named: list[Named], fame: NDArray[np.float64]) -> None:
        families: dict[str, list[tuple[float, Named]]] = defaultdict(list)
        for entry, known in zip(named, fame, strict=True):
            words = [token.text for token in tokens(entry.value)]
            if not words:
                continue
            self.people[" ".join(words)].append(entry)
            if len(words) > 1:
                families[words[-1]].append((float(known), entry))
        for surname, members in families.items():
            known, best = max(members, key=lambda member: (member[0], member[1].value))
            if best.items >= _KNOWN_ITEMS and known >= _DOMINANT * sum(member[0] for member in members):
                self.surnames.setdefault(surname, {})[facet] = best


def _plurals(phrase: str) -> tuple[str, ...]:
    if phrase.endswith(("s", "x", "ch", "sh")):
        return (f"{phrase}es",)
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return (f"{phrase[:-1]}ies", f"{phrase}s")
    return (f"{phrase}s",)
