"""One answer in three tones: what is said stays, how it is said changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.desk import MoodLabel, Tone

TONES: tuple[Tone, ...] = ("warm", "brief", "formal")

TOLD: Mapping[Tone, str] = {
    "warm": "in a warm and friendly tone, speaking as “I”",
    "brief": "as briefly as possible, without any pleasantries",
    "formal": "in a formal and polite tone, speaking as “we”",
}
"""The tone as the model is told."""

SENTENCES: Mapping[Tone, int] = {"warm": 5, "brief": 3, "formal": 5}

_BRIEF_LINES = 3


@dataclass(frozen=True)
class Told:
    """A checked sentence of the answer; ``line`` is the number of the item in a list, 0 in running text.

    ``head`` is the item without its reason.
    """

    text: str
    line: int = 0
    head: str = ""


_OPENING: Mapping[Tone, Mapping[str, str]] = {
    "warm": {"": "Thank you for your message!", "bad": "I am sorry for the trouble.", "lost": "Let me explain."},
    "brief": {"": "", "bad": "Sorry for the trouble.", "lost": ""},
    "formal": {
        "": "Thank you for your enquiry.",
        "bad": "Please accept our apologies for the inconvenience.",
        "lost": "Thank you for your enquiry; we are glad to explain.",
    },
}
_CLOSING: Mapping[Tone, tuple[str, str]] = {
    "warm": (
        "Tell me which one speaks to you, and I will find more like it.",
        "Is there anything else I can do for you?",
    ),
    "brief": ("", ""),
    "formal": (
        "Please let us know whether one of these meets your wishes.",
        "Please let us know if we can be of further assistance.",
    ),
}
_SIDES: Mapping[MoodLabel, str] = {"annoyed": "bad", "angry": "bad", "confused": "lost", "calm": "", "pleased": ""}
_SPOKEN = r"know|have|found|took|marked|kept|could|would|can|cannot|do|see|expect|follow|look|start|did|was|think|left"
_FORMAL = (
    (r"\bI am (?=[a-z])", "we are "),
    (rf"\bI (?=(?:{_SPOKEN})\b)", "we "),
    (r"\b(told|let|tell) me\b", r"\1 us"),
    (r"\bMy (?=[a-z])", "Our "),
    (r"\bwe was\b", "we were"),
)
"""Only before words in lower case, so that titles ("My Left Foot", "I Know Where I'm Going") stay as they are."""


def phrased(tone: Tone, told: Sequence[Told], mood: MoodLabel) -> str:
    """The answer in a tone.

    Args:
        told: the checked sentences of the answer, in order; not empty.
        mood: how the customer sounds.
    """
    listed = [entry for entry in told if entry.line]
    opening = _OPENING[tone][_SIDES[mood]]
    closing = _CLOSING[tone][0 if listed else 1]
    running = [entry.text for entry in told if not entry.line]
    if tone == "brief":
        listed = [Told(entry.head or entry.text, entry.line) for entry in listed[:_BRIEF_LINES]]
        running = [] if listed else running[:2]
    if tone == "formal":
        running = [formal(text) for text in running]
        listed = [Told(formal(entry.text), entry.line) for entry in listed]
    body = " ".join(part for part in (opening, *running) if part)
    lines = "\n".join(f"{number}. {_ended(entry.text)}" for number, entry in enumerate(listed, start=1))
    return "\n\n".join(part for part in (body, lines, closing) if part)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def formal(text: str) -> str:
    """A sentence in the first person singular as one in the plural."""
    for pattern, there in _FORMAL:
        text = re.sub(pattern, there, text)
    return text[:1].upper() + text[1:]


HOLDING: Mapping[str, Mapping[Tone, str]] = {
    "refund": {
        "warm": "I have read what you wrote about your return, and I am looking into it for you.",
        "brief": "I am looking into your return.",
        "formal": "We have received your request for a refund or return and are looking into it.",
    },
    "complaint": {
        "warm": "I have read what went wrong, and I am looking into it for you.",
        "brief": "I am looking into it.",
        "formal": "We have received your complaint and are looking into it.",
    },
    "fraud": {
        "warm": "I take this seriously and am looking into the payment now. Please do not send card numbers here.",
        "brief": "I am looking into the payment. Please do not send card numbers here.",
        "formal": "We take this seriously and are looking into the payment. Please do not send any card numbers here.",
    },
    "legal": {
        "warm": "I have read your message and am passing it on to whoever can answer it.",
        "brief": "I am passing your message on to whoever can answer it.",
        "formal": "We have received your message and are passing it on to the department concerned.",
    },
    "emergency": {
        "warm": "I am here and I am reading what you write. If you are in danger, please call the emergency "
        "number now.",
        "brief": "If you are in danger, please call the emergency number now. I am reading what you write.",
        "formal": "If you are in danger, please call the emergency number now. We are reading what you write.",
    },
    "": {
        "warm": "I have read your message and want to get this right: could you tell me a little more about "
        "what you need?",
        "brief": "Could you tell me more about what you need?",
        "formal": "We have received your message. Could you please tell us more about what you need?",
    },
}
"""What may be said before anything is known, by what the message is about; it states nothing but that it was read."""
