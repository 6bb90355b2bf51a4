from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from tests.tools.scoring.slate.cases import material, nobody_akin
from tools.scoring.slate.dial import Weights, weights_at
from tools.scoring.slate.discovery import chance_of, drawn, seed_of, uniform
from tools.scoring.slate.likeness import Kinship
from tools.scoring.slate.order import Arranged, Material, arrange, distinct

WEIGHTS = Weights(calibration=0.8, diversity=0.7, repeats=1.0, novelty=0.6, further=0.5, kept=2)


def random_case(seed: int, size: int = 80) -> tuple[Material, Kinship]:
    rng = np.random.default_rng(seed)
    member = (rng.random((size, 5)) < 0.4).astype(np.float32)
    looks = rng.normal(size=(size, 8)).astype(np.float32)
    akin = csr_matrix(np.triu(rng.random((size, size)) < 0.05, 1).astype(np.float32))
    found = material(
        rng.normal(size=size),
        personal=rng.gamma(1.0, size=size),
        popularity=rng.random(size).astype(np.float32),
        topics=csr_matrix(member / np.maximum(member.sum(axis=1, keepdims=True), 1)),
        wanted=rng.dirichlet(np.ones(5)).astype(np.float32),
        looks=looks / np.linalg.norm(looks, axis=1, keepdims=True),
        usual=rng.random(size).astype(np.float32),
        own=rng.random(6).astype(np.float32),
    )
    return found, Kinship(
        np.arange(size) // 2 * 2 * (rng.random(size) < 0.2) + np.arange(size), csr_matrix(akin + akin.T)
    )


def totals(found: Material, arranged: Arranged) -> np.ndarray:
    return np.asarray(found.scores + arranged.brought)


@pytest.mark.parametrize("seed", range(20))
def test_totals_fall_along_the_list_and_nothing_is_lost(seed: int) -> None:
    found, kin = random_case(seed)
    arranged = arrange(found, WEIGHTS, kin, 10, seed)
    assert sorted(arranged.order.tolist()) == list(range(len(found.scores)))
    shown = distinct(arranged.order, kin.twin, 80)
    assert (np.diff(totals(found, arranged)[shown]) <= 1e-12).all()
    assert set(arranged.parts) == {"calibration", "diversity", "repeats", "novelty", "further", "discovery"}


def test_nothing_that_does_not_count_has_a_part() -> None:
    found, _ = random_case(0)
    arranged = arrange(found, Weights(0.0), nobody_akin(80), 10, 0)
    assert arranged.parts == {}
    assert arranged.order.tolist() == np.argsort(-found.scores, kind="stable").tolist()


def test_diversity_puts_something_else_between_items_alike() -> None:
    looks = np.array([[1, 0], [1, 0], [1, 0], [0, 1]], np.float32)
    found = material(np.array([1.0, 0.9, 0.8, 0.5]), looks=looks)
    assert arrange(found, Weights(0.0, diversity=0.6), nobody_akin(4), 4, 0).order.tolist() == [0, 3, 1, 2]


def test_the_same_in_another_colour_comes_later() -> None:
    akin = csr_matrix(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], np.float32))
    arranged = arrange(
        material(np.array([1.0, 0.9, 0.2])), Weights(0.0, repeats=1.0), Kinship(np.arange(3), akin), 3, 0
    )
    assert arranged.order.tolist() == [0, 2, 1]
    assert arranged.parts["repeats"].tolist() == [0, -1, 0]


def test_a_second_entry_of_one_title_is_left_out() -> None:
    assert distinct(np.array([3, 1, 0, 2]), np.array([7, 8, 7, 8]), 5) == [3, 0]


def test_novelty_speaks_for_the_less_known_half_alone() -> None:
    found = material(np.zeros(5), popularity=np.array([0.1, 0.3, 0.5, 0.7, 0.9], np.float32))
    part = arrange(found, Weights(0.0, novelty=1.0), nobody_akin(5), 5, 0).parts["novelty"]
    assert part == pytest.approx([0.8, 0.4, 0, 0, 0])


