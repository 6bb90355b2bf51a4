"""The events behind the interests as HTML: filters, pages, and what may be done with each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from core.evidence import muted_topics
from core.steering import muted_items, pinned, subject
from core.types import Event, EventKind, Item
from ui.web import words
from ui.web.texts import text
from ui.web.timeline_view import PAGE, Filters, View

_EDITABLE = (
    EventKind.LIKE,
    EventKind.DISLIKE,
    EventKind.SEEN,
    EventKind.RATING,
    EventKind.MENTION,
    EventKind.REQUEST,
    EventKind.MUTE,
)
_STEERING = (EventKind.PIN, EventKind.MUTE)


def event_subject(event: Event, items: Mapping[str, Item], language: str = "en") -> str:
    """What an event is about."""
    if event.item_id:
        item = items.get(event.item_id)
        if item is None:
            return text(language, "timeline.gone", id=event.item_id)
        return f"{item.title} ({item.year})" if item.year else item.title
    if event.topic:
        return words.subject(event.kind, event.topic, language)
    return text(language, "timeline.something")


def edit_form(event: Event, about: str, language: str = "en") -> Markup:
    """The form that changes an event; a limit held only for what was asked then, so it can only be removed."""
    if event.kind in (EventKind.CONSTRAINT, *_STEERING):
        return Markup("")
    kinds = _EDITABLE if event.kind in _EDITABLE else (event.kind, *_EDITABLE)
    options = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            kind.value, Markup(" selected") if kind is event.kind else "", words.kind(kind, language)
        )
        for kind in kinds
    )
    return Markup(
        '<details><summary aria-label="{label}">{change}</summary><form data-do="edit" data-event="{id}">'
        '<label>{what}<select name="kind">{options}</select></label>'
        '<label>{weight}<input name="value" type="number" min="-1" max="1" step="any" value="{value:.2g}"></label>'
        '<button class="solid">{save}</button></form></details>'
    ).format(
        label=text(language, "timeline.change_of", subject=about),
        change=text(language, "timeline.change"),
        id=event.id,
        what=text(language, "timeline.what"),
        options=options,
        weight=text(language, "timeline.weight"),
        value=event.value,
        save=text(language, "timeline.save"),
    )


def _steer(event: Event, about: str, state: str, language: str) -> Markup:
    """Buttons to pin and to mute what an event is about, or back."""
    if not subject(event) or event.kind in (EventKind.CONSTRAINT, *_STEERING):
        return Markup("")
    buttons = []
    for way in ("pin", "mute"):
        on = state == way
        done = f"un{way}" if on else way
        buttons.append(
            Markup(
                '<button type="button" class="quiet" data-tl="tl_{done}" data-event="{id}" aria-pressed="{on}" '
                'title="{why}" aria-label="{label}">{word}</button>'
            ).format(
                done=done,
                id=event.id,
                on="true" if on else "false",
                why=text(language, f"timeline.why_{way}"),
                label=text(language, f"timeline.{done}_of", subject=about),
                word=text(language, f"timeline.{done}"),
            )
        )
    return Markup("").join(buttons)


def event_row(
    event: Event,
    items: Mapping[str, Item],
    now: datetime,
    is_fresh: bool,
    state: str = "",
    language: str = "en",
) -> Markup:
    """One event with its origin, an edit form and what else may be done with it.

    Args:
        state: "pin" or "mute" where what it is about is pinned or muted.
    """
    about = event_subject(event, items, language)
    quote = event.text if event.text and event.kind is not EventKind.RATING else ""
    has_facet = event.topic and not event.item_id and event.kind is not EventKind.CONSTRAINT
    facet = words.topic_facet(event.topic) if event.topic and has_facet else ""
    badges = [text(language, f"timeline.is_{state}")] if state and event.kind not in _STEERING else []
    badges += [text(language, "timeline.new")] if is_fresh else []
    return Markup(
        '<li class="event{fresh}{state}" data-key="{id}" data-event="{id}" data-kind="{kind}" data-item="{item}">'
        '<div class="event-line"><span class="kind {kind}">{word}</span> <b>{subject}</b>{facet}{badges}</div>{quote}'
        '<p class="origin">{origin}{weight}</p><div class="event-tools">{steer}{form}'
        '<button type="button" class="quiet" data-do="remove" data-event="{id}" aria-label="{label}">{remove}'
        "</button></div></li>"
    ).format(
        fresh=" fresh" if is_fresh else "",
        state=f" is-{state}" if state else "",
        id=event.id,
        kind=event.kind.value,
        item=event.item_id or "",
        word=words.event_kind(event, language),
        subject=about,
        facet=Markup(' <span class="facet">{}</span>').format(facet) if facet else "",
        badges=Markup("").join(Markup(' <span class="badge">{}</span>').format(badge) for badge in badges),
        quote=Markup("<q>{}</q>").format(quote) if quote else "",
        origin=text(
            language, "timeline.origin", when=words.when(event.at, now, language), source=words.origin(event, language)
        ),
        weight=_weight(event, language),
        steer=_steer(event, about, state, language),
        form=edit_form(event, about, language),
        label=text(language, "timeline.remove_of", subject=about),
        remove=text(language, "timeline.remove"),
    )


def _weight(event: Event, language: str) -> str:
    if not event.value:
        return ""
    return text(language, "timeline.weighs", weight=f"{event.value:+.1f}".replace("-", "−"))


def steered(events: Sequence[Event]) -> dict[str, str]:
    """What is pinned and muted, of a person's events, the newest first: subject → "pin" or "mute"."""
    ordered = list(reversed(events))
    muted = dict.fromkeys((*muted_items(ordered), *muted_topics(ordered)), "mute")
    return muted | dict.fromkeys(pinned(ordered), "pin")


