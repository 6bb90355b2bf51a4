"""Claims about changes of interest in any words: since when, how surely, why, until when, and how adventurous."""

from __future__ import annotations

import re

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.interests import MONTHS, SINCE, topics_in
from agent.grounding.claims.outlooks import DOWN, TIME, UP, Named, nearest, row_of
from agent.magnitudes import real, surety
from core.forecasts import Forecast

_FUTURE = re.compile(r"\b(?:will|should|expect\w*|going to|forecast\w*|'ll|likely|predict\w*|by then|would)\b")
_REAL = re.compile(r"\b(?P<sure>almost certainly|very likely|probably|certainly|definitely) (?:a )?real\b")
_THAN = re.compile(
    r"\b(?P<way>more|less) adventurous than (?:(?P<then>before|you (?:were|used to be)|in the past)"
    r"|(?:most|many|the average)(?: (?:people|person|others))?)\b"
)
_BEHIND = re.compile(
    r"\b(?:comes? from|because of|due to|thanks to|driven by|carried by|goes back to|started with|rests? on|down to"
    r"|(?P<turned>(?:what )?carr(?:y|ies|ied)|(?:are|is|stand|stands) behind|the reasons? for))\b"
)


def changes(sentence: Sentence) -> None:
    """Dates, certainty, causes and times ahead of a change, against the forecast."""
    forecast = sentence.evidence.forecast
    if forecast is None or not forecast.shares:
        return
    named = list(topics_in(sentence, forecast))
    for check in (_since, _certainty, _causes, _times):
        check(sentence, forecast, named)
    _adventure(sentence, forecast)


def _since(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for match in SINCE.finditer(sentence.low):
        topic = nearest(sentence, named, match.start())
        if topic is None or not sentence.free(*match.span()):
            continue
        date = (int(match["year"]), MONTHS.index(match["month"]) + 1)
        found = [each for each in forecast.drift if each.topic == topic[2] and (each.at.year, each.at.month) == date]
        fell = DOWN.search(sentence.low) or re.search(r"\b(?:away|less)\b", sentence.low)
        held = any(real(drift) and (drift.size < 0) == bool(fell) for drift in found)
        sentence.add("drift", *match.span(), held)
        cue = UP.search(sentence.low) or DOWN.search(sentence.low)
        sentence.used += [topic[:2], *([cue.span()] if cue else [])]


def _certainty(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    for match in _REAL.finditer(sentence.low):
        if not sentence.free(*match.span()):
            continue
        topic = nearest(sentence, named, match.start())
        found = [drift for drift in forecast.drift if topic and drift.topic == topic[2]]
        held = bool(found) and all(real(drift) and surety(drift.probability or 0.0) == match["sure"] for drift in found)
        sentence.add("drift", *match.span(), held)
        sentence.used += [topic[:2]] if topic else []


def _causes(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    del forecast
    low = sentence.low
    for match in _BEHIND.finditer(low):
        titles = [low[start:end] for start, end, _ in sentence.links if match["turned"] or start >= match.end()]
        about = re.search(r"\b(?:interest|taste|lean|drift|shift|move|turn|rise|liking)", low)
        if not titles or not named or not about:
            continue
        topics = {name for _, _, name in named}
        carriers = sentence.evidence.carriers
        behind = {(carrier.title or "").casefold() for carrier in carriers if topics & set(carrier.topics)}
        sentence.add("cause", *match.span(), all(title in behind for title in titles))
        sentence.used += [each[:2] for each in named]


def _times(sentence: Sentence, forecast: Forecast, named: Named) -> None:
    """Every time ahead that is spoken of must be one that the forecast reaches, or the person's own."""
    low = sentence.low
    del named
    returning = forecast.outlook is not None and re.search(r"\b(?:back|return)", low) and "about" in low
    for match in TIME.finditer(low):
        if sentence.free(*match.span()) and (not match["vague"] or _FUTURE.search(low)):
            told = match[0] in sentence.evidence.heard
            sentence.add("horizon", *match.span(), told or bool(returning) or row_of(forecast, match) is not None)


def _adventure(sentence: Sentence, forecast: Forecast) -> None:
    outlook = forecast.outlook
    percentile = outlook.adventurousness if outlook else None
    change = outlook.adventurousness_change if outlook else None
    for match in _THAN.finditer(sentence.low):
        more = match["way"] == "more"
        if match["then"]:
            held = bool(change) and ((change or 0.0) > 0) == more
        else:
            held = percentile is not None and (percentile >= 0.6 if more else percentile <= 0.4)
        sentence.add("breadth", *match.span(), held)
