from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import NotTrainedError
from core.types import EventKind
from store.columns import EventLog
from tests.tools.scoring.behaviour.worlds import (
    ITEMS,
    NOBODY,
    START,
    catalogue,
    critics,
    history,
    log_of,
    lookers,
    shop,
    topics,
)
from tools.scoring.behaviour import Behaviour, BehaviourOptions, fit_behaviour, in_words, load, save
from tools.scoring.signals import DAY

EVERYTHING = np.arange(ITEMS, dtype=np.int32)
SMALL = BehaviourOptions(moments=400, hidden=())
DEEP = BehaviourOptions(moments=400, hidden=(16, 8))
COLUMNS = catalogue()


def fit(log: EventLog, until: datetime | None = None, options: BehaviourOptions = SMALL) -> Behaviour:
    found = fit_behaviour(log, COLUMNS, topics(COLUMNS), options, until=until)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def shopping() -> Behaviour:
    return fit(shop())


@pytest.fixture(scope="module")
def judging() -> Behaviour:
    return fit(critics(), options=DEEP)


def test_what_is_due_is_likelier_than_what_was_bought_yesterday(shopping: Behaviour) -> None:
    mine = [(0, 2, 12.0 * turn, EventKind.PURCHASE, 1.0) for turn in range(9)]
    mine += [(0, 8, 11.0 + 12.0 * turn, EventKind.PURCHASE, 1.0) for turn in range(9)]
    person = history(log_of(mine, 1), 0)
    chances = shopping.probabilities(person, EVERYTHING, START + 108 * DAY)["purchase"]
    assert chances[2] > 2 * chances[8]
    assert chances[2] > 5 * np.median(chances)
    assert ((chances > 0) & (chances < 1)).all()


def test_as_many_are_expected_as_happen_later(shopping: Behaviour) -> None:
    log = shop(seed=9)
    moment = START + 100 * DAY
    expected = happened = 0.0
    for person in range(60):
        mine = history(log, person)
        expected += float(shopping.probabilities(mine, EVERYTHING, moment)["purchase"].sum())
        happened += len(np.unique(mine.item[(mine.at >= moment) & (mine.at < moment + 7 * DAY)]))
    assert expected == pytest.approx(happened, rel=0.2)


def test_a_person_likes_their_kind_and_rates_nothing_twice(judging: Behaviour) -> None:
    log = critics(seed=4)
    moment = START + 100 * DAY
    person = history(log, 0)
    chances = judging.probabilities(person, EVERYTHING, moment)
    assert set(judging.kinds) == {"rating", "like"}
    even = EVERYTHING % 2 == 0
    assert chances["like"][even].min() > 0.6 > 0.4 > chances["like"][~even].max()
    rated = np.isin(EVERYTHING, person.before(moment).item)
    assert chances["rating"][rated].max() < 1e-9 < chances["rating"][~rated].min()


def test_who_has_looked_is_likelier_to_buy() -> None:
    log = lookers()
    found = fit(log)
    assert set(found.kinds) == {"click", "purchase"}
    looked = history(log_of([(0, 7, 119.0, EventKind.CLICK, 0.0)], 1), 0)
    chances = found.probabilities(looked, EVERYTHING, START + 119.5 * DAY)["purchase"]
    assert chances[7] > 5 * np.median(chances)


def test_strangers_and_empty_lists_are_answered(shopping: Behaviour) -> None:
    chances = shopping.probabilities(NOBODY, EVERYTHING, START + 200 * DAY)["purchase"]
    assert np.isfinite(chances).all()
    assert shopping.probabilities(NOBODY, EVERYTHING[:0], START)["purchase"].shape == (0,)


def test_the_world_of_another_moment_can_be_given(shopping: Behaviour) -> None:
    log = shop()
    same = shopping.world_at(log, np.inf)
    np.testing.assert_allclose(same.state.mass, shopping.world.state.mass)
    earlier = shopping.world_at(log, START + 20 * DAY)
    assert earlier.state.events.sum() < same.state.events.sum()
    person = history(log, 1)
    now, then = (shopping.logits(person, EVERYTHING, START + 60 * DAY, world)["purchase"] for world in (same, earlier))
    assert not np.array_equal(now, then)


