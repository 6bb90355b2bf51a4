"""Whole turns over a small real workspace: what is shown obeys, is remembered, stays with its person, and is erased."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.build import Workspace
from agent.feedback import Verdict
from agent.incoming import MAX_TEXT
from agent.service import Service
from agent.state import Cards, Done, Step, Text
from core.errors import InputError, NotFoundError
from core.results import RecommendRequest
from core.settings import Settings
from core.turns import Turn
from tests.agent.workspace import NOW

ASK = "I loved Alien and Fargo, something tense but not gory, after 1990"


def test_a_turn_streams_steps_then_cards_then_words_then_itself(service: Service, person: str) -> None:
    updates = list(service.stream(person, ASK))
    kinds = [update.type for update in updates]
    assert kinds.index("step") < kinds.index("cards") < kinds.index("text") < kinds.index("done")
    assert kinds.count("done") == 1
    steps = [update for update in updates if isinstance(update, Step)]
    assert {step.tool for step in steps} == {"record_preference", "recommend"}
    assert [step.status for step in steps if step.tool == "recommend"] == ["running", "done"]
    done = updates[-1]
    assert isinstance(done, Done)
    assert done.turn.reply == "".join(update.delta for update in updates if isinstance(update, Text))
    assert [update.items for update in updates if isinstance(update, Cards)][-1] == done.turn.items


def test_cards_obey_every_limit_and_leave_out_what_was_named(service: Service, person: str) -> None:
    turn = service.chat(person, ASK)
    assert len(turn.items) == 5
    items = service.items([card.id for card in turn.items])
    for card in turn.items:
        item = items[card.id]
        assert item.numbers["year"] > 1990
        assert "Horror" not in item.facets["genre"]
        assert item.title not in {"Alien", "Fargo"}
        assert sum(reason.contribution for reason in card.reasons) + turn.slate.intercept == pytest.approx(  # type: ignore[union-attr]
            card.score, abs=1e-3
        )


def test_one_list_is_shown_once(service: Service, person: str) -> None:
    for text in (
        "which films are by Ridley Scott that are not sci-fi",
        "anything with Robert De Niro that isn't a comedy",
        "do you have films by Ridley Scott? recommend me one of his",
    ):
        turn = service.chat(person, text)
        assert turn.items, text
        assert all(turn.reply.count(f"{card.title} ({card.year})") == 1 for card in turn.items), turn.reply
        assert "Tell me which" not in turn.reply


def test_limits_stand_until_they_are_lifted(service: Service, person: str) -> None:
    first = service.chat(person, "a thriller after 1990 under 130 minutes")
    second = service.chat(person, "another one please", first.conversation_id)
    assert second.items
    for card in second.items:
        assert card.numbers["year"] > 1990
        assert card.numbers["runtime"] <= 130
    assert not {card.id for card in first.items} & {card.id for card in second.items}
    third = service.chat(person, "any year is fine, and show me more", first.conversation_id)
    assert third.slate is not None
    assert "year" not in third.slate.constraints.ranges
    assert "runtime" in third.slate.constraints.ranges


def test_impossible_limits_say_which_one_to_drop(service: Service, person: str) -> None:
    turn = service.chat(person, "films from 2031")
    assert turn.items == ()
    assert turn.slate is not None
    assert turn.slate.relaxations
    assert "2031" in turn.reply


def test_the_second_one_is_the_second_card(service: Service, person: str) -> None:
    first = service.chat(person, "recommend me a thriller")
    second = service.chat(person, "who directed the second one?", first.conversation_id)
    director = service.items([first.items[1].id])[first.items[1].id].facets["director"][0]
    assert director in second.reply
    assert [call.tool for call in second.calls] == ["item_details"]


def test_why_gives_the_reasons_of_the_card(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    turn = service.chat(person, "why the first one?", first.conversation_id)
    assert first.items[0].title in turn.reply
    texts = [reason.text.casefold() for reason in first.items[0].reasons if reason.text and reason.contribution > 0]
    assert any(text in turn.reply.casefold() for text in texts)


def test_mixed_messages_run_all_their_tools(service: Service, person: str) -> None:
    turn = service.chat(person, "I hated Jaws. Who directed The Godfather? And recommend me a comedy.")
    assert {call.tool for call in turn.calls} >= {"record_preference", "item_details", "recommend"}
    assert "Francis Ford Coppola" in turn.reply
    assert any(event.title == "Jaws" and event.value < 0 for event in turn.events)
    assert all("Comedy" in card.facets["genre"] for card in turn.items)


def test_a_second_conversation_remembers_the_first(service: Service, person: str) -> None:
    service.chat(person, "I loved Alien and Blade Runner")
    turn = service.chat(person, "what do you know about me?")
    assert "Alien" in turn.reply
    assert "Blade Runner" in turn.reply
    later = service.chat(person, "what should I watch?")
    assert not {"Alien", "Blade Runner"} & {card.title for card in later.items}
    assert any("Alien" in reason.text for card in later.items for reason in card.reasons)


def test_what_was_said_is_quoted_on_the_timeline(service: Service, person: str) -> None:
    turn = service.chat(person, "I loved Alien, write to me at jo@example.org")
    (event,) = [event for event in service.events(person) if event.item_id]
    assert (event.kind, event.source, event.turn) == ("like", "dialogue", 0)
    assert event.text
    assert event.text in turn.text
    assert "jo@example.org" not in turn.text + turn.reply


def test_taking_back_in_words_takes_it_off_the_timeline(service: Service, person: str) -> None:
    first = service.chat(person, "I love Alien")
    turn = service.chat(person, "forget that I like Alien", first.conversation_id)
    assert "Alien" in turn.reply
    assert [event for event in service.events(person) if event.item_id] == []
    assert service.events(person, include_retracted=True)


def test_two_answers_complete_a_message_and_each_statement_is_kept_once(service: Service, person: str) -> None:
    said = "I hate musicals. I loved Crash and Titanic, something after 1990"
    turns = [service.chat(person, said)]
    for answer in ("the 2004 one", "the 1997 one"):
        turns.append(service.chat(person, answer, turns[0].conversation_id))
    assert "Crash (1996)" in turns[0].reply
    assert "Titanic (1953)" in turns[1].reply
    assert turns[2].items
    assert all(call.ok for turn in turns for call in turn.calls)
    told = [(event.kind.value, event.title or event.topic) for turn in turns for event in turn.events]
    assert sorted(told) == [
        ("constraint", "not genre: Musical"),
        ("constraint", "year >= 1991"),
        ("dislike", "genre:Musical"),
        ("like", "Crash"),
        ("like", "Titanic"),
    ]
    assert all(event.quote in said for turn in turns for event in turn.events)
    kept = service.events(person, include_retracted=True)
    assert len(kept) == len(told)


def test_a_new_verdict_replaces_the_old_one(service: Service, person: str) -> None:
    first = service.chat(person, "I love Alien")
    service.chat(person, "actually I hate Alien", first.conversation_id)
    assert [event.kind for event in service.events(person) if event.item_id] == ["dislike"]


def test_without_consent_nothing_of_the_dialogue_enters_the_timeline(service: Service, person: str) -> None:
    service.set_consent(person, remember=False)
    turn = service.chat(person, ASK)
    assert service.events(person) == []
    assert turn.events == ()
    assert "timeline" in turn.reply
    assert turn.items, "the conversation itself still works"
    assert service.deps.retriever.interest_vector(person, NOW) is None


def test_nothing_of_one_person_shows_with_another(service: Service, person: str) -> None:
    service.chat(person, "I loved Casablanca and Vertigo. I live at hidden-place-77 street")
    other = f"{person}-other"
    for message in ("what do you know about me?", "what should I watch?", "where is my taste heading?", "why?"):
        turn = service.chat(other, message)
        told = turn.model_dump_json()
        assert person not in told.replace(other, "")
        assert "hidden-place" not in told
        assert not any("Casablanca" in reason.text for card in turn.items for reason in card.reasons)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(["a", "b"]), min_size=2, max_size=5))
def test_interleaved_conversations_keep_apart(service: Service, person: str, order: list[str]) -> None:
    likes = {"a": "I loved Alien", "b": "I loved Casablanca"}
    names = {"a": "Alien", "b": "Casablanca"}
    base = f"{person}-{id(order)}"
    conversations: dict[str, str | None] = {"a": None, "b": None}
    for who in order:
        conversations[who] = service.chat(f"{base}-{who}", likes[who], conversations[who]).conversation_id
    for who, other in (("a", "b"), ("b", "a")):
        told = service.chat(f"{base}-{who}", "what do you know about me?", conversations[who]).reply
        assert names[other] not in told
        assert (names[who] in told) == (who in order)


def test_somebody_elses_conversation_does_not_exist(service: Service, person: str) -> None:
    turn = service.chat(person, "hello")
    for user, conversation in ((f"{person}-other", turn.conversation_id), (person, "nothing")):
        with pytest.raises(NotFoundError, match="conversation"):
            service.chat(user, "hello", conversation)


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07\u200b\x1b", "x" * (MAX_TEXT + 1)])
def test_unreadable_messages_are_refused_in_words(service: Service, person: str, text: str) -> None:
    with pytest.raises(InputError, match="message"):
        service.chat(person, text)
    assert service.conversations(person) == []


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "👍",
        "a" * 3000,
        "\x00 recommend a comedy \x07",
        "SELECT * FROM events; --",
        "{{system}}",
        "‮evil",
        "日本の映画",
    ],
)
def test_strange_messages_get_an_answer(service: Service, person: str, text: str) -> None:
    turn = service.chat(person, text)
    assert turn.reply.strip()
    assert "{{" not in turn.reply


def test_user_ids_are_checked(service: Service) -> None:
    for bad in ("", " me", "a\nb", "x" * 201):
        with pytest.raises(InputError, match="User id"):
            service.chat(bad, "hello")


def test_feedback_is_idempotent_and_the_last_word_counts(service: Service, person: str) -> None:
    turn = service.chat(person, "a thriller please")
    card = turn.items[0]
    first = service.feedback(person, card.id, "like", turn.conversation_id, turn.turn)
    again = service.feedback(person, card.id, "like", turn.conversation_id, turn.turn)
    assert again.id == first.id
    assert [event.kind for event in service.events(person) if event.item_id == card.id] == ["like"]
    service.feedback(person, card.id, "dislike", turn.conversation_id, turn.turn)
    assert [event.kind for event in service.events(person) if event.item_id == card.id] == ["dislike"]
    service.feedback(person, card.id, "like", turn.conversation_id, turn.turn)
    assert [event.kind for event in service.events(person) if event.item_id == card.id] == ["like"]
    later = service.chat(person, "another thriller please", turn.conversation_id)
    assert card.id not in {shown.id for shown in later.items}
    with pytest.raises(NotFoundError, match="item"):
        service.feedback(person, "nothing", "like")


def test_seen_stands_beside_like_and_dislike_which_replace_each_other(service: Service, person: str) -> None:
    turn = service.chat(person, "a thriller please")
    card = turn.items[0]

    def press(verdict: Verdict) -> list[str]:
        service.feedback(person, card.id, verdict, turn.conversation_id, turn.turn)
        return sorted(event.kind for event in service.events(person) if event.item_id == card.id)

    assert press("like") == ["like"]
    assert press("seen") == ["like", "seen"]
    assert press("seen") == ["like", "seen"]
    assert press("dislike") == ["dislike", "seen"]
    assert press("like") == ["like", "seen"]


def test_editing_and_retracting_stay_with_the_person(service: Service, person: str) -> None:
    service.chat(person, "I love Alien")
    (event,) = [event for event in service.events(person) if event.item_id]
    with pytest.raises(NotFoundError):
        service.retract_event(f"{person}-other", event.id)
    edited = service.edit_event(person, event.id, value=-0.5)
    assert edited.value == -0.5
    with pytest.raises(InputError, match="source"):
        service.edit_event(person, edited.id, source="import:other")
    with pytest.raises(InputError, match="not possible"):
        service.edit_event(person, edited.id, value=7)
    with pytest.raises(InputError, match="No change of the event is named"):
        service.edit_event(person, edited.id)
    service.retract_event(person, edited.id)
    assert [left for left in service.events(person) if left.item_id] == []


def test_forgetting_leaves_no_trace_anywhere(service: Service, small_settings: Settings) -> None:
    person = "forget-me-7f3a"
    turn = service.chat(person, "I loved Alien. Something unmistakablyodd and tense please")
    service.feedback(person, turn.items[0].id, "like", turn.conversation_id, turn.turn)
    service.set_consent(person, remember=True)
    exported = service.export_user(person)
    assert exported["events"]
    assert exported["turns"]
    assert exported["checkpoints"]
    home = Path(small_settings.home)
    words = (person, "unmistakablyodd", turn.conversation_id)
    assert _files_naming(home, *words)
    deleted = service.forget_user(person)
    assert deleted["events"] > 0
    assert deleted["interests"] > 0
    assert deleted["checkpoints"] == 1
    assert _files_naming(home, *words) == []
    assert service.events(person, include_retracted=True) == []
    assert _places_naming(home / "driftline.db", person, turn.conversation_id) == []
    assert service.deps.retriever.interest_vector(person, NOW) is None
    empty = service.export_user(person)
    assert not any(value for name, value in empty.items() if name != "user_id")
    with pytest.raises(NotFoundError):
        service.chat(person, "hello", turn.conversation_id)


def _files_naming(home: Path, *words: str) -> list[str]:
    contents = {path: path.read_bytes().lower() for path in home.rglob("*") if path.is_file()}
    return [f"{path}: {word}" for path, text in contents.items() for word in words if word.lower().encode() in text]


def _places_naming(database: Path, *words: str) -> list[str]:
    connection = sqlite3.connect(database)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table}"):
            cells = [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in row]
            found += [f"{table}: {word}" for word in words if any(word in cell for cell in cells)]
    connection.close()
    return found


def test_two_turns_at_once_in_one_conversation_run_in_turn(service: Service, person: str) -> None:
    conversation = service.chat(person, "hello").conversation_id
    turns: list[Turn] = []
    threads = [
        threading.Thread(target=lambda text=text: turns.append(service.chat(person, text, conversation)))
        for text in ("I love Alien", "a thriller please", "who directed Fargo?")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(turn.turn for turn in turns) == [1, 2, 3]
    assert [turn.turn for turn in service.turns(conversation)] == [0, 1, 2, 3]


def test_leaving_early_still_stores_the_turn(service: Service, person: str) -> None:
    updates = service.stream(person, ASK)
    next(updates)
    updates.close()  # type: ignore[attr-defined]
    (conversation,) = service.conversations(person)
    (turn,) = service.turns(conversation.id)
    assert turn.items


def test_newcomers_get_recommendations(service: Service, person: str) -> None:
    slate = service.recommend(RecommendRequest(user_id=person, at=NOW, k=5))
    assert len(slate.items) == 5


def test_extract_finds_without_recording(service: Service, person: str) -> None:
    heard = service.extract("I loved Alien but Titanic (1997) bored me. Mail jo@example.org")
    assert {(event.title, event.value > 0) for event in heard if event.title} == {("Alien", True), ("Titanic", False)}
    assert all("jo@" not in event.quote for event in heard)


def test_people_and_forecasts_of_many(service: Service, small: Workspace) -> None:
    people = service.people(3)
    assert len(people) == 3
    assert all("import:made-up" in person.label for person in people)
    many = service.forecast_many([person.user_id for person in people], NOW, 2)
    assert many.user_ids == tuple(person.user_id for person in people)
    one = service.forecast(people[0].user_id, 2, at=NOW)
    assert many.shares[0, 0] == pytest.approx(one.shares[0], abs=1e-5)


def test_the_turn_is_stored_as_it_was_streamed(service: Service, person: str) -> None:
    turn = service.chat(person, ASK)
    assert service.turns(turn.conversation_id) == [turn]
    assert service.conversations(person)[0].title.startswith("I loved Alien")


def test_checkpoints_stay_small(service: Service, small: Workspace, person: str) -> None:
    conversation: str | None = None
    for _ in range(4):
        conversation = service.chat(person, "another thriller please", conversation).conversation_id
    with small.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT length(checkpoint) FROM checkpoints WHERE thread_id = ?", (conversation,)
        ).fetchall()
    assert len(rows) == 1
    assert rows[0][0] < 40_000


def test_a_failing_tool_costs_only_its_part(
    small: Workspace, serve: Callable[..., Service], person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from agent.llm.scripted import ScriptedClient
    from tests.agent.conftest import OFFLINE

    def broken(*_args: object, **_kwargs: object) -> object:
        raise RuntimeError("a bug inside, with internals")

    monkeypatch.setattr(small.deps.scorer, "recommend", broken)
    turn = serve(ScriptedClient(status=OFFLINE)).chat(person, "I love Alien. Who directed Fargo? Recommend a thriller.")
    assert "Coen" in turn.reply
    assert "internals" not in turn.reply
    assert [call.ok for call in turn.calls if call.tool == "recommend"] == [False]
    assert turn.events


@pytest.mark.parametrize("asked", ["what is popular right now?", "find films by Ridley Scott"])
def test_every_card_that_was_seen_can_be_referred_to_by_its_place(service: Service, person: str, asked: str) -> None:
    first = service.chat(person, "I loved Alien and Fargo, something tense")
    seen = service.chat(person, asked, first.conversation_id)
    assert seen.slate is None
    assert len(seen.items) > 1
    assert [card.id for card in seen.items] != [card.id for card in first.items[: len(seen.items)]]
    why = service.chat(person, "why the second one?", first.conversation_id)
    assert [(call.tool, call.args["item"]) for call in why.calls] == [("explain", seen.items[1].id)]
    assert seen.items[1].title in why.reply
    told = service.chat(person, "who directed the last one?", first.conversation_id)
    assert [call.args["item"] for call in told.calls] == [seen.items[-1].id]
    loved = service.chat(person, "I loved the second one", first.conversation_id)
    assert [event.item_id for event in loved.events] == [seen.items[1].id]


def test_the_dials_rank_the_last_list_whatever_was_searched_for_since(service: Service, person: str) -> None:
    first = service.chat(person, "I loved Alien and Fargo, something tense")
    service.chat(person, "what is popular right now?", first.conversation_id)
    again = service.redial(person, first.conversation_id)
    assert [card.id for card in again.items] == [card.id for card in first.items]
    assert "stays as it was" in again.reply
    why = service.chat(person, "why the first one?", first.conversation_id)
    assert [call.args["item"] for call in why.calls] == [again.items[0].id]


def test_what_was_only_searched_for_is_no_list_to_rank_again(service: Service, person: str) -> None:
    seen = service.chat(person, "what is popular right now?")
    with pytest.raises(InputError, match="rank again"):
        service.redial(person, seen.conversation_id, adventure=0.9)


def test_whoever_is_forgotten_in_the_middle_of_a_message_leaves_nothing(service: Service, person: str) -> None:
    conversation = service.start_conversation(person)
    turn = service.stream(person, "I loved Alien and Fargo", conversation.id)
    late = service.stream(person, "and I hated Jaws", conversation.id)
    next(turn)
    forgetting = threading.Thread(target=service.forget_user, args=(person,))
    forgetting.start()
    forgetting.join(0.3)
    assert forgetting.is_alive(), "the turn that is under way ends first"
    list(turn)
    forgetting.join(30)
    assert not forgetting.is_alive()
    with pytest.raises(NotFoundError):
        list(late)
    kept = service.export_user(person)
    assert not any(kept[place] for place in kept if place != "user_id")
