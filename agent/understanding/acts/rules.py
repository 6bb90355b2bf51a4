"""The wording of each act, over lower-case text in which every catalogue name is masked by ``¤`` characters."""

from __future__ import annotations

from agent.intents import Intent
from agent.lexicon import ASKING, GENRE_NOUNS, alternatives
from agent.understanding.acts.adventure import ADVENTURE
from agent.understanding.acts.again import AGAIN
from agent.understanding.acts.foretelling import FORECAST, THEN
from agent.understanding.acts.why import CHANGE

_THING = (
    r"(?:films?|movies?|flicks?|titles?|something|anything|one|ones|stuff|pictures?|products?|items?|books?|things?)"
)

NAME = (
    r"(?:the )?(?:¤+|it|that(?: one)?|this(?: one)?|them|those|these|(?:the )?(?:first|second|third|fourth"
    r"|fifth|last)(?: one| film| movie)?)"
)

PRICE = (
    r"(?:how much (?:(?:is|are|for)|(?:does|do|would)(?=[^.?!]* costs?\b))"
    r"|(?:what's|what is|what are|tell me) the prices? (?:of|for))"
)
"""Asks what something costs; with a name alone after it the facts of that thing are asked for."""

_WIPE = r"(?:delete|erase|remove|forget|wipe|clear|destroy|purge|get rid of)"

