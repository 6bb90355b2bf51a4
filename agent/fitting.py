"""Training of a whole workspace: index, texts, forecasters and scorers, each on what the ones before it left."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from agent.build import open_workspace, trained
from core.settings import Settings
from core.types import idempotency_key
from tools.forecasting import artefact
from tools.forecasting import train as forecasting_training
from tools.retrieval.text import TEXTS
from tools.retrieval.tuning import adapter as text_adapter
from tools.retrieval.tuning import training as text_training
from tools.scoring import model as scoring_model
from tools.scoring import train as scoring_training
from tools.scoring.behaviour import model as behaviour_model

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class StepReport:
    """One step of training; ``summary`` is its own report in words."""

    name: str
    seconds: float
    skipped: bool
    summary: str


@dataclass(frozen=True)
class TrainingReport:
    """What `train` did, step by step."""

    steps: tuple[StepReport, ...]
    until: str | None

    def lines(self) -> list[str]:
        """One line a step, for a terminal."""
        return [
            f"{step.name}: nothing has changed since it was trained"
            if step.skipped
            else f"{step.name}: {step.summary} ({step.seconds:.1f} s)"
            for step in self.steps
        ]


def train(
    settings: Settings,
    until: datetime | None = None,
    progress: Progress = lambda _what, _done: None,
    index: bool = True,
) -> TrainingReport:
    """Fit everything a workspace needs, each step on what the ones before it left: index, forecasters, scorers.

    A step whose inputs are as they were when it last finished is not repeated, unless the format of what it leaves
    has changed since.

    Args:
        until: learn from events up to this moment alone.
        progress: told what is being done and how much of it, in [0, 1].
        index: bring the search index up to date first; without one, items are ranked without their texts.

    Raises:
        InputError: the workspace has no catalogue.
    """
    workspace = open_workspace(settings)
    deps = workspace.deps
    columns_version, events_version = deps.catalog.version(), deps.events.version()
    limit = "" if until is None else until.astimezone(UTC).isoformat()
    topics = (settings.topic_facet, settings.topic_clusters, settings.embedder)
    forecasts = (settings.timezone, settings.period, *settings.extra_forecasters)
    learnt = (columns_version, events_version, limit, *map(str, topics), *forecasts)

    def indexed(report: Progress) -> str:
        built = workspace.retriever.build(report)
        return _words(asdict(built))

    def questions(report: Progress) -> str:
        tuned = text_training.train(
            settings, deps.catalog, deps.events, workspace.retriever.item_vectors(), until, report
        )
        return "; ".join(tuned.lines())

    def forecasters(report: Progress) -> str:
        fitted = forecasting_training.train(
            settings, deps.catalog, deps.events, workspace.retriever.item_vectors, until, report
        )
        return "; ".join(fitted.lines())

    def scorers(report: Progress) -> str:
        fitted = scoring_training.train(
            settings, deps.catalog, deps.events, workspace.retriever, deps.forecaster, deps.trends, until, report
        )
        told = _words({"events": fitted.events, "choices": fitted.people})
        return f"{told}; chances of {', '.join(fitted.chances)}" if fitted.chances else told

    formats = f"{scoring_model.FORMAT} and {behaviour_model.FORMAT}"
    steps: tuple[tuple[str, tuple[str, ...], Callable[[Progress], str]], ...] = (
        ("index", (columns_version, settings.embedder, settings.chroma_url, f"texts {TEXTS}"), indexed),
        ("text", (*learnt[:3], settings.embedder, f"format {text_adapter.FORMAT}"), questions),
        ("forecasting", (*learnt, f"format {artefact.FORMAT}"), forecasters),
        ("scoring", (*learnt, settings.embedder if index else "", f"format {formats}"), scorers),
    )
    left_out = {"text"} if settings.text_tuning == "off" else set()
    if not index:
        left_out |= {"index", "text"}
    steps = tuple(step for step in steps if step[0] not in left_out)
    try:
        reports = []
        for position, (name, inputs, run) in enumerate(steps):
            fingerprint = idempotency_key(*inputs)
            started = time.perf_counter()
            # An artefact may have been deleted by hand: its fingerprint then proves nothing.
            present = name == "index" or (settings.models_dir / name).is_dir()
            skipped = present and workspace.state.get(trained(name)) == fingerprint
            summary = "" if skipped else run(_share(progress, name, position, len(steps)))
            if not skipped:
                workspace.state.set(trained(name), fingerprint)
            reports.append(StepReport(name, time.perf_counter() - started, skipped, summary))
        progress("done", 1.0)
        return TrainingReport(tuple(reports), limit or None)
    finally:
        workspace.database.close()


def _share(progress: Progress, name: str, position: int, steps: int) -> Progress:
    return lambda what, done: progress(f"{name}: {what}", (position + min(max(done, 0.0), 1.0)) / steps)


def _words(figures: dict[str, float]) -> str:
    return ", ".join(
        f"{name} {value:,}" if isinstance(value, int) else f"{name} {value:.3f}" for name, value in figures.items()
    )
