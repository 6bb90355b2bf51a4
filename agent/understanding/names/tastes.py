"""Genres, moods and nations: words of the lexicon that the catalogue can answer."""

from __future__ import annotations

import re
from typing import TypeVar

from agent.lexicon import FOREIGN, GENRE_NOUNS, MOODS, NATIONS, alternatives
from agent.understanding.entities import Entity
from agent.understanding.names.nations import spoken
from store.columns import ItemColumns

_T = TypeVar("_T")

_LEXICON = re.compile(
    rf"(?<![\w¤-])(?:(?P<genre>{alternatives(GENRE_NOUNS)})|(?P<mood>{alternatives(MOODS)})"
    rf"|(?P<nation>{alternatives(NATIONS)})|(?P<foreign>{FOREIGN.pattern}))(?:(?=s?[- ]?(?:films?"
    rf"|movies?)\b)|(?![\w¤]))"
)

GENRE_NOUN = re.compile(rf"(?:{alternatives(GENRE_NOUNS)})")

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
_FILMS = re.compile(_FILM_WORD)

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


_OWN_FEELING = re.compile(
    r"\b(?:i(?: am|'m| feel|'ve been(?: feeling)?| was)|im|feeling|makes? me|made me|we(?: are|'re))"
    r" (?:(?:so|very|really|a bit|a little|pretty|quite|just|too|all|kind of|kinda|rather|feeling) )*$"
)
"""How the person feels is not how the item should be: "I am sad"."""


def tastes(masked: str, columns: ItemColumns) -> list[Entity]:
    """Words of taste outside the names found so far, with what the catalogue calls them."""
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
            if _OWN_FEELING.search(masked[:start]):
                continue
            found.append(Entity(start, end, mood=MOODS.get(match[0]) or _lookup(MOODS, word)))
        elif match["nation"]:
            targets = NATIONS.get(match[0]) or _lookup(NATIONS, word)
            named = ("language",) if spoken(masked, start, end, _FILMS) else ("country", "language")
            # Where the catalogue does not say where films were made, what is spoken comes closest.
            for facet in named:
                values = _known(facet, tuple(value for name, value in targets if name == facet), columns)
                if values:
                    found.append(Entity(start, end, facet=facet, values=values))
                    break
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
