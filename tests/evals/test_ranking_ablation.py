"""The ablation: what is taken out together, scorers with another ranker, and trees on the ranker's own choices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from evals.ranking.ablation import PLAIN, REST, STATES, TREES, Altered, ablation, groups
from evals.ranking.learning import choices_learnt, ranker_alone
from evals.ranking.ours import NAME
from evals.ranking.trees import Trees
from evals.splits import time_split
from tests.evals.test_ranking_forecasts import CUT, deps_of
from tests.tools.scoring.conftest import NOW, Bench, film, make_bench, ratings
from tools.scoring import train as training
from tools.scoring.choices import fit
from tools.scoring.features import LOG_FEATURES
from tools.scoring.model import PRIOR, load, model_folder
from tools.scoring.ranker import Choice, Ranker

PEOPLE = 120


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bench, list[Choice]]]:
    made, database = make_bench(tmp_path_factory.mktemp("ablation"), [film(n) for n in range(60)], ratings(PEOPLE))
    with choices_learnt() as choices:
        made.train(until=CUT)
    yield made, choices
    database.close()


def test_an_interaction_goes_with_the_first_of_its_pair() -> None:
    found = groups(("knn", "knn*follows_new", "popular_now", "popular_now*pause", "brand_new_feature", "query"))
    assert found["collaborative"] == ("knn", "knn*follows_new")
    assert found["popularity now"] == ("popular_now", "popular_now*pause")
    assert found[STATES] == ("knn*follows_new", "popular_now*pause")
    assert "query" not in found.get(REST, ())
    every = {name for title, group in groups(tuple(PRIOR)).items() if title != STATES for name in group}
    assert every == {*LOG_FEATURES, "calibration"}


def test_the_ranker_is_fitted_on_the_choices_seen(learnt: tuple[Bench, list[Choice]]) -> None:
    bench, choices = learnt
    shipped = load(model_folder(bench.settings), bench.catalog.columns()).ranker
    assert choices
    again = fit(choices)
    assert {name: round(weight, 6) for name, weight in again.weights.items()} == pytest.approx(
        {name: round(weight, 6) for name, weight in shipped.weights.items()}
    )


def test_a_scorer_without_anything_to_score_by_ties(learnt: tuple[Bench, list[Choice]]) -> None:
    bench, _ = learnt
    deps = deps_of(bench)
    same = Altered(deps).recommend_many(["p000"], 8, NOW)
    assert same == bench.scorer().recommend_many(["p000"], 8, NOW)
    nothing = Altered(deps, lambda own: own.without(own.names), arranged=False).recommend_many(["p000"], 8, NOW)
    assert len({score for _, score in nothing["p000"]}) == 1


def test_trees_learn_what_matters_and_leave_requests_alone() -> None:
    rng = np.random.default_rng(0)
    choices = []
    for _ in range(150):
        features = rng.random((12, len(LOG_FEATURES))).astype(np.float32)
        choices.append(Choice(features, features[:, 3] >= np.sort(features[:, 3])[-2]))
    ranker = Trees.learned(choices).in_place_of(Ranker(dict(PRIOR)))
    table = {name: rng.random(300).astype(np.float32) for name in PRIOR}
    parts = ranker.contributions(table)
    assert np.corrcoef(parts[:, 0], table[LOG_FEATURES[3]])[0, 1] > 0.8
    asked = list(PRIOR).index("query")
    assert parts[:, asked] == pytest.approx(PRIOR["query"] * table["query"])
    assert not parts[:, 1 : len(LOG_FEATURES)].any()


def test_every_scorer_is_asked_and_compared(learnt: tuple[Bench, list[Choice]]) -> None:
    bench, choices = learnt
    columns = bench.catalog.columns()
    split = time_split(bench.events.log(columns), columns, CUT, NOW + timedelta(days=30))
    told: list[str] = []
    (found,) = ablation(bench.settings, deps_of(bench), choices, {"time": ("later", split.sample(15))}, told.append)
    names = {row.name for row in found.rows}
    assert {NAME, PLAIN, TREES, "without collaborative"} <= names
    pairs = {(each.ours, each.other) for each in found.differences}
    assert (NAME, PLAIN) in pairs
    assert (PLAIN, TREES) in pairs
    assert found.text().startswith("== later")
    assert told


def test_refits_share_the_sequence_models(learnt: tuple[Bench, list[Choice]], monkeypatch: pytest.MonkeyPatch) -> None:
    bench, _ = learnt
    fitted: list[str] = []
    monkeypatch.setattr("evals.ranking.learning.fit_next", lambda *given, **_: fitted.append(given[4]))
    given = (bench.settings, bench.catalog, bench.events, bench.retriever, bench.forecaster, bench.trends, CUT)
    with ranker_alone():
        for _ in range(2):
            training.train(*given, lambda _what, _done: None)
    assert len(fitted) == len(set(fitted)) > 1
