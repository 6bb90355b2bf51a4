"""A look into the training of the ranker: the choices it learned from, and refits that fit nothing else anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from tools.scoring import train as training
from tools.scoring.choices import fit
from tools.scoring.fitting import fit_next
from tools.scoring.ranker import Choice, Ranker


@contextmanager
def choices_learnt() -> Iterator[list[Choice]]:
    """The choices that a training within the block fits the ranker on; of several trainings, the last one's."""
    found: list[Choice] = []

    def observed(choices: list[Choice]) -> Ranker:
        found[:] = choices
        return fit(choices)

    with patch.object(training, "fit", observed):
        yield found


@contextmanager
def ranker_alone() -> Iterator[None]:
    """Trainings within the block, on the same events, fit the sequence models once and no behaviour model.

    Neither depends on the forecast, so rankers with other forecasts may share them.
    """
    kept: list[Any] = []
    asked = [0]
    train = training.train

    def again(*given: Any, **named: Any) -> Any:
        place = asked[0]
        asked[0] += 1
        if place == len(kept):
            kept.append(fit_next(*given, **named))
        return kept[place]

    def restarted(*given: Any, **named: Any) -> Any:
        asked[0] = 0
        return train(*given, **named)

    def nothing(*_given: Any, **_named: Any) -> tuple[str, ...]:
        return ()

    with (
        patch.object(training, "fit_next", again),
        patch.object(training, "train_behaviour", nothing),
        patch.object(training, "train", restarted),
    ):
        yield
