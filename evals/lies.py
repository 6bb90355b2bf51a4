"""Sentences about real items, true and false of many kinds, each labelled by its maker, who knows the truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.types import Item

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True)
class Told:
    """A sentence and its label.

    Attributes:
        subject: the title that it speaks of; empty where it speaks of the list or the person.
        part: of a lie, the words that must not be said of the subject.
    """

    text: str
    truth: bool
    kind: str
    subject: str = ""
    part: str = ""


@dataclass(frozen=True)
class Truth:
    """What the liar knows of a turn; ``others`` are items that the turn does not show and the person never named."""

    cards: Sequence[Item] = ()
    liked: Sequence[str] = ()
    disliked: Sequence[str] = ()
    others: Sequence[Item] = ()


Maker = Callable[[random.Random, Truth, Item], Told | None]


def true_of_item(rng: random.Random, truth: Truth, item: Item) -> Told:
    """A true sentence about one item, from its facts."""
    return _made(rng, _TRUE, truth, item) or Told(f"{item.title} is worth a look.", True, "talk", item.title)


def lie_of_item(rng: random.Random, truth: Truth, item: Item) -> Told:
    """A lie about one item."""
    told = _made(rng, _FALSE, truth, item)
    assert told is not None
    return told


def true_of_list(rng: random.Random, truth: Truth) -> Told:
    """A true sentence about the list, the person or one of the items."""
    count = len(truth.cards)
    years = [item.year for item in truth.cards]
    makers: list[Callable[[], Told]] = [lambda: Told(rng.choice(_TALK), True, "talk")]
    if count > 1:
        makers.append(lambda: Told(f"Here are {_number(count)} films for you.", True, "count"))
        if all(years):
            first = min(year for year in years if year is not None)
            makers.append(lambda: Told(f"None of these is older than {first}.", True, "bound"))
        makers.append(lambda: true_of_item(rng, truth, rng.choice(list(truth.cards))))
    if truth.liked:
        liked = rng.choice(list(truth.liked))
        makers.append(lambda: Told(f"You liked {liked}, so I looked for more in that vein.", True, "history", liked))
    return rng.choice(makers)()


def lie_of_list(rng: random.Random, truth: Truth) -> Told:
    """A lie about the list, the person or one of the items."""
    stranger = rng.choice(list(truth.others))
    count = len(truth.cards)
    makers: list[Callable[[], Told]] = [
        lambda: Told(f"You could also try {stranger.title}.", False, "not shown", part=f"try {stranger.title}"),
        lambda: Told(
            f"Because you loved {stranger.title}, start here.", False, "history", part=f"loved {stranger.title}"
        ),
        lambda: Told("You asked for silent Finnish films.", False, "request", part="silent Finnish"),
        lambda: Told("You can stream all of these for free.", False, "availability", part="for free"),
        lambda: Told("Your friends watched most of these last week.", False, "others", part="Your friends"),
        lambda: Told("Critics called them the best films of all time.", False, "fame", part="of all time"),
    ]
    if truth.disliked:
        hated = rng.choice(list(truth.disliked))
        makers.append(
            lambda: Told(f"As you loved {hated}, these should suit you.", False, "history", part=f"loved {hated}")
        )
    if count > 1:
        wrong = _number(count + rng.choice([-1, 1, 2]))
        makers.append(lambda: Told(f"I found {wrong} films for you.", False, "count", part=f"{wrong} films"))
        makers.append(lambda: lie_of_item(rng, truth, rng.choice(list(truth.cards))))
        makers.append(lambda: _list_superlative(rng, truth))
        directors = [set(item.facets.get("director", ())) for item in truth.cards]
        if not set.intersection(*directors):
            makers.append(
                lambda: Told("All of them are by the same director.", False, "relation", part="by the same director")
            )
    return rng.choice(makers)()


_TALK = (
    "I hope one of these is right for you.",
    "Tell me if you would like something else.",
    "Let me know which one you like.",
    "Here is what I would suggest.",
)


def _made(rng: random.Random, makers: Sequence[Maker], truth: Truth, item: Item) -> Told | None:
    for maker in rng.sample(list(makers), len(makers)):
        told = maker(rng, truth, item)
        if told is not None:
            return told
    return None


def _number(count: int) -> str:
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def _names(item: Item, facet: str) -> set[str]:
    return set(item.facets.get(facet, ()))


def _of(item: Item, kind: str, true: str = "", lie: str = "", part: str = "") -> Told:
    """A sentence on an item: ``true`` or ``lie`` behind its title."""
    text = f"{item.title} {true or lie}."
    return Told(text, bool(true), kind, item.title, "" if true else part or lie)


def _other(rng: random.Random, truth: Truth, item: Item, facet: str, avoid: Iterable[str] = ()) -> str | None:
    """A value that another item has and this one has not, those of the same list first."""
    mine = _names(item, facet) | set(avoid)
    for items in (truth.cards, truth.others):
        values = sorted({value for other in items for value in _names(other, facet)} - mine)
        if values:
            return rng.choice(values)
    return None


def _true_year(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    if item.year is None:
        return None
    return _of(item, "year", true=rng.choice([f"is from {item.year}", f"came out in {item.year}"]))


def _false_year(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    if item.year is None:
        return None
    wrong = item.year + rng.choice([-10, -2, -1, 1, 2, 10])
    return _of(item, "year", lie=rng.choice([f"is from {wrong}", f"came out in {wrong}"]))


def _true_runtime(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    minutes = item.numbers.get("runtime")
    if minutes is None:
        return None
    bound = (
        f"is over {_number(int((minutes - 1) // 60))} hours long" if minutes > 121 else f"runs {minutes:.0f} minutes"
    )
    return _of(item, "runtime", true=rng.choice([f"runs {minutes:.0f} minutes", bound]))


def _false_runtime(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    minutes = item.numbers.get("runtime")
    if minutes is None:
        return None
    return _of(item, "runtime", lie=f"runs {minutes + rng.choice([-20, -9, 9, 20, 45]):.0f} minutes")


def _credit(facet: str, phrase: str, truthful: bool) -> Maker:
    def make(rng: random.Random, truth: Truth, item: Item) -> Told | None:
        mine = sorted(_names(item, facet))
        if truthful:
            return _of(item, facet, true=phrase.format(rng.choice(mine))) if mine else None
        credited = (name for each in ("director", "writer", "actor") for name in _names(item, each))
        name = _other(rng, truth, item, facet, credited)
        return _of(item, facet, lie=phrase.format(name), part=name) if name and mine else None

    return make


def _true_genre(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    known = [name for name in ("Comedy", "Drama", "Thriller", "Western", "Musical") if name in _names(item, "genre")]
    return _of(item, "genre", true=f"is a {rng.choice(known).lower()}") if known else None


def _false_genre(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    wrong = sorted({"Comedy", "Thriller", "Western", "Musical", "Horror", "Romance"} - _names(item, "genre"))
    return _of(item, "genre", lie=f"is a {rng.choice(wrong).lower()}") if wrong else None


def _true_oscars(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del rng, truth
    won = int(item.numbers.get("oscars", 0))
    return _of(item, "award", true=f"won {_number(won)} {'Oscar' if won == 1 else 'Oscars'}") if won else None


def _false_oscars(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    del truth
    won = int(item.numbers.get("oscars", 0))
    return _of(item, "award", lie=f"won {_number(won + rng.choice([2, 3]))} Oscars")


def _compared(truthful: bool) -> Maker:
    def make(rng: random.Random, truth: Truth, item: Item) -> Told | None:
        number, more, less = rng.choice([("year", "newer", "older"), ("runtime", "longer", "shorter")])
        mine = item.numbers.get(number)
        others = [
            each for each in truth.cards if each.numbers.get(number) not in {None, mine} and each.title != item.title
        ]
        if mine is None or not others:
            return None
        other = rng.choice(others)
        word = more if (mine > other.numbers[number]) == truthful else less
        phrase = f"is {word} than {other.title}"
        return _of(item, "comparison", true=phrase) if truthful else _of(item, "comparison", lie=phrase)

    return make


def _half_true(rng: random.Random, truth: Truth, item: Item) -> Told | None:
    name = _other(rng, truth, item, "director", (*_names(item, "writer"), *_names(item, "actor")))
    if item.year is None or name is None or not _names(item, "director"):
        return None
    return _of(item, "half-true", lie=f"is from {item.year} and was directed by {name}", part=name)


def _fixed(kind: str, *phrases: str) -> Maker:
    return lambda rng, _, item: _of(item, kind, lie=rng.choice(phrases))


def _list_superlative(rng: random.Random, truth: Truth) -> Told:
    ordered = sorted(truth.cards, key=lambda item: item.year or 0)
    word, wrong = rng.choice([("oldest", ordered[-1]), ("newest", ordered[0])])
    if ordered[0].year == ordered[-1].year:
        return lie_of_item(rng, truth, ordered[0])
    return _of(wrong, "superlative", lie=f"is the {word} of them")


_TRUE: tuple[Maker, ...] = (
    _true_year, _true_runtime, _true_genre, _true_oscars, _compared(truthful=True),
    _credit("director", "was directed by {}", truthful=True), _credit("writer", "was written by {}", truthful=True),
    _credit("actor", "has {} in the cast", truthful=True), _credit("country", "was made in {}", truthful=True),
)  # fmt: skip
_FALSE: tuple[Maker, ...] = (
    _false_year, _false_runtime, _false_genre, _false_oscars, _compared(truthful=False), _half_true,
    _credit("director", "was directed by {}", truthful=False), _credit("writer", "was written by {}", truthful=False),
    _credit("actor", "has {} in the cast", truthful=False), _credit("language", "is in {}", truthful=False),
    _fixed("plot", "follows a widow who hunts her husband's killer", "is about two brothers at war", "ends badly"),
    _fixed("availability", "is on Netflix", "is in cinemas now"), _fixed("price", "costs 4.99 to rent", "is for free"),
    _fixed("fame", "is a cult classic", "broke records on its release", "was a huge hit"),
    _fixed("award", "won a Golden Globe", "won the Palme d'Or"), _fixed("score", "is rated 9.1", "got 8.7 out of 10"),
    _fixed("craft", "has a haunting soundtrack", "has a career-best performance"),
    _fixed("relation", "is a remake of a French film", "is based on a video game"),
)  # fmt: skip