RULES: tuple[tuple[Intent, str], ...] = (
    (
        Intent.ERASE,
        rf"\b{_WIPE} (?:absolutely )?(?:everything|all|whatever|anything)(?: of| that| the)*"
        r"(?: data| information| facts)?(?: that| which)? (?:(?:you|i)(?:'ve| have|'d)? (?:ever |already )*"
        r"(?:know|knew|have|keep|kept|hold|stored?"
        r"|remember(?:ed)?|learn(?:ed|t)?|collected|saved|got|said|told|gave|noted|recorded|rated|liked|watched)\b"
        r"|(?:about|on|of) me\b)"
        rf"|\b{_WIPE} (?:all |all of )?my (?:whole |entire |full |complete |personal )*(?:data|account|profile|history"
        r"|timeline|information|ratings|likes|dislikes|interests|preferences|tastes?|events|conversations?|chats?)\b"
        r"(?! (?:of|for|with|about|from))"
        rf"|\b{_WIPE} me\b(?! (?:a|an|the|some|from))|\b(?:right to be|please be) forgotten\b",
    ),
    (
        Intent.RESET,
        r"\b(?:forget|drop|ignore|remove|lift|scrap|clear|lose|cancel|skip) (?:about )?(?:the|that|my|all|any"
        r"|those|every) ?(?:\w+ )?"
        r"(?:limits?|limitations?|constraints?|filters?|restrictions?|requirements?|years?|decades?|lengths?"
        r"|runtimes?|running times?|genres?|thing about \w+)\b"
        r"|\bany (?:year|length|runtime|decade|genre|language|country|era|age|period"
        r"|price)(?: at all)?(?: \w+)?(?: is| will| would)?(?: fine| ok| okay| do| works| good)"
        r"|\b(?:start(?:ing)? (?:over|again|afresh|fresh)|from scratch|new search|reset(?: everything| all"
        r"| it)?|clear everything|forget (?:everything|all (?:of )?that|what i (?:said|asked)))\b"
        r"|\b(?:year|length|runtime|running time|decade|genre|language|country|price|age) (?:does ?n[o']?t"
        r"|does not|is ?n'?t|no longer) (?:matters?|important|an issue)"
        r"|\bi don'?t (?:care|mind) (?:about (?:the )?|what |which |how )(?:year|length|runtime|decade|genre"
        r"|language|country|price|long|old)"
        r"|\b(?:doesn'?t|does not) matter (?:how (?:long|old|new)|what (?:year|genre|language)|which (?:year"
        r"|genre|language|decade))",
    ),
    (
        Intent.EDIT,
        r"\b(?:forget|delete|remove|erase|undo|retract|unlike|strike|take back|cross (?:off|out))\b"
        r"(?! (?:it,|the (?:year|limit|length|filter)))(?: (?:that|about|what|the fact|from|my))*"
        rf"(?: i(?:'ve| have)? (?:ever )?(?:said|like[ds]?|loved?|hated?|disliked?|told|saw|seen|watched"
        rf"|mentioned))?[^.!?]*?(?:¤|\b(?:like|rating|from my|it|that|last|event|entry|history|timeline"
        rf"|{alternatives(GENRE_NOUNS)})\b)"
        r"|\btake [^.!?]{0,40} (?:off|out of) (?:my|the) (?:list|timeline|history|likes)"
        r"|\bi (?:never|didn'?t) (?:say|said|tell|told)(?: you)?(?: that)? i (?:like|love|hate|saw|watch)"
        r"|\bi take (?:it|that) back\b|\bthat(?:'s| was| is) (?:a mistake|wrong|not true),? i (?:never|didn'?t"
        r"|don'?t)"
        r"|\bi (?:actually )?(?:changed|change) my mind about ",
    ),
    (Intent.FORECAST, FORECAST),
    (
        Intent.TIMELINE,
        r"\bwhat (?:do|did) you (?:know|remember|think you know|have|store|learn|learnt"
        r"|keep)(?: \w+)? ?(?:about|on|of|from) (?:me|my)\b"
        r"|\b(?:show|see|view|list|display|open|tell me|give me|what(?:'s| is| are"
        r"|'re))(?: me)?(?: all)?(?: of)?(?: about)? my (?:\w+ )?(?:interests?|timeline|history|tastes?"
        r"|profile|likes|dislikes|preferences|favou?rites|data|events|ratings)"
        r"|\bwhat(?:'ve| have)? (?:did )?i (?:told|said|rated|liked|watched|seen|told you|tell you|like so far"
        r"|liked so far)(?: (?:so far|before|already|to you|you))*\s*\??$"
        r"|\bwhat (?:do|did) i (?:like|love|enjoy|hate|watch|rate|usually like|normally like)\b"
        r"|\bmy (?:timeline|interest history|watch history|profile)\b|\bdo you remember (?:me|what|my)\b"
        r"|\bwho am i\b|\bwhat do my (?:tastes?|interests?) look like\b"
        r"|\bwhat(?:'s| is) my taste\b|\bhow would you describe my taste\b|\bdescribe my taste\b"
        r"|\bsummari[sz]e my (?:tastes?|interests?)\b",
    ),
    (
        Intent.EXPLAIN,
        rf"{CHANGE}|"
        r"\bwhy (?:no|not any|never any|are there no|is there no)\b(?! ?(?:$|[?.!]))|"
        r"\bwhy not ¤|\b(?:why|how come)\b(?! not\b(?! \w+ ¤))(?!(?:'s| is| are| was) (?:the sky|life"
        r"|everyone))[^.!?]{0,40}?(?:\b(?:suggest|recommend|pick|picked|choose|chose|show|shown|give|given"
        r"|think|list|rank|ranked|say|include|this|that|it|these|those|them|one|first|second|third|last)\w*|¤)"
        r"|^\s*(?:but |and |ok(?:ay)? |so )?(?:why|how come|how so|why though|what makes you (?:say"
        r"|think))\b(?: (?:that|this|it|those|these|not|though))?\s*[?.!]*$"
        r"|\b(?:explain|justify|reason(?:s|ing)? (?:for|behind|why))\b(?! (?:your|yourself|the (?:plot"
        r"|ending)))|\bwhat makes you (?:think|say|suggest|recommend)|\bhow (?:did|do) you (?:pick|choose"
        r"|come up with|decide|know)"
        rf"|\b(?:would|will|should|could|might) (?:i|we|my \w+) (?:really |actually |also |even )*(?:like|enjoy"
        rf"|love|watch|hate|see|be into|dislike|go for|try|bother with) {NAME}|\bis {NAME} (?:a good (?:fit"
        rf"|match|choice)|right|something) for me",
    ),
    (
        Intent.COMPARE,
        rf"\bcompare\b|\b(?:decide|choose|torn|pick) between\b|\b(?:which|what)(?:'s| is| of (?:them|those"
        rf"|these|the two)| one)?(?: is)? (?:better"
        rf"|longer|older|newer|shorter|funnier|scarier|more (?:recent|popular))"
        rf"|\b(?:difference between|versus|vs\.?)\b|\bbetter[:,]? {NAME} or {NAME}|^\s*(?:(?:so|ok|hmm"
        rf"|should i (?:watch|see|pick|choose|go for)|which(?: one)?|what about"
        rf"|tonight)[,:]? )*{NAME},? or {NAME}(?: (?:tonight|first|then|for tonight|for me))?\s*\?*$"
        rf"|\bis {NAME} (?:\w+ ){{0,2}}(?:better|longer|older|newer|shorter|funnier|scarier|worse) than",
    ),
    (
        Intent.DETAILS,
        rf"\bwho (?:directed|made|wrote|stars?|starred|acts?|acted|plays?|played|is|was|are|did|shot)(?: in"
        rf"| by)?\b[^.!?]*(?:{NAME}|\bthe (?:director|writer|cast|actors?)\b)"
        rf"|\bwho(?:'s|se)? (?:(?:is|was|are|the|in|film|movie) )*(?:in|behind|the director|the writer|film"
        rf"|movie)\b|\bwhen (?:was|did|is) {NAME}|\bwhat year\b|\b(?:how|what) (?:long|old|recent"
        rf"|many (?:oscars|awards|minutes)|well)(?:'s| is| was| are|'re| did)? {NAME}"
        rf"|\bhow (?:long|old) (?:is|was|are)\b|\bhow many (?:oscars|awards|nominations)\b|\b(?:tell me|know"
        rf"|info|information|details?|facts?|more)(?: (?:more|something|anything|all|everything|a bit"
        rf"|a little))* (?:about|on) {NAME}"
        rf"|\bwhat(?:'s| is| was)? (?:the )?(?:(?:running )?time|runtime|length|director|cast|genres?|rating"
        rf"|score|language|country|year|certificate|metascore|tomatometer|plot|story|box office)\b|\bwhat(?:'s"
        rf"| is) {NAME}(?: about| like)?\s*\??$"
        rf"|\bwhat (?:genre|language|country|kind of (?:film|movie)|sort of (?:film|movie)|about)(?:'s| is"
        rf"| was) {NAME}|\bis {NAME} (?:any good|good|worth (?:it|watching|seeing)|a |an |in |on |long|old"
        rf"|scary|funny|violent|suitable|ok for|for kids|french|english|black)"
        rf"|\b{PRICE} {NAME}(?: costs?)?\W*$"
        rf"|\b(?:did|does|has) {NAME} (?:win|won|get|got|have|star)|\bhave you (?:seen|heard of) {NAME}"
        rf"|\bdo you (?:know|like|have) {NAME}|\bwhere (?:was|is) {NAME} (?:made|filmed|from|shot)"
        rf"|\bwhich (?:language|country|year) (?:is|was) {NAME}|\bwho else is in\b|\bis there (?:a film"
        rf"|a movie|anything) (?:called|named|titled)\b",
    ),
    (
        Intent.TRENDING,
        r"\bwhat(?:'s| is| are|s)? (?:\w+ )?(?:hot|popular|trending|in (?:fashion|vogue)|big|everyone (?:watching"
        r"|seeing)|people (?:watching|seeing|liking|into)|rising|new and popular|the buzz)\b"
        r"|\b(?:trending|popular (?:right )?now|most popular|(?:people|everyone|everybody|others) (?:are"
        r"|is) (?:watching|seeing|talking)|box office hits?|(?:currently|really) popular"
        r"|popular (?:at the moment|these days|lately|this (?:week|month))|hot right now|all the rage|in vogue"
        r"|the (?:buzz|hype)|(?:top|best)[- ](?:charting|selling)|(?:the|in the|this week's) charts|charting"
        r"|most[- ](?:watched|viewed|streamed|picked|talked[- ]about)"
        r"|(?:big|hot) thing (?:right )?now"
        r"|(?:people|ppl|folks|everyone|everybody|others|users|kids|the young ones)(?:'s| is| are| keep| keeps)?"
        r" (?:all )?(?:bing(?:e?ing|es?)|flocking to|raving about|hooked on|glued to|hyped about"
        r"|going (?:mad|crazy|wild) (?:for|over)|talking about|picking|on about)"
        r"|numbers (?:are )?climbing|going viral)\b"
        r"|\bwhat(?:'s| is) everyone\b",
    ),
    (
        Intent.SEARCH,
        rf"\b(?:do you have|have you got|is there|are there|which|what|how many|list|search(?: for)?|find"
        rf"|look up|any)\b (?:me |all |all the |other )*(?:\w+ )?{_THING} (?:by|from|with|directed by|starring"
        rf"|of|that|did|has|have|written by|in which)\b(?! me\b)"
        rf"|\b{PRICE} (?!{NAME}(?: costs?)?\W*$)"
        rf"|\bwhat (?:else )?(?:has|did|have) ¤+ (?:directed?|made?|done|do|star|starred|been in|written|write)"
        rf"|\b(?:search|look up|browse)\b|\bwhat (?:films|movies|¤+) (?:are there|do you have|exist)\b"
        rf"|\b(?:do you have|have you got) (?!any (?:ideas|suggestions|tips|recommendations))"
        r"(?!(?:anything|something|any|one|another)(?: \w+)? (?:\w+er|else|similar|like|less|more|new|good)\b"
        r"|(?:anything|something) *(?:$|[?.!,])|(?:anything|something) (?:\w+er|else|similar|like|less|more|new|good"
        r"|for)\b)",
    ),
    (
        Intent.HELP,
        r"\b(?:what (?:can|do) you do|how (?:do|does|can|should) (?:this|you|it|i) (?:work|use|start|do this)"
        r"|how (?:do|can) i use|what (?:can|should|could) i (?:ask|say|type)|help me use|who are you"
        r"|what are you|instructions|what is this(?: thing| site| app)?)\b"
        r"|^\s*(?:please )?help(?: me)?(?: please)?\s*[!.?]*$",
    ),
    (
        Intent.THANKS,
        r"\b(?:thanks?(?: you)?|thank you|thx|ty|cheers|much appreciated|ta)\b(?!.{0,12}\bto\b)|^\s*(?:great"
        r"|perfect|lovely|brilliant|cool|nice|awesome|excellent)[,!. ]*(?:that(?:'s| is| was) (?:all|great"
        r"|perfect|helpful|it))?\s*[!.]*$",
    ),
    (
        Intent.GREETING,
        r"^\s*(?:hi+|hello+|hey+|hiya|howdy|good (?:morning|afternoon|evening)|greetings|yo|sup"
        r"|hallo)\b(?: (?:there|again|driftline|you))?",
    ),
    (
        Intent.SMALL_TALK,
        r"\b(?:how are you|how'?s it going|how are things|what'?s up|are you (?:a (?:bot|robot|human|person"
        r"|machine)|real|human|ok)|good ?(?:bye|night)|bye|see you|see ya|ciao|you(?:'re| are) (?:funny|great"
        r"|the best|awesome|cool|useless|stupid|smart|sweet)|lol|haha+|nice to meet you|tell me (?:a"
        r"|another) joke)\b"
        r"|^\s*(?:ok(?:ay)?|sure|yes|no|yeah|nope|yep|fine|got it|i see|hmm+|never ?mind|alright|right"
        r"|cool)\s*[.!?]*$",
    ),
    (
        Intent.OUT_OF_SCOPE,
        r"\b(?:weather|capital of|president|prime minister|stock (?:price|market)|bitcoin|recipe|homework|code"
        r"|python|javascript|translate|restaurant|flight|hotel|pizza|essay|poem|maths?|equation|doctor"
        r"|medicine|symptoms|tax(?:es)?|lawyer|election|politics|news today|book me|tickets|showtimes"
        r"|cinema near|near me|what time is it|square root|\d+ ?[+*x] ?\d+)\b",
    ),
)
"""One pattern an act; a request for recommendations has its own, `REQUEST`."""

