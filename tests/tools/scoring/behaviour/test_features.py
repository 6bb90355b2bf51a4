from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.types import EventKind
from store.columns import EventLog
from tests.tools.scoring.behaviour.worlds import ITEMS, NOBODY, START, catalogue, critics, history, log_of, shop, topics
from tools.scoring.behaviour.context import Catalogue, World
from tools.scoring.behaviour.features import feature_names, features
from tools.scoring.behaviour.fit import BehaviourOptions, likeness
from tools.scoring.behaviour.state import ItemState, Timeline
from tools.scoring.signals import DAY

COLUMNS = catalogue()
EVERYTHING = np.arange(ITEMS, dtype=np.int32)


def made(log: EventLog, moment: float) -> tuple[Catalogue, World]:
    similar = likeness(log, ITEMS, moment, BehaviourOptions())
    known = Catalogue.of(COLUMNS, topics(COLUMNS), similar, seasonal=False)
    timeline = Timeline.of(log)
    return known, World.of(ItemState.at(timeline, moment, ITEMS), timeline.clock_at(moment), known)


def table(log: EventLog, person: int, moment: float) -> dict[str, np.ndarray]:
    known, world = made(log, moment)
    block = features(known, world, history(log, person).before(moment), EVERYTHING, moment)
    assert block.shape == (ITEMS, len(feature_names(known)))
    assert np.isfinite(block).all()
    return dict(zip(feature_names(known), block.T, strict=True))


def test_what_comes_after_the_moment_changes_nothing() -> None:
    log, moment = shop(20), START + 60 * DAY
    known, world = made(log, moment)
    seen = features(known, world, history(log, 3), EVERYTHING, moment)
    before = features(known, world, history(log, 3).before(moment), EVERYTHING, moment)
    assert not np.array_equal(seen, before)
    changed = replace(log, item=np.where(log.at >= moment, 0, log.item).astype(np.int32))
    again = made(changed, moment)
    after = features(*again, history(changed, 3).before(moment), EVERYTHING, moment)
    np.testing.assert_array_equal(before, after)


def test_the_order_of_the_items_asked_about_does_not_matter() -> None:
    log, moment = shop(20), START + 60 * DAY
    known, world = made(log, moment)
    mine = history(log, 3).before(moment)
    mixed = np.random.default_rng(0).permutation(ITEMS).astype(np.int32)
    straight = features(known, world, mine, EVERYTHING, moment)
    np.testing.assert_allclose(features(known, world, mine, mixed, moment), straight[mixed], rtol=1e-6)


def test_a_stranger_and_an_empty_list_have_features() -> None:
    log, moment = shop(20), START + 60 * DAY
    known, world = made(log, moment)
    assert np.isfinite(features(known, world, NOBODY, EVERYTHING, moment)).all()
    none = features(known, world, history(log, 0), np.zeros(0, np.int32), moment)
    assert none.shape == (0, len(feature_names(known)))


def test_the_rhythm_is_overdue_when_the_usual_gap_has_passed() -> None:
    log = log_of([(0, 2, 10.0 * turn, EventKind.PURCHASE, 1.0) for turn in range(9)], 1)
    early, late = (table(log, 0, START + day * DAY) for day in (81.0, 110.0))
    assert early["rhythm"][2] < 0 < late["rhythm"][2]
    assert early["overdue"][2] == 0 < late["overdue"][2]
    assert early["own"][2] == pytest.approx(np.log1p(9))
    assert early["since"][2] == pytest.approx(np.log(1.5))
    assert early["own"][5] == early["rhythm"][5] == 0


def test_likeness_and_opinion_follow_the_persons_kind() -> None:
    log = critics(40)
    found = table(log, 0, START + 100 * DAY)
    even = EVERYTHING % 2 == 0
    assert found["topic_value"][even].min() > found["topic_value"][~even].max()
    assert found["knn_value"][even].mean() > found["knn_value"][~even].mean()
    assert found["item_liked"].std() > 0
    assert np.all(found["liked"] == found["liked"][0])


def test_a_price_is_held_against_the_persons_usual_one() -> None:
    log = log_of([(0, 4, float(day), EventKind.PURCHASE, 1.0) for day in range(20)], 1)
    off = table(log, 0, START + 30 * DAY)["from_usual_price"]
    assert off[4] == pytest.approx(0, abs=1e-6)
    assert off[39] > off[10] > off[5]