def test_further_is_what_is_less_ones_own_than_the_middle_of_the_history() -> None:
    usual = np.array([0.9, 0.4, 0.1], np.float32)
    found = material(np.zeros(3), usual=usual, own=np.array([0.3, 0.5, 0.8], np.float32))
    assert arrange(found, Weights(0.0, further=1.0), nobody_akin(3), 3, 0).parts["further"] == pytest.approx(
        [0, 0.2, 0.8]
    )
    assert arrange(material(np.zeros(3), usual=usual), Weights(0.0, further=1.0), nobody_akin(3), 3, 0).parts == {}


@pytest.mark.parametrize("seed", range(10))
def test_discoveries_take_the_last_of_ten_places_and_the_rest_follows(seed: int) -> None:
    found, kin = random_case(seed)
    without = arrange(found, Weights(0.8), kin, 10, seed).order.tolist()
    arranged = arrange(found, Weights(0.8, kept=2), kin, 10, seed)
    picked = np.flatnonzero(arranged.parts["discovery"]).tolist()
    order = arranged.order.tolist()
    assert sorted(picked) == sorted(order[8:10])
    assert [row for row in order if row not in picked] == [row for row in without if row not in picked]
    assert (found.popularity[picked] < np.median(found.popularity)).all()
    assert (found.personal[picked] > 0).all()
    assert (arranged.parts["discovery"] >= 0).all()


def test_six_lists_of_ten_have_a_discovery() -> None:
    at = datetime(2013, 9, 1, tzinfo=UTC)
    chances = np.array([chance_of(seed_of(f"p{person}", at)) for person in range(2000)])
    assert np.histogram(chances, 5, (0, 1))[0].min() > 340
    assert chance_of(seed_of("p1", at)) == chances[1]


def test_discoveries_stay_for_a_day_and_differ_between_people() -> None:
    rng = np.random.default_rng(3)
    size = 400
    personal, popularity = rng.gamma(1.0, size=size), rng.random(size).astype(np.float32)
    places, anything = np.arange(size, dtype=np.int32), np.ones(size, bool)

    def of(user: str, hour: int) -> list[int]:
        seed = seed_of(user, datetime(2013, 9, 1, hour, tzinfo=UTC))
        return drawn(personal, popularity, anything, places, seed, 2)

    assert of("ann", 1) == of("ann", 20)
    assert len({row for person in range(60) for row in of(f"p{person}", 1)}) > 25


def test_nobody_unknown_is_told_of_a_discovery() -> None:
    popularity = np.linspace(0, 1, 30, dtype=np.float32)
    assert drawn(np.zeros(30), popularity, np.ones(30, bool), np.arange(30, dtype=np.int32), 1, 2) == []


def test_draws_are_even_and_do_not_depend_on_what_else_is_there() -> None:
    places = np.arange(20_000, dtype=np.int32)
    draws = uniform(places, 5)
    assert np.histogram(draws, 10, (0, 1))[0].min() > 1800
    assert uniform(places[500:600], 5).tolist() == draws[500:600].tolist()


def test_places_kept_are_a_part_of_the_first_ten() -> None:
    balanced = weights_at(None, 1.0)
    chances = (np.arange(1000) + 0.5) / 1000
    kept = {k: sum(len(balanced.places(k, chance)) for chance in chances) for k in (1, 5, 10, 50)}
    assert kept == {1: 60, 5: 300, 10: 600, 50: 600}
    assert list(balanced.places(50, 0.9)) == [9]
    assert [len(weights_at(place, 1.0).places(10)) for place in (0.0, 0.75, 1.0)] == [0, 2, 3]


def test_the_dial_turns_everything_one_way() -> None:
    turned = [weights_at(place / 10, 2.0) for place in range(11)]
    for name in ("diversity", "novelty", "further", "kept"):
        values = [getattr(each, name) for each in turned]
        assert values == sorted(values)
        assert values[0] < values[-1]
    assert weights_at(None, 2.0) == weights_at(0.5, 2.0)
    assert turned[0].novelty < 0 < turned[-1].novelty
