"""Whether a word like "Korean" names where a film was made or what is spoken in it."""

from __future__ import annotations

import re

from agent.lexicon import NATIONS, alternatives

_WORD = rf"(?:{alternatives(NATIONS)})"
_JOINED = r"(?:,? (?:and|or) |, ?| ?/ ?|- (?:and|or) )"

_SPOKEN_BEFORE = re.compile(
    r"\b(?:(?P<in>in)|into|speak(?:s|ing)?|spoken|understands?|learn(?:s|ing|ed|t)?|stud(?:y|ies|ying)"
    r"|practi[sc](?:e|es|ing)|improv(?:e|es|ing)|brush up(?: on)?|languages?(?: is| are)?:?)"
    rf" (?:(?:my|our|his|her|their|some|original) )?(?:{_WORD}{_JOINED})*$"
)

_SPOKEN_AFTER = re.compile(
    rf"(?:{_JOINED}{_WORD})*[\s-]+(?:languages?|speak(?:ing|ers?)|spoken|dialogues?|audio|subtitles?|subs|subtitled"
    r"|dub(?:s|bed|bing)?|versions?|lessons?)\b"
)


def spoken(masked: str, start: int, end: int, described: re.Pattern[str]) -> bool:
    """Whether the word at [start, end) names a language by the words around it: "in Korean", "Korean-language".

    Without such words it is an adjective of a nation ("Korean films", "something French").

    Args:
        masked: the message in lower case.
        described: what a film is called right after an adjective; "in French cinema" is about the country.
    """
    if _SPOKEN_AFTER.match(masked, end):
        return True
    cue = _SPOKEN_BEFORE.search(masked[:start])
    return cue is not None and not (cue["in"] and described.match(masked, end))
