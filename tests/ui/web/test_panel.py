from __future__ import annotations

import re

import pytest

from core.forecasts import Forecast, InterestTimeline
from core.types import Event, EventKind
from tests.ui.web.fake import LONG, SITTING, FakeService
from ui.web import chart, panel
from ui.web.session import Session


def drawn(service: FakeService, user: str, with_forecast: bool = True) -> str:
    timeline = service.timeline(user)
    forecast = service.forecast(user, 3) if with_forecast and any(timeline.counts) else None
    return str(panel.interests(timeline, forecast))


def test_a_history_is_drawn_with_forecast_band_and_drift() -> None:
    html = drawn(FakeService(), LONG)
    assert html.count('class="band"') == len(chart.plot(*both(LONG)).topics)
    assert 'class="drift"' in html
    assert "more Sci-Fi (18 points)" in html
    assert "rising" in html
    assert "error was 0.21" in html
    assert "local-level" in html


@pytest.mark.parametrize("user", [LONG, SITTING])
def test_what_the_forecast_says_beyond_shares_is_told_in_sentences(user: str) -> None:
    service = FakeService()
    forecast = service.forecast(user, 3)
    html = str(panel.interests(service.timeline(user), forecast, "", service.forecast_in_words(forecast)))
    assert html.count("You are more adventurous than about seven in ten people.") == 1
    assert ("you lean clearly more towards sci-fi" in html) == (user == LONG)
    assert 'class="told"' not in drawn(service, user)


def both(user: str) -> tuple[InterestTimeline, Forecast]:
    service = FakeService()
    return service.timeline(user), service.forecast(user, 3)


def test_one_sitting_gets_words_and_bars_instead_of_a_trend() -> None:
    html = drawn(FakeService(), SITTING)
    assert "within one hour" in html
    assert 'class="bars"' in html
    assert 'class="chart"' not in html
    assert "has not been tested" in html


def test_a_newcomer_is_told_how_it_starts() -> None:
    html = drawn(FakeService(), "nobody")
    assert "Nothing here yet" in html
    assert "<svg" not in html


def test_a_failing_forecast_leaves_the_history() -> None:
    service = FakeService()
    html = str(panel.interests(service.timeline(LONG), None, "No forecaster in this workspace."))
    assert 'class="chart"' in html
    assert "No forecaster in this workspace." in html


def test_columns_fold_idle_stretches_and_sum_to_one() -> None:
    timeline, forecast = both(LONG)
    data = chart.plot(timeline, forecast)
    assert sum(column.idle for column in data.columns) == 1
    assert [column.forecast for column in data.columns][-3:] == [True, True, True]
    for column in data.columns:
        if not column.idle:
            assert abs(sum(column.shares) - 1) < 1e-9


def test_long_histories_say_what_is_left_out() -> None:
    service = FakeService()
    base = service.timeline(LONG)
    many = 40
    timeline = base.model_copy(
        update={
            "periods": tuple(base.periods[0].replace(year=1980 + index) for index in range(many)),
            "shares": (base.shares[0],) * many,
            "counts": (1.0,) * many,
        }
    )
    data = chart.plot(timeline, None)
    assert len(data.columns) == chart.COLUMNS
    assert data.left_out == many - chart.COLUMNS


def test_rising_topics_get_a_colour_even_when_small() -> None:
    timeline, forecast = both(LONG)
    smallest = min(zip(forecast.shares[0], forecast.topics, strict=True))[1]
    assert smallest not in chart.choose_topics(timeline, forecast.model_copy(update={"rising": (), "fading": ()}), 3)
    assert smallest in chart.choose_topics(timeline, forecast.model_copy(update={"rising": (smallest,)}), 3)


def test_bars_stay_inside_the_chart() -> None:
    html = str(chart.stack(chart.plot(*both(LONG)), ()))
    for x, y, width, height in re.findall(r'x="([\d.]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"', html):
        assert float(x) + float(width) <= chart.WIDTH
        assert float(y) >= chart.TOP - 0.1
        assert float(y) + float(height) <= chart.HEIGHT - chart.BOTTOM + 0.1


def test_events_show_kind_subject_words_and_origin() -> None:
    service = FakeService()
    list(service.stream("me", "I loved Alien, not gory"))
    events = service.events("me")
    session = Session(user_id="me", own_id="me", fresh={events[0].id})
    html = str(
        panel.event_list(session, events, service.items({e.item_id for e in events if e.item_id}), service.now())
    )
    assert "Alien (1979)" in html
    assert "<q>not gory</q>" in html
    assert "from the conversation" in html
    assert html.count('class="badge">new') == 1
    assert 'aria-label="Remove: Alien (1979)"' in html


def test_a_limit_is_told_in_words_and_can_only_be_removed() -> None:
    service = FakeService()
    event = Event(user_id="me", at=service.now(), kind=EventKind.CONSTRAINT, topic="not genre: Horror", text="no gore")
    html = str(panel.event_row(event, {}, service.now(), False))
    assert "<b>not Horror</b>" in html
    assert 'data-do="remove"' in html
    assert "<form" not in html


def test_events_are_escaped() -> None:
    service = FakeService()
    event = Event(
        user_id="me", at=service.now(), kind=EventKind.LIKE, topic="genre:<b>x</b>", text="<script>x", value=1
    )
    html = str(panel.event_row(event, {}, service.now(), False))
    assert "<b>x</b>" not in html
    assert "<script" not in html


def test_only_some_events_are_listed_until_more_are_asked_for() -> None:
    service = FakeService()
    session = Session(user_id=LONG)
    events = service.events(LONG)
    html = str(panel.event_list(session, events, {}, service.now()))
    assert html.count('data-do="remove"') == session.shown_events
    assert f"of {len(events) - session.shown_events} older" in html
