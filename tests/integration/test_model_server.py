"""vLLM itself, with the small model; what is asked of its answers is what the server enforces for any model."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage

from agent.llm import process, server, weights
from agent.llm.client import ModelClient
from agent.reader.message import reading_messages, tools_for
from agent.understanding.proposals import SLOTS
from core.errors import ModelError, ModelServerError
from core.settings import Settings
from tests.integration.conftest import left_of, processes_of

pytestmark = [pytest.mark.llm, pytest.mark.timeout(900)]

RECOMMEND: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "recommend",
        "description": "Rank films for the person.",
        "parameters": {
            "type": "object",
            "properties": {
                "genre": {"enum": ["Thriller", "Comedy"]},
                "k": {"type": "integer", "minimum": 1, "maximum": 9},
            },
            "required": ["genre", "k"],
            "additionalProperties": False,
        },
    },
}


@pytest.fixture(scope="module")
def client(model_server: Settings) -> ModelClient:
    return ModelClient(model_server)


def test_the_server_is_ready_and_says_who_it_is(client: ModelClient, model_server: Settings) -> None:
    status = client.status()
    assert (status.state, status.name) == ("ready", weights.small_model())
    assert str(model_server.llm_port) in status.detail


def test_it_answers_in_words_the_same_twice(client: ModelClient) -> None:
    model = client.chat_model(max_tokens=24)
    first = model.invoke("What is the capital of France?")
    again = model.invoke("What is the capital of France?")
    assert "Paris" in str(first.content)
    assert first.content == again.content
    assert "<|im" not in str(first.content)


def test_it_streams(client: ModelClient) -> None:
    chunks = list(client.chat_model(max_tokens=24).stream("Count from one to ten."))
    assert len([chunk for chunk in chunks if chunk.content]) > 5


def test_the_tools_of_a_reading_allow_only_the_names_of_the_message(client: ModelClient) -> None:
    names = ["comedies", "Heat"]
    model = client.chat_model(max_tokens=120).bind_tools(tools_for(names), tool_choice="recommend")
    (call,) = model.invoke(reading_messages(names, "comedies, and nothing like Heat")).tool_calls
    assert set(call["args"]) <= set(SLOTS["recommend"])
    assert {name for listed in call["args"].values() for name in listed} <= set(names)


def _check_call(message: AIMessage) -> None:
    (call,) = message.tool_calls
    assert call["name"] == "recommend"
    assert call["args"]["genre"] in ("Thriller", "Comedy")
    assert 1 <= call["args"]["k"] <= 9


def test_a_tool_call_is_parsed_and_its_arguments_obey_their_schema(client: ModelClient) -> None:
    model = client.chat_model(max_tokens=80).bind_tools([RECOMMEND], tool_choice="recommend")
    reply = model.invoke("Three comedies, please.")
    assert isinstance(reply, AIMessage)
    _check_call(reply)
    total: AIMessageChunk | None = None
    for chunk in model.stream("Three comedies, please."):
        assert isinstance(chunk, AIMessageChunk)
        total = chunk if total is None else total + chunk
    assert total is not None
    _check_call(total)


def test_a_conversation_with_tool_results_is_understood(client: ModelClient) -> None:
    call = {"name": "recommend", "args": {"genre": "Comedy", "k": 1}, "id": "1", "type": "tool_call"}
    reply = (
        client.chat_model(max_tokens=30)
        .bind_tools([RECOMMEND], tool_choice="none")
        .invoke(
            [
                SystemMessage("Answer from the tool's result."),
                HumanMessage("One comedy, please."),
                AIMessage(content="", tool_calls=[call]),
                ToolMessage("Airplane! (1980)", tool_call_id="1"),
            ]
        )
    )
    assert str(reply.content).strip()


def test_a_late_answer_is_an_error_and_the_server_lives_on(client: ModelClient) -> None:
    with pytest.raises(ModelError, match=r"within 0\.2 s"):
        client.chat_model(0.2, max_tokens=500).invoke("Tell me a very long story.")
    assert client.chat_model(max_tokens=3).invoke("Hi.").content


def test_a_prompt_that_does_not_fit_is_refused(client: ModelClient) -> None:
    with pytest.raises(ModelError, match="4096"):
        client.chat_model().invoke("film " * 6000)


def test_a_second_start_finds_the_first(model_server: Settings) -> None:
    assert server.serve(model_server).found


def test_its_port_is_named_as_taken_to_another_workspace(
    model_server: Settings, llm_workspace: Callable[[], Settings]
) -> None:
    other = llm_workspace().model_copy(update={"llm_port": model_server.llm_port})
    state = process.running(model_server)
    assert state is not None
    with pytest.raises(ModelServerError, match=rf"Port {model_server.llm_port} is taken by process {state.server} "):
        server.serve(other)


def test_a_folder_that_is_no_model_ends_in_one_clear_line(llm_workspace: Callable[[], Settings]) -> None:
    settings = llm_workspace()
    broken = settings.llm_dir / "broken"
    broken.mkdir()
    (broken / "config.json").write_text('{"model_type": "no-such-architecture"}')
    with pytest.raises(ModelServerError, match="no-such-architecture"):
        server.serve(settings.model_copy(update={"llm_model": str(broken)}))
    assert process.running(settings) is None


def test_a_server_killed_in_mid_answer_is_an_error_at_once_and_leaves_nothing(
    llm_workspace: Callable[[], Settings],
) -> None:
    settings = llm_workspace()
    server.serve(settings)
    processes = processes_of(settings)
    state = process.running(settings)
    assert state is not None
    client = ModelClient(settings)
    assert client.status().state == "ready"
    threading.Timer(1.0, os.kill, [state.server, signal.SIGKILL]).start()
    begun = time.monotonic()
    with pytest.raises(ModelError):
        list(client.chat_model(60, max_tokens=2000).stream("Tell me a very long story."))
    assert time.monotonic() - begun < 30
    assert not left_of(processes)
    assert server.status(settings).state == "offline"
