"""The last step before a person reads it: every sentence is checked against the evidence, and streamed as it passes."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from agent.composing import Part
from agent.grounding import Evidence, SentenceStream, Verdict, check
from agent.grounding.evidence import plain
from agent.judging import echoes, item_evidence, of_another_kind, opening_evidence, tells
from agent.prose import OPENING, Prose, finished
from agent.state import Text
from agent.wording import titled
from core.results import Recommendation
from core.turns import Checks, ModelUse

logger = logging.getLogger(__name__)

OPENING_SENTENCES = 2
"""Most sentences of the model's own before the list."""


@dataclass(frozen=True)
class Draft:
    """A reply about to be checked.

    Attributes:
        parts: the whole of it in templates.
        evidence: what it may state.
        prose: what the model writes in the place of some parts.
        noun: what one thing of the catalogue is called.
    """

    parts: Sequence[Part]
    evidence: Evidence
    prose: Prose
    noun: str = "film"


@dataclass(frozen=True)
class Reply:
    """What was shown; ``model_ms`` is the time spent waiting for the model."""

    text: str
    checks: Checks
    use: ModelUse
    model_ms: float


@dataclass
class _Checker:
    """Shows sentences that pass, and counts.

    Attributes:
        opening: the model's opening as it comes; None before it is read. first, pending: its first sentence, and
            whether that is still to be shown.
        lines: the model's lines so far, in a form for comparing.
    """

    draft: Draft
    emit: Callable[[Text], None]
    text: str = ""
    claims: int = 0
    supported: int = 0
    repaired: int = 0
    about: tuple[str, ...] = ()
    opening: Iterator[str] | None = None
    first: str = ""
    pending: str = ""
    lines: set[str] = field(default_factory=set)

    def part(self, part: Part) -> None:
        """Show a part, in the model's words where these hold and may stand for it."""
        if part.lead and self.draft.prose.asked(OPENING):
            first = self._begun().casefold()
            if first and all(name.casefold() in first for name in part.names):
                if not part.names:
                    self._open()
                return
        line = self._line(part.line) if part.line and self.draft.prose.asked(part.line) else ""
        if line:
            self._show(line, part.line)
        else:
            self._template(part)

    def _template(self, part: Part) -> None:
        """Show a part of the template; it says what the evidence holds, so it is checked but never reworded."""
        if part.checked:
            verdict = check(part.checked, self._bounds(part.line), self.about)
            self._count(verdict)
            if verdict.unsupported:
                missed = [claim.text for claim in verdict.unsupported]
                logger.warning("The check does not support %s in the template sentence %r", missed, part.checked)
        if part.checked != part.text:
            self.claims += 1
            self.supported += 1
        self._show(part.text, part.line)

    def _begun(self) -> str:
        """The first sentence of the model's opening that holds, shown or not; empty where there is none."""
        if self.opening is None:
            self.opening = self._opened()
            self.first = next(self.opening, "")
            self.pending = self.first
        return self.first

    def _open(self) -> None:
        """Show the model's opening, each sentence as it passes; once."""
        if self.pending and self.opening is not None:
            self._show(self.pending)
            self.pending = ""
            for sentence in self.opening:
                self._show(sentence)

    def _opened(self) -> Iterator[str]:
        """The sentences of the model's opening that hold."""
        prose, shown = self.draft.prose, 0
        stream = SentenceStream(opening_evidence(self.draft.evidence))
        for verdict in self._verdicts(stream):
            self._count(verdict)
            self.repaired += not verdict.sentence_ok
            sentence = verdict.shown
            if sentence is None or echoes(sentence, prose.message, self.draft.evidence.titles):
                continue
            yield sentence
            shown += 1
            if shown == OPENING_SENTENCES:
                return

    def _verdicts(self, stream: SentenceStream) -> Iterator[Verdict]:
        written = ""
        for chunk in self.draft.prose.chunks(OPENING):
            written += chunk
            yield from stream.feed(chunk)
        if finished(written) and self.draft.prose.whole(OPENING):
            yield from stream.close()

    def _line(self, place: int) -> str:
        """The line of an item in the model's words; empty where they do not hold, or say nothing of the item."""
        written, card, bounds = self.draft.prose.sentence(place), self._card(place), self._bounds(place)
        head = titled(card.title, card.year)
        written = re.sub(rf"^{re.escape(head)}\s*[:,–-]\s*", "", written)
        if not written:
            return ""
        verdict = check(written, bounds, (card.id,))
        self._count(verdict)
        said = verdict.shown
        useful = (
            said is not None
            and tells(said, self.draft.prose.prompts[place])
            and not echoes(said, "", ())
            and not of_another_kind(said, self.draft.noun)
            and plain(said) not in self.lines
        )
        self.repaired += not verdict.sentence_ok or not useful
        if said is None or not useful:
            return ""
        self.lines.add(plain(said))
        return f"{head}: {said}"

    def _card(self, place: int) -> Recommendation:
        slate = self.draft.evidence.slate
        assert slate is not None
        return slate.items[place - 1]

    def _bounds(self, place: int) -> Evidence:
        """What may be stated: of one item, for its line, else of the whole turn."""
        evidence = self.draft.evidence
        if not place or evidence.slate is None:
            return evidence
        card = self._card(place)
        entry = next((item for item in evidence.items if item.id == card.id), None)
        return item_evidence(card, entry, evidence.slate, evidence)

    def _count(self, verdict: Verdict) -> None:
        self.claims += len(verdict.claims)
        self.supported += len(verdict.claims) - len(verdict.unsupported)
        self.about = verdict.about

    def _show(self, sentence: str, line: int = 0) -> None:
        last_is_line = bool(re.match(r"\d+\. ", self.text.rsplit("\n", 1)[-1]))
        if line:
            delta = f"{'' if not self.text else chr(10) if last_is_line else chr(10) * 2}{line}. {sentence}"
        else:
            delta = f"{'' if not self.text else chr(10) * 2 if last_is_line else ' '}{sentence}"
        self.text += delta
        self.emit(Text(delta=delta))


def verify(draft: Draft, emit: Callable[[Text], None]) -> Reply:
    """Check and stream a draft.

    The model's sentences stand in place of the template's opening and of the items' lines. Those that fail are repaired
    or dropped, and the template's words are said instead.
    """
    checker, prose = _Checker(draft, emit), draft.prose
    prose.start()
    for part in draft.parts:
        checker.part(part)
    written = (checker.first != "") + len(checker.lines)
    if prose.prompts and not written:
        prose.degrade("The model wrote nothing that the evidence supports.")
    use = prose.use
    if written < len(prose.prompts) and not use.degraded:
        use = use.model_copy(
            update={"detail": f"Templates wrote {len(prose.prompts) - written} of {len(prose.prompts)} parts."}
        )
    checks = Checks(claims=checker.claims, supported=checker.supported, repaired=checker.repaired)
    return Reply(checker.text, checks, use, prose.ms)
