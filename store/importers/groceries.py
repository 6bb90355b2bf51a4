"""Groceries as a person reads them: names, aisles and sizes for the short forms of a supermarket's article list.

The words stand in ``demo/groceries.toml``, which is ours; the article list has no names, only types such as
"SFT DRNK 2 LITER BTL CARB INCL".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

SERVICES = "Services"
"""The aisle of what stands on receipts and is no product: coupons, deposits, store supplies."""

_OTHER = "COUPON/MISC ITEMS"
_ASIDE = re.compile(r"\(.*")
_WORD = re.compile(r"[A-Za-z']+")
_SIZE = re.compile(r"^(?:[A-Z]{1,2}\s+(?=\d))?(.*)$")
_CASE = re.compile(r"\b(?:[1-9]\d|\d{3,})(?:-\d+)? (?:LB|CT)\b")
"""A case as the shop receives it: fresh produce is sold out of it by the piece or by weight."""
_VAGUE = frozenset(
    "Fresh Premium Traditional Other Miscellaneous Specialty Seasonal Natural Dry Organic Regular".split()
)
"""Types that say something of a product only together with its category."""
_UNITS = {"CT": "count", "GA": "gal", "DZ": "dozen", "CTN": "carton", "PK": "pack", "LDS": "loads", "LD": "loads"}


@dataclass(frozen=True)
class Grocery:
    """One product in words.

    Attributes:
        kind: what it is, without size and brand. group: the category that it belongs to.
        aisles: where a shopper looks for it, the main place first.
    """

    title: str
    kind: str
    group: str
    department: str
    aisles: tuple[str, ...]
    brand: str


class Words:
    """The table of ``demo/groceries.toml``, turned round for looking up."""

    def __init__(self, table: Mapping[str, Mapping[str, object]]) -> None:
        self._types: Mapping[str, str] = _texts(table["types"])
        self._groups: Mapping[str, str] = _texts(table["groups"])
        self._words: Mapping[str, str] = _texts(table["words"])
        self._aisles: dict[str, list[str]] = {}
        for place in ("aisles", "also"):
            for aisle, categories in _lists(table[place]).items():
                for category in categories:
                    self._aisles.setdefault(category, []).append(aisle)
        self._departments = {name: aisle for aisle, names in _lists(table["departments"]).items() for name in names}

    def grocery(self, department: str, category: str, kind: str, brand: str, size: str) -> Grocery:
        """A product in words; at least one of department, category and type must not be empty."""
        group = self.group(category) if category else self.group(department)
        name = self.kind(category, kind) if kind else group
        whose = "Store brand" if brand.casefold() == "private" else "Name brand" if brand else ""
        loose = department == "PRODUCE" and _CASE.search(size.upper())
        parts = (name, "" if loose else readable_size(size), whose.lower() if whose == "Store brand" else "")
        return Grocery(
            title=", ".join(part for part in parts if part),
            kind=name,
            group=group,
            department=self.group(department),
            aisles=self._places(department, category),
            brand=whose,
        )

    def kind(self, category: str, kind: str) -> str:
        """The type of a product in words."""
        exact = self._types.get(f"{category}: {kind}") or self._types.get(kind)
        if exact:
            return exact
        plain = self._plain(kind)
        return f"{self.group(category)}, {plain.lower()}" if category and plain in _VAGUE else plain

    def group(self, name: str) -> str:
        """A category or department in words."""
        return self._groups.get(name) or self._plain(name)

    def _places(self, department: str, category: str) -> tuple[str, ...]:
        if department in self._departments and category in {"", _OTHER}:
            return (self._departments[department],)
        return tuple(self._aisles.get(category, ())) or ("Household",)

    def _plain(self, short: str) -> str:
        """Short forms written out, capitals and remarks in parentheses taken away."""
        bare = _ASIDE.sub("", short).strip(" -:/&.,") or short
        if bare.endswith("-MAGAZINE"):
            bare = f"MAGAZINE: {bare.removesuffix('-MAGAZINE')}"
        bare = bare.replace("&", " and ").replace(":", ", ").replace(" - ", ", ").replace("-", " ")
        said = _WORD.sub(lambda found: self._words.get(found[0].upper(), found[0].lower()), bare)
        said = re.sub(r"\s+([,/])", r"\1", " ".join(said.split())).strip(" ,/.")
        return said[:1].upper() + said[1:]


def readable_size(size: str) -> str:
    """The size of a package: "14.5 OZ" becomes "14.5 oz", "20 CT" "20 count"."""
    found = _SIZE.match(size.strip().upper())
    if not found or not re.search(r"\d", found[1]):
        return ""
    words = found[1].split()
    return " ".join(_UNITS.get(word, word.lower() if word != "L" else "l") for word in words)


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of ``demo/groceries.toml``."""
    return Words(tomllib.loads(resources.files("demo").joinpath("groceries.toml").read_text(encoding="utf-8")))


def _texts(table: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in table.items()}


def _lists(table: Mapping[str, object]) -> dict[str, list[str]]:
    return {key: [str(value) for value in values] for key, values in table.items() if isinstance(values, list)}
