"""Claims in one sentence, each checked against the evidence of the turn.

A claim is anything that could be false: a name, a figure, a genre, a comparison, an award, a statement about the
person, a forecast, a plot. What no rule can support is unsupported.
"""

from collections.abc import Callable

from agent.grounding.claims.assertions import denied
from agent.grounding.claims.attributes import attributes, prices
from agent.grounding.claims.base import Claim, Sentence
from agent.grounding.claims.changes import changes
from agent.grounding.claims.comparisons import comparisons
from agent.grounding.claims.credits import credits, crews
from agent.grounding.claims.dates import durations, years
from agent.grounding.claims.differences import differences
from agent.grounding.claims.figures import awards, numbers
from agent.grounding.claims.genres import genres
from agent.grounding.claims.interests import interests
from agent.grounding.claims.names import link_titles, names, quoted_titles, vocabulary
from agent.grounding.claims.outlooks import outlooks
from agent.grounding.claims.people import people
from agent.grounding.claims.person import history
from agent.grounding.claims.places import nations
from agent.grounding.claims.ranks import link_places, ranks
from agent.grounding.claims.relations import own_makers, relations, sole_values
from agent.grounding.claims.scopes import ellipses, loose_operators
from agent.grounding.claims.trends import trends

__all__ = ["RULES", "Claim", "Sentence"]

RULES: tuple[Callable[[Sentence], None], ...] = (
    link_titles,
    link_places,
    interests,
    outlooks,
    changes,
    differences,
    relations,
    own_makers,
    sole_values,
    awards,
    durations,
    years,
    people,
    credits,
    crews,
    history,
    trends,
    nations,
    comparisons,
    ranks,
    attributes,
    genres,
    prices,
    numbers,
    ellipses,
    denied,
    quoted_titles,
    names,
    vocabulary,
    loose_operators,
)
"""The rules in the order in which they claim the words of a sentence."""
