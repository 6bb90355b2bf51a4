"""A claim, and a sentence with the names found in it."""

from __future__ import annotations

import re
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

    def tells(self, phrase: str, position: int) -> bool:
        """Whether the own words of every item spoken of at a position have a phrase."""
        items = self.items_at(position)
        return bool(items) and all(re.search(rf"\b{re.escape(phrase)}\b", item.told) is not None for item in items)

    def items_at(self, position: int) -> list[Facts]:
        """The items that words at a position are about: those named nearest before, else after, else spoken of."""
        low = self.low
        clause_start = max((match.end() for match in CLAUSE.finditer(low, 0, position)), default=0)
        before = [link for link in self.links if link[1] <= position]
        facts = [item for link in self.links for item in link[2] if item is not None]
        pair = [self.evidence.by_id[item] for item in self.about if item in self.evidence.by_id]
        if not facts and len(pair) == 2 and re.search(r"\bboth\b", low[clause_start:position]):
            return pair
        if ALL.search(low[clause_start:position]) and (facts or self.evidence.shown):
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
        if after and not PRONOUN.search(low[:position]):
            return [item for item in after[0][2] if item is not None]
        spoken = [self.evidence.by_id[item] for item in self.about if item in self.evidence.by_id]
        if PRONOUN.search(low[:position]) or not self.links:
            if spoken:
                return spoken[-1:] if not re.search(r"\b(?:they|both|all|these)\b", low[:position]) else spoken
            if len(self.evidence.known) == 1:
                return list(self.evidence.known)
        return [item for item in after[0][2] if item is not None] if after else []


CLAUSE = re.compile(r"[;:–—]|, (?:while|but|whereas|and)\b|\bwhile\b|\bbut\b|\bwhereas\b")

BREAK = re.compile(r"[;–—]|, (?:while|but|whereas|and)\b|\bwhile\b|\bbut\b|\bwhereas\b")

ALL = re.compile(r"\b(?:both|all|each|they|these|every one|all three|all of (?:them|these))\b")

PRONOUN = re.compile(r"\b(?:it|it's|its|that one|this one|this film|this|the film|the movie|they)\b")

NUMBER_WORDS = {word: number for word, number in WORDS.items() if " " not in word}

YOU = re.compile(r"\b(?:you|your|you're|you've|you'd|yours|yourself|you'll)\b")


def spell(number: int) -> str:
    """A count in words up to twelve, in figures beyond."""
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return words[number] if number < len(words) else str(number)
