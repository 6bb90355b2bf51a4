import json
from dataclasses import replace

import numpy as np
import pytest

from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.outlook.activity import ActivityModel
from tools.forecasting.outlook.adoption import conditional_logit
from tools.forecasting.outlook.background import background
from tools.forecasting.outlook.breadth import BreadthModel
from tools.forecasting.outlook.logit import Logit
from tools.forecasting.outlook.outlook import OutlookModel
from tools.forecasting.outlook.returns import ReturnModel, resting
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

TOPICS = 8
PERIODS = 24
PEOPLE = 300


def world(seed: int = 0) -> Panel:
    """Two circles of four topics; people keep to theirs in nine events of ten, and half of them are seldom there.

    Within a circle topics differ in how popular they are. The first touches of a topic come in no set order.
    """
    generator = np.random.default_rng(seed)
    popular = np.array([0.5, 0.3, 0.15, 0.05])
    user, index, rows = [], [], []
    for person in range(PEOPLE):
        own = person % 2
        taste = np.zeros(TOPICS)
        taste[own * 4 : own * 4 + 4] = 0.9 * popular
        taste[(1 - own) * 4 : (1 - own) * 4 + 4] = 0.1 * popular
        often = 0.8 if person % 4 < 2 else 0.15
        for period in range(PERIODS):
            if generator.random() < often:
                user.append(person)
                index.append(100 + period)
                rows.append(generator.multinomial(1 + generator.poisson(0.5), taste))
    positive = np.array(rows, dtype=np.float32)
    names = tuple(f"t{n}" for n in range(TOPICS))
    return Panel(
        names,
        "week",
        tuple(f"u{n}" for n in range(PEOPLE)),
        np.array(user, dtype=np.int64),
        np.array(index, dtype=np.int64),
        positive,
        np.zeros_like(positive),
        np.full(TOPICS, 1 / TOPICS),
    )


@pytest.fixture(scope="module")
def panel() -> Panel:
    return world()


@pytest.fixture(scope="module")
def model(panel: Panel) -> OutlookModel:
    return OutlookModel.fit(panel.before(118))


@pytest.fixture(scope="module")
def later(panel: Panel) -> Windows:
    return outcomes(panel, complete_origins(panel, 3), 10_000)


def person(
    rows: dict[int, dict[int, float]], topics: int = TOPICS, against: dict[int, float] | None = None
) -> Histories:
    """One history: age to topic to positive evidence; ``against`` lies in the latest slot."""
    ages = sorted(rows, reverse=True)
    positive = np.zeros((1, max(len(ages), 1), topics), dtype=np.float32)
    negative = np.zeros_like(positive)
    for slot, age in enumerate(ages):
        for topic, weight in rows[age].items():
            positive[0, slot, topic] = weight
    for topic, weight in (against or {}).items():
        negative[0, -1, topic] = weight
    age_of = np.array([ages or [0]], dtype=np.float32)
    return Histories(positive, negative, age_of, np.array([124]))


def test_outcomes_keep_those_who_stayed_away(panel: Panel) -> None:
    origin = complete_origins(panel, 1)[0]
    windows = outcomes(panel, [origin], 10_000)
    known = np.unique(panel.user[(panel.index < origin) & (panel.interest.sum(axis=1) > 0)])
    assert windows.person.tolist() == known.tolist()
    silent = windows.totals.sum(axis=1) == 0
    assert silent.any()
    back = panel.windows([origin], 10_000)
    assert windows.person[~silent].tolist() == back.person.tolist()
    assert np.array_equal(windows.targets[~silent], back.targets)
    assert np.array_equal(windows.histories.positive[~silent], back.histories.positive)


def test_complete_origins_have_all_horizons(panel: Panel) -> None:
    assert complete_origins(panel, 2) == [119, 120]
    assert complete_origins(panel.before(103), 5) == []


def test_background_sees_nothing_later(panel: Panel) -> None:
    whole, cut = background(panel, 110), background(panel.before(110), 110)
    assert whole.state() == cut.state()


def test_background_of_a_fresh_topic_rises(panel: Panel) -> None:
    early, late = background(panel, 104), background(panel, 120)
    assert (late.reach > early.reach).all()
    assert early.lift[0, 1] > 1 > early.lift[0, 5]


def test_adoption_prefers_the_persons_circle(model: OutlookModel) -> None:
    history = person({9: {0: 2}, 5: {0: 1, 1: 1}, 1: {1: 1}})
    chance = model.outlook(history).adoption[0]
    assert np.isnan(chance[:, :2]).all()
    assert chance[-1, 2] > chance[-1, 6]
    assert chance[-1, 4] > chance[-1, 7]
    assert (np.diff(chance[:, 2:], axis=0) >= 0).all()
    assert ((chance[:, 2:] > 0) & (chance[:, 2:] < 1)).all()


