"""What the engine answers with: slates and their reasons, forecasts, tool traces and turns.

The JSON forms of these models are the documented output of the command line and the API.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from core.types import Constraints, EventKind, Frozen, Id, Instant


class Ground(Frozen):
    """An event of the person's own that something rests on.

    Attributes:
        event_id: None for what was said in the conversation and is not on the timeline.
        item_id, topic: what it is about; one of them is given.
        name: the item's title, or the topic's value.
    """

    event_id: Id | None = None
    at: Instant
    kind: EventKind
    item_id: Id | None = None
    topic: str | None = None
    name: str = ""


class Reason(Frozen):
    """One named part of an additive score.

    Attributes:
        feature: name of the ranking feature.
        contribution: its part of the score, in units of the score; contributions and intercept sum to the score.
        text: the part in words, true by construction; empty for features that a person would not want to read, and
            for those that would say again what a stronger one says.
        item_ids: items of the person's own history that this part rests on.
        group: the kind of reason it is ("history", "people", "trend", ...); only one part of a group is put in words.
        grounds: the events behind it. facts: what of the catalogue is behind it ("director:Ridley Scott").
    """

    feature: str
    contribution: float
    text: str = ""
    item_ids: tuple[str, ...] = ()
    group: str = ""
    grounds: tuple[Ground, ...] = ()
    facts: tuple[str, ...] = ()


class Recommendation(Frozen):
    """One ranked item with the computation that ranked it.

    Attributes:
        chances: by kind of behaviour ("click", "purchase", "rating", "like"), the calibrated probability in [0, 1] that
            the person does it, "like" among those who judge the item; empty where no model predicts it.
        chance_text: the one of them worth telling, in words; empty where none is.
    """

    id: Id
    title: str
    year: int | None = None
    score: float
    reasons: tuple[Reason, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = {}
    numbers: Mapping[str, float] = {}
    chances: Mapping[str, float] = {}
    chance_text: str = ""


class Relaxation(Frozen):
    """A limit that empties the list, and how many items there would be without it."""

    constraint: str
    count: int


class Slate(Frozen):
    """A ranked list and everything that led to it.

    Attributes:
        relaxations: filled only when ``items`` is empty.
        adventure: as asked for, see `RecommendRequest`.
    """

    id: Id
    user_id: Id | None
    at: Instant
    query: str = ""
    constraints: Constraints = Constraints()
    items: tuple[Recommendation, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    intercept: float = 0.0
    adventure: float | None = None


class RecommendRequest(Frozen):
    """What a ranking is asked for.

    Attributes:
        user_id: None for a stranger.
        at: the moment of the request; no event after it is seen.
        query: what was asked in words, for the text similarity features.
        liked, disliked: item ids named in this conversation, before they reach the timeline.
        topics: topics asked for ("genre:Thriller"), soft; hard ones are in ``constraints``.
        seen_too: also rank items the person already has in their history.
        horizon: how many periods ahead the interests are forecast; 0 is now.
        adventure: from 0, familiar, to 1, adventurous; None is the balanced place between them.
    """

    user_id: Id | None = None
    at: Instant
    k: int = Field(default=10, ge=1, le=1000)
    query: str = ""
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    constraints: Constraints = Constraints()
    seen_too: bool = False
    horizon: int = Field(default=1, ge=0, le=52)
    adventure: float | None = Field(default=None, ge=0, le=1)


class SearchHit(Frozen):
    """One retrieved item: fused score and its rank (1 is best) in each list that found it."""

    item_id: Id
    score: float
    ranks: Mapping[str, int] = {}


class SearchResult(Frozen):
    """Retrieved items, best first; ``relaxations`` is filled only when hard limits left nothing."""

    hits: tuple[SearchHit, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


class TitleMatch(Frozen):
    """A catalogue item that a piece of text may name; score in [0, 1]."""

    item_id: Id
    title: str
    year: int | None = None
    score: float


class Resolution(Frozen):
    """What a title in free text refers to. ``resolved``: matches[0] is meant; ``ambiguous``: ask which one."""

    query: str
    status: Literal["resolved", "ambiguous", "unknown"]
    matches: tuple[TitleMatch, ...] = ()


class Mention(Frozen):
    """A catalogue name found in free text.

    Attributes:
        start, end: character span in the text.
        kind: ``title``, or the facet whose value was named ("genre", "director", "actor", ...).
        value: the catalogue's spelling of the title or facet value.
        resolution: for titles, the items it may be.
    """

    start: int
    end: int
    kind: str
    value: str
    resolution: Resolution | None = None


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


class ToolCall(Frozen):
    """One tool call of a turn as it ran."""

    tool: str
    args: Mapping[str, Any] = {}
    ms: float = 0.0
    ok: bool = True
    error: str | None = None


class HeardEvent(Frozen):
    """A timeline event taken from what was said, with the quoted words."""

    kind: EventKind
    item_id: str | None = None
    title: str | None = None
    topic: str | None = None
    value: float = 0.0
    quote: str = ""
    event_id: str | None = None


class ModelUse(Frozen):
    """Which language model wrote the turn, and whether the engine had to do without it."""

    name: str
    degraded: bool = False
    detail: str = ""


class Checks(Frozen):
    """Outcome of the grounding check over a reply."""

    claims: int = 0
    supported: int = 0
    repaired: int = 0


class Turn(Frozen):
    """One exchange with its whole trace."""

    conversation_id: Id
    turn: int
    user_id: Id
    at: Instant
    text: str
    reply: str
    items: tuple[Recommendation, ...] = ()
    events: tuple[HeardEvent, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    model: ModelUse = ModelUse(name="none", degraded=True)
    checks: Checks = Checks()
    timings_ms: Mapping[str, float] = {}
    slate: Slate | None = None
