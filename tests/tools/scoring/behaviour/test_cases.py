from __future__ import annotations

import numpy as np
import pytest

from core.types import EventKind
from store.columns import KINDS, EventLog
from tests.tools.scoring.behaviour.worlds import ITEMS, START, catalogue, critics, log_of, lookers, shop, topics
from tools.scoring.behaviour import cases as module
from tools.scoring.behaviour.cases import HORIZON_DAYS, LIKE, Cases, collect, heads, repeats
from tools.scoring.behaviour.context import Catalogue
from tools.scoring.behaviour.features import feature_names
from tools.scoring.behaviour.fit import rate
from tools.scoring.behaviour.state import Timeline
from tools.scoring.collaborative import empty
from tools.scoring.signals import DAY

WINDOW = (START + 50 * DAY, START + 110 * DAY)


def gathered(log: EventLog, kind: EventKind | None, moments: int = 150) -> Cases:
    columns = catalogue()
    known = Catalogue.of(columns, topics(columns), empty(ITEMS), seasonal=False)
    return collect(Timeline.of(log), known, kind, WINDOW, moments, np.random.default_rng(0))


def test_heads_are_the_kinds_that_the_log_holds() -> None:
    assert list(heads(shop(5))) == ["purchase"]
    assert list(heads(critics(5))) == ["rating", LIKE]
    assert list(heads(lookers(5))) == ["click", "purchase"]


def test_only_shops_repeat() -> None:
    assert repeats(Timeline.of(shop(10)), EventKind.PURCHASE)
    assert not repeats(Timeline.of(critics(10)), EventKind.RATING)


def test_to_buy_and_then_to_rate_is_no_repeat() -> None:
    rows = [(person, item, float(item), EventKind.PURCHASE, 1.0) for person in range(9) for item in range(9)]
    rows += [(person, item, item + 1.5, EventKind.RATING, 0.8) for person, item, *_ in rows]
    timeline = Timeline.of(log_of(rows, 9))
    assert not repeats(timeline, EventKind.PURCHASE)
    assert not repeats(timeline, EventKind.RATING)
    assert np.isnan(timeline.gap).all()


def test_what_was_only_looked_at_is_within_reach() -> None:
    log = lookers(30)
    found = gathered(log, EventKind.PURCHASE)
    bought = log.kind == KINDS.index(EventKind.PURCHASE)
    for row in np.random.default_rng(1).choice(len(found), 200, replace=False):
        mine = (log.user == found.person[row]) & (log.item == found.item[row]) & (log.at < found.at[row])
        if mine.any() and not (mine & bought).any():
            break
    else:
        pytest.fail("no case of something that was looked at and not bought")


def test_a_case_happened_if_the_person_took_the_item_up_within_the_horizon() -> None:
    log = shop(30)
    found = gathered(log, EventKind.PURCHASE)
    assert found.at.min() >= WINDOW[0]
    assert found.at.max() < WINDOW[1] - HORIZON_DAYS[EventKind.PURCHASE] * DAY
    for row in np.random.default_rng(1).choice(len(found), 200, replace=False):
        mine = (log.user == found.person[row]) & (log.item == found.item[row])
        after = (log.at[mine] - found.at[row]) / DAY
        assert bool(((after >= 0) & (after < 7)).any()) == found.y[row]


def test_all_cases_weigh_as_many_as_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    log = shop(30)
    monkeypatch.setattr(module, "NEGATIVES", 1e9)
    monkeypatch.setattr(module, "OWN_NEGATIVES", 1e9)
    whole = gathered(log, EventKind.PURCHASE)
    assert np.abs(whole.offset).max() == 0
    monkeypatch.setattr(module, "NEGATIVES", 8.0)
    monkeypatch.setattr(module, "OWN_NEGATIVES", 3.0)
    drawn = gathered(log, EventKind.PURCHASE)
    assert len(drawn) < len(whole) / 2
    assert drawn.y.mean() > 1.3 * whole.y.mean()
    assert rate(drawn) == pytest.approx(whole.y.mean(), rel=0.1)


def test_what_people_take_up_once_is_out_of_reach_afterwards() -> None:
    log = critics(40)
    found = gathered(log, EventKind.RATING)
    for row in np.random.default_rng(1).choice(len(found), 200, replace=False):
        mine = (log.user == found.person[row]) & (log.item == found.item[row])
        assert not (log.at[mine] < found.at[row]).any()


def test_liking_is_judged_by_the_rating_of_those_who_rate() -> None:
    log = critics(40)
    found = gathered(log, None)
    assert np.abs(found.offset).max() == 0
    for row in range(len(found)):
        mine = (log.user == found.person[row]) & (log.item == found.item[row])
        assert bool(log.value[mine][0] > 0.2) == found.y[row]
        assert log.at[mine][0] >= found.at[row]


def test_nobody_fills_the_draw_alone() -> None:
    found = gathered(shop(5), EventKind.PURCHASE, 1000)
    moments = {(person, at) for person, at in zip(found.person.tolist(), found.at.tolist(), strict=True)}
    assert len(moments) <= 5 * module.PER_PERSON


def test_a_window_shorter_than_the_horizon_holds_no_case() -> None:
    columns = catalogue()
    known = Catalogue.of(columns, topics(columns), empty(ITEMS), seasonal=False)
    window = (START + 50 * DAY, START + 55 * DAY)
    found = collect(Timeline.of(shop(5)), known, EventKind.PURCHASE, window, 50, np.random.default_rng(0))
    assert len(found) == 0
    assert found.x.shape == (0, len(feature_names(known)))
