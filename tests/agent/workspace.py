"""A small real workspace: some 300 films of the catalogue and made-up people, trained like any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from agent.fitting import train
from core.settings import Settings
from core.types import Event, EventKind, Item, idempotency_key
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from store.importers.base import Request
from store.importers.films import Films

NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
FILMS = 300
PEOPLE = 24
NAMED = frozenset(
    "Alien,Aliens,Fargo,Blade Runner,The Matrix,Titanic,Jaws,The Godfather,Pulp Fiction,Heat,Ronin,Casablanca,Seven,"
    "Crash,The Thing,Psycho,Vertigo,Memento,The Silence of the Lambs,No Country for Old Men".split(",")
)


def films() -> list[Item]:
    """The named films and the most reviewed of the others, of every genre."""
    dataset = Films().open(Request(path=None, mapping=None, workspace=Path(), until=None))
    assert dataset.items is not None
    items = [row.value.item for row in dataset.items() if row.value is not None]
    ordered = sorted(items, key=lambda item: -item.numbers.get("reviews", 0.0))
    chosen = {item.id: item for item in ordered if item.title in NAMED}
    for item in ordered:
        if len(chosen) >= FILMS:
            break
        chosen.setdefault(item.id, item)
    return list(chosen.values())


def histories(items: list[Item]) -> Iterator[Event]:
    """People who each like two genres, and whose liking moves from one to the other over eight months."""
    rng = np.random.default_rng(7)
    genres = sorted({genre for item in items for genre in item.facets.get("genre", ())})
    of_genre = {genre: [item for item in items if genre in item.facets.get("genre", ())] for genre in genres}
    liked = [genre for genre in genres if len(of_genre[genre]) >= 25]
    for person in range(PEOPLE):
        first, second = rng.choice(liked, 2, replace=False)
        for month in range(8):
            for number in range(4):
                genre = second if rng.random() < month / 7 else first
                item = of_genre[genre][int(rng.integers(len(of_genre[genre])))]
                at = NOW - timedelta(days=30 * (8 - month) - 5 * number)
                yield Event(
                    user_id=f"p{person}",
                    at=at,
                    kind=EventKind.RATING,
                    item_id=item.id,
                    value=float(rng.choice([0.4, 0.6, 0.8, 1.0])),
                    text="8/10",
                    source="import:made-up",
                    key=idempotency_key(person, month, number, item.id),
                )


def make(home: Path) -> Settings:
    """Import and train a workspace in ``home``."""
    settings = Settings(home=home, llm_timeout=1.0)
    database = Database(settings.sql_url)
    database.migrate()
    items = films()
    Catalog(database).upsert(items)
    Events(database).append(histories(items))
    database.close()
    train(settings)
    return settings
