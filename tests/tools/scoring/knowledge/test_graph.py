from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from store.columns import ItemColumns
from tests.tools.scoring.knowledge.films import Film, catalogue, crowd
from tools.scoring.knowledge.graph import LINE, NEXT, SERIES, VERSION, Graph, build_graph

HORROR: dict[str, tuple[str, ...]] = {
    "genre": ("Horror",),
    "director": ("Ann Alder",),
    "actor": ("Bea Birch", "Cy Cedar", "Di Dogwood"),
}


def built(*films: Film) -> tuple[ItemColumns, Graph]:
    """Films among others that have nothing to do with them."""
    columns = catalogue([*films, *crowd(150)])
    return columns, build_graph(columns)


def texts(graph: Graph, relation: str, item: int, liked: Sequence[int]) -> list[str]:
    return [tie.text for tie in graph.why(relation, item, liked)]


def pairs(graph: Graph, relation: str) -> set[tuple[int, int]]:
    if relation not in graph.relations:
        return set()
    coo = graph.matrix(relation).tocoo()
    return set(zip(coo.row.tolist(), coo.col.tolist(), strict=True))


def test_parts_of_a_series_follow_each_other() -> None:
    _, graph = built(
        ("Krakenfall", 1979, HORROR), ("Krakenfall 3", 1992, HORROR), ("Krakenfall II: The Return", 1986, HORROR)
    )

    assert pairs(graph, NEXT) == {(0, 2), (2, 1)}
    assert texts(graph, NEXT, 2, [0]) == ["The next part after Krakenfall"]
    assert texts(graph, SERIES, 0, [1]) == ["Part of the Krakenfall series, before Krakenfall 3"]


def test_a_part_that_the_catalogue_lacks_is_not_skipped_over_in_words() -> None:
    _, graph = built(("Krakenfall", 1979, HORROR), ("Krakenfall III", 1992, HORROR))

    assert texts(graph, NEXT, 1, [0]) == ["Follows Krakenfall in the Krakenfall series"]


def test_a_plural_and_a_longer_title_belong_to_the_series_when_its_people_do() -> None:
    stranger = {"genre": ("Horror",), "director": ("Z. Zell",), "actor": ("Y. Yew", "X. Xylo")}
    _, graph = built(
        ("Kraken", 1979, HORROR),
        ("Krakens", 1986, HORROR),
        ("Kraken Autopsy", 1990, stranger),
        ("Kraken Resurrection", 1997, HORROR),
    )

    members = {item for pair in pairs(graph, SERIES) for item in pair}
    assert members == {0, 1, 3}


def test_a_number_on_a_borrowed_title_is_no_sequel() -> None:
    comedy = {"genre": ("Comedy",), "director": ("Z. Zell",), "actor": ("Y. Yew",)}
    _, graph = built(("Krakenfall", 1948, HORROR), ("Krakenfall 2", 2008, comedy))

    assert not pairs(graph, SERIES)
    assert not pairs(graph, NEXT)


def test_a_series_that_starts_anew_does_not_follow_the_old_one() -> None:
    anew: dict[str, tuple[str, ...]] = {
        "genre": ("Horror",),
        "director": ("Eve Elm",),
        "actor": ("Flo Fir", "Gus Gum"),
        "writer": ("Hal Hazel",),
    }
    _, graph = built(
        ("Krakenfall", 1979, HORROR | {"writer": ("Hal Hazel",)}),
        ("Krakenfall II", 1983, HORROR),
        ("Krakenfall", 2009, anew),
        ("Krakenfall II", 2011, anew),
    )

    assert pairs(graph, NEXT) == {(0, 1), (2, 3)}
    assert (0, 2) in pairs(graph, VERSION)


def test_versions_share_a_maker_or_an_improbable_title() -> None:
    def other(name: str) -> dict[str, tuple[str, ...]]:
        return {"genre": ("Drama",), "director": (f"D {name}",), "actor": (f"A {name}",), "writer": (f"W {name}",)}

    source: dict[str, tuple[str, ...]] = {"writer": ("Ida Ivy",)}
    _, graph = built(
        ("Crash", 1996, other("1")),
        ("Crash", 2004, other("2")),
        ("Grit", 1969, other("3") | source),
        ("Grit", 2010, other("4") | source),
        ("The Zanzibar Quadrille Murmuration Affair Unlimited Wallflower", 1950, other("5")),
        ("The Zanzibar Quadrille Murmuration Affair Unlimited Wallflower", 1999, other("6")),
    )

    assert pairs(graph, VERSION) == {(2, 3), (3, 2), (4, 5), (5, 4)}
    assert texts(graph, VERSION, 3, [2]) == ["A newer version of Grit (1969)"]
    assert texts(graph, VERSION, 2, [3]) == ["An earlier version of Grit (2010)"]
    assert graph.matrix(VERSION)[2, 3] > graph.matrix(VERSION)[4, 5]


