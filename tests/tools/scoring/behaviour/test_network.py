from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from tools.scoring.behaviour.calibration import calibrate, platt
from tools.scoring.behaviour.cases import Cases
from tools.scoring.behaviour.network import constant, log_loss, train


def drawn(count: int, seed: int, bend: float = 0.0) -> Cases:
    """Rare outcomes of known odds, of which what did not happen is drawn at a rate that falls with a feature."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, 3)).astype(np.float32)
    y = rng.random(count) < expit(truth(x, bend))
    keep = np.where(y, 1.0, expit(-2.0 - x[:, 1]))
    kept = rng.random(count) < keep
    offset = -np.log(expit(-2.0 - x[:, 1]))
    codes = np.arange(count, dtype=np.int32)
    whole = Cases(x, y, offset.astype(np.float32), codes, codes, codes.astype(np.float64))
    return Cases(*(getattr(whole, name)[kept] for name in ("x", "y", "offset", "person", "item", "at")))


def truth(x: np.ndarray, bend: float = 0.0) -> np.ndarray:
    return np.asarray(-4.0 + x[:, 0] + 0.5 * x[:, 1] + bend * (np.abs(x[:, 2]) - 0.8))


def test_probabilities_are_of_all_cases_though_few_of_them_were_drawn() -> None:
    found = train({"purchase": drawn(60_000, 0)}, {"purchase": drawn(20_000, 1)}, seed=0, hidden=(), epochs=6)
    x = np.random.default_rng(2).normal(size=(2000, 3)).astype(np.float32)
    x = np.clip(x, -2, 2)
    assert np.abs(found.logits(x)["purchase"] - truth(x)).mean() < 0.15


def test_a_hidden_layer_finds_what_is_bent() -> None:
    learn, check = {"purchase": drawn(60_000, 0, 1.5)}, {"purchase": drawn(30_000, 1, 1.5)}
    straight, bent = (train(learn, check, seed=0, hidden=hidden, epochs=6) for hidden in ((), (16,)))
    test = drawn(40_000, 2, 1.5)
    losses = [log_loss(each.logits(test.x)["purchase"] + test.offset, test.y) for each in (straight, bent)]
    assert losses[1] < losses[0] - 0.01
    assert losses[0] < log_loss(constant(test) + test.offset, test.y)


def test_heads_learn_their_own_and_the_same_seed_gives_the_same_network() -> None:
    learn = {"purchase": drawn(20_000, 0), "like": drawn(20_000, 1, 2.0)}
    one, two = (train(learn, learn, seed=5, hidden=(8,), epochs=2) for _ in range(2))
    x = learn["like"].x[:50]
    for kind in learn:
        np.testing.assert_array_equal(one.logits(x)[kind], two.logits(x)[kind])
    assert np.abs(one.logits(x)["purchase"] - one.logits(x)["like"]).max() > 0.1
    assert set(one.logits(x, ("like",))) == {"like"}


def test_features_far_beyond_what_was_learnt_from_change_nothing_more() -> None:
    learn = {"purchase": drawn(20_000, 0)}
    found = train(learn, learn, seed=0, hidden=(8,), epochs=1)
    far, farther = (found.logits(np.full((1, 3), size, np.float32))["purchase"] for size in (50.0, 5000.0))
    assert far == farther


def test_platt_undoes_a_stretch() -> None:
    rng = np.random.default_rng(0)
    logit = rng.normal(size=40_000).astype(np.float32) * 2
    offset = rng.random(40_000).astype(np.float32)
    y = rng.random(40_000) < expit(logit + offset)
    slope, shift = platt(logit * 2 + 1, y, offset)
    assert slope == pytest.approx(0.5, abs=0.03)
    assert shift == pytest.approx(-0.5, abs=0.05)


def test_calibration_is_left_out_where_it_does_not_hold_later() -> None:
    rng = np.random.default_rng(0)
    logit = rng.normal(size=4000).astype(np.float32)
    flipped = np.where(np.arange(4000) < 2000, logit * 3, logit)
    codes = np.arange(4000, dtype=np.int32)
    y = rng.random(4000) < expit(flipped)
    zero = np.zeros(4000, np.float32)
    turned = Cases(zero[:, None], y, zero, codes, codes, codes.astype(np.float64))
    assert calibrate(logit, turned) == (1.0, 0.0)
    steady = Cases(zero[:, None], rng.random(4000) < expit(logit * 2), zero, codes, codes, codes.astype(np.float64))
    assert calibrate(logit, steady)[0] == pytest.approx(2.0, abs=0.3)
