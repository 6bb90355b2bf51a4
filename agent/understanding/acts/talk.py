"""What small talk is about, so that it gets the answer that a person would give."""

from __future__ import annotations

import re

_I_AM = r"(?:i feel|i(?:'m| am|m| was|'ve been| have been)|feeling|we(?:'re| are))"

TALK_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        (
            "sorrow",
            r"\b(?:died\b(?! laughing)|passed away|funeral|in hospital|broke up|divorc\w+"
            r"|(?:was|got|been) (?:dumped|fired|robbed|laid off)"
            r"|lost (?:my|our|the) (?:job|dog|cat|mother|father|mum|dad|home|house|wife|husband|child|baby|friend|flat)"
            r"|(?:bad|rough|awful|terrible|horrible|hard|long|crappy|shitty|rotten|lousy) (?:day|week|month|year|night)"
            r"|heartbroken|homesick|depressed|miserable|exhausted|worn out|burnt out|burned out|grieving"
            r"|(?:have|got|caught|with) (?:the flu|(?:a|this) (?:\w+ )?(?:cold|headache|fever|migraine))"
            rf"|{_I_AM} (?:\w+ )?(?:sad|down|low|blue|upset|bad|terrible|awful|hurt|tired|angry|lonely|alone|unhappy"
            r"|stressed|anxious|worried|overwhelmed|crying|in pain|sick|ill|unwell))\b",
        ),
        (
            "joy",
            r"\b(?:promoted|promotion|engaged|(?:got|getting|am) married|graduat\w+|passed (?:my|the|all)|pregnant"
            r"|(?:my|our|it'?s|is) (?:\w+ )?(?:birthday|anniversary)|new (?:job|baby|house|home|flat|puppy)|good news"
            r"|great (?:day|news|week)|best day|i won|we won"
            rf"|{_I_AM} (?:\w+ )?(?:happy|excited|thrilled|great|in love))\b",
        ),
        ("joke", r"\b(?:jokes?|riddle|sing|poem|rap|dance|story about)\b"),
        (
            "farewell",
            r"\b(?:good ?bye|bye|good ?night|see (?:you|ya)|ciao|farewell|(?:have to|gotta|got to|must) go)\b",
        ),
        (
            "blame",
            r"\b(?:(?:not|n't|dont|never) (?:like|love) (?:you|this)\b"
            r"|you(?:'re| are|r| r)? (?:\w+ )?(?:useless|stupid|dumb|bad|wrong|terrible|awful|boring|annoying"
            r"|an idiot|no help"
            r"|suck|worthless|rubbish)|hate you|shut up|fuck (?:you|off)|idiot"
            r"|(?:this|that) (?:is|was) (?:useless|rubbish"
            r"|no help|nonsense|stupid)|worst (?:bot|thing)|not helpful)\b",
        ),
        (
            "praise",
            r"\b(?:you(?:'re| are|r)? (?:\w+ )?(?:great|the best|awesome|cool|smart|sweet|funny|amazing|good|helpful"
            r"|nice|lovely"
            r"|clever|brilliant|wonderful)|(?<!not )(?<!n't )(?<!dont )(?<!never )(?:love|like) you|well done"
            r"|good (?:job|bot|work)|nice (?:one|work)|bravo)\b",
        ),
        (
            "machine",
            r"\b(?:are you (?:a |an )?(?:bot|robot|human|person|machine|real|ai|program|computer|alive)|who made you"
            r"|what are you|your name)\b",
        ),
        (
            "wellbeing",
            r"\b(?:how are you|how'?s it going|how are things|what'?s up|how do you do|you ok|how have you been)\b",
        ),
        ("no", r"^\W*(?:no|nope|nah|no thanks?|no thank you|not now|not today|never ?mind|maybe later)\b[\s.!,]*$"),
    )
)
"""What small talk may be about, likeliest to matter first, and the words that tell."""

TALK_QUESTIONS = tuple(entry for entry in TALK_ASPECTS if entry[0] in {"joke", "machine", "wellbeing"})
"""Those of them that a question may be about: one of who died is no sorrow of the person's."""

_YES = re.compile(
    r"\W*(?:(?:yes|yeah|yep|yup|sure|ok(?:ay)?|of course|certainly|absolutely|gladly|please|please do|go on|go ahead"
    r"|do it|do that|do so|why not|alright|all right|fine|y|yes please|sounds good|good idea"
    r"|i'?d (?:love|like) (?:that|to|one)|show me|let'?s|with pleasure|ja|oui|s[ií])\b[\s,.!]*)+"
)


_HEARD = re.compile(r"\W*(?:(?:ok(?:ay)?|fine|alright|all right)\b[\s,.!]*)+")


def agrees(text: str, *, surely: bool = False) -> bool:
    """Whether a message says yes and nothing else.

    Args:
        text: lower case.
        surely: whether it has to say more than that it was heard ("ok").
    """
    said = text.strip()
    return _YES.fullmatch(said) is not None and not (surely and _HEARD.fullmatch(said))
