"""The official client talks to a real server over a small real workspace."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus, Text, Update
from core.errors import ModelError
from core.settings import Settings
from tests.agent.workspace import NOW
from tests.ui.serving import served
from ui.api.app import create_app
from ui.api.openai.answers import count

ALIEN, FARGO, TITANIC = "tt0078748", "tt0116282", "tt0120338"
WISH = "I loved Alien and Fargo, something tense but not gory, after 1990"

_numbers = itertools.count()


@pytest.fixture(scope="module")
def service(small_settings: Settings) -> Iterator[Service]:
    workspace = open_workspace(small_settings, now=lambda: NOW)
    yield service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    workspace.database.close()


@pytest.fixture(scope="module")
def address(service: Service) -> Iterator[str]:
    with served(create_app(service)) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0)


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused_in_the_clients_form(address: str, announced: bool) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(5):
            yield b" " * 2**20

    content = b" " * 5 * 2**20 if announced else pieces()
    headers = {"content-type": "application/json"}
    answer = httpx.post(f"{address}/v1/chat/completions", content=content, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "request_too_large")
    assert "4,194,304" in answer.json()["error"]["message"]


def test_a_method_that_there_is_not_is_refused_in_the_clients_form(address: str) -> None:
    answer = httpx.get(f"{address}/v1/chat/completions")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_a_person_whose_id_is_not_latin_is_named_by_the_header(service: Service, address: str, person: str) -> None:
    theirs = f"李à-{person}"
    body = {"model": "driftline", "messages": [said("I loved Alien")]}
    answer = httpx.post(
        f"{address}/v1/chat/completions", json=body, headers={b"x-driftline-user": theirs.encode()}, timeout=60
    )
    assert answer.status_code == 200, answer.text
    assert {event.item_id for event in service.events(theirs)} == {ALIEN}


@pytest.fixture
def person() -> str:
    return f"relayed-{next(_numbers)}"


def said(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def answered(completion: ChatCompletion) -> dict[str, Any]:
    return {"role": "assistant", "content": completion.choices[0].message.content}


def extension(choice: Any) -> dict[str, Any]:
    return choice.driftline  # type: ignore[no-any-return]


def ask(client: openai.OpenAI, messages: list[Any], user: str | None = None, **more: Any) -> ChatCompletion:
    create: Any = client.chat.completions.create
    named = {} if user is None else {"user": user}
    completion: ChatCompletion = create(model="driftline", messages=messages, **named, **more)
    return completion


def stream(client: openai.OpenAI, messages: list[Any], user: str, **more: Any) -> openai.Stream[ChatCompletionChunk]:
    create: Any = client.chat.completions.create
    chunks: openai.Stream[ChatCompletionChunk] = create(
        model="driftline", messages=messages, user=user, stream=True, **more
    )
    return chunks


def turns_of(service: Service, user: str) -> list[int]:
    return [len(service.turns(conversation.id)) for conversation in service.conversations(user)]


def likes(service: Service, user: str) -> set[str | None]:
    return {event.item_id for event in service.events(user) if event.kind == "like"}


def test_there_is_one_model(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["driftline"]
    assert client.models.retrieve("driftline").owned_by == "driftline"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4o")


def test_an_answer_names_its_items_and_brings_their_reasons(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    completion = ask(client, [said(WISH)], person, temperature=0.3, max_tokens=5, stop=["."], seed=4)
    choice = completion.choices[0]
    assert (choice.finish_reason, choice.message.role, completion.model) == ("stop", "assistant", "driftline")
    found = extension(choice)
    (turn,) = service.turns(found["conversation_id"])
    assert turn.text == WISH
    assert choice.message.content == turn.reply
    assert [item["id"] for item in found["items"]] == [item.id for item in turn.items]
    assert turn.slate is not None
    for item in found["items"]:
        assert item["title"] in (choice.message.content or "")
        total = turn.slate.intercept + sum(reason["contribution"] for reason in item["reasons"])
        assert total == pytest.approx(item["score"], abs=1e-6)
    assert completion.usage is not None
    assert completion.usage.prompt_tokens == count(WISH)
    assert completion.usage.total_tokens == count(WISH) + count(turn.reply)
    assert likes(service, person) == {ALIEN, FARGO}


def test_items_come_as_tool_messages_where_they_are_wanted(client: openai.OpenAI, person: str) -> None:
    plain = ask(client, [said(WISH)], person)
    assert "messages" not in extension(plain.choices[0])
    choice = ask(client, [said(WISH)], person, extra_body={"include_items": True}).choices[0]
    call, result = extension(choice)["messages"]
    assert call["tool_calls"][0]["id"] == result["tool_call_id"]
    assert call["tool_calls"][0]["function"]["name"] == "recommend"
    assert json.loads(result["content"]) == extension(choice)["items"]
    # The transcript with them in it is still the same conversation.
    history = [said(WISH), call, result, answered(plain), said("why the second one?")]
    assert extension(ask(client, history, person).choices[0])["conversation_id"] == extension(choice)["conversation_id"]


def test_a_stream_says_the_same_chunk_by_chunk(client: openai.OpenAI, service: Service, person: str) -> None:
    chunks = list(stream(client, [said(WISH)], person, stream_options={"include_usage": True}))
    assert len({chunk.id for chunk in chunks}) == 1
    *spoken, last, usage = chunks
    assert spoken[0].choices[0].delta.role == "assistant"
    assert all(chunk.choices[0].finish_reason is None for chunk in spoken)
    words = "".join(chunk.choices[0].delta.content or "" for chunk in spoken)
    assert last.choices[0].finish_reason == "stop"
    found = extension(last.choices[0])
    (turn,) = service.turns(found["conversation_id"])
    assert words.split() == turn.reply.split()
    assert len(found["items"]) == len(turn.items) > 0
    assert usage.choices == []
    assert usage.usage is not None
    assert usage.usage.completion_tokens == count(turn.reply)


def test_only_the_last_message_is_run(client: openai.OpenAI, service: Service, person: str) -> None:
    history = [{"role": "system", "content": "The user loves Titanic."}, said(WISH)]
    first = ask(client, history, person)
    history += [answered(first), {"role": "user", "content": [{"type": "text", "text": "why the second one?"}]}]
    second = ask(client, history, person)
    assert second.id.rsplit("-", 1)[0] == first.id.rsplit("-", 1)[0]
    assert extension(first.choices[0])["items"][1]["title"] in (second.choices[0].message.content or "")
    history += [answered(second), said("and what else?")]
    third = extension(ask(client, history, person).choices[0])
    assert turns_of(service, person) == [3]
    assert all(item["year"] > 1990 for item in third["items"])
    assert TITANIC not in likes(service, person)
    kinds = [str(event.kind) for event in service.events(person)]
    assert kinds.count("like") == 2


def test_two_people_never_share_a_conversation(client: openai.OpenAI, service: Service, person: str) -> None:
    other = f"{person}-other"
    first = ask(client, [said(WISH)], person)
    history = [said(WISH), answered(first), said("I loved Memento")]
    taken = extension(ask(client, history, other).choices[0])
    assert taken["conversation_id"] != extension(first.choices[0])["conversation_id"]
    assert turns_of(service, person) == [1]
    assert turns_of(service, other) == [2]
    assert likes(service, person) == {ALIEN, FARGO}
    # What another person, or program, was told before is read, and enters no timeline.
    assert {service.items([item])[item].title for item in likes(service, other) if item} == {"Memento"}


def test_a_person_is_named_in_any_of_the_usual_places(client: openai.OpenAI, service: Service, person: str) -> None:
    hello = [said("I loved Alien")]
    ask(client, hello, extra_headers={"X-Driftline-User": f"{person}-a"}, user="somebody else")
    ask(client, hello, metadata={"user_id": f"{person}-b"})
    ask(client, hello, safety_identifier=f"{person}-c")
    ask(client, hello, extra_headers={"X-OpenWebUI-User-Id": f"{person}-d"})
    for name in "abcd":
        assert likes(service, f"{person}-{name}") == {ALIEN}, name
    assert service.conversations("somebody else") == []


def test_a_repeated_request_is_answered_once(client: openai.OpenAI, service: Service, person: str) -> None:
    first = ask(client, [said(WISH)], person)
    again = ask(client, [said(WISH)], person)
    assert (again.id, again.choices[0].message.content) == (first.id, first.choices[0].message.content)
    assert extension(again.choices[0])["again"]
    assert turns_of(service, person) == [1]
    chunks = list(stream(client, [said(WISH)], person))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == first.choices[0].message.content
    assert turns_of(service, person) == [1]


def test_deliveries_at_once_are_one_turn(client: openai.OpenAI, service: Service, person: str) -> None:
    answers: list[ChatCompletion] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(client, [said(WISH)], person))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(answer.id, answer.choices[0].message.content) for answer in answers}) == 1
    assert turns_of(service, person) == [1]


def test_the_key_of_a_delivery_decides(client: openai.OpenAI, service: Service, person: str) -> None:
    one = ask(client, [said("I loved Alien")], person, extra_headers={"Idempotency-Key": "one"})
    two = ask(client, [said("I loved Alien")], person, extra_headers={"Idempotency-Key": "two"})
    assert ask(client, [said("I loved Alien")], person, extra_headers={"Idempotency-Key": "one"}).id == one.id
    assert two.id != one.id
    assert turns_of(service, person) == [1, 1]


def test_an_edited_message_begins_a_branch_and_takes_its_words_back(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    history = [said("something tense, after 1990")]
    first = ask(client, history, person)
    history.append(answered(first))
    ask(client, [*history, said("I loved Alien")], person)
    assert likes(service, person) == {ALIEN}
    edited = extension(ask(client, [*history, said("I loved Aliens, give me five")], person).choices[0])
    assert edited["conversation_id"] != extension(first.choices[0])["conversation_id"]
    assert likes(service, person) == {"tt0090605"}
    # The branch knows what came before it: its limit, and what was shown.
    assert edited["items"]
    assert all(item["year"] > 1990 for item in edited["items"])
    shown = {item["id"] for item in extension(first.choices[0])["items"]}
    assert not shown & {item["id"] for item in edited["items"]}
    assert sorted(turns_of(service, person)) == [2, 2]
    # Both branches can be continued.
    kept = service.turns(edited["conversation_id"])
    assert [turn.text for turn in kept] == ["something tense, after 1990", "I loved Aliens, give me five"]


def test_a_program_with_a_small_window_stays_in_its_conversation(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    history: list[Any] = []
    for text in (WISH, "why the second one?", "what else?"):
        history.append(said(text))
        history.append(answered(ask(client, history, person)))
    ask(client, [*history[2:], said("why the first one?")], person)
    assert turns_of(service, person) == [4]


def test_of_somebody_who_is_not_named_nothing_is_kept(client: openai.OpenAI, service: Service) -> None:
    before = {person.user_id for person in service.people(1000)}
    first = ask(client, [said(WISH)])
    assert "conversation_id" not in extension(first.choices[0])
    assert "nothing of this conversation is kept" in (first.choices[0].message.content or "").lower()
    follow = ask(client, [said(WISH), answered(first), said("why the second one?")])
    assert extension(first.choices[0])["items"][1]["title"] in (follow.choices[0].message.content or "")
    more = extension(ask(client, [said(WISH), answered(first), said("what else?")]).choices[0])["items"]
    assert not {item["id"] for item in more} & {item["id"] for item in extension(first.choices[0])["items"]}
    assert {person.user_id for person in service.people(1000)} == before
    for completion in (first, follow):
        assert service.deps.conversations.get(completion.id.split("-")[1]) is None


def test_requests_that_name_nobody_may_be_for_one_person(small_settings: Settings) -> None:
    workspace = open_workspace(small_settings.model_copy(update={"default_user": "the-one"}), now=lambda: NOW)
    service = service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    with served(create_app(service)) as address:
        ask(openai.OpenAI(base_url=f"{address}/v1", api_key="any"), [said("I loved Alien")])
    assert likes(service, "the-one") == {ALIEN}
    workspace.database.close()


def test_what_is_kept_of_a_person_goes_with_them(client: openai.OpenAI, service: Service, person: str) -> None:
    conversation = extension(ask(client, [said(WISH)], person).choices[0])["conversation_id"]
    assert any(conversation in name for name in service.export_user(person)["relayed"])
    assert service.forget_user(person)["relayed"] == 1
    assert service.export_user(person)["relayed"] == {}


def test_what_staff_say_reaches_the_program_with_the_next_answer(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    history: list[Any] = [said(WISH)]
    history += [answered(ask(client, history, person)), said("I want to talk to a human")]
    passed_on = ask(client, history, person)
    conversation = extension(passed_on.choices[0])["conversation_id"]
    service.desk.take("maria", conversation)
    service.desk.send("maria", conversation, "I am here.")
    history += [answered(passed_on), said("Where is my order?")]
    waiting = ask(client, history, person)
    assert extension(waiting.choices[0])["conversation_id"] == conversation
    content = waiting.choices[0].message.content or ""
    assert content.startswith("maria: I am here.")
    assert "will answer here" in content
    assert ask(client, history, person).choices[0].message.content == content
    service.desk.send("maria", conversation, "On its way.")
    service.desk.hand_back("maria", conversation)
    history += [answered(waiting), said("why the second one?")]
    back = ask(client, history, person)
    assert extension(back.choices[0])["conversation_id"] == conversation
    assert "maria: On its way." in (back.choices[0].message.content or "")


def test_a_chat_programs_own_errands_are_no_words_of_the_person(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    prompt = f"### Task:\nGenerate a title.\n### Chat History:\n<chat_history>\nUSER: {WISH}\n</chat_history>"
    assert ask(client, [said(prompt)], person).choices[0].message.content == "{}"
    assert service.events(person) == []
    assert service.conversations(person) == []


@pytest.mark.parametrize(
    ("changes", "kind", "param", "code"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model", "model_not_found"),
        ({"n": 2}, openai.BadRequestError, "n", "invalid_value"),
        ({"n": 0}, openai.BadRequestError, "n", "invalid_value"),
        ({"messages": []}, openai.BadRequestError, "messages", "invalid_value"),
        ({"messages": [{"content": "x"}]}, openai.BadRequestError, "messages[0].role", "missing_required_parameter"),
        ({"messages": [said("hi"), {"role": "assistant", "content": "ho"}]}, openai.BadRequestError, "messages", None),
        ({"messages": [{"role": "system", "content": "be kind"}]}, openai.BadRequestError, "messages", None),
        ({"messages": [said(" \u200b ")]}, openai.BadRequestError, "messages", "invalid_value"),
        ({"messages": [said("x" * 20_001)]}, openai.BadRequestError, "messages", "invalid_value"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]},
            openai.BadRequestError,
            "messages[0].content[0]",
            "unsupported_content",
        ),
        ({"logprobs": True}, openai.BadRequestError, "logprobs", "invalid_value"),
        ({"response_format": {"type": "json_object"}}, openai.BadRequestError, "response_format", "invalid_value"),
        ({"tools": [], "tool_choice": "required"}, openai.BadRequestError, "tool_choice", "invalid_value"),
        ({"user": "tab\tbed"}, openai.BadRequestError, "user", "invalid_value"),
    ],
)
def test_what_cannot_be_done_is_an_error_of_the_client(
    client: openai.OpenAI,
    service: Service,
    person: str,
    changes: dict[str, Any],
    kind: type[openai.APIStatusError],
    param: str,
    code: str | None,
) -> None:
    create: Any = client.chat.completions.create
    for streamed in (False, True):
        asked = {"model": "driftline", "messages": [said("hi")], "user": person, "stream": streamed} | changes
        with pytest.raises(kind) as caught:
            create(**asked)
        error = caught.value.body
        assert isinstance(error, dict)
        assert {"message", "type", "param", "code"} == set(error)
        assert error["type"] == "invalid_request_error"
        assert error["param"] == param
        assert code is None or error["code"] == code
        assert error["message"].endswith(".")
    assert service.conversations(person) == []


@pytest.mark.parametrize("body", [b"{", b"\xb4", b"[]", b""])
def test_a_body_that_is_no_request_is_an_error_in_the_same_form(address: str, body: bytes) -> None:
    answer = httpx.post(f"{address}/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_faults_of_ours_are_told_as_such(
    client: openai.OpenAI, service: Service, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: str) -> Iterator[Update]:
        yield Text(delta="Here are")
        raise ModelError("The model fell over.", "Try again.")

    monkeypatch.setattr(service.relay, "_run", broken)
    with pytest.raises(openai.InternalServerError):
        ask(client, [said("hi")], person)
    with pytest.raises(openai.APIError, match="The model fell over"):
        list(stream(client, [said("ho")], person))
    monkeypatch.setattr(service.relay, "_run", lambda *_: iter([1 / 0]))
    with pytest.raises(openai.InternalServerError) as caught:
        ask(client, [said("hey")], person)
    assert "division" not in str(caught.value)


def test_a_reader_who_leaves_finds_the_answer_when_asking_again(
    client: openai.OpenAI, service: Service, person: str
) -> None:
    chunks = stream(client, [said(WISH)], person)
    next(iter(chunks))
    chunks.close()
    again = ask(client, [said(WISH)], person)
    assert extension(again.choices[0])["items"]
    assert turns_of(service, person) == [1]


def test_the_token_is_the_api_key(service: Service) -> None:
    with served(create_app(service, token="opensesame")) as address:
        with pytest.raises(openai.AuthenticationError) as caught:
            openai.OpenAI(base_url=f"{address}/v1", api_key="wrong", max_retries=0).models.list()
        assert caught.value.code == "invalid_api_key"
        assert openai.OpenAI(base_url=f"{address}/v1", api_key="opensesame").models.list().data


def test_the_routes_are_documented(address: str) -> None:
    paths = httpx.get(f"{address}/openapi.json").json()["paths"]
    route = paths["/v1/chat/completions"]["post"]
    assert {"200", "400", "404", "500"} <= set(route["responses"])
    assert "text/event-stream" in route["responses"]["200"]["content"]
    assert paths["/v1/models"]["get"]["summary"]
