"""What the model writes of a reply: its opening and a line for each item, all asked at once, within one time."""

from __future__ import annotations

import contextvars
import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping

from langchain_core.messages import HumanMessage, SystemMessage

from agent.grounding.sentences import strip_internals, take
from agent.llm.client import ChatClient
from core.errors import ModelError
from core.turns import ModelUse
from prompts.load import load

OPENING = 0
"""The place of the opening; an item's line has its number in the list."""

_OPENING_TOKENS, _LINE_TOKENS = 64, 56
_GRACE = 0.1
_FINISHED = re.compile(r"[.!?…][\"')\]*_]*\s*$")


def finished(text: str) -> bool:
    """Whether a text ends with the end of a sentence."""
    return _FINISHED.search(text) is not None


class Prose:
    """Answers being written, by place. Nothing is asked before `start`.

    Attributes:
        prompts: what is asked, by place.
        message: what the person said, which no answer should say again.
        use: which model writes, and whether the turn has to do without some of it.
        ms: milliseconds spent waiting for it.
    """

    def __init__(self, client: ChatClient, prompts: Mapping[int, str], message: str, seconds: float) -> None:
        """Answers to these prompts, complete within ``seconds`` from the start, all of them together."""
        self.use = ModelUse(name="none")
        self.ms = 0.0
        self.prompts, self.message = prompts, message
        self._client, self._seconds = client, seconds
        self._answers: dict[int, queue.SimpleQueue[str | None]] = {}
        self._left: set[int] = set()
        self._broken: set[int] = set()
        self._until = 0.0

    def start(self) -> None:
        """Ask for all places at once; a model that is offline, or that is known to write nonsense, is not asked."""
        status = self._client.status()
        self.use = ModelUse(name=status.name or "none")
        if status.state != "ready":
            self.degrade(f"The model is {status.state}.")
        elif not self.prompts:
            return
        elif not status.writes:
            self.degrade(f"{status.name} was not trained to write these replies, so templates did.")
        elif self._seconds <= 0:
            self.degrade("The time for the model was used up.")
        else:
            self._until = time.monotonic() + self._seconds
            self._answers = {place: queue.SimpleQueue() for place in self.prompts}
            for place in self.prompts:
                # The context carries tracing callbacks and log fields of the turn into the thread.
                run = contextvars.copy_context().run
                threading.Thread(target=run, args=(self._ask, place), name="model-prose", daemon=True).start()

    def asked(self, place: int) -> bool:
        """Whether the model was asked for a place."""
        return place in self._answers

    def whole(self, place: int) -> bool:
        """Whether an answer that has been read came to its end."""
        return place not in self._broken

    def chunks(self, place: int) -> Iterator[str]:
        """The text of one place as it is written; nothing where it was not asked. Leave it early to stop the model.

        An answer that breaks off or comes too late marks the turn as degraded.
        """
        if place not in self._answers:
            return
        answer = self._answers[place]
        try:
            while True:
                started = time.monotonic()
                try:
                    chunk = answer.get(timeout=max(0.0, self._until - started) + _GRACE)
                except queue.Empty:
                    self._broken.add(place)
                    self.degrade(f"The model gave no complete answer within {self._seconds:g} s.")
                    return
                finally:
                    self.ms += (time.monotonic() - started) * 1000
                if chunk is None:
                    return
                yield chunk
        finally:
            self._left.add(place)

    def sentence(self, place: int) -> str:
        """The first sentence of a place, once it is whole; empty where there is none."""
        written = ""
        for chunk in self.chunks(place):
            written += chunk
            whole, _ = take(strip_internals(written))
            if whole:
                return whole[0]
        whole, rest = take(strip_internals(written), final=True)
        return whole[0] if whole else rest.strip() if finished(rest) and self.whole(place) else ""

    def degrade(self, detail: str) -> None:
        """Mark the turn as done without the model, or without all of its words; the first reason stays."""
        self.use = self.use.model_copy(update={"degraded": True, "detail": self.use.detail or detail})

    def _ask(self, place: int) -> None:
        answer = self._answers[place]
        try:
            model = self._client.chat_model(
                self._seconds, max_tokens=_OPENING_TOKENS if place == OPENING else _LINE_TOKENS
            )
            for chunk in model.stream([SystemMessage(load("write")), HumanMessage(self.prompts[place])]):
                answer.put(chunk.text)
                if place in self._left:
                    break
        except ModelError as error:
            if place not in self._left:
                self._broken.add(place)
                self.degrade(error.what)
        finally:
            answer.put(None)
