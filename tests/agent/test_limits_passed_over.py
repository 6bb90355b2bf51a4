"""Limits that the rules see hold where another reader passes over their names, and pronouns refuse people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.intents import Intent
from agent.understanding import ConversationContext, understand
from agent.understanding.proposals import Name, Proposal
from evals.sample_films import films
from tests.agent.films import FakeRetriever, columns

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


def passing_over(message: str, names: Sequence[Name], acts: Sequence[Intent]) -> list[Proposal]:
    """A reader that hears a wish and no name."""
    return [Proposal("recommend")]


def hearing_tastes(message: str, names: Sequence[Name], acts: Sequence[Intent]) -> list[Proposal]:
    """A reader that hears no wish, and no name either."""
    return [Proposal("show_timeline")]


def test_a_limit_holds_where_a_reader_gives_its_name_no_part() -> None:
    read = understand("a thriller but without Brad Pitt", RETRIEVER, COLUMNS, reader=passing_over)
    assert read.constraints.exclude == {"actor": ("Brad Pitt",)}
    assert not read.constraints.require
    family = understand("something for the whole family", RETRIEVER, COLUMNS, reader=passing_over)
    assert family.constraints.require == {"genre": ("Family",)}


def test_what_no_list_is_asked_for_limits_nothing() -> None:
    read = understand("a thriller but without Brad Pitt", RETRIEVER, COLUMNS, reader=hearing_tastes)
    assert read.constraints == ConversationContext().standing


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I can't stand Brad Pitt. A thriller without him?", ("Brad Pitt",)),
        ("Scarlett Johansson is not for me, show me a drama, nothing with her please", ("Scarlett Johansson",)),
        ("a thriller without him", ()),
        ("I like Brad Pitt. A film without her knowing how it ends?", ()),
    ],
)
def test_a_pronoun_refuses_the_person_named_before(text: str, who: tuple[str, ...]) -> None:
    read = understand(text, RETRIEVER, COLUMNS)
    assert read.constraints.exclude.get("actor", ()) == who
