"""The peers' process: what it is given, what is made of its answer, and what is said when it fails."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.settings import Settings
from evals.forecasting.peers import PeerRun, environment
from evals.forecasting.trial import Trial, run_trial
from tests.evals.test_forecasting import steady

STUB = """
import sys
import numpy as np
series = np.load(sys.argv[2])["series"]
people, _, topics = series.shape
made = np.full((people, 4, topics), 2.0)
made[:, :, 0] = -1.0
np.savez(sys.argv[3], **{"AutoARIMA": made, "AutoARIMA seconds": np.full(people, 0.5)})
"""


@pytest.fixture(scope="module")
def trial() -> Trial:
    return run_trial(steady(60, 10), most_origins=2, most_cases=100, seed=0)


def interpreter(folder: Path, body: str) -> Path:
    """Something that is called as Python is, and runs ``body`` in place of the script."""
    (folder / "stub.py").write_text(body)
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nexec {sys.executable} {folder / "stub.py"} "$@"\n')
    path.chmod(0o755)
    return path


def test_answers_become_shares(trial: Trial, tmp_path: Path) -> None:
    found = PeerRun(interpreter(tmp_path, STUB), trial, most=5, seed=0).result()
    assert len(found.cases) == 5
    assert len(np.unique(trial.person[found.cases])) == 5
    points = found.points["AutoARIMA"]
    assert points.sum(axis=2) == pytest.approx(1)
    assert (points[:, :, 0] == 0).all()
    assert found.seconds["AutoARIMA"].tolist() == [0.5] * 5
    assert 0 < found.zero["AutoARIMA"] < 1


def test_series_hold_the_past_alone(trial: Trial, tmp_path: Path) -> None:
    run = PeerRun(interpreter(tmp_path, STUB), trial, most=60, seed=0)
    run.result()
    lengths = (~np.isnan(run.series[:, :, 0])).sum(axis=1)
    assert (lengths == trial.active[run.cases]).all()
    assert np.nansum(run.series, axis=2)[:, 0] == pytest.approx(1)


def test_a_failure_is_told_with_its_last_line(trial: Trial, tmp_path: Path) -> None:
    run = PeerRun(interpreter(tmp_path, "raise SystemExit('no module named statsforecast')"), trial, most=2, seed=0)
    with pytest.raises(InputError, match=r"The peers failed: no module named statsforecast"):
        run.result()


def test_a_missing_environment_says_how_to_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRIFTLINE_FORECASTING_PEERS", raising=False)
    with pytest.raises(InputError, match=r"python -m venv .*forecasting-peers && .*pip install -r"):
        environment(Settings(home=tmp_path))
    python = tmp_path / "elsewhere" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setenv("DRIFTLINE_FORECASTING_PEERS", str(tmp_path / "elsewhere"))
    assert environment(Settings(home=tmp_path)) == python
