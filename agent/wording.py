"""Small pieces of plain English that replies are made of: lists, counts, limits, facts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.types import Constraints, Range

_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_DEMONYM_FREE = {
    "United States": "the United States",
    "United Kingdom": "the United Kingdom",
    "Netherlands": "the Netherlands",
}
_KEPT_CAPITALS = {"Sci-Fi"}
_UNITS = {"runtime": " minutes", "tomatometer": " % with critics", "metascore": " on Metacritic"}
_PLURALS = {
    "Comedy": "comedies",
    "Documentary": "documentaries",
    "Mystery": "mysteries",
    "Biography": "biographies",
    "Sci-Fi": "Sci-Fi",
    "Fantasy": "fantasy",
    "Horror": "horror",
    "Crime": "crime",
    "Action": "action",
    "War": "war films",
    "Family": "family films",
    "Animation": "animation",
    "History": "history",
    "Music": "music",
    "Sport": "sport",
    "Adventure": "adventure",
    "Romance": "romance",
    "Short": "short films",
    "Adult": "adult films",
    "News": "news",
    "Film-Noir": "film noir",
    "Children": "children's films",
    "IMAX": "IMAX films",
    "Reality-TV": "reality shows",
}


@dataclass(frozen=True)
class Voice:
    """Chooses among phrasings by the conversation and the turn: varied, and the same whenever it is asked again.

    Attributes:
        noun: what one thing of the catalogue is called.
    """

    conversation: str
    turn: int
    noun: str = "film"

    def pick(self, key: str, *options: str) -> str:
        """One of the options; another key gives an independent choice, the next turn the next option."""
        digest = hashlib.blake2b(f"{self.conversation}\x1f{key}".encode(), digest_size=4).digest()
        return options[(int.from_bytes(digest, "big") + self.turn) % len(options)]


def join(names: Sequence[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; empty for nothing."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def titled(title: str, year: int | None) -> str:
    """A title with its year: "Seven (1995)"."""
    return title if year is None else f"{title} ({year})"


def percent(share: float) -> str:
    """A share in [0, 1] as a whole percentage."""
    return f"{round(100 * share)} %"


def number(count: int) -> str:
    """A count in words up to twelve, in figures beyond; never negative."""
    return _SMALL[count] if count < len(_SMALL) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """ "one film", "three films"."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def genre(name: str) -> str:
    """A genre inside a sentence: lower case, unless it is a name."""
    return name if name in _KEPT_CAPITALS else name.lower()


def genres(name: str) -> str:
    """A genre as a kind of film that one likes: "thrillers", "comedies", "horror"."""
    return _PLURALS.get(name, name.lower() + "s")


def topic(name: str) -> str:
    """A topic as one speaks of it: "genre:Thriller" is "thrillers", "director:Ridley Scott" is the name."""
    facet, _, value = name.partition(":")
    if facet == "genre":
        return genres(value)
    if facet == "language":
        return f"films in {value}"
    return f"films from {place(value)}" if facet == "country" else value


def topic_name(name: str) -> str:
    """A topic as the subject of a figure: "genre:Thriller" is "thriller"."""
    facet, _, value = name.partition(":")
    return genre(value) if facet == "genre" else value or name


def place(country: str) -> str:
    """A country with the article it takes."""
    return _DEMONYM_FREE.get(country, country)


def minutes(figure: float) -> str:
    """A running time: "98 minutes"."""
    return f"{figure:.0f} minute{'' if round(figure) == 1 else 's'}"


def limit(name: str, bounds: Range) -> str:
    """A numeric limit as it follows a noun: "from 1991 or later", "of at most 119 minutes"."""
    low, high = bounds.low, bounds.high
    if name == "year":
        if low is not None and high is not None:
            return f"from {low:.0f}" if low == high else f"from {low:.0f} to {high:.0f}"
        return (
            f"from {low:.0f} or later" if low is not None else f"from {high:.0f} or earlier" if high is not None else ""
        )
    unit = _UNITS.get(name, f" {name.replace('_', ' ')}")
    if name == "oscars" and low == 1 and high is None:
        return "with at least one Oscar"
    if name == "oscar_nominations" and low == 1 and high is None:
        return "nominated for an Oscar"
    head = "of" if name == "runtime" else "with"
    if name == "price":
        head, unit = "priced", ""
    if low is not None and high is not None:
        return f"{head} {low:g} to {high:g}{unit}"
    if low is not None:
        return f"{head} at least {low:g}{unit}"
    return f"{head} at most {high:g}{unit}" if high is not None else ""


_PLACES = frozenset({"aisle", "department", "category", "shelf"})
"""Facets that say where in a shop a thing is."""

