"""The three doors at once: people who chat, agents at the desk, and a batch of explanations, in one process.

``driftline eval load`` lets eight people chat, each in a conversation of their own with a random 2 to 8 seconds
(uniform) between reply and message, while two agents work through those conversations at the desk (queue, brief,
offers, drafts, dismissing one, a question to the copilot, with 1 to 4 seconds in between) and one thread explains
slates of known people one after the other, without a pause. The language model is switched off, so no figure contains
it. Whatever raises is an error; the people who chatted are forgotten afterwards.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import numpy as np
import psutil

from agent.build import build_service
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.desk import Draft
from core.results import Recommendation, RecommendRequest
from core.settings import Settings

CHATS, AGENTS = 8, 2
SECONDS = 120.0
THINK, LOOK = (2.0, 8.0), (1.0, 4.0)
LIMIT = 300.0
"""Milliseconds that the tools of 95 of 100 turns must stay under."""
EXPLAINED = 10
FOLLOW_UPS = (
    "why the first one?",
    "something different",
    "what is popular right now?",
    "where is my taste heading?",
    "more like the second one",
    "thanks",
)
QUESTIONS = ("what has she asked for?", "what are they moving to?", "has she complained before?")
TOOLS, EXPLANATION = "turn: its tools", "batch: one explanation"


@dataclass(frozen=True)
class Timed:
    """One kind of work under load.

    Attributes:
        p50, p95, worst: milliseconds.
    """

    what: str
    count: int
    p50: float
    p95: float
    worst: float


@dataclass(frozen=True)
class Outcome:
    """What was measured.

    Attributes:
        batch: explanations a second. errors: texts of what was raised.
        own, others: parts of all processors that this process and the others took meanwhile.
    """

    seconds: float
    works: tuple[Timed, ...]
    batch: float
    errors: tuple[str, ...]
    own: float
    others: float
    cores: int


class _Book:
    """Times and errors of all threads."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}
        self.errors: list[str] = []
        self._lock = threading.Lock()

    def write(self, what: str, ms: float) -> None:
        with self._lock:
            self.taken.setdefault(what, []).append(ms)

    @contextmanager
    def timing(self, what: str) -> Iterator[None]:
        """Time a block; what it raises is written down and goes no further."""
        started = time.perf_counter()
        try:
            yield
        except Exception as error:
            with self._lock:
                self.errors.append(f"{what}: {type(error).__name__}: {error}")
        else:
            self.write(what, (time.perf_counter() - started) * 1000)


class _Shop:
    """One run: what people and agents do, and what they share."""

    def __init__(self, service: Service, seconds: float, think: tuple[float, float], look: tuple[float, float]) -> None:
        self.book = _Book()
        self.conversations: dict[str, str] = {}
        self._service = service
        self._end = time.monotonic() + seconds
        self._think = think
        self._look = look
        self._messages = (*service.examples(), *FOLLOW_UPS)

    def chat(self, person: str, seed: int) -> None:
        """One person: message after message, with time to read between them."""
        pause = random.Random(seed)
        self._wait(pause, (0.0, self._think[1]))
        place = seed
        while self._open:
            with self.book.timing("turn"):
                text = self._messages[place % len(self._messages)]
                turn = self._service.chat(person, text, self.conversations.get(person))
                self.conversations[person] = turn.conversation_id
                if turn.calls:
                    self.book.write(TOOLS, sum(call.ms for call in turn.calls))
            place += 1
            self._wait(pause, self._think)

    def work(self, agent: str, seed: int) -> None:
        """One agent: what the desk's page asks for, for one conversation after the other."""
        pause, desk = random.Random(seed + 100), self._service.desk
        while self._open:
            # Each agent has conversations of their own, as a queue gives them out.
            people = list(self.conversations.items())[seed::AGENTS]
            if people:
                person, conversation = pause.choice(people)
                drafts: tuple[Draft, ...] = ()
                with self.book.timing("desk: queue"):
                    desk.queue(agent)
                self._wait(pause, self._look)
                with self.book.timing("desk: brief"):
                    desk.brief(agent, person, conversation)
                with self.book.timing("desk: offers"):
                    desk.offers(agent, conversation)
                with self.book.timing("desk: drafts"):
                    drafts = desk.drafts(agent, conversation)
                if drafts:
                    self._decide(agent, drafts, pause)
                self._wait(pause, self._look)
                with self.book.timing("desk: question"):
                    desk.ask(agent, conversation, pause.choice(QUESTIONS))
            self._wait(pause, self._look)

    def explain(self, known: Sequence[str]) -> None:
        """A batch: the slate of one known person after the other, with every item of it explained."""
        place = 0
        while self._open:
            request = RecommendRequest(user_id=known[place % len(known)], at=self._service.now(), k=EXPLAINED)
            place += 1
            items: tuple[Recommendation, ...] = ()
            with self.book.timing("batch: one slate"):
                items = self._service.recommend(request).items
            for item in items:
                with self.book.timing(EXPLANATION):
                    self._service.explain(request, item.id)
                if not self._open:
                    return

    def _decide(self, agent: str, drafts: Sequence[Draft], pause: random.Random) -> None:
        """Take the conversation, dismiss a draft, and give it back to the bot."""
        desk, draft = self._service.desk, pause.choice(drafts)
        with self.book.timing("desk: take, decide, back"):
            desk.take(agent, draft.conversation_id)
            desk.decide(agent, draft.id, "dismissed", reason="load")
            desk.hand_back(agent, draft.conversation_id)

    @property
    def _open(self) -> bool:
        return time.monotonic() < self._end

    def _wait(self, pause: random.Random, between: tuple[float, float]) -> None:
        time.sleep(max(0.0, min(pause.uniform(*between), self._end - time.monotonic())))


