"""Do reasons stay when little changes, and do counterfactuals hold?

``driftline eval explanations`` asks, for people of the workspace at the moment of their latest event, why each of the
first three items of their list is there, and asks again after each of four small changes: one random event of the
history less, one popular item more, the same request a day later, every feature off by a random 1 % (its standard
deviation). It reports how often the kind of the strongest reason in words stays the same, and the rank correlation
(Spearman) of the parts of the score over the features. Where the item then stands on the list does not count.

A counterfactual holds if the item is off the list that the scorer gives without the events that it names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from agent.build import Workspace, open_workspace
from core.results import Reason, Recommendation, RecommendRequest
from core.settings import Settings
from core.types import Event, EventKind
from store.events import Events
from tools.scoring.model import Model
from tools.scoring.ranker import Ranker
from tools.scoring.scorer import AdditiveScorer

PEOPLE = 40
LEAST = 5
"""Events that a person asked about has at least."""

ITEMS = 3
JITTER = 0.01


@dataclass(frozen=True)
class Stability:
    """One kind of change: cases; share of them with the same strongest kind of reason, with its standard error over
    people; mean rank correlation of the parts."""

    change: str
    cases: int
    same: float
    error: float
    correlation: float


@dataclass(frozen=True)
class ExplanationsReport:
    """What the benchmark found.

    Attributes:
        answers: counterfactuals by status. valid: share of those found that hold; NaN without any.
        sizes: events named, by how many answers. rankings: mean number of rankings for one.
        explain_ms, counterfactual_ms: 50th and 95th percentile of the time of one answer.
    """

    people: int
    stability: tuple[Stability, ...]
    answers: Mapping[str, int]
    valid: float
    sizes: Mapping[int, int]
    rankings: float
    explain_ms: tuple[float, float]
    counterfactual_ms: tuple[float, float]

    def text(self) -> str:
        """The tables."""
        lines = [f"explanations: {self.people} people, the first {ITEMS} items of each"]
        lines.append(f"{'change':<28}{'cases':>7}{'same reason':>13}{'± s.e.':>8}{'order':>8}")
        lines += [
            f"{row.change:<28}{row.cases:>7}{row.same:>13.3f}{row.error:>8.3f}{row.correlation:>8.3f}"
            for row in self.stability
        ]
        lines.append(f"counterfactuals: {', '.join(f'{name} {count}' for name, count in sorted(self.answers.items()))}")
        sizes = ", ".join(f"{size}: {count}" for size, count in sorted(self.sizes.items()))
        lines.append(f"valid {self.valid:.2f}; events named {sizes or 'none'}; {self.rankings:.0f} rankings each")
        for name, (middle, worst) in (("explain", self.explain_ms), ("counterfactual", self.counterfactual_ms)):
            lines.append(f"{name}: {middle:.0f} ms in the middle, {worst:.0f} ms at the 95th percentile")
        return "\n".join(lines)


class Altered:
    """The event log with other histories for some people; the rest, and what everybody else did, is as it is."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self.histories: dict[str, list[Event]] = {}

    def of_user(self, user_id: str, until: datetime | None = None) -> list[Event]:
        """As `Events.of_user`."""
        return self.histories[user_id] if user_id in self.histories else self._events.of_user(user_id, until=until)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)


class _Shaken:
    """A ranker whose features are off by a little."""

    def __init__(self, ranker: Ranker, rng: np.random.Generator) -> None:
        self._ranker = ranker
        self._rng = rng

    def contributions(self, features: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float64]:
        off = {
            name: (values * (1 + JITTER * self._rng.normal(size=values.shape))).astype(np.float32)
            for name, values in features.items()
        }
        return self._ranker.contributions(off)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ranker, name)


class ShakenScorer(AdditiveScorer):
    """The scorer with every feature multiplied by 1 + 0.01 ε, ε standard normal."""

    def _load(self, *given: Any) -> Model:
        model = super()._load(*given)
        return replace(model, ranker=cast(Ranker, _Shaken(model.ranker, np.random.default_rng(0))))


def run(settings: Settings) -> ExplanationsReport:
    """Run the benchmark over a trained workspace and print its tables.

    Raises:
        NotTrainedError: the workspace was not trained.
        InputError: it has no catalogue.
    """
    workspace = open_workspace(settings)
    try:
        report = evaluate(workspace, PEOPLE)
    finally:
        workspace.database.close()
    print(report.text())
    return report


