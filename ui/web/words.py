"""Plain words for what the engine names in code: tools, events, sources, forecasters, topics, times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.types import Event, EventKind
from ui.web.texts import has, text

_NAMES: Mapping[str, str] = {
    "movielens": "MovieLens",
    "movietweetings": "MovieTweetings",
    "imdb": "IMDb",
    "completejourney": "Complete Journey",
    "csv": "CSV",
}

_FORECASTERS: tuple[tuple[str, str], ...] = (
    ("last", "last"),
    ("expon", "recent"),
    ("ewm", "recent"),
    ("shrink", "shrink"),
    ("level", "level"),
    ("mean", "mean"),
    ("population", "population"),
    ("pool", "pool"),
)


def step(tool: str, running: bool, language: str = "en") -> str:
    """What a tool does, for a person who watches it run or who reads later that it ran."""
    tense = "now" if running else "then"
    key = f"words.step_{tool}_{tense}"
    return text(language, key) if has(key) else text(language, f"words.step_other_{tense}", tool=tool.replace("_", " "))


def step_detail(args: Mapping[str, Any], language: str = "en") -> str:
    """The arguments of a step that a person would recognise, in one short phrase."""
    shown = []
    for name, value in args.items():
        if name == "limits" and isinstance(value, Mapping):
            shown.extend(_limits(value, language))
        elif name == "topics" and isinstance(value, list | tuple):
            shown.extend(topic(str(each), language) for each in value)
        elif name in ("query", "item") and isinstance(value, str) and value:
            shown.append(text(language, "words.quoted", words=value))
    phrase = " · ".join(shown)
    return phrase if len(phrase) <= 140 else phrase[:139].rstrip() + "…"


def _limits(limits: Mapping[str, Any], language: str) -> list[str]:
    def listed(facet: str, values: Sequence[str]) -> str:
        return text(language, "words.listed").join(topic(f"{facet}:{value}", language) for value in values)

    named = [listed(facet, values) for facet, values in dict(limits.get("require") or {}).items()]
    named += [
        text(language, "words.not_these", values=listed(facet, values))
        for facet, values in dict(limits.get("exclude") or {}).items()
    ]
    for way in ("least", "most"):
        bounds = dict(limits.get(f"at_{way}") or {}).items()
        named += [_bound(name, way, f"{figure:g}", language) for name, figure in bounds]
    return named


def _bound(name: str, way: str, figure: str, language: str) -> str:
    own = f"words.{way}_{name}"
    return text(language, own if has(own) else f"words.{way}", name=name, figure=figure)


def duration(ms: float) -> str:
    """A duration as read aloud: "12 ms", "1.4 s"."""
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def event_kind(event: Event, language: str = "en") -> str:
    """What happened, with the rating as the source gave it where there is one."""
    word = kind(event.kind, language)
    return f"{word} {event.text}" if event.kind is EventKind.RATING and event.text else word


def kind(value: EventKind, language: str = "en") -> str:
    """The word for a kind of event."""
    return text(language, f"words.kind_{value.value}")


def source(name: str, language: str = "en") -> str:
    """Where an event came from."""
    known = f"words.source_{name}"
    if has(known):
        return text(language, known)
    if not name.startswith("import:"):
        return name.replace("_", " ")
    importer = name.removeprefix("import:")
    if importer == "own":
        return text(language, "words.source_import", name=text(language, "words.own_table"))
    shown = _NAMES.get(importer, importer.replace("_", " ").title() if importer.isalpha() else importer)
    return text(language, "words.source_import", name=shown)


def origin(event: Event, language: str = "en") -> str:
    """Where one event came from; what was said is quoted, what was pressed is not."""
    pressed = event.source == "dialogue" and not event.text and event.item_id
    return text(language, "words.source_button") if pressed else source(event.source, language)


def topic(name: str, language: str = "en") -> str:
    """A topic without its facet, in the page's language where it is a well-known one: "genre:Sci-Fi" is "Sci-Fi"."""
    facet, colon, value = name.partition(":")
    if not colon:
        return name
    shown = value.strip()
    key = "genres." + shown.casefold().replace("'", "").replace("-", "_").replace(" ", "_")
    return text(language, key) if facet == "genre" and has(key) and language != "en" else shown


def limit(name: str, language: str = "en") -> str:
    """A hard limit without its facet: "not genre: Horror" is "not Horror", "year >= 1991" is "1991 or later"."""
    if name.startswith("not ") and ":" in name:
        return text(language, "words.not_these", values=topic(_tight(name.removeprefix("not ")), language))
    for sign, way in ((">=", "least"), ("<=", "most")):
        facet, found, figure = name.partition(sign)
        if found:
            return _bound(facet.strip(), way, figure.strip(), language)
    return topic(_tight(name), language)


def _tight(name: str) -> str:
    facet, colon, value = name.partition(":")
    return f"{facet}{colon}{value.strip()}"


def subject(kind_of: EventKind, name: str, language: str = "en") -> str:
    """What a topic event is about."""
    return limit(name, language) if kind_of is EventKind.CONSTRAINT else topic(name, language)


def topic_facet(name: str) -> str:
    """The facet of a topic, empty for a limit."""
    return name.split(":", 1)[0] if ":" in name else ""


def period(name: str, count: int = 1, language: str = "en") -> str:
    """A period's name in the number that fits the count."""
    return text(language, f"words.period_{name}", n=count)


def period_label(start: datetime, name: str, language: str = "en") -> str:
    """A period's short label on an axis."""
    if name in ("year", "quarter"):
        return text(language, f"words.label_{name}", year=start.year, **_quarter(name, start))
    values = {"name": text(language, f"words.short_{start.month}")}
    if name == "month":
        return text(language, "words.label_month", year=start.year, **values)
    return text(language, "words.label_day", day=start.day, short_year=f"{start:%y}", **values)


def _quarter(name: str, start: datetime) -> dict[str, int]:
    return {"quarter": (start.month - 1) // 3 + 1} if name == "quarter" else {}


def month(start: datetime, language: str = "en") -> str:
    """The name of a month."""
    return text(language, f"words.month_{start.month}")


def day(at: datetime, language: str = "en") -> str:
    """A date in words."""
    return text(language, "words.day", day=at.day, month=month(at, language), year=at.year)


def when(at: datetime, now: datetime, language: str = "en") -> str:
    """How long ago something happened, or its date when that was more than a week ago."""
    seconds = (now - at).total_seconds()
    if seconds < 60:
        return text(language, "words.when_now")
    for unit, length, most in (("minutes", 60, 3600), ("hours", 3600, 86_400), ("days", 86_400, 7 * 86_400)):
        if seconds < most:
            return text(language, f"words.when_{unit}", count=int(seconds // length))
    return day(at, language)


def forecaster(model: str, language: str = "en") -> str:
    """A forecaster's name in words."""
    lowered = model.casefold()
    known = next((name for part, name in _FORECASTERS if part in lowered), "")
    return text(language, f"words.forecaster_{known}") if known else model.replace("_", " ")


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{100 * share:.0f} %"
