"""Claims about what the person liked, refused or saw, and about the taste of others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.grounding.claims.base import Claim, Sentence
from agent.grounding.claims.genres import genre_words
from agent.lexicon import NATIONS
from core.types import EventKind

_HISTORY = re.compile(
    r"\byou(?:'ve| have| had)?(?: also| already| really| just| both| once| recently)*(?P<not> didn't"
    r"| don't| did not| haven't| never| have not)?(?: really| much)? (?P<verb>liked?|loved?|enjoyed?"
    r"|adored?|hated?|disliked?|saw|seen|watched?|rated|bought|purchased|praised|mentioned|named|finished|gave)\b"
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
        judged = re.match(r"[^.;]*?\b(?P<how>low|lowly|poorly|badly|highly|well|high)\b", low[match.end() :])
        if verb == "rated" and judged:
            sort = "dislike" if judged["how"] in {"low", "lowly", "poorly", "badly"} else "like"
        for start, end in _objects(sentence, match.end()) or _meant(sentence, match.end()):
            gap = low[match.end() : start]
            if re.search(r"[;]|\b(?:is|it|so|try|but|here|might|will|fits?|suits?|should|i)\b", gap):
                continue
            title = low[start:end]
            end = max(end, match.end())
            known = sets["like"] | sets["dislike"] | sets["seen"] if sort == "seen" else sets[sort]
            told = any(_told(sort, title, text.casefold()) for text in evidence.statements)
            supported = (title in known) != (negative and sort == "seen") or told
            if verb in {"bought", "purchased"} and not told:
                kinds = {each.kind for each in evidence.carriers if each.title and each.title.casefold() == title}
                heard = re.search(rf"\b(?:bought|purchased)\b.*{re.escape(title)}", evidence.heard)
                supported = EventKind.PURCHASE in kinds or heard is not None
            sentence.claims.append(
                Claim(
                    kind="history",
                    text=sentence.text[match.start() : end],
                    start=match.start(),
                    end=end,
                    supported=supported,
                )
            )
        _unlinked(sentence, match, sort)
    _suited(sentence, sets)
    _others(sentence, sets)
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


_FAN = re.compile(r"\b(?:fans?|lover|admirer) of (?:the )?$")

_SUITED = re.compile(
    r"^(?: really| also)? (?:(?:is|was) (?:one of |among )?your (?:\w+ )?favou?rites?\b|(?P<no>wasn't for"
    r"|was not for|isn't for|didn't (?:work|click|land)(?: for| with)?"
    r"|did not work for"
    r"|left) (?:you\b(?: cold)?)|(?:worked|clicked|landed|went down well|hit home|was (?:one|a (?:hit|favourite)))"
    r"(?: so| very)?(?: well)? (?:for|with) you\b)"
)


def _suited(sentence: Sentence, sets: Mapping[str, set[str]]) -> None:
    """ "Fargo worked for you", "Grease wasn't for you": a verdict with the title as its subject."""
    for start, end, _ in sentence.links:
        fan = _FAN.search(sentence.low[:start])
        if fan:
            sentence.add("history", fan.start(), start, sentence.low[start:end] in sets["like"])
        match = _SUITED.match(sentence.low[end:])
        if match:
            known = sets["dislike" if match["no"] else "like"]
            sentence.add("history", end, end + match.end(), sentence.low[start:end] in known)


_OTHERS = re.compile(
    r"\b(?:(?:your|their|his|her|most|many|some|other|all) )?(?P<who>friends?|kids|children|family|partner|wife"
    r"|husband|son"
    r"|daughter|mother|father|people|others|viewers|customers|users|fans|everyone|everybody|audiences|they|he|she)"
    r"(?: (?:also|all|really|already|who|like you|have|has|had|would|will))* "
    r"(?P<verb>liked?|loved?|loves|likes|enjoy(?:ed|s)?|adored?|hated?|disliked?|seen|saw|watched|rated|bought"
    r"|drifted|prefer\w*)\b"
)


def _others(sentence: Sentence, sets: Mapping[str, set[str]]) -> None:
    """What is said of other people's taste: known only where the person told it of a title."""
    low, evidence = sentence.low, sentence.evidence
    for match in _OTHERS.finditer(low):
        if not sentence.free(*match.span()) or re.search(r"\b(?:if|whether|hope|which of \w+) $", low[: match.start()]):
            continue
        titles = [low[start:end] for start, end, _ in sentence.links if start >= match.end()]
        name = _NAME.match(sentence.text, match.end())
        if not titles and name:
            titles = [name["name"].rstrip(".:,").casefold()]
        pronoun = match["who"] in {"they", "he", "she"}
        told = pronoun or re.search(rf"\b{match['who']}\b", evidence.heard) is not None
        known = set().union(*sets.values(), (each for each in titles if each in evidence.heard))
        asking = re.match(r"(?:i don't know|tell me|let me know|do|did|have)\b", low) is not None or low.endswith("?")
        sentence.add(
            "others", *match.span(), asking or (told and bool(titles) and all(each in known for each in titles))
        )


