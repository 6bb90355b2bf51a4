"""One database behind every store: SQLite (WAL) embedded by default, PostgreSQL by URL for a team."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from core.errors import SettingsError
from store import tables

_STARTING = 7_305_311
"""Key of the lock under which tables are made in PostgreSQL; any number that nobody else uses."""


class Database:
    """Connections to one database; thread-safe.

    Args:
        url: ``sqlite:///file`` or ``postgresql://user@host/name`` (psycopg is the driver).

    Raises:
        SettingsError: the URL is malformed, names another database, or cannot be connected to.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = sa.make_url(url)
        except sa.exc.ArgumentError as error:
            raise SettingsError(
                f"database_url {url!r} is not a database URL.", "Use sqlite:///file or postgresql://user@host/name."
            ) from error
        self.url = parsed
        if parsed.get_backend_name() == "sqlite":
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = sa.create_engine(parsed, connect_args={"timeout": 30, "check_same_thread": False})
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        elif parsed.get_backend_name() == "postgresql":
            self.engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        else:
            raise SettingsError(
                f"database_url names {parsed.get_backend_name()!r}, which is not supported.",
                "Use sqlite:///file or postgresql://user@host/name.",
            )
        try:
            self.engine.connect().close()
        except sa.exc.OperationalError as error:
            raise SettingsError(
                f"The database at {parsed.render_as_string(hide_password=True)} cannot be opened: {error.orig}.",
                "Check that it runs, and DRIFTLINE_DATABASE_URL.",
            ) from error

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection for queries; sees one consistent snapshot."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:  # whose transactions by default see what others commit meanwhile
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction: committed at the end of the block, rolled back if it raises."""
        with self.engine.connect().execution_options(driftline_write=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A block that makes tables: processes that start at once on one PostgreSQL enter it one after the other."""
        if self.is_sqlite:
            yield
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # Asked again and again: one statement that waits would hold up indexes that are built meanwhile.
            while not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_STARTING))).scalar_one():
                time.sleep(0.05)
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_STARTING)))

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows this dialect's ON CONFLICT."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def migrate(self) -> None:
        """Bring the schema to the newest revision (Alembic)."""
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.alone(), self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def compact(self) -> None:
        """Empty the write-ahead log, so that nothing deleted lives on in it (SQLite only)."""
        if not self.is_sqlite:
            return
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        """Close pooled connections."""
        self.engine.dispose()


def bump(connection: sa.Connection, database: Database, name: str) -> None:
    """Advance a version counter inside the transaction of the change it counts."""
    row = database.insert(tables.key_values).values(key=f"version:{name}", value="1")
    column = tables.key_values.c.value
    increment = sa.cast(sa.cast(column, sa.BigInteger) + 1, sa.Text)
    connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": increment}))


def version(database: Database, name: str) -> str:
    """The counter that `bump` advances; "0" before the first change."""
    with database.read() as connection:
        key = tables.key_values.c.key == f"version:{name}"
        return connection.execute(sa.select(tables.key_values.c.value).where(key)).scalar() or "0"


class KeyValue:
    """Small durable facts of the workspace: import progress, fingerprints of finished steps."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, key: str) -> str | None:
        """The value, or None."""
        with self._db.read() as connection:
            query = sa.select(tables.key_values.c.value).where(tables.key_values.c.key == key)
            return connection.execute(query).scalar()

    def set(self, key: str, value: str) -> None:
        """Store a value, replacing the old one."""
        row = self._db.insert(tables.key_values).values(key=key, value=value)
        with self._db.write() as connection:
            connection.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite chooses between a snapshot and a write lock.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A write that starts as a read can find its snapshot outdated and fail at once; taking the lock first waits.
    write = connection.get_execution_options().get("driftline_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
