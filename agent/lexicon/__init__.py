"""Words of taste and figures in words, written for this project; what they mean is read in agent/understanding."""

from __future__ import annotations

from agent.lexicon.everyday import COMMON_WORDS
from agent.lexicon.figures import DECADES, ONES, TENS, WORDS, century, decade
from agent.lexicon.genres import GENRE_NOUNS
from agent.lexicon.languages import AFTER, ASKING, BEFORE, DISLIKING, LIKING, REFUSING, STRANGERS
from agent.lexicon.moods import MOODS, Mood
from agent.lexicon.nations import FOREIGN, NATIONS
from agent.lexicon.phrases import alternatives
from agent.lexicon.verdicts import BLAME, PRAISE, TELLING

__all__ = [
    "AFTER",
    "ASKING",
    "BEFORE",
    "BLAME",
    "COMMON_WORDS",
    "DECADES",
    "DISLIKING",
    "FOREIGN",
    "GENRE_NOUNS",
    "LIKING",
    "MOODS",
    "NATIONS",
    "ONES",
    "PRAISE",
    "REFUSING",
    "STRANGERS",
    "TELLING",
    "TENS",
    "WORDS",
    "Mood",
    "alternatives",
    "century",
    "decade",
]
