"""Chances of what is shown: the behaviour model of a workspace, asked about items at a moment."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from core.errors import NotTrainedError
from core.settings import Settings
from core.types import Event, EventKind
from store.columns import KINDS, ItemColumns
from tools.scoring.behaviour.cases import LIKE, LONGEST_DELAY
from tools.scoring.behaviour.context import Catalogue, History
from tools.scoring.behaviour.fit import likeness, up_to
from tools.scoring.behaviour.model import Behaviour, in_words, load
from tools.scoring.behaviour.workspace import OPTIONS, behaviour_folder
from tools.scoring.signals import DAY, Ints

if TYPE_CHECKING:
    from store.columns import EventLog
    from store.events import Events

KEPT = 4
"""Days in the past whose world is kept."""

RARE = 0.01
"""A chance of buying below this tells a reader nothing but that it is small."""


@dataclass(frozen=True)
class Chance:
    """What is predicted of one item.

    Attributes:
        probabilities: by kind. text: the one worth telling, in words; empty where none is.
    """

    probabilities: dict[str, float]
    text: str = ""


class Chances:
    """Asks the saved model of a workspace about items at a moment; thread-safe, holds nothing of any person.

    At a moment after training, everybody's counts are those by the time of training, until a day (`busy_days`) of new
    events has come. From then on, and at moments before, they are those of midnight before: at a moment in the past, of
    what others did only that is known which had happened, co-occurrence included. What features are worth is not of any
    person, and is as it was learnt.
    """

    def __init__(self, settings: Settings, events: Events) -> None:
        self._folder = behaviour_folder(settings)
        self._events = events
        self._lock = threading.Lock()
        self._loaded: tuple[ItemColumns, csr_matrix, int, Behaviour | None] | None = None
        self._days: OrderedDict[float, Behaviour] = OrderedDict()

    def of(
        self,
        columns: ItemColumns,
        topics: csr_matrix,
        history: Sequence[Event],
        positions: Ints,
        at: datetime,
        fresh_since: datetime | None = None,
    ) -> list[Chance]:
        """What is predicted of some items, in their order.

        Nothing for people without any event on an item, and only liking for those without any in the month before.

        Args:
            columns: the catalogue. topics: (items, topics) membership.
            history: of the person; what is not before ``at`` is left out.
            positions: each once.
            fresh_since: when the latest day of data before ``at`` began.
        """
        known = history_of(history, columns)
        moment = at.timestamp()
        model = self._model(columns, topics) if len(known.before(moment).item) else None
        if model is None:
            return [Chance({})] * len(positions)
        if moment < model.until or (fresh_since is not None and fresh_since.timestamp() > model.until):
            model = self._at_midnight(model, columns, topics, at)
        found = model.probabilities(known, positions, moment)
        if moment - known.before(moment).at[-1] > LONGEST_DELAY:
            # Taking up was learnt of people who had done something lately; liking, of all who judge.
            found = {kind: chances for kind, chances in found.items() if kind == LIKE}
        rows = ({kind: float(chances[row]) for kind, chances in found.items()} for row in range(len(positions)))
        return [Chance(row, telling(model, row)) for row in rows]

    def _model(self, columns: ItemColumns, topics: csr_matrix) -> Behaviour | None:
        try:
            stamp = (self._folder / "behaviour.json").stat().st_mtime_ns
        except FileNotFoundError:
            return None
        with self._lock:
            loaded = self._loaded
            if loaded is None or loaded[0] is not columns or loaded[1] is not topics or loaded[2] != stamp:
                try:
                    model = load(self._folder, columns, topics)
                except NotTrainedError:
                    # A list without chances is better than none; `trained` tells what is wrong.
                    model = None
                self._loaded = loaded = (columns, topics, stamp, model)
                self._days.clear()
            return loaded[3]

    def _at_midnight(self, model: Behaviour, columns: ItemColumns, topics: csr_matrix, at: datetime) -> Behaviour:
        midnight = np.floor(at.timestamp() / DAY) * DAY
        with self._lock:
            if midnight in self._days:
                self._days.move_to_end(midnight)
                return self._days[midnight]
            log = self._events.log(columns, datetime.fromtimestamp(midnight, UTC))
            self._days[midnight] = found = known_at(model, columns, topics, log, float(midnight))
            if len(self._days) > KEPT:
                self._days.popitem(last=False)
        return found


def known_at(model: Behaviour, columns: ItemColumns, topics: csr_matrix, log: EventLog, moment: float) -> Behaviour:
    """The model with nothing of everybody's events but what came before a moment (unix seconds)."""
    old = model.catalogue
    past = up_to(log, datetime.fromtimestamp(moment, UTC) - timedelta(milliseconds=1))
    similar = likeness(past, len(columns.ids), moment, OPTIONS) if moment < model.until else model.similar
    catalogue = Catalogue.of(columns, topics, similar, old.seasonal, tuple(old.facets), tuple(old.figures))
    model = replace(model, catalogue=catalogue, similar=similar)
    return replace(model, world=model.world_at(past, moment))


def history_of(events: Sequence[Event], columns: ItemColumns) -> History:
    """The events of a person on items of the catalogue, in time order."""
    rows = [
        event
        for event in events
        if event.item_id in columns.position and event.kind in KINDS and event.retracted_at is None
    ]
    rows.sort(key=lambda event: event.at)
    return History(
        item=np.array([columns.position[event.item_id] for event in rows if event.item_id is not None], np.int32),
        at=np.array([event.at.timestamp() for event in rows], np.float64),
        kind=np.array([KINDS.index(event.kind) for event in rows], np.int8),
        value=np.array([event.value for event in rows], np.float32),
    )


def telling(model: Behaviour, probabilities: dict[str, float]) -> str:
    """The chance that a reader can use, in words: of buying where people buy, unless it is rare, else of liking."""
    kind = next((kind for kind in (EventKind.PURCHASE.value, LIKE) if kind in probabilities), None)
    if kind is None or (kind != LIKE and probabilities[kind] < RARE):
        return ""
    return in_words(kind, probabilities[kind], model.horizons)
