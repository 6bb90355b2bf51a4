"""Plain words for what the engine names in code: tools, events, sources, forecasters, topics, times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.types import Event, EventKind

_STEPS: Mapping[str, tuple[str, str]] = {
    "understand": ("Reading your message", "Read your message"),
    "recommend": ("Ranking films for you", "Ranked films for you"),
    "search_catalog": ("Looking through the catalogue", "Looked through the catalogue"),
    "forecast_interests": ("Looking at where your interests are heading", "Looked at where your interests are heading"),
    "explain": ("Working out why", "Worked out why"),
    "item_details": ("Looking up the facts", "Looked up the facts"),
    "compare": ("Comparing them", "Compared them"),
    "trending": ("Checking what is rising now", "Checked what is rising now"),
    "record_preference": ("Noting what you said", "Noted what you said"),
    "show_timeline": ("Reading your timeline", "Read your timeline"),
    "edit_timeline": ("Changing your timeline", "Changed your timeline"),
    "write": ("Writing the answer", "Wrote the answer"),
    "verify": ("Checking every claim", "Checked every claim"),
    "remember": ("Remembering this for next time", "Remembered this for next time"),
}

_KINDS: Mapping[EventKind, str] = {
    EventKind.VIEW: "Viewed",
    EventKind.CLICK: "Opened",
    EventKind.PURCHASE: "Bought",
    EventKind.RATING: "Rated",
    EventKind.LIKE: "Liked",
    EventKind.DISLIKE: "Not for me",
    EventKind.SEEN: "Seen",
    EventKind.MENTION: "Mentioned",
    EventKind.REQUEST: "Asked for",
    EventKind.CONSTRAINT: "Limit",
    EventKind.MUTE: "Muted",
}

_SOURCES: Mapping[str, str] = {
    "dialogue": "from the conversation",
    "api": "added through the API",
    "import:movielens": "imported from MovieLens",
    "import:movietweetings": "imported from MovieTweetings",
}

_PERIODS: Mapping[str, tuple[str, str]] = {
    "day": ("day", "days"),
    "week": ("week", "weeks"),
    "2weeks": ("two weeks", "two-week periods"),
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "year": ("year", "years"),
}

_FORECASTERS: tuple[tuple[str, str], ...] = (
    ("last", "the most recent period carried on"),
    ("expon", "an average that counts recent periods more"),
    ("ewm", "an average that counts recent periods more"),
    ("shrink", "your own history, leaning on what most people like while there is little of it"),
    ("level", "a local-level model that follows slow drift (state space)"),
    ("mean", "the average of all your periods"),
    ("population", "what most people like"),
)


def step(tool: str, running: bool) -> str:
    """What a tool does, for a person who watches it run or who reads later that it ran."""
    now, then = _STEPS.get(tool, (f"Running {tool.replace('_', ' ')}", f"Ran {tool.replace('_', ' ')}"))
    return now if running else then


def step_detail(args: Mapping[str, Any]) -> str:
    """The arguments of a step that a person would recognise, in one short phrase."""
    shown = []
    for name, value in args.items():
        if name == "limits" and isinstance(value, Mapping):
            shown.extend(_limits(value))
        elif name == "topics" and isinstance(value, list | tuple):
            shown.extend(topic(str(each)) for each in value)
        elif name in ("query", "item") and isinstance(value, str) and value:
            shown.append(f"“{value}”")
    phrase = " · ".join(shown)
    return phrase if len(phrase) <= 140 else phrase[:139].rstrip() + "…"


def _limits(limits: Mapping[str, Any]) -> list[str]:
    named = [", ".join(values) for values in dict(limits.get("require") or {}).values()]
    named += [f"not {', '.join(values)}" for values in dict(limits.get("exclude") or {}).values()]
    named += [f"{name} ≥ {figure:g}" for name, figure in dict(limits.get("at_least") or {}).items()]
    return named + [f"{name} ≤ {figure:g}" for name, figure in dict(limits.get("at_most") or {}).items()]


def duration(ms: float) -> str:
    """A duration as read aloud: "12 ms", "1.4 s"."""
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def event_kind(event: Event) -> str:
    """What happened, with the rating as the source gave it where there is one."""
    word = _KINDS[event.kind]
    return f"{word} {event.text}" if event.kind is EventKind.RATING and event.text else word


def kind(value: EventKind) -> str:
    """The word for a kind of event."""
    return _KINDS[value]


def source(name: str) -> str:
    """Where an event came from."""
    return _SOURCES.get(name, name.replace("import:", "imported from ").replace("_", " "))


def origin(event: Event) -> str:
    """Where one event came from; what was said is quoted, what was pressed is not."""
    pressed = event.source == "dialogue" and not event.text and event.item_id
    return "from a button on a card" if pressed else source(event.source)


def topic(name: str) -> str:
    """A topic without its facet: "genre:Sci-Fi" is "Sci-Fi"."""
    return name.split(":", 1)[1].strip() if ":" in name else name


def limit(name: str) -> str:
    """A hard limit without its facet: "not genre: Horror" is "not Horror", "year >= 1991" is "year ≥ 1991"."""
    without = "not " if name.startswith("not ") and ":" in name else ""
    shown = without + topic(name)
    for sign, symbol in ((">=", "≥"), ("<=", "≤")):
        shown = f" {symbol} ".join(part.strip() for part in shown.split(sign))
    return shown


def subject(kind_of: EventKind, name: str) -> str:
    """What a topic event is about."""
    return limit(name) if kind_of is EventKind.CONSTRAINT else topic(name)


def topic_facet(name: str) -> str:
    """The facet of a topic, empty for a limit."""
    return name.split(":", 1)[0] if ":" in name else ""


def period(name: str, count: int = 1) -> str:
    """A period's name in the number that fits the count."""
    one, many = _PERIODS.get(name, (name, f"{name}s"))
    return one if count == 1 else many


def period_label(start: datetime, name: str) -> str:
    """A period's short label on an axis."""
    if name == "year":
        return f"{start:%Y}"
    if name == "quarter":
        return f"Q{(start.month - 1) // 3 + 1} {start:%Y}"
    if name == "month":
        return f"{start:%b %Y}"
    return f"{start.day} {start:%b %y}"


def day(at: datetime) -> str:
    """A date in words."""
    return f"{at.day} {at:%B %Y}"


def when(at: datetime, now: datetime) -> str:
    """How long ago something happened, or its date when that was more than a week ago."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min ago"
    if seconds < 86400:
        return f"{seconds // 3600:.0f} h ago"
    return f"{seconds // 86400:.0f} d ago" if seconds < 7 * 86400 else day(at)


def forecaster(model: str) -> str:
    """A forecaster's name in words."""
    lowered = model.casefold()
    return next((text for part, text in _FORECASTERS if part in lowered), model.replace("_", " "))


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{100 * share:.0f} %"
