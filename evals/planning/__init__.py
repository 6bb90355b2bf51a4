"""How messages are read: labelled messages, and the plans that come of them by each way of reading."""

from __future__ import annotations

from evals.planning.benchmark import SETS, measure, run

__all__ = ["SETS", "measure", "run"]
