"""Claims about people: who directed, wrote or acted, and who is only named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.scopes import denied_at, holds_at, scope_at
from agent.grounding.evidence import Facts
from agent.grounding.vocabulary import KNOWN
from agent.wording import join

_ROLE_BEFORE = (
    ("writer", re.compile(r"\b(?:screenplay|script|writing)\b[^,;.]{0,48}\b(?:by|from)\s+(?:the )?$")),
    ("director+writer", re.compile(r"\b(?:written and directed|directed and written)(?: entirely)? by\s+(?:the )?$")),
    (
        "director",
        re.compile(
            r"\b(?:directed by|director(?:s|'s)?(?: is| was| are|:)?|filmmaker|helmed by|made by|a film by"
            r"|film from|from director|work of|film by|thriller by|by director)\s+(?:the )?$"
        ),
    ),
    (
        "writer",
        re.compile(
            r"\b(?:written by|writers?(?: is| was| are|:)?|script(?:ed)? by|screenplay (?:is )?by"
            r"|penned by)\s+(?:the )?$"
        ),
    ),
    (
        "lead",
        re.compile(
            r"\b(?:starring|stars|star|starred|led by|headlined by|leads?(?: is)?|with (?:the )?leads?"
            r"|the lead(?: actor| actress)? is)\s+$"
        ),
    ),
    (
        "actor",
        re.compile(
            r"\b(?:with|featuring|features|cast (?:includes|of|has|features|is|with)(?: the likes of)?|actors?"
            r"|actress(?:es)?|acted by|played by|has|includes)\s+$"
        ),
    ),
    ("maker", re.compile(r"\bby\s+(?:the )?$")),
)

_ROLE_AFTER = (
    (
        "director",
        re.compile(
            r"^(?:'s)? (?:directed|directs|made|helmed|is the director|was the director|as (?:the )?director"
            r"|behind the camera)\b|^, (?:who|the director)(?: also)? directed\b"
        ),
    ),
    (
        "writer",
        re.compile(
            r"^(?:,? (?:is|was|are|were))?(?: also)? (?:credited as|credited among|named among|named as|among|one of)"
            r" (?:one of )?(?:the |its |their )*(?:\w+ )?(?:screen)?writers?\b"
        ),
    ),
    ("writer", re.compile(r"^ (?:wrote|writes|penned|scripted|is the writer)\b|^, who wrote\b")),
    (
        "lead",
        re.compile(
            r"^ (?:stars|star|starred|leads|plays the lead|headlines)\b|^ in the (?:lead|title|main|leading)\b"
            r"|^ as (?:the )?(?!director|writer)[A-Za-z]"
        ),
    ),
    (
        "actor",
        re.compile(
            r"^ (?:plays|acts|appears|acted|appeared|features|is in|was in|are in|in the cast|turns up|is among)\b"
        ),
    ),
)

_LIST_JOIN = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)$")


def people(sentence: Sentence) -> None:
    """Persons of the evidence, by full name or surname, in the role that the words give them."""
    evidence, text = sentence.evidence, sentence.text
    surnames: dict[str, set[str]] = {}
    for person in evidence.people.values():
        surnames.setdefault(person.split()[-1], set()).add(person)
    full = sorted(evidence.people.values(), key=len, reverse=True)
    for name, owners in surnames.items():
        for match in re.finditer(rf"(?<=the ){re.escape(name)}s\b", text):
            if len(owners) >= 2:
                role, items = role_at(text, *match.span()), sentence.items_at(match.start())
                holds = bool(items) and all(credited(item, owner, role) for item in items for owner in owners)
                sentence.add("person", *match.span(), holds)
    short = sorted(
        (
            name
            for name, owners in surnames.items()
            if len(owners) == 1 and name not in evidence.people and len(name) > 2 and name.casefold() not in KNOWN
        ),
        key=len,
        reverse=True,
    )
    if not full:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, [*full, *short])) + r")(?!\w)")
    role = ""
    previous_end = -1
    found = list(pattern.finditer(text))
    for index, match in enumerate(found):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        person = match[0] if match[0] in full else next(iter(surnames[match[0]]))
        if (
            match[0] in short
            and re.search(r"[A-Z][\w'.-]+ $", text[:start])
            and not re.search(r"(?:^|[.!?] )[A-Z][\w'.-]+ $", text[:start])
        ):
            continue
        start = _shared_surname(sentence, start, person)
        joined = previous_end >= 0 and _LIST_JOIN.fullmatch(text[previous_end:start]) is not None
        role = role if joined and role else role_at(text, start, _chain_end(text, found[index:]))
        previous_end = end
        _person(sentence, start, end, person, role)
    return


def _chain_end(text: str, found: Sequence[re.Match[str]]) -> int:
    """Where a list of names ends: what follows "Al Pacino and James Caan" is said of both."""
    end = found[0].end()
    for match in found[1:]:
        if not _LIST_JOIN.fullmatch(text[end : match.start()]):
            break
        end = match.end()
    return end


def _shared_surname(sentence: Sentence, start: int, person: str) -> int:
    """Where "Joel and Ethan Coen" begins, when both are people of the evidence."""
    match = re.search(r"([A-Z][\w'.-]+) (?:and|&) $", sentence.text[:start])
    if match and f"{match[1]} {person.split()[-1]}".casefold() in sentence.evidence.people:
        sentence.used.append(match.span(1))
        return match.start()
    return start


def role_at(text: str, start: int, end: int) -> str:
    """The role that the words around a name give it; empty when they give none."""
    low_before, low_after = text[:start].lower(), text[end:].lower()
    for role, pattern in _ROLE_BEFORE:
        if pattern.search(low_before):
            return role
    for role, pattern in _ROLE_AFTER:
        if pattern.search(low_after):
            return role
    if re.match(r"'s?\s+(?:\d{4} )?(?:[\w-]+ ){0,3}$", low_after[:40]) or re.match(r"['’]s?\s", low_after):
        return "maker"
    if re.search(r"\bfrom\s+$", low_before):
        return "maker"
    return ""


def _person(sentence: Sentence, start: int, end: int, person: str, role: str) -> None:
    sentence.people.append((start, end, person))
    scope = scope_at(sentence, start)
    items = scope.items
    if not items:
        asked = person.casefold() in sentence.evidence.heard or any(
            person in values
            for table in (sentence.evidence.constraints.require, sentence.evidence.constraints.exclude)
            for values in table.values()
        )
        topical = any(
            topic.partition(":")[2] == person for topic in (*sentence.evidence.topics, *sentence.evidence.unwanted)
        )
        holders = [facts for facts in sentence.evidence.shown if credited(facts, person, role)]
        everyone = bool(sentence.evidence.shown) and len(holders) == len(sentence.evidence.shown)
        sentence.add("person", start, end, asked or topical or everyone)
        return
    if role == "lead":
        fits = all(item.has("actor", person) for item in items)
        sentence.add("person", start, end, fits)
        _billing(sentence, start, end, fits)
        return
    negated = denied_at(sentence, scope, start) or _NOT_BEHIND.match(sentence.low[end:]) is not None
    supported = holds_at(sentence, scope, partial(credited, person=person, role=role), negated)
    repairable = not supported and not negated and scope.plain
    sentence.add("person", start, end, supported, people_repair(items, role) if repairable else None)


_NOT_BEHIND = re.compile(r" (?:(?:is|was|are|were|does|did|do|has|have)(?:n't| not)|never) (?!only\b)")


def _billing(sentence: Sentence, start: int, end: int, fits: bool) -> None:
    """Who plays the lead is unknown: "starring X" can only become "with X"."""
    match = re.search(r"\b(?P<word>starring|stars|star)\s+(?:[\w.'-]+(?:,| and)? ?)*$", sentence.text[:start])
    if match and sentence.free(*match.span("word")):
        replacement = "with" if match["word"] == "starring" else "has"
        sentence.add("billing", *match.span("word"), False, replacement if fits else None)
    elif not match:
        sentence.add("billing", start, end, False)


def credited(item: Facts, person: str, role: str) -> bool:
    """Whether an item's credits name somebody in a role: director, writer, actor, both, "maker" or any ("")."""
    if role in {"director", "writer", "actor"}:
        return item.has(role, person)
    if role == "director+writer":
        return item.has("director", person) and item.has("writer", person)
    if role == "maker":
        return item.has("director", person) or item.has("writer", person)
    return any(item.has(facet, person) for facet in ("director", "writer", "actor"))


def people_repair(items: Sequence[Facts], role: str) -> str | None:
    """The right names for a wrong director or writer of one item; None when there are none or many."""
    if len(items) != 1 or role not in {"director", "writer"}:
        return None
    names = items[0].facets.get(role, ())
    return join(names) if 0 < len(names) <= 3 else None
