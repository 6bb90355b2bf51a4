"""The film catalogue in bokeh-sampledata: 17,470 films of 1940 to 2014 from Wikidata (CC0), with no plots.

Where we have written words of our own about a film (demo/films.jsonl), they are its text and its facet ``theme``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache, partial
from importlib import resources, util
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from core.errors import InputError
from core.types import Item
from store.importers.base import Dataset, Parsed, Request, SourceItem
from store.importers.text import Row

_QUERY = """
    SELECT o.imdbID, o.Title, o.Year, o.Rating AS certificate, o.Runtime, o.Genre, o.Director, o.Writer, o.Cast,
           o.Metacritic, o.Language, o.Country, o.Awards, t.Meter, t.Reviews, t.BoxOffice
    FROM omdb o LEFT JOIN tomatoes t ON t.ID = o.ID ORDER BY o.ID
"""
_LISTS = {"genre": "Genre", "director": "Director", "writer": "Writer", "actor": "Cast"}
_NUMBERS = {
    "year": "Year",
    "runtime": "Runtime",
    "tomatometer": "Meter",
    "metascore": "Metacritic",
    "reviews": "Reviews",
}
_ARTICLE = re.compile(r"^(The|An|A) (.+)$")
_SUFFIX = re.compile(r", (Jr\.|Sr\.)(?=,|$)")

# Names that one reader would use for one thing, where the source has several.
_SAME = {
    "American English": "English",
    "Australian English": "English",
    "Kurdish language": "Kurdish",
    "Modern Greek": "Greek",
    "Modern Hebrew": "Hebrew",
    "People's Republic of China": "China",
    "Putonghua": "Mandarin",
    "Standard Chinese": "Mandarin",
    "Standard Taiwanese Mandarin": "Mandarin",
    "The Bahamas": "Bahamas",
    "Yue Chinese": "Cantonese",
}
_NO_LANGUAGE = frozenset({"artistic language", "multiple languages"})

# Below these the source's figures are slips of unit, as the films themselves show (a two-hour film of 1 minute).
_LEAST_RUNTIME = 5.0
_LEAST_BOX_OFFICE = 1000.0


class Words(NamedTuple):
    """Our own words about one film: a sentence on what it is and feels like, and its themes or moods."""

    about: str
    themes: tuple[str, ...]


@cache
def own_words() -> Mapping[str, Words]:
    """The words that ship with the product, by IMDb id."""
    lines = resources.files("demo").joinpath("films.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return MappingProxyType({row["id"]: Words(row["about"], tuple(row["themes"])) for row in rows})


def worded(item: Item, words: Words | None) -> Item:
    """A film with our words about it, if there are any, in place of those it had."""
    if words is None:
        return item
    facets = {facet: names for facet, names in item.facets.items() if facet != "theme"}
    return item.model_copy(
        update={"text": words.about, "facets": {**facets, "theme": words.themes} if words.themes else facets}
    )


class Films:
    """Reads movies.db; its cast lists are alphabetical, so "actor" says who is in a film and not who leads it."""

    name = "films"
    description = "17,470 films of 1940 to 2014 with genres, people, countries and critics' scores (Wikidata, CC0)"
    needs_path = False
    mappable = False

    def open(self, request: Request) -> Dataset:
        """Open movies.db, by default the installed package's."""
        path = request.path or _installed()
        if not path.is_file():
            raise InputError(f"There is no file {path}.", "Give the path of movies.db, or leave it away.")
        with closing(_connect(path)) as connection:
            _run(connection, path, f"{_QUERY} LIMIT 1").fetchone()
        return Dataset(label=self.name, files=(path,), items=partial(_items, path))


def _installed() -> Path:
    package = util.find_spec("bokeh_sampledata")
    if package is None or package.origin is None:
        raise InputError("The film catalogue's package is not installed.", "Run pip install 'driftline[demo]'.")
    return Path(package.origin).parent / "_data" / "movies.db"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _run(connection: sqlite3.Connection, path: Path, query: str) -> sqlite3.Cursor:
    try:
        return connection.execute(query)
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"{path} is not the film database: {error}.", "Give movies.db of bokeh-sampledata 2026.1."
        ) from error


def _items(path: Path) -> Iterator[Parsed[SourceItem]]:
    with closing(_connect(path)) as connection:
        total = max(_run(connection, path, "SELECT count(*) FROM omdb").fetchone()[0], 1)
        for number, row in enumerate(_run(connection, path, _QUERY), start=1):
            place = Row(number, number / total, f"{row['imdbID']}, {row['Title']}, {row['Year']}", ())
            if re.fullmatch(r"tt\d{7,}", row["imdbID"] or "") and row["Title"]:
                item = worded(_item(row), own_words().get(row["imdbID"]))
                yield Parsed(path.name, place, SourceItem(item.id, item))
            else:
                yield Parsed(path.name, place, None, "the film has no IMDb id or no title")


def _item(row: Any) -> Item:
    facets = {facet: _names(row[column]) for facet, column in _LISTS.items()}
    facets["language"] = tuple(name for name in _names(row["Language"]) if name not in _NO_LANGUAGE)
    facets["country"] = _names(row["Country"])
    facets["certificate"] = _names(row["certificate"])
    numbers = {name: float(row[column]) for name, column in _NUMBERS.items() if row[column] is not None}
    if numbers.get("runtime", _LEAST_RUNTIME) < _LEAST_RUNTIME:
        del numbers["runtime"]
    if row["BoxOffice"] is not None and row["BoxOffice"] >= _LEAST_BOX_OFFICE:
        numbers["box_office"] = float(row["BoxOffice"])
    for name, verb in (("oscars", "Won"), ("oscar_nominations", "Nominated for")):
        if found := re.search(rf"{verb} (\d+) Oscar", row["Awards"] or ""):
            numbers[name] = float(found[1])
    article = _ARTICLE.match(row["Title"])
    return Item(
        id=row["imdbID"],
        title=row["Title"],
        aliases=(f"{article[2]}, {article[1]}",) if article else (),
        facets={facet: names for facet, names in facets.items() if names},
        numbers=numbers,
        url=f"https://www.imdb.com/title/{row['imdbID']}/",
    )


def _names(joined: str | None) -> tuple[str, ...]:
    """A comma-separated list without its repetitions; "Ed Begley, Jr." is one name."""
    parts = _SUFFIX.sub(r" \1", joined or "").split(",")
    return tuple(dict.fromkeys(_SAME.get(name, name) for part in parts if (name := part.strip())))
