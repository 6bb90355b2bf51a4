"""How well the claim check tells true sentences from false ones: recall of the false and precision, on labelled sets.

The rules were written against the first set, and mended against each of the next after its first result, which is in
docs/grounding.md. Of the last ("unseen B") only figures are printed, and no rule was mended for any of its sentences.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

from agent.grounding import Evidence, check_text
from core.settings import Settings
from core.types import Frozen
from evals.grounding.cases import CASES, HELD_OUT
from evals.grounding.further_cases import UNSEEN_D
from evals.grounding.last_cases import LAST
from evals.grounding.line_cases import LINES
from evals.grounding.more_cases import UNSEEN_C
from evals.grounding.opening_cases import OPENINGS
from evals.grounding.unseen_cases import UNSEEN_A, UNSEEN_B

SETS = {
    "written against": CASES,
    "held out": HELD_OUT,
    "A": UNSEEN_A,
    "C": UNSEEN_C,
    "D": UNSEEN_D,
    "lines": LINES,
    "openings": OPENINGS,
    "last": LAST,
    "B, never mended for": UNSEEN_B,
}


class GroundingRow(Frozen):
    """Result on one set: ``caught`` of the false sentences were flagged, ``spared`` of the true ones were not.

    Attributes:
        repaired: false sentences that could be made true and kept.
        missed: false sentences that passed.
        refused: true sentences that were flagged.
        ms: median milliseconds of a sentence's check.
    """

    name: str
    false: int
    caught: int
    true: int
    spared: int
    repaired: int
    missed: tuple[str, ...]
    refused: tuple[str, ...]
    ms: float

    @property
    def recall(self) -> float:
        """Part of the false sentences that was flagged."""
        return self.caught / self.false if self.false else 1.0

    @property
    def precision(self) -> float:
        """Part of the flagged sentences that was false."""
        flagged = self.caught + self.true - self.spared
        return self.caught / flagged if flagged else 1.0


def measure(name: str, cases: Sequence[tuple[str, bool, Evidence]]) -> GroundingRow:
    """Check every case of a labelled set; a case of several sentences is flagged when any of them is."""
    missed, refused, seconds = [], [], []
    repaired = 0
    for text, truth, evidence in cases:
        started = time.perf_counter()
        verdicts = check_text(text, evidence)
        seconds.append((time.perf_counter() - started) / len(verdicts))
        passed = all(verdict.sentence_ok for verdict in verdicts)
        if passed and not truth:
            missed.append(text)
        elif truth and not passed:
            refused.append(text)
        repaired += not truth and not passed and all(verdict.shown is not None for verdict in verdicts)
    false = sum(not truth for _, truth, _ in cases)
    true = len(cases) - false
    return GroundingRow(
        name=name,
        false=false,
        caught=false - len(missed),
        true=true,
        spared=true - len(refused),
        repaired=repaired,
        missed=tuple(missed),
        refused=tuple(refused),
        ms=1000 * median(seconds),
    )


def run(settings: Settings) -> tuple[GroundingRow, ...]:
    """Print the table, and the cases judged wrongly of all sets but the last; no workspace is read."""
    del settings
    rows = tuple(measure(name, cases) for name, cases in SETS.items())
    print(f"{'set':<21}{'sentences':>10}{'false':>7}{'recall':>8}{'precision':>11}{'repaired':>10}{'median ms':>11}")
    for row in rows:
        figures = f"{row.recall:>8.3f}{row.precision:>11.3f}{row.repaired:>10}{row.ms:>11.2f}"
        print(f"{row.name:<21}{row.false + row.true:>10}{row.false:>7}{figures}")
    for row in rows[:-1]:
        for text in row.missed:
            print(f"passed though false ({row.name}): {text}")
        for text in row.refused:
            print(f"flagged though true ({row.name}): {text}")
    return rows
