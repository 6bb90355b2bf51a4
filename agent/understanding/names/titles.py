"""Titles that the index found: which are only everyday words here, and which item each one means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.lexicon import COMMON_WORDS
from agent.understanding.entities import Entity
from agent.understanding.meaning import Question
from agent.understanding.names.words import POINTERS, TASTE_TOKENS
from agent.understanding.text import normalise
from core.mentions import Mention
from core.results import Recommendation
from tools.deps import Retriever

_POINTING = re.compile(
    r"(?:\b(?:loved?|liked?|enjoy(?:ed)?|hated?|disliked?|watch(?:ed)?|saw|seen|adored?|like|likes|called"
    r"|named|titled|directed|wrote|starred in|stars in|is in|was in|acted in|cast of|director of|film"
    r"|movie|similar to|remove|delete|suggest(?:ed)?|recommend(?:ed)?|(?:favou?rite(?: film| movie)?"
    r"|fave) is|compare|finished|of|than|about|how (?:long|old) is|when was|have you seen)\s+|[\"'*_]\s*)$"
)


_EXCLAIMED = frozenset(
    {
        "great",
        "good",
        "hello",
        "hi",
        "nice",
        "ok",
        "okay",
        "perfect",
        "right",
        "sorry",
        "super",
        "sweet",
        "thanks",
        "wonderful",
        "yes",
    }
)
"""Titles that open a message as exclamations: "Perfect, Titanic tonight" names one film."""


def believable(text: str, low: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without those titles that are only everyday words here ("home", "next", "scary movie")."""
    kept: list[Mention] = []
    doubtful: list[Mention] = []
    mentions = list(mentions)
    starts = {mention.start for mention in mentions if mention.kind == "title"}
    for mention in mentions:
        if low[mention.start : mention.end] in {"saw", "watch"} and mention.end + 1 in starts:
            continue
        if mention.kind != "title" or _is_title(text, low, mention):
            kept.append(mention)
        else:
            doubtful.append(mention)
    titles = [mention for mention in kept if mention.kind == "title"]
    for mention in doubtful:
        for known in titles:
            gap = low[min(known.end, mention.end) : max(known.start, mention.start)]
            words = low[mention.start : mention.end]
            greets = words in _EXCLAIMED and not low[: mention.start].strip()
            if (
                re.fullmatch(r"\s*(?:,|and|or|&|, and|/|vs\.?|,\s*or)\s*", gap)
                and words not in POINTERS - {"her"}
                and not greets
            ):
                kept.append(mention)
                break
    return sorted(kept, key=lambda mention: mention.start)


def _is_title(text: str, low: str, mention: Mention) -> bool:
    span, before, after = low[mention.start : mention.end], low[: mention.start], low[mention.end :]
    tokens = re.findall(r"[^\W_]+(?:'[a-z]+)?", span)
    if not tokens:
        return False
    if before[-1:] in {'"', "*", "_"} and after[:1] in {'"', "*", "_"}:
        return True
    if all(token.isdigit() or re.fullmatch(r"\d+s", token) for token in tokens):
        dated = re.search(
            r"(?:after|before|since|from|in|until|till|between|and|than|to|by|pre|post|the|a|any|around|early|mid"
            r"|late|-)[\s-]*$",
            before,
        )
        counted = re.match(
            r"\s*(?:films?|movies?|minutes?|min|hours?|or|and|to|-|\+|%|/|years?|of|good|great)\b", after
        )
        return not dated and not counted
    everyday = all(token in COMMON_WORDS or token in TASTE_TOKENS or token.isdigit() for token in tokens)
    if not everyday:
        return True
    capital = text[mention.start].isupper() and not text[: mention.end].isupper()
    pointed = bool(_POINTING.search(before))
    opening = bool(_OPENS.search(text[: mention.start]))
    inner_capitals = len(re.findall(r"\b[A-Z]", text[mention.start : mention.end])) >= 2
    if span in POINTERS:
        return capital and not opening and pointed
    if capital and (
        not opening
        or inner_capitals
        or re.match(r"\s+(?:was|is|were|bored|left|blew)\b|\s*[:,(]\s*(?:\d|great|good|bad)", after)
    ):
        return True
    if re.match(
        r"\s*\((?:19|20)\d\d\)|\s+(?:was|is) (?:a )?(?:great|boring|brilliant|awful|amazing|terrible|so |really |my )",
        after,
    ):
        return span not in COMMON_WORDS or pointed or not before.strip()
    if pointed and len(tokens) == 1 and span not in TASTE_TOKENS:
        watched = re.search(r"\b(?:loved|liked|hated|enjoyed|watched|saw|seen|disliked|finished)\s+$", before)
        return bool(watched) and re.match(r"\s*(?:$|[.,!?;]|and\b|but\b|or\b|too\b|so\b)", after) is not None
    return (
        pointed
        and len(tokens) > 1
        and not all(token in TASTE_TOKENS | {"movie", "film", "a", "the"} for token in tokens)
    )


