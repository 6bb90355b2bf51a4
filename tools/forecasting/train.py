"""Training of the forecasters: from the event log to what the workspace keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotTrainedError
from core.periods import PERIODS
from core.settings import Settings
from store.catalog import Catalog
from store.columns import EventLog
from store.events import Events
from tools.forecasting.artefact import Artefact, load, save
from tools.forecasting.backtest import EVERYBODY
from tools.forecasting.drift.change_fit import fit_change_model
from tools.forecasting.drift.change_points import ChangeModel
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.outlook.outlook import OutlookModel
from tools.forecasting.series import panel_of
from tools.forecasting.topics.clusters import Clusters, Floats
from tools.forecasting.topics.learning import Learnt, learn_topics

FOLDER = "forecasting"


@dataclass(frozen=True)
class PeriodReport:
    """Training of one period.

    Attributes:
        people: who showed any interest.
        segments: per segment, the forecaster chosen, its mean KL divergence, and that of the running mean.
        note: why nothing was tested, when nothing was.
    """

    people: int
    segments: Mapping[str, tuple[str, float, float]]
    note: str = ""


@dataclass(frozen=True)
class ForecastReport:
    """What training found, per period; ``news`` says what became of learnt topics."""

    topics: tuple[str, ...]
    events: int
    periods: Mapping[str, PeriodReport]
    news: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """One line a period, for a terminal."""
        lines = [f"{self.events:,} events over {len(self.topics)} topics", *self.news]
        for period, report in self.periods.items():
            overall = report.segments.get(EVERYBODY)
            if overall is None:
                lines.append(f"{period}: {report.note}")
            else:
                model, error, base = overall
                lines.append(
                    f"{period}: {model}, mean KL {error:.3f} (running mean {base:.3f}), {report.people:,} people"
                )
        return lines


def fit_all(
    log: EventLog,
    learnt: Learnt,
    settings: Settings,
    until: datetime | None = None,
    progress: Callable[[str, float], None] = lambda _message, _done: None,
) -> tuple[Artefact, ForecastReport]:
    """Fit and backtest the models of every period.

    Args:
        log: events on items of the catalogue that the topics are over, none after ``until``.
        learnt: the topics.
        settings: the calendar, and which forecasters to try for the period of the workspace.
        until: noted in the artefact.
        progress: called with what is being done and the part that is done, 0 to 1.
    """
    names = learnt.topics.names
    ensembles: dict[str, Ensemble] = {}
    changes: dict[str, ChangeModel] = {}
    outlooks: dict[str, OutlookModel] = {}
    for done, period in enumerate(PERIODS):
        progress(f"forecasters by {period}", done / len(PERIODS))
        panel = panel_of(log, learnt.topics.weights, names, period, settings.timezone)
        extra = settings.extra_forecasters if period == settings.period else ()
        ensembles[period] = Ensemble(len(names), period, extra)
        ensembles[period].fit(panel)
        changes[period] = fit_change_model(panel)
        outlooks[period] = OutlookModel.fit(panel)
    progress("forecasters", 1.0)
    limit = None if until is None else until.isoformat()
    artefact = Artefact(
        learnt.source,
        names,
        limit,
        settings.timezone,
        learnt.clusters,
        settings.embedder,
        ensembles,
        changes,
        outlooks,
    )
    reports = {
        period: PeriodReport(
            ensemble.people,
            {
                name: (choice.model, float(choice.error or 0.0), choice.errors["running mean"])
                for name, choice in ensemble.choices.items()
            },
            artefact.note(period),
        )
        for period, ensemble in ensembles.items()
    }
    return artefact, ForecastReport(names, len(log), reports, tuple(learnt.lines()))


def train(
    settings: Settings,
    catalog: Catalog,
    events: Events,
    vectors: Callable[[], Floats],
    until: datetime | None = None,
    progress: Callable[[str, float], None] = lambda _message, _done: None,
) -> ForecastReport:
    """Fit the forecasters on events up to ``until`` and keep them in ``models/forecasting`` of the workspace.

    Args:
        settings: workspace, topics and calendar.
        catalog: the items.
        events: the log of timelines.
        vectors: gives the (items, d) vectors that topics are learnt from, where they are not a facet's values.
        until: the last moment to learn from.
        progress: called with what is being done and the part that is done, 0 to 1.

    Raises:
        InputError: the catalogue lacks the topic facet that was set, or topics cannot be learnt from so little.
    """
    columns = catalog.columns()
    learnt = learn_topics(settings, catalog, columns, vectors, former_clusters(settings))
    log = events.log(columns, until)
    artefact, report = fit_all(log, learnt, settings, until, progress)
    save(artefact, settings.models_dir / FOLDER)
    return report


def former_clusters(settings: Settings) -> Clusters | None:
    """The learnt topics of the training before, so that what stays keeps its name; None where there are none.

    Those of another embedder lie in another space and are none either.
    """
    try:
        artefact = load(settings.models_dir / FOLDER)
    except NotTrainedError:
        return None
    return artefact.clusters if artefact.in_space_of(settings.embedder) else None
