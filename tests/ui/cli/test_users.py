from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import InputError
from ui.cli.users import read_people


def test_users_come_from_lines_or_a_column(tmp_path: Path) -> None:
    lines = tmp_path / "users.txt"
    lines.write_text("12\n\n7\n12\n")
    assert read_people(lines).ids == ("12", "7")
    table = tmp_path / "users.csv"
    table.write_text('name,user_id\nAnn,"a1"\n"Bob, the second",b2\n')
    assert read_people(table).ids == ("a1", "b2")


def test_a_file_of_people_keeps_what_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_bytes(b"\xef\xbb\xbfann\n\nbob\n" + b"x" * 300 + b"\nann\n\x07bell\n")
    people = read_people(path)
    assert people.ids == ("ann", "bob")
    assert [problem.partition(":")[0] for problem in people.problems] == ["line 4", "line 6"]


def test_a_row_of_a_large_table_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "users.parquet"
    pq.write_table(pa.table({"user_id": [*range(70_000), None]}), path)
    people = read_people(path)
    assert (len(people.ids), people.ids[3]) == (70_000, "3")
    assert people.problems == ("row 70001: There is no user id.",)


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_users_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "users.txt"
    path.write_text(content)
    with pytest.raises(InputError, match="holds no user ids"):
        read_people(path)


def test_unreadable_users_are_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_people(tmp_path / "missing.txt")
    parquet = tmp_path / "other.parquet"
    pq.write_table(pa.table({"person": ["a"]}), parquet)
    with pytest.raises(InputError, match="has columns person"):
        read_people(parquet)
    parquet.write_bytes(b"no table")
    with pytest.raises(InputError, match="is no Parquet file"):
        read_people(parquet)
