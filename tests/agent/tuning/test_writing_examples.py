"""Examples of writing: made of what their prompt says, without what the evaluation keeps, apart from validation."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from agent.briefing import ITEM_STYLES, reason_phrase
from agent.tuning.split import held_out
from agent.tuning.writing import item_forms, lead_forms
from agent.tuning.writing.films import part_of
from agent.tuning.writing.reasons import _MAKERS
from agent.tuning.writing_examples import writing_examples
from tests.agent.workspace import films

catalogue = cache(films)

COUNT = 40


@pytest.fixture(scope="module")
def train() -> list[dict[str, Any]]:
    return writing_examples(catalogue(), COUNT).lines


def asked(line: dict[str, Any]) -> str:
    return str(line["messages"][1]["content"])


def answered(line: dict[str, Any]) -> str:
    return str(line["messages"][2]["content"])


def test_both_kinds_are_written_in_their_shares(train: list[dict[str, Any]]) -> None:
    kinds = [line["kind"] for line in train]
    assert (kinds.count("lead"), kinds.count("item")) == (16, 24)
    assert [message["role"] for message in train[0]["messages"]] == ["system", "user", "assistant"]


def test_a_line_is_short(train: list[dict[str, Any]]) -> None:
    assert all(len(answered(line).split()) <= (28 if line["kind"] == "item" else 35) for line in train)


def test_every_figure_and_name_of_an_answer_stands_in_its_prompt(train: list[dict[str, Any]]) -> None:
    for line in train:
        prompt = asked(line).casefold()
        assert set(re.findall(r"\d+", answered(line))) <= set(re.findall(r"\d+", prompt)), line
        for name in re.findall(r"(?<=[a-z,] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)+", answered(line)):
            assert name.casefold() in prompt, (name, line)


def test_nothing_of_the_evaluation_is_named(train: list[dict[str, Any]]) -> None:
    names = {item.title for item in catalogue()}
    names |= {name for item in catalogue() for facet in ("director", "actor") for name in item.facets.get(facet, ())}
    barred = [name for name in names if held_out(name) and len(name) > 6]
    assert barred
    for line in train:
        said = f"{asked(line)}\n{answered(line)}"
        named = re.findall(r"^Film: (.+) \(\d{4}\)$", said, re.MULTILINE) + re.findall(r"; by ([^;]+);", said)
        assert not any(map(held_out, named)), line


def test_validation_has_other_forms_and_other_films(train: list[dict[str, Any]]) -> None:
    valid = writing_examples(catalogue(), 20, "valid").lines
    titles = [
        {re.findall(r"^Film: (.+) \(", asked(line))[0] for line in lines if line["kind"] == "item"}
        for lines in (train, valid)
    ]
    assert not titles[0] & titles[1]
    forms = {form for line in train for form in line["phrasing"].split(" | ") if "{" in form}
    assert not [form for form in forms if part_of(form) == "valid"]


def test_the_same_seed_gives_the_same_examples(train: list[dict[str, Any]]) -> None:
    assert writing_examples(catalogue(), COUNT).lines == train
    assert writing_examples(catalogue(), COUNT, seed=1).lines != train


def test_there_are_enough_forms() -> None:
    clauses = sum(map(len, item_forms.REASONS.values()))
    frames = sum(map(len, item_forms.FRAMES.values()))
    assert clauses >= 120
    assert frames >= 60
    assert set(item_forms.FRAMES) == set(item_forms.BARE) == set(ITEM_STYLES)
    openings = (lead_forms.LIKES, lead_forms.DISLIKES, lead_forms.WISHES, lead_forms.PLAIN, lead_forms.AHEAD)
    tables = (
        *openings,
        lead_forms.LISTINGS,
        lead_forms.CLOSINGS,
        *(answers for _, answers in lead_forms.TALK.values()),
    )
    assert sum(len(forms) for table in tables for forms in table.values()) >= 120


def test_every_reason_that_examples_tell_has_forms() -> None:
    assert set(_MAKERS) <= {*item_forms.REASONS, "critics"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Because you liked Alien and Fargo", "you liked Alien and Fargo"),
        ("Popular lately: taken up 14 times in the latest activity here", "popular lately"),
        ("Goes with Heat, your latest", "goes with Heat, which you took up lately"),
        ("Drama is 24 % of what you are heading for", "Drama is 24 % of your interest"),
        ("Part of the Alien series, after Alien", "part of the Alien series, after Alien"),
        ("87 % of critics liked it.", "87 % of critics liked it"),
    ],
)
def test_reasons_are_shortened_without_a_change_of_sense(text: str, phrase: str) -> None:
    assert reason_phrase(text) == phrase
