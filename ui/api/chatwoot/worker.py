"""Jobs in the background: what came in is acted on, what is to go out is sent, and neither waits for the other."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from store.helpdesk import HelpDesk, Job, Lane
from ui.api.chatwoot.bridge import Bridge
from ui.api.chatwoot.client import ChatwootClient, RefusedError, UnreachableError

_log = logging.getLogger(__name__)

_TRIES = 4
"""Times that a message is tried to be answered before the staff get it."""
_FIRST, _LONGEST = 1.0, 300.0
"""Seconds before a call is tried again: the first time, and at most."""
_LEASE = timedelta(minutes=5)
"""How long a job is ours alone: past it, its worker is taken for dead."""
_PAUSE = 1.0
"""Seconds between looks at what may have become due."""
_TIDY = timedelta(days=1)
"""Time between two looks for what need not be kept any longer."""


class Worker:
    """Runs the jobs of all conversations, several at once, those of one conversation in their order.

    Args:
        now: the present.
        pause: seconds between looks at what may have become due.
    """

    def __init__(
        self,
        desk: HelpDesk,
        bridge: Bridge,
        client: ChatwootClient,
        now: Callable[[], datetime],
        pause: float = _PAUSE,
        first: float = _FIRST,
    ) -> None:
        self._desk = desk
        self._bridge = bridge
        self._client = client
        self._now = now
        self._pause = pause
        self._first = first
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="chatwoot")
        self._tidied = datetime.fromtimestamp(0, UTC)
        self._busy: set[tuple[str, Lane]] = set()
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chatwoot", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._thread.start()

    def wake(self) -> None:
        """There is news."""
        self._news.set()

    def stop(self) -> None:
        """End after the jobs that run now; what is left stays in the store."""
        self._ended.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown()
        self._client.close()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._news.wait(self._pause)
            self._news.clear()
            if self._ended.is_set():
                return
            for step, what in (
                (self._tidy, "what is done cannot be deleted"),
                (self._bridge.copy, "what staff sent cannot be copied"),
                (self._look, "the jobs cannot be read"),
            ):
                try:
                    step()
                except Exception:
                    _log.exception(what)

    def _look(self) -> None:
        for place in self._desk.waiting(self._now()):
            self._begin(place)

    def _tidy(self) -> None:
        """Once a day, and at the beginning."""
        if self._now() >= self._tidied + _TIDY:
            self._desk.purge(self._now())
            self._tidied = self._now()

    def _begin(self, place: tuple[str, Lane]) -> None:
        with self._lock:
            if place in self._busy:
                return
            self._busy.add(place)
        self._pool.submit(self._drain, place)

    def _drain(self, place: tuple[str, Lane]) -> None:
        """Run the jobs of one conversation and lane until one has to wait."""
        thread, lane = place
        try:
            while not self._ended.is_set():
                now = self._now()
                job = self._desk.claim(thread, lane, now, now + _LEASE)
                if job is None or not (self._act(job) if lane == "in" else self._send(job)):
                    return
        except Exception:
            _log.exception("a job of %s could not be seen to", thread)
        finally:
            with self._lock:
                self._busy.discard(place)
            if lane == "in":
                self._news.set()

    def _act(self, job: Job) -> bool:
        """Act on a webhook; whether the next may follow."""
        try:
            self._bridge.act(job)
        except Exception as error:
            _log.exception("a message of %s could not be answered", job.thread)
            if job.attempts + 1 >= _TRIES:
                self._bridge.excuse(job)
                return True
            self._desk.postpone(job, self._later(job), f"{type(error).__name__}: {error}")
            return False
        return True

    def _send(self, job: Job) -> bool:
        """Make a call; whether the next may follow."""
        call, body = job.payload["call"], job.payload["body"]
        try:
            if call == "status":
                self._client.status(job.thread, str(body["status"]))
                self._desk.done(job, self._now())
                self._bridge.status_is(job.thread, str(body["status"]))
            else:
                self._desk.done(job, self._now(), self._client.message(job.thread, body))
        except UnreachableError as error:
            _log.warning("Chatwoot cannot be reached, try %d: %s", job.attempts + 1, error)
            self._desk.postpone(job, self._later(job), str(error))
            return False
        except RefusedError as error:
            _log.error("Chatwoot refuses a %s for conversation %s: %s", call, job.thread, error)
            self._desk.give_up(job, self._now(), str(error))
        return True

    def _later(self, job: Job) -> datetime:
        seconds = min(self._first * 2.0**job.attempts, _LONGEST)
        return self._now() + timedelta(seconds=seconds * random.uniform(0.8, 1.2))
