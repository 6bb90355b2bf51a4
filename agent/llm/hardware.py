"""What this machine can serve a model on."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_CGROUP_LIMIT = Path("/sys/fs/cgroup/cpu.max")
_MOST_CPUS = 16  # a small model gains nothing from more threads: synchronising them costs more than they save


@dataclass(frozen=True)
class Hardware:
    """What matters for serving.

    Attributes:
        gpu: name of the first NVIDIA GPU; empty without one.
        cpus: numbers of the processors that this process may use, at most 16 of them.
    """

    gpu: str
    cpus: tuple[int, ...]


@lru_cache(maxsize=1)
def detect() -> Hardware:
    """The hardware of this machine; asks nvidia-smi once."""
    return Hardware(gpu=_gpu(), cpus=_cpus())


def _gpu() -> str:
    smi = shutil.which("nvidia-smi")
    if smi is None:
        return ""
    try:
        asked = subprocess.run(
            [smi, "--query-gpu=name", "--format=csv,noheader"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    lines = asked.stdout.strip().splitlines()
    return lines[0].strip() if asked.returncode == 0 and lines else ""


def _cpus() -> tuple[int, ...]:
    affinity = getattr(os, "sched_getaffinity", None)
    allowed = sorted(affinity(0)) if affinity is not None else list(range(os.cpu_count() or 1))
    return tuple(allowed[: min(len(allowed), _quota(), _MOST_CPUS)])


def _quota() -> int:
    # A container may see every processor and still be allowed the time of only a few.
    try:
        quota, period = _CGROUP_LIMIT.read_text().split()
        return max(1, round(int(quota) / int(period)))
    except (OSError, ValueError):
        return _MOST_CPUS