def filter_form(view: View, events: Sequence[Event], language: str) -> Markup:
    """The filters; choices are those that the timeline has."""
    chosen = view.filters
    kinds = [(kind.value, words.kind(kind, language)) for kind in EventKind if any(e.kind is kind for e in events)]
    sources = [(name, words.source(name, language)) for name in sorted({event.source for event in events})]
    first, last = events[-1].at.year, events[0].at.year

    def select(name: str, options: Sequence[tuple[str, str]], now: str) -> Markup:
        rows = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected") if value == now else "", label)
            for value, label in [("", text(language, "timeline.any")), *options]
        )
        return Markup('<label>{}<select name="{}">{}</select></label>').format(
            text(language, f"timeline.by_{name}"), name, rows
        )

    def year(name: str, now: int | None, hint: int) -> Markup:
        return Markup(
            '<label>{}<input name="{}" type="number" inputmode="numeric" min="1970" max="2100" placeholder="{}" '
            'value="{}"></label>'
        ).format(text(language, f"timeline.by_{name}"), name, hint, "" if now is None else now)

    return Markup(
        '<form class="filters" data-tl="tl_filter" data-live role="search" aria-label="{label}">'
        '<label class="words">{by}<input name="words" type="search" maxlength="100" value="{words}"></label>'
        '{kind}{source}{since}{until}<button class="quiet">{apply}</button></form>'
    ).format(
        label=text(language, "timeline.filters"),
        by=text(language, "timeline.by_words"),
        words=chosen.words,
        kind=select("kind", kinds, chosen.kind),
        source=select("source", sources, chosen.source),
        since=year("since", chosen.since, first),
        until=year("until", chosen.until, last),
        apply=text(language, "timeline.apply"),
    )


def event_list(
    view: View,
    events: Sequence[Event],
    chosen: Sequence[Event],
    items: Mapping[str, Item],
    now: datetime,
    fresh: Collection[str] = (),
    language: str = "en",
) -> Markup:
    """A page of the events that pass the filters, with the way to the others.

    Args:
        events: all of the person's, the newest first; chosen: those that pass.
        items: at least those of the page.
    """
    if not events:
        return Markup('<p class="aside">{}</p>').format(text(language, "timeline.no_events"))
    states = steered(events)
    page = min(view.page, max(0, (len(chosen) - 1) // PAGE))
    shown = chosen[page * PAGE : (page + 1) * PAGE]
    rows = Markup("").join(
        event_row(event, items, now, event.id in fresh, states.get(subject(event), ""), language) for event in shown
    )
    count = (
        text(language, "timeline.of_filtered", n=len(chosen), all=f"{len(events):,}")
        if view.filters.active
        else text(language, "timeline.of_all", n=len(events))
    )
    return Markup(
        '{filters}<p class="aside found" role="status">{count}{clear}</p><ul class="events">{rows}</ul>{pages}'
    ).format(
        filters=filter_form(view, events, language) if len(events) > 5 or view.filters.active else "",
        count=count,
        clear=Markup(' <button type="button" class="quiet" data-tl="tl_filter">{}</button>').format(
            text(language, "timeline.clear")
        )
        if view.filters.active
        else "",
        rows=rows,
        pages=pages("tl_page", page, len(chosen), PAGE, language),
    )


def pages(action: str, page: int, count: int, size: int, language: str) -> Markup:
    """The way to the pages before and after; nothing where there is one page."""
    if count <= size:
        return Markup("")

    def button(to: int, word: str, possible: bool) -> Markup:
        return Markup('<button type="button" class="quiet" data-tl="{}" data-page="{}"{}>{}</button>').format(
            action, to, "" if possible else Markup(" disabled"), word
        )

    return Markup('<nav class="pages" aria-label="{}">{}<span>{}</span>{}</nav>').format(
        text(language, "timeline.pages"),
        button(page - 1, text(language, "timeline.newer"), page > 0),
        text(
            language,
            "timeline.place",
            first=f"{page * size + 1:,}",
            last=f"{min((page + 1) * size, count):,}",
            count=f"{count:,}",
        ),
        button(page + 1, text(language, "timeline.older_page"), (page + 1) * size < count),
    )


def filters_of(data: Mapping[str, object]) -> Filters:
    """The filters that a form sent; what is no filter is none."""

    def year(name: str) -> int | None:
        figure = str(data.get(name) or "").strip()
        return int(figure) if figure.isascii() and figure.isdigit() and len(figure) == 4 else None

    return Filters(
        kind=str(data.get("kind") or ""),
        source=str(data.get("source") or ""),
        words=str(data.get("words") or "")[:100].strip(),
        since=year("since"),
        until=year("until"),
    )
