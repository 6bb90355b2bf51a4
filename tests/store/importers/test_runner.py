"""The runner's promises: nothing half-done, nothing twice, the same whatever the batch."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.histories import imported_id
from core.types import Event, EventKind
from store.catalog import Catalog
from store.db import Database, KeyValue
from store.events import Events
from store.importers import SOURCES, run_import
from tests.store.importers.conftest import Workspace, write


def shop(folder: Path, events: int = 25) -> Path:
    write(folder / "items.csv", "id,title", *(f"i{n},Item {n}" for n in range(7)), ",nameless")
    rows = (f"u{n % 5},i{n % 8},{1_600_000_000 + n}" for n in range(events))
    write(folder / "events.csv", "user,item,time", *rows, "u1,i1,never")
    return folder


class Interrupted(Exception):
    """Stands for Ctrl-C or a crash."""


@pytest.mark.parametrize("survive", range(1, 10))
def test_an_interrupted_import_goes_on_to_the_same_end(
    make_workspace: Callable[[str], Workspace], tmp_path: Path, survive: int
) -> None:
    path = shop(tmp_path / "data")
    whole, cut = make_workspace("whole"), make_workspace("cut")
    expected = whole.bring("csv", path, batch=4)
    calls = 0

    def fail(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > survive:
            raise Interrupted

    with pytest.raises(Interrupted):
        cut.bring("csv", path, batch=4, progress=fail)
    report = cut.bring("csv", path, batch=4)
    assert cut.contents() == whole.contents()
    assert (report.events_added, report.rejected, report.joined) == (25, expected.rejected, expected.joined)
    assert report.rejects_file is not None
    assert expected.rejects_file is not None
    assert report.rejects_file.read_text() == expected.rejects_file.read_text()


def test_it_goes_on_where_it_stopped_and_only_with_the_same_input(workspace: Workspace, tmp_path: Path) -> None:
    path = shop(tmp_path / "data")

    def fail(done: int, total: int) -> None:
        if workspace.events.count() >= 12:
            raise Interrupted

    with pytest.raises(Interrupted):
        workspace.bring("csv", path, batch=4, progress=fail)
    assert workspace.events.count() == 12
    shop(path, events=26)
    changed = workspace.bring("csv", path, batch=4)
    assert not changed.resumed
    assert (changed.events_added, changed.events_duplicates) == (14, 12)
    shop(path, events=25)
    original = workspace.bring("csv", path, batch=4)
    assert original.resumed
    assert (original.events_added, original.events_duplicates) == (12, 13)
    assert not workspace.bring("csv", path, batch=4).resumed


def test_repeating_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = shop(tmp_path / "data")
    workspace.bring("csv", path)
    before = workspace.contents(), workspace.catalog.version()
    report = workspace.bring("csv", path)
    assert (workspace.contents(), workspace.catalog.version()) == before
    assert (report.items_added, report.items_updated, report.items_unchanged) == (0, 0, 7)
    assert (report.events_added, report.events_duplicates) == (0, 25)


def test_a_repeated_import_brings_nothing_back_that_was_retracted(workspace: Workspace, tmp_path: Path) -> None:
    path = shop(tmp_path / "data")
    workspace.bring("csv", path)
    [first, *rest] = workspace.timeline("u0")
    workspace.events.retract("u0", first.id, datetime.now(UTC))
    workspace.bring("csv", path)
    assert workspace.timeline("u0") == rest


@settings(max_examples=8, deadline=None)
@given(batch=st.integers(1, 60), events=st.integers(1, 50))
def test_the_batch_size_does_not_matter(batch: int, events: int) -> None:
    told: list[object] = []
    with tempfile.TemporaryDirectory() as name:
        path = shop(Path(name) / "data", events)
        for size in (batch, 5000):
            home = Path(name) / f"home{size}-{len(told)}"
            database = Database(f"sqlite:///{home / 'driftline.db'}")
            database.migrate()
            workspace = Workspace(home, Catalog(database), Events(database), KeyValue(database))
            report = workspace.bring("csv", path, batch=size)
            counts = (report.events_added, report.joined, report.unjoined, report.rejected, report.messages)
            told.append((workspace.contents(), counts))
            database.close()
    assert told[0] == told[1]


def test_people_of_another_source_stop_the_import_before_it_writes(workspace: Workspace, tmp_path: Path) -> None:
    path = shop(tmp_path / "data")
    other = Event(user_id="u3", at=datetime(2020, 1, 1, tzinfo=UTC), kind=EventKind.VIEW, source="import:movielens")
    workspace.events.append([other])
    with pytest.raises(InputError, match=r"User 'u3' of import:own is already a person of import:movielens .* own-"):
        workspace.bring("csv", path)
    assert (workspace.catalog.count(), workspace.events.count()) == (0, 1)
    assert not (workspace.home / "rejects").exists()
    assert workspace.bring("csv", path, user_prefix="shop-").events_added == 25
    assert workspace.events.summary("shop-u3") is not None


def test_what_people_brought_from_elsewhere_stops_no_import(workspace: Workspace, tmp_path: Path) -> None:
    path = shop(tmp_path / "data")
    name = imported_id("20260101T000000abcdef01", "0" * 32)
    brought = Event(
        id=name,
        user_id="u3",
        at=datetime(2020, 1, 1, tzinfo=UTC),
        kind=EventKind.SEEN,
        item_id="i1",
        source="import:netflix",
    )
    workspace.events.append([brought])
    workspace.events.edit("u3", name, datetime(2020, 1, 2, tzinfo=UTC), kind=EventKind.LIKE)
    assert workspace.bring("csv", path).events_added == 25


def test_people_who_only_talked_here_keep_their_id(workspace: Workspace, tmp_path: Path) -> None:
    said = Event(
        user_id="u3", at=datetime(2020, 1, 1, tzinfo=UTC), kind=EventKind.LIKE, item_id="i1", source="dialogue"
    )
    workspace.events.append([said])
    workspace.bring("csv", shop(tmp_path / "data"))
    assert len(workspace.timeline("u3")) == 6


def test_progress_runs_from_nothing_to_all(workspace: Workspace, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = shop(tmp_path / "data")
    workspace.bring("csv", path, batch=4, progress=lambda done, total: seen.append((done, total)))
    size = sum(file.stat().st_size for file in path.iterdir())
    assert {total for _, total in seen} == {size}
    assert seen[-1] == (size, size)
    assert len(seen) > 6
    assert seen == sorted(seen)


def test_no_rejects_no_file(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("csv", write(tmp_path / "items.csv", "id,title", "1,One"))
    assert (report.rejected, report.rejects_file) == (0, None)
    assert not (workspace.home / "rejects").exists()


def test_every_source_says_what_it_is() -> None:
    assert {name for name, source in SOURCES.items() if not source.needs_path} == {"films", "movietweetings"}
    assert {name for name, source in SOURCES.items() if source.mappable} == {"csv", "jsonl", "parquet"}
    assert all(source.name == name and source.description for name, source in SOURCES.items())


def test_a_catalogue_and_its_events_import_into_either_database(database: Database, tmp_path: Path) -> None:
    stores = Catalog(database), Events(database), KeyValue(database)
    path = shop(tmp_path / "data")
    for added in (25, 0):
        report = run_import(SOURCES["csv"], path, *stores, workspace=tmp_path / "home", batch=4)
        assert (report.events_added, report.rejected, report.unjoined) == (added, 2, 3)
