"""Ways of ranking: the classical peers, the blend, and other libraries' models in a process of their own."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from evals.metrics import Lists, evaluate
from evals.ranking import outside
from evals.ranking.benchmark import families
from evals.ranking.blend import KINDS, Blend, blended, simplex, tuned
from evals.ranking.classical import Ease, Habits, HabitsAndNeighbours, ItemKNN, Popular, decayed
from evals.ranking.ways import classical, library
from evals.splits import Split, basket_split, last_split, time_split
from store.columns import EventLog
from tests.evals.test_ranking_splits import END, START, columns, log_of
from tools.scoring.signals import DAY

ITEMS = 30


@pytest.fixture(scope="module")
def log() -> EventLog:
    """Two kinds of people, who keep to the even and the odd items, in an order of their own."""
    rng = np.random.default_rng(1)
    events = []
    for person in range(40):
        own = rng.permutation(np.arange(person % 2, ITEMS, 2))[:12]
        events += [(f"p{person:02}", int(item), 1 + place * 1.5, 1.0) for place, item in enumerate(own)]
    return log_of(*events)


@pytest.fixture(scope="module")
def pair(log: EventLog) -> tuple[Split, Split]:
    return last_split(log, columns(ITEMS), 1), last_split(log, columns(ITEMS))


def test_popularity_is_of_the_moment_and_fades() -> None:
    log = log_of(("a", 0, 1.0, 1.0), ("b", 0, 1.0, 1.0), ("a", 1, 5.0, 1.0), ("b", 2, 9.0, 1.0), ("a", 2, 11.0, 1.0))
    split = last_split(log, columns(4), at_moment=True)
    day = datetime(2020, 3, 1, tzinfo=UTC).timestamp()
    counts = decayed(split, np.array([day + 8 * DAY, day + 4 * DAY]), half_life=4.0)
    assert counts[0] == pytest.approx([0.5, 0.5, 0, 0])
    assert counts[1] == pytest.approx([1, 0, 0, 0])


@pytest.mark.parametrize("peer", [ItemKNN(), Ease()])
def test_item_models_learn_what_goes_together(peer: ItemKNN | Ease, pair: tuple[Split, Split]) -> None:
    _, test = pair
    option = next(iter(peer.options()))
    lists = peer.lists(peer.fit(test, option), test, option)
    kind = np.array([int(person[1:]) % 2 for person in test.people])
    assert (lists.items[:, :3] % 2 == kind[:, None]).mean() > 0.95
    known = test.known.toarray() > 0
    for case in range(len(test)):
        listed = lists.items[case][lists.items[case] >= 0]
        assert not known[case, listed].any()


def test_a_peer_is_tuned_before_it_is_tested(pair: tuple[Split, Split]) -> None:
    tune, test = pair
    way = classical(ItemKNN(), tune, test)
    by_hand = max(
        float(evaluate(ItemKNN().lists(ItemKNN().fit(tune, option), tune, option), tune.wanted).ndcg.mean())
        for option in ItemKNN().options()
    )
    assert float(evaluate(way.tune, tune.wanted).ndcg.mean()) == pytest.approx(by_hand)
    assert len(way.test) == len(test)
    assert "shrink" in way.row.chosen


def test_a_classical_peer_is_kept_by_its_data(
    tmp_path: Path, pair: tuple[Split, Split], monkeypatch: pytest.MonkeyPatch
) -> None:
    tune, test = pair
    way = classical(Popular(), tune, test, tmp_path)
    monkeypatch.setattr(Popular, "scores", None)
    again = classical(Popular(), tune, test, tmp_path)
    assert again.row == way.row
    assert (again.test.items == way.test.items).all()
    assert (again.tune.scores == way.tune.scores).all()
    with pytest.raises(TypeError):
        classical(Popular(), tune, test.sample(5), tmp_path)


@pytest.mark.parametrize("peer", [Habits(), HabitsAndNeighbours()])
def test_habits_are_ranked_first_where_known_items_count(peer: Habits | HabitsAndNeighbours) -> None:
    often = [("ann", item, 1.0 + day, 1.0) for day in range(5) for item in (0, 1)]
    others = [(f"p{person}", person % 6, 2.0 + day, 1.0) for person in range(120) for day in range(3)]
    later = [("ann", 0, 12.0, 1.0), ("p1", 1, 12.0, 1.0)]
    split = basket_split(log_of(*often, *others, *later), columns(8), START, END, new_only=False)
    option = list(peer.options())[-1]
    lists = peer.lists(peer.fit(split, option), split, option)
    assert set(lists.items[0, :2].tolist()) == {0, 1}
    assert lists.items[1, 0] == 1


def test_a_blend_is_at_least_as_good_as_its_parts_on_what_it_is_tuned_on(pair: tuple[Split, Split]) -> None:
    _, test = pair
    options = {"half_life": 7.0}
    parts = {
        "popular": Popular().lists(None, test, options),
        "knn": ItemKNN().lists(ItemKNN().fit(test, o := next(iter(ItemKNN().options()))), test, o),
    }
    single = {name: float(evaluate(each, test.wanted).ndcg.mean()) for name, each in parts.items()}
    found = tuned(parts, test.wanted)
    mixed = blended(found, parts, ITEMS)
    assert float(evaluate(mixed, test.wanted).ndcg.mean()) >= max(single.values()) - 1e-9
    assert sum(found.weights.values()) == pytest.approx(1)


@pytest.mark.parametrize("kind", KINDS)
def test_all_weight_on_one_part_is_its_order(kind: str) -> None:
    first = Lists(np.array([[3, 1, 2]], np.int32), np.array([[9.0, 5.0, 1.0]], np.float32))
    other = Lists(np.array([[7, 3, -1]], np.int32), np.array([[2.0, 1.0, -np.inf]], np.float32))
    mixed = blended(Blend(kind, {"a": 1.0, "b": 0.0}), {"a": first, "b": other}, 10)
    assert mixed.items[0, :2].tolist() == [3, 1]
    both = blended(Blend(kind, {"a": 0.5, "b": 0.5}), {"a": first, "b": other}, 10)
    assert sorted(item for item in both.items[0].tolist() if item >= 0) == sorted({3, 1, 2, 7} & set(both.items[0]))


def test_weights_are_all_of_the_simplex() -> None:
    weights = list(simplex(3))
    assert len(weights) == len(set(weights)) == 66
    assert all(sum(each) == pytest.approx(1) for each in weights)


STUB = """
import sys, json
import numpy as np
model, options, source, target = sys.argv[2:6]
arrays = np.load(source)
open(target + ".asked", "a").write(model)
out = {}
for number in range(int(arrays["sets"])):
    cases = len(arrays[f"user_of{number}"])
    best = json.loads(options).get("factors", 0) >= 64
    wanted = arrays["wanted_item"][:cases] if "wanted_item" in arrays and best else np.zeros(cases)
    items = np.full((cases, 25), -1, np.int32)
    items[:, 0] = wanted
    out |= {f"items{number}": items, f"scores{number}": np.where(items >= 0, 1.0, -np.inf).astype(np.float32)}
    out[f"score_seconds{number}"] = 0.5
