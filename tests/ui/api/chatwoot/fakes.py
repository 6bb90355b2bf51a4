"""A Chatwoot that can be down, and a service whose desk is a few rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from agent.incoming import readable
from core.desk import Draft, Thread, WrapUp
from core.errors import InputError, NotFoundError
from core.results import Reason, Recommendation
from core.settings import Settings
from core.turns import Turn
from core.types import Conversation, Item
from store.conversations import Conversations
from store.db import Database
from store.desk import DeskRecords
from store.helpdesk import HelpDesk
from store.tables import conversations, to_micros

SECRET, TOKEN = "hooksecret", "bottoken"
MUESLI = Item(id="m1", title="Wholegrain cereal, 14 oz", numbers={"price": 2.99})


class FakeChatwoot:
    """Its API for one account; `down` answers with that status instead."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.down = 0
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._ids = itertools.count(9000)

        @self.app.post("/api/v1/accounts/{account}/conversations/{conversation}/{action}")
        async def take(account: int, conversation: int, action: str, request: Request) -> Any:
            if request.headers.get("api_access_token") != TOKEN:
                return JSONResponse({"error": "Invalid Access Token"}, 401)
            if self.down:
                return JSONResponse({"error": "down"}, self.down)
            body = await request.json()
            self.calls.append((f"{account}/{conversation}/{action}", body))
            return {"id": next(self._ids)} | body

    @property
    def public(self) -> list[str]:
        return [body["content"] for action, body in self.calls if action.endswith("messages") and not body["private"]]

    @property
    def notes(self) -> list[str]:
        return [body["content"] for action, body in self.calls if action.endswith("messages") and body["private"]]

    @property
    def statuses(self) -> list[str]:
        return [body["status"] for action, body in self.calls if action.endswith("toggle_status")]

    def transport(self) -> httpx.BaseTransport:
        from fastapi.testclient import TestClient

        client = TestClient(self.app)

        def send(request: httpx.Request) -> httpx.Response:
            answer = client.request(
                request.method, str(request.url.path), content=request.read(), headers=dict(request.headers)
            )
            return httpx.Response(
                answer.status_code, content=answer.content, headers={"content-type": "application/json"}
            )

        return httpx.MockTransport(send)


def shown() -> Recommendation:
    return Recommendation(
        id="m1",
        title=MUESLI.title,
        score=1.0,
        reasons=(Reason(feature="habit", contribution=1.0, text="you buy it every other week"),),
        numbers=MUESLI.numbers,
    )


class FakeDesk:
    """Who has which conversation, by the rules of the desk that matter here."""

    def __init__(self, service: FakeService) -> None:
        self._service = service
        self.threads: dict[str, Thread] = {}
        self.moves: list[tuple[str, str, str]] = []

    def forget(self, conversation_id: str) -> None:
        del self.threads[conversation_id]

    def thread(self, conversation_id: str) -> Thread | None:
        return self.threads.get(conversation_id)

    def start(self, agent: str, user_id: str) -> Thread:
        return self.move(f"c{len(self.moves)}", "staff", agent, user_id=user_id)

    def take(self, agent: str, conversation_id: str) -> Thread:
        at = self.threads[conversation_id]
        if at.state == "staff" and at.agent != agent:
            raise InputError(f"{at.agent} has this conversation.", "Ask them to hand it back.")
        return self.move(conversation_id, "staff", agent)

    def hand_back(self, agent: str, conversation_id: str, note: str = "") -> Thread:
        self._held(agent, conversation_id)
        return self.move(conversation_id, "bot", "")

    def send(self, agent: str, conversation_id: str, text: str) -> Turn:
        self._held(agent, conversation_id)
        return self._service.store(conversation_id, "", text, agent)

    def drafts(self, agent: str, conversation_id: str) -> tuple[Draft, ...]:
        now = self._service.now()
        return (Draft(id="d", conversation_id=conversation_id, tone="warm", text="Of course!", at=now),)

    def wrap_up(self, agent: str, conversation_id: str) -> WrapUp:
        return WrapUp(conversation_id=conversation_id, summary="", disposition="answered", dispositions=("answered",))

    def close(self, agent: str, conversation_id: str, wrap_up: WrapUp, confirmed: Sequence[str] = ()) -> Thread:
        assert not confirmed
        return self.move(conversation_id, "closed", agent)

    def move(self, conversation_id: str, state: Any, agent: str, **more: Any) -> Thread:
        now = self._service.now()
        fresh = Thread(conversation_id=conversation_id, user_id="?", opened_at=now, updated_at=now)
        self.moves.append((conversation_id, state, agent))
        known = self.threads.get(conversation_id, fresh)
        self.threads[conversation_id] = moved = known.model_copy(update={"state": state, "agent": agent} | more)
        begun = Conversation(id=conversation_id, user_id="?", started_at=now, updated_at=now)
        with self._service.database.write() as connection:
            row = begun.model_dump() | {"started_at": to_micros(now), "updated_at": to_micros(now)}
            connection.execute(self._service.database.insert(conversations).on_conflict_do_nothing(), [row])
        DeskRecords(self._service.database).change(begun, now, lambda _: moved)
        return moved

    def _held(self, agent: str, conversation_id: str) -> None:
        at = self.threads[conversation_id]
        if at.state != "staff" or at.agent != agent:
            raise InputError("You do not have this conversation.", "Take it over first.")


