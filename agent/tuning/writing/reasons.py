"""Reasons of the ranking made up for examples: in the ranking's own words, with what a form needs to tell them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from agent.tuning.writing.films import Films
from agent.wording import genre, join
from core.results import Reason
from core.types import Item


@dataclass(frozen=True)
class Told:
    """One reason: its kind (a key of the forms), the ranking's text, and the words that forms are filled with."""

    kind: str
    text: str
    slots: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """As the ranking gives it."""
        return Reason(feature=self.kind, contribution=1.0, text=self.text)


def reasons(rng: random.Random, films: Films, item: Item, most: int) -> list[Told]:
    """Up to ``most`` reasons of different kinds that fit the item, in any order."""
    made: list[Told] = []
    for kind in rng.sample(list(_MAKERS), len(_MAKERS)):
        if len(made) == most:
            break
        if rng.random() < _WEIGHTS.get(kind, 0.3) and (told := _MAKERS[kind](rng, films, item)) is not None:
            made.append(told)
    return made


def _titled(kind: str, text: str, most: int = 2) -> Callable[[random.Random, Films, Item], Told | None]:
    def make(rng: random.Random, films: Films, item: Item) -> Told | None:
        titles = [other.title for other in films.others(rng, item, most)]
        return Told(kind, text.format(names=join(titles)), named(titles), tuple(titles)) if titles else None

    return make


def named(titles: Sequence[str]) -> dict[str, str]:
    """Slots for titles and the verbs that agree with them."""
    one = len(titles) == 1
    return {"names": join(list(titles)), "were": "was" if one else "were", "go": "goes" if one else "go"}


def _plain(kind: str, *texts: str) -> Callable[[random.Random, Films, Item], Told | None]:
    def make(rng: random.Random, films: Films, item: Item) -> Told | None:  # noqa: ARG001 - the signature of all
        count = str(rng.randrange(5, 60))
        return Told(kind, rng.choice(texts).format(count=count), {"percent": count})

    return make


def _kinds(rng: random.Random, item: Item, most: int) -> list[str]:
    values = list(item.facets.get("genre", ()))[:3]
    return rng.sample(values, min(len(values), rng.randint(1, most)))


def _genres(kind: str, text: str, most: int) -> Callable[[random.Random, Films, Item], Told | None]:
    def make(rng: random.Random, films: Films, item: Item) -> Told | None:  # noqa: ARG001 - the signature of all
        values = _kinds(rng, item, most)
        percent = str(rng.randrange(10, 45))
        topics = join([genre(value) for value in values])
        return Told(kind, text.format(topics=join(values), percent=percent), {"topics": topics, "percent": percent})

    return make


def _critics(rng: random.Random, films: Films, item: Item) -> Told | None:  # noqa: ARG001 - the signature of all
    score, meta = item.numbers.get("tomatometer"), item.numbers.get("metascore")
    if score is not None and score >= 60:
        return Told("critics", f"{score:.0f} % of critics liked it", {"percent": f"{score:.0f}"})
    if meta is not None and meta >= 60:
        return Told("metascore", f"Metascore {meta:.0f} of 100", {"percent": f"{meta:.0f}"})
    return None


def _person(kind: str, text: str) -> Callable[[random.Random, Films, Item], Told | None]:
    def make(rng: random.Random, films: Films, item: Item) -> Told | None:
        found = films.shared(rng, item, kind)
        if found is None:
            return None
        name, others = found
        titles = tuple(other.title for other in others)
        slots = named(titles)
        return Told(kind, text.format(person=name, names=slots["names"]), {"person": name, **slots}, titles)

    return make


def _years(rng: random.Random, films: Films, item: Item) -> Told | None:
    near = [
        other for other in films.others(rng, item, 1) if abs((other.year or 0) - (item.year or 0)) <= 5 and item.year
    ]
    titles = [other.title for other in near]
    text = f"From about the same years as {join(titles)}"
    return Told("years", text, named(titles), tuple(titles)) if titles else None


_MAKERS: Mapping[str, Callable[[random.Random, Films, Item], Told | None]] = {
    "liked": _titled("liked", "Because you liked {names}", 3),
    "goes": _titled("goes", "Often goes with {names} from your history"),
    "latest": _titled("latest", "Goes with {names}, your latest"),
    "next": _plain("next", "Tends to come next after what you took up lately"),
    "popular": _plain("popular", "Popular lately: taken up {count} times in the latest activity here"),
    "mix": _genres("mix", "With {topics} it keeps the list in proportion to what you are heading for", 3),
    "more": _genres(
        "more",
        "More {topics} than usual: {percent} % of what you are heading for, against 8 % for people in general",
        1,
    ),
    "share": _genres("share", "{topics} is {percent} % of what you are heading for", 1),
    "critics": _critics,
    "rated": _plain("rated", "Well rated by {count} people"),
    "described": _titled("described", "Described much like {names}"),
    "director": _person("director", "Directed by {person}, as {names}"),
    "actor": _person("actor", "With {person}, as {names}"),
    "asked": _genres("asked", "{topics}, as you asked", 2),
    "meaning": _plain("meaning", "Close to your words in meaning"),
    "words": _plain("words", "Has words of yours in its description"),
    "called": _plain("called", "Called like your words"),
    "told": _plain("told", "Close in meaning to what you told me before"),
    "less known": _plain("less known", "Less known than most of what came into question for you"),
    "further": _plain("further", "Something further from your usual"),
    "discovery": _plain("discovery", "A discovery: little known, but more to your taste than its like"),
    "years": _years,
}
_WEIGHTS: Mapping[str, float] = {
    "liked": 0.9, "goes": 0.6, "latest": 0.5, "described": 0.5, "director": 0.7, "actor": 0.7, "asked": 0.6, "mix": 0.5,
}  # fmt: skip
