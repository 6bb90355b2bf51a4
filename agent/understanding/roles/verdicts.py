"""Verdicts on a title: adjectives, ratings, stars and thumbs, with their strength."""

from __future__ import annotations

import re

from agent.lexicon import BLAME, PRAISE, TELLING, alternatives

_PRAISE_WORDS, _BLAME_WORDS, _TELLING_WORDS = alternatives(PRAISE), alternatives(BLAME), alternatives(TELLING)

_COPULA = (
    r"(?:is|was|were|are|'s|felt|seemed|looked|sounded|found (?:it|them|that)?|thought (?:it|that"
    r"|they)? ?(?:was|were)?|been|being|has been|isn'?t|wasn'?t|weren'?t|aren'?t|ain'?t)"
)

_DEGREE = (
    r"(?:(?:what an?|another|by far|hands down|definitely|always|one of the most|one|still|all that|that|as"
    r"|particularly|exactly|a|an|so|very|really|just|pretty|quite|absolutely|truly|such|such a|too|totally|rather"
    r"|kind of"
    r"|kinda|a bit|a little|bit|also|simply|fairly|incredibly|extremely|utterly|completely|super|probably"
    r"|honestly|one of the|the|total|complete|absolute|real|all|both|actually|my) )*"
)

VERDICT = re.compile(
    rf"(?:(?:\b|(?<=¤)){_COPULA}|(?<=\bthat)s|(?<=\bit)s)\s+(?P<neg>(?:not|never|no|n'?t|nowhere near"
    rf"|hardly)\s+)?{_DEGREE}(?:(?P<good>{_PRAISE_WORDS})|(?P<bad>{_BLAME_WORDS})"
    rf"|(?P<telling>{_TELLING_WORDS})"
    rf"|(?P<fav>(?:all[- ]time )?favou?rites?|the best|best (?:films?|movies?))\b)(?![\w-])"
    rf"|(?:^|[,:;(–—-]\s*|(?<=¤)\s+)(?P<neg2>not\s+(?!too )|never\s+)?{_DEGREE}(?:(?P<good2>{_PRAISE_WORDS})"
    rf"|(?P<bad2>{_BLAME_WORDS}))(?=\s*(?:$|[,.!?;)]|film|movie|stuff|though|but\b|and (?:¤|i )))"
    rf"|(?P<rated>(?<![\w.])(?P<score>\d{{1,3}}(?:[.,]\d)?)\s*(?:/|out of)\s*(?P<scale>5|10|100)\b)"
    rf"|(?P<stars>(?<![\w.])(?P<n>[0-5](?:[.,]5)?|zero|one|two|three|four|five)[ -]stars?\b)|(?P<glyphs>★+)"
    rf"|(?P<thumb>\bthumbs (?:up|down)\b|👍|👎|❤️?)"
)

_STARS = {"zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}


def verdict_value(match: re.Match[str]) -> tuple[float, bool]:
    """The strength of a verdict in [-1, 1], and whether it is a rating in figures."""
    if match["rated"]:
        scale = float(match["scale"])
        score = float(match["score"].replace(",", "."))
        return max(-1.0, min(1.0, (score - scale / 2) / (scale / 2))), True
    if match["stars"]:
        stars = _STARS.get(match["n"]) if match["n"] in _STARS else float(match["n"].replace(",", "."))
        return max(-1.0, min(1.0, ((stars or 0.0) - 2.75) / 2.25)), True
    if match["glyphs"]:
        return max(-1.0, min(1.0, (len(match["glyphs"]) - 2.75) / 2.25)), True
    if match["thumb"]:
        return (-0.7 if "down" in match["thumb"] or "👎" in match["thumb"] else 0.7), False
    if match["fav"]:
        value = 1.0
    elif match["telling"]:
        value = TELLING[_plain(match["telling"], TELLING)]
    elif match["good"] or match["good2"]:
        value = PRAISE[_plain(match["good"] or match["good2"], PRAISE)]
    else:
        value = BLAME[_plain(match["bad"] or match["bad2"], BLAME)]
    negated = match["neg"] or match["neg2"] or re.match(r"(?:is|was|were|are|ai)n'?t\b", match[0])
    if negated:
        value = -0.5 if value > 0 else 0.3
    return value, False


def _plain(word: str, table: dict[str, float]) -> str:
    plain = re.sub(r"[\s-]+", " ", word)
    return plain if plain in table else next(key for key in table if re.sub(r"[\s-]+", " ", key) == plain)
