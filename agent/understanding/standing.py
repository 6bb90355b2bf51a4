"""Limits that stand in a conversation, and how a message changes them."""

from __future__ import annotations

from agent.understanding.meaning import Understanding
from core.types import Constraints, Range


def merge(standing: Constraints, new: Understanding) -> Constraints:
    """The limits in force after a message: its own replace earlier ones on the same facet or number, others stay.

    Exclusions add up until the same value is asked for. A wish for other genres than the required ones replaces them.
    """
    if "*" in new.resets:
        standing = Constraints(exclude_items=standing.exclude_items, available_only=standing.available_only)
    require, exclude, ranges = dict(standing.require), dict(standing.exclude), dict(standing.ranges)
    for name in new.resets:
        facet, _, value = name.partition(":")
        if value:
            for table in (require, exclude):
                kept = tuple(known for known in table.get(facet, ()) if known.casefold() != value.casefold())
                table.pop(facet, None)
                if kept:
                    table[facet] = kept
        else:
            for limits in (require, exclude, ranges):
                limits.pop(facet, None)
    for facet, values in new.constraints.require.items():
        require[facet] = values
        _drop(exclude, facet, values)
    wished = {topic.partition(":")[2] for topic in new.topics if topic.startswith("genre:")}
    if wished and "genre" not in new.constraints.require and not wished & set(require.get("genre", ())):
        require.pop("genre", None)
    _drop(exclude, "genre", tuple(wished))
    for facet, values in new.constraints.exclude.items():
        exclude[facet] = tuple(dict.fromkeys((*exclude.get(facet, ()), *values)))
        _drop(require, facet, values)
    for number, limit in new.constraints.ranges.items():
        before = ranges.get(number)
        ranges[number] = _narrowed(before, limit) if before is not None and new.adds else limit
    return Constraints(
        require=require,
        exclude=exclude,
        ranges=ranges,
        exclude_items=standing.exclude_items | new.constraints.exclude_items,
        available_only=standing.available_only,
    )


def _drop(table: dict[str, tuple[str, ...]], facet: str, values: tuple[str, ...]) -> None:
    gone = {value.casefold() for value in values}
    kept = tuple(value for value in table.get(facet, ()) if value.casefold() not in gone)
    if kept:
        table[facet] = kept
    else:
        table.pop(facet, None)


def _narrowed(before: Range, limit: Range) -> Range:
    low = limit.low if limit.low is not None else before.low
    high = limit.high if limit.high is not None else before.high
    return limit if low is not None and high is not None and low > high else Range(low=low, high=high)
