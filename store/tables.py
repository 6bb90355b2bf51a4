"""The relational schema, once: SQLite and PostgreSQL get the same tables.

Times are integers, microseconds since 1970 UTC: both databases compare them exactly and neither drops the zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData()
_Sequence = BigInteger().with_variant(Integer, "sqlite")

items = Table(
    "items",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("title", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("digest", String(32), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", String(200), nullable=False, unique=True),
    Column("user_id", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("item_id", String(200)),
    Column("topic", Text),
    Column("value", Double, nullable=False),
    Column("text", Text),
    Column("source", String(200), nullable=False),
    Column("conversation_id", String(200)),
    Column("turn", Integer),
    Column("key", String(200), nullable=False),
    Column("replaces", String(200)),
    Column("retracted_at", BigInteger),
    UniqueConstraint("user_id", "key", name="events_user_key"),
    Index("events_user_at", "user_id", "at"),
    Index("events_source_user", "source", "user_id"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("user_id", String(200), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Index("conversations_user", "user_id", "updated_at"),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", String(200), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("payload", JSON, nullable=False),
    PrimaryKeyConstraint("conversation_id", "turn"),
    Index("turns_user", "user_id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("user_id", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("item_id", String(200), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("conversation_id", String(200)),
    Column("turn", Integer),
    Column("event_id", String(200)),
    Index("feedback_user", "user_id"),
)

consents = Table(
    "consents",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("user_id", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("remember", Boolean, nullable=False),
    Column("learn_from", Boolean, nullable=False),
    Index("consents_user", "user_id"),
)

key_values = Table(
    "key_values",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)

OF_A_PERSON = (events, turns, conversations, feedback, consents)
"""Every table with rows that belong to a person, by their ``user_id`` column."""


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_micros(value: int) -> datetime:
    """The inverse of `to_micros`."""
    return EPOCH + timedelta(microseconds=value)
