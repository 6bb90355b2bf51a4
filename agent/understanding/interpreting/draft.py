"""The state of a reading while its names, figures and acts are placed one after another."""

from __future__ import annotations

from agent.intents import Intent
from agent.understanding.acts import clauses
from agent.understanding.entities import Entity, Role
from agent.understanding.meaning import HEARD, ConversationContext, Quality, Question, Reading
from agent.understanding.names import Names
from agent.understanding.text import sentences
from core.turns import HeardEvent
from core.types import EventKind, Range
from store.columns import ItemColumns

SURE_TASTE = {Role.LIKE, Role.DISLIKE, Role.FADED, Role.SEEN, Role.BOUGHT}

_QUESTION = {
    Intent.DETAILS,
    Intent.EXPLAIN,
    Intent.COMPARE,
    Intent.SEARCH,
    Intent.HELP,
    Intent.TIMELINE,
    Intent.FORECAST,
}


class Draft:
    """What has been read so far of one message."""

    def __init__(
        self,
        text: str,
        names: Names,
        columns: ItemColumns,
        context: ConversationContext,
        acts: list[tuple[int, Intent]],
        *,
        told: bool,
    ) -> None:
        self.text, self.names, self.columns, self.context, self.acts = text, names, columns, context, acts
        self.masked = names.masked
        self.kinds, self.told = [intent for _, intent in acts], told
        self.lists: dict[str, list[HeardEvent]] = {key: [] for key in HEARD}
        self.require: dict[str, list[str]] = {}
        self.exclude: dict[str, list[str]] = {}
        self.ranges: dict[str, Range] = {}
        self.exclude_items: set[str] = set()
        self.subjects: list[str] = []
        self.questioned_items: set[str] = set()
        self.people: list[str] = []
        self.qualities: list[Quality] = []
        self.resets: list[str] = []
        self.readings: list[Reading] = []
        self.questions: list[Question] = list(names.questions)
        self.unread: list[str] = []
        self.limit_quotes: dict[str, str] = {}
        self.first_taste = len(text)
        self.asks = Intent.RECOMMEND in self.kinds
        self.parts = clauses(self.masked)
        self.questioning = bool(_QUESTION & set(self.kinds)) and not self.asks

    def questioned(self, entity: Entity) -> bool:
        """Whether the part of the message that a name stands in asks a question rather than for something to watch."""
        for start, end in self.parts:
            if start <= entity.start < end:
                inside = {intent for at, intent in self.acts if start <= at < end}
                if inside & (_QUESTION | {Intent.RECOMMEND}):
                    return Intent.RECOMMEND not in inside
        return self.questioning

    def quote(self, entity: Entity) -> str:
        """The words of the message that an entity's part comes from."""
        start, end = (entity.quote_start, entity.quote_end) if entity.quote_start >= 0 else (entity.start, entity.end)
        if entity.role in SURE_TASTE:
            self.first_taste = min(self.first_taste, start)
        return " ".join(self.text[start:end].split()).strip(" ,;:")

    def foretold(self, entity: Entity) -> bool:
        """Whether a name belongs to a question about interests over time: it says nothing of the taste itself."""
        for start, end in sentences(self.masked):
            if start <= entity.start < end:
                inside = [(at, intent) for at, intent in self.acts if start <= at <= entity.start]
                last = max((at for at, intent in inside if intent is Intent.FORECAST), default=None)
                return last is not None and not any(at > last and intent is Intent.RECOMMEND for at, intent in inside)
        return False

    def heard(self, entity: Entity, kind: EventKind, value: float, topic: str | None = None) -> HeardEvent:
        """An event about the entity's item, or about a topic, with its words."""
        return HeardEvent(
            kind=kind,
            item_id=None if topic else entity.item_id,
            title=None if topic else entity.title,
            topic=topic,
            value=round(value, 3),
            quote=self.quote(entity),
        )
