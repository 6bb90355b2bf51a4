"""Claims about awards, counts, percentages, money and every other figure."""

from __future__ import annotations

import re
from functools import partial

from agent.grounding.claims.base import NUMBER, NUMBER_WORDS, Sentence, spell, value_of
from agent.grounding.claims.genres import genre_words
from agent.grounding.claims.scopes import holds_at, pool, scope_at
from agent.grounding.evidence import PEOPLE, Facts
from agent.lexicon import WORDS

_N = r"(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|no|any|several|many|multiple)"

_OSCARS = re.compile(
    rf"\b(?:(?P<nom>nominat\w+ (?:for )?|nominations? for )?{_N} (?:single |lone )?(?P<mid>oscar "
    rf"|academy award )?(?P<what>oscars?|academy awards?|oscar nominations?|nominations?"
    rf"|statuettes?)\b(?P<after> nominations?)?|oscar[- ](?P<adj>winning|winner|nominated|nominee)s?"
    rf"|(?P<won>won|winner of|wins) (?:the |an )?oscars?\b|(?P<best>best (?:picture|director|film|actor"
    rf"|actress|screenplay))\b|\b(?P<award>award[- ]winning|awards?|prize[- ]winning|golden globes?"
    rf"|palme d'or|bafta\w*)\b)"
)


def awards(sentence: Sentence) -> None:
    """Oscars won and nominations; no other award is in the evidence."""
    low = sentence.low
    for match in _OF_SO_MANY.finditer(low):
        scope = scope_at(sentence, match.start())
        count, up = value_of(match["won"]), value_of(match["up"])
        held = scope.holds(partial(_won, number="oscars", least=count, most=count)) and scope.holds(
            partial(_won, number="oscar_nominations", least=up, most=up)
        )
        sentence.add("award", *match.span(), held)
    for match in _OSCARS.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        scope = scope_at(sentence, start)
        items = scope.items
        if _won_by_person(sentence, start):
            sentence.add("award", start, end, match[0] in sentence.evidence.heard)
            continue
        word = match["n"] or ""
        hoped = re.search(r"\b(?:up for|nominat\w+(?: for)?|in the running for) (?:(?:all|just|only) )?$", low[:start])
        number = (
            "oscar_nominations"
            if match["nom"]
            or match["after"]
            or match["adj"] in {"nominated", "nominee"}
            or "nomination" in (match["what"] or "")
            or hoped
            else "oscars"
        )
        if match["best"] or not items:
            sentence.add("award", start, end, match[0] in sentence.evidence.heard)
        elif match["award"]:
            winners = all(item.numbers.get("oscars", 0) >= 1 for item in items)
            sentence.add("award", start, end, match["award"].startswith("award") and scope.plain and winners)
        else:
            figure = int(word) if word.isdigit() else NUMBER_WORDS.get(word, 1)
            atleast = re.search(r"\bat least $", low[:start]) is not None
            least = 2 if word in {"several", "many", "multiple"} else figure
            exact = word.isdigit() or (word in NUMBER_WORDS and word not in {"a", "an"} and not atleast)
            most = 0 if word == "no" else figure if exact else 99
            wins = partial(_won, number=number, least=0 if word == "no" else least, most=most)
            negated = _WITHOUT.search(sentence.masked[scope.after : start]) is not None
            supported = holds_at(sentence, scope, wins, negated)
            known = items[0].numbers.get(number)
            repairable = exact and scope.plain and len(items) == 1 and not negated and known is not None and known >= 1
            if not supported and repairable and known is not None and (figure == 1) == (known == 1):
                sentence.add("award", match.start("n"), match.end("n"), False, spell(int(known)))
                sentence.used.append((start, end))
            else:
                sentence.add("award", start, end, supported)
    for match in _WON_SO_MANY.finditer(low):
        if not sentence.free(*match.span("n")) or "oscar" not in low:
            continue
        scope = scope_at(sentence, match.start())
        count = 0 if match["n"] in {"none", "nothing"} else 1 if match["n"] in {"it", "a"} else value_of(match["n"])
        won = partial(_won, number="oscars", least=count, most=count)
        sentence.add(
            "award", *match.span(), holds_at(sentence, scope, won, bool(_WITHOUT.search(low[: match.start()])))
        )


