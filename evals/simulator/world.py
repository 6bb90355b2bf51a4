"""Simulated people whose interests are known at every moment and seen through few events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.periods import Indices
from core.timeline import Array, to_shares
from tools.forecasting.series import Panel

KINDS = ("constant", "trending", "seasonal", "jumping", "reverting")
FIRST_PERIOD = 2250
"""Number of the first simulated period; as weeks, this is early in 2013."""
SEASON = 12
_TINY = 1e-9


@dataclass(frozen=True)
class WorldSettings:
    """What is simulated.

    Attributes:
        kinds: how interests move; people take turns among them.
        people, topics, periods: how many.
        events: mean number of events in an active period, at least one; Poisson, or wider with ``burst``.
        burst: variance of the mean between periods over its square; 0 for Poisson, above for negative binomial.
        missing: probability that a person does nothing in a period.
        sitting: intraclass correlation of the topics of one period's events; 0 for independent events.
        spread: concentration of people around the population (Dirichlet).
        jump: by how much of the share one topic of a jumping person moves, the others giving way in proportion.
        jump_at: the first period after the jump; None draws it from the middle half of the periods.
        trend: by how much the log share of two topics of a trending person moves over all periods, up and down.
        season: amplitude of the log shares of seasonal people; the phases of topics are common to all.
        wander, memory: standard deviation of the log shares of mean-reverting people around their own mean, and their
            correlation from period to period.
        period: the calendar period they are called.
    """

    kinds: tuple[str, ...] = KINDS
    people: int = 300
    topics: int = 20
    periods: int = 40
    events: float = 10.0
    burst: float = 0.3
    missing: float = 0.2
    sitting: float = 0.03
    spread: float = 8.0
    jump: float = 0.15
    jump_at: int | None = None
    trend: float = 2.0
    season: float = 0.8
    wander: float = 0.7
    memory: float = 0.8
    period: str = "week"

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        for kind in self.kinds:
            if kind not in KINDS:
                raise InputError(f"People of kind {kind!r} cannot be simulated.", f"Choose from {', '.join(KINDS)}.")
        if min(self.people, self.periods, len(self.kinds)) < 1 or self.topics < 2 or self.events <= 0:
            raise InputError(
                f"A world of {self.people} people, {self.topics} topics, {self.periods} periods and {self.events:g} "
                "events a period cannot be simulated.",
                "Give at least one person, kind and period, two topics, and a positive number of events.",
            )
        if not (0 <= self.missing < 1 and 0 <= self.sitting < 1 and 0 < self.jump < 1):
            raise InputError(
                f"missing {self.missing:g}, sitting {self.sitting:g} and jump {self.jump:g} are not all probabilities.",
                "Give missing and sitting from 0 to below 1, and a jump between 0 and 1.",
            )


@dataclass(frozen=True)
class World:
    """People and the truth about them.

    Attributes:
        panel: what was seen; all its evidence speaks for topics.
        population: (topics,) mean of the people's shares that they were drawn around.
        shares: (people, periods, topics) true shares; rows sum to 1.
        events: (people, periods, topics) how many events of each topic were seen.
        kind: (people,) position in ``settings.kinds``.
        topic, start, size: (people,) topic of a jump, its first period and its size; -1, -1 and 0 without one.
    """

    settings: WorldSettings
    panel: Panel
    population: Array
    shares: Array
    events: Array
    kind: Indices
    topic: Indices
    start: Indices
    size: Array

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """(people,) who is of a kind."""
        return np.asarray(np.array(self.settings.kinds)[self.kind] == kind)


def simulate(settings: WorldSettings | None = None, seed: int = 0, draw: int = 0, **changes: Any) -> World:
    """A world; the same settings, seed and draw give the same one.

    Args:
        settings: None for the defaults.
        seed: of the population and its season.
        draw: of the people: other draws are other people of the same population.
        changes: settings to replace.

    Raises:
        InputError: the settings cannot be simulated.
    """
    settings = replace(settings or WorldSettings(), **changes)
    common = np.random.default_rng(seed)
    population = np.sort(common.dirichlet(np.ones(settings.topics)))[::-1]
    phase = common.uniform(0, 2 * np.pi, settings.topics)
    generator = np.random.default_rng((seed, draw + 1))
    base = np.maximum(generator.dirichlet(settings.spread * population + _TINY, size=settings.people), _TINY)
    base = to_shares(base)
    kind = np.arange(settings.people) % len(settings.kinds)
    shares = np.repeat(base[:, None], settings.periods, axis=1)
    topic, start, size = np.full(settings.people, -1), np.full(settings.people, -1), np.zeros(settings.people)
    for code, name in enumerate(settings.kinds):
        chosen = np.flatnonzero(kind == code)
        if name == "jumping":
            topic[chosen], start[chosen], size[chosen] = _jumps(base[chosen], population, settings, generator)
            shares[chosen] = _jumped(base[chosen], topic[chosen], start[chosen], size[chosen], settings.periods)
        elif name != "constant":
            moves = _moves(name, len(chosen), phase, settings, generator)
            shares[chosen] = to_shares(base[chosen][:, None] * np.exp(moves))
    events = _events(shares, settings, generator)
    return World(settings, _panel(events, settings), population, shares, events, kind, topic, start, size)


def _moves(name: str, people: int, phase: Array, settings: WorldSettings, generator: np.random.Generator) -> Array:
    """(people, periods, topics) movement of log shares before they are made to sum to 1."""
    time = np.arange(settings.periods)
    shape = (people, settings.periods, settings.topics)
    if name == "seasonal":
        wave = settings.season * np.sin(2 * np.pi * time[:, None] / SEASON + phase)
        return np.broadcast_to(wave, shape)
    if name == "trending":
        direction = np.zeros((people, settings.topics))
        rows = np.arange(people)
        pair = np.argsort(generator.random((people, settings.topics)), axis=1)[:, :2]
        direction[rows, pair[:, 0]], direction[rows, pair[:, 1]] = 1.0, -1.0
        return np.asarray(settings.trend * direction[:, None] * (time / max(settings.periods - 1, 1))[:, None])
    noise = generator.normal(size=shape) * settings.wander
    for step in range(1, settings.periods):
        noise[:, step] = settings.memory * noise[:, step - 1] + np.sqrt(1 - settings.memory**2) * noise[:, step]
    return noise


def _jumps(
    base: Array, population: Array, settings: WorldSettings, generator: np.random.Generator
) -> tuple[Indices, Indices, Array]:
    """Topic, start and signed size of each jump: a topic as common as in the population, down if it can go down."""
    people = len(base)
    rows = np.arange(people)
    topic = generator.choice(len(population), size=people, p=population)
    for _ in range(100):
        full = base[rows, topic] + settings.jump > 0.99
        topic[full] = generator.choice(len(population), size=int(full.sum()), p=population)
    down = (base[rows, topic] >= settings.jump + 0.01) & (generator.random(people) < 0.5)
    quarter = settings.periods // 4
    drawn = generator.integers(quarter, max(settings.periods - quarter, quarter + 1), size=people)
    start = drawn if settings.jump_at is None else np.full(people, settings.jump_at)
    return topic, start, np.where(down, -settings.jump, settings.jump)


def _jumped(base: Array, topic: Indices, start: Indices, size: Array, periods: int) -> Array:
    rows = np.arange(len(base))
    level = base[rows, topic]
    later = base * ((1 - level - size) / (1 - level))[:, None]
    later[rows, topic] = level + size
    return np.where((np.arange(periods) >= start[:, None])[:, :, None], later[:, None], base[:, None])


def _events(shares: Array, settings: WorldSettings, generator: np.random.Generator) -> Array:
    """(people, periods, topics) numbers of events."""
    shape = shares.shape[:2]
    mean = np.full(shape, settings.events)
    if settings.burst > 0:
        mean = generator.gamma(1 / settings.burst, settings.burst * settings.events, size=shape)
    number = np.maximum(generator.poisson(mean), 1)
    number[generator.random(shape) < settings.missing] = 0
    taste = shares
    if settings.sitting > 0:
        concentration = (1 - settings.sitting) / settings.sitting
        taste = to_shares(np.maximum(generator.gamma(concentration * shares), 1e-300))
    return generator.multinomial(number, taste).astype(np.float64)


def _panel(events: Array, settings: WorldSettings) -> Panel:
    user, period = np.nonzero(events.sum(axis=2))
    positive = events[user, period].astype(np.float32)
    return Panel(
        topics=tuple(f"topic:{number}" for number in range(settings.topics)),
        period=settings.period,
        users=tuple(f"person {number}" for number in range(settings.people)),
        user=user.astype(np.int64),
        index=period.astype(np.int64) + FIRST_PERIOD,
        positive=positive,
        negative=np.zeros_like(positive),
        prior=np.full(settings.topics, 1 / settings.topics),
    )
