"""The words of the pages, one file a language, and how a page asks for them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh")
"""Languages of the pages, the fallback first; each has its file beside this one, with a section per part of a page."""

_HERE = Path(__file__).parent


def language_of(wish: object) -> str:
    """The language of the pages nearest to a browser's wish ("zh-Hans-CN", "en-GB")."""
    tag = str(wish or "").casefold().replace("_", "-").split("-")[0]
    return tag if tag in LANGUAGES else LANGUAGES[0]


def text(language: str, key: str, /, **values: Any) -> str:
    """The words of ``section.name`` in a language, its ``{placeholders}`` filled.

    Where there are two forms, ``name_one`` and ``name_many``, the value ``n`` chooses.

    Raises:
        KeyError: no such words, or a placeholder without its value.
    """
    words = _words(language)
    if key not in words:
        one = f"{key}_one"
        key = one if values.get("n") == 1 and one in words else f"{key}_many"
    return words[key].format(**values)


def has(key: str) -> bool:
    """Whether there are words of this name, in any number."""
    return not {key, f"{key}_one", f"{key}_many"}.isdisjoint(_words(LANGUAGES[0]))


@cache
def _words(language: str) -> dict[str, str]:
    with (_HERE / f"{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    return {f"{section}.{name}": words for section, entries in sections.items() for name, words in entries.items()}
