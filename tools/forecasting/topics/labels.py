"""Short readable names for groups of items, by class-based TF-IDF (Grootendorst 2022, BERTopic, eq. 1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Words = Sequence[str]
"""What can name an item: single words, and facet values as one word each."""

MOST_WORDS = 3
COMMON = 0.3
"""Words of more than this part of all items name nothing ("film" among films)."""
EVERYWHERE = 0.95
"""Nor do words spread over the groups with more than this part of the greatest entropy ("set", "pink")."""
RARE = 0.03
"""Nor those of fewer items of the group than this part (most actors)."""
FAR_BELOW = 0.3
"""A word that scores below this part of the best one is not added to a label."""
_SHORTEST = 3
_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_ENOUGH = 50


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def item_words(title: str, facets: Mapping[str, Iterable[str]], text: str = "") -> Words:
    """What can name an item: words of its title and text without stop words and figures, and facet values.

    Nothing shorter than three characters names anything ("pg").
    """
    found = [word for word in _WORD.findall(f"{title} {text}".casefold()) if word not in _stop_words()]
    return [*found, *(value.casefold() for values in facets.values() for value in values if len(value) >= _SHORTEST)]


def stem(word: str) -> str:
    """A word without the ending of a plural."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(s|x|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def labels(
    words: Sequence[Words],
    group: NDArray[np.int64],
    groups: int,
    taken: Sequence[str | None] | None = None,
    avoid: Iterable[str] = (),
) -> tuple[str, ...]:
    """Names of up to `MOST_WORDS` words, different from each other, for groups of items.

    A word scores by the part of a group's items that carry it, times ``log(1 + A / f)``: f is how many items carry it
    in all and A how many words a group has on average. Plurals count as their singular, and words stand in the order in
    which items have them.

    Args:
        words: (n,) of each item (`item_words`).
        group: (n,) codes, -1 for items that belong to none.
        groups: how many there are; one without words is called "other".
        taken: (groups,) names that are kept as they are, None where one is to be found.
        avoid: names that none may get.
    """
    vocabulary: dict[str, int] = {}
    pairs = {(row, vocabulary.setdefault(stem(word), len(vocabulary))) for row, own in enumerate(words) for word in own}
    row, column = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    carries = csr_matrix((np.ones(len(row)), (row, column)), shape=(len(words), len(vocabulary)))
    inside = np.flatnonzero(group >= 0)
    member = csr_matrix((np.ones(len(inside)), (group[inside], inside)), shape=(groups, len(words)))
    size = np.asarray(member.sum(axis=1)).ravel()
    score = _scores(np.asarray((member @ carries).todense()), size)
    stems = list(vocabulary)
    names: list[str | None] = [None] * groups if taken is None else list(taken)
    used = {name for name in names if name is not None} | set(avoid)
    for code in np.argsort(-size, kind="stable").tolist():
        if names[code] is None:
            best = [i for i in np.argsort(-score[code], kind="stable")[: 4 * MOST_WORDS] if score[code, i] > 0]
            strong = [stems[i] for i in best[:MOST_WORDS] if score[code, i] >= FAR_BELOW * score[code].max()]
            further = [stems[i] for i in best[len(strong) :]]
            label = _unused(strong, further, [words[each] for each in np.flatnonzero(group == code).tolist()], used)
            names[code] = label
            used.add(label)
    return tuple(str(name) for name in names)


def _scores(found: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(groups, words) class-based TF-IDF of how many items of each group carry each word."""
    groups, items = len(size), size.sum()
    total = found.sum(axis=0)
    average = found.sum() / max(groups, 1)
    score: NDArray[np.float64] = found / np.maximum(size, 1)[:, None] * np.log1p(average / np.maximum(total, 1))
    if items >= _ENOUGH and groups > 1:
        rate = found / np.maximum(size, 1)[:, None]
        part = rate / np.maximum(rate.sum(axis=0), 1e-12)
        entropy = -(part * np.log(np.maximum(part, 1e-12))).sum(axis=0) / np.log(groups)
        score[(rate < RARE) | (entropy > EVERYWHERE)] = 0
        if groups * COMMON > 1:  # of fewer groups, one alone may be as large a part
            score[:, total > COMMON * items] = 0
    return score


def _unused(chosen: list[str], further: list[str], words: Sequence[Words], used: set[str]) -> str:
    """The label of the chosen stems, with the last one replaced by further ones until nobody else has it."""
    label = _in_order(chosen, words)
    for last in further:
        if label not in used:
            return label
        label = _in_order([*chosen[: MOST_WORDS - 1], last], words)
    if label not in used:
        return label
    return next(each for number in range(2, len(used) + 3) if (each := f"{label} {number}") not in used)


def _in_order(stems: list[str], words: Sequence[Words]) -> str:
    """The stems in their commonest form, in the order in which items have them; "other" for none."""
    forms: dict[str, Counter[str]] = {each: Counter() for each in stems}
    before = Counter[tuple[str, str]]()
    for own in words:
        place: dict[str, int] = {}
        for position, word in enumerate(own):
            root = stem(word)
            if root in forms:
                forms[root][word] += 1
                place.setdefault(root, position)
        before.update((a, b) for a in place for b in place if place[a] < place[b])
    wins = {each: sum(before[each, other] > before[other, each] for other in stems) for each in stems}
    ordered = sorted(stems, key=lambda each: -wins[each])
    return " ".join(forms[each].most_common(1)[0][0] for each in ordered) or "other"
