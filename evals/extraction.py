"""Preferences read out of real dialogues, against what the people themselves said afterwards.

ReDial (Li et al. 2018, CC BY 4.0): one person looks for a film, another suggests some, and afterwards the seeker
fills in a form: which of the films they have seen, and which they liked. Each dialogue is given as a chat log to the
product's own extraction, with the films' titles in place of their ids; what it finds is compared with the form.

A film counts as talked about when the seeker named it, or when the other named it and the seeker then said something.
The form knows more than the words do: people tick "liked" for films on which they said nothing at all. So two simple
rules are judged on the same films: everything is liked, and a rule of sentiment words.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.build import reader_of
from agent.lexicon import BLAME, PRAISE, alternatives
from agent.llm.client import ModelClient
from agent.reader.message import MessageReader
from agent.understanding import extract
from agent.understanding.names import find_names
from agent.understanding.text import normalise
from core.settings import Settings, load_settings
from core.turns import HeardEvent
from core.types import EventKind
from evals.forecasting.data import data_folder
from evals.redial import SEEKER, Dialogue, Film, dialogues, folded, held_by
from store.catalog import Catalog
from store.columns import ItemColumns
from store.db import Database
from store.events import Events
from tools.deps import Retriever
from tools.retrieval.hybrid import HybridRetriever

PARTS = ("developed on", "not seen before")
"""Every third dialogue was read while the rules were written; the others were only counted."""

ASPECTS = ("liked", "disliked", "seen")

_TITLE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<year>\d{4})\))?\s*$")


@dataclass
class Counts:
    """Agreement with the forms on one aspect."""

    right: int = 0
    said: int = 0
    true: int = 0

    @property
    def precision(self) -> float:
        """Share of what was said that the forms agree with."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of what the forms say that was found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.said + self.true) if self.said + self.true else 0.0


@dataclass(frozen=True)
class Opinion:
    """What is held about one film; None is unknown."""

    liked: bool | None = None
    seen: bool | None = None

    def says(self, aspect: str) -> bool:
        """Whether it affirms an aspect."""
        return {"liked": self.liked is True, "disliked": self.liked is False, "seen": self.seen is True}[aspect]


@dataclass(frozen=True)
class Row:
    """Agreement of one way of reading on one part of the dialogues, by aspect."""

    part: str
    way: str
    films: int
    counts: Mapping[str, Counts]


@dataclass(frozen=True)
class Outcome:
    """Everything measured.

    Attributes:
        rows: agreement on films of the catalogue, then ``all_rows`` on all films whatever the catalogue holds.
        titles: by part, how often a film is named, how often one of the catalogue, and how often the product then
            takes the name for that item.
    """

    rows: tuple[Row, ...]
    all_rows: tuple[Row, ...]
    titles: Mapping[str, tuple[int, int, int]]
    dialogues_per_second: float


def opinions(events: Iterable[HeardEvent], films: Mapping[str, Film]) -> dict[str, Opinion]:
    """What extracted events say about each film of a dialogue; the last statement wins.

    A verdict implies that the film was seen, and so does asking for something like it; the wish to see it does not.
    """
    by_item: dict[str, Opinion] = {}
    for event in events:
        if event.topic is not None:
            continue
        key = event.item_id or folded(_TITLE.sub(r"\g<name>", event.title or ""))
        before = by_item.get(key, Opinion())
        liked = before.liked if event.kind is EventKind.SEEN or event.value == 0 else event.value > 0
        seen = before.seen if event.kind is EventKind.REQUEST else True
        by_item[key] = Opinion(liked, seen)
    return {
        film: by_item.get(about.item_id or "", by_item.get(folded(about.title), Opinion()))
        for film, about in films.items()
    }


_GOOD = re.compile(
    rf"\b(?:{alternatives(PRAISE)}|lov(?:e|ed)|lik(?:e|ed)|enjoy(?:ed)?|favou?rites?|check|watch)\b", re.IGNORECASE
)
_BAD = re.compile(
    rf"\b(?:{alternatives(BLAME)}|hat(?:e|ed)|not|didn'?t|don'?t|never|wasn'?t|dislike[d]?)\b", re.IGNORECASE
)


def by_sentiment_words(dialogue: Dialogue) -> dict[str, Opinion]:
    """The simple rule: a film is liked when the line that names or answers it has more good words than bad."""
    found: dict[str, Opinion] = {}
    waiting: list[str] = []
    for (who, text), films in zip(dialogue.lines, dialogue.named, strict=True):
        if who != SEEKER:
            waiting += films
            continue
        for film in (*waiting, *films):
            balance = len(_GOOD.findall(text)) - len(_BAD.findall(text))
            found[film] = Opinion(balance > 0 if balance else None, balance != 0)
        waiting = []
    return found


def seen_is_liked(found: Mapping[str, Opinion]) -> dict[str, Opinion]:
    """What was read, and that who saw a film and says nothing against it liked it, as nine in ten do."""
    return {
        film: Opinion(True, True) if opinion.seen and opinion.liked is None else opinion
        for film, opinion in found.items()
    }


