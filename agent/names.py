"""Names in a message: catalogue titles and people, words of taste, nations, and references to earlier items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from agent.lexicon import COMMON_WORDS, FOREIGN, GENRE_NOUNS, MOODS, NATIONS, alternatives
from agent.questions import Question
from agent.roles import Entity
from core.results import Mention, Recommendation, Resolution, TitleMatch
from store.columns import ItemColumns
from tools.deps import Retriever

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "¤": "*", "\t": " "}
)
_T = TypeVar("_T")
PERSON_FACETS = ("director", "actor", "writer")


@dataclass(frozen=True)
class Names:
    """What was found: the masked text (same length), entities by start, and what could not be settled."""

    masked: str
    entities: list[Entity]
    questions: list[Question]
    unresolved: tuple[str, ...]
    newest: int | None


def normalise(text: str) -> str:
    """The text with straight quotes, single spaces within lines and no surrounding space."""
    lines = (" ".join(line.split()) for line in text.translate(_STRAIGHT).splitlines())
    return "\n".join(line for line in lines if line)


def lower(text: str) -> str:
    """Lower case of the same length, so that spans stay valid."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def find_names(
    text: str,
    retriever: Retriever,
    columns: ItemColumns,
    shown: Sequence[Recommendation],
    focus: Sequence[str],
    pending: Sequence[Question] = (),
) -> Names:
    """Every name in a normalised text, as entities without roles.

    Args:
        shown: items of the last answer, which ordinals refer to.
        focus: ids spoken of, the latest last, which pronouns refer to.
        pending: questions of the last reply, which "the 1995 one" may answer.
    """
    low = lower(text)
    entities: list[Entity] = []
    questions: list[Question] = []
    unresolved: list[str] = []
    mentions = sorted(retriever.mentions(text), key=lambda mention: (mention.start, -mention.end))
    believed = _believable(text, low, mentions)
    masked = low
    for mention in believed:
        if mention.kind == "title":
            found = _title(text, low, mention, questions)
        elif mention.kind in PERSON_FACETS:
            found = _person(low, mention.start, mention.end, mention.kind, mention.value, columns)
        else:
            continue
        entities.append(found)
        masked = _mask(masked, found.start, found.end)
    for start, end, phrase, sure in _candidates(text, masked):
        if any(start < known.end and known.start < end for known in entities):
            continue
        found_title = _looked_up(phrase, start, end, sure, retriever, questions, unresolved)
        if found_title is not None:
            entities.append(found_title)
        if found_title is not None or sure:
            masked = _mask(masked, start, end)
    for start, end, phrase in _placed(text, masked):
        if "¤" in masked[start:end]:
            continue
        named = retriever.resolve_title(phrase)
        best = named.matches[0] if named.matches else None
        if best is None or best.score < _EXACT or named.status == "unknown":
            continue
        mention = Mention(start=start, end=end, kind="title", value=best.title, resolution=named)
        placed = _title(text, low, mention, questions)
        entities.append(placed)
        masked = _mask(masked, placed.start, placed.end)
    for surname in _surnames(masked, columns):
        entities.append(surname)
        masked = _mask(masked, surname.start, surname.end)
    entities.extend(_tastes(masked, columns))
    taken = [(known.start, known.end) for known in entities]
    for mention in believed:
        if mention.kind != "title" and mention.kind not in PERSON_FACETS:
            free = not any(start < mention.end and mention.start < end for start, end in taken)
            if free and not _GENRE_NOUN.fullmatch(low[mention.start : mention.end]):
                entities.append(Entity(mention.start, mention.end, facet=mention.kind, values=(mention.value,)))
    entities.extend(_answers(masked, pending))
    entities.sort(key=lambda known: known.start)
    entities.extend(_references(masked, entities, columns, shown, focus))
    entities.sort(key=lambda known: (known.start, known.end))
    years = columns.numbers.get("year")
    newest = int(np.nanmax(years)) if years is not None and len(years) and not np.isnan(years).all() else None
    return Names(masked, entities, questions, tuple(dict.fromkeys(unresolved)), newest)


def _mask(text: str, start: int, end: int) -> str:
    return text[:start] + "¤" * (end - start) + text[end:]


