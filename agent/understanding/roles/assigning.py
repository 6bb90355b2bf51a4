"""A left-to-right pass over cues and names that keeps one current role.

The scope of a negation ends at a comma or "but" unless a list goes on. Text is lower case with catalogue titles masked
by ``¤``.
"""

from __future__ import annotations

import re
from itertools import pairwise

from agent.understanding.entities import Entity, Role
from agent.understanding.roles.cues import Cue, cues

_LIST_GAP = re.compile(
    r"^[\s,/&]*(?:(?:or|and|nor|any|a|an|the|&|no|too|very|films?|movies?|stuff|by|with|from|ones?"
    r"|either)\b[\s,/&]*)*$"
)

_QUESTION = re.compile(
    r"\s*(?:is|are|was|were|which|what|should|would|will|does|do|did)\b(?:.*\?\s*$| (?:¤|it\b|that\b|this\b))",
    re.DOTALL,
)

_RELATIVE = re.compile(
    r"¤\s+(?:is|was|are|were)\s+(?:\w+ ){0,3}(?:ones?|films?|movies?)(?: that| which)? (?:i|we)(?:'ve"
    r"| have)? (?:\w+ )?$"
)
"""A title is what the clause is about: "Alien is another one I love"."""

_HEARSAY = re.compile(
    r"\b(?:heard|hear|told|they say|people say|everyone says|supposed to|reviews? (?:say|said)|trailers? (?:made"
    r"|make))\b"
    r"(?![^¤]*(?:[;]|\bbut (?:i|it)\b|\band i\b))[^.!?]*$"
)
"""Words of somebody else's verdict ("I heard it was good"): no taste of the person's own."""

_YES_NO = re.compile(r"\s*[:-]?\s+(no|yes|not|yeah|nope)(?: thanks?| please)?\s*(?=$|[,.;!])")

_ROLE_CUES = {
    "like": Role.LIKE,
    "dislike": Role.DISLIKE,
    "seen": Role.SEEN,
    "unseen": Role.UNSEEN,
    "bought": Role.BOUGHT,
    "faded": Role.FADED,
    "want": Role.WANT,
    "require": Role.REQUIRE,
    "similar": Role.SIMILAR,
    "exclude": Role.EXCLUDE,
    "allow": Role.ALLOW,
    "forget": Role.FORGET,
    "subject": Role.SUBJECT,
}

_TASTE = {Role.LIKE, Role.DISLIKE, Role.SEEN, Role.FADED, Role.UNSEEN, Role.BOUGHT}


