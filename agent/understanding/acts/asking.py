"""Which acts a message has, and which of them its wording only seems to have."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.acts.clauses import wish
from agent.understanding.acts.recalling import recalled
from agent.understanding.acts.rules import REQUEST, RULES

_RECOMMEND = re.compile(REQUEST)

_COMPILED = tuple((intent, re.compile(pattern)) for intent, pattern in RULES)

_EXCLUSIVE = {Intent.GREETING, Intent.THANKS, Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}

_DIRECT = frozenset(
    {
        Intent.EXPLAIN,
        Intent.DETAILS,
        Intent.COMPARE,
        Intent.FORECAST,
        Intent.TIMELINE,
        Intent.EDIT,
        Intent.ERASE,
        Intent.TRENDING,
        Intent.HELP,
        Intent.SEARCH,
    }
)

_LIKE_A_FORECAST = {Intent.EXPLAIN, Intent.TRENDING, Intent.COMPARE}
"""Acts that words of a question about one's own interests also read like ("why did I turn to ...", "rising")."""


def asked(text: str) -> list[tuple[int, Intent]]:
    """Acts recognised by their wording, with where each begins, in order.

    Questions answered by a tool of their own are not also read as a request for recommendations unless the request
    stands in a part of the message of its own.
    """
    described = recalled(text)
    if described is not None:
        return [(described[0], Intent.SEARCH)]
    found: list[tuple[int, Intent, int]] = []
    for intent, pattern in _COMPILED:
        match = pattern.search(text)
        if match:
            found.append((match.start(), intent, match.end()))
    if any(intent is Intent.ERASE for _, intent, _ in found):
        found = [entry for entry in found if entry[1] not in {Intent.RESET, Intent.EDIT, Intent.TIMELINE}]
    if any(intent is Intent.RESET for _, intent, _ in found):
        found = [entry for entry in found if entry[1] is not Intent.EDIT]
    if any(intent is Intent.COMPARE for _, intent, _ in found):
        found = [entry for entry in found if entry[1] not in {Intent.EXPLAIN, Intent.DETAILS}]
    if any(intent is Intent.EXPLAIN for _, intent, _ in found):
        found = [entry for entry in found if entry[1] is not Intent.DETAILS or _apart(text, entry, found)]
    if any(intent in {Intent.TIMELINE, Intent.FORECAST} for _, intent, _ in found):
        found = [
            entry for entry in found if entry[1] not in {Intent.DETAILS, Intent.SEARCH} or _apart(text, entry, found)
        ]
    if any(intent is Intent.FORECAST for _, intent, _ in found):
        found = [entry for entry in found if entry[1] not in _LIKE_A_FORECAST or _apart(text, entry, found)]
    if any(intent is Intent.DETAILS for _, intent, _ in found):
        found = [entry for entry in found if entry[1] is not Intent.SEARCH or _apart(text, entry, found)]
    for match in _RECOMMEND.finditer(text):
        entry = (match.start(), Intent.RECOMMEND, match.end())
        if not any(other in _DIRECT for _, other, _ in found) or _apart(text, entry, found):
            found.append(entry)
            break
    else:
        start = wish(text, found) if any(intent in _DIRECT for _, intent, _ in found) else None
        if start is not None:
            found.append((start, Intent.RECOMMEND, start))
    if any(intent is Intent.THANKS for _, intent, _ in found):
        found = [entry for entry in found if entry[1] is not Intent.SMALL_TALK]
    strong = [entry for entry in found if entry[1] not in _EXCLUSIVE]
    if strong:
        found = [entry for entry in found if entry[1] not in {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}]
    return sorted((start, intent) for start, intent, _ in found)


def _apart(text: str, entry: tuple[int, Intent, int], found: list[tuple[int, Intent, int]]) -> bool:
    """Whether an act stands in another sentence, or after a conjunction, than every question found so far."""
    for start, intent, end in found:
        if intent not in _DIRECT or intent is entry[1]:
            continue
        if entry[0] >= end:
            between = text[start : entry[0]]
        elif start >= entry[2]:
            between = text[entry[0] : start]
        else:
            return False
        if not re.search(r"[.!?;\n]|,? (?:and|then|also|but)\b", between):
            return False
    return True
