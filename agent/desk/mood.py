"""How somebody sounds, by a small lexicon with negation and degree; each judgement names the sentence it rests on.

A sentence is the sum of its cues, strengthened or weakened by the words before them and turned by a negation. What
somebody thinks of a film or a product is taste and no mood, so quoted tastes are left out before reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.desk import Mood, MoodLabel

_PLEASED = {
    1.0: "thanks|thank you|thankyou|cheers|appreciate|helpful|helps? (?:a lot|me)|good|nice|glad|fine work"
    "|well done|kind of"
    " you|kind|works (?:well|fine|now)|worked|sorted|saved my|exactly what i|just what i|grateful|pleased"
    "|quick|merci|danke"
    "|grazie|gracias|谢谢",
    1.5: "great|happy|happier|lovely|love how|love it|perfect(?:ly)?|brilliant|impressed|delighted|better"
    "|superb|thrilled",
    2.0: "wonderful|awesome|amazing|fantastic|excellent|the best|outstanding",
}
_DISPLEASED = {
    1.0: "annoy(?:ed|ing|s)?|disappoint(?:ed|ing|ment)?|unhappy|frustrat(?:ed|ing|ion)?|slow|broken?|broke"
    "|crash(?:es|ed|ing)?"
    "|damaged|missing|wrong (?:item|order|one|size|product|colou?r|film|thing)|bad|poor|late|tired of"
    "|(?:still|been) waiting"
    "|does ?n[o']?t work|do ?n[o']?t work|not work(?:ing)?|did ?n[o']?t work|nobody (?:answers|replies|helps"
    "|cares)|no (?:answer|reply)"
    "|(?:second|third|fourth|fifth|tenth|hundredth) time|how many times|i(?:'ve| have)? already (?:told|said"
    "|asked|explained)"
    "|(?:explain|say|repeat|ask) (?:this|it|that|myself)? ?(?:all over )?again|you keep|keeps? \\w+ing|takes? "
    "so long|taking so long"
    "|not what i (?:asked|wanted|ordered|said)|expected (?:better|more)|again the|not helping|waste"
    "|inconvenient|irritat(?:ed|ing)"
    "|why (?:is|does|do|did) (?:this|it|nobody|no one)|never (?:arrived|came|works?|answers?)|is (?:this"
    "|that) all|unreliable",
    2.0: "terribl[ey]|awful|horribl[ey]|useless|ridiculous|unbelievable|pathetic|nonsense|rubbish|what a joke"
    "|incompetent|rude|insulting|worse|fed up|sick of|enough of (?:this|that|you|it)|had enough|wast(?:e|ing) "
    "(?:of )?my time|lie[sd]?|lying",
    3.0: "kidding me|you (?:people |guys |all )?(?:are|'re) (?:all )?(?:useless|pathetic|incompetent|a joke)"
    "|unacceptable|furious|angry|outrag(?:ed|eous)|disgrace(?:ful)?|disgusting|disgusted|worst|hate (?:this"
    "|you|your|it)"
    "|scam(?:mers?)?|thieves|stole|rip[- ]?off|shut up|go to hell|screw you|damn|hell|idiots?|stupid|never "
    "(?:buy|order|shop|come|use)"
    "|demand|appalling|livid|bullshit|f\\*+k?|fuck(?:ing)?|shit|crap",
}
_CONFUSED = {
    1.5: "confus(?:ed|ing|es)|puzzled|makes? no sense|no idea|(?:do|did|can|could)(?: not|n't) (?:understand"
    "|get it|follow|find|see (?:how|where))"
    "|(?:what|how) (?:do|does|did) (?:you|that|this|it) mean|what(?:'s| is) that supposed|supposed to work"
    "|i(?:'m| am) lost|lost here"
    "|not (?:clear|sure (?:what|how|which|i follow|where|why))|unclear|huh|explain that again|what you "
    "(?:mean|want from)|don't know (?:what|how|which|where)",
}
_DEGREES = (
    (
        1.5,
        "very|so|really|extremely|absolutely|completely|totally|utterly|incredibly|such|too|complete|absolute"
        "|total|right",
    ),
    (0.6, "a bit|a little|slightly|somewhat|rather|kind of|fairly|quite"),
)
_NOT = re.compile(
    r"\b(?:not|no|never|nothing|hardly|without|n't|isn't|wasn't|aren't|don't|doesn't|didn't|can't|cannot"
    r"|couldn't|won't)\b"
    r"(?:\W+\w+){0,3}\W*$|\w+n't(?:\W+\w+){0,3}\W*$"
)
_BETTER = re.compile(
    r"(?:couldn't|could not|can't|cannot) (?:be|have been|get) (?:any )?(?:happier|better|more (?:pleased|happy))"
)
_ASKING = re.compile(
    r"\b(?:recommend|suggest|looking for|find me|show me|some(?:thing|one) (?!is|was|went|has|broke)|anything"
    r"|films?|movies?"
    r"|in the mood|i(?: want| need| would like|'d like) (?:an?|some)|more like|tonight|one with|stor(?:y|ies) about)\b"
)
_QUALITIES = re.compile(
    r"good|nice|great|happ|lovely|perfect|brilliant|better|superb|wonderful|awesome|amazing|fantastic"
    r"|excellent|the best"
    r"|outstanding|kind|quick|slow|bro[kw]|crash|missing|bad|poor|late|terrib|awful|horrib|ridic|pathetic"
    r"|rude|worse|worst"
    r"|lie|lying|angry|furious|stole|thie|hell|damn|idiot|stupid|scam|disgust|crap|shit|outrag|useless"
)
"""Words that say of what kind something asked for should be ("a good thriller") and nothing of who asks."""
_BOUNDARY = re.compile(r"[,;:]|\b(?:but|and|though|because)\b")
_SENTENCE = re.compile(r"[^.!?\n。！？]+[.!?\n。！？]*")
_TURNED = 0.6
"""What is left of a cue that is negated, on the other side: "not happy" is less than unhappy, "not bad" barely good."""
_SHARP = 3.0
"""Displeasure from which it is anger."""
_RECENT, _FADING = 6, 0.6


def _compiled(table: dict[float, str]) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((weight, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for weight, words in table.items())


_CUES = (("good", _compiled(_PLEASED)), ("bad", _compiled(_DISPLEASED)), ("lost", _compiled(_CONFUSED)))
_DEGREE = tuple((factor, re.compile(rf"(?<!\w)(?:{words})\W+(?:\w+\W+)?$")) for factor, words in _DEGREES)


def mood_of(texts: Sequence[str], tastes: Iterable[str] = ()) -> Mood:
    """The mood of a conversation: of its latest messages, each counting less than the one after it.

    Args:
        texts: what the customer said, in time order.
        tastes: words that are an opinion of an item and no mood.
    """
    opinions = sorted({taste.casefold() for taste in tastes if len(taste.split()) > 1}, key=len, reverse=True)
    good = bad = lost = 0.0
    told: list[tuple[float, str, str]] = []
    weight = 1.0
    for text in [text for text in texts if text.strip()][-_RECENT:][::-1]:
        for sentence, sums in _sentences(text, opinions):
            good, bad, lost = good + weight * sums["good"], bad + weight * sums["bad"], lost + weight * sums["lost"]
            told += [(weight * strength, side, sentence) for side, strength in sums.items() if strength > 0]
        weight *= _FADING
    label, side = _label(good, bad, lost)
    quote = max((entry for entry in told if entry[1] == side), default=(0.0, "", ""))[2]
    total = good - bad - 0.25 * lost
    return Mood(label=label, score=round(total / (1.5 + abs(total)), 2), quote=quote)


def _label(good: float, bad: float, lost: float) -> tuple[MoodLabel, str]:
    if bad >= _SHARP and bad > good:
        return "angry", "bad"
    if lost > 0 and lost >= bad and lost >= good:
        return "confused", "lost"
    if bad >= 0.6 and bad >= good:
        return "annoyed", "bad"
    return ("pleased", "good") if good >= 0.8 and good > bad else ("calm", "")


def _sentences(text: str, opinions: Sequence[str]) -> Iterable[tuple[str, dict[str, float]]]:
    for match in _SENTENCE.finditer(text.replace("’", "'")):
        sentence = match[0].strip()
        low = sentence.casefold()
        for opinion in opinions:
            low = low.replace(opinion, " ")
        sums = _sums(low)
        loud = 1.5 if _shouted(sentence) else 1.0
        loud *= 1.3 if "!" in sentence and sums["bad"] else 1.0
        yield sentence, {side: value * loud for side, value in sums.items()}


def _sums(low: str) -> dict[str, float]:
    sums = {"good": 0.0, "bad": 0.0, "lost": 0.0}
    better = _BETTER.search(low)
    if better:
        sums["good"] += 2.0
        low = low[: better.start()] + low[better.end() :]
    asking = _ASKING.search(low) is not None
    for side, cues in _CUES:
        for weight, pattern in cues:
            for found in pattern.finditer(low):
                if asking and _QUALITIES.match(found[0]):
                    continue
                before = _BOUNDARY.split(low[: found.start()])[-1]
                strength = weight
                for factor, degree in _DEGREE:
                    strength *= factor if degree.search(before) else 1.0
                if side != "lost" and not found[0].startswith(("not", "no", "never")) and _NOT.search(before):
                    if side == "good":
                        sums["bad"] += _TURNED * max(strength, 1.0) + 0.2
                    continue  # what is denied to be bad is not said to be good
                sums[side] += strength
    return sums


def _shouted(sentence: str) -> bool:
    letters = [char for char in sentence if char.isalpha()]
    return len(letters) >= 8 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
