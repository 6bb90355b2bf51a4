"""Words that stand where titles stand, which the index did not mark: looked up one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.lexicon import COMMON_WORDS
from agent.understanding.entities import Entity
from agent.understanding.meaning import Question
from agent.understanding.names.words import NOT_NAMES, POINTERS, TASTE_TOKENS
from core.mentions import Mention, Resolution
from tools.deps import Retriever

_EXACT = 0.97

_QUOTED = re.compile(r'"([^"\n]{2,70})"|\*([^*\n]{2,70})\*|(?<!\w)_([^_\n]{2,70})_(?!\w)')

_WORD = r"(?:[A-Z0-9][\w'.:&!-]*)"

_CAPITALISED = re.compile(
    rf"\b(?:loved?|liked?|enjoy(?:ed)?|hated?|disliked?|watch(?:ed)?|saw|seen|adored?|like|called|named"
    rf"|directed|wrote|similar to|remove|forget|about|(?:starred|stars|is|was) in|recommend"
    rf"|suggest)\s+(?:the (?:film|movie) )?(?P<t>{_WORD}(?:[ :]+(?:(?:of|the|and|a|in|on|to|for|with|from"
    rf"|at|is|by)\s+)*{_WORD})*)"
)

_LOWER = re.compile(
    r"\b(?:loved?|liked|enjoyed|hated?|disliked|watched|saw|seen|adored?|like|similar to|directed"
    r"|wrote|(?:starred|played|acted|plays|acts|stars) in|how long is|finished|recommend"
    r"|(?:remove|delete|forget|unlike)(?: my (?:rating|review|like)s? (?:of|for))?"
    r"|(?:director|writer|cast|actors|stars?|runtime|length) of)\s+(?:the (?:film|movie) )?"
    r"(?P<t>[a-z0-9][a-z0-9':&. -]{2,58}?)(?=$|[,.!?;()\"¤]|\s(?:and|but|because|so|which|it|for"
    r"|on|last|with|when|too|very|a lot|was|is|yesterday|recently|as|more|please|though|or|not|i|who|about"
    r"|from|after|before|since|what|any)\b)"
)

_FIGURED = re.compile(r"(?<![\w'-])(?P<t>[a-z]+\d[a-z]+)(?![\w'-])")
"""A figure for a letter within a word ("se7en"), which is a way of writing titles alone."""

_T5 = r"(?P<t>[a-z0-9][\w':&.-]*(?: [\w':&.-]+){0,5}?)"

_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[.!?;,]\s+)(?:(?:but|and|so|well|honestly|actually|personally|frankly|oh|yeah|ok) )*{_T5}"
        rf"(?=(?: (?:is|was|isn't|wasn't|blew|bored|sucked|rocks|rocked"
        rf"|left me|made me|put me)\b|\s*[:,-]?\s*\d(?:\d|\.\d)? ?(?:/|out of|stars)))",
        rf"\b(?:give|gave|rate|rated|scored) (?:the (?:film|movie) )?{_T5}(?= (?:a |an )?\d)",
        rf"(?:^|[.!?]\s+)(?:when (?:was|did)|did|does|has|is|was|isn't|wasn't|how long is|how old is"
        rf"|(?:what|which) year (?:is|was|did)|should i watch|would i like) {_T5}(?= (?:made|released|come out|win|won"
        rf"|get|have|any|good|great|worth|from|a|an|in)\b|\s*\?|$)",
        rf"\b(?:show me|put on|play|watch) {_T5}(?=\s*(?:$|[.,!?;]| please\b| tonight\b| again\b))",
        rf"(?:^|, ?|\band |\bor |\bvs\.? ){_T5}(?=\s*(?:,|,? and|,? or|vs\.?|&) ?¤)",
        rf"¤\s*(?:,|,? and|,? or|vs\.?|&) ?{_T5}(?=\s*(?:$|[.,!?;]| and\b| or\b))",
    )
)
"""Places in a sentence where only a title makes sense; what stands there is one if the catalogue has exactly that."""

_LISTED = re.compile(r"[^,.!?]{2,40}(?:,[^,.!?]{2,40})+[.!]?")

_EITHER = re.compile(r"(?:^|[:,] )([a-z0-9][^,.!?¤]{1,40}?) (?:or|vs\.?|versus) ([^,.!?¤]{2,40}?)\s*\?*$")


def unlisted_titles(
    text: str,
    masked: str,
    entities: Sequence[Entity],
    retriever: Retriever,
    questions: list[Question],
    unresolved: list[str],
) -> list[tuple[Entity | None, int, int]]:
    """Stretches that look like titles, each as an entity if the catalogue has it, with the span to mask.

    What is surely meant as a title but is none of the catalogue goes to ``unresolved``, what may be several items to
    ``questions``.
    """
    found: list[tuple[Entity | None, int, int]] = []
    for start, end, phrase, sure in _candidates(text, masked):
        if any(start < known.end and known.start < end for known in entities):
            continue
        entity = _looked_up(phrase, start, end, sure, retriever, questions, unresolved)
        if entity is not None or sure:
            found.append((entity, start, end))
    return found


def only_titles(text: str, masked: str, retriever: Retriever) -> list[Mention]:
    """Exact titles in places where only a title makes sense ("X or Y", "X: 8/10"), in the order of the places."""
    found: list[Mention] = []
    for start, end, phrase in _placed(text, masked):
        if any(start < known.end and known.start < end for known in found):
            continue
        named = retriever.resolve_title(phrase)
        best = named.matches[0] if named.matches else None
        if best is not None and best.score >= _EXACT and named.status != "unknown":
            found.append(Mention(start=start, end=end, kind="title", value=best.title, resolution=named))
    return found


def _placed(text: str, masked: str) -> list[tuple[int, int, str]]:
    found = [match.span("t") for pattern in _PLACES for match in pattern.finditer(masked)]
    found += [match.span(side) for match in _EITHER.finditer(masked) for side in (1, 2)]
    listed = {match.span("t") for pattern in _PLACES[-2:] for match in pattern.finditer(masked)}
    if _LISTED.fullmatch(masked):
        pieces = [match.span() for match in re.finditer(r"[^\s,.!][^,.!]*[^\s,.!]|[^\s,.!]", masked)]
        pieces = [(start, end) for start, end in pieces if "¤" not in masked[start:end]]
        found += pieces
        listed.update(pieces)
    spans = []
    for start, end in dict.fromkeys(found):
        words = re.findall(r"[a-z0-9']+", masked[start:end])
        everyday = (POINTERS if (start, end) in listed else COMMON_WORDS) | TASTE_TOKENS | NOT_NAMES
        if words and not everyday.issuperset(words):
            spans.append((start, end, text[start:end]))
    return spans


def _candidates(text: str, masked: str) -> list[tuple[int, int, str, bool]]:
    """Stretches that look like titles but are no catalogue name: (start, end, words, surely meant as a title)."""
    found: list[tuple[int, int, str, bool]] = []
    for pattern, sure in ((_QUOTED, True), (_CAPITALISED, True), (_LOWER, False), (_FIGURED, False)):
        source = text if sure else masked
        for match in pattern.finditer(source):
            group = next(index for index, value in enumerate(match.groups(), 1) if value)
            start, end = match.span(group)
            phrase = text[start:end].rstrip(" .,!?:;")
            end = start + len(phrase)
            if "¤" in masked[start:end] or any(start < known[1] and known[0] < end for known in found):
                continue
            words = re.findall(r"[a-z0-9']+", phrase.lower())
            plain = all(
                word in COMMON_WORDS or word in TASTE_TOKENS or word in NOT_NAMES or re.fullmatch(r"\d+s?", word)
                for word in words
            )
            if plain and not (pattern is _QUOTED and len(words) > 1 and text[start].isupper()):
                continue
            if words[0] in {
                "i",
                "im",
                "i'm",
                "to",
                "something",
                "films",
                "movies",
                "some",
                "any",
                "anything",
                "that",
                "those",
                "what",
                "my",
                "your",
                "his",
                "lots",
            }:
                continue
            found.append((start, end, phrase, sure))
    return found


def _looked_up(
    phrase: str,
    start: int,
    end: int,
    sure: bool,
    retriever: Retriever,
    questions: list[Question],
    unresolved: list[str],
) -> Entity | None:
    resolution: Resolution = retriever.resolve_title(phrase)
    if resolution.status == "unknown" and "." in phrase:
        resolution = retriever.resolve_title(phrase + ".")
    best = resolution.matches[0] if resolution.matches else None
    if best is not None and best.score < 0.9 and _longer(best.title, phrase):
        resolution, best = Resolution(query=phrase, status="unknown"), None
    figured = _FIGURED.fullmatch(phrase.lower()) is not None
    if resolution.status == "resolved" and best is not None and best.score >= (0.8 if sure or figured else 0.88):
        return Entity(start, end, title=best.title, item_id=best.item_id)
    if resolution.status == "ambiguous" and (sure or (best is not None and best.score >= 0.95)):
        questions.append(Question(quote=phrase, matches=resolution.matches, start=start))
        return Entity(start, end, title=phrase)
    if sure:
        unresolved.append(phrase)
    return None


def _longer(title: str, phrase: str) -> bool:
    """Whether a title merely has the phrase in it: "La La Land" is not "Going Down in LA-LA Land"."""
    theirs, said = (re.findall(r"[^\W_]+", name.casefold()) for name in (title, phrase))
    return len(theirs) > len(said) + 1 and said[0] not in theirs[:2]
