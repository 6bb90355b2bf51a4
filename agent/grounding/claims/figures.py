"""Claims about awards, counts, percentages, money and every other figure."""

from __future__ import annotations

import re

from agent.grounding.claims.base import NUMBER_WORDS, YOU, Sentence, spell
from agent.grounding.claims.genres import genre_words
from agent.lexicon import WORDS

_N = r"(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|no|any|several|many|multiple)"

_OSCARS = re.compile(
    rf"\b(?:(?P<nom>nominat\w+ (?:for )?|nominations? for )?{_N} (?P<mid>oscar "
    rf"|academy award )?(?P<what>oscars?|academy awards?|oscar nominations?|nominations?"
    rf"|statuettes?)\b(?P<after> nominations?)?|oscar[- ](?P<adj>winning|winner|nominated|nominee)s?"
    rf"|(?P<won>won|winner of|wins) (?:the |an )?oscars?\b|(?P<best>best (?:picture|director|film|actor"
    rf"|actress|screenplay))\b|\b(?P<award>award[- ]winning|awards?|prize[- ]winning|golden globes?"
    rf"|palme d'or|bafta\w*)\b)"
)


def awards(sentence: Sentence) -> None:
    """Oscars won and nominations; no other award is in the evidence."""
    for match in _OSCARS.finditer(sentence.low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        items = sentence.items_at(start)
        if _won_by_person(sentence, start):
            sentence.add("award", start, end, match[0] in sentence.evidence.heard)
            continue
        number = (
            "oscar_nominations"
            if match["nom"]
            or match["after"]
            or match["adj"] in {"nominated", "nominee"}
            or "nomination" in (match["what"] or "")
            else "oscars"
        )
        known = [item.numbers.get(number) for item in items]
        if match["best"] or not items:
            sentence.add("award", start, end, match[0] in sentence.evidence.heard)
        elif match["award"]:
            wins = [item.numbers.get("oscars", 0) for item in items]
            sentence.add("award", start, end, match["award"].startswith("award") and all(value >= 1 for value in wins))
        elif match["n"] and match["n"] not in {"a", "an", "any", "no", "several", "many", "multiple"}:
            figure = int(match["n"]) if match["n"].isdigit() else NUMBER_WORDS[match["n"]]
            supported = bool(known) and all(value == figure for value in known)
            repair = None
            if not supported and len(items) == 1 and known[0] is not None and known[0] >= 1:
                repair = spell(int(known[0]))
            sentence.add(
                "award", match.start("n") if repair else start, match.end("n") if repair else end, supported, repair
            )
            if repair:
                sentence.used.append((start, end))
                if (figure == 1) != (known[0] == 1):
                    sentence.claims[-1] = sentence.claims[-1].model_copy(update={"repair": None})
        elif match["n"] == "no":
            sentence.add("award", start, end, all(not value for value in known))
        elif match["n"] in {"several", "many", "multiple"}:
            sentence.add("award", start, end, all((value or 0) >= 2 for value in known))
        else:
            negated = re.search(r"\b(?:no|not|never|n't|without)\b[^,;]{0,12}$|n't (?:win|won) $", sentence.low[:start])
            has = all((value or 0) >= 1 for value in known)
            sentence.add("award", start, end, not any(value for value in known) if negated else has)


def _won_by_person(sentence: Sentence, position: int) -> bool:
    """Whether an award is said to be a person's own, which the evidence never holds."""
    before = re.sub(
        r"\s+(?:has|had|have|was|were|also|both|even|won|received|got|earned|nominated|for|took|home|his|her|their)\b",
        "",
        sentence.low[:position].rstrip(),
    )
    return any(before.rstrip().endswith(person) for person in sentence.evidence.people)


_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)")

_COUNTED = re.compile(
    r"\b(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|a couple of|twelve)\s+(?:(?!of\b|and\b"
    r"|or\b|more\b|years?\b)[\w'-]+\s+){0,3}?(?P<what>films?|movies?|titles?|picks?|suggestions?"
    r"|recommendations?|options?|ideas?|choices?|comedies|thrillers|dramas|horrors?|westerns|musicals"
    r"|documentaries|mysteries|romances|adventures|classics|gems)\b"
)

_MONEY = re.compile(
    r"[£$€]\s?\d[\d.,]*(?:\s?(?:m|million|bn|billion|k))?\b|\b\d[\d.,]*\s?(?:million|billion|pounds|dollars|euros)\b"
)

_SCORE = re.compile(r"\b\d{1,3}(?:\.\d)?\s*(?:/|out of)\s*(?:5|10|100)\b|\b\d(?:\.\d)? stars?\b")

