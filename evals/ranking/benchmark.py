"""The benchmark over data sets: every way of ranking tuned, tested and compared, and where the results go."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from core.errors import InputError
from core.settings import Settings
from evals.forecast_ablation import Ablation, ablation
from evals.forecasting.data import opened
from evals.metrics import Lists, evaluate
from evals.ranking import outside
from evals.ranking.blend import blended, tuned
from evals.ranking.classical import PEERS, Classical
from evals.ranking.cost import measured
from evals.ranking.data import DATA_SETS, FAMILIES, Family, prepare
from evals.ranking.measures import Measures, differences
from evals.ranking.ours import NAME, Ours, Variants, moment, no_variants, ranked
from evals.ranking.report import Outcome, Row
from evals.splits import Split

KEPT, RESULTS = "peers", "results"
BLEND = "blend of the best three"
BLENDED = 3
FORECAST = "forecast"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much is tested.

    Attributes:
        tuned, tested: people at most, drawn at random.
        models: of other libraries.
    """

    tuned: int
    tested: int
    models: tuple[str, ...]


FULL = Size(tuned=1500, tested=4000, models=(*outside.FACTORS, *outside.TRANSFORMERS))
QUICK = Size(tuned=300, tested=500, models=outside.FACTORS)


@dataclass(frozen=True)
class RankingReport:
    """What the benchmark found in each test, and what the forecast adds, if that was asked for."""

    tests: tuple[Outcome, ...]
    forecast: Ablation | None = None


@dataclass(frozen=True)
class Way:
    """One way of ranking in one test: what the tables say of it, and its lists of the tuning and the test cases."""

    row: Row
    tune: Lists
    test: Lists


def run(
    settings: Settings,
    data: Sequence[str] = (),
    quick: bool = False,
    plots: Path | None = None,
    variants: Variants = no_variants,
) -> RankingReport:
    """Run the tests and print their tables as they come; each is kept as a file of its own in
    ``evals/ranking/results/`` of the workspace.

    Args:
        settings: of the workspace; only the embedder is taken from them.
        data: names of data sets, or of families of tests (`FAMILIES`); empty means all. ``forecast`` takes the forecast
            of interests out of the scorer, and puts others in its place (`evals.forecast_ablation`).
        quick: fewer people, and no transformers.
        plots: a folder for the pictures; None draws none.
        variants: scorers to compare the shipped one with.

    Raises:
        InputError: a data set is unknown or not there.
    """
    chosen = families([name for name in data if name != FORECAST]) if tuple(data) != (FORECAST,) else {}
    kept = settings.home / "evals" / "ranking" / RESULTS
    kept.mkdir(parents=True, exist_ok=True)
    report = RankingReport(())
    for name, family in chosen.items():
        found = evaluate_family(settings, name, family, QUICK if quick else FULL, variants)
        report = RankingReport((*report.tests, *found))
        for test in found:
            (kept / f"{test.name}.json").write_text(json.dumps(asdict(test)), encoding="utf-8")
            print(f"{test.text()}\n", flush=True)
    if FORECAST in data:
        report = replace(report, forecast=without_forecast(settings))
        assert report.forecast is not None
        print(f"== What the forecast adds\n{report.forecast.text()}\n", flush=True)
    print(f"results: {kept}")
    if plots is not None:
        from evals.ranking.plots import draw

        for picture in draw(outside.environment(settings), kept, plots):
            print(f"picture: {picture}")
    return report


def families(data: Sequence[str]) -> dict[str, Family]:
    """The families of tests by name of data set or family.

    Raises:
        InputError: there is none of that name.
    """
    known = (*DATA_SETS, *(name for name in FAMILIES if name not in DATA_SETS))
    unknown = [name for name in data if name not in known]
    if unknown:
        raise InputError(f"There is no data set {unknown[0]!r}.", f"Choose from {', '.join((*known, FORECAST))}.")
    return {name: each for name, each in FAMILIES.items() if not data or name in data or each.data in data}


