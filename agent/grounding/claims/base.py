"""A claim, and a sentence with the names found in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from agent.grounding.evidence import Evidence, Facts
from agent.lexicon import WORDS
from core.types import Frozen


class Claim(Frozen):
    """One checkable part of a sentence; ``repair`` is the text that the evidence puts in its place, if unambiguous."""

    kind: str
    text: str
    start: int
    end: int
    supported: bool
    repair: str | None = None


Predicate = Callable[[Facts], bool | None]
"""Whether something holds of an item; None where the item's figure is unknown."""


@dataclass
class Sentence:
    """A sentence with the names found in it.

    Attributes:
        links: (start, end, items so named) in order; an item list of (None,) is a title without facts.
        about: ids of the items that the sentence before was about, and its people ("person:Ridley Scott").
        people: (start, end, person) in order.
        operators: spans of the words that say of how many items something holds, as far as a rule has weighed them.
        predicate: what the latest claim says of an item; "Gladiator is not" denies it.
    """

    text: str
    evidence: Evidence
    about: tuple[str, ...] = ()
    links: list[tuple[int, int, tuple[Facts | None, ...]]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    used: list[tuple[int, int]] = field(default_factory=list)
    people: list[tuple[int, int, str]] = field(default_factory=list)
    operators: set[tuple[int, int]] = field(default_factory=set)
    predicate: Predicate | None = None

    @property
    def low(self) -> str:
        """The sentence in lower case, of the same length."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else self.text

    @property
    def masked(self) -> str:
        """`low` with every linked title as one word, so that "No Country for Old Men" denies nothing."""
        masked = self.low
        for start, end, _ in self.links:
            masked = masked[:start] + "t" * (end - start) + masked[end:]
        return masked

    def add(self, kind: str, start: int, end: int, supported: bool, repair: str | None = None) -> None:
        """Record a claim and mark its words as dealt with."""
        self.claims.append(
            Claim(kind=kind, text=self.text[start:end], start=start, end=end, supported=supported, repair=repair)
        )
        self.used.append((start, end))

    def free(self, start: int, end: int) -> bool:
        """Whether no claim has used the span yet."""
        return not any(left < end and start < right for left, right in self.used)

    def tells(self, phrase: str, position: int) -> bool:
        """Whether the own words of every item spoken of at a position have a phrase."""
        items = self.items_at(position)
        return bool(items) and all(re.search(rf"\b{re.escape(phrase)}\b", item.told) is not None for item in items)

    def items_at(self, position: int) -> list[Facts]:
        """The items that words at a position are about: those named nearest before, else after, else spoken of."""
        low = self.masked
        clause_start = max((match.end() for match in CLAUSE.finditer(low, 0, position)), default=0)
        before = [link for link in self.links if link[1] <= position]
        facts = [item for link in self.links for item in link[2] if item is not None]
        pair = [self.evidence.by_id[item] for item in self.about if item in self.evidence.by_id]
        if not facts and len(pair) == 2 and re.search(r"\bboth\b", low[clause_start:position]):
            return pair
        every = list(ALL.finditer(low, clause_start, position))
        if every and any(every[-1].end() <= link[0] and link[1] <= position for link in self.links):
            every = []
        if every and (facts or self.evidence.shown):
            return facts if len(self.links) > 1 else list(self.evidence.shown) or facts
        clause_end = next((match.start() for match in CLAUSE.finditer(low, position)), len(low))
        here = [link for link in self.links if clause_start <= link[0] < clause_end]
        if here and here[0][0] >= position and clause_start and not PRONOUN.search(low[clause_start:position]):
            return self._joined_after(position)
        if before:
            last = before[-1]
            if _LIKED.search(low[: last[0]]) or not any(last[2]):
                # What was liked is not what is spoken of: "You liked Fargo, so this thriller …".
                meant = [self.evidence.by_id[key] for key in self.about if key in self.evidence.by_id]
                meant = meant[-1:] or (list(self.evidence.known) if len(self.evidence.known) == 1 else [])
                if meant and (PRONOUN.search(low, last[1], position) or not any(last[2])):
                    return meant
            if re.fullmatch(r"\s*\([^()]*", low[last[1] : position]):
                return [item for item in last[2] if item is not None]
            joined = [last]
            for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
                apart = re.search(r"\b(?:unlike|compared (?:to|with)|besides|than|instead of|not) $", low[: earlier[0]])
                between = re.fullmatch(JOIN, low[earlier[1] : later[0]])
                if apart or not between:
                    break
                joined.append(earlier)
            return [item for link in joined for item in link[2] if item is not None]
        after = self._joined_after(position)
        if after and not PRONOUN.search(low[:position]):
            return after
        spoken = [self.evidence.by_id[item] for item in self.about if item in self.evidence.by_id]
        if PRONOUN.search(low[:position]) or not self.links:
            if spoken:
                return spoken[-1:] if not re.search(r"\b(?:they|both|all|these)\b", low[:position]) else spoken
            if len(self.evidence.known) == 1:
                return list(self.evidence.known)
        return after

    def of_person(self, position: int) -> bool:
        """Whether the words before a position, beside a condition that opens the sentence, speak of "you"."""
        opening = re.match(r"(?:if|when|in case|should|unless|because|since|as)\b[^,]*,", self.masked)
        start = opening.end() if opening and opening.end() <= position else 0
        told = [match.end() for match in TOLD.finditer(self.masked, 0, position)]
        return _ASKING.search(self.masked, max([start, *told]), position) is not None

    def _joined_after(self, position: int) -> list[Facts]:
        after = [link for link in self.links if link[0] >= position]
        joined = after[:1]
        for earlier, later in itertools.pairwise(after):
            if not re.fullmatch(JOIN, self.low[earlier[1] : later[0]]):
                break
            joined.append(later)
        return [item for link in joined for item in link[2] if item is not None]


JOIN = r"\s*(?:\([^()]*\))?\s*(?:,|and|&|, and)\s*"
"""What stands between the names of a list; each may have something in brackets."""

CLAUSE = re.compile(r"[;:–—]|, (?:while|but|whereas|and)\b|\bwhile\b|\bbut\b|\bwhereas\b")

BREAK = re.compile(r"[;–—]|, (?:while|but|whereas|and)\b|\bwhile\b|\bbut\b|\bwhereas\b")

ALL = re.compile(r"\b(?:both|all|each|they|these|every one|all three|all of (?:them|these))\b")

PRONOUN = re.compile(r"\b(?:it|it's|its|that one|this one|this film|this|the film|the movie|they)\b")

NUMBER_WORDS = {word: number for word, number in WORDS.items() if " " not in word}

_TENS = {
    word: 10 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_UNITS = {word: unit for unit, word in enumerate("one two three four five six seven eight nine".split(), 1)}
_LATER = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TEENS = {word: number for number, word in enumerate(_LATER, 10)}

NUMBER = (
    rf"(?:\d+|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)})\b)?"
    rf"|{'|'.join(sorted(_TEENS, key=len, reverse=True))}"
    rf"|{'|'.join(_UNITS)})"
)
"""A whole number below a hundred in words, or in figures."""


def value_of(number: str) -> int:
    """The value of what `NUMBER` found."""
    if number.isdigit():
        return int(number)
    words = number.replace("-", " ").split()
    return sum(_TENS.get(word) or _TEENS.get(word) or _UNITS[word] for word in words)


_LIKED = re.compile(r"\b(?:you|they) (?:\w+ )?(?:liked?|loved?|enjoyed|adored|saw|rated) (?:the )?$")

TOLD = re.compile(r"[;:–—] (?=(?:it|they|this|the|an?)\b)|,? (?:just )?as you \w+(?: for| it)?, ")
"""Where words about the person end, and words about an item begin."""

_ASKING = re.compile(
    r"\b(?:you(?! (?:can|could|might|may|will|would|should)\b(?! like))|your|you're|you've|you'd (?:like|love"
    r"|prefer|rather)|yours|yourself)\b"
)

YOU = re.compile(r"\b(?:you|your|you're|you've|you'd (?:like|love|prefer|rather)|yours|yourself|you'll)\b")


def spell(number: int) -> str:
    """A count in words up to twelve, in figures beyond."""
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return words[number] if number < len(words) else str(number)
