"""How long a whole turn takes without the language model, alone and with eight chats at once.

``driftline eval latency`` plays a fixed conversation, again and again, with people who each have a conversation of
their own: a closed loop, the next message is sent when the reply is there. With think time a person waits a random 2
to 8 seconds (uniform) between reply and message, as people do who read; without, the loop measures a machine under
full load. The clock stops when the turn is stored and its checkpoint written. The model is switched off, so no turn
waits for it.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from agent.build import build_service, open_workspace
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.settings import Settings
from evals.steps import steps

MESSAGES = (
    "I loved Alien and Fargo, something tense but not gory, after 1990",
    "why the first one?",
    "who directed the second one?",
    "something funnier, under 100 minutes",
    "I hated Titanic (1997), and what about a western with Clint Eastwood?",
    "show me my timeline",
    "where is my taste heading?",
    "French films from the sixties",
    "what is popular right now?",
    "thanks, more like that",
)
THINK = (2.0, 8.0)
LIMIT = 150.0
"""Milliseconds that 95 of 100 turns must stay under."""


@dataclass(frozen=True)
class Run:
    """One way of running.

    Attributes:
        chats: conversations at once. think: whether people pause between messages. turns: how many were timed.
        p50, p95, worst: milliseconds of a turn.
        spans: 95th percentile of each part of a turn, milliseconds, over the turns that had it.
    """

    chats: int
    think: bool
    turns: int
    p50: float
    p95: float
    worst: float
    spans: dict[str, float]


def measure(service: Service, chats: int, rounds: int, think: bool) -> Run:
    """Time ``rounds`` plays of the conversation in each of ``chats`` threads; the people are forgotten afterwards."""
    taken: list[float] = []
    spans: dict[str, list[float]] = {}
    people = [f"latency-{uuid.uuid4().hex}" for _ in range(chats)]
    failures: list[BaseException] = []
    lock = threading.Lock()

    def chat(person: str, seed: int) -> None:
        pause = random.Random(seed)
        try:
            for _ in range(rounds):
                conversation: str | None = None
                for message in MESSAGES:
                    if think:
                        time.sleep(pause.uniform(*THINK))
                    started = time.perf_counter()
                    turn = service.chat(person, message, conversation)
                    ms = (time.perf_counter() - started) * 1000
                    conversation = turn.conversation_id
                    with lock:
                        taken.append(ms)
                        for name, part in turn.timings_ms.items():
                            spans.setdefault(name, []).append(part)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=chat, args=(person, seed)) for seed, person in enumerate(people)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for person in people:
            service.forget_user(person)
    if failures:
        raise failures[0]
    return Run(
        chats=chats,
        think=think,
        turns=len(taken),
        p50=_percentile(taken, 50),
        p95=_percentile(taken, 95),
        worst=max(taken),
        spans={name: _percentile(parts, 95) for name, parts in sorted(spans.items())},
    )


def run(settings: Settings) -> list[dict[str, object]]:
    """Print the table and return it."""
    offline = ScriptedClient(status=ModelStatus(state="offline", name="none", detail="switched off for timing"))
    service = build_service(settings, model=offline)
    try:
        measure(service, 1, 1, think=False)  # loads what the first question loads
        runs = [
            measure(service, 1, 6, think=False),
            measure(service, 8, 2, think=True),
            measure(service, 8, 3, think=False),
        ]
    finally:
        service.close()
    print("Milliseconds of a whole turn without the model\n")
    print(f"{'chats':>5} {'think time':>10} {'turns':>6} {'p50':>7} {'p95':>7} {'worst':>7}")
    for each in runs:
        think = f"{THINK[0]:g} to {THINK[1]:g} s" if each.think else "none"
        print(f"{each.chats:>5} {think:>10} {each.turns:>6} {each.p50:>7.1f} {each.p95:>7.1f} {each.worst:>7.1f}")
    print("\n95th percentile of each part, over the turns that have it")
    names = sorted({name for each in runs for name in each.spans})
    for name in names:
        print(f"{name:>20} " + " ".join(f"{each.spans.get(name, 0.0):>8.1f}" for each in runs))
    judged = [each for each in runs if each.chats == 1 or each.think]
    verdict = "met" if all(each.p95 < LIMIT for each in judged) else "missed"
    print(f"\np95 under {LIMIT:g} ms at 1 chat, and at 8 with think time: {verdict}")
    workspace = open_workspace(settings)
    try:
        parts, candidates = steps(workspace.deps)
    finally:
        workspace.database.close()
    print(f"\nMilliseconds of one recommendation of ten items with reasons, {candidates:,.0f} candidates in the mean\n")
    print(f"{'':<50} {'p50':>7} {'p95':>7}")
    for part in parts:
        print(f"{part.name:<50} {part.p50:>7.1f} {part.p95:>7.1f}")
    return [*map(asdict, runs), *map(asdict, parts)]


def _percentile(values: Sequence[float], percent: float) -> float:
    return float(np.percentile(values, percent))