_FUNCTION = frozenset(
    re.findall(
        r"\S+",
        """
it this that these those they he she her him them you we us me i what who which there here nothing something
anything one all both more some no not yes never now then so too
""",
    )
)
_POINTING = re.compile(
    r"(?:\b(?:loved?|liked?|enjoy(?:ed)?|hated?|disliked?|watch(?:ed)?|saw|seen|adored?|like|likes|called"
    r"|named|titled|directed|wrote|starred in|stars in|is in|was in|acted in|cast of|director of|film"
    r"|movie|similar to|remove|delete|suggest(?:ed)?|recommend(?:ed)?|(?:favou?rite(?: film| movie)?"
    r"|fave) is|compare|finished|of|than|about|how (?:long|old) is|when was|have you seen)\s+|[\"'*_]\s*)$"
)
_TASTE_TOKENS = frozenset(
    token for phrase in (*GENRE_NOUNS, *MOODS, *NATIONS) for token in re.findall(r"[a-z0-9]+", phrase)
)


def _believable(text: str, low: str, mentions: Iterable[Mention]) -> list[Mention]:
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
            if re.fullmatch(r"\s*(?:,|and|or|&|, and|/|vs\.?|,\s*or)\s*", gap) and low[
                mention.start : mention.end
            ] not in _FUNCTION - {"her"}:
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
    everyday = all(token in COMMON_WORDS or token in _TASTE_TOKENS or token.isdigit() for token in tokens)
    if not everyday:
        return True
    capital = text[mention.start].isupper() and not text[: mention.end].isupper()
    pointed = bool(_POINTING.search(before))
    opening = bool(re.search(r"(?:^|[.!?]\s+|\n)$", text[: mention.start]))
    inner_capitals = len(re.findall(r"\b[A-Z]", text[mention.start : mention.end])) >= 2
    if span in _FUNCTION:
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
    if pointed and len(tokens) == 1 and span not in _TASTE_TOKENS:
        watched = re.search(r"\b(?:loved|liked|hated|enjoyed|watched|saw|seen|disliked|finished)\s+$", before)
        return bool(watched) and re.match(r"\s*(?:$|[.,!?;]|and\b|but\b|or\b|too\b|so\b)", after) is not None
    return (
        pointed
        and len(tokens) > 1
        and not all(token in _TASTE_TOKENS | {"movie", "film", "a", "the"} for token in tokens)
    )


