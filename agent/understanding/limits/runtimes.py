"""Limits on the running time, in minutes."""

from __future__ import annotations

import re

from agent.lexicon import TENS, WORDS
from agent.understanding.limits.base import BOUND, WORD_FIGURE, Limit, bounded, joined
from agent.understanding.limits.clock import time_left
from core.types import Range

_FOREIGN = {
    word: number
    for number, words in enumerate(("eine una une un", "zwei deux dos due", "drei trois tres tre"), 1)
    for word in words.split()
}

_ODD = {
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "a quarter": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-five": 35,
    "forty": 40,
    "forty-five": 45,
    "three quarters": 45,
    "fifty": 50,
    "fifty-five": 55,
}
"""Minutes beyond the hour in words: "an hour and twenty"."""

_ODDS = "|".join(sorted((word.replace("-", "[ -]") for word in _ODD), key=len, reverse=True))

_HOURS = (
    rf"(?P<h>\d+(?:[.,]\d+)?|an?|{WORD_FIGURE}|{'|'.join(_FOREIGN)})(?P<half1> and a half)?[\s-]*(?:hours?\b|hrs?\b"
    r"|h(?=\d|\b)|stunden?\b|heures?\b|horas?\b|or[ae]\b)(?P<half2> and a half| et demie| y media| e mezz[ao])?"
    rf"(?:\s*(?:and )?(?P<hm>\d+)\s*(?:m|mins?|minutes?)?\b|\s+and (?P<odd>{_ODDS})\b"
    rf"|\s+(?P<odd2>{_ODDS})(?=\s*(?:$|[,.!?;]|min|tops|max|or less|at most)))?"
)

_WORDED = {f"{tens}{five}": number + (5 if five else 0) for tens, number in TENS.items() for five in ("", "-five")} | {
    f"{hundred}{more}": 100 + number
    for hundred in ("a hundred", "one hundred")
    for more, number in {"": 0, " and ten": 10, **{f" and {tens}": number for tens, number in TENS.items()}}.items()
}

_WORDED_FIGURE = "|".join(sorted((word.replace("-", "[ -]") for word in _WORDED), key=len, reverse=True))

_MINUTES = (
    rf"(?:(?P<m>\d{{2,3}})|(?P<mw>{_WORDED_FIGURE}))[\s-]*(?:minutes?|mins?|min\.?|(?<=\d)m|minuten|minut[io]s?)\b"
)

_DURATION = rf"(?:{_HOURS}|{_MINUTES}|(?P<half>half an hour))"

_TAIL = (
    r"(?P<tail>\s*(?:long\s*)?(?:or (?:less|under|shorter|below)|and (?:under|less|below)|tops|max(?:imum)?"
    r"|at (?:the )?(?:very |absolute )?most|at the outside|(?:time )?(?:limit|window|slot|gap)\b"
    r"|,? (?:and )?not a (?:minute|second) (?:more|longer|over)"
    r"|(?:is|'s|are) (?:all|(?:my|our|the) (?:limit|max(?:imum)?)|the (?:most|longest)|as (?:long|much) as)"
    r"|to (?:play with|spare|kill|work with|fill|burn|spend|myself|ourselves)\b|,? and then (?:i|we)\b"
    r"|(?:before|until|till?) (?:bed|work|dinner|lunch|school|closing|i\b|we\b|my\b|the (?:kids|bus|train|baby|match"
    r"|game))))?"
    r"(?P<up>\s*(?:long\s*)?(?:or (?:more|longer|over)|and (?:up|over|more)\b|plus|\+|min(?:imum)?\b"
    r"|at (?:the )?least))?"
)

_RUNTIME = re.compile(rf"\b(?:{BOUND}[\s-]+(?:the |an? total of )?)?{_DURATION}{_TAIL}")

_INSTEAD = re.compile(
    rf"\bnot {_HOURS}(?P<rest>[,;:]? (?:but |rather |it's |make it )*{BOUND} (?P<n>\d|{WORD_FIGURE}))\b"
    r"(?! ?(?:hours?|min|films?))"
)
"""A time put right without saying its unit again: "not two hours, up to three"."""

_COLON = re.compile(rf"\b{BOUND} (?P<h>[1-3]):(?P<m>[0-5]\d)\b(?! ?(?:[ap]\.?m\b|o'?clock))")
"""Hours and minutes as players show them: "no longer than 1:45"."""

_LONGEST = 400
"""Minutes beyond which a time is no film's: "slept 14 hours"."""

_BETWEEN_MINUTES = re.compile(
    r"\b(?:between )?(?P<a>\d{2,3})\s*(?:and|to|-|–)\s*(?P<b>\d{2,3})[\s-]*(?:minutes?|mins?)\b"
)

_TIME_LEFT = re.compile(
    r"\b(?:i(?:'ve| have)?(?: only)?(?: got| have)?|we(?:'ve| have)?(?: only)?(?: got| have)?|only have"
    r"|only got|got|have|\w+'ve|there(?:'s| is| are)|fits? in(?:to)?|within|leaves? (?:me|us)"
    r"|(?:until|till?) [^.;!?]{1,25} (?:which is|so|that's|thats))(?: only| just| about| like| exactly| maybe)*\s+$"
)

