from __future__ import annotations

from store.db import Database, KeyValue
from store.relayed import RelayedRows


def test_texts_are_a_persons_own(database: Database) -> None:
    rows = RelayedRows(database)
    rows.set("ann", "list:1", "one")
    rows.set("ann", "list:2", "two")
    rows.set("ann", "slate", "three")
    rows.set("ann%", "list:1", "another's")
    rows.set("ann", "list:1", "one again")
    assert rows.get("ann", "list:1") == "one again"
    assert rows.all("ann", "list:") == {"list:1": "one again", "list:2": "two"}
    assert rows.get("bob", "list:1") is None
    assert rows.all("bob") == {}


def test_a_person_is_exported_and_forgotten_whole_and_alone(database: Database) -> None:
    rows, others = RelayedRows(database), KeyValue(database)
    others.set("trained:index", "x")
    for person in ("ann", "bob"):
        rows.set(person, "list:1", person)
        rows.set(person, "slate", person)
    assert rows.export_user("ann") == {"list:1": "ann", "slate": "ann"}
    assert rows.forget_user("ann") == 2
    assert rows.export_user("ann") == {}
    assert rows.get("bob", "slate") == "bob"
    assert others.get("trained:index") == "x"
