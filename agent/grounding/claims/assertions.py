"""Plots, fame, availability, craft and reviews: what the evidence cannot hold, or holds as a score alone."""

from __future__ import annotations

import re

from agent.grounding.claims.base import YOU, Sentence

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
            r"|audiences|audience favourite|(?:ahead|before) of its time|ahead of its|a (?:huge |big )?star\b"
            r"|surprise success)\b",
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
            r"|opening scene|scene|ends? (?:happily|badly|well|sadly|with|in)|dies|killed|kidnapp\w+|crew"
            r"|spaceship|family of)\b",
        ),
        (
            "craft",
            r"\b(?:soundtrack|cinematograph\w+|performances?|chemistry|visuals?|special effects|acting"
            r"|dialogues?(?! in\b)|script is|score by|shot (?:in|on)|filmed|camera\w*|costumes|choreograph\w+"
            r"|pacing|(?:is|was|are|were) (?!also|not|both|all|among|credited|each|part)\w+ in (?:it|this one)\b"
            r"|steals|acted|(?:mak|leav|keep|hav)(?:es?|ing|s)? you (?!can|could|might|may|will|would"
            r"|should)\w+)\b",
        ),
    )
)


def denied(sentence: Sentence) -> None:
    """Plots, fame, availability, craft and relations between films: the evidence holds none of these."""
    low, evidence = sentence.masked, sentence.evidence
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
            behind = re.match(r"(?: [\w'-]+){0,2}", low[match.end() :]) if kind == "relation" else None
            own = sentence.tells(match[0] + (behind[0] if behind else ""), match.start())
            sentence.add(kind, *match.span(), bool(echoed or told or own or disclaimed))
    for match in re.finditer(
        r"\b(?:critically acclaimed|acclaimed|well[- ]reviewed|praised by critics|critics (?:loved|love|liked"
        r"|praised)|well received|strong reviews|good reviews|rave reviews|poorly reviewed|mixed reviews"
        r"|panned)\b",
        low,
    ):
        if not sentence.free(*match.span()) or re.search(r"(?:%|per ?cent) of (?:the )?$", low[: match.start()]):
            continue
        items = sentence.items_at(match.start())
        scores = [item.numbers.get("tomatometer", item.numbers.get("metascore")) for item in items]
        good = not re.search(r"poor|mixed|panned", match[0])
        ok = bool(scores) and all(score is not None and (score >= 75 if good else score < 60) for score in scores)
        sentence.add("reviews", *match.span(), ok or match[0] in evidence.heard)