def test_adoption_is_calibrated_and_better_than_a_constant(model: OutlookModel, later: Windows) -> None:
    chance = model.outlook(later.histories).adoption[:, -1]
    unseen = ~np.isnan(chance)
    taken = (later.targets.sum(axis=1) > 0)[unseen]
    rate = taken.mean()
    assert chance[unseen].mean() == pytest.approx(rate, abs=0.06)
    loss = -np.log(np.where(taken, chance[unseen], 1 - chance[unseen])).mean()
    assert loss < -(rate * np.log(rate) + (1 - rate) * np.log(1 - rate))


def test_activity_tells_the_frequent_from_the_seldom(model: OutlookModel, later: Windows) -> None:
    ahead = model.outlook(later.histories).ahead
    often = later.person % 4 < 2
    assert ahead.active[often].mean() == pytest.approx(0.8, abs=0.08)
    assert ahead.active[~often].mean() == pytest.approx(0.15, abs=0.1)
    assert ahead.active.mean() == pytest.approx((later.totals > 0).mean(), abs=0.05)
    assert ahead.events.mean() == pytest.approx(later.totals.mean(), rel=0.1)


def test_returns_are_sooner_for_what_is_loved_and_for_the_active(model: OutlookModel) -> None:
    frequent = {age: {0: 1.0} for age in range(12, 2, -1)}
    frequent[12] = {0: 1.0, 3: 1.0}
    frequent[2] = {1: 1.0}
    periods = model.outlook(person(frequent)).returns[0]
    assert periods[0] < periods[3]
    assert np.isnan(periods[[1, 2, 4]]).all()
    seldom = model.outlook(person({60: {0: 1.0}, 40: {1: 1.0}})).returns[0]
    assert seldom[0] > periods[0] >= 1


def test_expected_return_follows_the_hazard() -> None:
    model = ReturnModel()
    model.base = np.zeros(2)
    half = Logit(np.zeros(9), np.ones(9), np.zeros(9), 0.0)
    model.hazards = (half,) * HORIZONS
    history = person({3: {0: 1.0}, 1: {1: 1.0}}, topics=2)
    periods = model.periods(history, ActivityModel().ahead(history))
    assert periods[0, 0] == pytest.approx(2)
    assert np.isnan(periods[0, 1])


def test_resting_leaves_out_the_latest_active_period() -> None:
    history = person({9: {0: 1.0, 1: 1.0}, 4: {1: 1.0}}, against={2: 1.0})
    assert resting(history)[0].tolist() == [True] + [False] * (TOPICS - 1)


