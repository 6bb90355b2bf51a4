"""Our own words about films: enough of them, in form, of films of the catalogue, and nobody else's sentences."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from store.importers.base import Request
from store.importers.films import Films, own_words

RUN = 8
"""Words in a row that two texts by different people do not share by chance."""

LINES = resources.files("demo").joinpath("films.jsonl").read_text(encoding="utf-8").splitlines()


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def test_there_are_words_for_a_thousand_films_in_the_order_of_their_ids() -> None:
    ids = [json.loads(line)["id"] for line in LINES]
    assert len(ids) >= 1000
    assert ids == sorted(set(ids))
    assert list(own_words()) == ids


def test_every_film_has_a_sentence_and_three_to_six_themes() -> None:
    for film, words in own_words().items():
        assert 12 <= len(words.about.split()) <= 40, (film, words.about)
        assert re.fullmatch(r"[^a-z\s].*[.!?]", words.about), (film, words.about)
        assert 3 <= len(set(words.themes)) == len(words.themes) <= 6, (film, words.themes)
        assert all(theme == theme.casefold().strip() and len(theme.split()) <= 4 for theme in words.themes), film


def test_sentences_are_not_cut_to_one_pattern() -> None:
    abouts = [words.about for words in own_words().values()]
    assert len(set(abouts)) == len(abouts)
    openings = Counter(tuple(about.casefold().split()[:4]) for about in abouts)
    assert openings.most_common(1)[0][1] <= 4
    shared = Counter(run for about in abouts for run in set(runs(about)))
    assert max(shared.values()) == 1


def test_every_film_is_in_the_catalogue() -> None:
    dataset = Films().open(Request(None, None, Path(), None))
    assert dataset.items is not None
    known = {row.value.key for row in dataset.items() if row.value}
    assert set(own_words()) <= known


@pytest.mark.data
def test_no_sentence_shares_eight_words_in_a_row_with_an_encyclopaedia(data_dir: Path) -> None:
    ours = {run: film for film, words in own_words().items() for run in runs(words.about)}
    with gzip.open(data_dir / "film-leads" / "leads.csv.gz", "rt", encoding="utf-8") as file:
        leads = [row["extract"] for row in csv.DictReader(file)]
    assert len(leads) > 5000
    shared = [(ours[run], " ".join(run)) for lead in leads for run in runs(lead) if run in ours]
    assert not shared
