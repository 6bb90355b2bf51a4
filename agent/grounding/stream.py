"""The check of a reply while it is being written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agent.grounding.checking import Verdict, check
from agent.grounding.evidence import Evidence
from agent.grounding.sentences import split, strip_blocks, take
from core.turns import Checks


class SentenceStream:
    """Checks a reply while it is being written: feed chunks, get sentences that may be shown.

    Text inside <think> blocks, code fences and tool-call markup is never part of a sentence. ``checks`` counts the
    claims met so far.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._buffer = ""
        self._about: tuple[str, ...] = ()
        self._claims = self._supported = self._repaired = 0

    @property
    def checks(self) -> Checks:
        """Claims met, supported, and sentences repaired or dropped."""
        return Checks(claims=self._claims, supported=self._supported, repaired=self._repaired)

    def feed(self, chunk: str) -> Iterator[Verdict]:
        """Verdicts of the sentences that the chunk completed; ``shown`` of each is what may be shown."""
        self._buffer += chunk
        if self._open_block():
            return
        self._buffer = _BLOCKS.sub(" ", self._buffer)
        sentences, self._buffer = take(self._buffer)
        yield from self._checked(sentences)

    def close(self) -> Iterator[Verdict]:
        """Verdicts of what is left when no more text comes."""
        rest = strip_blocks(self._buffer)
        self._buffer = ""
        yield from self._checked(split(rest))

    def _open_block(self) -> bool:
        opened = re.search(r"<think>|```|<tool_call>|<\|?[^>]{0,40}$", _BLOCKS.sub(" ", self._buffer))
        return opened is not None

    def _checked(self, sentences: Iterable[str]) -> Iterator[Verdict]:
        for sentence in sentences:
            verdict = check(sentence, self._evidence, self._about)
            self._about = verdict.about
            self._claims += len(verdict.claims)
            self._supported += len(verdict.claims) - len(verdict.unsupported)
            self._repaired += not verdict.sentence_ok
            yield verdict


_BLOCKS = re.compile(
    r"<think>.*?</think>|```.*?```|<tool_call>.*?</tool_call>|<\|[^|>]{0,40}\|>", re.DOTALL | re.IGNORECASE
)
