"""The familiar ↔ adventurous dial: how much each thing that a list is good for counts."""

from __future__ import annotations

from dataclasses import dataclass

BALANCED = 0.5
"""Where the dial stands for whoever does not turn it."""

_CALIBRATION = 0.8
_DIVERSITY = (0.0, 0.0, 1.0)
_NOVELTY = (-0.5, 0.0, 1.0)
_FURTHER = (-0.5, 0.0, 1.0)
_REPEATS = 1.0
"""Weights at the familiar end, in the balanced place and at the adventurous end, in spreads of one person's scores.
The balanced place was chosen on August of MovieTweetings; the ends are judgement: ``driftline eval slate`` tells their
price."""

_KEPT = (0.0, 0.6, 3.0)
"""Of ten places, those kept for discoveries, at the same three places of the dial: in the balanced one six lists of ten
have one, which shows a tenth of a catalogue of films to three thousand people at little more than half the price of
one on every list."""

_LIST = 10


@dataclass(frozen=True)
class Weights:
    """What the parts of the slate count, in units of the score.

    Attributes:
        calibration: for the mix of topics; diversity: against likeness to an item above; repeats: against a second item
            of the same series or product line.
        novelty: for little known items; further: for topics that are less the person's own. Below 0 these speak for
            the well-known and for the usual.
        kept: of the first ten places, those kept for discoveries; a shorter list keeps its part.
    """

    calibration: float
    diversity: float = 0.0
    repeats: float = 0.0
    novelty: float = 0.0
    further: float = 0.0
    kept: float = 0.0

    def places(self, k: int, chance: float = 0.5) -> range:
        """Places, from 0, kept for discoveries on a list of ``k``: the last ones of its first ten.

        Args:
            chance: in [0, 1); parts of a place are rounded up for so large a part of all lists as they are.
        """
        end = min(k, _LIST)
        return range(end - int(self.kept * end / _LIST + chance), end)


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
    return Weights(
        calibration=unit * calibration if calibrated else 0.0,
        diversity=unit * between(_DIVERSITY),
        repeats=unit * _REPEATS,
        novelty=unit * between(_NOVELTY),
        further=unit * between(_FURTHER),
        kept=between(_KEPT),
    )