def assign(text: str, entities: list[Entity]) -> None:
    """Decide the role of every entity of one sentence, in place.

    Args:
        text: the sentence, lower case, titles masked; spans of the entities refer to it.
        entities: names found in it, sorted by start.
    """
    tokens: list[Cue | Entity] = sorted([*_cues_outside(text, entities), *entities], key=lambda token: token.start)
    role: Role | None = None
    base: Role | None = None
    value = 0.0
    cue_start = cue_end = 0
    other = False
    asking = bool(_QUESTION.match(text))
    scope_open, listed = True, False
    waiting: list[Entity] = []
    previous: Entity | None = None
    for position, token in enumerate(tokens):
        if isinstance(token, Cue):
            name = token.name
            if name in {"verdict", "rating", "verdict_bad", "verdict_good"}:
                if name == "verdict" and (asking or _HEARSAY.search(text[: token.start])):
                    continue
                within = [each for each in entities if each.is_title and token.start <= each.start < token.end]
                targets = within or [
                    entity
                    for entity in _subject(text, waiting, token)
                    if entity.role in {None, Role.SEEN, Role.BOUGHT, Role.SUBJECT}
                ]
                if not targets and name == "verdict_bad" and text[token.start : token.end].startswith("i "):
                    # "So good I fell asleep": what one did tells more than what one says.
                    targets = [entity for entity in waiting[-1:] if entity.role is Role.LIKE]
                if not targets and waiting and name == "rating":
                    targets = waiting[-1:]
                after = next((later for later in tokens[position + 1 :] if isinstance(later, Entity)), None)
                if (
                    not targets
                    and after is not None
                    and not waiting
                    and token.start <= 3
                    and after.is_title
                    and not after.pronoun
                ):
                    targets = [after]
                for entity in targets:
                    entity.role = Role.LIKE if token.value >= 0 else Role.DISLIKE
                    entity.value, entity.rating, entity.other = token.value, name == "rating", other
                    entity.quote_start, entity.quote_end = min(entity.start, token.start), max(token.end, entity.end)
                if role in {Role.LIKE, Role.DISLIKE}:
                    continue
                if targets:
                    role, value = None, 0.0
            elif name == "subject_other":
                other = True
                if role in _TASTE:
                    role = None
            elif name == "self":
                other = False
            elif name == "they":
                continue
            elif name == "ask":
                role, value, other, waiting = None, 0.0, False, []
            elif name == "would":
                role, value = None, 0.0
            elif name == "but":
                if role is Role.EXCLUDE:
                    role = base if base not in {None, Role.EXCLUDE} else Role.WANT
                elif role is Role.SIMILAR:
                    role = Role.WANT
                elif role in _TASTE:
                    role, value = None, 0.0
                waiting = []
            elif name == "but_not":
                base = role if role is not Role.EXCLUDE else base
                role, value, cue_start, cue_end = Role.EXCLUDE, 0.0, token.start, token.end
                scope_open, listed = True, False
                waiting = []
            elif name in {"by", "with"}:
                continue
            else:
                new = _ROLE_CUES[name]
                if new is Role.WANT and role is Role.EXCLUDE and scope_open and not _closed(text, cue_end, token.start):
                    continue
                if new is Role.WANT and role in {Role.REQUIRE, Role.ALLOW} and token.start - cue_end < 12:
                    continue
                if new is Role.WANT and role in _TASTE and token.end - token.start <= 6 and not _fresh(text, token):
                    continue
                if new is Role.SIMILAR and role is Role.EXCLUDE and token.start - cue_end < 14:
                    role, value = Role.DISLIKE, -0.4
                    cue_end = token.end
                    continue
                if new is Role.SIMILAR and role in {Role.LIKE, Role.DISLIKE} and _goes_on(text, cue_end, token):
                    value = 0.6 if role is Role.LIKE else -0.4
                    cue_end = token.end
                    continue
                if new is Role.EXCLUDE and token.value < 0:
                    new, value = Role.DISLIKE, token.value
                elif new is Role.EXCLUDE:
                    base = role if role is not Role.EXCLUDE else base
                    value = 0.0
                else:
                    value = token.value
                role, cue_start, cue_end, scope_open, listed = new, token.start, token.end, True, False
                if new in {Role.LIKE, Role.DISLIKE}:
                    _follow_up(text, token, waiting, other)
            continue
        entity = token
        if role is Role.EXCLUDE and scope_open and not listed:
            gap = text[cue_end : entity.start]
            if _closed(text, cue_end, entity.start) or len(gap.split()) > 5:
                scope_open = False
        if role is Role.EXCLUDE and not scope_open:
            role = base if base not in {None, Role.EXCLUDE} else Role.WANT
            value = 0.0
        entity.other = other
        answered = None if entity.is_title else _YES_NO.match(text, entity.end)
        if answered:
            entity.role = Role.EXCLUDE if answered[1] in {"no", "not"} else Role.WANT
        if entity.role is None:
            _apply(entity, role, base, value)
            entity.quote_start, entity.quote_end = (cue_start if role else entity.start), entity.end
            if (
                previous is not None
                and role
                and previous.role is entity.role
                and previous.quote_start == entity.quote_start
            ):
                entity.quote_start = entity.start if entity.role is not Role.EXCLUDE else entity.quote_start
        waiting.append(entity)
        previous = entity
        cue_end = max(cue_end, entity.end)
        if role is Role.EXCLUDE:
            following = next((later for later in tokens[position + 1 :] if isinstance(later, Entity)), None)
            scope_open = listed = following is not None and _list_goes_on(text, tokens, position, entity, following)


