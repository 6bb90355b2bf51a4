"""How well the claim check tells true sentences from false ones: recall of the false and precision, on labelled sets.

The first set was used while the rules were written. The second was written before any of it had been checked; its
first result, before a rule was changed for it, is in docs/grounding.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.grounding import Evidence, check
from core.settings import Settings, load_settings
from core.types import Frozen
from evals.grounding_cases import CASES, HELD_OUT


class GroundingRow(Frozen):
    """Result on one set: ``caught`` of the false sentences were flagged, ``spared`` of the true ones were not.

    Attributes:
        repaired: false sentences that could be made true and kept.
        missed: false sentences that passed.
        refused: true sentences that were flagged.
    """

    name: str
    false: int
    caught: int
    true: int
    spared: int
    repaired: int
    missed: tuple[str, ...]
    refused: tuple[str, ...]

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
    """Check every sentence of a labelled set."""
    outcomes = [(sentence, truth, check(sentence, evidence)) for sentence, truth, evidence in cases]
    missed = tuple(sentence for sentence, truth, verdict in outcomes if not truth and verdict.sentence_ok)
    refused = tuple(sentence for sentence, truth, verdict in outcomes if truth and not verdict.sentence_ok)
    false = sum(not truth for _, truth, _ in outcomes)
    true = len(outcomes) - false
    return GroundingRow(
        name=name,
        false=false,
        caught=false - len(missed),
        true=true,
        spared=true - len(refused),
        repaired=sum(not truth and verdict.repaired is not None for _, truth, verdict in outcomes),
        missed=missed,
        refused=refused,
    )


def run(settings: Settings) -> tuple[GroundingRow, ...]:
    """Print the table and the sentences judged wrongly; no workspace is read."""
    del settings
    rows = (measure("written against", CASES), measure("held out", HELD_OUT))
    print(f"{'set':<18}{'sentences':>10}{'false':>7}{'recall':>8}{'precision':>11}{'repaired':>10}")
    for row in rows:
        size = row.false + row.true
        print(f"{row.name:<18}{size:>10}{row.false:>7}{row.recall:>8.3f}{row.precision:>11.3f}{row.repaired:>10}")
    for row in rows:
        for sentence in row.missed:
            print(f"passed though false ({row.name}): {sentence}")
        for sentence in row.refused:
            print(f"flagged though true ({row.name}): {sentence}")
    return rows


if __name__ == "__main__":
    run(load_settings())
