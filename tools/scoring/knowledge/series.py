"""Series of works: which items are parts of one story or franchise, and in which order."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tools.scoring.knowledge.links import Links, Works, link
from tools.scoring.knowledge.titles import Form, Stem, Words
from tools.scoring.signals import Ints

REBOOT = 3
"""Years after which a part that bears the very title of an earlier one starts the story anew."""


@dataclass(frozen=True)
class Part:
    """An item's place in a series.

    Attributes:
        before: the parts it directly follows; none for the first, several where these came out in one year.
        consecutive: whether the numbers of the titles say that nothing lies between.
    """

    item: int
    before: tuple[int, ...] = ()
    consecutive: bool = False


@dataclass(frozen=True)
class Series:
    """A series and its parts, in order of year and number."""

    name: str
    parts: tuple[Part, ...]


def find_series(works: Works) -> tuple[Series, ...]:
    """All series of a catalogue, by `links.link`; an item is in one series at most."""
    links = link(works)
    if not len(links.first):
        return ()
    size = len(works.stems)
    graph = coo_matrix((np.ones(len(links.first)), (links.first, links.second)), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    members: dict[int, list[int]] = defaultdict(list)
    for item in np.unique(np.concatenate([links.first, links.second])).tolist():
        members[int(label[item])].append(item)
    names = _names(works, links, label)
    series = []
    for group, items in members.items():
        words = names[group]
        ordered = sorted(items, key=lambda item: _place(works, item, words))
        parts = tuple(part for line in _lines(works, ordered) for part in _chain(works, line, words))
        series.append(Series(_spelt(works.stems, ordered, words), parts))
    return tuple(series)


def _names(works: Works, links: Links, label: Ints) -> dict[int, Words]:
    """Per group, the stem that most of its pairs share; one that is the whole title of a part comes before others."""
    votes: dict[int, Counter[Words]] = defaultdict(Counter)
    titles: dict[int, set[Words]] = defaultdict(set)
    for first, second, words in zip(links.first.tolist(), links.second.tolist(), links.stems, strict=True):
        group = int(label[first])
        votes[group][words] += 1
        titles[group] |= {works.stems[first][0].words, works.stems[second][0].words}
    return {group: _most(counts, titles[group]) for group, counts in votes.items()}


def _most(votes: Counter[Words], titles: set[Words]) -> Words:
    return min(votes, key=lambda words: (words not in titles, -votes[words], len(words)))


def _spelt(stems: Sequence[tuple[Stem, ...]], items: Sequence[int], words: Words) -> str:
    for item in items:
        for stem in stems[item]:
            if stem.words == words:
                return stem.text
    return " ".join(words).title()


def _number(works: Works, item: int, words: Words) -> int | None:
    """The number of a part: within its own stem, 1 for the title that is nothing but the stem."""
    for stem in works.stems[item]:
        if stem.form is Form.NUMBERED:
            return stem.number
    return 1 if works.stems[item][0].words == words else None


def _place(works: Works, item: int, words: Words) -> tuple[float, int]:
    year = float(works.year[item])
    return (year if year == year else np.inf, _number(works, item, words) or 0)


def _lines(works: Works, ordered: Sequence[int]) -> list[list[int]]:
    """Splits a series where it starts anew: "The Pink Panther" of 2006 and its sequel follow each other only."""
    lines: list[list[int]] = []
    titles: list[dict[Words, float]] = []
    for item in ordered:
        title, year = works.stems[item][0].words, float(works.year[item])
        free = [row for row, seen in enumerate(titles) if title not in seen or year - seen[title] < REBOOT]
        if lines and (free or math.isnan(year)):
            nearest = max(free or range(len(lines)), key=lambda row: (_tie(works, item, lines[row]), row))
            lines[nearest].append(item)
            titles[nearest].setdefault(title, year)
        else:
            lines.append([item])
            titles.append({title: year})
    return lines


def _tie(works: Works, item: int, line: Sequence[int]) -> float:
    return float(works.people.shared(np.full(len(line), item, np.int32), np.array(line, np.int32)).max())


def _chain(works: Works, line: Sequence[int], words: Words) -> Iterator[Part]:
    for index, item in enumerate(line):
        year, number = _place(works, item, words)
        earlier = [other for other in line[:index] if _earlier(_place(works, other, words), (year, number))]
        if not earlier or (np.isinf(year) and not number):
            yield Part(item)
            continue
        latest = _place(works, earlier[-1], words)
        before = [other for other in earlier if not _earlier(_place(works, other, words), latest)]
        follows = len(before) == 1 and _consecutive(works, before[0], item)
        yield Part(item, tuple(before), follows)


def _earlier(one: tuple[float, int], other: tuple[float, int]) -> bool:
    return one[0] < other[0] or (one[0] == other[0] and 0 < one[1] < other[1])


def _consecutive(works: Works, before: int, item: int) -> bool:
    numbered = next((stem for stem in works.stems[item] if stem.form is Form.NUMBERED), None)
    if numbered is None:
        return False
    former = next((stem for stem in works.stems[before] if stem.words == numbered.words), None)
    if former is None:
        return False
    number = former.number if former.form is Form.NUMBERED else 1 if former.form is Form.WHOLE else None
    return number is not None and numbered.number == number + 1
