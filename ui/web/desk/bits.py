"""Small pieces of the desk's HTML: names, times, marks, citations. Arguments are escaped by ``markupsafe``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial

from markupsafe import Markup

from core.desk import Cited, Mood
from core.types import Event, Item
from ui.web import words
from ui.web.texts import text

Say = Callable[..., str]

_GUEST = re.compile(r"guest-([0-9a-f]{4})[0-9a-f]+")


def say(language: str) -> Say:
    """The desk's words in a language: ``say("zh")("send")``."""
    speak = partial(text, language)
    return lambda name, /, **values: speak(name if "." in name else f"desk.{name}", **values)


def join(parts: Iterable[Markup]) -> Markup:
    """Parts one after the other."""
    return Markup("").join(parts)


def customer(t: Say, user_id: str) -> str:
    """What to call a customer whose id is all that is known."""
    guest = _GUEST.fullmatch(user_id)
    if guest:
        return t("visitor", id=guest[1])
    return t("customer", id=user_id) if user_id.isdecimal() else user_id


def span(t: Say, seconds: float) -> str:
    """A length of time in its two largest units at most: "45 s", "3 min", "2 h 5 min", "3 d"."""
    seconds = max(0.0, seconds)
    if seconds < 60:
        return t("seconds", n=int(seconds))
    if seconds < 3600:
        return t("minutes", n=int(seconds // 60))
    if seconds < 86400:
        hours, rest = divmod(int(seconds // 60), 60)
        return f"{t('hours', n=hours)} {t('minutes', n=rest)}" if rest and hours < 10 else t("hours", n=hours)
    return t("days", n=int(seconds // 86400))


def exactly(t: Say, seconds: float) -> str:
    """A length of time where seconds count: "74 s", "3 min 25 s", and from ten minutes on as `span`."""
    if seconds < 90:
        return t("seconds", n=round(seconds))
    if seconds < 600:
        return f"{t('minutes', n=int(seconds // 60))} {t('seconds', n=int(seconds % 60))}"
    return span(t, seconds)


def waited(t: Say, at: datetime, now: datetime) -> str:
    """How long somebody waits, in whole minutes so that it does not flicker."""
    seconds = (now - at).total_seconds()
    return t("under_a_minute") if seconds < 60 else span(t, seconds)


def clock(at: datetime, now: datetime, language: str) -> Markup:
    """A moment: the time of a day for today's, the date for others."""
    shown = f"{at:%H:%M}" if at.date() == now.date() else words.day(at, language)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)


def mood(t: Say, feeling: Mood) -> Markup:
    """A mood as a mark with its word."""
    return Markup('<span class="dk-mood {label}"><i aria-hidden="true"></i>{word}</span>').format(
        label=feeling.label, word=t(f"mood_{feeling.label}")
    )


def key(*names: str) -> Markup:
    """The keys that do the same as a button."""
    return join(Markup('<kbd aria-hidden="true">{}</kbd>').format(name) for name in names)


def cite(cited: Cited, language: str, label: str = "") -> Markup:
    """A statement that leads to what it rests on, or plain words where that cannot be shown."""
    day = Markup(' <span class="dk-day">{}</span>').format(words.day(cited.at, language)) if cited.at else ""
    shown = label or cited.text
    if not (cited.event_id or cited.item_id or (cited.conversation_id and cited.turn is not None)):
        return Markup('<span class="dk-uncited">{}{}</span>').format(shown, day)
    return Markup(
        '<button type="button" class="dk-cite" data-do="cite" data-event="{event}" data-item="{item}" '
        'data-conversation="{conversation}" data-turn="{turn}">{shown}{day}</button>'
    ).format(
        event=cited.event_id or "",
        item=cited.item_id or "",
        conversation=cited.conversation_id or "",
        turn="" if cited.turn is None else cited.turn,
        shown=shown,
        day=day,
    )


def event_name(event: Event, items: Mapping[str, Item], language: str) -> str:
    """What an event is about."""
    if event.item_id:
        item = items.get(event.item_id)
        return item.title if item else event.item_id
    return words.subject(event.kind, event.topic, language) if event.topic else "–"


def notice(line: str, trouble: bool, number: int = 0) -> Markup:
    """One line on what happened; empty draws nothing.

    Args:
        number: of the event that it tells, so that the same line twice is news the second time too.
    """
    if not line:
        return Markup("")
    return Markup('<p class="notice{}" role="{}" data-key="notice-{}">{}</p>').format(
        " trouble" if trouble else "", "alert" if trouble else "status", number, line
    )


def working(line: str) -> Markup:
    """A part that is being worked on."""
    return Markup('<p class="dk-working"><span class="spinner" aria-hidden="true"></span>{}</p>').format(line)
