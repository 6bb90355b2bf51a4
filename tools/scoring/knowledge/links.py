"""Which pairs of works belong to one series: titles propose, shared people confirm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.knowledge.people import People
from tools.scoring.knowledge.titles import Form, Stem, Words
from tools.scoring.signals import Floats, Ints

CROWD = 60
"""A stem that more titles share than this is a word of the language, not a series."""

ONE, RARE, SEVERAL, MANY = 0.4, 0.8, 1.2, 2.4
"""Sums of `People.weight` that about one, one seldom, two, and three or four shared names reach."""

USUAL = 25
"""A word that more titles contain than this ("home", "man") makes no series by beginning or ending them."""

GENERATION = 12
"""Years within which a numbered part may follow with nobody of the former part."""


@dataclass(frozen=True)
class Works:
    """What the pairing looks at, by item: stems of the title, year (NaN unknown), people, kinds (genres) as ones."""

    stems: Sequence[tuple[Stem, ...]]
    year: Floats
    people: People
    kinds: csr_matrix


@dataclass(frozen=True)
class Links:
    """Pairs of items accepted as parts of one series, and the stem that each pair shares."""

    first: Ints
    second: Ints
    stems: tuple[Words, ...]


def link(works: Works) -> Links:
    """All accepted pairs.

    A shared stem (before a number, a colon, "and the …") or a title that begins or ends with another's, or is its
    plural, proposes a pair. The less the titles say by themselves, the more shared names are needed: a numbered title
    needs hardly any, a mere beginning ("Home", "Home Alone") many, unless its stem is a series already.
    """
    holders = _holders(works.stems)
    named = _Pairs.of(
        (
            (words, a, b)
            for words, items in holders.items()
            for a, b in combinations(items, 2)
            if works.stems[a][0].words != works.stems[b][0].words
        ),
        works,
    )
    good = np.array([_by_stem(named, row, holders[words]) for row, words in enumerate(named.stems)], bool)
    good &= named.nearest(holders)
    series = {words for words, accepted in zip(named.stems, good, strict=True) if accepted}
    # What stands before a colon joins a series that is established by others with one name seldom seen.
    good |= (named.shared >= RARE) & np.array([words in series for words in named.stems], bool) & named.headed(holders)
    loose = _Pairs.of(_overlaps(works.stems), works)
    needed = [
        (ONE if words in series else SEVERAL) if len(words) > 1 else SEVERAL if words in series else MANY
        for words in loose.stems
    ]
    also = (loose.shared >= np.array(needed, np.float32)) & (loose.alike > 0)
    kept = [words for words, accepted in zip([*named.stems, *loose.stems], [*good, *also], strict=True) if accepted]
    return Links(
        np.concatenate([named.first[good], loose.first[also]]),
        np.concatenate([named.second[good], loose.second[also]]),
        tuple(kept),
    )


@dataclass(frozen=True)
class _Pairs:
    """Proposed pairs with what ties them beside their titles: shared names, likeness of kind, years between."""

    stems: tuple[Words, ...]
    first: Ints
    second: Ints
    shared: Floats
    known: NDArray[np.bool_]
    alike: Floats
    gap: Floats

    def headed(self, holders: Mapping[Words, Mapping[int, Stem]]) -> NDArray[np.bool_]:
        """Which pairs share what stands before a colon or dash in both titles."""
        rows = zip(self.stems, self.first.tolist(), self.second.tolist(), strict=True)
        both = [holders[words][a].form is holders[words][b].form is Form.HEADED for words, a, b in rows]
        return np.array(both, bool)

    def nearest(self, holders: Mapping[Words, Mapping[int, Stem]]) -> NDArray[np.bool_]:
        """False where another work of the bare title shares more with the numbered part than the one in the pair."""
        most: dict[tuple[Words, int], float] = defaultdict(float)
        part = np.full(len(self.stems), -1)
        for row, (words, a, b) in enumerate(zip(self.stems, self.first.tolist(), self.second.tolist(), strict=True)):
            forms = holders[words][a].form, holders[words][b].form
            if set(forms) == {Form.WHOLE, Form.NUMBERED}:
                part[row] = b if forms[0] is Form.WHOLE else a
                most[words, part[row]] = max(most[words, part[row]], float(self.shared[row]))
        rows = zip(self.stems, part.tolist(), self.shared.tolist(), strict=True)
        return np.array([item < 0 or shared >= most[words, item] for words, item, shared in rows], bool)

    @classmethod
    def of(cls, proposals: Iterator[tuple[Words, int, int]], works: Works) -> _Pairs:
        found = list(proposals)
        first = np.array([a for _, a, _ in found], np.int32)
        second = np.array([b for _, _, b in found], np.int32)
        return cls(
            stems=tuple(words for words, _, _ in found),
            first=first,
            second=second,
            shared=works.people.shared(first, second),
            known=works.people.known[first] & works.people.known[second],
            alike=jaccard(works.kinds, first, second),
            gap=np.nan_to_num(np.abs(works.year[first] - works.year[second])),
        )


def jaccard(kinds: csr_matrix, first: Ints, second: Ints) -> Floats:
    """(pairs,) common kinds by all kinds of both items; 1 where nothing is known of either."""
    counts = np.asarray(kinds.sum(axis=1)).ravel()
    common = np.asarray(kinds[first].multiply(kinds[second]).sum(axis=1)).ravel()
    union = counts[first] + counts[second] - common
    blank = (counts[first] == 0) | (counts[second] == 0)
    return np.where(blank, 1.0, common / np.maximum(union, 1)).astype(np.float32)


def _holders(stems: Sequence[tuple[Stem, ...]]) -> dict[Words, dict[int, Stem]]:
    found: dict[Words, dict[int, Stem]] = defaultdict(dict)
    for item, own in enumerate(stems):
        for stem in own:
            found[stem.words][item] = stem
    return {words: items for words, items in found.items() if 1 < len(items) <= CROWD}


def _by_stem(pairs: _Pairs, row: int, holders: Mapping[int, Stem]) -> bool:
    one, other = holders[int(pairs.first[row])], holders[int(pairs.second[row])]
    words, forms, shared = pairs.stems[row], {one.form, other.form}, pairs.shared[row]
    if Form.PAIRED in forms:
        return bool(shared >= SEVERAL)
    if Form.NUMBERED in forms and one.number != other.number:
        # Without a common name, a number that does not follow ("Room 9") or another age and kind of work
        # ("Hamlet 2") says that the title is borrowed.
        follows = abs((one.number or 1) - (other.number or 1)) <= 2
        # Where several works bear the bare title, only a common name tells which of them the part follows.
        rivals = Form.WHOLE in forms and sum(stem.form is Form.WHOLE for stem in holders.values()) > 1
        near = pairs.gap[row] <= GENERATION and pairs.alike[row] > 0 and not rivals
        near &= Form.HEADED not in forms or len(words) > 1 or not pairs.known[row]
        return bool(shared >= SEVERAL or (follows and (near or shared > 0)))
    unseen = not pairs.known[row] and len(words) > 1 and pairs.alike[row] >= 0.5
    return bool(shared >= (SEVERAL if len(words) == 1 else ONE) or unseen)


def _overlaps(stems: Sequence[tuple[Stem, ...]]) -> Iterator[tuple[Words, int, int]]:
    """Pairs in which the title of one begins or ends with the stem of the other, or is its plural."""
    owners: dict[Words, list[int]] = defaultdict(list)
    usual: Counter[str] = Counter()
    for item, own in enumerate(stems):
        usual.update(set(own[0].words) if own else ())
        for stem in own:
            if stem.form is not Form.PAIRED:
                owners[stem.words].append(item)
    for item, own in enumerate(stems):
        whole = own[0].words if own else ()
        begins = {whole[:size] for size in range(1, len(whole))}
        ends = {whole[size:] for size in range(1, len(whole))}
        for part in begins | ends:
            holders = owners.get(part, ())
            if len(holders) <= CROWD and (len(part) > 1 or usual[part[0]] <= USUAL):
                yield from ((part, item, other) for other in holders if stems[other][0].words != whole)
        if whole and whole[-1].endswith("s"):
            singular = (*whole[:-1], whole[-1][:-1])
            yield from ((singular, item, other) for other in owners.get(singular, ()))
