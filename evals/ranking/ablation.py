"""What the served ranker leans on, and what its form costs.

Leaning: a group of features is worth nothing (`Ranker.without`, interactions of its features with a state of the
person too), everything else stays as it was fitted. So a row says what the served model would lose without the group,
not what a model fitted without it could make up for. What is taken out still proposes candidates.

Form: gradient-boosted trees (`evals.ranking.trees`) learn from the very choices that the ranker learned from, and rank
the same candidates of the same people. Both are compared without the parts of the list, so that nothing but the score
differs: the price of additivity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from core.settings import Settings
from evals.ranking.measures import Measures, differences
from evals.ranking.ours import NAME, ranked
from evals.ranking.report import Outcome, Row
from evals.ranking.trees import Trees
from evals.splits import Split
from tools.deps import Deps
from tools.scoring.features import LOG_FEATURES
from tools.scoring.model import Model, load, model_folder
from tools.scoring.ranker import Choice, Ranker
from tools.scoring.scorer import AdditiveScorer
from tools.scoring.slate.order import Arranged
from tools.scoring.state import INTERACTIONS, interaction

GROUPS: Mapping[str, tuple[str, ...]] = {
    "collaborative": ("knn", "ease", "recent"),
    "sequence": ("sequence",),
    "popularity now": ("popular_today", "popular_now", "popular_lately", "popular_season"),
    "popularity ever": ("popular_ever", "renown"),
    "text": ("content",),
    "people and series": ("people", "series"),
    "forecast": ("forecast", "lift", "calibration"),
    "ratings and critics": ("rated", "quality"),
    "age": ("new", "fresh", "era"),
}
"""Features that are taken out together; those that no group names are one more."""

STATES, REST, LIST = "state of the person", "all other features", "parts of the list"
PLAIN, TREES = "scores alone", "trees, scores alone"


class Altered(AdditiveScorer):
    """The shipped scorer with another ranker; with or without the parts of the list (discoveries, calibration).

    Args:
        deps: of a trained workspace.
        change: makes the other ranker of the shipped one.
        arranged: whether the list is put in order as ever, or by score alone.
    """

    def __init__(self, deps: Deps, change: Callable[[Ranker], Ranker] = lambda own: own, arranged: bool = True) -> None:
        super().__init__(deps.settings, deps.catalog, deps.events, deps.retriever, deps.forecaster, deps.trends)
        self._change = change
        self._arranged = arranged

    def _load(self, *given: Any, **named: Any) -> Model:
        model = super()._load(*given, **named)
        return replace(model, ranker=self._change(model.ranker))

    def _slate(self, *given: Any, **named: Any) -> Arranged:
        found = super()._slate(*given, **named)
        return found if self._arranged else Arranged(np.argsort(-given[-1], kind="stable"), {})


def groups(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The features of each group among ``names``, interactions with the first of a pair; empty ones are left out."""
    base = {name: name.partition("*")[0] for name in names}
    named = {name for group in GROUPS.values() for name in group}
    found = {title: tuple(name for name in names if base[name] in group) for title, group in GROUPS.items()}
    states = {interaction(feature, state) for feature, state in INTERACTIONS}
    found[STATES] = tuple(name for name in names if name in states)
    found[REST] = tuple(name for name in names if base[name] not in named and name in LOG_FEATURES)
    return {title: group for title, group in found.items() if group}


def ablation(
    settings: Settings,
    deps: Deps,
    choices: list[Choice],
    tests: Mapping[str, tuple[str, Split]],
    say: Callable[[str], None],
) -> list[Outcome]:
    """Ask every scorer for every test.

    Args:
        settings: of the trained workspace.
        deps: its parts.
        choices: that its ranker learned from.
        tests: (title, cases) by name.
        say: told what is being done.
    """
    shipped = load(model_folder(settings), deps.catalog.columns()).ranker
    say("fitting the trees")
    scorers = {NAME: Altered(deps), PLAIN: Altered(deps, arranged=False)}
    if choices:
        scorers[TREES] = Altered(deps, Trees.learned(choices).in_place_of, arranged=False)
    for title, names in groups(shipped.names).items():
        scorers[f"without {title}"] = Altered(deps, partial(Ranker.without, names=names))
    outcomes = []
    for key, (title, split) in tests.items():
        measures = Measures(split, deps.forecaster.topics.weights)
        results, rows = {}, []
        for name, scorer in scorers.items():
            lists, cost = ranked(scorer, split)
            found = results[name] = measures.of(lists)
            say(f"{key}: {name} NDCG@10 {found.figures['NDCG@10']:.4f}")
            rows.append(Row(name, "", found.figures, found.activity, 0.0, 0.0, 1000 * cost.seconds / len(split)))
        pairs = differences(results, scorers)
        if TREES in results:
            pairs += differences({each: results[each] for each in (PLAIN, TREES)}, (PLAIN, TREES))
        outcomes.append(
            Outcome(
                f"ablation-{key}",
                title,
                people=len(split),
                tuned=0,
                items=len(split.ids),
                thirds=measures.thirds,
                rows=tuple(rows),
                differences=pairs,
                notes=(f"{LIST}: {NAME} less {PLAIN}", f"choices learned from: {len(choices):,}"),
            )
        )
    return outcomes
