"""Claims in one sentence, each checked against the evidence of the turn.

A claim is anything that could be false: a name, a figure, a genre, a comparison, an award, a statement about the
person, a forecast, a plot. What no rule can support is unsupported.
"""

from collections.abc import Callable

from agent.grounding.claims.assertions import comparisons, denied
from agent.grounding.claims.base import Claim, Sentence
from agent.grounding.claims.dates import durations, years
from agent.grounding.claims.figures import awards, numbers
from agent.grounding.claims.genres import genres
from agent.grounding.claims.interests import interests
from agent.grounding.claims.names import link_titles, names, quoted_titles, vocabulary
from agent.grounding.claims.people import people
from agent.grounding.claims.person import history, trends
from agent.grounding.claims.places import nations

__all__ = ["RULES", "Claim", "Sentence"]

RULES: tuple[Callable[[Sentence], None], ...] = (
    link_titles,
    interests,
    awards,
    durations,
    years,
    people,
    history,
    trends,
    nations,
    comparisons,
    genres,
    numbers,
    denied,
    quoted_titles,
    names,
    vocabulary,
)
"""The rules in the order in which they claim the words of a sentence."""
