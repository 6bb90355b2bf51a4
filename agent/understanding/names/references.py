"""Words that point at what was shown or spoken of before: "the second one", "both", "it", "the 1995 one"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.lexicon import BLAME, PRAISE, TELLING, alternatives
from agent.understanding.entities import UNLISTED, Entity
from agent.understanding.meaning import Question
from core.mentions import TitleMatch
from store.columns import ItemColumns

_ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "sixth": 5,
    "seventh": 6,
    "eighth": 7,
    "ninth": 8,
    "tenth": 9,
    "one": 0,
    "two": 1,
    "three": 2,
    "four": 3,
    "five": 4,
}

_ORDINAL = re.compile(
    r"\b(?:the|that|this) (?P<word>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|seventh|eighth|ninth|tenth"
    r"|last|other|former|latter|(?:top|bottom|middle)(?= one\b| film\b| movie\b| of (?:these|those|them|the)\b)"
    r"|one (?:on top|at the (?:top|bottom|end|start)|in the middle|below(?: it| that)?|above(?: it| that)?))"
    r"\b(?! (?:time|years?|few|two|three|part|half|place|thing i|decade|century|week|weekend|month|night|minute"
    r"|season|\d|of (?:its|the(?! (?:lot|list|two|three|four|five|bunch)\b)) ))"
    r"(?: (?:one|film|movie|suggestion|recommendation|pick|title|option))?"
    r"(?: of (?:these|those|them|the (?:lot|list|two|three|four|five|bunch))\b)?"
    r"|\b(?:number|no\.?|nr\.?|option|#) ?(?P<num>\d|one|two|three|four|five)\b|(?<!\w)#(?P<hash>\d)\b"
)

_RANKED = re.compile(
    r"\bthe (?P<rank>old|new|lat|earli|short|long)(?:er|est)(?: (?:one|film|movie))?"
    r" of (?:the (?:two|three|four|five|pair|lot|bunch)|these|those|them)\b"
)
"""One of those shown by its year or length: "the shorter of the two"."""

_PLURAL = re.compile(
    r"\b(?:both(?: of (?:them|those|these))?|all (?:(?:two|three|four|five) )?of (?:them|those|these)"
    r"|those(?: (?:films|movies|ones|two|three|four|five))?|these(?: (?:films|movies|ones|two|three|four|five))?"
    r"|them(?: (?:all|both))?)\b"
)

_WORTH = alternatives(
    (*PRAISE, *BLAME, *TELLING, "best", "fave", "fav", "favorite", "favourite", "favorites", "favourites")
)

_DEGREE = (
    r"(?:(?:an?|one|of|my|all|time|so|really|very|pretty|such|the|definitely|also|actually|just|always|still|not"
    r"|another|super"
    r"|quite|kind|kinda|too|absolutely|another|her|his) )*"
)

_SINGULAR = re.compile(
    r"\b(?:(?:that one|this one|that (?:film|movie)|this (?:film|movie)|it(?!'s (?:late|raining|ok|okay|fine"
    r"|been|time|me|a long|friday|sunday))(?!'?s? (?:doesn'?t|does not|depends|looks like|seems))|(?:than"
    r"|like|about|of|loved|liked|hated|seen|saw|watched|love|hate|forget|remove|delete|is|was|suggest"
    r"|recommend|pick|why|did you|directed|made|wrote|not) (?P<that>that|this)(?=\s*(?:$|[.,!?;)]|please"
    r"|too|as well|already|but|and\b|was|for\b|so|last|yesterday|from|off)))\b"
    rf"|it(?=s {_DEGREE}(?:{_WORTH})\b)|that(?=(?:'?s| is| was| were| has been) {_DEGREE}(?:{_WORTH})\b))"
)


def references(
    masked: str, entities: list[Entity], columns: ItemColumns, shown: Sequence[str], focus: Sequence[str]
) -> list[Entity]:
    """Entities for words that point at items named, shown or spoken of before."""
    found: list[Entity] = []

    def title_of(item_id: str) -> str:
        position = columns.position.get(item_id)
        return columns.titles[position] if position is not None else item_id.removeprefix(UNLISTED)

    def add(start: int, end: int, ids: Iterable[str | None]) -> None:
        for item_id in ids:
            title = title_of(item_id) if item_id else masked[start:end]
            found.append(Entity(start, end, title=title, item_id=item_id, pronoun=True))

    taken = [(known.start, known.end) for known in entities]

    def free(start: int, end: int) -> bool:
        spans = [*taken, *((known.start, known.end) for known in found)]
        return not any(left < end and start < right for left, right in spans)

    for match in _ORDINAL.finditer(masked):
        word = match["word"]
        if not free(*match.span()):
            continue
        earlier = [
            known.item_id for known in entities if known.is_title and known.item_id and known.end <= match.start()
        ]
        if word in {"former", "latter"}:
            pool: list[str] = [item for item in earlier if item] or list(shown)
            add(*match.span(), [pool[0 if word == "former" else min(1, len(pool) - 1)]] if pool else [None])
            continue
        if not shown:
            if match["num"] or match["hash"] or re.search(r"one|film|movie|suggest|pick", match[0]):
                add(*match.span(), [None])
            continue
        if word and word.startswith(("top", "bottom", "middle", "one ")):
            index = _place(word, [each.item_id for each in found], shown)
        elif word == "last":
            index = len(shown) - 1
        elif word == "other":
            index = 1 if len(shown) == 2 else -1
        else:
            key = word or match["num"] or match["hash"]
            index = int(key) - 1 if key.isdigit() else _ORDINALS[key]
        add(*match.span(), [shown[index] if 0 <= index < len(shown) else None])
    for match in _RANKED.finditer(masked):
        if free(*match.span()) and len(shown) > 1:
            add(*match.span(), [_ranked(match["rank"], shown, columns)])
    for match in _PLURAL.finditer(masked):
        if not free(*match.span()):
            continue
        earlier = [
            known.item_id for known in entities if known.is_title and known.item_id and known.end <= match.start()
        ]
        pool_ids = [item for item in earlier if item]
        if len(pool_ids) < 2 and (shown or not pool_ids):
            pool_ids = list(shown)
        if match[0].startswith("both"):
            pool_ids = pool_ids[-2:] if earlier else pool_ids[:2]
        if pool_ids and not re.match(r" (?:who|that|which)\b", masked[match.end() :]):
            add(*match.span(), pool_ids)
    for match in _SINGULAR.finditer(masked):
        start, end = match.span("that") if match["that"] else match.span()
        if not free(start, end):
            continue
        earlier = [known.item_id for known in entities if known.is_title and known.item_id and known.end <= start]
        if earlier:
            add(start, end, [earlier[-1]])
        elif focus:
            add(start, end, [focus[-1]])
        elif len(shown) == 1 or (shown and match[0] not in {"it"}):
            add(start, end, [shown[0]])
    return found


def _place(word: str, before: Sequence[str | None], shown: Sequence[str]) -> int:
    """Where on the list something stands that is told by its place; ``before`` is what was pointed at before it."""
    if "below" in word or "above" in word:
        last = before[-1] if before else None
        start = shown.index(last) if last in shown else (-1 if "below" in word else len(shown))
        return start + 1 if "below" in word else start - 1
    if "bottom" in word or "end" in word:
        return len(shown) - 1
    return len(shown) // 2 if "middle" in word else 0


def _ranked(rank: str, shown: Sequence[str], columns: ItemColumns) -> str | None:
    """Which of those shown is the oldest, newest, shortest or longest, where their figures are known."""
    numbers = columns.numbers.get("runtime" if rank in {"short", "long"} else "year")
    known = [item for item in shown if item in columns.position]
    if numbers is None or not known:
        return None
    figures = {item: float(numbers[columns.position[item]]) for item in known}
    figures = {item: figure for item, figure in figures.items() if figure == figure}
    pick = max if rank in {"new", "lat", "long"} else min
    return pick(figures, key=figures.__getitem__, default=None)


def answers(masked: str, pending: Sequence[Question]) -> list[Entity]:
    """The item chosen in answer to a question ("the 1995 one", "the first", "the newer one")."""
    found: list[Entity] = []
    for question in pending:
        chosen: TitleMatch | None = None
        span = (0, len(masked))
        year = re.search(r"\b((?:19|20)\d\d)\b", masked)
        ordinal = _ORDINAL.search(masked)
        ranked = sorted(question.matches, key=lambda match: match.year or 0)
        age = re.search(r"\b(newer|newest|latest|recent|older|oldest|original|earlier)\b", masked)
        if year:
            chosen = next((match for match in question.matches if match.year == int(year[1])), None)
            span = year.span()
        elif age and ranked:
            chosen = ranked[-1] if age[1] in {"newer", "newest", "latest", "recent"} else ranked[0]
            span = age.span()
        elif ordinal and ordinal["word"] != "other":
            key = ordinal["word"] or ordinal["num"] or ordinal["hash"]
            index = (
                len(question.matches) - 1
                if key.startswith(("last", "bottom"))
                else int(key) - 1
                if key.isdigit()
                else _ORDINALS.get(key, 0)
            )
            chosen = question.matches[index] if 0 <= index < len(question.matches) else None
            span = ordinal.span()
        if chosen is not None:
            found.append(Entity(*span, title=chosen.title, item_id=chosen.item_id, answer=question))
    return found
