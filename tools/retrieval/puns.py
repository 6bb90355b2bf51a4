"""Items that are only called like a describing word: "Shine a Light" is no answer to "something light".

Where a catalogue describes its items in words (a facet in `DESCRIPTIVE`), those words, and those of the descriptions
beside them, tell what an item is like. An item whose title holds such a word, and whose description does not, says
nothing of the kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.types import Item
from tools.retrieval.lexical import query_terms, terms
from tools.retrieval.text import DESCRIPTIVE

_USUAL = 3
"""Descriptions from which a word of theirs counts as a describing one."""


class Puns:
    """For each describing word, the items that have it in their title alone; immutable after construction.

    Args:
        items: with their positions.
    """

    def __init__(self, items: Iterable[tuple[int, Item]]) -> None:
        entries: list[tuple[int, str, frozenset[str], frozenset[str]]] = []
        describing: set[str] = set()
        used: Counter[str] = Counter()
        for position, item in items:
            values = [value for facet in DESCRIPTIVE for value in item.facets.get(facet, ())]
            told = frozenset(term for text in (*values, item.text) for term in terms(text))
            describing.update(term for value in values for term in query_terms(value))
            used.update(told if values else ())
            entries.append((position, item.title, frozenset(terms(item.title)), told))
        describing.update(term for term, often in used.items() if often >= _USUAL)
        self._found: dict[str, list[int]] = defaultdict(list)
        self._titles: dict[int, tuple[str, ...]] = {}
        for position, title, words, told in entries:
            for term in (words & describing) - told:
                self._found[term].append(position)
                self._titles[position] = tuple(query_terms(title))

    def of(self, query: str, size: int) -> NDArray[np.bool_]:
        """(size,) which items share nothing with a query but describing words of their titles.

        What is called like the whole query is meant by its name, and with it what begins with several such words: a
        series.
        """
        wanted = tuple(query_terms(query))
        held = {position for term in wanted for position in self._found.get(term, ())}
        named = {position for position in held if self._titles[position] == wanted}
        if named and len(wanted) > 1:
            named |= {position for position in held if set(wanted) <= set(self._titles[position])}
        mask = np.zeros(size, np.bool_)
        mask[list(held - named)] = True
        return mask
