from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.errors import NotTrainedError
from evals.ranking.forecasts import FLAT, FULL, MEASURES, NONE, Instead, Mixes, ablation, topic_mix
from evals.splits import time_split
from tests.tools.scoring.conftest import NOW, START, Bench, Forecaster, film, make_bench, rating, ratings
from tools.deps import Deps
from tools.scoring.model import load, model_folder

CUT = NOW - timedelta(days=20)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The sixty films, trained up to twenty days before the end."""
    made, database = make_bench(tmp_path_factory.mktemp("ablation"), [film(n) for n in range(60)], ratings(120))
    made.train(until=CUT)
    yield made
    database.close()


def deps_of(bench: Bench) -> Deps:
    return Deps(
        settings=bench.settings,
        catalog=bench.catalog,
        events=bench.events,
        conversations=None,  # type: ignore[arg-type]
        retriever=bench.retriever,
        forecaster=bench.forecaster,
        trends=bench.trends,
        scorer=bench.scorer(),
        now=lambda: NOW,
    )


def test_every_way_is_ranked_and_the_model_is_put_back(bench: Bench) -> None:
    columns = bench.catalog.columns()
    log = bench.events.log(columns)
    split = time_split(log, columns, CUT, NOW + timedelta(days=30))
    before = load(model_folder(bench.settings), columns)
    found = ablation(bench.settings, deps_of(bench), log, split, CUT - timedelta(seconds=1))
    after = load(model_folder(bench.settings), columns)
    assert after.ranker == before.ranker
    rows = {row.name: row for row in found.rows if row.people == "everybody"}
    assert {FULL, FLAT, NONE, "running mean instead", "population instead", "oracle instead"} == set(rows)
    assert all(row.count == len(split.relevant) and set(row.means) == set(MEASURES) for row in rows.values())
    assert rows["oracle instead"].means["mismatch@10"] <= rows[NONE].means["mismatch@10"]
    compared = {(each.name, each.other) for each in found.differences}
    assert (FULL, NONE) in compared
    assert (FLAT, NONE) in compared
    for each in found.differences:
        assert each.low <= each.mean <= each.high
    assert "oracle instead" in found.text()


def test_stand_ins_answer_for_the_forecaster(bench: Bench) -> None:
    given = np.array([[0.2, 0.8], [0.6, 0.4]], np.float32)
    table = Instead(bench.forecaster, lambda _people, _at: given).forecast_many(["a", "b"], NOW, 3)
    assert table.shares.shape == (2, 3, 2)
    assert (table.shares == given[:, None]).all()
    with pytest.raises(NotTrainedError):
        Instead(bench.forecaster, None).forecast_many(["a"], NOW, 1)


def test_mixes_hold_what_was_liked_between_two_moments(tmp_path: Path) -> None:
    events = [
        rating("a", "f00", START, 1.0),
        rating("a", "f01", START + timedelta(days=1), 1.0),
        rating("a", "f03", START + timedelta(days=2), -1.0),
        rating("b", "f05", START + timedelta(days=9), 1.0),
    ]
    made, database = make_bench(tmp_path, [film(n) for n in range(6)], events)
    columns = made.catalog.columns()
    topics = Forecaster(made.catalog).topics
    thriller = topics.names.index("genre:Thriller")
    mixes = Mixes(made.events.log(columns), columns, topics.weights)
    otherwise = np.array([0.9, 0.1], np.float32)

    def shares(first: datetime, last: datetime) -> list[float]:
        found = mixes.between(["a", "b", "nobody"], first.timestamp(), last.timestamp(), otherwise)
        return [float(row[thriller]) for row in found]

    never = datetime(1990, 1, 1, tzinfo=UTC)
    usual = float(otherwise[thriller])
    assert shares(never, START + timedelta(days=5)) == pytest.approx([0.5, usual, usual])
    assert shares(START, START + timedelta(days=9)) == pytest.approx([0.0, 0.0, usual])
    assert topic_mix(["f00", "f02", "f01"], columns, topics.weights)[thriller] == pytest.approx(2 / 3)
    assert topic_mix([], columns, topics.weights).tolist() == [0, 0]
    database.close()
