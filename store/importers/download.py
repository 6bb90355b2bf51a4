"""Fetching a file of a source: checked before it is put in its place, so nothing is ever half there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import httpx

from core.errors import InputError


def fetch(url: str, target: Path, check: Callable[[Path], None], timeout: float = 30.0) -> None:
    """Download a file to ``target``, unless one that passes the check is there already.

    Args:
        check: raises InputError if the file is not the right one.
        timeout: seconds without an answer.

    Raises:
        InputError: no connection, no such file, a connection cut in the middle, or a file that fails the check.
    """
    if target.is_file():
        try:
            check(target)
            return
        except InputError:
            target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with httpx.stream("GET", url, timeout=timeout, follow_redirects=True) as response:
            response.raise_for_status()
            with partial.open("wb") as stream:
                for chunk in response.iter_bytes():
                    stream.write(chunk)
        check(partial)
        partial.replace(target)
    except httpx.HTTPStatusError as error:
        raise InputError(
            f"{url} answered {error.response.status_code} {error.response.reason_phrase}.",
            "Download it by hand and give its path.",
        ) from error
    except httpx.HTTPError as error:
        raise InputError(
            f"{url} could not be downloaded: {error}.",
            "Check the connection, or download it by hand and give its path.",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
