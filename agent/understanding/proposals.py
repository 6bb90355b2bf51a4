"""What a model proposes of a message: the tools that it asks for, and the part that each name plays.

A model chooses among tools and among the names that were found; it spells nothing, and figures are not its business.
`admitted` keeps what the format allows, `settle` turns it into the roles and acts that the rest of the reading uses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from agent.intents import Intent
from agent.understanding.entities import Entity, Role
from agent.understanding.names.people import PERSON_FACETS
from agent.understanding.text import sentences

SLOTS: Mapping[str, tuple[str, ...]] = {
    "record_preference": ("likes", "dislikes", "seen", "faded", "others"),
    "edit_timeline": ("names",),
    "recommend": ("wants", "like", "without"),
    "search_catalog": ("names",),
    "item_details": ("names",),
    "explain": ("names",),
    "compare": ("names",),
    "forecast_interests": ("names",),
    "trending": (),
    "show_timeline": (),
}
"""Tools that can be proposed, with the parts that names can play in each."""

_ACTS = {
    "edit_timeline": Intent.EDIT,
    "recommend": Intent.RECOMMEND,
    "search_catalog": Intent.SEARCH,
    "item_details": Intent.DETAILS,
    "explain": Intent.EXPLAIN,
    "compare": Intent.EXPLAIN,
    "forecast_interests": Intent.FORECAST,
    "trending": Intent.TRENDING,
    "show_timeline": Intent.TIMELINE,
}

_ROLES: dict[tuple[str, str], Role | None] = {
    ("record_preference", "likes"): Role.LIKE,
    ("record_preference", "dislikes"): Role.DISLIKE,
    ("record_preference", "seen"): Role.SEEN,
    ("record_preference", "faded"): Role.FADED,
    ("record_preference", "others"): Role.LIKE,
    ("edit_timeline", "names"): Role.FORGET,
    ("recommend", "wants"): Role.WANT,
    ("recommend", "like"): Role.SIMILAR,
    ("recommend", "without"): Role.EXCLUDE,
    ("search_catalog", "names"): Role.WANT,
    ("item_details", "names"): Role.SUBJECT,
    ("explain", "names"): Role.SUBJECT,
    ("compare", "names"): Role.SUBJECT,
    ("forecast_interests", "names"): None,
}

_FINER = {
    Role.WANT: {Role.REQUIRE, Role.ALLOW},
    Role.SEEN: {Role.BOUGHT, Role.UNSEEN},
}
"""Roles that say more than the format can: kept where the rules saw them."""

_PARTS: Mapping[Role, tuple[str, str]] = {
    role: place
    for place, role in reversed(_ROLES.items())
    if role is not None and place[0] not in {"search_catalog", "explain", "compare"}
}
"""The part that a role is, where one part alone is."""

_STRENGTH = {Role.LIKE: 0.7, Role.DISLIKE: -0.7}

NO_CALL = "-"
"""What a model writes for a message that needs no call."""

_BESIDE = {Intent.GREETING, Intent.THANKS, Intent.HELP, Intent.RESET, Intent.ERASE}
"""Acts without a tool of the format: they stand as the rules read them."""

_TALK = {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}


@dataclass(frozen=True)
class Proposal:
    """One proposed call: the tool, and the names by the part that they play in it, as they stand in the message."""

    tool: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Name:
    """A name of a message, as readers are shown it.

    Attributes:
        text: its words as they stand there.
        sort: "title", "person", or "other": words that say by themselves what they mean ("comedy", "the second one").
        spans: where it stands.
        role, other: the part that it plays by the rules, None where they know of none, and whether it is told of
            somebody else's taste.
        limit: whether a list must keep to it by the rules.
    """

    text: str
    sort: Literal["title", "person", "other"] = "other"
    spans: tuple[tuple[int, int], ...] = ()
    role: Role | None = None
    other: bool = False
    limit: bool = False


def part_of(name: Name) -> tuple[str, str] | None:
    """The tool and the list of its that a name's part by the rules belongs to; None where they know of none."""
    if name.role is None:
        return None
    tool, slot = _PARTS.get(name.role) or next(
        (_PARTS[role] for role, finer in _FINER.items() if name.role in finer), (None, "")
    )
    if tool is None:
        return None
    return (tool, "others") if name.other and tool == "record_preference" else (tool, slot)


def tools_of(act: Intent) -> list[str]:
    """The tools that may be meant by an act."""
    return [tool for tool, meant in _ACTS.items() if meant is act]


def names_of(text: str, entities: Sequence[Entity]) -> list[Name]:
    """The names of a message in order, each once."""
    found: dict[str, Name] = {}
    for entity in entities:
        words, span = text[entity.start : entity.end], (entity.start, entity.end)
        known = found.get(words)
        if known is None:
            person = entity.facet in PERSON_FACETS
            sort = "title" if entity.is_title and not entity.pronoun else "person" if person else "other"
            found[words] = Name(
                words,
                cast('Literal["title", "person", "other"]', sort),
                (span,),
                entity.role,
                entity.other,
                _limits(entity),
            )
        elif span not in known.spans:
            found[words] = replace(known, spans=(*known.spans, span))
    return list(found.values())


def _limits(entity: Entity) -> bool:
    hard = entity.facet in PERSON_FACETS or (entity.mood is not None and entity.mood.hard)
    return (entity.role is Role.WANT and hard) or entity.role in {Role.EXCLUDE, Role.REQUIRE}


