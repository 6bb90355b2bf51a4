"""The wording of questions about interests over time, and which part of the forecast each asks for."""

from __future__ import annotations

import re

_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade)s?"

_NAMED = (
    r"(?:winter|spring|summer|autumn|fall|christmas|xmas|new year|easter|halloween|thanksgiving|january|february|march"
    r"|april|june|july|august|september|october|november|december)"
)

LATER = (
    rf"\b(?:next|soon|later|future|from now|ahead|tomorrow|(?:coming|following) {_UNIT}"
    rf"|(?:in|within|after) (?:about |around )?(?:half an? |an? |\w+ |an? (?:few|couple)(?: of)? ){_UNIT}"
    rf"|(?:this|by|come|around|until|at|in|over|before|for) (?:the )?{_NAMED})\b"
)
"""Words that speak of a time to come."""

THEN = rf"^\W*(?:(?:and|so|ok|then|but|what about|how about|for|in|on) )*(?:next (?:{_UNIT}|{_NAMED})|{LATER})\W*$"
"""A message that asks for the same at a time to come ("and next month?")."""

_I_WILL = (
    r"(?:(?:do|can|would) you (?:\w+ )?(?:think|reckon|guess|expect|suppose|say|see) )?(?:that )?"
    r"(?:(?:will|am|might|would|could|shall|may) (?:i|we)|(?:i|we)(?:'ll| will|'m| am|'d| might| would| may))"
)

_WANT = (
    r"(?:want(?:ing)?|watch(?:ing)?|fancy(?:ing)?|feel(?:ing)? like|crav(?:e|ing)|see(?:ing)?|need(?:ing)?|buy(?:ing)?"
    r"|order(?:ing)?|go(?:ing)? for)"
)

_LIKE = r"(?:like|liking|enjoy(?:ing)?|into|love|loving|prefer)"

_WHAT_WILL = (
    rf"\b(?:what|which)(?:'ll (?:i|we)|(?: \w+){{0,3}}? {_I_WILL}) (?:\w+ )?(?:be |get )?(?:going to )?(?:be )?"
)

_MY = r"\b(?:my|our) (?:\w+ )?(?:tastes?|interests?|preferences?|liking|appetite)"

_CHANGE = (
    r"(?:chang|drift|shift|mov|turn|evolv|develop|switch|stopp?|start|began|begin|los|tir|gone off|go off|went off"
    r"|grow|grew|cool|fall|fell|fad|ris|get|got|warm|leav|left)\w*"
)

_KIND = (
    r"(?:genres?|topics?|kinds?|sorts?|types?|departments?|categor(?:y|ies)|interests?|areas?|directions?|territory)"
)

_BROAD = (
    r"(?:adventurous|adventuresome|open[- ]minded|experimental|eclectic|picky|narrow(?:er)?|narrow[- ]minded"
    r"|broad(?:er)?|varied|diverse|curious|set in my ways|stuck)"
)

ADVENTUROUS = (
    rf"\b(?:am|have|was|did|do|are|is|has) (?:i|we|my tastes?|our tastes?)\b[^.!?,¤]{{0,30}}\b{_BROAD}\b"
    rf"|\bhow {_BROAD} (?:am|are|have|is|has|was) (?:i|we|my)\b"
)

DRIFT = (
    rf"\b(?:when|why|how come|how|since when|at what point)\b(?: exactly)? (?:did|have|has|do|am|was) "
    rf"(?:i|we|my \w+)\b(?: (?:ever|suddenly|first|really|last|so|much))* {_CHANGE}\b"
    r"(?! (?:this|that|these|those|it)\b)"
    r"|\bsince when (?:do|am|have|did) i\b"
    r"|\b(?:what (?:made|makes) you|why (?:do|did) you) (?:think|believe|say|assume|reckon|suppose) "
    r"(?:that )?i(?:'m| am)? (?:\w+ )?(?:like|love|into|enjoy|prefer|dislike|hate|want|fond|keen|off)\b"
    r"(?! (?:¤|it|that|this|these|those|them))"
    rf"|\b(?:has|have|did|is|are)(?:n't)? {_MY[2:]}\w*(?: \w+)? (?:chang|drift|shift|mov|evolv|grow|grew)\w*"
    r"|\bdo i (?:watch|like|enjoy|rate|buy|see) (?:more|less|fewer)\b"
    r"|\bam i (?:\w+ )?(?:more|less) (?:into|keen|fond|drawn|interested)\b"
    r"|\bhave i (?:\w+ )?(?:gone off|lost|grown tired|tired of|stopped|drifted|turned|moved|left)\b"
    r"|\b(?:why|how come)(?: (?:am|do|did|have|was))? i\b[^.!?¤]{0,40}\b(?:so (?:much|many|often)|less|more|now|lately"
    r"|these days)\b"
    r"|\bwhat(?:'s| has| have)? changed (?:in|about|with) my (?:tastes?|interests?|preferences?)\b"
    r"|\bwhat made me\b[^.!?¤]{0,40}\b(?:drift|turn|change|stop|switch|go off|get into|leave)\b"
)