def on_screen(text: str, masked: str, mentions: Iterable[Mention], shown: Sequence[Recommendation]) -> list[Entity]:
    """Cards called by their titles as they are written, whatever else is called so or the words may mean."""
    found: list[Entity] = []
    whole = [(mention.start, mention.end) for mention in mentions if mention.kind == "title"]
    for card in sorted(shown, key=lambda card: -len(card.title)):
        called = normalise(card.title)
        for match in re.finditer(rf"(?<!\w){re.escape(called)}(?!\w)", text):
            start, end = match.span()
            longer = any(first <= start and end <= last and last - first > end - start for first, last in whole)
            taken = "¤" in masked[start:end] or any(known.start < end and start < known.end for known in found)
            other = _YEAR_AFTER.search(text[end:].lower())
            opens = _OPENS.search(text[:start]) and all(word in COMMON_WORDS for word in called.lower().split())
            if not (longer or taken or opens or other):
                found.append(Entity(start, end, title=card.title, item_id=card.id))
    return found


_OPENS = re.compile(r"(?:^|[.!?]\s+|\n)$")

_CREDIT = re.compile(r"\b(?:by|with(?:out)?|starring|featuring|director|actor|actress|writer)\s+$")


def one_word_title(low: str, mention: Mention, retriever: Retriever) -> Mention | None:
    """The title that a person's name of one word is here too ("Aladdin"), unless the words say that it is a person."""
    words = low[mention.start : mention.end]
    if " " in mention.value or _CREDIT.search(low[: mention.start]):
        return None
    resolution = retriever.resolve_title(words)
    if not any(match.title.casefold() == words for match in resolution.matches):
        return None
    return mention.model_copy(update={"kind": "title", "resolution": resolution})


_YEAR_AFTER = re.compile(
    r"^\s*(?:\(\s*((?:19|20)\d\d)\s*\)|,? (?:from |the )?((?:19|20)\d\d)(?: (?:one|version|film|movie))?\b)"
)


def title(
    text: str, low: str, mention: Mention, questions: list[Question], shown: Sequence[Recommendation] = ()
) -> Entity:
    """The title as an entity; a year beside it chooses among several, or a card that is called so, else a question is
    added.
    """
    resolution = mention.resolution
    end = mention.end
    year_after = _YEAR_AFTER.search(low[end:])
    matches = resolution.matches if resolution else ()
    chosen = matches[0] if matches else None
    status = resolution.status if resolution else "unknown"
    if year_after:
        year = int(year_after[1] or year_after[2])
        dated = [match for match in matches if match.year == year]
        if dated:
            chosen, status = dated[0], "resolved"
            end += year_after.end()
        elif year_after[1]:
            end += year_after.end()
    cards = {card.id for card in shown}
    if status == "ambiguous" and len(seen := [match for match in matches if match.item_id in cards]) == 1:
        chosen, status = seen[0], "resolved"
    entity = Entity(mention.start, end, title=chosen.title if chosen else mention.value)
    if status == "ambiguous":
        questions.append(Question(quote=text[mention.start : mention.end], matches=matches, start=mention.start))
    elif chosen is not None:
        entity.item_id = chosen.item_id
    return entity
