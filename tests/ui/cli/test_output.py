from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from core.errors import InputError
from ui.cli.output import check_table_name, parse_moment, write_table


def test_a_date_is_its_first_instant_in_utc() -> None:
    assert parse_moment("2013-09-01") == datetime(2013, 9, 1, tzinfo=UTC)
    assert parse_moment("2013-09-01T02:00:00+02:00") == datetime(2013, 9, 1, tzinfo=UTC)
    assert parse_moment(None) is None
    with pytest.raises(InputError, match=r"'yesterday' is not a date.*2013-09-01"):
        parse_moment("yesterday")


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31T23:59:59-12:00", "1500-06-01"])
def test_a_moment_that_nothing_can_be_counted_from_is_refused(far: str) -> None:
    with pytest.raises(InputError, match=rf"{far[:10]}.*between 1900 and 2200"):
        parse_moment(far)


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
