"""What a message asks for, by its wording: acts in the order in which they come, and the facts asked for."""

from __future__ import annotations

from agent.understanding.acts.again import AGAIN_ASPECTS, wants_again
from agent.understanding.acts.asking import asked
from agent.understanding.acts.aspects import ASPECTS
from agent.understanding.acts.choosing import agreed, chooses
from agent.understanding.acts.clauses import clauses
from agent.understanding.acts.foretelling import OUTLOOK_ASPECTS
from agent.understanding.acts.qualities import SUBJECT, asks_what_it_is_like
from agent.understanding.acts.recalling import recalled
from agent.understanding.acts.talk import TALK_ASPECTS, TALK_QUESTIONS, agrees
from agent.understanding.acts.why import WHY_ASPECTS

__all__ = [
    "AGAIN_ASPECTS",
    "ASPECTS",
    "OUTLOOK_ASPECTS",
    "SUBJECT",
    "TALK_ASPECTS",
    "TALK_QUESTIONS",
    "WHY_ASPECTS",
    "agreed",
    "agrees",
    "asked",
    "asks_what_it_is_like",
    "chooses",
    "clauses",
    "recalled",
    "wants_again",
]
