"""Replies from templates over the evidence of a turn: warm, short, and true without a model.

Every function returns sentences. Phrasing varies by conversation and turn (`Voice`), never at random, and no sentence
says more than its arguments hold.
"""

from __future__ import annotations

from agent.writing.forecasts import ahead, beyond_shares, forecast
from agent.writing.items import compare, details, explain, found, trending
from agent.writing.person import acknowledgement, edited, erasure, named, nothing_known, recorded, reset, timeline
from agent.writing.qualities import likeness
from agent.writing.suggestions import item_head, item_line, lead, lifted, nothing_left, readings
from agent.writing.talk import OFFERED, ambiguous, chosen, greeting, helping, out_of_scope, small_talk, thanks, unknown

__all__ = [
    "OFFERED",
    "acknowledgement",
    "ahead",
    "ambiguous",
    "beyond_shares",
    "chosen",
    "compare",
    "details",
    "edited",
    "erasure",
    "explain",
    "forecast",
    "found",
    "greeting",
    "helping",
    "item_head",
    "item_line",
    "lead",
    "lifted",
    "likeness",
    "named",
    "nothing_known",
    "nothing_left",
    "out_of_scope",
    "readings",
    "recorded",
    "reset",
    "small_talk",
    "thanks",
    "timeline",
    "trending",
    "unknown",
]
