"""The brief on a customer: who this is, where their interests head, what they bought and what troubles them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from agent.desk.complaints import complaints_of, tastes_in
from agent.desk.mood import mood_of
from agent.desk.open_requests import open_requests
from agent.desk.third_person import about_them
from agent.memory import Memory
from agent.wording import counted, join, name_limit, percent, topic_name
from agent.writing.forecasts import trust
from core.desk import Brief, Cited, Mood, TopicNote
from core.errors import NotTrainedError
from core.forecasts import Forecast, InterestTimeline
from core.types import Event, EventKind
from store.columns import ItemColumns
from store.exchanges import Exchange
from tools.deps import Deps

_SHOWN = 5
_LATELY = 3
"""Active periods that count as now."""


def brief_of(deps: Deps, user_id: str, exchanges: Sequence[Exchange], here: str | None, memory: Memory | None) -> Brief:
    """The brief.

    Args:
        exchanges: all of the customer's, in time order.
        here: the conversation that is going on, for mood and limits; None where none is.
        memory: what that conversation holds.
    """
    now = deps.now()
    events = deps.events.of_user(user_id, until=now)
    titles = titles_of(deps.catalog.columns(), events)
    forecast, timeline = _interests(deps, user_id)
    lately = _lately(timeline) if timeline else {}
    consent = deps.conversations.consent(user_id)
    purchases = purchases_of(events, titles)
    return Brief(
        user_id=user_id,
        headline=headline(events, lately, len(purchases), exchanges),
        since=events[0].at if events else None,
        events=len(events),
        rising=_notes(forecast, forecast.rising) if forecast else (),
        fading=_notes(forecast, forecast.fading) if forecast else (),
        forecast_note=_note(forecast),
        purchases=purchases[:_SHOWN],
        complaints=complaints_of(events, exchanges, titles)[:_SHOWN],
        mood=mood_here(exchanges, here),
        open_requests=open_requests(exchanges)[:_SHOWN],
        limits=limits_of(memory),
        consent_remember=consent is None or consent.remember,
    )


def headline(
    events: Sequence[Event], lately: Mapping[str, float], purchases: int, exchanges: Sequence[Exchange]
) -> str:
    """Who this is, in one sentence."""
    if not events:
        talked = len({exchange.conversation_id for exchange in exchanges})
        return "A newcomer: nothing is known yet." if talked < 2 else f"Nothing is known but {talked} conversations."
    parts = [f"Known since {events[0].at:%B %Y}, {counted(len(events), 'event')}"]
    if purchases:
        parts.append(counted(purchases, "purchase"))
    top = sorted(lately.items(), key=lambda entry: -entry[1])[:2]
    leaning = [f"{topic_name(name)} {percent(share)}" for name, share in top if share >= 0.01]
    if leaning:
        parts.append(f"lately {join(leaning)}")
    return f"{'; '.join(parts)}."


def purchases_of(events: Sequence[Event], titles: Mapping[str, str]) -> tuple[Cited, ...]:
    """What was bought and not sent back, the latest first."""
    return tuple(
        Cited(text=titles[event.item_id], at=event.at, event_id=event.id, item_id=event.item_id)
        for event in reversed(events)
        if event.item_id and _bought(event) and event.item_id in titles
    )


def titles_of(columns: ItemColumns, events: Iterable[Event]) -> dict[str, str]:
    """The titles of the items that events are about."""
    named = {event.item_id for event in events if event.item_id in columns.position}
    return {item_id: columns.titles[columns.position[item_id]] for item_id in named if item_id}


def mood_here(exchanges: Iterable[Exchange], here: str | None) -> Mood:
    """The mood of one conversation; calm where none goes on."""
    spoken = [exchange for exchange in exchanges if exchange.conversation_id == here and exchange.text]
    return mood_of([exchange.text for exchange in spoken], [taste for each in spoken for taste in tastes_in(each)])


def limits_of(memory: Memory | None) -> tuple[str, ...]:
    """The limits in force, as one says them."""
    return () if memory is None else tuple(name_limit(name) for name, _ in memory.standing.parts())


def _bought(event: Event) -> bool:
    return event.kind is EventKind.PURCHASE and event.value >= 0


def _interests(deps: Deps, user_id: str) -> tuple[Forecast | None, InterestTimeline | None]:
    now = deps.now()
    try:
        return deps.forecaster.forecast(user_id, now, 1), deps.forecaster.timeline(user_id, now)
    except NotTrainedError:
        return None, None


def _lately(timeline: InterestTimeline) -> dict[str, float]:
    """Shares over the last few periods that have any interest, by how much of it each has."""
    counts = np.array(timeline.counts)
    active = np.flatnonzero(counts > 0)[-_LATELY:]
    if not len(active):
        return {}
    mean = np.average(np.array(timeline.shares)[active], axis=0, weights=counts[active])
    return dict(zip(timeline.topics, mean.tolist(), strict=True))


def _notes(forecast: Forecast, names: Sequence[str]) -> tuple[TopicNote, ...]:
    place = {name: index for index, name in enumerate(forecast.topics)}
    return tuple(
        TopicNote(
            topic=name,
            share_usual=forecast.usual[place[name]],
            share_next=forecast.shares[0][place[name]],
            lo80=forecast.lo80[0][place[name]],
            hi80=forecast.hi80[0][place[name]],
        )
        for name in names
        if name in place
    )[:_SHOWN]


def _note(forecast: Forecast | None) -> str:
    if forecast is None:
        return "No forecast: this workspace is not trained."
    return about_them(forecast.note or trust(forecast))
