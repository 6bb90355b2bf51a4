"""What people said about what they like, as vectors: one entry an event, found by person and time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import InputError
from core.privacy import redact
from core.types import PASSING
from tools.deps import Floats
from tools.retrieval import scrub
from tools.retrieval.embedder import Embedder
from tools.retrieval.index import collection

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

HALF_LIFE_DAYS = 30.0
"""What was said this long before the newest words weighs half as much."""


_PATIENCE = 30.0
"""Seconds that an erasure waits for others who use the embedded database."""


class Interests:
    """The ``interests`` collection; an `Erasable` (store/erasure.py). Thread-safe."""

    name = "interests"

    def __init__(self, client: ClientAPI, embedder: Embedder) -> None:
        self._embedder = embedder
        told = client.get_settings()
        self._file = Path(told.persist_directory) / "chroma.sqlite3" if told.is_persistent else None
        self._collection = collection(client, "interests", embedder.identity)

    def remember(self, user_id: str, event_id: str, text: str, at: datetime) -> None:
        """Keep something a person said; saying it again under the same event id changes nothing."""
        text = redact(text)
        self._collection.upsert(
            ids=[event_id],
            embeddings=[self._embedder.query(text)],
            documents=[text],
            metadatas=[{"user_id": user_id, "at": at.timestamp()}],
        )

    def vector(
        self,
        user_id: str,
        at: datetime,
        retracted: Callable[[], Collection[str]],
        among: Collection[str] | None = None,
    ) -> Floats | None:
        """(d,) unit vector: mean of what the person said up to ``at``, halved in weight every 30 days of age.

        Age counts from the newest entry, so a pause of the person does not change their interests.

        Args:
            retracted: gives the ids of events that no longer count; asked only when something was said.
            among: ids of the events that count, in place of ``retracted``.
        """
        said = self._of(user_id, ["embeddings", "metadatas"], at)
        if among is None:
            gone = retracted() if said["ids"] else ()
            kept = [row for row, event_id in enumerate(said["ids"]) if event_id not in gone]
        else:
            kept = [row for row, event_id in enumerate(said["ids"]) if event_id in among]
        if not kept:
            return None
        vectors = np.asarray(said["embeddings"], dtype=np.float32)[kept]
        times = np.array([entry["at"] for entry in said["metadatas"]])[kept]
        weights = 0.5 ** ((times.max() - times) / (HALF_LIFE_DAYS * 86_400))
        mean = weights.astype(np.float32) @ vectors
        norm = float(np.linalg.norm(mean))
        return None if norm == 0.0 else (mean / norm).astype(np.float32)

    def export_user(self, user_id: str) -> object:
        """Everything kept about a person: event id, time (unix seconds) and words."""
        said = self._of(user_id, ["documents", "metadatas"])
        entries = zip(said["ids"], said["documents"], said["metadatas"], strict=True)
        return [{"event_id": event_id, "at": entry["at"], "text": text} for event_id, text, entry in entries]

    def forget_user(self, user_id: str) -> int:
        """Delete everything kept about a person; how many entries there were.

        In the embedded database no byte of their words or id is left; a server's file is its operator's to clean.

        Raises:
            InputError: others kept the embedded database busy; the call can be repeated.
        """
        ids = self._of(user_id, [])["ids"]
        if ids:
            self._collection.delete(ids=ids)
        # A call that is repeated may find only traces. Of who passes by no words are kept, and they are many.
        if self._file is not None and (ids or not user_id.startswith(PASSING)):
            _scrub(self._file, user_id, bool(ids))
        return len(ids)

    def _of(self, user_id: str, include: list[str], until: datetime | None = None) -> dict[str, Any]:
        mine: dict[str, Any] = {"user_id": user_id}
        if until is not None:
            mine = {"$and": [mine, {"at": {"$lt": until.timestamp()}}]}
        found: dict[str, Any] = self._collection.get(where=mine, include=include)
        return found


def _scrub(file: Path, user_id: str, deleted: bool) -> None:
    command = [sys.executable, "-I", scrub.__file__, str(file), str(_PATIENCE)]
    told = json.dumps([user_id, deleted])
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InputError(
            f"What {user_id!r} said is deleted, but its traces in {file} are not: {done.stderr.strip()[-500:]}.",
            "Repeat the erasure.",
        )
