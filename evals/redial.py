"""Dialogues of ReDial (Li et al. 2018, CC BY 4.0), with the films' titles in place of their ids."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import InputError
from store.columns import ItemColumns

SEEKER, RECOMMENDER = "Seeker", "Recommender"

_ID = re.compile(r"@(\d+)")
_TITLE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<year>\d{4})\))?\s*$")


@dataclass(frozen=True)
class Film:
    """A film as the data name it; ``item_id`` is the catalogue's, None where it has none of that title and year."""

    title: str
    year: int | None
    item_id: str | None = None

    @property
    def name(self) -> str:
        """The title as it stands in the texts."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True)
class Dialogue:
    """One conversation.

    Attributes:
        lines: who spoke and what was said, ids replaced by titles.
        named: for each line the films named in it.
        films: by the data's id.
        form: by the data's id, what the seeker ticked: "seen" and "liked", each 0 no, 1 yes, 2 did not say.
    """

    lines: tuple[tuple[str, str], ...]
    named: tuple[tuple[str, ...], ...]
    films: Mapping[str, Film]
    form: Mapping[str, Mapping[str, int]]

    @property
    def log(self) -> str:
        """The dialogue as a chat log."""
        return "\n".join(f"{who}: {text}" for who, text in self.lines)

    def talked_about(self) -> list[str]:
        """Films with a form that the seeker named, or that were named to the seeker and answered."""
        found: dict[str, None] = {}
        waiting: list[str] = []
        for (who, _), films in zip(self.lines, self.named, strict=True):
            if who == SEEKER:
                found |= dict.fromkeys([*waiting, *films])
                waiting = []
            else:
                waiting += films
        return [film for film in found if film in self.form]


def folded(title: str) -> str:
    """A title without case, punctuation, accents and a leading article, for comparison."""
    name = re.sub(r"^(?:the|a|an) |, (?:the|a|an)$", "", title.casefold().strip())
    return re.sub(r"[\W_]+", "", name.replace("&", "and"))


def held_by(columns: ItemColumns) -> dict[tuple[str, int], str]:
    """Catalogue items by folded title and year, and by title and 0 where only one is called so."""
    years = columns.numbers.get("year")
    found: dict[tuple[str, int], str] = {}
    for position, (item_id, title) in enumerate(zip(columns.ids, columns.titles, strict=True)):
        if years is not None and not np.isnan(years[position]):
            found.setdefault((folded(title), int(years[position])), item_id)
    namesakes = Counter(name for name, _ in found)
    alone = {(name, 0): item_id for (name, _), item_id in found.items() if namesakes[name] == 1}
    return found | alone


def film_of(text: str, held: Mapping[tuple[str, int], str]) -> Film:
    """A film of the data, with the catalogue item of that title and year (or a neighbouring one, as countries differ).

    Without a year it is the item that alone is called so.
    """
    match = _TITLE.match(" ".join(text.split()))
    assert match is not None
    title, year = match["name"].strip(), int(match["year"]) if match["year"] else None
    near = [held.get((folded(title), year + gap)) for gap in (0, -1, 1)] if year else [held.get((folded(title), 0))]
    return Film(title, year, next((item for item in near if item), None))


def dialogue_of(record: Mapping[str, Any], held: Mapping[tuple[str, int], str]) -> Dialogue:
    """A dialogue of the data."""
    films = {key: film_of(name, held) for key, name in dict(record["movieMentions"] or {}).items() if name}
    lines, named = [], []
    for message in record["messages"]:
        who = SEEKER if message["senderWorkerId"] == record["initiatorWorkerId"] else RECOMMENDER
        text = " ".join(message["text"].split())
        named.append(tuple(key for key in _ID.findall(text) if key in films))
        lines.append((who, _ID.sub(lambda match: films[match[1]].name if match[1] in films else match[0], text)))
    return Dialogue(tuple(lines), tuple(named), films, dict(record["initiatorQuestions"] or {}))


def dialogues(path: Path, held: Mapping[tuple[str, int], str]) -> list[Dialogue]:
    """All dialogues in the order of the file.

    Raises:
        InputError: there is no such file.
    """
    if not path.is_file():
        raise InputError(f"The dialogues {path} are not there.", "Put them there, or set DRIFTLINE_TEST_DATA.")
    with gzip.open(path, "rt", encoding="utf-8") as source:
        return [dialogue_of(json.loads(line), held) for line in source]