_NAME = re.compile(
    r" (?:both )?(?P<name>(?:The |A )?[A-ZÀ-Ý0-9][\w'’:.-]*(?: (?:(?:of|the|and|to|in|a) )*[A-ZÀ-Ý0-9][\w'’:.-]*)*)"
)
_SAID = {
    "like": r"\b(?:lov|lik|enjoy|ador|favou?rite|great|fan)\w*",
    "dislike": r"\b(?:hat|dislik|not|awful|bad|bor)\w*|n't",
    "seen": r"\b(?:s[ea]w|seen|watch|lov|lik|hat|enjoy)\w*",
}


def _unlinked(sentence: Sentence, match: re.Match[str], sort: str) -> None:
    """A name of the person's own words that is no title of the evidence: the verdict must be theirs too."""
    found = _NAME.match(sentence.text, match.end())
    if found is None or any(start < found.end() and found.start() < end for start, end, _ in sentence.links):
        return
    name = found["name"].rstrip(".:").casefold()
    words = [value.casefold() for _, _, values, _ in genre_words(name) for value in values]
    if name in sentence.evidence.people or words or name in NATIONS:
        return
    unlike = r"(?:n't|\bnot|\bnever|\bhate\w*|\bdislike\w*)[^.!?]*"
    said = [part.casefold() for part in sentence.evidence.said if name in part.casefold()]
    own = any(
        re.search(rf"(?:{_SAID[sort]})[^.!?]*{re.escape(name)}", part)
        and not (sort == "like" and re.search(unlike + re.escape(name), part))
        for part in said
    )
    told = any(_told(sort, name, text.casefold()) for text in sentence.evidence.statements)
    sentence.claims.append(
        Claim(
            kind="history",
            text=sentence.text[match.start() : found.end()],
            start=match.start(),
            end=found.end(),
            supported=own or told,
        )
    )


def _meant(sentence: Sentence, position: int) -> list[tuple[int, int]]:
    """The title that "it" means in "Top Gun is not here, as you didn't like it"."""
    if not re.match(r" (?:it|that one|that)\b", sentence.low[position:]):
        return []
    return [(start, end) for start, end, _ in sentence.links if end <= position][-1:]


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


_LIKED = re.compile(r"\byou(?:'ve)? (?:\w+ )?(?:liked?|loved?|enjoyed|adored|rated)\b|\bfavourite")
_REFUSED = re.compile(r"\bnot\b|n't\b|\b(?:hated?|disliked?|low)\b")
_MET = re.compile(r"\byou(?:'ve)?\b.*\b(?:seen|saw|watch\w*|rated|took up|liked?|loved?|latest)\b|\byour latest\b")


def _told(sort: str, title: str, text: str) -> bool:
    """Whether a tool's sentence says of a title that the person liked, refused or met it."""
    if title not in text:
        return False
    if sort == "seen":
        return _MET.search(text) is not None
    return (_LIKED if sort == "like" else _REFUSED).search(text) is not None and (
        sort == "dislike" or _REFUSED.search(text) is None
    )
