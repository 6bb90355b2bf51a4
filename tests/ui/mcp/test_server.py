"""The SDK's own client talks to the server: in memory, over HTTP, and to a process over its standard streams."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, GetPromptResult

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.settings import Settings
from tests.agent.workspace import NOW
from tests.ui.serving import served
from tools.registry import TOOLS
from ui.api.app import create_app
from ui.mcp.server import build_server

ROOT = Path(__file__).resolve().parents[3]
ALIEN, FARGO = "tt0078748", "tt0116282"

_numbers = itertools.count()

Talk = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def service(small_settings: Settings) -> Iterator[Service]:
    workspace = open_workspace(small_settings, now=lambda: NOW)
    yield service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    workspace.database.close()


@pytest.fixture
def person() -> str:
    return f"caller-{next(_numbers)}"


def in_its_own_thread(talk: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns; this thread may have a loop already, as it has once a browser was driven in it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, talk).result()


def in_memory(service: Service, user: str | None, talk: Talk) -> Any:
    async def run() -> Any:
        async with Client(build_server(service, lambda _ctx: user)) as client:
            return await talk(client)

    return in_its_own_thread(run())


def refusal(service: Service, user: str | None, talk: Talk) -> str:
    """The words of the protocol's error that the request meets."""

    async def met(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await talk(client)
        return caught.value.message

    words: str = in_memory(service, user, met)
    return words


def call(service: Service, user: str | None, tool: str, **args: Any) -> CallToolResult:
    result: CallToolResult = in_memory(service, user, lambda client: client.call_tool(tool, args))
    return result


def text(result: CallToolResult) -> str:
    return result.content[0].text  # type: ignore[union-attr]


def evidence(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, text(result)
    assert result.structured_content["text"] == text(result)
    return result.structured_content["evidence"]  # type: ignore[no-any-return]


def love(title: str) -> dict[str, Any]:
    return {"preferences": [{"kind": "like", "item": title, "value": 1, "quote": f"I love {title}"}]}


def test_every_tool_is_listed_with_its_arguments(service: Service) -> None:
    listed = in_memory(service, None, lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == set(TOOLS)
    for tool in listed:
        arguments = TOOLS[tool.name].args.model_fields
        assert set(tool.input_schema["properties"]) == set(arguments)
        assert not {"user", "user_id", "person"} & set(arguments)
        assert tool.title
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is (tool.name not in {"record_preference", "edit_timeline"})
    assert len(json.dumps([tool.model_dump(mode="json") for tool in listed])) < 30_000


def test_a_ranked_list_comes_with_the_computation_that_ranked_it(service: Service) -> None:
    found = evidence(
        call(service, "p3", "recommend", query="something tense", k=4, limits={"at_least": {"year": 1991}})
    )
    (slate,) = found["slates"]
    assert len(slate["items"]) == 4
    for item in slate["items"]:
        assert item["year"] >= 1991
        total = slate["intercept"] + sum(reason["contribution"] for reason in item["reasons"])
        assert total == pytest.approx(item["score"], abs=1e-6)


def test_why_is_answered_for_the_list_that_was_shown(service: Service, person: str) -> None:
    request = {"query": "a slow film about space", "k": 3, "topics": ["genre:Sci-Fi"]}
    shown = evidence(call(service, person, "recommend", **request))["slates"][0]["items"]
    for rank, item in enumerate(shown, start=1):
        (told,) = evidence(call(service, person, "explain", item=item["title"]))["explained"]
        assert told["rank"] == rank
        assert told["item"]["score"] == pytest.approx(item["score"], abs=1e-6)
    (contrast,) = evidence(call(service, person, "compare", item=shown[0]["id"], over=shown[1]["id"]))["contrasts"]
    assert contrast["difference"] == pytest.approx(shown[0]["score"] - shown[1]["score"], abs=1e-6)
    # Nobody else is answered about that list.
    (other,) = evidence(call(service, f"{person}-other", "explain", item=shown[0]["id"]))["explained"]
    assert other["item"]["score"] != pytest.approx(shown[0]["score"], abs=1e-6)


@pytest.mark.parametrize("dials", [{"horizon": 12}, {"seen_too": True}, {"adventure": 1.0}])
def test_why_is_answered_with_the_dials_where_they_were(service: Service, person: str, dials: dict[str, Any]) -> None:
    for event in service.events("p3"):
        service.add_events([event.model_copy(update={"id": uuid.uuid4().hex, "user_id": person})])
    shown = evidence(call(service, person, "recommend", k=5, **dials))["slates"][0]["items"]
    for rank, item in enumerate(shown, start=1):
        (told,) = evidence(call(service, person, "explain", item=item["id"]))["explained"]
        assert (told["rank"], told["item"]["score"]) == (rank, pytest.approx(item["score"], abs=1e-6))


def test_the_catalogue_and_what_is_rising_are_anybodys(service: Service) -> None:
    found = evidence(call(service, None, "search_catalog", query="Alien", k=3))["items"]
    assert ALIEN in {item["id"] for item in found}
    assert evidence(call(service, None, "item_details", item="Fargo"))["items"][0]["id"] == FARGO
    assert "rising" in text(call(service, None, "trending")).lower()
    assert evidence(call(service, None, "recommend", k=2))["slates"][0]["items"]


def test_a_persons_interests_are_theirs(service: Service) -> None:
    forecast = evidence(call(service, "p3", "forecast_interests", horizon=2))["forecasts"][0]
    assert (forecast["user_id"], len(forecast["shares"])) == ("p3", 2)
    timeline = evidence(call(service, "p3", "show_timeline", period="month"))["timelines"][0]
    assert timeline["user_id"] == "p3"
    assert sum(timeline["counts"]) > 0


def test_what_is_recorded_counts_at_once_and_can_be_taken_back(service: Service, person: str) -> None:
    (event,) = evidence(call(service, person, "record_preference", **love("Alien")))["events"]
    assert (event["item_id"], event["user_id"], event["text"]) == (ALIEN, person, "I love Alien")
    assert [kept.id for kept in service.events(person)] == [event["id"]]
    shown = evidence(call(service, person, "recommend", k=5))["slates"][0]["items"]
    assert ALIEN not in {item["id"] for item in shown}
    # Said again it is one liking, not two.
    evidence(call(service, person, "record_preference", **love("Alien")))
    assert len([kept for kept in service.events(person) if kept.replaces is None]) <= 1
    taken = evidence(call(service, person, "edit_timeline", items=["Alien"]))["retracted"]
    assert {kept["item_id"] for kept in taken} == {ALIEN}
    assert service.events(person) == []


def test_who_wants_nothing_kept_has_nothing_kept(service: Service, person: str) -> None:
    service.set_consent(person, remember=False)
    assert "Nothing of this conversation is kept" in text(call(service, person, "record_preference", **love("Alien")))
    assert service.events(person) == []


def test_what_is_kept_of_a_person_goes_with_them(service: Service, person: str) -> None:
    call(service, person, "recommend", k=2)
    assert list(service.export_user(person)["relayed"]) == ["slate"]
    assert service.forget_user(person)["relayed"] == 1
    assert service.export_user(person)["relayed"] == {}


@pytest.mark.parametrize("tool", ["forecast_interests", "show_timeline", "record_preference", "edit_timeline"])
def test_tools_about_a_person_say_that_they_need_one(service: Service, tool: str) -> None:
    args = {"record_preference": love("Alien"), "edit_timeline": {"items": ["Alien"]}}.get(tool, {})
    result = call(service, None, tool, **args)
    assert result.is_error
    assert f"The tool {tool} is about a person" in text(result)
    assert "--user ID" in text(result)


@pytest.mark.parametrize(
    ("tool", "args", "words"),
    [
        ("recommend", {"k": 0}, ["Argument k is '0'", "greater than or equal to 1", "Use query, limits"]),
        ("recommend", {"user_id": "p4"}, ["Argument user_id is 'p4'", "not permitted", "Use query, limits"]),
        ("recommend", {"limits": {"at_least": {"year": "new"}}}, ["limits.at_least.year", "'new'", "number"]),
        ("explain", {}, ["Argument item", "required", "Use item, without"]),
        ("explain", {"item": "Zzyzx Qwv"}, ["'Zzyzx Qwv'", "Check the spelling"]),
        ("compare", {"item": "Alien", "over": "Alien"}, ["compared with itself", "Name two items"]),
        ("search_catalog", {"k": 99}, ["Argument k is '99'", "less than or equal to 20"]),
        ("item_details", {"item": ""}, ["Argument item is ''", "at least 1 character"]),
        ("forecast_interests", {"horizon": 99}, ["Argument horizon is '99'", "less than or equal to 52"]),
        ("show_timeline", {"period": "hour"}, ["Argument period is 'hour'", "'day'"]),
        ("trending", {"k": "many"}, ["Argument k is 'many'", "integer"]),
        ("record_preference", {"preferences": []}, ["Argument preferences", "at least 1 item"]),
        ("record_preference", {"preferences": "all"}, ["Argument preferences is 'all'", "valid list"]),
        ("edit_timeline", {}, ["Nothing to take back is named", "Name titles or topics"]),
        ("edit_timeline", {"items": ["Alien"]}, ["The timeline holds nothing about Alien"]),
    ],
)
def test_a_bad_argument_is_named_with_its_remedy(
    service: Service, person: str, tool: str, args: dict[str, Any], words: list[str]
) -> None:
    result = call(service, person, tool, **args)
    assert result.is_error
    for word in words:
        assert word in text(result)
    assert service.events(person) == []


def test_a_fault_inside_tells_nothing_of_the_inside(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.deps.retriever, "search", lambda *_: 1 / 0)
    result = call(service, None, "search_catalog", query="x")
    assert result.is_error
    assert "division" not in text(result)


def test_there_is_no_other_tool(service: Service) -> None:
    words = refusal(service, "p3", lambda client: client.call_tool("forget_everybody"))
    assert words.startswith("There is no tool 'forget_everybody'. Use one of recommend, ")


def test_resources_are_the_persons_own_and_items_anybodys(service: Service) -> None:
    async def read(client: Client) -> dict[str, Any]:
        uris = [str(found.uri) for found in (await client.list_resources()).resources]
        assert (await client.list_resource_templates()).resource_templates[
            0
        ].uri_template == "driftline://items/{item_id}"
        uris.append(f"driftline://items/{FARGO}")
        return {uri: json.loads((await client.read_resource(uri)).contents[0].text) for uri in uris}  # type: ignore[union-attr]

    found = in_memory(service, "p3", read)
    assert found["driftline://me/timeline"]["timeline"]["user_id"] == "p3"
    assert {event["user_id"] for event in found["driftline://me/timeline"]["events"]} == {"p3"}
    assert found["driftline://me/forecast"]["forecast"]["user_id"] == "p3"
    assert found[f"driftline://items/{FARGO}"]["item"]["title"] == "Fargo"
    assert set(in_memory(service, None, read)) == {f"driftline://items/{FARGO}"}


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("driftline://items/nothing", "There is no item 'nothing'"),
        ("driftline://you/timeline", "There is no resource"),
        ("driftline://me/timeline", "this request is for nobody"),
    ],
)
def test_a_resource_that_is_not_there_is_an_error(service: Service, uri: str, words: str) -> None:
    assert words in refusal(service, None, lambda client: client.read_resource(uri))


async def _prompt(name: str, given: dict[str, str], client: Client) -> GetPromptResult:
    return await client.get_prompt(name, given)


def test_prompts_carry_the_persons_words(service: Service) -> None:
    for name, argument in (("recommend", "wish"), ("why", "item")):
        given = {argument: "Blade Runner"}
        message = in_memory(service, None, partial(_prompt, name, given)).messages[0]
        assert "Blade Runner" in message.content.text
        assert f"has no {argument}" in refusal(service, None, partial(_prompt, name, {}))
    listed = in_memory(service, None, lambda client: client.list_prompts()).prompts
    assert [prompt.name for prompt in listed] == ["recommend", "why"]


def over_http(address: str, talk: Talk, mode: str = "auto", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def run() -> Any:
        async with httpx2.AsyncClient(headers=named, timeout=60) as http:
            transport = streamable_http_client(f"{address}/mcp", http_client=http)
            async with Client(transport, mode=mode) as client:
                return await talk(client)

    return in_its_own_thread(run())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_a_request_is_for_whom_its_header_names(service: Service, person: str, mode: str) -> None:
    async def tell(client: Client) -> CallToolResult:
        assert len((await client.list_tools()).tools) == len(TOOLS)
        return await client.call_tool("record_preference", love("Alien"))

    async def forget(client: Client) -> CallToolResult:
        return await client.call_tool("edit_timeline", {"items": ["Alien"]})

    with served(create_app(service, token="opensesame")) as address:
        key = {"authorization": "Bearer opensesame"}
        assert not over_http(address, tell, mode, x_driftline_user=person, **key).is_error
        assert over_http(address, tell, mode, **key).is_error
        theirs = over_http(address, forget, mode, x_driftline_user=f"{person}-other", **key)
        mine = over_http(address, forget, mode, x_driftline_user=person, **key)
    assert theirs.is_error
    assert not mine.is_error


def test_over_http_the_token_is_asked_for(service: Service) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"accept": "application/json, text/event-stream"}
    with served(create_app(service, token="opensesame")) as address:
        for given in ({}, {"authorization": "Bearer wrong"}):
            assert httpx.post(f"{address}/mcp", json=asked, headers=headers | given).status_code == 401
        known = headers | {"authorization": "Bearer opensesame", "host": "films.example"}
        assert httpx.post(f"{address}/mcp", json=asked, headers=known).json()["result"]["tools"]


def test_without_a_token_no_page_elsewhere_reaches_the_server(service: Service) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"accept": "application/json, text/event-stream"}
    with served(create_app(service)) as address:
        assert httpx.post(f"{address}/mcp", json=asked, headers=headers).status_code == 200
        assert httpx.post(f"{address}/mcp", json=asked, headers=headers | {"host": "evil.example"}).status_code == 421
        foreign = headers | {"origin": "https://evil.example"}
        assert httpx.post(f"{address}/mcp", json=asked, headers=foreign).status_code == 403
        assert httpx.get(f"{address}/mcp", headers=headers).status_code == 405


