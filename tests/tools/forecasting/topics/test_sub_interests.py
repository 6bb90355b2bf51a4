from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.errors import InputError
from core.types import Event, EventKind
from tests.tools.forecasting.worlds import around, columns_of, directions
from tools.forecasting.topics.labels import item_words
from tools.forecasting.topics.sub_interests import SubInterests
from tools.forecasting.topics.topics import FacetTopics

START = datetime(2013, 1, 1, tzinfo=UTC)
PARTS = ("scented", "tealight", "birthday", "garden", "church", "table")
EACH = 30


@pytest.fixture(scope="module")
def candles() -> SubInterests:
    """One topic, of six kinds of candles."""
    which = [part for part in range(len(PARTS)) for _ in range(EACH)]
    titles = [f"{PARTS[part]} candle" for part in which]
    columns = columns_of([*titles, "mug"], [{"kind": ["Candle"]}] * len(which) + [{"kind": ["Mug"]}])
    vectors = around(directions(len(PARTS)), [*which, 0], 0.1)
    return SubInterests(FacetTopics(columns, "kind"), vectors, [item_words(title, {}) for title in [*titles, "mug"]])


def bought(part: str, count: int, kind: EventKind = EventKind.PURCHASE) -> list[Event]:
    first = PARTS.index(part) * EACH
    return [
        Event(user_id="u", at=START + timedelta(days=n), kind=kind, item_id=f"{first + n:04d}") for n in range(count)
    ]


@pytest.mark.parametrize(
    "amounts", [{"garden": 9}, {"garden": 9, "church": 4}, {"garden": 9, "church": 6, "scented": 4}]
)
def test_the_parts_that_a_person_takes_up_are_found_and_named(candles: SubInterests, amounts: dict[str, int]) -> None:
    events = [event for part, count in amounts.items() for event in bought(part, count)]
    found = candles.of("kind:candle", events)
    assert [each.label for each in found] == list(amounts)
    assert [each.share for each in found] == pytest.approx([count / len(events) for count in amounts.values()])
    assert [len(each.items) for each in found] == list(amounts.values())


def test_items_count_by_what_speaks_for_them_and_not_at_all_when_it_speaks_against(candles: SubInterests) -> None:
    events = [*bought("garden", 6), *bought("church", 4), *bought("church", 4, EventKind.LIKE)]

    def shares(events: list[Event]) -> dict[str, float]:
        return {each.label: round(each.share, 3) for each in candles.of("kind:Candle", events)}

    assert shares(events) == {"church": 0.667, "garden": 0.333}
    against = bought("church", 4, EventKind.DISLIKE)
    assert shares([*events, *against]) == {"garden": 0.6, "church": 0.4}
    gone = [event.model_copy(update={"retracted_at": START}) for event in events if event.kind is EventKind.LIKE]
    kept = [event for event in events if event.kind is not EventKind.LIKE]
    assert shares([*kept, *gone, *against]) == {"garden": 1.0}


def test_one_item_is_one_sub_interest_and_none_is_none(candles: SubInterests) -> None:
    only = candles.of("kind:Candle", bought("table", 1))
    assert [(each.label, each.share, each.items) for each in only] == [("table", 1.0, (f"{5 * EACH:04d}",))]
    assert np.linalg.norm(only[0].centroid) == pytest.approx(1)
    assert candles.of("kind:Candle", []) == ()
    assert candles.of("kind:Mug", bought("table", 3)) == ()
    assert candles.of("kind:Candle", bought("table", 3), START - timedelta(days=1)) == ()


def test_an_unknown_topic_is_one_clear_error(candles: SubInterests) -> None:
    with pytest.raises(InputError, match=r"'kind:Lamp' is unknown.*kind:Candle"):
        candles.of("kind:Lamp", [])
