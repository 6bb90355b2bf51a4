"""Ways of saying things, written by hand with the part that each name plays: the files of ``phrasings/``.

``[record_preference, recommend]`` heads the phrasings that ask for these calls ("-" for none, "; alone" for those that
are never joined with others). In a phrasing, ``{likes:title}`` is a name of a kind and its role, ``{like=it}`` fixed
words that are a name, ``{likes+like:title}`` a name of two roles, ``{-:title}`` one of none, ``{kin}`` other words of a
kind, and ``<a|b>`` a choice of words.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from agent.understanding.proposals import NO_CALL, SLOTS
from core.errors import InputError

Part = Literal["train", "validation"]

ROLES: Mapping[str, tuple[str, str]] = {
    **{slot: (tool, slot) for tool in ("record_preference", "recommend") for slot in SLOTS[tool]},
    "forget": ("edit_timeline", "names"),
    "search": ("search_catalog", "names"),
    "about": ("item_details", "names"),
    "why": ("explain", "names"),
    "versus": ("compare", "names"),
    "heads": ("forecast_interests", "names"),
}
"""What a role is called in a phrasing, to the tool and its list that names of this role belong to."""

CATALOGUE_KINDS = frozenset({"title", "person", "theme"})
"""Kinds of names that come from a catalogue; all others stand in ``phrasings/words.txt``."""

CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")
SLOT = re.compile(r"\{(?:(?P<roles>-|\w+(?:\+\w+)*)(?::(?P<kind>\w+)|=(?P<words>[^{}]+))|(?P<filler>\w+))\}")

_NO_ROLE = "-"
_VALIDATION_PARTS = 12


@dataclass(frozen=True)
class Phrasing:
    """One way of saying something.

    Attributes:
        source: the file that it stands in, without ending.
        calls: tools in the order in which they are asked for; empty where none is.
        alone: never joined with other phrasings.
    """

    source: str
    template: str
    calls: tuple[str, ...]
    alone: bool

    @property
    def id(self) -> str:
        """The source and a checksum of the words."""
        return f"{self.source}-{self._checksum:08x}"

    @property
    def part(self) -> Part:
        """One phrasing in twelve, by its checksum, is for validation alone."""
        return "validation" if self._checksum % _VALIDATION_PARTS == 0 else "train"

    @property
    def points(self) -> bool:
        """Whether it points at items shown before ("the second one")."""
        slots = list(SLOT.finditer(self.template))
        return any(slot["words"] or slot["kind"] in {"ref", "refs"} for slot in slots)

    @property
    def _checksum(self) -> int:
        return zlib.crc32(self.template.encode())


def parse_words(text: str) -> dict[str, tuple[str, ...]]:
    """Words by kind from lines ``kind: words, words``; ``#`` begins a comment line.

    Raises:
        InputError: a line is none of these.
    """
    words: dict[str, tuple[str, ...]] = {}
    for number, line in _lines(text):
        kind, colon, listed = line.partition(":")
        values = tuple(word.strip() for word in listed.split(",") if word.strip())
        if not colon or not values or kind in words:
            raise InputError(f"words.txt, line {number}: {line!r} gives no new kind.", "Write `kind: words, words`.")
        words[kind] = values
    return words


def parse_phrasings(text: str, source: str, kinds: Iterable[str]) -> list[Phrasing]:
    """The phrasings of one file.

    Args:
        kinds: the kinds of words that there are, beside those of a catalogue.

    Raises:
        InputError: an unknown call, role or kind, a role of a call that the heading does not name, a phrasing before
            any heading, or one that stands there twice.
    """
    known = CATALOGUE_KINDS | set(kinds)
    found: dict[str, Phrasing] = {}
    heading: tuple[tuple[str, ...], bool] | None = None
    for number, line in _lines(text):
        place = f"{source}.txt, line {number}"
        if line.startswith("["):
            heading = _heading(line, place)
            continue
        if heading is None:
            raise InputError(f"{place}: {line!r} stands before any heading.", "Begin with one such as [recommend].")
        if line in found:
            raise InputError(f"{place}: {line!r} stands there twice.", "Take one out.")
        _check(line, heading[0], known, place)
        found[line] = Phrasing(source, line, *heading)
    return list(found.values())


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """What slots are filled with, by kind. Raises as `parse_words` does."""
    return parse_words(_read("words"))


@cache
def phrasings() -> tuple[Phrasing, ...]:
    """All phrasings. Raises as `parse_phrasings` does."""
    folder = resources.files("agent.tuning") / "phrasings"
    sources = sorted(file.name.removesuffix(".txt") for file in folder.iterdir() if file.name.endswith(".txt"))
    return tuple(
        phrasing
        for source in sources
        if source != "words"
        for phrasing in parse_phrasings(_read(source), source, words())
    )


def _read(source: str) -> str:
    return (resources.files("agent.tuning") / "phrasings" / f"{source}.txt").read_text(encoding="utf-8")


def _lines(text: str) -> list[tuple[int, str]]:
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _heading(line: str, place: str) -> tuple[tuple[str, ...], bool]:
    named, _, flag = line.strip("[]").partition(";")
    calls = tuple(call.strip() for call in named.split(",") if call.strip() != NO_CALL)
    for call in calls:
        if call not in SLOTS:
            raise InputError(f"{place}: there is no call {call!r}.", f"Use one of {', '.join(SLOTS)}.")
    if flag.strip() not in {"", "alone"}:
        raise InputError(f"{place}: {flag.strip()!r} says nothing after a heading.", "Write `; alone` or nothing.")
    return calls, bool(flag)


def _check(line: str, calls: tuple[str, ...], kinds: frozenset[str], place: str) -> None:
    for slot in SLOT.finditer(line):
        kind = slot["kind"] or slot["filler"]
        if kind and kind not in kinds:
            raise InputError(f"{place}: there is no kind {kind!r}.", f"Use one of {', '.join(sorted(kinds))}.")
        for role in roles_of(slot):
            if role not in ROLES:
                raise InputError(f"{place}: there is no role {role!r}.", f"Use one of {', '.join(ROLES)}.")
            if ROLES[role][0] not in calls:
                raise InputError(f"{place}: {role!r} belongs to {ROLES[role][0]}.", "Name that call in the heading.")
    left = SLOT.sub("", line)
    if "{" in left or "}" in left:
        raise InputError(
            f"{place}: {line!r} has a slot that cannot be read.", "Write {role:kind}, {role=words}, {kind}."
        )


def roles_of(slot: re.Match[str]) -> tuple[str, ...]:
    """The roles of a slot that `SLOT` matched."""
    return tuple(role for role in (slot["roles"] or _NO_ROLE).split("+") if role != _NO_ROLE)
