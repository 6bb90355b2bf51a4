"""Which part each name plays in a message: liked, disliked, seen, faded, wanted, ruled out, like this, or asked about.

A left-to-right pass over cues (verbs, negations, subjects) and names keeps one current role; the scope of a negation
ends at a comma or "but" unless a list goes on. Text is lower case with catalogue titles masked by ``¤``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from agent.lexicon import BLAME, PRAISE, Mood, alternatives
from agent.questions import Question


class Role(StrEnum):
    """The part that a name plays."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    UNSEEN = "unseen"
    BOUGHT = "bought"
    FADED = "faded"
    WANT = "want"
    REQUIRE = "require"
    SIMILAR = "similar"
    EXCLUDE = "exclude"
    ALLOW = "allow"
    FORGET = "forget"
    SUBJECT = "subject"


@dataclass
class Entity:
    """A name, a mood or a reference in the text; ``role`` and ``value`` are what the pass decides."""

    start: int
    end: int
    title: str | None = None
    item_id: str | None = None
    facet: str | None = None
    values: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    mood: Mood | None = None
    pronoun: bool = False
    role: Role | None = None
    value: float = 0.0
    rating: bool = False
    other: bool = False
    quote_start: int = -1
    quote_end: int = -1
    foreign: bool = False
    answer: Question | None = None

    @property
    def is_title(self) -> bool:
        """Whether it stands for an item rather than a facet value or a mood."""
        return self.title is not None


@dataclass(frozen=True)
class _Cue:
    start: int
    end: int
    name: str
    value: float = 0.0


_ADV = (
    r"(?:(?:really|absolutely|also|just|still|always|particularly|especially|quite|rather|totally|actually"
    r"|truly|completely|kind of|kinda|sort of|honestly|do|did|so|very|much|both|all|secretly|generally"
    r"|usually|mostly|recently|finally|definitely|simply|too|deeply|mainly|even) )*"
)
_NEG = (
    r"(?:do not|don'?t|dont|did not|didn'?t|didnt|does not|doesn'?t|doesnt|never|not|can'?t say i"
    r"|cannot say i|couldn'?t|could not|wouldn'?t|won'?t)"
)
_PERSON = (
    r"(?:daughter|son|wife|husband|kids?|children|child|mum|mom|mother|mam|dad|father|friends?|girlfriend"
    r"|boyfriend|partner|brother|sister|boss|neighbou?r|flatmate|roommate|parents|grandma|grandmother"
    r"|grandad|grandfather|nephew|niece|cousin|colleagues?|mate|gf|bf|uncle|aunt|family|teenager|toddler"
    r"|twins|girls|boys|other half|fianc[eé]e?|in-laws|coworker|nan|gran)"
)

