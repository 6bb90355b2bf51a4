"""What a way of ranking costs: processor seconds, and how far the memory of the process grew meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass
class Cost:
    """Processor seconds, and bytes of resident memory at the highest above those at the beginning."""

    seconds: float = 0.0
    peak: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the block; the result is filled in at its end."""
    import psutil

    process, found, ended = psutil.Process(), Cost(), threading.Event()
    before = process.memory_info().rss

    def look() -> None:
        while not ended.wait(EVERY):
            found.peak = max(found.peak, float(process.memory_info().rss - before))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    started = time.process_time()
    try:
        yield found
    finally:
        found.seconds = time.process_time() - started
        ended.set()
        watcher.join()
