"""What one tab shows of the timeline: filters, pages, what can be undone, and a history that is being brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.histories import HistoryOutcome, HistoryPreview
from core.mentions import TitleMatch
from core.types import Event, Item

PAGE = 30
"""Events on a page of the list."""


@dataclass(frozen=True)
class Undo:
    """The way back from a change: what the reader sees, and the steps, each an action with the id that it is for."""

    said: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Download:
    """A file that waits to be saved by the browser."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Filters:
    """Which events the list shows; an empty field shows all. Years are those things happened in."""

    kind: str = ""
    source: str = ""
    words: str = ""
    since: int | None = None
    until: int | None = None

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()

    def chosen(self, events: Sequence[Event], items: dict[str, Item]) -> list[Event]:
        """The events that pass, in their order.

        Args:
            items: at least those of the events, where words are looked for.
        """
        wanted = self.words.casefold().split()
        return [event for event in events if self._fits(event) and _says(event, items, wanted)]

    def _fits(self, event: Event) -> bool:
        return (
            (not self.kind or event.kind.value == self.kind)
            and (not self.source or event.source == self.source)
            and (self.since is None or event.at.year >= self.since)
            and (self.until is None or event.at.year <= self.until)
        )


def _says(event: Event, items: dict[str, Item], wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    item = items.get(event.item_id or "")
    text = " ".join(filter(None, (item.title if item else "", event.topic, event.text))).casefold()
    return all(word in text for word in wanted)


@dataclass
class Bringing:
    """A history between its file and the timeline.

    Attributes:
        preview: what the file was read as; None before there is one.
        data: the file, while its columns may still be said anew.
        fixes: what the person said a title is, by its number.
        searches: what was found for a title that they looked up.
        show: whose titles are listed: check, unknown or matched.
        problem: why the last file could not be read.
    """

    preview: HistoryPreview | None = None
    data: bytes = b""
    fixes: dict[int, str | None] = field(default_factory=dict)
    searches: dict[int, tuple[TitleMatch, ...]] = field(default_factory=dict)
    show: str = "check"
    page: int = 0
    problem: str = ""
    outcome: HistoryOutcome | None = None
    open: bool = False


@dataclass
class View:
    """State of the timeline in one tab.

    Attributes:
        period: of the chart; empty for the one that fits the history.
        topic: the topic that the chart shows alone.
    """

    period: str = ""
    topic: str = ""
    filters: Filters = Filters()
    page: int = 0
    undo: Undo | None = None
    download: Download | None = None
    bringing: Bringing = field(default_factory=Bringing)
