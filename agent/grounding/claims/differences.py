"""By how much items differ: "22 minutes shorter than", "three years after", "thirty-three years between"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.grounding.claims.base import NUMBER, Sentence, value_of
from agent.grounding.claims.scopes import pool
from agent.grounding.evidence import Facts

_ROUGH = (
    r"(?:(?P<rough>about|around|roughly|nearly|almost|just under|more than|over|well over|less than|under"
    r"|just over|at least"
    r"|some|exactly|only|just|barely) )?"
)
_AMOUNT = rf"{_ROUGH}(?:(?P<n>{NUMBER}|an?|half an) (?P<unit>minute|hour|year|decade)s?(?P<half> and a half)?)"
_APART = re.compile(
    rf"\b{_AMOUNT} (?P<word>longer|shorter|older|newer|younger|earlier|later|after|before|more|less"
    rf"|extra)\b(?P<than> than\b)?"
)
_MORE_BY = re.compile(
    rf"\b(?P<word>longer|shorter|older|newer|younger)(?P<than> than\b)?(?: of the two)?,? by {_AMOUNT}\b"
)
_BETWEEN = re.compile(rf"\b{_AMOUNT} (?:lie |pass |passed )?(?P<word>between|separates?|apart)\b")
_WITHIN = re.compile(
    rf"\bwithin (?P<rough>just )?(?P<n>{NUMBER}|an?) (?P<unit>minute|hour|year"
    rf"|decade)s?(?P<half> and a half)? of (?:each other|one another)\b"
)
_BY = re.compile(rf"\bby {_AMOUNT}\b")
_SPAN = re.compile(
    r"\b(?:from|between) (?P<first>1[89]\d\d|20\d\d) (?:to|and|until|through) (?P<last>1[89]\d\d|20\d\d)\b"
)
_SPANS = re.compile(rf"\b(?:spans?|covers?|stretch(?:es)?|ranges?)\b[^.;]*?{_AMOUNT}")
_SIGN = {
    "longer": 1,
    "newer": 1,
    "younger": 1,
    "later": 1,
    "after": 1,
    "more": 1,
    "extra": 1,
    "less": -1,
    "shorter": -1,
    "older": -1,
    "earlier": -1,
    "before": -1,
}


def differences(sentence: Sentence) -> None:
    """Differences in years and minutes between items, and the years that a list spans."""
    low = sentence.masked
    for match in _APART.finditer(low):
        minutes = match["unit"] in {"minute", "hour"}
        if minutes == (match["word"] not in {"longer", "shorter", "more", "less", "extra"}):
            continue
        target = next((link for link in sentence.links if 0 <= link[0] - match.end() <= 12), None)
        mine = _subject(sentence, match, target)
        other = _target(sentence, match, target, mine)
        ok = bool(mine) and other is not None and all(_apart(item, other, match, minutes) for item in mine)
        sentence.add("difference", *match.span(), ok)
    for match in _MORE_BY.finditer(low):
        minutes = match["unit"] in {"minute", "hour"}
        mine = _subject(sentence, match, None)
        other = _target(sentence, match, None, mine)
        if other is not None and minutes == (match["word"] in {"longer", "shorter"}):
            sentence.add("difference", *match.span(), all(_apart(item, other, match, minutes) for item in mine))
    for match in _BETWEEN.finditer(low):
        items = [item for link in sentence.links for item in link[2] if item is not None]
        items = items if len(items) == 2 else pool(sentence, "two", 0)
        number = "runtime" if match["unit"] in {"minute", "hour"} else "year"
        values = [item.numbers.get(number) for item in items]
        known = [value for value in values if value is not None]
        ok = len(known) == 2 and fits_amount(abs(known[0] - known[1]), match)
        sentence.add("difference", *match.span(), ok)
    for match in _WITHIN.finditer(low):
        items = [item for link in sentence.links for item in link[2] if item is not None] or pool(sentence, None, 0)
        number = "runtime" if match["unit"] in {"minute", "hour"} else "year"
        known = [item.numbers[number] for item in items if number in item.numbers]
        scale = {"hour": 60, "decade": 10}.get(match["unit"], 1)
        limit = scale * (1 if match["n"] in {"a", "an"} else value_of(match["n"]))
        ok = len(known) == len(items) > 1 and max(known) - min(known) <= limit
        sentence.add("difference", *match.span(), ok)
    shown = sentence.evidence.shown or sentence.evidence.known
    years = sorted(item.year for item in shown if item.year is not None)
    for match in _SPAN.finditer(low):
        if (
            not sentence.links
            and len(years) > 1
            and not re.search(r"\byou(?:r|'ve)? (?!go\b|are\b)", low[: match.start()])
        ):
            covered = re.search(r"\b(?:span|cover|stretch|rang)", low) is not None
            first, last = int(match["first"]), int(match["last"])
            exact = (first, last) == (years[0], years[-1])
            sentence.add("year", *match.span(), exact if covered else first <= years[0] and years[-1] <= last)
    for match in _SPANS.finditer(low):
        ok = len(years) > 1 and match["unit"] in {"year", "decade"} and fits_amount(years[-1] - years[0], match)
        sentence.add("difference", match.start(), match.end(), ok)


def _subject(
    sentence: Sentence, match: re.Match[str], target: tuple[int, int, tuple[Facts | None, ...]] | None
) -> list[Facts]:
    items = sentence.items_at(match.start())
    return [item for item in items if target is None or item not in target[2]] or [
        sentence.evidence.by_id[key] for key in sentence.about if key in sentence.evidence.by_id
    ][-1:]


def _target(
    sentence: Sentence,
    match: re.Match[str],
    target: tuple[int, int, tuple[Facts | None, ...]] | None,
    mine: list[Facts],
) -> Facts | None:
    if target is not None:
        return next((item for item in target[2] if item is not None), None)
    rest = sentence.masked[match.end() :]
    if re.match(r"(?: than)? (?:the other|it)\b", rest) or not (match["than"] or match["word"] in {"after", "before"}):
        others = [item for item in pool(sentence, "two", 0) if item not in mine]
        if re.match(r"(?: than)? it\b", rest) and not others:
            others = [sentence.evidence.by_id[key] for key in sentence.about if key in sentence.evidence.by_id]
        return others[0] if len(others) == 1 else None
    return None


def _apart(item: Facts, other: Facts, match: re.Match[str], minutes: bool) -> bool:
    number = "runtime" if minutes else "year"
    mine, theirs = item.numbers.get(number), other.numbers.get(number)
    if mine is None or theirs is None:
        return False
    return fits_amount((mine - theirs) * _SIGN[match["word"]], match)


def fits_amount(value: float, match: re.Match[str]) -> bool:
    """Whether a difference in years or minutes is what an amount in words says."""
    number = match["n"]
    amount = 0.5 if number == "half an" else 1.0 if number in {"a", "an"} else float(value_of(number))
    amount += 0.5 if match["half"] else 0.0
    scale = {"hour": 60, "decade": 10}.get(match["unit"], 1)
    wanted = amount * scale
    rough = match["rough"] or ""
    slack = max(0.1 * wanted, 1.0)
    tests: dict[str, Callable[[], bool]] = {
        "more than": lambda: value > wanted,
        "over": lambda: value > wanted,
        "well over": lambda: value > wanted + slack,
        "at least": lambda: value >= wanted,
        "less than": lambda: 0 < value < wanted,
        "under": lambda: 0 < value < wanted,
        "just over": lambda: wanted < value <= wanted + 2 * slack,
    }
    if rough in tests:
        return tests[rough]()
    if rough in {"nearly", "almost", "just under", "barely"}:
        return wanted - 2 * slack <= value < wanted
    exact = rough in {"", "exactly", "only", "just"} and scale == 1
    return abs(value - wanted) <= (0 if exact else 5 if scale == 60 and not rough else slack)


def margin(sentence: Sentence, position: int, values: list[float], largest: bool) -> bool | None:
    """Whether "by eighteen years" behind a superlative is the lead over the next; None where nothing is said of it."""
    match = _BY.search(sentence.masked, position)
    if match is None or len(values) < 2:
        return None
    ordered = sorted(values, reverse=largest)
    sentence.used.append(match.span())
    return fits_amount(abs(ordered[0] - ordered[1]), match)
