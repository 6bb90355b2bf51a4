"""The third set of labelled messages, in the notation of `evals.planning.cases`.

Titles and people are of the part that `agent.tuning.split.held_out` keeps for evaluation. The sentences were written
without sight of the phrasings or of any reader. Errors on it have been read since it was first measured, and rules and
phrasings of their kind were written. Some themes and titles that it names are found by no resolver; a plan without
them is then the right one.
"""

from __future__ import annotations

from evals.planning.cases import PlanningCase

CASES: tuple[PlanningCase, ...] = (
    # limit
    PlanningCase("early shift tmrw, so 95 mins tops", "recommend", "limit", limits="runtime <= 95"),
    PlanningCase(
        "Our babysitter turns into a pumpkin at ten. Anything up to 1h45?",
        "recommend",
        "limit",
        limits="runtime <= 105",
    ),
    PlanningCase("strictly eighties", "recommend", "limit", limits="year 1980 to 1989"),
    PlanningCase(
        "got something creepy thats from this side of 2010", "recommend wants=creepy", "limit", limits="year >= 2010"
    ),
    PlanningCase(
        "an hour and twenty is all the time ive got before school pickup", "recommend", "limit", limits="runtime <= 80"
    ),
    PlanningCase(
        "I was born in 1982 and refuse to watch anything older than I am.", "recommend", "limit", limits="year >= 1982"
    ),
    PlanningCase(
        "whatever it is it has to be shorter than Fitzcarraldo", "recommend", "limit", limits="runtime <= 154"
    ),
    PlanningCase("italian stuff from the sixties 🇮🇹", "recommend wants=italian", "limit", limits="year 1960 to 1969"),
    PlanningCase(
        "I should like to see a Danish film made in 2005 or thereafter.",
        "recommend wants=Danish",
        "limit",
        limits="year >= 2005",
    ),
    PlanningCase("PG only, my niece is six and asks a LOT of questions", "recommend wants=PG", "limit"),
    PlanningCase(
        "nothing rated R, it's movie night with my wife's parents",
        "recommend without=R | recommend without=rated R",
        "limit",
    ),
    PlanningCase("gimme half a dozen vampire movies", "recommend wants=vampire", "limit", k=6),
    PlanningCase(
        "A dozen silent films for my evening class, none of them made after 1929.",
        "recommend wants=silent",
        "limit",
        limits="year <= 1929",
        k=12,
    ),
    PlanningCase(
        "metacritic 80+ and under two hours, idc what its about",
        "recommend",
        "limit",
        limits="metascore >= 80; runtime <= 119",
    ),
    PlanningCase(
        "Crime. Rotten Tomatoes 95 percent minimum.", "recommend wants=Crime", "limit", limits="tomatometer >= 95"
    ),
    PlanningCase(
        "won three or more oscars, not longer than 150 minutes",
        "recommend",
        "limit",
        limits="oscars >= 3; runtime <= 150",
    ),
    PlanningCase(
        "oscar nominee pls but newish, say 2012 on", "recommend", "limit", limits="oscar_nominations >= 1; year >= 2012"
    ),
    PlanningCase(
        "I'd be curious to watch what was made during the war, 1939 to 1945",
        "recommend",
        "limit",
        limits="year 1939 to 1945",
    ),
    PlanningCase(
        "early 90s thrillers where everyone has a pager",
        "recommend wants=thrillers",
        "limit",
        limits="year 1990 to 1993",
    ),
    PlanningCase(
        "anything french between 95 and 105 minutes??", "recommend wants=french", "limit", limits="runtime 95 to 105"
    ),
    PlanningCase(
        "long haul tomorrow, find me one that eats up at least 160 minutes of it",
        "recommend",
        "limit",
        limits="runtime >= 160",
    ),
    PlanningCase("post-1999 westerns", "recommend wants=westerns", "limit", limits="year >= 2000"),
    PlanningCase(
        "kung fu, seventies, two of them, go", "recommend wants=kung fu", "limit", limits="year 1970 to 1979", k=2
    ),
    PlanningCase("pick ONE. just one. im so bad at choosing", "recommend", "limit", k=1),
    PlanningCase(
        "Korean or Japanese, made no later than 2003",
        "recommend wants=Korean, Japanese",
        "limit",
        limits="year <= 2003",
    ),
    PlanningCase(
        "noir / 1940s / 80 min or less", "recommend wants=noir", "limit", limits="year 1940 to 1949; runtime <= 80"
    ),
    PlanningCase(
        "The projector at the care home overheats after 75 minutes, can you work with that?",
        "recommend",
        "limit",
        limits="runtime <= 75",
    ),
    PlanningCase(
        "ten documentaries, all 21st century", "recommend wants=documentaries", "limit", limits="year >= 2000", k=10
    ),
    PlanningCase(
        "I have two lessons to fill with my class, so no more than 90 minutes, and it must be in German.",
        "recommend wants=German",
        "limit",
        limits="runtime <= 90",
    ),
    PlanningCase("a film from 1994 please, the year we got married", "recommend", "limit", limits="year 1994"),
    PlanningCase(
        "funny n in spanish, 100 min or less", "recommend wants=funny, spanish", "limit", limits="runtime <= 100"
    ),
    PlanningCase(
        "kids mock the special effects in anything pre-1990 so dont go there",
        "recommend",
        "limit",
        limits="year >= 1990",
    ),
    PlanningCase(
        "anything out of argentina with a tomatometer of 80 and up",
        "recommend wants=argentina",
        "limit",
        limits="tomatometer >= 80",
    ),
    PlanningCase(
        "Four romances please. Critically praised ones only.",
        "recommend wants=romances",
        "limit",
        limits="tomatometer >= 80",
        k=4,
    ),
    PlanningCase(
        "worst of the worst: sci-fi with less than 15% on rotten tomatoes 😈",
        "recommend wants=sci-fi",
        "limit",
        limits="tomatometer <= 14",
    ),
    PlanningCase(
        "smth w juliette binoche, nineties only",
        "recommend wants=juliette binoche",
        "limit",
        limits="year 1990 to 1999",
    ),
    PlanningCase(
        "Orson Welles, but from before 1950",
        "recommend wants=Orson Welles | search_catalog names=Orson Welles",
        "limit",
        limits="year <= 1949",
    ),
    PlanningCase(
        "85 mins max bc my attention span is cooked. comedy", "recommend wants=comedy", "limit", limits="runtime <= 85"
    ),
    PlanningCase("swedish from the 50s or 60s", "recommend wants=swedish", "limit", limits="year 1950 to 1969"),
    PlanningCase(
        "must have come out since 2013 and run no more than 1h40",
        "recommend",
        "limit",
        limits="year >= 2013; runtime <= 100",
    ),
    PlanningCase(
        "Could you find me three Indian films, none exceeding two and a half hours?",
        "recommend wants=Indian",
        "limit",
        limits="runtime <= 150",
        k=3,
    ),
    PlanningCase("has to be older than me. im from 1991", "recommend", "limit", limits="year <= 1990"),
    PlanningCase(
        "family adventure, 1985-1989, you know the sort, BMX bikes and flashlights",
        "recommend wants=family, adventure",
        "limit",
        limits="year 1985 to 1989",
    ),
    PlanningCase("sub 100 min sci-fi, three options", "recommend wants=sci-fi", "limit", limits="runtime <= 99", k=3),
    PlanningCase("whats good from 1968", "recommend", "limit", limits="year 1968"),
    PlanningCase(
        "A musical of the thirties or forties with an Academy Award to its name, if I may.",
        "recommend wants=musical",
        "limit",
        limits="year 1930 to 1949; oscars >= 1",
    ),
    PlanningCase(
        "mystery with a metascore of 60 to 70, i like my movies a bit flawed",
        "recommend wants=mystery",
        "limit",
        limits="metascore 60 to 70",
    ),
    PlanningCase("seven films for seven nights at the lake", "recommend", "limit", k=7),
    PlanningCase(
        "In Mandarin please and no earlier than 2000, I'm practising.",
        "recommend wants=Mandarin",
        "limit",
        limits="year >= 2000",
    ),
    PlanningCase(
        "the match ends at 9 and I turn into a corpse at 11, so you've 120 minutes to play with",
        "recommend",
        "limit",
        limits="runtime <= 120",
    ),
    # without
    PlanningCase("comedy, zero romance", "recommend wants=comedy without=romance", "without"),
    PlanningCase(
        "Anyone but Shia LaBeouf, honestly, put on what you want", "recommend without=Shia LaBeouf", "without"
    ),
    PlanningCase("can we have smth w/out aliens for once", "recommend without=aliens", "without"),
    PlanningCase("spooky yes, gore and jump scares no", "recommend wants=spooky without=gore, jump scares", "without"),
    PlanningCase(
        "A war film which is not American, if such a thing exists.", "recommend wants=war without=American", "without"
    ),
    PlanningCase("nothing british tonight, nothing sad either", "recommend without=british, sad", "without"),
    PlanningCase(
        "id watch literally whatever that isnt horror or a cartoon", "recommend without=horror, cartoon", "without"
    ),
    PlanningCase(
        "Please keep Mickey Rourke off my telly this evening; what have you got?",
        "recommend without=Mickey Rourke",
        "without",
    ),
    PlanningCase(
        "a Steven Spielberg one other than Saving Private Ryan",
        "recommend wants=Steven Spielberg without=Saving Private Ryan",
        "without",
    ),
    PlanningCase("my ex was french so. no french films 🙃 whatever else", "recommend without=french", "without"),
    PlanningCase("fantasy minus the dragons plz", "recommend wants=fantasy without=dragons", "without"),
    PlanningCase(
        "I'd like a documentary and by that I do not mean true crime.",
        "recommend wants=documentary without=true crime | recommend wants=documentary without=crime",
        "without",
    ),
    PlanningCase(
        "Drama. Not the courtroom sort, not the cancer sort.",
        "recommend wants=Drama without=courtroom, cancer",
        "without",
    ),
    PlanningCase(
        "superheroes excluded, what've you got with car chases",
        "recommend wants=car chases without=superheroes",
        "without",
    ),
    PlanningCase(
        "The grandchildren are coming, so we must have one with no swearing in it.",
        "recommend without=swearing",
        "without",
    ),
    PlanningCase(
        "need a laugh but if i see Sacha Baron Cohen im logging off",
        "recommend wants=a laugh without=Sacha Baron Cohen | recommend without=Sacha Baron Cohen",
        "without",
    ),
    PlanningCase(
        "no zombies. no vampires. no werewolves. horror tho",
        "recommend wants=horror without=zombies, vampires, werewolves",
        "without",
    ),
    PlanningCase("romance that doesn't involve christmas", "recommend wants=romance without=christmas", "without"),
    PlanningCase(
        "flatmate refuses to watch black and white so skip those, anything else goes",
        "recommend without=black and white",
        "without",
    ),
    PlanningCase(
        "We'll be knitting, so we can't do subtitles. Suggestions?",
        "recommend without=subtitles | recommend",
        "without",
    ),
    PlanningCase(
        "A Tim Burton picture, provided it is not animation.", "recommend wants=Tim Burton without=animation", "without"
    ),
    PlanningCase(
        "sports film thats not about football or boxing", "recommend wants=sports without=football, boxing", "without"
    ),
    PlanningCase(
        "leave the musicals in the drawer and show me what else is there", "recommend without=musicals", "without"
    ),
    PlanningCase(
        "crime, but none of that mafia stuff, and nothing with harvey keitel",
        "recommend wants=crime without=mafia, harvey keitel",
        "without",
    ),
    PlanningCase(
        "Anything with Maggie Smith bar The Best Exotic Marigold Hotel, they show that every blooming Sunday.",
        "recommend wants=Maggie Smith without=The Best Exotic Marigold Hotel ~ that",
        "without",
    ),
    PlanningCase(
        "im 8 months pregnant. nothing depressing. i repeat nothing depressing",
        "recommend without=depressing",
        "without",
    ),
    PlanningCase(
        "science fiction without spaceships, does that even exist?",
        "recommend wants=science fiction without=spaceships",
        "without",
    ),
    PlanningCase(
        "not fussed about genre as long as ryan reynolds aint in it", "recommend without=ryan reynolds", "without"
    ),
    PlanningCase("Something gentle. I refuse to watch torture.", "recommend wants=gentle without=torture", "without"),
    PlanningCase("just pls not another sequel, what else u got", "recommend without=sequel", "without"),
    # correction
    PlanningCase(
        "no wait, comedies from the 70s, not the 60s",
        "recommend wants=comedies",
        "correction",
        limits="year 1970 to 1979",
    ),
    PlanningCase(
        "Hang on, I said I enjoyed Flight but I was thinking of Red Eye. Red Eye was the great one.",
        "record_preference likes=Red Eye | record_preference likes=Red Eye; edit_timeline names=Flight",
        "correction",
    ),
    PlanningCase(
        "nah not scary, i said funny", "recommend wants=funny without=scary | recommend wants=funny", "correction"
    ),
    PlanningCase(
        "My mistake, it's my brother who likes Rambo, not me.",
        "record_preference others=Rambo; edit_timeline names=Rambo | record_preference others=Rambo | edit_timeline "
        "names=Rambo",
        "correction",
    ),
    PlanningCase(
        "oh sorry make that under 90 minutes not under 120", "recommend", "correction", limits="runtime <= 89"
    ),
    PlanningCase(
        "Actually drop the thriller idea. Documentary.",
        "recommend wants=Documentary | recommend wants=Documentary without=thriller",
        "correction",
    ),
    PlanningCase("correction: it was Kagemusha that i adored", "record_preference likes=Kagemusha", "correction"),
    PlanningCase(
        "on second thoughts leave the western and find us a musical",
        "recommend wants=musical | recommend wants=musical without=western",
        "correction",
    ),
    PlanningCase("hit send too early. 3 suggestions not 13 lol", "recommend", "correction", k=3),
    PlanningCase(
        "Excuse me, I wrote that I love Australia and I wanted to say Invictus.",
        "record_preference likes=Invictus | record_preference likes=Invictus; edit_timeline names=Australia",
        "correction",
    ),
    PlanningCase(
        "Wrong way round! I love Tremors and hate Species.",
        "record_preference likes=Tremors dislikes=Species | record_preference likes=Tremors dislikes=Species; "
        "edit_timeline names=Tremors, Species",
        "correction",
    ),
    PlanningCase(
        "scratch french, go for italian",
        "recommend wants=italian | recommend wants=italian without=french",
        "correction",
    ),
    PlanningCase("hm never mind the decade, any year will do", "recommend", "correction"),
    PlanningCase("way too old, 2005 or later was what i had in mind", "recommend", "correction", limits="year >= 2005"),
    PlanningCase(
        "I asked for Emma Thompson and you understood Emma Roberts, dear.",
        "recommend wants=Emma Thompson | recommend wants=Emma Thompson without=Emma Roberts",
        "correction",
    ),
    PlanningCase(
        "I must amend my last message: not two hours, up to three is quite all right.",
        "recommend",
        "correction",
        limits="runtime <= 180",
    ),
    PlanningCase(
        "pressed the wrong thing, i actually hated wild things",
        "record_preference dislikes=wild things | record_preference dislikes=wild things; edit_timeline names=wild "
        "things",
        "correction",
    ),
    PlanningCase(
        "no longer down on Tootsie btw, rewatched it and it's a gem",
        "record_preference likes=Tootsie ~ it | record_preference likes=Tootsie ~ it seen=Tootsie ~ it | "
        "record_preference likes=Tootsie ~ it; edit_timeline names=Tootsie",
        "correction",
    ),
    PlanningCase(
        "Scotch that. A mystery, and keep war out of it.", "recommend wants=mystery without=war", "correction"
    ),
    PlanningCase("sorry autocorrect! a *noir* is what i want", "recommend wants=noir", "correction"),
    PlanningCase(
        "Let's start over: Spanish, funny, from the nineties.",
        "recommend wants=Spanish, funny",
        "correction",
        limits="year 1990 to 1999",
    ),
    PlanningCase(
        "that was my gf typing before, i cant stand Burlesque",
        "record_preference dislikes=Burlesque | record_preference dislikes=Burlesque; edit_timeline names=Burlesque | "
        "record_preference dislikes=Burlesque others=Burlesque",
        "correction",
    ),
    PlanningCase(
        "I've come round on Wild Strawberries. Thought it dull, now I'd call it a masterpiece.",
        "record_preference likes=Wild Strawberries ~ it | record_preference likes=Wild Strawberries ~ it; "
        "edit_timeline names=Wild Strawberries",
        "correction",
    ),
    PlanningCase("ok four films actually, i only said two bc i was being polite", "recommend", "correction", k=4),
    PlanningCase(
        "uplifting ones rather than sad ones, sorry for being unclear",
        "recommend wants=uplifting without=sad | recommend wants=uplifting",
        "correction",
    ),
    # comparison
    PlanningCase("got anything with the same energy as The Warriors?", "recommend like=The Warriors", "comparison"),
    PlanningCase(
        "If Harvey and Field of Dreams had a child, which film would that be?",
        "recommend like=Harvey, Field of Dreams",
        "comparison",
    ),
    PlanningCase("the goonies but for grown ups", "recommend like=the goonies", "comparison"),
    PlanningCase(
        "stuff that feels like the virgin suicides, only european",
        "recommend wants=european like=the virgin suicides",
        "comparison",
    ),
    PlanningCase(
        "Which film comes nearest to Kind Hearts and Coronets?", "recommend like=Kind Hearts and Coronets", "comparison"
    ),
    PlanningCase("i need another tremors in my life", "recommend like=tremors", "comparison"),
    PlanningCase(
        "is there an equivalent of All the President's Men from 2000 onwards?",
        "recommend like=All the President's Men",
        "comparison",
        limits="year >= 2000",
    ),
    PlanningCase(
        "airplane! level stupid please",
        "recommend like=airplane! | recommend wants=stupid like=airplane!",
        "comparison",
    ),
    PlanningCase(
        "A picture as charming as Gregory's Girl would do me nicely, Scottish again if possible.",
        "recommend wants=charming, Scottish like=Gregory's Girl | recommend wants=Scottish like=Gregory's Girl",
        "comparison",
    ),
    PlanningCase(
        "more sweaty paranoid road stuff a la Duel",
        "recommend like=Duel | recommend wants=paranoid like=Duel | recommend wants=sweaty, paranoid, road like=Duel | "
        "recommend wants=paranoid, road like=Duel",
        "comparison",
    ),
    PlanningCase(
        "halfway between Best in Show and This Is Spinal Tap, what lives there?",
        "recommend like=Best in Show, This Is Spinal Tap",
        "comparison",
    ),
    PlanningCase(
        "think Memories of Murder, but Spanish", "recommend wants=Spanish like=Memories of Murder", "comparison"
    ),
    PlanningCase("what do fans of chariots of fire usually go for", "recommend like=chariots of fire", "comparison"),
    PlanningCase(
        "less Transformers, more Equilibrium", "recommend like=Equilibrium without=Transformers", "comparison"
    ),
    PlanningCase(
        "Rosemary's Baby kind of dread, under 110 minutes",
        "recommend like=Rosemary's Baby | recommend wants=dread like=Rosemary's Baby",
        "comparison",
        limits="runtime <= 109",
    ),
    PlanningCase("Is there a worthy heir to Rififi?", "recommend like=Rififi", "comparison"),
    PlanningCase("dreamgirls vibes but true story", "recommend wants=true story like=dreamgirls", "comparison"),
    PlanningCase(
        "films in the vein of Audition and Suspiria but i need to sleep after so go easy, no gore",
        "recommend like=Audition, Suspiria without=gore",
        "comparison",
    ),
    PlanningCase(
        "u know what we do in the shadows? that but w/ aliens",
        "recommend wants=aliens like=what we do in the shadows ~ that",
        "comparison",
    ),
    PlanningCase(
        "My father has worn out his disc of Where Eagles Dare, would there be others of its kind?",
        "recommend like=Where Eagles Dare | record_preference others=Where Eagles Dare; recommend like=Where Eagles "
        "Dare | recommend like=Where Eagles Dare ~ its kind",
        "comparison",
    ),
    # mixed
    PlanningCase(
        "Cast Away was superb. Two more with someone stranded, please.",
        "record_preference likes=Cast Away; recommend wants=stranded | record_preference likes=Cast Away; recommend "
        "wants=stranded like=Cast Away",
        "mixed",
        k=2,
    ),
    PlanningCase(
        "seen hot rod, seen the other guys, both great. more plz",
        "record_preference likes=hot rod, the other guys; recommend | record_preference likes=hot rod, the other guys "
        "seen=hot rod, the other guys; recommend",
        "mixed",
    ),
    PlanningCase(
        "Who wrote Becket, and have you any more with Peter O'Toole?",
        "item_details names=Becket; search_catalog names=Peter O'Toole | item_details names=Becket; recommend "
        "wants=Peter O'Toole",
        "mixed",
    ),
    PlanningCase(
        "ugh eragon. dragons done right, do you have that?",
        "record_preference dislikes=eragon; recommend wants=dragons",
        "mixed",
    ),
    PlanningCase("whats trending, and would i be into any of it", "trending | trending; recommend", "mixed"),
    PlanningCase(
        "My wife wants a romance, I want a western, we have two hours.",
        "recommend wants=romance, western | record_preference others=romance; recommend wants=western | "
        "record_preference others=romance; recommend wants=romance, western",
        "mixed",
        limits="runtime <= 120",
    ),
    PlanningCase(
        "how old is Airplane! and why did you recommend it to me?",
        "item_details names=Airplane ~ it; explain names=Airplane ~ it",
        "mixed",
    ),
    PlanningCase(
        "cant stand will forte, love jane lynch, its friday, help",
        "record_preference likes=jane lynch dislikes=will forte; recommend",
        "mixed",
    ),
    PlanningCase(
        "delete the Garfield: A Tail of Two Kitties thing n then show me what else u have saved",
        "edit_timeline names=Garfield: A Tail of Two Kitties; show_timeline",
        "mixed",
    ),
    PlanningCase(
        "I adored Howards End as a girl and still do; is there another costume drama, preferably with Emma Thompson?",
        "record_preference likes=Howards End; recommend wants=costume drama, Emma Thompson",
        "mixed",
    ),
    PlanningCase(
        "watched apollo 13 w the kids, they were glued to it. whats next for them, PG at most 2 hours",
        "record_preference seen=apollo 13 others=apollo 13 ~ it; recommend wants=PG | record_preference others=apollo "
        "13 ~ it; recommend wants=PG",
        "mixed",
        limits="runtime <= 120",
    ),
    PlanningCase(
        "used to be obsessed with horror but now i have a baby. soft and funny only pls",
        "record_preference faded=horror; recommend wants=soft, funny",
        "mixed",
    ),
    PlanningCase(
        "The Hundred-Foot Journey made me so hungry, we loved it. More food films, not too long, 110 minutes at most?",
        "record_preference likes=The Hundred-Foot Journey ~ it; recommend wants=food | record_preference likes=The "
        "Hundred-Foot Journey ~ it; recommend wants=food like=The Hundred-Foot Journey",
        "mixed",
        limits="runtime <= 110",
    ),
    PlanningCase("who's in Ransom and is it under two hours", "item_details names=Ransom ~ it", "mixed"),
    PlanningCase(
        "Is my taste getting darker? If so then lean into it: a noir, 50s.",
        "forecast_interests; recommend wants=noir",
        "mixed",
        limits="year 1950 to 1959",
    ),
    PlanningCase(
        "pls forget john carter ever happened n find me proper space opera",
        "edit_timeline names=john carter; recommend wants=space opera | edit_timeline names=john carter; recommend "
        "wants=space",
        "mixed",
    ),
    PlanningCase(
        "Why was Syriana ranked over Lord of War? And what is everybody else watching?",
        "compare names=Syriana, Lord of War; trending",
        "mixed",
    ),
    PlanningCase(
        "not a fan of Katherine Heigl but 27 Dresses got me, so romcoms are fine, just no christmas ones",
        "record_preference likes=27 Dresses, romcoms dislikes=Katherine Heigl; recommend without=christmas | "
        "record_preference likes=27 Dresses dislikes=Katherine Heigl; recommend wants=romcoms without=christmas",
        "mixed",
    ),
    PlanningCase(
        "saw 21 Grams yesterday. god. give me something light",
        "record_preference seen=21 Grams; recommend wants=light",
        "mixed",
    ),
    PlanningCase(
        "Three questions: how long is Papillon, who directed it, and do you have anything like it that is shorter than "
        "two hours?",
        "item_details names=Papillon ~ it; recommend like=Papillon ~ it",
        "mixed",
        limits="runtime <= 119",
    ),
    PlanningCase(
        "loved stand by me, hated cujo, go figure. coming of age pls",
        "record_preference likes=stand by me dislikes=cujo; recommend wants=coming of age",
        "mixed",
    ),
    PlanningCase(
        "We finished The Recruit, mediocre; next a spy film with more brains, from the seventies say.",
        "record_preference dislikes=The Recruit; recommend wants=spy | record_preference seen=The Recruit; recommend "
        "wants=spy | record_preference dislikes=The Recruit seen=The Recruit; recommend wants=spy",
        "mixed",
        limits="year 1970 to 1979",
    ),
    PlanningCase(
        "my gf is scared of clowns, i'm scared of her. horror without clowns?",
        "recommend wants=horror without=clowns | record_preference others=clowns; recommend wants=horror "
        "without=clowns",
        "mixed",
    ),
    PlanningCase(
        "List your Paul Schrader films and tell me which years Hardcore and Blue Collar are from.",
        "search_catalog names=Paul Schrader; item_details names=Hardcore, Blue Collar",
        "mixed",
    ),
    PlanningCase(
        "how come you gave me The Core lol. anyway 5 disaster movies go, nothing after 1980",
        "explain names=The Core; recommend wants=disaster",
        "mixed",
        limits="year <= 1980",
        k=5,
    ),
    PlanningCase(
        "My sons swear by The Fast and the Furious: Tokyo Drift. I'd sooner have a quiet English comedy.",
        "record_preference others=The Fast and the Furious: Tokyo Drift; recommend wants=quiet, English, comedy",
        "mixed",
    ),
    PlanningCase(
        "not into musicals anymore, hedwig and the angry inch excepted, that one i'll love forever",
        "record_preference likes=hedwig and the angry inch ~ that one faded=musicals",
        "mixed",
    ),
    PlanningCase(
        "Cross off Antitrust.. no wait, cross off Swordfish. And what does my profile say about action?",
        "edit_timeline names=Swordfish; show_timeline",
        "mixed",
    ),
    PlanningCase(
        "what have you got w/ Charlton Heston? the omega man i know by heart",
        "record_preference seen=the omega man; search_catalog names=Charlton Heston | record_preference likes=the "
        "omega man; search_catalog names=Charlton Heston | record_preference seen=the omega man; recommend "
        "wants=Charlton Heston | record_preference likes=the omega man; recommend wants=Charlton Heston",
        "mixed",
    ),
    PlanningCase(
        "Thanks, The Twilight Samurai was a splendid tip. One more samurai film if you please, in black and white this "
        "time.",
        "record_preference likes=The Twilight Samurai; recommend wants=samurai, black and white",
        "mixed",
        k=1,
    ),
    PlanningCase(
        "is mud any good? if not smth else with matthew mcconaughey",
        "item_details names=mud; recommend wants=matthew mcconaughey",
        "mixed",
    ),
    PlanningCase(
        "Stop with the crime, I've had enough of it. Sunny, Greek or Italian, under 2h.",
        "record_preference faded=crime; recommend wants=Sunny, Greek, Italian | recommend wants=Sunny, Greek, Italian "
        "without=crime | record_preference faded=crime; recommend wants=Sunny, Greek, Italian without=crime",
        "mixed",
        limits="runtime <= 119",
    ),
    PlanningCase(
        "will i still like anime in a year u think? for now gimme 2",
        "forecast_interests names=anime; recommend wants=anime",
        "mixed",
        k=2,
    ),
    PlanningCase(
        "I've seen Proof, Enigma and The Machinist. Where is my taste heading, and what should follow?",
        "record_preference seen=Proof, Enigma, The Machinist; forecast_interests; recommend",
        "mixed",
    ),
    PlanningCase(
        "bad santa = my christmas tradition, the family stone = everyone elses. got a xmas film that isnt english?",
        "record_preference likes=bad santa others=the family stone; recommend wants=xmas without=english",
        "mixed",
    ),
    PlanningCase(
        "Does Fred Ward appear in Tremors? And please, no more creature features for me, I am worn out with them.",
        "record_preference faded=creature features ~ them; item_details names=Tremors | record_preference "
        "dislikes=creature features ~ them; item_details names=Tremors | item_details names=Tremors; recommend "
        "without=creature features",
        "mixed",
    ),
    PlanningCase(
        "hi :) i like slow french things and juliette binoche, i don't like noise. what do you have for a rainy sunday",
        "record_preference likes=slow, french, juliette binoche dislikes=noise; recommend | record_preference "
        "likes=slow, french, juliette binoche; recommend without=noise",
        "mixed",
    ),
    PlanningCase(
        "Rio Bravo: 5/5. Hatari!: 2/5. The Shootist: haven't seen, is it long?",
        "record_preference likes=Rio Bravo dislikes=Hatari; item_details names=The Shootist ~ it",
        "mixed",
    ),
    PlanningCase(
        "the warriors rules, dont @ me. whats the runtime and got a 4th of july movie",
        "record_preference likes=the warriors; item_details names=the warriors; recommend wants=4th of july",
        "mixed",
    ),
    PlanningCase(
        "You keep offering me Viggo Mortensen and I can't say I mind. Show me all you have of him, and tell me why "
        "him.",
        "record_preference likes=Viggo Mortensen; search_catalog names=Viggo Mortensen ~ him; explain names=Viggo "
        "Mortensen ~ him | search_catalog names=Viggo Mortensen ~ him; explain names=Viggo Mortensen ~ him | "
        "record_preference likes=Viggo Mortensen; search_catalog names=Viggo Mortensen ~ him; explain | search_catalog "
        "names=Viggo Mortensen ~ him; explain",
        "mixed",
    ),
    PlanningCase(
        "hated it, hated Push too, no more superpowers. a real human drama from before 2000?",
        "record_preference dislikes=it, Push; recommend wants=drama without=superpowers",
        "mixed",
        shown=("Chronicle",),
    ),
    PlanningCase(
        "Something Polish, 1955 to 1965, and might I ask when Knife in the Water was made?",
        "recommend wants=Polish; item_details names=Knife in the Water",
        "mixed",
        limits="year 1955 to 1965",
    ),
    PlanningCase(
        "k so horror is 4ever, slashers are over, and whats everyone else on rn",
        "record_preference likes=horror faded=slashers; trending",
        "mixed",
    ),
    PlanningCase(
        "Beginners and Like Crazy broke me (compliment). who directed Like Crazy again",
        "record_preference likes=Beginners, Like Crazy; item_details names=Like Crazy",
        "mixed",
    ),
    PlanningCase(
        "Snow Dogs was dire, Racing Stripes was worse. Any animal documentaries instead? Maximum 100 minutes.",
        "record_preference dislikes=Snow Dogs, Racing Stripes; recommend wants=animal, documentaries | "
        "record_preference dislikes=Snow Dogs, Racing Stripes; recommend wants=animal documentaries",
        "mixed",
        limits="runtime <= 100",
    ),
    # taste
    PlanningCase(
        "high fidelity is basically my biography and i wouldn't change a frame",
        "record_preference likes=high fidelity",
        "taste",
    ),
    PlanningCase(
        "To Kill a Mockingbird has never once disappointed me, and I taught it for thirty years.",
        "record_preference likes=To Kill a Mockingbird ~ it",
        "taste",
    ),
    PlanningCase(
        "still not over the boy in the striped pajamas, what a film",
        "record_preference likes=the boy in the striped pajamas",
        "taste",
    ),
    PlanningCase("screwball's my thing", "record_preference likes=screwball", "taste"),
    PlanningCase(
        "Give me Alan Rickman reading a parking ticket and I'm there.", "record_preference likes=Alan Rickman", "taste"
    ),
    PlanningCase("tucker & dale vs. evil >>>>", "record_preference likes=tucker & dale vs. evil", "taste"),
    PlanningCase("I've a weakness for submarine films, can't explain it", "record_preference likes=submarine", "taste"),
    PlanningCase(
        "my comfort movie is 10 things i hate about you 🥹",
        "record_preference likes=10 things i hate about you",
        "taste",
    ),
    PlanningCase(
        "We named our dog after Willow. Yes, the film. That's how much it means to us.",
        "record_preference likes=Willow ~ it",
        "taste",
    ),
    PlanningCase("Top marks to The Damned United.", "record_preference likes=The Damned United", "taste"),
    PlanningCase(
        "michael fassbender and i are getting married, he just doesn't know yet",
        "record_preference likes=michael fassbender",
        "taste",
    ),
    PlanningCase(
        "didn't expect to cry at a penguin movie but hey penguins of madagascar, u got me, A+",
        "record_preference likes=penguins of madagascar",
        "taste",
    ),
    PlanningCase("The colours in Suspiria! The music! I was bewitched.", "record_preference likes=Suspiria", "taste"),
    PlanningCase("Anything Iranian and I'm sold.", "record_preference likes=Iranian", "taste"),
    PlanningCase("nothing hits like out of sight tbh", "record_preference likes=out of sight", "taste"),
    PlanningCase(
        "Seldom have I laughed so hard as at The Ladykillers, the 1955 one naturally.",
        "record_preference likes=The Ladykillers",
        "taste",
    ),
    PlanningCase("y tu mamá también lives in my head rent free", "record_preference likes=y tu mamá también", "taste"),
    PlanningCase(
        "George Roy Hill, George Miller, Walter Hill: there you have my holy trinity.",
        "record_preference likes=George Roy Hill, George Miller, Walter Hill",
        "taste",
    ),
    PlanningCase(
        "would rewatch catch me if you can any day of the week", "record_preference likes=catch me if you can", "taste"
    ),
    PlanningCase(
        "What a delight A Grand Day Out is, even without a child in the room.",
        "record_preference likes=A Grand Day Out",
        "taste",
    ),
    PlanningCase(
        "low budget horror is where my heart is",
        "record_preference likes=low budget, horror | record_preference likes=low budget horror | record_preference "
        "likes=horror",
        "taste",
    ),
    PlanningCase(
        "the end of Kramer vs. Kramer gets me every time, marvellous",
        "record_preference likes=Kramer vs. Kramer",
        "taste",
    ),
    PlanningCase("the raid?? absolute scenes. so so good", "record_preference likes=the raid", "taste"),
    PlanningCase(
        "I count Rocco and His Brothers among the finest things Italy has given us.",
        "record_preference likes=Rocco and His Brothers",
        "taste",
    ),
    PlanningCase(
        "road movies, buddy cops, anything w/ a talking car. thats me",
        "record_preference likes=road movies, buddy cops, talking car | record_preference likes=road, buddy cops, "
        "talking car",
        "taste",
    ),
    # dislike
    PlanningCase(
        "white chicks has not aged well and it wasnt good then either",
        "record_preference dislikes=white chicks ~ it",
        "dislike",
    ),
    PlanningCase(
        "I fell asleep during The Legend of Zorro and woke up angry.",
        "record_preference dislikes=The Legend of Zorro",
        "dislike",
    ),
    PlanningCase("found footage makes me seasick, can't do it", "record_preference dislikes=found footage", "dislike"),
    PlanningCase("Love Story? Sentimental tosh.", "record_preference dislikes=Love Story", "dislike"),
    PlanningCase("son of the mask should be illegal", "record_preference dislikes=son of the mask", "dislike"),
    PlanningCase(
        "Lars von Trier can keep his films to himself.", "record_preference dislikes=Lars von Trier", "dislike"
    ),
    PlanningCase("idk what ppl see in the book of eli", "record_preference dislikes=the book of eli", "dislike"),
    PlanningCase(
        "My patience ended forty minutes into Enter the Void.", "record_preference dislikes=Enter the Void", "dislike"
    ),
    PlanningCase("zombies bore me to tears", "record_preference dislikes=zombies", "dislike"),
    PlanningCase("wanted to like hancock, couldnt", "record_preference dislikes=hancock", "dislike"),
    PlanningCase(
        "The only good thing about Poseidon was the exit sign.", "record_preference dislikes=Poseidon", "dislike"
    ),
    PlanningCase("kevin james just isn't funny, sorry not sorry", "record_preference dislikes=kevin james", "dislike"),
    PlanningCase(
        "American Gangster has its admirers. I am not of their number.",
        "record_preference dislikes=American Gangster",
        "dislike",
    ),
    PlanningCase(
        "I wouldn't say Stoker was bad, I'd say it was very good in fact.",
        "record_preference likes=Stoker ~ it",
        "dislike",
    ),
    PlanningCase(
        "capes, swords, prophecies... wake me when it's over",
        "record_preference dislikes=capes, swords, prophecies",
        "dislike",
    ),
    PlanningCase(
        "australia (the movie) felt longer than flying there", "record_preference dislikes=australia", "dislike"
    ),
    PlanningCase(
        "Gritty reboots leave a bad taste in my mouth.",
        "record_preference dislikes=Gritty reboots | record_preference dislikes=reboots | record_preference "
        "dislikes=Gritty, reboots",
        "dislike",
    ),
    PlanningCase("me and megan fox movies dont mix", "record_preference dislikes=megan fox", "dislike"),
    PlanningCase(
        "I had so looked forward to Hitchcock, the one with the fat suit, and alas, alas.",
        "record_preference dislikes=Hitchcock",
        "dislike",
    ),
    PlanningCase("lady in the water 1/10 n thats generous", "record_preference dislikes=lady in the water", "dislike"),
    PlanningCase(
        "You will not find a person less moved by The Lucky One than myself.",
        "record_preference dislikes=The Lucky One",
        "dislike",
    ),
    PlanningCase(
        "observe and report left a nasty feeling, wish i hadnt bothered",
        "record_preference dislikes=observe and report",
        "dislike",
    ),
    PlanningCase(
        "loved the piano teacher, but invictus is just syrup to me",
        "record_preference likes=the piano teacher dislikes=invictus",
        "dislike",
    ),
    PlanningCase(
        "Slapstick I find tiresome, wit I prize.", "record_preference likes=wit dislikes=Slapstick", "dislike"
    ),
    PlanningCase(
        "turned off the human centipede 2 after ten min, yuck",
        "record_preference dislikes=the human centipede 2",
        "dislike",
    ),
    # reference
    PlanningCase(
        "the older of the two, who made it?",
        "item_details names=the older of the two ~ it",
        "reference",
        shown=("Cape Fear", "Mud"),
    ),
    PlanningCase(
        "nope seen the middle one",
        "record_preference seen=the middle one",
        "reference",
        shown=("Wild Tales", "Water", "Omar"),
    ),
    PlanningCase(
        "That one sounds dreadful, what made you choose it?",
        "explain names=That one ~ it | record_preference dislikes=That one; explain names=That one ~ it",
        "reference",
        shown=("Old Dogs",),
    ),
    PlanningCase(
        "how many oscars did the bottom one win",
        "item_details names=the bottom one",
        "reference",
        shown=("Tootsie", "Missing", "The Last Emperor"),
    ),
    PlanningCase(
        "ok #4 looks fun, whos in it",
        "item_details names=#4 ~ it",
        "reference",
        shown=("Tremors", "Innerspace", "Willow", "Three Amigos"),
    ),
    PlanningCase(
        "The first and the last were both favourites of mine at university.",
        "record_preference likes=The first, the last",
        "reference",
        shown=("Harper", "Becket", "Seconds"),
    ),
    PlanningCase(
        "similar to the second but not in french",
        "recommend like=the second without=french",
        "reference",
        shown=("Tomboy", "Le Havre", "In the House"),
    ),
    PlanningCase(
        "Why should I watch these three?",
        "explain names=these three | explain names=these | explain",
        "reference",
        shown=("Proof", "Waitress", "Beginners"),
    ),
    PlanningCase(
        "seen all of them mate, next batch",
        "record_preference seen=all of them; recommend | record_preference seen=them; recommend",
        "reference",
        shown=("Transformers", "Rambo", "Death Race"),
    ),
    PlanningCase(
        "is the one on top longer than the one below it",
        "item_details names=the one on top, the one below it | item_details names=the one on top, the one below",
        "reference",
        shown=("Fitzcarraldo", "Papillon"),
    ),
    PlanningCase(
        "I couldn't finish the third film, it was so gloomy.",
        "record_preference dislikes=the third film ~ it",
        "reference",
        shown=("In America", "Philomena", "The Road"),
    ),
    PlanningCase(
        "take that last one off my list pls, i never liked it",
        "edit_timeline names=that last one ~ it | record_preference dislikes=that last one ~ it; edit_timeline "
        "names=that last one ~ it",
        "reference",
        shown=("Yes Man", "Due Date"),
    ),
    PlanningCase(
        "why number 1 and not number 2 at the top",
        "compare names=number 1, number 2",
        "reference",
        shown=("Duel", "Blow Out", "Scanners"),
    ),
    PlanningCase(
        "My late mother's favourite was the second of these!",
        "record_preference others=the second of these",
        "reference",
        shown=("Adam's Rib", "Born Yesterday"),
    ),
    PlanningCase(
        "which one's the longest out of these",
        "item_details names=these",
        "reference",
        shown=("Top Secret!", "Zelig", "Overboard"),
    ),
    PlanningCase(
        "this 🔥🔥 gimme 3 more like it",
        "record_preference likes=this; recommend like=it | record_preference likes=this; recommend like=this ~ it | "
        "recommend like=this ~ it",
        "reference",
        shown=("Point Break",),
        k=3,
    ),
    PlanningCase(
        "Neither of them appeals to me. Might there be a comedy?",
        "recommend wants=comedy | recommend wants=comedy without=them | record_preference dislikes=them; recommend "
        "wants=comedy | record_preference dislikes=Neither of them; recommend wants=comedy",
        "reference",
        shown=("Repulsion", "Elephant"),
    ),
    PlanningCase(
        "what year is the second one from and is it in english",
        "item_details names=the second one ~ it",
        "reference",
        shown=("Control", "Night Watch"),
    ),
    PlanningCase(
        "no 2 is brilliant, no 3 not so much",
        "record_preference likes=no 2 dislikes=no 3",
        "reference",
        shown=("Wall Street", "RoboCop", "Hudson Hawk"),
    ),
    PlanningCase(
        "The shorter of the pair will do; who plays the lead?",
        "item_details names=The shorter of the pair",
        "reference",
        shown=("Rocky II", "The Wild One"),
    ),
    # trending
    PlanningCase("whats the big thing right now", "trending", "trending"),
    PlanningCase(
        "Everyone at work keeps talking about films I've not seen, so what's all the rage?", "trending", "trending"
    ),
    PlanningCase("top charting movies this month pls", "trending", "trending"),
    PlanningCase("Which pictures are in vogue?", "trending", "trending"),
    PlanningCase("what are ppl bingeing atm", "trending", "trending"),
    PlanningCase("I feel out of touch. What are the young ones flocking to lately?", "trending", "trending"),
    PlanningCase("anything blowing up on here today", "trending", "trending"),
    PlanningCase("Let's see the most popular titles of the week.", "trending", "trending"),
    PlanningCase("gimme the buzz", "trending", "trending"),
    PlanningCase("which films did users pick most in the last few days", "trending", "trending"),
    PlanningCase("Is there a title whose numbers are climbing fast just now?", "trending", "trending"),
    PlanningCase("trending list?", "trending", "trending"),
    # wish
    PlanningCase("two grumpy uncles, one sofa, nothing on telly. over to you", "recommend", "wish"),
    PlanningCase("its raining and im hungover, save me", "recommend", "wish"),
    PlanningCase("Nanna's asked for a weepie", "recommend wants=weepie", "wish"),
    PlanningCase(
        "a good old fashioned ghost story would hit the spot",
        "recommend wants=ghost story | recommend wants=ghost",
        "wish",
    ),
    PlanningCase("date #3 tonight, my place. no pressure. what do we watch", "recommend", "wish"),
    PlanningCase(
        "The wife is at her sister's and I have the remote to myself. Submarines?", "recommend wants=Submarines", "wish"
    ),
    PlanningCase("pick for us!! can't agree on anything here", "recommend", "wish"),
    PlanningCase("Could you put something cosy on my screen?", "recommend wants=cosy", "wish"),
    PlanningCase("need to cry", "recommend wants=cry | recommend", "wish"),
    PlanningCase("im craving something trippy and colorful", "recommend wants=trippy, colorful", "wish"),
    PlanningCase(
        "Would there be a film with Whoopi Goldberg in it for a Saturday afternoon?",
        "recommend wants=Whoopi Goldberg | search_catalog names=Whoopi Goldberg",
        "wish",
    ),
    PlanningCase("bored. entertain me", "recommend", "wish"),
    PlanningCase("What would you show somebody who has only ever watched television?", "recommend", "wish"),
    PlanningCase("ok movie robot do ur thing", "recommend", "wish"),
    PlanningCase("smth to fold laundry to", "recommend", "wish"),
    PlanningCase("A pirate yarn for my nephew and me.", "recommend wants=pirate", "wish"),
    PlanningCase("wheres the good heist stuff at", "recommend wants=heist | search_catalog names=heist", "wish"),
    PlanningCase(
        "I've broken my ankle and shall be on the settee until March; a lengthy list of cheerful films, please.",
        "recommend wants=cheerful",
        "wish",
    ),
    PlanningCase(
        "jeff bridges being grumpy. thats the whole request",
        "recommend wants=jeff bridges | recommend wants=jeff bridges, grumpy",
        "wish",
    ),
    PlanningCase(
        "Treat me to a political satire.",
        "recommend wants=political satire | recommend wants=political, satire | recommend wants=satire",
        "wish",
    ),
    PlanningCase(
        "got any brainy space movies that'll make my head hurt",
        "recommend wants=brainy, space | recommend wants=space | search_catalog names=space",
        "wish",
    ),
    PlanningCase("What do you reckon we should stick on after tea?", "recommend", "wish"),
    PlanningCase(
        "movies abt chess players?? or nerds in general",
        "recommend wants=chess, nerds | recommend wants=chess players, nerds",
        "wish",
    ),
    PlanningCase(
        "Having my bridge club round, eight ladies over seventy, and they will not sit still for rubbish.",
        "recommend",
        "wish",
    ),
    PlanningCase(
        "a film set in venice so i can pretend im on holiday",
        "recommend wants=venice | recommend wants=set in venice",
        "wish",
    ),
    PlanningCase("guess what id like to see next. go on", "recommend", "wish"),
    PlanningCase("I wouldn't say no to a swashbuckler.", "recommend wants=swashbuckler", "wish"),
    PlanningCase("help me impress my film snob roomate", "recommend", "wish"),
    PlanningCase("martial arts marathon this weekend, load me up", "recommend wants=martial arts", "wish"),
    PlanningCase(
        "whats a must see by jim jarmusch", "recommend wants=jim jarmusch | search_catalog names=jim jarmusch", "wish"
    ),
    # language
    PlanningCase(
        "Hast du einen Krimi aus den 70ern, höchstens 100 Minuten?",
        "recommend wants=Krimi",
        "language",
        limits="year 1970 to 1979; runtime <= 100",
    ),
    PlanningCase(
        "Bitte keine Liebesfilme mehr, lieber was zum Lachen.",
        "recommend wants=Lachen without=Liebesfilme | recommend wants=zum Lachen without=Liebesfilme | "
        "record_preference faded=Liebesfilme; recommend wants=Lachen | record_preference faded=Liebesfilme; recommend "
        "wants=zum Lachen",
        "language",
    ),
    PlanningCase("Good Bye Lenin! fand ich klasse, ehrlich.", "record_preference likes=Good Bye Lenin", "language"),
    PlanningCase(
        "Une comédie française des années 80, s'il te plaît",
        "recommend wants=comédie, française",
        "language",
        limits="year 1980 to 1989",
    ),
    PlanningCase(
        "Je déteste les films d'horreur, ça m'empêche de dormir.",
        "record_preference dislikes=horreur | record_preference dislikes=films d'horreur",
        "language",
    ),
    PlanningCase("Qui joue dans Le Havre ?", "item_details names=Le Havre", "language"),
    PlanningCase(
        "Ponme tres películas de miedo, que no sean de antes de 2000.",
        "recommend wants=miedo | recommend wants=películas de miedo",
        "language",
        limits="year >= 2000",
        k=3,
    ),
    PlanningCase("la verdad es que Ed Wood me aburrió muchísimo", "record_preference dislikes=Ed Wood", "language"),
    PlanningCase("Che cosa guardano tutti in questo momento?", "trending", "language"),
    PlanningCase(
        "Vorrei un film d'avventura, ma senza Jim Carrey!",
        "recommend wants=avventura without=Jim Carrey | recommend wants=film d'avventura without=Jim Carrey",
        "language",
    ),
    PlanningCase(
        "有没有类似 Memories of Murder 的韩国电影？",
        "recommend wants=韩国 like=Memories of Murder | recommend wants=韩国电影 like=Memories of Murder",
        "language",
    ),
    PlanningCase("Apollo 13 有多长？", "item_details names=Apollo 13", "language"),
    # sarcasm
    PlanningCase(
        "Oh goody, Christmas with the Kranks, just how I wanted to spend my one life.",
        "record_preference dislikes=Christmas with the Kranks",
        "sarcasm",
    ),
    PlanningCase("saw v? ah yes, the one with the nuanced characters", "record_preference dislikes=saw v", "sarcasm"),
    PlanningCase(
        "10,000 bc really captured what history was like, right down to my suffering",
        "record_preference dislikes=10,000 bc",
        "sarcasm",
    ),
    PlanningCase(
        "Bravo, two and a half hours of explosions and not one idea. Well done, Transformers: Revenge of the Fallen.",
        "record_preference dislikes=Transformers: Revenge of the Fallen",
        "sarcasm",
    ),
    PlanningCase(
        "taylor lautner acting... now theres a sentence", "record_preference dislikes=taylor lautner", "sarcasm"
    ),
    PlanningCase(
        "yay another remake 🙄 my cup runneth over",
        "record_preference dislikes=remake | record_preference faded=remake",
        "sarcasm",
    ),
    PlanningCase(
        "I learned so much from The Last Exorcism, chiefly the location of the fire doors.",
        "record_preference dislikes=The Last Exorcism",
        "sarcasm",
    ),
    PlanningCase(
        "end of days had me on the edge of my seat. looking for the exit",
        "record_preference dislikes=end of days",
        "sarcasm",
    ),
    PlanningCase(
        "If you enjoy watching people shout in rain, do by all means see Darkness Falls. I envy those who haven't.",
        "record_preference dislikes=Darkness Falls",
        "sarcasm",
    ),
    PlanningCase(
        "master of disguise?? the only thing the master of disguise hid was the jokes",
        "record_preference dislikes=the master of disguise",
        "sarcasm",
    ),
    PlanningCase(
        "How nice of Bewitched to remind me that I could be doing the ironing.",
        "record_preference dislikes=Bewitched",
        "sarcasm",
    ),
    PlanningCase("wow shaky cam, i LOVE not seeing anything", "record_preference dislikes=shaky cam", "sarcasm"),
    PlanningCase(
        "the core: finally a film for people who found geography too plausible",
        "record_preference dislikes=the core",
        "sarcasm",
    ),
    PlanningCase(
        "Congratulations to Mars Needs Moms on the most expensive nap my kids ever took.",
        "record_preference dislikes=Mars Needs Moms",
        "sarcasm",
    ),
    # long
    PlanningCase(
        "hey so basically im housesitting for my aunt and she has this insane tv, like cinema sized, and the best "
        "speakers ever, and i have exactly one night before she is back. i want the loudest prettiest sci-fi you have, "
        "nothing before 1995 bc i want to show off the picture, and id rather not watch anything over 150 min since "
        "the dog needs out",
        "recommend wants=loudest, prettiest, sci-fi | recommend wants=sci-fi",
        "long",
        limits="year >= 1995; runtime <= 150",
    ),
    PlanningCase(
        "Dear Sir or Madam, my late brother was a projectionist for forty years and left me a box of old posters, "
        "among them one for The Asphalt Jungle, which I finally sat down to watch on Tuesday. I thought it "
        "magnificent. I never cared for gangsters before in my life. Could you name two others of that type, made "
        "before 1960?",
        "record_preference likes=The Asphalt Jungle ~ it; recommend like=The Asphalt Jungle | record_preference "
        "likes=The Asphalt Jungle ~ it; recommend | record_preference likes=The Asphalt Jungle ~ it; recommend "
        "wants=gangsters | record_preference likes=The Asphalt Jungle ~ it; recommend like=that type",
        "long",
        limits="year <= 1959",
        k=2,
    ),
    PlanningCase(
        "me and the lads do this thing every month where one person picks and everybody else has to watch it whatever "
        "it is, last time daz picked grandma's boy and we nearly threw him out the window, it was that bad. now its my "
        "turn and i cant mess up. crime, violent, funny if possible, and not sylvester stallone for the love of god "
        "because daz will never shut up about it",
        "record_preference dislikes=grandma's boy ~ it; recommend wants=crime, violent, funny without=sylvester "
        "stallone",
        "long",
    ),
    PlanningCase(
        "I don't normally write to machines. My granddaughter is staying for half-term, she's nine and has a mind like "
        "a razor, and we have already got through The Rescuers and The Fox and the Hound, both of which she pronounced "
        "'fine'. The weather is filthy. Is there something for her that is a bit cleverer, with no princesses, she was "
        "very firm about the princesses?",
        "record_preference seen=The Rescuers, The Fox and the Hound; recommend wants=cleverer without=princesses | "
        "record_preference seen=The Rescuers, The Fox and the Hound; recommend without=princesses | record_preference "
        "seen=The Rescuers, The Fox and the Hound others=The Rescuers, The Fox and the Hound; recommend "
        "without=princesses",
        "long",
    ),
    PlanningCase(
        "so the thing is i broke up w my boyfriend in june and all our movies were like. romances. i used to LOVE "
        "romances, a walk to remember was my whole personality. and now i just cant, i see two people kissing and i "
        "want to throw the laptop. my therapist says try new things so ok fine!! new things!! what've you got that has "
        "nobody kissing in it",
        "record_preference faded=romances, a walk to remember; recommend without=kissing | record_preference "
        "faded=romances; recommend without=kissing | record_preference faded=romances; recommend without=romances, "
        "kissing",
        "long",
    ),
    PlanningCase(
        "Right. Settle a row. My husband maintains that A Bridge Too Far is longer than The Guns of Navarone and I say "
        "it's the other way about, there is a bottle of sherry riding on this, and my sister, who is no help "
        "whatsoever, says she has seen neither and would like to know who is in them. So: how long is each one and who "
        "stars?",
        "item_details names=A Bridge Too Far, The Guns of Navarone | item_details names=A Bridge Too Far, The Guns of "
        "Navarone, them",
        "long",
    ),
    PlanningCase(
        "ok quick life update since u asked (u didnt): finished my exams, slept 14 hours, ate a whole pizza, watched "
        "point break and then ALSO the other guys and honestly both slap. brain empty now. i have til midnight which "
        "is like 2 and a half hours. hit me with something just as dumb, 4 options pls so i can feel in control",
        "record_preference likes=point break, the other guys; recommend wants=dumb | record_preference likes=point "
        "break, the other guys; recommend | record_preference likes=point break, the other guys; recommend wants=dumb "
        "like=point break, the other guys",
        "long",
        limits="runtime <= 150",
        k=4,
    ),
    PlanningCase(
        "I am from Poland and I live since ten years in Leeds. When I was young we had only two channels and they "
        "showed always the same Soviet war films, so war films I can really not see any more, I had enough for a "
        "lifetime. What I like now is English humour, very dry, with old people in it. Please advise.",
        "record_preference likes=English, humour, dry faded=war; recommend | record_preference likes=English humour, "
        "dry, old people dislikes=war; recommend | record_preference likes=English humour faded=war; recommend | "
        "record_preference likes=English humour dislikes=war; recommend | record_preference likes=English humour, dry, "
        "old people faded=war; recommend | record_preference faded=war; recommend wants=English humour, dry | "
        "record_preference faded=war; recommend wants=English humour, dry, old people",
        "long",
    ),
    PlanningCase(
        "Last week you gave me Once Upon a Time in Anatolia and I want to understand the reasoning, because I told you "
        "in plain words that I drive a night bus, that I come home at five in the morning, and that I need a thing "
        "that keeps me awake until the kids get up. It's a very fine film, no doubt, but it was like being tucked in. "
        "So first the reason, and then a fast thriller, please.",
        "explain names=Once Upon a Time in Anatolia; recommend wants=fast, thriller | record_preference dislikes=Once "
        "Upon a Time in Anatolia; explain names=Once Upon a Time in Anatolia; recommend wants=fast, thriller | "
        "record_preference seen=Once Upon a Time in Anatolia; explain names=Once Upon a Time in Anatolia; recommend "
        "wants=fast, thriller",
        "long",
    ),
    PlanningCase(
        "sooo i'm organizing movie night at the dorm, we're like 12 people, half of them are vegan and one girl brings "
        "her own cushion, two guys only accept stuff w explosions, my roommate's thing is kristin scott thomas (??), "
        "and i personally would be fine with whatever. previous hits: airplane!, bring it on. previous disaster: "
        "gerry. 5 ideas?",
        "record_preference likes=airplane!, bring it on dislikes=gerry others=explosions, kristin scott thomas; "
        "recommend | record_preference others=explosions, kristin scott thomas, airplane!, bring it on; recommend | "
        "record_preference likes=airplane!, bring it on dislikes=gerry others=kristin scott thomas; recommend | "
        "record_preference likes=airplane!, bring it on dislikes=gerry others=explosions, kristin scott thomas; "
        "recommend like=airplane!, bring it on",
        "long",
        k=5,
    ),
    PlanningCase(
        "Let me tell you what happened. I put your service on for my mother, who's eighty-four, and I told it her "
        "tastes as if they were mine: Summertime, Love in the Afternoon, all of that. Now it thinks that I'm "
        "eighty-four as well. She's got her own tablet now, so would you kindly remove those two from my account and "
        "show me what remains?",
        "edit_timeline names=Summertime, Love in the Afternoon; show_timeline | edit_timeline names=those two; "
        "show_timeline | edit_timeline names=Summertime, Love in the Afternoon, those two; show_timeline | "
        "record_preference others=Summertime, Love in the Afternoon; edit_timeline names=Summertime, Love in the "
        "Afternoon; show_timeline",
        "long",
    ),
    PlanningCase(
        "its 3am. cant sleep. ive scrolled past like 400 posters and everything is either a guy with a gun or a guy "
        "with a cape or a guy w a gun AND a cape. i just want people talking in a kitchen. or a train. trains are "
        "good. somewhere cold maybe, finland, idk. not long, an hour and a half and then i really have to try to sleep",
        "recommend wants=kitchen, train, cold, finland | recommend wants=talking, trains, cold, finland | recommend "
        "wants=people talking, train, cold, finland | recommend wants=trains, cold, finland | recommend wants=train, "
        "cold, finland | recommend wants=trains, finland | recommend wants=finland",
        "long",
        limits="runtime <= 90",
    ),
)
