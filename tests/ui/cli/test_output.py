from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from core.errors import InputError
from ui.cli.output import check_table_name, parse_moment, read_users, write_table


def test_a_date_is_its_first_instant_in_utc() -> None:
    assert parse_moment("2013-09-01") == datetime(2013, 9, 1, tzinfo=UTC)
    assert parse_moment("2013-09-01T02:00:00+02:00") == datetime(2013, 9, 1, tzinfo=UTC)
    assert parse_moment(None) is None
    with pytest.raises(InputError, match=r"'yesterday' is not a date.*2013-09-01"):
        parse_moment("yesterday")


def test_users_come_from_lines_or_a_column(tmp_path: Path) -> None:
    lines = tmp_path / "users.txt"
    lines.write_text("12\n\n7\n12\n")
    assert read_users(lines) == ["12", "7"]
    table = tmp_path / "users.csv"
    table.write_text('name,user_id\nAnn,"a1"\nBob,b2\n')
    assert read_users(table) == ["a1", "b2"]
    parquet = tmp_path / "users.parquet"
    write_table(parquet, {"user_id": [3, 4]})
    assert read_users(parquet) == ["3", "4"]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_users_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "users.txt"
    path.write_text(content)
    with pytest.raises(InputError, match="holds no user ids"):
        read_users(path)


def test_unreadable_users_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read as a list of users"):
        read_users(tmp_path / "missing.txt")
    parquet = tmp_path / "other.parquet"
    write_table(parquet, {"person": ["a"]})
    with pytest.raises(InputError, match="has columns person"):
        read_users(parquet)


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_tables_appear_whole(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, {"user_id": ["a", "b"], "score": [0.5, 0.25]})
    read = pyarrow.parquet.read_table if ending == "parquet" else pyarrow.csv.read_csv
    assert read(path).to_pydict() == {"user_id": ["a", "b"], "score": [0.5, 0.25]}
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_wrong_name_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ends in '\.xlsx'"):
        check_table_name(tmp_path / "out.xlsx")
    with pytest.raises(InputError, match="does not exist"):
        check_table_name(tmp_path / "missing" / "out.csv")
    check_table_name(None)
