"""The most common words of taste and of asking in French, German, Italian and Spanish; messages are read in English."""

from __future__ import annotations

LIKING = (
    r"j'(?:aime|adore|aimais|ai (?:bien |beaucoup |vraiment )?(?:aimé|adoré))|ich (?:liebe|mag|mochte|liebte)"
    r"|mi (?:piace|piacciono|è piaciut[oa])|(?:ho )?adorat?o|me (?:gustan?|gustó|gustaron|encantan?|encantó|encantaron)"
)

DISLIKING = (
    r"je (?:n'aime pas|n'ai pas aimé|déteste)|j'ai détesté|ich (?:hasse|hasste)|ich (?:mag|mochte) (?:keine?n?|nicht)"
    r"|non mi (?:piace|piacciono|è piaciut[oa])|no me (?:gustan?|gustó|gustaron)|odi[oaé]|detesto"
)

REFUSING = (
    r"(?:surtout )?(?:pas|rien) (?:de|d')|sans|nichts (?:mit|von|aus)|ohne|(?:bitte |nur )?kein(?:e[nmrs]?)?"
    r"|niente|senza|nada(?: de(?= ¤))?|sin(?= ¤)"
)
"""Before what is not wanted. What is also an English word or none of these ("sin", "pas mal") needs what follows."""

ASKING = (
    r"je (?:cherche|voudrais|veux)|recommand(?:e|ez)[- ]moi|conseille[sz]?[- ]moi|s'il (?:vous|te) plaît"
    r"|empfiehl mir|ich (?:suche|möchte)|bitte|consigliami|(?:sto )?cerc(?:o|ando)|per favore|vorrei"
    r"|recomi[eé]ndame|busco|quiero|por favor"
)

AFTER = r"après|nach|dopo(?: il)?|después de"

BEFORE = r"avant|vor|prima del|antes de"

GENRES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("comédie, comédies, komödie, komödien, commedia, commedie, comedia, comedias", ("Comedy",)),
    (
        "comédie romantique, comédies romantiques, romantische komödie, commedia romantica, comedia romántica",
        ("Comedy", "Romance"),
    ),
    ("drame, drames, dramen, drammi, dramma", ("Drama",)),
    (
        "romance, romances, romanze, romanzen, liebesfilm, liebesfilme, histoire d'amour, storia d'amore, "
        "historia de amor",
        ("Romance",),
    ),
    (
        "horrorfilm, horrorfilme, horreur, épouvante, de terror, orrore, film d'horreur, films d'horreur, "
        "película de terror, películas de terror",
        ("Horror",),
    ),
    ("krimi, krimis, film policier, films policiers, film poliziesco, película policíaca", ("Crime",)),
    (
        "documentales, documentaire, documentaires, dokumentarfilm, dokumentarfilme, documentari, documental",
        ("Documentary",),
    ),
    ("fantascienza, ciencia ficción", ("Sci-Fi",)),
    ("abenteuerfilm, abenteuerfilme, film d'aventure, film di avventura, película de aventuras", ("Adventure",)),
    ("zeichentrickfilm, zeichentrickfilme, dessin animé, dessins animés, película de animación", ("Animation",)),
    ("kriegsfilm, kriegsfilme, film de guerre, films de guerre, film di guerra, película de guerra", ("War",)),
)
"""Names of genres."""
