"""Titles, every other capitalised name, and words that no rule knows."""

from __future__ import annotations

import re

from agent.grounding.claims.base import PRONOUN, Claim, Sentence
from agent.grounding.claims.genres import genre_words
from agent.grounding.claims.people import people_repair, role_at
from agent.grounding.vocabulary import familiar, words_of
from agent.lexicon import GENRE_NOUNS, MOODS, NATIONS


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


def quoted_titles(sentence: Sentence) -> None:
    """Titles in quotation marks or emphasis that the evidence did not link."""
    for match in re.finditer(r"[\"“*_]{1,2}([^\"”*_\n]{2,80})[\"”*_]{1,2}", sentence.text):
        start, end = match.span(1)
        if not sentence.free(start, end):
            continue
        supported = match[1].casefold().strip(" .,!?") in sentence.evidence.heard
        if supported or re.search(r"[A-Z]", match[1]):
            sentence.add("title", start, end, supported)


_NAME_WORD = re.compile(
    r"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:(?:of|the|de|van|von|der|and|&|la|le|du|in|a)\s+)*[A-ZÀ-Ý0-9][\w'’.-]*)*"
)

_CAPITAL_OK = frozenset(
    re.findall(
        r"\S+",
        """
i i'd i'll i'm i've oscar oscars driftline ok dvd tv imax english monday tuesday wednesday thursday friday saturday
sunday january february march april june july august september october november december christmas halloween rotten
tomatoes metacritic academy awards award tomatometer metascore
""",
    )
)


def names(sentence: Sentence) -> None:
    """Every other capitalised name: it must be in the person's own words or in a tool's, else it comes from nowhere."""
    text, evidence = sentence.text, sentence.evidence
    for match in _NAME_WORD.finditer(text):
        start = match.start()
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
                and (len(tokens) == 1 or familiar(bare) or bare in _OPENERS)
                and not _title_opening(sentence, right, bare)
            ):
                if (
                    familiar(bare, evidence.words)
                    or any(True for _ in genre_words(bare))
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
        heard = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", evidence.heard) is not None
        rated = re.search(r"\b(?:rated|certificate|certified)\b[\w ]*$", text[:left].casefold())
        if rated and any(item.has("certificate", text[left:right].strip(" .,")) for item in sentence.items_at(left)):
            sentence.add("certificate", left, right, True)
            continue
        supported = heard or sentence.tells(phrase, left)
        repair = None
        if not supported:
            items = sentence.items_at(left)
            role = role_at(text, left, right)
            repair = people_repair(items, role) if items else None
        sentence.add("name", left, right, supported, repair)


_GENRE_SPELLINGS = {value for values in GENRE_NOUNS.values() for value in values} | {"Sci", "Fi"}

_OPENERS = frozenset(
    re.findall(
        r"\S+",
        """
whether unlike despite sadly unfortunately luckily happily absolutely alas ah oh aha hmm brilliant great lovely
excellent
noted cheers sure understood apologies unlike amid congratulations hooray fair alternatively additionally meanwhile
moreover nevertheless
""",
    )
)


def _title_opening(sentence: Sentence, end: int, bare: str) -> bool:
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
        items = sentence.items_at(start)
        if items and all(familiar(word, item.words) for item in items):
            continue
        unknown.append((start, end))
    pointed = PRONOUN.match(text.casefold()) and sentence.items_at(len(text))
    about_item = bool(sentence.links or pointed or sentence.operators)
    if unknown and (about_item or len(unknown) >= 2 or len(unknown) > 0.25 * total):
        start, end = unknown[0][0], unknown[-1][1]
        sentence.claims.append(Claim(kind="description", text=text[start:end], start=start, end=end, supported=False))


_MOOD_WORDS = frozenset(word for phrase in (*MOODS, *GENRE_NOUNS) for word in words_of(phrase))
