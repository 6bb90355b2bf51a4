"""Histories at past origins and whatever followed, silence included: what the models of the outlook learn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tools.forecasting.series import HORIZONS, WINDOW_CELLS, Panel, Windows, histories


def complete_origins(panel: Panel, most: int) -> list[int]:
    """The latest origins after which all `HORIZONS` periods are known, oldest first, at most ``most``."""
    last = int(panel.index.max(initial=0))
    return [each for each in panel.origins(10_000) if each + HORIZONS - 1 <= last][-most:]


def outcomes(panel: Panel, origins: Sequence[int], most: int, seed: int = 0) -> Windows:
    """Like `Panel.windows`, but of everybody known at an origin: those who stayed away have totals of 0.

    Args:
        origins: numbers of the first forecast periods.
        most: at most this many windows, drawn at random.
        seed: of the draw.
    """
    topics, users = len(panel.topics), len(panel.users)
    active = panel.interest.sum(axis=1) > 0
    never = np.iinfo(np.int64).max
    first = np.full(users, never)
    np.minimum.at(first, panel.user[active], panel.index[active])
    pair = np.concatenate(
        [
            np.column_stack([known, np.full(len(known), origin)])
            for origin in origins
            if len(known := np.flatnonzero(first < origin))
        ]
        or [np.zeros((0, 2), dtype=np.int64)]
    )
    most = min(most, max(1, WINDOW_CELLS // (int(np.bincount(panel.user, minlength=1).max(initial=1)) * topics)))
    if len(pair) > most:
        pair = pair[np.sort(np.random.default_rng(seed).choice(len(pair), most, replace=False))]
    person, origin_of = pair[:, 0], pair[:, 1]
    start = np.searchsorted(panel.user, person, side="left")
    length = np.searchsorted(panel.user, person, side="right") - start
    window = np.repeat(np.arange(len(pair)), length)
    row = np.arange(length.sum()) + np.repeat(start - (np.cumsum(length) - length), length)
    ahead = panel.index[row] - origin_of[window]
    past, soon = ahead < 0, (ahead >= 0) & (ahead < HORIZONS)
    packed = histories(window[past], -ahead[past], panel.positive[row[past]], panel.negative[row[past]], origin_of)
    targets = np.zeros((len(pair), HORIZONS, topics), dtype=np.float32)
    targets[window[soon], ahead[soon]] = panel.interest[row[soon]]
    totals = np.asarray(targets.sum(axis=2))
    shares = np.divide(targets, totals[:, :, None], out=targets, where=totals[:, :, None] > 0)
    return Windows(packed, person, shares, totals)
