"""What the model's sentences may rest on, beyond which they are not shown: evidence, and something to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from agent.briefing import ABOUT_ME
from agent.grounding import Evidence
from core.results import Recommendation, Slate
from core.types import Item
from prompts.load import load

_ECHO, _MESSAGE_ECHO = 5, 7
"""Runs of so many words of the instructions, or of the message, are no answer: a small model likes to repeat them."""

_IDLE = frozenset(
    "a an and as at by for from in is it its like most of on one or than the this to was what which with you "
    "your".split()
)


def item_evidence(card: Recommendation, item: Item | None, slate: Slate, evidence: Evidence | None = None) -> Evidence:
    """What a line on one item may state: its own facts and reasons, of no other item.

    Args:
        item: its catalogue entry, where it was looked up.
        slate: the list that it stands on.
        evidence: of the whole turn, for what is known of the person.
    """
    reasons = " ".join(reason.text for reason in card.reasons)
    turn = evidence or Evidence()
    return _changed(
        turn,
        items=(item,) if item else (),
        slate=slate.model_copy(update={"items": (card,)}),
        liked=_within(reasons, turn.liked),
        disliked=_within(reasons, turn.disliked),
        seen=tuple(dict.fromkeys((*_within(reasons, turn.seen), *_named(card)))),
        said=(),
        facts=(),
    )


def opening_evidence(evidence: Evidence) -> Evidence:
    """What an opening may state: what the turn may, and who speaks."""
    return _changed(evidence, facts=(*evidence.facts, ABOUT_ME))


def echoes(sentence: str, message: str, titles: Iterable[str]) -> bool:
    """Whether a sentence says the instructions or the person's own words again; titles are theirs to name."""
    names = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    # Whole words alone: a film called "Go" is not named in "gory".
    parts = re.split(rf"(?<!\w)(?:{names})(?!\w)" if names else r"(?!)", sentence, flags=re.IGNORECASE)
    return any(
        _runs(part, length) & _runs(known, length)
        for known, length in ((_instructions(), _ECHO), (message, _MESSAGE_ECHO))
        for part in parts
    )


def tells(sentence: str, prompt: str) -> bool:
    """Whether a line says anything of what its prompt gives of the item, its title aside."""
    facts, reasons = (line.partition(": ")[2] for line in prompt.splitlines()[1:3])
    return bool(_telling(f"{facts} {reasons}") & _telling(sentence))


def of_another_kind(sentence: str, noun: str) -> bool:
    """Whether a sentence takes a thing of another catalogue for a film, which is all that the small model has seen."""
    return noun != "film" and re.search(r"\b(?:films?|movies?)\b", sentence.casefold()) is not None


def _changed(evidence: Evidence, **fields: object) -> Evidence:
    # Without what was computed of the old one, which a copy would keep.
    return Evidence.model_construct(**{**{name: getattr(evidence, name) for name in Evidence.model_fields}, **fields})


@cache
def _instructions() -> str:
    item = load("item", noun="", title="", facts="", why="", style="")
    return "\n".join((load("write"), load("lead", message="", facts="", style=""), item))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in _IDLE}


def _within(text: str, titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(title for title in titles if title in text)


def _named(card: Recommendation) -> tuple[str, ...]:
    return tuple(ground.name for reason in card.reasons for ground in reason.grounds if ground.item_id is not None)