_GIVES_OUT = re.compile(
    r"(?<!it )(?<!film )(?<!movie )(?<!twist )(?<!plot )(?<!story )\b(?:overheats?|dies|stops|closes|shuts|cuts out"
    r"|gives? (?:out|up)|falls? asleep|nods? off|gets? (?:\w+ )?(?:restless|bored|tired|sleepy|twitchy|fidgety|antsy)"
    r"|conks? out|switch(?:es)? off|leaves|wakes(?: up)?|runs? out)(?: \w+)? (?:after|in)(?: about| only| just)? $"
    r"|\b(?:have to|need to|must|got to|gotta|should) (?:go|leave|be (?:off|gone|out|there|up)|get (?:going|up|to bed)"
    r"|head (?:out|off)|sleep)(?: \w+)? (?:after|in|within)(?: about| only| just)? $"
    r"|\b(?:flight|train|bus|ferry|taxi|cab|bedtime|dinner|lunch|meeting|class|shift|appointment)"
    r"(?:'s| is| leaves| starts| comes| begins)(?: \w+)? in(?: about| only| just)? $"
    r"|\b(?:i|we|they|guests) (?:land|arrive|board|start|leave|close)(?: \w+)? in(?: about| only| just)? $"
)
"""What ends after a time ("the battery dies after 80 minutes") sets a limit; what ended ("fell asleep") does not."""

_PASSED = re.compile(
    r"\b(?:slept|worked|waited|drove|driven|flew|walked|sat|queued|spent|lost|wasted|studied|lasted|took|stole"
    r"|felt like|been (?:up|awake))(?: (?:for|about|like|only|another|some|almost|nearly|me))* $"
)
"""What precedes a time that was spent."""

_SPENT = re.compile(
    r"\s*(?:ago|later|from now|earlier|late|away|straight|wasted|of (?:my|your|his|her|our|their)|on (?:the|a|an) \w+"
    r"|i(?:'ll| will) never|into|of (?:it|that|this|them)|in,? (?:and|i|we)"
    r"|in (?:the|a|an|my) (?:train|plane|car|bus|queue))\b"
)
"""What follows a time that was spent: "two hours of my life", "an hour ago"."""

_AFTER_ALL = re.compile(r"\b(?:after(?: only| just| about)?|every|all(?: of)?(?: the| its| those)?|these|those)\s+$")
"""What precedes one: "gave up after an hour", "all three hours of it"."""

_SOFT_RUNTIMES: tuple[tuple[re.Pattern[str], float | None, float | None], ...] = (
    (
        re.compile(
            r"\b(?:not|nothing|isn'?t|none|never|don'?t want (?:anything|something))(?: that(?:'s| is))?(?: (?:too"
            r"|very|so|super|overly|really|terribly))? (?:long|lengthy)\b"
        ),
        None,
        120,
    ),
    (re.compile(r"\b(?:not|nothing)(?: (?:too|very))? short\b"), 100, None),
    (re.compile(r"\b(?:short(?:ish)?(?! (?:of|on|list|stor))|brief|quick watch|quick (?:film|movie|one))\b"), None, 90),
    (
        re.compile(
            r"(?<!how )(?<!so )(?<!too )(?<!as )\b(?:long (?:films?|movies?|ones?)|really long|very long"
            r"|three-hour|lengthy(?! (?:list|chat|talk|wait|process|story|day|flight|journey|queue)))\b"
        ),
        150,
        None,
    ),
)


def runtimes(text: str) -> list[Limit]:
    """Limits on the running time, in minutes. "Under two hours" is at most 119; a bare figure is within ten minutes."""
    found: list[Limit] = []
    for match in _BETWEEN_MINUTES.finditer(text):
        low, high = sorted((float(match["a"]), float(match["b"])))
        found.append(Limit(match.start(), match.end(), "runtime", Range(low=low, high=high)))
    for match in _RUNTIME.finditer(text):
        if any(match.start() < kept.end and kept.start < match.end() for kept in found):
            continue
        before, value = text[: match.start()], _minutes(match)
        ends = _GIVES_OUT.search(before)
        if _SPENT.match(text[match.end() :]) or (_AFTER_ALL.search(before) and not ends) or _PASSED.search(before):
            continue
        if value > _LONGEST:
            continue
        if match["tail"] or ends:
            limit = Range(high=value)
        elif match["up"]:
            limit = Range(low=value)
        elif not match["eq"] and _TIME_LEFT.search(before):
            limit = bounded(match, value) or Range(high=value)
        else:
            limit = bounded(match, value) or Range(low=value - 10, high=value + 10)
        found.append(Limit(match.start(), match.end(), "runtime", limit))
    for match in _INSTEAD.finditer(text):
        unit = next((kept for kept in found if kept.end == match.start("rest")), None)
        bound = bounded(match, 60.0 * float(WORDS.get(match["n"]) or match["n"])) if unit else None
        if unit and bound:
            found.remove(unit)
            found.append(Limit(match.start("rest"), match.end(), "runtime", bound))
    for match in _COLON.finditer(text):
        colon = None if match["eq"] else bounded(match, 60.0 * int(match["h"]) + int(match["m"]))
        if colon:
            found.append(Limit(match.start(), match.end(), "runtime", colon))
    found = found or time_left(text)
    if found:
        return joined(found)
    for pattern, soft_low, soft_high in _SOFT_RUNTIMES:
        match_soft = pattern.search(text)
        if match_soft:
            return [
                Limit(match_soft.start(), match_soft.end(), "runtime", Range(low=soft_low, high=soft_high), soft=True)
            ]
    return []


def _minutes(match: re.Match[str]) -> float:
    if match["half"]:
        return 30
    if match["m"]:
        return float(match["m"])
    if match["mw"]:
        return float(_WORDED.get(match["mw"]) or _WORDED[match["mw"].replace(" ", "-")])
    hours = match["h"]
    amount = 1.0 if hours in {"a", "an"} else float(WORDS.get(hours) or _FOREIGN.get(hours) or hours.replace(",", "."))
    odd = match["odd"] or match["odd2"]
    if odd:
        return amount * 60 + _ODD.get(odd, _ODD.get(odd.replace(" ", "-"), 0))
    extra = 30 if match["half1"] or match["half2"] else float(match["hm"] or 0)
    return amount * 60 + extra
