"""Claims about the person: what they liked or saw, and where their interests head."""

from __future__ import annotations

import re

from agent.grounding.claims.base import CLAUSE, Claim, Sentence
from agent.grounding.claims.genres import genre_words

_HISTORY = re.compile(
    r"\byou(?:'ve| have| had)?(?: also| already| really| just| both| once| recently)*(?P<not> didn't"
    r"| don't| did not| haven't| never| have not)?(?: really| much)? (?P<verb>liked?|loved?|enjoyed?"
    r"|adored?|hated?|disliked?|saw|seen|watched?|rated|praised|mentioned|named|finished|gave)\b"
)


def history(sentence: Sentence) -> None:
    """Statements about what the person liked, hated or saw, by title."""
    evidence, low = sentence.evidence, sentence.low
    sets = {
        "like": {title.casefold() for title in evidence.liked},
        "dislike": {title.casefold() for title in evidence.disliked},
        "seen": {title.casefold() for title in evidence.seen},
    }
    for match in _HISTORY.finditer(low):
        if re.search(
            r"\b(?:if|would|might|may|could|will|think|whether|that|hope|sure|did|do|have|ones|what|anything|films"
            r"|one) $",
            low[: match.start()],
        ) and not re.search(r"because|since|as", low[: match.start()]):
            continue
        negative = bool(match["not"])
        verb = match["verb"]
        if verb.startswith(("hate", "dislike")):
            sort = "like" if negative else "dislike"
        elif verb.startswith(("like", "love", "enjoy", "adore", "praise")):
            sort = "dislike" if negative else "like"
        else:
            sort = "seen"
        for start, end in _objects(sentence, match.end()):
            gap = low[match.end() : start]
            if re.search(r"[;]|\b(?:is|it|so|try|but|here|might|will|fits?|suits?|should|i)\b", gap):
                continue
            title = low[start:end]
            known = sets["like"] | sets["dislike"] | sets["seen"] if sort == "seen" else sets[sort]
            told = any(
                title in text.casefold() and re.search(_TOLD[sort], text.casefold()) for text in evidence.statements
            )
            supported = (title in known) != (negative and sort == "seen") or told
            sentence.claims.append(
                Claim(
                    kind="history",
                    text=sentence.text[match.start() : end],
                    start=match.start(),
                    end=end,
                    supported=supported,
                )
            )
    for match in re.finditer(
        r"\b(?:because of|thanks to|given|based on|after|in light of|like) (?:your (?:love|liking) (?:of|for)"
        r"|you(?:r)? (?:liked|loved))\b",
        low,
    ):
        for start, end, _ in sentence.links:
            if start >= match.end() and len(low[match.end() : start]) < 6:
                sentence.claims.append(
                    Claim(
                        kind="history",
                        text=sentence.text[match.start() : end],
                        start=match.start(),
                        end=end,
                        supported=low[start:end] in sets["like"],
                    )
                )


def _objects(sentence: Sentence, position: int) -> list[tuple[int, int]]:
    """Titles that follow a verb as its objects: one, or a list closed by "and"."""
    after = [(start, end) for start, end, _ in sentence.links if start >= position]
    for index in range(1, len(after)):
        gap = sentence.low[after[index - 1][1] : after[index][0]]
        closing = [sentence.low[after[i - 1][1] : after[i][0]] for i in range(index, len(after))]
        joined = re.fullmatch(r"\s*,?\s*(?:and|or|&)\s*", gap) is not None
        listed = re.fullmatch(r"\s*,\s*", gap) and any(re.fullmatch(r"\s*,?\s*and\s*", later) for later in closing[1:])
        if not joined and not listed:
            return after[:index]
    return after


_TOLD = {
    "like": r"\b(?:like|love|enjoy|adore|rated|favourite)",
    "dislike": r"\b(?:hate|dislike|didn't|not for)",
    "seen": r"\b(?:seen|saw|watch|rated|like|love)",
}

_TREND = re.compile(
    r"\b(?:(?P<up>rising|growing|increas\w+|on the rise|gaining|climbing|going up|warming|picking up"
    r"|up from|heading (?:up|towards?)|leaning (?:more )?(?:towards?|into)|drifting (?:towards?|to)"
    r"|moving (?:towards?|to)|more and more|getting (?:more )?into|stronger|surg\w+|rises?|grow|grew"
    r"|towards?)"
    r"|(?P<down>fading|falling|declin\w+|cooling|dropping|shrinking|waning|going down|losing|slipping"
    r"|less and less|away from|on the way out|weaker|fades?|decreas\w+|drops?))\b"
)

_TREND_CONTEXT = re.compile(
    r"\b(?:interests?|tastes?|share|forecast|timeline|lately|months?|weeks?|you(?:'re|r| are)?|heading|drift\w*)\b"
)


def trends(sentence: Sentence) -> None:
    """Forecast claims: what rises and what fades must be what the forecast says."""
    evidence, low = sentence.evidence, sentence.low
    if not _TREND_CONTEXT.search(low) or sentence.links:
        return
    words = [(start, end, values) for start, end, values, _ in genre_words(low) if sentence.free(start, end)]
    cues = [cue for cue in _TREND.finditer(low) if sentence.free(*cue.span())]
    if not cues or not words:
        if cues and not words and evidence.forecast is None and re.search(r"\byour (?:tastes?|interests?)\b", low):
            sentence.add("forecast", *cues[0].span(), False)
        return
    forecast = evidence.forecast
    rising = {topic.partition(":")[2].casefold() for topic in (forecast.rising if forecast else ())}
    fading = {topic.partition(":")[2].casefold() for topic in (forecast.fading if forecast else ())}
    for start, end, values in words:
        cue = min(
            cues,
            key=lambda match: (
                min(abs(match.start() - end), abs(start - match.end()))
                + (8 if CLAUSE.search(low, min(match.end(), end), max(match.start(), start)) else 0)
            ),
        )
        wanted = rising if cue["up"] else fading
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
