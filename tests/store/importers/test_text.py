"""Reading text files: every whole-file fault is one clear error, and harmless variants are read alike."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from core.errors import InputError
from store.importers.text import Cells, Separated, TextFile
from tests.store.importers.conftest import write

PLAIN = "name,size\none,1\n\ntwo,2\n"


def rows(path: Path) -> list[list[str]]:
    return [list(row.cells) for row in Cells(TextFile(path))]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        gzip.compress(PLAIN.encode()),
        gzip.compress(b"\xef\xbb\xbf" + PLAIN.encode()),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.rstrip().encode(),
    ],
)
def test_variants_of_one_table_read_alike(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    cells = Cells(TextFile(path))
    assert cells.columns == ["name", "size"]
    assert [list(row.cells) for row in cells] == [["one", "1"], ["two", "2"]]
    assert [row.line for row in cells] == [2, 4]


def test_a_quoted_cell_may_span_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "table.csv", "name,size", '"one', 'or more",1', "two,2")
    told = list(Cells(TextFile(path)))
    assert [(row.line, list(row.cells)) for row in told] == [(2, ["one\nor more", "1"]), (4, ["two", "2"])]
    assert told[0].raw == '"one\nor more",1'
    assert told[-1].done == 1.0


def test_an_open_quote_spoils_one_row_and_no_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "table.csv", "name,size", '"one,1', *["two,2"] * 50_000)
    told = list(Cells(TextFile(path)))
    assert told[0].fault.startswith("not valid CSV")
    assert len(told[0].raw) < 200_000


def test_rows_of_another_width_carry_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path / "table.csv", "name,size", "one", "two,2,3", "three,3")
    assert [bool(row.fault) for row in Cells(TextFile(path))] == [True, True, False]
    dat = write(tmp_path / "table.dat", "a::b", "a")
    assert [bool(row.fault) for row in Separated(TextFile(dat), "::", 2)] == [False, True]


def test_quotes_in_tab_separated_files_are_plain(tmp_path: Path) -> None:
    path = write(tmp_path / "table.tsv", "name\tsize", 'the "one\t1', "two\t2")
    assert rows(path) == [['the "one', "1"], ["two", "2"]]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"name,size\n", "has columns but no rows"),
        ("a.csv", b"name,name\n1,2\n", "has two columns called 'name'"),
        ("a.csv.gz", b"", "is empty"),
        ("a.csv.gz", gzip.compress(b""), "is empty"),
        ("a.csv.gz", gzip.compress(PLAIN.encode() * 9000)[:-40], "ends too early or is damaged.*Fetch it again"),
        ("a.csv.gz", PLAIN.encode(), r"is named \.gz but is not compressed"),
        ("a.csv.gz", b"\x1f\x8b" + b"junk" * 9, "is not a sound archive|ends too early or is damaged"),
        ("a.csv", "name,size\ncafé,1\n".encode("latin-1"), 'line 2 is not utf-8: byte 0xe9.*encoding = "latin-1"'),
        ("a.csv", PLAIN.encode("utf-16"), "is encoded in UTF-16"),
        ("a.csv", b"name,size\n\x00\x01,2\n", "line 2 holds binary data"),
        ("a.csv", b"x" * (1 << 21), "line 1 is longer than a megabyte"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        rows(path)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file .*gone\.csv"):
        rows(tmp_path / "gone.csv")
    with pytest.raises(InputError, match="is a directory"):
        rows(tmp_path)
