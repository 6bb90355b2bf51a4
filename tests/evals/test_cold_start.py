from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.errors import InputError
from core.settings import Settings
from evals.cold_cases import KNOWN, arrivals, listed_percentile, newcomers, percentile, without
from evals.cold_report import Table, rows
from evals.cold_start import run
from evals.metrics import Lists
from evals.ranking.ours import NAME
from store.columns import EventLog, ItemColumns, columns_from

START, END = datetime(2013, 9, 1, tzinfo=UTC), datetime(2013, 10, 1, tzinfo=UTC)
ITEMS = 40
DAY = 86_400.0


def columns() -> ItemColumns:
    payload = {"title": "X", "numbers": {}, "facets": {}, "available": True}
    return columns_from([(f"i{item:02d}", payload) for item in range(ITEMS)], "1", [float("nan")] * ITEMS)


def log(*events: tuple[str, int, float]) -> EventLog:
    """Events (person, item, days after the start), all rated at the top."""
    events = tuple(sorted(events, key=lambda event: event[2]))
    users = sorted({person for person, _, _ in events})
    return EventLog(
        users=tuple(users),
        user=np.array([users.index(person) for person, _, _ in events], np.int32),
        item=np.array([item for _, item, _ in events], np.int32),
        at=np.array([START.timestamp() + days * DAY for _, _, days in events]),
        kind=np.zeros(len(events), np.int8),
        value=np.ones(len(events), np.float32),
    )


def history(person: str, length: int) -> list[tuple[str, int, float]]:
    return [(person, item, item - length - 0.5) for item in range(length)]


def test_newcomers_are_learnt_nothing_of_and_shown_their_latest_events() -> None:
    made = log(*history("long", 14), ("long", 30, 2.0), *history("short", 5), ("short", 31, 3.0))
    found = newcomers(made, columns(), START, END, 10)
    assert found.people == 1
    assert list(found.known) == list(KNOWN)
    for number, split in found.known.items():
        assert split.people == ("long",)
        assert split.relevant == {"long": {"i30"}}
        assert set(split.learnt.user) == {made.users.index("short")}
        shown = made.item[split.history[1]].tolist()
        assert shown == list(range(14 - number, 14))
    assert found.met.indices.tolist() == list(range(14))


def test_arrivals_are_first_taken_in_the_period_and_told_how_often_before() -> None:
    made = log(
        *history("a", 4),
        *history("b", 4),
        *history("c", 4),
        ("a", 30, 1.0),
        ("b", 30, 2.0),
        ("c", 2, 3.0),
        ("new", 31, 1.0),
    )
    learn = made.at < START.timestamp()
    split, earlier = arrivals(made, columns(), START, END, learn)
    assert dict(zip(split.people, earlier.tolist(), strict=True)) == {"a": 0, "b": 1}
    assert split.relevant == {"a": {"i30"}, "b": {"i30"}}


def test_items_met_leave_the_lists_and_the_others_move_up() -> None:
    lists = Lists(np.array([[3, 1, 2, -1]], np.int32), np.array([[9.0, 8.0, 7.0, -np.inf]], np.float32))
    found = without(lists, csr_matrix(([1.0], ([0], [3])), shape=(1, 5)))
    assert found.items.tolist() == [[1, 2, -1, -1]]
    assert found.scores[0, :2].tolist() == [8.0, 7.0]


def test_percentiles_share_ties_and_count_what_is_not_listed_as_the_middle_of_the_rest() -> None:
    scores, pool = np.array([5.0, 1.0, 1.0, 1.0, 9.0]), np.array([True, True, True, True, False])
    assert percentile(scores, 0, pool) == 1.0
    assert percentile(scores, 1, pool) == pytest.approx(1 - 2 / 3)
    assert listed_percentile(["a", "b"], "a", 5) == 1.0
    assert listed_percentile([], "a", 5) == 0.5
    assert listed_percentile(["b"], "a", 5) == pytest.approx(1 - 2.5 / 4)


def test_the_table_puts_ours_first_and_tells_the_paired_difference() -> None:
    better, worse = np.linspace(0.5, 1, 50), np.linspace(0, 0.5, 50)
    found = rows("0 events", {"peer": {"NDCG@10": worse}, NAME: {"NDCG@10": better}})
    assert [row.way for row in found] == [NAME, "peer"]
    assert found[1].less is not None
    assert (found[1].less.low, found[1].less.high) == pytest.approx((0.5, 0.5))
    assert "+0.5000" in Table("T", tuple(found)).text().splitlines()[-1]


def test_a_part_that_does_not_exist_is_named(tmp_path: object) -> None:
    with pytest.raises(InputError, match="'pets'"):
        run(Settings(home=tmp_path), ["pets"])  # type: ignore[arg-type]
