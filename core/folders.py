"""Writing a folder so that readers see the old one or the new one, never a part."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A fresh folder to fill; it takes the place of ``folder`` at the end of the block, or goes if the block fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the old one: only within one file system is a folder moved in one step.
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield fresh
        put(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def put(fresh: Path, folder: Path) -> None:
    """Put a whole folder in the place of another, which need not exist; both within one file system."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    if folder.exists():
        folder.replace(old / folder.name)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
