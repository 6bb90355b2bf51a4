"""Why a card stands where it stands, what it rests on, and what would change it.

All figures come from the engine that ranked the card, asked again under the request that the cards answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from core.errors import DriftlineError
from core.explanations import Explanation, WhatIf
from core.results import Ground, RecommendRequest
from core.types import Event, EventKind
from ui.web import words
from ui.web.arithmetic import signed, summed
from ui.web.cards import KINDS
from ui.web.drawer import drawer
from ui.web.ports import PageService
from ui.web.session import Session
from ui.web.texts import text

_LOOKED = 3
_STRONG = 1.0


def request_of(session: Session, now: datetime) -> RecommendRequest:
    """The request that the asked cards answer; a plain one where they were stored without it."""
    view = next((view for view in session.turns if session.asked and view.shown == session.asked[1]), session.carded)
    if view is not None and view.slate is not None and view.slate.request is not None:
        return view.slate.request
    return RecommendRequest(user_id=session.user_id, at=now)


def explained(service: PageService, session: Session, item_id: str, said: str = "") -> Iterator[str]:
    """The dialog on one card as it is worked out: first the sum and what it rests on, then what would change it.

    Args:
        said: what was just done, in one line.
    """
    language = session.language
    request = request_of(session, service.now())
    try:
        found = service.explain(request, item_id)
    except DriftlineError as problem:
        body = Markup('<p class="trouble" role="alert">{}</p>').format(str(problem))
        yield drawer(session, text(language, "why.title", title=item_id), body)
        return
    title = text(language, "why.title", title=found.item.title)
    score = f"{found.item.score:.2f}"
    place = (
        text(language, "why.place", rank=found.rank, score=score)
        if found.rank is not None
        else text(language, "why.no_place", score=score)
    )
    done = Markup('<p class="notice" role="status">{}</p>').format(said) if said else Markup("")
    first = (
        done
        + Markup('<p class="lead-line">{}</p>').format(place)
        + _moved(session, found)
        + summed(found, language)
        + _events(session, found, service.now())
    )
    waiting = Markup('<p class="aside" role="status"><span class="spinner" aria-hidden="true"></span> {}</p>')
    yield drawer(session, title, first + waiting.format(text(language, "why.loading")))
    # What has to rank again comes after what is known already, the quickest first.
    for add in (_forecast, _higher, _kept):
        first += add(service, session, request, found)
        last = add is _kept
        yield drawer(session, title, first if last else first + waiting.format(text(language, "why.loading")))


def _moved(session: Session, found: Explanation) -> Markup:
    """Where the card stands on the page, if that is not where it would stand by now."""
    shown = next((view for view in session.turns if session.asked and view.shown == session.asked[1]), None)
    ranks = {card.id: rank for rank, card in enumerate(shown.items if shown else (), start=1)}
    before = ranks.get(found.item.id)
    if before is None or before == found.rank:
        return Markup("")
    told = text(session.language, "why.moved", before=ordinal(before, session.language))
    return Markup('<p class="aside">{}</p>').format(told)


def grounds(found: Explanation) -> list[Ground]:
    """The events that the reasons rest on, each once, those of the strongest reason first."""
    strongest = sorted(found.item.reasons, key=lambda reason: -abs(reason.contribution))
    every = [ground for reason in strongest for ground in reason.grounds]
    return list({(ground.event_id or ground.name): ground for ground in reversed(every)}.values())[::-1]


def _events(session: Session, found: Explanation, now: datetime) -> Markup:
    language = session.language
    listed = grounds(found)
    if not listed:
        body = Markup('<p class="aside">{}</p>').format(text(language, "why.no_events"))
    else:
        body = Markup('<ul class="grounds">{}</ul>').format(
            Markup("").join(_ground(session, ground, now) for ground in listed)
        )
    return Markup('<section class="rests"><h3>{}</h3>{}</section>').format(text(language, "why.events"), body)


def _ground(session: Session, ground: Ground, now: datetime) -> Markup:
    language = session.language
    name = ground.name or words.topic(ground.topic or "", language)
    event_id = ground.event_id or ""
    when = words.when(ground.at, now, language) if event_id else text(language, "why.of_conversation")
    preview = session.previews.get(event_id, "")
    tools = Markup("")
    if event_id and not preview:
        tools = Markup(
            '<button type="button" class="quiet" data-do="without" data-event="{}" data-name="{}" aria-label="{}">{}'
            "</button>"
        ).format(event_id, name, text(language, "why.without_label", name=name), text(language, "why.without"))
    elif event_id:
        tools = Markup(
            '<p class="preview" role="status">{said}</p><button type="button" class="danger" data-do="drop" '
            'data-event="{id}" data-name="{name}" aria-label="{label}">{remove}</button><button type="button" '
            'class="quiet" data-do="keep" data-event="{id}">{keep}</button>'
        ).format(
            said=preview,
            id=event_id,
            name=name,
            label=text(language, "why.remove_label", name=name),
            remove=text(language, "why.remove"),
            keep=text(language, "why.keep"),
        )
    return Markup(
        '<li data-key="g-{id}{name}" class="ground"><div><b>{name}</b> <span class="kind {kind}">{word}</span>'
        '<p class="origin">{when}</p></div><div class="ground-tools">{tools}</div></li>'
    ).format(
        id=event_id,
        name=name,
        kind=ground.kind.value,
        word=words.kind(ground.kind, language),
        when=when,
        tools=tools,
    )


def preview(service: PageService, session: Session, item_id: str, event_id: str, name: str) -> str:
    """What the absence of one event would change for an item, in one sentence."""
    language = session.language
    try:
        change = service.what_if(request_of(session, service.now()), drop=[event_id])
    except DriftlineError as problem:
        return text(language, "why.preview_failed", problem=str(problem))
    before, after = places(change, item_id)
    if after is None:
        return text(language, "why.without_gone", name=name)
    key = "why.without_same" if after == before else "why.without_place"
    return text(language, key, name=name, rank=ordinal(after, language))


def places(change: WhatIf, item_id: str) -> tuple[int | None, int | None]:
    """An item's places on two lists."""
    shift = next((shift for shift in change.shifts if shift.item_id == item_id), None)
    if shift is not None:
        return shift.rank, shift.rank_then
    rank = next((rank for rank, card in enumerate(change.before.items, start=1) if card.id == item_id), None)
    return rank, rank


