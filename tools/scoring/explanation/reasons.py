"""The parts of a score as reasons: grouped by kind, the strongest kind first, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.results import Ground, Reason
from core.types import Event
from store.columns import ItemColumns
from tools.scoring.explanation.groups import group_of, totals
from tools.scoring.explanation.wording import Wording
from tools.scoring.explanation.words import Words

LEAST = 0.02
"""A kind of reason smaller than this share of the largest one is given no words, and so is a part within its kind."""

MOST_GROUNDS = 5
"""Events told behind one reason, for a thing that was met many times."""

AGAINST = "disliked"
"""The one feature whose negative part is put in words: that an item lacks something is no reason to tell."""

_OPENINGS = (
    "Because ",
    "Often ",
    "Described ",
    "Directed ",
    "Written ",
    "With ",
    "By ",
    "From ",
    "More ",
    "Popular ",
    "Well ",
    "Close ",
    "Called ",
    "Has ",
    "Like ",
    "Placed ",
    "You ",
)


class Grounds:
    """A person's events, found by what they are about."""

    def __init__(self, events: Iterable[Event], columns: ItemColumns) -> None:
        self._columns = columns
        self._of: dict[str, list[Event]] = {}
        for event in events:
            about = event.item_id if event.item_id is not None else (event.topic or "").casefold()
            self._of.setdefault(about, []).append(event)

    def behind(self, words: Words) -> tuple[Ground, ...]:
        """The events on the items that are named, and those on the topics, each thing's latest first."""
        about = [self._columns.ids[item] for item in words.items] + [fact.casefold() for fact in words.facts]
        return tuple(
            ground_of(event, self._columns)
            for name in about
            for event in self._of.get(name, [])[: -MOST_GROUNDS - 1 : -1]
        )


def ground_of(event: Event, columns: ItemColumns) -> Ground:
    """An event as something that an answer rests on."""
    position = columns.position.get(event.item_id) if event.item_id is not None else None
    # Of a topic its value; an item that the catalogue does not have goes by its whole id.
    value = (event.topic or "").partition(":")[2]
    name = columns.titles[position] if position is not None else event.item_id or value
    return Ground(
        event_id=event.id,
        at=event.at,
        kind=event.kind,
        item_id=event.item_id,
        topic=event.topic,
        name=name or event.topic or "",
    )


def reasons(item: int, parts: Mapping[str, float], wording: Wording, grounds: Grounds) -> tuple[Reason, ...]:
    """Every part of a score that is not zero; they and the intercept sum to it.

    Kinds of reasons come in the order of their sums, what speaks most for the item first, and within each the parts by
    size. Of one kind one part is put in words, the largest that has any; none, if it tells nothing that has not been
    told.

    Args:
        item: its position.
    """
    sums = totals(parts.items())
    largest = max(map(abs, sums.values()), default=0.0)
    told: set[str] = set()
    used: set[str] = set()
    result: list[Reason] = []
    kinds: dict[str, list[tuple[str, float]]] = {group: [] for group in sums}
    for name, value in parts.items():
        if value != 0:
            kinds[group_of(name)].append((name, value))
    for group in sorted(sums, key=lambda name: -sums[name]):
        inside = kinds[group]
        inside.sort(key=lambda part: -part[1] if sums[group] >= 0 else part[1])
        silent = abs(sums[group]) < LEAST * largest
        for name, value in inside:
            words = wording.of(name, item)
            said = not silent and _says(name, value, sums[group], words, told, used)
            if said:
                silent = True
                told |= words.tells
                used.add(words.text)
            result.append(
                Reason(
                    feature=name,
                    contribution=value,
                    text=words.text if said else "",
                    item_ids=wording.ids(words.items),
                    group=group,
                    grounds=grounds.behind(words),
                    facts=words.facts,
                )
            )
    return tuple(result)


def _says(name: str, value: float, total: float, words: Words, told: Iterable[str], used: Iterable[str]) -> bool:
    """Whether a part is worth saying: it counts the way its kind does, and tells something new."""
    if not words.text or words.text in used or abs(value) < LEAST * abs(total):
        return False
    if words.tells and words.tells <= set(told):
        return False
    return value < 0 and total < 0 if name == AGAINST else value > 0 and total > 0


def lowered(text: str) -> str:
    """A reason inside a sentence: its first letter small where it begins with a word of ours, no full stop."""
    text = text.rstrip(".")
    return text[0].lower() + text[1:] if text.startswith(_OPENINGS) else text
