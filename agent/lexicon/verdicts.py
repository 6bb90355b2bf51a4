"""Adjectives of approval and disapproval, with their strength."""

from __future__ import annotations

from agent.lexicon.phrases import phrases

PRAISE: dict[str, float] = {
    word: value
    for words, value in (
        (
            "masterpiece, greatest, perfect, brilliant, amazing, incredible, awesome, fantastic, phenomenal, "
            "stunning, "
            "outstanding, superb, "
            "excellent, wonderful, flawless, magnificent, unforgettable, extraordinary, sublime, exquisite, "
            "astonishing",
            1.0,
        ),
        ("great, terrific, lovely, fab, fabulous, spectacular, gorgeous, beautiful, captivating, riveting", 0.8),
        (
            "good, better, cool, enjoyable, nice, entertaining, solid, fun, underrated, impressive, compelling, "
            "pleasant",
            0.6,
        ),
        ("ok, okay, fine, alright, decent, watchable, not bad, passable", 0.2),
    )
    for word in phrases(words)
}
"""Adjectives of approval and their strength in (0, 1]."""

TELLING: dict[str, float] = dict.fromkeys(
    phrases(
        "funny, hilarious, cute, adorable, touching, moving, gripping, thrilling, legendary, interesting, charming, "
        "heartwarming, inspiring, clever, sweet, a classic, classic, well done, unique"
    ),
    0.5,
)
"""Words that praise where they are said of a title ("it was hilarious"), and elsewhere only describe."""

BLAME: dict[str, float] = {
    word: value
    for words, value in (
        (
            "awful, terrible, horrible, atrocious, dreadful, unwatchable, garbage, trash, rubbish, crap, "
            "abysmal, dire, the worst, "
            "worst, appalling, a disaster, torture, painful, insufferable",
            -1.0,
        ),
        (
            "bad, boring, dull, tedious, stupid, lame, annoying, a waste of time, a mess, tiresome, poor, weak, dumb",
            -0.7,
        ),
        (
            "overrated, disappointing, a disappointment, a let-down, a let down, a letdown, a bit much, meh, so-so, "
            "mediocre, "
            "forgettable, bland, too long, "
            "too slow, overlong, predictable, underwhelming, not great, nothing special, pretentious",
            -0.5,
        ),
    )
    for word in phrases(words)
}
"""Adjectives of disapproval and their strength in [-1, 0)."""