def ordinal(number: int, language: str) -> str:
    """A place in a list: "2nd"."""
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th") if language == "en" else ""
    return text(language, "why.ordinal", n=number, ending=ending)


def _forecast(service: PageService, session: Session, request: RecommendRequest, found: Explanation) -> Markup:
    language = session.language
    part = sum(group.contribution for group in found.groups if group.group == "interests")
    lines = []
    if request.horizon == 0:
        lines.append(text(language, "why.forecast_off"))
    else:
        lines.append(
            text(language, "why.forecast_parts", part=signed(part)) if part else text(language, "why.forecast_none")
        )
        try:
            change = service.what_if(request, then=request.model_copy(update={"horizon": 0}))
        except DriftlineError:
            change = None
        before, now = places(change, found.item.id) if change else (found.rank, None)
        if change and before is not None:
            key = "gone" if now is None else "same" if now == before else "moves"
            values = {} if now is None else {"rank": ordinal(now, language)}
            values |= {"before": ordinal(before, language)} if key == "moves" else {}
            lines.append(text(language, f"why.forecast_{key}", **values))
    return _section("forecast", text(language, "why.forecast"), lines)


def _higher(service: PageService, session: Session, request: RecommendRequest, found: Explanation) -> Markup:
    language = session.language
    lines: list[str] = []
    if found.rank == 1:
        lines.append(text(language, "why.higher_first"))
    else:
        if found.why_not and found.why_not.change:
            lines.append(found.why_not.change.text)
        lines += _likes(service, session, request, found)
        lines = lines or [text(language, "why.higher_none")]
    return _section("higher", text(language, "why.higher"), lines)


def _kept(service: PageService, session: Session, request: RecommendRequest, found: Explanation) -> Markup:
    try:
        kept = service.counterfactual(request, found.item.id)
    except DriftlineError:
        return Markup("")
    if kept.status == "absent":
        return Markup("")
    return _section("kept", text(session.language, "why.kept_by"), [kept.text])


def _likes(service: PageService, session: Session, request: RecommendRequest, found: Explanation) -> list[str]:
    """Topics of the item that would bring it up if the person said that they like them, tried one by one."""
    lines = []
    facet = next((name for name in KINDS if found.item.facets.get(name)), "")
    for value in found.item.facets.get(facet, ())[:_LOOKED]:
        name = f"{facet}:{value}"
        liked = Event(user_id=session.user_id, at=request.at, kind=EventKind.LIKE, topic=name, value=_STRONG)
        try:
            before, after = places(service.what_if(request, add=[liked]), found.item.id)
        except DriftlineError:
            continue
        if after is not None and (before is None or after < before):
            topic = words.topic(name, session.language)
            rank = ordinal(after, session.language)
            lines.append(text(session.language, "why.higher_like", topic=topic, rank=rank))
    return lines


def _section(name: str, head: str, lines: Sequence[str]) -> Markup:
    told = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
    return Markup('<section class="{}"><h3>{}</h3>{}</section>').format(name, head, told)
