"""What small talk is about, so that it gets the answer that a person would give."""

from __future__ import annotations

import re

TALK_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        (
            "sorrow",
            r"\b(?:died|passed away|funeral|in hospital|broke up|(?:was|got|been) (?:dumped|fired|robbed|laid off)"
            r"|divorc\w+"
            r"|lost (?:my|our|the) (?:job|dog|cat|mother|father|mum|dad|home|house|wife|husband|child|baby|friend|flat)"
            r"|(?:bad|rough|awful|terrible|horrible|hard|long|crappy|shitty|rotten|lousy) (?:day|week|month|year|night)"
            r"|heartbroken|homesick|lonely|alone|depressed|miserable|unhappy|stressed|exhausted|worn out"
            r"|burnt out|burned out"
            r"|anxious|worried|overwhelmed|grieving|crying|in pain|sick|ill|unwell|the flu|a cold|a headache|a fever"
            r"|(?:feel|feeling|am|i'?m|im) (?:\w+ )?(?:sad|down|low|blue|upset|bad|terrible|awful|hurt|tired|angry))\b",
        ),
        (
            "joy",
            r"\b(?:promoted|promotion|engaged|(?:got|getting|am) married|birthday|anniversary|graduat\w+"
            r"|passed (?:my|the|all)"
            r"|pregnant|new (?:job|baby|house|home|flat|puppy)|good news|great (?:day|news|week)|best day|i won|we won"
            r"|(?:feel|feeling|am|i'?m|im|so) (?:\w+ )?(?:happy|excited|thrilled|great|in love))\b",
        ),
        ("joke", r"\b(?:jokes?|riddle|sing|poem|rap|dance|story about)\b"),
        (
            "farewell",
            r"\b(?:good ?bye|bye|good ?night|see (?:you|ya)|ciao|farewell|(?:have to|gotta|got to|must) go)\b",
        ),
        (
            "blame",
            r"\b(?:you(?:'re| are|r| r)? (?:\w+ )?(?:useless|stupid|dumb|bad|wrong|terrible|awful|boring|annoying"
            r"|an idiot|no help"
            r"|suck|worthless|rubbish)|hate you|shut up|fuck (?:you|off)|idiot"
            r"|(?:this|that) (?:is|was) (?:useless|rubbish"
            r"|no help|nonsense|stupid)|worst (?:bot|thing)|not helpful)\b",
        ),
        (
            "praise",
            r"\b(?:you(?:'re| are|r)? (?:\w+ )?(?:great|the best|awesome|cool|smart|sweet|funny|amazing|good|helpful"
            r"|nice|lovely"
            r"|clever|brilliant|wonderful)|love you|like you|well done"
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
