"""The familiar ↔ adventurous dial: how much each thing that a list is good for counts."""

from __future__ import annotations

from dataclasses import dataclass

BALANCED = 0.5
"""Where the dial stands for whoever does not turn it."""

_CALIBRATION = 0.8
_DIVERSITY = (0.0, 0.1, 1.0)
_NOVELTY = (-0.5, 0.0, 1.0)
_FURTHER = (-0.5, 0.0, 1.0)
_REPEATS = 1.0
"""Weights at the familiar end, in the balanced place and at the adventurous end, in spreads of one person's scores;
chosen on August of MovieTweetings by ``driftline eval slate``."""

_KEPT = 0.2
"""Part of a list that is kept for discoveries in the balanced place."""
_KEPT_MOST = (0, 2, 4)
"""Most places kept: at the familiar end, in the balanced place, at the adventurous end."""
_LIST = 10


@dataclass(frozen=True)
class Weights:
    """What the parts of the slate count, in units of the score.

    Attributes:
        calibration: for the mix of topics; diversity: against likeness to an item above; repeats: against a second item
            of the same series or product line.
        novelty: for little known items; further: for topics that are less the person's own. Below 0 these speak for
            the well-known and for the usual.
        kept: part of the first ten places kept for discoveries; most: at most so many of them.
    """

    calibration: float
    diversity: float = 0.0
    repeats: float = 0.0
    novelty: float = 0.0
    further: float = 0.0
    kept: float = 0.0
    most: int = 0

    def places(self, k: int) -> range:
        """Places, from 0, kept for discoveries on a list of ``k``: the last ones of its first ten."""
        end = min(k, _LIST)
        return range(end - min(int(self.kept * end), self.most), end)


def weights_at(adventure: float | None, unit: float, calibrated: bool = True) -> Weights:
    """The weights at one place of the dial, linear between its ends and the balanced place.

    Args:
        adventure: 0 familiar, 1 adventurous; None for the balanced place.
        unit: spread of one person's scores, as the model knows it.
        calibrated: whether the list follows the person's interests.
    """
    at = BALANCED if adventure is None else adventure
    turned = abs(at - BALANCED) / BALANCED
    end = 0 if at < BALANCED else 2

    def between(points: tuple[float, float, float]) -> float:
        return points[1] + turned * (points[end] - points[1])

    # Whoever wants to leave the usual does not want its proportions kept.
    calibration = _CALIBRATION * (1 - 0.75 * turned) if end == 2 else _CALIBRATION
    most = round(between(_KEPT_MOST))
    return Weights(
        calibration=unit * calibration if calibrated else 0.0,
        diversity=unit * between(_DIVERSITY),
        repeats=unit * _REPEATS,
        novelty=unit * between(_NOVELTY),
        further=unit * between(_FURTHER),
        kept=_KEPT * most / _KEPT_MOST[1],
        most=most,
    )
