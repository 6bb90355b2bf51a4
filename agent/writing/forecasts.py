"""A forecast of interests in words."""

from __future__ import annotations

from agent.wording import Voice, join, number, percent, topic_name
from core.results import Forecast

_PERIODS = {"day": "day", "week": "week", "2weeks": "two weeks", "month": "month", "quarter": "quarter", "year": "year"}


def forecast(result: Forecast, voice: Voice) -> list[str]:
    """Where the interests are heading: the largest shares with their range, what moves, and how far to trust it."""
    if not result.shares or not result.topics:
        return ["I know too little of your taste yet to say where it is heading."]
    horizon = len(result.shares) - 1
    shares, low, high = result.shares[horizon], result.lo80[horizon], result.hi80[horizon]
    top = sorted(range(len(shares)), key=lambda index: -shares[index])[:3]
    top = [index for index in top if shares[index] >= 0.01]
    period = _PERIODS.get(result.period, result.period)
    when = (
        f"next {period}"
        if horizon == 0 and period != "two weeks"
        else f"in {number(horizon + 1)} {period}s"
        if period != "two weeks"
        else f"in {number(2 * (horizon + 1))} weeks"
    )
    parts = [
        f"{topic_name(result.topics[index])} {percent(shares[index])} ({percent(low[index])} to {percent(high[index])})"
        for index in top
    ]
    opening = voice.pick(
        "forecast", "What I expect of your interests", "Where your interests should be", "My forecast of your interests"
    )
    sentences = [f"{opening} {when}: {join(parts)}."]
    if result.rising:
        sentences.append(f"Your interest in {join([topic_name(name) for name in result.rising[:3]])} is rising.")
    if result.fading:
        sentences.append(f"Your interest in {join([topic_name(name) for name in result.fading[:3]])} is fading.")
    if not result.rising and not result.fading:
        sentences.append("Nothing in it clearly rises or fades.")
    if result.drift:
        latest = max(result.drift, key=lambda drift: drift.at)
        moved = "more" if latest.size > 0 else "less"
        sentences.append(f"Around {latest.at:%B %Y} you turned to {topic_name(latest.topic)} {moved} than before.")
    sentences.append(_trust(result))
    if result.note:
        sentences.append(result.note.rstrip(".") + ".")
    return sentences


def _trust(result: Forecast) -> str:
    if result.backtest_error is None:
        return "The ranges hold four times out of five; the forecast could not be tested on histories like yours yet."
    return (
        "The ranges should hold four times out of five; on past histories like yours the error of this kind "
        "of forecast "
        f"was {result.backtest_error:.2f}, the smaller the better."
    )
