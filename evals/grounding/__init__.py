"""How well the claim check tells true sentences from false ones: labelled sentences, and what they are said over."""

from __future__ import annotations

from evals.grounding.benchmark import SETS, measure, run

__all__ = ["SETS", "measure", "run"]
