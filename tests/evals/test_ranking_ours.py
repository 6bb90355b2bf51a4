"""Our side of the ranking benchmark: what is in its workspace when it is trained and asked, and the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from core.results import RecommendRequest
from core.settings import Settings
from core.types import Event, EventKind, Item
from evals.forecasting.data import opened
from evals.metrics import Lists
from evals.ranking import ours
from evals.ranking.data import copy
from evals.ranking.measures import Measures, differences
from evals.ranking.ours import NAME, Ours, moment, ranked
from evals.ranking.report import ACCURACY, BEYOND, Outcome, Row
from evals.splits import Split, last_split
from store.columns import EventLog, ItemColumns

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ITEMS, PEOPLE, EACH = 12, 6, 5


def events() -> Iterator[Event]:
    for person in range(PEOPLE):
        for place in range(EACH):
            yield Event(
                user_id=f"p{person}",
                at=NOW + timedelta(days=place, hours=person),
                kind=EventKind.PURCHASE,
                item_id=f"i{(person + place) % ITEMS:02}",
                value=1.0,
                source="import:made-up",
                key=f"{person}-{place}",
            )


@pytest.fixture
def source(tmp_path: Path) -> Settings:
    made = Settings(home=tmp_path / "source")
    with opened(made) as (catalog, store, _):
        catalog.upsert(Item(id=f"i{item:02}", title=f"Item {item}", facets={"genre": ("a",)}) for item in range(ITEMS))
        store.append(events())
    return made


def read(settings: Settings) -> tuple[ItemColumns, EventLog]:
    with opened(settings) as (catalog, store, _):
        columns = catalog.columns()
        return columns, store.log(columns)


def told(log: EventLog) -> set[tuple[str, int, float]]:
    return {(log.users[user], int(item), float(at)) for user, item, at in zip(log.user, log.item, log.at, strict=True)}


def test_some_events_and_items_are_copied(source: Settings, tmp_path: Path) -> None:
    columns, log = read(source)
    target = Settings(home=tmp_path / "part")
    items = np.arange(ITEMS) < 6
    keep = items[log.item] & (log.user < 3)
    copy(source, target, log, columns, keep, items)
    few, there = read(target)
    assert few.ids == columns.ids[:6]
    rows = zip(log.user[keep], log.item[keep], log.at[keep], strict=True)
    assert told(there) == {(log.users[user], int(item), float(at)) for user, item, at in rows}


def test_ours_learns_from_the_past_alone_and_sees_the_rest_when_asked(
    source: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns, log = read(source)
    static, at_moment = last_split(log, columns), last_split(log, columns, at_moment=True)
    trained_on: list[int] = []
    monkeypatch.setattr(ours, "train", lambda settings: trained_on.append(len(read(settings)[1])))
    with Ours(Settings(home=tmp_path), "test", source, log, columns) as own:
        own.train(static)
        assert trained_on == [PEOPLE * (EACH - 1)]
        with own.asked(static) as deps:
            assert len(deps.events.log(deps.catalog.columns())) == PEOPLE * (EACH - 1)
        with own.asked(at_moment) as deps:
            assert told(deps.events.log(deps.catalog.columns())) == told(log)
        with pytest.raises(ValueError, match="show less"), own.asked(static):
            pass
        home = own.settings.home
        assert home.exists()
    assert not home.exists()


class Recorder:
    """Ranks items in a fixed order and remembers what it was asked."""

    def __init__(self) -> None:
        self.many: list[tuple[Any, ...]] = []
        self.one: list[RecommendRequest] = []

    def recommend_many(self, people: Any, k: int, at: datetime, seen_too: bool = False) -> Any:
        self.many.append((tuple(people), k, at, seen_too))
        return {person: [("i03", 2.0), ("i01", 1.0)] for person in people}

    def rank(self, request: RecommendRequest) -> Any:
        self.one.append(request)
        return [("i05", 2.0)]


def test_people_are_asked_for_together_or_at_their_own_moment(source: Settings) -> None:
    columns, log = read(source)
    scorer: Any = Recorder()
    static = last_split(log, columns)
    lists, cost = ranked(scorer, static, 5)
    assert lists.items[:, :3].tolist() == [[3, 1, -1]] * PEOPLE
    assert scorer.many == [(static.people, 5, moment(float(static.at[0])), False)]
    assert cost.seconds >= 0
    own = last_split(log, columns, at_moment=True)
    lists, _ = ranked(scorer, own, 5)
    assert lists.items[:, 0].tolist() == [5] * PEOPLE
    assert [request.at for request in scorer.one] == sorted(request.at for request in scorer.one)
    asked = {request.user_id: request.at.timestamp() for request in scorer.one}
    for person, at in zip(own.people, own.at, strict=True):
        assert asked[person] < at
        assert asked[person] == pytest.approx(at, abs=0.01)


def perfect(split: Split, order: int = 1) -> Lists:
    """What counts first, or last of a few."""
    rows = [[*split.wanted.indices.tolist(), 0, 1, 2] for _ in range(len(split))]
    items = np.array([row[case : case + 1] + row[-3:] for case, row in enumerate(rows)], np.int32)[:, ::order]
    scores = np.tile(np.arange(4, 0, -1, dtype=np.float32), (len(split), 1))
    return Lists(
        np.pad(items, ((0, 0), (0, 1)), constant_values=-1), np.pad(scores, ((0, 0), (0, 1)), constant_values=-np.inf)
    )


def test_a_report_tells_who_is_better(source: Settings) -> None:
    columns, log = read(source)
    split = last_split(log, columns)
    measures = Measures(split, columns.facets["genre"].matrix)
    results = {"popular lately": measures.of(perfect(split, -1)), NAME: measures.of(perfect(split))}
    found = differences(results, [NAME])
    ndcg = next(each for each in found if each.metric == "NDCG@10")
    assert (ndcg.ours, ndcg.other, ndcg.mark) == (NAME, "popular lately", "*")
    assert ndcg.mean == pytest.approx(1 - 1 / np.log2(5))
    assert all(low == high == EACH - 1 for low, high in measures.thirds)
    rows = tuple(
        Row(name, "half_life 2", each.figures, each.activity, 1.0, 2e6, 0.5, name != NAME)
        for name, each in results.items()
    )
    assert all(set(row.figures) == {*ACCURACY, *BEYOND} for row in rows)
    text = Outcome("test", "A test", PEOPLE, 3, ITEMS, measures.thirds, rows, found, ("a note",)).text()
    assert "popular lately +" in text
    assert "a lower bound" in text
    assert "]*" in text
    assert text.endswith("a note")


def test_a_variant_is_compared_with_the_shipped_one_alone() -> None:
    one = SimpleNamespace(accuracy={metric: np.zeros(3) for metric in ACCURACY})
    measured: Any = {"peer": one, NAME: one, "driftline without kNN": one}
    pairs = {(each.ours, each.other) for each in differences(measured, [NAME, "driftline without kNN"])}
    assert pairs == {(NAME, "peer"), (NAME, "driftline without kNN")}
