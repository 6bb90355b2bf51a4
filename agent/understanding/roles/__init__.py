"""Which part each name plays: liked, disliked, seen, faded, wanted, ruled out, like this, or asked about."""

from __future__ import annotations

from agent.understanding.roles.assigning import assign
from agent.understanding.roles.contrast import contrasts
from agent.understanding.roles.pronouns import left_out
from agent.understanding.roles.retracting import retracted

__all__ = ["assign", "contrasts", "left_out", "retracted"]
