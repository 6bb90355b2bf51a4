"""The composition root: opens a workspace and hands each slice what it needs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from store.audit import AuditTrail
from store.catalog import Catalog
from store.conversations import Conversations
from store.db import Database, KeyValue
from store.desk import DeskRecords
from store.events import Events
from store.exchanges import Exchanges
from store.importers.rejects import RejectFiles
from tools.deps import Deps
from tools.forecasting.forecaster import Forecasting
from tools.retrieval.hybrid import HybridRetriever
from tools.scoring.scorer import AdditiveScorer
from tools.trends.popularity import EventTrends

logger = logging.getLogger(__name__)

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


def trained(step: str) -> str:
    """Where the workspace keeps with what a step of training finished last (`agent.fitting`)."""
    return f"trained:{step}"


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
    if workspace.state.get(trained("scoring")) is None:
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
