"""A wall-clock limit on iterators that may block, because socket time-outs only bound each single read."""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True)
class _End:
    error: BaseException | None = None


def iterate_within(start: Callable[[], Iterator[T]], seconds: float) -> Iterator[T]:
    """Yield from ``start()``, which runs in a thread, for at most ``seconds`` of wall-clock time in all.

    The thread stops at its next value once the deadline has passed or the consumer has left, and closes its iterator
    then, so that a connection held by it is closed too.

    Raises:
        TimeoutError: the deadline passed before the iterator ended.
    """
    results: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    abandoned = threading.Event()

    def pump() -> None:
        try:
            values = start()
            for value in values:
                if abandoned.is_set():
                    close = getattr(values, "close", None)
                    if close is not None:
                        close()
                    return
                results.put(_Item(value))
            results.put(_End())
        except BaseException as error:
            results.put(_End(error))

    deadline = time.monotonic() + seconds
    # The context carries tracing callbacks and log fields of the caller into the thread.
    threading.Thread(target=contextvars.copy_context().run, args=(pump,), name="model-call", daemon=True).start()
    try:
        while True:
            try:
                result = results.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no complete answer within {seconds:g} s") from None
            if isinstance(result, _End):
                if result.error is not None:
                    raise result.error
                return
            yield result.value
            if time.monotonic() > deadline:
                raise TimeoutError(f"no complete answer within {seconds:g} s")
    finally:
        abandoned.set()


def call_within(call: Callable[[], T], seconds: float) -> T:
    """The result of ``call()``, which runs in a thread, if it comes within ``seconds``.

    Raises:
        TimeoutError: it did not.
    """

    def once() -> Iterator[T]:
        yield call()

    return next(iterate_within(once, seconds))
