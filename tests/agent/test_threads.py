"""Taking a message back, moving the dials, and a person's own conversations, over a small real workspace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agent.dialling import Dials, dialled, moves, periods_ahead
from agent.policy import PlannedCall
from agent.service import Service
from core.errors import InputError, NotFoundError
from core.results import Recommendation
from core.turns import Turn
from core.types import Event, EventKind
from tests.agent.workspace import FILMS, NOW

ASK = "I loved Alien and Fargo, something tense but not gory, after 1990"


def ids(turn: Turn) -> list[str]:
    return [card.id for card in turn.items]


def standing(service: Service, person: str) -> set[tuple[str, str]]:
    return {(event.kind.value, event.item_id or event.topic or "") for event in service.events(person)}


def test_a_dial_ranks_the_last_cards_again_and_back(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    far = service.redial(person, first.conversation_id, adventure=1.0)
    assert far.text == ""
    assert far.turn == first.turn + 1
    assert far.slate is not None
    assert far.slate.request is not None
    assert far.slate.request.adventure == 1.0
    assert ids(far) != ids(first)
    assert far.checks.claims == far.checks.supported
    back = service.redial(person, first.conversation_id)
    assert ids(back) == ids(first)
    assert "stays as it was" not in back.reply


def test_every_limit_holds_at_every_place_of_the_dials(service: Service, person: str) -> None:
    conversation = service.chat(person, ASK).conversation_id
    for horizon in (0, 4):
        turn = service.redial(person, conversation, horizon=horizon, seen_too=True)
        assert turn.slate is not None
        assert turn.slate.request is not None
        assert turn.slate.request.horizon == horizon
        assert turn.slate.request.seen_too
        items = service.items(ids(turn))
        assert all(item.numbers["year"] > 1990 and "Horror" not in item.facets["genre"] for item in items.values())


def test_what_is_on_the_screen_is_what_is_spoken_of(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    far = service.redial(person, first.conversation_id, adventure=1.0)
    second = service.chat(person, "tell me more about the second one", first.conversation_id)
    assert far.items[1].title in second.reply
    others = service.chat(person, "show me others", first.conversation_id, adventure=1.0)
    assert set(ids(others)).isdisjoint(ids(far))


def test_the_words_of_a_message_count_before_the_dial(service: Service, person: str) -> None:
    turn = service.chat(person, "play it safe, a thriller", adventure=1.0, horizon=3)
    assert turn.slate is not None
    assert turn.slate.request is not None
    assert turn.slate.request.adventure == 0.0
    assert turn.slate.request.horizon == 3
    moved = service.redial(person, turn.conversation_id, adventure=0.75)
    assert moved.slate is not None
    assert moved.slate.adventure == 0.75
    next_turn = service.chat(person, "another one", turn.conversation_id, adventure=0.75)
    assert next_turn.slate is not None
    assert next_turn.slate.adventure == 0.75


def test_known_things_come_up_only_where_they_may(service: Service) -> None:
    known = {event.item_id for event in service.events("p3")}
    turn = service.chat("p3", "what should I watch next?")
    assert not known & set(ids(turn))
    with_known = service.redial("p3", turn.conversation_id, seen_too=True)
    for dialled_turn, expected in ((turn, set[str]()), (with_known, known)):
        assert dialled_turn.slate is not None
        assert dialled_turn.slate.request is not None
        whole = dialled_turn.slate.request.model_copy(update={"k": FILMS})
        assert known & {card.id for card in service.recommend(whole).items} == expected
    assert ids(service.redial("p3", turn.conversation_id)) == ids(turn)


@pytest.mark.parametrize(("adventure", "horizon"), [(1.5, None), (None, 53), (None, -1)])
def test_a_dial_out_of_range_is_refused(
    service: Service, person: str, adventure: float | None, horizon: int | None
) -> None:
    conversation = service.chat(person, ASK).conversation_id
    with pytest.raises(InputError):
        service.redial(person, conversation, adventure, horizon)
    with pytest.raises(InputError):
        service.chat(person, ASK, conversation, adventure, horizon)
    assert len(service.turns(conversation)) == 1


def test_without_cards_there_is_nothing_to_rank_again(service: Service, person: str) -> None:
    conversation = service.chat(person, "hello").conversation_id
    with pytest.raises(InputError, match="no cards"):
        service.redial(person, conversation, adventure=1.0)


def test_a_message_taken_back_was_never_said(service: Service, person: str) -> None:
    first = service.chat(person, "I loved Alien")
    before = standing(service, person)
    second = service.chat(person, "I hated Alien, show me a western", first.conversation_id)
    service.redial(person, first.conversation_id, adventure=1.0)
    gone = service.rewind(person, first.conversation_id, second.turn)
    assert gone.text == second.text
    assert standing(service, person) == before
    assert [turn.turn for turn in service.turns(first.conversation_id)] == [first.turn]
    # Neither the western nor the verdict is remembered.
    again = service.chat(person, "something else", first.conversation_id)
    assert again.slate is not None
    assert again.slate.request is not None
    assert again.slate.request.topics == (first.slate.request.topics if first.slate and first.slate.request else ())
    assert again.turn > second.turn


def test_the_same_message_can_be_sent_again(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    before = standing(service, person)
    for _ in range(3):
        service.rewind(person, first.conversation_id, first.turn)
        assert standing(service, person) == set()
        assert service.conversations(person)[0].title == ""
        again = service.chat(person, ASK, first.conversation_id)
        assert ids(again) == ids(first)
        assert standing(service, person) == before
        first = again
    assert service.conversations(person)[0].title.startswith("I loved Alien")


def test_several_messages_can_be_taken_back_one_after_the_other(service: Service, person: str) -> None:
    turns = [service.chat(person, "a thriller")]
    conversation = turns[0].conversation_id
    service.export_user(person)  # waits until the words of the first message are kept, which count from then on
    ranked = ids(service.redial(person, conversation))
    turns.append(service.chat(person, "after 1990", conversation))
    turns.append(service.chat(person, "under 100 minutes", conversation))
    for turn in reversed(turns[1:]):
        service.rewind(person, conversation, turn.turn)
    assert ids(service.redial(person, conversation)) == ranked


def test_only_the_last_message_can_be_taken_back(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    service.chat(person, "another one", first.conversation_id)
    with pytest.raises(InputError, match="last message"):
        service.rewind(person, first.conversation_id, first.turn)
    with pytest.raises(NotFoundError):
        service.rewind(person, first.conversation_id, 99)
    with pytest.raises(NotFoundError):
        service.rewind("somebody else", first.conversation_id, first.turn)


def test_what_somebody_else_has_read_cannot_be_taken_back(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    service.deps.conversations.append_turn(
        Turn(
            conversation_id=first.conversation_id,
            turn=0,
            user_id=person,
            at=NOW,
            text="",
            reply="Hello, I am Maria.",
            author="maria",
        )
    )
    with pytest.raises(InputError, match="Somebody"):
        service.rewind(person, first.conversation_id, first.turn)


def test_a_verdict_on_a_card_outlives_the_message(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    service.feedback(person, first.items[0].id, "like", first.conversation_id, first.turn)
    service.rewind(person, first.conversation_id, first.turn)
    assert standing(service, person) == {("like", first.items[0].id)}


def test_erasure_finds_everything_after_a_rewind(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    service.chat(person, "I want something about trains", first.conversation_id)
    service.rewind(person, first.conversation_id, service.turns(first.conversation_id)[-1].turn)
    assert service.export_user(person)["checkpoints"]
    service.forget_user(person)
    left = service.export_user(person)
    assert not any(value for name, value in left.items() if name != "user_id")


def test_conversations_are_renamed_searched_and_deleted(service: Service, person: str) -> None:
    first = service.chat(person, ASK)
    other = service.chat(person, "a western after 1960")
    renamed = service.rename_conversation(person, first.conversation_id, "  Tense\n evenings ")
    assert renamed.title == "Tense evenings"
    assert [found.conversation.title for found in service.search_conversations(person, "evenings")] == [renamed.title]
    (said,) = service.search_conversations(person, "WESTERN 1960")
    assert said.conversation.id == other.conversation_id
    assert said.turn == other.turn
    assert "western" in said.quote
    assert service.search_conversations(person, "western gory") == []
    assert len(service.search_conversations(person, " ")) == 2
    events = standing(service, person)
    service.forget_conversation(person, first.conversation_id)
    assert [each.id for each in service.conversations(person)] == [other.conversation_id]
    assert standing(service, person) == events
    assert first.conversation_id not in str(service.export_user(person)["checkpoints"])
    service.forget_conversation(person, other.conversation_id, events_too=True)
    assert service.conversations(person) == []
    assert not any("western" in about.casefold() for _, about in standing(service, person))


@pytest.mark.parametrize("title", ["", "  ", "x" * 121])
def test_a_title_has_a_fitting_length(service: Service, person: str, title: str) -> None:
    conversation = service.chat(person, ASK).conversation_id
    with pytest.raises(InputError):
        service.rename_conversation(person, conversation, title)


def test_nobody_touches_another_s_conversation(service: Service, person: str) -> None:
    conversation = service.chat(person, ASK).conversation_id
    for act in (
        lambda: service.redial("thief", conversation, 1.0),
        lambda: service.rename_conversation("thief", conversation, "mine"),
        lambda: service.forget_conversation("thief", conversation, True),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert service.search_conversations("thief", "alien") == []
    assert service.turns(conversation)


def test_what_was_loved_comes_back_with_when_and_why(service: Service, person: str) -> None:
    known = service.loved("p5", 4)
    assert len(known) == 4
    assert [each.event.value for each in known] == sorted((each.event.value for each in known), reverse=True)
    alien, fargo = (service.resolve_title(title).matches[0].item_id for title in ("Alien", "Fargo"))
    service.chat(person, "I loved Alien and Fargo")
    assert {each.item.id for each in service.loved(person)} == {alien, fargo}
    service.deps.events.append([Event(user_id=person, at=NOW, kind=EventKind.DISLIKE, item_id=alien, value=-0.9)])
    assert {each.item.id for each in service.loved(person)} == {fargo}


def test_the_months_ahead_are_those_of_the_workspace(service: Service) -> None:
    ahead = service.periods_ahead(3)
    assert ahead.period == service.deps.settings.period
    assert len(ahead.starts) == 3
    assert ahead.starts[0] >= NOW
    named = periods_ahead(datetime(2026, 11, 23, tzinfo=UTC), "month", "UTC", 3)
    assert [start.month for start in named.starts] == [12, 1, 2]


def test_dials_fill_only_what_words_left_open() -> None:
    plan = [PlannedCall("recommend", {"horizon": 2}), PlannedCall("recommend", {}), PlannedCall("trending", {})]
    filled = dialled(plan, Dials(horizon=5, seen_too=True))
    assert [dict(call.args) for call in filled] == [
        {"seen_too": True, "horizon": 2},
        {"horizon": 5, "seen_too": True},
        {},
    ]
    assert dialled(plan, Dials()) == plan


def test_moves_tell_where_each_stood() -> None:
    def cards(*names: str) -> list[Recommendation]:
        return [Recommendation(id=name, title=name, score=0.0) for name in names]

    found = moves(cards("a", "b", "c"), cards("c", "d", "b"))
    assert [(move.item_id, move.before, move.up) for move in found] == [("c", 3, 2), ("d", None, 0), ("b", 2, -1)]
