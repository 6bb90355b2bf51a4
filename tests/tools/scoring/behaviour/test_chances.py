from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from core.errors import NotTrainedError
from core.settings import Settings
from core.types import Event, EventKind
from store.columns import KINDS, EventLog
from store.events import Events
from tests.tools.scoring.behaviour.worlds import ITEMS, START, catalogue, critics, log_of, shop, topics
from tools.scoring.behaviour import BehaviourOptions, load
from tools.scoring.behaviour.chances import Chance, Chances, history_of, telling
from tools.scoring.behaviour.workspace import behaviour_folder, train_behaviour, trained
from tools.scoring.signals import DAY

EVERYTHING = np.arange(ITEMS, dtype=np.int32)
SMALL = BehaviourOptions(moments=300, hidden=())
COLUMNS = catalogue()
TOPICS = topics(COLUMNS)


class Stored:
    """Events of a workspace, of which the log is all that is asked for."""

    def __init__(self, log: EventLog) -> None:
        self.everything = log
        self.reads = 0

    def log(self, columns: object, until: datetime) -> EventLog:
        self.reads += 1
        return part(self.everything, self.everything.at <= until.timestamp())


def moment(day: float) -> datetime:
    return datetime.fromtimestamp(START + day * DAY, UTC)


def events_of(log: EventLog, person: int) -> list[Event]:
    return [
        Event(
            user_id=log.users[person],
            item_id=COLUMNS.ids[log.item[row]],
            at=datetime.fromtimestamp(log.at[row], UTC),
            kind=KINDS[log.kind[row]],
            value=float(log.value[row]),
        )
        for row in np.flatnonzero(log.user == person)
    ]


