"""Titles of different catalogues that mean one film."""

from __future__ import annotations

import pytest

from core.types import Item
from store.importers.join import TitleIndex, genres, imdb_id, in_order, normalise, read_title


def film(id_: str, title: str, year: int, reviews: float = 0) -> Item:
    return Item(id=id_, title=title, numbers={"year": year, "reviews": reviews})


INDEX = TitleIndex(
    [
        film("a", "The City of Lost Children", 1995),
        film("b", "Blood and Wine", 1996),
        film("c", "Star Wars: Episode V – The Empire Strikes Back", 1980),
        film("d", "La Haine", 1995),
        film("e", "12 Monkeys", 1995),
        film("f", "Fear", 1996),
        film("g", "Titanic", 1997, reviews=5),
        film("h", "Titanic", 1997, reviews=200),
        film("i", "Prêt-à-Porter", 1994),
        film("j", "Part: One Story", 1990),
        film("k", "Part: Two Stories", 1990),
        film("ml:1", "Clueless", 1995),
    ],
    skip="ml:",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("City of Lost Children, The (Cité des enfants perdus, La) (1995)", "a"),
        ("Blood & Wine (1997)", "b"),
        ("Empire Strikes Back, The (1980)", "c"),
        ("Hate (Haine, La) (1995)", "d"),
        ("Twelve Monkeys (1995)", "e"),
        ("Titanic (1997)", "h"),
        ("Ready to Wear (a.k.a. Pret-A-Porter) (1994)", "i"),
        ("Fear, The (1995)", None),
        ("Fear (1995)", "f"),
        ("Titanic (1999)", None),
        ("Titanic", None),
        ("Part (1990)", None),
        ("Clueless (1995)", None),
    ],
)
def test_a_listed_title_finds_its_film(text: str, found: str | None) -> None:
    title, others, year = read_title(text)
    assert INDEX.find((title, *others), year) == found


def test_titles_are_taken_apart() -> None:
    assert read_title("Shanghai Triad (Yao a yao) (1995)") == ("Shanghai Triad", ("Yao a yao",), 1995)
    assert read_title("2001: A Space Odyssey (1968)") == ("2001: A Space Odyssey", (), 1968)
    assert in_order("Postino, Il") == "Il Postino"
    assert in_order("Avventura, L'") == "L'Avventura"
    assert in_order("Me, Myself and I") == "Me, Myself and I"


def test_normal_forms_ignore_what_catalogues_disagree_on() -> None:
    assert normalise("M*A*S*H") == normalise("MASH")
    assert normalise("Once Upon a Time... When") == normalise("Once upon a time...when")
    assert normalise("Amélie & Søn") == "amelie and søn"
    assert normalise("千と千尋") == "千と千尋"


def test_ids_and_genres_are_spelt_alike() -> None:
    assert (imdb_id("78748"), imdb_id("tt0078748"), imdb_id("tt10872600")) == ("tt0078748", "tt0078748", "tt10872600")
    assert [imdb_id(text) for text in ("", "tt", "0", "nm0000001")] == [""] * 4
    assert genres(["Children's", "Children", "Film-Noir", "IMAX", ""]) == ("Family", "Film-Noir")
