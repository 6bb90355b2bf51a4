"""Limits on the year: figures, decades, centuries, and soft words such as "recent"."""

from __future__ import annotations

import re

from agent.lexicon import AFTER, BEFORE, DECADES, WORDS, century, decade
from agent.understanding.limits.base import WORD_FIGURE, Limit, joined
from agent.understanding.limits.births import since_birth
from agent.understanding.limits.spoken import as_spoken, in_figures
from core.types import Range

_OPEN = re.compile(r"\b(?:since|after|before|until|till?|by|up to) (?:the )?$")

_Y = r"(?:1[89]\d\d|20\d\d)"

_PART = r"early|mid|late|(?:the )?(?:first|second) half of the|(?:the )?(?:start|beginning|middle|end) of the"

_DEC = (
    rf"(?:(?P<part>{_PART})[ -]*)?(?:the )?'?(?P<dec>(?:1[89]|20)?\d0)(?:'?s|er[nj]?(?:ahren?)?)\b"
    r"|(?:années|anni|años) '?(?P<fdec>(?:1[89]|20)?\d0)\b"
    rf"|(?:(?P<wpart>{_PART})[ -]*)?(?P<wdec>" + "|".join(DECADES) + r")\b"
)


_PARTS = {"start": "early", "beginning": "early", "middle": "mid", "end": "late"}


def _decade(match: re.Match[str]) -> tuple[int, int]:
    first = DECADES[match["wdec"]] if match["wdec"] else century(match["dec"] or match["fdec"])
    part = match["wpart"] if match["wdec"] else match["part"]
    if part and "half" in part:
        return (first, first + 4) if "first" in part else (first + 5, first + 9)
    word = part.removeprefix("the ").split(" ")[0] if part else None
    return decade(first, _PARTS.get(word or "", word))


_DECADE = re.compile(rf"(?<![\w£$€]){_DEC}")

_AGE = re.compile(rf"\b(?:my|his|her|our|their|your) (?:early |mid |late )?(?:'?\d0'?s|{'|'.join(DECADES)})\b")
"""In somebody's twenties: how old they were, not when films were made."""

_PAIR = re.compile(
    rf"\b(?:(?:between|from|made|the years|in)\s+)*(?:the )?'?(?P<a>{_Y}|\d\d(?='?s))('?s)?\s*"
    rf"(?:and|to|-|–|until|till|through|or)\s*(?:the )?'?(?P<b>{_Y}|\d\d(?='?s))('?s)?\b"
)

_WORD_PAIR = re.compile(
    rf"\b(?P<a>{'|'.join(DECADES)})\s*(?:and|to|-|–|until|through|or)\s*"
    rf"(?:the )?(?P<b>{'|'.join(DECADES)})\b"
)

_AFTER = (
    rf"(?:after|{AFTER}|posterior(?:es)? a|post|later than|newer than|more recent than|younger than|past"
    r"|following)[\s-]+"
)

_SINCE = (
    r"(?:since|starting(?: from| in)?|as of|at least from|(?:on )?this side of|depuis|seit|desde|dal?"
    r"|ab(?= (?:1[89]|20)\d\d\b))\s+"
)

_BEFORE = (
    rf"(?:before|{BEFORE}|anterior(?:es)? a|prior to|pre|earlier than|older than|predating"
    r"|(?:on )?the (?:other|far|wrong) side of)[\s-]+"
)

_UNTIL = r"(?:until|till|up to|through|by the end of|no later than)\s+"

_NOT = (
    r"\b(?:not?|nothing|none|no (?:films?|movies?|older|newer)|never|not (?:made|released)"
    r"|don'?t want (?:anything|films?)|(?:refuse|loath|hate) to (?:watch|see) anything"
    r"|(?:won'?t|can'?t|don'?t) (?:watch|do|touch|show me) anything)"
    r"(?: (?:anything|made|from|films?|movies?|released|shot|of (?:them|these|it)|that(?: is|'s| was| were)?|was|were"
    r"|be|sean?|de|soient?|d'))*\s+"
)

_LATER = (
    r"\s*(?:or (?:later|newer|after|above|younger|thereafter|more recent(?:ly)?)"
    r"|and (?:later|newer|after|up|onwards?|beyond|above|thereafter|since)"
    r"|on(?:wards?)?\b|forwards?\b|upwards?\b|to (?:now|today|date|the present)\b|\+"
    r"|ou plus récent|o (?:più|más) recient?e?|oder (?:später|neuer))"
)

