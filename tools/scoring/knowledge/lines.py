"""Product lines: products whose names differ in nothing but colour, size, number or quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tools.scoring.knowledge.titles import Words, fold

MOST = 60
"""More products than this with the same words are a kind of product, not a line."""

VARIANTS = frozenset(
    # colours
    "amber aqua beige black blue bronze brown burgundy charcoal chocolate clear copper coral cream crimson dark gold"
    " golden green grey gray indigo ivory khaki lavender light lilac lime magenta maroon mauve midnight mint multi"
    " multicolour natural navy olive orange peach pale pink plum purple red rose ruby silver tan teal transparent"
    " turquoise violet white yellow"
    # sizes
    " big extra giant jumbo large lge long med medium mini short small sml tall tiny xl xs xxl"
    # quantities
    " assorted asstd bag box cl cm ct g gal gr inch kg l lb lt m ml mm of oz pack pair pc pcs pk pt qt s set single"
    " twin triple double".split()
)


def find_lines(titles: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Lines as (the words that their products share, positions); at least two words and two products."""
    groups: dict[Words, list[int]] = defaultdict(list)
    spelt: dict[Words, str] = {}
    for item, title in enumerate(titles):
        words = tuple(word for word in fold(title) if word not in VARIANTS and not word[0].isdigit())
        key = tuple(sorted(words))
        if len(set(key)) >= 2:
            groups[key].append(item)
            spelt.setdefault(key, " ".join(words))
    return tuple((spelt[key], tuple(items)) for key, items in groups.items() if 1 < len(items) <= MOST)
