from __future__ import annotations

from typing import Any

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage

from agent.llm.scripted import LIES, NONSENSE, ScriptedChatModel, ScriptedClient, tool_call
from core.errors import ModelError


def _collect(model: ScriptedChatModel, text: str = "hi") -> AIMessageChunk:
    chunks = list(model.stream(text))
    total = chunks[0]
    for chunk in chunks[1:]:
        total = total + chunk
    return total


def test_replies_come_in_order_and_the_last_one_stays() -> None:
    model = ScriptedChatModel(replies=["one", "two"])
    assert [model.invoke("hi").content for _ in range(3)] == ["one", "two", "two"]


def test_a_reply_may_depend_on_the_prompt() -> None:
    model = ScriptedChatModel(replies=[lambda messages: f"You said {messages[-1].content}."])
    assert model.invoke("Fargo").content == "You said Fargo."


def test_tool_calls_arrive_the_same_whole_and_streamed() -> None:
    model = ScriptedChatModel(replies=[tool_call("recommend", k=3)])
    for message in (model.invoke("hi"), _collect(model)):
        assert isinstance(message, AIMessage)
        assert [(call["name"], call["args"]) for call in message.tool_calls] == [("recommend", {"k": 3})]


def test_text_streams_word_by_word_and_loses_nothing() -> None:
    text = "Two films fit.\n\nAlien is one."
    chunks = [str(chunk.content) for chunk in ScriptedChatModel(replies=[text]).stream("hi")]
    assert len([chunk for chunk in chunks if chunk]) == 6
    assert "".join(chunks) == text


def test_prompts_tools_and_options_are_recorded() -> None:
    model = ScriptedChatModel(replies=["ok"])
    tools: list[dict[str, Any]] = [{"type": "function", "function": {"name": "recommend"}}]
    model.bind_tools(tools).invoke([HumanMessage("hi")], stop=["\n"])
    assert model.asked[0][0].content == "hi"
    assert model.options[0] == {"tools": tools, "stop": ["\n"]}


def test_a_dying_model_says_some_and_then_fails() -> None:
    model = ScriptedChatModel(replies=["one two three four five"], fail_after=2)
    arrived: list[str] = []
    chunks = model.stream("hi")
    with pytest.raises(ModelError):
        arrived.extend(str(chunk.content) for chunk in chunks)
    assert "".join(arrived) == "one two "
    with pytest.raises(ModelError):
        model.invoke("hi")


def test_a_failing_model_says_nothing() -> None:
    with pytest.raises(ModelError):
        next(ScriptedChatModel(fail_after=0).stream("hi"))


def test_a_slow_model_keeps_the_callers_deadline() -> None:
    client = ScriptedClient(ScriptedChatModel(replies=["a b c d"], delay=60))
    with pytest.raises(ModelError, match=r"within 0\.05 s"):
        client.chat_model(0.05).invoke("hi")
    with pytest.raises(ModelError, match=r"within 0\.05 s"):
        list(client.chat_model(0.05).stream("hi"))


def test_models_of_one_client_share_script_and_record() -> None:
    client = ScriptedClient(ScriptedChatModel(replies=["plan", "prose"]))
    assert client.chat_model(1.0, max_tokens=60).invoke("hi").content == "plan"
    assert client.chat_model(2.0).invoke("hi").content == "prose"
    assert len(client.model.asked) == 2
    assert [wish["max_tokens"] for wish in client.requested] == [60, 128]


def test_nonsense_and_lies_are_answers_like_others() -> None:
    model = ScriptedChatModel(replies=[NONSENSE, LIES])
    assert [model.invoke("hi").content, _collect(model).content] == [NONSENSE, LIES]
