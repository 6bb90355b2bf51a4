"""Claims in one sentence, each checked against the evidence of the turn.

A claim is anything that could be false: a name, a figure, a genre, a comparison, an award, a statement about the
person, a forecast, a plot. What no rule can support is unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from agent.evidence import Evidence, Facts
from agent.lexicon import GENRE_NOUNS, MOODS, NATIONS, alternatives
from agent.limits import WORDS
from agent.vocabulary import familiar, words_of
from core.types import Frozen


class Claim(Frozen):
    """One checkable part of a sentence; ``repair`` is the text that the evidence puts in its place, if unambiguous."""

    kind: str
    text: str
    start: int
    end: int
    supported: bool
    repair: str | None = None


@dataclass
class Sentence:
    """A sentence with the names found in it.

    Attributes:
        links: (start, end, items so named) in order; an item list of (None,) is a title without facts.
        about: ids of the items that the sentence before was about.
    """

    text: str
    evidence: Evidence
    about: tuple[str, ...] = ()
    links: list[tuple[int, int, tuple[Facts | None, ...]]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)

    @property
    def low(self) -> str:
        """The sentence in lower case, of the same length."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else self.text

    def add(self, kind: str, start: int, end: int, supported: bool, repair: str | None = None) -> None:
        """Record a claim and mark its words as dealt with."""
        self.claims.append(
            Claim(kind=kind, text=self.text[start:end], start=start, end=end, supported=supported, repair=repair)
        )
        self.used.append((start, end))

    def free(self, start: int, end: int) -> bool:
        """Whether no claim has used the span yet."""
        return not any(left < end and start < right for left, right in self.used)

    def items_at(self, position: int) -> list[Facts]:
        """The items that words at a position are about: those named nearest before, else after, else spoken of."""
        low = self.low
        clause_start = max((match.end() for match in _CLAUSE.finditer(low, 0, position)), default=0)
        before = [link for link in self.links if link[1] <= position]
        facts = [item for link in self.links for item in link[2] if item is not None]
        if _ALL.search(low[clause_start:position]) and (facts or self.evidence.shown):
            return facts if len(self.links) > 1 else list(self.evidence.shown) or facts
        if before:
            last = before[-1]
            joined = [last]
            for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
                if re.fullmatch(r"\s*(?:\(\d{4}\))?\s*(?:,|and|&|, and)\s*", low[earlier[1] : later[0]]):
                    joined.append(earlier)
                else:
                    break
            return [item for link in joined for item in link[2] if item is not None]
        after = [link for link in self.links if link[0] >= position]
        if after and not _PRONOUN.search(low[:position]):
            return [item for item in after[0][2] if item is not None]
        spoken = [self.evidence.by_id[item] for item in self.about if item in self.evidence.by_id]
        if _PRONOUN.search(low[:position]) or not self.links:
            if spoken:
                return spoken[-1:] if not re.search(r"\b(?:they|both|all|these)\b", low[:position]) else spoken
            if len(self.evidence.known) == 1:
                return list(self.evidence.known)
        return [item for item in after[0][2] if item is not None] if after else []


_CLAUSE = re.compile(r"[;:–—]|, (?:while|but|whereas|and)\b|\bwhile\b|\bbut\b|\bwhereas\b")
_ALL = re.compile(r"\b(?:both|all|each|they|these|every one|all three|all of (?:them|these))\b")
_PRONOUN = re.compile(r"\b(?:it|it's|its|that one|this one|this film|this|the film|the movie|they)\b")
_NUMBER_WORD = {word: number for word, number in WORDS.items() if " " not in word}
_YOU = re.compile(r"\b(?:you|your|you're|you've|you'd|yours|yourself|you'll)\b")


def link_titles(sentence: Sentence) -> None:
    """Find the evidence's titles; a one-word title counts only with its capital letter."""
    evidence, low, text = sentence.evidence, sentence.low, sentence.text
    names = sorted(evidence.titles, key=len, reverse=True)
    if not names:
        return
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(map(re.escape, names)) + r")(?![\w])")
    for match in pattern.finditer(low):
        start, end = match.span()
        opening = text[start]
        if opening.isalpha() and not opening.isupper():
            continue
        candidates = evidence.titles[match[0]]
        year = re.match(r"['\"*_]*\s*\(?((?:19|20)\d\d)\b", text[end:])
        if len(candidates) > 1 and year:
            dated = tuple(item for item in candidates if item is not None and item.year == int(year[1]))
            candidates = dated or candidates
        sentence.links.append((start, end, candidates))
        sentence.add("title", start, end, True)


def _quoted_titles(sentence: Sentence) -> None:
    for match in re.finditer(r"[\"“*_]{1,2}([^\"”*_\n]{2,80})[\"”*_]{1,2}", sentence.text):
        start, end = match.span(1)
        if not sentence.free(start, end):
            continue
        supported = match[1].casefold().strip(" .,!?") in sentence.evidence.heard
        if supported or re.search(r"[A-Z]", match[1]):
            sentence.add("title", start, end, supported)


