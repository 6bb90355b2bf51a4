from __future__ import annotations

import numpy as np
import pytest

from tools.scoring.collaborative import cooccurrence, ease, fold_in
from tools.scoring.signals import DAY, Interactions, fade

NOW = 100 * DAY


def log(rows: list[tuple[int, int, float, float]], items: int) -> Interactions:
    """Interactions from (user, item, day, strength); who disliked an item did not take it up."""
    ordered = sorted(rows, key=lambda row: row[2])
    user, item, day, strength = (np.array(column) for column in zip(*ordered, strict=True))
    return Interactions.from_arrays(
        user.astype(np.int32),
        item.astype(np.int32),
        day.astype(np.float64) * DAY,
        strength.astype(np.float32),
        np.maximum(strength, 0).astype(np.float32),
        int(user.max()) + 1,
        items,
    )


def random_log(seed: int, items: int = 12) -> Interactions:
    rng = np.random.default_rng(seed)
    return log(
        [
            (user, int(item), float(rng.uniform(0, 100)), float(rng.uniform(0.3, 1)))
            for user in range(30)
            for item in rng.permutation(items)[: rng.integers(2, 6)]
        ],
        items,
    )


def test_ease_agrees_with_the_closed_form_in_dense_algebra() -> None:
    events = random_log(1)
    weights = events.uptake * fade((NOW - events.at) / DAY, 20.0)
    people = np.zeros((events.users, events.items))
    people[events.user, events.item] = np.sqrt(weights)
    inverse = np.linalg.inv(people.T @ people + 3.0 * np.eye(events.items))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0.0)
    assert ease(events, NOW, 20.0, 3.0, 100).toarray() == pytest.approx(expected, abs=1e-4)


def test_ease_leaves_inactive_items_out() -> None:
    model = ease(log([(0, 0, 1, 1.0), (0, 1, 2, 1.0), (1, 0, 3, 1.0), (1, 1, 4, -1.0)], 5), NOW, 20.0, 1.0, 10)
    assert model[2:].nnz == 0
    assert model[0, 1] > 0


def test_cooccurrence_agrees_with_a_sum_over_pairs() -> None:
    events = random_log(2)
    length = np.bincount(events.user)[events.user]
    mass = events.uptake * np.sqrt(fade((NOW - events.at) / DAY, 15.0)) / np.sqrt(np.sqrt(length))
    expected = np.zeros((events.items, events.items))
    for first in range(len(events.item)):
        for second in range(len(events.item)):
            if first != second and events.user[first] == events.user[second]:
                apart = abs(events.at[first] - events.at[second]) / DAY
                expected[events.item[first], events.item[second]] += mass[first] * mass[second] / (1 + apart / 5.0)
    norm = np.sqrt(np.bincount(events.item, mass**2, minlength=events.items))
    expected /= np.outer(norm, norm) + 0.5
    assert cooccurrence(events, NOW, 15.0, 5.0, 0.5, 100).toarray() == pytest.approx(expected, abs=1e-5)


def test_only_the_strongest_neighbours_are_kept() -> None:
    model = cooccurrence(random_log(3), NOW, 15.0, 5.0, 0.5, 2)
    full = cooccurrence(random_log(3), NOW, 15.0, 5.0, 0.5, 100).toarray()
    for row in range(model.shape[0]):
        kept = model[row].toarray().ravel()
        assert (kept > 0).sum() <= 2
        assert kept.max() == full[row].max()


def test_pairs_close_in_time_and_recent_count_more() -> None:
    near_far = log([(0, 0, 50, 1.0), (0, 1, 50, 1.0), (1, 2, 10, 1.0), (1, 3, 90, 1.0)], 4)
    model = cooccurrence(near_far, NOW, 1e9, 5.0, 1.0, 10)
    assert model[0, 1] > model[2, 3] > 0
    old_new = log([(0, 0, 1, 1.0), (0, 1, 1, 1.0), (1, 2, 99, 1.0), (1, 3, 99, 1.0)], 4)
    model = cooccurrence(old_new, NOW, 5.0, 5.0, 1.0, 10)
    assert model[2, 3] > model[0, 1] > 0


def test_items_that_nobody_took_up_have_no_neighbours() -> None:
    events = log([(0, 0, 1, 1.0), (0, 1, 2, -0.8), (0, 2, 3, 0.9)], 3)
    for model in (cooccurrence(events, NOW, 15.0, 5.0, 0.5, 10), ease(events, NOW, 15.0, 1.0, 10)):
        assert model[1].nnz == 0
        assert model[:, 1].nnz == 0


def test_folding_in_is_the_weighted_sum_of_rows() -> None:
    model = ease(random_log(4), NOW, 20.0, 3.0, 100)
    history, weights = np.array([1, 5, 7], np.int32), np.array([1.0, 0.2, 0.5], np.float32)
    assert fold_in(model, history, weights) == pytest.approx(weights @ model[history].toarray(), abs=1e-6)


def test_a_later_event_on_an_item_replaces_the_earlier_one() -> None:
    events = log([(0, 0, 1, 1.0), (0, 0, 2, -1.0), (0, 1, 3, 0.5)], 2)
    assert events.strength.tolist() == [-1.0, 0.5]
    assert events.uptake.tolist() == [0.0, 0.5]
