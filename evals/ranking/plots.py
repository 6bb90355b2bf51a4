"""The pictures of the benchmark, drawn in the peers' environment from the kept results."""

from __future__ import annotations

import subprocess
from pathlib import Path

from core.errors import InputError

PICTURES = ("ranking-differences.png", "ranking-breadth.png", "ranking-activity.png")


def draw(python: Path, results: Path, folder: Path) -> list[Path]:
    """Draw `PICTURES` into a folder.

    Args:
        python: of the environment that has matplotlib.
        results: what `evals.ranking.run` kept.
        folder: made if it is not there.

    Raises:
        InputError: drawing failed; the message has its last line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).parents[1] / "peers" / "ranking_plots.py"
    done = subprocess.run([python, script, results, folder], stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise InputError(f"The pictures were not drawn: {last[0]}", "Install evals/peers/requirements.txt again.")
    return [folder / name for name in PICTURES if (folder / name).exists()]