def spread_people(people: int = 400, seed: int = 1) -> Histories:
    """People with the same tastes and from 4 to 60 events in six periods."""
    generator = np.random.default_rng(seed)
    size = generator.integers(4, 60, people)
    positive = np.array(
        [
            [generator.multinomial(each // 6 + (slot < each % 6), np.full(TOPICS, 1 / TOPICS)) for slot in range(6)]
            for each in size
        ],
        dtype=np.float32,
    )
    age = np.tile(np.arange(6, 0, -1, dtype=np.float32), (people, 1))
    return Histories(positive, np.zeros_like(positive), age, np.full(people, 10))


def test_few_events_are_not_narrow() -> None:
    history = spread_people()
    model = BreadthModel()
    model.fit(history)
    percentile = model.breadth(history).percentile
    few = history.events < 15
    assert percentile[few].mean() == pytest.approx(0.5, abs=0.07)
    assert percentile[~few].mean() == pytest.approx(0.5, abs=0.07)
    mass = history.positive.sum(axis=1)
    shares = mass / mass.sum(axis=1, keepdims=True)
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)
    assert entropy[few].mean() < entropy[~few].mean() - 0.1


def test_a_person_who_narrows_is_told_so_and_others_seldom() -> None:
    history = spread_people()
    model = BreadthModel()
    model.fit(history)
    breadth = model.breadth(history)
    sure = np.abs(breadth.change) > 2 * breadth.error
    assert sure[~np.isnan(breadth.change)].mean() < 0.1
    wide, narrow = dict.fromkeys(range(TOPICS), 2.0), {0: 16.0}
    changed = model.breadth(person({6: wide, 5: wide, 4: wide, 3: narrow, 2: narrow, 1: narrow}))
    assert changed.change[0] + 2 * changed.error[0] < 0


def test_too_little_history_has_no_breadth(model: OutlookModel) -> None:
    one = model.outlook(person({3: {0: 1.0}})).breadth
    assert np.isnan([one.percentile[0], one.change[0], one.error[0]]).all()
    three = model.outlook(person({3: {0: 4.0}, 2: {0: 1.0}, 1: {1: 4.0}})).breadth
    assert not np.isnan(three.percentile[0])
    assert np.isnan(three.change[0])


def test_a_stranger_gets_an_answer(model: OutlookModel) -> None:
    outlook = model.outlook(person({}))
    assert ((outlook.ahead.active > 0) & (outlook.ahead.active < 1)).all()
    assert (outlook.ahead.events > 0).all()
    assert ((outlook.adoption > 0) & (outlook.adoption < 1)).all()
    assert np.isnan(outlook.returns).all()


def test_people_do_not_depend_on_each_other(model: OutlookModel, later: Windows) -> None:
    several = model.outlook(later.histories.take(np.arange(40)))
    alone = model.outlook(later.histories.take(np.array([17])))
    np.testing.assert_allclose(several.adoption[17], alone.adoption[0])
    np.testing.assert_allclose(several.returns[17], alone.returns[0])
    np.testing.assert_allclose(several.breadth.percentile[17], alone.breadth.percentile[0])


def test_state_survives_json(model: OutlookModel, later: Windows) -> None:
    restored = OutlookModel.restore(json.loads(json.dumps(model.state())))
    before, after = model.outlook(later.histories), restored.outlook(later.histories)
    np.testing.assert_allclose(before.adoption, after.adoption)
    np.testing.assert_allclose(before.returns, after.returns)
    np.testing.assert_allclose(before.ahead.active, after.ahead.active)
    np.testing.assert_allclose(before.ahead.events, after.ahead.events)
    np.testing.assert_allclose(before.breadth.change, after.breadth.change)


@pytest.mark.parametrize("periods", [0, 1, 3])
def test_too_small_a_panel_leaves_defaults(panel: Panel, periods: int) -> None:
    small = OutlookModel.fit(panel.before(100 + periods))
    restored = OutlookModel.restore(json.loads(json.dumps(small.state())))
    outlook = restored.outlook(person({3: {0: 1.0, 1: 2.0}, 1: {0: 1.0}}))
    assert np.isnan(outlook.adoption).all()
    assert np.isnan(outlook.returns).all()
    assert np.isfinite(outlook.ahead.active).all()
    assert np.isfinite(outlook.ahead.events).all()


def test_evidence_against_only_is_no_activity(model: OutlookModel) -> None:
    history = person({3: {0: 2.0}})
    disliked = replace(history, negative=np.where(history.positive > 0, 0, 1).astype(np.float32))
    chance, plain = (model.outlook(each) for each in (disliked, history))
    np.testing.assert_allclose(chance.ahead.active, plain.ahead.active)
    assert np.isfinite(chance.adoption[0, :, 1:]).all()


def test_conditional_logit_ignores_what_is_the_same_for_a_person() -> None:
    generator = np.random.default_rng(0)
    topic, own = generator.normal(size=(2000, 6)), generator.normal(size=(2000, 1))
    # The largest of utilities with Gumbel noise is a draw from a conditional logit.
    utility = 1.5 * topic + 2 * own + generator.gumbel(size=topic.shape)
    taken = utility == utility.max(axis=1, keepdims=True)
    features = np.stack([topic, np.broadcast_to(own, topic.shape)], axis=2)
    weights = conditional_logit(features, taken, np.ones_like(taken))
    assert weights[0] == pytest.approx(1.5, abs=0.15)
    assert weights[1] == pytest.approx(0, abs=1e-6)


def test_logit_recovers_known_weights() -> None:
    generator = np.random.default_rng(0)
    x = generator.normal(size=(20_000, 2))
    y = generator.random(20_000) < 1 / (1 + np.exp(1 - x @ np.array([1.0, -0.5])))
    model = Logit.fit(x, y, ridge=1e-3)
    np.testing.assert_allclose(model.weights / model.scale, [1.0, -0.5], atol=0.06)
    assert model(x).mean() == pytest.approx(y.mean(), abs=1e-3)


def test_logit_of_what_never_happened_is_small() -> None:
    model = Logit.fit(np.random.default_rng(0).normal(size=(500, 2)), np.zeros(500, dtype=bool))
    assert model(np.array([[9.0, -9.0]]))[0] < 0.01
