"""Examples of reading: labels that the text bears out, nothing of the evaluation in them, phrasings that are sound."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

import pytest

from agent.tuning.naming import CatalogueNames
from agent.tuning.phrasing import CATALOGUE_KINDS, ROLES, SLOT, parse_phrasings, parse_words, phrasings, roles_of, words
from agent.tuning.reading_examples import Resolver, reading_examples, resolver_of
from agent.tuning.split import held_out
from agent.understanding.proposals import SLOTS
from core.errors import InputError
from tests.agent.films import FakeRetriever, columns, films

Example = dict[str, Any]

FILMS = [film for film in films() if FakeRetriever(films()).resolve_title(film.title).matches]
"""Those that the stand-in for the index finds by their own title."""


@pytest.fixture(scope="module")
def names() -> CatalogueNames:
    return CatalogueNames(columns(FILMS))


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return resolver_of(FakeRetriever(FILMS), columns(FILMS))


@pytest.fixture(scope="module")
def train(names: CatalogueNames, resolver: Resolver) -> list[Example]:
    return list(reading_examples(names, resolver, 600, seed=1))


@pytest.fixture(scope="module")
def validation(names: CatalogueNames, resolver: Resolver) -> list[Example]:
    return list(reading_examples(names, resolver, 200, seed=1, part="validation"))


def asked(example: Example) -> tuple[list[str], str]:
    """The names listed and the message."""
    listed, message = re.fullmatch(
        r"Names: (.*?)\nMessage: (.*)", example["messages"][1]["content"], re.DOTALL
    ).groups()  # type: ignore[union-attr]
    return [] if listed == "none" else listed.split(" | "), message


def answered(example: Example) -> list[dict[str, Any]]:
    """The calls of the answer."""
    answer = example["messages"][2]["content"]
    if answer == "-":
        return []
    return [json.loads(re.fullmatch(r"<tool_call>(.*)</tool_call>", line)[1]) for line in answer.split("\n")]  # type: ignore[index]


def test_each_label_holds_names_of_its_message_in_lists_of_its_call(train: list[Example]) -> None:
    for example in train:
        listed, message = asked(example)
        assert all(name in message for name in listed)
        for call in answered(example):
            assert set(call["arguments"]) <= set(SLOTS[call["name"]])
            for chosen in call["arguments"].values():
                assert chosen
                assert set(chosen) <= set(listed)


def test_tastes_come_first_then_corrections_and_no_call_twice(train: list[Example]) -> None:
    for example in train:
        called = [call["name"] for call in answered(example)]
        assert len(called) == len(set(called))
        writes = [name for name in ("record_preference", "edit_timeline") if name in called]
        assert called[: len(writes)] == writes


def test_a_taste_or_correction_is_always_about_something(train: list[Example]) -> None:
    calls = [call for example in train for call in answered(example)]
    assert all(call["arguments"] for call in calls if call["name"] in {"record_preference", "edit_timeline"})


def test_every_call_is_met_and_some_messages_need_none(train: list[Example]) -> None:
    called = [{call["name"] for call in answered(example)} for example in train]
    assert set().union(*called) == set(SLOTS)
    assert 0.05 < sum(not calls for calls in called) / len(called) < 0.25
    assert sum(len(calls) > 1 for calls in called) / len(called) > 0.2


def test_names_are_often_typed_in_lower_case(train: list[Example]) -> None:
    titles = {item.title.casefold(): item.title for item in FILMS}
    named = [name for example in train for name in asked(example)[0] if name.casefold() in titles]
    lowered = [name for name in named if name != titles[name.casefold()]]
    assert 0.05 < len(lowered) / len(named) < 0.5


def test_nothing_kept_for_the_evaluation_is_named(train: list[Example], validation: list[Example]) -> None:
    kept = {item.title.casefold() for item in FILMS if held_out(item.title)}
    for facet in ("director", "actor", "writer"):
        kept |= {name.casefold() for item in FILMS for name in item.facets.get(facet, ()) if held_out(name)}
    assert kept
    named = {name.casefold() for example in (*train, *validation) for name in asked(example)[0]}
    assert not named & kept


def test_the_parts_share_no_phrasing(train: list[Example], validation: list[Example]) -> None:
    ids = [{used for example in part for used in example["phrasing"].split()} for part in (train, validation)]
    assert not ids[0] & ids[1]
    assert 0.04 < sum(phrasing.part == "validation" for phrasing in phrasings()) / len(phrasings()) < 0.14


def test_the_same_seed_gives_the_same_examples(names: CatalogueNames, resolver: Resolver, train: list[Example]) -> None:
    assert list(islice(reading_examples(names, resolver, 600, seed=1), 20)) == train[:20]


def test_an_example_whose_names_are_not_found_is_left_out(names: CatalogueNames) -> None:
    examples = list(reading_examples(names, lambda text, shown: ([], []), 30))
    assert all(asked(example)[0] == [] for example in examples)
    assert all(not call["arguments"] for example in examples for call in answered(example))


def test_the_phrasings_load_and_are_many_and_of_every_role() -> None:
    assert len({phrasing.id for phrasing in phrasings()}) == len(phrasings()) >= 500
    used = {role for phrasing in phrasings() for slot in SLOT.finditer(phrasing.template) for role in roles_of(slot)}
    wanted = {"likes", "dislikes", "seen", "faded", "others", "wants", "like", "without", "forget", "search", "about"}
    assert wanted <= used
    kinds = {slot["kind"] or slot["filler"] for each in phrasings() for slot in SLOT.finditer(each.template)}
    assert kinds - {None} <= set(words()) | CATALOGUE_KINDS


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I loved {likes:title}", "before any heading"),
        ("[order_pizza]\none pizza", "'order_pizza'"),
        ("[recommend; never]\nsomething", "'never'"),
        ("[recommend]\nlike {like:planet}", "'planet'"),
        ("[recommend]\nlike {resembling:title}", "'resembling'"),
        ("[recommend]\nI loved {likes:title}", "record_preference"),
        ("[recommend]\nlike {like:title", "cannot be read"),
        ("[recommend]\nsomething\nsomething", "twice"),
    ],
)
def test_a_faulty_phrasing_is_named_with_its_line(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named) as failure:
        parse_phrasings(text, "faulty", ())
    assert "faulty.txt, line" in str(failure.value)


def test_a_faulty_line_of_words_is_named() -> None:
    with pytest.raises(InputError, match="line 2"):
        parse_words("noun: film\nverb")


def test_phrasings_name_their_calls_in_the_order_in_which_they_ask() -> None:
    for phrasing in phrasings():
        roles = [role for slot in SLOT.finditer(phrasing.template) for role in roles_of(slot)]
        asked_first = dict.fromkeys(ROLES[role][0] for role in roles)
        answering = [call for call in asked_first if call not in {"record_preference", "edit_timeline"}]
        assert answering == [call for call in phrasing.calls if call in answering], phrasing.template
