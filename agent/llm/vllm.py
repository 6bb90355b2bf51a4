"""How vLLM's OpenAI-compatible server is called on this machine."""

from __future__ import annotations

import json
import os

from agent.llm import install, weights
from agent.llm.hardware import Hardware
from core.settings import Settings


def command(settings: Settings, hardware: Hardware) -> tuple[list[str], dict[str, str]]:
    """Command line of vLLM's OpenAI-compatible server and the environment variables to add.

    Raises:
        ModelServerError: the configured model is neither a folder nor a hub name.
    """
    model = weights.resolve(settings, hardware)
    arguments = {
        "--model": model.source,
        "--served-model-name": model.name,
        "--host": "127.0.0.1",
        "--port": str(settings.llm_port),
        "--tool-call-parser": "hermes",
        "--tool-strict-level": "parameter",  # arguments of a call obey their schema, whatever the model would write
        # Free whitespace in JSON is where a small model loses itself.
        "--structured-outputs-config": json.dumps({"backend": "xgrammar", "disable_any_whitespace": True}),
        # Requests state their sampling; a model folder's own defaults must not change answers behind their back.
        "--generation-config": "vllm",
    }
    flags = ["--enable-auto-tool-choice", "--enable-prefix-caching", "--disable-uvicorn-access-log"]
    llm_dir = settings.llm_dir
    environment = {
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_CACHE_ROOT": str(llm_dir / "cache" / "vllm"),
        "VLLM_CONFIG_ROOT": str(llm_dir / "cache" / "config"),
        "XDG_CACHE_HOME": str(llm_dir / "cache"),
    }
    if "HF_HOME" not in os.environ:
        environment["HF_HOME"] = str(llm_dir / "hub")
    if model.local:
        environment["HF_HUB_OFFLINE"] = "1"
    if hardware.gpu:
        arguments |= {
            "--dtype": "auto",
            "--max-model-len": "auto",
            # Turns wait for these answers, so a model that can think aloud first must not.
            "--default-chat-template-kwargs": json.dumps({"enable_thinking": False}),
        }
    else:
        arguments |= {"--dtype": "bfloat16", "--max-model-len": "4096", "--max-num-seqs": "16"}
        flags.append("--enforce-eager")  # compiling doubles the start and gains little for a small model
        environment |= {
            "VLLM_CPU_OMP_THREADS_BIND": ",".join(map(str, hardware.cpus)),
            "VLLM_CPU_KVCACHE_SPACE": "1",  # GiB: 46,000 tokens of the default model
            "OMP_NUM_THREADS": str(len(hardware.cpus)),
        }
    pairs = [part for pair in arguments.items() for part in pair]
    python = str(install.python(settings))
    return [python, "-m", "vllm.entrypoints.openai.api_server", *pairs, *flags], environment
