"""Words that are hardly ever names."""

from __future__ import annotations

import re

from agent.lexicon import GENRE_NOUNS, MOODS, NATIONS

POINTERS = frozenset(
    re.findall(
        r"\S+",
        """
it this that these those they he she her him them you we us me i what who which there here nothing something
anything one all both more some no not yes never now then so too
""",
    )
)

TASTE_TOKENS = frozenset(
    token for phrase in (*GENRE_NOUNS, *MOODS, *NATIONS) for token in re.findall(r"[a-z0-9]+", phrase)
)

NOT_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
accident myself yourself everyone someone friends people another anything something nothing critics watching films
movies subtitles everything today lots plenty tonight much twists endings ending either those these heart songs
music humour jokes both being most those subtitles romance animals families actors
""",
    )
)
