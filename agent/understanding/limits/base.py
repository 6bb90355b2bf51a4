"""A limit, and the words that bound a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.lexicon import WORDS
from core.types import Range


@dataclass(frozen=True)
class Limit:
    """One numeric limit read from the words at [start, end); ``soft`` words ("old", "short") give way to figures."""

    start: int
    end: int
    number: str
    range: Range
    soft: bool = False


def joined(found: list[Limit]) -> list[Limit]:
    """Open ends that meet ("after 1990 and before 2000") become one interval; a figure beats a soft word."""
    figures = [limit for limit in found if not limit.soft] or found
    merged: list[Limit] = []
    for limit in sorted(figures, key=lambda limit: limit.start):
        last = merged[-1] if merged else None
        low = limit.range.low if last is None or last.range.low is None else last.range.low
        high = limit.range.high if last is None or last.range.high is None else last.range.high
        opposite = last is not None and (last.range.low is None) == (limit.range.high is None)
        open_ended = last is not None and (last.range.low is None) != (last.range.high is None)
        if last and opposite and open_ended and low is not None and high is not None and low <= high:
            merged[-1] = Limit(last.start, limit.end, limit.number, Range(low=low, high=high), limit.soft)
            continue
        merged.append(limit)
    return merged


FIGURE = r"(?P<n>\d+(?:[.,]\d+)?)"

WORD_FIGURE = r"(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"

_NONE = r"(?:no|not|none|nothing|never)(?: of (?:them|these|it|which))?(?: that)?(?:'s| is| are| runs?| goes?| lasts?)?"

_FAILING = (
    r"(?:(?:does|do|must|should|could|may|will|is|are)(?: not|n'?t)|can(?:not| not|'?t)|won'?t)"
    r"(?: (?:run|go|last|take|be|stretch|want|need))?(?: anything| on)?"
)

_UNDER = (
    rf"(?:strictly )?(?:{_NONE} (?:(?:longer|more|greater) than|exceeding|beyond|past|in excess of|north of)"
    rf"|(?:no|not) (?:over|above) than|not over|not above|not longer"
    rf"|{_FAILING} (?:over|above|past|beyond|exceed(?:ing)?|(?:longer|more) than)"
    r"|at (?:the )?most|(?:(?:an?|the|my|our) )?(?:max(?:imum)?|limit|cap|ceiling)(?: length)?(?: of| is|:)?|up to"
    r"|within|inside(?: of)?|capped at|<=|höchstens|maximal|bis zu|nicht (?:länger|mehr) als|pas plus de|au plus"
    r"|no más de|como máximo|non più di|al massimo)"
)

_BELOW = (
    r"(?:under|less than|below|shorter than|cheaper than|fewer than|south of|(?:just )?(?:shy|short) of|sub|<|unter"
    r"|weniger als|kürzer als|moins de|menos de|meno di)"
)

_ATLEAST = (
    r"(?:at (?:the )?least|(?:an? |the )?min(?:imum)?(?: length)?(?: of|:)?|(?:no|nothing|none) (?:shorter|less) than"
    r"|not (?:under|less than|shorter than)|upwards? of|>=|mindestens|au moins|al menos|por lo menos|almeno)"
)

_OVER = (
    r"(?:over|more than|longer than|above|greater than|exceeding|in excess of|north of|>|länger als|mehr als|plus de"
    r"|más de|più di)"
)

BOUND = (
    rf"(?:(?P<le>{_UNDER})|(?P<lt>{_BELOW})|(?P<ge>{_ATLEAST})|(?P<gt>{_OVER})|(?P<eq>about|around|roughly"
    rf"|approximately|circa|~))"
)


def bounded(match: re.Match[str], value: float, step: float = 1) -> Range | None:
    """The interval that the words of `BOUND` give to a value; None without such words, or for "about"."""
    if match["le"]:
        return Range(high=value)
    if match["lt"]:
        return Range(high=round(value - step, 2))
    if match["ge"]:
        return Range(low=value)
    if match["gt"]:
        return Range(low=round(value + step, 2))
    return None
