"""Claims about years, decades and running times."""

from __future__ import annotations

import re

from agent.grounding.claims.base import NUMBER_WORDS, YOU, Sentence
from agent.grounding.evidence import Evidence
from agent.lexicon import DECADES, century, decade

_YEAR = re.compile(r"(?<![\w£$€.,])(1[89]\d\d|20[0-4]\d)(?!\d|'?s\b|%| (?:minutes|films|people))")

_DECADE = re.compile(
    r"(?<!\w)(?:(early|mid|late)[- ])?(?:the )?'?((?:1[89]|20)?\d0)'?s\b|\b(?:(early|mid"
    r"|late)[- ])?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties)\b"
)

_RELATION = re.compile(
    r"\b(after|since|before|from|until|between|post|pre|later than|newer than|older than|earlier than"
    r"|up to|prior to|and|to|or later than|no later than|no earlier than)[ -](?:the )?$"
)


def years(sentence: Sentence) -> None:
    """Years and decades: of the item they stand beside, or of the limits and words of the person."""
    evidence, low = sentence.evidence, sentence.low
    for match in _YEAR.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        year = int(match[1])
        relation = _RELATION.search(low[:start])
        items = sentence.items_at(start)
        moved = evidence.forecast is not None and any(drift.at.year == year for drift in evidence.forecast.drift)
        echoes = moved or match[1] in evidence.heard or limit_has(evidence, "year", year)
        own = bool(YOU.search(low[:start])) and not re.search(r"\(\s*$", low[:start])
        later = re.match(r" (?:or|and) (?:later|newer|after|onwards?)\b", low[end:])
        earlier = re.match(r" (?:or|and) (?:earlier|older|before)\b", low[end:])
        word = relation[1] if relation else ""
        if word == "from" and not later:
            word = ""
        if items and not own and word not in {"and", "to"}:
            known = [item.year for item in items]
            if later:
                supported = all(value is not None and value >= year for value in known)
            elif earlier or word in {"until", "up to", "no later than"}:
                supported = all(value is not None and value <= year for value in known)
            elif word in {"after", "post", "later than", "newer than"}:
                supported = all(value is not None and value > year for value in known)
            elif word in {"since", "no earlier than"}:
                supported = all(value is not None and value >= year for value in known)
            elif word in {"before", "pre", "older than", "earlier than", "prior to"}:
                supported = all(value is not None and value < year for value in known)
            elif word == "between":
                other = re.match(r" (?:and|to) (\d{4})", low[end:])
                supported = bool(other) and all(
                    value is not None and year <= value <= int(other[1]) for value in known if other
                )
                if other:
                    sentence.used.append((end, end + other.end()))
            else:
                supported = all(value == year for value in known)
            exact = not word and not later and not earlier and len(items) == 1 and items[0].year is not None
            sentence.add("year", start, end, supported, None if supported or not exact else str(items[0].year))
        elif relation or later or earlier or own:
            bound = word or ("since" if later else "until" if earlier else "")
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
        first = DECADES.get(match[4] or "") or century(match[2])
        low_year, high_year = decade(first, match[1] or match[3])
        items = sentence.items_at(start)
        echoes = match[0] in evidence.heard or limit_has(evidence, "year", first)
        if items and not YOU.search(low[:start]):
            sentence.add(
                "year", start, end, all(item.year is not None and low_year <= item.year <= high_year for item in items)
            )
        else:
            shared = bool(evidence.shown) and all(
                item.year is not None and low_year <= item.year <= high_year for item in evidence.shown
            )
            sentence.add("year", start, end, echoes or shared)


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
    known = [item.year for item in evidence.shown]
    if not known or any(value is None for value in known):
        return False
    values = [value for value in known if value is not None]
    if word in {"after", "post", "later than", "newer than"}:
        return min(values) > year
    if word in {"since", "no earlier than"}:
        return min(values) >= year
    if word in {"before", "pre", "older than", "earlier than", "prior to"}:
        return max(values) < year
    return word in {"until", "up to", "no later than"} and max(values) <= year


_DURATION = re.compile(
    r"\b(?:(?P<word>under|less than|over|more than|about|around|roughly|nearly|almost|just under|just over"
    r"|at least|at most|up to|within|a little over|a little under|no longer than|shorter than|longer than"
    r"|close to|well under|well over)\s+)?"
    r"(?:(?P<h>\d+|an?|one|two|three|four|half an)(?P<half> and a half)?[ -](?:hours?|hrs?"
    r"|h)\b(?: (?:and )?(?P<hm>\d+|a half|a quarter)(?: minutes| mins?)?)?(?P<half2> and a half)?"
    r"|(?P<m>\d+)(?:[ -](?:minutes?|mins?)|min|m)\b)"
)


def durations(sentence: Sentence) -> None:
    """Running times, exact or bounded."""
    evidence, low = sentence.evidence, sentence.low
    for match in _DURATION.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        minutes, rough = _minutes(match)
        word = match["word"] or ""
        items = sentence.items_at(start)
        figure = match.start("m") if match["m"] else match.start("h")
        own = bool(YOU.search(low[:start]))
        if items and not own:
            known = [item.numbers.get("runtime") for item in items]
            supported = all(value is not None and _fits(value, minutes, word, rough) for value in known)
            repair = None
            if not supported and not word and match["m"] and len(items) == 1 and known[0] is not None:
                repair = f"{known[0]:g}" + low[match.end("m") : end]
            sentence.add("runtime", figure if repair else start, end, supported, repair)
        else:
            echoes = low[figure:end] in evidence.heard or limit_has(evidence, "runtime", minutes)
            shown = [item.numbers.get("runtime") for item in evidence.shown]
            every = bool(shown) and all(value is not None and _fits(value, minutes, word, rough) for value in shown)
            sentence.add("runtime", start, end, echoes or every)


def _minutes(match: re.Match[str]) -> tuple[float, bool]:
    if match["m"]:
        return float(match["m"]), False
    hours = match["h"]
    if hours == "half an":
        return 30, True
    amount = 1.0 if hours in {"a", "an"} else float(NUMBER_WORDS.get(hours) or hours)
    extra = 30.0 if match["half"] or match["half2"] else 0.0
    rough = not match["hm"] or not match["hm"].isdigit()
    if match["hm"]:
        extra = {"a half": 30.0, "a quarter": 15.0}.get(match["hm"]) or float(match["hm"])
    return amount * 60 + extra, rough


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
