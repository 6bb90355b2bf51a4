"""A small catalogue with real vectors, and the names of the whole film catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.settings import Settings
from core.types import Item
from store.catalog import Catalog
from store.columns import columns_from
from store.db import Database
from store.events import Events
from store.importers.base import Request
from store.importers.films import Films
from tools.deps import Floats
from tools.retrieval.embedder import Embedder
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.mentions import MentionFinder
from tools.retrieval.titles import TitleIndex
from tools.retrieval.vocabulary import Vocabulary


def film(
    number: int,
    title: str,
    year: int | None,
    genres: str,
    director: str = "",
    actors: str = "",
    language: str = "English",
    reviews: int = 100,
    available: bool = True,
    aliases: tuple[str, ...] = (),
) -> Item:
    """One item in the shape of the film importer; lists are written with slashes."""
    lists = {"genre": genres, "director": director, "actor": actors, "language": language}
    numbers = {"reviews": float(reviews)} | ({} if year is None else {"year": float(year), "runtime": 80.0 + number})
    return Item(
        id=f"f{number:03d}",
        title=title,
        aliases=aliases,
        facets={facet: tuple(values.split("/")) for facet, values in lists.items() if values},
        numbers=numbers,
        available=available,
    )


FILMS = (
    film(1, "Alien", 1979, "Sci-Fi/Horror", "Ridley Scott", "Sigourney Weaver/John Hurt", reviews=208),
    film(2, "Aliens", 1986, "Sci-Fi/Action", "James Cameron", "Sigourney Weaver", reviews=150),
    film(3, "Fargo", 1996, "Thriller/Crime/Comedy", "Joel Coen/Ethan Coen", "Frances McDormand", reviews=109),
    film(4, "The Matrix", 1999, "Sci-Fi/Action", "Lana Wachowski", "Keanu Reeves", reviews=209),
    film(5, "King Kong", 1976, "Adventure", "John Guillermin", "Jessica Lange", reviews=51),
    film(6, "King Kong", 2005, "Adventure/Action", "Peter Jackson", "Naomi Watts", reviews=268),
    film(7, "Titanic", 1997, "Romance/Drama", "James Cameron", "Kate Winslet", reviews=255),
    film(8, "Titanic", 1943, "Drama", "Herbert Selpin", "", "German", reviews=5),
    film(9, "It", 2017, "Horror", reviews=300),
    film(10, "Her", 2013, "Romance/Sci-Fi/Drama", "Spike Jonze", "Scarlett Johansson", reviews=294),
    film(11, "Up", 2009, "Animation/Adventure/Family", "Pete Docter", reviews=291),
    film(12, "Big", 1988, "Comedy/Fantasy", "Penny Marshall", "Tom Hanks", reviews=81),
    film(13, "Once", 2007, "Romance/Music/Drama", "John Carney", reviews=159),
    film(14, "After", 2012, "Drama", reviews=8),
    film(15, "Tense", 2010, "Thriller", reviews=4),
    film(16, "Something", 2011, "Drama", reviews=3),
    film(17, "Friends", 1971, "Drama/Romance", reviews=6),
    film(18, "I Love You", 1981, "Drama", reviews=5),
    film(19, "Kids", 1995, "Drama", "Larry Clark", reviews=56),
    film(20, "The Crew", 2000, "Comedy/Crime", reviews=85),
    film(21, "Funny People", 2009, "Comedy/Drama", "Judd Apatow", reviews=238),
    film(22, "Amélie", 2001, "Romance/Comedy", "Jean-Pierre Jeunet", "Audrey Tautou", "French", reviews=180),
    film(23, "The Shawshank Redemption", 1994, "Drama/Crime", "Frank Darabont", "Morgan Freeman", reviews=70),
    film(
        24, "The Lord of the Rings: The Fellowship of the Ring", 2001, "Fantasy/Adventure", "Peter Jackson", reviews=271
    ),
    film(25, "The Lord of the Rings: The Two Towers", 2002, "Fantasy/Adventure", "Peter Jackson", reviews=289),
    film(26, "The Godfather Part II", 1974, "Crime/Drama", "Francis Ford Coppola", "Al Pacino", reviews=90),
    film(27, "The Godfather", 1972, "Crime/Drama", "Francis Ford Coppola", "Al Pacino/Marlon Brando", reviews=95),
    film(28, "Sidewalks of New York", 2001, "Comedy/Romance", "Edward Burns", reviews=60),
    film(
        29,
        "Spirited Away",
        2001,
        "Animation/Fantasy",
        "Hayao Miyazaki",
        "",
        "Japanese",
        reviews=180,
        aliases=("Sen to Chihiro",),
    ),
    film(30, "Mr. & Mrs. Smith", 2005, "Action/Comedy", "Doug Liman", "Brad Pitt", reviews=200),
    film(31, "The Silent Archive", None, "Documentary", reviews=2),
    film(32, "Lost Reel", 1950, "Drama", reviews=1, available=False),
)


@dataclass
class CountingEmbedder(Embedder):
    """The real model, counting the texts it is given in bulk."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], bulk: bool = False) -> Floats:
        self.encoded += texts
        return super().encode(texts, bulk)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real model, loaded once for all tests."""
    return CountingEmbedder()


Workspace = Callable[..., HybridRetriever]


@pytest.fixture
def workspace(tmp_path: Path, embedder: Embedder) -> Iterator[Workspace]:
    """Makes a retriever over a fresh workspace with the given items (the small catalogue by default), indexed."""
    opened: list[Database] = []

    def make(items: tuple[Item, ...] = FILMS, build: bool = True) -> HybridRetriever:
        home = tmp_path / f"home{len(opened)}"
        home.mkdir()
        settings = Settings(home=home)
        database = Database(settings.sql_url)
        database.migrate()
        opened.append(database)
        catalog = Catalog(database)
        catalog.upsert(items)
        retriever = HybridRetriever(settings, catalog, Events(database), embedder)
        if build:
            retriever.build()
        return retriever

    yield make
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def retriever(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[HybridRetriever]:
    """The small catalogue, indexed once; tests that use it change nothing."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    database = Database(settings.sql_url)
    database.migrate()
    catalog = Catalog(database)
    catalog.upsert(FILMS)
    made = HybridRetriever(settings, catalog, None, embedder)
    made.build()
    yield made
    database.close()


@dataclass(frozen=True)
class Names:
    """Title index and name finder of the whole film catalogue."""

    titles: TitleIndex
    finder: MentionFinder


@pytest.fixture(scope="session")
def film_names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """Names of the 17,470 films, without vectors."""
    opened = Films().open(Request(None, None, tmp_path_factory.mktemp("films"), None)).items
    assert opened is not None
    items = sorted((row.value.item for row in opened() if row.value is not None), key=lambda item: item.id)
    # The importer keeps the first of two rows with the same id.
    items = [item for at, item in enumerate(items) if at == 0 or items[at - 1].id != item.id]
    rows = [(item.id, item.model_dump(mode="json")) for item in items]
    columns = columns_from(rows, "1", [float("nan")] * len(rows))
    reviews = np.nan_to_num(columns.numbers["reviews"]).astype(np.float64)
    popularity = reviews / reviews.mean()
    titles = TitleIndex(columns.ids, columns.titles, {}, columns.numbers["year"], popularity)
    return Names(titles, MentionFinder(titles, Vocabulary(columns, popularity)))
