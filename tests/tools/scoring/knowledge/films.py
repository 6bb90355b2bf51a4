"""A little catalogue of works, and one of products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from store.columns import ItemColumns, columns_from

Film = tuple[str, int | None, Mapping[str, Sequence[str]]]


def catalogue(films: Sequence[Film]) -> ItemColumns:
    """Columns of films as (title, year, facets), in this order."""
    rows = [
        (
            f"f{row:03d}",
            {
                "title": title,
                "numbers": {} if year is None else {"year": float(year)},
                "facets": {name: list(values) for name, values in facets.items()},
                "available": True,
            },
        )
        for row, (title, year, facets) in enumerate(films)
    ]
    return columns_from(rows, "1", [float("nan")] * len(rows))


def crowd(size: int) -> list[Film]:
    """Works that have nothing to do with each other, so that a name that recurs is rare among them."""
    rng = np.random.default_rng(0)
    letters = list("bcdfghklmnprstvz")
    return [
        (
            "".join(rng.choice(letters, 7)).title(),
            int(rng.integers(1950, 2014)),
            {
                "genre": (str(rng.choice(["Drama", "Comedy", "Horror"])),),
                "director": (f"Director {row}",),
                "actor": (f"Actor {row}", f"Player {row}"),
            },
        )
        for row in range(size)
    ]
