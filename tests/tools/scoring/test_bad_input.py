"""Data as people really have them: every kind has a defined answer, or one error that says what to do."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from core.errors import NotFoundError, NotTrainedError
from core.results import RecommendRequest
from core.types import Event, EventKind, Item
from store.columns import KINDS
from tests.tools.scoring.conftest import NOW, Bench, Forecaster, Maker, film, rating
from tools.deps import Floats
from tools.scoring.model import model_folder

ITEMS = 16
PEOPLE = 12
EACH = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ODD = ("'; DROP TABLE items;--", "0", "007", "-1", "a/b\\c", "🦊", "%_", "None", "nan", " lead", "a:b", "é" * 200)
"""Ids as they come."""

Value = Callable[[int, int], float]
When = Callable[[int, int], datetime]


def steadily(person: int, step: int) -> datetime:
    return NOW - timedelta(days=40 - 2 * step, minutes=person)


def events(
    value: Value = lambda _person, _step: 0.8,
    at: When = steadily,
    kind: EventKind = EventKind.RATING,
    people: int = PEOPLE,
    each: int = EACH,
) -> list[Event]:
    """Everybody on items of their own choice, in order."""
    rng = np.random.default_rng(3)
    chosen = [rng.permutation(ITEMS)[:each].tolist() for _ in range(people)]
    return [
        Event(user_id=f"p{person}", item_id=f"f{number:02d}", at=at(person, step), kind=kind, value=value(person, step))
        for person in range(people)
        for step, number in enumerate(chosen[person])
    ]


def films() -> list[Item]:
    return [film(number) for number in range(ITEMS)]


def without_vectors(bench: Bench) -> None:
    """As where no item has a text: the index has a zero for each, and there are no topics to forecast."""

    def zeros() -> Floats:
        return np.zeros((bench.catalog.count(), 8), np.float32)

    bench.retriever.item_vectors = zeros  # type: ignore[method-assign]
    bench.forecaster = Forecaster(bench.catalog, trained=False)


def assert_answers(bench: Bench, user: str | None = "p0", at: datetime = NOW) -> list[str]:
    """A list of finite scores that are the sums of their parts, best first, nothing known on it; its ids."""
    slate = bench.scorer().recommend(RecommendRequest(user_id=user, at=at, k=ITEMS))
    scores = [item.score for item in slate.items]
    assert all(math.isfinite(score) for score in scores)
    assert scores == sorted(scores, reverse=True)
    for item in slate.items:
        parts = [reason.contribution for reason in item.reasons]
        assert slate.intercept + sum(parts) == pytest.approx(item.score, abs=1e-6)
    met = {event.item_id for event in bench.events.of_user(user or "", until=at) if event.kind is EventKind.RATING}
    found = [item.id for item in slate.items]
    assert not met & set(found)
    return found


SCALES: dict[str, Sequence[float]] = {
    "1 to 5": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "0 to 10": tuple(number / 5 - 1 for number in range(11)),
    "percent": tuple(number / 50 - 1 for number in range(101)),
    "0 or 1": (-1.0, 1.0),
    "-1 to 1": (-1.0, 0.0, 1.0),
    "always the best": (1.0,),
    "always the middle": (0.0,),
    "only bad ones": (-0.6,),
}


@pytest.mark.parametrize("values", SCALES.values(), ids=SCALES)
def test_ratings_on_any_scale_rank(make: Maker, values: Sequence[float]) -> None:
    bench = make(films(), events(lambda person, step: values[(7 * person + step) % len(values)]))
    bench.train()
    assert len(assert_answers(bench)) == ITEMS - EACH
    assert len(assert_answers(bench, "nobody")) == ITEMS


@pytest.mark.parametrize("value", [math.nan, math.inf, 1.5, -2.0])
def test_a_value_off_the_scale_is_no_event(value: float) -> None:
    with pytest.raises(ValidationError):
        rating("a", "f00", NOW, value)


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_of_event_alone_ranks(make: Maker, kind: EventKind) -> None:
    bench = make(films(), events(lambda _person, _step: 0.0, kind=kind))
    bench.train()
    assert assert_answers(bench)
    assert len(assert_answers(bench, None)) == ITEMS


def test_a_person_who_only_dislikes_gets_what_is_unlike_it(make: Maker) -> None:
    bench = make(films(), events())
    bench.train()
    against = [
        Event(user_id="no", item_id=f"f{number:02d}", at=NOW, kind=EventKind.DISLIKE, value=-1.0)
        for number in (0, 2, 4, 6)
    ]
    bench.events.append(against)
    shown = assert_answers(bench, "no")
    assert len(shown) == ITEMS - len(against)
    first = [int(item[1:]) % 2 for item in shown[:4]]
    assert first.count(1) > first.count(0)


TIMES: dict[str, When] = {
    "all at one instant": lambda _person, _step: NOW - timedelta(days=3),
    "of 1970": lambda person, step: EPOCH + timedelta(seconds=person, hours=step),
    "before 1970": lambda person, step: EPOCH - timedelta(days=9000 - person, hours=step),
    "a few of 1970": lambda person, step: EPOCH if person % 4 == 0 else steadily(person, step),
    "a few of the year 9998": lambda person, step: (
        datetime(9998, 1, 1, tzinfo=UTC) if person % 4 == 0 and step == EACH - 1 else steadily(person, step)
    ),
    "all in the future": lambda person, step: NOW + timedelta(days=900 + step, minutes=person),
}


@pytest.mark.parametrize("at", TIMES.values(), ids=TIMES)
def test_events_of_any_time_rank(make: Maker, at: When) -> None:
    bench = make(films(), events(at=at))
    bench.train()
    for user, moment in product(("p0", "p1", None), (EPOCH, NOW, NOW + timedelta(days=3000))):
        assert assert_answers(bench, user, moment)


def test_what_lies_in_the_future_is_not_known_yet(make: Maker) -> None:
    bench = make(films(), [*events(), rating("late", "f03", NOW + timedelta(days=1), 1.0)])
    bench.train()
    assert "f03" in assert_answers(bench, "late")
    assert "f03" not in assert_answers(bench, "late", NOW + timedelta(days=2))


@pytest.mark.parametrize("people", [1, 2])
def test_one_person_or_two_are_enough(make: Maker, people: int) -> None:
    bench = make(films(), events(people=people, each=10))
    bench.train()
    assert len(assert_answers(bench)) == ITEMS - 10
    assert len(assert_answers(bench, "nobody")) == ITEMS


def test_whoever_has_met_everything_gets_nothing_new_but_can_ask_for_it_again(make: Maker) -> None:
    bench = make(films(), events(each=ITEMS, people=3))
    bench.train()
    request = RecommendRequest(user_id="p0", at=NOW, k=ITEMS)
    assert bench.scorer().recommend(request).items == ()
    assert bench.scorer().rank(request) == []
    assert len(bench.scorer().rank(request.model_copy(update={"seen_too": True}))) == ITEMS


def test_names_that_nobody_knows_change_nothing(make: Maker) -> None:
    bench = make(films(), [*events(), rating("p0", "gone", NOW, 1.0), rating("ghost", "gone", NOW, 1.0)])
    bench.train()
    scorer = bench.scorer()
    plain = RecommendRequest(at=NOW, k=ITEMS)
    odd = {"user_id": "ghost", "liked": ("gone",), "disliked": ("gone",), "topics": ("x", "genre:", ":", "a:b:c")}
    assert scorer.rank(plain.model_copy(update=odd)) == scorer.rank(plain)
    assert set(scorer.recommend_many(["ghost", "nobody"], 5, NOW)) == {"ghost", "nobody"}
    with pytest.raises(NotFoundError, match="gone"):
        scorer.explain(plain, "gone")


def test_topics_said_in_any_form_do_no_harm(make: Maker) -> None:
    said = [
        Event(user_id="p0", topic=topic, at=NOW, kind=kind, value=1.0)
        for topic, kind in product(("", "x", "genre:", ":", "a:b:c", "GENRE:comedy"), (EventKind.LIKE, EventKind.MUTE))
    ]
    bench = make(films(), [*events(), *said])
    bench.train()
    assert_answers(bench)


BARE: dict[str, Callable[[int], Item]] = {
    "nothing but a title": lambda number: Item(id=f"f{number:02d}", title=f"Film {number}"),
    "the same title": lambda number: Item(id=f"f{number:02d}", title="Film"),
    "empty facets": lambda number: Item(id=f"f{number:02d}", title=f"F {number}", facets={"genre": (), "actor": ("",)}),
    "absurd figures": lambda number: film(number).model_copy(
        update={
            "numbers": {"year": (-5000.0, 1e30)[number % 2], "tomatometer": -1e9, "reviews": (-3.0, 1e30)[number % 2]}
        }
    ),
}


@pytest.mark.parametrize("item", BARE.values(), ids=BARE)
@pytest.mark.parametrize("known", [True, False], ids=["events", "no events"])
def test_items_of_which_little_is_told_rank(make: Maker, item: Callable[[int], Item], known: bool) -> None:
    bench = make([item(number) for number in range(ITEMS)], events() if known else [])
    without_vectors(bench)
    bench.train()
    assert assert_answers(bench)
    assert assert_answers(bench, None)


@pytest.mark.parametrize("figure", [math.nan, math.inf, 1e300])
def test_a_figure_that_cannot_be_computed_with_is_refused(figure: float) -> None:
    with pytest.raises(ValidationError, match="year"):
        Item(id="x", title="X", numbers={"year": figure})


def test_ids_are_any_text(make: Maker) -> None:
    items = [Item(id=each, title=f"T{number}", facets={"genre": ("a:b", "ß")}) for number, each in enumerate(ODD)]
    log = [
        rating(ODD[(person + step) % len(ODD)], ODD[(5 * person + step) % len(ODD)], steadily(person, step), 0.5)
        for person in range(len(ODD))
        for step in range(EACH)
    ]
    bench = make(items, log)
    bench.train()
    for user in ODD:
        met = {event.item_id for event in bench.events.of_user(user)}
        assert set(assert_answers(bench, user)) == set(ODD) - met


@pytest.mark.parametrize("known", [0, 1, 3])
def test_a_catalogue_of_one_item(make: Maker, known: int) -> None:
    bench = make([film(0)], [rating(f"p{person}", "f00", NOW, 1.0) for person in range(known)])
    bench.train()
    assert assert_answers(bench, None) == ["f00"]
    assert assert_answers(bench, "p0") == ([] if known else ["f00"])


def test_an_empty_catalogue_has_an_empty_list(make: Maker) -> None:
    bench = make([], [])
    without_vectors(bench)
    bench.train()
    assert assert_answers(bench, None) == []


def test_nothing_available_is_an_empty_list(make: Maker) -> None:
    bench = make([each.model_copy(update={"available": False}) for each in films()], events())
    bench.train()
    assert assert_answers(bench) == []


def test_what_was_never_trained_is_read_once_and_asks_for_training_when_events_come(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = make(films(), [])
    scorer = bench.scorer()
    first = scorer.rank(RecommendRequest(at=NOW))
    monkeypatch.setattr(type(scorer), "_build_world", None)
    assert scorer.rank(RecommendRequest(at=NOW)) == first
    bench.events.append(events())
    with pytest.raises(NotTrainedError, match="driftline train"):
        scorer.rank(RecommendRequest(at=NOW))


def cut_short(folder: Path) -> None:
    path = folder / "model.npz"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another_version(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 999}))


def not_a_number(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "intercept": math.nan}))


def without_arrays(folder: Path) -> None:
    (folder / "model.npz").unlink()


def not_text(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"\xff\xfe\x00")


def empty(folder: Path) -> None:
    (folder / "model.npz").write_bytes(b"")


def flipped(folder: Path) -> None:
    path = folder / "model.npz"
    found = bytearray(path.read_bytes())
    middle = len(found) // 2
    found[middle : middle + 40] = bytes(255 - each for each in found[middle : middle + 40])
    path.write_bytes(bytes(found))


DAMAGE = (cut_short, of_another_version, not_a_number, without_arrays, not_text, empty, flipped)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda each: each.__name__)
def test_a_model_that_cannot_be_used_asks_for_training(make: Maker, damage: Callable[[Path], None]) -> None:
    bench = make(films(), events())
    bench.train()
    damage(model_folder(bench.settings))
    with pytest.raises(NotTrainedError, match="driftline train"):
        bench.scorer().rank(RecommendRequest(at=NOW))
    bench.train()
    assert assert_answers(bench)


def test_a_model_of_another_catalogue_knows_none_of_its_items(make: Maker) -> None:
    bench = make(films(), events())
    bench.train()
    others = [film(number).model_copy(update={"id": f"x{number}"}) for number in range(ITEMS)]
    moved = make(others, [])
    model_folder(moved.settings).parent.mkdir(parents=True)
    model_folder(bench.settings).rename(model_folder(moved.settings))
    assert len(assert_answers(moved, None)) == ITEMS
