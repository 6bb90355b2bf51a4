"""Sentences about single items: facts, comparisons, reasons, and lists without a ranking."""

from __future__ import annotations

from collections.abc import Sequence

from agent.wording import Voice, facts_line, genre, join, limits, sentence_part, titled
from agent.writing.aspects import aspect_of, awards
from core.results import Recommendation
from core.types import Constraints, Item


def details(item: Item, aspects: Sequence[str] = ()) -> list[str]:
    """What is known of one item: the facts asked for, or all in short. What the catalogue lacks is said."""
    told = [sentence for aspect in aspects for sentence in aspect_of(item, aspect)]
    if told:
        return list(dict.fromkeys(told))
    name = titled(item.title, item.year)
    known = facts_line(item.facets, item.numbers)
    sentences = [f"{name}: {known}." if known else f"{name} is in the catalogue, with no more facts than its title."]
    if 0 < len(item.text) <= SAYABLE:
        sentences.append(item.text)
    cast = item.facets.get("actor", ())
    if cast:
        sentences.append(f"The cast includes {join(list(cast[:4]))}.")
    sentences += awards(item) if item.numbers.get("oscars") or item.numbers.get("oscar_nominations") else []
    return sentences


SAYABLE = 300
"""Characters of a text that can be said in a reply; a longer one is for reading."""


def explain(item: Recommendation, rank: int | None, voice: Voice) -> list[str]:
    """Why an item was suggested, or how it would do: its reasons, strongest first, and what counted against it."""
    name = titled(item.title, item.year)
    against = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution < 0]
    for_it = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution > 0][:3]
    sentences = []
    if rank is None:
        sentences.append(f"{name} does not fit the limits you set.")
    if for_it:
        opening = voice.pick("explain", f"What speaks for {name}", f"The reasons for {name}", f"Why {name}")
        sentences.append(f"{opening}: {'; '.join(sentence_part(text) for text in for_it)}.")
    elif rank is not None:
        sentences.append(f"Nothing in particular speaks for {name}; I know too little of your taste yet.")
    if against:
        sentences.append(f"Against it: {sentence_part(against[0])}.")
    return sentences


def compare(items: Sequence[Item], preferred: str | None = None) -> list[str]:
    """Items side by side in facts; ``preferred`` is the id that the ranking puts first, if it ranked them."""
    if not items:
        return ["Tell me which two you want to compare."]
    sentences = [
        f"{titled(item.title, item.year)}: {facts_line(item.facets, item.numbers) or 'no further facts'}."
        for item in items
    ]
    if len(items) == 2:
        first, second = items
        if first.year is not None and second.year is not None and first.year != second.year:
            newer, older = (first, second) if first.year > second.year else (second, first)
            sentences.append(f"{newer.title} is newer than {older.title}.")
        minutes = [item.numbers.get("runtime") for item in (first, second)]
        if minutes[0] is not None and minutes[1] is not None and minutes[0] != minutes[1]:
            longer, shorter = (first, second) if minutes[0] > minutes[1] else (second, first)
            sentences.append(f"{longer.title} is longer than {shorter.title}.")
        shared = [value for value in first.facets.get("genre", ()) if value in second.facets.get("genre", ())]
        if shared:
            sentences.append(f"Both are listed under {join([genre(value) for value in shared[:3]])}.")
        liked = [(item.title, item.numbers["tomatometer"]) for item in items if "tomatometer" in item.numbers]
        if len(liked) == 2:
            sentences += [f"{share:.0f} % of critics liked {title}." for title, share in liked]
    chosen = next((item for item in items if item.id == preferred), None)
    if chosen is not None:
        sentences.append(f"For you I would start with {chosen.title}.")
    return sentences


def trending(items: Sequence[Item], note: str = "") -> list[str]:
    """What is popular now, best first."""
    if not items:
        return ["I have no recent activity to tell what is popular."]
    return [
        f"Popular in the latest activity I know of: {_listed(items)}.",
        *([note.rstrip(".") + "."] if note else []),
    ]


def found(items: Sequence[Item], constraints: Constraints, noun: str = "film") -> list[str]:
    """The result of a catalogue search."""
    bounds = limits(constraints)
    if not items:
        return [f"The catalogue has no {noun} {bounds}." if bounds else "I found nothing like that in the catalogue."]
    return [f"I found {_listed(items)}."]


def _listed(items: Sequence[Item]) -> str:
    """Titles with their years, or with their prices; things of one name and price once."""
    named = (
        f"{titled(item.title, item.year)} at {item.numbers['price']:.2f}"
        if "price" in item.numbers
        else titled(item.title, item.year)
        for item in items
    )
    told = list(dict.fromkeys(named))
    # Names of products have commas of their own.
    return "; ".join(told) if any("price" in item.numbers for item in items) else join(told)
