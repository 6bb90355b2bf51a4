"""What the HTTP API answers with beside the engine's own values: problems, pages, outcomes and rows of batches."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from core.results import Recommendation, Relaxation
from core.turns import HeardEvent
from core.types import Conversation, Frozen, Instant, Item

Row = TypeVar("Row")


class FieldProblem(Frozen):
    """One field of a request that cannot be used.

    Attributes:
        place: the part of the request that it is in.
        pointer: JSON pointer to it within the body, or the name of the parameter, as a fragment ("#/k").
        detail: what is expected.
        value: what was given, shortened; absent where nothing was.
    """

    place: Literal["body", "query", "path", "header"] = "body"
    pointer: str
    detail: str
    value: Any = None


class Problem(Frozen):
    """Why a request was not answered (RFC 9457).

    Attributes:
        type: relative address of the page that describes this kind of problem.
        detail: what is wrong with this request.
        instance: the path that was asked for.
        remedy: what to do about it; empty where nothing helps.
        errors: every field that cannot be used, not only the first.
        request_id: by which the server's log can be searched.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str = ""
    remedy: str = ""
    errors: tuple[FieldProblem, ...] = ()
    request_id: str = ""


class ProblemKind(Frozen):
    """A kind of problem: what it means, and what to do about it."""

    type: str
    title: str
    status: int
    meaning: str
    remedy: str


class Page(Frozen, Generic[Row]):
    """A part of a long list.

    Attributes:
        next_cursor: what to ask the next part with; None at the end.
    """

    items: tuple[Row, ...]
    next_cursor: str | None = None


class InvalidEntry(Frozen):
    """An entry of a bulk delivery that was not kept: its place in the list, and what is wrong with it."""

    index: int
    errors: tuple[FieldProblem, ...]


class Delivered(Frozen):
    """What became of a bulk delivery: what was new, what had been delivered before, and what could not be used."""

    added: int
    duplicates: int
    invalid: tuple[InvalidEntry, ...] = ()


class ItemHit(Frozen):
    """A found item and how well it fits, on the scale of the search that found it."""

    item: Item
    score: float


class SearchPage(Page[ItemHit]):
    """Found items, best first; ``relaxations`` is filled only where the limits left nothing."""

    relaxations: tuple[Relaxation, ...] = ()


class Items(Frozen):
    """The items that exist among the ids, and the ids of those that do not."""

    items: tuple[Item, ...]
    missing: tuple[str, ...] = ()


class ForecastRow(Frozen):
    """One topic in one period ahead of one person; the columns of the Parquet form."""

    user_id: str
    origin: Instant
    horizon: int
    topic: str
    share: float
    lo80: float
    hi80: float


class Part(Frozen):
    """One named part of a score, as it stands in a batch."""

    feature: str
    contribution: float
    group: str
    text: str


class ExplanationRow(Frozen):
    """One item for one person: the parts and the intercept sum to the score. The columns of the Parquet form.

    Attributes:
        rank: its place on the whole list; None for what does not belong on it.
        why_not: why it is not among the first k; empty where it is.
        problem: why there is no explanation; every other field but ``user_id`` and ``item_id`` is then None.
    """

    user_id: str
    item_id: str | None = None
    title: str | None = None
    rank: int | None = None
    score: float | None = None
    intercept: float | None = None
    parts: tuple[Part, ...] | None = None
    why_not: str | None = None
    problem: str | None = None

    @classmethod
    def of(
        cls, user_id: str, item: Recommendation, rank: int | None, intercept: float, why_not: str = ""
    ) -> ExplanationRow:
        """The row of an item whose score is known part by part."""
        parts = tuple(
            Part(feature=reason.feature, contribution=reason.contribution, group=reason.group, text=reason.text)
            for reason in item.reasons
        )
        return cls(
            user_id=user_id,
            item_id=item.id,
            title=item.title,
            rank=rank,
            score=item.score,
            intercept=intercept,
            parts=parts,
            why_not=why_not,
        )


class Extraction(Frozen):
    """What a text says of somebody's preferences; nothing of it is stored."""

    events: tuple[HeardEvent, ...] = ()


class Listed(Conversation):
    """A conversation of a list.

    Attributes:
        turn, quote: where words that were searched for were said, and the words around them; None and empty where
            the title has them, or nothing was searched for.
    """

    turn: int | None = None
    quote: str = ""
