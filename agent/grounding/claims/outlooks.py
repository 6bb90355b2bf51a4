"""Claims about shares of interest to come, in any words: parts, ranges, the largest, one against another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence as Many

from agent.grounding.claims.base import CLAUSE, NUMBER, Sentence, value_of
from agent.grounding.claims.interests import topics_in
from agent.horizons import spoken
from agent.magnitudes import FRACTIONS
from core.forecasts import Forecast

Named = Many[tuple[int, int, str]]
"""Topics of a forecast with where they stand in a sentence."""

TIME = re.compile(
    r"\b(?:(?:by |over |for )?(?:the )?next (?P<next>day|week|month|quarter|year)|(?:in|within"
    r"|after) (?P<span>[\w-]+ "
    r"(?:day|week|month|quarter|year)s?)\b(?! time| of (?:each|one))"
    r"|(?P<from>[\w-]+ (?:day|week|month|quarter|year)s?) from now"
    r"|(?P<vague>tomorrow|next (?:spring|summer|autumn|fall|winter)|(?:by|in|this) (?:the )?(?:next )?(?:spring"
    r"|summer"
    r"|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|christmas"
    r"|new year)\b(?! \d)))"
)
UP = re.compile(r"\b(?:grow\w*|grew|ris\w+|rose|increas\w+|climb\w*|go(?:es)? up|gain\w*|up)\b")
DOWN = re.compile(r"\b(?:shrink\w*|fall\w*|fell|drop\w*|declin\w+|decreas\w+|go(?:es)? down|fad\w+|los\w+|down)\b")

_PERCENT = re.compile(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d)?) ?(?:%|per ?cent\b)")
_RANGE = re.compile(
    r"\b(?:between|from) (?P<low>\d{1,3}) ?%? (?:and|to) (?P<high>\d{1,3}) ?%"
    r"|\((?P<l>\d{1,3}) ?% to (?P<h>\d{1,3}) ?%\)"
)
_LARGEST = re.compile(
    r"\b(?P<way>largest|biggest|strongest|main|top|smallest|weakest) (?:single )?(?:interest|share|part|topic"
    r"|slice)s?\b"
)
_PART = re.compile(
    rf"\b(?:about |around |roughly |nearly )?(?P<part>{'|'.join(sorted(FRACTIONS, key=len, reverse=True))})"
    r"(?: of (?:what|your|all)\b|(?=[.,;]|$))"
)
_WORTH = {"a tenth": 10, "a fifth": 20, "a quarter": 25, "a third": 33, "two fifths": 40, "half": 50, "two thirds": 67}
_AGAINST = re.compile(
    r"\b(?:(?P<how>a little|slightly|just|a bit|well|far|much|clearly) )?(?:(?P<over>above|ahead of|larger than"
    r"|bigger than|higher than|more than|overtake|overtakes|pass|passes|over)"
    r"|(?P<under>below|behind|smaller than|lower than|less than|under)) (?:your )?$"
)


def outlooks(sentence: Sentence) -> None:
    """Every share that a sentence gives or orders, against the forecast at the time that the sentence speaks of."""
    forecast = sentence.evidence.forecast
    if forecast is None or not forecast.shares:
        return
    named = list(topics_in(sentence, forecast))
    for check in (_ranges, _percents, _parts, _largest, _against, _sizes, _places):
        check(sentence, forecast, named)


def _ranges(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for match in _RANGE.finditer(sentence.low):
        topic = nearest(sentence, named, match.start())
        column = column_of(forecast, topic[2]) if topic else None
        moving = match["low"] and (UP.search(sentence.low) or DOWN.search(sentence.low))
        if topic is None or column is None or moving or not sentence.free(*match.span()):
            continue
        low, high = float(match["low"] or match["l"]), float(match["high"] or match["h"])
        held = any(
            _about(forecast.lo80[row][column], low) and _about(forecast.hi80[row][column], high)
            for row in rows_at(sentence, forecast, match.end())
        )
        sentence.add("percent", *match.span(), held)
        sentence.used.append(topic[:2])


def _percents(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    values = []
    for match in _PERCENT.finditer(sentence.low):
        topic = nearest(sentence, named, match.start())
        if topic is None or sentence.links or not sentence.free(*match.span()):
            continue
        column = column_of(forecast, topic[2])
        rows = rows_at(sentence, forecast, match.end()) if column is not None else []
        values.append(float(match["n"]))
        held = column is not None and any(_about(forecast.shares[row][column], values[-1]) for row in rows)
        sentence.add("percent", *match.span(), held)
        sentence.used.append(topic[:2])
        cue = UP.search(sentence.low) or DOWN.search(sentence.low)
        if len(values) == 1 and cue and re.search(r"\bto (?:about |around |some )?$", sentence.low[: match.start()]):
            grows = column is not None and any(
                forecast.shares[row][column] > forecast.shares[0][column] for row in rows
            )
            sentence.add("forecast", *cue.span(), grows == (UP.search(sentence.low) is not None))
    cue = UP.search(sentence.low) or DOWN.search(sentence.low)
    if len(values) == 2 and cue and sentence.free(*cue.span()) and re.search(r"\bfrom\b", sentence.low):
        sentence.add("forecast", *cue.span(), (values[1] > values[0]) == (UP.search(sentence.low) is not None))


def _parts(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for match in _PART.finditer(sentence.low):
        topic = nearest(sentence, named, match.start())
        if topic is None or sentence.links:
            continue
        column, wanted = column_of(forecast, topic[2]), _WORTH.get(match["part"])
        rows = rows_at(sentence, forecast, match.end())
        held = wanted is not None and column is not None
        held = held and any(abs(100 * forecast.shares[row][column or 0] - (wanted or 0)) <= 3 for row in rows)
        sentence.add("percent", *match.span(), held)
        sentence.used.append(topic[:2])


def _largest(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for match in _LARGEST.finditer(sentence.low):
        if not named or not sentence.free(*match.span()):
            continue
        several = re.search(rf"\b(?:your|the) ({NUMBER}) $", sentence.low[: match.start()])
        one = nearest(sentence, named, match.start()) or named[0]
        meant = list(named[: value_of(several[1])]) if several else [one]
        small = match["way"] in {"smallest", "weakest"}
        held = False
        for row in rows_at(sentence, forecast, match.end()):
            order = sorted(zip(forecast.shares[row], forecast.topics, strict=True), reverse=not small)
            held = held or {name for _, name in order[: len(meant)]} == {each[2] for each in meant}
        sentence.add("forecast", *match.span(), held)
        sentence.used += [each[:2] for each in meant]


def _against(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for first, second in itertools.pairwise(named):
        match = _AGAINST.search(sentence.low[: second[0]])
        if match is None or match.start() < first[1]:
            continue
        held = any(_leads(forecast, row, first[2], second[2], match) for row in rows_at(sentence, forecast, second[1]))
        sentence.add("forecast", *match.span(), held)
        sentence.used += [first[:2], second[:2]]


def _leads(forecast: Forecast, row: int, first: str, second: str, match: re.Match[str]) -> bool:
    def share(name: str, at: int) -> float:
        column = column_of(forecast, name)
        return 0.0 if column is None else forecast.shares[at][column]

    gap = share(first, row) - share(second, row)
    gap = gap if match["over"] else -gap
    if match["how"] in {"well", "far", "much", "clearly"} and gap < 0.1:
        return False
    if match["how"] in {"a little", "slightly", "just", "a bit"} and gap > 0.1:
        return False
    passed = not match[0].startswith(("overtake", "pass")) or share(first, 0) < share(second, 0)
    return gap > 0 and passed


_ORDINALS = "first second third fourth".split()
_PLACED = re.compile(rf" (?:comes? |is |are )?(?P<place>{'|'.join(_ORDINALS)})\b")


def _places(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    """ "Thrillers first, comedies second": interests by their size."""
    for start, end, name in named:
        match = _PLACED.match(sentence.low, end)
        if match is None or sentence.links:
            continue
        held = False
        for row in rows_at(sentence, forecast, end):
            order = sorted(zip(forecast.shares[row], forecast.topics, strict=True), reverse=True)
            place = _ORDINALS.index(match["place"])
            held = held or (place < len(order) and order[place][1] == name)
        sentence.add("forecast", start, match.end(), held)


_SMALL = re.compile(
    r"\b(?:stay|remain|be|keep|is|are)s? (?:a |quite |rather |very )*(?P<size>small|minor|tiny|large|big|major)\b"
)
_STEADY = re.compile(
    r"\b(?:(?:barely|hardly|not|n't) (?:really )?(?:change|move)\w*|(?:hold|stay|keep"
    r"|remain)\w* (?:\w+ )?(?:steady|stable|the same)"
    r"|(?:is|are) (?:steady|stable))\b"
)


def _sizes(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    """Interests said to be small or large, or to stay as they are."""
    for match in (*_SMALL.finditer(sentence.low), *_STEADY.finditer(sentence.low)):
        meant = [each for each in named if each[1] <= match.start()]
        if not meant or sentence.links or not sentence.free(*match.span()):
            continue
        held = True
        for _, _, name in meant:
            column = column_of(forecast, name)
            first, last = (0.0 if column is None else forecast.shares[row][column] for row in (0, -1))
            size = match.groupdict().get("size")
            if size is None:
                held = held and abs(first - last) <= 0.03 and name not in (*forecast.rising, *forecast.fading)
            else:
                held = held and (last <= 0.12 if size in {"small", "minor", "tiny"} else last >= 0.2)
        sentence.add("forecast", *match.span(), held)
        sentence.used += [each[:2] for each in meant]


def nearest(sentence: Sentence, named: Named, position: int) -> tuple[int, int, str] | None:
    """The topic that a figure belongs to: right behind it, else before it in its clause, else after it."""
    figure = re.compile(r"[\d. ]*(?:%|per ?cent)? ?(?:of |for |to |on |go to )*(?:your )?")
    for each in named:
        if each[0] >= position and figure.fullmatch(sentence.low[position : each[0]]):
            return each
    start = max((match.end() for match in CLAUSE.finditer(sentence.low, 0, position)), default=0)
    before = [each for each in named if start <= each[0] and each[1] <= position]
    behind = [each for each in named if each[0] >= position]
    return before[-1] if before else behind[0] if behind else None


def column_of(forecast: Forecast, name: str) -> int | None:
    """Where a topic stands in the forecast's rows."""
    return forecast.topics.index(name) if name in forecast.topics else None


def rows_at(sentence: Sentence, forecast: Forecast, position: int) -> list[int]:
    """The horizons that a figure may be of: that of the time nearest behind it, else of the time before, else any."""
    if re.search(r"\b(?:by then|in the end|eventually)\b", sentence.low):
        return [len(forecast.shares) - 1]
    times = list(TIME.finditer(sentence.low))
    behind = [match for match in times if 0 <= match.start() - position <= 30]
    match = behind[0] if behind else times[0] if times else None
    if match is None:
        return list(range(len(forecast.shares)))
    row = row_of(forecast, match)
    return [] if row is None else [row]


def row_of(forecast: Forecast, match: re.Match[str]) -> int | None:
    """The horizon that a time means, counted from 0; None where the forecast does not reach it."""
    if match["next"]:
        return 0 if match["next"] == forecast.period else None
    reach = [spoken(periods, forecast.period) for periods in range(1, len(forecast.shares) + 1)]
    span = match["span"] or match["from"]
    return reach.index(span) if span in reach else None


def _about(share: float, percent: float) -> bool:
    return abs(100 * share - percent) <= 0.51
