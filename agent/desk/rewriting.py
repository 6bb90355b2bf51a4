"""A draft in the words of a language model where one that can write is there, each sentence held to the evidence."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import HumanMessage

from agent.desk.office import Office
from agent.desk.tones import SENTENCES, TOLD, Told
from agent.grounding import SentenceStream, Verdict
from agent.judging import echoes, of_another_kind, opening_evidence
from agent.llm.weights import made_here
from agent.turning import Rehearsal
from core.desk import Tone
from core.errors import ModelError
from core.turns import Checks
from prompts.load import load

logger = logging.getLogger(__name__)

_TOKENS = 220
_MESSAGE = 300


@dataclass(frozen=True)
class Rewritten:
    """A reply in the model's words, as far as it holds."""

    text: str
    checks: Checks


def rewritten(office: Office, tried: Rehearsal, told: Sequence[Told], message: str, tone: Tone) -> Rewritten | None:
    """The reply in the model's words; None where no model can write it, or what it wrote does not hold.

    It holds where every item of the list is named: a reply that drops one is not the answer that was found.
    """
    if made_here(office.client.model_name) or office.client.status().state != "ready":
        return None
    prompt = load(
        "draft",
        tone=TOLD[tone],
        message=" ".join(message[:_MESSAGE].split()),
        facts="\n".join(f"- {entry.text}" for entry in told),
        sentences=SENTENCES[tone] + sum(1 for entry in told if entry.line),
    )
    evidence = tried.draft.evidence
    stream = SentenceStream(opening_evidence(evidence))
    kept: list[str] = []
    claims = supported = repaired = 0
    started = time.monotonic()
    try:
        model = office.client.chat_model(office.deps.settings.llm_timeout, max_tokens=_TOKENS)
        verdicts: list[Verdict] = []
        for chunk in model.stream([HumanMessage(prompt)]):
            verdicts += stream.feed(chunk.text)
        verdicts += stream.close()
    except ModelError as error:
        logger.info("No draft by the model after %.1f s: %s", time.monotonic() - started, error.what)
        return None
    for verdict in verdicts:
        claims += len(verdict.claims)
        supported += len(verdict.claims) - len(verdict.unsupported)
        repaired += not verdict.sentence_ok
        said = verdict.shown
        if said and not echoes(said, message, evidence.titles) and not of_another_kind(said, tried.draft.noun):
            kept.append(said)
    text = " ".join(kept)
    wanted = [card.title.casefold() for card in tried.outcome.cards[: 3 if tone == "brief" else None]]
    if not kept or any(title not in text.casefold() for title in wanted):
        return None
    return Rewritten(text, Checks(claims=claims, supported=supported, repaired=repaired))