np.savez(target, **out, fit_seconds=2.0, peak=1e6, epochs=7, capped=model == "SASRec")
"""


def interpreter(folder: Path, body: str) -> Path:
    """Something that is called as Python is, and runs ``body`` in place of the script."""
    (folder / "stub.py").write_text(body)
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nexec {sys.executable} {folder / "stub.py"} "$@"\n')
    path.chmod(0o755)
    return path


def test_libraries_are_tuned_tested_and_kept(tmp_path: Path, pair: tuple[Split, Split]) -> None:
    python = interpreter(tmp_path, STUB)
    kept = tmp_path / "kept"
    way = library(python, kept, "SASRec", {"last": pair}, 50)["last"]
    assert way.row.capped
    assert "epochs 7" in way.row.chosen
    assert way.row.fit_seconds == 2.0
    assert float(evaluate(way.tune, pair[0].wanted).hit.mean()) > 0
    (tmp_path / "stub.py").write_text("raise SystemExit('must not be run again')")
    again = library(python, kept, "SASRec", {"last": pair}, 50)["last"]
    assert (again.test.items == way.test.items).all()


def test_a_failure_is_told_with_its_last_line(tmp_path: Path, pair: tuple[Split, Split]) -> None:
    python = interpreter(tmp_path, "raise SystemExit('no module named rectools')")
    with pytest.raises(InputError, match=r"BPR failed: no module named rectools"):
        library(python, tmp_path / "kept", "BPR", {"last": pair}, 50)


def test_a_missing_environment_says_how_to_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRIFTLINE_PEERS", raising=False)
    with pytest.raises(InputError, match=r"python -m venv .*peers && .*pip install -r"):
        outside.environment(Settings(home=tmp_path))


def test_peers_are_given_the_past_alone(log: EventLog) -> None:
    split = time_split(log, columns(ITEMS), START, END)
    arrays = outside.arrays_of([split])
    assert arrays["at"].max() < START.timestamp()
    assert arrays["seen_at0"].max() < START.timestamp()
    assert "wanted_item" not in arrays


def test_data_sets_are_chosen_by_name() -> None:
    assert set(families(["mt"])) == {"mt-time", "mt-last"}
    assert set(families(["mt-time", "or"])) == {"mt-time", "or-time"}
    with pytest.raises(InputError, match=r"no data set 'mars'.*Choose from mt, "):
        families(["mars"])
