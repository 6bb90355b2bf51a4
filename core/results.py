"""What is recommended and what is searched for: ranked lists, the reasons behind them, and what empties them.

The JSON forms of these models are the documented output of the command line and the API.
"""

from __future__ import annotations

from collections.abc import Mapping

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


class Slate(Frozen):
    """A ranked list and everything that led to it.

    Attributes:
        relaxations: filled only when ``items`` is empty.
        adventure: as asked for, see `RecommendRequest`.
        request: all that it answers, so that it can be asked again with one thing changed; None in a slate that was
            stored before requests were kept.
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
    request: RecommendRequest | None = None


class SearchHit(Frozen):
    """One retrieved item: fused score and its rank (1 is best) in each list that found it."""

    item_id: Id
    score: float
    ranks: Mapping[str, int] = {}


class SearchResult(Frozen):
    """Retrieved items, best first; ``relaxations`` is filled only when hard limits left nothing."""

    hits: tuple[SearchHit, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
