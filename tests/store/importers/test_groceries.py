"""Short forms of an article list, in words."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from store.importers.groceries import readable_size, words

TABLE = tomllib.loads(resources.files("demo").joinpath("groceries.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("category", "kind", "said"),
    [
        ("SOFT DRINKS", "SFT DRNK 2 LITER BTL CARB INCL", "Soda, 2 litre bottle"),
        ("PASTA SAUCE", "MAINSTREAM", "Pasta sauce"),
        ("BACON", "ECONOMY", "Economy bacon"),
        ("HOT DOGS", "ECONOMY - MEAT", "Economy hot dogs"),
        ("MAGAZINE", "TABLOIDS-MAGAZINE", "Magazine, tabloids"),
        ("FRZN MEAT/MEAT DINNERS", "FRZN WHATEVER MULT (EX", "Frozen whatever multi"),
        ("", "MEAT: TURKEY&CHIX", "Meat, turkey and chicken"),
        ("", "(ONLY)", "(only)"),
        ("PORK", "FRESH", "Pork, fresh"),
    ],
)
def test_a_type_reads_as_words(category: str, kind: str, said: str) -> None:
    assert words().kind(category, kind) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("14.5 OZ", "14.5 oz"),
        ("20 CT", "20 count"),
        ("1 GA", "1 gal"),
        ("2 L", "2 l"),
        ("P 16 OZ", "16 oz"),
        ("CTN", ""),
        ("", ""),
    ],
)
def test_a_size_reads_as_words(told: str, said: str) -> None:
    assert readable_size(told) == said


@pytest.mark.parametrize(
    ("department", "size", "title"),
    [("PRODUCE", "40 LB", "Bananas"), ("PRODUCE", "48-54 CT", "Bananas"), ("PRODUCE", "3 LB", "Bananas, 3 lb")],
)
def test_the_case_that_the_shop_receives_is_no_size(department: str, size: str, title: str) -> None:
    assert words().grocery(department, "TROPICAL FRUIT", "BANANAS", "National", size).title == title


def test_who_leaves_out_dairy_means_ice_cream_too() -> None:
    tub = words().grocery("GROCERY", "ICE CREAM/MILK/SHERBTS", "PREMIUM", "Private", "56 OZ")
    assert tub.aisles == ("Ice cream", "Dairy")
    assert tub.title == "Premium ice cream, 56 oz, store brand"


def test_every_category_has_one_main_aisle_and_aisles_read_as_one_or_three_words() -> None:
    places = Counter(category for categories in TABLE["aisles"].values() for category in categories)
    assert [category for category, count in places.items() if count > 1] == []
    assert all(aisle.isascii() and 1 <= len(aisle.split()) <= 3 for aisle in TABLE["aisles"])
    assert set(TABLE["also"]) <= set(TABLE["aisles"])


def test_no_name_is_left_in_short_form() -> None:
    named = [*TABLE["types"].values(), *TABLE["groups"].values()]
    assert [name for name in named if name.isupper() or not name[0].isupper() or name != name.strip()] == []
