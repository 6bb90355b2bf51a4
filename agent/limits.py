"""Numeric limits in plain words: years, running times, prices, awards and scores become closed intervals.

Text arrives in lower case with catalogue titles masked out, so that "2001: A Space Odyssey" is never read as a year.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from core.types import Range

WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
} | {"a couple of": 2, "a couple": 2, "a few": 3, "a dozen": 12, "twenty": 20, "thirty": 30}
_DECADES = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
    "two thousands": 2000,
}

_Y = r"(?:1[89]\d\d|20\d\d)"
_DEC = (
    r"(?:(?P<part>early|mid|late)[ -]*)?(?:the )?'?(?P<dec>(?:1[89]|20)?\d0)(?:'?s)\b"
    r"|(?:(?P<wpart>early|mid|late)[ -]*)?(?P<wdec>" + "|".join(_DECADES) + r")\b"
)
_N = r"(?P<n>\d+(?:[.,]\d+)?)"
_WORD_N = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"


@dataclass(frozen=True)
class Limit:
    """One numeric limit read from the words at [start, end); ``soft`` words ("old", "short") give way to figures."""

    start: int
    end: int
    number: str
    range: Range
    soft: bool = False


@dataclass(frozen=True)
class Relative:
    """A comparison with an earlier item ("older than that"): which number, and whether lower values are asked for."""

    start: int
    end: int
    number: str
    lower: bool


def decade(match: re.Match[str]) -> tuple[int, int]:
    """First and last year of a decade as matched by the decade pattern ("late 90s" is 1997 to 1999)."""
    if match["wdec"]:
        first, part = _DECADES[match["wdec"]], match["wpart"]
    else:
        digits, part = match["dec"], match["part"]
        first = int(digits) if len(digits) == 4 else (2000 if int(digits) < 30 else 1900) + int(digits)
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part or "", (0, 9))
    return first + low, first + high


_DECADE = re.compile(rf"(?<![\w£$€]){_DEC}")
_PAIR = re.compile(
    rf"\b(?:(?:between|from|made|the years|in)\s+)*(?:the )?'?(?P<a>{_Y}|\d\d(?='?s))('?s)?\s*"
    rf"(?:and|to|-|–|until|till|through|or)\s*(?:the )?'?(?P<b>{_Y}|\d\d(?='?s))('?s)?\b"
)
_WORD_PAIR = re.compile(
    rf"\b(?P<a>{'|'.join(_DECADES)})\s*(?:and|to|-|–|until|or)\s*(?:the )?(?P<b>{'|'.join(_DECADES)})\b"
)
_AFTER = r"(?:after|post|later than|newer than|more recent than|younger than|past|following)[\s-]+"
_SINCE = r"(?:since|starting(?: from| in)?|as of|at least from)\s+"
_BEFORE = r"(?:before|prior to|pre|earlier than|older than|predating)[\s-]+"
_UNTIL = r"(?:until|till|up to|through|by the end of|no later than)\s+"
_NOT = (
    r"\b(?:not?|nothing|none|no (?:films?|movies?|older|newer)|never|not (?:made|released)"
    r"|don'?t want (?:anything|films?))(?: (?:anything|made|from|films?|movies?|released))*\s+"
)
_LATER = (
    r"\s*(?:or (?:later|newer|after|above|younger)|and (?:later|newer|after|up|onwards?|beyond|above)"
    r"|on(?:wards?)?\b|\+)"
)
_EARLIER = r"\s*(?:or (?:earlier|older|before)|and (?:earlier|older|before)|backwards)"
_POINT = (
    rf"(?:the (?:year )?)?(?:early |mid |late )?(?:(?P<y>{_Y})(?!'?s\b)|'?(?P<d>(?:1[89]|20)?\d0)'?s"
    rf"|(?P<w>{'|'.join(_DECADES)}))\b"
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
        ("in", rf"\b(?:in|from|of|made in|released in|the year|year|out in|during)\s+{_POINT}"),
    )
)
_BARE_YEAR = re.compile(rf"(?<![\w£$€.,#-])(?P<y>{_Y})(?!'?s?\w|%|\s*(?:min|films|movies|people|points))\b")
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
            r"(?<!not too )(?<!nothing too )(?<!not )(?<!not an )\b(?:old|vintage|old-fashioned|oldies|golden age"
            r")\b(?! enough)"
            r"(?! (?:man|woman|friend|school|me|self|mate|boy|age))|\ban old (?:film|movie|one)\b"
            r"|\bclassics\b|\bclassic (?:films?|movies?|cinema)\b|\bnot (?:too )?(?:new|recent|modern)\b",
            None,
            25,
        ),
        (r"\b(?:the )?(?:21st|twenty-first) century\b|\bthis century\b|\bthis millennium\b", -2000, None),
        (r"\b(?:the )?(?:20th|twentieth) century\b|\blast century\b", None, -1999),
    )
)
_LAST_YEARS = re.compile(rf"\b(?:in |from |within |over )?the (?:last|past) (?P<n>\d+|{_WORD_N})\s+(?:years?|yrs?)\b")
_LAST_DECADE = re.compile(r"\b(?:the )?(?:last|past) decade\b|\bthis decade\b")


def _point(match: re.Match[str]) -> tuple[int, int]:
    if match["y"]:
        return int(match["y"]), int(match["y"])
    if match["w"]:
        return _DECADES[match["w"]], _DECADES[match["w"]] + 9
    inner = _DECADE.search(match[0])
    return decade(inner) if inner else (0, 9999)


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


def _century(digits: str) -> int:
    return int(digits) if len(digits) == 4 else (2000 if int(digits) < 30 else 1900) + int(digits)


def years(text: str, newest: int | None) -> list[Limit]:
    """Limits on the year.

    Args:
        text: lower case, titles masked.
        newest: the newest year in the catalogue, to which "recent" and "old" refer; None leaves those unread.
    """
    found: list[Limit] = []

    def add(start: int, end: int, low: float | None, high: float | None, soft: bool = False) -> None:
        if not any(start < kept.end and kept.start < end for kept in found):
            found.append(Limit(start, end, "year", Range(low=low, high=high), soft))

    for pair in _PAIR.finditer(text):
        if pair[2] is None and len(pair["a"]) == 2:
            continue
        first, last = _century(pair["a"]), _century(pair["b"]) + (9 if pair[4] else 0)
        if first <= last:
            add(pair.start(), pair.end(), first, last)
    for pair in _WORD_PAIR.finditer(text):
        add(pair.start(), pair.end(), _DECADES[pair["a"]], _DECADES[pair["b"]] + 9)
    for form, pattern in _YEAR_FORMS:
        for match in pattern.finditer(text):
            limit = _interval(form, *_point(match))
            add(match.start(), match.end(), limit.low, limit.high)
    for match in _DECADE.finditer(text):
        add(match.start(), match.end(), *decade(match))
    for match in _BARE_YEAR.finditer(text):
        add(match.start(), match.end(), int(match["y"]), int(match["y"]))
    if newest is not None:
        for match in _LAST_YEARS.finditer(text):
            span = WORDS.get(match["n"]) or int(match["n"])
            add(match.start(), match.end(), newest - span + 1, None)
        for match in _LAST_DECADE.finditer(text):
            add(match.start(), match.end(), newest - 9, None)
        for pattern, low, high in _SOFT_YEARS:
            for match in pattern.finditer(text):
                bound_low = None if low is None else (-low if low < 0 else newest - low)
                bound_high = None if high is None else (-high if high < 0 else newest - high)
                add(match.start(), match.end(), bound_low, bound_high, soft=True)
    return _joined(found)


def _joined(found: list[Limit]) -> list[Limit]:
    """Open ends that meet ("after 1990 and before 2000") become one interval; a figure beats a soft word."""
    figures = [limit for limit in found if not limit.soft] or found
    merged: list[Limit] = []
    for limit in sorted(figures, key=lambda limit: limit.start):
        last = merged[-1] if merged else None
        low = limit.range.low if last is None or last.range.low is None else last.range.low
        high = limit.range.high if last is None or last.range.high is None else last.range.high
        opposite = last is not None and (last.range.low is None) == (limit.range.high is None)
        open_ended = last is not None and (last.range.low is None) != (last.range.high is None)
        if last and opposite and open_ended and low is not None and high is not None and low <= high:
            merged[-1] = Limit(last.start, limit.end, limit.number, Range(low=low, high=high), limit.soft)
            continue
        merged.append(limit)
    return merged


_UNDER = (
    r"(?:strictly )?(?:(?:no|not) (?:longer|more|greater|over|above) than|not over|not above|not longer"
    r"|at most|max(?:imum)?(?: of)?|up to|within"
    r"|no more than|not exceeding|capped at|<=)"
)
_BELOW = r"(?:under|less than|below|shorter than|cheaper than|fewer than|<)"
_ATLEAST = r"(?:at least|min(?:imum)?(?: of)?|no (?:shorter|less) than|not (?:under|less than|shorter than)|>=)"
_OVER = r"(?:over|more than|longer than|above|greater than|exceeding|>)"
_BOUND = (
    rf"(?:(?P<le>{_UNDER})|(?P<lt>{_BELOW})|(?P<ge>{_ATLEAST})|(?P<gt>{_OVER})|(?P<eq>about|around|roughly"
    rf"|approximately|circa|~))"
)
_HOURS = (
    rf"(?P<h>\d+(?:[.,]\d+)?|an?|{_WORD_N})(?P<half1> and a half)?[\s-]*(?:hours?\b|hrs?\b|h(?=\d"
    rf"|\b))(?P<half2> and a half)?"
    r"(?:\s*(?:and )?(?P<hm>\d+)\s*(?:m|mins?|minutes?)?\b)?"
)
_MINUTES = r"(?P<m>\d{2,3})[\s-]*(?:minutes?|mins?|min\.?|m)\b"
_DURATION = rf"(?:{_HOURS}|{_MINUTES}|(?P<half>half an hour))"
_TAIL = (
    r"(?P<tail>\s*(?:long\s*)?(?:or (?:less|under|shorter|below)|and under|tops|max(?:imum)?"
    r"|at most))?(?P<up>\s*(?:long\s*)?(?:or (?:more|longer|over)|plus|\+))?"
)
_RUNTIME = re.compile(rf"\b(?:{_BOUND}\s+(?:the )?)?{_DURATION}{_TAIL}")
_BETWEEN_MINUTES = re.compile(
    r"\b(?:between )?(?P<a>\d{2,3})\s*(?:and|to|-|–)\s*(?P<b>\d{2,3})[\s-]*(?:minutes?|mins?)\b"
)
_TIME_LEFT = re.compile(
    r"\b(?:i(?:'ve| have)?(?: only)?(?: got| have)?|we(?:'ve| have)?(?: only)?(?: got| have)?|only have"
    r"|only got|got|have|fits? in(?:to)?|within)(?: only| just| about)?\s+$"
)
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
            r"|three-hour|lengthy)\b"
        ),
        150,
        None,
    ),
)


def _minutes(match: re.Match[str]) -> float:
    if match["half"]:
        return 30
    if match["m"]:
        return float(match["m"])
    hours = match["h"]
    amount = 1.0 if hours in {"a", "an"} else float(WORDS.get(hours) or hours.replace(",", "."))
    extra = 30 if match["half1"] or match["half2"] else float(match["hm"] or 0)
    return amount * 60 + extra


def runtimes(text: str) -> list[Limit]:
    """Limits on the running time, in minutes. "Under two hours" is at most 119; a bare figure is within ten minutes."""
    found: list[Limit] = []
    for match in _BETWEEN_MINUTES.finditer(text):
        low, high = sorted((float(match["a"]), float(match["b"])))
        found.append(Limit(match.start(), match.end(), "runtime", Range(low=low, high=high)))
    for match in _RUNTIME.finditer(text):
        if any(match.start() < kept.end and kept.start < match.end() for kept in found):
            continue
        if re.match(r"\s*(?:ago|later|from now|earlier)\b", text[match.end() :]):
            continue
        value = _minutes(match)
        if match["tail"] or match["le"]:
            limit = Range(high=value)
        elif match["lt"]:
            limit = Range(high=value - 1)
        elif match["ge"] or match["up"]:
            limit = Range(low=value)
        elif match["gt"]:
            limit = Range(low=value + 1)
        elif not match["eq"] and _TIME_LEFT.search(text[: match.start()]):
            limit = Range(high=value)
        else:
            limit = Range(low=value - 10, high=value + 10)
        found.append(Limit(match.start(), match.end(), "runtime", limit))
    if found:
        return _joined(found)
    for pattern, soft_low, soft_high in _SOFT_RUNTIMES:
        match_soft = pattern.search(text)
        if match_soft:
            return [
                Limit(match_soft.start(), match_soft.end(), "runtime", Range(low=soft_low, high=soft_high), soft=True)
            ]
    return []


_MONEY = (
    rf"(?:[£$€]\s?{_N}|{_N.replace('?P<n>', '?P<n2>')}\s?(?:£|\$|€|pounds?|quid|dollars?|bucks|euros?|gbp|usd|eur)\b)"
)
_PRICE = re.compile(
    rf"(?:\b|(?<=\s)){_BOUND}\s+{_MONEY}"
    rf"|{_MONEY.replace('<n>', '<n3>').replace('<n2>', '<n4>')}\s*(?P<tail>or less|max|tops)"
)
_PRICE_PAIR = re.compile(
    r"\bbetween\s+[£$€]?\s?(?P<a>\d+(?:\.\d+)?)\s*(?:and|to|-)\s*(?:[£$€]\s?(?P<b>\d+(?:\.\d+)?)"
    r"|(?P<c>\d+(?:\.\d+)?)\s?(?:£|€|pounds?|quid|dollars?|euros?))"
)


def prices(text: str) -> list[Limit]:
    """Limits on the price, in the catalogue's own currency. "Under £20" is at most 19.99."""
    for match in _PRICE_PAIR.finditer(text):
        return [
            Limit(
                match.start(), match.end(), "price", Range(low=float(match["a"]), high=float(match["b"] or match["c"]))
            )
        ]
    for match in _PRICE.finditer(text):
        value = float((match["n"] or match["n2"] or match["n3"] or match["n4"]).replace(",", "."))
        if match["tail"] or match["le"]:
            limit = Range(high=value)
        elif match["lt"]:
            limit = Range(high=round(value - 0.01, 2))
        elif match["ge"]:
            limit = Range(low=value)
        elif match["gt"]:
            limit = Range(low=round(value + 0.01, 2))
        else:
            limit = Range(low=value * 0.9, high=value * 1.1)
        return [Limit(match.start(), match.end(), "price", limit)]
    return []


