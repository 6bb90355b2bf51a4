"""What the model is told before it writes: the facts of one item, or those of a whole turn, in very few words.

The small model reads the same forms in its training (`agent.tuning`), so a change here asks for new weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agent.acting import Outcome
from agent.composing import Part
from agent.understanding import Understanding
from agent.wording import (
    Voice,
    counted,
    genre,
    genres,
    join,
    minutes,
    percent,
    place,
    sentence_part,
    titled,
    topic_name,
)
from agent.writing import named
from agent.writing.forecasts import when
from core.forecasts import Forecast
from core.results import Recommendation
from core.types import Constraints, Item, Range
from prompts.load import load

ITEM_STYLES = ("why first", "facts first", "warm", "short")
"""Ways to write the line of an item; a list takes them in turn, so that its lines do not sound alike."""

ABOUT_ME = "I am Driftline, your guide to the catalogue"
"""What may be said of the speaker."""

NOTHING = "-"
_MESSAGE = 200
_WHY_LENGTH = 120
_LINES = 10
_THEMES = 2

_SHORTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"^Because (you liked .+)$", r"\1"),
        (r"^Popular lately: .*$", "popular lately"),
        (r"^With (.+) it keeps the list in proportion to .*$", r"keeps \1 in the mix of your interests"),
        (r"^More (.+) than usual: .*$", r"more \1 for you than for most people"),
        (r"^(.+) is (\d+ %) of (?:your interest now|what you are heading for)$", r"\1 is \2 of your interest"),
        (r"^Less known than most .*$", "less known than most"),
        (r"^A discovery: .*$", "a discovery, little known but to your taste"),
        (r"^Goes with (.+), your latest$", r"goes with \1, which you took up lately"),
        (r"^New here: .*$", "new here"),
    )
)


def reason_phrase(text: str) -> str:
    """A reason of the ranking as a short phrase: "you liked Alien", "popular lately"."""
    text = text.rstrip(".")
    for pattern, short in _SHORTER:
        if pattern.match(text):
            return pattern.sub(short, text)
    return sentence_part(text)


def reason_phrases(card: Recommendation) -> list[str]:
    """The one or two reasons that speak most for an item; a second one only where both are short."""
    told = [reason_phrase(reason.text) for reason in card.reasons if reason.text and reason.contribution > 0]
    return told[: 2 if sum(map(len, told[:2])) <= _WHY_LENGTH else 1]


def item_facts(card: Recommendation, item: Item | None = None) -> list[str]:
    """What may be said of an item, a few words each; people of the cast only where a reason names them."""
    facets: Mapping[str, Sequence[str]] = item.facets if item else card.facets
    numbers = item.numbers if item else card.numbers
    reasons = " ".join(reason.text for reason in card.reasons)
    facts = [", ".join(genre(value) for value in facets.get("genre", ())[:2])]
    directors = facets.get("director", ())
    if 0 < len(directors) <= 2:
        facts.append(f"by {join(list(directors))}")
    facts += [f"with {name}" for name in facets.get("actor", ()) if name in reasons]
    if "runtime" in numbers:
        facts.append(minutes(numbers["runtime"]))
    if numbers.get("oscars", 0) >= 1:
        facts.append(f"won {counted(int(numbers['oscars']), 'Oscar')}")
    facts += [", ".join(facets.get("theme", ())[:_THEMES])]
    facts += [f"{name} {join(list(facets[name][:2]))}" for name in ("brand", "category") if facets.get(name)]
    return [fact for fact in facts if fact]


def item_prompt(card: Recommendation, item: Item | None, style: str, noun: str = "film") -> str:
    """What the model is asked for the line of one item."""
    return load(
        "item",
        noun=noun.capitalize(),
        title=titled(card.title, card.year),
        facts="; ".join(item_facts(card, item)) or NOTHING,
        why="; ".join(reason_phrases(card)) or NOTHING,
        style=style,
    )


def lead_prompt(message: str, facts: Sequence[str]) -> str:
    """What the model is asked for the opening of a reply."""
    return load(
        "lead", message=" ".join(message[:_MESSAGE].split()), facts="; ".join(facts) or NOTHING, style=register(message)
    )


def register(message: str) -> str:
    """How a person speaks, and so how they are answered: "short", "warm" or "plain"."""
    words = message.split()
    if "!" in message or len(words) > 14 or re.search(r"\b(?:please|thanks|thank you|hello|lovely)\b", message.lower()):
        return "warm"
    return "short" if len(words) <= 5 else "plain"


def lead_facts(
    noun: str,
    count: int | None,
    limits: Constraints,
    liked: Sequence[str] = (),
    disliked: Sequence[str] = (),
    forecast: Forecast | None = None,
) -> list[str]:
    """What the opening may speak of, a few words each.

    Args:
        count: items of the list; None where the reply has no list.
        liked, disliked: titles and topics in words, as this message named them.
        forecast: where the list is ranked for a time to come.
    """
    if count is None:
        return ["no list", ABOUT_ME]
    facts = [f"list of {counted(count, noun)}", *limit_phrases(limits)]
    if liked:
        facts.append(f"liked {join(list(liked[:3]))}")
    if disliked:
        facts.append(f"disliked {join(list(disliked[:3]))}")
    if forecast is not None and forecast.shares and forecast.topics:
        shares = forecast.shares[-1]
        top = sorted(range(len(shares)), key=lambda index: -shares[index])[:2]
        told = join([f"{topic_name(forecast.topics[index])} {percent(shares[index])}" for index in top])
        facts.append(f"ranked for {when(forecast).removeprefix('in ')}: {told}")
    return facts


def limit_phrases(limits: Constraints) -> list[str]:
    """The limits in force, a few words each: "comedies", "from 1991 on", "no horror"."""
    phrases = []
    for facet, values in limits.require.items():
        names = list(values)
        phrases.append(
            {
                "genre": join([genres(value) for value in names], "or"),
                "language": f"in {join(names, 'or')}",
                "country": f"from {join([place(value) for value in names], 'or')}",
                "director": f"by {join(names, 'or')}",
                "writer": f"written by {join(names, 'or')}",
            }.get(facet, f"with {join(names, 'or')}")
        )
    phrases += [phrase for name, bounds in limits.ranges.items() if (phrase := _range(name, bounds))]
    for facet, values in limits.exclude.items():
        phrases += [f"no {genre(value) if facet == 'genre' else value}" for value in values]
    return phrases


def _range(name: str, bounds: Range) -> str:
    low, high = bounds.low, bounds.high
    if name == "year":
        if low is not None and high is not None:
            return f"from {low:.0f}" if low == high else f"from {low:.0f} to {high:.0f}"
        return f"from {low:.0f} or later" if low is not None else f"from {high:.0f} or earlier"
    if name == "runtime" and low is None:
        return f"at most {high:.0f} minutes"
    return ""


def prompts_for(
    meaning: Understanding, outcome: Outcome, parts: Sequence[Part], voice: Voice, entries: Mapping[str, Item]
) -> dict[int, str]:
    """What the model is asked in a turn, by place: the opening is 0, an item's line its number in the list.

    Args:
        parts: the reply in templates; what they leave no room for is not asked.
        entries: the catalogue's entries of the cards.
    """
    if not any(part.lead for part in parts):
        return {}
    slate = outcome.slate if any(part.line for part in parts) else None
    forecasts = outcome.evidence.forecasts if slate else ()
    facts = lead_facts(
        voice.noun,
        len(slate.items) if slate else None,
        slate.constraints if slate else Constraints(),
        named(meaning.likes),
        named((*meaning.dislikes, *meaning.faded)),
        forecasts[-1] if forecasts else None,
    )
    asked = {0: lead_prompt(meaning.text, facts)}
    first = ITEM_STYLES.index(voice.pick("styles", *ITEM_STYLES))
    for number, card in enumerate(slate.items[:_LINES] if slate else (), start=1):
        style = ITEM_STYLES[(first + number) % len(ITEM_STYLES)]
        asked[number] = item_prompt(card, entries.get(card.id), style, voice.noun)
    return asked
