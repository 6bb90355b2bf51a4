"""What is only called like a describing word is no answer to a description."""

from __future__ import annotations

from datetime import UTC, datetime

from core.types import Item
from tools.retrieval.puns import Puns


def item(title: str, *themes: str, text: str = "") -> Item:
    facets = {"theme": themes} if themes else {"genre": ("Drama",)}
    return Item(id=title, title=title, text=text, facets=facets, added_at=datetime(2014, 1, 1, tzinfo=UTC))


ITEMS = [
    item("Shine a Light"),
    item("Local Hero", "light", "small town", text="A man and a shark of an oilman."),
    item("Light It Up", "light", "siege"),
    item("Jaws", "sea", text="A shark is out there."),
    item("Deep Water", "sea", text="One more shark."),
    item("Shark Tale"),
    item("Small Town"),
    item("Small Town Songs"),
    item("Heist"),
    item("Tower Heist"),
    item("Rififi", "heist"),
]


def muted(query: str) -> set[str]:
    mask = Puns(enumerate(ITEMS)).of(query, len(ITEMS))
    return {each.title for each, held in zip(ITEMS, mask, strict=True) if held}


def test_a_title_that_only_shares_a_describing_word_is_left_out() -> None:
    assert muted("something light") == {"Shine a Light"}
    assert muted("a lively evening") == set()


def test_words_that_descriptions_use_often_describe_too() -> None:
    assert muted("a shark") == {"Shark Tale"}


def test_what_is_called_like_all_of_it_stays_and_so_does_its_series() -> None:
    assert muted("heist") == {"Tower Heist"}
    assert muted("small town") == set()


def test_a_catalogue_without_descriptions_has_no_describing_words() -> None:
    plain = [item("Light Beer", text="For light days."), item("Milk", text="Light and fresh."), item("Light Oil")]
    assert not Puns(enumerate(plain)).of("light", len(plain)).any()