RETURN = (
    r"\b(?:will|would|might|may|am|when will|when might|when am|do you think|do you reckon|is it likely)(?: that)? "
    r"i(?:'ll| will| might)?\b[^.!?¤]{0,40}\b(?:back (?:to|into|on)|return(?:ing)? to|again)\b"
    r"|\b(?:will i|am i going to|do you think i'll|will we) (?:still|keep|continue|stay|ever)\b(?! [^.!?]{0,30}¤)"
    r"|\bhow likely (?:is it (?:that )?|am )i\b(?![^.!?]{0,30}¤)"
)

ADOPTION = (
    rf"\b(?:what|which|any|is there an?|are there(?: any)?|name an?|suggest an?|recommend an?)\b[^.!?¤]{{0,12}}"
    rf"\b(?:new|next|fresh|unfamiliar|different) {_KIND}\b(?! (?:film|movie|thing)s?)"
    rf"|\b(?:what|which) {_KIND}\b[^.!?¤]{{0,20}}\b(?:might|will|could|would|am|should|shall)\b[^.!?¤]{{0,20}}"
    r"\b(?:try|trying|get into|take up|pick up|discover|explore|start)\b"
    rf"|\b{_KIND}(?: of \w+)? (?:that )?i(?:'ve| have)? ?(?:haven't|have not|never|not|didn't)(?: \w+)? "
    r"(?:tried|touched|watched|seen|explored|try)\b"
    r"|\bwhat (?:might|will|could|would) i (?:try|discover|branch out)\b[^.!?¤]{0,20}\b(?:next|new)\b"
)

_MOVING = (
    r"\b(?:where|which way|how)(?:'s| is| are| do you (?:see|think))? (?:my|our) (?:taste|tastes|interests?"
    r"|preferences?)s?(?: (?:is|are))? (?:heading|going|moving|headed|drifting|developing|evolving|changing|shifting)"
    r"|\b(?:forecast|predict|prediction|foresee|outlook)\b"
    r"|\b(?:my|our) (?:taste|tastes|interests?) (?:(?:next|in the next|over the next|in) |in the future|heading|going"
    r"|soon)"
    r"|\b(?:am i|are my (?:tastes|interests)|is my taste) (?:getting|becoming|drifting|changing|heading|moving|shifting"
    r"|going|turning|losing|growing)(?: (?:more|less|off|tired|bored|away|into))?"
    r"|\bhow (?:will|might|would|is|are|has|have|did) my (?:tastes?|interests?|preferences?) (?:change|evolve|develop"
    r"|shift|look|be|drift|changing|changed|evolved)"
    rf"|\bwill {_MY[2:]}|\bwhat will {_MY[2:]}|\bwhat(?:'?s| is|'re| are) {_MY[2:]} (?:gonna|going to)\b"
    r"|\b(?:what|which)\b[^.!?]{0,20}\b(?:rising|fading|growing|falling|dropping|cooling)\b[^.!?]{0,20}\bmy "
    r"(?:\w+ )?(?:tastes?|interests?)"
    r"|\bwhich (?:of )?my (?:tastes?|interests?|topics?|genres?)\b"
    r"|\bwhat am i (?:losing interest in|going off|getting (?:tired|bored) of|drifting (?:to|away)"
    r"|getting into|into these)"
    r"|\bhow (?:sure|certain|confident|reliable)\b[^.!?]{0,30}\b(?:my (?:tastes?|interests?)|about me)\b"
)

FORECAST = "|".join(
    (
        rf"{_WHAT_WILL}(?:{_WANT}|{_LIKE})\b(?=.*{LATER})",
        rf"{LATER}[^.!?]{{0,12}}{_WHAT_WILL}(?:{_WANT}|{_LIKE})\b",
        rf"\b(?:will|might|am) (?:i|we) (?:\w+ )?(?:be |going to )?(?:{_WANT}|{_LIKE})\b"
        rf"(?! (?:¤|it|that|this|them|these))(?=.*{LATER})",
        _MOVING,
        ADVENTUROUS,
        DRIFT,
        RETURN,
        ADOPTION,
    )
)
"""The wording of a question about interests over time, over lower-case text with names masked by ``¤``."""

OUTLOOK_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        ("items", rf"{_WHAT_WILL}{_WANT}\b"),
        ("adventurousness", ADVENTUROUS),
        ("drift", DRIFT),
        ("return", RETURN),
        ("adoption", ADOPTION),
        ("movement", r"\b(?:rising|fading|growing|falling|dropping|cooling|losing interest|going off|getting into)\b"),
    )
)
"""What of the forecast a question asks for; "items" when it asks for things rather than for interests."""