def part(log: EventLog, rows: np.ndarray[Any, Any]) -> EventLog:
    return EventLog(log.users, log.user[rows], log.item[rows], log.at[rows], log.kind[rows], log.value[rows])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace whose model was learnt from the whole of `shop`."""
    made = Settings(home=tmp_path_factory.mktemp("behaviour"))
    assert train_behaviour(made, shop(), COLUMNS, TOPICS, options=SMALL) == ("purchase",)
    return made


def chances(settings: Settings, log: EventLog) -> tuple[Chances, Stored]:
    stored = Stored(log)
    return Chances(settings, cast(Events, stored)), stored


def ask(asked: Chances, history: Sequence[Event], day: float, since: float | None = None) -> np.ndarray[Any, Any]:
    latest = None if since is None else moment(since)
    found = asked.of(COLUMNS, TOPICS, history, EVERYTHING, moment(day), latest)
    return np.array([chance.probabilities["purchase"] for chance in found])


def test_after_training_the_saved_model_answers_without_reading_the_log(settings: Settings) -> None:
    log = shop()
    asked, stored = chances(settings, log)
    history = events_of(log, 3)
    found = ask(asked, history, 121.0, since=119.0)
    model = load(behaviour_folder(settings), COLUMNS, TOPICS)
    right = model.probabilities(history_of(history, COLUMNS), EVERYTHING, START + 121 * DAY)["purchase"]
    np.testing.assert_allclose(found, right)
    assert stored.reads == 0


def test_in_the_past_nothing_later_is_known(settings: Settings) -> None:
    log = shop()
    history = events_of(log, 3)
    before = part(log, log.at < START + 60.3 * DAY)
    found = ask(chances(settings, log)[0], history, 60.3)
    np.testing.assert_allclose(found, ask(chances(settings, before)[0], history, 60.3), rtol=1e-6)
    known = [event for event in history if event.at < moment(60.3)]
    np.testing.assert_allclose(found, ask(chances(settings, log)[0], known, 60.3), rtol=1e-6)
    model = load(behaviour_folder(settings), COLUMNS, TOPICS)
    knowing_all = model.probabilities(history_of(known, COLUMNS), EVERYTHING, START + 60.3 * DAY)["purchase"]
    assert np.abs(found - knowing_all).max() > 1e-3


def test_a_day_in_the_past_is_read_once(settings: Settings) -> None:
    log = shop()
    asked, stored = chances(settings, log)
    for day in (60.1, 60.5, 40.1, 60.3):
        ask(asked, events_of(log, 3), day)
    assert stored.reads == 2


def test_new_days_of_events_count_without_training(settings: Settings) -> None:
    log = shop()
    rows = [(person, 5, 121.0 + 0.05 * person, EventKind.PURCHASE, 1.0) for person in range(60)]
    new = log_of(rows, 60)
    both = EventLog(
        log.users,
        *(
            np.concatenate([getattr(each, name) for each in (log, new)])
            for name in ("user", "item", "at", "kind", "value")
        ),
    )
    history = events_of(log, 3)
    asked, _ = chances(settings, both)
    stale, fresh = ask(asked, history, 126.0, since=119.0), ask(asked, history, 126.0, since=122.0)
    model = load(behaviour_folder(settings), COLUMNS, TOPICS)
    now = model.world_at(both, START + 126 * DAY)
    right = model.probabilities(history_of(history, COLUMNS), EVERYTHING, START + 126 * DAY, now)["purchase"]
    np.testing.assert_allclose(fresh, right, rtol=1e-4)
    assert np.abs(fresh - stale).max() > 1e-3


def test_nobody_is_told_what_was_not_learnt_of_people_like_them(settings: Settings) -> None:
    log = shop()
    asked, _ = chances(settings, log)
    none = [Chance({})] * ITEMS
    assert asked.of(COLUMNS, TOPICS, [], EVERYTHING, moment(121)) == none
    assert asked.of(COLUMNS, TOPICS, events_of(log, 3), EVERYTHING, moment(400)) == none
    assert asked.of(COLUMNS, TOPICS, events_of(log, 3), EVERYTHING, moment(-1)) == none


def test_liking_is_told_of_people_who_have_long_been_away(tmp_path: Path) -> None:
    home = Settings(home=tmp_path)
    log = critics()
    assert train_behaviour(home, log, COLUMNS, TOPICS, options=SMALL) == ("rating", "like")
    asked, _ = chances(home, log)
    near, far = (asked.of(COLUMNS, TOPICS, events_of(log, 0), EVERYTHING[:1], moment(day))[0] for day in (121, 400))
    assert set(near.probabilities) == {"rating", "like"}
    assert set(far.probabilities) == {"like"}
    assert far.text.endswith("who judge this like it")


def test_a_rare_purchase_is_not_told(settings: Settings) -> None:
    model = load(behaviour_folder(settings), COLUMNS, TOPICS)
    assert telling(model, {"purchase": 0.004}) == ""
    assert telling(model, {"purchase": 0.04}) == "about 1 in 25 people like you buy this within 7 days"
    assert telling(model, {"rating": 0.5}) == ""


def test_a_model_of_another_version_is_reported_and_costs_no_list(settings: Settings, tmp_path: Path) -> None:
    home = Settings(home=tmp_path)
    log = shop()
    train_behaviour(home, log, COLUMNS, TOPICS, options=SMALL)
    path = behaviour_folder(home) / "behaviour.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    with pytest.raises(NotTrainedError, match=r"found 0.*driftline train"):
        trained(home)
    found = chances(home, log)[0].of(COLUMNS, TOPICS, events_of(log, 3), EVERYTHING[:1], moment(121))
    assert found == [Chance({})]


def test_a_model_trained_again_is_used_at_once(tmp_path: Path) -> None:
    home = Settings(home=tmp_path)
    log = shop()
    history = events_of(log, 3)
    asked, _ = chances(home, log)
    train_behaviour(home, part(log, log.at < START + 90 * DAY), COLUMNS, TOPICS, options=SMALL)
    first = ask(asked, history, 121.0)
    train_behaviour(home, log, COLUMNS, TOPICS, options=replace(SMALL, seed=1))
    assert np.abs(ask(asked, history, 121.0) - first).max() > 1e-6
