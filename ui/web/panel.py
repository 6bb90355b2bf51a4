"""The interest timeline as HTML: where the shares stand and head, and the list of events behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from agent.magnitudes import real
from core.forecasts import Forecast, InterestTimeline
from core.types import Event, EventKind, Item
from ui.web import chart, words
from ui.web.session import Session

_EDITABLE = (
    EventKind.LIKE,
    EventKind.DISLIKE,
    EventKind.SEEN,
    EventKind.RATING,
    EventKind.MENTION,
    EventKind.REQUEST,
    EventKind.MUTE,
)


def interests(
    timeline: InterestTimeline,
    forecast: Forecast | None,
    forecast_problem: str = "",
    told: Sequence[str] = (),
    own: bool = True,
) -> Markup:
    """The charts, or in words why there is no trend to draw.

    Args:
        told: sentences to the person on what the forecast says beyond shares.
        own: whether it is the person who reads them.
    """
    if not chart.active_periods(timeline):
        return Markup(
            '<div class="interests empty"><p>Nothing here yet. The first thing you say you like starts this timeline.'
            "</p></div>"
        )
    data = chart.plot(timeline, forecast)
    active = len(chart.active_periods(timeline))
    if active < 2 or (active == 2 and timeline.note):
        note = timeline.note or (
            f"Everything so far happened within one {words.period(timeline.period)}, so there is no trend to draw yet."
        )
        return Markup(
            '<div class="interests no-trend"><p class="note">{note}</p>{bars}{legend}{told}{forecast}</div>'
        ).format(
            note=note,
            bars=chart.bars(chart.mean_shares(timeline), forecast, data.topics),
            legend=Markup(
                '<p class="aside">Bars: shares so far. Thin line: where the next {} lands in 8 of 10 cases.</p>'
            ).format(words.period(timeline.period))
            if forecast
            else "",
            told=_told(told, 0, own),
            forecast=forecast_words(forecast, forecast_problem, note),
        )
    names = [*(words.topic(topic) for topic in data.topics), "everything else"]
    keys = Markup("").join(
        Markup('<li class="t{}"><i aria-hidden="true"></i>{}</li>').format(
            index if index < len(data.topics) else chart.COLOURS, name
        )
        for index, name in enumerate(names)
    )
    drifts = [drift for drift in forecast.drift if real(drift)] if forecast else []
    return Markup(
        '<div class="interests trend">{note}{chart}<ul class="keys">{keys}</ul>{older}{drifts}'
        "{heading}{words}{numbers}</div>"
    ).format(
        note=Markup('<p class="note">{}</p>').format(timeline.note) if timeline.note else "",
        chart=chart.stack(data, drifts),
        keys=keys,
        older=Markup('<p class="aside">{} older {} not drawn.</p>').format(
            data.left_out, words.period(timeline.period, data.left_out)
        )
        if data.left_out
        else "",
        drifts=_told(told, len(drifts), own),
        heading=headings(data, forecast, timeline.period) if forecast else "",
        words=forecast_words(forecast, forecast_problem, timeline.note),
        numbers=numbers(data),
    )


def _told(sentences: Sequence[str], drifts: int, own: bool) -> Markup:
    """The sentences as a list; those on drifts come first and carry the mark that they have in the chart."""
    if not sentences:
        return Markup("")
    rows = Markup("").join(
        Markup("<li{}>{}</li>").format(Markup(' class="moved"') if number < drifts else "", sentence)
        for number, sentence in enumerate(sentences)
    )
    lead = Markup("") if own else Markup('<p class="aside lead">As the chat would tell this person:</p>')
    return lead + Markup('<ul class="told" aria-label="In words">{}</ul>').format(rows)


def headings(data: chart.Plot, forecast: Forecast, period: str) -> Markup:
    """Per topic, where its share is heading, with its 80 % band."""
    if not forecast.shares:
        return Markup("")
    rows = []
    for topic in data.topics:
        if topic not in forecast.topics:
            continue
        place = forecast.topics.index(topic)
        trend = "rising" if topic in forecast.rising else "fading" if topic in forecast.fading else "steady"
        rows.append(
            Markup(
                '<li class="heading {trend}"><span class="name">{name}</span>{line}<span class="next">{share}'
                "<small>{low:.0f}–{high:.0f} %</small></span>{mark}</li>"
            ).format(
                trend=trend,
                name=words.topic(topic),
                line=chart.line(data, forecast, topic),
                share=words.percent(forecast.shares[0][place]),
                low=100 * forecast.lo80[0][place],
                high=100 * forecast.hi80[0][place],
                mark=Markup('<span class="way">{}</span>').format(trend) if trend != "steady" else "",
            )
        )
    return Markup(
        '<h3>Next {period}</h3><ul class="headings">{rows}</ul><p class="aside">The shaded band and the range hold '
        "8 of 10 cases.</p>"
    ).format(period=words.period(period), rows=Markup("").join(rows))


def forecast_words(forecast: Forecast | None, problem: str, said: str) -> Markup:
    """Which forecaster was used and how well it did, in plain words; ``said`` is not repeated."""
    if forecast is None:
        return Markup('<p class="note">{}</p>').format(problem) if problem else Markup("")
    error = (
        "It has not been tested on people with as little history as this."
        if forecast.backtest_error is None
        else f"Tested on the past of people like this, its error was {forecast.backtest_error:.2f} "
        "(Kullback–Leibler divergence; 0 is perfect)."
    )
    note = " ".join(forecast.note.replace(said, "").split()) if said else forecast.note
    return Markup('<p class="method">Forecast by {model}. {error} {note}</p>').format(
        model=words.forecaster(forecast.model), error=error, note=note
    )


def numbers(data: chart.Plot) -> Markup:
    """The chart as a table."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(words.topic(topic)) for topic in data.topics)
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            f"forecast {column.label}" if column.forecast else column.label,
            Markup("").join(
                Markup("<td>{}</td>").format(words.percent(share)) for share in column.shares[: len(data.topics)]
            ),
        )
        for column in reversed(data.columns)
        if not column.idle
    )
    return Markup(
        '<details class="numbers"><summary>Show the numbers</summary><div class="scroll" tabindex="0" role="region" '
        'aria-label="Shares per period"><table><thead><tr><td></td>{}</tr></thead><tbody>{}'
        "</tbody></table></div></details>"
    ).format(head, rows)


