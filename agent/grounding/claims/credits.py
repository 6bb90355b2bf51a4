"""Who made what, where the person comes first: "Ridley Scott also directed Gladiator", "he wrote it"."""

from __future__ import annotations

import re
from functools import partial

from agent.grounding.claims.base import JOIN, NUMBER, Sentence, value_of
from agent.grounding.claims.people import credited
from agent.grounding.claims.scopes import Scope, denied_at, holds_at, pool, scope_at
from agent.grounding.evidence import Facts

_ROLES = {"direct": "director", "wr": "writer", "pen": "writer", "script": "writer", "ma": "maker", "helm": "director"}
_VERB = re.compile(
    r"\b(?P<verb>(?:co-?)?(?:directed|directs?|wrote|writes?|written|penned|scripted|made|makes|helmed))"
    r"(?P<more> and (?:also )?(?:co-?)?(?:directed|wrote|written|penned|made|helmed))?"
    r"(?: (?:and )?(?:also|even|all|too|both|the|film|screenplay|script|of|for))*"
    r"(?: (?P<object>it|them|this one|that one|this|both|(?:any|all|each|none|neither|two|three|four|five|six)\b"
    r"(?: of (?:them|these|those|the \w+)| (?:two|three|four|five|six|seven))?))?"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|be|being|and) (?:also |both )?$")
_HE = re.compile(
    r"\b(?:he|she|they|who)(?: (?:also|both|all|did|didn't|never|has|have|had|then|later|not))* (?:\w+ and )?$"
)
_IS = re.compile(
    r"\b(?:is|was|are|were)(?: also)? (?:(?P<cast>in (?:it|them|this one))\b|(?:credited as |among |one of "
    r"|both )*(?:one of |the |its |their )*"
    r"(?P<role>director|writer|screenwriter)s?\b)"
)


def credits(sentence: Sentence) -> None:
    """Verbs of making with a person before them and items after them."""
    low = sentence.masked
    for match in _VERB.finditer(low):
        start = match.start("verb")
        if _PASSIVE.search(low[:start]) or re.match(
            r" (?:entirely )?(?:by|in|after|before|up)\b", low[match.end("verb") :]
        ):
            continue
        who = _subject(sentence, start)
        scope = _object(sentence, match)
        if re.search(r"\b(?:tell|know|say|ask|see|show|wonder)(?: you)? who $", low[:start]):
            continue
        if scope is None or not (who or _HE.search(low[:start])):
            continue
        stem = re.sub(r"^co-?", "", match["verb"])
        roles = [next(role for head, role in _ROLES.items() if stem.startswith(head))]
        if match["more"]:
            stem = re.sub(r"^and (?:also )?(?:co-?)?", "", match["more"].strip())
            roles.append(next(role for head, role in _ROLES.items() if stem.startswith(head)))
        first = min((person[0] for person in sentence.people if person[2] in who), default=start)
        cleft = re.search(r"\bit (?:is|was)(?:n't| not) $", low[:first])
        negated = cleft is not None or re.search(r"(?:\b(?:not|never)|n't) (?:\w+ )?$", low[:start]) is not None
        for role in roles:
            ok = bool(who) and all(
                holds_at(sentence, scope, partial(credited, person=person, role=role), negated) for person in who
            )
            sentence.add("credit", start, match.end(), ok)
    for match in _IS.finditer(low):
        pronoun = _HE.search(low[: match.start()] + "") or re.search(r"\b(?:he|she|they) $", low[: match.start()])
        if pronoun:
            role = "actor" if match["cast"] else "director" if match["role"] == "director" else "writer"
            items = sentence.items_at(match.start())
            who = _subject(sentence, match.start())
            ok = bool(who and items) and all(credited(item, person, role) for item in items for person in who)
            sentence.add("credit", *match.span(), ok)


