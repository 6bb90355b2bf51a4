"""The retriever over a small catalogue, with real vectors in a real ChromaDB."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.types import Constraints, Item, Range
from tests.tools.retrieval.conftest import FILMS, Workspace, film
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.index import where
from tools.retrieval.snapshot import nearest_rows

BY_ID = {item.id: item for item in FILMS}
QUERIES = ("", "alien", "space horror", "something romantic in French", "Peter Jackson", "qqq zzz", "the")


def values(facet: str) -> list[str]:
    return [*sorted({value for item in FILMS for value in item.facets.get(facet, ())}), "No such value"]


limits = st.builds(
    Constraints,
    require=st.dictionaries(
        st.sampled_from(["genre", "language", "studio"]),
        st.lists(st.sampled_from(values("genre") + values("language")), min_size=1, max_size=2).map(tuple),
        max_size=2,
    ),
    exclude=st.dictionaries(
        st.sampled_from(["genre", "language", "studio"]),
        st.lists(st.sampled_from(values("genre") + values("language")), min_size=1, max_size=2).map(tuple),
        max_size=2,
    ),
    ranges=st.dictionaries(
        st.sampled_from(["year", "reviews", "price"]),
        st.builds(
            Range,
            low=st.none() | st.floats(1900, 2020).map(round).map(float),
            high=st.none() | st.floats(1900, 2020).map(round).map(float),
        ),
        max_size=2,
    ),
    exclude_items=st.frozensets(st.sampled_from(sorted(BY_ID)), max_size=5),
    available_only=st.booleans(),
)


@given(constraints=limits, query=st.sampled_from(QUERIES), k=st.integers(1, 40))
@hypothesis_settings(max_examples=150, deadline=None)
def test_no_result_ever_violates_a_limit(
    retriever: HybridRetriever, constraints: Constraints, query: str, k: int
) -> None:
    result = retriever.search(query, constraints, k)
    ids = [hit.item_id for hit in result.hits]
    assert all(constraints.allow(BY_ID[item_id]) for item_id in ids)
    assert len(ids) == len(set(ids)) <= k
    allowed = [item for item in FILMS if constraints.allow(item)]
    assert bool(ids) == bool(allowed) or query in ("qqq zzz", "the")
    assert not (result.relaxations and ids)


@given(constraints=limits)
@hypothesis_settings(max_examples=60, deadline=None)
def test_the_filter_of_the_index_lets_through_what_the_catalogue_allows(
    retriever: HybridRetriever, constraints: Constraints
) -> None:
    vector = retriever.embed(["a film"])[0]
    found = {item_id for item_id, _ in retriever.index.query(vector, len(FILMS), constraints)}
    assert found == {item.id for item in FILMS if constraints.allow(item)}


def test_a_title_comes_first_and_words_and_meaning_follow(retriever: HybridRetriever) -> None:
    hits = retriever.search("the matrix", Constraints(), 5).hits
    assert BY_ID[hits[0].item_id].title == "The Matrix"
    assert hits[0].ranks["title"] == 1
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    by_name = retriever.search("something by Peter Jackson", Constraints(), 3).hits
    assert {BY_ID[hit.item_id].facets["director"][0] for hit in by_name} == {"Peter Jackson"}


def test_an_empty_query_ranks_by_how_well_known_items_are(retriever: HybridRetriever) -> None:
    hits = retriever.search("", Constraints(require={"genre": ("romance",)}), 3).hits
    assert [BY_ID[hit.item_id].title for hit in hits] == ["Her", "Titanic", "Amélie"]


def test_limits_that_leave_nothing_name_what_to_relax(retriever: HybridRetriever) -> None:
    impossible = Constraints(require={"genre": ("Horror",)}, ranges={"year": Range(low=1980, high=1990)})
    result = retriever.search("scary", impossible, 5)
    assert not result.hits
    assert [(way.constraint, way.count) for way in result.relaxations] == [
        ("genre: Horror", 3),
        ("year 1980 to 1990", 2),
    ]
    assert retriever.relaxations(Constraints(ranges={"price": Range(low=1)}))[0].count == len(FILMS) - 1


def test_items_are_found_by_all_the_words_of_their_descriptions_not_by_titles(workspace: Workspace) -> None:
    def told(number: int, title: str, text: str) -> Item:
        return film(number, title, 1999, "Drama").model_copy(update={"text": text})

    items = (
        told(1, "Silence", "A gun, a garden and a gardener."),
        told(2, "The Gun", "Nothing happens in the garden."),
        told(3, "Rain", "Two guns in one drawer."),
    )
    retriever = workspace(items, build=False)
    assert retriever.described_with("guns") == {"f001", "f003"}
    assert retriever.described_with("garden gun") == {"f001"}
    assert retriever.described_with("zeppelin") == frozenset()


def test_vectors_are_aligned_with_the_columns(retriever: HybridRetriever) -> None:
    vectors = retriever.item_vectors()
    ids = retriever.snapshot().columns.ids
    assert vectors.shape == (len(FILMS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    nearest = retriever.nearest(vectors[ids.index("f001")], Constraints(), 1)
    assert nearest == ["f001"]


def test_exact_search_and_the_index_agree(retriever: HybridRetriever) -> None:
    now = retriever.snapshot()
    for query in ("a horror film in space", "French romance", "mafia family"):
        vector = retriever.embed([query])[0]
        exact = [now.columns.ids[row] for row in nearest_rows(now.vectors, vector, now.indexed, 10)]
        assert [item_id for item_id, _ in retriever.index.query(vector, 10)] == exact


def test_queries_in_any_number_give_the_same_vectors(retriever: HybridRetriever) -> None:
    words = ("war", "love", "space", "rain", "dogs", "trains", "Paris", "money", "jazz")
    texts = [f"a film about {word}" for word in words]
    together = retriever.embed(texts)
    alone = np.stack([retriever.embed([text])[0] for text in texts])
    assert together.shape == (9, 384)
    assert np.allclose(together, alone, atol=1e-5)
    assert retriever.embed([]).shape == (0, 384)


def test_many_threads_get_the_answers_of_one(retriever: HybridRetriever) -> None:
    from concurrent.futures import ThreadPoolExecutor

    queries = [f"{word} {number}" for number in range(4) for word in ("alien", "romance in Paris", "war", "kids")]

    def ask(query: str) -> list[str]:
        return [hit.item_id for hit in retriever.search(query, Constraints(), 5).hits]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, queries))
    assert together == [ask(query) for query in queries]


def test_a_catalogue_without_an_index_is_searched_by_words(workspace: Workspace) -> None:
    retriever = workspace(build=False)
    hits = retriever.search("Sigourney Weaver", Constraints(), 2).hits
    assert {hit.item_id for hit in hits} == {"f001", "f002"}
    assert not retriever.item_vectors().any()


def test_an_empty_catalogue_answers_with_nothing(workspace: Workspace) -> None:
    retriever = workspace(items=())
    assert retriever.search("alien", Constraints(), 5).hits == ()
    assert retriever.resolve_title("alien").status == "unknown"
    assert retriever.mentions("I loved Alien") == []
    assert retriever.item_vectors().shape == (0, 384)


def test_a_changed_catalogue_is_seen_without_a_restart(workspace: Workspace) -> None:
    retriever = workspace()
    assert retriever.resolve_title("Solaris").status == "unknown"
    retriever._catalog.upsert([film(50, "Solaris", 1972, "Sci-Fi")])
    assert retriever.resolve_title("Solaris").status == "resolved"
    assert retriever.search("Solaris", Constraints(), 1).hits[0].item_id == "f050"


def test_a_limit_without_values_is_refused() -> None:
    from core.errors import InputError

    with pytest.raises(InputError, match="genre"):
        where(Constraints(require={"genre": ()}))


def test_a_description_counts_before_a_title_that_shares_a_word(workspace: Workspace) -> None:
    told = (
        film(70, "Thelma & Louise", 1991, "Drama").model_copy(
            update={"text": "Two women on the run from the law drive through the desert and end at a cliff."}
        ),
        film(71, "Drive", 2011, "Action", reviews=300),
        film(72, "Cliffhanger", 1993, "Action", reviews=300),
    )
    retriever = workspace((*FILMS, *told))
    hits = retriever.search("two women drive off a cliff", Constraints(), 5).hits
    assert hits[0].item_id == "f070"
    assert "described" in hits[0].ranks
    assert retriever.descriptions.count() == 1
    silent = told[0].model_copy(update={"text": ""})
    retriever._catalog.upsert([silent])
    retriever.build()
    assert retriever.descriptions.count() == 0
    assert all("described" not in hit.ranks for hit in retriever.search("two women drive", Constraints(), 5).hits)