_CUES: tuple[tuple[str, str, float], ...] = (
    (
        "verdict_bad",
        r"(?:bored me(?: to (?:tears|death))?|left me cold|put me to sleep|let me down|disappointed me"
        r"|annoyed me|wasn'?t for me|was not for me|isn'?t for me|didn'?t work for me|did(?: not"
        r"|n'?t) do (?:it|anything|much) for me|wasn'?t my (?:thing|cup of tea)|not my (?:thing|cup of tea)"
        r"|isn'?t my (?:thing|cup of tea)|not for me|sucked|sucks|stank|stinks|dragged(?: on)?"
        r"|was too much for me|too scary for me|too violent for me|i (?:fell asleep|walked out|gave up"
        r"|switched it off|turned it off))\b",
        -0.7,
    ),
    (
        "verdict_good",
        r"\b(?:blew me away|blew my mind|made me (?:laugh|cry|smile)|rocks|rocked|ruled|moved me|won me over"
        r"|stayed with me|holds up|never gets old|gets me every time|hit the spot|was (?:right )?up my street"
        r"|worked for me|did it for me)\b",
        0.8,
    ),
    ("subject_other", rf"\b(?:my|our|his|her) (?:\w+[- ](?:year[- ]old )?)?{_PERSON}(?:'s)?\b(?! and (?:i|me)\b)", 0),
    ("faded", r"\bi(?:'m| am) (?:all )?done with\b", 0),
    (
        "faded",
        rf"\b(?:used to|once) (?:{_ADV})(?:love|like|enjoy|adore|be (?:really |very |so |a bit )?(?:into"
        rf"|keen on|crazy about|a (?:huge |big )?fan of|obsessed with)|watch|binge)(?: (?:a lot of|lots of"
        rf"|loads of|only|nothing but|tons of))?\b",
        0,
    ),
    (
        "faded",
        r"\b(?:no longer|don'?t|do not|not|never)(?: really)? (?:like|love|enjoy|into|care for|watch"
        r"|keen on)\b(?=[^.!?;,]{0,60}\b(?:any ?more|any ?longer|these days|nowadays)\b)",
        0,
    ),
    (
        "faded",
        r"\b(?:no longer (?:like|love|enjoy|into|care for|watch|interested in|a fan of)|lost (?:all "
        r"|my )?(?:interest in|taste for|love for|love of)|grew out of|grown out of|outgrew|outgrown|gone off"
        r"|went off|over my|(?:getting|growing|got|am|'m|become|grown) (?:a bit |a little |really "
        r"|so )?(?:bored|tired|sick|weary) of|tired of|sick of|fed up with|bored of|bored with|had enough of"
        r"|burnt out on|moved on from|over it with)\b",
        0,
    ),
    (
        "faded",
        r"\bwhen i was (?:a (?:kid|child|teenager|boy|girl|student)|young(?:er)?|little|small|\d+"
        r"|in my \w+),? i (?:\w+ ){0,2}(?:loved|liked|adored|enjoyed|was into|watched)\b",
        0,
    ),
    ("faded", r"\b(?:i'?m|i am) (?:so |kind of |totally |pretty much )?over\b", 0),
    ("faded", r"\b(?:was|were) (?:once|really|very|so|big|hugely|all) into\b|\bwas into\b", 0),
    (
        "forget",
        r"\b(?:forget|delete|remove|erase|undo|retract|unlike|strike|take back)\b(?: (?:that|about|what"
        r"|the fact|from))*(?: i(?:'ve| have)? (?:ever )?(?:said|like[ds]?|loved?|hated?|disliked?|saw|seen"
        r"|watched|mentioned)(?: (?:i|that i) (?:like[ds]?|loved?|hated?))?)?|\btake\b(?= [^.!?]{0,40} (?:off"
        r"|out of) (?:my|the))|\bi (?:never|didn'?t) (?:say|said)(?: that)? i (?:liked?|loved?|hated?)"
        r"|\bchanged my mind about",
        0,
    ),
    (
        "require",
        r"\b(?:nothing but|only want|only show me|only|strictly|exclusively|has to be|have to be|must be"
        r"|needs to be|must have|make it|it must be|insist on|definitely)\b",
        0,
    ),
    (
        "exclude",
        r"\b(?:anything (?:but|except|other than|apart from|besides)|everything (?:but|except)"
        r"|anything that(?:'s| is| isn'?t) not?)\b",
        0,
    ),
    (
        "exclude",
        r"\b(?:not|no|never|nothing|without|don'?t want|do not want|don'?t show me|don'?t give me"
        r"|don'?t recommend|don'?t suggest|don'?t need)(?: \w+){0,2}? (?:like|similar to)\b(?= ¤)",
        -0.5,
    ),
    ("like", r"\b(?:didn'?t|did not|don'?t|do not|never) (?:really |actually )?(?:hate|hated|dislike|disliked)\b", 0.3),
    ("subject", r"\bwhy not\b(?= ¤)", 0),
    (
        "dislike",
        r"\b(?:i |we |they |he |she )?(?:can'?t|cannot|can not|couldn'?t|could not|cant) (?:really |even "
        r"|quite )?(?:stand|bear|abide|watch|get into|finish|stomach|take)\b",
        -0.9,
    ),
    (
        "allow",
        r"\b(?:(?:don'?t|do not|wouldn'?t|would not) mind|(?:i'?m |am )?(?:ok|okay|fine|cool|happy|good) with"
        r"|no objection to|you can (?:include|add|show)|allow|bring back|put back|include)\b",
        0,
    ),
    (
        "exclude",
        r"\b(?:(?:don'?t|do not|dont|doesn'?t|didn'?t) (?:really |necessarily |particularly )?(?:want|need"
        r"|show|give|recommend|suggest|fancy|feel like|include)(?: (?:me|us))?(?: (?:any|anything|another"
        r"|to see|to watch|more|a|the))*|not (?:really )?in the mood for|not (?:really )?looking for"
        r"|not feeling|not up for|spare me|enough of|no more|rule out|steer clear of|stay away from"
        r"|keep away from)\b",
        0,
    ),
    (
        "dislike",
        rf"\b(?:{_NEG}) {_ADV}(?:like|liked|love|loved|enjoy|enjoyed|enjoying|care for|care much for|rate|dig"
        rf"|get on with|go for|get|get the appeal of|see the appeal of)\b",
        -0.7,
    ),
    (
        "dislike",
        r"\b(?:not|never|isn'?t|wasn'?t|aren'?t|ain'?t|weren'?t)(?: \w+){0,3}? (?:fan|fans|lover|admirer) of\b"
        r"|\bnot (?:really |very |that |so |too )?(?:into|keen on|fond of|crazy about|big on|interested in"
        r"|impressed (?:by|with))\b|\bno fan of\b",
        -0.6,
    ),
    ("dislike", r"\b(?:hated|hate|hates|loathed?|loathes|despised?|detest(?:ed|s)?|abhor(?:red)?)\b", -1.0),
    (
        "dislike",
        r"\b(?:dislike[ds]?|least favou?rite|turned off|walked out of|gave up on|switched off"
        r"|regret(?:ted)? (?:watching|seeing)|disappointed (?:by|with|in)|let down by|bored by|put off by"
        r"|fell asleep (?:during|in|watching))\b",
        -0.8,
    ),
    (
        "unseen",
        r"\b(?:have|has)(?: not|n'?t) (?:yet )?(?:seen|watched|tried)\b|\bhavent seen\b|\bnever (?:seen|saw"
        r"|watched|heard of|got round to|got around to)\b|\bnot (?:yet )?seen\b|\b(?:didn'?t|did not) (?:see"
        r"|watch)\b",
        0,
    ),
    (
        "subject",
        r"\b(?:have you (?:seen|heard of|got)|do you (?:like|know|have)|did you like|would (?:i|we) (?:like"
        r"|enjoy|love)|will (?:i|we) (?:like|enjoy|love)|should (?:i|we) (?:watch|see|try)|tell me (?:more "
        r"|something |a bit )?about|who (?:directed|made|wrote|starred in|stars in|is in|acts in|plays in"
        r"|was in)|how long is|what about|compare|why (?:did you |do you )?(?:suggest|recommend|pick|choose"
        r"|show me|show)?)\b(?= (?:the |me )?(?:film |movie )?¤)",
        0,
    ),
    (
        "want",
        r"\b(?:i'?d (?:really |also |quite |rather )?(?:like|love|prefer|enjoy|fancy|go for)|(?:i"
        r"|we) would (?:really |also |rather )?(?:like|love|prefer|enjoy)|we'?d (?:like|love|prefer)"
        r"|would like|would love)(?: to (?:see|watch|find|have|try))?\b",
        0,
    ),
    (
        "similar",
        r"\b(?:more |something |anything |films? |movies? |stuff |things? |ones? |one |titles? |flicks? |else "
        r"|just |exactly |much |a lot |a bit |kinda |pictures? |feel |vibe |mood |style |bit )(?:like"
        r"|similar to|in the (?:style|vein|spirit|mould) of|along the lines of|reminiscent of|close to"
        r"|comparable to|such as|resembling)\b",
        0,
    ),
    (
        "similar",
        r"\b(?:similar to|in the (?:style|vein|spirit|mould) of|along the lines of|reminiscent of"
        r"|comparable to|such as|akin to|resembling|in the same vein as|à la|a la|same (?:vibe|mood|feel"
        r"|style) as|reminds me of)\b",
        0,
    ),
    (
        "like",
        r"\b(?:loved|adored|love|loves|adore|adores|loving|worship|cherish(?:ed)?)\b|\b(?:can'?t"
        r"|couldn'?t) get enough of\b|\b(?:obsessed with|crazy about|mad about|in love with|blown away by"
        r"|huge fan of|massive fan of|biggest fan of|addicted to|nuts about|passionate about)\b"
        r"|\ball-time favou?rites?\b|(?<!least )\bfavou?rites?\b|\bfave?s?\b",
        1.0,
    ),
    (
        "like",
        r"\b(?:big fan of|a fan of|fan of|fans of|fond of|keen on|really into|very into|so into|impressed by"
        r"|enjoyed|enjoying|enjoys?|dig|dug|appreciated?|admired?|digging|hooked on|a sucker for|sucker for"
        r"|have a soft spot for|partial to|big on|went down well)\b",
        0.8,
    ),
    ("like", r"\b(?:really|absolutely|always|very much|quite) liked?\b", 0.8),
    (
        "like",
        r"(?<=i )like\b|(?<=we )like\b|(?<=he )likes?\b|(?<=she )likes?\b|(?<=they )like\b|(?<=also )like\b"
        r"|(?<=still )like\b|(?<=do )like\b|(?<=mostly )like\b|(?<=usually )like\b|(?<=generally )like\b"
        r"|(?<=and )likes?\b(?= ¤)|(?<=who )likes?\b|\blikes\b|\bliked\b|\bliking\b|\b(?:i'?m|i am|we'?re|been"
        r"|am|getting|got|gotten) (?:more |back |really |quite |now )*into\b|\binto\b(?= (?:¤"
        r"|[a-z-]+ (?:films?|movies|these days|lately|now)|horror|comed|thriller|drama|sci|fantasy|western"
        r"|musical|romance|documentar))|\bprefer(?:red|s)?\b|\brecommend(?:ed)? by me\b|\bmy (?:thing|jam"
        r"|cup of tea)\b|\binterested in\b",
        0.6,
    ),
    ("like", r"^like\b(?= i )", 0.6),
    ("similar", r"\blike\b", 0),
    ("bought", r"\b(?:bought|purchased|ordered)\b", 0.5),
    (
        "seen",
        r"\b(?:seen|saw|watched|re-?watched|watching|finished|caught|sat through|already know|just (?:saw"
        r"|watched|seen))\b",
        0,
    ),
    (
        "but_not",
        r"\b(?:but (?:not|no|never|nothing|without|nowhere near as|less)(?: (?:too|so|very|really|as|that"
        r"|overly|anything|any|a|an|the|all))*|just not|though not|although not|only not|yet not)\b",
        0,
    ),
    (
        "exclude",
        r"\b(?:other than|apart from|aside from|except(?:ing)?(?: for)?|excluding|besides|rather than"
        r"|instead of|as opposed to|minus|avoid(?:ing)?|leave out|leaving out|skip(?:ping)?|exclude|hold the"
        r"|with no|without(?: any| the| all the)?|nothing(?: (?:too|that is|that's|very|overly))*|none of"
        r"|never(?! again| mind)|neither|nor|not(?: (?:too|so|very|really|overly|any|another|a|an|the|by|with"
        r"|from|in|one of|those|these|all))*|no(?= )(?: (?:more|other|silly|stupid|bloody|damn|\w+ing))?"
        r"|(?<!^)isn'?t|(?<!^)aren'?t|is not|are not|isnt|w/o|anti|non|less)\b",
        0,
    ),
    ("but", r"\b(?:but|however|although|though|whereas|while|yet|on the other hand)\b", 0),
    (
        "want",
        r"\b(?:want|wants|wanted|looking for|look for|searching for|in the mood for|mood for|fancy|recommend"
        r"|recommendations?|suggest|suggestions?|show me|give me|give us|find me|find|need|something|anything"
        r"|some(?! of)|any(?= )|how about|what about|feel like|feeling like|craving|got any|can i have"
        r"|could you|please|up for|let'?s (?:watch|try|have)|do you have|is there|are there|which|best|top"
        r"|good|great|another|more|maybe|perhaps|instead|now|tonight|today|watch)\b",
        0,
    ),
    ("by", r"\b(?:directed by|made by|by|from (?:director|the director(?: of)?))\b", 0),
    ("with", r"\b(?:with|starring|featuring|stars|has|played by)\b", 0),
    ("self", r"\b(?:i|i'm|i've|i'd|im|ive|we|me|mine)\b", 0),
    ("they", r"\b(?:she|he|they)\b", 0),
)
_CUE = re.compile("|".join(f"(?P<c{index}>{pattern})" for index, (_, pattern, _) in enumerate(_CUES)))

