from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from store.catalog import Catalog
from store.db import Database
from tools.retrieval.embedder import Embedder
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.tuning import adapter
from tools.retrieval.tuning.examples import Material
from tools.retrieval.tuning.learner import Recipe, learn
from tools.retrieval.tuning.training import Gain, compare, draw, in_use, measure, verdict

TEXTS = ["a clever heist", "slow grief"]
_BOTH: tuple[Literal["on"], Literal["off"]] = ("on", "off")
SIZES = {"request": 24, "sentence": 8, "interest": 8}


@pytest.fixture(scope="module")
def base() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def trained(base: Embedder, material: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter of a few steps, published."""
    examples = draw(material, SIZES, False, seed=0)
    model = base.private_model()
    vectors = base.encode([item.text for item in material.items])
    known = base.encode([example.text for example in examples])
    tuned = learn(model, vectors, material, examples, known, Recipe(steps=4, batch=8), lambda _what, _done: None)
    home = tmp_path_factory.mktemp("models")
    fresh = home / ".fresh"
    card = adapter.save(tuned, fresh, base.identity, "data", 0, {"steps": 4})
    adapter.publish(fresh, home / "query", replace(card, metrics={"request": 0.5}))
    return home / "query"


def test_an_adapter_moves_questions_and_leaves_the_base(base: Embedder, trained: Path) -> None:
    before = base.encode(TEXTS)
    tuned = Embedder(adapter=trained)
    moved = tuned.encode(TEXTS)
    assert np.linalg.norm(moved, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(moved - before).max() > 1e-3
    assert (moved * before).sum(axis=1).min() > 0.7
    assert np.array_equal(Embedder().encode(TEXTS), before)
    assert tuned.identity == base.identity


def test_it_is_small_and_its_card_tells_what_it_is(base: Embedder, trained: Path) -> None:
    card = adapter.read(trained, base.identity)
    assert (card.base, card.data, card.metrics) == (base.identity, "data", {"request": 0.5})
    assert sum(file.stat().st_size for file in trained.iterdir()) < 1_500_000
    assert not [left for left in trained.parent.iterdir() if left.name.startswith(".")]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / adapter.WEIGHTS).write_bytes(b"nothing"), "sha256"),
        (lambda folder: (folder / adapter.WEIGHTS).unlink(), "no weights"),
        (lambda folder: (folder / adapter.CARD).write_text("{"), "no readable card"),
        (lambda folder: (folder / adapter.CARD).write_text("[]"), "no readable card"),
        (lambda folder: _change(folder, format=99), "format 99"),
        (lambda folder: _change(folder, base="other@48"), "trained on other@48"),
        (lambda folder: _change(folder, extra=1), "no readable card"),
    ],
)
def test_what_is_wrong_or_damaged_gets_one_clear_error(
    base: Embedder, trained: Path, tmp_path: Path, damage: object, message: str
) -> None:
    folder = tmp_path / "query"
    folder.mkdir()
    for file in trained.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    assert callable(damage)
    damage(folder)
    with pytest.raises(InputError, match=message) as error:
        adapter.read(folder, base.identity)
    assert "driftline train" in str(error.value)
    assert in_use(folder, base.identity) is None


def _retriever(home: Path, tuning: Literal["off", "on"], embedder: Embedder) -> HybridRetriever:
    settings = Settings(home=home, text_tuning=tuning)
    return HybridRetriever(settings, Catalog(Database(settings.sql_url)), embedder=embedder)


def _install(trained: Path, home: Path) -> Path:
    folder = home / "models" / "text" / "query"
    shutil.copytree(trained, folder)
    return folder


def test_questions_are_read_with_the_adapter_only_when_it_is_on(base: Embedder, trained: Path, tmp_path: Path) -> None:
    _install(trained, tmp_path)
    tuned, plain = (_retriever(tmp_path, tuning, base) for tuning in _BOTH)
    assert np.abs(tuned.embed(TEXTS) - plain.embed(TEXTS)).max() > 1e-3
    assert np.array_equal(plain.embed(TEXTS), np.stack([base.query(text) for text in TEXTS]))
    assert plain.queries is base


def test_a_damaged_adapter_is_left_aside_with_a_warning_until_it_is_replaced(
    base: Embedder, trained: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    retriever = _retriever(tmp_path, "on", base)
    assert retriever.queries is base
    folder = _install(trained, tmp_path)
    _change(folder, base="other@48")
    assert retriever.queries is base
    assert "Questions are read without it" in caplog.text
    shutil.rmtree(folder)
    _install(trained, tmp_path)
    assert retriever.queries is not base


def _change(folder: Path, **values: object) -> None:
    found = json.loads((folder / adapter.CARD).read_text())
    (folder / adapter.CARD).write_text(json.dumps(found | values))


def test_perfect_answers_measure_one_and_others_less(base: Embedder, material: Material) -> None:
    vectors = base.encode([f"{item.title} {item.text}" for item in material.items])
    tests = [test for test in draw(material, SIZES, True, seed=1) if test.kind == "sentence" and len(test.items) >= 1]
    exact = np.stack([test.weights @ vectors[test.items] for test in tests])
    found = measure(exact, vectors, material, tests)
    assert found.min() > 0
    assert found.max() <= 1 + 1e-9
    assert measure(-exact, vectors, material, tests).mean() < found.mean()


def test_a_gain_wins_a_loss_does_not_and_nothing_is_not_enough(material: Material) -> None:
    tests = draw(material, SIZES, True, seed=1)
    rng = np.random.default_rng(0)
    before = rng.uniform(0.2, 0.4, len(tests))
    kinds = np.array([test.kind for test in tests])

    def judged(after: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[tuple[Gain, ...], bool]:
        gains = compare(tests, before, after)
        return gains, verdict(tests, before, after, gains)[0]

    gains, kept = judged(before + 0.1)
    assert kept
    assert all(gain.gain == pytest.approx(0.1) for gain in gains)
    assert not judged(before + np.where(kinds == "interest", -0.05, 0.2))[1]
    assert not judged(before)[1]