_CREW = re.compile(
    rf"\b(?P<n>{NUMBER}|a single|several) (?:different |credited )?(?P<who>people|persons?|writers?"
    rf"|screenwriters?|directors?"
    r"|men|women|hands|filmmakers?)\b"
)


def crews(sentence: Sentence) -> None:
    """How many people directed or wrote something."""
    low = sentence.masked
    for match in _CREW.finditer(low):
        around = low[max(0, match.start() - 24) : match.end() + 16]
        wrote = match["who"].endswith(("writer", "writers")) or re.search(r"\bwr(?:ote|itten)\b", around)
        directed = match["who"].startswith(("director", "filmmaker")) or re.search(r"\bdirected\b", around)
        if not (wrote or directed) or not sentence.free(*match.span()):
            continue
        facet = "writer" if wrote else "director"
        number = 1 if match["n"] == "a single" else 0 if match["n"] == "several" else value_of(match["n"])

        def crewed(item: Facts, facet: str = facet, number: int = number) -> bool:
            count = len(item.facets.get(facet, ()))
            return count == number if number else count >= 3

        scope = scope_at(sentence, match.start())
        sentence.add(
            "credit", *match.span(), holds_at(sentence, scope, crewed, denied_at(sentence, scope, match.start()))
        )


def _subject(sentence: Sentence, position: int) -> list[str]:
    """The people before a verb: those joined by "and" nearest to it, else those of the sentence before."""
    before = [person for person in sentence.people if person[1] <= position]
    if not before:
        pronoun = _HE.search(sentence.masked[:position]) or re.match(r"(?:he|she|they)\b", sentence.masked)
        spoken = [key.partition(":")[2] for key in sentence.about if key.startswith("person:")]
        return spoken if pronoun else []
    gap = sentence.masked[before[-1][1] : position]
    between = "who" not in gap and any(before[-1][1] <= link[0] < position for link in sentence.links)
    taken_up = _HE.search(sentence.masked[:position]) or re.match(r", who\b", gap)
    if (between or re.search(r"[;.]", gap)) and not taken_up:
        return []
    joined = [before[-1]]
    for earlier in reversed(before[:-1]):
        if not re.fullmatch(r"\s*(?:,|and|&|, and)\s*", sentence.masked[earlier[1] : joined[-1][0]]):
            break
        joined.append(earlier)
    return [person for _, _, person in joined]


def _object(sentence: Sentence, match: re.Match[str]) -> Scope | None:
    """The items that the verb speaks of, if it has an object at all."""
    words = match["object"]
    if words in {"it", "this", "this one", "that one"}:
        items = sentence.items_at(match.start())
        return _all(items[-1:] if len(items) > 1 else items)
    if words:
        following = [link for link in sentence.links if 0 <= link[0] - match.end() <= 1]
        if words == "both" and following:
            return _all(_joined(sentence, match.end()))
        number = re.search(r"\b(two|three|four|five|six|seven)$", words)
        items = pool(sentence, number[1] if number else "two" if words.startswith(("both", "neither")) else None, 0)
        some = re.match(r"(two|three|four|five|six)\b", words)
        none = words.startswith(("none", "neither"))
        count = len(items)
        if some and " of " in words:
            wanted = "two three four five six".split().index(some[1]) + 2
            return Scope(tuple(items), wanted, wanted, plain=False)
        return Scope(tuple(items), 0 if none else count, 0 if none else count, plain=False)
    if any(0 <= link[0] - match.end() <= 1 for link in sentence.links):
        return _all(_joined(sentence, match.end()))
    return None


def _joined(sentence: Sentence, position: int) -> list[Facts]:
    after = [link for link in sentence.links if link[0] >= position]
    joined = after[:1]
    for link in after[1:]:
        if not re.fullmatch(JOIN, sentence.masked[joined[-1][1] : link[0]]):
            break
        joined.append(link)
    return [item for link in joined for item in link[2] if item is not None]


def _all(items: list[Facts]) -> Scope:
    return Scope(tuple(items), len(items), len(items))
