from __future__ import annotations

import random

import numpy as np
import pytest

from core.types import Item
from tests.tools.retrieval.tuning.conftest import log_of
from tools.retrieval.tuning.examples import Material, held_out, targets
from tools.retrieval.tuning.requests import DECADE, compose
from tools.retrieval.tuning.training import draw

SIZES = {"request": 60, "sentence": 40, "interest": 40}


def test_a_request_is_met_by_its_item() -> None:
    item = Item(
        id="a",
        title="Untold",
        facets={"theme": ("grief", "slow"), "director": ("Ann Lee",), "certificate": ("PG",), "empty": ()},
        numbers={"year": 1994, "price": 12.5},
    )
    rng = random.Random(3)
    for _ in range(60):
        request = compose(item, rng)
        assert request is not None
        for facet, value in request.wanted:
            assert value == "1990" if facet == DECADE else value in item.facets[facet]
            assert facet != "certificate"
        assert "Untold" not in request.text


def test_a_price_asked_for_is_above_the_item_s_own() -> None:
    item = Item(id="a", title="Mug", facets={"category": ("Kitchen",)}, numbers={"price": 12.5, "discount": 2.0})
    requests = [compose(item, random.Random(seed)) for seed in range(80)]
    texts = [request.text for request in requests if request is not None]
    assert any("under 20" in text for text in texts)
    assert any(text.endswith(("on sale", "reduced", "on offer")) for text in texts)
    assert not any("under 10" in text for text in texts)


def test_an_item_without_facets_asks_for_nothing() -> None:
    assert compose(Item(id="a", title="Bare"), random.Random(0)) is None


@pytest.mark.parametrize("held", [False, True])
def test_the_sides_share_no_person_and_no_answer(material: Material, held: bool) -> None:
    drawn = draw(material, SIZES, held, seed=5)
    assert {example.kind for example in drawn} == {"request", "sentence", "interest"}
    for example in drawn:
        assert (material.held[example.items] == held).all()
        assert example.weights.sum() == pytest.approx(1, abs=1e-5)
        if example.kind == "interest":
            assert held_out(example.group) == held


def test_answers_carry_all_that_is_asked_for(material: Material) -> None:
    for example in material.requests(60, False, random.Random(1)):
        genres = {material.items[position].facets["genre"] for position in example.items}
        assert len(genres) == 1 or "theme" not in example.pool


def test_what_was_disliked_is_no_interest(material: Material) -> None:
    for person, liked in material.likes.items():
        assert len(set((liked % 2).tolist())) == 1, person


def test_an_interest_is_answered_by_what_came_after(material: Material) -> None:
    for example in material.interests(40, False, random.Random(2)):
        titles = {material.items[position].title for position in example.items}
        assert not any(f"{title}," in f"{example.text.rstrip('.')}," for title in titles)


def test_examples_are_the_same_for_the_same_seed(material: Material) -> None:
    first, second = (draw(material, SIZES, False, seed=4) for _ in range(2))
    assert [example.text for example in first] == [example.text for example in second]
    assert [example.items.tolist() for example in first] == [example.items.tolist() for example in second]


def test_targets_are_rows_of_shares(material: Material) -> None:
    drawn = draw(material, SIZES, False, seed=4)
    wanted = targets(drawn, len(material.items))
    assert wanted.shape == (len(drawn), len(material.items))
    assert np.asarray(wanted.sum(axis=1)).ravel() == pytest.approx(1, abs=1e-5)


def test_a_catalogue_without_texts_themes_or_events_gives_what_it_can() -> None:
    items = [Item(id=f"b{number}", title=f"Bare {number}") for number in range(5)]
    empty = Material.of(items, log_of(0, people=0))
    assert draw(empty, SIZES, False, seed=0) == []