_OF_SO_MANY = re.compile(
    rf"\b(?P<won>{NUMBER}) (?:out )?of (?:its|their|the) (?P<up>{NUMBER}) (?:(?:oscar |academy award )?nominations"
    r"|(?:oscars|academy awards) (?:it|they) (?:was|were) nominated for)\b"
)

_WITHOUT = re.compile(r"(?:\b(?:no|not|never|nor|without)\b|n't\b)[^,;]{0,24}$")

_WON_SO_MANY = re.compile(
    rf"\bw[oi]n(?:ning)? (?:only |just |all )?(?P<n>none|nothing|it\b|{NUMBER})\b(?: of (?:them|its \w+|those))?"
)


def _won(item: Facts, *, number: str, least: int, most: int) -> bool:
    return least <= item.numbers.get(number, 0) <= most


def _won_by_person(sentence: Sentence, position: int) -> bool:
    """Whether an award is said to be a person's own, which the evidence never holds."""
    before = re.sub(
        r"\s+(?:has|had|have|was|were|also|both|even|won|received|got|earned|nominated|for|took|home|his|her"
        r"|their)\b",
        "",
        sentence.masked[:position].rstrip(),
    )
    names = (*sentence.evidence.people, *(person.split()[-1] for person in sentence.evidence.people))
    return any(re.search(rf"(?<!\w){re.escape(name)}$", before.rstrip()) for name in names)


_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)")

_COUNTED = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|twelve)\s+(?:(?!of\b|and\b"
    r"|or\b|more\b|(?:year|month|week|day|hour|minute|time)s?\b)[\w'-]+\s+){0,3}?(?P<what>films?|movies?|titles?"
    r"|picks?|suggestions?"
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
        if match["n"] == "one" and not re.search(
            r"\b(?:found|have|got|picked|chose|here is|here's|here are) $", low[:start]
        ):
            continue
        word = match["n"]
        figure = int(word) if word.isdigit() else WORDS[word]
        allowed = {len(evidence.shown), len([link for link in sentence.links if link[2] != (None,)]) or -1}
        if not evidence.shown:
            allowed.add(len(evidence.known))
        by = re.match(
            r"(?: here| in this list)? (?:(?:directed |written |made )?by|from) ([\w .'-]+?)(?= here\b|[,.;:!]|$)",
            low[match.end() :],
        )
        if by and by[1].strip() in evidence.people:
            person = evidence.people[by[1].strip()]
            among = evidence.shown or evidence.known
            allowed = {sum(any(item.has(facet, person) for facet in PEOPLE) for item in among)}
        own = sentence.of_person(start)
        if own and not by and re.search(rf"\b{re.escape(word)}\b", evidence.heard):
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
            versus = re.search(r"\b(?:against|versus|compared (?:to|with)|to) $", low[: match.start()])
            timed = pool(sentence, "two", 0) if versus and len(timed) == 1 else timed
            timed = [item for item in timed if item.numbers.get("runtime") == float(match[0])] if versus else timed
            runs = bool(timed) and all(f"{item.numbers.get('runtime', -1):.0f}" == match[0] for item in timed)
            scored = sentence.items_at(match.start()) if re.search(r"\bmeta(?:score|critic)\b", low) else []
            rated = bool(scored) and all(f"{item.numbers.get('metascore', -1):.0f}" == match[0] for item in scored)
            error = evidence.forecast.backtest_error if evidence.forecast else None
            tested = error is not None and f"{error:.2f}" == match[0] and "error" in low
            sentence.add("number", *match.span(), told or runs or rated or tested)


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
