"""Claims about what rises and what fades among the person's interests."""

from __future__ import annotations

import re

from agent.grounding.claims.base import CLAUSE, Claim, Sentence
from agent.grounding.claims.genres import NOT_GENRE, genre_words

_TREND = re.compile(
    r"\b(?:(?P<up>on (?:the|its|their) way up|rising|growing|increas\w+|on the rise|gaining|climbing|going up"
    r"|warming|picking up"
    r"|up from|heading (?:up|towards?)|leaning (?:more )?(?:towards?|into)|drifting (?:towards?|to)"
    r"|moving (?:towards?|to)|more and more|getting (?:more )?into|stronger|surg\w+|rises?|grow|grew"
    r"|towards?)"
    r"|(?P<down>used to (?:like|love|watch|enjoy)|on (?:the|its|their) way (?:down|out)|giv\w+ up(?: on)?"
    r"|los\w+ interest in|(?:tired|sick) of"
    r"|fading|falling|declin\w+|cooling|dropping|shrinking|waning|going down|losing|slipping"
    r"|less and less|away from|on the way out|weaker|fades?|decreas\w+|drops?))\b"
)

_MORE = re.compile(r"\b(more|less|fewer) (?:of )?$")
_EXPECTED = re.compile(
    r"^(?:more|less|fewer)\b|\b(?:you(?:'ll| will)|expect|heading|you to|months?|years?|look like)\b"
)

_TREND_CONTEXT = re.compile(
    r"\b(?:interests?|tastes?|share|forecast|timeline|lately|months?|weeks?|you(?:'re|r| are)?|heading|drift\w*)\b"
)


def trends(sentence: Sentence) -> None:
    """Forecast claims: what rises and what fades must be what the forecast says."""
    evidence, low = sentence.evidence, sentence.low
    if sentence.links or not (evidence.forecast or _TREND_CONTEXT.search(low)):
        return
    cues = [cue for cue in _TREND.finditer(low) if sentence.free(*cue.span())]
    wanted_later = evidence.forecast is not None and _EXPECTED.search(low) and not low.endswith("?")
    words = [
        (start, end, values)
        for start, end, values, is_name in genre_words(low)
        if sentence.free(start, end)
        and (is_name or not NOT_GENRE.match(low[start:end]))
        and not any(cue.start() < end and start < cue.end() for cue in cues)
    ]
    forecast = evidence.forecast
    rising = {topic.partition(":")[2].casefold() for topic in (forecast.rising if forecast else ())}
    fading = {topic.partition(":")[2].casefold() for topic in (forecast.fading if forecast else ())}
    for start, end, values in words[:]:
        match = _MORE.search(low[:start]) if wanted_later else None
        if match:
            moving = rising if match[1] == "more" else fading
            sentence.add("forecast", match.start(), end, bool({value.casefold() for value in values} & moving))
            words.remove((start, end, values))
    if not cues or not words:
        if cues and not words and evidence.forecast is None and re.search(r"\byour (?:tastes?|interests?)\b", low):
            sentence.add("forecast", *cues[0].span(), False)
        return
    for start, end, values in words:
        cue = min(
            cues,
            key=lambda match: (
                min(abs(match.start() - end), abs(start - match.end()))
                + (8 if CLAUSE.search(low, min(match.end(), end), max(match.start(), start)) else 0)
            ),
        )
        sentence.used += [each.span() for each in cues]
        aside = re.search(r"\b(?:away from|from|off|out of) $", low[:start])
        into = re.search(r"\b(?:towards?|into|to) $", low[:start])
        wanted = fading if aside else rising if into or cue["up"] else fading
        supported = bool({value.casefold() for value in values} & wanted)
        sentence.claims.append(
            Claim(
                kind="forecast",
                text=sentence.text[min(start, cue.start()) : max(end, cue.end())],
                start=start,
                end=end,
                supported=supported,
            )
        )
        sentence.used.append((start, end))