def evaluate_family(
    settings: Settings, name: str, family: Family, size: Size, variants: Variants = no_variants
) -> list[Outcome]:
    """The tests of a family; see `run`."""

    def say(line: str) -> None:
        print(f"{name}: {line}", file=sys.stderr, flush=True)

    source = prepare(settings, family.data, say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    pairs: dict[str, tuple[Split, Split]] = {}
    for key, asked in family.tests.items():
        tune, test = asked.pair(log, columns)
        pairs[key] = (tune.sample(size.tuned), test.sample(size.tested))
    ways: dict[str, dict[str, Way]] = {key: {} for key in pairs}
    for key, (tune, test) in pairs.items():
        for peer in PEERS:
            if peer.repeats and test.new_only:
                continue
            way = ways[key][peer.name] = classical(peer, tune, test)
            say(_progress(key, way, test))
    notes = []
    try:
        python = outside.environment(settings)
        kept = settings.home / "evals" / "ranking" / KEPT
        for model in size.models:
            for key, way in library(python, kept, model, pairs, family.longest).items():
                ways[key][model] = way
                say(_progress(key, way, pairs[key][1]))
    except InputError as error:
        notes.append(str(error))
    for key, (tune, test) in pairs.items():
        way = ways[key][BLEND] = blend(ways[key], tune, test)
        say(_progress(key, way, test))
    reports = []
    with Ours(settings, name, source, log, columns) as own:
        say("training ours")
        own.train(next(iter(pairs.values()))[1])
        for key, (tune, test) in pairs.items():
            with own.asked(test) as deps:
                measures = Measures(test, deps.forecaster.topics.weights)
                results = {other: measures.of(way.test) for other, way in ways[key].items()}
                rows = [
                    replace(way.row, figures=results[other].figures, activity=results[other].activity)
                    for other, way in ways[key].items()
                ]
                scorers = {NAME: deps.scorer, **variants(deps)}
                for other, scorer in scorers.items():
                    say(f"{key}: {other}")
                    lists, cost = ranked(scorer, test)
                    found = results[other] = measures.of(lists)
                    person = 1000 * cost.seconds / max(len(test), 1)
                    rows.append(Row(other, "", found.figures, found.activity, own.cost.seconds, own.cost.peak, person))
            reports.append(
                Outcome(
                    key,
                    f"{DATA_SETS[family.data].title}, {family.tests[key].title}",
                    people=len(test),
                    tuned=len(tune),
                    items=len(columns.ids),
                    thirds=measures.thirds,
                    rows=tuple(rows),
                    differences=differences(results, scorers),
                    notes=tuple(notes),
                )
            )
    return reports


def _progress(key: str, way: Way, test: Split) -> str:
    return f"{key}: {way.row.name} NDCG@10 {evaluate(way.test, test.wanted).ndcg.mean():.4f} ({way.row.chosen})"


def without_forecast(settings: Settings) -> Ablation:
    """The shipped scorer on MovieTweetings' later time without the forecast, and with others in its place."""

    def say(line: str) -> None:
        print(f"{FORECAST}: {line}", file=sys.stderr, flush=True)

    source = prepare(settings, "mt", say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    _, test = FAMILIES["mt-time"].tests["mt-time"].pair(log, columns)
    with Ours(settings, FORECAST, source, log, columns) as own:
        say("training ours")
        own.train(test)
        with own.asked(test) as deps:
            say("without it, and with others instead")
            return ablation(own.settings, deps, log, test, moment(float(test.at[0])))


def classical(peer: Classical, tune: Split, test: Split) -> Way:
    """A peer with the figures that do best on the tuning cases."""
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
    python: Path, kept: Path, model: str, pairs: dict[str, tuple[Split, Split]], longest: int
) -> dict[str, Way]:
    """A model of another library: figures by NDCG@10 on the first test's tuning cases, then trained for the tests."""
    tunes, tests = [tune for tune, _ in pairs.values()], [test for _, test in pairs.values()]
    best, chosen, tuning = -1.0, None, None
    for option in outside.options(model, longest):
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
