"""What one message is made of: which phrasings, filled with names, joined to one another."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from agent.tuning.naming import CatalogueNames
from agent.tuning.noise import Segment
from agent.tuning.phrasing import CHOICE, SLOT, Phrasing, roles_of

_KINDS = {"none": 21, "mixed": 14, "joined": 22, "one": 52}
_CALLS = {
    "recommend": 26,
    "record_preference": 25,
    "item_details": 13,
    "explain": 9,
    "search_catalog": 8,
    "forecast_interests": 6,
    "edit_timeline": 6,
    "compare": 6,
    "trending": 4,
    "show_timeline": 4,
}
"""How often messages are of each kind, and those of one call of each call."""

_JOINTS = (". ", ". ", "! ", "; ", ", ", ", and ", " - ", " and ", ". also ", ", also ", "\n", "... ")


class Choice:
    """Draws the phrasings of one message so that every call is met often."""

    def __init__(self, all_phrasings: Sequence[Phrasing]) -> None:
        """Draw from these."""
        self._none = [phrasing for phrasing in all_phrasings if not phrasing.calls]
        self._mixed = [phrasing for phrasing in all_phrasings if len(phrasing.calls) > 1]
        self._one: dict[str, list[Phrasing]] = {call: [] for call in _CALLS}
        for phrasing in all_phrasings:
            if len(phrasing.calls) == 1:
                self._one[phrasing.calls[0]].append(phrasing)

    def draw(self, rng: random.Random) -> list[Phrasing]:
        """One phrasing, or two or three of different calls; tastes come first more often than not."""
        kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        if kind == "none":
            return [rng.choice(self._none)]
        if kind == "mixed":
            return [rng.choice(self._mixed)]
        if kind == "one":
            return [rng.choice(self._one[_call(rng)])]
        calls: list[str] = []
        wanted = 3 if rng.random() < 0.25 else 2
        while len(calls) < wanted:
            call = _call(rng)
            if call not in calls or call == "record_preference":
                calls.append(call)
        if rng.random() < 0.7:
            calls.sort(key=lambda call: call != "record_preference")
        drawn = [rng.choice([each for each in self._one[call] if not each.alone]) for call in calls]
        return list(dict.fromkeys(drawn))


def _call(rng: random.Random) -> str:
    return rng.choices(list(_CALLS), list(_CALLS.values()))[0]


def filled(phrasing: Phrasing, names: CatalogueNames, rng: random.Random) -> list[Segment] | None:
    """One phrasing with its choices made and its slots filled; None where the catalogue has no name of a kind."""
    template = CHOICE.sub(lambda match: rng.choice(match[1].split("|")), phrasing.template)
    template = " ".join(template.split())
    segments: list[Segment] = []
    end = 0
    for slot in SLOT.finditer(template):
        before = template[end : slot.start()]
        said = slot["words"] or names.draw(slot["kind"] or slot["filler"], rng)
        if said is None:
            return None
        if said[:1].lower() in set("aeiou"):
            before = re.sub(r"\b([Aa]) $", r"\1n ", before)
        segments.append(Segment(before))
        segments.append(Segment(said, roles_of(slot) if slot["roles"] else None))
        end = slot.end()
    segments.append(Segment(template[end:]))
    return [segment for segment in segments if segment.text]


def joined(parts: Sequence[list[Segment]], rng: random.Random) -> list[Segment]:
    """Several filled phrasings as one message."""
    whole = list(parts[0])
    for following in parts[1:]:
        joint = rng.choice(_JOINTS)
        last, first = whole[-1], following[0]
        if not last.is_name:
            ended = last.text[-1:] in set("?!.")
            whole[-1] = Segment(last.text if ended and rng.random() < 0.7 else last.text.rstrip("?!."))
            joint = " " if whole[-1].text[-1:] in set("?!.") and whole[-1].text else joint
        if joint[0] in ".!\n" and not first.is_name and rng.random() < 0.5:
            following = [Segment(first.text[:1].upper() + first.text[1:]), *following[1:]]
        whole += [Segment(joint), *following]
    return whole
