"""Statements without an object ("Yes, great movie!"): they are about what the other person just named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.understanding.entities import Entity, Role
from agent.understanding.meaning import Offer
from agent.understanding.text import sentences

_OPENING = (
    r"^\W*(?:(?:oh|ooh|ah|aw+|well|um|haha|lol|actually|hmm+|omg|and|so|wow|man|gosh|sadly|unfortunately|sorry|but|hi"
    r"|hello)"
    r"\W+)*"
)

_DONE = (
    r"(?= *(?:$|[.,!?;¤]|(?:and|but|indeed|too|already|actually|it|a|the|love|like|enjoy|really|seen|saw|watched)\b))"
)

_YES = re.compile(
    rf"{_OPENING}(?:(?:hell |heck |why )?(?:yes+|yeah+|yea+h*|yep|yup|ya|yah)|i (?:(?:sure|already|actually"
    rf"|certainly) )?"
    rf"(?:have|did|do|sure do){_DONE}|of course|certainly|absolutely|definitely|sure (?:have|did|do)|who hasn'?t"
    r"|(?:so )?(?:many|several|a few|multiple) times)\b"
)

_NO = re.compile(
    rf"{_OPENING}(?:no+|nope|nah|not yet|never|i (?:have|did|had|do) ?n[o']t|i (?:havent|didnt|dont)|not really)\b"
)

_UNSEEN = re.compile(
    r"\b(?:have ?n[o']t|haven'?t|hadn'?t|didn'?t|did not|never|not yet|don'?t think (?:i(?:'ve| have)?"
    r"|so))\b[^.!?]{0,20}"
    r"\b(?:seen|see|saw|watched|watch|heard|caught|catch|got(?:ten)? to)\b"
)

_TOLD = re.compile(
    r"\b(?:loved?|liked|enjoyed|hated|adored?|disliked|favou?rites?|faves?|seen|watched|saw|bored|masterpiece|awesome"
    r"|amazing"
    r"|great|good|funny|hilarious|terrible|awful|horrible|bad|boring|classics?|excellent|fantastic|best|worst|scary"
    r"|creepy"
    r"|sucked|stupid|fan|ok|okay|cup of tea|my (?:thing|style|type)|dumb|cute|wonderful|brilliant)\b"
)

_AGREES = re.compile(
    r"^\W*(?:(?:yes|yeah|oh) )?(?:i (?:totally |completely )?agree|agreed|same here|me too|so true|right\?)\b"
)

_POLITE = re.compile(
    rf"{_OPENING}(?:(?:ok(?:ay)?|alright|sounds?|that(?:'s| is| would be| sounds?)|looks?|very|so|all|pretty|really"
    rf"|it's|its)\W+)*"
    r"(?:great|good|awesome|cool|nice|perfect|amazing|excellent|fantastic|wonderful|lovely|sweet|ok|okay|fine|alright)"
    r"(?! (?:movies?|films?|ones?|flicks?|show|stuff|acting|cast|story|actors?|soundtrack|classics?)\b)"
    r"|\b(?:thank|thanks|thx|good (?:night|day|morning|evening|afternoon|luck|bye|one!)|have an?|nice (?:chat|talk|to"
    r"|meet)"
    r"|how are|hello|bye|suggestions?|recommend\w*|suggest|looking for|looking|any|in the mood|do you|can you|are you"
    r"|what|which|who|you|your|i'?m (?:good|great|fine|ok|okay|well)|an? good|some good|other|else|something|anything"
    r"|best of"
    r"|great (?:time|day|night|weekend)|sounds?|looks?|heard|hope|want|need|choices?|picks?|ideas?)\b"
)

_RATING = re.compile(r"(?<![\w.])\d{1,3}(?:[.,]\d)? ?(?:/|out of) ?(?:5|10|100)\b|\b[0-5] ?stars?\b|★+")

_PLURAL = re.compile(r"\b(?:both|all|they|them|those|these|each|movies|films|ones|classics)\b")


def implied(masked: str, entities: Sequence[Entity], offered: Sequence[Offer]) -> list[Entity]:
    """Entities of no width, at the start of each sentence that tells something without saying of what.

    Args:
        entities: the names and references that were found.
        offered: what the other person just named, in order.
    """
    found: list[Entity] = []
    for start, end in sentences(masked) if offered else ():
        said = masked[start:end]
        titles = [entity for entity in entities if start <= entity.start < end and entity.is_title]
        role, chosen = _answer(said, offered)
        if role is not None:
            named = {entity.item_id for entity in titles}
            if role is not Role.SEEN and any(offer.item_id in named for offer in chosen):
                chosen = []
        elif not titles and _tells(said):
            chosen = list(offered) if _PLURAL.search(said) else list(offered[-1:])
        value = {Role.LIKE: 0.5, Role.DISLIKE: -0.5}.get(role, 0.0) if role else 0.0
        for offer in chosen:
            entity = Entity(start, start, title=offer.title, item_id=offer.item_id, pronoun=True, implied=True)
            entity.role, entity.value, entity.quote_start, entity.quote_end = role, value, start, end
            found.append(entity)
    return found


def rated(masked: str, entities: Sequence[Entity]) -> list[Entity]:
    """The one title of a review, at each later sentence that rates it without naming it ("Worth it. 9/10")."""
    titles = [entity for entity in entities if entity.is_title and not entity.pronoun and entity.item_id]
    if len({entity.item_id for entity in titles}) != 1:
        return []
    return [
        Entity(start, start, title=titles[0].title, item_id=titles[0].item_id, pronoun=True, implied=True)
        for start, end in sentences(masked)
        if titles[0].end <= start and _RATING.search(masked[start:end])
        if not any(start <= entity.start < end and entity.is_title for entity in entities)
    ]


def _answer(said: str, offered: Sequence[Offer]) -> tuple[Role | None, list[Offer]]:
    """The part that a yes or no gives to what was asked about."""
    asked = [offer for offer in offered if offer.asked]
    yes, no = _YES.match(said), _NO.match(said)
    if _AGREES.match(said):
        return Role.LIKE, list(offered[-1:])
    if not asked or not (yes or no):
        return None, []
    liking = any(offer.asked == "liked" for offer in asked)
    if _UNSEEN.search(said):
        return (None, []) if yes else (Role.UNSEEN, asked)
    if yes:
        return (Role.LIKE if liking else Role.SEEN), asked
    return (Role.DISLIKE if liking else Role.UNSEEN), asked


def _tells(said: str) -> bool:
    return not _POLITE.search(said) and _TOLD.search(said) is not None
