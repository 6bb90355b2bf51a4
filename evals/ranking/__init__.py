"""Benchmark of ranking: the shipped scorer against peers, over full catalogues, on several data sets.

`run` is `driftline eval ranking`; docs/ranking-benchmark.md tells what it measures and what it printed.
"""

from evals.ranking.benchmark import run

__all__ = ["run"]
