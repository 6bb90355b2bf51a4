"""The text of a message made plain without moving a character: straight quotes, lower case, masks, sentences."""

from __future__ import annotations

import re

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "¤": "*", "\t": " "}
)


def normalise(text: str) -> str:
    """The text with straight quotes, single spaces within lines and no surrounding space."""
    lines = (" ".join(line.split()) for line in text.translate(_STRAIGHT).splitlines())
    return "\n".join(line for line in lines if line)


def lower(text: str) -> str:
    """Lower case of the same length, so that spans stay valid."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def mask(text: str, start: int, end: int) -> str:
    """The text with a name blotted out, so that no rule reads its words."""
    return text[:start] + "¤" * (end - start) + text[end:]


_SENTENCE_END = re.compile(
    r"[!?…]+(?=\s|$|[\"'])|(?<!\b(?:mr|dr|ms|st|vs))(?<!\bmrs)(?<!\b\w)\.+(?=\s|$|[\"'])|\n+|;\s"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
