"""Training of the forecasters: from the event log to what the workspace keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.periods import PERIODS
from core.settings import Settings
from store.columns import EventLog, ItemColumns
from store.events import Events
from tools.forecasting.backtest import EVERYBODY
from tools.forecasting.ensemble import Artefact, Ensemble, save
from tools.forecasting.series import panel_of
from tools.forecasting.topics import FacetTopics

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
    """What training found, per period."""

    topics: tuple[str, ...]
    events: int
    periods: Mapping[str, PeriodReport]

    def lines(self) -> list[str]:
        """One line a period, for a terminal."""
        lines = [f"{self.events:,} events over {len(self.topics)} topics"]
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
    columns: ItemColumns,
    facet: str,
    until: datetime | None = None,
    progress: Callable[[str, float], None] = lambda _message, _done: None,
) -> tuple[Artefact, ForecastReport]:
    """Fit and backtest the forecasters of every period.

    Args:
        log: events on known items, none after ``until``.
        columns: the catalogue that ``log`` points into.
        facet: whose values are the topics.
        until: noted in the artefact.
        progress: called with what is being done and the part that is done, 0 to 1.
    """
    topics = FacetTopics(columns, facet)
    ensembles: dict[str, Ensemble] = {}
    for done, period in enumerate(PERIODS):
        progress(f"forecasters by {period}", done / len(PERIODS))
        ensembles[period] = Ensemble(len(topics.names), period)
        ensembles[period].fit(panel_of(log, topics.weights, topics.names, period))
    progress("forecasters", 1.0)
    artefact = Artefact(facet, topics.names, None if until is None else until.isoformat(), ensembles)
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
    return artefact, ForecastReport(topics.names, len(log), reports)


def train(
    settings: Settings,
    columns: ItemColumns,
    events: Events,
    until: datetime | None = None,
    progress: Callable[[str, float], None] = lambda _message, _done: None,
) -> ForecastReport:
    """Fit the forecasters on events up to ``until`` and keep them in ``models/forecasting`` of the workspace.

    Raises:
        InputError: the catalogue lacks the topic facet.
    """
    log = events.log(columns, until)
    artefact, report = fit_all(log, columns, settings.topic_facet, until, progress)
    save(artefact, settings.models_dir / FOLDER)
    return report
