"""What ranking works with, read from the workspace once and again when it has changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from core.errors import NotTrainedError
from core.settings import Settings
from core.types import Constraints, Event
from store.catalog import Catalog
from store.columns import ItemColumns
from store.events import Events
from tools.deps import InterestForecaster, Retriever, Trends
from tools.scoring.features import general_features
from tools.scoring.model import FADE_DAYS, PRIOR, Model, cold_model, load, model_folder, stamp
from tools.scoring.ranker import Ranker
from tools.scoring.ranking import Shared
from tools.scoring.signals import Floats
from tools.scoring.slate.likeness import Kinship, kinship
from tools.scoring.world import World, build_world


class Loaded:
    """The model of a workspace and the world it works in; thread-safe, holds nothing of any person.

    Raises (all methods):
        NotTrainedError: the workspace has events on items, but nothing was trained on them.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        events: Events,
        retriever: Retriever,
        forecaster: InterestForecaster,
        trends: Trends,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._events = events
        self._retriever = retriever
        self._forecaster = forecaster
        self._trends = trends
        self._lock = threading.Lock()
        self._loaded: tuple[ItemColumns, int | None, World, Kinship, Model] | None = None

    def _shared(self, at: datetime) -> Shared:
        """What is the same for everybody at a moment."""
        world, kin, model = self._current()
        obey = world.columns.mask(Constraints())
        general = general_features(world, model, self._trends, at)
        return Shared(world, model, general, _rising(world, self._trends, at), obey, kin, self._trends)

    def _own(self, shared: Shared, user_id: str | None, history: Sequence[Event], at: datetime) -> Shared:
        """The same for one person, whose part of what everybody did is their history as it is given, without delay."""
        if user_id is None:
            return shared
        trends = shared.trends.with_own(user_id, history, at)
        if trends is shared.trends:
            return shared
        world = shared.world
        general = general_features(world, shared.model, trends, at)
        return replace(shared, general=general, rising=_rising(world, trends, at), trends=trends)

    def _current(self) -> tuple[World, Kinship, Model]:
        columns = self._catalog.columns()
        folder = model_folder(self._settings)
        saved = stamp(folder)
        loaded = self._loaded
        if loaded is not None and loaded[0] is columns and loaded[1] == saved and saved is not None:
            return loaded[2:]
        with self._lock:
            loaded = self._loaded
            if loaded is None or loaded[0] is not columns or loaded[1] != saved:
                # Topics change with training, so the world is built again for a new model too.
                world = self._build_world(columns)
                kin = kinship(world.columns, world.graph)
                self._loaded = loaded = (columns, saved, world, kin, self._load(columns, saved, world.vectors))
            elif saved is None:
                # Events that came since would want training; the world, which takes long to build, is the same.
                self._load(columns, saved, loaded[2].vectors)
            return loaded[2:]

    def _build_world(self, columns: ItemColumns) -> World:
        return build_world(columns, self._retriever.item_vectors(), self._forecaster.topics)

    def _load(self, columns: ItemColumns, saved: int | None, vectors: Floats) -> Model:
        if saved is not None:
            model = load(model_folder(self._settings), columns, vectors)
            if set(model.ranker.weights) != set(PRIOR):
                raise NotTrainedError("ranking model with the features of this version")
            return model
        if len(self._events.log(columns)):
            raise NotTrainedError("ranking model")
        return cold_model(len(columns.ids), Ranker(PRIOR), FADE_DAYS)


def _rising(world: World, trends: Trends, at: datetime) -> Floats:
    scores = np.zeros(len(world.columns.ids), np.float32)
    for item_id, ratio in trends.rising(at, 50):
        if item_id in world.columns.position:
            scores[world.columns.position[item_id]] = ratio
    return scores
