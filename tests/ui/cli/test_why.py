"""What-ifs, carriers and batches of explanations on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from core.settings import Settings
from ui.cli import batch
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]
AT = "2024-06-01T12:00:00Z"


@pytest.fixture
def run(small_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``driftline explain``: its exit status, standard output and standard error."""
    monkeypatch.setenv("DRIFTLINE_HOME", str(small_settings.home))

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["driftline", "explain", "--at", AT, *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call


def good(answer: tuple[int, str, str]) -> Any:
    status, out, err = answer
    assert status == 0, err
    return json.loads(out)


def test_what_carries_a_list_is_what_a_change_is_tried_with(run: Run) -> None:
    found = good(run("--user", "p6", "--k", 5, "--carriers", "--limit", 6, "--json"))
    assert found["tried"] == 6
    heaviest = found["carriers"][0]
    changed = good(run("--user", "p6", "--k", 5, "--drop", heaviest["event"]["event_id"], "--json"))
    assert changed["shifts"] == heaviest["shifts"]
    status, out, _ = run("--user", "p6", "--k", 5, "--carriers", "--limit", 3)
    assert status == 0
    assert "This list rests most on" in out
    status, out, _ = run("--user", "p6", "--k", 5, "--drop", heaviest["event"]["event_id"])
    assert status == 0
    assert out.startswith(f"Without your rating of {heaviest['event']['name']}")


def test_an_added_event_and_a_moved_dial_are_told(run: Run) -> None:
    words = ("--user", "p6", "--k", 5, "--add", "like:Alien", "--add", "rating=0.8:Fargo", "--then-adventure", 1)
    changed = good(run(*words, "--json"))
    assert changed["after"]["adventure"] == 1.0
    assert changed["text"][0].startswith("With your liking of Alien (1 June 2024) and your rating of Fargo")
    assert not {"Alien", "Fargo"} & {item["title"] for item in changed["after"]["items"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--user", "p1"), "asks for nothing"),
        (("--user", "p1", "--item", "Alien", "--carriers"), "--item and --carriers"),
        (("--carriers",), "one person or many"),
        (("--user", "p1", "--add", "adore:Alien"), "'adore:Alien' is no event"),
        (("--user", "p1", "--add", "rating=7:Alien"), "from -1 to 1"),
        (("--user", "p1", "--drop", "nothing"), "no event 'nothing'"),
        (("--users", "missing.txt", "--out", "x.csv"), "Give --out FILE.parquet"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(run: Run, words: tuple[object, ...], told: str) -> None:
    status, out, err = run(*words)
    assert status == 1
    assert out == ""
    assert told in " ".join(err.split())


def test_a_batch_is_a_row_a_part_that_sums_to_the_score(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "ROWS", 100)
    users = tmp_path / "users.csv"
    users.write_text('name,user_id\na,p1\nb,p2\nc\n"d",newcomer\ne, \nf,p1\n')
    out = tmp_path / "why.parquet"
    summary = good(run("--users", users, "--k", 4, "--out", out, "--json"))
    assert summary["people"] == 3
    assert [problem.partition(":")[0] for problem in summary["problems"]] == ["line 4", "line 6"]
    table = pq.read_table(out)
    assert table.column_names == [
        *("user_id", "item_id", "title", "rank", "score", "feature", "group", "contribution", "text"),
        "ground_event_ids",
    ]
    assert table.num_rows == summary["rows"]
    assert pq.ParquetFile(out).metadata.num_row_groups > 1
    sums: dict[tuple[str, str], float] = {}
    scores: dict[tuple[str, str], float] = {}
    for row in table.to_pylist():
        key = (row["user_id"], row["item_id"])
        sums[key] = sums.get(key, 0.0) + row["contribution"]
        scores[key] = row["score"]
    assert {user for user, _ in scores} == {"p1", "p2", "newcomer"}
    assert len(scores) == 12
    assert sums == pytest.approx(scores, abs=1e-6)
    grounded = {row["user_id"] for row in table.to_pylist() if row["ground_event_ids"]}
    assert grounded == {"p1", "p2"}
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
