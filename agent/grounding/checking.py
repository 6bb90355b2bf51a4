"""The check of one sentence: its claims, which of them the evidence supports, and a repair where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.grounding.claims import RULES, Claim, Sentence
from agent.grounding.evidence import Evidence, plain
from agent.grounding.sentences import has_internals, split, straight, strip_blocks, strip_internals
from core.types import Frozen


class Verdict(Frozen):
    """The outcome for one sentence.

    Attributes:
        text: the sentence as checked, without internals.
        claims: everything in it that could be false.
        unsupported: the claims that the evidence does not support.
        sentence_ok: whether it may be shown as it is.
        repaired: the sentence with wrong values replaced; None when it is right already or cannot be repaired.
        about: ids of the items it speaks of, and its people ("person:Ridley Scott").
    """

    text: str
    claims: tuple[Claim, ...] = ()
    unsupported: tuple[Claim, ...] = ()
    sentence_ok: bool = True
    repaired: str | None = None
    about: tuple[str, ...] = ()

    @property
    def shown(self) -> str | None:
        """What may be shown: the sentence, its repair, or nothing."""
        return self.text if self.sentence_ok else self.repaired


def check(sentence: str, evidence: Evidence, about: tuple[str, ...] = ()) -> Verdict:
    """Check one sentence.

    Args:
        sentence: one sentence, as written.
        evidence: the evidence of the turn.
        about: what the sentence before spoke of, for "it", "they" and "he": `Verdict.about`.
    """
    cleaned = straight(strip_internals(sentence))
    emptied = cleaned != straight(sentence).strip() and len(re.findall(r"\w+", cleaned)) < 3
    if emptied or not re.search(r"\w", cleaned):
        gone = Claim(kind="internals", text=sentence.strip(), start=0, end=0, supported=False)
        return Verdict(text="", claims=(gone,), unsupported=(gone,), sentence_ok=False, about=about)
    if has_internals(cleaned):
        claim = Claim(kind="internals", text=cleaned, start=0, end=len(cleaned), supported=False)
        return Verdict(text=cleaned, claims=(claim,), unsupported=(claim,), sentence_ok=False, about=about)
    read = _read(cleaned, evidence, about)
    spoken = _spoken(read, about)
    own = (evidence.by_id[item].quotes for item in (*spoken, *about) if item in evidence.by_id)
    if plain(cleaned) in evidence.repeated or any(plain(cleaned) in quotes for quotes in own):
        told = Claim(kind="statement", text=cleaned, start=0, end=len(cleaned), supported=True)
        return Verdict(text=cleaned, claims=(told,), about=spoken)
    wrong = tuple(claim for claim in read.claims if not claim.supported)
    if not wrong:
        return Verdict(text=cleaned, claims=tuple(read.claims), about=spoken)
    repaired = _repair(cleaned, wrong)
    if repaired is not None and any(not claim.supported for claim in _read(repaired, evidence, about).claims):
        repaired = None
    return Verdict(
        text=cleaned, claims=tuple(read.claims), unsupported=wrong, sentence_ok=False, repaired=repaired, about=spoken
    )


def _read(text: str, evidence: Evidence, about: tuple[str, ...]) -> Sentence:
    sentence = Sentence(text, evidence, about)
    for rule in RULES:
        rule(sentence)
    return sentence


def _spoken(read: Sentence, about: tuple[str, ...]) -> tuple[str, ...]:
    """Items and people of a sentence, or those of the sentence before where it names none."""
    own = {claim.end for claim in read.claims if claim.kind == "history"}
    # What is only compared with, or only liked, comes first: "it" means what comes last.
    ordered = sorted(read.links, key=lambda link: link[1] not in own and not _ASIDE.search(read.low[: link[0]]))
    items = [item.id for _, _, named in ordered for item in named if item is not None]
    people = [f"person:{person}" for _, _, person in read.people]
    before = [key for key in about if not key.startswith("person:")]
    met = [key for key in about if key.startswith("person:")]
    return tuple(dict.fromkeys((*(items or before), *(people or met))))


_ASIDE = re.compile(
    r"\b(?:than|unlike|as|after|before|like|you (?:\w+ )?(?:liked?|loved?|enjoyed|saw)) (?:the |both )?$"
)


def _repair(text: str, wrong: Iterable[Claim]) -> str | None:
    repaired = text
    for claim in sorted(wrong, key=lambda claim: claim.start, reverse=True):
        if claim.repair is None:
            return None
        repaired = repaired[: claim.start] + claim.repair + repaired[claim.end :]
    return repaired


def check_text(text: str, evidence: Evidence) -> list[Verdict]:
    """Check every sentence of a finished text in order."""
    verdicts: list[Verdict] = []
    about: tuple[str, ...] = ()
    for sentence in split(strip_blocks(text)):
        verdict = check(sentence, evidence, about)
        about = verdict.about
        verdicts.append(verdict)
    return verdicts
