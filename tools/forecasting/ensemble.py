"""The fitted forecasters of one period, the choice among them, and how they are kept on disk."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import NotTrainedError
from core.timeline import Array
from tools.forecasting.backtest import ENOUGH_PEOPLE, EVERYBODY, SEGMENTS, Choice, backtest, calibrated, segment_of
from tools.forecasting.classical import (
    ClassicalForecaster,
    DirichletShrinkage,
    ExponentiallyWeighted,
    LastValue,
    Population,
    RunningMean,
    ShareForecast,
)
from tools.forecasting.notes import period_noun
from tools.forecasting.series import Histories, Panel
from tools.forecasting.state_space import LocalLevel

FORECASTERS: tuple[type[ClassicalForecaster], ...] = (
    RunningMean,
    LastValue,
    Population,
    ExponentiallyWeighted,
    DirichletShrinkage,
)
UNTESTED = DirichletShrinkage.name
"""Serves everybody where there are too few people to choose."""
FORMAT = 2


@dataclass(frozen=True)
class Served:
    """Forecasts of several people.

    Attributes:
        forecast: (people, horizons, topics) arrays.
        model: (people,) name of the forecaster used for each.
        error: (people,) its backtest error, NaN if untested.
    """

    forecast: ShareForecast
    model: tuple[str, ...]
    error: Array


class Ensemble:
    """Forecasters of one calendar period; each person gets the one that did best for people like them."""

    def __init__(self, topics: int, period: str) -> None:
        self.period = period
        self.people = 0
        self.local_level = LocalLevel(topics, period)
        others = [each(topics, period) for each in FORECASTERS]
        self.forecasters: dict[str, ClassicalForecaster] = {each.name: each for each in [*others, self.local_level]}
        self.choices: dict[str, Choice] = {}

    def fit(self, panel: Panel) -> None:
        """Choose by backtest, then fit every forecaster on the whole panel."""
        self.people = panel.people
        self.choices = backtest(panel, list(self.forecasters.values()))
        for forecaster in self.forecasters.values():
            forecaster.fit(panel)

    @property
    def tested(self) -> bool:
        """Whether there were enough people to test on."""
        return bool(self.choices)

    def forecast(self, history: Histories, horizon: int) -> Served:
        """Shares and 80 % intervals for the next ``horizon`` periods."""
        segment = segment_of(history)
        shape = (history.people, horizon, history.positive.shape[2])
        shares, lo, hi = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        models = np.full(history.people, UNTESTED, dtype=object)
        errors = np.full(history.people, np.nan)
        for code in np.unique(segment):
            people = np.flatnonzero(segment == code)
            choice = self.choices.get(SEGMENTS[code]) or self.choices.get(EVERYBODY) or Choice(UNTESTED, None, 0)
            found = self.forecasters[choice.model].forecast(history.take(people), horizon)
            if choice.widths:
                found = calibrated(found.shares, choice.widths)
            shares[people], lo[people], hi[people] = found.shares, found.lo, found.hi
            models[people] = choice.model
            # Nobody without a history was tested: the figure of those who have one would not be theirs.
            errors[people] = np.nan if choice.error is None or not code else choice.error
        return Served(ShareForecast(shares, lo, hi), tuple(models), errors)

    def state(self) -> dict[str, Any]:
        """Everything fitted, as JSON values."""
        return {
            "people": self.people,
            "choices": {name: asdict(choice) for name, choice in self.choices.items()},
            "forecasters": {
                name: {
                    "params": each.params,
                    "dispersion": each.dispersion.tolist(),
                    "population": each.population.tolist(),
                }
                for name, each in self.forecasters.items()
            },
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        self.people = state["people"]
        self.choices = {
            name: Choice(**{**choice, "widths": tuple(map(tuple, choice["widths"]))})
            for name, choice in state["choices"].items()
        }
        for name, fitted in state["forecasters"].items():
            self.forecasters[name].params = fitted["params"]
            self.forecasters[name].dispersion = np.array(fitted["dispersion"])
            self.forecasters[name].population = np.array(fitted["population"])


@dataclass(frozen=True)
class Artefact:
    """What training leaves in the workspace: one ensemble a period over the same topics."""

    facet: str
    topics: tuple[str, ...]
    until: str | None
    ensembles: Mapping[str, Ensemble]

    def note(self, period: str) -> str:
        """What limits the forecasts of a period, in plain words; empty when nothing does."""
        ensemble = self.ensembles[period]
        if ensemble.tested:
            return ""
        if ensemble.people < ENOUGH_PEOPLE:
            people = {0: "nobody's history", 1: "one person's history"}.get(
                ensemble.people, f"the histories of {ensemble.people} people"
            )
            return f"There was only {people} to learn from, so default settings are used and the ranges are untested."
        return (
            f"Too few people were active in more than one {period_noun(period)}, "
            "so default settings are used and the ranges are untested."
        )


def save(artefact: Artefact, directory: Path) -> None:
    """Write to ``directory/model.json`` in one step, so that a reader sees the old or the new one whole."""
    directory.mkdir(parents=True, exist_ok=True)
    document = {
        "format": FORMAT,
        "facet": artefact.facet,
        "topics": artefact.topics,
        "until": artefact.until,
        "ensembles": {period: ensemble.state() for period, ensemble in artefact.ensembles.items()},
    }
    handle, name = tempfile.mkstemp(dir=directory, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file)
    Path(name).replace(directory / "model.json")


def modified(directory: Path) -> int:
    """When `save` last wrote there, in nanoseconds; 0 if never."""
    path = directory / "model.json"
    return path.stat().st_mtime_ns if path.is_file() else 0


def load(directory: Path) -> Artefact:
    """Read what `save` wrote.

    Raises:
        NotTrainedError: there is nothing, or another version of Driftline wrote it.
    """
    path = directory / "model.json"
    if not path.is_file():
        raise NotTrainedError("interest forecaster")
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("format") != FORMAT:
        raise NotTrainedError(f"interest forecaster of format {FORMAT} (found {document.get('format')})")
    topics = tuple(document["topics"])
    ensembles = {}
    for period, state in document["ensembles"].items():
        ensembles[period] = Ensemble(len(topics), period)
        ensembles[period].restore(state)
    return Artefact(document["facet"], topics, document["until"], ensembles)