_PRAISE_WORDS, _BLAME_WORDS = alternatives(PRAISE), alternatives(BLAME)
_COPULA = (
    r"(?:is|was|were|are|'s|felt|seemed|looked|sounded|found (?:it|them|that)?|thought (?:it|that"
    r"|they)? ?(?:was|were)?|been|being|has been|isn'?t|wasn'?t|weren'?t|aren'?t|ain'?t)"
)
_DEGREE = (
    r"(?:(?:a|an|so|very|really|just|pretty|quite|absolutely|truly|such|such a|too|totally|rather|kind of"
    r"|kinda|a bit|a little|bit|also|simply|fairly|incredibly|extremely|utterly|completely|super|probably"
    r"|honestly|one of the|the|total|complete|absolute|real|all|both|actually|my) )*"
)
_VERDICT = re.compile(
    rf"(?:\b|(?<=¤)){_COPULA}\s+(?P<neg>(?:not|never|no|n'?t|nowhere near"
    rf"|hardly)\s+)?{_DEGREE}(?:(?P<good>{_PRAISE_WORDS})|(?P<bad>{_BLAME_WORDS})"
    rf"|(?P<fav>(?:all[- ]time )?favou?rites?|the best)\b)(?![\w-])"
    rf"|(?:^|[,:;(–—-]\s*|(?<=¤)\s+)(?P<neg2>not\s+|never\s+)?{_DEGREE}(?:(?P<good2>{_PRAISE_WORDS})"
    rf"|(?P<bad2>{_BLAME_WORDS}))(?=\s*(?:$|[,.!?;)]|film|movie|stuff|though|but\b|and (?:¤|i )))"
    rf"|(?P<rated>(?<![\w.])(?P<score>\d{{1,3}}(?:[.,]\d)?)\s*(?:/|out of)\s*(?P<scale>5|10|100)\b)"
    rf"|(?P<stars>(?<![\w.])(?P<n>[0-5](?:[.,]5)?|zero|one|two|three|four|five)[ -]stars?\b)|(?P<glyphs>★+)"
    rf"|(?P<thumb>\bthumbs (?:up|down)\b|👍|👎|❤️?)"
)
_STARS = {"zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}


def _verdict_value(match: re.Match[str]) -> tuple[float, bool]:
    if match["rated"]:
        scale = float(match["scale"])
        score = float(match["score"].replace(",", "."))
        return max(-1.0, min(1.0, (score - scale / 2) / (scale / 2))), True
    if match["stars"]:
        stars = _STARS.get(match["n"]) if match["n"] in _STARS else float(match["n"].replace(",", "."))
        return max(-1.0, min(1.0, ((stars or 0.0) - 2.75) / 2.25)), True
    if match["glyphs"]:
        return max(-1.0, min(1.0, (len(match["glyphs"]) - 2.75) / 2.25)), True
    if match["thumb"]:
        return (-0.7 if "down" in match["thumb"] or "👎" in match["thumb"] else 0.7), False
    if match["fav"]:
        value = 1.0
    elif match["good"] or match["good2"]:
        value = PRAISE[_plain(match["good"] or match["good2"], PRAISE)]
    else:
        value = BLAME[_plain(match["bad"] or match["bad2"], BLAME)]
    negated = match["neg"] or match["neg2"] or re.match(r"(?:is|was|were|are|ai)n'?t\b", match[0])
    if negated:
        value = -0.5 if value > 0 else 0.3
    return value, False


def _plain(word: str, table: dict[str, float]) -> str:
    plain = re.sub(r"[\s-]+", " ", word)
    return plain if plain in table else next(key for key in table if re.sub(r"[\s-]+", " ", key) == plain)


def _cues(text: str) -> list[_Cue]:
    found = [_Cue(match.start(), match.end(), *_named(match)) for match in _CUE.finditer(text)]
    for match in _VERDICT.finditer(text):
        value, rating = _verdict_value(match)
        found = [cue for cue in found if cue.end <= match.start() or cue.start >= match.end()]
        found.append(_Cue(match.start(), match.end(), "rating" if rating else "verdict", value))
    return found


def _named(match: re.Match[str]) -> tuple[str, float]:
    index = int((match.lastgroup or "c0")[1:])
    return _CUES[index][0], _CUES[index][2]


_LIST_GAP = re.compile(
    r"^[\s,/&]*(?:(?:or|and|nor|any|a|an|the|&|no|too|very|films?|movies?|stuff|by|with|from|ones?|either)\b[\s,/&]*)*$"
)
_QUESTION = re.compile(r"\s*(?:is|are|was|were|which|what|should|would|will|does|do|did)\b.*\?\s*$", re.DOTALL)
_YES_NO = re.compile(r"\s*[:-]?\s+(no|yes|not|yeah|nope)(?: thanks?| please)?\s*(?=$|[,.;!])")
_ROLE_CUES = {
    "like": Role.LIKE,
    "dislike": Role.DISLIKE,
    "seen": Role.SEEN,
    "unseen": Role.UNSEEN,
    "bought": Role.BOUGHT,
    "faded": Role.FADED,
    "want": Role.WANT,
    "require": Role.REQUIRE,
    "similar": Role.SIMILAR,
    "exclude": Role.EXCLUDE,
    "allow": Role.ALLOW,
    "forget": Role.FORGET,
    "subject": Role.SUBJECT,
}
_TASTE = {Role.LIKE, Role.DISLIKE, Role.SEEN, Role.FADED, Role.UNSEEN, Role.BOUGHT}


def assign(text: str, entities: list[Entity]) -> None:
    """Decide the role of every entity of one sentence, in place.

    Args:
        text: the sentence, lower case, titles masked; spans of the entities refer to it.
        entities: names found in it, sorted by start.
    """
    tokens: list[_Cue | Entity] = sorted([*_cues_outside(text, entities), *entities], key=lambda token: token.start)
    role: Role | None = None
    base: Role | None = None
    value = 0.0
    cue_start = cue_end = 0
    other = False
    asking = bool(_QUESTION.match(text))
    scope_open, listed = True, False
    waiting: list[Entity] = []
    previous: Entity | None = None
    for position, token in enumerate(tokens):
        if isinstance(token, _Cue):
            name = token.name
            if name in {"verdict", "rating", "verdict_bad", "verdict_good"}:
                if asking and name == "verdict":
                    continue
                targets = [entity for entity in waiting if entity.role in {None, Role.SEEN, Role.BOUGHT, Role.SUBJECT}]
                if not targets and waiting and name == "rating":
                    targets = waiting[-1:]
                after = next((later for later in tokens[position + 1 :] if isinstance(later, Entity)), None)
                if not targets and after is not None and not waiting and token.start <= 3 and after.is_title:
                    targets = [after]
                for entity in targets:
                    entity.role = Role.LIKE if token.value >= 0 else Role.DISLIKE
                    entity.value, entity.rating, entity.other = token.value, name == "rating", other
                    entity.quote_start, entity.quote_end = min(entity.start, token.start), max(token.end, entity.end)
                if role in {Role.LIKE, Role.DISLIKE}:
                    continue
                if targets:
                    role, value = None, 0.0
            elif name == "subject_other":
                other = True
                if role in _TASTE:
                    role = None
            elif name == "self":
                other = False
            elif name == "they":
                continue
            elif name == "but":
                if role is Role.EXCLUDE:
                    role = base if base not in {None, Role.EXCLUDE} else Role.WANT
                elif role in _TASTE:
                    role, value = None, 0.0
                waiting = []
            elif name == "but_not":
                base = role if role is not Role.EXCLUDE else base
                role, value, cue_start, cue_end = Role.EXCLUDE, 0.0, token.start, token.end
                scope_open, listed = True, False
                waiting = []
            elif name in {"by", "with"}:
                continue
            else:
                new = _ROLE_CUES[name]
                if new is Role.WANT and role is Role.EXCLUDE and scope_open and not _closed(text, cue_end, token.start):
                    continue
                if new is Role.WANT and role in {Role.REQUIRE, Role.ALLOW} and token.start - cue_end < 12:
                    continue
                if new is Role.WANT and role in _TASTE and token.end - token.start <= 6 and not _fresh(text, token):
                    continue
                if new is Role.SIMILAR and role is Role.EXCLUDE and token.start - cue_end < 14:
                    role, value = Role.DISLIKE, -0.4
                    cue_end = token.end
                    continue
                if new is Role.EXCLUDE and token.value < 0:
                    new, value = Role.DISLIKE, token.value
                elif new is Role.EXCLUDE:
                    base = role if role is not Role.EXCLUDE else base
                    value = 0.0
                else:
                    value = token.value
                role, cue_start, cue_end, scope_open, listed = new, token.start, token.end, True, False
                if new in {Role.LIKE, Role.DISLIKE}:
                    _follow_up(text, token, waiting, other)
            continue
        entity = token
        if role is Role.EXCLUDE and scope_open and not listed:
            gap = text[cue_end : entity.start]
            if _closed(text, cue_end, entity.start) or len(gap.split()) > 5:
                scope_open = False
        if role is Role.EXCLUDE and not scope_open:
            role = base if base not in {None, Role.EXCLUDE} else Role.WANT
            value = 0.0
        entity.other = other
        answered = _YES_NO.match(text, entity.end)
        if answered:
            entity.role = Role.EXCLUDE if answered[1] in {"no", "not"} else Role.WANT
        if entity.role is None:
            _apply(entity, role, base, value)
            entity.quote_start, entity.quote_end = (cue_start if role else entity.start), entity.end
            if (
                previous is not None
                and role
                and previous.role is entity.role
                and previous.quote_start == entity.quote_start
            ):
                entity.quote_start = entity.start if entity.role is not Role.EXCLUDE else entity.quote_start
        waiting.append(entity)
        previous = entity
        cue_end = max(cue_end, entity.end)
        if role is Role.EXCLUDE:
            following = next((later for later in tokens[position + 1 :] if isinstance(later, Entity)), None)
            scope_open = listed = following is not None and _list_goes_on(text, tokens, position, entity, following)


def _cues_outside(text: str, entities: list[Entity]) -> list[_Cue]:
    spans = [(entity.start, entity.end) for entity in entities if not entity.pronoun]
    return [cue for cue in _cues(text) if not any(start <= cue.start and cue.end <= end for start, end in spans)]


def _closed(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"[,;:–—]|\bbut\b", text[start:end]))