_ELSEWHERE = {"language": "in", "country": "from"}
"""Facets whose values nothing is without: a film is not in French, or not from France."""


def limits(constraints: Constraints) -> str:
    """All limits as they follow "films": "from 1991 or later, without horror"; empty when there are none."""
    parts: list[str] = []
    for facet, values in constraints.require.items():
        if facet == "genre":
            parts.insert(0, "of the genre " + join([genre(value) for value in values], "or"))
        elif facet == "language":
            parts.append("in " + join(values, "or"))
        elif facet == "country":
            parts.append("from " + join([place(value) for value in values], "or"))
        elif facet in {"director", "writer"}:
            parts.append(("directed by " if facet == "director" else "written by ") + join(values, "or"))
        else:
            parts.append(("from " if facet in _PLACES else "with ") + join(values, "or"))
    parts += [limit(name, bounds) for name, bounds in constraints.ranges.items()]
    without = []
    for facet, values in constraints.exclude.items():
        if facet == "genre":
            without += [genre(value) for value in values]
        elif facet in _ELSEWHERE:
            parts.append(f"not {_ELSEWHERE[facet]} {join([place(value) for value in values], 'or')}")
        else:
            without += list(values)
    if without:
        parts.append("without " + join(without, "or"))
    return ", ".join(part for part in parts if part)


def name_limit(name: str) -> str:
    """The name of a limit as `Constraints.parts` gives it, as one says it: "not genre: Horror" is "no horror"."""
    if name.startswith("not "):
        facet, _, values = name.removeprefix("not ").partition(": ")
        if facet in _ELSEWHERE:
            return f"not {_ELSEWHERE[facet]} {join([place(value) for value in values.split(', ')], 'or')}"
        return "no " + (join([genre(value) for value in values.split(", ")], "or") if facet == "genre" else values)
    if ": " in name:
        facet, _, values = name.partition(": ")
        return join([genre(value) for value in values.split(" or ")], "or") if facet == "genre" else f"{facet} {values}"
    for sign, words in ((" >= ", "at least"), (" <= ", "at most")):
        if sign in name:
            number_name, _, figure = name.partition(sign)
            if number_name == "year":
                return f"{figure} or {'later' if sign == ' >= ' else 'earlier'}"
            return f"{words} {figure}{_UNITS.get(number_name, ' ' + number_name.replace('_', ' '))}"
    head, _, rest = name.partition(" ")
    return f"{rest}{_UNITS.get(head, '')}"


def kind(constraints: Constraints, noun: str) -> tuple[str, str, Constraints]:
    """What is counted where one genre is required, and the limits that are left to say: "comedy", "comedies".

    Returns:
        The noun, its plural, and the limits without what they say already.
    """
    required = constraints.require.get("genre", ())
    if noun != "film" or len(required) != 1:
        return noun, f"{noun}s", constraints
    name = genre(required[0])
    rest = constraints.model_copy(update={"require": {k: v for k, v in constraints.require.items() if k != "genre"}})
    if name in _COUNTED - {"animation", "biography"}:
        return name, _PLURALS.get(required[0], f"{name}s"), rest
    name = {"animation": "animated", "biography": "biographical"}.get(name, name)
    return f"{name} film", f"{name} films", rest


_COUNTED = frozenset("animation biography comedy documentary drama musical mystery romance thriller western".split())
"""Genres that name a single film too: "a drama", but not "a crime"."""


def facts_line(facets: Mapping[str, Sequence[str]], numbers: Mapping[str, float]) -> str:
    """A thing in a few words: "a thriller and drama by David Fincher, 127 minutes", "at 2.99"; empty when nothing is
    known."""
    kinds = [genre(value) for value in facets.get("genre", ())[:2]]
    directors = list(facets.get("director", ()))
    text = ""
    if kinds:
        alone = len(kinds) == 1 and kinds[0] in _COUNTED
        text = f"{'an' if kinds[0][0] in 'aeiou' else 'a'} {kinds[0]}" if alone else join(kinds)
    if directors and len(directors) <= 3:
        text += f"{' by' if text else 'by'} {join(directors)}"
    if "runtime" in numbers:
        text += f"{', ' if text else ''}{minutes(numbers['runtime'])}"
    if "price" in numbers:
        text += f"{', ' if text else ''}at {numbers['price']:.2f}"
    return text


def sentence_part(text: str) -> str:
    """A reason's text within a sentence: its opening word in lower case where it is an ordinary one."""
    head = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if head in _OPENING else text


_OPENING = frozenset(
    re.findall(
        r"\S+",
        """
A An Because By Called Close Described Directed Follows From Goes Has It Less Like More New Often Part People Placed
Popular Rising Similar Something Tends The Well With Written You
""",
    )
)
