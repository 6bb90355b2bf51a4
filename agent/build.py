"""The composition root: opens a workspace, hands each slice what it needs, and trains them in the right order."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from agent.checkpoints import Checkpoints
from agent.desk.desk import Desk
from agent.desk.office import Office
from agent.graph import Agent
from agent.llm.client import ChatClient, ModelClient
from agent.llm.weights import models_dir
from agent.reader.bases import at_hand
from agent.reader.encoder import EncoderReader
from agent.service import Service
from agent.turnstiles import Turnstiles
from core.errors import InputError, NotTrainedError
from core.results import RecommendRequest
from core.settings import Settings
from core.types import idempotency_key
from store.audit import AuditTrail
from store.catalog import Catalog
from store.conversations import Conversations
from store.db import Database, KeyValue
from store.desk import DeskRecords
from store.events import Events
from store.exchanges import Exchanges
from store.importers.rejects import RejectFiles
from tools.deps import Deps
from tools.forecasting import artefact
from tools.forecasting import train as forecasting_training
from tools.forecasting.forecaster import Forecasting
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.text import TEXTS
from tools.retrieval.tuning import adapter as text_adapter
from tools.retrieval.tuning import training as text_training
from tools.scoring import model as scoring_model
from tools.scoring import train as scoring_training
from tools.scoring.behaviour import model as behaviour_model
from tools.scoring.scorer import AdditiveScorer
from tools.trends.popularity import EventTrends

logger = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """An open workspace: the slices, wired, and what they stand on."""

    deps: Deps
    database: Database
    retriever: HybridRetriever
    forecaster: Forecasting
    state: KeyValue
    encoder: EncoderReader


def reader_of(settings: Settings) -> EncoderReader:
    """What reads messages here; nothing is loaded yet."""
    return EncoderReader(at_hand(models_dir(settings)))


def open_workspace(settings: Settings, now: Clock = utc_now) -> Workspace:
    """Open the database and wire the slices; nothing heavy is loaded yet.

    Raises:
        InputError: the workspace has no catalogue.
        SettingsError: the database cannot be opened.
    """
    database = Database(settings.sql_url)
    database.migrate()
    catalog, events = Catalog(database), Events(database)
    if catalog.count() == 0:
        database.close()
        raise InputError(
            f"The workspace {settings.home} has no catalogue.",
            "Import one first, for example `driftline import films PATH`.",
        )
    retriever = HybridRetriever(settings, catalog, events)
    forecaster = Forecasting(settings, catalog, events, retriever.item_vectors)
    trends = EventTrends(catalog, events)
    deps = Deps(
        settings=settings,
        catalog=catalog,
        events=events,
        conversations=Conversations(database),
        retriever=retriever,
        forecaster=forecaster,
        trends=trends,
        scorer=AdditiveScorer(settings, catalog, events, retriever, forecaster, trends),
        now=now,
    )
    return Workspace(deps, database, retriever, forecaster, KeyValue(database), reader_of(settings))


def build_service(
    settings: Settings, model: ChatClient | None = None, now: Clock = utc_now, warm: bool = False
) -> Service:
    """The service of a trained workspace.

    Args:
        model: stands in for the configured model.
        warm: load models and indexes in the background, so that the first question need not wait for all of them.
            Closing the service waits for it: an interpreter that ends while libraries load can crash.

    Raises:
        InputError: the workspace has no catalogue.
        NotTrainedError: it was not trained.
    """
    workspace = open_workspace(settings, now)
    if workspace.state.get(_key("scoring")) is None:
        workspace.database.close()
        raise NotTrainedError("trained model")
    return service_of(workspace, model or ModelClient(settings), [_WarmUp(workspace)] if warm else [])


def service_of(workspace: Workspace, model: ChatClient, opened: Sequence[Any] = ()) -> Service:
    """The service over an open workspace; closing it closes what else was opened, and the workspace."""
    database = workspace.database
    checkpoints = Checkpoints(database)
    agent = Agent(workspace.deps, model, checkpoints, workspace.encoder)
    trail = AuditTrail(database, workspace.deps.now)
    office = Office(
        deps=workspace.deps,
        bot=agent,
        client=model,
        records=DeskRecords(database),
        trail=trail,
        exchanges=Exchanges(database),
        turnstiles=Turnstiles(),
    )
    return Service(
        deps=workspace.deps,
        agent=agent,
        model=model,
        database=workspace.database,
        erasables=(
            workspace.retriever.interests,
            checkpoints,
            trail,
            RejectFiles(workspace.deps.settings.home / "rejects"),
        ),
        desk=Desk(office),
        opened=(*opened, checkpoints, workspace.database),
    )


class _WarmUp:
    """Loads in the background what a first question needs."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._thread = threading.Thread(target=self._run, name="warm-up")
        self._thread.start()

    def _run(self) -> None:
        try:
            self._workspace.retriever.warm()
            self._workspace.encoder.load()
            deps = self._workspace.deps
            deps.scorer.recommend(RecommendRequest(at=deps.now(), k=5, query="warm"))
        except Exception:
            # The first question will meet the same failure and report it; here it must only not go unseen.
            logger.exception("Warming up failed")

    def close(self) -> None:
        """Wait for it."""
        self._thread.join()


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
            skipped = present and workspace.state.get(_key(name)) == fingerprint
            summary = "" if skipped else run(_share(progress, name, position, len(steps)))
            if not skipped:
                workspace.state.set(_key(name), fingerprint)
            reports.append(StepReport(name, time.perf_counter() - started, skipped, summary))
        progress("done", 1.0)
        return TrainingReport(tuple(reports), limit or None)
    finally:
        workspace.database.close()


def _key(step: str) -> str:
    return f"trained:{step}"


def _share(progress: Progress, name: str, position: int, steps: int) -> Progress:
    return lambda what, done: progress(f"{name}: {what}", (position + min(max(done, 0.0), 1.0)) / steps)


def _words(figures: dict[str, float]) -> str:
    return ", ".join(
        f"{name} {value:,}" if isinstance(value, int) else f"{name} {value:.3f}" for name, value in figures.items()
    )
