from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from agent.llm.blocking import BLOCK_VARIABLE, BlockedModelCallError
from agent.llm.client import ModelClient
from agent.llm.weights import SMALL_MODEL
from agent.state import ModelStatus
from core.errors import ModelError
from core.settings import Settings

FOREVER = 60.0  # seconds that a hanging endpoint would take; every test must end long before
BOUND = 10.0
PROMPT = [HumanMessage("Say something.")]


class Endpoint(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint whose manner of answering a test chooses."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner: Callable[[Handler], None] = Handler.answer
        self.models = ["stub"]
        self.requests: list[dict[str, Any]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        return  # a client that hangs up is what is being tested


class Handler(BaseHTTPRequestHandler):
    server: Endpoint
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._json(200, {"data": [{"id": name} for name in self.server.models]})

    def do_POST(self) -> None:
        self.server.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.manner(self)

    def answer(self, text: str = "All good.") -> None:
        if not self.server.requests[-1].get("stream"):
            message = {"role": "assistant", "content": text}
            self._json(200, self._completion({"message": message, "finish_reason": "stop"}))
            return
        self.begin()
        for word in text.split(" "):
            self.send(word + " ")
        self.send("", "stop")
        self.chunk("data: [DONE]\n\n")
        self.chunk("")

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send(self, text: str, finish: str | None = None) -> None:
        choice = {"delta": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.chunk(f"data: {json.dumps(self._completion(choice, 'chat.completion.chunk'))}\n\n")

    def chunk(self, text: str) -> None:
        self.wfile.write(f"{len(text.encode()):x}\r\n{text}\r\n".encode())

    def trickle(self) -> None:
        """One token every 50 ms for ever: each single read is quick, the whole never ends."""
        self.begin()
        while not self.server.over.wait(0.05):
            self.send("word ")

    def trickle_body(self) -> None:
        """A plain body that comes in byte by byte."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.over.wait(0.05):
            self.wfile.write(b" ")

    def hang(self) -> None:
        self.server.over.wait(FOREVER)

    def die(self) -> None:
        """Three tokens, then the connection is cut, as by a killed server."""
        self.begin()
        for _ in range(3):
            self.send("word ")
        self.close_connection = True

    def stop_short(self) -> None:
        """A well-formed stream that ends without saying that the answer is complete."""
        self.begin()
        self.send("word ")
        self.chunk("data: [DONE]\n\n")
        self.chunk("")

    def fail(self) -> None:
        self._json(500, {"error": {"message": "engine dead", "type": "InternalServerError", "code": 500}})

    def refuse(self) -> None:
        self._json(400, {"error": {"message": "prompt too long", "type": "BadRequestError", "code": 400}})

    def fail_in_stream(self) -> None:
        self.begin()
        self.send("word ")
        self.chunk(f"data: {json.dumps({'error': {'message': 'engine dead', 'code': 500}})}\n\n")
        self.chunk("")

    def html(self) -> None:
        body = b"<html>not a model</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _completion(self, choice: dict[str, Any], kind: str = "chat.completion") -> dict[str, Any]:
        return {"id": "1", "object": kind, "created": 1, "model": "stub", "choices": [{"index": 0, **choice}]}

    def _json(self, status: int, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    monkeypatch.delenv(BLOCK_VARIABLE, raising=False)  # this endpoint is as unreal as a scripted model
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()


@pytest.fixture
def client(endpoint: Endpoint, llm_settings: Settings) -> ModelClient:
    return ModelClient(llm_settings.model_copy(update={"llm_url": endpoint.url, "llm_model": "stub"}))


def _invoke(client: ModelClient, timeout: float) -> str:
    return str(client.chat_model(timeout).invoke(PROMPT).content)


def _stream(client: ModelClient, timeout: float) -> str:
    return "".join(str(chunk.content) for chunk in client.chat_model(timeout).stream(PROMPT))


CALLS = pytest.mark.parametrize("call", [_invoke, _stream])


@CALLS
def test_an_answer_arrives(client: ModelClient, call: Callable[[ModelClient, float], str]) -> None:
    assert call(client, BOUND).strip() == "All good."


def test_the_request_states_its_bounds(client: ModelClient, endpoint: Endpoint) -> None:
    client.chat_model(BOUND, max_tokens=7, temperature=0.3).invoke(PROMPT, stop=["\n"])
    sent = endpoint.requests[-1]
    assert (sent["model"], sent["max_tokens"], sent["temperature"], sent["stop"]) == ("stub", 7, 0.3, ["\n"])


@pytest.mark.parametrize(
    ("call", "manner"),
    [
        (_stream, Handler.trickle),
        (_invoke, Handler.trickle_body),
        (_stream, Handler.hang),
        (_invoke, Handler.hang),
    ],
)
def test_the_whole_answer_has_a_deadline(
    client: ModelClient,
    endpoint: Endpoint,
    call: Callable[[ModelClient, float], str],
    manner: Callable[[Handler], None],
) -> None:
    endpoint.manner = manner
    begun = time.monotonic()
    with pytest.raises(ModelError, match=r"no complete answer within 0\.3 s"):
        call(client, 0.3)
    assert time.monotonic() - begun < BOUND


@pytest.mark.parametrize(
    ("call", "manner", "message"),
    [
        (_stream, Handler.die, "stub at"),
        (_stream, Handler.stop_short, "ended before it was complete"),
        (_stream, Handler.fail_in_stream, "engine dead"),
        (_stream, Handler.fail, "engine dead"),
        (_invoke, Handler.fail, "engine dead"),
        (_invoke, Handler.refuse, "prompt too long"),
        (_invoke, Handler.html, "stub at"),
        (_stream, Handler.html, "stub"),
    ],
)
def test_every_mishap_is_a_model_error(
    client: ModelClient,
    endpoint: Endpoint,
    call: Callable[[ModelClient, float], str],
    manner: Callable[[Handler], None],
    message: str,
) -> None:
    endpoint.manner = manner
    with pytest.raises(ModelError, match=message):
        call(client, BOUND)
    assert len(endpoint.requests) == 1  # never retried: the turn has no time for it


def test_what_arrived_before_a_mishap_was_streamed(client: ModelClient, endpoint: Endpoint) -> None:
    endpoint.manner = Handler.die
    arrived: list[str] = []
    chunks = client.chat_model(BOUND).stream(PROMPT)
    with pytest.raises(ModelError):
        arrived.extend(str(chunk.content) for chunk in chunks)
    assert "".join(arrived) == "word word word "


@CALLS
def test_nobody_listening_is_a_model_error(
    llm_settings: Settings, monkeypatch: pytest.MonkeyPatch, call: Callable[[ModelClient, float], str]
) -> None:
    monkeypatch.delenv(BLOCK_VARIABLE)
    with pytest.raises(ModelError, match="cannot be reached"):
        call(ModelClient(llm_settings), BOUND)


async def _astream(client: ModelClient) -> str:
    return "".join([str(chunk.content) async for chunk in client.chat_model(BOUND).astream(PROMPT)])


def test_asynchronous_callers_have_the_same_deadline(client: ModelClient, endpoint: Endpoint) -> None:
    import asyncio

    assert asyncio.run(_astream(client)).strip() == "All good."
    endpoint.manner = Handler.trickle_body
    with pytest.raises(ModelError, match="no complete answer"):
        asyncio.run(client.chat_model(0.3).ainvoke(PROMPT))


@CALLS
def test_real_calls_are_blocked_in_unit_tests(
    client: ModelClient,
    endpoint: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
    call: Callable[[ModelClient, float], str],
) -> None:
    monkeypatch.setenv(BLOCK_VARIABLE, "1")
    with pytest.raises(BlockedModelCallError, match=r"agent\.llm\.scripted"):
        call(client, BOUND)
    assert client.status().state == "offline"
    assert not endpoint.requests


def settled(client: ModelClient) -> ModelStatus:
    """The state once it is known, however busy the machine."""
    limit = time.monotonic() + BOUND
    while (status := client.status()).state == "loading" and time.monotonic() < limit:
        time.sleep(0.02)
    return status


def test_a_configured_endpoint_tells_its_state(endpoint: Endpoint, llm_settings: Settings) -> None:
    client = ModelClient(llm_settings.model_copy(update={"llm_url": endpoint.url}))
    status = settled(client)
    assert (status.state, status.name, status.writes) == ("ready", "stub", True)
    assert client.model_name == "stub"


def test_the_small_model_as_it_comes_writes_nothing(endpoint: Endpoint, llm_settings: Settings) -> None:
    endpoint.models = [SMALL_MODEL]
    status = settled(ModelClient(llm_settings.model_copy(update={"llm_url": endpoint.url})))
    assert (status.state, status.writes) == ("ready", False)


def test_an_endpoint_without_the_wanted_model_is_offline(endpoint: Endpoint, llm_settings: Settings) -> None:
    client = ModelClient(llm_settings.model_copy(update={"llm_url": endpoint.url, "llm_model": "other"}))
    status = settled(client)
    assert status.state == "offline"
    assert "serves stub, not other" in status.detail


def test_a_slow_status_does_not_hold_the_caller_up(
    client: ModelClient, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    quick = Handler.do_GET
    monkeypatch.setattr(Handler, "do_GET", lambda handler: (released.wait(FOREVER), quick(handler)))
    assert client.status().state == "loading"
    released.set()
    limit = time.monotonic() + BOUND
    while client.status().state != "ready" and time.monotonic() < limit:
        time.sleep(0.02)
    assert client.status().state == "ready"


def test_without_an_endpoint_the_local_server_is_meant(llm_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BLOCK_VARIABLE)
    client = ModelClient(llm_settings)
    assert client.url == f"http://127.0.0.1:{llm_settings.llm_port}/v1"
    assert client.model_name == "SmolLM2-135M-Instruct"
    assert client.status().state == "offline"


def test_a_stopped_server_turns_offline(fake: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.llm import client as module
    from agent.llm import server

    monkeypatch.delenv(BLOCK_VARIABLE)
    monkeypatch.setattr(module, "_FRESH", 0.0)
    client = ModelClient(fake)
    server.serve(fake)
    assert client.status().state == "ready"
    server.stop(fake)
    assert client.status().state == "offline"
