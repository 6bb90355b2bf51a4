from __future__ import annotations

import numpy as np

from core.evidence import topic_mass
from core.timeline import PeriodCounts, period_counts
from store.columns import EventLog, ItemColumns
from tests.tools.forecasting.conftest import as_events
from tools.forecasting.series import SLOTS, Panel, stack_counts
from tools.forecasting.topics.topics import FacetTopics


def test_the_panel_counts_as_the_timeline_does(
    log: EventLog, columns: ItemColumns, topics: FacetTopics, panel: Panel
) -> None:
    person = 7
    events = [event for event in as_events(log, columns) if event.user_id == log.users[person]]
    counts = period_counts(topic_mass(events, topics.item_row, topics.topic_row), len(topics.names), "week")
    rows = panel.user == person
    assert panel.index[rows].tolist() == counts.index.tolist()
    assert np.allclose(panel.positive[rows], counts.positive)


def test_windows_hold_what_was_known_and_what_followed(panel: Panel) -> None:
    origin = panel.origins(3)[0]
    windows = panel.windows([origin], 10_000)
    for window in range(0, len(windows), 10):
        rows = panel.user == windows.person[window]
        before = rows & (panel.index < origin)
        assert np.isclose(windows.histories.positive[window].sum(), panel.positive[before].sum())
        for step in range(windows.targets.shape[1]):
            then = panel.interest[rows & (panel.index == origin + step)].sum()
            assert np.isclose(windows.totals[window, step], then)
            assert np.isclose(windows.targets[window, step].sum(), 1.0 if then else 0.0)
    assert (windows.histories.active > 0).all()
    assert (windows.totals.sum(axis=1) > 0).all()


def test_the_oldest_slot_takes_what_does_not_fit() -> None:
    periods = SLOTS + 5
    counts = PeriodCounts("week", np.arange(periods), np.ones((periods, 2)), np.zeros((periods, 2)))
    history = stack_counts([counts], periods, 2)
    assert history.positive.shape == (1, SLOTS, 2)
    assert history.positive.sum() == 2 * periods
    assert history.positive[0, 0].tolist() == [6, 6]
    assert history.age[0, -1] == 1


def test_a_panel_of_the_past_forgets_the_future(panel: Panel) -> None:
    origin = panel.origins(4)[0]
    assert panel.before(origin).index.max() < origin
