"""Conversation state is kept, replaced and erased alike on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any, TypedDict

import pytest
from langgraph.graph import END, START, StateGraph

from agent.checkpoints import Checkpoints
from store.db import Database


class State(TypedDict, total=False):
    said: str
    heard: list[str]


@pytest.fixture
def checkpoints(database: Database) -> Iterator[Checkpoints]:
    opened = Checkpoints(database)
    yield opened
    opened.close()


def talk(checkpoints: Checkpoints, conversation: str, user: str, *messages: str) -> dict[str, Any]:
    """Turns of a conversation whose only memory is what was said."""
    graph = StateGraph(State)
    graph.add_node("hear", lambda state: {"heard": [*state.get("heard", []), state["said"]]})
    graph.add_edge(START, "hear")
    graph.add_edge("hear", END)
    compiled = graph.compile(checkpointer=checkpoints.saver)
    state: dict[str, Any] = {}
    for message in messages:
        config = checkpoints.config_of(conversation, user)
        state = dict(compiled.invoke({"said": message}, config, durability="exit"))
    return state


def test_a_conversation_goes_on_after_a_restart(checkpoints: Checkpoints, database: Database) -> None:
    conversation = uuid.uuid4().hex
    talk(checkpoints, conversation, "ann", "first")
    again = Checkpoints(database)
    assert talk(again, conversation, "ann", "second")["heard"] == ["first", "second"]
    again.close()


def test_only_the_latest_state_is_kept(checkpoints: Checkpoints) -> None:
    conversation, user = uuid.uuid4().hex, uuid.uuid4().hex
    talk(checkpoints, conversation, user, "one", "two", "three")
    kept = list(checkpoints.saver.list({"configurable": {"thread_id": conversation}}))
    assert len(kept) == 1
    assert kept[0].checkpoint["channel_values"]["heard"] == ["one", "two", "three"]


def test_forgetting_a_person_leaves_the_others(checkpoints: Checkpoints) -> None:
    ann, bob = uuid.uuid4().hex, uuid.uuid4().hex
    conversations = [uuid.uuid4().hex for _ in range(3)]
    talk(checkpoints, conversations[0], ann, "I loved Alien")
    talk(checkpoints, conversations[1], ann, "and Fargo")
    talk(checkpoints, conversations[2], bob, "comedies")
    exported = checkpoints.export_user(ann)
    assert isinstance(exported, list)
    assert {entry["conversation_id"] for entry in exported} == set(conversations[:2])
    assert checkpoints.forget_user(ann) == 2
    assert checkpoints.export_user(ann) == []
    assert checkpoints.forget_user(ann) == 0
    assert talk(checkpoints, conversations[0], ann, "hello")["heard"] == ["hello"]
    assert talk(checkpoints, conversations[2], bob, "dramas")["heard"] == ["comedies", "dramas"]


_START = """
import sys
from agent.checkpoints import Checkpoints
from store.db import Database

database = Database(sys.argv[1])
Checkpoints(database).close()
database.close()
"""


def test_processes_that_start_at_once_make_the_tables_together(database: Database) -> None:
    command = [sys.executable, "-c", _START, database.url.render_as_string(hide_password=False)]
    starting = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    problems = [process.communicate(timeout=100)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], problems
