"""Nothing unsupported is said: every sentence of a reply is checked against the evidence of the turn.

`check` finds the claims of one sentence (agent/claims.py) and says which the evidence supports; a sentence with an
unsupported claim is repaired where the evidence gives exactly one right value, and dropped otherwise. `SentenceStream`
does this while the text is still being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from agent.claims import RULES, Claim, Sentence
from agent.evidence import Evidence, Facts, plain
from agent.sentences import has_internals, split, strip_internals, take
from core.results import Checks
from core.types import Frozen

__all__ = ["Claim", "Evidence", "Facts", "SentenceStream", "Verdict", "check", "check_text"]

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class Verdict(Frozen):
    """The outcome for one sentence.

    Attributes:
        text: the sentence as checked, without internals.
        claims: everything in it that could be false.
        unsupported: the claims that the evidence does not support.
        sentence_ok: whether it may be shown as it is.
        repaired: the sentence with wrong values replaced; None when it is right already or cannot be repaired.
        about: ids of the items it speaks of.
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
        about: ids of the items that the sentence before spoke of, for "it" and "they".
    """
    cleaned = strip_internals(sentence).translate(_STRAIGHT)
    emptied = cleaned != sentence.translate(_STRAIGHT).strip() and len(re.findall(r"\w+", cleaned)) < 3
    if emptied or not re.search(r"\w", cleaned):
        gone = Claim(kind="internals", text=sentence.strip(), start=0, end=0, supported=False)
        return Verdict(text="", claims=(gone,), unsupported=(gone,), sentence_ok=False, about=about)
    if has_internals(cleaned):
        claim = Claim(kind="internals", text=cleaned, start=0, end=len(cleaned), supported=False)
        return Verdict(text=cleaned, claims=(claim,), unsupported=(claim,), sentence_ok=False, about=about)
    read = _read(cleaned, evidence, about)
    spoken = tuple(dict.fromkeys(item.id for _, _, items in read.links for item in items if item is not None)) or about
    if plain(cleaned) in evidence.repeated:
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
    for sentence in split(strip_internals(text)):
        verdict = check(sentence, evidence, about)
        about = verdict.about
        verdicts.append(verdict)
    return verdicts


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
        rest = strip_internals(self._buffer)
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
