"""What people said, kept as vectors and erased with them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.types import PASSING, Event, EventKind
from tests.tools.retrieval.conftest import Workspace
from tools.retrieval import interests
from tools.retrieval.hybrid import HybridRetriever

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


def test_newer_words_weigh_more(workspace: Workspace) -> None:
    retriever = workspace(items=())
    retriever.remember("ann", "e1", "slow French romances", NOW - timedelta(days=90))
    retriever.remember("ann", "e2", "space horror", NOW)
    old, new = retriever.embed(["slow French romances", "space horror"])
    vector = retriever.interest_vector("ann", LATER)
    assert vector is not None
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-5)
    expected = new + old / 8
    assert np.allclose(vector, expected / np.linalg.norm(expected), atol=1e-5)


def test_nothing_after_the_moment_is_seen_and_nobody_else(workspace: Workspace) -> None:
    retriever = workspace(items=())
    retriever.remember("ann", "e1", "space horror", NOW)
    assert retriever.interest_vector("ann", NOW) is None
    assert retriever.interest_vector("bob", LATER) is None


def test_saying_the_same_event_again_changes_nothing(workspace: Workspace) -> None:
    retriever = workspace(items=())
    for _ in range(2):
        retriever.remember("ann", "e1", "space horror", NOW)
    exported = retriever.interests.export_user("ann")
    assert exported == [{"event_id": "e1", "at": NOW.timestamp(), "text": "space horror"}]


def test_retracted_words_no_longer_count(workspace: Workspace) -> None:
    retriever = workspace(items=())
    events = retriever._events
    assert events is not None
    said = Event(user_id="ann", at=NOW, kind=EventKind.REQUEST, text="space horror", source="dialogue")
    events.append([said])
    retriever.remember("ann", said.id, "space horror", NOW)
    assert retriever.interest_vector("ann", LATER) is not None
    events.retract("ann", said.id, NOW)
    assert retriever.interest_vector("ann", LATER) is None


def test_forgotten_people_are_gone_and_the_others_stay(workspace: Workspace) -> None:
    retriever = workspace(items=())
    retriever.remember("ann", "e1", "space horror", NOW)
    retriever.remember("ann", "e2", "write to ann@example.org", NOW)
    retriever.remember("bob", "e3", "westerns", NOW)
    assert "[email]" in str(retriever.interests.export_user("ann"))
    assert retriever.interests.forget_user("ann") == 2
    assert retriever.interests.export_user("ann") == []
    assert retriever.interest_vector("ann", LATER) is None
    assert retriever.interests.forget_user("ann") == 0
    assert retriever.interest_vector("bob", LATER) is not None


def _bytes(retriever: HybridRetriever, word: str) -> list[Path]:
    files = [path for path in retriever._settings.home.rglob("*") if path.is_file()]
    return [path for path in files if word.encode() in path.read_bytes()]


def test_no_byte_of_the_forgotten_is_left_and_the_others_can_be_read_again(workspace: Workspace) -> None:
    retriever = workspace(items=())
    for number in range(20):
        retriever.remember("annperson", f"a{number}", f"unmistakablyodd films, {number}", NOW)
        retriever.remember("bobperson", f"b{number}", f"perfectlyplain films, {number}", NOW)
    assert _bytes(retriever, "annperson")
    assert retriever.interests.forget_user("annperson") == 20
    assert not _bytes(retriever, "annperson")
    assert not _bytes(retriever, "unmistakablyodd")
    assert _bytes(retriever, "perfectlyplain")
    retriever.remember("bobperson", "b20", "space horror", NOW)
    opened = HybridRetriever(retriever._settings, retriever._catalog, None, retriever.embedder)
    assert len(opened.interests._of("bobperson", ["embeddings"])["ids"]) == 21
    found = opened.interests._collection.query(query_embeddings=[retriever.embedder.query("space horror")], n_results=1)
    assert found["ids"] == [["b20"]]


def test_an_erasure_that_others_held_up_can_be_repeated(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "_PATIENCE", 0.1)
    retriever = workspace(items=())
    retriever.remember("annperson", "e1", "unmistakablyodd films", NOW)
    retriever.remember("bobperson", "e2", "westerns", NOW)
    file = retriever._settings.vectors_dir / "chroma.sqlite3"
    reader = sqlite3.connect(file)
    delete = retriever.interests._collection.delete

    def deleted(ids: list[str]) -> None:
        delete(ids=ids)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM embeddings").fetchone()

    monkeypatch.setattr(retriever.interests._collection, "delete", deleted)
    with pytest.raises(InputError, match="Repeat the erasure"):
        retriever.interests.forget_user("annperson")
    reader.close()
    assert retriever.interests.forget_user("annperson") == 0
    assert not _bytes(retriever, "unmistakablyodd")


def test_for_who_passes_by_the_file_is_left_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    retriever = workspace(items=())
    monkeypatch.setattr(interests, "_scrub", lambda *_: pytest.fail("it is rewritten"))
    assert retriever.interests.forget_user(f"{PASSING}7f3a") == 0