def _subject(text: str, waiting: list[Entity], verdict: Cue) -> list[Entity]:
    """What a verdict is about: the names right before it and those joined to them, else all that wait for one."""
    if not waiting or text[waiting[-1].end : verdict.start].strip() or not waiting[-1].is_title:
        return waiting
    found = [waiting[-1]]
    for entity in reversed(waiting[:-1]):
        if not re.fullmatch(r"\s*(?:,|&|/|,? and|,? or|)\s*", text[entity.end : found[-1].start]):
            break
        found.append(entity)
    return found


def _cues_outside(text: str, entities: list[Entity]) -> list[Cue]:
    spans = [(entity.start, entity.end) for entity in entities if not entity.pronoun]
    return [cue for cue in cues(text) if not any(start <= cue.start and cue.end <= end for start, end in spans)]


def _closed(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"[,;:–—]|\bbut\b", text[start:end]))


def _fresh(text: str, cue: Cue) -> bool:
    """Whether a short word of asking opens a clause of its own ("loved X, something tense")."""
    word = text[cue.start : cue.end]
    if word in {"good", "great", "best", "top", "more", "now", "any", "some", "watch", "today"}:
        return bool(re.search(r"[,;.:]\s*(?:so |and |then )?$", text[: cue.start]))
    return True


def _goes_on(text: str, start: int, similar: Cue) -> bool:
    """Whether "like" only says what kind is liked or not ("not fond of films like Alien")."""
    between = text[start : similar.start]
    return len(between) <= 30 and not re.search(r"[,;.!?:]|\b(?:and|but|so|or|something|anything|more)\b", between)


def _follow_up(text: str, cue: Cue, waiting: list[Entity], other: bool) -> None:
    """Titles named before the verb: "saw Fargo and loved it", "Alien I loved"."""
    if _RELATIVE.search(text[: cue.start]):
        waiting = waiting[-1:]
        rest = ""
    else:
        rest = text[cue.end :]
    if (
        re.match(
            r"\s*(?:it|that|this|them|both|all of (?:it|them)|that one|this one|every minute(?: of it)?"
            r"|each)?\s*(?:so much|a lot|very much|too|as well|all|both|though|tbh|and|also)?\s*(?:$|[.!?,;)]"
            r"|(?:and|but|so|because|though)\b)",
            rest,
        )
        is None
    ):
        return
    for entity in waiting:
        if entity.role in {None, Role.SEEN, Role.BOUGHT, Role.SUBJECT, Role.WANT} and entity.is_title:
            entity.role = Role.LIKE if cue.value >= 0 else Role.DISLIKE
            entity.value, entity.other = cue.value, other
            entity.quote_start, entity.quote_end = (
                min(entity.start, entity.quote_start if entity.quote_start >= 0 else entity.start),
                cue.end,
            )


def _apply(entity: Entity, role: Role | None, base: Role | None, value: float) -> None:
    if role is Role.EXCLUDE and base is Role.LIKE:
        entity.role, entity.value = Role.DISLIKE, -0.6
    elif role is Role.EXCLUDE and base is Role.SEEN:
        entity.role, entity.value = Role.UNSEEN, 0.0
    elif role is Role.EXCLUDE and base is Role.DISLIKE:
        entity.role, entity.value = None, 0.0
    else:
        entity.role, entity.value = role, value


def _list_goes_on(text: str, tokens: list[Cue | Entity], position: int, entity: Entity, following: Entity) -> bool:
    """Whether a negation reaches the next name: "no horror or romance", "no horror, war or romance"."""
    gap = text[entity.end : following.start]
    if not _LIST_GAP.match(gap):
        return False
    if re.search(r"\b(?:or|nor)\b", gap) or (not gap.strip(" ") and entity.is_title == following.is_title):
        return True
    if re.search(r"\band\b|&|/", gap):
        return True
    rest = [later for later in tokens[position + 1 :] if isinstance(later, Entity)]
    for left, right in pairwise(rest):
        between = text[left.end : right.start]
        if not _LIST_GAP.match(between):
            return False
        if re.search(r"\b(?:or|nor|and)\b", between):
            return True
    return False