def test_the_same_cast_or_year_is_one_film_entered_twice() -> None:
    cast: dict[str, tuple[str, ...]] = {
        "actor": tuple(f"Actor A{n}" for n in range(6)),
        "director": ("Jo Juniper",),
        "genre": ("Drama",),
    }
    _, graph = built(("Grit", 1969, cast), ("Grit", 1972, cast), ("Grit", 1970, cast | {"actor": ("K",)}))

    assert (0, 1) not in pairs(graph, VERSION)
    assert (0, 2) not in pairs(graph, VERSION)


def test_rarer_people_connect_more() -> None:
    _, graph = built(
        ("One", 1990, {"genre": ("Drama",), "director": ("Busy",)}),
        ("Two", 1991, {"genre": ("Drama",), "director": ("Busy",)}),
        ("Three", 1992, {"genre": ("Drama",), "director": ("Busy", "Rare")}),
        ("Four", 1993, {"genre": ("Drama",), "director": ("Rare",)}),
    )
    strengths = graph.matrix("same director")

    assert strengths[2, 3] == pytest.approx(1 / np.log(2))
    assert strengths[2, 0] == pytest.approx(1 / np.log(3))
    assert texts(graph, "same director", 3, [0, 2]) == ["Directed by Rare, as was Three"]


def test_reach_is_the_weighted_sum_over_liked_items_without_themselves() -> None:
    columns, graph = built(
        ("Krakenfall", 1979, HORROR), ("Krakenfall II", 1983, HORROR), ("Grit", 1990, HORROR), ("Grot", 1991, HORROR)
    )
    positions, weights = np.array([0, 2], np.int32), np.array([1.0, 0.25], np.float32)
    liked = csr_matrix((weights, ([0, 0], positions)), shape=(1, len(columns.ids)))

    for relation, reached in graph.reach(positions, weights).items():
        expected = np.asarray(liked @ graph.matrix(relation).toarray()).ravel()
        assert reached == pytest.approx(expected, abs=1e-5)
        assert graph.reach_many(liked)[relation].toarray().ravel() == pytest.approx(expected, abs=1e-5)
        for item in range(4):
            ties = {tie.position: tie.weight for tie in graph.why(relation, item, positions.tolist())}
            told = sum(ties.get(int(p), 0.0) * w for p, w in zip(positions, weights, strict=True))
            assert told == pytest.approx(float(reached[item]), abs=1e-5)


def test_nothing_liked_reaches_nothing() -> None:
    _, graph = built(("Krakenfall", 1979, HORROR), ("Krakenfall II", 1983, HORROR))
    reached = graph.reach(np.zeros(0, np.int32), np.zeros(0, np.float32))

    assert all(not strength.any() for strength in reached.values())
    assert graph.why(NEXT, 1, []) == []
    assert graph.why("no such relation", 1, [0]) == []


def test_products_that_differ_in_colour_or_size_are_one_line() -> None:
    titles = ["RED FELT TOADSTOOL LARGE", "Blue felt toadstool, small", "FELT HEART", "RED LARGE", "12 PENCILS"]
    graph = build_graph(catalogue([(title, None, {}) for title in titles]))

    assert graph.relations == (LINE,)
    assert pairs(graph, LINE) == {(0, 1), (1, 0)}
    assert texts(graph, LINE, 1, [0]) == ["Like RED FELT TOADSTOOL LARGE, in another variant"]


def test_colours_in_the_titles_of_films_are_no_product_line() -> None:
    _, graph = built(("The Red Lantern Feast", 1990, {}), ("The White Lantern Feast", 1995, {}))

    assert LINE not in graph.relations
    assert not pairs(graph, VERSION)


@pytest.mark.parametrize("films", [[], [("Krakenfall", 1979, {})], [("", None, {}), ("...", None, {})]])
def test_small_and_empty_catalogues_have_no_relations(films: list[Film]) -> None:
    assert build_graph(catalogue(films)).relations == ()


def test_works_without_years_order_their_parts_by_number_alone() -> None:
    book = {"author": ("Lea Larch",), "genre": ("Crime",)}
    films: list[Film] = [("Krakenfall II", None, book), ("Krakenfall", None, book), ("Krakenfall Nights", None, book)]
    columns = catalogue([*films, *[(title, None, facets) for title, _, facets in crowd(150)]])
    graph = build_graph(columns)

    assert pairs(graph, NEXT) == {(1, 0)}
    assert texts(graph, NEXT, 0, [1]) == ["The next part after Krakenfall"]
    assert texts(graph, "same author", 0, [1]) == ["By Lea Larch, as is Krakenfall"]


def test_given_facets_replace_the_guessed_ones() -> None:
    columns, _ = built(("Krakenfall", 1979, HORROR), ("Grit", 1983, HORROR))

    assert "same actor" not in build_graph(columns, ["director", "no such facet"]).relations
