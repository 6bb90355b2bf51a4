"""The benchmark over data sets: what is measured, in which order, and where the results go."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from core.errors import InputError
from core.settings import Settings
from evals.forecasting.data import DATA_SETS, OWN, Loaded, load, prepare
from evals.forecasting.drift import drift_rates
from evals.forecasting.examples import examples
from evals.forecasting.floor import FLOOR, floor
from evals.forecasting.intervals import interval_rows
from evals.forecasting.peers import PeerRun, Peers, environment
from evals.forecasting.plots import draw
from evals.forecasting.report import PeerTable, SegmentRow, SetReport
from evals.forecasting.scores import by_segment, rows
from evals.forecasting.segments import segments
from evals.forecasting.speed import measure
from evals.forecasting.trial import BASE, SERVED, Trial, run_trial
from evals.outlook import evaluate_outlook
from evals.simulator import SimulationReport
from evals.simulator import report as simulate
from tools.forecasting.backtest import person_means
from tools.forecasting.drift.change_fit import fit_change_model
from tools.forecasting.series import Floats, Panel

RESULTS = "forecasting.json"
SIMULATED = "simulated"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much is tested.

    Attributes:
        origins: test origins at most, evenly spread over the last two fifths of the periods.
        cases: people at each origin at most, drawn at random.
        peers: people whose series the peers forecast.
        drift: people whose histories are shuffled and spliced.
        simulated: people of each kind.
    """

    origins: int
    cases: int
    peers: int
    drift: int
    simulated: int


FULL = Size(origins=8, cases=4000, peers=80, drift=300, simulated=200)
QUICK = Size(origins=3, cases=600, peers=8, drift=60, simulated=40)


@dataclass(frozen=True)
class ForecastingReport:
    """What the benchmark found on each data set."""

    sets: tuple[SetReport, ...]
    simulation: SimulationReport | None = None


def run(
    settings: Settings,
    data: Sequence[str] = (),
    quick: bool = False,
    plots: Path | None = None,
    period: str = "2weeks",
    seed: int = 0,
) -> ForecastingReport:
    """Run on data sets, each in a workspace of its own below ``evals/`` of this one, and print the tables as they come.

    Results are kept as ``evals/forecasting.json`` of the workspace.

    Args:
        settings: of the workspace.
        data: names of `DATA_SETS`, ``simulated`` for simulated people, or ``own`` for the events of the workspace
            itself; empty means all but the last.
        quick: fewer people and origins.
        plots: a folder for the pictures; None draws none.
        period: of ``own``.
        seed: of everything drawn at random.

    Raises:
        InputError: a data set is unknown or not there, or the events span too few periods or people.
    """
    known = (*DATA_SETS, SIMULATED, OWN)
    names = list(dict.fromkeys(data)) or [*DATA_SETS, SIMULATED]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"There is no data set {unknown[0]!r}.", f"Choose from {', '.join(known)}.")
    size = QUICK if quick else FULL
    kept = settings.home / "evals" / RESULTS
    report = ForecastingReport(())
    for name in names:
        if name != SIMULATED:
            found = evaluate_set(settings, name, size, period, seed)
            report = replace(report, sets=(*report.sets, found))
            _keep(report, kept)
            print(f"{found.text()}\n", flush=True)
    if SIMULATED in names:
        print(f"{SIMULATED}: people of known truth", file=sys.stderr, flush=True)
        simulation = simulate(seed, size.simulated)
        report = replace(report, simulation=simulation)
        _keep(report, kept)
        print(f"== Simulated people\n{simulation.text()}\n", flush=True)
    print(f"results: {kept}")
    if plots is not None and report.sets:
        for picture in draw(environment(settings), kept, plots):
            print(f"picture: {picture}")
    return report


def _keep(report: ForecastingReport, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(report)), encoding="utf-8")


def evaluate_set(settings: Settings, name: str, size: Size, period: str, seed: int) -> SetReport:
    """One data set by name; see `run`."""

    def say(line: str) -> None:
        print(f"{name}: {line}", file=sys.stderr, flush=True)

    if name == OWN:
        title, loaded = "the events of this workspace", load(settings, period)
    else:
        own = prepare(settings, name, say)
        title, loaded = DATA_SETS[name].title, load(own, own.period)
    return evaluate(loaded.panel, size, seed, (name, title), _peers(settings), loaded, settings.extra_forecasters, say)


