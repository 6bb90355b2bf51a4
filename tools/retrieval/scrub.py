"""Takes what ChromaDB leaves of a person's deleted entries out of its file: free pages, full text, the log.

A program of its own (file and how long to wait as arguments, JSON in: user id, whether entries were deleted just now).
ChromaDB brings its own SQLite, and two SQLites in one process do not see each other's locks on a file.

Its own ``chroma vacuum`` keeps the entries of the log that the vector index has not written out yet, about the latest
thousand. The deletions stay in the log, so that one read again comes to the same.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing

_LOGGED = "FROM embeddings_queue WHERE json_extract(metadata, '$.user_id') = ?"


def scrub(file: str, patience: float, user_id: str, deleted: bool) -> None:
    """Clean the file, unless nothing was deleted and its log does not name the person.

    Raises:
        sqlite3.OperationalError: others use the file for longer than ``patience`` seconds.
    """
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        if not (deleted or connection.execute(f"SELECT 1 {_LOGGED} LIMIT 1", [user_id]).fetchone()):
            return
        connection.execute("INSERT INTO embedding_fulltext_search(embedding_fulltext_search) VALUES ('optimize')")
        connection.execute("VACUUM")
        # Last, as these tell a repeated call that there is something left to do. The newest entry stays whosever it
        # is: its number must not be given out a second time, for what is numbered alike counts as read.
        connection.execute(f"DELETE {_LOGGED} AND seq_id < (SELECT max(seq_id) FROM embeddings_queue)", [user_id])


if __name__ == "__main__":
    try:
        scrub(sys.argv[1], float(sys.argv[2]), *json.load(sys.stdin))
    except sqlite3.Error as error:
        sys.exit(str(error))
