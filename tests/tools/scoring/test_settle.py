from __future__ import annotations

import numpy as np
import pytest

from tools.scoring.moments import moments
from tools.scoring.settle import LEAST, Settled, settle
from tools.scoring.signals import DAY, Floats, Interactions

ITEMS = 60


def even(_at: float) -> Floats:
    return np.ones((2, ITEMS), np.float32)


def world(seed: int, change: bool) -> Interactions:
    """People who take up three items of one group; with ``change`` the groups are others in the second half."""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(400):
        day = person / 4
        groups = np.arange(ITEMS).reshape(ITEMS // 6, 6)
        if change and day < 50:
            groups = np.arange(ITEMS).reshape(6, ITEMS // 6).T
        group = groups[rng.integers(len(groups))]
        rows += [(person, item, day + place / 1000) for place, item in enumerate(rng.permutation(group)[:4])]
    user, item, days = (np.array(column) for column in zip(*rows, strict=True))
    ones = np.ones(len(user), np.float32)
    return Interactions.from_arrays(
        user.astype(np.int32), item.astype(np.int32), days * DAY, ones, ones, int(user.max()) + 1, ITEMS
    )


@pytest.mark.parametrize("change", [False, True])
def test_old_events_are_kept_where_they_still_tell_and_fade_where_they_mislead(change: bool) -> None:
    log = world(0, change)
    cut = 80 * DAY
    rng = np.random.default_rng(0)
    found = moments(log, cut, Settled.fade_days, 100, 200, rng)
    chosen = settle(log.where(log.at <= cut), cut, found, even, rng)
    if change:
        assert chosen.knn_days == 4.0
    else:
        assert chosen.knn_days > 4.0
        assert chosen.ease_days > 4.0


def test_too_few_moments_choose_nothing() -> None:
    log = world(1, change=False)
    rng = np.random.default_rng(0)
    found = moments(log, 80 * DAY, Settled.fade_days, 10, LEAST - 1, rng)[: LEAST - 1]
    assert settle(log, 80 * DAY, found, even, rng) == Settled()
