"""Nouns of genres, with their plurals and usual misspellings."""

from __future__ import annotations

from agent.lexicon.languages import GENRES
from agent.lexicon.phrases import phrases

GENRE_NOUNS: dict[str, tuple[str, ...]] = {
    phrase: genres
    for words, genres in (
        ("drama, dramas", ("Drama",)),
        ("comedy, comedies, comedys, comedie", ("Comedy",)),
        ("romance, romances, love story, love stories, chick flick, chick flicks", ("Romance",)),
        (
            "romcom, romcoms, rom com, rom coms, rom-com, rom-coms, romantic comedy, romantic comedies",
            ("Comedy", "Romance"),
        ),
        ("dramedy, dramedies, comedy drama, comedy dramas", ("Comedy", "Drama")),
        ("action", ("Action",)),
        ("crime", ("Crime",)),
        ("thriller, thrillers, triller, trillers", ("Thriller",)),
        ("horror, horrors, horor, slasher, slashers, slasher flick", ("Horror",)),
        ("documentary, documentaries, documentry, docu, docs", ("Documentary",)),
        ("sci-fi, scifi, sci fi, science fiction, sf, syfy", ("Sci-Fi",)),
        ("fantasy, fantasies", ("Fantasy",)),
        ("adventure, adventures", ("Adventure",)),
        ("musical, musicals", ("Musical",)),
        ("biography, biographies, biopic, biopics, biographical", ("Biography",)),
        ("mystery, mysteries, whodunit, whodunits, whodunnit, whodunnits, detective story", ("Mystery",)),
        ("war", ("War",)),
        ("family", ("Family",)),
        ("animation, animations, animated, cartoon, cartoons, anime", ("Animation",)),
        ("western, westerns", ("Western",)),
        ("sport, sports", ("Sport",)),
        ("history, historical", ("History",)),
        ("music", ("Music",)),
        *GENRES,
    )
    for phrase in phrases(words)
}
"""Names of genres; as an object of a request they are limits."""
