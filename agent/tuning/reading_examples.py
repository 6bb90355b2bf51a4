"""Examples of reading messages: phrasings filled with a catalogue's names, joined, varied, read by the real resolver.

What a message's names are is never made up here: the resolver finds them in the finished message, as it will at run
time, and an example in which it misses a name that the label needs is left out.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from agent.intents import Intent
from agent.reader.message import reading_messages
from agent.tuning.composing import Choice, filled, joined
from agent.tuning.naming import CatalogueNames, Title
from agent.tuning.noise import Segment, drawn_style, dressed, typed
from agent.tuning.phrasing import ROLES, Part, Phrasing, phrasings
from agent.tuning.split import held_out
from agent.understanding.entities import Entity
from agent.understanding.meaning import ConversationContext
from agent.understanding.names.people import PERSON_FACETS
from agent.understanding.proposals import SLOTS, Name, Proposal, names_of, written
from agent.understanding.reading import by_rules
from agent.understanding.text import normalise
from core.results import Recommendation
from store.columns import ItemColumns
from tools.deps import Retriever

Resolver = Callable[[str, Sequence[Recommendation]], tuple[list[Entity], list[Intent]]]
"""Finds the names and acts of a normalised message by rules, given the items shown before it."""

_MOST_WORDS = 130
_NAMES_TRIED = 4

_AROUND = re.compile(r"(?:the |a |an )?|,? ?\(?(?:19|20)\d\d\)?| (?:films?|movies?)", re.IGNORECASE)
"""What may stand between the ends of a name as written and as found: an article, a year, "films"."""


@dataclass
class Tally:
    """What became of the examples: how many were drawn in vain and why, and what was used."""

    drawn: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Found:
    """A finished message with what the rules make of it."""

    text: str
    names: list[Name]
    acts: list[Intent]


def resolver_of(retriever: Retriever, columns: ItemColumns) -> Resolver:
    """The resolver of a workspace, as the agent reads with it."""

    def resolve(text: str, shown: Sequence[Recommendation]) -> tuple[list[Entity], list[Intent]]:
        context = ConversationContext(shown=tuple(shown), focus=tuple(card.id for card in shown[:1]))
        names, acts = by_rules(text, retriever, columns, context)
        return names.entities, [intent for _, intent in acts]

    return resolve


def reading_examples(
    names: CatalogueNames,
    resolver: Resolver,
    count: int,
    seed: int = 0,
    part: Part = "train",
    tally: Tally | None = None,
) -> Iterator[dict[str, Any]]:
    """Examples as chats: ``messages`` (system, user, assistant), ``kind`` and ``phrasing``, the ids joined by spaces.

    Args:
        part: "validation" uses only phrasings that "train" never uses.
        tally: counts what was drawn, dropped and used.
    """
    rng = random.Random(f"{part} {seed}")
    tally = tally if tally is not None else Tally()
    chosen = Choice([phrasing for phrasing in phrasings() if phrasing.part == part])
    seen: set[str] = set()
    made = 0
    while made < count:
        tally.drawn += 1
        parts = chosen.draw(rng)
        example = _example(parts, names, resolver, rng)
        if isinstance(example, str):
            tally.dropped[example] += 1
            continue
        proposals, found = example
        if found.text in seen and rng.random() < 0.9:
            tally.dropped["the same message again"] += 1
            continue
        seen.add(found.text)
        made += 1
        tally.used.update(phrasing.id for phrasing in parts)
        tally.calls.update([proposal.tool for proposal in proposals] or ["-"])
        chat = reading_messages([name.text for name in found.names], found.text)
        system, user = (str(message.content) for message in chat)
        yield {
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": user},
                {"role": "assistant", "content": written(proposals)},
            ],
            "kind": "reading",
            "names": [asdict(name) for name in found.names],
            "acts": found.acts,
            "calls": [asdict(proposal) for proposal in proposals],
            "phrasing": " ".join(phrasing.id for phrasing in parts),
        }


def _example(
    parts: Sequence[Phrasing], names: CatalogueNames, resolver: Resolver, rng: random.Random
) -> tuple[list[Proposal], _Found] | str:
    """The proposals, the names found and the text of one message, or why there is none."""
    shown: list[Title] = []
    if any(phrasing.points for phrasing in parts) or rng.random() < 0.25:
        shown = [names.title(rng) for _ in range(rng.randint(3, 5))]
    cards = [Recommendation(id=card.id, title=card.title, score=0.0) for card in shown]
    style = drawn_style(rng)
    reason = ""
    for _ in range(_NAMES_TRIED):
        said = [part for phrasing in parts if (part := filled(phrasing, names, rng)) is not None]
        if len(said) < len(parts):
            reason = "no name of a kind in the catalogue"
            continue
        segments = joined(said, rng)
        if not all(phrasing.alone for phrasing in parts):
            asking = any(set(phrasing.calls) - {"record_preference"} for phrasing in parts)
            segments = dressed(segments, asking, rng)
        aligned = _aligned(typed(segments, style, rng), cards, resolver)
        if not isinstance(aligned, str):
            roles, found = aligned
            return _proposals(parts, roles), found
        reason = aligned
    return reason


def _aligned(
    segments: Sequence[Segment], shown: Sequence[Recommendation], resolver: Resolver
) -> tuple[dict[str, list[str]], _Found] | str:
    """Names by role, all names found, and the text; or what went wrong."""
    written_text = "".join(segment.text for segment in segments)
    text = normalise(written_text)
    if len(text) != len(written_text):
        return "spaces that are not kept"
    if len(text.split()) > _MOST_WORDS:
        return "too long"
    entities, acts = resolver(text, shown)
    if any(_kept_for_evaluation(known) for known in entities):
        return "a name kept for the evaluation"
    roles: dict[str, list[str]] = {}
    taken: set[str] = set()
    start = 0
    for segment in segments:
        end = start + len(segment.text)
        if segment.is_name:
            name = _name_at(text, start, end, entities)
            if name is None:
                return "a name that is not found"
            if name.casefold() in taken:
                return "a name twice"
            taken.add(name.casefold())
            for role in segment.roles or ():
                roles.setdefault(role, []).append(name)
        start = end
    return roles, _Found(text, names_of(text, entities), acts)


def _kept_for_evaluation(known: Entity) -> bool:
    if known.is_title:
        return not known.pronoun and held_out(known.title or "")
    return known.facet in PERSON_FACETS and any(held_out(name) for name in known.values)


def _name_at(text: str, start: int, end: int, entities: Sequence[Entity]) -> str | None:
    """The one name found at a place, if it is what was written there but for an article or a year."""
    spans = {(known.start, known.end) for known in entities if known.start < end and start < known.end}
    if len(spans) != 1:
        return None
    left, right = spans.pop()
    around = (text[min(left, start) : max(left, start)], text[min(right, end) : max(right, end)])
    return text[left:right] if all(_AROUND.fullmatch(rest) for rest in around) else None


def _proposals(parts: Sequence[Phrasing], roles: dict[str, list[str]]) -> list[Proposal]:
    asked = list(dict.fromkeys(call for phrasing in parts for call in phrasing.calls))
    first = [call for call in ("record_preference", "edit_timeline") if call in asked]
    proposals = []
    for tool in [*first, *(call for call in asked if call not in first)]:
        named = {ROLES[role][1]: tuple(listed) for role, listed in roles.items() if ROLES[role][0] == tool}
        proposals.append(Proposal(tool, {slot: named[slot] for slot in SLOTS[tool] if slot in named}))
    return proposals