def _fresh(text: str, cue: _Cue) -> bool:
    """Whether a short word of asking opens a clause of its own ("loved X, something tense")."""
    word = text[cue.start : cue.end]
    if word in {"good", "great", "best", "top", "more", "now", "any", "some", "watch", "today"}:
        return bool(re.search(r"[,;.:]\s*(?:so |and |then )?$", text[: cue.start]))
    return True


def _follow_up(text: str, cue: _Cue, waiting: list[Entity], other: bool) -> None:
    """Titles named before the verb: "saw Fargo and loved it", "Alien I loved"."""
    rest = text[cue.end :]
    if (
        re.match(
            r"\s*(?:it|that|this|them|both|all of (?:it|them)|that one|this one|every minute(?: of it)?"
            r"|each)?\s*(?:so much|a lot|very much|too|as well|all|both|though|tbh|and|also)?\s*(?:$|[.!?,;)]"
            r"|(?:and|but|so|because|though)\b)",
            rest,
        )
        is None
    ):
        return
    for entity in waiting:
        if entity.role in {None, Role.SEEN, Role.BOUGHT, Role.SUBJECT, Role.WANT} and entity.is_title:
            entity.role = Role.LIKE if cue.value >= 0 else Role.DISLIKE
            entity.value, entity.other = cue.value, other
            entity.quote_start, entity.quote_end = (
                min(entity.start, entity.quote_start if entity.quote_start >= 0 else entity.start),
                cue.end,
            )


def _apply(entity: Entity, role: Role | None, base: Role | None, value: float) -> None:
    if role is Role.EXCLUDE and base in {Role.LIKE, Role.SEEN}:
        entity.role, entity.value = Role.DISLIKE, -0.6
    elif role is Role.EXCLUDE and base is Role.DISLIKE:
        entity.role, entity.value = None, 0.0
    else:
        entity.role, entity.value = role, value


def _list_goes_on(text: str, tokens: list[_Cue | Entity], position: int, entity: Entity, following: Entity) -> bool:
    """Whether a negation reaches the next name: "no horror or romance", "no horror, war or romance"."""
    gap = text[entity.end : following.start]
    if not _LIST_GAP.match(gap):
        return False
    if re.search(r"\b(?:or|nor)\b", gap) or (not gap.strip(" ") and entity.is_title == following.is_title):
        return True
    if re.search(r"\band\b|&|/", gap):
        return True
    rest = [later for later in tokens[position + 1 :] if isinstance(later, Entity)]
    for left, right in pairwise(rest):
        between = text[left.end : right.start]
        if not _LIST_GAP.match(between):
            return False
        if re.search(r"\b(?:or|nor|and)\b", between):
            return True
    return False
