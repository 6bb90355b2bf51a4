"""The drawer as HTML: the dialog itself, and what was loved in it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from agent.state import Loved
from core.types import EventKind
from ui.web import words
from ui.web.cards import facts
from ui.web.session import Session
from ui.web.texts import text


def drawer(session: Session, title: str, body: Markup) -> str:
    """The dialog; it keeps its identity while it is open, so that the page changes only what differs."""
    language = session.language
    return str(
        Markup(
            '<dialog class="drawer" data-key="drawer-{key}" aria-labelledby="dl-drawer-title"><form method="dialog">'
            '<button class="quiet close">{close}</button></form><h2 id="dl-drawer-title">{title}</h2>{body}</dialog>'
        ).format(key=f"{session.run}-{session.opened}", close=text(language, "why.close"), title=title, body=body)
    )


def loading(session: Session, title: str) -> str:
    """The dialog before the engine has answered."""
    waiting = Markup('<p class="aside" role="status"><span class="spinner" aria-hidden="true"></span> {}</p>')
    return drawer(session, title, waiting.format(text(session.language, "why.loading")))


def loved(session: Session, found: Sequence[Loved]) -> str:
    """The dialog with what the person liked best, with when and why."""
    language = session.language
    title = text(language, "why.loved_title")
    if not found:
        return drawer(session, title, Markup('<p class="aside">{}</p>').format(text(language, "why.loved_none")))
    cards = Markup("").join(_loved(each, language) for each in found)
    lead = Markup('<p class="aside">{}</p>').format(text(language, "why.loved_lead"))
    return drawer(session, title, lead + Markup('<ul class="loved">{}</ul>').format(cards))


def _loved(each: Loved, language: str) -> Markup:
    item, event = each.item, each.event
    what, day = words.event_kind(event, language), words.day(event.at, language)
    said = Markup("<q>{}</q>").format(event.text) if event.text and event.kind is not EventKind.RATING else ""
    return Markup(
        '<li class="card" data-item="{id}"><h4>{title}{year}</h4><p class="facts">{facts}</p><p class="loved-when">'
        '{when}</p>{said}<button type="button" class="quiet" data-do="example" data-send="1" data-text="{words}">{more}'
        "</button></li>"
    ).format(
        id=item.id,
        title=item.title,
        year=Markup(' <span class="year">{}</span>').format(item.year) if item.year else "",
        facts=facts(item.facets, item.numbers, language),
        when=text(language, "why.loved_times", what=what, day=day, n=each.times),
        said=said,
        words=text(language, "why.loved_more_words", title=item.title),
        more=text(language, "why.loved_more"),
    )
