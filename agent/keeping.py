"""Vectors of what people said they want, written after the turn in which they said it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from core.types import Event
from tools.deps import Retriever

logger = logging.getLogger(__name__)


def keep_words(retriever: Retriever, event: Event) -> None:
    """The vector of what one event says was wanted; an event about an item has that item's already."""
    if event.topic and event.value > 0 and event.text:
        retriever.remember(event.user_id, event.id, event.text, event.at)


class WordKeeper:
    """Writing a vector takes longer than the rest of a turn, so the reply does not wait for it."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="remember")
        self._last: dict[str, Future[None]] = {}

    def keep(self, events: Iterable[Event]) -> None:
        """Vectors of the topics that were wanted; a title that was named has a vector of its own already."""
        words = {event.text.casefold(): event for event in events if event.topic and event.value > 0 and event.text}
        for event in words.values():
            self._last[event.user_id] = kept = self._later.submit(self._keep, event)
            kept.add_done_callback(partial(self._done, event.user_id))

    def settled(self, user_id: str) -> None:
        """Wait until what one person said is kept, so that whatever is ranked next rests on all of it."""
        if waiting := self._last.get(user_id):
            waiting.result()

    def _done(self, user_id: str, kept: Future[None]) -> None:
        if self._last.get(user_id) is kept:
            self._last.pop(user_id, None)

    def settle(self) -> None:
        """Wait until all that was handed in is kept."""
        self._later.submit(int).result()

    def close(self) -> None:
        """Keep what was handed in, and no more."""
        self._later.shutdown(wait=True)

    def _keep(self, event: Event) -> None:
        try:
            keep_words(self._retriever, event)
        except Exception:
            # Nobody waits for this result; without the vector the event itself still counts.
            logger.exception("The words of event %s could not be kept", event.id)
