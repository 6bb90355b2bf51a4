"""Claims about interests over time, against the forecast: drifts and their causes, breadth, chances, errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.genres import genre_words
from agent.horizons import spoken
from agent.magnitudes import (
    CHANCES,
    FRACTIONS,
    SIZES,
    breadth,
    chance,
    lasting,
    new_topics,
    real,
    size,
    surety,
    weight,
)
from agent.wording import topic, topic_name
from agent.writing.causes import cause, support
from core.forecasts import Drift, Forecast


def interests(sentence: Sentence) -> None:
    """What a sentence says of the person's interests over time; it needs a forecast in the evidence."""
    forecast = sentence.evidence.forecast
    if forecast is None or not forecast.shares:
        return
    for check in (_drifts, _support, _stillness, _shares, _breadth, _adoptions, _returns, _activity, _trust):
        check(sentence, forecast)


def topics_in(sentence: Sentence, forecast: Forecast) -> Iterator[tuple[int, int, str]]:
    """Topics of the forecast that are named, and genres that it does not have, with where they stand."""
    low = sentence.low
    found = {(start, end): f"genre:{values[0]}" for start, end, values, is_name in genre_words(low) if is_name}
    for name in forecast.topics:
        for words in {topic(name).lower(), topic_name(name).lower()}:
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", low) if words in low else ():
                found[match.span()] = name
    # Of names within each other the longest is meant: "war" in "war films".
    for start, end in sorted(found):
        if not any((left, right) != (start, end) and left <= start and end <= right for left, right in found):
            yield start, end, found[start, end]


MONTHS = "january february march april may june july august september october november december".split()

SINCE = re.compile(rf"\b(?:since|after|around|from|in) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})\b")

_LEAN = re.compile(
    r"\b(?:lean|leaned|leant|turn|turned|moved?|drifted|shifted)\b"
    rf"(?: (?P<size>{'|'.join(sorted(SIZES, key=len, reverse=True))}))?"
    r"(?: (?P<way>more|less))? (?P<to>towards|to|into|away from|off) "
)

_SURE = re.compile(r"(?:[,:]|\bis|\bwas) (?:(?:but|and) )?(?:(?:that|this|it) is )?(?P<sure>[a-z ]+?) a real change\b")


def _drifts(sentence: Sentence, forecast: Forecast) -> None:
    low = sentence.low
    since, lean = SINCE.search(low), _LEAN.search(low)
    you = re.search(r"\byou\b", low)
    if since is None or lean is None or you is None:
        return
    named = next(
        ((start, end, name) for start, end, name in topics_in(sentence, forecast) if start >= lean.end()), None
    )
    if named is None:
        return
    less = lean["way"] == "less" or lean["to"] in {"away from", "off"}
    found = next((drift for drift in forecast.drift if _is(drift, named[2], since, less)), None)
    sentence.add("drift", *since.span(), found is not None)
    sentence.add("drift", lean.start(), named[1], _sized(found, lean["size"]))
    if found and not real(found) and "chance" not in low:
        sentence.add("drift", *you.span(), False)
    sure = _SURE.search(low)
    if sure:
        probability = found.probability if found else None
        sentence.add("drift", *sure.span(), probability is not None and surety(probability) == sure["sure"])
    why = re.search(r": (you .*?)\.?$", low)
    if why:
        told = cause(found, sentence.evidence.carriers).lower() if found else ""
        sentence.add("cause", *why.span(1), bool(told) and why[1] == told)


def _is(drift: Drift, name: str, since: re.Match[str], less: bool) -> bool:
    dated = (drift.at.year, drift.at.month) == (int(since["year"]), MONTHS.index(since["month"]) + 1)
    return dated and drift.topic == name and (drift.size < 0) == less


def _sized(drift: Drift | None, words: str | None) -> bool:
    return drift is not None and (words is None or size(drift.size) == words)


_COUNTS = re.compile(r", which counts for ([^.;]+)\.?$")


