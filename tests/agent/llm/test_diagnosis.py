from __future__ import annotations

from pathlib import Path

import pytest

from agent.llm.diagnosis import explain_end, last_meaningful

PREFIX = "(EngineCore pid=77) ERROR 11-22 17:59:05 [core.py:402] "


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        ("torch.OutOfMemoryError: CUDA out of memory.", "ran out of memory", "smaller model"),
        ("ValueError: No available memory for the cache blocks.", "ran out of memory", "smaller model"),
        ("OSError: [Errno 98] Address already in use", "found its port taken", "DRIFTLINE_LLM_PORT"),
        (
            "OSError: Qwen/Qwen9 is not a local folder and is not a valid model identifier",
            "found no such model",
            "DRIFTLINE_LLM_MODEL",
        ),
        ("huggingface_hub.errors.LocalEntryNotFoundError: Cannot reach it", "could not download", "internet"),
        ("ModuleNotFoundError: No module named 'vllm'", "not installed completely", "llm install"),
    ],
)
def test_known_causes_have_a_remedy(tmp_path: Path, line: str, what: str, remedy: str) -> None:
    log = tmp_path / "server.log"
    log.write_text(f"INFO starting\n{PREFIX}{line}\nRuntimeError: Engine core initialization failed. See root cause\n")
    error = explain_end(log, 1)
    assert what in error.what
    assert line.rstrip(".") in error.what
    assert "pid=77" not in error.what
    assert remedy in error.remedy
    assert str(log) in error.remedy


def test_an_unknown_cause_quotes_the_last_error(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text(f"  warnings.warn(\n{PREFIX}ValueError: bad rope factor\nresource_tracker: 1 leaked\nGoodbye\n")
    assert 'exit status 1). It last said: "ValueError: bad rope factor"' in explain_end(log, 1).what


def test_an_error_over_two_lines_is_quoted_whole(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text(
        "ValidationError: 1 validation error for ModelConfig\n  Value error, no such architecture\n    See x\n"
    )
    assert "ModelConfig Value error, no such architecture" in explain_end(log, 1).what
    assert "See x" not in explain_end(log, 1).what


def test_a_kill_without_words_suggests_memory(tmp_path: Path) -> None:
    assert "probably because memory ran out" in explain_end(tmp_path / "missing.log", -9).what


def test_a_missing_log_still_explains(tmp_path: Path) -> None:
    assert explain_end(tmp_path / "missing.log", 3).what == "The model server ended by itself (exit status 3)."


def test_without_an_error_the_last_line_speaks() -> None:
    assert last_meaningful(["one", "two"]) == "two"
    assert last_meaningful([]) == ""
