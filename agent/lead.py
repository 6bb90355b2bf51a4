"""The opening of a reply in the model's words, sentence by sentence, within the time that a turn may wait for it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from agent.briefing import lead_prompt
from agent.llm.client import ChatClient
from agent.memory import Memory
from core.errors import ModelError
from core.turns import ModelUse
from prompts.load import load

SENTENCES = 2
_TOKENS = 60
_FACTS_LENGTH = 1600
_ECHO = 5
"""A run of so many words of the prompt is no answer: a small model likes to say its prompt again."""


@dataclass
class Lead:
    """A lead being written.

    Attributes:
        prompt: what the model was told beside the facts; saying it again is no answer.
        use: which model writes, and whether the turn has to do without it; settled once the sentences are read.
        ms: milliseconds spent waiting for the model.
    """

    client: ChatClient
    messages: list[BaseMessage]
    seconds: float
    prompt: str = ""
    use: ModelUse = field(default_factory=lambda: ModelUse(name="none"))
    ms: float = 0.0

    def chunks(self) -> Iterator[str]:
        """The text as the model writes it; nothing if the model cannot be had. Leave it early to stop the model.

        A model that is offline is not asked; one that breaks off or is too slow marks the turn as degraded.
        """
        status = self.client.status()
        self.use = ModelUse(name=status.name or "none")
        if status.state != "ready":
            self.degrade(f"The model is {status.state}.")
            return
        started = time.perf_counter()
        try:
            model = self.client.chat_model(self.seconds, max_tokens=_TOKENS)
            for chunk in model.stream(self.messages):
                self.ms += (time.perf_counter() - started) * 1000
                yield chunk.text
                started = time.perf_counter()
        except ModelError as error:
            self.ms += (time.perf_counter() - started) * 1000
            self.degrade(error.what)

    def echoes(self, sentence: str) -> bool:
        """Whether a sentence says the prompt, or the person's own words, again."""
        return bool(_runs(sentence) & _runs(self.prompt))

    def degrade(self, detail: str) -> None:
        """Mark the turn as done without the model, or without all of its words."""
        self.use = self.use.model_copy(update={"degraded": True, "detail": detail})


def lead_for(client: ChatClient, memory: Memory, message: str, facts: str, seconds: float) -> Lead:
    """A lead over these facts; nothing is asked of the model before its sentences are read.

    Args:
        memory: the conversation before this turn's reply, for the exchanges that came before.
        facts: what the tools found, one thing a line.
    """
    system = load("write")
    prompt = lead_prompt(message, [facts[:_FACTS_LENGTH]])
    told = "\n".join([system, lead_prompt(message, [])])
    return Lead(client, [SystemMessage(system), HumanMessage(prompt)], seconds, told)


def earlier(memory: Memory) -> str:
    """The exchange before this one, as a prompt repeats it; empty in a first turn."""
    if not memory.recent:
        return ""
    last = memory.recent[-1]
    return f"Before that the person said: {last.said}\nYou replied: {last.replied}\n\n"


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + _ECHO]) for start in range(len(words) - _ECHO + 1)}