_AWARDS: tuple[tuple[re.Pattern[str], str, Range], ...] = (
    (
        re.compile(
            r"\b(?:won|has won|with|winner of|winning) (?:an|at least one|some|any) oscars?\b"
            r"|\boscar[ -](?:winners?|winning)\b|\bacademy award[ -](?:winners?|winning)\b|\bthat won oscars\b"
        ),
        "oscars",
        Range(low=1),
    ),
    (
        re.compile(r"\boscar[ -](?:nominees?|nominated|nominations?)\b|\bnominated for (?:an )?oscars?\b"),
        "oscar_nominations",
        Range(low=1),
    ),
    (
        re.compile(
            r"\b(?:critically acclaimed|acclaimed|well[ -](?:reviewed|rated|received)|highly[ -]rated|good reviews"
            r"|great reviews|top[ -]rated|critics loved?|best[ -](?:reviewed|rated))\b"
        ),
        "tomatometer",
        Range(low=80),
    ),
)
_ALIASES = {
    "tomatometer": r"tomatometer|rotten tomatoes|tomatoes",
    "metascore": r"metascore|metacritic",
    "oscars": r"oscars|academy awards",
    "oscar_nominations": r"oscar nominations",
}


def others(text: str, names: Collection[str]) -> list[Limit]:
    """Limits on any other number of the catalogue, by its name ("at least 80 on metacritic", "weight under 3")."""
    found = [
        Limit(match.start(), match.end(), number, limit)
        for pattern, number, limit in _AWARDS
        if number in names
        for match in pattern.finditer(text)
    ]
    for name in names:
        if name in {"year", "runtime"}:
            continue
        words = _ALIASES.get(name, re.escape(name.replace("_", " ")))
        figure = r"(?P<n>\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)\s*%?"
        near = rf"\b(?:{_BOUND}\s+{figure}\s*(?:(?:on|in|at|for|from)\s+)?(?:the )?(?:{words})\b)"
        for match in re.finditer(near, text):
            found.append(_bounded(match, name))
        for match in re.finditer(rf"\b(?:{words})\b\s*(?:score |rating )?(?:of |is |are )?{_BOUND}\s+{figure}", text):
            found.append(_bounded(match, name))
    return found


