from __future__ import annotations

import json

import numpy as np
import pytest

from core.errors import NotTrainedError
from core.results import RecommendRequest
from tests.tools.scoring.conftest import NOW, Maker, film, ratings
from tools.scoring.model import PRIOR, model_folder

SPOILT: tuple[dict[str, object], ...] = (
    {"format": 1},
    {"format": None},
    {"weights": None},
    {"weights": {**PRIOR, "other": 1.0}},
    {"drop": "year"},
    {"text": "{"},
)


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_model_of_other_code_asks_for_training(make: Maker, spoil: dict[str, object]) -> None:
    bench = make([film(n) for n in range(20)], [event for event in ratings(12) if event.item_id < "f20"])  # type: ignore[operator]
    bench.train()
    path = model_folder(bench.settings) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest.update({name: value for name, value in spoil.items() if name not in {"drop", "text"}})
    manifest.pop(spoil.get("drop"), None)
    path.write_text(str(spoil["text"]) if "text" in spoil else json.dumps(manifest))
    with pytest.raises(NotTrainedError, match="driftline train"):
        bench.scorer().recommend(RecommendRequest(at=NOW))


def test_a_model_without_its_arrays_asks_for_training(make: Maker) -> None:
    bench = make([film(n) for n in range(20)], [event for event in ratings(12) if event.item_id < "f20"])  # type: ignore[operator]
    bench.train()
    np.savez(model_folder(bench.settings) / "model.npz", ids=np.array(["f00"]))
    with pytest.raises(NotTrainedError, match="driftline train"):
        bench.scorer().recommend(RecommendRequest(at=NOW))
