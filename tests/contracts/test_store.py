"""One contract for the store, run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from core.errors import NotFoundError, SettingsError
from core.evidence import standing
from core.turns import Turn
from core.types import Consent, Constraints, Event, EventKind, Feedback, Item, Range
from store.catalog import Catalog
from store.columns import KINDS
from store.conversations import Conversations
from store.db import Database, KeyValue
from store.erasure import export_user, forget_user
from store.events import Events
from store.standing import standing_events
from store.tables import events, metadata

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def like(user: str, item: str | None, minutes: int = 0, **fields: object) -> Event:
    values = {"user_id": user, "item_id": item, "at": NOON + timedelta(minutes=minutes), "kind": EventKind.LIKE}
    return Event.model_validate({**values, "value": 0.5, **fields})


def film(name: str, **fields: object) -> Item:
    return Item.model_validate({"id": name, "title": name.title(), **fields})


def test_migrations_make_exactly_the_declared_schema(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "driftline_schema"})
        differences = compare_metadata(context, metadata)
    assert differences == []


def test_migrating_twice_keeps_the_data(database: Database) -> None:
    Events(database).append([like("ann", "alien")])
    database.migrate()
    assert Events(database).count() == 1


def test_the_same_delivery_changes_nothing(database: Database) -> None:
    store = Events(database)
    event = like("ann", "alien", key="k1", text="first")
    assert store.append([event]).added == 1
    before = store.version()
    again = like("ann", "fargo", key="k1", text="second")
    outcome = store.append([again, again])
    assert (outcome.added, outcome.duplicates) == (0, 2)
    assert store.version() == before
    assert [kept.text for kept in store.of_user("ann")] == ["first"]
    assert store.append([like("bob", "alien", key="k1")]).added == 1, "keys are per person"


def test_events_come_back_whole_and_in_time_order(database: Database) -> None:
    store = Events(database)
    at = NOON.replace(microsecond=123456)
    event = Event(
        user_id="ann",
        at=at,
        kind=EventKind.CONSTRAINT,
        topic="year>=1991",
        value=-0.25,
        text="après 1990 🎬",
        source="dialogue",
        conversation_id="c",
        turn=3,
    )
    store.append([like("ann", "late", 5), event, like("ann", "early", -5)])
    assert [one.item_id for one in store.of_user("ann")] == ["early", None, "late"]
    assert store.get(event.id) == event


def test_until_is_inclusive_and_hides_the_future(database: Database) -> None:
    store = Events(database)
    store.append([like("ann", "a", 0), like("ann", "b", 1)])
    assert [one.item_id for one in store.of_user("ann", until=NOON)] == ["a"]
    assert store.of_users(["ann", "nobody"], until=NOON - timedelta(seconds=1)) == {}


def test_retracting_hides_but_keeps(database: Database) -> None:
    store = Events(database)
    event = like("ann", "alien")
    store.append([event])
    before = store.version()
    gone = store.retract("ann", event.id, NOON)
    assert gone.retracted_at == NOON
    assert store.version() != before
    assert store.of_user("ann") == []
    assert [one.id for one in store.of_user("ann", include_retracted=True)] == [event.id]
    assert store.retract("ann", event.id, NOON + timedelta(days=1)).retracted_at == NOON, "the first time stands"


def test_nobody_touches_the_events_of_another(database: Database) -> None:
    store = Events(database)
    event = like("ann", "alien")
    store.append([event])
    with pytest.raises(NotFoundError, match=r"no event .* of user 'bob'"):
        store.retract("bob", event.id, NOON)
    with pytest.raises(NotFoundError):
        store.edit("bob", event.id, NOON, value=-1.0)
    store.append([like("bob", "alien", replaces=event.id)])
    assert [one.id for one in store.of_user("ann")] == [event.id]


def test_an_edit_replaces_and_keeps_the_time_of_what_happened(database: Database) -> None:
    store = Events(database)
    event = like("ann", "alien", text="loved it")
    store.append([event])
    changed = store.edit("ann", event.id, NOON + timedelta(days=2), kind=EventKind.DISLIKE, value=-1.0)
    assert store.of_user("ann") == [changed]
    assert (changed.at, changed.text, changed.replaces, changed.value) == (NOON, "loved it", event.id, -1.0)
    with pytest.raises(NotFoundError, match="removed already"):
        store.edit("ann", event.id, NOON, value=0.0)


def test_a_replacing_event_retracts_at_its_own_time(database: Database) -> None:
    store = Events(database)
    event = like("ann", "alien")
    store.append([event])
    store.append([like("ann", "alien", 9, replaces=event.id)])
    old = store.get(event.id)
    assert old is not None
    assert old.retracted_at == NOON + timedelta(minutes=9)


def test_the_log_is_in_time_order_without_unknown_items_or_retracted_events(database: Database) -> None:
    catalog, store = Catalog(database), Events(database)
    catalog.upsert([film("alien"), film("fargo")])
    gone = like("ann", "alien", 1)
    store.append([like("bob", "fargo", 3), like("ann", "alien", 2, value=-0.5), gone, like("ann", "unknown", 0)])
    store.append([like("ann", None, 4, topic="genre:Crime")])
    store.retract("ann", gone.id, NOON)
    log = store.log(catalog.columns())
    assert [log.users[code] for code in log.user] == ["ann", "bob"]
    assert [catalog.columns().ids[row] for row in log.item] == ["alien", "fargo"]
    assert log.value.tolist() == [-0.5, 0.5]
    assert [KINDS[code] for code in log.kind] == [EventKind.LIKE, EventKind.LIKE]
    assert log.at[0] == (NOON + timedelta(minutes=2)).timestamp()
    assert len(store.log(catalog.columns(), until=NOON + timedelta(minutes=2))) == 1


def test_the_columns_of_people_are_the_events_that_stand(database: Database) -> None:
    store, catalog = Events(database), Catalog(database)
    catalog.upsert([film("alien"), film("fargo")])
    store.append(
        [
            like("ann", "fargo", 5, id="late", value=0.1, source="dialogue"),
            like("ann", "alien", -5, id="early", key="k"),
            like("ann", "alien", -5, id="again", key="k"),
            like("ann", "gone from the shop", id="unknown"),
            like("ann", None, 1, id="about", topic="genre:Horror"),
            like("ann", "alien", 2, id="both", topic="genre:Horror"),
            like("ann", "alien", 3, id="new", replaces="old"),
            like("ann", "fargo", -9, id="old"),
            like("ann", "alien", 4, id="wrong"),
            like("ann", "alien", 60, id="future", replaces="early"),
            like("ann", "alien", 0, id="kept"),
            like("bob", "alien", 1, id="his", replaces="kept"),
        ]
    )
    store.retract("ann", "wrong", NOON)
    columns, people, until = catalog.columns(), ("nobody", "bob", "ann"), NOON + timedelta(minutes=30)
    found = store.standing(people, until, columns)
    expected = [event for user in ("bob", "ann") for event in standing(store.of_user(user, until), until)]
    assert sorted(found.id) == sorted(event.id for event in expected)
    assert set(found.id) == {"his", "late", "unknown", "about", "both", "new", "kept"}
    given = standing_events(people, store.of_users(people, until), until, columns)
    for read in (found, given):
        by_id = {event_id: row for row, event_id in enumerate(read.id)}
        for event in expected:
            row = by_id[event.id]
            assert read.users[read.user[row]] == event.user_id
            assert read.at[row] == event.at.timestamp()
            assert KINDS[read.kind[row]] is event.kind
            assert read.value[row] == event.value
            assert read.item[row] == columns.position.get(event.item_id or "", -1)
            assert read.said[row] == (event.source == "dialogue")
        assert read.topics == {by_id["about"]: "genre:Horror"}
        assert (np.diff(read.at[read.user == 2]) >= 0).all()
    assert len(store.standing((), until, columns)) == len(store.standing(["nobody"], until, columns)) == 0


def test_people_are_summarised(database: Database) -> None:
    store = Events(database)
    store.append([like("ann", "a", 0, source="import:x"), like("ann", "b", 7), like("bob", "a", 1)])
    ann, bob = store.people()
    assert (ann.user_id, ann.events, ann.first_at, ann.last_at) == ("ann", 2, NOON, NOON + timedelta(minutes=7))
    assert bob.user_id == "bob"
    assert [one.user_id for one in store.people(source="import:x")] == ["ann"]
    assert store.summary("nobody") is None
    assert store.user_sources(["ann", "nobody"]) == {"ann": {"import:x", "api"}}


def test_upserting_counts_and_replaces(database: Database) -> None:
    catalog = Catalog(database)
    first = catalog.upsert([film("alien", numbers={"year": 1979}), film("fargo")])
    assert (first.added, first.updated, first.unchanged) == (2, 0, 0)
    before = catalog.version()
    same = catalog.upsert([film("alien", numbers={"year": 1979})])
    assert (same.added, same.updated, same.unchanged) == (0, 0, 1)
    assert catalog.version() == before
    assert catalog.upsert([film("alien", numbers={"year": 1980})]).updated == 1
    assert catalog.version() != before
    found = catalog.get("alien")
    assert found is not None
    assert found.year == 1980
    assert catalog.count() == 2
    assert [item.id for item in catalog.all()] == ["alien", "fargo"]
    assert catalog.get("nothing") is None


def test_columns_follow_the_catalogue(database: Database) -> None:
    catalog = Catalog(database)
    catalog.upsert([film("b", facets={"genre": ("Crime", "crime", "Drama")}, numbers={"year": 1996}), film("a")])
    columns = catalog.columns()
    assert columns.ids == ("a", "b")
    genres = columns.facets["genre"]
    assert [genres.values[code] for code in genres.matrix[1].indices] == ["Crime", "Drama"]
    assert np.isnan(columns.numbers["year"][0])
    assert catalog.columns() is columns, "read once per version"
    catalog.upsert([film("c")])
    assert catalog.columns().ids == ("a", "b", "c")


def test_the_mask_agrees_with_the_rule_for_one_item(database: Database) -> None:
    catalog = Catalog(database)
    catalog.upsert(
        [
            film("a", facets={"genre": ("Crime", "Drama")}, numbers={"year": 1996}),
            film("b", facets={"genre": ("Horror",)}, numbers={"year": 1990}),
            film("c", facets={"genre": ("Crime", "Horror")}),
            film("d", numbers={"year": 2000}, available=False),
        ]
    )
    columns = catalog.columns()
    items = catalog.get_many(columns.ids)
    cases = [
        Constraints(),
        Constraints(available_only=False),
        Constraints(require={"genre": ("CRIME", "nonsense")}),
        Constraints(require={"genre": ("nonsense",)}),
        Constraints(require={"colour": ("red",)}),
        Constraints(exclude={"genre": ("horror",), "colour": ("red",)}),
        Constraints(ranges={"year": Range(low=1991)}),
        Constraints(ranges={"year": Range(low=1990, high=1996)}, exclude_items=frozenset({"a", "gone"})),
        Constraints(ranges={"price": Range(high=20)}),
    ]
    for constraints in cases:
        expected = [constraints.allow(items[item_id]) for item_id in columns.ids]
        assert columns.mask(constraints).tolist() == expected, constraints


def test_conversations_keep_their_turns(database: Database) -> None:
    store = Conversations(database)
    first = store.start("ann", NOON)
    second = store.start("ann", NOON + timedelta(hours=1), title="Named")
    later = NOON + timedelta(hours=2)
    turn = Turn(conversation_id=first.id, turn=1, user_id="ann", at=later, text="something tense " * 9, reply="Here.")
    store.add_turn(turn)
    store.add_turn(turn.model_copy(update={"reply": "Here again."}))
    assert [kept.reply for kept in store.turns(first.id)] == ["Here again."]
    assert store.turns(second.id) == []
    newest, other = store.of_user("ann")
    assert (newest.id, newest.updated_at, other.title) == (first.id, later, "Named")
    assert newest.title.startswith("something tense")
    assert len(newest.title) <= 60
    assert store.get("nothing") is None


def test_feedback_and_consent_come_back(database: Database) -> None:
    store = Conversations(database)
    verdict = Feedback(user_id="ann", at=NOON, item_id="alien", verdict="seen", turn=2)
    store.add_feedback(verdict)
    (kept,) = export_user(database, [], "ann")["feedback"]
    assert (kept["item_id"], kept["verdict"], kept["turn"]) == ("alien", "seen", 2)
    assert store.consent("ann") is None
    store.set_consent(Consent(user_id="ann", at=NOON))
    store.set_consent(Consent(user_id="ann", at=NOON, remember=False))
    assert store.consent("ann") == Consent(user_id="ann", at=NOON, remember=False)


class Elsewhere:
    name = "vectors"

    def __init__(self) -> None:
        self.records = {"ann": ["tense films"], "bob": ["comedies"]}

    def export_user(self, user_id: str) -> object:
        return self.records.get(user_id, [])

    def forget_user(self, user_id: str) -> int:
        return len(self.records.pop(user_id, []))


def test_forgetting_a_person_leaves_no_trace_and_touches_no_other(database: Database) -> None:
    events, conversations, elsewhere = Events(database), Conversations(database), Elsewhere()
    for user in ("ann", "bob"):
        events.append([like(user, "alien", text=f"said by {user}")])
        conversation = conversations.start(user, NOON)
        conversations.add_turn(
            Turn(conversation_id=conversation.id, turn=1, user_id=user, at=NOON, text="hi", reply="hello")
        )
        conversations.add_feedback(Feedback(user_id=user, at=NOON, item_id="alien", verdict="like"))
        conversations.set_consent(Consent(user_id=user, at=NOON))
    exported = export_user(database, [elsewhere], "ann")
    assert exported["events"][0]["text"] == "said by ann"
    assert exported["vectors"] == ["tense films"]
    places = ("events", "conversations", "turns", "feedback", "consents")
    assert all(len(exported[place]) == 1 for place in places)
    version = events.version()
    deleted = forget_user(database, [elsewhere], "ann")
    assert {place: count for place, count in deleted.items() if count} == dict.fromkeys((*places, "vectors"), 1)
    assert events.version() != version
    left = export_user(database, [elsewhere], "ann")
    assert all(not left[place] for place in (*places, "vectors"))
    kept = export_user(database, [elsewhere], "bob")
    assert all(kept[place] for place in (*places, "vectors"))
    assert not any(forget_user(database, [elsewhere], "ann").values())


def test_many_writers_lose_nothing(database: Database) -> None:
    store = Events(database)

    def write(name: str) -> None:
        for minute in range(20):
            store.append([like(name, "alien", minute)])

    threads = [threading.Thread(target=write, args=(f"user{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 120
    assert store.version() == "120"


def test_a_failed_batch_leaves_nothing_half_written(database: Database) -> None:
    store = Events(database)

    def source() -> Iterator[Event]:
        yield like("ann", "a")
        raise RuntimeError("the file ended early")

    with pytest.raises(RuntimeError):
        store.append(source())
    assert store.count() == 0


def test_key_values_are_replaced(database: Database) -> None:
    facts = KeyValue(database)
    assert facts.get("trained") is None
    facts.set("trained", "a")
    facts.set("trained", "b")
    assert facts.get("trained") == "b"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not a database URL"),
        ("mysql://host/name", "'mysql', which is not supported"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot be opened"),
    ],
)
def test_a_bad_url_is_one_clear_error(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        Database(url)
    assert "secret" not in str(caught.value)


def test_a_reader_sees_one_moment_and_a_later_one_the_next(database: Database) -> None:
    store = Events(database)
    count = sa.select(sa.func.count()).select_from(events)
    with database.read() as connection:
        assert connection.execute(count).scalar_one() == 0
        store.append([like("ann", "alien")])
        assert connection.execute(count).scalar_one() == 0
    with database.read() as connection:
        assert connection.execute(count).scalar_one() == 1
    store.append([like("ann", "fargo")])
    assert store.count() == 2


_START = "import sys; from store.db import Database; opened = Database(sys.argv[1]); opened.migrate(); opened.close()"


def test_processes_that_start_at_once_make_one_schema(database: Database) -> None:
    with database.write() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE driftline_schema"))
    command = [sys.executable, "-c", _START, database.url.render_as_string(hide_password=False)]
    starting = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    problems = [process.communicate(timeout=60)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], problems
    Events(database).append([like("ann", "alien")])
