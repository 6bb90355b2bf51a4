"""What the played conversations add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.cold_report import Figure
from evals.conversations.playing import TURNS, Exchange, Played
from evals.metrics import Floats, bootstrap_interval, bootstrap_intervals

CARDS = 5
"""Cards of an answer, for the list that is read on by as many a turn."""


@dataclass(frozen=True)
class AfterTurns:
    """Success within a number of turns: the share of people who were shown a hidden favourite.

    Attributes:
        cards: different cards shown by then, on average.
        talking: the conversation.
        same_cards, same_turns: the ranker's one list, made before a word was said, read as far as the conversation
            had shown cards, and by five cards a turn.
        more_by_card, more_by_turn: the conversation less the list, paired over people.
    """

    turns: int
    cards: float
    talking: Figure
    same_cards: Figure
    same_turns: Figure
    more_by_card: Figure
    more_by_turn: Figure


@dataclass(frozen=True)
class Faults:
    """What went wrong, as counts beside what they are counts of.

    Attributes:
        limits, dislikes, wishes: cards against what was said. unlike a limit ("no horror"), a wish ("a comedy") ends
            with the next.
        repeated, met, regretted: cards shown before, of films rated or named before, of films rated low later.
        bare: requests that brought neither cards nor a question.
        unfollowed: of the critiques without a figure ("newer"), those after which the cards did not move that way.
        unsupported: turns in which the check did not support every claim.
        misheard, unheard: tastes recorded that nobody stated, and stated ones that were not recorded.
    """

    turns: int
    cards: int
    requests: int
    critiques: int
    limits: int
    dislikes: int
    wishes: int
    repeated: int
    met: int
    regretted: int
    bare: int
    unfollowed: int
    loops: int
    empty: int
    unsupported: int
    misheard: int
    unheard: int
    errors: int


@dataclass(frozen=True)
class Tools:
    """Tools called against tools asked for, over the turns of one act, or all.

    Attributes:
        precision: part of the calls that were asked for or do no harm. recall: part of what was asked for that was
            called. useless: calls nobody asked for, a turn.
    """

    act: str
    turns: int
    precision: float
    recall: float
    useless: float


@dataclass(frozen=True)
class Times:
    """Milliseconds of a turn, and of those waiting for the model."""

    p50: float
    p95: float
    worst: float
    model_p50: float
    degraded: int


def success(played: Sequence[Played], turns: int = TURNS) -> tuple[AfterTurns, ...]:
    """The curve of success, one point a turn."""
    found = []
    for count in range(1, turns + 1):
        shown = [each.shown(count) for each in played]
        talking = _share(each.favourites.intersection(ids) for each, ids in zip(played, shown, strict=True))
        by_card = _share(
            each.favourites.intersection(each.list_before[: len(ids)]) for each, ids in zip(played, shown, strict=True)
        )
        by_turn = _share(each.favourites.intersection(each.list_before[: CARDS * count]) for each in played)
        means = [Figure(*row) for row in bootstrap_intervals(np.stack([talking, by_card, by_turn])).tolist()]
        found.append(
            AfterTurns(
                count,
                float(np.mean([len(ids) for ids in shown])),
                means[0],
                means[1],
                means[2],
                Figure(*bootstrap_interval(talking, by_card)),
                Figure(*bootstrap_interval(talking, by_turn)),
            )
        )
    return tuple(found)


def _share(found: Iterable[frozenset[str]]) -> Floats:
    return np.array([bool(each) for each in found], np.float64)


def faults(played: Sequence[Played]) -> Faults:
    """Everything that went wrong."""
    exchanges = [each for conversation in played for each in conversation.exchanges]

    def count(test: Callable[[Exchange], bool]) -> int:
        return sum(map(test, exchanges))

    return Faults(
        turns=len(exchanges),
        cards=sum(len(each.turn.items) for each in exchanges),
        requests=count(lambda each: each.message.cards),
        critiques=count(lambda each: each.followed is not None),
        limits=sum(len(each.broken["limit"]) for each in exchanges),
        dislikes=sum(len(each.broken["dislike"]) for each in exchanges),
        wishes=sum(len(each.broken["wish"]) for each in exchanges if each.message.cards),
        repeated=sum(len(each.repeated) for each in exchanges),
        met=sum(len(each.met) for each in exchanges),
        regretted=sum(len(each.regretted.intersection(each.shown(len(each.exchanges)))) for each in played),
        bare=count(lambda each: each.bare),
        unfollowed=count(lambda each: each.followed is False),
        loops=count(lambda each: each.loop),
        empty=count(lambda each: not each.turn.reply.strip()),
        unsupported=count(lambda each: each.turn.checks.supported < each.turn.checks.claims),
        misheard=sum(len(each.misheard) for each in exchanges),
        unheard=sum(len(each.unheard) for each in exchanges),
        errors=sum(bool(each.error) for each in played) + count(lambda each: not all(c.ok for c in each.turn.calls)),
    )


def tools(played: Sequence[Played]) -> tuple[Tools, ...]:
    """Of all turns first, then act by act, the commonest first."""
    exchanges = [each for conversation in played for each in conversation.exchanges]
    acts: dict[str, list[Exchange]] = {}
    for each in exchanges:
        acts.setdefault(each.message.act, []).append(each)
    ordered = sorted(acts.items(), key=lambda act: -len(act[1]))
    return tuple(_tools(act, turns) for act, turns in [("all", exchanges), *ordered])


def _tools(act: str, turns: Sequence[Exchange]) -> Tools:
    called = sum(len(each.turn.calls) for each in turns)
    wanted = sum(len(each.message.wants) for each in turns)
    useless = sum(len(each.useless) for each in turns)
    missing = sum(len(each.missing) for each in turns)
    return Tools(
        act=act,
        turns=len(turns),
        precision=1 - useless / called if called else 1.0,
        recall=1 - missing / wanted if wanted else 1.0,
        useless=useless / max(len(turns), 1),
    )


def times(played: Sequence[Played]) -> Times:
    """Of all turns."""
    turns = [each.turn for conversation in played for each in conversation.exchanges]
    taken = [turn.timings_ms.get("total", 0.0) for turn in turns] or [0.0]
    model = [turn.timings_ms.get("model", 0.0) for turn in turns] or [0.0]
    p50, p95 = np.percentile(taken, [50, 95]).tolist()
    return Times(p50, p95, max(taken), float(np.median(model)), sum(turn.model.degraded for turn in turns))
