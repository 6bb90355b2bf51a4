"""The acts of a message once its names are placed: wording alone can claim too many or too few."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.interpreting.draft import Draft
from agent.understanding.interpreting.query import describes_alone

_TASTE_VERB = re.compile(r"\b(?:lov|lik|enjoy|hat|ador|dislik|watch|s[ae]w|seen)\w*\b")

_UNNAMED = re.compile(
    r"^\W*(?:i|we) (?:\w+ ){0,2}?(?:lov|lik|enjoy|hat|ador|dislik)\w* "
    r"(?:it|that|this|them|those|these|everything|all|both|none)\b[^?]*$"
)
"""A taste of something that is not named."""


def settled_intents(draft: Draft) -> tuple[Intent, ...]:
    """The acts in the order in which they come; never empty."""
    kinds = list(draft.kinds)
    recorded = [
        *draft.lists["likes"],
        *draft.lists["dislikes"],
        *draft.lists["seen"],
        *draft.lists["faded"],
        *draft.lists["others"],
    ]
    wanted = bool(
        draft.lists["wishes"]
        or draft.require
        or draft.exclude
        or draft.ranges
        or draft.unread
        or draft.lists["similar"]
    )
    if Intent.EDIT in kinds and not draft.lists["forgets"] and recorded:
        kinds.remove(Intent.EDIT)
    if recorded and Intent.RECORD not in kinds:
        earlier = [intent for start, intent in draft.acts if start < draft.first_taste and intent in kinds]
        place = len(dict.fromkeys(earlier))
        kinds.insert(min(place, len(kinds)), Intent.RECORD)
    direct = {
        Intent.EXPLAIN,
        Intent.DETAILS,
        Intent.COMPARE,
        Intent.FORECAST,
        Intent.TIMELINE,
        Intent.EDIT,
        Intent.ERASE,
        Intent.SEARCH,
        Intent.TRENDING,
        Intent.RECOMMEND,
    }
    if (wanted and not direct & set(kinds)) or (draft.lists["similar"] and not direct & set(kinds)):
        kinds = [kind for kind in kinds if kind not in {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE, Intent.HELP}]
        kinds.append(Intent.RECOMMEND)
    if Intent.RECOMMEND in kinds and recorded and not wanted and _only_taste(draft):
        kinds.remove(Intent.RECOMMEND)
    if {Intent.RECOMMEND, Intent.RESET} <= set(kinds) and not wanted and _only_taste(draft):
        kinds.remove(Intent.RECOMMEND)
    if Intent.RECOMMEND in kinds or recorded or direct & set(kinds):
        kinds = [kind for kind in kinds if kind is not Intent.SMALL_TALK]
    if not kinds and (draft.names.unresolved or any(question.pending for question in draft.questions)):
        told = _TASTE_VERB.search(draft.masked) or any(question.pending for question in draft.questions)
        kinds = [Intent.RECORD if told else Intent.DETAILS]
    if not kinds and (draft.subjects or draft.questions):
        kinds = [Intent.DETAILS]
    if not kinds and draft.people:
        kinds = [Intent.SEARCH]
    if not kinds and draft.resets:
        kinds = [Intent.RESET]
    if not kinds and describes_alone(draft):
        kinds = [Intent.RECOMMEND]
    if not kinds and _UNNAMED.search(draft.masked):
        kinds = [Intent.RECORD]
    if not kinds:
        kinds = [
            Intent.SMALL_TALK
            if len(draft.masked.split()) <= 2
            else Intent.OUT_OF_SCOPE
            if draft.masked.rstrip().endswith("?")
            else Intent.SMALL_TALK
        ]
    return tuple(dict.fromkeys(kinds))


def _only_taste(draft: Draft) -> bool:
    """Whether words of asking in a statement of taste ask for nothing ("the best film is Alien")."""
    return not re.search(
        r"\b(?:recommend(?! it| this| that)|suggest|looking for|in the mood|want|need|fancy|give me|show me"
        r"|find|something|anything|what (?:should|shall|can|could|to|next|else)|what'?s (?:next|good|on)"
        r"|more (?:like|of)|similar|another|any (?:ideas|other|others|more (?:like|of|ideas|suggestions))"
        r"|how about|what about|surprise me|(?:films?|movies?|ones?|gift|present) for (?:my|our|his|her)"
        r"|others?(?= *\?)|try again"
        r"|tonight|i'?d (?:like|love)|next|else)\b",
        draft.masked,
    )
