"""What is answered to "why?": reasons of one item, contrasts, counterfactuals, and why not.

Like `core.results`, these models are the documented output of the command line and the API.
"""

from __future__ import annotations

from typing import Literal

from core.results import Ground, Recommendation, Slate
from core.types import Frozen, Id


class GroupPart(Frozen):
    """All parts of a score that are one kind of reason, together.

    Attributes:
        contribution: their sum, in units of the score.
        features: their names, the largest first.
        text: the group in words; empty if none of its parts has any.
    """

    group: str
    contribution: float
    features: tuple[str, ...] = ()
    text: str = ""


class FeatureGap(Frozen):
    """What one feature brings to each of two items."""

    feature: str
    item: float
    other: float


class GroupGap(Frozen):
    """By how much one kind of reason speaks for an item more than for the other.

    Attributes:
        difference: sum over ``features`` of item less other, in units of the score.
        what: the group as a noun phrase ("how it goes with what you took up").
    """

    group: str
    difference: float
    what: str
    features: tuple[FeatureGap, ...]


class Contrast(Frozen):
    """Why one item scores higher than another, under one request.

    Attributes:
        difference: score of ``item`` less score of ``other``; the differences of ``gaps`` sum to it.
        rank, other_rank: their places on the list; None for what does not belong on it.
        gaps: largest first, whichever of the two they speak for.
        text: sentences that say the same.
    """

    item: Recommendation
    other: Recommendation
    rank: int | None
    other_rank: int | None
    difference: float
    gaps: tuple[GroupGap, ...]
    text: tuple[str, ...] = ()


class Counterfactual(Frozen):
    """The events of one's own without which an item would not be among the first k.

    Attributes:
        rank: its place on the whole list as it is; None for what does not belong on it.
        status: ``found``: without ``events`` it is not among the first k, and with any one of them it is again;
            ``anyway``: it is there without any history too; ``many``: it takes more events than were tried;
            ``absent``: it is not among the first k to begin with.
        events: strongest first.
        rank_without: its place on the whole list without them; None where it is then no longer ranked at all.
        limit: the most events that were taken away together.
        rankings: how many rankings were computed to find and check it.
        text: a sentence that says the same.
    """

    item_id: Id
    title: str
    k: int
    rank: int | None
    status: Literal["found", "anyway", "many", "absent"]
    events: tuple[Ground, ...] = ()
    rank_without: int | None = None
    limit: int
    rankings: int
    text: str


class Change(Frozen):
    """A change of the request that brings an item among the first k, checked by ranking again.

    Attributes:
        kind: ``limit``: without these limits; ``seen_too``: with things known already; ``named``: without having named
            it; ``query``: without the words; ``topics``: without the topics asked for; ``topic``: asking for a topic
            too; ``k``: a longer list.
        values: the limits or topics, or the length of the list.
        rank: the place it then has.
        text: a sentence that says the same.
    """

    kind: Literal["limit", "seen_too", "named", "query", "topics", "topic", "k"]
    values: tuple[str, ...] = ()
    rank: int
    text: str


class WhyNot(Frozen):
    """Why an item is not among the first k.

    Attributes:
        status: ``limits``: these exclude it; ``known``: the person knows it; ``named``: it was named in this
            conversation; ``same``: an entry of the same title and year stands before it; ``lower``: others score more.
        limits: the limits that it does not obey, in words.
        grounds: the events by which it is known.
        contrast: the last item shown against this one, where this one is ranked.
        change: the smallest change of the request that brings it in, None if none was found.
        text: sentences that say the same.
    """

    status: Literal["limits", "known", "named", "same", "lower"]
    limits: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    contrast: Contrast | None = None
    change: Change | None = None
    text: tuple[str, ...] = ()


class Explanation(Frozen):
    """The score of one item under a request.

    Attributes:
        item: with all parts of its score; they and the intercept sum to it.
        rank: its place on the whole list; None for what does not belong on it.
        groups: the same parts by kind of reason, the strongest first.
        why_not: None for an item among the first k.
    """

    item: Recommendation
    rank: int | None
    intercept: float
    groups: tuple[GroupPart, ...]
    why_not: WhyNot | None = None


class Shift(Frozen):
    """One item's move between two lists.

    Attributes:
        rank, rank_then: its place on the whole list before and after; None for what does not belong on it.
        score, score_then: None where the item was not ranked.
    """

    item_id: Id
    title: str
    rank: int | None
    rank_then: int | None
    score: float | None
    score_then: float | None


class WhatIf(Frozen):
    """A slate, and what it would be with other events or under another request; nothing is stored.

    Attributes:
        shifts: the items among the first k of either list whose place differs, in the order of the second list, what
            left it last.
        text: sentences that say the same.
    """

    before: Slate
    after: Slate
    shifts: tuple[Shift, ...]
    text: tuple[str, ...] = ()


class Carrier(Frozen):
    """An event of one's own, and what the slate would be without it.

    Attributes:
        shifts: as in `WhatIf`.
        weight: by how much the scores of the slate's items change, summed without sign, in units of the score; what
            lifts a discovery to its place is left out, for another one may be drawn for every other list.
        text: a sentence that says the same; empty if nothing on the slate moves.
    """

    event: Ground
    shifts: tuple[Shift, ...]
    weight: float
    text: str = ""


class Carriers(Frozen):
    """The events that carry a slate, the heaviest first.

    Attributes:
        tried: how many events were left out, each by itself, to find them.
        text: sentences about all of them together.
    """

    slate: Slate
    carriers: tuple[Carrier, ...]
    tried: int
    text: tuple[str, ...] = ()