def all_liked(dialogue: Dialogue) -> dict[str, Opinion]:
    """The simplest rule: whatever is talked about was seen and liked."""
    return dict.fromkeys(dialogue.films, Opinion(True, True))


def compare(
    found: Mapping[str, Opinion], dialogue: Dialogue, films: Iterable[str], counts: Mapping[str, Counts]
) -> None:
    """Count one dialogue's agreement with its form; what the seeker did not say there supports nothing."""
    for film in films:
        ticked = dialogue.form[film]
        opinion = found.get(film, Opinion())
        for aspect, field_, value in (("liked", "liked", 1), ("disliked", "liked", 0), ("seen", "seen", 1)):
            said, true = opinion.says(aspect), ticked[field_] == value
            counts[aspect].said += said
            counts[aspect].true += true
            counts[aspect].right += said and true


def measure(
    part: str, chosen: Sequence[Dialogue], read: Mapping[str, Sequence[Mapping[str, Opinion]]], every: bool
) -> list[Row]:
    """Agreement on the films of the catalogue, or on every film."""
    ways = {
        **read,
        "extraction, seen is liked": [seen_is_liked(found) for found in read["extraction"]],
        "sentiment words": [by_sentiment_words(dialogue) for dialogue in chosen],
        "everything is liked": [all_liked(dialogue) for dialogue in chosen],
    }
    talked = [
        [film for film in dialogue.talked_about() if every or dialogue.films[film].item_id] for dialogue in chosen
    ]
    rows = []
    for way, found in ways.items():
        counts = {aspect: Counts() for aspect in ASPECTS}
        for dialogue, films, opinion in zip(chosen, talked, found, strict=True):
            compare(opinion, dialogue, films, counts)
        rows.append(Row(part, way, sum(map(len, talked)), counts))
    return rows


def titles(chosen: Sequence[Dialogue], retriever: Retriever, columns: ItemColumns) -> tuple[int, int, int]:
    """How often a film is named, how often one of the catalogue, and how often that name is taken for that item."""
    named = held = resolved = 0
    for dialogue in chosen:
        for (_, text), films in zip(dialogue.lines, dialogue.named, strict=True):
            wanted = [dialogue.films[film].item_id for film in films]
            if any(wanted):
                names = find_names(normalise(text), retriever, columns, (), ())
                found = {entity.item_id for entity in names.entities if not entity.pronoun}
                resolved += sum(item in found for item in wanted if item)
            named += len(wanted)
            held += sum(item is not None for item in wanted)
    return named, held, resolved


def run(settings: Settings) -> Outcome:
    """Print the tables, over the films of the workspace."""
    database = Database(settings.sql_url)
    try:
        database.migrate()
        catalog = Catalog(database)
        retriever, columns = HybridRetriever(settings, catalog, Events(database)), catalog.columns()
        known = dialogues(data_folder() / "redial" / "dialogues.jsonl.gz", held_by(columns))
        retriever.mentions("warm up")
        parts = {PARTS[0]: known[::3], PARTS[1]: [one for at, one in enumerate(known) if at % 3]}
        rows: dict[bool, list[Row]] = {False: [], True: []}
        counted: dict[str, tuple[int, int, int]] = {}
        encoder = reader_of(settings)
        encoder.load()
        reader = MessageReader(encoder, ModelClient(settings), settings.llm_timeout / 2)
        spent = 0.0
        for part, chosen in parts.items():
            started = time.perf_counter()
            found = {
                "extraction": [opinions(extract(one.log, retriever, columns, reader), one.films) for one in chosen]
            }
            spent += time.perf_counter() - started
            found["rules alone"] = [opinions(extract(one.log, retriever, columns), one.films) for one in chosen]
            for every, kept in rows.items():
                kept += measure(part, chosen, found, every)
            counted[part] = titles(chosen, retriever, columns)
    finally:
        database.close()
    outcome = Outcome(tuple(rows[False]), tuple(rows[True]), counted, round(len(known) / spent, 1))
    _print(outcome, len(columns.ids))
    return outcome


def _print(outcome: Outcome, items: int) -> None:
    print(f"{items:,} items; {outcome.dialogues_per_second} dialogues a second")
    for part, (named, held, resolved) in outcome.titles.items():
        print(
            f"{part}: {named:,} titles named, {held:,} in the catalogue, {resolved / max(held, 1):.3f} of those found"
        )
    for heading, rows in (("films of the catalogue", outcome.rows), ("all films", outcome.all_rows)):
        print(f"\n{heading:<23}{'way':<27}{'films':>6}" + "".join(f"{aspect:>9} P    R    F1" for aspect in ASPECTS))
        for row in rows:
            figures = "".join(
                f"{count.precision:>11.3f}{count.recall:>6.3f}{count.f1:>6.3f}" for count in row.counts.values()
            )
            print(f"{row.part:<23}{row.way:<27}{row.films:>6}{figures}")


if __name__ == "__main__":
    run(load_settings())
