"""Names in a message: titles, people, words of taste, nations, and references to what was spoken of before."""

from __future__ import annotations

from agent.understanding.names.finding import Names, find_names

__all__ = ["Names", "find_names"]
