"""What the reply of a turn may state: what tools found, what was said, and what the person's timeline tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from agent.acting import Outcome
from agent.grounding import Evidence
from agent.horizons import Horizon
from agent.memory import Memory
from agent.understanding import Understanding
from agent.wording import topic
from agent.writing.causes import HIGH, LOW
from core.results import Recommendation
from core.turns import HeardEvent
from core.types import Event, EventKind, Item
from store.columns import ItemColumns
from tools.evidence import Carrier

_TASTES = {EventKind.LIKE, EventKind.DISLIKE}


@dataclass(frozen=True)
class History:
    """What of the person's timeline a reply may name, the latest first: titles, and topics in words."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    tastes: tuple[str, ...] = ()
    distastes: tuple[str, ...] = ()

    @classmethod
    def of(cls, events: Sequence[Event], columns: ItemColumns) -> History:
        """From a person's events in time order; what was said in dialogue comes before what was imported."""
        latest = {event.item_id: event for event in events if event.item_id in columns.position}
        ordered = sorted(latest.values(), key=lambda event: (event.source != "dialogue", -event.at.timestamp()))
        titles: dict[str, list[str]] = {"liked": [], "disliked": [], "seen": []}
        for event in ordered:
            verdict = "liked" if event.value >= 0.5 else "disliked" if event.value <= -0.2 else "seen"
            titles[verdict].append(columns.titles[columns.position[event.item_id or ""]])
        said = {event.topic: event.value for event in events if event.topic and event.kind in _TASTES}
        return cls(
            **{verdict: tuple(dict.fromkeys(names)) for verdict, names in titles.items()},
            tastes=tuple(topic(name) for name, value in reversed(said.items()) if value > 0),
            distastes=tuple(topic(name) for name, value in reversed(said.items()) if value < 0),
        )


def evidence_of(
    meaning: Understanding,
    memory: Memory,
    outcome: Outcome,
    history: History,
    earlier: Sequence[str],
    catalogue: frozenset[str],
    horizon: Horizon | None = None,
    entries: Mapping[str, Item] = MappingProxyType({}),
) -> Evidence:
    """What the reply of this turn may state, indexed for the check of its sentences.

    Args:
        earlier: sentences of this person that the reply may take up.
        catalogue: catalogue titles in lower case.
        horizon: how far ahead the message looks, if it does.
        entries: the catalogue's entries of the cards, which may be quoted.
    """
    read = (horizon.note,) if horizon and horizon.note else ()
    found = outcome.evidence
    compared = (item for contrast in found.contrasts for item in (contrast.item, contrast.other))
    explained = [*(entry.item for entry in found.explained), *compared]
    answers = (
        *(entry.why_not.text for entry in found.explained if entry.why_not),
        *(contrast.text for contrast in found.contrasts),
        tuple(answer.text for answer in found.counterfactuals),
    )
    questions = [match for question in meaning.ambiguous for match in question.matches]
    items = {item.id: item for item in (*found.items, *map(_item_of, explained))} | dict(entries)
    for match in questions:
        numbers = {} if match.year is None else {"year": float(match.year)}
        items.setdefault(match.item_id, Item(id=match.item_id, title=match.title, numbers=numbers))
    heard = (*meaning.likes, *meaning.wishes)
    # Every field is of its type already; validating would copy all titles of the catalogue in each turn.
    return Evidence.model_construct(
        items=tuple(items.values()),
        slate=outcome.slate,
        liked=(*_titles(history.liked, meaning.likes), *_carried(found.carriers, HIGH, 1.0)),
        disliked=(
            *_titles(history.disliked, (*meaning.dislikes, *meaning.faded)),
            *_carried(found.carriers, -1.0, LOW),
        ),
        seen=(
            *_titles(history.seen, (*meaning.seen, *meaning.others, *meaning.similar)),
            *_carried(found.carriers, -1.0, 1.0),
        ),
        topics=tuple(dict.fromkeys((*memory.topics, *(event.topic for event in heard if event.topic)))),
        unwanted=tuple(dict.fromkeys(event.topic for event in meaning.dislikes if event.topic)),
        constraints=outcome.slate.constraints if outcome.slate else memory.standing,
        forecast=found.forecasts[-1] if found.forecasts else None,
        timeline=found.timelines[-1] if found.timelines else None,
        said=(meaning.text, *earlier),
        carriers=found.carriers,
        facts=(
            *found.notes,
            *read,
            *(text for texts in answers for text in texts),
            *(reason.text for item in explained for reason in item.reasons if reason.text),
        ),
        catalogue=catalogue,
    )


def _carried(carriers: Iterable[Carrier], low: float, high: float) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.title for each in carriers if each.title and low <= each.value <= high))


def _item_of(card: Recommendation) -> Item:
    return Item(id=card.id, title=card.title, facets=card.facets, numbers=card.numbers)


def _titles(known: tuple[str, ...], heard: Iterable[HeardEvent]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(event.title for event in heard if event.title), *known)))
