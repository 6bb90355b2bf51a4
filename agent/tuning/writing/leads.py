"""Examples of the opening of a reply: a message, what it led to, and an answer that says nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.briefing import ABOUT_ME, lead_facts, lead_prompt, limit_phrases, register
from agent.grounding import Evidence, SentenceStream
from agent.judging import echoes
from agent.tuning.writing import lead_forms as forms
from agent.tuning.writing.films import Films, usable
from agent.tuning.writing.items import Example
from agent.wording import join, number, topic_name
from agent.writing.forecasts import when
from core.forecasts import Forecast
from core.results import Recommendation, Slate
from core.types import Constraints, Item, Range

MOST_WORDS = 35
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_TALK = 0.2
_SUMMED = 0.25
_PERIODS = ("week", "2weeks", "month", "quarter")


@dataclass(frozen=True)
class _Turn:
    """A made-up turn: what was said and what it led to."""

    message: str
    limits: Constraints
    films: Sequence[Item]
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    wish: str = ""
    forecast: Forecast | None = None


def leads(rng: random.Random, films: Films) -> Iterator[Example]:
    """Examples without end, those included that the check does not agree with."""
    while True:
        yield _talked(rng, films) if rng.random() < _TALK else _listed(rng, films)


def _talked(rng: random.Random, films: Films) -> Example:
    matter = rng.choices(list(forms.TALK), [3, 6, 3, 7, 2])[0]
    messages, answers = forms.TALK[matter]
    message = rng.choice(usable(messages, films.part))
    if rng.random() < 0.3:
        message = message.rstrip(".?!").lower()
    answer = rng.choice(usable(answers[register(message)], films.part))
    # The answers themselves make the form here; there is nothing in them to fill.
    return _example(
        message,
        lead_facts("film", None, Constraints()),
        answer,
        Evidence(said=(message,), facts=(ABOUT_ME,)),
        f"{matter} | {answer}",
    )


def _listed(rng: random.Random, films: Films) -> Example:
    while (turn := _turn(rng, films)) is None:
        pass
    style = register(turn.message)
    opening = _opening(rng, films, turn, style)
    listing = rng.choice(usable(forms.LISTINGS[style], films.part))
    closing = rng.choice(usable(forms.CLOSINGS[style], films.part)) if not opening else ""
    count = len(turn.films)
    phrases = limit_phrases(turn.limits)
    told = _list(count, phrases)
    if len(phrases) > 1 and rng.random() < _SUMMED:
        told = f"{_list(count, [])} within your limits"
    slots = {
        "list": told,
        "these": f"these {told}" if count > 1 else f"this {told.removeprefix('one ')}",
        "are_n": "are" if count > 1 else "is",
        "likes": join(turn.liked),
        "dislikes": join(turn.disliked),
        "wish": turn.wish,
        **_agreeing("likes", turn.liked),
        **_agreeing("dislikes", turn.disliked),
    }
    if turn.forecast is not None:
        shares = turn.forecast.shares[-1]
        top = max(range(len(shares)), key=lambda index: shares[index])
        ahead = when(turn.forecast)
        slots |= {"when": ahead, "time": ahead if ahead.startswith("next") else f"the time {ahead}"}
        slots |= {"topic": topic_name(turn.forecast.topics[top])}
    slots |= {name.capitalize(): value[:1].upper() + value[1:] for name, value in slots.items()}
    answer = " ".join(part.format(**slots) for part in (opening, listing, closing) if part)
    slate = Slate(
        id="examples", user_id=None, at=_AT, constraints=turn.limits, items=tuple(_card(item) for item in turn.films)
    )
    evidence = Evidence(
        slate=slate,
        constraints=turn.limits,
        liked=turn.liked,
        disliked=turn.disliked,
        said=(turn.message,),
        forecast=turn.forecast,
    )
    facts = lead_facts("film", count, turn.limits, turn.liked, turn.disliked, turn.forecast)
    return _example(turn.message, facts, answer, evidence, " | ".join((opening or "-", listing, closing or "-")))


def _agreeing(name: str, titles: Sequence[str]) -> Mapping[str, str]:
    many = len(titles) > 1
    if name == "likes":
        return {
            "give": "give" if many else "gives",
            "are": "are" if many else "is",
            "tell": "tell" if many else "tells",
        }
    return {"were": "were" if many else "was"}


def _opening(rng: random.Random, films: Films, turn: _Turn, style: str) -> str:
    tables = [
        table
        for table, given in (
            (forms.AHEAD, turn.forecast),
            (forms.LIKES, turn.liked),
            (forms.DISLIKES, turn.disliked),
            (forms.WISHES, turn.wish),
        )
        if given
    ]
    return rng.choice(usable((tables[0] if tables else forms.PLAIN)[style], films.part))


def _list(count: int, phrases: Sequence[str]) -> str:
    """The list as one says it: "five comedies from 1990 to 1999 of at most 90 minutes"."""
    said = list(phrases)
    noun = "films"
    if said and not re.match(r"(?:from|at|with|by|no|in|written) ", said[0]):
        noun = said.pop(0)
        noun = noun if noun.endswith("s") else f"{noun} films"
    told = f"{number(count)} {noun if count > 1 else _singular(noun)}"
    barred = [phrase.removeprefix("no ") for phrase in said if phrase.startswith("no ")]
    rest = " ".join(re.sub("^at most", "of at most", phrase) for phrase in said if not phrase.startswith("no "))
    return " ".join(part for part in (told, rest, f"without {join(barred, 'or')}" if barred else "") if part)


def _singular(noun: str) -> str:
    return {"comedies": "comedy", "mysteries": "mystery", "documentaries": "documentary"}.get(
        noun, noun.removesuffix("s")
    )


_NAMING = frozenset({"Thriller", "Comedy", "Drama", "Mystery", "Western", "Documentary", "Romance", "Musical"})
"""Genres whose plural names films; the others are wished for in other words."""


def _turn(rng: random.Random, films: Films) -> _Turn | None:
    """A turn whose list obeys its limits; None where too few films do."""
    require: dict[str, tuple[str, ...]] = {}
    exclude: dict[str, tuple[str, ...]] = {}
    ranges: dict[str, Range] = {}
    base, tail = rng.choice(forms.ASKS), []
    if rng.random() < 0.4:
        genre = rng.choice(sorted(_NAMING))
        require["genre"] = (genre,)
        base = limit_phrases(Constraints(require=require))[0]
    wish = (
        rng.choice(usable(forms.WISH_WORDS, films.part)) if rng.random() < 0.3 and base.startswith("something") else ""
    )
    if wish:
        base = f"something {wish}"
    if rng.random() < 0.4:
        words, ranges["year"] = _years(rng)
        tail.append(words)
    if rng.random() < 0.2:
        minutes = rng.choice((80, 90, 95, 100, 105, 110, 120, 130))
        ranges["runtime"] = Range(high=float(minutes))
        tail.append(rng.choice((f"max {minutes} minutes", f"no longer than {minutes} minutes", f"up to {minutes} min")))
    if rng.random() < 0.2:
        barred = rng.choice(("Horror", "War", "Romance", "Western", "Crime"))
        if barred not in require.get("genre", ()):
            exclude["genre"] = (barred,)
            tail.append(rng.choice(("no {}", "but no {}", "without {}", "not {}")).format(barred.lower()))
    if rng.random() < 0.12:
        seed = films.draw(rng)
        facet = rng.choice(("director", "actor"))
        people = [name for name in seed.facets.get(facet, ()) if films.named(name)]
        if people:
            require[facet] = (rng.choice(people),)
            tail.append(f"{'by' if facet == 'director' else 'with'} {require[facet][0]}")
    limits = Constraints(require=require, exclude=exclude, ranges=ranges)
    count = rng.choices((1, 2, 3, 4, 5, 10), (1, 2, 3, 2, 9, 2))[0]
    pool = films.drawn(rng, limits, count)
    if not pool:
        return None
    rng.shuffle(tail)
    ask = ", ".join([base, *tail]) if rng.random() < 0.3 else " ".join([base, *tail])
    form = rng.choice(usable(forms.MESSAGES[rng.choice(("short", "plain", "warm"))], films.part))
    message = (form if base.endswith("s") else form.replace("any {ask}", "{ask}")).format(ask=ask)
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    forecast = None
    chance = rng.random()
    if chance < 0.3:
        liked = films.titles(rng)
        message = (
            f"{rng.choice(forms.OPENERS['likes']).format(likes=' and '.join(liked))}{rng.choice(('. ', ', '))}{message}"
        )
    elif chance < 0.42:
        disliked = films.titles(rng)
        message = f"{rng.choice(forms.OPENERS['dislikes']).format(dislikes=' and '.join(disliked))}. {message}"
    elif chance < 0.55 and not tail:
        forecast = _forecast(rng)
        ahead = when(forecast)
        message = f"{message.rstrip('?!.')} {ahead if ahead.startswith('in ') else f'for {ahead}'}"
        wish = ""
    if rng.random() < 0.35:
        message = message.lower()
    return _Turn(message, limits, pool, tuple(liked), tuple(disliked), wish, forecast)


def _years(rng: random.Random) -> tuple[str, Range]:
    year = rng.randrange(1950, 2012)
    if rng.random() < 0.4:
        start = year - year % 10
        return f"from the {start}s", Range(low=float(start), high=float(start + 9))
    if rng.random() < 0.6:
        return rng.choice((f"after {year - 1}", f"since {year}", f"from {year} on")), Range(low=float(year))
    return rng.choice((f"before {year + 1}", f"older than {year + 1}")), Range(high=float(year))


def _forecast(rng: random.Random) -> Forecast:
    topics = rng.sample(("Thriller", "Comedy", "Drama", "Action", "Romance", "Crime", "Horror", "Mystery"), 4)
    weights = sorted((rng.random() + 0.1 for _ in topics), reverse=True)
    row = tuple(round(weight / sum(weights), 3) for weight in weights)
    periods = rng.choice((1, 1, 1, 2, 3, 4))
    rows = (row,) * periods
    return Forecast(
        user_id="examples",
        origin=_AT,
        period=rng.choice(_PERIODS),
        model="shrinkage",
        topics=tuple(f"genre:{topic}" for topic in topics),
        shares=rows,
        lo80=rows,
        hi80=rows,
    )


def _card(item: Item) -> Recommendation:
    return Recommendation(
        id=item.id, title=item.title, year=item.year, score=1.0, facets=item.facets, numbers=item.numbers
    )


def _example(message: str, facts: Sequence[str], answer: str, evidence: Evidence, phrasing: str) -> Example:
    stream = SentenceStream(evidence)
    verdicts = [*stream.feed(answer), *stream.close()]
    titles = (*evidence.liked, *evidence.disliked)
    fits = all(verdict.sentence_ok and not echoes(verdict.text, message, titles) for verdict in verdicts)
    fits = fits and len(answer.split()) <= MOST_WORDS
    return Example("lead", lead_prompt(message, facts), answer, phrasing, fits)
