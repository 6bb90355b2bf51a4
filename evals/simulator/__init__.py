"""Simulated people with known truth: recovery of their interests, choice of forecaster, detection of changes."""

from __future__ import annotations

from dataclasses import dataclass

from evals.simulator.detection import DriftEvaluation, evaluate_drift
from evals.simulator.recovery import Recovery, evaluate_recovery
from evals.simulator.world import World, WorldSettings, simulate

__all__ = [
    "DriftEvaluation",
    "Recovery",
    "SimulationReport",
    "World",
    "WorldSettings",
    "evaluate_drift",
    "evaluate_recovery",
    "report",
    "simulate",
]


@dataclass(frozen=True)
class SimulationReport:
    """Both evaluations."""

    recovery: Recovery
    drift: DriftEvaluation

    def text(self) -> str:
        """The tables as printed."""
        return f"{self.recovery.text()}\n\n{self.drift.text()}"


def report(seed: int = 0, people: int = 200) -> SimulationReport:
    """Recovery and detection; ``people`` of each kind, and twice as many in each row of the detection table."""
    return SimulationReport(evaluate_recovery(seed, people), evaluate_drift(seed, 2 * people))
