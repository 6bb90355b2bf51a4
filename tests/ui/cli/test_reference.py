from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_reference_says_what_the_commands_say(tmp_path: Path) -> None:
    written = tmp_path / "cli.md"
    command = ["-m", "typer", "ui.cli.main", "utils", "docs", "--name", "driftline", "--output", str(written)]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    assert (ROOT / "docs" / "cli.md").read_text() == written.read_text(), "run `make docs`"