def evaluate(workspace: Workspace, people: int, seed: int = 0) -> ExplanationsReport:
    """The benchmark for up to ``people`` people of the workspace, drawn at random."""
    rng = np.random.default_rng(seed)
    deps = workspace.deps
    given = (deps.retriever, deps.forecaster, deps.trends)
    altered = Altered(deps.events)
    scorer = AdditiveScorer(deps.settings, deps.catalog, cast(Events, altered), *given)
    shaken = ShakenScorer(deps.settings, deps.catalog, cast(Events, altered), *given)
    known = sorted(summary.user_id for summary in deps.events.people(2000) if summary.events >= LEAST)
    chosen = [known[place] for place in rng.permutation(len(known))[:people]]
    found: dict[str, list[list[tuple[bool, float]]]] = {}
    status: dict[str, int] = {}
    sizes: dict[int, int] = {}
    valid: list[bool] = []
    rankings: list[int] = []
    times: dict[str, list[float]] = {"explain": [], "counterfactual": []}
    for user in chosen:
        history = deps.events.of_user(user)
        request = RecommendRequest(user_id=user, at=history[-1].at + timedelta(seconds=1))
        cards = scorer.recommend(request).items[:ITEMS]
        popular = _popular(workspace, request.at, {event.item_id for event in history} | {card.id for card in cards})
        dropped = int(rng.integers(len(history)))
        new = Event(user_id=user, at=request.at, kind=EventKind.LIKE, item_id=popular, value=1.0)
        changes: dict[str, Callable[[str], Recommendation]] = {
            "one event less": _asking(scorer, altered, request, [*history[:dropped], *history[dropped + 1 :]]),
            "one event more": _asking(scorer, altered, request, [*history, new]),
            "a day later": _asking(
                scorer, altered, request.model_copy(update={"at": request.at + timedelta(days=1)}), history
            ),
            "features off by 1 %": _asking(shaken, altered, request, history),
        }
        for name, ask in changes.items():
            pairs = [(card, ask(card.id)) for card in cards]
            found.setdefault(name, []).append([_alike(card.reasons, other.reasons) for card, other in pairs])
        for card in cards:
            started = time.perf_counter()
            scorer.explain(request, card.id)
            times["explain"].append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            answer = scorer.counterfactual(request, card.id)
            times["counterfactual"].append((time.perf_counter() - started) * 1000)
            status[answer.status] = status.get(answer.status, 0) + 1
            rankings.append(answer.rankings)
            if answer.status == "found":
                sizes[len(answer.events)] = sizes.get(len(answer.events), 0) + 1
                taken = {ground.event_id for ground in answer.events}
                valid.append(_holds(scorer, altered, request, card.id, taken, history))
    return ExplanationsReport(
        people=len(chosen),
        stability=tuple(_summed(name, cases) for name, cases in found.items()),
        answers=status,
        valid=float(np.mean(valid)) if valid else float("nan"),
        sizes=sizes,
        rankings=float(np.mean(rankings)) if rankings else 0.0,
        explain_ms=_percentiles(times["explain"]),
        counterfactual_ms=_percentiles(times["counterfactual"]),
    )


def _asking(
    scorer: AdditiveScorer, altered: Altered, request: RecommendRequest, history: list[Event]
) -> Callable[[str], Recommendation]:
    def ask(item_id: str) -> Recommendation:
        altered.histories = {request.user_id or "": history}
        try:
            return scorer.explain(request, item_id).item
        finally:
            altered.histories = {}

    return ask


def _holds(
    scorer: AdditiveScorer,
    altered: Altered,
    request: RecommendRequest,
    item_id: str,
    taken: Collection[str | None],
    history: Sequence[Event],
) -> bool:
    altered.histories = {request.user_id or "": [event for event in history if event.id not in taken]}
    try:
        return item_id not in {item.id for item in scorer.recommend(request).items}
    finally:
        altered.histories = {}


def _popular(workspace: Workspace, at: datetime, without: Collection[str | None]) -> str:
    ids: tuple[str, ...] = workspace.deps.catalog.columns().ids
    order = np.argsort(-workspace.deps.trends.popularities(at, (None,))[0], kind="stable")
    return str(next(ids[place] for place in order if ids[place] not in without))


def _alike(first: Sequence[Reason], second: Sequence[Reason]) -> tuple[bool, float]:
    """Whether the strongest reason in words is of the same kind, and the rank correlation of the parts."""
    from scipy.stats import spearmanr

    kinds = [next((reason.group for reason in given if reason.text), "") for given in (first, second)]
    parts = [{reason.feature: reason.contribution for reason in given} for given in (first, second)]
    names = sorted({*parts[0], *parts[1]})
    columns = [[part.get(name, 0.0) for name in names] for part in parts]
    correlation = float(spearmanr(*columns).statistic) if len(names) > 1 else 1.0
    return kinds[0] == kinds[1], correlation


def _summed(name: str, cases: Sequence[Sequence[tuple[bool, float]]]) -> Stability:
    people = [np.mean([same for same, _ in case]) for case in cases if case]
    error = float(np.std(people, ddof=1) / np.sqrt(len(people))) if len(people) > 1 else float("nan")
    orders = [order for case in cases for _, order in case if not np.isnan(order)]
    return Stability(name, sum(map(len, cases)), float(np.mean(people)), error, float(np.mean(orders)))


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    middle, worst = np.percentile(times, [50, 95]) if times else (float("nan"), float("nan"))
    return float(middle), float(worst)
