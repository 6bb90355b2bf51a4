from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from tests.tools.scoring.slate.cases import material, nobody_akin
from tools.forecasting.metrics import kl_divergence
from tools.scoring.slate.dial import Weights
from tools.scoring.slate.order import HEAD, arrange

Order = tuple[np.ndarray, np.ndarray]


def calibrated(scores: np.ndarray, topics: csr_matrix, wanted: np.ndarray, weight: float) -> Order:
    """The order and what the mix of topics adds to each item."""
    found = arrange(material(scores, topics=topics, wanted=wanted), Weights(weight), nobody_akin(len(scores)), 10, 0)
    return found.order, found.parts.get("calibration", np.zeros(len(scores)))


def random_case(seed: int, items: int = 60, topics: int = 6) -> tuple[np.ndarray, csr_matrix, np.ndarray]:
    rng = np.random.default_rng(seed)
    member = (rng.random((items, topics)) < 0.3).astype(np.float32)
    member /= np.maximum(member.sum(axis=1, keepdims=True), 1)
    wanted = rng.dirichlet(np.full(topics, 0.5)).astype(np.float32)
    wanted[0] = 0
    return rng.normal(size=items), csr_matrix(member), wanted / wanted.sum()


@pytest.mark.parametrize("seed", range(20))
def test_every_item_has_one_place_and_totals_fall_along_the_list(seed: int) -> None:
    scores, topics, wanted = random_case(seed)
    order, gains = calibrated(scores, topics, wanted, 1.5)
    assert sorted(order.tolist()) == list(range(len(scores)))
    assert (gains >= 0).all()
    assert (np.diff((scores + gains)[order]) <= 1e-12).all()


def test_weight_brings_the_mix_of_the_list_closer_to_the_wanted_one() -> None:
    off = []
    for weight in (0.0, 0.5, 2.0, 8.0):
        each = []
        for seed in range(20):
            scores, topics, wanted = random_case(seed)
            order, _ = calibrated(scores, topics, wanted, weight)
            mass = np.asarray(topics[order[:10]].sum(axis=0)).ravel()
            each.append(kl_divergence(wanted, mass / mass.sum()))
        off.append(float(np.mean(each)))
    assert off == sorted(off, reverse=True)
    assert off[-1] < 0.5 * off[0]


def test_items_alike_in_score_fill_the_list_in_proportion() -> None:
    topics = csr_matrix(np.repeat(np.eye(3, dtype=np.float32), 30, axis=0))
    order, _ = calibrated(np.zeros(90), topics, np.array([0.6, 0.3, 0.1], np.float32), 1.0)
    assert np.bincount(order[:10] // 30).tolist() == [6, 3, 1]
    assert np.bincount(order[:HEAD] // 30).tolist() == [12, 6, 2]


def test_topics_nobody_wants_and_items_without_any_bring_nothing() -> None:
    topics = csr_matrix(np.array([[1, 0], [0, 0], [0, 1]], np.float32))
    order, gains = calibrated(np.array([0.1, 0.3, 0.2]), topics, np.array([0.0, 1.0], np.float32), 1.0)
    assert order.tolist() == [2, 1, 0]
    assert gains[:2].tolist() == [0, 0]
    assert gains[2] == pytest.approx(np.log(2))


def test_without_items_there_is_no_order() -> None:
    order, gains = calibrated(np.zeros(0), csr_matrix((0, 2)), np.array([0.5, 0.5], np.float32), 1.0)
    assert order.tolist() == gains.tolist() == []
