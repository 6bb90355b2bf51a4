"""Adjectives and short names of nations and languages."""

from __future__ import annotations

import re

NATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    word: tuple((part.split(":")[0], part.split(":")[1]) for part in target.split("|"))
    for word, target in (
        ("american", "country:United States"),
        ("hollywood", "country:United States"),
        ("usa", "country:United States"),
        ("america", "country:United States"),
        ("the states", "country:United States"),
        ("british", "country:United Kingdom"),
        ("britain", "country:United Kingdom"),
        ("england", "country:United Kingdom"),
        ("uk", "country:United Kingdom"),
        ("australian", "country:Australia"),
        ("canadian", "country:Canada"),
        ("irish", "country:Ireland"),
        ("indian", "country:India"),
        ("bollywood", "country:India"),
        ("mexican", "country:Mexico"),
        ("brazilian", "country:Brazil"),
        ("argentinian", "country:Argentina"),
        ("argentine", "country:Argentina"),
        ("iranian", "country:Iran"),
        ("chinese", "country:People's Republic of China|country:Hong Kong|country:Taiwan"),
        ("china", "country:People's Republic of China"),
        ("korea", "country:South Korea"),
        ("belgian", "country:Belgium"),
        ("swiss", "country:Switzerland"),
        ("austrian", "country:Austria"),
        ("israeli", "country:Israel"),
        ("scandinavian", "country:Sweden|country:Denmark|country:Norway"),
        ("nordic", "country:Sweden|country:Denmark|country:Norway|country:Finland|country:Iceland"),
        ("english", "language:English"),
        ("english-language", "language:English"),
        ("french", "language:French"),
        ("spanish", "language:Spanish"),
        ("german", "language:German"),
        ("italian", "language:Italian"),
        ("japanese", "language:Japanese"),
        ("korean", "language:Korean"),
        ("hindi", "language:Hindi"),
        ("russian", "language:Russian"),
        ("swedish", "language:Swedish"),
        ("danish", "language:Danish"),
        ("norwegian", "language:Norwegian"),
        ("finnish", "language:Finnish"),
        ("icelandic", "language:Icelandic"),
        ("polish", "language:Polish"),
        ("portuguese", "language:Portuguese"),
        ("dutch", "language:Dutch"),
        ("turkish", "language:Turkish"),
        ("persian", "language:Persian"),
        ("arabic", "language:Arabic"),
        ("hebrew", "language:Hebrew"),
        ("thai", "language:Thai"),
        ("cantonese", "language:Cantonese"),
        ("mandarin", "language:Mandarin"),
        ("greek", "language:Greek|language:Modern Greek"),
        ("czech", "language:Czech"),
        ("hungarian", "language:Hungarian"),
        ("romanian", "language:Romanian"),
    )
}
"""Adjectives and short names of nations, to the facet that films carry for them."""

FOREIGN = re.compile(r"\b(?:foreign(?:[- ]language)?|subtitled|with subtitles|world cinema)\b")
"""Words that mean any language but English."""
