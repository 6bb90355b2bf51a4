"""What people said, kept as vectors and erased with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from core.types import Event, EventKind
from tests.tools.retrieval.conftest import Workspace

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
