"""Bringing a history from the command line, over a small trained workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli.test_commands import Run, good
from tests.ui.cli.test_commands import run as run

FILE = 'Title,Date\n"Alien","3/1/14"\n"Fargo","12/24/13"\n"Blade Runer","1/3/14"\nbad\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ViewingHistory.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_history_is_shown_added_once_and_taken_back(run: Run, file: Path) -> None:
    shown = good(run("user", "import", "cli-eve", file, "--json"))
    assert (shown["source"], shown["matched"], shown["check"], shown["faulty"]) == ("netflix", 2, 1, 1)
    assert "added" not in shown
    status, out, _ = run("user", "import", "cli-eve", file, "--yes", "--first")
    assert status == 0
    assert "3 rows: 2 matched, 1 to check, 0 unknown; 2013–2014." in out
    assert "line 5: its columns are not those of the header" in out
    assert "Added 3, known before 0, left out 0." in out
    again = good(run("user", "import", "cli-eve", file, "--yes", "--first", "--json"))
    assert (again["added"], again["known"]) == (0, 3)
    import_id = out.split()[-1]
    assert good(run("user", "undo-import", "cli-eve", import_id, "--json"))["retracted"] == 3
    status, _, err = run("user", "undo-import", "cli-eve", import_id)
    assert status != 0
    assert "Nothing of import" in err
    assert good(run("user", "forget", "cli-eve", "--json"))["events"] == 3


def test_a_mapping_says_which_column_is_what(run: Run, tmp_path: Path) -> None:
    table, mapping = tmp_path / "mine.csv", tmp_path / "map.toml"
    table.write_text("A,B\n20,Alien\n0,Fargo\n", encoding="utf-8")
    mapping.write_text('title = "B"\nrating = "A"\nworst = 0\nbest = 20\nsource = "shelf"\n', encoding="utf-8")
    shown = good(run("user", "import", "cli-fay", table, "--map", mapping, "--json"))
    assert (shown["source"], shown["matched"]) == ("shelf", 2)
    mapping.write_text('titel = "B"\n', encoding="utf-8")
    status, _, err = run("user", "import", "cli-fay", table, "--map", mapping)
    assert status != 0
    assert "title" in err


def test_a_file_that_is_not_there_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    status, _, err = run("user", "import", "cli-gus", tmp_path / "nothing.csv")
    assert status != 0
    assert "cannot be read" in err
    assert err.count("\n") == 1
