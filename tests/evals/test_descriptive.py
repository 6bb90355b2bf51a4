"""The benchmark of descriptive queries: its queries stand on the catalogue, and it measures what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from core.types import Item
from evals.descriptive import FACTS, TEXTS, compare, measure, resolve
from evals.descriptive_cases import CASES, DescriptiveCase, parse
from store.catalog import Catalog
from store.db import Database
from store.importers.base import Request
from store.importers.films import Films, Words, own_words
from tools.retrieval.hybrid import HybridRetriever


def test_every_query_names_films_of_the_catalogue_that_have_words_of_ours() -> None:
    dataset = Films().open(Request(None, None, Path(), None))
    assert dataset.items is not None
    items = [row.value.item for row in dataset.items() if row.value and row.value.item]
    judged = resolve(CASES, [(item.id, item.title, item.year) for item in items])
    assert len({query.casefold() for query, _ in judged}) == len(judged) >= 150
    assert all(2 <= len(films) <= 15 for _, films in judged)
    assert np.mean([len(films) for _, films in judged]) > 7
    assert set().union(*(films for _, films in judged)) <= set(own_words())


def test_cases_are_read_from_lines() -> None:
    assert parse("a heist\n  Heat (1995); Ronin (1998);\n  Bound (1996)\nsea\n  Jaws (1975)") == (
        DescriptiveCase("a heist", ("Heat (1995)", "Ronin (1998)", "Bound (1996)")),
        DescriptiveCase("sea", ("Jaws (1975)",)),
    )


@pytest.mark.parametrize("films", [[], [("a", "Heat", 1995), ("b", "Heat", 1995)], [("a", "Heat", 1986)]])
def test_a_title_that_is_no_film_or_several_is_an_error(films: list[tuple[str, str, int | None]]) -> None:
    with pytest.raises(InputError, match=r"'a heist' names 'Heat \(1995\)'"):
        resolve([DescriptiveCase("a heist", ("Heat (1995)",))], films)


def test_metrics_are_those_of_their_definitions() -> None:
    values = measure([[7, 1, 9, 2], []], [frozenset({1, 2, 3}), frozenset({5})])
    ideal = 1 + 1 / np.log2(3) + 1 / 2
    assert values["recall@10"].tolist() == pytest.approx([2 / 3, 0])
    assert values["MRR"].tolist() == [0.5, 0]
    assert values["NDCG@10"].tolist() == pytest.approx([(1 / np.log2(3) + 1 / np.log2(5)) / ideal, 0])


def test_words_that_describe_are_found_by_and_facts_alone_are_not(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    database = Database(settings.sql_url)
    database.migrate()
    catalog = Catalog(database)
    names = ("Harbour", "Lantern", "Meridian", "Orchard", "Quarry", "Saffron", "Thimble", "Willow") * 10
    items = [
        Item(id=f"i{n:02}", title=f"{name} {n}", facets={"genre": ("Drama",)}, numbers={"year": 1990.0 + n})
        for n, name in enumerate(names)
    ]
    catalog.upsert(items)
    words = {"i60": Words("A retired thief plans one last bank robbery.", ("heist",))}
    try:
        retriever = HybridRetriever(settings, catalog)
        cases = [DescriptiveCase("a bank robbery planned by a thief", ("Quarry 60 (2050)",))]
        report = compare(retriever, items, words, cases)
    finally:
        database.close()
    found = {(row.pool, row.text, row.way): row.metrics for row in report.rows}
    everything = [text for text in TEXTS if text != FACTS][-1]
    assert found["among all films", everything, "BM25"]["MRR"] == 1
    assert found["among all films", everything, "dense"]["MRR"] == 1
    assert found["among all films", FACTS, "BM25"]["MRR"] == 0
    assert (report.queries, report.films, report.with_words) == (1, 80, 1)
    gains = [gain for gain in report.gains if (gain.text, gain.way, gain.metric) == (everything, "BM25", "recall@10")]
    assert [gain.mean for gain in gains if gain.pool == "among all films"] == [1.0]
    assert "gain over facts alone" in report.text()
