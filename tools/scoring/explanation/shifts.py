"""What moves between two lists, and how that reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.explanations import Shift
from store.columns import ItemColumns
from tools.scoring.explanation.listing import Listing
from tools.scoring.explanation.words import joined

TOLD = 2
"""Items told of that leave the first places, and as many that come in, and that move within them."""


def shifts(before: Listing, after: Listing, columns: ItemColumns) -> tuple[Shift, ...]:
    """The items among the first places of either list whose place differs.

    Those of the second list come first, in its order; then what left it, in the order of the first.
    """
    here, there = before.first(), after.first()
    moved = [position for position in dict.fromkeys((*there, *here)) if before.rank(position) != after.rank(position)]
    return tuple(
        Shift(
            item_id=columns.ids[position],
            title=columns.titles[position],
            rank=before.rank(position),
            rank_then=after.rank(position),
            score=before.score(position),
            score_then=after.score(position),
        )
        for position in moved
    )


def told(moved: Sequence[Shift], k: int, k_then: int, own: Collection[str] = ()) -> str:
    """Half a sentence on the moves that matter most; empty where nothing moves.

    Args:
        moved: as by `shifts`.
        k, k_then: how many places are shown on either list.
        own: items of events that are taken away: that they may be suggested again says little.
    """
    others = [shift for shift in moved if shift.item_id not in own]
    left = [shift for shift in others if shown(shift.rank, k) and not shown(shift.rank_then, k_then)]
    come = [shift for shift in others if not shown(shift.rank, k) and shown(shift.rank_then, k_then)]
    within = [shift for shift in others if shown(shift.rank, k) and shown(shift.rank_then, k_then)]
    within.sort(key=lambda shift: -abs((shift.rank or 0) - (shift.rank_then or 0)))
    parts = [_left(shift) for shift in sorted(left, key=lambda shift: shift.rank or 0)[:TOLD]]
    parts += [f"{shift.title} would come in at {ordinal(shift.rank_then or 0)}" for shift in come[:TOLD]]
    parts += [
        f"{shift.title} would be {ordinal(shift.rank_then or 0)} in place of {ordinal(shift.rank or 0)}"
        for shift in within[: max(TOLD - len(parts), 0)]
    ]
    back = [shift for shift in moved if shift.item_id in own and shown(shift.rank_then, k_then)]
    parts += [f"{shift.title} itself could be suggested ({ordinal(shift.rank_then or 0)})" for shift in back[:1]]
    return joined(parts) if parts else ""


def shown(rank: int | None, k: int) -> bool:
    """Whether a place is among the first k."""
    return rank is not None and rank <= k


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _left(shift: Shift) -> str:
    if shift.rank_then is None:
        return f"{shift.title} would not be on the list"
    return f"{shift.title} would be {ordinal(shift.rank_then)}"