def _support(sentence: Sentence, forecast: Forecast) -> None:
    match = _COUNTS.search(sentence.low)
    if match is None:
        return
    named = [name for start, _, name in topics_in(sentence, forecast) if start >= match.start(1)]
    told = support(named[0], sentence.evidence.carriers) if named else []
    known = bool(told) and told[0].lower().rstrip(".") == sentence.low.rstrip(".")
    sentence.add("cause", *match.span(), known)


_STILL = re.compile(
    r"\b(?:no lasting change|nothing in (?:it|your interests) clearly rises or fades"
    r"|neither rises nor fades clearly)\b"
)


def _stillness(sentence: Sentence, forecast: Forecast) -> None:
    for match in _STILL.finditer(sentence.low):
        named = {name for _, _, name in topics_in(sentence, forecast)}
        moving = (
            {drift.topic for drift in forecast.drift if real(drift)} if "lasting" in match[0] else _moving(forecast)
        )
        sentence.add("forecast", *match.span(), not (moving & named if named else moving))
        for start, end, _ in topics_in(sentence, forecast):
            sentence.used.append((start, end))


def _moving(forecast: Forecast) -> set[str]:
    return {*forecast.rising, *forecast.fading}


_SHARE = re.compile(r"\s(?P<share>\d{1,3}) ?%(?: \((?P<low>\d{1,3}) ?% to (?P<high>\d{1,3}) ?%\))?")
_WHEN = re.compile(
    r"\b(?:next (?P<next>day|week|month|quarter|year)|in (?P<span>[\w-]+ (?:day|week|month|quarter|year)s?))\b"
)


def _shares(sentence: Sentence, forecast: Forecast) -> None:
    low, told = sentence.low, False
    for start, end, name in topics_in(sentence, forecast):
        match = _SHARE.match(low, end)
        if match is None:
            continue
        told = True
        column = forecast.topics.index(name) if name in forecast.topics else None
        for group, rows in (("share", forecast.shares), ("low", forecast.lo80), ("high", forecast.hi80)):
            if match[group] is not None:
                known = column is not None and abs(100 * rows[-1][column] - float(match[group])) <= 0.51
                sentence.add("percent", match.start(group), match.end(group), known)
        sentence.used.append((start, match.end()))
        _heading(sentence, forecast, name, match.end())
    if told:
        _when(sentence, forecast)


def _when(sentence: Sentence, forecast: Forecast) -> None:
    match = _WHEN.search(sentence.low)
    if match:
        periods = len(forecast.shares)
        near = periods == 1 and match["next"] == forecast.period
        sentence.add("horizon", *match.span(), near or match["span"] == _span(forecast, periods))


def _heading(sentence: Sentence, forecast: Forecast, name: str, position: int) -> None:
    match = re.compile(r", and it is (rising|fading)").match(sentence.low, position)
    if match:
        sentence.add("forecast", *match.span(), name in (forecast.rising if match[1] == "rising" else forecast.fading))


_ADVENTUROUS = re.compile(
    r"\b(?:(?:more|less) adventurous than (?:almost everyone|(?:about )?(?P<n>\w+) in (?:ten|10)(?: people)?)"
    r"|about as adventurous as most people)"
)
_SINCE_BEFORE = re.compile(r"\b(?:no clear change of late|(?P<way>more|less) so than before)\b")
_BROADER = re.compile(r"\b(?:become|becoming|getting|growing|grown) (?P<way>more|less) adventurous\b")
_DIGITS = dict(zip("123456789", "one two three four five six seven eight nine".split(), strict=True))


