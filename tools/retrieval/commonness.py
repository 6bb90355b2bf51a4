"""How ordinary an English word is, from the order of BERT's vocabulary (whole words by falling corpus frequency)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from tools.retrieval.embedder import packaged_model
from tools.retrieval.text import word_set

_RARE = 15.0
_CHAT = 7.0
_CHAT_WORDS = word_set(
    "aint alot anyways arent awesome btw bye cant couldnt couldve didnt doesnt dont dunno eh gonna gotta haha hahaha "
    "hadnt hasnt havent hed hell heres hes hey hmm hm idk ill im imo isnt itd itll its ive kinda lets lmao lmfao lol "
    "mustnt nah nope ok okay omg oops oscar oscars pls plz shant shed shell shes shouldnt shouldve sorta thanks thats "
    "thatll theres theyd theyll theyre theyve tho thx ty ugh uh um umm wanna wasnt wed well were werent weve whats "
    "whens wheres whod wholl whos wont wouldnt wouldve wow yall yea yeah yep youd youll youre youve yup"
)
"""Words of chats and contractions, whose apostrophe folding has taken; the vocabulary does not have them whole."""

_WORDS_FROM = 1996
"""Entries before this one are characters and placeholders, not words by frequency."""


@cache
def _ranks() -> Mapping[str, int]:
    entries = (packaged_model() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = [word for word in entries[_WORDS_FROM:] if not word.startswith("##")]
    return {word: rank for rank, word in enumerate(words, 1)}


def is_word(word: str) -> bool:
    """Whether a folded word is in the vocabulary (figures always are): a misspelt one is not."""
    return word.isdigit() or len(word) == 1 or word in _CHAT_WORDS or word in _ranks()


def bits(word: str) -> float:
    """Information of a word in bits, log2 of its frequency rank: 0 for "the", about 12 for "alien", 15 if unknown."""
    rank = _ranks().get(word)
    if word in _CHAT_WORDS:
        return _CHAT if rank is None else min(_CHAT, math.log2(rank))
    if rank is None:
        return 3.0 if len(word) == 1 else _RARE
    return math.log2(rank)


def distinctiveness(words: Sequence[str]) -> float:
    """How unlikely it is that words stand together by chance: the rarest word, and a third of the others' bits."""
    carried = sorted((bits(word) for word in words), reverse=True)
    return carried[0] + 0.3 * sum(carried[1:]) if carried else 0.0
