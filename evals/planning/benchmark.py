"""How messages are read by the rules alone, as the product does it, and by a served model: tools and arguments.

The messages were labelled before any reader had seen them; neither their wordings nor their titles and people occur in
what the small model is trained on. A label is the calls and the part of each name; it goes through the same
deterministic steps as a reading does, and the plans that come of both are compared: the tools, then every argument.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agent.build import build_service, reader_of
from agent.llm.client import ChatClient, ModelClient
from agent.memory import Memory
from agent.policy import PlannedCall, reference_plan
from agent.reader.message import MessageReader
from agent.service import Service
from agent.understanding import Understanding, understand
from agent.understanding.proposals import Proposal
from agent.understanding.reading import Reader
from core.results import Recommendation, Slate
from core.settings import Settings, load_settings
from core.types import Frozen, describe_range
from evals.planning import third_cases, unseen_cases
from evals.planning.cases import CASES, Call, PlanningCase, calls_of, readings_of
from store.catalog import Catalog
from store.columns import ItemColumns
from store.db import Database
from store.events import Events
from tools.deps import Retriever
from tools.retrieval.hybrid import HybridRetriever

UNREAD = "unseen set"
"""Of this one the command prints no message, whatever goes wrong with it."""

SETS: Mapping[str, tuple[PlanningCase, ...]] = {
    "first set": CASES,
    "third set": third_cases.CASES,
    UNREAD: unseen_cases.CASES,
}
"""Errors on the first and the third set have been read since they were written; nobody has read the others."""

SECONDS = 20.0
"""Time for one answer of the model: what it can do is measured here, and how fast that is in its own column."""


class PlanningRow(Frozen):
    """One way of reading.

    Attributes:
        tools, exact: share of the messages whose plan has exactly the right tools; and also every argument right.
        asked: share of the messages for which the model was asked.
        valid: share of its answers that kept to the format; None where it was never asked.
        median_ms, p95_ms: time of a reading, the model's included.
        kinds: share of exact plans by kind of message.
        wrong: each message read wrongly, with what was planned and meant.
    """

    name: str
    messages: int
    tools: float
    exact: float
    asked: float
    valid: float | None
    median_ms: float
    p95_ms: float
    kinds: Mapping[str, tuple[int, int]]
    wrong: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class _World:
    retriever: Retriever
    columns: ItemColumns

    def read(self, case: PlanningCase, reader: Reader | None) -> tuple[Understanding, list[PlannedCall]]:
        slate = self._slate(case.shown) if case.shown else None
        before = Memory(slate=slate, focus=tuple(item.id for item in slate.items) if slate else ())
        meaning = understand(case.text, self.retriever, self.columns, before.context(), reader)
        return meaning, reference_plan(meaning, before.heard(meaning))

    def _slate(self, titles: Sequence[str]) -> Slate:
        found = [self.retriever.resolve_title(title).matches[0] for title in titles]
        items = tuple(
            Recommendation(id=match.item_id, title=match.title, year=match.year, score=0.0) for match in found
        )
        return Slate(id="shown", user_id=None, at=datetime(2024, 1, 1, tzinfo=UTC), items=items)


def measure(
    name: str, cases: Sequence[PlanningCase], world: _World, reader: Callable[[], MessageReader | None]
) -> PlanningRow:
    """Read every message one way; ``reader`` is made anew for each."""
    counts: Counter[str] = Counter()
    kinds: dict[str, tuple[int, int]] = {}
    wrong, times = [], []
    for case in cases:
        meant = [world.read(case, _labelled(calls))[1] for calls in readings_of(case)]
        asked = reader()
        started = time.perf_counter()
        meaning, planned = world.read(case, asked)
        times.append((time.perf_counter() - started) * 1000)
        tools = any(_tools(planned) == _tools(right) for right in meant)
        exact = any(_arguments(planned) == _arguments(right) for right in meant) and _figures(case, meaning)
        counts.update(tools=tools, exact=exact, asked=bool(asked and asked.asked), valid=bool(asked and asked.valid))
        done, of = kinds.get(case.kind, (0, 0))
        kinds[case.kind] = (done + exact, of + 1)
        if not exact:
            wrong.append((case.text, _shown(planned), _shown(meant[0])))
    times.sort()
    return PlanningRow(
        name=name,
        messages=len(cases),
        tools=counts["tools"] / len(cases),
        exact=counts["exact"] / len(cases),
        asked=counts["asked"] / len(cases),
        valid=counts["valid"] / counts["asked"] if counts["asked"] else None,
        median_ms=round(times[len(times) // 2], 1),
        p95_ms=round(times[int(0.95 * len(times))], 1),
        kinds=kinds,
        wrong=tuple(wrong),
    )


def _labelled(calls: Sequence[Call]) -> Reader:
    proposals = [
        Proposal(call["name"], {slot: tuple(names) for slot, names in call["arguments"].items()}) for call in calls
    ]
    return lambda *_: proposals


def _tools(plan: Sequence[PlannedCall]) -> Counter[str]:
    return Counter({call.tool for call in plan})


def _arguments(plan: Sequence[PlannedCall]) -> set[str]:
    return {_one(call) for call in plan}


def _one(call: PlannedCall) -> str:
    """A call without what no label speaks of: how strong a taste is, its words, and the words of a search."""
    args: dict[str, Any] = {key: value for key, value in call.args.items() if key != "query"}
    if "preferences" in args:
        told = {
            (event["kind"], event.get("item") or event.get("topic"), event["value"] >= 0)
            for event in args["preferences"]
        }
        return f"{call.tool} {sorted(told)}"
    if "topics" in args:
        args["topics"] = sorted(args["topics"])
    return PlannedCall(call.tool, args).identity


def _figures(case: PlanningCase, meaning: Understanding) -> bool:
    """Whether limits on numbers, and how many are asked for, are as labelled; facets are part of the plan."""
    read = {describe_range(name, limit) for name, limit in meaning.constraints.ranges.items()}
    return read == {part for part in case.limits.split("; ") if part and ": " not in part} and meaning.k == case.k


def _shown(plan: Sequence[PlannedCall]) -> str:
    return "; ".join(sorted(_one(call) for call in plan)) or "nothing"


def broken_limits(cases: Sequence[PlanningCase], world: _World, service: Service) -> tuple[int, int, list[str]]:
    """Whole turns of strangers: how many showed cards, how many of the cards broke a stated limit, and which did."""
    turns, cards, broken = 0, 0, []
    for number, case in enumerate(cases):
        if case.shown or not case.text.strip():
            continue
        meant, _ = world.read(case, _labelled(calls_of(case)))
        stated, person = meant.constraints, f"planning-{uuid.uuid4().hex[:8]}-{number}"
        if not stated.parts():
            continue
        try:
            turn = service.chat(person, case.text)
            turns += bool(turn.items)
            cards += len(turn.items)
            for card in turn.items:
                item = service.items([card.id])[card.id]
                if not stated.allow(item):
                    broken.append(f"{card.title} ({card.year}) for {case.text!r}: {stated.describe()}")
        finally:
            service.forget_user(person)
    return turns, cards, broken


def run(settings: Settings) -> Mapping[str, tuple[PlanningRow, ...]]:
    """Print a table for each set, by kind of message too, and the messages of the first that are read wrongly.

    The workspace holds the films.

    The rows with the model are of whichever is served now; without one there are the rules alone.
    """
    client = ModelClient(settings)
    database = Database(settings.sql_url)
    try:
        database.migrate()
        catalog = Catalog(database)
        world = _World(HybridRetriever(settings, catalog, Events(database)), catalog.columns())
        world.retriever.mentions("warm up")
        encoder = reader_of(settings)
        encoder.load()
        ways: dict[str, Callable[[], MessageReader | None]] = {
            "rules": lambda: None,
            "product": lambda: MessageReader(encoder, client, SECONDS),
        }
        if _ready(client):
            ways[client.model_name] = lambda: MessageReader(encoder, client, SECONDS, always=True)
        rows = {
            of: tuple(measure(name, cases, world, reader) for name, reader in ways.items())
            for of, cases in SETS.items()
        }
        for of, measured in rows.items():
            _print(of, measured)
        for line in (line for row in rows["first set"] for line in _wrong(row)):
            print(line)
        service = build_service(settings)
        try:
            obeyed = {of: broken_limits(cases, world, service) for of, cases in SETS.items()}
        finally:
            service.close()
        turns, cards, broken = (
            sum(counts) for counts in zip(*(_counted(found) for found in obeyed.values()), strict=True)
        )
        print(f"{cards} cards in {turns} turns with stated limits, {broken} break one")
        for line in (line for of, (*_, lines) in obeyed.items() if of != UNREAD for line in lines):
            print(f"  {line}")
    finally:
        database.close()
    return rows


def _counted(found: tuple[int, int, list[str]]) -> tuple[int, int, int]:
    turns, cards, broken = found
    return turns, cards, len(broken)


def _ready(client: ChatClient) -> bool:
    for _ in range(10):
        if client.status().state != "loading":
            break
        time.sleep(0.5)
    return client.status().state == "ready"


def _print(of: str, rows: Sequence[PlanningRow]) -> None:
    print(f"{of}: {rows[0].messages} messages")
    print(f"{'read by':<34}{'tools':>8}{'exact':>8}{'asked':>8}{'valid':>8}{'median ms':>11}{'p95 ms':>9}")
    for row in rows:
        valid = "" if row.valid is None else f"{row.valid:.3f}"
        print(
            f"{row.name:<34}{row.tools:>8.3f}{row.exact:>8.3f}{row.asked:>8.3f}{valid:>8}"
            f"{row.median_ms:>11.1f}{row.p95_ms:>9.1f}"
        )
    print()
    print(f"{'exact by kind':<34}" + "".join(f"{row.name[:18]:>20}" for row in rows))
    for kind in rows[0].kinds:
        print(f"{kind:<34}" + "".join(f"{'{} of {}'.format(*row.kinds[kind]):>20}" for row in rows))
    print()


def _wrong(row: PlanningRow) -> Iterator[str]:
    yield f"\nread wrongly by {row.name}:"
    for text, planned, meant in row.wrong:
        yield f"  {text}\n    planned {planned}\n    meant   {meant}"


if __name__ == "__main__":
    run(load_settings())