def keeping_limits(proposals: Sequence[Proposal], names: Sequence[Name]) -> list[Proposal]:
    """The same, where suggestions are asked for, with the limits that were passed over, and none of them turned round.

    A list that breaks what was said in so many words ("without Jim Carrey") is worse than one that keeps too much.
    """
    placed = {name for proposal in proposals for listed in proposal.names.values() for name in listed}
    kept = [name for name in names if name.limit and name.text not in placed]

    def held(proposal: Proposal) -> Proposal:
        if proposal.tool != "recommend":
            return proposal
        wanted, slots = proposal.names.get("wants", ()), dict(proposal.names)
        turned = [name for name in names if name.limit and name.role is Role.EXCLUDE and name.text in wanted]
        refused = [name.text for name in (*turned, *kept) if name.role is Role.EXCLUDE]
        wants = [each for each in wanted if each not in refused]
        wants += [name.text for name in kept if name.role is not Role.EXCLUDE]
        slots["wants"], slots["without"] = tuple(wants), (*slots.get("without", ()), *refused)
        return replace(proposal, names={slot: listed for slot, listed in slots.items() if listed})

    return [held(proposal) for proposal in proposals]


def written(proposals: Sequence[Proposal]) -> str:
    """Proposals as a model writes them."""
    calls = [
        {
            "name": proposal.tool,
            "arguments": {
                slot: list(proposal.names[slot]) for slot in SLOTS[proposal.tool] if proposal.names.get(slot)
            },
        }
        for proposal in proposals
    ]
    return "\n".join(f"<tool_call>{json.dumps(call, ensure_ascii=False)}</tool_call>" for call in calls) or NO_CALL


def admitted(calls: Sequence[Mapping[str, Any]], names: Sequence[str]) -> tuple[list[Proposal], list[str]]:
    """The calls that the format allows, and why each other one, or part of one, was refused.

    Args:
        calls: ``{"name": ..., "args": {...}}``, whatever a model wrote.
        names: the names of the message, as they stand there.
    """
    kept: dict[str, dict[str, list[str]]] = {}
    refused: list[str] = []
    for call in calls:
        tool, args = str(call.get("name", "")), call.get("args")
        if tool not in SLOTS or not isinstance(args, Mapping):
            refused.append(f"{tool[:40]!r} is no tool that may be proposed, or its arguments are no object")
            continue
        slots = kept.setdefault(tool, {})
        for slot, values in args.items():
            if slot not in SLOTS[tool] or not isinstance(values, list):
                refused.append(f"{tool} has no list {str(slot)[:40]!r}")
                continue
            for value in values:
                if value in names:
                    slots.setdefault(slot, []).append(value)
                else:
                    refused.append(f"{str(value)[:40]!r} was not named")
    proposals = [
        Proposal(tool, {slot: tuple(dict.fromkeys(values)) for slot, values in slots.items()})
        for tool, slots in kept.items()
        if slots or tool not in {"record_preference", "edit_timeline"}
    ]
    return proposals, refused


def settle(
    proposals: Sequence[Proposal], text: str, masked: str, entities: list[Entity], acts: Sequence[tuple[int, Intent]]
) -> list[tuple[int, Intent]]:
    """Give the names the parts that were proposed, in place, and return the acts with where each begins.

    Names that were given no part say nothing by themselves; one that was given two stands twice. What a role says more
    finely by rule, how strong a taste is and which words tell it, stays as the rules read it where they agree.
    """
    spans = sentences(masked)
    parts: dict[str, list[tuple[Role | None, bool]]] = {}
    for proposal in proposals:
        for slot, names in proposal.names.items():
            for name in names:
                parts.setdefault(name, []).append((_ROLES[proposal.tool, slot], slot == "others"))
    for entity in list(entities):
        # A name without a part may still be what another is compared with ("newer than Heat").
        found = parts.get(text[entity.start : entity.end], [])
        entity.idle = not found
        for part, (role, other) in enumerate(dict.fromkeys(found)):
            chosen = entity if part == 0 else replace(entity, role=None)
            _settle(chosen, role, other, spans)
            if part:
                entities.insert(entities.index(entity) + part, chosen)
    told = dict.fromkeys(_ACTS[proposal.tool] for proposal in proposals if proposal.tool in _ACTS)
    by_rule = {intent: start for start, intent in reversed(list(acts))}
    first = {
        _ACTS[each.tool]: _first(each, text, entities, spans) for each in reversed(proposals) if each.tool in _ACTS
    }
    planned = [(by_rule.get(intent, first[intent]), intent) for intent in told]
    if Intent.COMPARE in by_rule and Intent.DETAILS in told:
        planned = [(start, Intent.COMPARE if intent is Intent.DETAILS else intent) for start, intent in planned]
    beside = _BESIDE if proposals else _BESIDE | _TALK
    planned += [(start, intent) for start, intent in acts if intent in beside]
    return sorted(planned, key=lambda act: act[0])


def _settle(entity: Entity, role: Role | None, other: bool, spans: Sequence[tuple[int, int]]) -> None:
    agreed = entity.role is role or (role in _FINER and entity.role in _FINER[role])
    if not agreed and not (other and entity.role is Role.DISLIKE):
        entity.role, entity.value, entity.rating = role, _STRENGTH.get(role, 0.0) if role else 0.0, False
        entity.quote_start, entity.quote_end = _clause(spans, entity)
    entity.other = other


def _clause(spans: Sequence[tuple[int, int]], entity: Entity) -> tuple[int, int]:
    return next(((start, end) for start, end in spans if start <= entity.start < end), (entity.start, entity.end))


def _first(proposal: Proposal, text: str, entities: Sequence[Entity], spans: Sequence[tuple[int, int]]) -> int:
    """Where the sentence begins in which a call's first name stands; the end of the message without one."""
    named = {name for names in proposal.names.values() for name in names}
    starts = [_clause(spans, entity)[0] for entity in entities if text[entity.start : entity.end] in named]
    return min(starts, default=len(text))