_YEAR_AFTER = re.compile(
    r"^\s*(?:\(\s*((?:19|20)\d\d)\s*\)|,? (?:from |the )?((?:19|20)\d\d)(?: (?:one|version|film|movie))?\b)"
)
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)(?:'s)? (?:version of |film |movie )?(?:the )?$")


def _title(text: str, low: str, mention: Mention, questions: list[Question]) -> Entity:
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
    entity = Entity(mention.start, end, title=chosen.title if chosen else mention.value)
    if status == "ambiguous":
        questions.append(Question(quote=text[mention.start : mention.end], matches=matches, start=mention.start))
    elif chosen is not None:
        entity.item_id = chosen.item_id
    return entity


def _person(low: str, start: int, end: int, facet: str, value: str, columns: ItemColumns) -> Entity:
    """A person in the part that the words give: "by X" directs or writes, "with X" acts; else as the index has it."""
    before = low[:start]
    wanted: tuple[str, ...] = ()
    if re.search(r"\b(?:directed by|by|director|filmmaker|made by|from director|directs|of)\s+$", before):
        wanted = ("director", "writer")
    elif re.search(r"\bwritten by\s+$", before):
        wanted = ("writer", "director")
    elif re.search(r"\b(?:with(?:out)?|starring|featuring|stars|actor|actress|played by|has)\s+$", before):
        wanted = ("actor",)
    for name in wanted:
        column = columns.facets.get(name)
        code = column.codes.get(value.casefold()) if column else None
        if column is not None and code is not None:
            return Entity(start, end, facet=name, values=(column.values[code],))
    return Entity(start, end, facet=facet, values=(value,))


_SURNAME = re.compile(
    r"\b(?P<cue>directed by|films? by|movies? by|thing by|not by|by|with|without|starring|featuring"
    r"|no more|love|loved|like|hate|hated|adore)\s+(?P<name>[a-z][a-z'-]{3,})(?=\s*(?:$|[.,!?;)]|films?\b"
    r"|movies?\b|and\b|or\b|but\b|please\b|from\b|after\b|before\b|in\b|'s\b))"
)


def _surnames(masked: str, columns: ItemColumns) -> list[Entity]:
    """People named by surname alone ("by nolan"): the one of that surname with the most items."""
    found = []
    for match in _SURNAME.finditer(masked):
        name, cue = match["name"], match["cue"]
        if name in COMMON_WORDS or name in _TASTE_TOKENS or name in _NOT_NAMES:
            continue
        by = cue.endswith("by")
        acting = cue in {"with", "without", "starring", "featuring"}
        facets = ("director", "writer") if by else ("actor",) if acting else ("director",)
        for facet in facets:
            column = columns.facets.get(facet)
            codes = [code for known, code in column.codes.items() if known.endswith(" " + name)] if column else []
            if column is None or not codes:
                continue
            counts = np.asarray(column.matrix[:, codes].sum(axis=0)).ravel()
            best = int(counts.argmax())
            if not (by or acting) and counts[best] < 5:
                continue
            found.append(
                Entity(match.start("name"), match.end("name"), facet=facet, values=(column.values[codes[best]],))
            )
            break
    return found


_NOT_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
accident myself yourself everyone someone friends people another anything something nothing critics watching films
movies subtitles everything today lots plenty tonight much twists endings ending either those these heart songs
music humour jokes both being most those subtitles romance animals families actors
""",
    )
)
_LEXICON = re.compile(
    rf"(?<![\w¤-])(?:(?P<genre>{alternatives(GENRE_NOUNS)})|(?P<mood>{alternatives(MOODS)})"
    rf"|(?P<nation>{alternatives(NATIONS)})|(?P<foreign>{FOREIGN.pattern}))(?:(?=s?[- ]?(?:films?"
    rf"|movies?)\b)|(?![\w¤]))"
)
_GENRE_NOUN = re.compile(rf"(?:{alternatives(GENRE_NOUNS)})")
_GUARDED = {
    "light": r"(?=$|[,.!?;]| and\b| or\b| but\b| films?| movies?| ones?| comed| please| tonight| entertainment)",
    "slow": r"(?! down)",
    "space": r"",
    "fast": r"(?! forward)",
    "dark": r"",
    "smart": r"",
    "odd": r"",
    "fun": r"",
    "chill": r"",
    "nature": r"",
    "happy": r"(?! (?:with|to|birthday))",
    "period": r"(?= (?:drama|piece|film|movie))",
    "sweet": r"(?!!|\.|$|,)",
    "warm": r"",
    "laugh": r"",
    "moving": r"(?! (?:to|on|house|out|in|toward))",
    "cute": r"",
    "weird": r"",
    "strange": r"",
    "deep": r"",
    "heavy": r"",
    "powerful": r"",
    "magic": r"",
    "epic": r"",
    "loud": r"",
    "bands": r"",
    "police": r"",
    "prison": r"",
    "clever": r"",
    "serious": r"(?!ly)",
    "comic": r"",
    "guts": r"",
    "mob": r"",
}
_FILM_WORD = (
    r"\s*-?(?:films?|movies?|flicks?|stuff|ones?|things?|epics?|dramas?|comed\w+|thrillers?|story|stories"
    r"|genre|pictures?|adventures?|romances?|fantasy|horror|mysteries|mystery|musicals?|cinema"
    r"|classics?)\b"
)
_ALONE = {
    "action": r"(?<!take )(?<!in )(?<!legal )",
    "crime": r"(?<!a )(?<!the )",
    "war": r"(?<!star )(?<!the )",
    "music": r"(?<!the )(?<!good )",
    "family": r"(?<!my )(?<!your )(?<!our )(?<!the )(?<!his )(?<!her )(?<!a )",
    "sport": r"",
    "history": r"(?<!my )(?<!your )(?<!watch )(?<!interest )(?<!viewing )",
    "animated": r"",
    "historical": r"",
    "biographical": r"",
    "sports": r"",
}


def _tastes(masked: str, columns: ItemColumns) -> list[Entity]:
    found: list[Entity] = []
    for match in _LEXICON.finditer(masked):
        word = re.sub(r"[\s-]+", " ", match[0])
        start, end = match.span()
        if match["genre"]:
            if word in _ALONE and not _counts_alone(masked, start, end, word):
                continue
            genres = _known("genre", GENRE_NOUNS.get(match[0]) or _lookup(GENRE_NOUNS, word), columns)
            if genres:
                found.append(Entity(start, end, facet="genre", values=genres, soft=genres[1:]))
        elif match["mood"]:
            guard = _GUARDED.get(word)
            if guard and not re.match(guard, masked[end:]):
                continue
            found.append(Entity(start, end, mood=MOODS.get(match[0]) or _lookup(MOODS, word)))
        elif match["nation"]:
            targets = NATIONS.get(match[0]) or _lookup(NATIONS, word)
            facet = targets[0][0]
            values = _known(facet, tuple(value for name, value in targets if name == facet), columns)
            if values:
                found.append(Entity(start, end, facet=facet, values=values))
        elif "language" in columns.facets:
            found.append(Entity(start, end, facet="language", values=("English",), foreign=True))
    return found


def _lookup(table: dict[str, _T], word: str) -> _T:
    return next(value for key, value in table.items() if re.sub(r"[\s-]+", " ", key) == word)


def _known(facet: str, values: tuple[str, ...], columns: ItemColumns) -> tuple[str, ...]:
    column = columns.facets.get(facet)
    if column is None:
        return ()
    return tuple(column.values[column.codes[value.casefold()]] for value in values if value.casefold() in column.codes)


def _counts_alone(masked: str, start: int, end: int, word: str) -> bool:
    if re.match(_FILM_WORD, masked[end:]):
        return True
    return re.search(_ALONE[word] + r"$", masked[:start]) is not None and not re.match(
        r" (?:of|between|against|is over)\b", masked[end:]
    )


_EXACT = 0.97
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
    r"\bthe (?P<word>first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|seventh|eighth|ninth|tenth"
    r"|last|other|former|latter)\b(?! (?:time|years?|few|two|three|part|half|place|thing i|decade|century"
    r"|season|\d|of (?:its|the) ))(?: (?:one|film|movie|suggestion|recommendation|pick|title|option))?"
    r"|\b(?:number|no\.?|nr\.?|option|#) ?(?P<num>\d|one|two|three|four|five)\b|(?<!\w)#(?P<hash>\d)\b"
)
_PLURAL = re.compile(
    r"\b(?:both(?: of (?:them|those|these))?|all of (?:them|those|these)|those(?: (?:films|movies|ones|two"
    r"|three))?|these(?: (?:films|movies|ones))?|them(?: (?:all|both))?)\b"
)
_SINGULAR = re.compile(
    r"\b(?:that one|this one|that (?:film|movie)|this (?:film|movie)|it(?!'s (?:late|raining|ok|okay|fine"
    r"|been|time|me|a long|friday|sunday))(?!'?s? (?:doesn'?t|does not|depends|looks like|seems))|(?:than"
    r"|like|about|of|loved|liked|hated|seen|saw|watched|love|hate|forget|remove|delete|is|was|suggest"
    r"|recommend|pick|why|did you|directed|made|wrote|not) (?P<that>that|this)(?=\s*(?:$|[.,!?;)]|please"
    r"|too|as well|already|but|and\b|was|for\b|so|last|yesterday|from|off)))\b"
)


def _references(
    masked: str, entities: list[Entity], columns: ItemColumns, shown: Sequence[Recommendation], focus: Sequence[str]
) -> list[Entity]:
    found: list[Entity] = []

    def title_of(item_id: str) -> str:
        position = columns.position.get(item_id)
        return columns.titles[position] if position is not None else item_id

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
            pool: list[str] = [item for item in earlier if item] or [item.id for item in shown]
            add(*match.span(), [pool[0 if word == "former" else min(1, len(pool) - 1)]] if pool else [None])
            continue
        if not shown:
            if match["num"] or match["hash"] or re.search(r"one|film|movie|suggest|pick", match[0]):
                add(*match.span(), [None])
            continue
        if word == "last":
            index = len(shown) - 1
        elif word == "other":
            index = 1 if len(shown) == 2 else -1
        else:
            key = word or match["num"] or match["hash"]
            index = int(key) - 1 if key.isdigit() else _ORDINALS[key]
        add(*match.span(), [shown[index].id if 0 <= index < len(shown) else None])
    for match in _PLURAL.finditer(masked):
        if not free(*match.span()):
            continue
        earlier = [
            known.item_id for known in entities if known.is_title and known.item_id and known.end <= match.start()
        ]
        pool_ids = [item for item in earlier if item] or [item.id for item in shown]
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
            add(start, end, [shown[0].id])
    return found


def _answers(masked: str, pending: Sequence[Question]) -> list[Entity]:
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
                len(question.matches) - 1 if key == "last" else int(key) - 1 if key.isdigit() else _ORDINALS.get(key, 0)
            )
            chosen = question.matches[index] if 0 <= index < len(question.matches) else None
            span = ordinal.span()
        if chosen is not None:
            found.append(Entity(*span, title=chosen.title, item_id=chosen.item_id, answer=question))
    return found


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
    r"|wrote|(?:starred|played|acted|plays|acts|stars) in|how long is|remove|finished|recommend)\s+(?:the (?:film"
    r"|movie) )?(?P<t>[a-z0-9][a-z0-9':&. -]{2,58}?)(?=$|[,.!?;()\"¤]|\s(?:and|but|because|so|which|it|for"
    r"|on|last|with|when|too|very|a lot|was|is|yesterday|recently|as|more|please|though|or|not|i|who|about"
    r"|from|after|before|since|what|any)\b)"
)


_T5 = r"(?P<t>[a-z0-9][\w':&.-]*(?: [\w':&.-]+){0,5}?)"
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[.!?;,]\s+(?:but |and )?){_T5}(?=(?: (?:is|was|isn't|wasn't|blew|bored|sucked|rocks|rocked"
        rf"|left me|made me|put me)\b|\s*[:,-]?\s*\d(?:\d|\.\d)? ?(?:/|out of|stars)))",
        rf"\b(?:give|gave|rate|rated|scored) (?:the (?:film|movie) )?{_T5}(?= (?:a |an )?\d)",
        rf"(?:^|[.!?]\s+)(?:when (?:was|did)|did|does|has|is|was|how long is|how old is|should i watch"
        rf"|would i like) {_T5}(?= (?:made|released|come out|win|won|get|have|any|good|worth|a|an|in)\b|\s*\?"
        rf"|$)",
        rf"(?:^|, ?|\band |\bor |\bvs\.? ){_T5}(?=\s*(?:,|,? and|,? or|vs\.?|&) ?¤)",
        rf"¤\s*(?:,|,? and|,? or|vs\.?|&) ?{_T5}(?=\s*(?:$|[.,!?;]| and\b| or\b))",
    )
)
"""Places in a sentence where only a title makes sense; what stands there is one if the catalogue has exactly that."""
_LISTED = re.compile(r"[^,¤.!?]{2,40}(?:,[^,¤.!?]{2,40})+[.!]?")


def _placed(text: str, masked: str) -> list[tuple[int, int, str]]:
    found = [match.span("t") for pattern in _PLACES for match in pattern.finditer(masked)]
    listed = {match.span("t") for pattern in _PLACES[-2:] for match in pattern.finditer(masked)}
    if _LISTED.fullmatch(masked):
        pieces = [match.span() for match in re.finditer(r"[^\s,.!][^,.!]*[^\s,.!]|[^\s,.!]", masked)]
        found += pieces
        listed.update(pieces)
    spans = []
    for start, end in dict.fromkeys(found):
        words = re.findall(r"[a-z0-9']+", masked[start:end])
        everyday = (_FUNCTION if (start, end) in listed else COMMON_WORDS) | _TASTE_TOKENS | _NOT_NAMES
        if words and not everyday.issuperset(words):
            spans.append((start, end, text[start:end]))
    return spans


def _candidates(text: str, masked: str) -> list[tuple[int, int, str, bool]]:
    """Stretches that look like titles but are no catalogue name: (start, end, words, surely meant as a title)."""
    found: list[tuple[int, int, str, bool]] = []
    for pattern, sure in ((_QUOTED, True), (_CAPITALISED, True), (_LOWER, False)):
        source = masked if pattern is _LOWER else text
        for match in pattern.finditer(source):
            group = next(index for index, value in enumerate(match.groups(), 1) if value)
            start, end = match.span(group)
            phrase = text[start:end].rstrip(" .,!?:;")
            end = start + len(phrase)
            if "¤" in masked[start:end] or any(start < known[1] and known[0] < end for known in found):
                continue
            words = re.findall(r"[a-z0-9']+", phrase.lower())
            plain = all(
                word in COMMON_WORDS or word in _TASTE_TOKENS or word in _NOT_NAMES or re.fullmatch(r"\d+s?", word)
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
    if resolution.status == "resolved" and best is not None and best.score >= (0.8 if sure else 0.88):
        return Entity(start, end, title=best.title, item_id=best.item_id)
    if resolution.status == "ambiguous" and (sure or (best is not None and best.score >= 0.95)):
        questions.append(Question(quote=phrase, matches=resolution.matches, start=start))
        return Entity(start, end, title=phrase)
    if sure:
        unresolved.append(phrase)
    return None
