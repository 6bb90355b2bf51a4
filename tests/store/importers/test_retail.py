"""Invoice lines into purchases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import InputError
from core.types import EventKind
from tests.store.importers.conftest import Workspace

HOLDER = "WHITE HANGING HEART T-LIGHT HOLDER"


def line(invoice: str, code: str, quantity: float, day: int, **changes: Any) -> dict[str, Any]:
    told = {
        "InvoiceNo": invoice,
        "StockCode": code,
        "Description": HOLDER,
        "Quantity": quantity,
        "InvoiceDate": datetime(2011, 6, day, 12, 0),
        "UnitPrice": 2.5,
        "CustomerID": 17850.0,
        "Country": "United Kingdom",
    }
    return told | changes


def sheet(path: Path, *lines: dict[str, Any]) -> Path:
    pq.write_table(pa.Table.from_pylist(list(lines)), path)
    return path


def test_a_sale_is_a_purchase_at_its_british_time(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("retail", sheet(tmp_path / "r.parquet", line("1", "85123a", 6, 1)))
    assert (report.items_added, report.events_added, report.joined) == (1, 1, 1)
    [event] = workspace.timeline("17850")
    assert (event.kind, event.item_id, event.value, event.text) == (EventKind.PURCHASE, "85123A", 1.0, "6 bought")
    assert event.at == datetime(2011, 6, 1, 11, 0, tzinfo=UTC)


def test_an_item_has_its_commonest_name_and_latest_price_and_no_facets(workspace: Workspace, tmp_path: Path) -> None:
    workspace.bring(
        "retail",
        sheet(
            tmp_path / "r.parquet",
            line("1", "85123A", 1, 1, Description="CREAM HEART HOLDER"),
            line("2", "85123A", 1, 3, UnitPrice=2.95),
            line("3", "85123A", 1, 2),
        ),
    )
    item = workspace.catalog.get("85123A")
    assert item is not None
    assert (item.title, item.aliases, item.facets, item.numbers) == (
        HOLDER,
        ("CREAM HEART HOLDER",),
        {},
        {"price": 2.95},
    )


def test_cancelled_sales_are_no_purchases(workspace: Workspace, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "r.parquet",
        line("1", "85123A", 6, 1),
        line("2", "85123A", 4, 2),
        line("C3", "85123A", -5, 3),  # takes the sale of the 2nd whole and a part of the first
        line("C4", "22222", -1, 3),
        line("5", "33333", 2, 5),
        line("C6", "33333", -2, 4),  # before the sale, so it answers to none
    )
    report = workspace.bring("retail", path)
    assert [(event.item_id, event.text) for event in workspace.timeline("17850")] == [
        ("85123A", "6 bought"),
        ("33333", "2 bought"),
    ]
    assert report.rejected == 2
    assert "the cancellation answers to no earlier sale" in report.messages[0]
    assert report.messages[-1] == "1 purchases left out because they were cancelled in full."


def test_a_cancellation_after_until_is_not_known_yet(workspace: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path / "r.parquet", line("1", "85123A", 6, 1), line("C2", "85123A", -6, 20, UnitPrice=9.0))
    assert workspace.bring("retail", path, until=datetime(2011, 6, 10, tzinfo=UTC)).events_added == 1
    assert workspace.bring("retail", path, user_prefix="later-").events_added == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"StockCode": "POST"}, "the code is not a product's"),
        ({"StockCode": "M"}, "the code is not a product's"),
        ({"CustomerID": None}, "the customer is empty"),
        ({"UnitPrice": 0.0}, "neither a sale nor a cancellation"),
        ({"Quantity": -3.0}, "neither a sale nor a cancellation"),
        ({"Description": None}, "the description is empty"),
        ({"UnitPrice": None}, "the quantity or the price is empty"),
        ({"InvoiceDate": datetime(2111, 1, 1)}, "the time is in the future"),
    ],
)
def test_other_lines_are_kept_aside(workspace: Workspace, tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    path = sheet(tmp_path / "r.parquet", line("1", "85123A", 6, 1), line("2", "85123A", 6, 2, **changes))
    report = workspace.bring("retail", path)
    assert (report.events_added, report.rejected) == (1, 1)
    assert report.messages[0].startswith(f"1 row of r.parquet left out: {reason}")


def test_a_missing_column_is_named(workspace: Workspace, tmp_path: Path) -> None:
    told = line("1", "85123A", 6, 1)
    del told["CustomerID"]
    with pytest.raises(InputError, match="no column 'CustomerID'"):
        workspace.bring("retail", sheet(tmp_path / "r.parquet", told))
