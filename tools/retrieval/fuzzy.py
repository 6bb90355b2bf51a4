"""Strings like a given one among many: character trigrams to find candidates, then exact comparison of those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tools.retrieval.lexical import top
from tools.retrieval.text import ARTICLES

_CANDIDATES = 60
_SAME_WORD = 0.8


class FuzzyForms:
    """Keys (folded words separated by spaces) searchable by likeness; immutable after construction."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        postings: dict[str, list[int]] = {}
        lengths = np.zeros(len(keys), dtype=np.float32)
        words: Counter[str] = Counter()
        for row, form in enumerate(keys):
            grams = set(_trigrams(form))
            lengths[row] = len(grams)
            for gram in grams:
                postings.setdefault(gram, []).append(row)
            words.update(set(form.split()))
        self._lengths = lengths
        self._postings: dict[str, NDArray[np.int32]] = {gram: np.array(r, np.int32) for gram, r in postings.items()}
        self._rarity = {gram: float(np.log(1 + len(keys) / len(rows))) for gram, rows in postings.items()}
        self._idf = {word: float(np.log(1 + len(keys) / count)) for word, count in words.items()}
        self._unseen = float(np.log(1 + len(keys)))

    def like(self, text: str, whole: bool = False, k: int = 20) -> list[tuple[str, float]]:
        """The k keys most like the text with a likeness in [0, 1], best first.

        Args:
            whole: the text must resemble all of a key; otherwise it may also be the telling words of one.
        """
        if set(text.split()) <= ARTICLES:
            return []
        grams = set(_trigrams(text))
        overlap = np.zeros(len(self._keys), dtype=np.float32)
        for gram in grams:
            rows = self._postings.get(gram)
            if rows is not None:
                overlap[rows] += self._rarity[gram]
        # Mostly containment of the text in the key: a shortened title has few of its trigrams.
        scores = overlap / np.maximum(self._lengths, 1.0) ** 0.35
        nearest = (self._keys[row] for row in top(scores, _CANDIDATES, floor=0.0))
        found = [(form, self._likeness(text, form, whole)) for form in nearest]
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return found[:k]

    def _likeness(self, text: str, form: str, whole: bool) -> float:
        from rapidfuzz.distance import OSA
        from rapidfuzz.fuzz import token_sort_ratio

        edits = OSA.distance(text, form)
        if edits <= max(1, min(len(text), len(form)) // 5) and len(text) >= 5:
            return 1.0 - 0.9 * edits / max(len(text), len(form))
        reordered = 0.97 * token_sort_ratio(text, form) / 100.0
        return reordered if whole else max(reordered, self._coverage(text.split(), form.split()))

    def _coverage(self, said: Sequence[str], words: Sequence[str]) -> float:
        """Rarity-weighted agreement of words: all that was said should be in the title, and better most of it."""
        from rapidfuzz.distance import OSA

        matched_said = matched_words = 0.0
        left = list(words)
        for word in said:
            best = max(left, key=lambda other: OSA.normalized_similarity(word, other), default=None)
            likeness = 0.0 if best is None else OSA.normalized_similarity(word, best)
            if best is not None and (likeness == 1.0 or (likeness >= _SAME_WORD and len(word) >= 4)):
                left.remove(best)
                weight = self._idf.get(best, self._unseen)
                matched_said += weight * likeness
                matched_words += weight
        total_said = sum(self._idf.get(word, self._unseen) for word in said)
        total_words = sum(self._idf.get(word, self._unseen) for word in words)
        if not total_said or not total_words:
            return 0.0
        whole = 0.8 + 0.18 * min(1.0, matched_words / total_words)
        opening = 0.93 if list(words[: len(said)]) == list(said) else 0.0
        return max(opening, (matched_said / total_said) ** 2 * whole)


def _trigrams(text: str) -> Iterator[str]:
    padded = f"  {text} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))
