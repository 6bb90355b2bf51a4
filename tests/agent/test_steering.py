"""Whatever is pinned, muted, removed, changed and undone, the log only grows, and undoing is exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.steering import restore, steer
from core.steering import muted_items, pinned
from core.types import Event, EventKind, Item
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.deps import Deps

START = datetime(2024, 1, 1, tzinfo=UTC)
ITEMS = ("alien", "heat")


class Clock:
    """Every look is a second later."""

    def __init__(self) -> None:
        self.at = START + timedelta(days=100)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deps]:
    """A catalogue of two films and an empty log, without anything that is trained."""
    path: Path = tmp_path_factory.mktemp("steering")
    database = Database(f"sqlite:///{path / 'driftline.db'}")
    database.migrate()
    catalog = Catalog(database)
    catalog.upsert([Item(id=item, title=item.title()) for item in ITEMS])
    yield cast(Deps, SimpleNamespace(catalog=catalog, events=Events(database), now=Clock()))
    database.close()


STEP = st.sampled_from(["pin", "mute", "remove", "restore", "edit"])
STEPS = st.lists(st.tuples(STEP, st.integers(0, 30)), min_size=1, max_size=12)
_people = iter(range(10_000))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_log_only_grows_and_a_retraction_is_final(deps: Deps, steps: list[tuple[str, int]]) -> None:
    person = f"person-{next(_people)}"
    deps.events.append(
        Event(user_id=person, at=START + timedelta(days=n), kind=EventKind.LIKE, item_id=item, value=1.0)
        for n, item in enumerate(ITEMS)
    )
    log = whole(deps, person)
    for step, number in steps:
        take(deps, person, step, number)
        after = whole(deps, person)
        assert log.keys() <= after.keys()
        for event_id, old in log.items():
            new = after[event_id]
            assert new.model_copy(update={"retracted_at": None}) == old.model_copy(update={"retracted_at": None})
            assert old.retracted_at is None or new.retracted_at == old.retracted_at
        standing = deps.events.of_user(person)
        assert len({event.key for event in after.values()}) == len(after)
        if step in ("pin", "mute"):
            item = ITEMS[number % 2]
            assert (item in pinned(standing), item in muted_items(standing)) == (step == "pin", step == "mute")
        log = after


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, chosen=st.integers(0, 30))
def test_removing_and_restoring_is_as_if_nothing_happened(
    deps: Deps, steps: list[tuple[str, int]], chosen: int
) -> None:
    person = f"person-{next(_people)}"
    deps.events.append([Event(user_id=person, at=START, kind=EventKind.LIKE, item_id="alien", value=0.5, text="so")])
    for step, number in steps:
        take(deps, person, step, number)
    before = deps.events.of_user(person)
    if not before:
        return
    event = before[chosen % len(before)]
    deps.events.retract(person, event.id, deps.now())
    assert restore(deps, person, event.id) == restore(deps, person, event.id)
    assert sorted(map(told, deps.events.of_user(person))) == sorted(map(told, before))


def whole(deps: Deps, person: str) -> dict[str, Event]:
    return {event.id: event for event in deps.events.of_user(person, include_retracted=True)}


def told(event: Event) -> tuple[Any, ...]:
    return (event.at, event.kind.value, event.item_id or "", event.value, event.text or "", event.source)


def take(deps: Deps, person: str, step: str, number: int) -> None:
    events = deps.events.of_user(person, include_retracted=True)
    event = events[number % len(events)]
    if step in ("pin", "mute"):
        steer(deps, person, EventKind(step), ITEMS[number % 2], None)
    elif step == "remove":
        deps.events.retract(person, event.id, deps.now())
    elif step == "restore":
        restore(deps, person, event.id)
    elif event.retracted_at is None:
        deps.events.edit(person, event.id, deps.now(), value=0.25)
