"""Ways of ranking: peers with the figures that do best on the tuning cases, and their blend; kept once worked out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.metrics import Lists, evaluate
from evals.ranking import outside
from evals.ranking.blend import blended, tuned
from evals.ranking.classical import Classical
from evals.ranking.cost import measured
from evals.ranking.report import Row
from evals.splits import Split

BLEND = "blend of the best three"
BLENDED = 3


@dataclass(frozen=True)
class Way:
    """One way of ranking in one test: what the tables say of it, and its lists of the tuning and the test cases."""

    row: Row
    tune: Lists
    test: Lists


def classical(peer: Classical, tune: Split, test: Split, kept: Path | None = None) -> Way:
    """A peer with the figures that do best on the tuning cases; answered from ``kept`` if that was done before."""
    if kept is None:
        return _tuned(peer, tune, test)
    options = [dict(option) for option in peer.options()]
    path = kept / f"{peer.name.split()[0]}-{outside.digest([tune, test], options)}.npz"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        way = _tuned(peer, tune, test)
        row = json.dumps([way.row.name, way.row.chosen, way.row.fit_seconds, way.row.peak, way.row.person_ms])
        fresh = path.with_suffix(".part.npz")
        np.savez(
            fresh,
            row=row,
            tune=way.tune.items,
            tune_scores=way.tune.scores,
            test=way.test.items,
            test_scores=way.test.scores,
        )
        fresh.replace(path)
    with np.load(path) as told:
        name, chosen, fit, peak, person = json.loads(str(told["row"]))
        found = [Lists(told[each], told[f"{each}_scores"]) for each in ("tune", "test")]
    return Way(Row(name, chosen, {}, {}, fit, peak, person), *found)


def _tuned(peer: Classical, tune: Split, test: Split) -> Way:
    best, chosen, lists = -1.0, None, None
    shape, fitted = None, None
    for option in peer.options():
        wanted = tuple(option[name] for name in peer.shape)
        if shape != wanted:
            shape, fitted = wanted, peer.fit(tune, option)
        found = peer.lists(fitted, tune, option)
        value = float(evaluate(found, tune.wanted).ndcg.mean())
        if value > best:
            best, chosen, lists = value, option, found
    assert chosen is not None
    assert lists is not None
    with measured() as fit:
        fitted = peer.fit(test, chosen)
    with measured() as score:
        found = peer.lists(fitted, test, chosen)
    told = ", ".join(f"{name} {value:g}" for name, value in chosen.items())
    peak = max(fit.peak, score.peak)
    return Way(Row(peer.name, told, {}, {}, fit.seconds, peak, 1000 * score.seconds / max(len(test), 1)), lists, found)


def library(
    python: Path,
    kept: Path,
    model: str,
    pairs: dict[str, tuple[Split, Split]],
    longest: int,
    seconds: int = outside.SECONDS,
) -> dict[str, Way]:
    """A model of another library: figures by NDCG@10 on the first test's tuning cases, then trained for the tests."""
    tunes, tests = [tune for tune, _ in pairs.values()], [test for _, test in pairs.values()]
    best, chosen, tuning = -1.0, None, None
    for option in outside.options(model, longest, seconds):
        found = outside.rank(python, kept, model, option, tunes, tune=model not in outside.FACTORS)
        value = float(evaluate(found[0].lists, tunes[0].wanted).ndcg.mean())
        if value > best:
            best, chosen, tuning = value, option, found
    assert chosen is not None
    assert tuning is not None
    final = {**chosen, "epochs": tuning[0].epochs}
    trained_ = outside.rank(python, kept, model, final, tests, tune=False)
    told = ", ".join(f"{name} {value:g}" for name, value in final.items() if name not in {"seed", "seconds", "heads"})
    ways = {}
    for key, before, after, test in zip(pairs, tuning, trained_, tests, strict=True):
        person = 1000 * after.score_seconds / max(len(test), 1)
        row = Row(model, told, {}, {}, after.fit_seconds, after.peak, person, before.capped)
        ways[key] = Way(row, before.lists, after.lists)
    return ways


def blend(ways: dict[str, Way], tune: Split, test: Split) -> Way:
    """The best three ways on the tuning cases, blended with the weights that do best there."""
    value = {name: float(evaluate(way.tune, tune.wanted).ndcg.mean()) for name, way in ways.items()}
    best = sorted(value, key=lambda name: -value[name])[:BLENDED]
    found = tuned({name: ways[name].tune for name in best}, tune.wanted)
    parts = {name: ways[name] for name in best}
    with measured() as cost:
        lists = blended(found, {name: way.test for name, way in parts.items()}, test.wanted.shape[1])
    person = sum(way.row.person_ms for way in parts.values()) + 1000 * cost.seconds / max(len(test), 1)
    seconds, peak = (sum(way.row.fit_seconds for way in parts.values()), max(way.row.peak for way in parts.values()))
    row = Row(BLEND, found.text(), {}, {}, seconds, peak, person, any(way.row.capped for way in parts.values()))
    return Way(row, blended(found, {name: way.tune for name, way in parts.items()}, tune.wanted.shape[1]), lists)
