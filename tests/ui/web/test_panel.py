from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from core.forecasts import Forecast, InterestTimeline, Outlook
from core.types import Event, EventKind
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import LONG, SITTING
from ui.web import chart, panel, stream, timeline_events
from ui.web.texts import LANGUAGES
from ui.web.timeline_view import PAGE, Filters, View


def drawn(service: FakeService, user: str, with_forecast: bool = True) -> str:
    timeline = service.timeline(user)
    forecast = service.forecast(user, 3) if with_forecast and any(timeline.counts) else None
    return str(panel.interests(timeline, forecast))


def test_a_history_is_drawn_with_forecast_band_and_drift() -> None:
    html = drawn(FakeService(), LONG)
    assert html.count('class="band"') == len(chart.plot(*both(LONG)).topics)
    assert html.count('class="drift"') == 1
    assert re.search(r'<g class="drift">.*>1</text>', html)
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
    assert 'class="chart' not in html
    assert "has not been tested" in html


def test_a_newcomer_is_told_how_it_starts() -> None:
    html = drawn(FakeService(), "nobody")
    assert "Nothing here yet" in html
    assert "<svg" not in html


def test_a_failing_forecast_leaves_the_history() -> None:
    service = FakeService()
    html = str(panel.interests(service.timeline(LONG), None, "No forecaster in this workspace."))
    assert 'class="chart' in html
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


def test_the_stream_stays_inside_its_frame_and_its_bands_fill_it() -> None:
    data = chart.plot(*both(LONG))
    html = str(stream.stream(data, ()))
    for path in re.findall(r'class="flow[^"]*" d="([^"]+)"', html):
        points = [float(figure) for figure in re.findall(r"[\d.]+", path)]
        assert all(stream.LEFT - 0.1 <= x <= stream.WIDTH for x in points[::2])
        assert all(stream.TOP - 0.1 <= y <= stream.HEIGHT - stream.BOTTOM + 0.1 for y in points[1::2])
    tops = [stream._heights(column)[-1] for column in data.columns if not column.idle]
    assert tops == pytest.approx([stream.TOP] * len(tops))


def test_the_forecast_flows_out_of_the_last_period_and_is_pale() -> None:
    html = str(stream.stream(chart.plot(*both(LONG)), ()))
    assert re.search(r'class="flow t0 ahead"', html)
    assert 'class="now"' in html
    assert 'class="flow t0 ahead"' not in str(stream.stream(chart.plot(both(LONG)[0], None), ()))


def test_one_topic_is_drawn_alone_with_its_band_and_its_own_drifts() -> None:
    timeline, forecast = both(LONG)
    alone = str(panel.interests(timeline, forecast, topic="genre:Sci-Fi"))
    assert 'class="band t' in alone
    assert 'class="drift"' in alone
    assert re.search(r'data-topic="genre:Sci-Fi" aria-pressed="true"', alone)
    other = str(panel.interests(timeline, forecast, topic="genre:Crime"))
    assert 'class="drift"' not in other
    assert 'class="flow' in str(panel.interests(timeline, forecast, topic="genre:Nonsense"))


