from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tools.forecasting.archive import read_archive, write_archive


def test_nested_values_and_arrays_come_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "model.npz"
    state = {"a": {"b": np.arange(6).reshape(2, 3), "c": None}, "d": [1, {"e": np.zeros(0)}], "f": "text"}
    write_archive(path, state)
    found = read_archive(path)
    assert found["a"]["b"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["d"][1]["e"].shape == (0,)
    assert (found["a"]["c"], found["d"][0], found["f"]) == (None, 1, "text")


def test_a_state_that_cannot_be_written_leaves_the_old_one_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    write_archive(path, {"a": 1})
    with pytest.raises(TypeError):
        write_archive(path, {"a": object()})
    assert read_archive(path) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["model.npz"]