_ROLE_BEFORE = (
    ("director+writer", re.compile(r"\b(?:written and directed|directed and written)(?: entirely)? by\s+(?:the )?$")),
    ("director", re.compile(r"\b(?:directed by|director(?:s|'s)?(?: is| was| are|:)?|filmmaker|helmed by|made by|a film by|film from|from director|work of|film by|thriller by|by director)\s+(?:the )?$")),
    ("writer", re.compile(r"\b(?:written by|writers?(?: is| was| are|:)?|script(?:ed)? by|screenplay (?:is )?by|penned by)\s+(?:the )?$")),
    ("lead", re.compile(r"\b(?:starring|stars|star|starred|led by|headlined by|leads?(?: is)?|with (?:the )?leads?|the lead(?: actor| actress)? is)\s+$")),
    ("actor", re.compile(r"\b(?:with|featuring|features|cast (?:includes|of|has|features|is|with)(?: the likes of)?|actors?|actress(?:es)?|acted by|played by|has|includes)\s+$")),
    ("maker", re.compile(r"\bby\s+(?:the )?$")),
)  # fmt: skip
_ROLE_AFTER = (
    ("director", re.compile(r"^(?:'s)? (?:directed|directs|made|helmed|is the director|was the director|as (?:the )?director|behind the camera)\b|^, (?:who|the director)(?: also)? directed\b")),
    ("writer", re.compile(r"^ (?:wrote|writes|penned|scripted|is the writer)\b|^, who wrote\b")),
    ("lead", re.compile(r"^ (?:stars|star|starred|leads|plays the lead|headlines)\b|^ in the (?:lead|title|main|leading)\b|^ as (?:the )?(?!director|writer)[A-Za-z]")),
    ("actor", re.compile(r"^ (?:plays|acts|appears|acted|appeared|features|is in|was in|are in|in the cast|turns up|is among)\b")),
)  # fmt: skip
_LIST_JOIN = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)$")


def people(sentence: Sentence) -> None:
    """Persons of the evidence, by full name or surname, in the role that the words give them."""
    evidence, text = sentence.evidence, sentence.text
    surnames: dict[str, set[str]] = {}
    for person in evidence.people.values():
        surnames.setdefault(person.split()[-1], set()).add(person)
    full = sorted(evidence.people.values(), key=len, reverse=True)
    for name, owners in surnames.items():
        for match in re.finditer(rf"(?<=the ){re.escape(name)}s\b", text):
            if len(owners) >= 2:
                role, items = _role(text, *match.span()), sentence.items_at(match.start())
                holds = bool(items) and all(_holds(item, owner, role) for item in items for owner in owners)
                sentence.add("person", *match.span(), holds)
    short = sorted(
        (
            name
            for name, owners in surnames.items()
            if len(owners) == 1 and name not in evidence.people and len(name) > 2
        ),
        key=len,
        reverse=True,
    )
    if not full:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, [*full, *short])) + r")(?!\w)")
    role = ""
    previous_end = -1
    for match in pattern.finditer(text):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        person = match[0] if match[0] in full else next(iter(surnames[match[0]]))
        if (
            match[0] in short
            and re.search(r"[A-Z][\w'.-]+ $", text[:start])
            and not re.search(r"(?:^|[.!?] )[A-Z][\w'.-]+ $", text[:start])
        ):
            continue
        start = _shared_surname(sentence, start, person)
        joined = previous_end >= 0 and _LIST_JOIN.fullmatch(text[previous_end:start]) is not None
        role = role if joined and role else _role(text, start, end)
        previous_end = end
        _person(sentence, start, end, person, role)
    return


def _shared_surname(sentence: Sentence, start: int, person: str) -> int:
    """Where "Joel and Ethan Coen" begins, when both are people of the evidence."""
    match = re.search(r"([A-Z][\w'.-]+) (?:and|&) $", sentence.text[:start])
    if match and f"{match[1]} {person.split()[-1]}".casefold() in sentence.evidence.people:
        sentence.used.append(match.span(1))
        return match.start()
    return start


def _role(text: str, start: int, end: int) -> str:
    low_before, low_after = text[:start].lower(), text[end:].lower()
    for role, pattern in _ROLE_BEFORE:
        if pattern.search(low_before):
            return role
    for role, pattern in _ROLE_AFTER:
        if pattern.search(low_after):
            return role
    if re.match(r"'s?\s+(?:\d{4} )?(?:[\w-]+ ){0,3}$", low_after[:40]) or re.match(r"['’]s?\s", low_after):
        return "maker"
    if re.search(r"\bfrom\s+$", low_before):
        return "maker"
    return ""


def _person(sentence: Sentence, start: int, end: int, person: str, role: str) -> None:
    items = sentence.items_at(start)
    negated = bool(re.search(r"\b(?:not|without|no|isn't|wasn't|never)\b[^,;]{0,24}$", sentence.low[:start]))
    if not items:
        asked = person.casefold() in sentence.evidence.heard or any(
            person in values
            for table in (sentence.evidence.constraints.require, sentence.evidence.constraints.exclude)
            for values in table.values()
        )
        topical = any(
            topic.partition(":")[2] == person for topic in (*sentence.evidence.topics, *sentence.evidence.unwanted)
        )
        holders = [facts for facts in sentence.evidence.shown if _holds(facts, person, role)]
        everyone = bool(sentence.evidence.shown) and len(holders) == len(sentence.evidence.shown)
        sentence.add("person", start, end, asked or topical or everyone)
        return
    if role == "lead":
        fits = all(item.has("actor", person) for item in items)
        sentence.add("person", start, end, fits)
        _billing(sentence, start, end, fits)
        return
    supported = all(_holds(item, person, role) for item in items)
    if negated:
        sentence.add("person", start, end, not any(_holds(item, person, role) for item in items))
        return
    sentence.add("person", start, end, supported, None if supported else _people_repair(items, role))


def _billing(sentence: Sentence, start: int, end: int, fits: bool) -> None:
    """Who plays the lead is unknown: "starring X" can only become "with X"."""
    match = re.search(r"\b(?P<word>starring|stars|star)\s+(?:[\w.'-]+(?:,| and)? ?)*$", sentence.text[:start])
    if match and sentence.free(*match.span("word")):
        replacement = "with" if match["word"] == "starring" else "has"
        sentence.add("billing", *match.span("word"), False, replacement if fits else None)
    elif not match:
        sentence.add("billing", start, end, False)


