"""What a message means, without any model: acts, tastes, wishes, hard limits and references, each with its words.

Catalogue names come from ``Retriever.mentions`` and are masked; what is left is read by rules: names/ finds titles,
people, words of taste and references, roles/ gives each its part, limits/ reads figures, acts/ what is asked for, and
interpreting/ puts them together. Nothing here remembers anything: the conversation comes in as a `ConversationContext`.
"""

from __future__ import annotations

from agent.understanding.meaning import (
    Ahead,
    ConversationContext,
    Quality,
    Question,
    Reading,
    Reference,
    Unclear,
    Understanding,
)
from agent.understanding.reading import understand
from agent.understanding.standing import merge
from agent.understanding.transcripts import extract

__all__ = [
    "Ahead",
    "ConversationContext",
    "Quality",
    "Question",
    "Reading",
    "Reference",
    "Unclear",
    "Understanding",
    "extract",
    "merge",
    "understand",
]
