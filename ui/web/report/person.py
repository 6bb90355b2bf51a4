"""The sections of a report on the person: who it is, the stream of interests, what moves, and what drifted."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from core.forecasts import Drift
from ui.web import chart, words
from ui.web.report.ports import Facts
from ui.web.report.wording import join, phrase
from ui.web.stream import stream

MOST_ROWS = 10
CAUSES = 3
"""Events told behind one drift."""


def section(facts: Facts, name: str, body: Markup) -> Markup:
    """A section with its heading and, where there are words for it, what it is about."""
    return Markup('<section class="{name}"><h2>{title}</h2><p class="lead">{lead}</p>{body}</section>').format(
        name=name, title=phrase(facts, name), lead=phrase(facts, f"{name}_lead"), body=body
    )


def who(facts: Facts) -> Markup:
    """How much is known of whom, and from where."""
    language, events = facts.language, facts.events
    if facts.request.user_id is None:
        return Markup("")
    if not events:
        return section(facts, "who", Markup("<p>{}</p>").format(phrase(facts, "unknown", id=facts.request.user_id)))
    kinds = Counter(event.kind for event in events)
    sources = Counter(event.source for event in events)
    known = len({event.item_id for event in events if event.item_id})
    rows = [
        ("who_id", facts.request.user_id),
        ("who_events", f"{len(events):,}"),
        ("who_items", f"{known:,}"),
        ("who_first", words.day(events[-1].at, language)),
        ("who_last", words.day(events[0].at, language)),
        (
            "who_kinds",
            join([f"{words.kind(kind, language)} {count:,}" for kind, count in kinds.most_common()], language),
        ),
        ("who_sources", join([words.source(name, language) for name, _ in sources.most_common()], language)),
    ]
    outlook = facts.forecast.outlook if facts.forecast is not None else None
    if outlook is not None and outlook.adventurousness is not None:
        rows.append(("who_adventure", phrase(facts, "adventure", percent=f"{100 * outlook.adventurousness:.0f}")))
    cells = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(phrase(facts, name), value) for name, value in rows
    )
    return section(facts, "who", Markup('<dl class="facts">{}</dl>').format(cells))


def interests(facts: Facts) -> Markup:
    """The stream of interests with its forecast; bars where everything lies within one period."""
    timeline, forecast, language = facts.timeline, facts.forecast, facts.language
    if timeline is None or forecast is None or not chart.active_periods(timeline):
        return Markup("")
    data = chart.plot(timeline, forecast, language)
    single = len(chart.active_periods(timeline)) == 1
    drawn = (
        chart.bars(chart.mean_shares(timeline), forecast, data.topics, language)
        if single
        else stream(data, forecast.drift, language)
    )
    keys = Markup("").join(
        Markup('<li class="t{}"><i></i>{}</li>').format(place, words.topic(topic, language))
        for place, topic in enumerate(data.topics)
    )
    rest = Markup('<li class="t{}"><i></i>{}</li>').format(chart.COLOURS, phrase(facts, "rest"))
    legend = Markup("") if single else Markup('<ul class="keys">{}{}</ul>').format(keys, rest)
    # The forecast's note begins with the timeline's where both say the same.
    notes = [] if forecast.note.startswith(timeline.note) else [timeline.note]
    notes += [forecast.note] if forecast.note else []
    if single:
        notes.append(phrase(facts, "one_period", period=words.period(timeline.period, 1, language)))
    if data.left_out:
        notes.append(
            phrase(facts, "older", n=data.left_out, period=words.period(timeline.period, data.left_out, language))
        )
    said = Markup("").join(Markup('<p class="note">{}</p>').format(note) for note in notes)
    return section(facts, "interests", Markup("<figure>{}</figure>{}{}").format(drawn, legend, said))


def movement(facts: Facts) -> Markup:
    """A row a topic: its usual share, what is foretold with its range, and which way it goes."""
    timeline, forecast, language = facts.timeline, facts.forecast, facts.language
    if timeline is None or forecast is None or not chart.active_periods(timeline):
        return Markup("")
    data = chart.plot(timeline, forecast, language)
    usual = dict(zip(forecast.topics, forecast.usual, strict=True))
    moving = [*forecast.rising, *forecast.fading]
    topics = list(dict.fromkeys((*data.topics, *moving)))[:MOST_ROWS]
    rows = []
    for topic in topics:
        place = forecast.topics.index(topic)
        way = "rising" if topic in forecast.rising else "fading" if topic in forecast.fading else "steady"
        rows.append(
            Markup(
                '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
                '<td class="{way}"><span aria-hidden="true">{sign}</span> {word}</td></tr>'
            ).format(
                words.topic(topic, language),
                chart.line(data, forecast, topic) if topic in data.topics else "",
                words.percent(usual[topic]),
                words.percent(forecast.shares[0][place]),
                phrase(
                    facts,
                    "range",
                    low=f"{100 * forecast.lo80[0][place]:.0f}",
                    high=f"{100 * forecast.hi80[0][place]:.0f}",
                ),
                way=way,
                sign={"rising": "▲", "fading": "▼"}.get(way, "–"),
                word=phrase(facts, way),
            )
        )
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(
            phrase(facts, f"column_{name}", period=words.period(timeline.period, 1, language))
        )
        for name in ("topic", "course", "past", "next", "range", "way")
    )
    table = Markup('<div class="wide"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>').format(
        head, Markup("").join(rows)
    )
    return section(facts, "movement", table)


def drifts(facts: Facts) -> Markup:
    """What changed for good, numbered as the marks of the chart, with the events that carried it."""
    forecast = facts.forecast
    if forecast is None:
        return Markup("")
    if not forecast.drift:
        return section(facts, "drifts", Markup("<p>{}</p>").format(phrase(facts, "no_drifts")))
    rows = Markup("").join(Markup("<li>{}</li>").format(_drift(facts, drift)) for drift in forecast.drift)
    return section(facts, "drifts", Markup('<ol class="changes">{}</ol>').format(rows))


def _drift(facts: Facts, drift: Drift) -> Markup:
    by_id = {event.id: event for event in facts.events}
    names = []
    for event_id in drift.event_ids:
        event = by_id.get(event_id)
        item = facts.items.get(event.item_id or "") if event is not None else None
        if item is not None:
            names.append(item.title)
        elif event is not None and event.topic:
            names.append(words.topic(event.topic, facts.language))
    causes = list(dict.fromkeys(names))[:CAUSES]
    told = chart.drift_text(drift, facts.language)
    sure = "" if drift.probability is None else phrase(facts, "drift_sure", percent=f"{100 * drift.probability:.0f}")
    why = (
        phrase(facts, "drift_cause", titles=join(causes, facts.language)) if causes else phrase(facts, "drift_no_cause")
    )
    return Markup('<b>{}</b> {} <span class="quiet">{}</span>').format(told, why, sure)
