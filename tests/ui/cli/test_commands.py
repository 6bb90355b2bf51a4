"""The measured surface of the command line, over a small trained workspace."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from core.settings import Settings
from ui.cli.main import main

Run = Callable[..., tuple[int, str, str]]
AT = "2024-06-01T12:00:00Z"


@pytest.fixture
def run(small_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command as a shell would: its exit status, standard output and standard error."""
    monkeypatch.setenv("DRIFTLINE_HOME", str(small_settings.home))

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["driftline", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call


def good(answer: tuple[int, str, str]) -> Any:
    status, out, err = answer
    assert status == 0, err
    return json.loads(out)


def test_recommend_gives_one_person_a_ranked_list(run: Run) -> None:
    rows = good(run("recommend", "--user", "p1", "--k", 4, "--at", AT, "--explain", "--json"))
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert all(row["user_id"] == "p1" and row["reasons"] for row in rows)
    assert {each["kind"] for row in rows for each in row["chances"]} == {"rating"}
    assert all(0 < each["probability"] < 1 for row in rows for each in row["chances"])
    status, out, _ = run("recommend", "--user", "a newcomer", "--k", 2)
    assert status == 0
    assert " 1. " in out


def test_explain_says_why_and_why_not_and_what_it_rests_on(run: Run) -> None:
    short, rows = (good(run("recommend", "--user", "p1", "--k", k, "--at", AT, "--json")) for k in (5, 30))
    shown = [row["item_id"] for row in short]
    first, last = shown[0], next(row["item_id"] for row in rows[10:] if row["item_id"] not in shown)
    why = good(run("explain", "--user", "p1", "--item", first, "--k", 5, "--at", AT, "--json", "--without"))
    assert (why["rank"], why["why_not"], why["without"]["rank"]) == (1, None, 1)
    parts = sum(part["contribution"] for part in why["groups"])
    assert why["intercept"] + parts == pytest.approx(why["item"]["score"], abs=1e-6)
    missed = good(run("explain", "--user", "p1", "--item", last, "--over", first, "--k", 5, "--at", AT, "--json"))
    assert missed["rank"] > 5
    assert missed["why_not"]["status"] == "lower"
    assert missed["over"]["difference"] < 0
    status, out, _ = run("explain", "--user", "p1", "--item", why["item"]["title"], "--over", last, "--at", AT)
    assert status == 0
    assert "scores higher than" in out
    status, _, err = run("explain", "--user", "p1", "--item", "no such thing at all")
    assert status == 1
    assert "There is no item" in err


def test_recommend_writes_many_people_as_a_table(run: Run, tmp_path: Path) -> None:
    users = tmp_path / "users.txt"
    users.write_text("p1\np2\nnobody\n")
    out = tmp_path / "slates.parquet"
    summary = good(run("recommend", "--users", users, "--k", 3, "--at", AT, "--out", out, "--json"))
    assert summary["rows"] == 9
    table = pq.read_table(out)
    assert table.column_names == ["user_id", "item_id", "rank", "score"]
    single = good(run("recommend", "--user", "p2", "--k", 3, "--at", AT, "--json"))
    batch = [row for row in table.to_pylist() if row["user_id"] == "p2"]
    assert [row["item_id"] for row in batch] == [row["item_id"] for row in single]


def test_recommend_at_a_moment_sees_nothing_later(run: Run) -> None:
    early = good(run("timeline", "p1", "--at", "2023-12-01", "--json"))
    assert early["events"]
    assert all(event["at"] < "2023-12-01" for event in early["events"])
    assert early["forecast"]["origin"].startswith("2023-12-01T00:00:00")


def test_forecast_has_intervals_for_every_topic_and_horizon(run: Run, tmp_path: Path) -> None:
    users = tmp_path / "users.csv"
    users.write_text("user_id\np1\np2\n")
    out = tmp_path / "forecast.parquet"
    run("forecast", "--users", users, "--horizon", 2, "--period", "month", "--at", AT, "--out", out)
    table = pq.read_table(out)
    assert table.column_names == ["user_id", "origin", "horizon", "topic", "share", "lo80", "hi80"]
    rows = table.to_pylist()
    assert {row["horizon"] for row in rows} == {1, 2}
    assert all(0 <= row["lo80"] <= row["share"] + 1e-6 <= row["hi80"] + 2e-6 <= 1 + 3e-6 for row in rows)
    for horizon in (1, 2):
        mine = [row["share"] for row in rows if row["user_id"] == "p1" and row["horizon"] == horizon]
        assert sum(mine) == pytest.approx(1, abs=1e-4)


def test_topics_tell_what_moves_for_everybody_and_what_lies_within_one(run: Run) -> None:
    everybody = good(run("topics", "--period", "month", "--at", AT, "--json"))
    shares = [topic["share"] for topic in everybody["topics"]]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert max(everybody["lately"]) < "2024-06"
    early = good(run("topics", "--period", "month", "--at", "2024-01-01", "--json"))
    assert max(early["lately"]) < "2024-01"
    status, out, _ = run("topics", "--period", "month", "--at", AT)
    assert (status, everybody["topics"][0]["topic"] in out) == (0, True)


def test_topics_tell_what_a_person_takes_up_within_one(run: Run) -> None:
    rated = good(run("timeline", "p1", "--at", AT, "--json"))
    topic = rated["topics"][
        max(range(len(rated["topics"])), key=lambda code: sum(row[code] for row in rated["shares"]))
    ]
    mine = good(run("topics", "--user", "p1", "--within", topic.lower(), "--at", AT, "--json"))
    assert mine["within"] == topic
    assert sum(part["share"] for part in mine["parts"]) == pytest.approx(1)
    items = {item_id for part in mine["parts"] for item_id in part["item_ids"]}
    assert items <= {event["item_id"] for event in rated["events"]}
    status, out, _ = run("topics", "--user", "p1", "--within", topic, "--at", AT)
    assert (status, mine["parts"][0]["label"] in out) == (0, True)
    for words, problem in (
        (("--within", "genre:Nonsense"), "'genre:Nonsense' is unknown"),
        (("--within", topic), "Nothing lies below"),
        (("--user", "p1"), "Name a topic (within)"),
    ):
        status, _, err = run("topics", *words)
        assert status == 1
        assert problem in err


def test_chat_once_continues_a_persons_story(run: Run) -> None:
    wish = "I loved Alien and Fargo, something tense but not gory, after 1990"
    first = good(run("chat", "--user", "cli-ann", "--once", wish, "--json"))
    assert set(first) == {
        *("reply", "items", "events", "calls", "model", "checks", "timings_ms", "conversation_id", "turn")
    }
    assert first["items"]
    assert all({"id", "title", "year", "score", "reasons"} <= set(item) for item in first["items"])
    assert all(item["year"] > 1990 for item in first["items"])
    assert {"kind", "item_id", "title", "topic", "value", "quote"} <= set(first["events"][0])
    second = good(run("chat", "--user", "cli-ann", "--once", "something else, a comedy", "--json"))
    assert (second["conversation_id"], second["turn"]) == (first["conversation_id"], first["turn"] + 1)
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    other = good(run("chat", "--user", "cli-bob", "--once", "hello", "--json"))
    assert other["conversation_id"] != first["conversation_id"]


def test_extract_keeps_the_lines_it_can_read(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = ('{"id": "r1", "text": "I loved Alien but hated Jaws.", "error": 404}', "not json", '{"words": "x"}')
    source.write_text("\n".join((*lines, '{"id": "\\ud800", "text": "I loved Alien"}')))
    status, _, err = run("extract", "--in", source, "--out", target)
    assert status == 0
    assert "2 lines could not be used" in err
    first, second, third, fourth = map(json.loads, target.read_text().splitlines())
    assert (fourth["id"], fourth["events"][0]["title"]) == ("?", "Alien")
    assert {(event["kind"], event["title"]) for event in first["events"]} == {("like", "Alien"), ("dislike", "Jaws")}
    assert first["id"] == "r1"
    assert "not JSON" in second["error"]
    assert '"text"' in third["error"]


def test_a_person_is_exported_and_forgotten(run: Run, tmp_path: Path) -> None:
    run("chat", "--user", "cli-dan", "--once", "I loved Alien")
    out = tmp_path / "dan.json"
    assert run("user", "export", "cli-dan", "--out", out)[0] == 0
    assert json.loads(out.read_text())["events"]
    assert good(run("user", "forget", "cli-dan", "--json"))["events"] >= 1
    status, _, err = run("user", "forget", "cli-dan", "--yes")
    assert (status, err) == (1, "driftline: Nothing is kept about user 'cli-dan'. Check the id.\n")


def test_doctor_finds_a_healthy_workspace(run: Run) -> None:
    checks = {check["check"]: check["status"] for check in good(run("doctor", "--json"))}
    assert checks["database"] == checks["catalogue"] == checks["trained"] == checks["chances"] == "ok"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("recommend",), 1, "Use either --user ID or --users FILE"),
        (("recommend", "--user", "p1", "--at", "soon"), 1, "'soon' is not a date"),
        (("recommend", "--user", "p1", "--at", "0001-01-01"), 1, "between 1900 and 2200"),
        (("recommend", "--user", ""), 1, "User id '' cannot be used"),
        (("explain", "--user", "", "--carriers"), 1, "User id '' cannot be used"),
        (("report", "--user", "", "--out", "x.html"), 1, "User id '' cannot be used"),
        (("recommend", "--user", "p1", "--explain", "--out", "x.csv"), 1, "End it in .parquet"),
        (("recommend", "--user", "p1", "--k", "0"), 2, "--k"),
        (("recommend", "--user", "p1", "--out", "x.xlsx"), 1, "End it in .parquet or .csv"),
        (("forecast", "--user", "p1", "--period", "fortnight"), 1, "fortnight"),
        (("import", "nowhere"), 1, "There is no source 'nowhere'. Choose one of films"),
        (("eval", "nothing"), 1, "There is no benchmark 'nothing'"),
        (("chat", "--once", " "), 1, "The message is empty"),
        (("nonsense",), 2, "No such command 'nonsense'"),
    ],
)
def test_misuse_is_one_clear_line(run: Run, words: tuple[str, ...], status: int, message: str) -> None:
    ended, out, err = run(*words)
    assert (ended, out) == (status, "")
    assert message in err
    assert err.startswith("driftline: ")
    assert err.count("\n") == 1


def test_an_empty_workspace_names_the_next_step(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRIFTLINE_HOME", str(tmp_path))
    status, _, err = run("recommend", "--user", "p1")
    assert status == 1
    assert "driftline import" in err
