"""Anybody's own files: with a mapping, or guessed from sensible column names."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import InputError
from core.types import EventKind
from store.importers.mapping import read_mapping
from tests.store.importers.conftest import Workspace, write

ITEMS: list[dict[str, Any]] = [
    {
        "sku": "A1",
        "name": "Red lamp",
        "description": "Warm light",
        "category": "Lamps|Home",
        "price": "20",
        "made": "2020-05-01",
    },
    {"sku": "B2", "name": "Blue chair", "description": "", "category": "", "price": "", "made": ""},
]
EVENTS: list[dict[str, Any]] = [
    {"who": "ann", "what": "A1", "when": "03/06/2021 10:00", "did": "buy", "note": "mail me at a@b.org"},
    {"who": "ann", "what": "B2", "when": "04/06/2021 10:00", "did": "view", "note": ""},
    {"who": "bob", "what": "Z9", "when": "05/06/2021 10:00", "did": "view", "note": ""},
]
MAPPING = """
source = "shop"
[items]
file = "products.{ending}"
id = "sku"
title = "name"
text = "description"
facets = {{ category = "category" }}
numbers = {{ price = "price" }}
added_at = "made"
[events]
file = "orders.{ending}"
user = "who"
item = "what"
time = "when"
time_format = "%d/%m/%Y %H:%M"
timezone = "Europe/Berlin"
kind_column = "did"
kinds = {{ buy = "purchase" }}
text = "note"
"""


def table(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return
    if ".jsonl" in path.name:
        text = "".join(json.dumps(row) + "\n" for row in rows)
    else:
        text = "".join(",".join(map(str, row)) + "\n" for row in (list(rows[0]), *(list(row.values()) for row in rows)))
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.mark.parametrize(
    ("source", "ending"),
    [("csv", "csv"), ("csv", "csv.gz"), ("jsonl", "jsonl"), ("jsonl", "jsonl.gz"), ("parquet", "parquet")],
)
def test_a_mapping_says_what_is_what(workspace: Workspace, tmp_path: Path, source: str, ending: str) -> None:
    table(tmp_path / f"products.{ending}", ITEMS)
    table(tmp_path / f"orders.{ending}", EVENTS)
    mapping = write(tmp_path / "map.toml", MAPPING.format(ending=ending))
    report = workspace.bring(source, tmp_path, mapping=mapping)
    assert (report.source, report.items_added, report.events_added, report.rejected) == ("shop", 2, 3, 0)
    assert (report.joined, report.unjoined) == (2, 1)
    lamp, chair = workspace.catalog.get("A1"), workspace.catalog.get("B2")
    assert lamp is not None
    assert chair is not None
    assert (lamp.title, lamp.text, lamp.facets) == ("Red lamp", "Warm light", {"category": ("Lamps", "Home")})
    assert (lamp.numbers, lamp.added_at) == ({"price": 20}, datetime(2020, 5, 1, tzinfo=UTC))
    assert (chair.text, chair.facets, chair.numbers, chair.added_at) == ("", {}, {}, None)
    bought, seen = workspace.timeline("ann")
    assert (bought.kind, bought.value, bought.text) == (EventKind.PURCHASE, 1.0, "mail me at [email]")
    assert (bought.at, bought.source) == (datetime(2021, 6, 3, 8, 0, tzinfo=UTC), "import:shop")
    assert (seen.kind, seen.text) == (EventKind.VIEW, None)


def test_native_lists_numbers_and_times_need_no_separators(workspace: Workspace, tmp_path: Path) -> None:
    rows = [{"id": 7, "title": "Seven", "genres": ["Crime", "Drama"], "year": 1995}]
    table(tmp_path / "items.parquet", rows)
    when = datetime(2021, 1, 1, tzinfo=UTC)
    table(tmp_path / "events.parquet", [{"user_id": 1.0, "item_id": 7.0, "timestamp": when, "rating": 5}])
    workspace.bring("parquet", tmp_path)
    item = workspace.catalog.get("7")
    assert item is not None
    assert (item.facets, item.numbers) == ({"genre": ("Crime", "Drama")}, {"year": 1995})
    [event] = workspace.timeline("1")
    assert (event.item_id, event.at, event.value) == ("7", when, 1.0)


def test_without_a_mapping_the_guess_is_told(workspace: Workspace, tmp_path: Path) -> None:
    write(tmp_path / "items.csv", "SKU,Name,Genres,Year,Colour code", "1,One,A;B,1990,x", "2,Two,B,1991,y")
    write(tmp_path / "ratings.csv", "user_id,sku,rating,timestamp", "u,1,4,1600000000", "u,2,9,1600000001")
    report = workspace.bring("csv", tmp_path)
    assert report.messages == (
        "items.csv, guessed without a mapping: id = SKU, title = Name, genre = Genres, year = Year; "
        "not used: Colour code.",
        "ratings.csv, guessed without a mapping: user = user_id, item = sku, time = timestamp, rating = rating, "
        "scale = 1 to 10.",
    )
    item = workspace.catalog.get("1")
    assert item is not None
    assert item.facets == {"genre": ("A", "B")}
    assert [event.value for event in workspace.timeline("u")] == [pytest.approx(-1 / 3), pytest.approx(7 / 9)]


def test_a_single_file_is_items_or_events_by_its_columns(workspace: Workspace, tmp_path: Path) -> None:
    clicks = write(tmp_path / "x.csv", "user,item,time", "u,1,2020-01-01")
    report = workspace.bring("csv", clicks)
    assert (report.items_added, report.events_added, report.unjoined) == (0, 1, 1)
    assert "kind = view" in report.messages[0]
    assert workspace.bring("csv", write(tmp_path / "y.csv", "id,title", "1,One")).items_added == 1
    assert workspace.bring("csv", clicks).joined == 1


def test_one_table_of_order_lines_gives_items_and_events(workspace: Workspace, tmp_path: Path) -> None:
    orders = write(
        tmp_path / "o.csv",
        "line,who,sku,name,at",
        "1,u,1,One,2020-01-01",
        "2,v,1,One,2020-01-01",
        "3,v,1,One,2020-01-01",
    )
    mapping = write(
        tmp_path / "m.toml",
        '[items]\nid = "sku"\ntitle = "name"',
        '[events]\nuser = "who"\nitem = "sku"\ntime = "at"\nkind = "purchase"\nkey = "line"',
    )
    report = workspace.bring("csv", orders, mapping=mapping)
    assert (report.items_added, report.events_added, report.rejected) == (1, 3, 0)


def test_milliseconds_are_refused_or_declared(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "e.csv", "user,item,time", "u,1,1600000000000", "u,2,1600000000")
    report = workspace.bring("csv", path)
    assert (report.events_added, report.rejected) == (1, 1)
    assert 'set time_unit = "ms" in a mapping' in report.messages[0]
    declared = write(tmp_path / "m.toml", '[events]\nuser = "user"\nitem = "item"\ntime = "time"\ntime_unit = "ms"')
    only = write(tmp_path / "ms.csv", "user,item,time", "u,1,1600000000000")
    assert workspace.bring("csv", only, mapping=declared).events_added == 1


def test_a_file_without_one_usable_row_stops_before_anything_is_written(workspace: Workspace, tmp_path: Path) -> None:
    write(tmp_path / "items.csv", "id,title", "1,One")
    write(tmp_path / "events.csv", "user,item,time", "u,1,1600000000000", "u,2,1600000000000")
    with pytest.raises(InputError, match=r"2 rows of events.csv left out: the time is in milliseconds.*nothing was"):
        workspace.bring("csv", tmp_path)
    assert workspace.catalog.count() == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,", "the title is empty"),
        (",One", "the id is empty"),
        ("1", "the number of columns is not the header's 2"),
        ("9,Nine", "the id repeats an earlier row's, which is kept"),
    ],
)
def test_a_bad_item_is_kept_aside(workspace: Workspace, tmp_path: Path, row: str, reason: str) -> None:
    report = workspace.bring("csv", write(tmp_path / "items.csv", "id,title", "9,Nine", row))
    assert (report.items_added, report.rejected) == (1, 1)
    assert report.messages[0] == f"1 row of items.csv left out: {reason} (first at line 3: {row})."


def test_bad_json_lines_are_kept_aside(workspace: Workspace, tmp_path: Path) -> None:
    path = write(
        tmp_path / "i.jsonl", '{"id": 1, "title": "One"}', '{"id": 2,', "[3]", '{"id": 4}', '{"id": 5, "title": "Five"}'
    )
    report = workspace.bring("jsonl", path)
    assert (report.items_added, report.rejected) == (2, 3)


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        ("code,label", "1,One", "No column of .* is recognised as the id; it has 'code', 'label'.*--map"),
        ("id,label", "1,One", "is recognised as the title"),
        ("user,item,time,rating", "u,1,2020-01-01,87", "The scale of 'rating' in .* is not clear"),
    ],
)
def test_what_cannot_be_guessed_is_asked_for(
    workspace: Workspace, tmp_path: Path, columns: str, rows: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        workspace.bring("csv", write(tmp_path / "table.csv", columns, rows))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[items]\nid = "id"\ntitel = "t"', "lacks items.title|unknown key 'items.titel'.*Did you mean 'title'"),
        ('[items]\nid = "id"\ntitle = "t"\nfacet = {}', "unknown key 'items.facet'. Did you mean 'facets'"),
        ('[item]\nid = "id"', "unknown key 'item'. Did you mean 'items'"),
        ('[items]\ntitle = "t"', "lacks items.id"),
        ('[events]\nuser = "u"\nitem = "i"\ntime = "t"\ntime_unit = "hours"', "events.time_unit is 'hours'"),
        ('[events]\nuser = "u"\nitem = "i"\ntime = "t"\nscale = [5, 1]', "the lowest rating comes first"),
        ('[items]\nid = "id"\ntitle = "t"\nencoding = "klingon"', "no such encoding"),
        ('source = "My Shop"\n[items]\nid = "id"\ntitle = "t"', "source is 'My Shop'"),
        ('[events]\nuser = "u"\nitem = "i"\ntime = "t"\nkind = "mute"', "events.kind is 'mute'"),
        ('[events]\nuser = "u"\nitem = "i"\ntime = "t"\nkind = "rating"', "ratings need a rating column"),
        ("", "neither"),
        ("[items", "cannot be read"),
    ],
)
def test_a_mapping_with_a_mistake_names_it(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_mapping(write(tmp_path / "map.toml", text))


def test_a_missing_mapping_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.toml cannot be read"):
        read_mapping(tmp_path / "gone.toml")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('title = "nmae"', "no column 'nmae'; it has 'id', 'name'. Did you mean 'name'"),
        ('title = "name"\nfile = "gone.csv"', r"no file .*gone\.csv"),
        ('title = "name"\nfile = "table.xls"', "an ending that says nothing about its format"),
        ('title = "name"\ntimezone = "Mars/Base"', "no time zone 'Mars/Base'"),
    ],
)
def test_a_mapping_that_does_not_fit_the_files(workspace: Workspace, tmp_path: Path, line: str, message: str) -> None:
    items = write(tmp_path / "items.csv", "id,name", "1,One")
    mapping = write(tmp_path / "map.toml", f'[items]\nid = "id"\n{line}')
    with pytest.raises(InputError, match=message):
        workspace.bring("csv", items, mapping=mapping)


def test_paths_that_hold_no_table(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file called items\.csv or events\.csv"):
        workspace.bring("csv", tmp_path)
    with pytest.raises(InputError, match="is a directory, and the mapping does not say which file"):
        workspace.bring("csv", tmp_path, mapping=write(tmp_path / "m.toml", '[items]\nid = "id"\ntitle = "t"'))
    with pytest.raises(InputError, match="no file or folder"):
        workspace.bring("csv", tmp_path / "gone.csv")
    broken = tmp_path / "items.parquet"
    broken.write_bytes(b"PAR1 not really")
    with pytest.raises(InputError, match="is not a sound Parquet file"):
        workspace.bring("parquet", broken)
    pq.write_table(pa.table({"id": pa.array([], pa.string()), "title": pa.array([], pa.string())}), broken)
    with pytest.raises(InputError, match="has columns but no rows"):
        workspace.bring("parquet", broken)
    with pytest.raises(InputError, match="has columns but no rows"):
        workspace.bring("csv", write(tmp_path / "items.csv", "id,title"))


def test_another_encoding_is_declared(workspace: Workspace, tmp_path: Path) -> None:
    items = write(tmp_path / "items.csv", "id,title", "1,Café", encoding="latin-1")
    with pytest.raises(InputError, match='encoding = "latin-1" in the mapping'):
        workspace.bring("csv", items)
    mapping = write(tmp_path / "m.toml", '[items]\nid = "id"\ntitle = "title"\nencoding = "latin-1"')
    workspace.bring("csv", items, mapping=mapping)
    item = workspace.catalog.get("1")
    assert item is not None
    assert item.title == "Café"
