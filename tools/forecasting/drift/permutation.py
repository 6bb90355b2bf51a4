"""Whether the order of a person's own periods means anything: a permutation test."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from core.periods import Indices
from core.timeline import Array

ORDERS = 39
_BLOCK_CELLS = 20_000
_TIE = 1e-3
"""Statistics this close count as equal, so that rounding tells no two orders of equal periods apart."""


def own_bar(
    statistic: Callable[[Indices], Array],
    length: int,
    alpha: float,
    width: int = 1,
    orders: int = ORDERS,
    seed: int = 0,
) -> float:
    """What the statistic of a series has to exceed to be significant, +inf if it does not.

    If the periods are exchangeable, the order they came in is as good as any other: at most ``alpha`` of the series
    exceed the k-th highest statistic of random orders with k = ``alpha`` (orders + 1), whatever the length and scatter
    (Pitman 1937; Phipson & Smyth 2010). Drawing ends as soon as k of them have
    reached the actual statistic, which decides most tests early and none differently (Besag & Clifford 1991).

    Args:
        statistic: (orders, length) positions to (orders,) values.
        length: number of periods.
        alpha: level of the test; below 1 / (orders + 1) nothing is significant.
        width: values that the statistic handles a period, which sets how many orders it is given at a time.
        orders: how many random orders.
        seed: of the orders. Series that share one share its luck, so the level holds over series of different seeds.
    """
    rank = math.floor(alpha * (orders + 1) + 1e-9)
    if rank < 1 or length < 2:
        return math.inf
    drawn = np.random.default_rng((seed, length)).permuted(np.tile(np.arange(length), (orders, 1)), axis=1)
    step = max(_BLOCK_CELLS // (length * width), 2 * rank)
    (actual,) = statistic(np.arange(length)[None]).tolist()
    values = np.zeros(0)
    for start in range(0, orders, step):
        values = np.append(values, statistic(drawn[start : start + step]))
        if np.count_nonzero(values >= actual - _TIE) >= rank:
            return math.inf
    return float(np.partition(values, orders - rank)[orders - rank])