def test_an_agent_starts_the_command_and_talks_over_its_streams(small_settings: Settings, tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from ui.cli.main import main; main()", "mcp", "--user", "p3"],
        env={**os.environ, "DRIFTLINE_HOME": str(small_settings.home)},
        cwd=ROOT,
    )

    async def talk() -> tuple[CallToolResult, CallToolResult, str]:
        async with Client(command, read_timeout_seconds=120) as client:
            shown = await client.call_tool("recommend", {"k": 3})
            bad = await client.call_tool("recommend", {"k": 0})
            timeline = await client.read_resource("driftline://me/timeline")
            return shown, bad, timeline.contents[0].text  # type: ignore[union-attr]

    shown, bad, timeline = in_its_own_thread(talk())
    assert len(evidence(shown)["slates"][0]["items"]) == 3
    assert evidence(shown)["slates"][0]["user_id"] == "p3"
    assert bad.is_error
    assert json.loads(timeline)["timeline"]["user_id"] == "p3"


def test_nothing_but_the_protocol_is_on_standard_output(small_settings: Settings) -> None:
    async def run() -> tuple[bytes, bytes, int | None]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from ui.cli.main import main; main()", "mcp"),
            env={**os.environ, "DRIFTLINE_HOME": str(small_settings.home)},
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
        asked = {"name": "search_catalog", "arguments": {"query": "space", "k": 1}}
        lines: list[dict[str, Any]] = [
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked},
        ]
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        await process.stdin.drain()
        out = await process.stdout.readline() + await process.stdout.readline()
        process.stdin.close()
        rest, errors = await process.communicate()
        return out + rest, errors, process.returncode

    out, errors, status = in_its_own_thread(run())
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[0]["result"]["serverInfo"]["name"] == "driftline"
    assert not answers[1]["result"].get("isError")
    assert status == 0, errors.decode()
    assert "Opening the workspace" in errors.decode()
