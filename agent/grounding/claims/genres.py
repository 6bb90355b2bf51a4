"""Claims about genres and moods, of an item or of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from agent.grounding.claims.base import BREAK, TOLD, Sentence
from agent.grounding.claims.scopes import Scope, counted_at, holds_at, scope_at
from agent.grounding.evidence import Facts
from agent.lexicon import GENRE_NOUNS, MOODS, alternatives

_GENRE = re.compile(rf"(?<![\w-])(?:(?P<genre>{alternatives(GENRE_NOUNS)})|(?P<mood>{alternatives(MOODS)}))(?![\w])")


def genre_words(low: str) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
    """Genre names and moods in a text: span, genres, and whether it names a genre."""
    for match in _GENRE.finditer(low):
        word = re.sub(r"[\s-]+", " ", match[0])
        if match["genre"]:
            values = next(genres for key, genres in GENRE_NOUNS.items() if re.sub(r"[\s-]+", " ", key) == word)
            yield match.start(), match.end(), values, True
        else:
            mood = next(value for key, value in MOODS.items() if re.sub(r"[\s-]+", " ", key) == word)
            yield match.start(), match.end(), mood.want, False


NOT_GENRE = re.compile(
    r"^(?:happy|warm|sweet|light|fun|smart|clever|fast|slow|deep|odd|cute|chill|happy|smart|loud|moving"
    r"|powerful|family|music|history|sport|action|war|crime|gentle|fresh|twist|space|nature|strange|weird"
    r"|complex|charming|playful)$"
)

NEGATION = re.compile(
    r"\bnone of (?:these|them|the \w+)\b[^,;]*$|(?:\b(?:not|no|never|without|nothing"
    r"|neither|nor|less|free of|rather than|instead of|leaving out|left out|leave out|skipping|avoid(?:s"
    r"|ing)?|exclud\w+|skip(?:s|ped)?|kept out|keeping out|out|steer\w* clear of|nowhere near|hardly"
    r"|far from|anything but|clear of|ruled out|ruling out)\b|n't\b)(?! only\b)[^,;.]{0,28}$"
)


def genres(sentence: Sentence) -> None:
    """Genre names and moods: of the item they describe, or of the person they are said of."""
    evidence, low = sentence.evidence, sentence.low
    offering = bool(
        re.match(
            r"(?:would you|do you|shall|want|fancy|are you|how about|what about|if you|tell me|let me know"
            r"|should i|could i|can i|or |happy to|just say|say the word|prefer)",
            low,
        )
    ) or low.rstrip().endswith("?")
    for start, end, values, is_name in genre_words(low):
        if not sentence.free(start, end) or counted_at(sentence, start, end):
            continue
        word = low[start:end]
        if not is_name and NOT_GENRE.match(word) and not re.search(rf"^\s*(?:and \w+ )?(?:{_FILMISH})", low[end:]):
            continue
        if (
            is_name
            and word in {"family", "music", "history", "action", "war", "crime", "sport"}
            and re.search(r"\b(?:your|my|the|a) $", low[:start])
            and not re.match(rf"\s*(?:{_FILMISH})", low[end:])
        ):
            sentence.used.append((start, end))
            continue
        scope = Scope((), 0, 0) if _said_of_person(sentence, start) else scope_at(sentence, start)
        items = scope.items
        removed = _REMOVED.search(low[:start]) is not None and _ASIDE.match(low[end:]) is not None
        negated = removed or NEGATION.search(sentence.masked[scope.after : start]) is not None
        lowered = {value.casefold() for value in values}
        wished = evidence.asked_genres if _ASKED.search(low[:start]) else evidence.wanted_genres
        asked = bool(lowered & wished) or re.search(rf"\b{re.escape(word)}\b", evidence.heard) is not None
        ruled_out = evidence.ruled_out
        if items:
            meant, strictly = (values[:1], True) if negated else (values, is_name)
            supported = holds_at(sentence, scope, partial(_carries, values=meant, is_name=strictly), negated)
            repair = None
            if (
                not supported
                and is_name
                and not negated
                and scope.plain
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


_REMOVED = re.compile(r"\b(?:left|leave|leaving|kept|keep|keeping|rul(?:e|ed|ing)|took|put) (?:\w+ )?$")
_ASIDE = re.compile(r" (?:films? |movies? )?(?:out|aside|off|away)\b")

_FILMISH = (
    r"films?\b|movies?\b|thrillers?\b|dramas?\b|comed\w+|story|stories|tale|adventures?\b|ride\b|watch\b"
    r"|pick\b|horror|romances?\b|one\b|ones\b|myster\w+|picture|sci-fi|musicals?\b|flick|and\b"
)

_ASKED = re.compile(
    r"\byou (?:\w+ )?(?:asked|wanted|said|told|mentioned|requested|wished|named)\b|\byour (?:request|wish)\b"
)

_DISLIKING = re.compile(
    r"\b(?:you|your)\b.*\b(?:hate|hated|dislike|disliked|don't|didn't|not|avoid|leave|rule|skip|less|stand"
    r"|off)\b|\b(?:leaving|leave|left|rule[ds]?|ruling|kept|keep|keeping|steer\w*) (?:out|clear)\b"
)


def evidence_statement(low: str) -> bool:
    """Whether a question also states something ("since you loved thrillers, shall I …?")."""
    return re.search(r"\b(?:because|since|as) you\b|\byou (?:like|love|enjoy)(?:d|s)?\b", low) is not None


def _said_of_person(sentence: Sentence, position: int) -> bool:
    """Whether words belong to a statement about the person rather than about an item."""
    low = sentence.masked
    breaks = [match.end() for pattern in (BREAK, TOLD) for match in pattern.finditer(low, 0, position)]
    clause_start = max(breaks, default=0)
    clause = low[clause_start:position]
    you = list(
        re.finditer(
            r"\b(?:you (?:like|love|enjoy|asked|want|said|told|mentioned|hate|dislike|prefer|seem|lean|watch|tend"
            r"|wished|are|were|have|used|ruled|didn't|don't|wanted|liked|loved|enjoyed|hated|would)\w*"
            r"|your (?:\w+ )?(?:taste|interest|liking|love|request|wish|mood|history|timeline|fondness|share"
            r"|appetite|forecast|likes|favourites?)\w*|you're|you've|what you|for you)\b",
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
    return not re.search(r"\b(?:is|it's|it is|this is|(?:so|and|then) (?:this|it|here))\b", rest)


def _carries(item: Facts, values: Sequence[str], is_name: bool) -> bool:
    if is_name:
        return all(item.has("genre", value) for value in values)
    return any(item.has("genre", value) for value in values)
