"""From names with their roles, figures and acts to the meaning of a message."""

from __future__ import annotations

from agent.understanding.interpreting.assembling import interpret

__all__ = ["interpret"]
