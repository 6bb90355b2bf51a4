"""A turn taken back in the databases: the stored turns, and the state that the next turn starts from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict, cast

from langgraph.graph import START, StateGraph

from agent.checkpoints import Checkpoints
from agent.memory import Memory
from core.results import Recommendation, Slate
from core.turns import Turn
from core.types import Event, EventKind
from store.conversations import Conversations, Words
from store.db import Database
from store.events import Events

NOW = datetime(2024, 6, 1, tzinfo=UTC)


class State(TypedDict, total=False):
    memory: str


def said(conversation_id: str, text: str, reply: str = "") -> Turn:
    return Turn(conversation_id=conversation_id, turn=0, user_id="ann", at=NOW, text=text, reply=reply)


def test_turns_are_taken_back_with_the_title_they_gave(database: Database) -> None:
    conversations = Conversations(database)
    thread = conversations.start("ann", NOW).id
    first = conversations.append_turn(said(thread, "a western"))
    conversations.append_turn(said(thread, ""))
    conversations.take_back(thread, first.turn, first.text)
    assert conversations.turns(thread) == []
    assert [each.title for each in conversations.of_user("ann")] == [""]
    again = conversations.append_turn(said(thread, "a comedy"))
    conversations.rename(thread, "Evenings")
    conversations.append_turn(said(thread, "another"))
    conversations.take_back(thread, again.turn + 1, "another")
    assert [turn.text for turn in conversations.turns(thread)] == ["a comedy"]
    assert [each.title for each in conversations.of_user("ann")] == ["Evenings"]


def test_a_number_that_events_name_is_not_given_again(database: Database) -> None:
    conversations, events = Conversations(database), Events(database)
    thread = conversations.start("ann", NOW).id
    first = conversations.append_turn(said(thread, "I loved it"))
    events.append(
        [Event(user_id="ann", at=NOW, kind=EventKind.LIKE, item_id="x", conversation_id=thread, turn=first.turn)]
    )
    conversations.take_back(thread, first.turn, first.text)
    assert conversations.next_turn(thread) == first.turn + 1
    numbered = said(thread, "again").model_copy(update={"turn": conversations.next_turn(thread)})
    assert conversations.append_turn(numbered).turn == first.turn + 1


def test_words_are_found_in_every_script_and_deleted_with_their_conversation(database: Database) -> None:
    conversations = Conversations(database)
    kept, gone = (conversations.start("ann", NOW).id for _ in range(2))
    conversations.append_turn(said(kept, "一部西部片", 'It\'s "here"'))
    conversations.append_turn(said(gone, "a comedy"))
    assert Words(kept, 0, "一部西部片", 'It\'s "here"') in conversations.words("ann")
    conversations.forget(gone)
    assert [each.conversation_id for each in conversations.words("ann")] == [kept]
    assert conversations.words("bob") == []
    assert conversations.get(gone) is None


def test_the_state_before_a_turn_can_be_written_over_the_one_after_it(database: Database) -> None:
    checkpoints = Checkpoints(database)
    graph = StateGraph(State)
    graph.add_node("remember", lambda state: {"memory": f"{state.get('memory', '')}+"})
    graph.add_edge(START, "remember")
    compiled = graph.compile(checkpointer=checkpoints.saver)
    config = checkpoints.config_of("c", "ann")
    for _ in range(2):
        compiled.invoke({}, config)
    compiled.update_state(config, {"memory": "before"}, as_node="remember")
    assert compiled.get_state(config).values == {"memory": "before"}
    compiled.invoke({}, config)
    assert compiled.get_state(config).values == {"memory": "before+"}
    (kept,) = cast("list[dict[str, object]]", checkpoints.export_user("ann"))
    assert kept["conversation_id"] == "c"
    assert checkpoints.forget_user("ann") == 1
    assert checkpoints.export_user("ann") == []
    checkpoints.close()


def slate(*names: str) -> Slate:
    items = tuple(Recommendation(id=name, title=name, score=0.0) for name in names)
    return Slate(id="s", user_id="ann", at=NOW, items=items)


def test_memory_keeps_what_came_before_its_latest_turns() -> None:
    memory = Memory()
    states = []
    for number in range(12):
        states.append(memory)
        memory = memory.marked(number, memory).answered(f"said {number}", "", slate(f"film {number}"), ())
    back = memory.rewound(9, slate("film 8"))
    assert back is not None
    assert back.model_copy(update={"before": states[9].before}) == states[9]
    assert back.rewound(8, slate("film 7")) is not None
    assert memory.rewound(1, None) is None
    assert memory.rewound(99, None) is None


def test_cards_ranked_again_take_the_place_of_the_last_ones() -> None:
    memory = Memory(shown=("old",)).answered("said", "", slate("a", "b"), ())
    moved = memory.ranked_again(slate("b", "c"))
    assert moved.shown == ("old", "b", "c")
    assert [card.id for card in moved.cards] == ["b", "c"]
    assert moved.recent == memory.recent
    assert memory.ranked_again(slate()).cards == memory.cards
    assert memory.ranked_again(None).shown == memory.shown
