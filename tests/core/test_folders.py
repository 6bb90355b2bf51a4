"""Folders that appear whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.folders import put, replaced


def test_a_folder_takes_the_place_of_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "models" / "one"
    for content in ("old", "new"):
        with replaced(folder) as fresh:
            (fresh / content).write_text(content)
            assert not (folder / content).exists()
    assert [file.name for file in folder.iterdir()] == ["new"]
    assert list(folder.parent.iterdir()) == [folder]


def test_a_block_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "old").write_text("old")

    def interrupted() -> None:
        with replaced(folder) as fresh:
            (fresh / "half").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [file.name for file in folder.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_whole_folder_is_put_where_there_was_none(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    put(fresh, tmp_path / "far" / "one")
    assert (tmp_path / "far" / "one").is_dir()
    assert not fresh.exists()