def _bounded(match: re.Match[str], name: str) -> Limit:
    value = float(WORDS.get(match["n"]) or match["n"])
    if match["le"]:
        limit = Range(high=value)
    elif match["lt"]:
        limit = Range(high=value - 1)
    elif match["ge"]:
        limit = Range(low=value)
    elif match["gt"]:
        limit = Range(low=value + 1)
    else:
        limit = Range(low=value, high=value)
    return Limit(match.start(), match.end(), name, limit)


_REFERENT = r"(?:that|it|this|those|them|these|the (?:first|second|third|last|other)(?: one)?|¤+)"
_COMPARED = {
    "older": ("year", True),
    "earlier": ("year", True),
    "newer": ("year", False),
    "later": ("year", False),
    "more recent": ("year", False),
    "shorter": ("runtime", True),
    "longer": ("runtime", False),
    "cheaper": ("price", True),
}
_RELATIVE = re.compile(
    rf"\b(?P<not>no |not |nothing )?(?P<word>{'|'.join(_COMPARED)})\b(?: (?:films?|movies?|ones?|stuff"
    rf"|things?|please))?(?P<than> than {_REFERENT})?"
)


def relatives(text: str) -> list[Relative]:
    """Comparisons with an item named or shown before ("older than that", "something shorter")."""
    found = []
    for match in _RELATIVE.finditer(text):
        rest = text[match.end() :]
        if match["not"] or (not match["than"] and re.match(r"\s*than\b|\s*(?:on|that|today|this week)\b", rest)):
            continue
        if not match["than"] and re.search(
            r"\b(?:or|and|see you|much|talk|when i (?:was|got)|i'?m|getting)\s+$", text[: match.start()]
        ):
            continue
        number, lower = _COMPARED[match["word"]]
        found.append(Relative(match.start(), match.end(), number, lower))
    return found


