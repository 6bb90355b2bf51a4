"""Claims about years, decades and running times."""

from __future__ import annotations

import re
from functools import partial

from agent.grounding.claims.base import NUMBER, NUMBER_WORDS, Sentence, value_of
from agent.grounding.claims.scopes import Scope, denied_at, holds_at, scope_at
from agent.grounding.evidence import Evidence, Facts
from agent.lexicon import DECADES, century, decade

_YEAR = re.compile(r"(?<![\w£$€.,])(1[89]\d\d|20[0-4]\d)(?!\d|'?s\b|%| (?:minutes|films|people))")

_DECADE = re.compile(
    r"(?<!\w)(?:(early|mid|late)[- ])?(?:the )?'?((?:1[89]|20)?\d0)'?s\b|\b(?:(early|mid"
    r"|late)[- ])?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties)\b"
    r"|\b(this|the current|last|the last|the past|the 2[01]st|the 20th|the twentieth|the twenty-first) century\b"
    r"|\b(before|after|since) the turn of the (?:century|millennium)\b"
)

_RELATION = re.compile(
    r"\b(after|since|before|from|until|between|post|pre|later than|newer than|older than|earlier than"
    r"|up to|prior to|and|to|or later than|no later than|no earlier than)[ -](?:the )?$"
)


