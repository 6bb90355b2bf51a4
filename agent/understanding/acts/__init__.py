"""What a message asks for, by its wording: acts in the order in which they come, and the facts asked for."""

from __future__ import annotations

from agent.understanding.acts.asking import asked
from agent.understanding.acts.aspects import ASPECTS

__all__ = ["ASPECTS", "asked"]
