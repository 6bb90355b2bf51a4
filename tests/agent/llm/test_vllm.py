from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent.llm import vllm
from core.settings import Settings
from tests.agent.llm.conftest import CPU, GPU


def _option(arguments: list[str], name: str) -> str:
    return arguments[arguments.index(name) + 1]


def test_the_command_for_a_cpu_is_small_and_pinned_to_its_processors(llm_settings: Settings) -> None:
    arguments, environment = vllm.command(llm_settings, CPU)
    assert _option(arguments, "--model") == str(llm_settings.llm_dir / "models" / "SmolLM2-135M-Instruct")
    assert _option(arguments, "--served-model-name") == "SmolLM2-135M-Instruct"
    assert _option(arguments, "--host") == "127.0.0.1"
    assert _option(arguments, "--port") == str(llm_settings.llm_port)
    assert _option(arguments, "--dtype") == "bfloat16"
    assert "--enforce-eager" in arguments
    assert environment["VLLM_CPU_OMP_THREADS_BIND"] == "0,1"
    assert environment["VLLM_CPU_KVCACHE_SPACE"] == "1"
    assert environment["HF_HUB_OFFLINE"] == "1"


def test_the_command_for_a_gpu_serves_the_large_model_and_compiles(llm_settings: Settings) -> None:
    arguments, environment = vllm.command(llm_settings, GPU)
    assert _option(arguments, "--model") == "Qwen/Qwen3-8B"
    assert _option(arguments, "--tool-call-parser") == "hermes"
    assert json.loads(_option(arguments, "--default-chat-template-kwargs")) == {"enable_thinking": False}
    assert "--enforce-eager" not in arguments
    assert not any(name.startswith("VLLM_CPU") for name in environment)
    assert "HF_HUB_OFFLINE" not in environment


def test_everything_the_server_writes_is_inside_the_workspace(
    llm_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HF_HOME", raising=False)
    _, environment = vllm.command(llm_settings, GPU)
    for name in ("HF_HOME", "VLLM_CACHE_ROOT", "VLLM_CONFIG_ROOT", "XDG_CACHE_HOME"):
        assert Path(environment[name]).is_relative_to(llm_settings.home)


def test_a_hub_cache_that_the_user_chose_is_kept(llm_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", "/somewhere")
    assert "HF_HOME" not in vllm.command(llm_settings, GPU)[1]
