"""Interests over time: what they were, where they are heading, what changed, and what moves for everybody.

Like `core.results`, these models are the documented output of the command line and the API.
"""

from __future__ import annotations

from core.types import Frozen, Id, Instant


class Drift(Frozen):
    """A lasting change of interest in one topic.

    Attributes:
        at: start of the first period after the change.
        size: by how much of the share it moved, in [-1, 1].
        probability: that a change happened, in [0, 1].
        event_ids: the person's events after the change that carry it, strongest first.
    """

    topic: str
    at: Instant
    size: float
    probability: float | None = None
    event_ids: tuple[str, ...] = ()


class InterestTimeline(Frozen):
    """Interest per period: ``shares[p][t]`` is topic t's part of period p, rows sum to 1 where ``counts[p]`` > 0.

    Attributes:
        periods: start of each period, oldest first, without gaps; an inactive period has count 0 and zero shares.
        counts: effective number of events in each period.
        note: why there is no trend to show, when there is none ("All ratings were made within one hour").
    """

    user_id: Id
    period: str
    topics: tuple[str, ...]
    periods: tuple[Instant, ...] = ()
    shares: tuple[tuple[float, ...], ...] = ()
    counts: tuple[float, ...] = ()
    note: str = ""


class TopicChance(Frozen):
    """A topic the person has not touched yet, and the probability in [0, 1] that they do within the horizon."""

    topic: str
    probability: float


class TopicReturn(Frozen):
    """A topic that rests: the expected number of periods until the person takes it up again."""

    topic: str
    periods: float


class Outlook(Frozen):
    """What shares do not show, over the horizon of a forecast.

    Attributes:
        active: probability of any activity, per horizon.
        events: expected effective number of events, per horizon.
        adventurousness: how evenly interest is spread beyond the expected for as many events, 0 to 1 among people;
            0.5 is the median. None with too little history.
        adventurousness_change: its movement over the person's latest half of active periods, 0 where that is within two
            standard errors; None as above.
        adoptions: unseen topics, most likely first.
        returns: resting topics, soonest first.
    """

    active: tuple[float, ...] = ()
    events: tuple[float, ...] = ()
    adventurousness: float | None = None
    adventurousness_change: float | None = None
    adoptions: tuple[TopicChance, ...] = ()
    returns: tuple[TopicReturn, ...] = ()


class Forecast(Frozen):
    """Forecast topic shares with 80 % and 95 % intervals: ``shares[h][t]`` for horizon h+1; rows sum to 1.

    Attributes:
        origin: the moment it was made; nothing after it was seen.
        model: the forecaster that was used for this person.
        backtest_error: its mean KL divergence on rolling origins for people like this one; None if untested.
        usual: share of each topic that the whole history would have if interests never drifted.
        rising, fading: topics whose share for the next period lies clearly above and below their usual one, strongest
            first.
        note: what limits it ("Too little history: the population's shares are shown").
    """

    user_id: Id
    origin: Instant
    period: str
    model: str
    topics: tuple[str, ...]
    shares: tuple[tuple[float, ...], ...]
    lo80: tuple[tuple[float, ...], ...]
    hi80: tuple[tuple[float, ...], ...]
    lo95: tuple[tuple[float, ...], ...] = ()
    hi95: tuple[tuple[float, ...], ...] = ()
    backtest_error: float | None = None
    outlook: Outlook | None = None
    drift: tuple[Drift, ...] = ()
    usual: tuple[float, ...] = ()
    rising: tuple[str, ...] = ()
    fading: tuple[str, ...] = ()
    note: str = ""


class TopicShare(Frozen):
    """A topic at a glance.

    Attributes:
        share: its part of interest, in [0, 1].
        hot: how many times its expectation it is taken up now, where that is surely more than once; else None.
        drift: lasting changes of the population's share, in time order.
    """

    topic: str
    share: float
    hot: float | None = None
    drift: tuple[Drift, ...] = ()


class TopicPart(Frozen):
    """Part of what a person takes up within a topic: its label, its part in [0, 1], and its items, strongest first."""

    label: str
    share: float
    item_ids: tuple[str, ...] = ()


class TopicOverview(Frozen):
    """All topics, or those one level below ``within``, greatest share first.

    Attributes:
        user_id: whose shares these are, over all time; None for the population's, over the periods of ``lately``.
        within: the topic looked into; None for all topics.
        lately: start of each period that the population's shares are of, oldest first.
        parts: the person's sub-interests within the topic, greatest first.
        note: what limits it ("Nothing within genre:Drama is known of ann.").
    """

    user_id: Id | None = None
    period: str
    within: str | None = None
    lately: tuple[Instant, ...] = ()
    topics: tuple[TopicShare, ...] = ()
    parts: tuple[TopicPart, ...] = ()
    note: str = ""
