"""BM25 over the text of the items (Robertson et al. 1994, in Lucene's form as computed by bm25s)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tools.retrieval.text import tokens, word_set

_STOP = word_set(
    "a an the and or but not no nor of in on at to for from by with about as is are was were be been am do does did "
    "i me my we our you your he she they them it its this that these those so some any something anything more less "
    "very really just like want would could should can will one ones film films movie movies please me"
)
"""Words that a request is made of rather than about."""


def stem(word: str) -> str:
    """Harman's weak stemmer (1991): plural endings only, so that "thrillers" finds "thriller"."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if not word.endswith(("eies", "aies")) else word
    return word[:-1]


def terms(text: str) -> list[str]:
    """The index terms of a text, stop words included."""
    return [stem(token.text) for token in tokens(text)]


def query_terms(text: str) -> list[str]:
    """The index terms of a query: without stop words, unless there is nothing else ("Her", "Up")."""
    words = [token.text for token in tokens(text)]
    return [stem(word) for word in words if word not in _STOP] or [stem(word) for word in words]


class Lexical:
    """An inverted index with precomputed BM25 weights; immutable after construction.

    Args:
        texts: one text an item, in position order.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        from bm25s import BM25

        corpus = [terms(text) or ["∅"] for text in texts]
        self._size = len(corpus)
        self._index = BM25(k1=1.2, b=0.75, method="lucene")
        if corpus:
            self._index.index(corpus, show_progress=False)

    def search(self, query: str, allowed: NDArray[np.bool_], k: int) -> list[int]:
        """Positions of the k best items among the allowed ones, best first; only items that share a term."""
        known = [term for term in query_terms(query) if self._size and term in self._index.vocab_dict]
        if not known:
            return []
        scores = np.where(allowed, self._index.get_scores(known), 0.0)
        return top(scores, k, floor=0.0)


def top(scores: NDArray[np.floating], k: int, floor: float = -np.inf) -> list[int]:
    """Positions of the k highest scores above a floor, best first; ties by position."""
    candidates = np.flatnonzero(scores > floor)
    if k <= 0:
        return []
    if len(candidates) > k:
        kth = np.partition(scores[candidates], len(candidates) - k)[len(candidates) - k]
        candidates = candidates[scores[candidates] >= kth]
    order = np.lexsort((candidates, -scores[candidates]))
    return [int(position) for position in candidates[order][:k]]
