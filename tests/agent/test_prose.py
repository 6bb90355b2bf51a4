"""The model's opening and lines: asked at once, checked one by one, shown in order, within one time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from agent import writing
from agent.acting import Outcome
from agent.briefing import ITEM_STYLES, item_prompt, lead_facts, lead_prompt, prompts_for
from agent.composing import Part
from agent.grounding import Evidence
from agent.intents import Intent
from agent.judging import echoes, item_evidence, tells
from agent.llm.scripted import LIES, NONSENSE, ScriptedChatModel, ScriptedClient
from agent.prose import Prose
from agent.state import ModelStatus, Text
from agent.understanding import Understanding
from agent.verifying import Draft, Reply, verify
from agent.wording import Voice
from core.types import Constraints
from evals.grounding.cases import SLATE

assert SLATE.slate is not None
CARDS = SLATE.slate.items
MESSAGE = SLATE.said[0]
OPENING = "Four films came out on top for you."
TEMPLATE = [
    Part("Here are four films.", lead=True),
    *(
        Part(writing.item_line(card), line=place, checked=writing.item_head(card))
        for place, card in enumerate(CARDS, 1)
    ),
]
PROMPTS = {
    0: lead_prompt(MESSAGE, lead_facts("film", len(CARDS), SLATE.constraints)),
    **{place: item_prompt(card, None, ITEM_STYLES[place % 4]) for place, card in enumerate(CARDS, 1)},
}
PROPER = {
    CARDS[0].title: "You liked Fargo, and this is a western by Ethan Coen and Joel Coen.",
    CARDS[1].title: "It is described much like Fargo, and it was directed by David Fincher.",
    CARDS[2].title: "You liked Alien, and it is a film by Christopher Nolan.",
    CARDS[3].title: "You asked for a thriller, and here is one by Steven Spielberg.",
}


def title_in(messages: list[BaseMessage]) -> str:
    found = re.search(r"^Film: (.+) \(\d{4}\)$", str(messages[-1].content), re.MULTILINE)
    return found[1] if found else ""


def proper(messages: list[BaseMessage]) -> str:
    return PROPER.get(title_in(messages), OPENING)


def told(
    *replies: Any,
    seconds: float = 5.0,
    parts: list[Part] | None = None,
    noun: str = "film",
    writes: bool = True,
    emit: Callable[[Text], None] = lambda _: None,
    **how: Any,
) -> tuple[Reply, ScriptedChatModel]:
    model = ScriptedChatModel(replies=replies or (proper,), **how)
    client = ScriptedClient(model, ModelStatus(state="ready", name="scripted", writes=writes))
    prose = Prose(client, PROMPTS, MESSAGE, seconds)
    return verify(Draft(parts or TEMPLATE, SLATE, prose, noun), emit), model


def lines(reply: Reply) -> list[str]:
    return re.findall(r"^\d\. (.+)$", reply.text, re.MULTILINE)


def from_template(reply: Reply) -> list[bool]:
    return [line == part.text for line, part in zip(lines(reply), TEMPLATE[1:], strict=True)]


def test_the_model_opens_and_says_a_line_of_each_item_in_the_order_of_the_list() -> None:
    reply, model = told()
    assert reply.text.startswith(f"{OPENING}\n\n1. {CARDS[0].title} (2007): You liked Fargo")
    assert lines(reply) == [f"{card.title} ({card.year}): {PROPER[card.title]}" for card in CARDS]
    assert (reply.use.degraded, reply.use.detail) == (False, "")
    assert reply.checks.claims == reply.checks.supported > 8
    assert len(model.asked) == 5


def test_a_line_may_say_nothing_of_another_item() -> None:
    def mixed(messages: list[BaseMessage]) -> str:
        # Each sentence is true of the item before.
        titles = list(PROPER)
        title = title_in(messages)
        return PROPER[titles[titles.index(title) - 1]] if title else OPENING

    reply, _ = told(mixed)
    assert from_template(reply) == [True] * 4
    assert reply.text.startswith(OPENING)
    assert reply.checks.repaired == 4
    assert (reply.use.degraded, reply.use.detail) == (False, "Templates wrote 4 of 5 parts.")


@pytest.mark.parametrize(
    "text",
    [
        LIES,
        NONSENSE,
        "",
        "\n\n",
        "...",
        "It is a masterpiece about two brothers on the run.",
        "Here are a few films for you.",
        "You liked Titanic, so this is for you.",
        "You liked",
        "<think>I should say that it is a thriller.",
    ],
)
def test_what_is_false_empty_unfinished_or_about_nothing_gives_way_to_the_template(text: str) -> None:
    reply, _ = told(lambda messages: text if title_in(messages) else OPENING)
    assert from_template(reply) == [True] * 4


def test_an_echo_gives_way_to_the_template() -> None:
    reply, _ = told(lambda messages: str(messages[-1].content))
    assert reply.text.startswith("Here are four films.")
    assert from_template(reply) == [True] * 4
    assert reply.use.degraded
    assert reply.use.detail


def test_one_sentence_is_said_of_one_item_only() -> None:
    reply, _ = told("It is a thriller, as you see.")
    assert sum(not same for same in from_template(reply)) <= 1


def test_only_the_first_sentence_of_a_line_is_said() -> None:
    reply, _ = told(lambda messages: f"{proper(messages)} It is a thriller too.")
    assert "too" not in reply.text.partition("\n")[2]
    assert from_template(reply) == [False] * 4


def test_a_large_model_may_think_and_repeat_the_title() -> None:
    def large(messages: list[BaseMessage]) -> str:
        title = title_in(messages)
        year = next((card.year for card in CARDS if card.title == title), None)
        return f"<think>Hm. I must be true.</think>\n{f'{title} ({year}): ' if title else ''}{proper(messages)}"

    reply, _ = told(large)
    assert lines(reply) == [f"{card.title} ({card.year}): {PROPER[card.title]}" for card in CARDS]


def test_a_slow_model_costs_one_time_for_all_five() -> None:
    started = time.monotonic()
    reply, _ = told(delay=30.0, seconds=0.5)
    assert time.monotonic() - started < 1.5
    assert from_template(reply) == [True] * 4
    assert reply.use.degraded
    assert "0.5 s" in reply.use.detail
    assert reply.model_ms >= 400


def test_one_late_line_is_told_by_the_template_and_holds_up_none_before_it() -> None:
    def late(messages: list[BaseMessage]) -> str:
        if title_in(messages) == CARDS[2].title:
            time.sleep(3.0)
        return proper(messages)

    shown: list[tuple[float, str]] = []
    started = time.monotonic()
    reply, _ = told(late, seconds=1.5, emit=lambda text: shown.append((time.monotonic() - started, text.delta)))
    assert from_template(reply) == [False, False, True, False]
    assert reply.use.degraded
    assert [delta.strip()[:2] for _, delta in shown][1:] == ["1.", "2.", "3.", "4."]
    assert shown[2][0] < 1.3 < shown[3][0]


def test_lines_are_written_at_the_same_time() -> None:
    started = time.monotonic()
    reply, _ = told(delay=0.03)
    assert from_template(reply) == [False] * 4
    words = sum(len(sentence.split()) for sentence in (OPENING, *PROPER.values()))
    assert time.monotonic() - started < 0.7 * 0.03 * words


def test_a_model_that_breaks_off_leaves_what_was_whole() -> None:
    reply, _ = told(lambda messages: f"{proper(messages)} And then something about it", fail_after=17)
    assert reply.use.degraded
    assert "And then" not in reply.text
    assert reply.text.startswith(OPENING)


def test_a_model_that_writes_nothing_of_use_is_not_asked() -> None:
    reply, model = told(writes=False)
    assert model.asked == []
    assert reply.use.degraded
    assert "scripted was not trained" in reply.use.detail
    assert from_template(reply) == [True] * 4


def test_a_model_whose_time_is_used_up_is_not_asked() -> None:
    reply, model = told(seconds=0.0)
    assert (model.asked, reply.use.degraded) == ([], True)


def test_what_was_noted_is_said_by_the_template_unless_the_opening_names_it() -> None:
    parts = [Part("Noted: you like Alien.", lead=True, names=("Alien",)), *TEMPLATE]
    assert told(parts=parts)[0].text.startswith(f"Noted: you like Alien. {OPENING}")
    opening = "Alien, good choice. Here are four films."
    reply, _ = told(lambda messages: proper(messages) if title_in(messages) else opening, parts=parts)
    assert reply.text.startswith(f"{opening}\n\n1. ")


def test_nothing_but_films_is_called_a_film() -> None:
    reply, _ = told(noun="book")
    assert from_template(reply) == [False, False, True, False]


def test_a_prompt_holds_the_item_and_its_reasons_in_few_words() -> None:
    prompt = PROMPTS[1]
    assert prompt.splitlines()[:3] == [
        "Film: No Country for Old Men (2007)",
        "Facts: western, thriller; by Ethan Coen and Joel Coen; 122 minutes; won two Oscars",
        "Why: you liked Fargo",
    ]
    assert len(prompt) < 260
    assert "Zodiac" not in prompt


def test_own_evidence_names_no_other_item_and_no_other_liking() -> None:
    own = item_evidence(CARDS[0], None, SLATE.slate, SLATE)  # type: ignore[arg-type]
    assert [facts.title for facts in own.known] == [CARDS[0].title]
    assert (own.liked, own.said) == (("Fargo",), ())
    assert SLATE.liked == ("Alien", "Fargo")


def test_titles_are_no_echo_and_instructions_are() -> None:
    message = "I loved The Assassination of Jesse James by the Coward Robert Ford"
    title = message.removeprefix("I loved ")
    assert not echoes(f"{title}, noted.", message, (title,))
    assert echoes(f"{title}, noted.", message, ())
    assert echoes("Say only what the facts say.", message, ())


def test_a_title_inside_a_word_hides_no_echo() -> None:
    message = "something tense but not gory, after 1990"
    assert echoes(f"The person says: {message}.", message, ("Go", "It"))


def test_a_line_has_to_tell_something_that_its_prompt_gives() -> None:
    assert tells("Because you liked Fargo.", PROMPTS[1])
    assert not tells("This is just the thing for you.", PROMPTS[1])


def test_nothing_is_asked_where_the_reply_leaves_no_room() -> None:
    meaning = Understanding(text="Who directed Alien?", intents=(Intent.DETAILS,))
    assert prompts_for(meaning, Outcome(), [Part("Alien was directed by Ridley Scott.")], Voice("c", 0), {}) == {}


def test_facts_of_an_opening_are_the_limits_in_short() -> None:
    assert lead_facts("film", 4, SLATE.constraints, ["Alien"], ["Titanic"]) == [
        "list of four films",
        "from 1991 or later",
        "no horror",
        "liked Alien",
        "disliked Titanic",
    ]
    assert lead_facts("film", None, Constraints())[0] == "no list"


def test_evidence_without_a_list_is_enough_for_talk() -> None:
    talk = [Part("All good here.", lead=True), Part("What do you feel like?", lead=True)]
    client = ScriptedClient(ScriptedChatModel(replies=("I am fine, thank you. What are you in the mood for?",)))
    prose = Prose(client, {0: lead_prompt("how are you?", lead_facts("film", None, Constraints()))}, "how are you?", 5)
    reply = verify(Draft(talk, Evidence(said=("how are you?",)), prose), lambda _: None)
    assert reply.text == "I am fine, thank you. What are you in the mood for?"
