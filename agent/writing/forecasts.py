"""A forecast of interests in words: where they head, what moved them, what may be new, and how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence

from agent.horizons import spoken
from agent.magnitudes import breadth, chance, lasting, new_topics, real, size, surety, weight
from agent.wording import Voice, join, percent, topic, topic_name
from agent.writing.causes import cause, support
from core.forecasts import Drift, Forecast
from tools.evidence import Carrier

TESTED = 4
"""Periods ahead that chances of something new reach; a longer horizon has those of the fourth."""

_LEAST_SHARE = 0.01
_LEAST_CHANCE = 0.02
_TOLD = 3
_SEEN_ENOUGH = 0.5
_RESTING_SHARE = 0.05
_REST = 2.0
_UNTOLD = frozenset({"genre:Adult"})
"""Topics that nobody wants to be told unasked."""


def forecast(
    result: Forecast,
    voice: Voice,
    aspects: Sequence[str] = (),
    topics: Sequence[str] = (),
    carriers: Sequence[Carrier] = (),
) -> list[str]:
    """What a question about interests over time is answered with.

    Args:
        aspects: parts of the forecast that were asked for; none of them means where the interests head.
        topics: topics that the question is about.
        carriers: the events behind what is said.
    """
    if not result.shares or not result.topics:
        return ["I know too little of your taste yet to say where it is heading."]
    known = [name for name in topics if name in result.topics]
    sentences: list[str] = []
    if "adventurousness" in aspects:
        sentences += adventurousness(result) or ["I know too little of your history to say how adventurous you are."]
    if "drift" in aspects:
        sentences += drifts(result, carriers, known)
    if "return" in aspects:
        sentences += [_returning(result, name) for name in known] or returns(result)
    if "adoption" in aspects:
        sentences += adoptions(result) or ["I cannot say yet what new would come next for you."]
    if not sentences and "movement" in aspects and not known:
        sentences = [*movement(result), *_moved(result, carriers, ())]
    if not sentences and known:
        sentences = [*(_heading(result, name) for name in known), *_moved(result, carriers, known), trust(result)]
    if not sentences:
        sentences = _whole(result, voice, carriers)
    if result.note and "adoption" not in aspects:
        sentences.append(result.note.rstrip(".") + ".")
    return sentences


def ahead(result: Forecast, voice: Voice) -> list[str]:
    """What leads over to a list of items wanted at the time of the forecast."""
    if not result.shares or not result.topics:
        return []
    return [
        shares(result, voice),
        "This list is ranked for that time.",
        *([result.note.rstrip(".") + "."] if result.note else []),
    ]


def beyond_shares(result: Forecast, carriers: Sequence[Carrier] = ()) -> list[str]:
    """What stands beside the shares: drifts with their causes, breadth, what may be new, what may come back."""
    return [
        *_moved(result, carriers, ()),
        *adventurousness(result),
        *adoptions(result),
        *returns(result)[:1],
    ]


def _whole(result: Forecast, voice: Voice, carriers: Sequence[Carrier]) -> list[str]:
    return [
        shares(result, voice),
        *movement(result),
        *beyond_shares(result, carriers),
        *activity(result),
        trust(result),
    ]


def shares(result: Forecast, voice: Voice) -> str:
    """The largest shares at the last horizon, with their 80 % ranges."""
    share, low, high = (rows[-1] for rows in (result.shares, result.lo80, result.hi80))
    top = sorted(range(len(share)), key=lambda index: -share[index])[:_TOLD]
    parts = [
        f"{topic_name(result.topics[index])} {percent(share[index])} ({percent(low[index])} to {percent(high[index])})"
        for index in top
        if share[index] >= _LEAST_SHARE
    ]
    opening = voice.pick(
        "forecast", "What I expect of your interests", "Where your interests should be", "My forecast of your interests"
    )
    return f"{opening} {when(result)}: {join(parts)}."


def when(result: Forecast) -> str:
    """The time that a forecast is for: "next month", "in four weeks"."""
    periods = len(result.shares)
    return f"next {result.period}" if periods == 1 and result.period != "2weeks" else f"in {_span(result, periods)}"


def movement(result: Forecast) -> list[str]:
    """What rises and what fades."""
    sentences = [
        f"Your interest in {join([topic_name(name) for name in names[:_TOLD]])} is {way}."
        for names, way in ((result.rising, "rising"), (result.fading, "fading"))
        if names
    ]
    return sentences or ["Nothing in your interests clearly rises or fades."]


def drifts(result: Forecast, carriers: Sequence[Carrier], topics: Sequence[str] = ()) -> list[str]:
    """The lasting changes with their causes, of these topics or of all, or that there is none.

    Changes that are likelier chance are told as such, and only where there is no other.
    """
    found = _moved(result, carriers, topics) or _moved(result, carriers, topics, doubtful=True)
    if found or not topics:
        return found or ["I see no lasting change in your interests so far.", *movement(result)]
    sentences = []
    for name in topics:
        sentences.append(f"I see no lasting change in your interest in {topic(name)}.")
        sentences += support(name, carriers)
        sentences.append(_heading(result, name))
    return sentences


def _moved(result: Forecast, carriers: Sequence[Carrier], topics: Sequence[str], doubtful: bool = False) -> list[str]:
    known = [drift for drift in result.drift if doubtful or real(drift)]
    latest = sorted(known, key=lambda drift: drift.at, reverse=True)
    return [_drift(drift, carriers) for drift in latest if not topics or drift.topic in topics][:_TOLD]


def _drift(drift: Drift, carriers: Sequence[Carrier]) -> str:
    way = "more" if drift.size > 0 else "less"
    sure = "" if drift.probability is None else f"{surety(drift.probability)} a real change"
    why = cause(drift, carriers)
    lean = f"you lean {size(drift.size)} {way} towards {topic(drift.topic)}"
    if real(drift):
        moved = f"Since {drift.at:%B %Y} {lean}{', ' if sure else ''}{sure}"
    else:
        moved = f"Since {drift.at:%B %Y} it looks as if {lean}, but that is {sure}"
    return f"{moved}: {why}." if why else f"{moved}."


def adventurousness(result: Forecast) -> list[str]:
    """How adventurous the person is among people, and whether that changed; nothing where it is not known."""
    outlook = result.outlook
    if outlook is None or outlook.adventurousness is None:
        return []
    change = outlook.adventurousness_change
    moved = (
        ""
        if change is None
        else ", with no clear change of late"
        if not change
        else f", and {'more' if change > 0 else 'less'} so than before, as it looks"
    )
    return [f"You are {breadth(outlook.adventurousness)}{moved}."]


def adoptions(result: Forecast) -> list[str]:
    """What the person has not tried and may try next, with the chance."""
    untried = new_topics(result.outlook).items()
    likely = [(name, odds) for name, odds in untried if odds >= _LEAST_CHANCE and name not in _UNTOLD][:_TOLD]
    if not likely:
        return []
    parts = [f"{topic(name)} ({chance(odds)})" for name, odds in likely]
    verb = "is" if len(parts) == 1 else "are"
    within = _span(result, min(len(result.shares), TESTED))
    return [f"Of what you have not tried, {join(parts)} {verb} likeliest to be new within {within}."]


def returns(result: Forecast) -> list[str]:
    """Topics that rest, and when the person is expected back.

    Those without a return in sight are left out, and those that only the last period happened to lack.
    """
    outlook = result.outlook
    share = dict(zip(result.topics, result.shares[-1], strict=True))
    near = [
        each
        for each in (outlook.returns if outlook else ())
        if lasting(each.periods, result.period) and each.periods >= _REST and share.get(each.topic, 0) < _RESTING_SHARE
    ]
    return [_back(each.topic, each.periods, result.period) for each in near[:_TOLD]]


def _back(name: str, periods: float, period: str) -> str:
    time = lasting(periods, period)
    expected = f"I expect you back in {time}" if time else "I see no return in sight"
    return f"You have left {topic(name)} alone lately, and {expected}."


def _returning(result: Forecast, name: str) -> str:
    outlook = result.outlook
    for resting in outlook.returns if outlook else ():
        if resting.topic == name:
            return _back(name, resting.periods, result.period)
    untried = new_topics(outlook)
    if name in untried:
        within = _span(result, min(len(result.shares), TESTED))
        return f"You have not tried {topic(name)} yet; that you do within {within} is {chance(untried[name])}."
    return _heading(result, name)


def _heading(result: Forecast, name: str) -> str:
    """One topic at the last horizon, and whether it moves."""
    column = result.topics.index(name)
    share, low, high = (rows[-1][column] for rows in (result.shares, result.lo80, result.hi80))
    moves = (
        "and it is rising"
        if name in result.rising
        else "and it is fading"
        if name in result.fading
        else "and it neither rises nor fades clearly"
    )
    ranged = f"{topic_name(name)} {percent(share)} ({percent(low)} to {percent(high)})"
    return f"Of your interests {when(result)} I expect {ranged}, {moves}."


def activity(result: Forecast) -> list[str]:
    """That nothing at all may happen by then, where that is the likelier."""
    active = result.outlook.active if result.outlook else ()
    if not active or active[-1] >= _SEEN_ENOUGH:
        return []
    return [f"All of it holds if you are active {when(result)}, which by your history alone is {chance(active[-1])}."]


def trust(result: Forecast) -> str:
    """How far the ranges and the forecast can be trusted."""
    if result.backtest_error is None:
        return "The forecast and its ranges could not be tested on histories like yours yet."
    return (
        "The ranges should hold four times out of five; on past histories like yours, such a forecast gave what "
        f"then came about {weight(result.backtest_error)} of its true share."
    )


def _span(result: Forecast, periods: int) -> str:
    return spoken(periods, result.period)
