"""Training an adapter of the query encoder, and whether it may replace the one before it.

Everything is measured on people and items that training never saw, against what answers queries now (the base, or the
adapter before), each question once for both.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.settings import Settings
from store.catalog import Catalog
from store.events import Events
from tools.deps import Floats
from tools.retrieval.embedder import Embedder
from tools.retrieval.tuning import adapter
from tools.retrieval.tuning.examples import Example, Material
from tools.retrieval.tuning.learner import Progress, Recipe, learn

KINDS = ("request", "sentence", "interest")
_FEWEST = 100
"""With fewer examples than this nothing is trained, and with fewer held out nothing can be shown to be better."""

_SIZES = {"request": 2400, "sentence": 1200, "interest": 1200}
_TESTS = {"request": 400, "sentence": 300, "interest": 300}
_DRAWS = 2000


@dataclass(frozen=True)
class Gain:
    """NDCG@10 on held-out questions of one kind: means before and after, the mean gain and its 95 % interval."""

    kind: str
    questions: int
    before: float
    after: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class TuningReport:
    """What a training found; ``kept`` says whether its adapter is in use now, ``why`` in words."""

    kept: bool
    why: str
    examples: int
    gains: tuple[Gain, ...]

    def lines(self) -> list[str]:
        """One line a kind of question."""
        return [self.why] + [
            f"{gain.kind}: NDCG@10 {gain.before:.3f} to {gain.after:.3f} ({gain.low:+.3f} to {gain.high:+.3f}, "
            f"{gain.questions} held out)"
            for gain in self.gains
        ]


def train(
    settings: Settings,
    catalog: Catalog,
    events: Events,
    vectors: Floats,
    until: datetime | None = None,
    progress: Progress = lambda _what, _done: None,
    recipe: Recipe | None = None,
) -> TuningReport:
    """Train an adapter on the workspace's own items and events, and keep it if it wins on what was held out.

    It wins when the mean gain over the kinds of questions is above 0 with its interval, and none lost for certain.

    Args:
        vectors: (items, d) `Retriever.item_vectors`.
        until: learn from events up to this moment alone.
    """
    recipe = recipe or Recipe()
    folder = adapter.folder_of(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    material = gather(catalog, events, until)
    examples = draw(material, _SIZES, held=False, seed=recipe.seed)
    tests = questions(material, recipe.seed)
    if min(len(examples), len(tests)) < _FEWEST:
        return TuningReport(False, f"too little to learn from ({len(examples)} examples)", len(examples), ())
    base = Embedder(settings.embedder)
    model = base.private_model()
    texts = [example.text for example in examples]
    known = base.encode(texts, bulk=True)
    current = base if in_use(folder, base.identity) is None else Embedder(settings.embedder, folder)
    before = measure(current.encode([test.text for test in tests]), vectors, material, tests)
    tuned = learn(model, vectors, material, examples, known, recipe, progress)
    encoded = model.encode([test.text for test in tests], normalize_embeddings=True, show_progress_bar=False)
    after = measure(np.asarray(encoded, np.float32), vectors, material, tests)
    gains = compare(tests, before, after)
    kept, why = verdict(tests, before, after, gains)
    if kept:
        fresh = Path(tempfile.mkdtemp(prefix=".fresh-", dir=folder.parent))
        try:
            card = adapter.save(tuned, fresh, base.identity, digest(examples), recipe.seed, asdict(recipe))
            adapter.publish(fresh, folder, replace(card, metrics={gain.kind: asdict(gain) for gain in gains}))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return TuningReport(kept, why, len(examples), gains)


def gather(catalog: Catalog, events: Events, until: datetime | None = None) -> Material:
    """What a workspace has to learn from, by events up to a moment."""
    columns = catalog.columns()
    found = {item.id: item for item in catalog.all()}
    return Material.of([found[item_id] for item_id in columns.ids], events.log(columns, until))


def questions(material: Material, seed: int = 0) -> list[Example]:
    """The held-out questions that decide."""
    return draw(material, _TESTS, held=True, seed=seed + 1)


def in_use(folder: Path, base: str) -> adapter.Card | None:
    """The card of the adapter that answers queries now; None where there is none that can be used."""
    try:
        return adapter.read(folder, base)
    except InputError:
        return None


def draw(material: Material, sizes: Mapping[str, int], held: bool, seed: int) -> list[Example]:
    """Examples of every kind from one side."""
    rng = random.Random(seed)
    return [
        *material.requests(sizes["request"], held, rng),
        *material.sentences(sizes["sentence"], held, rng),
        *material.interests(sizes["interest"], held, rng),
    ]


def digest(examples: Sequence[Example]) -> str:
    """A short digest of texts and answers."""
    hashed = hashlib.blake2b(digest_size=12)
    for example in examples:
        hashed.update(f"{example.text}\x1f{example.items.tolist()}\x1e".encode())
    return hashed.hexdigest()


def measure(encoded: Floats, vectors: Floats, material: Material, tests: Sequence[Example]) -> NDArray[np.float64]:
    """(tests,) NDCG@10 of every question among the held-out items of its pool, gains as weighted."""
    found = np.zeros(len(tests))
    known = vectors.any(axis=1)
    for row, test in enumerate(tests):
        among = np.flatnonzero(material.candidates(test, held=True) & known)
        relevance = np.zeros(len(vectors))
        relevance[test.items] = test.weights
        similarity = vectors[among] @ encoded[row]
        first = among[np.argsort(-similarity, kind="stable")[:10]]
        ideal = np.sort(test.weights)[::-1][:10]
        found[row] = _gained(relevance[first]) / _gained(ideal)
    return found


def compare(tests: Sequence[Example], before: NDArray[np.float64], after: NDArray[np.float64]) -> tuple[Gain, ...]:
    """The gain on each kind of question, with the interval of a paired bootstrap over items asked for, or people."""
    kinds = np.array([test.kind for test in tests])
    gains = []
    for kind in KINDS:
        rows = np.flatnonzero(kinds == kind)
        if len(rows):
            drawn = _bootstrap([tests[row].group for row in rows.tolist()], (after - before)[rows])
            low, high = np.quantile(drawn, (0.025, 0.975))
            means = float(before[rows].mean()), float(after[rows].mean())
            gains.append(Gain(kind, len(rows), *means, means[1] - means[0], float(low), float(high)))
    return tuple(gains)


def verdict(
    tests: Sequence[Example], before: NDArray[np.float64], after: NDArray[np.float64], gains: Sequence[Gain]
) -> tuple[bool, str]:
    """Whether the new adapter wins, and why."""
    kinds = np.array([test.kind for test in tests])
    draws = [_bootstrap([t.group for t in tests if t.kind == g.kind], (after - before)[kinds == g.kind]) for g in gains]
    low = float(np.quantile(np.mean(draws, axis=0), 0.025))
    lost = [gain.kind for gain in gains if gain.high < 0]
    if lost:
        return False, f"not kept: worse on {', '.join(lost)}"
    return (True, "kept") if low > 0 else (False, "not kept: not certainly better")


def _bootstrap(groups: Sequence[str], differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """(draws,) mean differences when whole groups are drawn with replacement."""
    codes: dict[str, int] = defaultdict(lambda: len(codes))
    code = np.array([codes[group] for group in groups])
    sums, counts = np.bincount(code, differences), np.bincount(code)
    times = np.random.default_rng(0).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=_DRAWS)
    return np.asarray((times @ sums) / (times @ counts))


def _gained(gains: NDArray[np.generic]) -> float:
    return float((np.asarray(gains, np.float64) / np.log2(np.arange(2, len(gains) + 2))).sum())
