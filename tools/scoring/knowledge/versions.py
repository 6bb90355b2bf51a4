"""Works made more than once: remakes and new adaptations, told from works that happen to share a title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from store.columns import FacetColumn
from tools.scoring.knowledge.links import Works, jaccard
from tools.scoring.knowledge.titles import Words
from tools.scoring.signals import Ints

LEAST_GAP = 2
"""Years between two versions; the same title nearer in time is the same work entered twice."""

MAKERS = ("writer", "director", "author", "composer", "developer")
"""Facets that a new version has in common with the old one because it comes from the same source."""

TELLING, UNMISTAKABLE = 11.0, 22.0
"""Sums of log(titles / titles with the word) over a title: enough with a shared name, and enough by itself."""

ALIKE = 0.3
"""Least likeness of kind (Jaccard over genres) for versions that share no maker."""

DOUBT = 0.7
"""Weight of a version known by its title alone."""


class Version(NamedTuple):
    """Two versions of one work."""

    earlier: int
    later: int
    weight: float


def find_versions(works: Works, facets: Mapping[str, FacetColumn]) -> tuple[Version, ...]:
    """Pairs of works with the same title that are versions of each other.

    A shared maker decides. Without one, the title itself must be improbable: rare words, and of the same kind; common
    titles ("Home", "Crash") are taken for coincidence. The same cast makes it one work entered twice.
    """
    holders: dict[Words, list[int]] = defaultdict(list)
    usual: Counter[str] = Counter()
    for item, own in enumerate(works.stems):
        if own:
            holders[own[0].words].append(item)
            usual.update(set(own[0].words))
    total = sum(map(len, holders.values()))
    pairs = [
        (a, b) if works.year[a] < works.year[b] else (b, a)
        for items in holders.values()
        for a, b in combinations(items, 2)
        if abs(works.year[a] - works.year[b]) >= LEAST_GAP
    ]
    if not pairs:
        return ()
    first, second = np.array(pairs, np.int32).T
    rarity = [sum(float(np.log(total / usual[word])) for word in works.stems[item][0].words) for item in first]
    makers = sum((_common(facets[name], first, second) for name in MAKERS if name in facets), np.zeros(len(first)))
    shared = works.people.shared(first, second)
    names = np.diff(works.people.matrix.indptr)
    cast = np.minimum(names[first], names[second])
    alike = jaccard(works.kinds, first, second)
    found = []
    for row, (earlier, later) in enumerate(pairs):
        if cast[row] >= 4 and shared[row] > 0.5 * cast[row]:
            continue
        rare = rarity[row] >= (TELLING if shared[row] > 0 else UNMISTAKABLE)
        if makers[row] > 0:
            found.append(Version(earlier, later, 1.0))
        elif rare and alike[row] >= ALIKE:
            found.append(Version(earlier, later, DOUBT))
    return tuple(found)


def _common(column: FacetColumn, first: Ints, second: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(column.matrix[first].multiply(column.matrix[second]).sum(axis=1), np.float64).ravel()
