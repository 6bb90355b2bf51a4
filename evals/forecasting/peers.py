"""statsforecast's AutoARIMA, AutoETS and AutoTheta, one model a topic of a person, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.errors import InputError
from core.periods import Indices
from core.settings import Settings
from core.timeline import Array, to_shares
from evals.forecasting.trial import Trial
from tools.forecasting.series import HORIZONS, Floats

LEAST_PERIODS = 4
"""Active periods of a series: the models refuse shorter ones."""
FOLDER = "forecasting-peers"
HOW = (
    "python -m venv {folder} && {folder}/bin/pip install -r evals/peers/forecasting.txt "
    "(or DRIFTLINE_FORECASTING_PEERS for another place)"
)


@dataclass(frozen=True)
class Peers:
    """What the peers said.

    Attributes:
        cases: (m,) which cases of the trial they were asked for.
        points: (m, horizons, topics) shares by model, clipped at 0 and made to sum to 1.
        seconds: (m,) by model, all topics of a person together.
        zero: by model, the part of the topics used so far that it forecasts as exactly 0 or less at horizon 1.
    """

    cases: Indices
    points: Mapping[str, Floats]
    seconds: Mapping[str, Array]
    zero: Mapping[str, float]


def environment(settings: Settings) -> Path:
    """The Python of the peers' environment.

    Raises:
        InputError: there is none.
    """
    folder = Path(os.environ.get("DRIFTLINE_FORECASTING_PEERS", settings.home / FOLDER))
    python = folder / "bin" / "python"
    if not python.exists():
        raise InputError(
            f"There are no peers to compare with at {folder}.", f"To have them: {HOW.format(folder=folder)}."
        )
    return python


class PeerRun:
    """The peers at work in a process of their own.

    Args:
        python: of their environment.
        trial: what they are compared on: one case each of ``most`` people with at least `LEAST_PERIODS` active
            periods, drawn at random. Their series are the shares of active periods in order, without gaps.
        seed: of the draw.

    Attributes:
        cases: (m,) of the trial.
        series: (m, periods, topics) what the peers are given.
    """

    def __init__(self, python: Path, trial: Trial, most: int, seed: int) -> None:
        generator = np.random.default_rng(seed)
        able = generator.permutation(np.flatnonzero(trial.active >= LEAST_PERIODS))
        _, first = np.unique(trial.person[able], return_index=True)
        self.cases = np.sort(generator.permutation(able[first])[:most])
        self.series = series(trial, self.cases)
        self._folder = tempfile.TemporaryDirectory(prefix="driftline-peers-")
        np.savez(Path(self._folder.name) / "in.npz", series=self.series, horizon=HORIZONS)
        script = Path(__file__).parents[1] / "peers" / "forecasting.py"
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [python, script, "in.npz", "out.npz"],
            cwd=self._folder.name,
            env=os.environ | one,
            stderr=subprocess.PIPE,
            text=True,
        )

    def result(self) -> Peers:
        """Wait for them.

        Raises:
            InputError: they failed; the message has their last line.
        """
        _, told = self._process.communicate()
        with self._folder as folder:
            if self._process.returncode:
                last = told.strip().splitlines()[-1:] or ["no message"]
                raise InputError(f"The peers failed: {last[0]}", "Install evals/peers/forecasting.txt again.")
            with np.load(Path(folder) / "out.npz") as told_arrays:
                arrays = dict(told_arrays)
        models = [name for name in arrays if f"{name} seconds" in arrays]
        used = np.nansum(self.series, axis=1) > 0
        mean = to_shares(np.nansum(self.series, axis=1).astype(np.float64))[:, None, :]
        points = {}
        for name in models:
            shares = to_shares(np.maximum(arrays[name], 0))
            # A model that says 0 for every topic says nothing: the person's mean stands in.
            points[name] = np.where(shares.sum(axis=2, keepdims=True) > 0, shares, mean).astype(np.float32)
        zero = {name: float((arrays[name][:, 0] <= 0)[used].mean()) for name in models}
        return Peers(self.cases, points, {name: arrays[f"{name} seconds"] for name in models}, zero)


def series(trial: Trial, cases: Indices) -> Floats:
    """(cases, periods, topics) shares of the active periods before each origin, NaN behind the last one."""
    panel = trial.panel
    shares = to_shares(panel.interest.astype(np.float64)).astype(np.float32)
    active = shares.sum(axis=1) > 0
    found = np.full((len(cases), int(trial.active[cases].max(initial=1)), shares.shape[1]), np.nan, dtype=np.float32)
    for number, case in enumerate(cases.tolist()):
        who, origin = trial.person[case], trial.origin[case]
        rows = np.arange(*np.searchsorted(panel.user, [who, who + 1]))
        past = rows[active[rows] & (panel.index[rows] < origin)][-found.shape[1] :]
        found[number, : len(past)] = shares[past]
    return found
