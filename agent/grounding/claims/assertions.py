"""Comparisons, superlatives, plots, fame and availability: what the evidence orders, or cannot hold."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.grounding.claims.base import YOU, Sentence

_ORDER: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "older": ("year", lambda a, b: a < b),
    "earlier": ("year", lambda a, b: a < b),
    "newer": ("year", lambda a, b: a > b),
    "later": ("year", lambda a, b: a > b),
    "more recent": ("year", lambda a, b: a > b),
    "longer": ("runtime", lambda a, b: a > b),
    "shorter": ("runtime", lambda a, b: a < b),
}

_SUPER: dict[str, tuple[str, bool]] = {
    "oldest": ("year", False),
    "earliest": ("year", False),
    "newest": ("year", True),
    "latest": ("year", True),
    "most recent": ("year", True),
    "longest": ("runtime", True),
    "shortest": ("runtime", False),
}

_SUPERLATIVE = re.compile(
    r"\b(?:oldest|earliest|newest|latest|most recent|longest|shortest|best|greatest|finest|worst|funniest"
    r"|scariest|darkest|tensest|highest|lowest|biggest|strongest|(?:most|least) (?!of\b|likely\b"
    r"|people\b)\w+)\b"
)

_FINE_SUPER = re.compile(
    r"\b(?:best (?:match(?:es)?|fit|bet|guess|of luck|wishes|picks?|suited)|at best|do my best|my best"
    r"|strongest (?:match|reason|part|signal|interest)|closest (?:match|fit)|most (?:of|likely|people)"
    r"|at (?:most|least)|biggest (?:part|share|reason|interest)|highest[- ]ranked|latest forecast)\b"
)


def comparisons(sentence: Sentence) -> None:
    """Comparatives between named items and superlatives among those shown."""
    low, evidence = sentence.low, sentence.evidence
    fine = [match.span() for match in _FINE_SUPER.finditer(low)]
    for match in re.finditer(r"\b(older|earlier|newer|later|more recent|longer|shorter)\b(?P<than> than\b)?", low):
        if not match["than"] or not sentence.free(*match.span()):
            continue
        subject = list(sentence.items_at(match.start()))
        other = next((link for link in sentence.links if link[0] >= match.end()), None)
        number, holds = _ORDER[match[1]]
        if other is not None:
            target = next((item for item in other[2] if item is not None), None)
            subject = [item for item in subject if target is None or item.id != target.id]
            ok = (
                bool(subject)
                and target is not None
                and all(
                    number in item.numbers
                    and number in target.numbers
                    and holds(item.numbers[number], target.numbers[number])
                    for item in subject
                )
            )
            sentence.add("comparison", *match.span(), ok)
        elif not re.match(
            r"\s*(?:\d|an?\b|one|two|three|the \d|the (?:rest|others?))", low[match.end() :]
        ) and not YOU.search(low):
            sentence.add("comparison", *match.span(), False)
    for match in re.finditer(
        r"\b(?:better|worse|funnier|scarier|darker|lighter|tenser|gentler|bigger|warmer|sharper|(?:more"
        r"|less) (?!than\b|of\b|like\b|to\b)\w+) than\b",
        low,
    ):
        if sentence.free(*match.span()) and not re.search(r"more than one\b", match[0]):
            sentence.add("comparison", *match.span(), False)
    for match in _SUPERLATIVE.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end) or any(left <= start < right for left, right in fine):
            continue
        rule = _SUPER.get(match[0])
        items = sentence.items_at(start)
        pool = list(evidence.shown or evidence.known)
        named = [item for link in sentence.links for item in link[2] if item is not None]
        if re.search(r"\bof the (?:two|pair)\b", low[end:]) and len(named) == 2:
            pool = named
        if (
            rule is None
            or len(items) != 1
            or len(pool) < 2
            or re.search(r"\b(?:ever|of all time|in the world|made)\b", low[end:])
        ):
            sentence.add("superlative", start, end, False)
            continue
        number, largest = rule
        figures = [item.numbers.get(number) for item in pool]
        mine = items[0].numbers.get(number)
        known = [figure for figure in figures if figure is not None]
        ok = (
            mine is not None
            and len(known) == len(figures)
            and mine == (max(known) if largest else min(known))
            and known.count(mine) == 1
        )
        sentence.add("superlative", start, end, ok)


_DENIED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "relation",
            r"\b(?:sequels?|prequels?|remakes?|reboot|adapt(?:ation|ed|s)(?: from| of)?|based on|inspired by"
            r"|franchise|trilogy|spin-?off|debut|follow-?up|first (?:film|feature)|last film|second film"
            r"|comic book|the novel|the book)\b",
        ),
        (
            "fame",
            r"\b(?:masterpiece|classics?|cult|iconic|legendary|beloved|famous|celebrated|blockbuster|box[- ]office"
            r"|smash|hit\b(?! me| the)|flop|best-?selling|groundbreaking|influential|renowned|must-see"
            r"|highly regarded|well-known|critically|all-time|universally|huge success|everyone (?:loves|loved)"
            r"|audiences|audience favourite)\b",
        ),
        (
            "availability",
            r"\b(?:streaming|stream(?:s|ed)? (?:on|it)|in (?:cinemas|theat(?:er|re)s)|on (?:dvd|blu-?ray|tv"
            r"|demand)|rent(?:al|ed)?\b|download|subscription|for free|available (?:on|to (?:rent|buy|stream))"
            r"|buy it)\b",
        ),
        (
            "plot",
            r"\b(?:follows|tells (?:the|a|of)|the (?:story|tale|plot) (?:of|follows|is|centres|revolves)|story of"
            r"|tale of|about an? (?!half|couple|hour|bit|third|quarter|minute|year)\w+|centres? (?:on|around)"
            r"|revolves around|set (?:in|on|aboard|during|at|against)|takes place|in which|plays an?\b|plays the"
            r"|who must|must (?:stop|save|find|face|fight|survive|solve)|discovers?|hunt(?:ed|s)? (?:down|by)"
            r"|trapped|haunted by|on the run|falls? (?:in love|for)|protagonist|hero(?:ine)?s?\b|villains?"
            r"|character[s']*\b|detective|killer|murder(?:er|ed|s)?|ending|finale|twist ending|final scene"
            r"|opening scene|scene|dies|killed|kidnapp\w+|crew|spaceship|family of)\b",
        ),
        (
            "craft",
            r"\b(?:soundtrack|cinematograph\w+|performances?|chemistry|visuals?|special effects|acting"
            r"|dialogues?(?! in\b)|script is|score by|shot (?:in|on)|filmed|camera\w*|costumes|choreograph\w+"
            r"|pacing|steals|acted)\b",
        ),
    )
)


def denied(sentence: Sentence) -> None:
    """Plots, fame, availability, craft and relations between films: the evidence holds none of these."""
    low, evidence = sentence.low, sentence.evidence
    for kind, pattern in _DENIED:
        for match in pattern.finditer(low):
            if not sentence.free(*match.span()):
                continue
            echoed = re.search(rf"\b{re.escape(match[0])}", evidence.heard) is not None and bool(
                YOU.search(low[: match.start()])
            )
            told = any(re.search(rf"\b{re.escape(match[0])}", text.casefold()) for text in evidence.statements)
            disclaimed = re.search(
                r"\b(?:don't|do not|can't|cannot|no|not|nothing|without|unable)\b[^,;]{0,40}$", low[: match.start()]
            ) and re.search(r"\b(?:i|i'm|we|my|here|catalogue)\b", low[: match.start()])
            if kind == "fame" and match[0] == "critically" and re.match(r" acclaimed", low[match.end() :]):
                continue
            own = sentence.tells(match[0], match.start())
            sentence.add(kind, *match.span(), bool(echoed or told or own or disclaimed))
    for match in re.finditer(
        r"\b(?:critically acclaimed|acclaimed|well[- ]reviewed|praised by critics|critics (?:loved|love|liked"
        r"|praised)|well received|strong reviews|good reviews|rave reviews|poorly reviewed|mixed reviews"
        r"|panned)\b",
        low,
    ):
        if not sentence.free(*match.span()):
            continue
        items = sentence.items_at(match.start())
        scores = [item.numbers.get("tomatometer", item.numbers.get("metascore")) for item in items]
        good = not re.search(r"poor|mixed|panned", match[0])
        ok = bool(scores) and all(score is not None and (score >= 75 if good else score < 60) for score in scores)
        sentence.add("reviews", *match.span(), ok or match[0] in evidence.heard)
