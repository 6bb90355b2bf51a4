"""Old data moved to the present."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import InputError
from store.importers import SOURCES, run_import
from store.importers.moved import Moved
from tests.store.importers.conftest import Workspace
from tests.store.importers.test_completejourney import package, product, receipt


def moved(workspace: Workspace, path: Path, ending: datetime, **options: object) -> list[datetime]:
    source = Moved(SOURCES["completejourney"], ending, workspace.state)
    catalog, events, state = workspace.catalog, workspace.events, workspace.state
    run_import(source, path, catalog, events, state, workspace=workspace.home, **options)  # type: ignore[arg-type]
    return [event.at for event in workspace.timeline("900")]


def test_the_last_event_lies_in_the_week_before_and_all_else_stays(workspace: Workspace, tmp_path: Path) -> None:
    told = [datetime(2017, 1, 1, 11, 53, 26), datetime(2017, 1, 3, 8, 0, 0), datetime(2017, 3, 9, 19, 30, 0)]
    receipts = [receipt(number, 1, transaction_timestamp=at) for number, at in enumerate(told)]
    folder = package(tmp_path / "cj", [product(1)], receipts)
    ending = datetime(2024, 5, 17, 12, tzinfo=UTC)
    times = moved(workspace, folder, ending)
    assert timedelta() <= ending - times[-1] < timedelta(days=7)
    steps = {at - then.replace(tzinfo=UTC) for at, then in zip(times, told, strict=True)}
    [step] = steps
    assert step % timedelta(days=7) == timedelta()


def test_repeating_it_on_a_later_day_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    folder = package(tmp_path / "cj", [product(1)], [receipt(7, 1)])
    first = moved(workspace, folder, datetime(2024, 5, 17, tzinfo=UTC))
    assert moved(workspace, folder, datetime(2025, 5, 17, tzinfo=UTC)) == first


def test_a_cut_and_a_move_do_not_go_together(workspace: Workspace, tmp_path: Path) -> None:
    folder = package(tmp_path / "cj", [product(1)], [receipt(7, 1)])
    with pytest.raises(InputError, match="cannot be used together"):
        moved(workspace, folder, datetime(2024, 5, 17, tzinfo=UTC), until=datetime(2024, 1, 1, tzinfo=UTC))
