"""What one person likes, as weights over items and facet values, at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.evidence import muted_topics
from core.steering import muted_items, pinned, subject
from core.types import Constraints, Event, EventKind
from store.columns import ItemColumns
from tools.scoring.habits import Habits
from tools.scoring.signals import DAY, PASSIVE, Floats, Ints, fade, strength, uptake

KNOWN_KINDS = (
    EventKind.RATING,
    EventKind.PURCHASE,
    EventKind.LIKE,
    EventKind.DISLIKE,
    EventKind.SEEN,
    EventKind.MUTE,
    EventKind.MENTION,
)
"""Events after which an item is no longer news to the person. A view or a click is not among them."""

_NO_WISH = (EventKind.CONSTRAINT, EventKind.MUTE, EventKind.PIN)

NAMED_AS_LIKED = 0.6
"""Strength from which a history item may be called liked in a reason: a like, or a rating well above the middle."""

LATER = 5.0
"""With so many later opinions an opinion counts half: within one sitting the order says what time cannot."""


@dataclass(frozen=True)
class Trail:
    """Opinions in time order, parallel.

    Attributes:
        item: positions. at: unix seconds. strength: in [-1, 1], without fade.
        uptake: in [0, 1] (`tools.scoring.signals.uptake`), without fade. weight: the same with fade.
    """

    item: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    at: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    strength: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    uptake: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    weight: Floats = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True)
class Profile:
    """One person at one moment; all arrays over history items are parallel.

    Attributes:
        liked, weights: positions of items with positive strength, and strength times fade in (0, 1].
        strengths: strength without fade, of ``liked``.
        disliked, against: the same of what they said they dislike, ``against`` positive. A low rating says no such
            thing: people go on taking up much the same (`tools.scoring.signals.uptake`).
        known: positions not to recommend again.
        named: positions of items named as liked in this conversation.
        when: unix seconds of ``liked``.
        trail: every opinion in time order, liked or not.
        topics: ``facet:value`` (casefolded) → strength times fade in [-1, 1], of topics said.
        muted: topics that must not come up.
        muted_items: ids that must not come up, not even among what was seen.
        active: whether the person has any history at all.
        habits: what they took up how often; empty in logs without repeating kinds.
    """

    liked: Ints
    weights: Floats
    strengths: Floats
    disliked: Ints
    against: Floats
    known: Ints
    named: Ints
    topics: Mapping[str, float]
    muted: frozenset[str]
    active: bool
    when: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    trail: Trail = field(default_factory=Trail)
    habits: Habits = field(default_factory=Habits)
    muted_items: frozenset[str] = frozenset()

    def limits(self, constraints: Constraints) -> Constraints:
        """Constraints with what the person muted for good."""
        exclude = {facet: list(values) for facet, values in constraints.exclude.items()}
        for topic in sorted(self.muted):
            facet, _, value = topic.partition(":")
            exclude.setdefault(facet, []).append(value)
        if not self.muted and not self.muted_items:
            return constraints
        return constraints.model_copy(
            update={
                "exclude": {facet: tuple(values) for facet, values in exclude.items()},
                "exclude_items": constraints.exclude_items | self.muted_items,
            }
        )


def build_profile(
    events: Iterable[Event],
    columns: ItemColumns,
    at: datetime,
    scale_days: float,
    liked: Iterable[str] = (),
    disliked: Iterable[str] = (),
    repeating: Collection[EventKind] = (),
) -> Profile:
    """The profile from a person's events in time order and what this conversation named.

    An event fades with its age relative to the person's latest one, and with the number of opinions since, so that a
    history which ended long ago still has an order, and one of a single sitting too; items named now are the latest of
    all. The latest event on an item replaces the earlier ones, except that having seen it replaces no opinion. What is
    pinned counts as if it happened now, and a muted item as if nothing had happened with it.

    Args:
        repeating: kinds of event that make habits (`tools.scoring.habits.repeating`).
    """
    events = list(events)
    lasting, silent = pinned(events), muted_items(events)
    latest: dict[int, tuple[float, float, float]] = {}
    topics: dict[str, tuple[float, float]] = {}
    known: set[int] = set()
    opinions: set[int] = set()
    muted = frozenset(topic for topic in muted_topics(events) if ":" in topic)
    taken: list[tuple[int, float]] = []
    now = at.timestamp()
    for event in events:
        force = strength(event.kind, event.value)
        when = now if subject(event) in lasting else event.at.timestamp()
        if event.item_id is not None:
            position = columns.position.get(event.item_id)
            if position is None:
                continue
            if event.kind in KNOWN_KINDS:
                known.add(position)
            if event.item_id in silent:
                continue
            if event.kind in repeating and force > 0:
                taken.append((position, when))
            if force != 0 and not (event.kind in PASSIVE and position in opinions):
                latest[position] = (when, force, uptake(event.kind, event.value))
                if event.kind not in PASSIVE:
                    opinions.add(position)
        elif event.topic is not None and ":" in event.topic and event.kind not in _NO_WISH:
            if event.kind in (EventKind.LIKE, EventKind.DISLIKE):
                # A dislike counts against, whichever sign its strength was told with (`core.evidence.event_weight`).
                said = -abs(event.value) if event.kind is EventKind.DISLIKE else event.value
                topics[event.topic.casefold()] = (when, said or force)
            elif event.value:
                topics[event.topic.casefold()] = (when, event.value)
    active = bool(latest or topics)
    named = [columns.position[item] for item in dict.fromkeys(liked) if item in columns.position]
    latest.update(dict.fromkeys(named, (now, 1.0, 1.0)))
    rejected = [columns.position[item] for item in dict.fromkeys(disliked) if item in columns.position]
    latest.update(dict.fromkeys(rejected, (now, -1.0, 0.0)))
    known.update(named, rejected)
    said_at = max((when for when, _ in topics.values()), default=-np.inf)
    return assemble(
        np.array(list(latest), np.int32),
        np.array([when for when, _, _ in latest.values()], np.float64),
        np.array([force for _, force, _ in latest.values()], np.float32),
        np.array([taken for _, _, taken in latest.values()], np.float32),
        scale_days,
        known=np.array(sorted(known), np.int32),
        named=np.array([position for position in named if position not in set(rejected)], np.int32),
        topics={topic: force / (1.0 + (said_at - when) / DAY / scale_days) for topic, (when, force) in topics.items()},
        muted=muted,
        active=active,
        habits=Habits.of(np.array([item for item, _ in taken], np.int32), np.array([when for _, when in taken]), now),
        muted_items=silent,
    )


def assemble(
    items: Ints,
    at: NDArray[np.float64],
    force: Floats,
    taken: Floats,
    scale_days: float,
    known: Ints,
    named: Ints,
    topics: Mapping[str, float] | None = None,
    muted: frozenset[str] = frozenset(),
    active: bool = True,
    habits: Habits | None = None,
    muted_items: frozenset[str] = frozenset(),
) -> Profile:
    """A profile from parallel arrays, one entry an item: position, unix seconds, strength and uptake."""
    faded = fading(at, scale_days)
    weight = np.abs(force) * faded
    good, bad = force > 0, (force < 0) & (taken == 0)
    order = np.argsort(at, kind="stable")
    return Profile(
        liked=items[good],
        weights=weight[good],
        strengths=force[good],
        disliked=items[bad],
        against=weight[bad],
        known=known,
        named=named,
        topics=topics or {},
        muted=muted,
        active=active,
        when=at[good],
        trail=Trail(items[order], at[order], force[order], taken[order], (taken * faded)[order]),
        habits=habits or Habits(),
        muted_items=muted_items,
    )


def fading(at: NDArray[np.float64], scale_days: float, scale_events: float = LATER) -> Floats:
    """(opinions,) weights by age from the latest, and by how many are later; ``at`` in any order."""
    if not len(at):
        return np.zeros(0, np.float32)
    later = len(at) - np.searchsorted(np.sort(at), at, side="right")
    return np.asarray(
        fade((at.max() - at) / DAY, scale_days) * fade(later.astype(np.float64), scale_events), np.float32
    )
