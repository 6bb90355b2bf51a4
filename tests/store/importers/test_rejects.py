"""Rows that could not be used belong to whom they name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from store.importers.rejects import RejectFiles
from tests.store.importers.conftest import Workspace, write

ROWS = ("u1,i1,1600000000", "u1,i1,never", "u11,i1,never", "u2,i1,never u1-never", 'u3,"u1",never')


def bad_rows(workspace: Workspace, folder: Path, prefix: str = "") -> Path:
    write(folder / "items.csv", "id,title", "i1,Item")
    write(folder / "events.csv", "user,item,time", *ROWS)
    file = workspace.bring("csv", folder, user_prefix=prefix).rejects_file
    assert file is not None
    return file


@pytest.mark.parametrize("prefix", ["", "shop-"])
def test_rows_that_name_a_person_are_exported_and_erased(workspace: Workspace, tmp_path: Path, prefix: str) -> None:
    file = bad_rows(workspace, tmp_path / "data", prefix)
    rejects = RejectFiles(file.parent)
    exported = rejects.export_user(f"{prefix}u1")
    assert isinstance(exported, list)
    assert [entry["line"] for entry in exported] == ["3", "5", "6"]
    assert exported[0]["row"] == "u1,i1,never"
    assert rejects.forget_user(f"{prefix}u1") == 3
    assert [line.split(",")[1] for line in file.read_text().splitlines()] == ["line", "4"]
    assert rejects.forget_user(f"{prefix}u1") == 0
    assert rejects.forget_user(f"{prefix}u11") == 1
    assert not list(file.parent.iterdir())


def test_an_import_with_another_prefix_is_about_somebody_else(workspace: Workspace, tmp_path: Path) -> None:
    file = bad_rows(workspace, tmp_path / "data", "shop-")
    before = file.read_text()
    assert RejectFiles(file.parent).export_user("u1") == []
    assert RejectFiles(file.parent).forget_user("u1") == 0
    assert file.read_text() == before


def test_a_file_that_does_not_say_whom_it_names_goes_with_anybody(tmp_path: Path) -> None:
    file = write(tmp_path / "rejects" / "old.csv", "file,line,reason,row", 'events.csv,3,no time,"u1,i1,never"')
    assert RejectFiles(file.parent).export_user("u9") == []
    assert RejectFiles(file.parent).forget_user("u9") == 1
    assert not file.exists()


def test_without_such_files_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert RejectFiles(tmp_path / "rejects").forget_user("u1") == 0


def test_reading_rejects_leaves_the_limit_on_fields_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (tmp_path / "x.csv").write_text("file,line,reason,row,user_prefix\na,1,odd,ann|1,\n", encoding="utf-8")
    assert RejectFiles(tmp_path).forget_user("ann") == 1
    assert csv.field_size_limit() == before
