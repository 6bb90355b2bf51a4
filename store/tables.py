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

threads = Table(
    "threads",
    metadata,
    Column("conversation_id", String(200), primary_key=True),
    Column("user_id", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("handovers", Integer, nullable=False),
    Column("last_text", Text, nullable=False),
    Column("handed_for", JSON, nullable=False),
    Index("threads_user", "user_id"),
    Index("threads_state", "state", "updated_at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("conversation_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("agent", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("verdict", String(20)),
    Column("decided_at", BigInteger),
    Column("sent_text", Text),
    Column("reason", Text),
    Column("edit_share", Double),
    Index("drafts_user", "user_id"),
    Index("drafts_conversation", "conversation_id", "turn"),
    Index("drafts_at", "at"),
)

staff_notes = Table(
    "staff_notes",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("conversation_id", String(200), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("staff_notes_user", "user_id"),
    Index("staff_notes_conversation", "conversation_id"),
)

wrap_ups = Table(
    "wrap_ups",
    metadata,
    Column("conversation_id", String(200), primary_key=True),
    Column("user_id", String(200), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("payload", JSON, nullable=False),
    Index("wrap_ups_user", "user_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("id", String(200), nullable=False, unique=True),
    Column("at", BigInteger, nullable=False),
    Column("agent", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("conversation_id", String(200)),
    Column("user_id", String(200)),
    Column("detail", Text, nullable=False),
    Index("audit_user", "user_id"),
    Index("audit_conversation", "conversation_id"),
    Index("audit_at", "at"),
)

help_threads = Table(
    "help_threads",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("user_id", String(200), nullable=False),
    Column("conversation_id", String(200)),
    Column("status", String(20), nullable=False),
    Column("shows", JSON, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("help_threads_user", "user_id"),
)

help_jobs = Table(
    "help_jobs",
    metadata,
    Column("seq", _Sequence, primary_key=True, autoincrement=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("user_id", String(200), nullable=False),
    Column("thread", String(200), nullable=False),
    Column("lane", String(3), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("leased", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    Column("remote_id", String(200)),
    Column("reason", Text),
    Index("help_jobs_user", "user_id"),
    Index("help_jobs_open", "done_at", "thread", "lane", "seq"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("user_id", String(200), nullable=False),
    Column("key", String(200), nullable=False),
    Column("digest", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("conversation_id", String(200)),
    Column("turn", Integer),
    PrimaryKeyConstraint("user_id", "key"),
)

OF_A_PERSON = (
    events,
    turns,
    conversations,
    feedback,
    consents,
    threads,
    drafts,
    staff_notes,
    wrap_ups,
    help_threads,
    help_jobs,
    deliveries,
)
"""Every table with rows that belong to a person, by their ``user_id`` column; `store.audit` sees to its own."""


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_micros(value: int) -> datetime:
    """The inverse of `to_micros`."""
    return EPOCH + timedelta(microseconds=value)