_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w])")


def numbers(sentence: Sentence) -> None:
    """Percentages, counts, money, scores and every other figure; a figure from nowhere is unsupported."""
    evidence, low = sentence.evidence, sentence.low
    for match in _MONEY.finditer(low):
        if sentence.free(*match.span()):
            sentence.add("money", *match.span(), match[0] in evidence.heard or _money(sentence, match))
    for match in _PERCENT.finditer(low):
        if sentence.free(*match.span()):
            sentence.add("percent", *match.span(), _percent(sentence, match))
    for match in _SCORE.finditer(low):
        if sentence.free(*match.span()):
            sentence.add("score", *match.span(), match[0] in evidence.heard)
    inviting = re.match(r"(?:name|tell me|give me|mention|would you|do you|shall|want|say)\b", low) is not None
    for match in _COUNTED.finditer(low):
        start, end = match.start("n"), match.end("n")
        if inviting or not sentence.free(start, end):
            continue
        word = match["n"]
        figure = int(word) if word.isdigit() else WORDS[word]
        allowed = {len(evidence.shown), len([link for link in sentence.links if link[2] != (None,)]) or -1}
        own = bool(YOU.search(low[:start]))
        if own and re.search(rf"\b{re.escape(word)}\b", evidence.heard):
            allowed.add(figure)
        repair = None
        if evidence.shown and not own and len(evidence.shown) > 1:
            repair = spell(len(evidence.shown)) if not word.isdigit() else str(len(evidence.shown))
            repair = repair.capitalize() if sentence.text[start].isupper() else repair
        sentence.add("count", start, end, figure in allowed, None if figure in allowed else repair)
    for match in re.finditer(r"^\s*\d{1,2}[.)]\s|\b(?:number|no\.|#)\s?\d\b", low):
        sentence.used.append(match.span())
    for match in _FIGURE.finditer(low):
        if sentence.free(*match.span()):
            told = re.search(rf"(?<!\d){re.escape(match[0])}(?!\d)", evidence.heard) is not None
            timed = sentence.items_at(match.start()) if re.search(r"\b(?:minutes|runs)\b", low) else []
            runs = bool(timed) and all(f"{item.numbers.get('runtime', -1):.0f}" == match[0] for item in timed)
            error = evidence.forecast.backtest_error if evidence.forecast else None
            tested = error is not None and f"{error:.2f}" == match[0] and "error" in low
            sentence.add("number", *match.span(), told or runs or tested)


def _percent(sentence: Sentence, match: re.Match[str]) -> bool:
    evidence, figure = sentence.evidence, float(match[1])
    if f"{match[1]}" in evidence.heard and re.search(rf"\b{re.escape(match[1])}\s?(?:%|per ?cent)", evidence.heard):
        return True
    items = sentence.items_at(match.start())
    critics = re.search(r"critic|tomato|review|score|fresh|approv", sentence.low)
    if critics and items:
        return all(round(item.numbers.get("tomatometer", -1)) == figure for item in items)
    if evidence.forecast is None or not evidence.forecast.shares:
        return False
    genres = {genre.casefold() for _, _, values, _ in genre_words(sentence.low) for genre in values}
    last = evidence.forecast.shares
    for horizon in range(len(last)):
        for topic, share, low80, high80 in zip(
            evidence.forecast.topics,
            last[horizon],
            evidence.forecast.lo80[horizon],
            evidence.forecast.hi80[horizon],
            strict=True,
        ):
            if genres and topic.partition(":")[2].casefold() not in genres:
                continue
            if any(abs(100 * value - figure) <= 0.51 for value in (share, low80, high80)):
                return True
    return False


def _money(sentence: Sentence, match: re.Match[str]) -> bool:
    digits = re.search(r"\d[\d.,]*", match[0])
    if digits is None:
        return False
    value = float(digits[0].rstrip(".,").replace(",", ""))
    scale = 1e9 if re.search(r"bn|billion", match[0]) else 1e6 if re.search(r"m\b|million", match[0]) else 1.0
    value *= scale
    items = sentence.items_at(match.start())
    for item in items:
        for number in ("price", "box_office"):
            known = item.numbers.get(number)
            if known is not None and abs(known - value) <= (0.02 * known if scale > 1 else 0.005):
                return True
    limit = sentence.evidence.constraints.ranges.get("price")
    return limit is not None and any(
        bound is not None and abs(bound - value) <= 0.02 for bound in (limit.low, limit.high)
    )
