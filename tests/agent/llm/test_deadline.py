from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator

import pytest

from agent.llm.deadline import call_within, iterate_within

CALLER = contextvars.ContextVar("CALLER", default="nobody")


def test_values_pass_through_in_order() -> None:
    assert list(iterate_within(lambda: iter(range(5)), 10)) == [0, 1, 2, 3, 4]


def test_values_before_the_deadline_are_delivered() -> None:
    hold = threading.Event()

    def slow() -> Iterator[int]:
        yield 1
        hold.wait(60)
        yield 2

    values = iterate_within(slow, 0.2)
    assert next(values) == 1
    with pytest.raises(TimeoutError, match=r"0\.2 s"):
        next(values)
    hold.set()


def test_the_iterator_is_closed_when_the_consumer_leaves() -> None:
    closed, go_on = threading.Event(), threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
                go_on.wait(60)
        finally:
            closed.set()

    values = iterate_within(endless, 60)
    next(values)
    values.close()  # type: ignore[attr-defined]
    go_on.set()
    assert closed.wait(10)


def test_an_error_keeps_its_type_and_traceback() -> None:
    def broken() -> int:
        raise KeyError("genre")

    with pytest.raises(KeyError, match="genre") as caught:
        call_within(broken, 10)
    assert any(entry.name == "broken" for entry in caught.traceback)


def test_the_callers_context_reaches_the_thread() -> None:
    token = CALLER.set("turn 7")
    assert call_within(CALLER.get, 10) == "turn 7"
    CALLER.reset(token)
