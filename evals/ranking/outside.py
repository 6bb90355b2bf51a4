"""Peers of other libraries, each trained in a process of its own in the peers' environment, and kept once trained."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.settings import Settings
from evals.metrics import Lists
from evals.ranking.lists import LENGTH
from evals.splits import Split
from store.columns import KINDS
from tools.scoring.signals import strengths

Option = Mapping[str, Any]

FOLDER = "peers"
HOW = (
    "python -m venv {folder} && {folder}/bin/pip install -r evals/peers/requirements.txt "
    "(or DRIFTLINE_PEERS for another place)"
)
SCRIPT = Path(__file__).parents[1] / "peers" / "ranking.py"
VERSION = 1
"""Of the script: raise it when answers kept from before no longer stand."""

SECONDS = 200
"""Processor seconds that a transformer trains on the tuning cases, unless a family of tests has others; what was begun
by then is finished."""

FACTORS = ("iALS", "BPR")
TRANSFORMERS = ("SASRec", "BERT4Rec", "HSTU")


@dataclass(frozen=True)
class Ranked:
    """What a peer answered: seconds are of one processor, ``peak`` is the process's memory in bytes.

    ``epochs`` were trained, or gave the best NDCG@10 where they were chosen; ``capped``: time ended the trials.
    """

    lists: Lists
    fit_seconds: float
    score_seconds: float
    peak: float
    epochs: int
    capped: bool


def environment(settings: Settings) -> Path:
    """The Python of the peers' environment.

    Raises:
        InputError: there is none.
    """
    folder = Path(os.environ.get("DRIFTLINE_PEERS", settings.home / FOLDER))
    python = folder / "bin" / "python"
    if not python.exists():
        raise InputError(
            f"There are no peers to compare with at {folder}.", f"To have them: {HOW.format(folder=folder)}."
        )
    return python


def options(model: str, longest: int, seconds: float = SECONDS) -> Iterable[Option]:
    """The figures to choose from.

    Args:
        model: one of `FACTORS` or `TRANSFORMERS`.
        longest: events of a person that a transformer looks at.
        seconds: of a processor, that a transformer trains on the tuning cases.
    """
    if model == "iALS":
        for size, alpha, firmness, days in itertools.product((32, 128), (1.0, 10.0), (0.01, 1.0), (15.0, 1e6)):
            figures = {"factors": size, "alpha": alpha, "regularization": firmness}
            yield figures | {"event_days": days, "epochs": 15, "seed": 0}
    elif model == "BPR":
        for size, lr, epochs in itertools.product((32, 128), (0.01, 0.05), (30, 100)):
            figures = {"factors": size, "lr": lr, "regularization": 0.01}
            yield figures | {"event_days": 1e6, "epochs": epochs, "seed": 0}
    else:
        shared = {"heads": 2, "blocks": 2, "length": longest, "batch": 128, "lr": 1e-3, "seed": 0}
        yield shared | {"factors": 64, "dropout": 0.2, "seconds": seconds}


def rank(
    python: Path, kept: Path, model: str, option: Option, splits: Sequence[Split], tune: bool
) -> tuple[Ranked, ...]:
    """Train once and rank the cases of every split; answered from ``kept`` if that was done before.

    Args:
        python: of the environment.
        kept: folder of earlier answers.
        model: by name.
        option: its figures.
        splits: cases that models may have learnt the same for.
        tune: choose the epochs of a transformer by NDCG@10 on the first split.

    Raises:
        InputError: the peer failed; the message has its last line.
    """
    arrays = arrays_of(splits)
    if tune:
        coo = splits[0].wanted.tocoo()
        arrays |= {"wanted_case": coo.row.astype(np.int32), "wanted_item": coo.col.astype(np.int32)}
    path = kept / f"{model}-{_digest(arrays, option)}.npz"
    if not path.exists():
        kept.mkdir(parents=True, exist_ok=True)
        _run(python, path, model, option, arrays)
    with np.load(path) as told:
        return tuple(
            Ranked(
                Lists(told[f"items{number}"], told[f"scores{number}"]),
                fit_seconds=float(told["fit_seconds"]),
                score_seconds=float(told[f"score_seconds{number}"]),
                peak=float(told["peak"]),
                epochs=int(told["epochs"]),
                capped=bool(told["capped"]),
            )
            for number in range(len(splits))
        )


def arrays_of(splits: Sequence[Split]) -> dict[str, NDArray[Any]]:
    """What a peer is given; see the script."""
    log = splits[0].learnt
    arrays: dict[str, NDArray[Any]] = {
        "user": log.user,
        "item": log.item,
        "at": log.at,
        "weight": strengths(log.kind, log.value, KINDS),
        "items": np.array(splits[0].wanted.shape[1]),
        "length": np.array(LENGTH),
        "sets": np.array(len(splits)),
    }
    for number, split in enumerate(splits):
        case, rows = split.history
        cases: dict[str, NDArray[Any]] = {
            "case": case,
            "seen": split.log.item[rows],
            "seen_at": split.log.at[rows],
            "moment": split.at,
            "user_of": split.user,
            "new_only": np.array(split.new_only),
        }
        arrays |= {f"{name}{number}": each for name, each in cases.items()}
    return arrays


def digest(splits: Sequence[Split], options: Sequence[Option]) -> str:
    """Changes with anything that a peer is tuned or tested on."""
    whole = hashlib.blake2b(digest_size=12)
    for split in splits:
        arrays = arrays_of([split]) | {"wanted": split.wanted.indices, "starts": split.wanted.indptr}
        whole.update(_digest(arrays | {"shown": split.shown, "kinds": split.learnt.kind}, {"all": options}).encode())
    return whole.hexdigest()


def _digest(arrays: Mapping[str, NDArray[Any]], option: Option) -> str:
    whole = hashlib.blake2b(digest_size=12)
    whole.update(json.dumps([VERSION, dict(option)], sort_keys=True).encode())
    for name in sorted(arrays):
        whole.update(name.encode())
        whole.update(np.ascontiguousarray(arrays[name]).tobytes())
    return whole.hexdigest()


def _run(python: Path, path: Path, model: str, option: Option, arrays: Mapping[str, NDArray[Any]]) -> None:
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory(prefix="driftline-peers-") as folder:
        np.savez(Path(folder) / "in.npz", allow_pickle=False, **arrays)
        done = subprocess.run(
            [python, SCRIPT, model, json.dumps(dict(option)), "in.npz", "out.npz"],
            cwd=folder,
            env=os.environ | one,
            stderr=None if os.environ.get("SHOW") else subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            raise InputError(f"{model} failed: {last[0]}", "Install evals/peers/requirements.txt again.")
        (Path(folder) / "out.npz").replace(path)
