"""The report on the command line, over a small trained workspace."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from core.settings import Settings
from ui.cli.main import main


@pytest.fixture(autouse=True)
def _workspace(small_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTLINE_HOME", str(small_settings.home))


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["driftline", "report", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("user", "language", "told"), [("p7", "en", "Person p7"), ("a newcomer", "zh", "用户 a newcomer")]
)
def test_a_page_is_written_about_a_person(
    user: str,
    language: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "report.html"
    words = ("--user", user, "--k", 3, "--at", "2024-06-01", "--language", language, "--out", out, "--json")
    assert run(monkeypatch, *words) == 0
    page = out.read_text(encoding="utf-8")
    assert json.loads(capsys.readouterr().out)["bytes"] == len(page.encode())
    assert told in page
    assert page.count("<article>") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "report.pdf"), "End it in .html"),
        (("--out", "nowhere/at/all.html"), "in an existing folder"),
        (("--out", "report.html", "--language", "fr"), "no words in 'fr'"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_work(
    words: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--user", "p7", *words) == 1
    assert told in " ".join(capsys.readouterr().err.split())
