"""Numeric limits: which of the figures and comparisons in a message bound the answer, and to what."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.interpreting.draft import Draft
from agent.understanding.limits import Limit, others, prices, relatives, runtimes, years
from agent.understanding.meaning import Reading
from core.types import Range, describe_range


def place_numbers(draft: Draft) -> None:
    """Limit every number of the catalogue that the message bounds."""
    stated_only = (
        not draft.asks and bool(draft.kinds) and Intent.SEARCH not in draft.kinds and Intent.TRENDING not in draft.kinds
    )
    by_number: dict[str, list[Limit]] = {}
    for limit in worded_limits(draft):
        if _inside_taste(draft, limit):
            continue
        if stated_only and (draft.questioning or limit.soft):
            continue
        if draft.told and (limit.soft or not _bounding(limit)):
            continue
        by_number.setdefault(limit.number, []).append(limit)
    for number, limits in by_number.items():
        _set_range(draft, number, limits)
    _comparisons(draft, numbers_set=set(by_number))


def worded_limits(draft: Draft) -> list[Limit]:
    """Every figure or soft word of the message that could bound a number of the catalogue, with where it stands."""
    numbers = draft.columns.numbers
    found: list[Limit] = []
    if "year" in numbers:
        found += years(draft.masked, draft.names.newest)
    if "runtime" in numbers:
        found += runtimes(draft.masked)
    if "price" in numbers:
        found += prices(draft.masked)
    return found + others(draft.masked, list(numbers))


_REFUSED = re.compile(
    r"(?: (?:films?|movies?|ones?|stuff))?,?(?: (?:so|and|please|pls|is|are|that's))*"
    r" (?:(?:do not|don'?t) (?:go there|bother)|off limits|off the table|a no[ -]go|no thanks|out of the question)\b"
)
"""What rules out the figure before it: "anything pre-1990 is off limits"."""


def _bounding(limit: Limit) -> bool:
    """Whether a figure is worded as a bound ("after 1990"), which no story has: one in passing is near or within."""
    return limit.range.low is None or limit.range.high is None


def _set_range(draft: Draft, number: str, limits: list[Limit]) -> None:
    negated = [
        limit
        for limit in limits
        if re.search(
            r"\b(?:not|no|nothing|except|without|never|none(?: of (?:them|these|it))?)(?: \w+){0,2} (?:from |in |of )?"
            r"(?:the )?$",
            draft.masked[: limit.start],
        )
        or _REFUSED.match(draft.masked, limit.end)
    ]
    for limit in negated:
        quote = draft.text[limit.start : limit.end].strip()
        if limit.range.low is None and limit.range.high is not None:
            draft.ranges[number] = Range(low=limit.range.high + 1)
        elif limit.range.high is None and limit.range.low is not None:
            draft.ranges[number] = Range(high=limit.range.low - 1)
        else:
            draft.unread.append("not " + quote)
    kept = [limit for limit in limits if limit not in negated]
    if not kept:
        return
    chosen = kept[-1]
    if len(kept) > 1 and re.search(r"\b(?:or|and)\b|/", draft.masked[kept[-2].end : kept[-1].start]):
        lows = [limit.range.low for limit in kept[-2:]]
        highs = [limit.range.high for limit in kept[-2:]]
        if None not in lows and None not in highs:
            joined = Range(
                low=min(low for low in lows if low is not None),
                high=max(high for high in highs if high is not None),
            )
            chosen = Limit(kept[-2].start, kept[-1].end, number, joined)
    draft.ranges[number] = chosen.range
    quote = draft.text[chosen.start : chosen.end].strip(" ,.")
    draft.limit_quotes[number] = quote
    draft.limit_quotes[describe_range(number, chosen.range)] = quote
    if chosen.soft:
        draft.readings.append(Reading(quote=quote, meaning=_meaning(number, chosen.range)))


_OWN_AGE = re.compile(r"\bthan (?:i\b|me\b|my)|\bi was born\b|\bmy (?:birth|time)\b")


def _inside_taste(draft: Draft, limit: Limit) -> bool:
    """Years that belong to a statement of taste or to a title ("I loved Heat (1995)") are no limits."""
    before = draft.masked[: limit.start]
    if limit.number == "year" and _OWN_AGE.search(draft.masked[limit.start : limit.end]):
        return False
    told = re.search(r"(?P<name>¤)['’]?s?\s*[(,]?\s*(?:from |the |of |made in |\()*$", before)
    if told and limit.number == "year":
        # A year beside a title is the title's; beside a person it asks for films of that time.
        at = told.start("name")
        return any(entity.is_title and entity.start <= at < entity.end for entity in draft.names.entities)
    sentence = max(before.rfind("."), before.rfind("!"), before.rfind("?")) + 1
    clause_start = max(sentence, before.rfind(",") + 1, before.rfind(" but ") + 1)
    clause = draft.masked[clause_start : limit.start]
    stated = re.search(
        r"\b(?:i|we|my)\b.{0,30}\b(?:loved?|liked?|enjoy(?:ed)?|hated?|watch(?:ed)?|saw|seen|grew up|born|was"
        r"|were|used to)\b",
        clause,
    )
    wished = re.search(r"\b(?:i'?d|would|like to|care to|want|looking|something|anything|only|nothing but)\b", clause)
    return stated is not None and wished is None


def _comparisons(draft: Draft, numbers_set: set[str]) -> None:
    for relative in relatives(draft.masked):
        if relative.number not in draft.columns.numbers or relative.number in numbers_set or draft.questioning:
            continue
        anchors = _anchors(draft, relative.start, relative.end)
        figures = [
            float(draft.columns.numbers[relative.number][draft.columns.position[item]])
            for item in anchors
            if item in draft.columns.position
        ]
        figures = [figure for figure in figures if figure == figure]
        quote = draft.text[relative.start : relative.end].strip()
        if not figures:
            before = draft.context.standing.ranges.get(relative.number)
            if before is None or (before.low is None and before.high is None):
                draft.unread.append(quote)
                continue
            figures = [figure for figure in (before.low, before.high) if figure is not None]
        if relative.number == "price":  # cheaper than the cheapest of several would hardly leave anything
            bound = Range(high=round(sorted(figures)[len(figures) // 2] - 0.01, 2))
        else:
            bound = Range(high=min(figures) - 1) if relative.lower else Range(low=max(figures) + 1)
        draft.ranges[relative.number] = bound
        draft.limit_quotes[relative.number] = quote
        draft.readings.append(Reading(quote=quote, meaning=_meaning(relative.number, bound)))


def _anchors(draft: Draft, start: int, end: int) -> list[str]:
    inside = [entity.item_id for entity in draft.names.entities if start <= entity.start < end and entity.item_id]
    if inside:
        return inside
    before = [
        entity.item_id for entity in draft.names.entities if entity.is_title and entity.item_id and entity.start < start
    ]
    if before:
        return before[-1:]
    if re.search(r"\bthan (?:those|these|them)\b", draft.masked[start:end]) or not draft.context.focus:
        return [item.id for item in draft.context.shown]
    return (
        [draft.context.focus[-1]]
        if not draft.context.shown or "than" in draft.masked[start:end]
        else [item.id for item in draft.context.shown]
    )


def _meaning(number: str, limit: Range) -> str:
    if number == "year":
        if limit.low is not None and limit.high is None:
            return f"{limit.low:g} or later"
        if limit.high is not None and limit.low is None:
            return f"{limit.high:g} or earlier"
        return f"{limit.low:g} to {limit.high:g}"
    unit = " minutes" if number == "runtime" else ""
    if limit.high is not None and limit.low is None:
        return f"at most {limit.high:g}{unit}"
    if limit.low is not None and limit.high is None:
        return f"at least {limit.low:g}{unit}"
    return f"{limit.low:g} to {limit.high:g}{unit}"
