"""MovieTweetings (Dooms et al., CrowdRec 2013, MIT licence): ratings that people tweeted, with their real times."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.errors import InputError
from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, RowError, SourceEvent, SourceItem, parse
from store.importers.download import fetch
from store.importers.join import genres, imdb_id, read_title
from store.importers.text import Cells, Row, Separated, Table, TextFile
from store.importers.values import Clock, identifier, rating, strength

_COMMIT = "4d8280a3f1ea83e3e23f13d1710d19f43564274f"
SNAPSHOT = f"https://raw.githubusercontent.com/sidooms/MovieTweetings/{_COMMIT}/snapshots/100K"
"""The first 100,000 ratings, of 2013-02-28 to 2013-09-01, at one commit of the public repository."""


@dataclass(frozen=True)
class Fingerprint:
    """What identifies a downloaded text: its length in characters, and passages at known places.

    A file in which a single row was added, dropped or changed in length has another total.
    """

    characters: int
    passages: tuple[tuple[int, str], ...]

    def check(self, path: Path) -> None:
        """Raise InputError unless the file has this fingerprint (line ends count as one character)."""
        text = "".join(line.replace("\r\n", "\n") for _, line in TextFile(path).lines())
        wrong = [place for place, passage in self.passages if not text.startswith(passage, place)]
        if len(text) != self.characters or wrong:
            raise InputError(
                f"The downloaded {path.name} is not the expected file: {len(text):,} characters "
                f"instead of {self.characters:,}, {len(wrong)} of {len(self.passages)} known passages differ.",
                "Download the snapshot by hand and give its folder.",
            )


FINGERPRINTS = {
    "ratings.dat": Fingerprint(
        2_945_101,
        (
            (0, "1::1074638::7::1365029107\n1::1853728::8::1366576639\n2::0104257::8::1364690142\n"),
            (2_480_000, "228::8::1373927293\n13979::0481499::8::1363910897\n13980::1563738::5::1362316513\n"),
            (2_945_040, "\n16554::1559547::2::1373287369\n16554::2415464::2::1373772560\n"),
        ),
    ),
    "movies.dat": Fingerprint(
        541_533,
        (
            (0, "0002844::Fantômas - À l'ombre de la guillotine (1913)::Crime|Drama\n0004936::The Bank (1915)::"),
            (540_000, "ama\n2969506::Go-ryeong-hwa-ga-jok (2013)::Comedy|Drama\n2969656::Gam-si-ja-deul (2013)::"),
            (541_489, "\n3124456::Memories (2013)::Mystery|Thriller\n"),
        ),
    ),
}


class MovieTweetings:
    """Ratings joined to the film catalogue by IMDb id."""

    name = "movietweetings"
    description = "100,000 film ratings of 2013 with real times (MIT); downloaded unless a folder is given"
    needs_path = False
    mappable = False

    def __init__(self, url: str = SNAPSHOT) -> None:
        self._url = url

    def open(self, request: Request) -> Dataset:
        """Recognise the layout of a folder (.csv, .csv.gz or upstream's .dat), or download the snapshot."""
        path = request.path
        if path is None:
            path = request.workspace / "downloads" / "movietweetings"
            for name, fingerprint in FINGERPRINTS.items():
                fetch(f"{self._url}/{name}", path / name, fingerprint.check)
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", "Check the path.")
        folder = path if path.is_dir() else path.parent
        for suffix in ("csv", "csv.gz", "dat"):
            ratings, films = TextFile(folder / f"ratings.{suffix}"), TextFile(folder / f"movies.{suffix}")
            if ratings.path.is_file() and (path.is_dir() or path == ratings.path):
                if not films.path.is_file():
                    raise InputError(f"{folder} has {ratings.name} but no {films.name}.", "Put the two side by side.")
                return _upstream(ratings, films) if suffix == "dat" else _csv(ratings, films)
        raise InputError(
            f"{path} is not MovieTweetings: there is no ratings.csv, ratings.csv.gz or ratings.dat.",
            "Give the folder that has one of them beside its movies file.",
        )


def _csv(ratings: TextFile, films: TextFile) -> Dataset:
    rating_cells, film_cells = Cells(ratings, ","), Cells(films, ",")
    columns = rating_cells.positions("user_id", "imdb_id", "rating", "timestamp")
    return _dataset(rating_cells, columns, film_cells, film_cells.positions("imdb_id", "title", "genres"))


def _upstream(ratings: TextFile, films: TextFile) -> Dataset:
    return _dataset(Separated(ratings, "::", 4), [0, 1, 2, 3], Separated(films, "::", 3), [0, 1, 2])


def _dataset(ratings: Table, columns: list[int], films: Table, places: list[int]) -> Dataset:
    return Dataset(
        label="movietweetings",
        files=(ratings.file.path, films.file.path),
        items=partial(_items, films, places),
        events=partial(_events, ratings, columns),
        joins=True,
    )


def _items(films: Table, places: list[int]) -> Iterator[Parsed[SourceItem]]:
    for row in films:
        yield parse(films.file.name, row, partial(_film, places))


def _events(ratings: Table, columns: list[int]) -> Iterator[Parsed[SourceEvent]]:
    clock = Clock(time.time())
    for row in ratings:
        yield parse(ratings.file.name, row, partial(_event, columns, clock))


def _imdb(cell: str) -> str:
    found = imdb_id(cell.strip())
    if not found:
        raise RowError("the film id is not an IMDb id")
    return found


def _film(places: list[int], row: Row) -> SourceItem:
    key, text, names = (row.cells[place] for place in places)
    title, others, year = read_title(text)
    if not title:
        raise RowError("the title is empty")
    found = genres(names.split("|"))
    item = Item(
        id=_imdb(key),
        title=title,
        aliases=others,
        facets={"genre": found} if found else {},
        numbers={"year": float(year)} if year else {},
        url=f"https://www.imdb.com/title/{_imdb(key)}/",
    )
    return SourceItem(item.id, item)


def _event(columns: list[int], clock: Clock, row: Row) -> SourceEvent:
    user, film, score, at = (row.cells[column] for column in columns)
    value = rating(score, 0, 10)
    return SourceEvent(
        user=identifier(user, "user id"),
        item=_imdb(film),
        at=clock.seconds(at),
        kind=EventKind.RATING,
        value=strength(value, 0, 10),
        text=f"{value:g}/10",
    )
