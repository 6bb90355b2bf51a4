"""Nested state on disk: one .npz file of arrays, and the JSON values around them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DOCUMENT = "document"
_ARRAY = "array"


def write_archive(path: Path, state: Mapping[str, Any]) -> None:
    """Write nested dictionaries and lists of JSON values and numeric arrays, in one step.

    A reader sees the old file or the new one whole, and a writer that dies leaves the old one.
    """
    arrays: dict[str, NDArray[Any]] = {}

    def taken(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            arrays[f"a{len(arrays)}"] = value
            return {_ARRAY: f"a{len(arrays) - 1}"}
        if isinstance(value, Mapping):
            return {str(name): taken(each) for name, each in value.items()}
        return [taken(each) for each in value] if isinstance(value, list | tuple) else value

    document = np.frombuffer(json.dumps(taken(state)).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **{_DOCUMENT: document}, **arrays)  # type: ignore[arg-type]
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_archive(path: Path) -> dict[str, Any]:
    """What `write_archive` wrote; tuples come back as lists."""
    with np.load(path) as archive:

        def given(value: Any) -> Any:
            if isinstance(value, dict):
                return archive[value[_ARRAY]] if set(value) == {_ARRAY} else {k: given(v) for k, v in value.items()}
            return [given(each) for each in value] if isinstance(value, list) else value

        found: dict[str, Any] = given(json.loads(archive[_DOCUMENT].tobytes()))
        return found
