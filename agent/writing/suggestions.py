"""A ranked list in words: the opening, one line an item, and what to do when nothing is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.policy import MAX_CARDS
from agent.understanding import Reading, Understanding
from agent.wording import Voice, counted, facts_line, join, kind, limits, name_limit, number, sentence_part, titled
from core.results import Recommendation, Relaxation, Slate


def lead(slate: Slate, heard: Understanding, voice: Voice) -> list[str]:
    """The opening before a list: how many, under which limits, and how soft words were read."""
    count = len(slate.items)
    noun, nouns, rest = kind(slate.constraints, voice.noun)
    bounds, films = limits(rest), counted(count, noun, nouns)
    if bounds:
        first = voice.pick(
            "lead",
            f"Here {_are(count)} {films} {bounds}.",
            f"I found {films} {bounds}.",
            f"{films.capitalize()} {bounds}:",
        )
    else:
        first = voice.pick(
            "lead", f"Here {_are(count)} {films} for you.", f"I have {films} for you.", f"{films.capitalize()} to try:"
        )
    sentences = [first, *readings(heard.readings)]
    if heard.k is not None and count == MAX_CARDS < heard.k:
        sentences.append(f"More than {count} at once I do not show: ask for others when you have seen these.")
    elif heard.k is not None and 0 < count < heard.k:
        sentences.append(
            f"Only {number(count)} of the {number(heard.k)} you asked for {'fits' if count == 1 else 'fit'} these "
            f"limits."
        )
    sentences += unread(heard)
    if len(sentences) > 1:
        sentences[0] = sentences[0].removesuffix(":").removesuffix(".") + "."
    return sentences


def unread(heard: Understanding) -> list[str]:
    """Which limits could not be applied, and why."""
    gaps = [f"“{words}”" for words in heard.unread if words.startswith("not ")]
    lost = [f"“{words}”" for words in heard.unread if not words.startswith("not ")]
    sentences = []
    if gaps:
        sentences.append(f"I could not apply {join(gaps)}, as a limit is one span, like “before 1980” or “after 1989”.")
    if lost:
        sentences.append(f"I do not know what {join(lost)} compares with, so I left it out.")
    return sentences


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def readings(heard: Sequence[Reading]) -> list[str]:
    """How soft phrases were read as limits, said once."""
    if not heard:
        return []
    said = join([f"“{reading.quote}” as {reading.meaning}" for reading in heard])
    return [f"I took {said}."]


def item_line(item: Recommendation) -> str:
    """One line for one recommended item: what it is, and why it is there, from its own reasons."""
    texts = [reason.text.rstrip(".") for reason in item.reasons if reason.text and reason.contribution > 0][:2]
    reason = "; ".join(sentence_part(text) for text in texts)
    return f"{item_head(item)}: {reason}." if reason else f"{item_head(item)}."


def item_head(item: Recommendation) -> str:
    """What a recommended item is: its title and year, and a few facts."""
    known = facts_line(item.facets, item.numbers)
    return f"{titled(item.title, item.year)}, {known}" if known else titled(item.title, item.year)


def lifted(constraint: str) -> str:
    """The name under which a limit is lifted (``Understanding.resets``): "year >= 1991" by "year"."""
    facet, found, values = constraint.removeprefix("not ").partition(": ")
    if not found:
        return facet.split(" ")[0]
    return f"{facet}:{values}" if not re.search(r", | or ", values) else facet


def nothing_left(slate: Slate, relaxations: Sequence[Relaxation] = (), noun: str = "film") -> list[str]:
    """The reply to limits that no item satisfies: which one empties the list, and what there would be without it."""
    found = relaxations or slate.relaxations
    bounds = limits(slate.constraints)
    one, _, left = kind(slate.constraints, noun)
    first = f"I found no {' '.join(filter(None, (one, limits(left))))}." if bounds else "I found nothing to suggest."
    if not found:
        return [first, "No single limit is to blame, so try lifting two of them."] if bounds else [first]
    best = found[0]
    films = counted(best.count, noun)
    sentences = [first, f"Without the limit “{name_limit(best.constraint)}” there would be {films}."]
    if len(found) > 1:
        rest = [f"{number(other.count)} without “{name_limit(other.constraint)}”" for other in found[1:3]]
        sentences.append(f"There would be {join(rest)}.")
    return [*sentences, f"Shall I drop “{name_limit(best.constraint)}”?" if len(found) > 1 else "Shall I drop it?"]
