"""The last step before a person reads it: every sentence is checked against the evidence, and streamed as it passes."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.composing import Part
from agent.grounding import Evidence, SentenceStream, Verdict, check
from agent.lead import Lead
from agent.state import ModelStatus, Text
from core.turns import Checks, ModelUse

logger = logging.getLogger(__name__)

LEAD_SENTENCES = 2
"""Most sentences of the model's own in one reply."""

_FINISHED = re.compile(r"[.!?…][\"')\]*_]*\s*$")


@dataclass(frozen=True)
class Draft:
    """A reply about to be checked: its parts in templates, what they may state, and the model's lead if it has one."""

    parts: Sequence[Part]
    evidence: Evidence
    lead: Lead | None


@dataclass(frozen=True)
class Reply:
    """What was shown; ``model_ms`` is the time spent waiting for the model."""

    text: str
    checks: Checks
    use: ModelUse
    model_ms: float


@dataclass
class _Checker:
    """Shows sentences that pass, and counts."""

    evidence: Evidence
    emit: Callable[[Text], None]
    text: str = ""
    claims: int = 0
    supported: int = 0
    repaired: int = 0
    about: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> None:
        self.claims += len(verdict.claims)
        self.supported += len(verdict.claims) - len(verdict.unsupported)
        self.repaired += not verdict.sentence_ok
        self.about = verdict.about

    def show(self, sentence: str, line: int = 0) -> None:
        last_is_line = bool(re.match(r"\d+\. ", self.text.rsplit("\n", 1)[-1]))
        if line:
            delta = f"{'' if not self.text else chr(10) if last_is_line else chr(10) * 2}{line}. {sentence}"
        else:
            delta = f"{'' if not self.text else chr(10) * 2 if last_is_line else ' '}{sentence}"
        self.text += delta
        self.emit(Text(delta=delta))

    def part(self, part: Part) -> None:
        """Show a part of the template; it says what the evidence holds, so it is checked but never reworded."""
        if part.checked:
            verdict = check(part.checked, self.evidence, self.about)
            self.claims += len(verdict.claims)
            self.supported += len(verdict.claims) - len(verdict.unsupported)
            self.about = verdict.about
            if verdict.unsupported:
                missed = [claim.text for claim in verdict.unsupported]
                logger.warning("The check does not support %s in the template sentence %r", missed, part.checked)
        if part.checked != part.text:
            self.claims += 1
            self.supported += 1
        self.show(part.text, part.line)

    def lead(self, lead: Lead) -> bool:
        """Let the model lead; whether anything of it was shown."""
        stream = SentenceStream(self.evidence)
        written, shown = "", 0
        for chunk in lead.chunks():
            written += chunk
            for verdict in stream.feed(chunk):
                shown += self._judge(verdict, lead)
                if shown == LEAD_SENTENCES:
                    return True
        if not lead.use.degraded and _FINISHED.search(written):
            for verdict in stream.close():
                shown += self._judge(verdict, lead)
                if shown == LEAD_SENTENCES:
                    return True
        return shown > 0

    def _judge(self, verdict: Verdict, lead: Lead) -> bool:
        self.count(verdict)
        if verdict.shown is None or lead.echoes(verdict.shown):
            return False
        self.show(verdict.shown)
        return True


def verify(draft: Draft, status: ModelStatus, emit: Callable[[Text], None]) -> Reply:
    """Check and stream a draft.

    The model's sentences stand in place of the template's lead. Those that fail are repaired or dropped; if none is
    left, the template's lead is said instead.
    """
    checker = _Checker(draft.evidence, emit)
    use = ModelUse(
        name=status.name or "none",
        degraded=status.state != "ready",
        detail="" if status.state == "ready" else f"The model is {status.state}.",
    )
    led: bool | None = None
    for part in draft.parts:
        if part.lead and draft.lead is not None:
            if led is None:
                led = checker.lead(draft.lead)
                if not led:
                    draft.lead.degrade(draft.lead.use.detail or "The model wrote nothing that the evidence supports.")
                use = draft.lead.use
            if led:
                continue
        checker.part(part)
    checks = Checks(claims=checker.claims, supported=checker.supported, repaired=checker.repaired)
    return Reply(checker.text, checks, use, draft.lead.ms if draft.lead else 0.0)
