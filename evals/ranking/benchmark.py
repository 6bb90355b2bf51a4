"""The benchmark over data sets: every way of ranking tuned, tested and compared, and where the results go."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from core.errors import InputError
from core.settings import Settings
from evals.forecasting.data import opened
from evals.metrics import evaluate
from evals.ranking import outside
from evals.ranking.ablation import ablation as leaning
from evals.ranking.classical import PEERS
from evals.ranking.data import DATA_SETS, FAMILIES, Family, prepare
from evals.ranking.forecasts import Ablation, ablation
from evals.ranking.learning import choices_learnt
from evals.ranking.measures import Measures, differences
from evals.ranking.ours import NAME, Ours, Variants, moment, no_variants, ranked
from evals.ranking.report import Outcome, Row
from evals.ranking.ways import BLEND, Way, blend, classical, library
from evals.splits import Split

KEPT, RESULTS = "peers", "results"
FORECAST, ABLATION = "forecast", "ablation"
"""Parts beside the families of tests, run when named."""
ASKED = 1000
"""People at most in each test of the ablation, which asks a dozen scorers."""


@dataclass(frozen=True)
class Size:
    """How much is tested.

    Attributes:
        tuned, tested: people at most, drawn at random.
        transformers: whether they are trained, too.
    """

    tuned: int
    tested: int
    transformers: bool = True


FULL = Size(tuned=1500, tested=4000)
QUICK = Size(tuned=300, tested=500, transformers=False)


@dataclass(frozen=True)
class RankingReport:
    """What the benchmark found in each test, and what the forecast adds, if that was asked for."""

    tests: tuple[Outcome, ...]
    forecast: Ablation | None = None


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
        data: names of data sets, or of families of tests (`FAMILIES`); empty means all. ``ablation`` takes groups of
            features out of the scorer, and puts trees in its place (`evals.ranking.ablation`); ``forecast`` puts other
            forecasts of interests in place of its own (`evals.ranking.forecasts`).
        quick: fewer people, and no transformers.
        plots: a folder for the pictures; None draws none.
        variants: scorers to compare the shipped one with.

    Raises:
        InputError: a data set is unknown or not there.
    """
    named = [name for name in data if name not in {FORECAST, ABLATION}]
    chosen = families(named) if named or not data else {}
    size = QUICK if quick else FULL
    kept = settings.home / "evals" / "ranking" / RESULTS
    kept.mkdir(parents=True, exist_ok=True)
    report = RankingReport(())
    for name, family in chosen.items():
        found = evaluate_family(settings, name, family, size, variants)
        report = _told(report, found, kept)
    if ABLATION in data:
        report = _told(report, without_groups(settings, size), kept / ABLATION)
    if FORECAST in data:
        report = replace(report, forecast=without_forecast(settings, size))
        assert report.forecast is not None
        print(f"== What the forecast adds\n{report.forecast.text()}\n", flush=True)
    print(f"results: {kept}")
    if plots is not None:
        from evals.ranking.plots import draw

        for picture in draw(outside.environment(settings), kept, plots):
            print(f"picture: {picture}")
    return report


def _told(report: RankingReport, found: Sequence[Outcome], kept: Path) -> RankingReport:
    kept.mkdir(parents=True, exist_ok=True)
    for test in found:
        (kept / f"{test.name}.json").write_text(json.dumps(asdict(test)), encoding="utf-8")
        print(f"{test.text()}\n", flush=True)
    return replace(report, tests=(*report.tests, *found))


def families(data: Sequence[str]) -> dict[str, Family]:
    """The families of tests by name of data set or family.

    Raises:
        InputError: there is none of that name.
    """
    known = (*DATA_SETS, *(name for name in FAMILIES if name not in DATA_SETS))
    unknown = [name for name in data if name not in known]
    if unknown:
        raise InputError(
            f"There is no data set {unknown[0]!r}.", f"Choose from {', '.join((*known, ABLATION, FORECAST))}."
        )
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
    kept = settings.home / "evals" / "ranking" / KEPT
    for key, (tune, test) in pairs.items():
        for peer in PEERS:
            if peer.repeats and test.new_only:
                continue
            way = ways[key][peer.name] = classical(peer, tune, test, kept)
            say(_progress(key, way, test))
    notes = []
    try:
        python = outside.environment(settings)
        for model in (*outside.FACTORS, *(family.transformers if size.transformers else ())):
            for key, way in library(python, kept, model, pairs, family.longest, family.seconds).items():
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


def without_groups(settings: Settings, size: Size) -> list[Outcome]:
    """The shipped scorer on MovieTweetings' later time and at own moments, without groups of its features."""

    def say(line: str) -> None:
        print(f"{ABLATION}: {line}", file=sys.stderr, flush=True)

    source = prepare(settings, "mt", say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    family = FAMILIES["mt-time"]
    tests = {key: asked.pair(log, columns)[1].sample(min(size.tested, ASKED)) for key, asked in family.tests.items()}
    outcomes = []
    with Ours(settings, ABLATION, source, log, columns) as own:
        say("training ours")
        with choices_learnt() as choices:
            own.train(next(iter(tests.values())))
        for key, test in tests.items():
            title = f"{DATA_SETS['mt'].title}, {family.tests[key].title}: what the ranker leans on"
            with own.asked(test) as deps:
                outcomes += leaning(own.settings, deps, choices, {key: (title, test)}, say)
    return outcomes


def without_forecast(settings: Settings, size: Size) -> Ablation:
    """The shipped scorer on MovieTweetings' later time without the forecast, and with others in its place."""

    def say(line: str) -> None:
        print(f"{FORECAST}: {line}", file=sys.stderr, flush=True)

    source = prepare(settings, "mt", say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    _, whole = FAMILIES["mt-time"].tests["mt-time"].pair(log, columns)
    test = whole.sample(size.tested)
    with Ours(settings, FORECAST, source, log, columns) as own:
        say("training ours")
        own.train(test)
        with own.asked(test) as deps:
            say("without it, and with others instead")
            return ablation(own.settings, deps, log, test, moment(float(test.at[0])))
