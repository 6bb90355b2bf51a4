"""What the person means to see ("I'll check that one out"): no verdict, but a wish for one item."""

from __future__ import annotations

import re

from agent.understanding.entities import Entity, Role
from agent.understanding.interpreting.draft import Draft
from agent.understanding.text import sentences
from core.types import EventKind

_MEANS = (
    r"(?:i'?ll|i will|we'?ll|we will|(?:i am |i'?m |im )?(?:going to|gonna)"
    r"|i (?:might|may|could|should|must|would|can|ought to|gotta|got to|plan to|hope to|wanna)"
    r"|i'?d (?:like|love) to|we (?:should|might|could|can)"
    r"|(?:have|need|want|wanted|wanting|meaning|waiting|planning|dying|excited|hoping|like|love) to"
    r"|(?<!you )(?<!they )(?<!she )(?<!he )(?<!it )will|can'?t wait to|let me|try and|don'?t mind)"
)

_SURELY = (
    r"(?:(?:definitely|probably|also|just|really|have to|need to|try to|go|totally|maybe|be sure to|still|for sure"
    r"|gladly) )*"
)

_POINTED = r"(?:¤+|it|that|them|this|these|those|both|all|one)"

_SEE = (
    rf"(?:check(?:ing)? (?:{_POINTED}|out|into|on|the)\b|look(?:ing)? (?:into|for|up|at|{_POINTED})\b"
    r"|(?:watch|see|rent|seek|catch)(?:ing)?\b(?! (?:you|if|what|how|why))|try(?:ing)?\b"
    rf"|(?:give|giving|add|adding|put|putting|show|showing|get|getting|take|pick) {_POINTED}\b|(?:go|start) with\b)"
)

_PROMISING = (
    r"(?:good|great|interesting|awesome|cool|fun|funny|perfect|amazing|fantastic|nice|exciting|intriguing|excellent"
    r"|wonderful|scary|hilarious|promising|right up|i would like|i'?d (?:like|enjoy|love))"
)

_FILLING = r"(?:(?:a|so|really|very|pretty|super|quite|kind of|kinda|like|one|it would be|it'?s|something) )*"

_WORDING = re.compile(
    rf"\b{_MEANS} {_SURELY}{_SEE}"
    rf"|\b(?:sounds?|look(?:s|ed)?|seems?) (?:like )?{_FILLING}{_PROMISING}\b"
    r"|\b(?:good|great|excellent|perfect|nice|awesome|wonderful)"
    r" (?:suggestions?|ideas?|choices?|picks?|recommendations?|options?)\b"
    r"|\b(?:on|in|to) my (?:\w+ )?(?:list|watch ?list|queue)\b|\bworth (?:a )?(?:watch|checking|seeing|try)\w*\b"
    r"|\b(?:i'?m|am) (?:\w+ )?(?:interested(?! in (?!¤|it|that|this|seeing|watching))|intrigued|sold)\b"
    r"|\bheard? (?:(?:¤+|it|that|that one|it'?s|that it|about it|of it) )?(?:was |is )?"
    r"(?:(?:so|really|very|such|a|lots of|many|only|nothing but) )*(?:good|great|amazing|wonderful)\b"
)

_REFUSED = re.compile(r"\b(?:not|n'?t|never|no|dont|wont) (?:\w+ )?$")

_PLURAL = re.compile(
    r"\b(?:both|all|they|them|those|these|each|suggestions|movies|films|ones|choices|picks|ideas|recommendations"
    r"|options)\b"
)

_OPEN = {None, Role.WANT, Role.UNSEEN, Role.SUBJECT, Role.REQUIRE, Role.ALLOW, Role.SIMILAR}


def place_interest(draft: Draft) -> None:
    """File the wish to see an item under ``interest``: the one that is named in the sentence, or that was offered."""
    for start, end in sentences(draft.masked):
        match = _WORDING.search(draft.masked, start, end)
        if match is None or _REFUSED.search(draft.masked[start : match.start()]):
            continue
        inside = [
            entity
            for entity in (*draft.names.entities, *draft.names.elsewhere)
            if start <= entity.start < end and entity.is_title and not entity.implied
        ]
        chosen = [entity for entity in inside if entity.end > match.start()] or inside
        chosen = [entity for entity in chosen if entity.role in _OPEN and entity.item_id]
        if not inside:
            offered = draft.context.offered
            some = offered if _PLURAL.search(draft.masked, start, end) else offered[-1:]
            chosen = [Entity(start, end, title=offer.title, item_id=offer.item_id) for offer in some]
        for entity in chosen:
            first, last = min(match.start(), entity.start), max(match.end(), entity.end)
            quote = " ".join(draft.text[first:last].split())
            event = draft.heard(entity, EventKind.REQUEST, 0.4).model_copy(update={"quote": quote})
            draft.lists["interest"].append(event)
