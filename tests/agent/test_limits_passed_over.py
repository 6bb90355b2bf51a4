"""Limits that the rules see hold where another reader passes over their names, and pronouns refuse people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.intents import Intent
from agent.understanding import understand
from agent.understanding.meaning import Understanding
from agent.understanding.proposals import Name, Proposal, keeping_limits
from core.types import EventKind
from evals.sample_films import films
from tests.agent.films import FakeRetriever, columns

FILMS = films()
RETRIEVER = FakeRetriever(FILMS)
COLUMNS = columns(FILMS)


def read_by(text: str, *proposals: Proposal) -> Understanding:
    """The reading where a reader proposed these."""

    def reader(message: str, names: Sequence[Name], acts: Sequence[Intent]) -> list[Proposal]:
        return keeping_limits(proposals, names)

    return understand(text, RETRIEVER, COLUMNS, reader=reader)


def test_a_limit_holds_where_a_reader_gives_its_name_no_part() -> None:
    without = read_by("a thriller but without Brad Pitt", Proposal("recommend", {"wants": ("thriller",)}))
    assert without.constraints.exclude == {"actor": ("Brad Pitt",)}
    assert without.constraints.require == {"genre": ("Thriller",)}
    family = read_by("something for the whole family", Proposal("recommend"))
    assert family.constraints.require == {"genre": ("Family",)}


def test_what_must_be_left_out_is_never_required() -> None:
    turned = read_by("a thriller but without Brad Pitt", Proposal("recommend", {"wants": ("thriller", "Brad Pitt")}))
    assert turned.constraints.exclude == {"actor": ("Brad Pitt",)}
    assert turned.constraints.require == {"genre": ("Thriller",)}


def test_another_part_that_a_reader_gives_it_stands() -> None:
    disliked = Proposal("record_preference", {"dislikes": ("Brad Pitt",)})
    read = read_by("a thriller but without Brad Pitt", disliked, Proposal("recommend", {"wants": ("thriller",)}))
    assert [event.topic for event in read.events() if event.kind is EventKind.DISLIKE] == ["actor:Brad Pitt"]


def test_where_no_list_is_asked_for_nothing_is_added() -> None:
    read = read_by("a thriller but without Brad Pitt", Proposal("show_timeline"))
    assert not read.constraints.parts()


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


@pytest.mark.parametrize("text", ["if not show me something with Brad Pitt", "why not a film with Brad Pitt"])
def test_if_not_and_why_not_refuse_nothing(text: str) -> None:
    read = understand(text, RETRIEVER, COLUMNS)
    assert read.constraints.require == {"actor": ("Brad Pitt",)}
    assert not read.constraints.exclude