def test_nothing_after_until_is_learnt_from() -> None:
    log = shop(40, days=160)
    until = datetime.fromtimestamp(START + 110 * DAY, UTC)
    cut = int(np.searchsorted(log.at, until.timestamp(), side="right"))
    short = EventLog(log.users, log.user[:cut], log.item[:cut], log.at[:cut], log.kind[:cut], log.value[:cut])
    person = history(short, 1)
    one, two = (
        each.probabilities(person, EVERYTHING, until.timestamp())["purchase"] for each in (fit(log, until), fit(short))
    )
    np.testing.assert_array_equal(one, two)


def test_too_small_a_log_gives_no_model() -> None:
    none = log_of([], 0)
    few = log_of([(n % 3, n % 7, float(n), EventKind.PURCHASE, 1.0) for n in range(60)], 3)
    looks = log_of([(n % 9, n % 7, float(n) / 9, EventKind.VIEW, 0.0) for n in range(900)], 9)
    for log in (none, few, looks):
        assert fit_behaviour(log, COLUMNS, topics(COLUMNS), SMALL) is None


def test_a_kept_model_answers_as_before(shopping: Behaviour, judging: Behaviour, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "behaviour"
    for model, log in ((shopping, shop()), (judging, critics())):
        save(model, folder)
        assert [each.name for each in folder.parent.iterdir()] == ["behaviour"]
        back = load(folder, COLUMNS, topics(COLUMNS))
        person = history(log, 2)
        before, after = (each.logits(person, EVERYTHING, START + 119 * DAY) for each in (model, back))
        assert set(before) == set(after)
        for kind, logit in before.items():
            np.testing.assert_allclose(after[kind], logit, atol=1e-4)
        assert (back.horizons, back.again, back.rates) == (model.horizons, model.again, model.rates)


def test_items_that_moved_came_or_left_are_followed(shopping: Behaviour, tmp_path: Path) -> None:
    save(shopping, tmp_path / "behaviour")
    columns = catalogue(ITEMS + 3, first=1)
    back = load(tmp_path / "behaviour", columns, topics(columns))
    state, before = back.world.state, shopping.world.state
    np.testing.assert_allclose(state.events[: ITEMS - 1], before.events[1:])
    assert state.events[ITEMS - 1 :].sum() == 0
    found = back.probabilities(NOBODY, np.arange(len(columns.ids), dtype=np.int32), START + 119 * DAY)
    assert np.isfinite(found["purchase"]).all()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ({"format": 99}, r"behaviour model of format 2 \(found 99\)"),
        ({"format": None}, r"found None"),
        ({"heads": {"other": [0, 1, 0]}}, "complete behaviour model"),
        ({"features": ["own"]}, "complete behaviour model"),
    ],
)
def test_a_model_of_other_code_asks_for_training(
    shopping: Behaviour, tmp_path: Path, spoil: dict[str, object], message: str
) -> None:
    save(shopping, tmp_path / "behaviour")
    path = tmp_path / "behaviour" / "behaviour.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **spoil}))
    with pytest.raises(NotTrainedError, match=message):
        load(tmp_path / "behaviour", COLUMNS, topics(COLUMNS))


def test_a_missing_or_broken_model_asks_for_training(shopping: Behaviour, tmp_path: Path) -> None:
    with pytest.raises(NotTrainedError, match="driftline train"):
        load(tmp_path / "behaviour", COLUMNS, topics(COLUMNS))
    save(shopping, tmp_path / "behaviour")
    (tmp_path / "behaviour" / "behaviour.npz").write_bytes(b"PK")
    with pytest.raises(NotTrainedError, match="driftline train"):
        load(tmp_path / "behaviour", COLUMNS, topics(COLUMNS))


@pytest.mark.parametrize(
    ("kind", "chance", "words"),
    [
        ("purchase", 0.025, "about 1 in 40 people like you buy this within 7 days"),
        ("purchase", 1 / 450, "about 1 in 400 people like you buy this within 7 days"),
        ("purchase", 1 / 22, "about 1 in 22 people like you buy this within 7 days"),
        ("purchase", 1e-6, "fewer than 1 in 10,000 people like you buy this within 7 days"),
        ("rating", 0.3, "about 1 in 3 people like you rate this within 14 days"),
        ("like", 0.72, "about 7 in 10 people like you who judge this like it"),
        ("like", 0.99, "more than 9 in 10 people like you who judge this like it"),
    ],
)
def test_a_chance_in_words(kind: str, chance: float, words: str) -> None:
    assert in_words(kind, chance, {"purchase": 7.0, "rating": 14.0}) == words