def _holds(item: Facts, person: str, role: str) -> bool:
    if role in {"director", "writer", "actor"}:
        return item.has(role, person)
    if role == "director+writer":
        return item.has("director", person) and item.has("writer", person)
    if role == "maker":
        return item.has("director", person) or item.has("writer", person)
    return any(item.has(facet, person) for facet in ("director", "writer", "actor"))


def _people_repair(items: Sequence[Facts], role: str) -> str | None:
    if len(items) != 1 or role not in {"director", "writer"}:
        return None
    names = items[0].facets.get(role, ())
    return join(names) if 0 < len(names) <= 3 else None


def join(names: Sequence[str]) -> str:
    """Names as a phrase: "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


_YEAR = re.compile(r"(?<![\w£$€.,])(1[89]\d\d|20[0-4]\d)(?!\d|'?s\b|%| (?:minutes|films|people))")
_DECADE = re.compile(
    r"(?<!\w)(?:(early|mid|late)[- ])?(?:the )?'?((?:1[89]|20)?\d0)'?s\b|\b(?:(early|mid|late)[- ])?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties)\b"
)
_DECADE_WORDS = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000}  # fmt: skip
_RELATION = re.compile(
    r"\b(after|since|before|from|until|between|post|pre|later than|newer than|older than|earlier than|up to|prior to|and|to|or later than|no later than|no earlier than)[ -](?:the )?$"
)


def years(sentence: Sentence) -> None:
    """Years and decades: of the item they stand beside, or of the limits and words of the person."""
    evidence, low = sentence.evidence, sentence.low
    for match in _YEAR.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        year = int(match[1])
        relation = _RELATION.search(low[:start])
        items = sentence.items_at(start)
        echoes = match[1] in evidence.heard or _limit_has(evidence, "year", year)
        own = bool(_YOU.search(low[:start])) and not re.search(r"\(\s*$", low[:start])
        later = re.match(r" (?:or|and) (?:later|newer|after|onwards?)\b", low[end:])
        earlier = re.match(r" (?:or|and) (?:earlier|older|before)\b", low[end:])
        word = relation[1] if relation else ""
        if word == "from" and not later:
            word = ""
        if items and not own and word not in {"and", "to"}:
            known = [item.year for item in items]
            if later:
                supported = all(value is not None and value >= year for value in known)
            elif earlier or word in {"until", "up to", "no later than"}:
                supported = all(value is not None and value <= year for value in known)
            elif word in {"after", "post", "later than", "newer than"}:
                supported = all(value is not None and value > year for value in known)
            elif word in {"since", "no earlier than"}:
                supported = all(value is not None and value >= year for value in known)
            elif word in {"before", "pre", "older than", "earlier than", "prior to"}:
                supported = all(value is not None and value < year for value in known)
            elif word == "between":
                other = re.match(r" (?:and|to) (\d{4})", low[end:])
                supported = bool(other) and all(
                    value is not None and year <= value <= int(other[1]) for value in known if other
                )
                if other:
                    sentence.used.append((end, end + other.end()))
            else:
                supported = all(value == year for value in known)
            exact = not word and not later and not earlier and len(items) == 1 and items[0].year is not None
            sentence.add("year", start, end, supported, None if supported or not exact else str(items[0].year))
        elif relation or later or earlier or own:
            bound = word or ("since" if later else "until" if earlier else "")
            if not own and re.search(r"\b(?:nothing|none|no)\b", low[:start]):
                echoes, bound = False, _OPPOSITE.get(bound, "")
            sentence.add("year", start, end, echoes or _shown_satisfy(evidence, bound, year))
        else:
            shared = bool(evidence.shown) and all(item.year == year for item in evidence.shown)
            sentence.add("year", start, end, echoes or shared)
    for match in _DECADE.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        first = _DECADE_WORDS.get(match[4] or "") or _century(match[2])
        low_year, high_year = {
            "early": (first, first + 3),
            "mid": (first + 4, first + 6),
            "late": (first + 7, first + 9),
        }.get(match[1] or match[3] or "", (first, first + 9))
        items = sentence.items_at(start)
        echoes = match[0] in evidence.heard or _limit_has(evidence, "year", first)
        if items and not _YOU.search(low[:start]):
            sentence.add(
                "year", start, end, all(item.year is not None and low_year <= item.year <= high_year for item in items)
            )
        else:
            shared = bool(evidence.shown) and all(
                item.year is not None and low_year <= item.year <= high_year for item in evidence.shown
            )
            sentence.add("year", start, end, echoes or shared)


def _century(digits: str) -> int:
    return int(digits) if len(digits) == 4 else (2000 if int(digits) < 30 else 1900) + int(digits)


def _limit_has(evidence: Evidence, number: str, value: float) -> bool:
    limit = evidence.constraints.ranges.get(number)
    if limit is None:
        return False
    return any(bound is not None and abs(bound - value) <= 1 for bound in (limit.low, limit.high))


_OPPOSITE = {
    "older than": "since", "before": "since", "earlier than": "since", "newer than": "until", "later than": "until", "after": "until",
}  # fmt: skip


def _shown_satisfy(evidence: Evidence, word: str, year: int) -> bool:
    known = [item.year for item in evidence.shown]
    if not known or any(value is None for value in known):
        return False
    values = [value for value in known if value is not None]
    if word in {"after", "post", "later than", "newer than"}:
        return min(values) > year
    if word in {"since", "no earlier than"}:
        return min(values) >= year
    if word in {"before", "pre", "older than", "earlier than", "prior to"}:
        return max(values) < year
    return word in {"until", "up to", "no later than"} and max(values) <= year


_DURATION = re.compile(
    r"\b(?:(?P<word>under|less than|over|more than|about|around|roughly|nearly|almost|just under|just over|at least|at most|up to|within|a little over|a little under|no longer than|shorter than|longer than|close to|well under|well over)\s+)?"
    r"(?:(?P<h>\d+|an?|one|two|three|four|half an)(?P<half> and a half)?[ -](?:hours?|hrs?|h)\b(?: (?:and )?(?P<hm>\d+|a half|a quarter)(?: minutes| mins?)?)?(?P<half2> and a half)?|(?P<m>\d+)(?:[ -](?:minutes?|mins?)|min|m)\b)"
)  # fmt: skip


def durations(sentence: Sentence) -> None:
    """Running times, exact or bounded."""
    evidence, low = sentence.evidence, sentence.low
    for match in _DURATION.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end):
            continue
        minutes, rough = _minutes(match)
        word = match["word"] or ""
        items = sentence.items_at(start)
        figure = match.start("m") if match["m"] else match.start("h")
        own = bool(_YOU.search(low[:start]))
        if items and not own:
            known = [item.numbers.get("runtime") for item in items]
            supported = all(value is not None and _fits(value, minutes, word, rough) for value in known)
            repair = None
            if not supported and not word and match["m"] and len(items) == 1 and known[0] is not None:
                repair = f"{known[0]:g}" + low[match.end("m") : end]
            sentence.add("runtime", figure if repair else start, end, supported, repair)
        else:
            echoes = low[figure:end] in evidence.heard or _limit_has(evidence, "runtime", minutes)
            shown = [item.numbers.get("runtime") for item in evidence.shown]
            every = bool(shown) and all(value is not None and _fits(value, minutes, word, rough) for value in shown)
            sentence.add("runtime", start, end, echoes or every)


def _minutes(match: re.Match[str]) -> tuple[float, bool]:
    if match["m"]:
        return float(match["m"]), False
    hours = match["h"]
    if hours == "half an":
        return 30, True
    amount = 1.0 if hours in {"a", "an"} else float(_NUMBER_WORD.get(hours) or hours)
    extra = 30.0 if match["half"] or match["half2"] else 0.0
    rough = not match["hm"] or not match["hm"].isdigit()
    if match["hm"]:
        extra = {"a half": 30.0, "a quarter": 15.0}.get(match["hm"]) or float(match["hm"])
    return amount * 60 + extra, rough


def _fits(value: float, minutes: float, word: str, rough: bool) -> bool:
    if word in {"under", "less than", "shorter than", "well under"}:
        return value < minutes
    if word in {"at most", "up to", "within", "no longer than"}:
        return value <= minutes
    if word in {"over", "more than", "longer than", "well over"}:
        return value > minutes
    if word == "at least":
        return value >= minutes
    if word in {"nearly", "almost", "just under", "a little under"}:
        return minutes - 15 <= value < minutes
    if word in {"just over", "a little over"}:
        return minutes < value <= minutes + 15
    if word in {"about", "around", "roughly", "close to"}:
        return abs(value - minutes) <= 10
    return abs(value - minutes) <= (5 if rough else 0)


_N = r"(?P<n>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|no|any|several|many|multiple)"
_OSCARS = re.compile(rf"\b(?:(?P<nom>nominat\w+ (?:for )?|nominations? for )?{_N} (?P<mid>oscar |academy award )?(?P<what>oscars?|academy awards?|oscar nominations?|nominations?|statuettes?)\b(?P<after> nominations?)?|oscar[- ](?P<adj>winning|winner|nominated|nominee)s?|(?P<won>won|winner of|wins) (?:the |an )?oscars?\b|(?P<best>best (?:picture|director|film|actor|actress|screenplay))\b|\b(?P<award>award[- ]winning|awards?|prize[- ]winning|golden globes?|palme d'or|bafta\w*)\b)")  # fmt: skip


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
            figure = int(match["n"]) if match["n"].isdigit() else _NUMBER_WORD[match["n"]]
            supported = bool(known) and all(value == figure for value in known)
            repair = None
            if not supported and len(items) == 1 and known[0] is not None and known[0] >= 1:
                repair = _spell(int(known[0]))
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


def _spell(number: int) -> str:
    words = "zero one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)


_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)")
_COUNTED = re.compile(
    r"\b(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|a couple of|twelve)\s+(?:(?!of\b|and\b|or\b|more\b|years?\b)[\w'-]+\s+){0,3}?(?P<what>films?|movies?|titles?|picks?|suggestions?|recommendations?|options?|ideas?|choices?|comedies|thrillers|dramas|horrors?|westerns|musicals|documentaries|mysteries|romances|adventures|classics|gems)\b"
)  # fmt: skip
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
    for match in _COUNTED.finditer(low):
        start, end = match.start("n"), match.end("n")
        if not sentence.free(start, end):
            continue
        word = match["n"]
        figure = int(word) if word.isdigit() else WORDS[word]
        allowed = {len(evidence.shown), len([link for link in sentence.links if link[2] != (None,)]) or -1}
        own = bool(_YOU.search(low[:start]))
        if own and re.search(rf"\b{re.escape(word)}\b", evidence.heard):
            allowed.add(figure)
        repair = None
        if evidence.shown and not own and len(evidence.shown) > 1:
            repair = _spell(len(evidence.shown)) if not word.isdigit() else str(len(evidence.shown))
            repair = repair.capitalize() if sentence.text[start].isupper() else repair
        sentence.add("count", start, end, figure in allowed, None if figure in allowed else repair)
    for match in re.finditer(r"^\s*\d{1,2}[.)]\s|\b(?:number|no\.|#)\s?\d\b", low):
        sentence.used.append(match.span())
    for match in _FIGURE.finditer(low):
        if sentence.free(*match.span()):
            told = re.search(rf"(?<!\d){re.escape(match[0])}(?!\d)", evidence.heard) is not None
            timed = re.search(r"\b(?:minutes|runs)\b", low) and sentence.items_at(match.start())
            supported = (
                told or bool(timed) and all(f"{item.numbers.get('runtime', -1):.0f}" == match[0] for item in timed)
            )
            sentence.add("number", *match.span(), supported)


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
    genres = {genre.casefold() for _, _, values, _ in _genre_words(sentence.low) for genre in values}
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


_GENRE = re.compile(rf"(?<![\w-])(?:(?P<genre>{alternatives(GENRE_NOUNS)})|(?P<mood>{alternatives(MOODS)}))(?![\w])")
_EXTRA_MOODS = {"thrill": ("Thriller",), "thrills": ("Thriller",), "romantic": ("Romance",)}


def _genre_words(low: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    for match in _GENRE.finditer(low):
        word = re.sub(r"[\s-]+", " ", match[0])
        if match["genre"]:
            values = next(genres for key, genres in GENRE_NOUNS.items() if re.sub(r"[\s-]+", " ", key) == word)
            yield match.start(), match.end(), values, True
        else:
            mood = next(value for key, value in MOODS.items() if re.sub(r"[\s-]+", " ", key) == word)
            yield match.start(), match.end(), mood.want, False


_NOT_GENRE = re.compile(
    r"^(?:happy|warm|sweet|light|fun|smart|clever|fast|slow|deep|odd|cute|chill|happy|smart|loud|moving|powerful|family|music|history|sport|action|war|crime|gentle|fresh|twist|space|nature|strange|weird|complex|charming|playful)$"
)
_NEGATION = re.compile(
    r"\bnone of (?:these|them|the \w+)\b[^,;]*$|\b(?:not|no|never|without|isn't|aren't|wasn't|nothing|neither|nor|less|free of|rather than|instead of|leaving out|left out|leave out|skipping|avoid(?:s|ing)?|exclud\w+|skip(?:s|ped)?|kept out|keeping out|out|steer\w* clear of|nowhere near|hardly|far from|anything but|clear of|ruled out|ruling out)\b[^,;.]{0,28}$"
)


def genres(sentence: Sentence) -> None:
    """Genre names and moods: of the item they describe, or of the person they are said of."""
    evidence, low = sentence.evidence, sentence.low
    offering = bool(
        re.match(
            r"(?:would you|do you|shall|want|fancy|are you|how about|what about|if you|tell me|let me know|should i|could i|can i|or |happy to|just say|say the word|prefer)",
            low,
        )
    ) or low.rstrip().endswith("?")
    for start, end, values, is_name in _genre_words(low):
        if not sentence.free(start, end):
            continue
        word = low[start:end]
        if not is_name and _NOT_GENRE.match(word) and not re.search(rf"^\s*(?:and \w+ )?(?:{_FILMISH})", low[end:]):
            continue
        if (
            is_name
            and word in {"family", "music", "history", "action", "war", "crime", "sport"}
            and re.search(r"\b(?:your|my|the|a) $", low[:start])
            and not re.match(rf"\s*(?:{_FILMISH})", low[end:])
        ):
            sentence.used.append((start, end))
            continue
        items = [] if _said_of_person(sentence, start) else sentence.items_at(start)
        negated = bool(_NEGATION.search(low[:start]))
        lowered = {value.casefold() for value in values}
        wished = evidence.asked_genres if _ASKED.search(low[:start]) else evidence.wanted_genres
        asked = bool(lowered & wished) or re.search(rf"\b{re.escape(word)}\b", evidence.heard) is not None
        ruled_out = evidence.ruled_out
        if items:
            fits = all(_carries(item, values, is_name) for item in items)
            supported = fits if not negated else not any(_carries(item, values[:1], True) for item in items)
            repair = None
            if (
                not supported
                and is_name
                and not negated
                and len(items) == 1
                and len(items[0].facets.get("genre", ())) == 1
                and word in GENRE_NOUNS
                and not word.endswith("s")
            ):
                repair = items[0].facets["genre"][0].lower()
            sentence.add("genre", start, end, supported, repair)
        elif offering and not evidence_statement(low):
            sentence.used.append((start, end))
        elif _said_of_person(sentence, start) or not evidence.shown:
            supported = (
                (bool(lowered & ruled_out) or asked)
                if negated or _DISLIKING.search(low[:start])
                else asked or (bool(lowered & ruled_out) and bool(_DISLIKING.search(low)))
            )
            sentence.add("genre", start, end, supported)
        else:
            every = all(_carries(item, values, is_name) for item in evidence.shown)
            none = not any(_carries(item, values[:1], True) for item in evidence.shown)
            sentence.add("genre", start, end, (none or bool(lowered & ruled_out)) if negated else every)


_FILMISH = r"films?\b|movies?\b|thrillers?\b|dramas?\b|comed\w+|story|stories|tale|adventures?\b|ride\b|watch\b|pick\b|horror|romances?\b|one\b|ones\b|myster\w+|picture|sci-fi|musicals?\b|flick|and\b"
_ASKED = re.compile(
    r"\byou (?:\w+ )?(?:asked|wanted|said|told|mentioned|requested|wished|named)\b|\byour (?:request|wish)\b"
)
_DISLIKING = re.compile(
    r"\b(?:you|your)\b.*\b(?:hate|hated|dislike|disliked|don't|didn't|not|avoid|leave|rule|skip|less|stand|off)\b|\b(?:leaving|leave|left|rule[ds]?|ruling|kept|keep|keeping|steer\w*) (?:out|clear)\b"
)


def evidence_statement(low: str) -> bool:
    """Whether a question also states something ("since you loved thrillers, shall I …?")."""
    return re.search(r"\b(?:because|since|as) you\b|\byou (?:like|love|enjoy)(?:d|s)?\b", low) is not None


def _said_of_person(sentence: Sentence, position: int) -> bool:
    """Whether words belong to a statement about the person rather than about an item."""
    low = sentence.low
    clause_start = max((match.end() for match in _CLAUSE.finditer(low, 0, position)), default=0)
    clause = low[clause_start:position]
    you = list(
        re.finditer(
            r"\b(?:you (?:like|love|enjoy|asked|want|said|told|mentioned|hate|dislike|prefer|seem|lean|watch|tend|wished|are|were|have|used|ruled|didn't|don't|wanted|liked|loved|enjoyed|hated|would)\w*|your (?:\w+ )?(?:taste|interest|liking|love|request|wish|mood|history|timeline|fondness|share|appetite|forecast|likes|favourites?)\w*|you're|you've|what you|for you)\b",
            clause,
        )
    )
    if not you:
        return bool(
            re.search(r"\b(?:leaving out|leave out|left out|interest in|taste for|interests?)\b[^,]*$", clause)
        ) or bool(
            re.match(
                r"[^,;]*\b(?:is|are|looks?|seems?)\b[^,;]{0,20}\b(?:rising|fading|growing|falling|cooling)\b",
                low[position:],
            )
        )
    rest = clause[you[-1].end() :]
    since = clause_start + you[-1].end()
    named = [link for link in sentence.links if since <= link[0] and link[1] <= position]
    if len(named) >= 2 and re.match(r"\s*,", low[named[0][1] :]):
        return False
    return not re.search(r"\b(?:is|it's|it is|this is)\b", rest)


def _carries(item: Facts, values: Sequence[str], is_name: bool) -> bool:
    if is_name:
        return all(item.has("genre", value) for value in values)
    return any(item.has("genre", value) for value in values)


_NATION = re.compile(rf"(?<![\w-])(?:{alternatives(NATIONS)})(?![\w])")
_NATION_COUNTRY = {
    "french": "France", "spanish": "Spain", "german": "Germany", "italian": "Italy", "japanese": "Japan", "korean": "South Korea",
    "russian": "Russia", "swedish": "Sweden", "danish": "Denmark", "norwegian": "Norway", "finnish": "Finland", "polish": "Poland",
    "icelandic": "Iceland", "portuguese": "Portugal", "dutch": "Netherlands", "turkish": "Turkey", "thai": "Thailand",
    "greek": "Greece", "czech": "Czech Republic", "hungarian": "Hungary", "romanian": "Romania", "hindi": "India",
    "english": "United Kingdom", "persian": "Iran",
}  # fmt: skip


def nations(sentence: Sentence) -> None:
    """Languages and countries, as adjectives or names."""
    evidence, low = sentence.evidence, sentence.low
    for match in _NATION.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end) or not sentence.text[start].isupper():
            continue
        word = re.sub(r"\s+", " ", match[0])
        pairs = list(NATIONS.get(word, NATIONS.get(word.replace(" ", "-"), ())))
        if word in _NATION_COUNTRY and not re.search(r"\b(?:in|speaks?|language:?) $", low[:start]):
            pairs.append(("country", _NATION_COUNTRY[word]))
        _placed(sentence, start, end, pairs)
    places = {
        value for item in evidence.known for facet in ("country", "language") for value in item.facets.get(facet, ())
    }
    for value in sorted(places, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", sentence.text):
            if sentence.free(*match.span()):
                _placed(sentence, *match.span(), [("country", value), ("language", value)])


def _placed(sentence: Sentence, start: int, end: int, pairs: Iterable[tuple[str, str]]) -> None:
    evidence, low = sentence.evidence, sentence.low
    pairs = list(pairs)
    items = sentence.items_at(start)
    negated = bool(_NEGATION.search(low[:start]))
    if re.search(r"\b(?:set|takes place|filmed|shot|located|happens) (?:\w+ ){0,3}$", low[:start]):
        sentence.add("place", start, end, False)
        return
    if items and not _YOU.search(low[:start]):
        fits = all(any(item.has(facet, value) for facet, value in pairs) for item in items)
        sentence.add("place", start, end, fits != negated)
        return
    asked = low[start:end] in evidence.heard or any(
        value in table.get(facet, ())
        for facet, value in pairs
        for table in (evidence.constraints.require, evidence.constraints.exclude)
    )
    every = bool(evidence.shown) and all(
        any(item.has(facet, value) for facet, value in pairs) for item in evidence.shown
    )
    sentence.add("place", start, end, asked or (every and not negated))


_ORDER: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "older": ("year", lambda a, b: a < b), "earlier": ("year", lambda a, b: a < b), "newer": ("year", lambda a, b: a > b),
    "later": ("year", lambda a, b: a > b), "more recent": ("year", lambda a, b: a > b), "longer": ("runtime", lambda a, b: a > b),
    "shorter": ("runtime", lambda a, b: a < b),
}  # fmt: skip
_SUPER: dict[str, tuple[str, bool]] = {
    "oldest": ("year", False), "earliest": ("year", False), "newest": ("year", True), "latest": ("year", True),
    "most recent": ("year", True), "longest": ("runtime", True), "shortest": ("runtime", False),
}  # fmt: skip
_SUPERLATIVE = re.compile(
    r"\b(?:oldest|earliest|newest|latest|most recent|longest|shortest|best|greatest|finest|worst|funniest|scariest|darkest|tensest|highest|lowest|biggest|strongest|(?:most|least) (?!of\b|likely\b|people\b)\w+)\b"
)
_FINE_SUPER = re.compile(
    r"\b(?:best (?:match(?:es)?|fit|bet|guess|of luck|wishes|picks?|suited)|at best|do my best|my best|strongest (?:match|reason|part|signal|interest)|closest (?:match|fit)|most (?:of|likely|people)|at (?:most|least)|biggest (?:part|share|reason|interest)|highest[- ]ranked|latest forecast)\b"
)


def comparisons(sentence: Sentence) -> None:
    """Comparatives between named items and superlatives among those shown."""
    low, evidence = sentence.low, sentence.evidence
    fine = [match.span() for match in _FINE_SUPER.finditer(low)]
    for match in re.finditer(r"\b(older|earlier|newer|later|more recent|longer|shorter)\b(?P<than> than\b)?", low):
        if not match["than"] or not sentence.free(*match.span()):
            continue
        subject = [item for item in sentence.items_at(match.start())]
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
        ) and not _YOU.search(low):
            sentence.add("comparison", *match.span(), False)
    for match in re.finditer(
        r"\b(?:better|worse|funnier|scarier|darker|lighter|tenser|gentler|bigger|warmer|sharper|(?:more|less) (?!than\b|of\b|like\b|to\b)\w+) than\b",
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
        pool = [item for item in (evidence.shown or evidence.known)]
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
        ("relation", r"\b(?:sequels?|prequels?|remakes?|reboot|adapt(?:ation|ed|s)(?: from| of)?|based on|inspired by|franchise|trilogy|spin-?off|debut|follow-?up|first (?:film|feature)|last film|second film|comic book|the novel|the book)\b"),
        ("fame", r"\b(?:masterpiece|classics?|cult|iconic|legendary|beloved|famous|celebrated|blockbuster|box[- ]office|smash|hit\b(?! me| the)|flop|best-?selling|groundbreaking|influential|renowned|must-see|highly regarded|well-known|critically|all-time|universally|huge success|everyone (?:loves|loved)|audiences|audience favourite)\b"),
        ("availability", r"\b(?:streaming|stream(?:s|ed)? (?:on|it)|in (?:cinemas|theat(?:er|re)s)|on (?:dvd|blu-?ray|tv|demand)|rent(?:al|ed)?\b|download|subscription|for free|available (?:on|to (?:rent|buy|stream))|buy it)\b"),
        ("plot", r"\b(?:follows|tells (?:the|a|of)|the (?:story|tale|plot) (?:of|follows|is|centres|revolves)|story of|tale of|about an? (?!half|couple|hour|bit|third|quarter|minute|year)\w+|centres? (?:on|around)|revolves around|set (?:in|on|aboard|during|at|against)|takes place|in which|plays an?\b|plays the|who must|must (?:stop|save|find|face|fight|survive|solve)|discovers?|hunt(?:ed|s)? (?:down|by)|trapped|haunted by|on the run|falls? (?:in love|for)|protagonist|hero(?:ine)?s?\b|villains?|character[s']*\b|detective|killer|murder(?:er|ed|s)?|ending|finale|twist ending|final scene|opening scene|scene|dies|killed|kidnapp\w+|crew|spaceship|family of)\b"),
        ("craft", r"\b(?:soundtrack|cinematograph\w+|performances?|chemistry|visuals?|special effects|acting|dialogues?(?! in\b)|script is|score by|shot (?:in|on)|filmed|camera\w*|costumes|choreograph\w+|pacing|steals|acted)\b"),
    )
)  # fmt: skip


def denied(sentence: Sentence) -> None:
    """Plots, fame, availability, craft and relations between films: the evidence holds none of these."""
    low, evidence = sentence.low, sentence.evidence
    for kind, pattern in _DENIED:
        for match in pattern.finditer(low):
            if not sentence.free(*match.span()):
                continue
            echoed = re.search(rf"\b{re.escape(match[0])}", evidence.heard) is not None and bool(
                _YOU.search(low[: match.start()])
            )
            told = any(re.search(rf"\b{re.escape(match[0])}", text.casefold()) for text in evidence.statements)
            disclaimed = re.search(
                r"\b(?:don't|do not|can't|cannot|no|not|nothing|without|unable)\b[^,;]{0,40}$", low[: match.start()]
            ) and re.search(r"\b(?:i|i'm|we|my|here|catalogue)\b", low[: match.start()])
            if kind == "fame" and match[0] == "critically" and re.match(r" acclaimed", low[match.end() :]):
                continue
            sentence.add(kind, *match.span(), bool(echoed or told or disclaimed))
    for match in re.finditer(
        r"\b(?:critically acclaimed|acclaimed|well[- ]reviewed|praised by critics|critics (?:loved|love|liked|praised)|well received|strong reviews|good reviews|rave reviews|poorly reviewed|mixed reviews|panned)\b",
        low,
    ):
        if not sentence.free(*match.span()):
            continue
        items = sentence.items_at(match.start())
        scores = [item.numbers.get("tomatometer", item.numbers.get("metascore")) for item in items]
        good = not re.search(r"poor|mixed|panned", match[0])
        ok = bool(scores) and all(score is not None and (score >= 75 if good else score < 60) for score in scores)
        sentence.add("reviews", *match.span(), ok or match[0] in evidence.heard)


_HISTORY = re.compile(
    r"\byou(?:'ve| have| had)?(?: also| already| really| just| both| once| recently)*(?P<not> didn't| don't| did not| haven't| never| have not)?(?: really| much)? (?P<verb>liked?|loved?|enjoyed?|adored?|hated?|disliked?|saw|seen|watched?|rated|praised|mentioned|named|finished|gave)\b"
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
            r"\b(?:if|would|might|may|could|will|think|whether|that|hope|sure|did|do|have|ones|what|anything|films|one) $",
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
        r"\b(?:because of|thanks to|given|based on|after|in light of|like) (?:your (?:love|liking) (?:of|for)|you(?:r)? (?:liked|loved))\b",
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
    r"\b(?:(?P<up>rising|growing|increas\w+|on the rise|gaining|climbing|going up|warming|picking up|up from|heading (?:up|towards?)|leaning (?:more )?(?:towards?|into)|drifting (?:towards?|to)|moving (?:towards?|to)|more and more|getting (?:more )?into|stronger|surg\w+|rises?|grow|grew|towards?)"
    r"|(?P<down>fading|falling|declin\w+|cooling|dropping|shrinking|waning|going down|losing|slipping|less and less|away from|on the way out|weaker|fades?|decreas\w+|drops?))\b"
)
_TREND_CONTEXT = re.compile(
    r"\b(?:interests?|tastes?|share|forecast|timeline|lately|months?|weeks?|you(?:'re|r| are)?|heading|drift\w*)\b"
)


def trends(sentence: Sentence) -> None:
    """Forecast claims: what rises and what fades must be what the forecast says."""
    evidence, low = sentence.evidence, sentence.low
    if not _TREND_CONTEXT.search(low) or sentence.links:
        return
    words = [(start, end, values) for start, end, values, _ in _genre_words(low)]
    cues = [match for match in _TREND.finditer(low)]
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
                + (8 if _CLAUSE.search(low, min(match.end(), end), max(match.start(), start)) else 0)
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


_NAME_WORD = re.compile(
    r"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:(?:of|the|de|van|von|der|and|&|la|le|du|in|a)\s+)*[A-ZÀ-Ý0-9][\w'’.-]*)*"
)
_CAPITAL_OK = frozenset(
    "i i'd i'll i'm i've oscar oscars driftline ok dvd tv imax english monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december christmas halloween rotten tomatoes metacritic academy awards award tomatometer metascore".split()
)


def names(sentence: Sentence) -> None:
    """Every other capitalised name: it must be in the person's own words or in a tool's, else it comes from nowhere."""
    text, evidence = sentence.text, sentence.evidence
    for match in _NAME_WORD.finditer(text):
        start, end = match.span()
        tokens = [(start + piece.start(), start + piece.end(), piece[0]) for piece in re.finditer(r"[^\s]+", match[0])]
        opening = not re.search(r"[\w]", text[:start]) or bool(
            re.search(r"[.!?:–—]\s+[\"'(*_]*$|\n\s*[-•*]?\s*$", text[:start])
        )
        kept = []
        for index, (left, right, token) in enumerate(tokens):
            bare = token.strip(".,'’-").casefold()
            bare = re.sub(r"['’]s$", "", bare)
            if not sentence.free(left, right) or bare in _CAPITAL_OK or not token[0].isupper() or not bare:
                continue
            if (
                opening
                and index == 0
                and (len(tokens) == 1 or familiar(bare))
                and not _title_opening(sentence, left, right, bare)
            ):
                if (
                    familiar(bare, evidence.words)
                    or any(True for _ in _genre_words(bare))
                    or bare in NATIONS
                    or bare.endswith("ly")
                ):
                    continue
                if bare in _OPENERS:
                    continue
            if not opening and len(bare) > 2 and bare in {genre.casefold() for genre in _GENRE_SPELLINGS}:
                continue
            kept.append((left, right, token))
        if not kept:
            continue
        left, right = kept[0][0], kept[-1][1]
        phrase = text[left:right].strip(" .,").casefold()
        phrase = re.sub(r"['’]s$", "", phrase)
        supported = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", evidence.heard) is not None
        repair = None
        if not supported:
            items = sentence.items_at(left)
            role = _role(text, left, right)
            repair = _people_repair(items, role) if items else None
        sentence.add("name", left, right, supported, repair)


_GENRE_SPELLINGS = {value for values in GENRE_NOUNS.values() for value in values} | {"Sci", "Fi"}
_OPENERS = frozenset(
    "whether despite sadly unfortunately luckily happily absolutely alas ah oh aha hmm brilliant great lovely excellent noted cheers sure understood apologies unlike amid congratulations hooray fair alternatively additionally meanwhile moreover nevertheless".split()
)


def _title_opening(sentence: Sentence, start: int, end: int, bare: str) -> bool:
    """A catalogue title of one everyday word that opens a sentence as a subject ("Home is …")."""
    if bare not in sentence.evidence.catalogue or bare in {
        "it",
        "this",
        "that",
        "there",
        "these",
        "those",
        "here",
        "what",
        "you",
        "all",
        "both",
    }:
        return False
    return re.match(r"\s+(?:is|was|has|runs|won|comes|stars|fits|suits)\b|\s*\(", sentence.text[end:]) is not None


def vocabulary(sentence: Sentence) -> None:
    """Words that no other rule knows: about an item they assert something that the evidence cannot show."""
    text, evidence = sentence.text, sentence.evidence
    unknown: list[tuple[int, int]] = []
    total = 0
    for match in re.finditer(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?", text):
        start, end = match.span()
        word = match[0].replace("’", "'").casefold()
        if not sentence.free(start, end) or len(word) < 3:
            continue
        total += 1
        if familiar(word, evidence.words) or word in _OPENERS or word in _MOOD_WORDS:
            continue
        unknown.append((start, end))
    about_item = bool(sentence.links) or bool(_PRONOUN.match(text.casefold()) and sentence.items_at(len(text)))
    if unknown and (about_item or len(unknown) >= 2 or len(unknown) > 0.25 * total):
        start, end = unknown[0][0], unknown[-1][1]
        sentence.claims.append(Claim(kind="description", text=text[start:end], start=start, end=end, supported=False))


_MOOD_WORDS = frozenset(word for phrase in (*MOODS, *GENRE_NOUNS) for word in words_of(phrase))

RULES: tuple[Callable[[Sentence], None], ...] = (
    link_titles, awards, durations, years, people, history, trends, nations, comparisons, genres, numbers, denied,
    _quoted_titles, names, vocabulary,
)  # fmt: skip
"""The rules in the order in which they claim the words of a sentence."""
