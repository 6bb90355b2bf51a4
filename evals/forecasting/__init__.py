"""Benchmark of the interest forecasters: errors by segment, intervals, drift and speed, against real peers.

`run` is `driftline eval forecasting`; docs/forecasting-benchmark.md tells what it measures and what it printed.
"""

from evals.forecasting.benchmark import evaluate, run

__all__ = ["evaluate", "run"]