_EARLIER = (
    r"\s*(?:or (?:earlier|older|before|sooner)|and (?:earlier|older|before|back)|backwards|at the latest"
    r"|oder (?:früher|älter))"
)

_POINT = (
    rf"(?:the (?:year )?)?(?:early |mid |late )?(?:(?P<y>{_Y})(?!'?s\b)|'?(?P<d>(?:1[89]|20)?\d0)'?s"
    rf"|(?P<w>{'|'.join(DECADES)})|(?P<turn>(?:turn of the )?(?:millennium|century)))\b"
)

_YEAR_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("low", rf"{_NOT}(?:{_BEFORE}){_POINT}"),
        ("low", rf"\b(?:no|nothing|not) older than {_POINT}"),
        ("high", rf"{_NOT}(?:{_AFTER}){_POINT}"),
        ("high", rf"\b(?:no|nothing|not) (?:newer|later) than {_POINT}"),
        ("above", rf"\b{_AFTER}{_POINT}"),
        ("low", rf"\b(?:from|since|made in|released in|in)?\s*{_POINT}{_LATER}"),
        ("high", rf"\b(?:from|made in|released in|in)?\s*{_POINT}{_EARLIER}"),
        ("low", rf"\b{_SINCE}{_POINT}"),
        ("below", rf"\b{_BEFORE}{_POINT}"),
        ("high", rf"\b{_UNTIL}{_POINT}"),
        ("about", rf"\b(?:around|about|circa|roughly|approximately)\s+{_POINT}"),
        ("about", rf"\b{_POINT},? (?:or so|or thereabouts|ish|give or take)\b"),
        ("in", rf"\b(?:in|from|of|made in|released in|the year|year|out in|during)\s+{_POINT}"),
    )
)

_BARE_YEAR = re.compile(rf"(?<![\w£$€.,#-])(?P<y>{_Y})(?!'?s?\w|%|\s*(?:min|films|movies|people|points))\b")

_WHO = (
    r"(?:m[ae]n|wom[ae]n|lad(?:y|ies)|gentlem[ae]n|folks?|people|couples?|friends?|school|me|self|mates?|boys?|girls?"
    r"|aunts?|uncles?|dogs?|cats?|soul|bones|ears|eyes|knees|age|days|story|habits?|ways|house|job)\b"
)
"""Who or what is old and no film."""

_SOFT_YEARS: tuple[tuple[re.Pattern[str], int | None, int | None], ...] = tuple(
    (re.compile(pattern), low, high)
    for pattern, low, high in (
        (r"\b(?:brand new|newest|latest|just (?:out|released)|new releases?|this year(?:'s)?)\b", 1, None),
        (
            r"\b(?:recent(?:ly released|ly made)?|contemporary|modern|of late|(?:last|past) few years"
            r"|(?:new|newer|fresh) (?:films?|movies?|ones?|stuff|releases?|titles?|things?))\b",
            4,
            None,
        ),
        (r"\bnot (?:too )?old\b|\bnothing (?:too )?old\b|\bnot an old (?:one|film|movie)\b", 14, None),
        (
            r"(?<!not too )(?<!nothing too )(?<!not )(?<!not an )(?<!getting )(?<!growing )(?<!grow )(?<!\bget )"
            r"(?<!years )(?<!year )(?<!year-)(?<!months )(?<!\bthis )(?<!\bthese )(?<!\bmy )(?<!\bour )(?<!how )"
            r"\b(?:old|vintage|old-fashioned|oldies|golden age"
            r")\b(?! enough)"
            rf"(?! (?:{_WHO}))|\ban old (?:film|movie|one)\b"
            r"|\bclassics\b|\bclassic (?:films?|movies?|cinema)\b|\bnot (?:too )?(?:new|recent|modern)\b",
            None,
            25,
        ),
        (r"\b(?:the )?(?:21st|twenty-first) century\b|\bthis century\b|\bthis millennium\b", -2000, None),
        (r"\b(?:the )?(?:20th|twentieth) century\b|\blast century\b", None, -1999),
    )
)

_LAST_YEARS = re.compile(
    rf"\b(?:in |from |within |over )?(?<!\bmy )(?<!\bhis )(?<!\bher )(?:the )?(?:last|past)"
    rf" (?P<n>\d+|{WORD_FIGURE})\s+(?:years?|yrs?)\b"
)