def _peers(settings: Settings) -> Path | InputError:
    try:
        return environment(settings)
    except InputError as error:
        return error


def evaluate(
    panel: Panel,
    size: Size = QUICK,
    seed: int = 0,
    name: tuple[str, str] = ("panel", "a panel"),
    python: Path | InputError | None = None,
    loaded: Loaded | None = None,
    extra: Sequence[str] = (),
    say: Say = lambda _line: None,
) -> SetReport:
    """The benchmark over a panel.

    Args:
        panel: all the data.
        size: how much is tested.
        seed: of everything drawn at random.
        name: short and long name of the data.
        python: of the peers' environment, or why there is none; None leaves them out without a word.
        loaded: the workspace of the panel, to measure speed through; None measures none.
        extra: names of forecasters to try besides those that every period has.
        say: told what is being done.

    Raises:
        InputError: the panel spans too few periods or people.
    """
    started = time.perf_counter()
    notes = []
    trial = run_trial(panel, size.origins, size.cases, seed, extra, say)
    at_work = None
    if isinstance(python, Path):
        at_work = PeerRun(python, trial, size.peers, seed)
    elif python is not None:
        notes.append(str(python))
    say("the floor")
    shares, figures = floor(trial, seed)
    points = {**trial.points, FLOOR: shares}
    table, scores = rows(points, trial.targets, trial.own, trial.person, BASE)
    say("segments")
    detector = fit_change_model(panel.before(trial.origins[0]))
    groups = segments(panel, detector, trial.person, trial.origin, trial.active, trial.events)
    apart = by_segment(scores, trial.person, groups, BASE)
    base = {
        group: float(person_means(scores[BASE][each.cases], trial.person[each.cases]).mean())
        for group, each in groups.items()
    }
    say("intervals")
    intervals = {
        kind: interval_rows(band, trial.targets, trial.points[SERVED if kind == SERVED else BASE], groups)
        for kind, band in trial.bands.items()
    }
    peers = None
    if at_work is not None:
        say(f"waiting for the peers ({len(at_work.cases)} people)")
        try:
            peers = at_work.result()
        except InputError as error:
            notes.append(str(error))
    say("what shares do not show")
    outlook = None
    try:
        outlook = evaluate_outlook(panel, seed)
    except InputError as error:
        notes.append(str(error))
    say("drift and speed")
    arima = float(peers.seconds["AutoARIMA"].mean()) if peers is not None else None
    speed = measure(loaded, trial, detector, seed, arima) if loaded is not None else None
    errors = {row.name: row.error for row in table}
    gap = errors[BASE] - errors[FLOOR]
    names, count = np.unique(np.array(trial.model), return_counts=True)
    return SetReport(
        *name,
        header=_header(trial, seed),
        used={each: float(part) for each, part in zip(names.tolist(), count / len(trial.model), strict=True)},
        rows=table,
        closed=(errors[BASE] - errors[SERVED]) / gap if gap > 0 else float("nan"),
        floor=figures,
        segments=tuple(SegmentRow(group, each.people, base[group], apart[group]) for group, each in groups.items()),
        peers=None if peers is None else _peer_table(trial, peers, points),
        intervals=intervals,
        drift=drift_rates(panel, detector, seed, size.drift),
        outlook=outlook,
        speed=speed,
        examples=examples(trial, groups, seed),
        seconds=time.perf_counter() - started,
        notes=tuple(notes),
    )


def _peer_table(trial: Trial, peers: Peers, points: dict[str, Floats]) -> PeerTable:
    cases = peers.cases
    everybody = {name: each[cases] for name, each in points.items()} | dict(peers.points)
    table, _ = rows(everybody, trial.targets[cases], trial.own[cases], trial.person[cases], BASE)
    return PeerTable(len(cases), table, peers.zero)


def _header(trial: Trial, seed: int) -> str:
    panel = trial.panel
    people = len(np.unique(trial.person))
    return (
        f"{len(trial.person):,} histories of {people:,} people at {len(trial.origins)} origins (seed {seed}), "
        f"{len(panel.topics)} topics by {panel.period}; fitted once before the first origin in "
        f"{trial.fit_seconds:.0f} s, all forecasts in {trial.forecast_seconds:.1f} s"
    )