def years(sentence: Sentence) -> None:
    """Years and decades: of the item they stand beside, or of the limits and words of the person."""
    evidence, low = sentence.evidence, sentence.masked

    def denied(scope: Scope, position: int) -> bool:
        return denied_at(sentence, scope, position)

    for match in _YEAR.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        year = int(match[1])
        relation = _RELATION.search(low[:start])
        scope = scope_at(sentence, start)
        moved = evidence.forecast is not None and any(drift.at.year == year for drift in evidence.forecast.drift)
        echoes = moved or match[1] in evidence.heard or limit_has(evidence, "year", year)
        own = sentence.of_person(start) and not re.search(r"\(\s*$", low[:start])
        later = re.match(r" (?:or|and) (?:later|newer|after|onwards?)\b", low[end:])
        earlier = re.match(r" (?:or|and) (?:earlier|older|before)\b", low[end:])
        word = relation[1] if relation else ""
        if word == "from" and not later:
            word = ""
        bound = "since" if later else "until" if earlier else word
        if scope.items and not own and word not in {"and", "to"}:
            other = re.match(r" (?:and|to) (\d{4})", low[end:]) if word == "between" else None
            if other:
                sentence.used.append((end, end + other.end()))
            last = int(other[1]) if other else year
            held = holds_at(sentence, scope, partial(_dated, bound=bound, year=year, last=last), denied(scope, start))
            items = scope.items
            exact = not bound and scope.plain and len(items) == 1 and items[0].year is not None
            sentence.add("year", start, end, held, None if held or not exact else str(items[0].year))
        elif relation or later or earlier or own:
            if not own and re.search(r"\b(?:nothing|none|no)\b", low[:start]):
                echoes, bound = False, _OPPOSITE.get(bound, "")
            sentence.add("year", start, end, echoes or _shown_satisfy(evidence, bound, year))
        else:
            shared = bool(evidence.shown) and all(item.year == year for item in evidence.shown)
            sentence.add("year", start, end, echoes or shared)
    for match in _DECADE.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        if match[6]:
            low_year, high_year = (0, 1999) if match[6] == "before" else (2000, 9999)
            first = 2000
        elif match[5]:
            now = evidence.forecast.origin.year if evidence.forecast else 2000
            first = 100 * (now // 100) if match[5] in _THIS_CENTURY else 1900
            low_year, high_year = first, first + 99
        else:
            first = DECADES.get(match[4] or "") or century(match[2])
            low_year, high_year = decade(first, match[1] or match[3])
        scope = scope_at(sentence, start)
        echoes = match[0] in evidence.heard or limit_has(evidence, "year", first)
        within = partial(_dated, bound="between", year=low_year, last=high_year)
        if scope.items and not sentence.of_person(start):
            sentence.add("year", start, end, holds_at(sentence, scope, within, denied(scope, start)))
        else:
            own = sentence.of_person(start)
            shared = not own and bool(evidence.shown) and all(within(item) for item in evidence.shown)
            sentence.add("year", start, end, echoes or shared)


_THIS_CENTURY = frozenset({"this", "the current", "the 21st", "the twenty-first"})


def _dated(item: Facts, *, bound: str, year: int, last: int) -> bool | None:
    if item.year is None:
        return None
    if bound in {"after", "post", "later than", "newer than"}:
        return item.year > year
    if bound in {"since", "no earlier than", "or later than"}:
        return item.year >= year
    if bound in {"before", "pre", "older than", "earlier than", "prior to"}:
        return item.year < year
    if bound in {"until", "up to", "no later than"}:
        return item.year <= year
    return year <= item.year <= last


def limit_has(evidence: Evidence, number: str, value: float) -> bool:
    """Whether a limit of the turn has an end at a figure, give or take one."""
    limit = evidence.constraints.ranges.get(number)
    if limit is None:
        return False
    return any(bound is not None and abs(bound - value) <= 1 for bound in (limit.low, limit.high))


_OPPOSITE = {
    "older than": "since",
    "before": "since",
    "earlier than": "since",
    "newer than": "until",
    "later than": "until",
    "after": "until",
}


def _shown_satisfy(evidence: Evidence, word: str, year: int) -> bool:
    if word in {"", "from", "between", "and", "to", "or later than"}:
        return False
    return bool(evidence.shown) and all(_dated(item, bound=word, year=year, last=0) for item in evidence.shown)


_DURATION = re.compile(
    r"\b(?:(?P<word>under|less than|over|more than|about|around|roughly|nearly|almost|just under|just over"
    r"|at least|at most|up to|within|a little over|a little under|no longer than|shorter than|longer than"
    r"|close to|well under|well over)\s+)?"
    r"(?:(?P<h>\d+|an?|one|two|three|four|half an)(?P<half> and a half)?[ -](?:hours?|hrs?"
    rf"|h)\b(?: (?:and )?(?:(?P<part>a half|a quarter|three quarters)\b|(?P<hm>{NUMBER})(?: minutes| mins?| ?min"
    rf"| ?m)?\b"
    r"(?! of\b)))?(?P<half2> and a half)?"
    rf"|(?P<m>{NUMBER})(?:[ -](?:minutes?|mins?)|min|m)\b)"
)


def durations(sentence: Sentence) -> None:
    """Running times, exact or bounded."""
    evidence, low = sentence.evidence, sentence.masked
    for match in _DURATION.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        minutes, rough = _minutes(match)
        word = match["word"] or ""
        scope = scope_at(sentence, start)
        figure = match.start("m") if match["m"] else match.start("h")
        runs = partial(_lasts, minutes=minutes, word=word, rough=rough)
        if re.search(r"\bby $", low[:start]):
            continue
        if re.match(r"(?:if|when|should|unless)\b[^,]*$", low[:start]) and "," in low[end:]:
            # "If two hours are too long, take Alien": what follows has to be shorter.
            chosen = next((link[2] for link in sentence.links if link[0] >= end), ())
            limit = minutes if "too long" in low[end:] else minutes + 5
            lengths = [item.numbers.get("runtime", 0.0) for item in chosen if item is not None]
            sentence.add("runtime", start, end, all(length <= limit for length in lengths))
        elif "limit" in low[max(0, start - 24) : start] or sentence.of_person(start) or not scope.items:
            echoes = low[figure:end] in evidence.heard or limit_has(evidence, "runtime", minutes)
            own = sentence.of_person(start) or "limit" in low[:start]
            every = not own and bool(evidence.shown) and all(runs(item) for item in evidence.shown)
            sentence.add("runtime", start, end, echoes or every)
        else:
            supported = holds_at(sentence, scope, runs, denied_at(sentence, scope, start))
            repair = None
            if not supported and not word and match["m"] and scope.plain and len(scope.items) == 1:
                known = scope.items[0].numbers.get("runtime")
                repair = None if known is None else f"{known:g}" + low[match.end("m") : end]
            sentence.add("runtime", figure if repair else start, end, supported, repair)


def _minutes(match: re.Match[str]) -> tuple[float, bool]:
    if match["m"]:
        return float(value_of(match["m"])), False
    hours = match["h"]
    if hours == "half an":
        return 30, True
    amount = 1.0 if hours in {"a", "an"} else float(NUMBER_WORDS.get(hours) or hours)
    extra = 30.0 if match["half"] or match["half2"] else 0.0
    if match["part"]:
        extra = {"a half": 30.0, "a quarter": 15.0, "three quarters": 45.0}[match["part"]]
    elif match["hm"]:
        extra = float(value_of(match["hm"]))
    return amount * 60 + extra, not match["hm"]


def _lasts(item: Facts, *, minutes: float, word: str, rough: bool) -> bool | None:
    value = item.numbers.get("runtime")
    return None if value is None else _fits(value, minutes, word, rough)


def _fits(value: float, minutes: float, word: str, rough: bool) -> bool:
    if word in {"under", "less than", "shorter than", "well under"}:
        return value < minutes
    if word in {"at most", "up to", "within", "no longer than"}:
        return value <= minutes
    if word in {"over", "more than", "longer than", "well over"}:
        return value > minutes
    if word == "at least":
        return value >= minutes
    if word in {"nearly", "almost", "just under", "a little under"}:
        return minutes - 15 <= value < minutes
    if word in {"just over", "a little over"}:
        return minutes < value <= minutes + 15
    if word in {"about", "around", "roughly", "close to"}:
        return abs(value - minutes) <= 10
    return abs(value - minutes) <= (5 if rough else 0)
