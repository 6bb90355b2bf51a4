"""What people call the values of a catalogue's facets, beside the values themselves.

Keyed by the value, case-folded; a value that a catalogue does not have is simply never looked up. Plurals in -s and
-es are understood without being listed.
"""

from __future__ import annotations

from collections.abc import Mapping

from tools.retrieval.text import word_set

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "action": ("action packed",),
    "animation": ("animated", "cartoon", "anime"),
    "biography": ("biographical", "biopic", "biographies", "bio pic"),
    "comedy": ("comedies", "comedic", "rom com:com", "romcom:com", "dramedy:ed"),
    "documentary": ("documentaries", "docu", "docs"),
    "drama": ("dramatic", "dramedy:dram"),
    "family": (
        *("kids film", "kids movie", "kid friendly", "family friendly", "childrens film", "childrens movie"),
        *("for kids", "for the kids", "for my kids", "for our kids", "for children", "for the family"),
        *("with kids", "with the kids", "with my kids", "with our kids", "with small kids", "with young kids"),
        *("with children", "with the children", "with small children", "with young children", "with the family"),
    ),
    "fantasy": ("fantasies", "fantastical"),
    "history": ("historical", "period piece", "costume drama"),
    "horror": ("slasher",),
    "music": ("musical documentary",),
    "musical": (),
    "mystery": ("mysteries", "whodunit", "whodunnit"),
    "romance": ("romantic", "love story", "love stories", "rom com:rom", "romcom:rom"),
    "sci-fi": ("sci fi", "scifi", "science fiction", "sf"),
    "short": ("short film",),
    "sport": ("sports",),
    "thriller": ("thriller",),
    "war": (),
    "western": (),
    "chinese": ("mandarin chinese",),
    "persian": ("farsi", "iranian"),
    "bangla": ("bengali",),
    "modern greek": ("greek",),
    "united states": ("usa", "u.s.", "u.s.a.", "america", "american", "hollywood", "the states"),
    "united kingdom": ("uk", "u.k.", "britain", "great britain", "british", "england"),
    "australia": ("australian", "aussie"),
    "canada": ("canadian",),
    "ireland": ("irish",),
    "scotland": ("scottish",),
    "mexico": ("mexican",),
    "argentina": ("argentinian", "argentine"),
    "brazil": ("brazilian",),
    "india": ("indian", "bollywood"),
    "austria": ("austrian",),
    "belgium": ("belgian",),
    "switzerland": ("swiss",),
    "iran": ("iranian",),
    "israel": ("israeli",),
    "new zealand": ("kiwi",),
    "hong kong": (),
    "south korea": ("south korean", "korea"),
    "taiwan": ("taiwanese",),
    "egypt": ("egyptian",),
    "chile": ("chilean",),
    "cuba": ("cuban",),
    "colombia": ("colombian",),
    "south africa": ("south african",),
    "soviet union": ("soviet", "ussr"),
    "germany": (),
    "france": (),
}

NEEDS_CAPITAL = frozenset({"polish", "turkey", "chad", "jordan", "georgia", "us", "china", "sf"})
"""Names that in lower case are ordinary words or somebody else."""

NEEDS_NOUN = frozenset({"war", "family", "history", "music", "sport", "short", "adult", "news", "docs", "american"})
"""Values that are ordinary words too: they count beside a word for the thing itself ("war films")."""

PEOPLE = ("director", "actor", "writer", "author", "artist", "composer", "producer")
"""Facets whose values are people, the most characteristic first."""

PLACES = frozenset({"language", "country"})
CODES = frozenset({"certificate"})
"""Facets of short codes, read only as they are written ("PG-13", "rated R")."""

KIND_NOUNS = word_set(
    "film films movie movies flick flicks cinema picture pictures story stories epic epics drama dramas comedy "
    "comedies thriller thrillers documentary documentaries title titles one ones show shows genre biopic biopics "
    "romance adventure adventures mystery mysteries westerns musicals noir"
)
"""Words for the thing that a facet value describes."""
