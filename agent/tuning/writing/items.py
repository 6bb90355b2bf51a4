"""Examples of the sentence on one item: a film, reasons for it, and a form filled with nothing else."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.briefing import ITEM_STYLES, item_facts, item_prompt, reason_phrases
from agent.grounding import Evidence, check
from agent.judging import item_evidence, tells
from agent.tuning.writing.films import Films, usable
from agent.tuning.writing.item_forms import ADDITIONS, ALONE, BARE, FRAMES, KINDS, REASONS
from agent.tuning.writing.reasons import Told, reasons
from agent.wording import counted, genre
from core.results import Recommendation, Slate
from core.types import Item

MOST_WORDS = 28
_SECOND_FIRST = 0.2
_WEIGHTS = {"": 0.5, "themes": 2.5, "director+themes": 2.5, "actor": 0.5}
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_NOUNS = frozenset("animation biography comedy documentary drama musical mystery romance thriller western".split())

_UNDER = re.compile(r"(?:[Bb]ecause|[Ss]ince|As|as|that|why2?\}, and|and) \{why")


@dataclass(frozen=True)
class Example:
    """A prompt and what it should be answered with; ``phrasing`` names the form, ``fits`` tells what the check says."""

    kind: str
    prompt: str
    answer: str
    phrasing: str
    fits: bool


def items(rng: random.Random, films: Films) -> Iterator[Example]:
    """Examples without end, those included that the check does not agree with."""
    while True:
        item = films.draw(rng)
        told = reasons(rng, films, item, rng.choices((0, 1, 2, 3), (0.04, 0.3, 0.5, 0.16))[0])
        card = Recommendation(
            id=item.id,
            title=item.title,
            year=item.year,
            score=1.0,
            reasons=tuple(each.reason for each in told),
            facets=item.facets,
            numbers=item.numbers,
        )
        style = rng.choice(ITEM_STYLES)
        answer, phrasing = _written(rng, films, card, item, told[: len(reason_phrases(card))], style)
        if len(answer.split()) > MOST_WORDS:
            continue
        slate = Slate(id="examples", user_id=None, at=_AT, items=(card,))
        person = Evidence(seen=tuple(title for each in told for title in each.titles))
        verdict = check(answer, item_evidence(card, item, slate, person), (item.id,))
        prompt = item_prompt(card, item, style)
        yield Example("item", prompt, answer, phrasing, verdict.sentence_ok and tells(answer, prompt))


def _written(
    rng: random.Random, films: Films, card: Recommendation, item: Item, told: list[Told], style: str
) -> tuple[str, str]:
    """A sentence and the name of its form."""
    if rng.random() < _SECOND_FIRST:
        told = told[::-1]
    clauses, names = [], []
    for each in told:
        form = rng.choice(usable(REASONS[each.kind], films.part))
        clauses.append(form.format(**each.slots))
        names.append(form)
    frames = FRAMES if clauses else BARE
    # A clause of two parts cannot stand after "because".
    long = any(", and" in clause or clause.startswith("lately") for clause in clauses)
    fitting = [
        frame
        for frame in usable(frames[style], films.part)
        if ("{why2}" not in frame or len(clauses) == 2) and not (long and _UNDER.search(frame))
    ]
    frame = rng.choice(fitting or list(frames[style]))
    # A running time after "you" is read as the person's own limit.
    before = frame.lower().partition("{what}")[0].format(why=" ".join(clauses), why2="", kind="")
    what, addition = _what(rng, films, card, item, timed=re.search(r"\byou", before) is None)
    alone = _kind(rng, films, item, ALONE)
    slots = {"why": "", "why2": "", "what": what, "kind": alone} | dict(zip(("why", "why2"), clauses, strict=False))
    slots |= {name.capitalize(): _opened(value) for name, value in slots.items()}
    used = names[: 1 + ("{why2}" in frame)]
    return _tidy(frame.format(**slots)), " | ".join(
        [style, frame, *used, *([addition] if "what" in frame.lower() else [])]
    )


def _what(rng: random.Random, films: Films, card: Recommendation, item: Item, timed: bool) -> tuple[str, str]:
    """What an item is, with at most one or two facts that the prompt gives, and the form of the addition.

    Args:
        timed: whether the running time may be among them.
    """
    kind = _kind(rng, films, item, KINDS)
    given = _given(card, item)
    able = [name for name in ADDITIONS if all(part in given for part in name.split("+") if part)]
    if not timed:
        able = [name for name in able if "runtime" not in name]
    if " with " in kind:
        able = [name for name in able if name in {"", "director"}]
    name = rng.choices(able, [_WEIGHTS.get(name, 1.0) for name in able])[0]
    forms = [
        form for form in usable(ADDITIONS[name], films.part) if "{theme2}" not in form or "theme2" in given["themes"]
    ]
    form = rng.choice(forms or [""])
    slots = {key: value for part in name.split("+") if part for key, value in given[part].items()}
    return kind + form.format(**slots), form


def _given(card: Recommendation, item: Item) -> dict[str, Mapping[str, str]]:
    """The facts that the prompt holds, by the part of an addition that they fill."""
    told = "; ".join(item_facts(card, item))
    given: dict[str, Mapping[str, str]] = {}
    directors = item.facets.get("director", ())
    if len(directors) == 1 and f"by {directors[0]}" in told:
        given["director"] = {"director": directors[0]}
    if "runtime" in item.numbers:
        given["runtime"] = {"runtime": f"{item.numbers['runtime']:.0f}"}
    if themes := item.facets.get("theme", ())[:2]:
        given["themes"] = {"theme": themes[0]} | ({"theme2": themes[1]} if len(themes) > 1 else {})
    if item.numbers.get("oscars", 0) >= 1:
        given["oscars"] = {"oscars": counted(int(item.numbers["oscars"]), "Oscar")}
    if found := re.search(r"(?:^|; )with ([^;]+)", told):
        given["actor"] = {"actor": found[1]}
    return given


def _kind(rng: random.Random, films: Films, item: Item, forms: Mapping[int, tuple[str, ...]]) -> str:
    values = [genre(value) for value in item.facets.get("genre", ())[:2]]
    if len(values) == 2 and rng.random() < 0.3:
        values = [rng.choice(values)]
    # "a crime comedy": the one that names a film by itself comes last.
    rng.shuffle(values)
    values.sort(key=lambda value: value in _NOUNS)
    one, two = (values[-1], values[0]) if values else ("", "")
    pair = f"{_article(two)} {one}" if one in _NOUNS else f"{_article(two)} and {one} film"
    a = _article(one) if one in _NOUNS else f"{_article(one)} film" if one else ""
    return rng.choice(usable(forms[len(values)], films.part)).format(a=a, one=one, two=two, pair=pair)


def _article(word: str) -> str:
    return f"{'an' if word[:1].lower() in tuple('aeiou') else 'a'} {word}"


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tidy(text: str) -> str:
    return re.sub(r"(\.{3}|[!?])\.", r"\1", text)
