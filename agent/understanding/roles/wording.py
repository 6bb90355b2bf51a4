"""The wording of cues: each with its name, and the strength of a taste that it expresses."""

from __future__ import annotations

from agent.lexicon import DISLIKING, LIKING, REFUSING

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

CUES: tuple[tuple[str, str, float], ...] = (
    (
        "verdict_bad",
        r"(?:bored me(?: to (?:tears|death))?|left me cold|put me to sleep|let me down|disappointed me"
        r"|annoyed me|wasn'?t for me|was not for me|isn'?t for me|didn'?t work for me|did(?: not"
        r"|n'?t) do (?:it|anything|much) for me|wasn'?t my (?:thing|cup of tea)|(?:(?:is|was|are"
        r"|were) )?(?:really )?not"
        r" (?:really )?my (?:thing|cup of tea|type|style|kind of \w+|genre)|not interested(?= *(?:$|[.,!?;]))"
        r"|isn'?t my (?:thing|cup of tea)|not for me|sucked|sucks|stank|stinks|dragged(?: on)?"
        r"|was too much for me|too scary for me|too violent for me|i (?:fell asleep|walked out|gave up"
        r"|switched it off|turned it off)|of my life(?: that)? (?:i'?ll|i will|i) never get back"
        r"|i want my money back)\b",
        -0.7,
    ),
    (
        "verdict_good",
        r"\b(?:blew me away|blew my mind|made me (?:laugh|cry|smile)|rocks|rocked|ruled|moved me|won me over"
        r"|again and again|over and over(?: again)?|stayed with me|holds up|never gets old|gets me every time"
        r"|hit the spot|was (?:right )?up my street"
        r"|worked for me|did it for me)\b",
        0.8,
    ),
    (
        "subject_other",
        rf"(?<!me and )(?<!\bi and )\b(?:my|our|his|her) (?:\w+[- ](?:year[- ]old )?)?{_PERSON}(?:'s)?\b"
        r"(?! and (?:i|me)\b)",
        0,
    ),
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
    (
        "faded",
        r"\b(?:i'?m|i am) (?:so |kind of |totally |pretty much )?over\b|\bwas into\b"
        r"|\b(?:was|were) (?:once|really|very|so|big|hugely|all) into\b",
        0,
    ),
    (
        "forget",
        r"\b(?:forget|delete|remove|erase|undo|retract|unlike|strike|take back|cross (?:off|out))\b"
        r"(?: (?:that|about|what|the fact|from))*(?: i(?:'ve| have)? (?:ever )?(?:said|like[ds]?|loved?|hated?"
        r"|disliked?|saw|seen|watched|mentioned)(?: (?:i|that i) (?:like[ds]?|loved?|hated?))?)?|\btake\b"
        r"(?= [^.!?]{0,40} (?:off|out of) (?:my|the))|\bi (?:never|didn'?t) (?:say|said)(?: that)? i (?:liked?|loved?"
        r"|hated?)|\bchanged my mind about",
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
        r"\b(?:any(?:thing|one|body) (?:but|except|other than|apart from|besides|bar)|every(?:thing|one) (?:but|except"
        r"|bar)|bar(?:ring)?(?= ¤)|zero(?= )|(?:refuse|refusing) to (?:watch|see|sit through)"
        r"|(?:scratch|scrap|ditch)(?: the| all the)?(?= [^¤])(?![^.!?]{0,60}\b(?:from|off|out of) (?:my|the)\b)"
        r"|keep(?= (?:¤[¤ ]*|[\w-]+ )[^.!?]{0,12}\b(?:off|out of)\b)|anything that(?:'s| is| isn'?t) not?)\b",
        0,
    ),
    (
        "exclude",
        r"\b(?:not|no|never|nothing|without|don'?t want|do not want|don'?t show me|don'?t give me"
        r"|don'?t recommend|don'?t suggest|don'?t need)(?: \w+){0,2}? (?:like|similar to)\b(?= ¤)"
        r"|\bopposite of\b(?= ¤)",
        -0.5,
    ),
    (
        "would",
        r"\b(?:you|she|he|they|people|kids?|children|girls?|boys?|wife|husband|everyone|anyone|family|daughter|son)"
        r"(?: ?(?:would|will|'ll|'d|might|may|could|should)|'re going to)(?: \w+)? (?:like|love|enjoy|adore|hate)\b"
        r"|\b(?:hope|hopefully)\b[^.!?,]{0,20}\b(?:like|likes|love|loves|enjoy|enjoys)\b",
        0,
    ),
    (
        "seen",
        r"\b(?:have|has)(?: not|n'?t'?) (?:seen|watched)\b(?=[^.!?]{0,40}\b(?:in (?:a (?:\w+ )?(?:while|time)|ages"
        r"|forever|years|so long|a long|quite)|(?:for|in) (?:\w+ )?(?:years|ages)|since)\b)",
        0,
    ),
    (
        "unseen",
        r"\b(?:seen|saw|watched|watching|see)(?: (?:the|a|some|an?|only|just|lots of|its|all the))* (?:previews?"
        r"|trailers?|ads?|adverts?|advertisements?|commercials?|posters?|clips?)\b(?: (?:for|of|to|on))?",
        0,
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
        rf"|get on with|go for|get(?= (?:it|¤|this|that)\b)|get the (?:appeal|hype)(?: of)?|see the appeal of)\b",
        -0.7,
    ),
    (
        "dislike",
        r"\b(?:not|never|isn'?t|wasn'?t|aren'?t|ain'?t|weren'?t)(?: \w+){0,3}? (?:(?:fan|fans|lover|admirer) of\b"
        r"|fan\b(?= *(?:$|[.,!?;])))"
        r"|\bnot (?:(?:really|very|that|so|too|all|super|particularly|exactly) )*(?:into|keen on|fond of|crazy about"
        r"|big on|interested in"
        r"|impressed (?:by|with))\b|\bno fan of\b",
        -0.6,
    ),
    ("dislike", rf"\b(?:{DISLIKING})\b", -0.8),
    ("like", rf"\b(?:{LIKING})\b", 0.8),
    ("exclude", rf"\b(?:{REFUSING})(?= )|\b(?:pas|rien) d'(?=¤|\w)", 0),
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
        r"\b(?:have|has|had)(?: not|n'?t'?| never)(?: \w+)? (?:yet )?(?:seen|saw|see|watched|watch|tried|caught"
        r"|heard(?: of)?)\b|\bdon'?t think (?:i|we)(?:'ve| have)? (?:ever )?(?:seen|saw|watched|heard of)\b"
        r"|\bnever (?:seen|saw"
        r"|watched|heard of|got round to|got around to)\b|\bnot (?:yet )?seen\b|\b(?:didn'?t|did not) (?:see"
        r"|watch)\b",
        0,
    ),
    (
        "subject",
        r"\b(?:have you (?:ever |already |also )?(?:seen|watched|heard of|got)|did you (?:ever )?(?:see|watch)"
        r"|do you (?:like|know|have)|did you like|would (?:i|we) (?:like"
        r"|enjoy|love)|will (?:i|we) (?:like|enjoy|love)|should (?:i|we) (?:watch|see|try)|tell me (?:more "
        r"|something |a bit )?about|who (?:directed|made|wrote|starred in|stars in|is in|acts in|plays in"
        r"|was in)|how long is|what about|compare|why (?:did you |do you )?(?:suggest|recommend|pick|choose"
        r"|show me|show)?)\b(?= (?:the |me )?(?:film |movie )?(?:¤|(?:it|that|them|this|those)\b))",
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
        r"|comparable to|such as|resembling)\b"
        r"|\b(?:similar to|in the (?:style|vein|spirit|mould) of|along the lines of|reminiscent of"
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
        r"|enjoyed|enjoying|enjoys?|dig|dug|appreciated?(?! (?:it|you|your|the|all|that|this|any)\b)|admired?|digging"
        r"|hooked on|a sucker for|sucker for"
        r"|(?:have|has|got|'ve) (?:a|such a) (?:soft spot|weakness|thing) for|partial to|big on|went down well)\b",
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
        r"\b(?:did (?:just |also |recently )?(?:see|watch|catch)|(?:got|went|gone|managed) to (?:see|watch)|seen|saw"
        r"|watched|re-?watched|(?<!enjoyed )(?<!enjoy )(?<!loved )(?<!love )(?<!liked )(?<!like )watching|finished"
        r"|caught|sat through|already know|just (?:saw"
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
        r"|never(?! again| mind)|neither|nor|(?<!if )(?<!why )not(?: (?:too|so|very|really|overly"
        r"|any|another|a|an|the|by|with|from|in|one of|those|these|all))*"
        r"|no(?= )(?: (?:more|other|silly|stupid|bloody|damn|\w+ing))?"
        r"|(?<!^)isn'?t|(?<!^)aren'?t|is not|are not|isnt|w/o(?:ut)?|anti|non|less)\b",
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
    (
        "ask",
        r"(?<=[,;] )(?:and |but |so |also )?(?:is|are|was|were|does|did|who|how|why|what(?:'s)?(?! an?\b)"
        r"|which(?! (?:is|was|were|are|i|had|has|made)))\b|\band (?:who|how|why|what|which)\b",
        0,
    ),
    ("self", r"\b(?:i|i'm|i've|i'd|im|ive|we|me|mine)\b", 0),
    ("they", r"\b(?:she|he|they)\b", 0),
)
"""Cues, the first that fits at a place is taken: name, wording, strength."""