def measure(
    service: Service,
    seconds: float,
    chats: int = CHATS,
    agents: int = AGENTS,
    think: tuple[float, float] = THINK,
    look: tuple[float, float] = LOOK,
) -> Outcome:
    """Run all three for a while; the people who chatted are forgotten."""
    shop = _Shop(service, seconds, think, look)
    people = [f"load-{uuid.uuid4().hex}" for _ in range(chats)]
    known = [person.user_id for person in service.people(200)]
    threads = [threading.Thread(target=shop.chat, args=job) for job in zip(people, range(chats), strict=True)]
    threads += [threading.Thread(target=shop.work, args=(f"agent {seed + 1}", seed)) for seed in range(agents)]
    threads += [threading.Thread(target=shop.explain, args=(known,))] if known else []
    process, cores = psutil.Process(), psutil.cpu_count() or 1
    psutil.cpu_percent()
    own, started = sum(process.cpu_times()[:2]), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    mine = (sum(process.cpu_times()[:2]) - own) / elapsed / cores
    others = max(0.0, psutil.cpu_percent() / 100 - mine)
    for person in people:
        service.forget_user(person)
    return Outcome(
        seconds=elapsed,
        works=tuple(_timed(what, taken) for what, taken in sorted(shop.book.taken.items())),
        batch=len(shop.book.taken.get(EXPLANATION, ())) / elapsed,
        errors=tuple(shop.book.errors),
        own=mine,
        others=others,
        cores=cores,
    )


def run(settings: Settings, quick: bool = False) -> dict[str, object]:
    """Print the table and return it.

    Args:
        quick: half a minute instead of two.
    """
    offline = ScriptedClient(status=ModelStatus(state="offline", name="none", detail="switched off for timing"))
    service = build_service(settings, model=offline)
    try:
        _load(service)
        outcome = measure(service, SECONDS / 4 if quick else SECONDS)
    finally:
        service.close()
    print(f"{CHATS} people chatting, {AGENTS} agents and a batch of explanations for {outcome.seconds:.0f} s\n")
    print(f"{'milliseconds':<26} {'count':>6} {'p50':>8} {'p95':>8} {'worst':>8}")
    for work in outcome.works:
        print(f"{work.what:<26} {work.count:>6} {work.p50:>8.1f} {work.p95:>8.1f} {work.worst:>8.1f}")
    print(f"\nExplanations in the batch: {outcome.batch:.1f} a second")
    print(f"Errors: {len(outcome.errors)}")
    for error in outcome.errors[:10]:
        print(f"  {error}")
    tools = next((work.p95 for work in outcome.works if work.what == TOOLS), 0.0)
    verdict = "met" if tools < LIMIT and not outcome.errors else "missed"
    print(f"No error, and the tools of 95 of 100 turns under {LIMIT:g} ms: {verdict}")
    print(f"Of {outcome.cores} processors this took {outcome.own:.0%}, and other processes {outcome.others:.0%}.")
    return asdict(outcome)


def _load(service: Service) -> None:
    """Ask everything once, so that what first questions load is not measured."""
    person, conversation = f"load-{uuid.uuid4().hex}", None
    try:
        for message in (*service.examples(), *FOLLOW_UPS):
            conversation = service.chat(person, message, conversation).conversation_id
        for known in service.people(1):
            slate = service.recommend(RecommendRequest(user_id=known.user_id, at=service.now(), k=EXPLAINED))
            for item in slate.items[:1]:
                service.explain(RecommendRequest(user_id=known.user_id, at=service.now(), k=EXPLAINED), item.id)
        if conversation is not None:
            service.desk.brief("agent 1", person, conversation)
            service.desk.offers("agent 1", conversation)
            service.desk.drafts("agent 1", conversation)
            service.desk.ask("agent 1", conversation, QUESTIONS[0])
    finally:
        service.forget_user(person)


def _timed(what: str, taken: Sequence[float]) -> Timed:
    middle, most = np.percentile(taken, [50, 95])
    return Timed(what=what, count=len(taken), p50=float(middle), p95=float(most), worst=max(taken))