def test_rising_and_fading_topics_and_how_adventurous_are_told() -> None:
    timeline, forecast = both(LONG)
    outlook = Outlook(adventurousness=0.7, adventurousness_change=0.1)
    html = str(panel.interests(timeline, forecast.model_copy(update={"outlook": outlook})))
    assert re.search(r'class="rising"><dt>Rising</dt><dd><span class="chip">Sci-Fi', html)
    assert re.search(r'class="fading"><dt>Fading</dt><dd><span class="chip">Crime', html)
    assert 'aria-valuenow="70"' in html
    assert "It is becoming more so." in html
    still = Outlook(adventurousness=0.7, adventurousness_change=None)
    assert "too little history" in str(panel.adventure(forecast.model_copy(update={"outlook": still}), "en"))
    assert not panel.adventure(forecast, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_draws_the_whole(language: str) -> None:
    timeline, forecast = both(LONG)
    assert "<svg" in str(panel.interests(timeline, forecast, language=language, period=""))
    service = FakeService()
    events = service.events(LONG)
    assert "<form" in str(rows(service, View(), events, language=language))


def rows(service: FakeService, view: View, events: Sequence[Event], language: str = "en", fresh: str = "") -> str:
    items = dict(service.items({event.item_id for event in events if event.item_id}))
    chosen = view.filters.chosen(events, items)
    return str(timeline_events.event_list(view, events, chosen, items, service.now(), {fresh}, language))


def test_events_show_kind_subject_words_and_origin() -> None:
    service = FakeService()
    list(service.stream("me", "I loved Alien, not gory"))
    events = service.events("me")
    html = rows(service, View(), events, fresh=events[0].id)
    assert "Alien (1979)" in html
    assert "<q>not gory</q>" in html
    assert "from the conversation" in html
    assert html.count('class="badge">new') == 1
    assert 'aria-label="Remove: Alien (1979)"' in html


def test_a_limit_is_told_in_words_and_can_only_be_removed() -> None:
    service = FakeService()
    event = Event(user_id="me", at=service.now(), kind=EventKind.CONSTRAINT, topic="not genre: Horror", text="no gore")
    html = str(timeline_events.event_row(event, {}, service.now(), False))
    assert "<b>not Horror</b>" in html
    assert 'data-do="remove"' in html
    assert "<form" not in html
    assert "tl_pin" not in html


def test_events_are_escaped() -> None:
    service = FakeService()
    event = Event(
        user_id="me", at=service.now(), kind=EventKind.LIKE, topic="genre:<b>x</b>", text="<script>x", value=1
    )
    html = str(timeline_events.event_row(event, {}, service.now(), False))
    assert "<b>x</b>" not in html
    assert "<script" not in html


def test_pages_hold_every_event_once() -> None:
    service = FakeService()
    events = service.events(LONG)
    seen: list[str] = []
    for page in range(-(-len(events) // PAGE)):
        html = rows(service, View(page=page), events)
        found = re.findall(r'data-do="remove" data-event="([^"]+)"', html)
        assert len(found) <= PAGE
        seen += found
    assert seen == [event.id for event in events]
    assert "disabled" in rows(service, View(page=0), events)
    assert (
        re.findall(r'data-do="remove" data-event="([^"]+)"', rows(service, View(page=999), events))
        == seen[-(len(events) % PAGE or PAGE) :]
    )


def test_filters_keep_what_fits_and_say_how_many() -> None:
    service = FakeService()
    events = service.events(LONG)
    years = sorted({event.at.year for event in events})
    view = View(filters=Filters(since=years[-1]))
    html = rows(service, view, events)
    kept = [event for event in events if event.at.year >= years[-1]]
    assert 0 < len(kept) < len(events)
    assert f"{len(kept)} of {len(events)} events" in html
    only = Filters(words="sci").chosen(events, {})
    assert only
    assert all("sci" in str(event.topic).casefold() for event in only)
    assert Filters(kind="like", source="import:nowhere").chosen(events, {}) == []
    assert timeline_events.filters_of({"since": "20x1", "until": "1999", "words": " a ", "kind": None}) == Filters(
        words="a", until=1999
    )


def test_what_is_pinned_or_muted_says_so_and_offers_the_way_back() -> None:
    service = FakeService()
    alien = next(item.id for item in service.catalog.values() if item.title == "Alien")
    service.log["me"] = [
        Event(user_id="me", at=service.now(), kind=EventKind.LIKE, item_id=alien, value=1),
        Event(user_id="me", at=service.now(), kind=EventKind.LIKE, topic="genre:Crime", value=1),
    ]
    assert timeline_events.steered(service.events("me")) == {}
    service.steer("me", EventKind.PIN, alien)
    service.steer("me", EventKind.MUTE, topic="genre:Crime")
    assert timeline_events.steered(service.events("me")) == {alien: "pin", "genre:Crime": "mute"}
    html = rows(service, View(), service.events("me"))
    assert html.count('data-tl="tl_unpin"') == html.count('data-tl="tl_unmute"') == 1
    assert 'class="badge">pinned' in html
    service.steer("me", EventKind.MUTE, alien)
    assert timeline_events.steered(service.events("me"))[alien] == "mute"
