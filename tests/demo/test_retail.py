"""The shop's demo: its settings are settings, and `make` sets up the demo that it is asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from core.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]


def plan(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What make would do, with the environment of somebody who has set nothing."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DRIFTLINE_", "MAKE"))}
    return subprocess.run(
        ["make", "-n", "-B", *arguments], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )


def test_the_settings_of_the_shop_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DRIFTLINE_{name.upper()}", raising=False)
    shutil.copy(ROOT / "demo" / "retail.toml", tmp_path / "driftline.toml")
    monkeypatch.setenv("DRIFTLINE_HOME", str(tmp_path))
    settings = load_settings()
    assert (settings.item_noun, settings.topic_facet, settings.period) == ("product", "aisle", "week")


def test_each_demo_has_its_own_data_and_workspace() -> None:
    films, shop = plan("data").stdout, plan("data", "DEMO=retail").stdout
    assert "driftline import movielens" in films
    assert "completejourney" not in films
    assert "driftline import completejourney --ending now" in shop
    assert f"{ROOT}/.driftline-retail/driftline.toml" in shop
    assert "import films" not in shop


def test_the_demos_share_the_model_server() -> None:
    def installed(done: subprocess.CompletedProcess[str]) -> str:
        return done.stdout[done.stdout.index("llm install") :]

    assert installed(plan("llm")) == installed(plan("llm", "DEMO=retail"))
    assert f"{ROOT}/.driftline/stamps/llm" in installed(plan("llm"))


def test_an_unknown_demo_is_refused_by_name() -> None:
    refused = plan("data", "DEMO=books")
    assert refused.returncode != 0
    assert 'no demo "books"' in refused.stderr
