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
    (
        "abenteuerfilm, abenteuerfilme, film d'aventure, film di avventura, film d'avventura, "
        "d'avventura, d'aventure, película de aventuras, de aventuras",
        ("Adventure",),
    ),
    ("zeichentrickfilm, zeichentrickfilme, dessin animé, dessins animés, película de animación", ("Animation",)),
    ("film d'action, films d'action, actionfilm, actionfilme, película de acción, film d'azione", ("Action",)),
    ("comédie musicale, comédies musicales, comedia musical, commedia musicale", ("Musical",)),
    ("fantastique, fantasyfilm, fantasyfilme, fantástica, fantasía", ("Fantasy",)),
    ("film historique, films historiques, historienfilm, película histórica, film storico", ("History",)),
    ("familienfilm, familienfilme, película familiar, film familial", ("Family",)),
    ("kriegsfilm, kriegsfilme, film de guerre, films de guerre, film di guerra, película de guerra", ("War",)),
)
"""Names of genres."""

MOODS: tuple[tuple[str, str], ...] = (
    (
        "drôle, drôles, marrant, marrante, rigolo, amusant, amusante, lustig, lustiges, lustigen, witzig, witziges, "
        "lustiger, lustigeres, witziger, komisch, divertente, divertenti, spassoso, divertido, divertida, gracioso, "
        "graciosa, zum lachen, pour rire, da ridere, para reír",
        "funny",
    ),
    (
        "effrayant, effrayante, flippant, qui fait peur, gruselig, gruseliges, gruseliger, unheimlich, spaventoso, "
        "pauroso, che faccia paura, aterrador, que dé miedo, de miedo",
        "scary",
    ),
    (
        "palpitant, haletant, spannend, spannendes, spannenden, spannende, spannender, packend, avvincente, "
        "emozionante, emocionante, de suspense, de suspenso",
        "suspenseful",
    ),
    ("romantique, romantiques, romantisch, romantisches, romantischen, romantico, romántica, romántico", "romantic"),
    ("triste, tristes, traurig, trauriges, tristi, émouvant, émouvante, berührend, commovente, conmovedor", "sad"),
    ("léger, légère, leichtes, leggero, ligero, ligera, bonne humeur, gute laune", "light-hearted"),
    (
        "pour les enfants, pour enfants, en famille, für kinder, für die ganze familie, per bambini, "
        "per tutta la famiglia, para niños, para toda la familia",
        "for kids",
    ),
    ("intelligent, intelligente, intelligentes, inteligente, clevere, cleveren", "smart"),
    ("étrange, bizarres, seltsam, seltsames, schräg, strano, strani, raro, rara", "strange"),
)
"""Soft words of taste, each with the English one that it means."""

STRANGERS = frozenset(
    """
aber algo alla alle anche aussi avec aux avoir bien buscar busco cerco che cherche cosa dans das del dem
der des deux dime ein eine einem einen einer eines ella elle ein einen el en es est et etwas faut für gerne
guten habe haben ich ils jamais je kann kein los les mais mehr mein meine mi mich mir mit moi mon nach nicht nichts
non nous nur oder ou para pas peli película pero por pour prima qualcosa que qui quelque quiero recomienda
schon sehr sie sind sont sono sono suis sur très über un una une und uno unos vorrei voudrais vous wie wir y zu
""".split()
)
"""Frequent words of those languages. Few are English words too; two of them make a sentence a foreign one."""
