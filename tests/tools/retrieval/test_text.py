"""The text of an item that is embedded: what characterises it stands where a short window reads."""

from __future__ import annotations

from core.types import Item
from tools.retrieval.text import item_text

FILM = Item(
    id="a",
    title="The Film",
    aliases=("Film, The", "Der Film"),
    text="A thief regrets a theft.",
    facets={
        "genre": ("Crime",),
        "actor": tuple(f"Actor {number}" for number in range(9)),
        "theme": ("heist", "guilt"),
        "director": ("Ann Lee",),
    },
    numbers={"year": 1999.0},
)


def test_a_sentence_and_descriptive_facets_come_before_names_and_long_lists_last() -> None:
    text = item_text(FILM)
    assert text.startswith(
        "The Film (1999). Also called Der Film. A thief regrets a theft. Theme: heist, guilt. Genre: Crime. "
        "Director: Ann Lee. Actor: Actor 0, "
    )


def test_a_long_description_leaves_the_beginning_to_the_facets() -> None:
    text = item_text(FILM.model_copy(update={"text": "It goes on. " * 40}))
    assert text.index("Director: Ann Lee.") < text.index("It goes on.") < text.index("Actor: Actor 0")


def test_an_item_of_a_title_alone_is_its_title() -> None:
    assert item_text(Item(id="a", title="Film")) == "Film."