_COUNTED = (
    r"(?:films?|movies?|titles?|suggestions?|recommendations?|recs?|ideas?|options?|picks?|things?"
    r"|choices?|results?|books?|products?|comedies|thrillers|dramas|horrors|westerns|documentaries"
    r"|musicals|mysteries|romances|flicks|ones|of them|items?)"
)
_COUNT = re.compile(
    rf"\b(?:(?:top|best|first) (?P<a>\d{{1,2}}|{_WORD_N})\b(?!\s*(?:years?|minutes?|hours?))"
    rf"|(?P<b>\d{{1,2}}|{_WORD_N})\s+(?:(?!and\b|or\b|of\b)[\w'-]+\s+){{0,3}}?{_COUNTED}\b"
    rf"|(?:just|only|give me|show me|find me|recommend|suggest|name)(?: me)? (?P<c>\d{{1,2}}"
    rf"|{_WORD_N})(?=\s*(?:$|[.,!?;]|please|that|from|more|good|great|with|to)))"
)


def count(text: str) -> int | None:
    """How many items are asked for, if said ("three films", "top 5", "just one"); at most 50."""
    for match in _COUNT.finditer(text):
        word = match["a"] or match["b"] or match["c"]
        before = text[: match.start()]
        if match["b"] and re.search(
            r"\b(?:seen|watched|saw|loved|liked|enjoyed|hated|those|these|the|of|my|her|his|their)\s+(?:\w+\s+)?$",
            before,
        ):
            continue
        if match["b"] and word == "one" and not re.search(r"\b(?:just|only|exactly)\s+$", before):
            continue
        number = WORDS.get(word) if not word.isdigit() else int(word)
        if number and not re.match(r"[\s-]*(?:hours?|hrs?|min)", text[match.end(match.lastgroup or 0) :]):
            return min(number, 50)
    return None
