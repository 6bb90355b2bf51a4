"""One trained model for all tests that only read it."""

from __future__ import annotations

import pytest

from tests.tools.scoring.sequence.worlds import SMALL, catalogue, two_kinds
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.sequence.training import fit_sequence


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> SequenceModel:
    """Of `two_kinds`."""
    model = fit_sequence(two_kinds(), catalogue(), SMALL, tmp_path_factory.mktemp("sequence"))
    assert model is not None
    return model
