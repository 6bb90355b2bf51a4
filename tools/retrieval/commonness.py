"""How ordinary an English word is, from the order of BERT's vocabulary (whole words by falling corpus frequency)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from tools.retrieval.embedder import packaged_model

_RARE = 15.0
_WORDS_FROM = 1996
"""Entries before this one are characters and placeholders, not words by frequency."""


@cache
def _ranks() -> Mapping[str, int]:
    entries = (packaged_model() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = [word for word in entries[_WORDS_FROM:] if not word.startswith("##")]
    return {word: rank for rank, word in enumerate(words, 1)}


def is_word(word: str) -> bool:
    """Whether a folded word is in the vocabulary (figures always are): a misspelt one is not."""
    return word.isdigit() or len(word) == 1 or word in _ranks()


def bits(word: str) -> float:
    """Information of a word in bits, log2 of its frequency rank: 0 for "the", about 12 for "alien", 15 if unknown."""
    rank = _ranks().get(word)
    if rank is None:
        return 3.0 if len(word) == 1 else _RARE
    return math.log2(rank)


def distinctiveness(words: Sequence[str]) -> float:
    """How unlikely it is that words stand together by chance: the rarest word, and a third of the others' bits."""
    carried = sorted((bits(word) for word in words), reverse=True)
    return carried[0] + 0.3 * sum(carried[1:]) if carried else 0.0
