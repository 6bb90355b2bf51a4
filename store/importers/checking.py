"""The pass over a whole input before anything of it is written: faults of a whole file, and people who clash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from core.errors import InputError
from core.histories import named
from store.events import Events
from store.importers.base import Dataset, Parsed, Row, T
from store.importers.rejects import summary

STEP = 1000
"""Rows between two reports of progress."""
_ITEMS = 1 / 3  # where the items end, as a part of the pass

Report = Callable[[float], None]
"""Told how much of the pass is done, 0 to 1."""


def check(dataset: Dataset, events: Events, source: str, prefix: str, report: Report) -> None:
    """Read everything once, so that a fault of a whole file or a clash of people stops before any write.

    Args:
        source: what the events are attributed to.
        prefix: put before every user id.

    Raises:
        InputError: no row of a file can be used, or a person is one of another source.
    """
    for _ in _usable(dataset.item_rows(), lambda done: report(_ITEMS * done)):
        pass
    told = _usable(dataset.event_rows(), lambda done: report(_ITEMS + (1 - _ITEMS) * done))
    _refuse_strangers(events, {prefix + event.user for event in told}, source, dataset.label)


def _usable(rows: Iterable[Parsed[T]], report: Report) -> Iterator[T]:
    good = 0
    faults: dict[tuple[str, str], tuple[int, Row]] = {}
    for index, row in enumerate(rows):
        if index % STEP == 0:
            report(min(row.row.done, 1.0))
        if row.value is not None:
            good += 1
            yield row.value
        else:
            count, first = faults.get((row.file, row.reason), (0, row.row))
            faults[row.file, row.reason] = count + 1, first
    if faults and not good:
        (file, reason), (count, first) = max(faults.items(), key=lambda entry: entry[1][0])
        raise InputError(summary(count, file, reason, first), "No row can be used; nothing was imported.")


def _refuse_strangers(events: Events, users: set[str], source: str, label: str) -> None:
    for user, sources in events.user_sources(users).items():
        others = {other for other in sources if other.startswith("import:") and other != source}
        if others:
            # What a person brought from elsewhere themselves makes them nobody else.
            log = events.of_user(user, include_retracted=True)
            others -= {event.source for event in log if named(event.id)}
        if others:
            raise InputError(
                f"User {user!r} of {source} is already a person of {min(others)} in this workspace.",
                f"Keep them apart with --user-prefix, for example --user-prefix {label}-.",
            )