class FakeService:
    """Answers with one product; hands over when asked for a human; says nothing while staff have a conversation."""

    def __init__(self, home: Path, secret: str = SECRET) -> None:
        self.database = Database(f"sqlite:///{home / 'driftline.db'}")
        self.database.migrate()
        settings = Settings(
            home=home,
            chatwoot_url="https://chatwoot.example",
            chatwoot_token=SecretStr(TOKEN),
            chatwoot_secret=SecretStr(secret),
        )
        self.deps = SimpleNamespace(settings=settings, catalog=SimpleNamespace(count=lambda: 1))
        self.desk = FakeDesk(self)
        self.said: list[tuple[str, str, str | None]] = []
        self.failures = 0
        self._turns: dict[str, list[Turn]] = {}

    def helpdesk(self) -> HelpDesk:
        return HelpDesk(self.database)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        return dict.fromkeys(ids, MUESLI)

    def turns(self, conversation_id: str) -> list[Turn]:
        return self._turns.get(conversation_id, [])

    def chat(self, user_id: str, text: str, conversation_id: str | None = None) -> Turn:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the disk is full")
        text = readable(text)
        self.said.append((user_id, text, conversation_id))
        if len(text) > 4000:
            raise InputError("The message is too long.", "Say it in fewer words.")
        if conversation_id is not None and self.desk.thread(conversation_id) is None:
            raise NotFoundError(f"User {user_id!r} has no conversation {conversation_id!r}.")
        conversation = conversation_id or self.desk.move(f"c{len(self.desk.moves)}", "bot", "").conversation_id
        if self.desk.threads[conversation].state in {"waiting", "staff"}:
            return self.store(conversation, text, "", "")
        if "named" in text:
            return self.store(conversation, text, f"1. {MUESLI.title}, at 2.99.", items=(shown(),))
        if "human" in text:
            self.desk.move(
                conversation, "waiting", "", reason="The customer asked for a person.", summary="Likes cereal."
            )
            return self.store(conversation, text, "I am passing you on to a colleague.")
        return self.store(conversation, text, f"Here is one for “{text}”.", items=(shown(),))

    def store(self, conversation: str, text: str, reply: str, author: str = "driftline", items: Any = ()) -> Turn:
        turns = self._turns.setdefault(conversation, [])
        turn = Turn(
            conversation_id=conversation,
            turn=len(turns),
            user_id="?",
            at=self.now(),
            text=text,
            reply=reply,
            author=author,
            items=items,
        )
        turns.append(turn)
        Conversations(self.database).add_turn(turn)
        return turn
