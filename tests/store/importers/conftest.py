"""A workspace to import into, and small files in the layouts of the sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.types import Event, Item
from store.catalog import Catalog
from store.db import Database, KeyValue
from store.events import Events
from store.importers import SOURCES, ImportReport, run_import


@dataclass(frozen=True)
class Workspace:
    """An empty migrated workspace."""

    home: Path
    catalog: Catalog
    events: Events
    state: KeyValue

    def bring(self, source: str, path: Path | None = None, **options: Any) -> ImportReport:
        """Import a source."""
        options.setdefault("workspace", self.home)
        return run_import(SOURCES[source], path, self.catalog, self.events, self.state, **options)

    def timeline(self, user: str) -> list[Event]:
        """A person's events."""
        return self.events.of_user(user)

    def contents(self) -> tuple[list[Item], list[tuple[Any, ...]]]:
        """Everything that was imported, without the random ids."""
        people = sorted(summary.user_id for summary in self.events.people(limit=10_000))
        rows = [event for user in people for event in self.events.of_user(user)]
        return list(self.catalog.all()), sorted((e.user_id, e.at, e.item_id, e.kind, e.value, e.key) for e in rows)


@pytest.fixture
def make_workspace(tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    opened: list[Database] = []

    def make(name: str) -> Workspace:
        home = tmp_path / name
        database = Database(f"sqlite:///{home / 'driftline.db'}")
        database.migrate()
        opened.append(database)
        return Workspace(home, Catalog(database), Events(database), KeyValue(database))

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def workspace(make_workspace: Callable[[str], Workspace]) -> Workspace:
    return make_workspace("home")


def write(path: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    """A text file of these lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(end.join((*lines, "")).encode(encoding))
    return path


FILMS = (
    # imdbID, title, year, certificate, runtime, genre, director, writer, cast, metacritic, language, country, awards,
    # meter, reviews, box office
    ("tt0078748", "Alien", 1979, "R", 117, "Sci-Fi, Horror", "Ridley Scott", "Dan O'Bannon, Ronald Shusett",
     "Ian Holm, Sigourney Weaver", 89, "English", "United Kingdom, United States",
     "Won 1 Oscar. Nominated for 2 Oscars.", 97, 120, 203630630.0),
    ("tt0116282", "Fargo", 1996, "R", 98, "Crime, Thriller", "Joel Coen", None, "Frances McDormand", None, "English",
     "United States", None, 94, 90, None),
    ("tt0068646", "The Godfather", 1972, None, 175, "Crime, Drama", "Francis Ford Coppola", None,
     "Al Pacino, Ed Begley, Jr., Marlon Brando", None, "Modern Greek, multiple languages",
     "People's Republic of China", None, None, 5, 7.4),
    ("tt0110877", "Il Postino: The Postman", 1994, None, 1, "", "Michael Radford", None, "", None, None, None, None,
     None, None, None),
    ("tt0076759", "Star Wars: Episode IV – A New Hope", 1977, "PG", 121, "Sci-Fi, Adventure", "George Lucas", None,
     "", None, None, None, None, None, 100, None),
    ("tt0110912", "Pulp Fiction", 1994, "R", 154, "Crime, Drama", "Quentin Tarantino", None, "", None, None, None,
     None, None, 80, None),
)  # fmt: skip


def films_db(path: Path, films: Sequence[Sequence[Any]] = FILMS) -> Path:
    """A movies.db with the columns that matter."""
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE omdb (ID INTEGER, imdbID, Title, Year, Rating, Runtime, Genre, Director, Writer, [Cast],"
        " Metacritic, Language, Country, Awards)"
    )
    connection.execute("CREATE TABLE tomatoes (ID INTEGER, Meter, Reviews, BoxOffice)")
    for number, film in enumerate(films, start=1):
        connection.execute(f"INSERT INTO omdb VALUES ({','.join('?' * 14)})", (number, *film[:13]))
        connection.execute("INSERT INTO tomatoes VALUES (?, ?, ?, ?)", (number, *film[13:]))
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def with_films(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A workspace that has the small film catalogue."""
    workspace.bring("films", films_db(tmp_path / "movies.db"))
    return workspace