def _breadth(sentence: Sentence, forecast: Forecast) -> None:
    outlook = forecast.outlook
    percentile = outlook.adventurousness if outlook else None
    change = outlook.adventurousness_change if outlook else None
    for match in _ADVENTUROUS.finditer(sentence.low):
        words = re.sub(r"\b([1-9])(?= in (?:ten|10))", lambda found: _DIGITS[found[1]], match[0])
        told = re.sub(r"\babout |\bpeople\b", "", words.replace("in 10", "in ten")).strip()
        known = percentile is not None and re.sub(r"\babout |\bpeople\b", "", breadth(percentile)).strip() == told
        sentence.add("breadth", *match.span(), known)
    for pattern in (_SINCE_BEFORE, _BROADER):
        for match in pattern.finditer(sentence.low):
            way = 0 if match["way"] is None else 1 if match["way"] == "more" else -1
            moved = 0 if not change else 1 if change > 0 else -1
            sentence.add("breadth", *match.span(), change is not None and moved == way)


_CHANCE = re.compile("|".join(sorted(map(re.escape, CHANCES), key=len, reverse=True)))
_UNTRIED = re.compile(
    r"\b(?:something new|new (?:for|to) you|not tried|untried|not touched|new within|likeliest to be new)\b"
)


def _adoptions(sentence: Sentence, forecast: Forecast) -> None:
    low = sentence.low
    if not _UNTRIED.search(low):
        return
    chances = {name: chance(odds) for name, odds in new_topics(forecast.outlook).items()}
    named = list(topics_in(sentence, forecast))
    for start, end, name in named:
        sentence.add("adoption", start, end, name in chances)
    for match in _CHANCE.finditer(low):
        before = [name for _, end, name in named if end <= match.start()]
        sentence.add("chance", *match.span(), bool(before) and chances.get(before[-1]) == match[0])
    within = re.search(r"\bwithin ([\w-]+ (?:day|week|month|quarter|year)s?)\b", low)
    if within:
        reach = min(len(forecast.shares), 4)
        sentence.add("horizon", *within.span(), within[1] == _span(forecast, reach))


_BACK = re.compile(
    r"\b(?:back|return(?:s|ing)?)\b[^.;]{0,20}?\b(?:in|after|within) (?P<time>about [\w-]+ (?:day|week|month"
    r"|year)s?)\b"
    r"|\bno return in sight\b"
)


def _returns(sentence: Sentence, forecast: Forecast) -> None:
    match, left = _BACK.search(sentence.low), re.search(r"\byou have left\b.*\balone\b", sentence.low)
    named = list(topics_in(sentence, forecast))
    if not named or not (match or left):
        return
    times = {
        each.topic: lasting(each.periods, forecast.period)
        for each in (forecast.outlook.returns if forecast.outlook else ())
    }
    for start, end, name in named:
        sentence.add("return", start, end, name in times)
    if match:
        told = match["time"] or ""
        sentence.add("return", *match.span(), all(times.get(name) == told for _, _, name in named))


def _activity(sentence: Sentence, forecast: Forecast) -> None:
    low = sentence.low
    active = forecast.outlook.active if forecast.outlook else ()
    if not re.search(r"\byou are active\b", low):
        return
    for match in _CHANCE.finditer(low):
        sentence.add("chance", *match.span(), bool(active) and chance(active[-1]) == match[0])
    _when(sentence, forecast)


_TIMES = re.compile(r"\b(?P<n>\w+) times out of (?P<of>\w+)\b")
_WEIGHT = re.compile(rf"\babout (?P<part>{'|'.join(sorted(FRACTIONS, key=len, reverse=True))}) of its true share\b")


def _trust(sentence: Sentence, forecast: Forecast) -> None:
    for match in _TIMES.finditer(sentence.low):
        sentence.add("range", *match.span(), (match["n"], match["of"]) == ("four", "five"))
    for match in _WEIGHT.finditer(sentence.low):
        error = forecast.backtest_error
        sentence.add("error", *match.span(), error is not None and weight(error) == match["part"])
    untested = re.search(r"\bcould not be tested\b", sentence.low)
    if untested:
        sentence.add("error", *untested.span(), forecast.backtest_error is None)


def _span(forecast: Forecast, periods: int) -> str:
    return spoken(periods, forecast.period)