REQUEST = (
    r"\b(?:recommend(?:ations?)?|suggest(?:ions?)?|looking for|look for|in the mood|want(?:ed)?(?: to)?"
    r"|i'?d (?:like|love|prefer)|i would (?:like|love|prefer)|need|fancy|give (?:me|us)|show (?:me|us)"
    r"|find (?:me|us)?|got any"
    r"|something|anything|what (?:should|shall|can|could|to|do i|film should|movie should) (?:i |we "
    r"|us )?(?:watch|see|put on|pick)|what (?:to|next)|how about|what about|feel like|feeling like"
    r"|pick (?:me|one|something)|surprise me|more like|similar to"
    r"|watch (?:tonight|next|today|this weekend|later)|another(?: one)?|any (?:ideas|thoughts|tips|good"
    r"|other|others|more(?= (?:like|of|ideas|films|movies|suggestions)\b|\s*\?)|recommendations)"
    r"|what(?:'?s| is) (?:good|next|a good|a nice|an? \w+er|on)|ideas?"
    r"|(?<!any )more(?: of (?:those|these|that|the same))?(?: please)?$|next(?: one)?(?: please)?(?= *(?:$|[,.!?;]))"
    r"|replace (?:it|them|those|that|these|the)|swap (?:it|them|those|that)|else\b"
    r"|(?<!i'll )(?<!you )try again|(?:any )?others?(?= *(?:please *)?\?)"
    r"|^\W*(?:(?:yes|sure|ok|oh)\b\W*)?please(?: do)?\W*$"
    r"|bored|top \d+|best|hit (?:me|us)|options|movie night|film night|for tonight|entertain|gimme|over to you"
    r"|save (?:me|us)|do (?:your|ur) (?:thing|magic)|(?:treat|load|sort) (?:me|us)(?: up| out)?"
    r"|(?:you|u) (?:choose|decide)"
    r"|your (?:call|choice|turn to pick)|help (?:me|us) (?:choose|pick|decide|find|impress)|craving|would hit the spot"
    r"|could (?:do with|use|murder)|wouldn'?t (?:say no to|go amiss)"
    r"|what (?:do (?:you|u) (?:reckon|think)|would you say) (?:i|we) should"
    r"|what (?:would|should|shall|do|can) (?:i|we|you|u) (?:show|stick on|put on|throw on|play|watch))\b"
    rf"|\b(?:{ADVENTURE})\b|\b(?:{ASKING})\b|\b(?:{AGAIN})"
    rf"|{THEN}"
)
"""The wording of a request for recommendations."""
