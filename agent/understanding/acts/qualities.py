"""A message that does nothing but ask what an item is like: "is it sad?", "how scary is the second one?"."""

from __future__ import annotations

import re

_LEAD = r"\W*(?:(?:so|and|but|ok(?:ay)?|hm+|oh|well|also|hey|wait|then|cool|nice|great|thanks)\b[\s,.!-]*)*"

_DEGREE = (
    r"(?:(?:an?|any|bit|little|really|very|so|too|that|quite|rather|actually|kind of|sort of|pretty|more|overly|super"
    r"|also|even|something|just|mostly|(?:supposed|meant) to be|considered|good|ok|okay|fine|suitable|appropriate|safe"
    r"|great|all ?right|not|in|from|made in|spoken in) )*"
)

_QUALITY = rf"{_DEGREE}§(?:(?:,| or| and|, or| but) {_DEGREE}§| §)*(?:[ -](?:films?|movies?|flicks?|one|story))?"

_VERDICT = (
    r"(?:any good|good|worth (?:it|watching|seeing|a watch|my time|our time)"
    rf"|{_DEGREE}(?:suitable|appropriate|ok|okay|fine|safe|good|all ?right)"
    r" (?:for|to watch with|to show) [\w' -]{2,40})"
)

_TAIL = (
    r"(?:[ ,]+(?:at all|enough|then|though|too|or not|or what|really|overall|please|by any chance|do you (?:know|think)"
    r"|would you say|you think|to watch|(?:for|with|to watch with) (?:me|us|him|her|them|(?:an?|my|our|the|his|her) "
    r"[\w' -]{1,30})))*"
)

_ASKED = re.compile(
    rf"{_LEAD}(?:(?:is|was|are|were)(?:n'?t)? (?:@ (?:{_QUALITY}|{_VERDICT}))"
    rf"|(?:will|would|does|did|can|could|might) @ (?:(?:be|get|feel|look|seem|sound|have|contain|include|count as) )?"
    rf"{_QUALITY}"
    rf"|how {_DEGREE}§ (?:is|was|are|were) @){_TAIL}[\s?!.)]*"
)

SUBJECT = re.compile(
    rf"{_LEAD}(?:how [\w' -]{{2,30}} (?=(?:is|was) (?:it|this|that)\W*$))?"
    r"(?:is|was|will|would|does|did|can|could|might)(?:n'?t)? (?P<it>it|this|that)\b"
)
"""Where a question names its subject only as "it"."""


def asks_what_it_is_like(text: str) -> bool:
    """Whether a message does nothing but ask what one item is like.

    Args:
        text: lower case; the item is written ``@``, and words for what it may be like ("sad", "French") ``§``.
    """
    return _ASKED.fullmatch(text.strip()) is not None
