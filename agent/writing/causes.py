"""The events behind a drift or a topic, in words."""

from __future__ import annotations

from collections.abc import Sequence

from agent.wording import join, topic
from core.forecasts import Drift
from core.types import EventKind
from tools.evidence import Carrier

MOST = 3
HIGH, LOW = 0.5, -0.2
"""Values from which a rating is called high, or low."""


def cause(drift: Drift, carriers: Sequence[Carrier]) -> str:
    """What the person did that carried a drift: "you rated Mama and Carrie highly"; "" where no event is known."""
    by_id = {carrier.event_id: carrier for carrier in carriers}
    known = [by_id[event_id] for event_id in drift.event_ids if event_id in by_id]
    deeds = _deeds(known)
    # What carries a change away from a topic speaks for others.
    away = drift.size < 0 and all(carrier.value >= 0 for carrier in known)
    return f"{deeds} instead" if deeds and away else deeds


def support(name: str, carriers: Sequence[Carrier]) -> list[str]:
    """What the person did that speaks for a topic, as a sentence; nothing where nothing is known."""
    deeds = _deeds([carrier for carrier in carriers if name in carrier.topics and carrier.value >= 0])
    return [f"{deeds[0].upper()}{deeds[1:]}, which counts for {topic(name)}."] if deeds else []


def _deeds(carriers: Sequence[Carrier]) -> str:
    grouped: dict[tuple[str, str], list[str]] = {}
    for carrier in carriers:
        name = carrier.title or next(map(topic, carrier.topics), "")
        names = grouped.setdefault(deed(carrier), [])
        if name and name not in names and sum(map(len, grouped.values())) < MOST:
            names.append(name)
    parts = [f"{verb} {join(names)}{how}" for (verb, how), names in grouped.items() if names]
    return f"you {join(parts)}" if parts else ""


def deed(carrier: Carrier) -> tuple[str, str]:
    """What was done, as the words before and after its objects."""
    value = carrier.value
    if carrier.kind is EventKind.RATING:
        return "rated", " highly" if value >= HIGH else " low" if value <= LOW else ""
    if carrier.kind is EventKind.DISLIKE or value < 0:
        return ("sent back", "") if carrier.kind is EventKind.PURCHASE else ("did not like", "")
    return {
        EventKind.LIKE: "liked",
        EventKind.PURCHASE: "bought",
        EventKind.REQUEST: "asked for",
        EventKind.MENTION: "spoke of",
        EventKind.SEEN: "watched",
    }.get(carrier.kind, "looked at"), ""
