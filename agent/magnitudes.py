"""Probabilities, sizes and errors in plain words, with no decimals; the check of replies uses the same words."""

from __future__ import annotations

import math

from agent.wording import counted
from core.forecasts import Drift, Outlook
from core.periods import PERIOD_DAYS

_CHANCES: tuple[tuple[float, str], ...] = (
    (0.01, "about one in a hundred"),
    (0.02, "about one in fifty"),
    (0.05, "about one in twenty"),
    (0.1, "about one in ten"),
    (1 / 6, "about one in six"),
    (0.25, "about one in four"),
    (1 / 3, "about one in three"),
    (0.5, "about one in two"),
    (2 / 3, "about two in three"),
    (0.75, "about three in four"),
    (0.9, "about nine in ten"),
)
CHANCES = (*(words for _, words in _CHANCES), "almost certain", "less than one in a hundred")

_FRACTIONS: tuple[tuple[float, str], ...] = (
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.6, "three fifths"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
    (0.8, "four fifths"),
    (0.9, "nine tenths"),
)
FRACTIONS = tuple(words for _, words in _FRACTIONS)

SIZES = ("a little", "clearly", "much", "very much")
SURETIES = ("almost certainly", "very likely", "probably", "likelier chance than")

LONGEST_WAIT = 36.0
"""Months of an expected wait beyond which no return is in sight."""

EVEN = 0.5
"""A change of a lower probability is likelier chance than real, and is told only where it is asked for."""


def chance(probability: float) -> str:
    """A probability as odds: "about one in four"."""
    if probability < 0.0075:
        return "less than one in a hundred"
    if probability > 0.95:
        return "almost certain"
    return min(_CHANCES, key=lambda each: abs(_logit(each[0]) - _logit(probability)))[1]


def new_topics(outlook: Outlook | None) -> dict[str, float]:
    """Untried topics with the probability that they are tried, the likeliest first.

    Who is not active tries nothing, so none is likelier than any activity within the horizon.
    """
    if outlook is None:
        return {}
    bound = 1 - math.prod(1 - each for each in outlook.active) if outlook.active else 1.0
    return {each.topic: min(each.probability, bound) for each in outlook.adoptions}


def real(drift: Drift) -> bool:
    """Whether a drift is likelier real than chance, as far as that is known."""
    return drift.probability is None or drift.probability >= EVEN


def size(change: float) -> str:
    """The size of a change of a share, in words; its sign is left out."""
    points = abs(change)
    return SIZES[0] if points < 0.1 else SIZES[1] if points < 0.2 else SIZES[2] if points < 0.35 else SIZES[3]


def surety(probability: float) -> str:
    """How sure one can be that something of this probability is real, in words before "a real change"."""
    return next(
        (words for least, words in zip((0.95, 0.8, EVEN), SURETIES, strict=False) if probability >= least), SURETIES[3]
    )


def weight(divergence: float) -> str:
    """What part of its actual share a forecast typically gave to what came, from its mean divergence in nats.

    The divergence is the mean over what came of log (actual share / forecast share), so this part is exp(-divergence).
    """
    part = math.exp(-divergence)
    return min(_FRACTIONS, key=lambda each: abs(each[0] - part))[1]


def breadth(percentile: float) -> str:
    """How adventurous somebody is among people: "more adventurous than about seven in ten people"."""
    if percentile >= 0.95:
        return "more adventurous than almost everyone"
    if percentile <= 0.05:
        return "less adventurous than almost everyone"
    if round(10 * percentile) == 5:
        return "about as adventurous as most people"
    way, part = ("more", percentile) if percentile > 0.5 else ("less", 1 - percentile)
    return f"{way} adventurous than about {_TENTHS[round(10 * part)]} in ten people"


def lasting(periods: float, period: str) -> str:
    """An expected number of periods as a length of time: "about five months"; "" where it is out of sight."""
    days = periods * PERIOD_DAYS[period]
    if days > LONGEST_WAIT * PERIOD_DAYS["month"]:
        return ""
    for unit, most in (("day", 14), ("week", 60), ("month", 730)):
        if PERIOD_DAYS[unit] >= min(PERIOD_DAYS[period], 14) and days < most:
            return f"about {counted(max(round(days / PERIOD_DAYS[unit]), 1), unit)}"
    return f"about {counted(max(round(days / PERIOD_DAYS['year']), 2), 'year')}"


_TENTHS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "nine")


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
