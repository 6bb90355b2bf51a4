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
        ("irish", "country:Ireland|language:Irish"),
        ("indian", "country:India"),
        ("bollywood", "country:India"),
        ("pakistani", "country:Pakistan"),
        ("mexican", "country:Mexico"),
        ("brazilian", "country:Brazil"),
        ("argentinian", "country:Argentina"),
        ("argentine", "country:Argentina"),
        ("chilean", "country:Chile"),
        ("colombian", "country:Colombia"),
        ("peruvian", "country:Peru"),
        ("cuban", "country:Cuba"),
        ("venezuelan", "country:Venezuela"),
        ("iranian", "country:Iran|language:Persian"),
        ("israeli", "country:Israel"),
        ("palestinian", "country:Palestine"),
        ("lebanese", "country:Lebanon"),
        ("egyptian", "country:Egypt"),
        ("moroccan", "country:Morocco"),
        ("algerian", "country:Algeria"),
        ("tunisian", "country:Tunisia"),
        ("south african", "country:South Africa"),
        ("nigerian", "country:Nigeria"),
        ("senegalese", "country:Senegal"),
        (
            "chinese",
            "country:China|country:People's Republic of China|country:Hong Kong|country:Taiwan|"
            "language:Chinese|language:Mandarin|language:Cantonese",
        ),
        ("china", "country:China|country:People's Republic of China"),
        ("taiwanese", "country:Taiwan"),
        ("korean", "country:South Korea|language:Korean"),
        ("south korean", "country:South Korea|language:Korean"),
        ("korea", "country:South Korea"),
        ("japanese", "country:Japan|language:Japanese"),
        ("thai", "country:Thailand|language:Thai"),
        ("vietnamese", "country:Vietnam|language:Vietnamese"),
        ("indonesian", "country:Indonesia|language:Indonesian"),
        ("filipino", "country:Philippines|language:Filipino|language:Tagalog"),
        ("belgian", "country:Belgium"),
        ("swiss", "country:Switzerland"),
        ("austrian", "country:Austria"),
        ("french", "country:France|language:French"),
        ("spanish", "country:Spain|language:Spanish"),
        ("german", "country:Germany|country:West Germany|language:German"),
        ("italian", "country:Italy|language:Italian"),
        ("portuguese", "country:Portugal|language:Portuguese"),
        ("dutch", "country:Netherlands|language:Dutch"),
        ("russian", "country:Russia|country:Soviet Union|language:Russian"),
        ("soviet", "country:Soviet Union"),
        ("ukrainian", "country:Ukraine|language:Ukrainian"),
        ("swedish", "country:Sweden|language:Swedish"),
        ("danish", "country:Denmark|language:Danish"),
        ("norwegian", "country:Norway|language:Norwegian"),
        ("finnish", "country:Finland|language:Finnish"),
        ("icelandic", "country:Iceland|language:Icelandic"),
        ("scandinavian", "country:Sweden|country:Denmark|country:Norway"),
        ("nordic", "country:Sweden|country:Denmark|country:Norway|country:Finland|country:Iceland"),
        ("polish", "country:Poland|language:Polish"),
        ("czech", "country:Czech Republic|country:Czechoslovakia|language:Czech"),
        ("hungarian", "country:Hungary|language:Hungarian"),
        ("romanian", "country:Romania|language:Romanian"),
        ("bulgarian", "country:Bulgaria|language:Bulgarian"),
        ("serbian", "country:Serbia|language:Serbian"),
        ("greek", "country:Greece|language:Greek|language:Modern Greek"),
        ("turkish", "country:Turkey|language:Turkish"),
        ("english", "language:English"),
        ("hindi", "language:Hindi"),
        ("persian", "language:Persian"),
        ("arabic", "language:Arabic"),
        ("hebrew", "language:Hebrew"),
        ("cantonese", "language:Cantonese"),
        ("mandarin", "language:Mandarin"),
    )
}
"""Adjectives and short names of nations, to what films carry for them: where they were made, and what is spoken there.

"English" is a language alone: it is spoken in films of everywhere, and of the country one says "British".
"""

FOREIGN = re.compile(r"\b(?:foreign(?:[- ]language)?|subtitled|with subtitles|world cinema)\b")
"""Words that mean any language but English."""
