"""The page of a report: its head, what it says in short, its sections, and the terms at the end."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from core.results import RecommendRequest
from ui.web import words
from ui.web.report.person import drifts, interests, movement, who
from ui.web.report.ports import Facts, ReportService, read
from ui.web.report.slate import carriers, listed
from ui.web.report.sureness import sureness
from ui.web.report.wording import join, phrase, topic_names
from ui.web.texts import text

TERMS = (
    *("score", "contribution", "start", "event", "topic", "share", "forecast", "interval", "error", "drift"),
    *("adventurousness", "weight", "discovery", "period"),
)
"""What is defined at the end, in this order."""


def report_html(service: ReportService, request: RecommendRequest, language: str = "en") -> str:
    """A whole HTML page on the list of a request and the person it is for.

    It needs nothing beside itself: no script, no style sheet, no picture from elsewhere.

    Args:
        language: one of `ui.web.texts.LANGUAGES`.

    Raises:
        NotTrainedError: the workspace was not trained.
    """
    return str(page(read(service, request, language)))


def page(facts: Facts) -> Markup:
    """The page of what was read."""
    language = facts.language
    sections = [who(facts), interests(facts), movement(facts), drifts(facts), listed(facts), carriers(facts)]
    sections += [sureness(facts), _asked(facts), _terms(language)]
    title = _title(facts)
    return Markup(
        '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><title>{title}</title><style>{style}</style></head>'
        '<body><main><header><p class="kind">{kind}</p><h1>{title}</h1><p class="when">{when}</p></header>'
        "{short}{sections}<footer><p>{foot}</p></footer></main></body></html>\n"
    ).format(
        language={"zh": "zh-Hans"}.get(language, language),
        title=title,
        style=_style(),
        kind=text(language, "report.kind"),
        when=text(language, "report.as_of", day=words.day(facts.request.at, language)),
        short=_short(facts),
        sections=Markup("").join(sections),
        foot=text(
            language,
            "report.made",
            day=words.day(facts.made_at, language),
            time=f"{facts.made_at:%H:%M} UTC",
        ),
    )


def _title(facts: Facts) -> str:
    user_id = facts.request.user_id
    return phrase(facts, "title_stranger") if user_id is None else phrase(facts, "title", id=user_id)


def _short(facts: Facts) -> Markup:
    """The page in a few sentences, each from a figure that stands further down."""
    told = []
    if facts.events and facts.timeline is not None:
        first, last = facts.events[-1].at, facts.events[0].at
        told.append(
            phrase(
                facts,
                "short_day" if first.date() == last.date() else "short_events",
                n=len(facts.events),
                first=words.day(first, facts.language),
                last=words.day(last, facts.language),
            )
        )
    else:
        told.append(phrase(facts, "short_nothing"))
    if facts.forecast is not None:
        names = topic_names(facts, facts.forecast.shares[0], facts.forecast.topics)
        told.append(phrase(facts, "short_heading", topics=join(names, facts.language)))
    if facts.slate.items:
        titles = [f"{item.title} ({item.year})" if item.year else item.title for item in facts.slate.items[:3]]
        told.append(phrase(facts, "short_list", n=len(facts.slate.items), titles=join(titles, facts.language)))
    if facts.found.carriers:
        events = [each.event.name for each in facts.found.carriers[:3]]
        told.append(phrase(facts, "short_carried", events=join(events, facts.language)))
    lines = Markup("").join(Markup("<li>{}</li>").format(each) for each in told)
    return Markup('<section class="short"><h2>{}</h2><ul>{}</ul></section>').format(phrase(facts, "short"), lines)


def _asked(facts: Facts) -> Markup:
    """What the list was asked for, and the dates of everything."""
    request, language = facts.request, facts.language
    dial = "balanced" if request.adventure is None else f"{request.adventure:.0%}"
    rows = [("asked_at", words.day(request.at, language)), ("asked_k", str(request.k))]
    if request.query:
        rows.append(("asked_query", request.query))
    if limits := request.constraints.describe():
        rows.append(("asked_limits", limits))
    if request.topics:
        rows.append(("asked_topics", join([words.topic(topic, language) for topic in request.topics], language)))
    period = facts.timeline.period if facts.timeline is not None else "month"
    ahead = phrase(facts, "ahead", n=request.horizon, period=words.period(period, request.horizon, language))
    rows.append(("asked_horizon", ahead if request.horizon else phrase(facts, "ahead_now")))
    rows.append(("asked_dial", phrase(facts, "balanced") if dial == "balanced" else dial))
    rows.append(("asked_seen", phrase(facts, "yes" if request.seen_too else "no")))
    if facts.forecast is not None:
        rows.append(("asked_origin", words.day(facts.forecast.origin, language)))
    if facts.events:
        rows.append(("asked_latest", words.day(facts.events[0].at, language)))
    cells = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(phrase(facts, name), value) for name, value in rows
    )
    return Markup('<section><h2>{}</h2><dl class="facts">{}</dl></section>').format(phrase(facts, "asked"), cells)


def _terms(language: str) -> Markup:
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            text(language, f"report.term_{term}"), text(language, f"report.term_{term}_is")
        )
        for term in TERMS
    )
    return Markup('<section class="terms"><h2>{}</h2><dl>{}</dl></section>').format(
        text(language, "report.terms"), rows
    )


@cache
def _style() -> Markup:
    """The style sheet, which is our own and holds nothing of anybody."""
    return Markup((Path(__file__).parent / "report.css").read_text(encoding="utf-8"))
