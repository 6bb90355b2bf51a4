"""Histories as they come: out of order, too short, all at once, about what is gone, or no numbers at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.errors import InputError
from core.periods import PERIODS, Indices
from store.columns import EventLog, ItemColumns
from tools.forecasting.series import Panel, panel_of, stack_counts
from tools.forecasting.topics.topics import FacetTopics


def part(log: EventLog, rows: slice | Indices) -> EventLog:
    return replace(
        log, user=log.user[rows], item=log.item[rows], at=log.at[rows], kind=log.kind[rows], value=log.value[rows]
    )


def panel_by(log: EventLog, topics: FacetTopics, period: str = "week") -> Panel:
    return panel_of(log, topics.weights, topics.names, period)


def test_the_order_of_events_does_not_matter(log: EventLog, topics: FacetTopics) -> None:
    mixed = part(log, np.random.default_rng(0).permutation(len(log)))
    expected, found = panel_by(log, topics), panel_by(mixed, topics)
    assert np.array_equal(expected.user, found.user)
    assert np.array_equal(expected.index, found.index)
    assert np.allclose(expected.positive, found.positive)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("case", ["nothing", "one event", "one instant"])
def test_histories_without_a_before_and_after_leave_nothing_to_learn(
    log: EventLog, topics: FacetTopics, period: str, case: str
) -> None:
    few = part(log, slice(0, {"nothing": 0, "one event": 1, "one instant": 30}[case]))
    panel = panel_by(replace(few, at=np.full(len(few), log.at[0])), topics, period)
    assert len(panel.user) == len(np.unique(few.user))
    assert panel.positive.sum() == pytest.approx(topics.weights[few.item].sum())
    assert panel.origins(10) == []
    windows = panel.windows(panel.origins(10), 100)
    assert len(windows) == windows.histories.people == 0
    assert panel.population.sum() == pytest.approx(1)


def test_a_period_longer_than_the_history_is_one_row_a_person(log: EventLog, topics: FacetTopics) -> None:
    panel = panel_by(log, topics, "year")
    assert len(panel.user) == len(np.unique(log.user))
    assert panel.origins(10) == []


def test_nothing_that_follows_an_origin_is_in_its_histories(panel: Panel) -> None:
    origin = panel.origins(1)[0]
    known = panel.before(origin)
    assert known.index.max() < origin
    cut = panel.windows([origin], 10_000)
    assert cut.histories.positive.sum() == pytest.approx(
        sum(known.positive[known.user == person].sum() for person in cut.person), rel=1e-4
    )
    assert (cut.histories.age[cut.histories.totals > 0] >= 1).all()


def test_a_topic_that_vanished_from_the_catalogue_keeps_its_place_without_evidence(
    log: EventLog, columns: ItemColumns
) -> None:
    topics = FacetTopics(columns, "genre", ("genre:Drama", "genre:Gone", "genre:Comedy"))
    panel = panel_by(log, topics)
    assert panel.topics[1] == "genre:Gone"
    assert not panel.positive[:, 1].any()
    assert panel.prior[1] == 0
    assert np.isfinite(panel.population).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, 2.0])
def test_an_event_value_that_is_none_is_one_clear_error(log: EventLog, topics: FacetTopics, value: float) -> None:
    values = log.value.copy()
    values[3] = value
    with pytest.raises(InputError, match=f"purchase at position 3 has the value {value}"):
        panel_by(replace(log, value=values), topics)


@pytest.mark.parametrize("moment", [np.nan, 1.4e12])
def test_a_moment_that_is_no_time_is_one_clear_error(log: EventLog, topics: FacetTopics, moment: float) -> None:
    at = log.at.copy()
    at[0] = moment
    with pytest.raises(InputError, match="is no time"):
        panel_by(replace(log, at=at), topics)


def test_nobody_and_people_without_history_can_be_stacked() -> None:
    assert stack_counts([], 5, 3).positive.shape == (0, 1, 3)