_YOUNG = re.compile(
    r"\b(?:no|not|nothing|none|never)(?: (?:films?|movies?|anything|made))? (?:older than|more than|over)"
    rf" (?P<n>\d+|{WORD_FIGURE}) (?:years?|yrs?)(?: old| ago| back)?\b"
    rf"|\b(?:at most|less than|under|max(?:imum)?) (?P<n2>\d+|{WORD_FIGURE}) (?:years?|yrs?) old\b"
)

_AGED = re.compile(r"\b(?:at least|more than|over) (?P<n>\d+|twenty|thirty|forty|fifty) (?:years?|yrs?) old\b")

_SOMEBODY = re.compile(
    r"\b(?:i'?m|i am|is|he'?s|she'?s|they'?re|are|who|for|kids?|children|child|son|daughter|anyone|people)"
    r"(?: \w+){0,2} $"
)
"""What precedes an age of people: "my son is under ten years old"."""

_LAST_DECADE = re.compile(r"\b(?:the )?(?:last|past) decade\b|\bthis decade\b")


def years(text: str, newest: int | None) -> list[Limit]:
    """Limits on the year.

    Args:
        text: lower case, titles masked.
        newest: the newest year in the catalogue, to which "recent" and "old" refer; None leaves those unread.
    """
    text, spelled = in_figures(text)
    found, text = since_birth(text)
    text = _AGE.sub(lambda age: " " * len(age[0]), text)

    def add(start: int, end: int, low: float | None, high: float | None, soft: bool = False) -> None:
        if not any(start < kept.end and kept.start < end for kept in found):
            found.append(Limit(start, end, "year", Range(low=low, high=high), soft))

    for pair in _PAIR.finditer(text):
        if pair[2] is None and len(pair["a"]) == 2:
            continue
        first, last = century(pair["a"]), century(pair["b"]) + (9 if pair[4] else 0)
        if first <= last:
            add(pair.start(), pair.end(), first, last)
    for pair in _WORD_PAIR.finditer(text):
        add(pair.start(), pair.end(), DECADES[pair["a"]], DECADES[pair["b"]] + 9)
    for match in _DECADE.finditer(text):
        if re.search(r" of the$", match["part"] or match["wpart"] or "") and not _OPEN.search(text[: match.start()]):
            add(match.start(), match.end(), *_decade(match))
    for form, pattern in _YEAR_FORMS:
        for match in pattern.finditer(text):
            if match["turn"] and form in {"about", "in"}:
                continue
            limit = _interval(form, *_point(match))
            add(match.start(), match.end(), limit.low, limit.high)
    for match in _DECADE.finditer(text):
        add(match.start(), match.end(), *_decade(match))
    for match in _BARE_YEAR.finditer(text):
        add(match.start(), match.end(), int(match["y"]), int(match["y"]))
    if newest is not None:
        for match in _LAST_YEARS.finditer(text):
            span = WORDS.get(match["n"]) or int(match["n"])
            add(match.start(), match.end(), newest - span + 1, None)
        for match in _YOUNG.finditer(text):
            if not _SOMEBODY.search(text[: match.start()]):
                add(match.start(), match.end(), newest - _span(match["n"] or match["n2"]), None)
        for match in _AGED.finditer(text):
            if not _SOMEBODY.search(text[: match.start()]):
                add(match.start(), match.end(), None, newest - _span(match["n"]))
        for match in _LAST_DECADE.finditer(text):
            add(match.start(), match.end(), newest - 9, None)
        for pattern, low, high in _SOFT_YEARS:
            for match in pattern.finditer(text):
                bound_low = None if low is None else (-low if low < 0 else newest - low)
                bound_high = None if high is None else (-high if high < 0 else newest - high)
                add(match.start(), match.end(), bound_low, bound_high, soft=True)
    return [as_spoken(limit, spelled) for limit in joined(found)]


def _span(figure: str) -> int:
    return WORDS.get(figure) or int(figure)


def _point(match: re.Match[str]) -> tuple[int, int]:
    if match["y"]:
        return int(match["y"]), int(match["y"])
    if match["turn"]:
        return 2000, 2000
    inner = _DECADE.search(match[0])
    return _decade(inner) if inner else (0, 9999)


def _interval(form: str, first: int, last: int) -> Range:
    if form == "above":
        return Range(low=last + 1)
    if form == "low":
        return Range(low=first)
    if form == "below":
        return Range(high=first - 1)
    if form == "high":
        return Range(high=last)
    if form == "about":
        return Range(low=first - 2, high=last + 2)
    return Range(low=first, high=last)
