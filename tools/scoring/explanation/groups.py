"""Kinds of reasons: which features say the same sort of thing about an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from core.explanations import GroupPart
from core.results import Reason

GROUPS: Mapping[str, tuple[str, ...]] = {
    "request": ("query", "asked", "named"),
    "habit": ("often", "due"),
    "history": ("knn", "ease", "recent", "sequence"),
    "works": ("series",),
    "people": ("people",),
    "text": ("content", "said"),
    "interests": ("forecast", "lift"),
    "trend": ("popular_today", "popular_now", "popular_lately", "popular_season"),
    "esteem": ("rated", "quality"),
    "renown": ("popular_ever", "renown"),
    "age": ("new", "fresh", "era"),
    "against": ("disliked",),
    "slate": ("calibration", "diversity", "repeats", "novelty", "further", "discovery"),
}
"""Features by kind of reason. One that begins with a name of these (``behaviour_click``) is of the same kind."""

OTHER = "other"

NOUNS: Mapping[str, str] = {
    "request": "what you asked for",
    "habit": "how often and how lately you took it up",
    "history": "how it goes with what you took up",
    "works": "its series and versions of what you took up",
    "people": "what it shares with what you like, such as people or makers",
    "text": "how its description compares with what you like",
    "interests": "your interests",
    "trend": "how popular it is lately",
    "esteem": "how well it is rated",
    "renown": "how widely it is known",
    "age": "how new it is",
    "against": "its likeness to what you disliked",
    "slate": "what it adds to the rest of the list",
    OTHER: "everything else",
}
"""What each kind compares, whichever way it counts."""

PAIR = "*"
"""Stands between the names of two features whose interaction is a part of its own; it is of the kind of the first."""

_KIND = {feature: group for group, features in GROUPS.items() for feature in features}


def base(feature: str) -> str:
    """The feature that tells what a part is about: the first one of an interaction."""
    return feature.partition(PAIR)[0]


@cache
def group_of(feature: str) -> str:
    """The kind of reason that a feature is."""
    name = base(feature)
    if name in _KIND:
        return _KIND[name]
    return next((group for known, group in _KIND.items() if name.startswith(f"{known}_")), OTHER)


def totals(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The sum of the parts of each kind."""
    sums: dict[str, float] = {}
    for feature, value in parts:
        group = group_of(feature)
        sums[group] = sums.get(group, 0.0) + value
    return sums


def grouped(reasons: Sequence[Reason]) -> tuple[GroupPart, ...]:
    """The parts of a score by kind of reason, what speaks most for the item first."""
    sums = totals((reason.feature, reason.contribution) for reason in reasons)
    result = []
    for group, total in sorted(sums.items(), key=lambda entry: -entry[1]):
        of_it = sorted(
            (reason for reason in reasons if group_of(reason.feature) == group),
            key=lambda reason: -abs(reason.contribution),
        )
        text = next((reason.text for reason in of_it if reason.text), "")
        features = tuple(reason.feature for reason in of_it)
        result.append(GroupPart(group=group, contribution=total, features=features, text=text))
    return tuple(result)
