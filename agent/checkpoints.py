"""LangGraph checkpoints in the database of the workspace: the latest state of each conversation, and no older one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Protocol

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.sqlite import SqliteSaver

from store.db import Database


class _LatestSqliteSaver(SqliteSaver):
    """Keeps one checkpoint a thread, so that what was said is not kept in old copies."""

    def put(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Store a checkpoint and delete the thread's older ones; checkpoint ids ascend with time."""
        stored = super().put(config, checkpoint, metadata, new_versions)
        with self.cursor() as cursor:
            for table in ("checkpoints", "writes"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id < ?",
                    (config["configurable"]["thread_id"], checkpoint["id"]),
                )
        return stored


class Closable(Protocol):
    """A connection or a pool of them."""

    def close(self) -> None:
        """Give it back."""


class Checkpoints:
    """The checkpointer of one workspace, and what it holds of each person; thread-safe.

    Threads are conversation ids. The metadata of every checkpoint names its person (`config_of`), so that export and
    erasure do not depend on other tables.
    """

    name = "checkpoints"

    def __init__(self, database: Database) -> None:
        self.saver: BaseCheckpointSaver[str]
        self._connection: Closable
        if database.is_sqlite:
            connection = sqlite3.connect(str(database.url.database), timeout=30, check_same_thread=False)
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA secure_delete=ON")
            sqlite_saver = _LatestSqliteSaver(connection)
            sqlite_saver.setup()
            self.saver, self._connection = sqlite_saver, connection
        else:
            self.saver, self._connection = _postgres(database)

    def config_of(self, conversation_id: str, user_id: str) -> RunnableConfig:
        """The configuration under which a turn of this conversation runs."""
        return {"configurable": {"thread_id": conversation_id}, "metadata": {"user_id": user_id}}

    def export_user(self, user_id: str) -> object:
        """The latest state of each of the person's conversations."""
        return [
            {"conversation_id": conversation_id, "state": state} for conversation_id, state in self._of_user(user_id)
        ]

    def forget_user(self, user_id: str) -> int:
        """Delete the state of all the person's conversations; how many there were."""
        threads = {conversation_id for conversation_id, _ in self._of_user(user_id)}
        for conversation_id in threads:
            self.saver.delete_thread(conversation_id)
        return len(threads)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _of_user(self, user_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for found in list(self.saver.list(None, filter={"user_id": user_id})):
            yield found.config["configurable"]["thread_id"], found.checkpoint["channel_values"]


def _postgres(database: Database) -> tuple[BaseCheckpointSaver[str], Closable]:
    from langgraph.checkpoint.postgres import PostgresSaver
    from psycopg import Connection
    from psycopg.rows import dict_row
    from psycopg_pool import ConnectionPool

    class LatestPostgresSaver(PostgresSaver):
        """Keeps one checkpoint a thread."""

        def put(
            self,
            config: RunnableConfig,
            checkpoint: Checkpoint,
            metadata: CheckpointMetadata,
            new_versions: ChannelVersions,
        ) -> RunnableConfig:
            """Store a checkpoint and delete the thread's older ones."""
            stored = super().put(config, checkpoint, metadata, new_versions)
            self.prune([config["configurable"]["thread_id"]])
            return stored

    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    pool: ConnectionPool[Connection[dict[str, Any]]] = ConnectionPool(
        url, kwargs={"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}, max_size=8, open=True
    )
    saver = LatestPostgresSaver(pool)
    with database.alone():
        saver.setup()
    return saver, pool
