"""Interests as HTML: where the shares stand and head, what changed and why, and how adventurous they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from agent.magnitudes import real
from core.forecasts import Drift, Forecast, InterestTimeline
from core.types import Event, Item
from ui.web import chart, stream, words
from ui.web.texts import text

PERIODS = ("month", "quarter", "year")
"""Periods that a reader may choose for the chart, the finest first."""
_READABLE = 36
"""More active periods than this make a chart of coarser ones easier to read."""


def interests(
    timeline: InterestTimeline,
    forecast: Forecast | None,
    forecast_problem: str = "",
    told: Sequence[str] = (),
    own: bool = True,
    language: str = "en",
    topic: str = "",
    period: str | None = None,
) -> Markup:
    """The charts, or in words why there is no trend to draw.

    Args:
        told: sentences to the person on what the forecast says beyond shares; those on drifts come first.
        own: whether it is the person who reads them.
        topic: the one topic that the chart shows alone; empty for all.
        period: the period that the reader chose, empty for none yet; None offers no choice.
    """
    if not chart.active_periods(timeline):
        return Markup('<div class="interests empty"><p>{}</p></div>').format(text(language, "timeline.empty"))
    data = chart.plot(timeline, forecast, language)
    active = len(chart.active_periods(timeline))
    choice = Markup("") if period is None else periods(timeline.period, period, language)
    if active < 2 or (active == 2 and timeline.note):
        return _still(timeline, forecast, forecast_problem, told, own, language, choice)
    drifts = [drift for drift in forecast.drift if real(drift)] if forecast else []
    topic = topic if topic in data.topics else ""
    drawn = stream.single(data, forecast, topic, drifts, language) if topic else stream.stream(data, drifts, language)
    return Markup(
        '<div class="interests trend">{note}{choice}{chart}{keys}{older}{moving}{adventure}{drifts}{heading}{words}'
        "{numbers}</div>"
    ).format(
        note=Markup('<p class="note">{}</p>').format(timeline.note) if timeline.note else "",
        choice=choice,
        chart=drawn,
        keys=keys(data, topic, language),
        older=Markup('<p class="aside">{}</p>').format(
            text(
                language,
                "timeline.older",
                n=data.left_out,
                period=words.period(timeline.period, data.left_out, language),
            )
        )
        if data.left_out
        else "",
        moving=moving(forecast, language) if forecast else "",
        adventure=adventure(forecast, language, len(told) > len(drifts)) if forecast else "",
        drifts=_told(told, len(drifts), own, language),
        heading=headings(data, forecast, timeline.period, language) if forecast else "",
        words=forecast_words(forecast, forecast_problem, timeline.note, language),
        numbers=numbers(data, language),
    )


def _still(
    timeline: InterestTimeline,
    forecast: Forecast | None,
    problem: str,
    told: Sequence[str],
    own: bool,
    language: str,
    choice: Markup,
) -> Markup:
    """What there is to show where nothing moves: bars of shares so far."""
    data = chart.plot(timeline, forecast, language)
    period = words.period(timeline.period, 1, language)
    note = timeline.note or text(language, "timeline.one_period", period=period)
    return Markup(
        '<div class="interests no-trend"><p class="note">{note}</p>{choice}{bars}{legend}{adventure}{told}{forecast}'
        "</div>"
    ).format(
        note=note,
        choice=choice,
        bars=chart.bars(chart.mean_shares(timeline), forecast, data.topics, language),
        legend=Markup('<p class="aside">{}</p>').format(text(language, "timeline.bars", period=period))
        if forecast
        else "",
        adventure=adventure(forecast, language, bool(told)) if forecast else "",
        told=_told(told, 0, own, language),
        forecast=forecast_words(forecast, problem, note, language),
    )


def fits(timeline: InterestTimeline) -> bool:
    """Whether the chart of a timeline has no more periods than can be read."""
    return len(chart.active_periods(timeline)) <= _READABLE


def periods(shown: str, chosen: str, language: str) -> Markup:
    """Buttons that choose the periods of the chart."""
    buttons = Markup("").join(
        Markup('<button type="button" data-tl="tl_period" data-period="{}" aria-pressed="{}">{}</button>').format(
            name, "true" if name == (chosen or shown) else "false", text(language, f"timeline.per_{name}")
        )
        for name in PERIODS
    )
    return Markup('<div class="choice" role="group" aria-label="{}">{}</div>').format(
        text(language, "timeline.periods"), buttons
    )


def keys(data: chart.Plot, topic: str, language: str) -> Markup:
    """What the colours mean; each topic is a button that shows it alone, with its band."""
    rows = Markup("").join(
        Markup(
            '<li class="t{}"><button type="button" data-tl="tl_topic" data-topic="{}" aria-pressed="{}">'
            '<i aria-hidden="true"></i>{}</button></li>'
        ).format(number, name, "true" if name == topic else "false", words.topic(name, language))
        for number, name in enumerate(data.topics)
    )
    return Markup('<ul class="keys" aria-label="{}">{}<li class="t{}"><i aria-hidden="true"></i>{}</li></ul>').format(
        text(language, "timeline.keys"), rows, chart.COLOURS, text(language, "timeline.rest")
    )


def moving(forecast: Forecast, language: str) -> Markup:
    """Rising and fading topics."""
    groups = [(way, names) for way, names in (("rising", forecast.rising), ("fading", forecast.fading)) if names]
    if not groups:
        return Markup("")
    return Markup('<dl class="moving">{}</dl>').format(
        Markup("").join(
            Markup('<div class="{}"><dt>{}</dt><dd>{}</dd></div>').format(
                way,
                text(language, f"timeline.{way}"),
                Markup(" ").join(
                    Markup('<span class="chip">{}</span>').format(words.topic(name, language)) for name in names
                ),
            )
            for way, names in groups
        )
    )


def adventure(forecast: Forecast, language: str, is_told: bool = False) -> Markup:
    """How adventurous the person is among all, and which way that moves; in words unless it is told beside it."""
    outlook = forecast.outlook
    if outlook is None or outlook.adventurousness is None:
        return Markup("")
    change = outlook.adventurousness_change
    way = "unknown" if change is None else "steady" if change == 0 else "more" if change > 0 else "less"
    percent = f"{100 * outlook.adventurousness:.0f}"
    said = f"{text(language, 'timeline.among', percent=percent)} {text(language, f'timeline.adventure_{way}')}"
    return Markup(
        '<div class="adventure"><h3>{title}</h3><div class="scale" role="meter" aria-valuemin="0" aria-valuemax="100" '
        'aria-valuenow="{percent}" aria-valuetext="{said}" aria-label="{title}"><span>{low}</span>'
        '<b aria-hidden="true"><i style="left:{percent}%"></i></b><span>{high}</span></div>{words}</div>'
    ).format(
        title=text(language, "timeline.adventure"),
        low=text(language, "timeline.familiar"),
        high=text(language, "timeline.adventurous"),
        percent=percent,
        said=said,
        words="" if is_told else Markup("<p>{}</p>").format(said),
    )


def _told(sentences: Sequence[str], drifts: int, own: bool, language: str) -> Markup:
    """The sentences as a list; those on drifts carry the number that their mark has in the chart."""
    if not sentences:
        return Markup("")
    rows = Markup("").join(
        Markup('<li class="moved"><i aria-hidden="true">{}</i>{}</li>').format(number, sentence)
        if number <= drifts
        else Markup("<li>{}</li>").format(sentence)
        for number, sentence in enumerate(sentences, start=1)
    )
    lead = Markup("") if own else Markup('<p class="aside lead">{}</p>').format(text(language, "timeline.to_them"))
    return lead + Markup('<ul class="told" aria-label="{}">{}</ul>').format(text(language, "timeline.in_words"), rows)


def caused(drifts: Sequence[Drift], events: Mapping[str, Event], items: Mapping[str, Item], language: str) -> list[str]:
    """What changed and what carried it, a sentence each, for languages that the engine does not write."""
    sentences = []
    for drift in filter(real, drifts):
        about = (events[event_id] for event_id in drift.event_ids if event_id in events)
        known = (items[event.item_id] for event in about if event.item_id and event.item_id in items)
        titles = dict.fromkeys(item.title for item in known)
        said = chart.drift_text(drift, language)
        names = text(language, "words.listed").join(list(titles)[:3])
        sentences.append(text(language, "timeline.carried", said=said, titles=names) if names else said)
    return sentences


def headings(data: chart.Plot, forecast: Forecast, period: str, language: str = "en") -> Markup:
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
                name=words.topic(topic, language),
                line=chart.line(data, forecast, topic),
                share=words.percent(forecast.shares[0][place]),
                low=100 * forecast.lo80[0][place],
                high=100 * forecast.hi80[0][place],
                mark=Markup('<span class="way">{}</span>').format(text(language, f"timeline.way_{trend}"))
                if trend != "steady"
                else "",
            )
        )
    return Markup('<h3>{}</h3><ul class="headings">{}</ul><p class="aside">{}</p>').format(
        text(language, "timeline.next", period=words.period(period, 1, language)),
        Markup("").join(rows),
        text(language, "timeline.band"),
    )


def forecast_words(forecast: Forecast | None, problem: str, said: str, language: str = "en") -> Markup:
    """Which forecaster was used and how well it did, in plain words; ``said`` is not repeated."""
    if forecast is None:
        return Markup('<p class="note">{}</p>').format(problem) if problem else Markup("")
    error = (
        text(language, "timeline.untested")
        if forecast.backtest_error is None
        else text(language, "timeline.tested", error=f"{forecast.backtest_error:.2f}")
    )
    note = " ".join(forecast.note.replace(said, "").split()) if said else forecast.note
    by = text(language, "timeline.by", model=words.forecaster(forecast.model, language))
    return Markup('<p class="method">{by} {error} {note}</p>').format(by=by, error=error, note=note)


def numbers(data: chart.Plot, language: str = "en") -> Markup:
    """The chart as a table."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(words.topic(topic, language)) for topic in data.topics
    )
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            text(language, "timeline.foretold", label=column.label) if column.forecast else column.label,
            Markup("").join(
                Markup("<td>{}</td>").format(words.percent(share)) for share in column.shares[: len(data.topics)]
            ),
        )
        for column in reversed(data.columns)
        if not column.idle
    )
    return Markup(
        '<details class="numbers"><summary>{}</summary><div class="scroll" tabindex="0" role="region" '
        'aria-label="{}"><table><thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div></details>'
    ).format(text(language, "timeline.show_numbers"), text(language, "timeline.numbers"), head, rows)
