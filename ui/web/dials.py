"""The dials as HTML and as numbers: how far from the usual, for when, and whether known things are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from agent.dialling import Dials, Move, PeriodsAhead
from core.results import RecommendRequest
from ui.web import words
from ui.web.session import Session
from ui.web.texts import text

DISTANCES: tuple[float | None, ...] = (0.0, 0.25, None, 0.75, 1.0)
"""What the places of the first dial ask for; the middle one leaves it to the engine."""

USUAL = RecommendRequest.model_fields["horizon"].default
"""How far ahead the engine looks by itself."""

MONTHS = 6
"""Periods to come on the second dial, which begins with now."""

_TOLD = 3


def dials_of(data: Mapping[str, Any]) -> Dials:
    """What a browser says of its dials; what is none of their places leaves them alone."""
    distance, ahead = _place(data.get("adventure"), len(DISTANCES)), _place(data.get("horizon"), MONTHS + 1)
    return Dials(
        adventure=None if distance is None else DISTANCES[distance],
        horizon=None if ahead in (None, USUAL) else ahead,
        seen_too=True if str(data.get("seen", "")) == "1" else None,
    )


def _place(said: object, count: int) -> int | None:
    return int(str(said)) if str(said).isdecimal() and int(str(said)) < count else None


def place_of(adventure: float | None) -> int:
    """The place of the first dial nearest to a value."""
    if adventure is None:
        return DISTANCES.index(None)
    places = [(abs(value - adventure), index) for index, value in enumerate(DISTANCES) if value is not None]
    return min(places)[1]


def time_labels(ahead: PeriodsAhead, language: str) -> list[str]:
    """The names of the places of the second dial: now, then each period to come."""
    named = [
        words.month(start, language) if ahead.period == "month" else words.period_label(start, ahead.period, language)
        for start in ahead.starts[:MONTHS]
    ]
    labels = [text(language, "dials.now"), *named]
    labels[USUAL] = text(language, "dials.usual", label=labels[USUAL])
    return labels


def dials(session: Session, ahead: PeriodsAhead) -> Markup:
    """The dials, standing where the cards on the page were ranked."""
    language = session.language
    request = session.carded.slate.request if session.carded and session.carded.slate else None
    horizon = min(request.horizon, MONTHS) if request else USUAL
    distances = [text(language, f"dials.distance_{place}") for place in range(len(DISTANCES))]
    return Markup(
        '<details class="dials"><summary><span>{title}</span> <span class="standing" data-standing></span></summary>'
        '<div class="dial-row">{distance}{time}<label class="switch"><input type="checkbox" role="switch" '
        'data-dial="seen"{hidden}><span>{hide}</span></label></div></details>'
    ).format(
        title=text(language, "dials.title"),
        distance=_range(
            "adventure", text(language, "dials.distance"), distances, place_of(request.adventure if request else None)
        ),
        time=_range("horizon", text(language, "dials.time"), time_labels(ahead, language), horizon),
        hidden="" if request and request.seen_too else Markup(" checked"),
        hide=text(language, "dials.hide_seen"),
    )


def _range(name: str, label: str, places: Sequence[str], value: int) -> Markup:
    return Markup(
        '<div class="dial"><label for="dl-{name}">{label}</label>'
        '<input type="range" id="dl-{name}" data-dial="{name}" min="0" max="{most}" step="1" value="{value}" '
        'aria-valuetext="{shown}" data-places="{places}" autocomplete="off">'
        '<output for="dl-{name}">{shown}</output></div>'
    ).format(
        name=name,
        label=label,
        shown=places[value],
        most=len(places) - 1,
        value=value,
        places="|".join(places),
    )


def moved(found: Sequence[Move], language: str) -> str:
    """What a move of a dial changed, in one line: "2 are new · The Thing up 3"."""
    new = [move for move in found if move.before is None]
    shifted = sorted((move for move in found if move.up), key=lambda move: -abs(move.up))[:_TOLD]
    if not new and not shifted:
        return text(language, "dials.same")
    told = [text(language, "dials.new", n=len(new))] if new else []
    told += [
        text(language, "dials.up" if move.up > 0 else "dials.down", title=move.title, places=abs(move.up))
        for move in shifted
    ]
    return " · ".join(told)


def mark(move: Move, language: str) -> Markup:
    """Where one card stood before, as a mark; empty where it stayed."""
    if move.before is not None and not move.up:
        return Markup("")
    kind = "new" if move.before is None else "up" if move.up > 0 else "down"
    values = {} if kind == "new" else {"places": abs(move.up)}
    label = text(language, f"dials.mark_{kind}", **values)
    sign = {"new": label, "up": f"↑ {move.up}", "down": f"↓ {-move.up}"}[kind]
    return Markup(
        '<span class="move {kind}" title="{label}"><span aria-hidden="true">{sign}</span><span class="sr">{label}'
        "</span></span>"
    ).format(kind=kind, label=label, sign=sign)
