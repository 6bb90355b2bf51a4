"""Benchmark of whole conversations with simulated people, whose tastes are those of real people and hidden.

`run` is `driftline eval conversations`; docs/dialogue-benchmark.md tells what it measures and what it printed.
"""

from evals.conversations.benchmark import run

__all__ = ["run"]
