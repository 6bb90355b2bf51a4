from __future__ import annotations

import pytest

from core.results import Reason, Recommendation, RecommendRequest
from tests.tools.scoring.conftest import NOW, Bench
from tools.scoring.explanation.contrast import contrast


def scored(title: str, **parts: float) -> Recommendation:
    texts = {"knn": "Because you liked Jaws", "quality": f"{90} % of critics liked it"}
    reasons = tuple(
        Reason(feature=name, contribution=value, text=texts.get(name, ""), group={"knn": "history"}.get(name, "esteem"))
        for name, value in parts.items()
    )
    return Recommendation(id=title, title=title, year=1979, score=1.0 + sum(parts.values()), reasons=reasons)


def test_a_contrast_is_the_exact_difference_in_words(bench: Bench) -> None:
    scorer = bench.scorer()
    request = RecommendRequest(user_id="p00", at=NOW, k=10)
    slate = scorer.recommend(request)
    for first, second in ((0, 5), (5, 0), (2, 3)):
        found = scorer.contrast(request, slate.items[first].id, slate.items[second].id)
        assert (found.rank, found.other_rank) == (first + 1, second + 1)
        assert found.difference == pytest.approx(slate.items[first].score - slate.items[second].score)
        assert sum(gap.difference for gap in found.gaps) == pytest.approx(found.difference, abs=1e-6)
        sizes = [abs(gap.difference) for gap in found.gaps]
        assert sizes == sorted(sizes, reverse=True)
        for gap in found.gaps:
            inside = sum(feature.item - feature.other for feature in gap.features)
            assert inside == pytest.approx(gap.difference, abs=1e-9)


def test_the_higher_one_is_told_with_what_decides_and_its_facts() -> None:
    high, low = scored("Alien", knn=2.0, rated=0.1, renown=0.4), scored("Fargo", knn=0.5, rated=0.9, renown=0.4)
    expected = (
        "Alien (1979) scores higher than Fargo (1979), most of all by how it goes with what you took up.",
        "Fargo (1979) gains on it by how well it is rated, but less.",
        "Behind it for Alien: because you liked Jaws.",
    )
    assert contrast(high, scored("Fargo", rated=0.9, renown=0.4), 1, 2).text == expected
    turned = contrast(low, high, 2, 1)
    assert turned.text[:2] == expected[:2]
    assert turned.difference == pytest.approx(-0.7)


def test_what_both_share_is_no_fact_behind_the_difference() -> None:
    high, low = scored("Alien", knn=2.0), scored("Fargo", knn=0.5)
    assert len(contrast(high, low, 1, 2).text) == 1
    assert contrast(high, high, 1, 1).text == ("Alien (1979) and Alien (1979) score the same.",)


def test_an_item_outside_the_limits_has_no_rank_in_a_contrast(bench: Bench) -> None:
    from core.types import Constraints

    request = RecommendRequest(user_id="p00", at=NOW, constraints=Constraints(exclude={"genre": ("Comedy",)}))
    found = bench.scorer().contrast(request, "f52", "f51")
    assert found.rank is not None
    assert found.other_rank is None
