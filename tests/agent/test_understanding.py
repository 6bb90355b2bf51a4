"""What messages mean, by labelled cases, and what a conversation adds to them."""

from __future__ import annotations

import pytest

from agent.understanding import ConversationContext, Understanding, extract, merge, understand
from core.results import HeardEvent, Recommendation
from core.types import Constraints, EventKind, Item, Range
from tests.agent.films import FakeRetriever, columns, films
from tests.agent.understanding_cases import CASES, HELD_OUT, Case

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)
BY_NAME = {f"{item.title} {item.year}": item for item in FILMS}


def read(text: str, context: ConversationContext | None = None) -> Understanding:
    return understand(text, RETRIEVER, COLUMNS, context or ConversationContext())


def shown(*names: str) -> tuple[Recommendation, ...]:
    items = [BY_NAME[name] for name in names]
    return tuple(Recommendation(id=item.id, title=item.title, year=item.year, score=1.0) for item in items)


def names(text: str) -> set[str]:
    return {part for part in text.split(", ") if part}


def spoken(events: tuple[HeardEvent, ...]) -> set[str]:
    return {event.title or (event.topic or "").removeprefix("genre:") for event in events}


def titles(ids: tuple[str, ...]) -> set[str]:
    return {COLUMNS.titles[COLUMNS.position[item]] for item in ids}


def differences(case: Case) -> list[str]:
    """How the reading of a case differs from its label; empty when it does not."""
    meaning = read(case.text)
    limits = {name for name, _ in meaning.constraints.parts()}
    wished = {topic.removeprefix("genre:") for topic in meaning.topics}
    pairs: list[tuple[str, object, object]] = [
        ("intents", [str(intent) for intent in meaning.intents], case.intents.split(", ")),
        ("likes", spoken(meaning.likes), names(case.likes)),
        ("dislikes", spoken(meaning.dislikes), names(case.dislikes)),
        ("seen", spoken(meaning.seen), names(case.seen)),
        ("faded", spoken(meaning.faded), names(case.faded)),
        ("others", spoken(meaning.others), names(case.others)),
        ("similar", spoken(meaning.similar), names(case.similar)),
        ("subjects", titles(meaning.subjects), names(case.subjects)),
        ("forgets", spoken(meaning.forgets), names(case.forgets)),
        ("wants", (wished & names(case.wants)) if case.wants else wished, names(case.wants)),
        ("limits", {canonical(part) for part in limits}, {canonical(p) for p in case.limits.split("; ") if p}),
        ("without", titles(tuple(meaning.constraints.exclude_items)), names(case.without)),
        ("k", meaning.k, case.k),
        ("resets", set(meaning.resets), names(case.resets)),
        ("unresolved", set(meaning.unresolved), names(case.unresolved)),
        ("ambiguous", {question.quote for question in meaning.ambiguous} if case.ambiguous else set(), names(case.ambiguous)),
    ]
    return [f"{what}: read {got}, meant {meant}" for what, got, meant in pairs if got != meant]


def canonical(limit: str) -> tuple[str, frozenset[str]]:
    head, _, values = limit.partition(": ")
    return head, frozenset(values.replace(" or ", ", ").split(", "))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_case(case: Case) -> None:
    assert not differences(case)
