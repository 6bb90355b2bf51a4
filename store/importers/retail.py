"""Online Retail (Chen, UCI 2015, CC BY 4.0): invoice lines of a British gift shop, December 2010 to December 2011."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, Row, RowError, SourceEvent, SourceItem, parse
from store.importers.tables import ParquetTable, TableRow, zone
from store.importers.values import Clock, identifier, number, word

_COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID")
# UCI describes a product code as five digits; the shop puts letters for variants behind them.
_PRODUCT = re.compile(r"\d{5}[A-Z]{0,2}")


class Retail:
    """Reads sales as purchases; a sale that was cancelled later is none.

    The shop has no categories, so its items have no facets: a price, a name, and earlier names as aliases.
    """

    name = "retail"
    description = "purchases of a British gift shop, 2010 to 2011 (UCI Online Retail, as one Parquet file)"
    needs_path = True
    mappable = False

    def open(self, request: Request) -> Dataset:
        """Check the file's columns."""
        path = request.path
        assert path is not None
        table = ParquetTable(path)
        table.require(*_COLUMNS)
        notes: list[str] = []
        return Dataset(
            label=self.name,
            files=(path,),
            items=partial(_items, table, request.until),
            events=partial(_events, table, request.until, notes, []),
            repeats=True,
            notes=notes,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """One usable invoice line; ``quantity`` is negative in a cancellation."""

    invoice: str
    code: str
    name: str
    quantity: float
    at: float
    price: float
    customer: str


def _read(clock: Clock, row: TableRow) -> _Line:
    cells = row.cells
    code = word(cells["StockCode"]).upper()
    if not _PRODUCT.fullmatch(code):
        raise RowError("the code is not a product's (postage, fees, manual entries, vouchers)")
    invoice = identifier(cells["InvoiceNo"], "invoice number")
    quantity, price = number(cells["Quantity"], "quantity"), number(cells["UnitPrice"], "price")
    if quantity is None or price is None:
        raise RowError("the quantity or the price is empty")
    if invoice.startswith("C") != (quantity < 0) or quantity == 0 or price <= 0:
        raise RowError("neither a sale nor a cancellation (stock corrections, gifts)")
    name = word(cells["Description"])
    if not name:
        raise RowError("the description is empty")
    at = clock.seconds(cells["InvoiceDate"])
    return _Line(invoice, code, name, quantity, at, price, word(cells["CustomerID"]))


def _lines(table: ParquetTable, until: datetime | None) -> Iterator[Parsed[_Line]]:
    clock = Clock(time.time(), zone=zone("Europe/London"))
    latest = float("inf") if until is None else until.timestamp()
    for row in table:
        parsed = parse(table.name, row, partial(_read, clock))
        # A cancellation after the cut-off is not known yet at that moment.
        if parsed.value is None or parsed.value.at <= latest:
            yield parsed


def _items(table: ParquetTable, until: datetime | None) -> Iterator[Parsed[SourceItem]]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    prices: dict[str, tuple[float, float]] = {}
    first: dict[str, Row] = {}
    for parsed in _lines(table, until):
        line = parsed.value
        if line is not None and line.quantity > 0:
            names[line.code][line.name] += 1
            prices[line.code] = max(prices.get(line.code, (0.0, 0.0)), (line.at, line.price))
            first.setdefault(line.code, parsed.row)
    for code, spellings in sorted(names.items()):
        ranked = sorted(spellings, key=lambda name: (-spellings[name], name))
        item = Item(id=code, title=ranked[0], aliases=tuple(ranked[1:]), numbers={"price": prices[code][1]})
        yield Parsed(table.name, first[code], SourceItem(code, item))


@dataclass(slots=True)
class _Sale:
    """A sale's row and what is left of it."""

    at: float
    row: int
    left: float


def _cancelled(table: ParquetTable, until: datetime | None) -> tuple[set[int], set[int]]:
    """Rows of sales that were cancelled in full, and rows of cancellations that answer to no sale.

    A cancellation takes back the customer's latest earlier sales of that product, newest first.
    """
    returns: dict[tuple[str, str], list[_Sale]] = defaultdict(list)
    sales: dict[tuple[str, str], list[_Sale]] = defaultdict(list)
    for kept, wanted in ((returns, None), (sales, returns)):
        for parsed in _lines(table, until):
            line = parsed.value
            if line is None or (line.quantity < 0) != (wanted is None):
                continue
            key = line.customer, line.code
            if wanted is None or key in wanted:
                kept[key].append(_Sale(line.at, parsed.row.line, abs(line.quantity)))
    gone: set[int] = set()
    unanswered: set[int] = set()
    for key, cancellations in returns.items():
        newest_first = sorted(sales[key], key=lambda sale: (sale.at, sale.row), reverse=True)
        for cancellation in sorted(cancellations, key=lambda sale: (sale.at, sale.row)):
            earlier = [sale for sale in newest_first if sale.at <= cancellation.at and sale.left > 0]
            if not earlier:
                unanswered.add(cancellation.row)
            for sale in earlier:
                taken = min(cancellation.left, sale.left)
                sale.left -= taken
                cancellation.left -= taken
                if sale.left == 0:
                    gone.add(sale.row)
    return gone, unanswered


def _events(
    table: ParquetTable, until: datetime | None, notes: list[str], found: list[tuple[set[int], set[int]]]
) -> Iterator[Parsed[SourceEvent]]:
    if not found:  # the first of several passes over the same rows
        found.append(_cancelled(table, until))
    gone, unanswered = found[0]
    notes[:] = [f"{len(gone):,} purchases left out because they were cancelled in full."] if gone else []
    for parsed in _lines(table, until):
        line, row = parsed.value, parsed.row
        if line is None:
            yield Parsed(table.name, row, None, parsed.reason)
        elif line.quantity < 0:
            if row.line in unanswered:
                yield Parsed(table.name, row, None, "the cancellation answers to no earlier sale")
        elif not line.customer:
            yield Parsed(table.name, row, None, "the customer is empty")
        elif row.line not in gone:
            event = SourceEvent(
                user=line.customer,
                item=line.code,
                at=line.at,
                kind=EventKind.PURCHASE,
                value=1.0,
                text=f"{line.quantity:g} bought",
                key=f"{line.invoice}:{line.code}",
            )
            yield Parsed(table.name, row, event)