def event_subject(event: Event, items: Mapping[str, Item]) -> str:
    """What an event is about."""
    if event.item_id:
        item = items.get(event.item_id)
        if item is None:
            return f"an item no longer in the catalogue ({event.item_id})"
        return f"{item.title} ({item.year})" if item.year else item.title
    return words.subject(event.kind, event.topic) if event.topic else "something"


def edit_form(event: Event, subject: str) -> Markup:
    """The form that changes an event; a limit held only for what was asked then, so it can only be removed."""
    if event.kind is EventKind.CONSTRAINT:
        return Markup("")
    kinds = _EDITABLE if event.kind in _EDITABLE else (event.kind, *_EDITABLE)
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            kind.value, Markup(" selected") if kind is event.kind else "", words.kind(kind)
        )
        for kind in kinds
    )
    return Markup(
        '<details><summary aria-label="Change: {subject}">Change</summary><form data-do="edit" data-event="{id}">'
        '<label>What it was<select name="kind">{options}</select></label>'
        '<label>Weight, from −1 (strongly against) to 1 (strongly for)<input name="value" type="number" min="-1" '
        'max="1" step="any" value="{value:.2g}"></label><button class="solid">Save</button></form></details>'
    ).format(subject=subject, id=event.id, options=options, value=event.value)


def event_row(event: Event, items: Mapping[str, Item], now: datetime, is_fresh: bool) -> Markup:
    """One event with its origin, an edit form and a remove button."""
    subject = event_subject(event, items)
    quote = event.text if event.text and event.kind is not EventKind.RATING else ""
    has_facet = event.topic and not event.item_id and event.kind is not EventKind.CONSTRAINT
    facet = words.topic_facet(event.topic) if event.topic and has_facet else ""
    return Markup(
        '<li class="event{fresh}" data-key="{id}" data-event="{id}" data-kind="{kind}" data-item="{item}">'
        '<div class="event-line"><span class="kind {kind}">{word}</span> <b>{subject}</b>{facet}{new}</div>{quote}'
        '<p class="origin">{when}, {source}{weight}</p><div class="event-tools">{form}'
        '<button type="button" class="quiet" data-do="remove" data-event="{id}" aria-label="Remove: {subject}">Remove'
        "</button></div></li>"
    ).format(
        fresh=" fresh" if is_fresh else "",
        id=event.id,
        kind=event.kind.value,
        item=event.item_id or "",
        word=words.event_kind(event),
        subject=subject,
        facet=Markup(' <span class="facet">{}</span>').format(facet) if facet else "",
        new=Markup(' <span class="badge">new</span>') if is_fresh else "",
        quote=Markup("<q>{}</q>").format(quote) if quote else "",
        when=words.when(event.at, now),
        source=words.origin(event),
        weight=f" · weight {event.value:+.1f}".replace("-", "−") if event.value else "",
        form=edit_form(event, subject),
    )


def event_list(session: Session, events: Sequence[Event], items: Mapping[str, Item], now: datetime) -> Markup:
    """The newest events and a button for more."""
    if not events:
        return Markup('<p class="aside">No events yet.</p>')
    shown = events[: session.shown_events]
    rows = Markup("").join(event_row(event, items, now, event.id in session.fresh) for event in shown)
    rest = len(events) - len(shown)
    more = (
        Markup('<button type="button" class="quiet" data-do="more">Show {} more of {} older</button>').format(
            min(rest, 60), rest
        )
        if rest > 0
        else ""
    )
    return Markup('<ul class="events">{}</ul>{}').format(rows, more)


def panel(
    session: Session,
    timeline: InterestTimeline,
    forecast: Forecast | None,
    told: Sequence[str],
    forecast_problem: str,
    events: Sequence[Event],
    items: Mapping[str, Item],
    now: datetime,
) -> list[str]:
    """The whole panel as blocks: the charts and the list of events."""
    whose = "Your interests" if session.is_own_page else f"Interests of person {session.user_id}"
    return [
        str(
            Markup('<section class="panel-part" data-key="interests"><h2>{}</h2>{}</section>').format(
                whose, interests(timeline, forecast, forecast_problem, told, session.is_own_page)
            )
        ),
        str(
            Markup(
                '<section class="panel-part" data-key="events"><h2>What this rests on <span class="count" '
                'data-count="{count}">{count}</span></h2>{events}</section>'
            ).format(count=len(events), events=event_list(session, events, items, now))
        ),
    ]
