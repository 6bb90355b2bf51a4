"""The wording of looking for an item whose name one has forgotten: "what's that film where a man relives one day?"."""

from __future__ import annotations

import re

_ITEM = r"(?:film|movie|flick|picture|documentary|cartoon|one|book|novel|series|game|album|song)"
_ITS = rf"(?:(?:that|the|this|a|an|some) (?:\w+ ){{0,2}}?{_ITEM})"
_TELLS = (
    r"(?: (?:called|named|again))*,?(?: (?:i think|you know|maybe)\b,?)?"
    r" (?P<told>(?:where|in which|when|about|with|set|whose) .+)"
)

_RECALL = re.compile(
    rf"(?:\bwhat(?:'s|s| is| was)(?: the (?:name|title) of)? {_ITS}"
    rf"|\b(?:can'?t|cannot|could(?:n'?t| not)|don'?t|do not|trying to|try to|help me|do you|can you) "
    rf"(?:remember|recall|recollect|think of|place|name|come up with)(?: the (?:name|title) of)? {_ITS}"
    rf"|\b(?:the|its) (?:name|title) of {_ITS}"
    rf"|\bwhich {_ITEM} (?:is|was) (?:it|that|the one)){_TELLS}",
    re.DOTALL,
)


_RECALLED_AFTER = re.compile(
    rf"(?P<told>[^?!]{{12,}}?)[,.;:-]* *(?:\b(?:which|what) {_ITEM} (?:is|was) (?:it|that|this)\b"
    rf"|\bwhat(?:'s|s| is| was) (?:it|that|the {_ITEM}|that {_ITEM}|the (?:name|title)|its (?:name|title))(?: again)?"
    r"(?: called)(?: again)?|\bname that (?:film|movie))[ ?!.]*$",
    re.DOTALL,
)


def recalled(masked: str) -> tuple[int, int] | None:
    """Where a message describes the item whose name it asks for; None where it asks for none.

    Args:
        masked: lower case, catalogue names masked.
    """
    found = _RECALL.search(masked) or _RECALLED_AFTER.match(masked)
    return None if found is None else found.span("told")
