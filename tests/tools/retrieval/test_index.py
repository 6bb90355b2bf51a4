"""Building the vector index: only what changed is embedded, and an interrupted build goes on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import SettingsError
from core.settings import Settings
from core.types import Constraints
from tests.tools.retrieval.conftest import FILMS, Workspace, film
from tools.retrieval import embedder as embedder_module
from tools.retrieval import index as index_module
from tools.retrieval.embedder import Embedder, check_weights
from tools.retrieval.index import IndexReport, VectorIndex, collection, connect


def quiet(_what: str, _done: float) -> None:
    pass


def test_a_second_build_embeds_only_what_changed(workspace: Workspace) -> None:
    retriever = workspace()
    embedder = retriever.embedder
    catalog = retriever._catalog
    embedder.encoded.clear()  # type: ignore[attr-defined]
    assert retriever.build() == IndexReport(unchanged=len(FILMS))
    changed = film(
        1, "Alien", 1979, "Sci-Fi/Horror/Thriller", "Ridley Scott", "Sigourney Weaver/John Hurt", reviews=208
    )
    refiled = film(2, "Aliens", 1986, "Sci-Fi/Action", "James Cameron", "Sigourney Weaver", reviews=999)
    catalog.upsert([changed, refiled, film(60, "Stalker", 1979, "Sci-Fi")])
    assert retriever.build() == IndexReport(embedded=2, updated=1, unchanged=len(FILMS) - 2)
    assert [text.split(" (")[0] for text in embedder.encoded] == ["Alien", "Stalker"]  # type: ignore[attr-defined]
    vector = retriever.embed(["aliens"])[0]
    thrillers = retriever.index.query(vector, 50, Constraints(require={"genre": ("Thriller",)}))
    assert "f001" in {item_id for item_id, _ in thrillers}


def test_items_that_left_the_catalogue_leave_the_index(workspace: Workspace) -> None:
    retriever = workspace()
    report = retriever.index.build(FILMS[:5], 5, quiet)
    assert report == IndexReport(removed=len(FILMS) - 5, unchanged=5)
    assert retriever.index.count() == 5


def test_an_interrupted_build_goes_on_where_it_stopped(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    retriever = workspace(build=False)
    monkeypatch.setattr(index_module, "_CHUNK", 8)

    def stop(_what: str, done: float) -> None:
        if done > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retriever.build(stop)
    done = retriever.index.count()
    assert 0 < done < len(FILMS)
    assert retriever.build() == IndexReport(embedded=len(FILMS) - done, unchanged=done)


def test_metadata_keys_that_an_item_lost_are_gone(workspace: Workspace) -> None:
    retriever = workspace()
    without_reviews = FILMS[3].model_copy(update={"numbers": {"year": 1999.0}})
    report = retriever.index.build([without_reviews], 1, quiet)
    assert report.updated == 1
    reviewed = Constraints(ranges={"reviews": {"low": 0.0}})  # type: ignore[dict-item]
    assert retriever.index.query(retriever.embed(["matrix"])[0], 5, reviewed) == []


def test_vectors_computed_in_bulk_are_the_exact_ones_within_a_ten_thousandth(embedder: Embedder) -> None:
    texts = [f"{item.title}: {', '.join(item.facets['genre'])}" for item in FILMS]
    cosines = (embedder.encode(texts, bulk=True) * embedder.encode(texts)).sum(axis=1)
    assert cosines.min() > 0.9998


def test_vectors_of_unknown_items_are_zero(workspace: Workspace) -> None:
    vectors = workspace().index.vectors(["f001", "nobody", "f003"])
    assert vectors.any(axis=1).tolist() == [True, False, True]


def test_another_embedder_starts_an_empty_collection(tmp_path: Path) -> None:
    client = connect(Settings(home=tmp_path))
    first = collection(client, "items", "one")
    first.add(ids=["a"], embeddings=[np.ones(3, dtype=np.float32)])
    assert collection(client, "items", "one").count() == 1
    second = collection(client, "items", "two")
    assert second.count() == 0
    second.add(ids=["a"], embeddings=[np.ones(5, dtype=np.float32)])


def test_an_index_survives_a_restart(tmp_path: Path, embedder: Embedder) -> None:
    settings = Settings(home=tmp_path)
    VectorIndex(connect(settings), embedder).build(FILMS, len(FILMS), quiet)
    again = VectorIndex(connect(settings), embedder)
    assert again.build(FILMS, len(FILMS), quiet) == IndexReport(unchanged=len(FILMS))


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not these")
    with pytest.raises(SettingsError, match=r"sha256 .* instead of 53aa51172d14.*Reinstall"):
        check_weights(tmp_path)
    check_weights(embedder_module.packaged_model())


def test_an_unknown_embedder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DRIFTLINE_EMBEDDER"):
        Embedder(str(tmp_path / "no-model-here")).query("x")


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x"])
def test_a_malformed_server_address_is_one_clear_error(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="chroma_url"):
        connect(Settings(home=tmp_path, chroma_url=url))


def test_a_server_that_does_not_answer_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No ChromaDB server answers"):
        connect(Settings(home=tmp_path, chroma_url="http://127.0.0.1:9"))
