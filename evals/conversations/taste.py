"""What simulated people know of their own taste: words for what they are after, and what they would do without."""

from __future__ import annotations

from collections.abc import Iterable

from core.results import Recommendation
from core.types import Item
from evals.conversations import phrasings as said
from evals.conversations.limits import Limit
from evals.conversations.people import Person

_LUKEWARM = 0.25
"""Mean rating, in [-1, 1], up to which people would do without a genre."""
_OFTEN_UNLOVED = ("Horror", "Musical", "Western", "War")


def kind_of(film: Item) -> str:
    """The first of a film's genres that people have words for; empty where there is none."""
    return next((genre for genre in film.facets.get("genre", ()) if genre in said.PLURALS), "")


def makers_of(film: Item, person: Person) -> list[str]:
    """Who directed a film or acts in it, and in another film that this person loves."""
    others = [other for other in (*person.loved, *person.favourites) if other.id != film.id]
    names = {name for other in others for facet in ("director", "actor") for name in other.facets.get(facet, ())}
    return [name for facet in ("director", "actor") for name in film.facets.get(facet, ()) if name in names]


def unloved(person: Person, film: Item) -> list[str]:
    """Genres to do without, the least loved first; a film that is wanted has none of them."""
    own = film.facets.get("genre", ())
    known = [genre for genre in said.PLURALS if genre not in own]
    means = {genre: person.genres[genre] for genre in known if person.genres.get(genre, 1.0) <= _LUKEWARM}
    never_rated = [genre for genre in _OFTEN_UNLOVED if genre in known and genre not in person.genres]
    return [*sorted(means, key=means.__getitem__), *never_rated]


def meets(film: Item, standing: Iterable[Limit]) -> bool:
    """Whether a film goes against nothing that was ruled out; wishes may change."""
    card = Recommendation(
        id=film.id, title=film.title, year=film.year, score=0.0, facets=film.facets, numbers=film.numbers
    )
    return not any(limit.broken_by(card) for limit in standing if limit.kind != "wish")
