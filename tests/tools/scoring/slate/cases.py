"""Candidates to arrange."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from tools.scoring.slate.likeness import Kinship
from tools.scoring.slate.order import Material


def material(scores: np.ndarray, **given: Any) -> Material:
    """Candidates of which only the score is known, but for what is given."""
    size = len(scores)
    plain: dict[str, Any] = {
        "positions": np.arange(size, dtype=np.int32),
        "scores": scores,
        "personal": np.zeros(size),
        "popularity": np.full(size, 0.5, np.float32),
        "topics": csr_matrix((size, 1), dtype=np.float32),
        "wanted": None,
        "looks": None,
        "usual": np.zeros(size, np.float32),
    }
    return Material(**plain | given)


def nobody_akin(size: int) -> Kinship:
    """No item repeats another."""
    return Kinship(np.arange(size), csr_matrix((size, size), dtype=np.float32))
