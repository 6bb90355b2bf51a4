"""The load benchmark over a service that answers at once, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from core.results import Recommendation, Slate
from core.turns import ToolCall, Turn
from evals.load import TOOLS, measure

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ITEM = Recommendation(id="a", title="Alien", score=1.0)


class Desk:
    def queue(self, agent: str) -> list[Any]:
        return []

    def brief(self, agent: str, user_id: str, conversation_id: str) -> None:
        return None

    def offers(self, agent: str, conversation_id: str) -> tuple[()]:
        return ()

    def drafts(self, agent: str, conversation_id: str) -> tuple[Any, ...]:
        return (SimpleNamespace(id="d", conversation_id=conversation_id),)

    def take(self, agent: str, conversation_id: str) -> None:
        return None

    def hand_back(self, agent: str, conversation_id: str) -> None:
        return None

    def decide(self, agent: str, draft_id: str, verdict: str, reason: str) -> None:
        return None

    def ask(self, agent: str, conversation_id: str, question: str) -> None:
        raise ValueError("no such question")


class Service:
    def __init__(self) -> None:
        self.desk = Desk()
        self.forgotten: list[str] = []

    def now(self) -> datetime:
        return NOW

    def examples(self) -> tuple[str, ...]:
        return ("something tense",)

    def people(self, limit: int) -> list[Any]:
        return [SimpleNamespace(user_id="405")]

    def chat(self, user_id: str, text: str, conversation_id: str | None) -> Turn:
        calls = (ToolCall(tool="recommend", ms=40.0), ToolCall(tool="explain", ms=2.0)) if "tense" in text else ()
        return Turn(conversation_id=f"c{user_id}", turn=0, user_id=user_id, at=NOW, text=text, reply="", calls=calls)

    def recommend(self, request: Any) -> Slate:
        return Slate(id="s", user_id=request.user_id, at=NOW, items=(ITEM,))

    def explain(self, request: Any, item_id: str) -> None:
        return None

    def forget_user(self, user_id: str) -> None:
        self.forgotten.append(user_id)


def test_each_kind_of_work_is_timed_and_errors_are_counted() -> None:
    service = Service()
    outcome = measure(service, 0.6, chats=3, agents=1, think=(0.0, 0.01), look=(0.0, 0.01))  # type: ignore[arg-type]
    works = {work.what: work for work in outcome.works}
    assert {"turn", TOOLS, "desk: brief", "desk: offers", "desk: take, decide, back", "batch: one explanation"} <= set(
        works
    )
    assert (works[TOOLS].p50, works[TOOLS].worst) == (42.0, 42.0)
    assert 0 < works[TOOLS].count < works["turn"].count, "turns without a tool have no tool part"
    assert outcome.batch > 0
    assert outcome.errors
    assert set(outcome.errors) == {"desk: question: ValueError: no such question"}


def test_who_chatted_is_forgotten() -> None:
    service = Service()
    measure(service, 0.1, chats=2, agents=0, think=(0.0, 0.01))  # type: ignore[arg-type]
    assert len(service.forgotten) == 2
    assert all(person.startswith("load-") for person in service.forgotten)
