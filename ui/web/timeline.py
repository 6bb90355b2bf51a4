"""The timeline beside the chat, and alone: what it shows, and what happens when a person acts on it.

Everything is kept in the tab's `View`; what lasts is in the service's store.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from markupsafe import Markup

from core.errors import DriftlineError, InputError
from core.forecasts import Forecast
from core.types import Event, EventKind
from ui.web import history, panel
from ui.web.ports import PageService
from ui.web.session import Session
from ui.web.texts import text
from ui.web.timeline_events import event_list, event_subject, filters_of
from ui.web.timeline_view import PAGE, Download, Undo, View

_HORIZON = 3
_STEERS = {"tl_pin": EventKind.PIN, "tl_mute": EventKind.MUTE}
_LIFTS = {"tl_unpin": EventKind.PIN, "tl_unmute": EventKind.MUTE}
_TYPES = {"json": "application/json", "csv": "text/csv"}


def is_action(name: object) -> bool:
    """Whether an action of the page is one of the timeline's or of a history's."""
    return isinstance(name, str) and name.startswith(("tl_", "hist_"))


def blocks(service: PageService, session: Session) -> list[str]:
    """The whole timeline as blocks: the charts, a history that is being brought, and the list of events.

    Raises:
        DriftlineError: the store cannot be read.
    """
    user, language, view = session.user_id, session.language, session.view
    events = list(service.events(user))
    session.judge(events)
    looked = {event.item_id for event in events if event.item_id} if view.filters.words else set()
    items = dict(service.items(looked)) if looked else {}
    chosen = view.filters.chosen(events, items)
    page = min(view.page, max(0, (len(chosen) - 1) // PAGE))
    needed = {event.item_id for event in chosen[page * PAGE : (page + 1) * PAGE] if event.item_id} - items.keys()
    items |= service.items(needed)
    whose = "timeline.yours" if session.is_own_page else "timeline.theirs"
    return [
        str(
            Markup(
                '<section class="panel-part" data-key="interests"><div class="part-head"><h2>{}</h2>{}</div>{}'
                "</section>"
            ).format(text(language, whose, id=session.user_id), _wide(language), _interests(service, session, events))
        ),
        str(history.section(service, session, any(event.source.startswith("import:") for event in events))),
        str(
            Markup(
                '<section class="panel-part" data-key="events"><div class="part-head"><h2>{title} <span class="count" '
                'data-count="{count}">{count}</span></h2>{export}</div>{undo}{events}{download}</section>'
            ).format(
                title=text(language, "timeline.events"),
                count=len(events),
                export=_exports(language) if events else "",
                undo=_undo(view, language),
                events=event_list(view, events, chosen, items, service.now(), session.fresh, language),
                download=_download(view),
            )
        ),
    ]


def _interests(service: PageService, session: Session, events: list[Event]) -> Markup:
    user, view, language = session.user_id, session.view, session.language
    timeline = service.timeline(user, view.period or None)
    if not view.period and timeline.period in panel.PERIODS:
        coarser = panel.PERIODS[panel.PERIODS.index(timeline.period) :]
        for period in coarser[1:]:
            if panel.fits(timeline):
                break
            timeline = service.timeline(user, period)
    forecast, told, problem = None, list[str](), ""
    if any(timeline.counts):
        try:
            forecast = service.forecast(user, _HORIZON, timeline.period)
            told = _sentences(service, forecast, events, language)
        except DriftlineError as error:
            problem = str(error)
    long = len(events) > 1 and (events[0].at - events[-1].at).days > 60
    return panel.interests(
        timeline, forecast, problem, told, session.is_own_page, language, view.topic, view.period if long else None
    )


def _sentences(service: PageService, forecast: Forecast, events: list[Event], language: str) -> list[str]:
    if language == "en":
        return list(service.forecast_in_words(forecast))
    by_id = {event.id: event for event in events}
    carrying = {event_id for drift in forecast.drift for event_id in drift.event_ids}
    items = service.items({by_id[each].item_id or "" for each in carrying if each in by_id})
    return panel.caused(forecast.drift, by_id, items, language)


def _wide(language: str) -> Markup:
    return Markup(
        '<button type="button" class="quiet wide-toggle" data-tl-wide aria-pressed="false"><span class="off">{}</span>'
        '<span class="on">{}</span></button>'
    ).format(text(language, "timeline.wide"), text(language, "timeline.beside"))


def _exports(language: str) -> Markup:
    return Markup('<div class="exports"><span>{}</span>{}</div>').format(
        text(language, "timeline.export"),
        Markup("").join(
            Markup(
                '<button type="button" class="quiet" data-tl="tl_export" data-form="{}" aria-label="{} {}">{}</button>'
            ).format(form, text(language, "timeline.export"), form.upper(), form.upper())
            for form in _TYPES
        ),
    )


def _undo(view: View, language: str) -> Markup:
    if view.undo is None:
        return Markup("")
    return Markup(
        '<p class="undo" role="status">{} <button type="button" class="quiet" data-tl="tl_undo">{}</button></p>'
    ).format(view.undo.said, text(language, "timeline.undo"))


def _download(view: View) -> Markup:
    if view.download is None:
        return Markup("")
    file = view.download
    return Markup('<pre hidden data-download="{}" data-type="{}">{}</pre>').format(file.name, file.type, file.text)


def act(service: PageService, session: Session, data: Mapping[str, Any]) -> str:
    """Something pressed on the timeline; what is to be said of it beside what the timeline shows.

    Raises:
        DriftlineError: it cannot be done.
    """
    name, view = str(data.get("do")), session.view
    if name.startswith("hist_"):
        return history.act(service, session, data)
    match name:
        case "tl_period":
            view.period = str(data.get("period")) if data.get("period") in panel.PERIODS else ""
        case "tl_topic":
            topic = str(data.get("topic") or "")
            view.topic = "" if topic == view.topic else topic
        case "tl_filter":
            view.filters, view.page = filters_of(data), 0
        case "tl_page":
            page = str(data.get("page"))
            view.page = int(page) if page.isdecimal() and len(page) < 7 else 0
        case "tl_undo":
            _take_back(service, session)
        case "tl_export":
            form: Literal["json", "csv"] = "csv" if data.get("form") == "csv" else "json"
            name = f"driftline-timeline-{service.now():%Y-%m-%d}.{form}"
            view.download = Download(name, _TYPES[form], service.export_timeline(session.user_id, form))
        case "tl_saved":
            view.download = None
        case _ if name in _STEERS or name in _LIFTS:
            _steer(service, session, name, str(data.get("event")))
        case _:
            raise InputError(f"The page sent an unknown action {name!r}.", "Reload the page.")
    return ""


def _own(service: PageService, session: Session, event_id: str) -> Event:
    found = next((event for event in service.events(session.user_id) if event.id == event_id), None)
    if found is None:
        raise InputError("This event is no longer in the timeline.", "Reload the page.")
    return found


def _named(service: PageService, session: Session, event: Event) -> str:
    items = service.items([event.item_id]) if event.item_id else {}
    return event_subject(event, items, session.language)


def _steer(service: PageService, session: Session, name: str, event_id: str) -> None:
    user, event = session.user_id, _own(service, session, event_id)
    about = _named(service, session, event)
    same = [
        each
        for each in service.events(user)
        if each.item_id == event.item_id and (event.item_id is not None or each.topic == event.topic)
    ]
    if name in _LIFTS:
        lifted = [each for each in same if each.kind is _LIFTS[name]]
        steps = tuple(("restore", service.retract_event(user, each.id).id) for each in lifted)
    else:
        ended = [each for each in same if each.kind in _STEERS.values() and each.kind is not _STEERS[name]]
        new = service.steer(user, _STEERS[name], event.item_id, None if event.item_id else event.topic)
        steps = (("retract", new.id), *(("restore", each.id) for each in ended))
    said = text(session.language, f"timeline.done_{name.removeprefix('tl_')}", subject=about)
    session.view.undo = Undo(said, steps)


def removed(service: PageService, session: Session, event_id: str) -> None:
    """Take an event out of the timeline, and offer the way back."""
    event = service.retract_event(session.user_id, event_id)
    said = text(session.language, "timeline.done_remove", subject=_named(service, session, event))
    session.view.undo = Undo(said, (("restore", event.id),))


def changed(service: PageService, session: Session, old: Event, new: Event) -> None:
    """Offer the way back from a change that was made."""
    said = text(session.language, "timeline.done_change", subject=_named(service, session, new))
    session.view.undo = Undo(said, (("retract", new.id), ("restore", old.id)))


def _take_back(service: PageService, session: Session) -> None:
    undo, session.view.undo = session.view.undo, None
    if undo is None:
        return
    for step, event_id in undo.steps:
        if step == "import":
            service.undo_import(session.user_id, event_id)
        elif step == "retract":
            service.retract_event(session.user_id, event_id)
        else:
            session.fresh = {service.restore_event(session.user_id, event_id).id}
