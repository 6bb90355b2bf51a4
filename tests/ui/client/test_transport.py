"""What the client repeats, and how failures arrive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from core.updates import Text
from core.wire.answers import ExplanationRow
from core.wire.bodies import EventChange, RecommendBody
from ui.client import ApiError, Conflict, Driftline, Invalid, NotFound, NotReady, ServerFault, Unauthorised, Unreachable

CONSENT = {"user_id": "ann", "at": "2024-05-01T12:00:00Z", "remember": True, "learn_from": True}


class Server:
    """Answers in turn, and notes what was asked and how long was waited."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, retries: int = 3) -> Driftline:
        transport = httpx.MockTransport(self)
        return Driftline("http://server", retries=retries, pause=0.5, sleep=self.waits.append, transport=transport)


def problem(status: int, **headers: str) -> httpx.Response:
    body = {"type": "/problems/x", "title": "X", "status": status, "detail": "It went wrong.", "remedy": "Repeat it."}
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_server_that_is_not_ready_is_asked_again_after_what_it_says() -> None:
    server = Server(problem(503), problem(503, retry_after="4"), httpx.Response(200, json=CONSENT))
    assert server.client().people.consent("ann").remember
    assert server.waits == [0.5, 4.0]


def test_connections_that_break_are_tried_again_and_then_it_is_said() -> None:
    server = Server(*[httpx.ConnectError("refused")] * 4)
    with pytest.raises(Unreachable, match="refused"):
        server.client().recommendations.get(RecommendBody())
    assert server.waits == [0.5, 1.0, 2.0]


def test_what_would_happen_twice_is_not_repeated() -> None:
    server = Server(httpx.ReadTimeout("slow"))
    with pytest.raises(Unreachable):
        server.client().events.change("ann", "e", EventChange(value=1.0))
    streamed = Server(problem(503))
    with pytest.raises(NotReady):
        next(streamed.client().conversations.stream("ann", "hi"))
    assert (server.waits, streamed.waits) == ([], [])


def test_what_creates_carries_the_same_key_each_time() -> None:
    server = Server(httpx.ReadError("broke"), problem(503), problem(404))
    with pytest.raises(NotFound):
        server.client().people.feedback("ann", "x", "like")
    keys = {request.headers["idempotency-key"] for request in server.requests}
    assert (len(server.requests), len(keys)) == (3, 1)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Invalid), (401, Unauthorised), (404, NotFound), (413, Invalid), (422, Invalid), (500, ServerFault)],
)
def test_problems_arrive_as_exceptions_of_their_kind(status: int, kind: type[ApiError]) -> None:
    server = Server(problem(status))
    with pytest.raises(kind, match=r"It went wrong\. Repeat it\.") as raised:
        server.client().people.consent("ann")
    assert type(raised.value) is kind
    assert raised.value.problem.status == status
    assert len(server.requests) == 1


def test_an_answer_of_something_in_between_is_an_error_too() -> None:
    server = Server(httpx.Response(502, text="<html>Bad Gateway</html>"))
    with pytest.raises(ServerFault, match="502 Bad Gateway"):
        server.client().people.consent("ann")


def test_a_stream_that_breaks_off_says_so() -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b'event: text\ndata: {"type": "text", "delta": "We"}\n\n'
            raise httpx.ReadError("gone")

    server = Server(httpx.Response(200, stream=Broken()))
    updates = server.client().conversations.stream("ann", "hi")
    assert next(updates).type == "text"
    with pytest.raises(Unreachable, match="gone"):
        next(updates)


def test_a_line_ends_where_the_server_ends_it() -> None:
    rows = [{"user_id": "ann", "title": title} for title in ("Milk\u2028fresh", "Bread\x85")]
    content = "\n".join(ExplanationRow.model_validate(row).model_dump_json() for row in rows).encode()
    pieces = [content[:40], content[40:41], content[41:]]
    server = Server(httpx.Response(200, content=iter(pieces)))
    assert [row.title for row in server.client().batch.explanations(["ann"])] == ["Milk\u2028fresh", "Bread\x85"]
    said = 'event: text\ndata: {"type": "text", "delta": "one\u2028two"}\n\n'
    (update,) = Server(httpx.Response(200, content=said.encode())).client().conversations.stream("ann", "hi")
    assert update == Text(delta="one\u2028two")


def test_what_is_still_being_answered_is_asked_for_again() -> None:
    server = Server(httpx.ReadTimeout("slow"), problem(409, retry_after="2"), problem(404))
    with pytest.raises(NotFound):
        server.client().conversations.start("ann")
    assert server.waits == [0.5, 2.0]
    with pytest.raises(Conflict):
        Server(problem(409)).client(retries=0).conversations.start("ann")


def test_a_file_that_breaks_off_does_not_stay(tmp_path: Path) -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b"PAR1"
            raise httpx.ReadError("gone")

    with pytest.raises(Unreachable):
        Server(httpx.Response(200, stream=Broken())).client().batch.explanations_to(tmp_path / "x.parquet", ["ann"])
    assert list(tmp_path.iterdir()) == []
