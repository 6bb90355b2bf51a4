"""Words of taste: genre nouns, moods, nations and verdicts, written for this project.

A mood maps to what it asks for when it is wanted and to what it rules out when it is not. Only genres that the
catalogue has are used, so another catalogue simply leaves the rest unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """A soft word of taste.

    Attributes:
        want: genres that a person who asks for it means, the closest first.
        shun: genres that a person who wants none of it means as a limit; empty when that would rule out too much.
        hard: whether wanting it is a limit ("for kids") rather than a preference.
    """

    want: tuple[str, ...]
    shun: tuple[str, ...] = ()
    hard: bool = False


def _plural(words: str) -> Iterable[str]:
    return (word.strip() for word in words.split(","))


GENRE_NOUNS: dict[str, tuple[str, ...]] = {
    phrase: genres
    for words, genres in (
        ("drama, dramas", ("Drama",)),
        ("comedy, comedies, comedys, comedie", ("Comedy",)),
        ("romance, romances, love story, love stories, chick flick, chick flicks", ("Romance",)),
        (
            "romcom, romcoms, rom com, rom coms, rom-com, rom-coms, romantic comedy, romantic comedies",
            ("Comedy", "Romance"),
        ),
        ("dramedy, dramedies, comedy drama, comedy dramas", ("Comedy", "Drama")),
        ("action", ("Action",)),
        ("crime", ("Crime",)),
        ("thriller, thrillers, triller, trillers", ("Thriller",)),
        ("horror, horrors, horor, slasher, slashers, slasher flick", ("Horror",)),
        ("documentary, documentaries, documentry, docu, docs", ("Documentary",)),
        ("sci-fi, scifi, sci fi, science fiction, sf, syfy", ("Sci-Fi",)),
        ("fantasy, fantasies", ("Fantasy",)),
        ("adventure, adventures", ("Adventure",)),
        ("musical, musicals", ("Musical",)),
        ("biography, biographies, biopic, biopics, biographical", ("Biography",)),
        ("mystery, mysteries, whodunit, whodunits, whodunnit, whodunnits, detective story", ("Mystery",)),
        ("war", ("War",)),
        ("family", ("Family",)),
        ("animation, animations, animated, cartoon, cartoons, anime", ("Animation",)),
        ("western, westerns", ("Western",)),
        ("sport, sports", ("Sport",)),
        ("history, historical", ("History",)),
        ("music", ("Music",)),
    )
    for phrase in _plural(words)
}
"""Names of genres; as an object of a request they are limits."""

_SOFT: tuple[tuple[str, Mood], ...] = (
    (
        "gory, gore, bloody, blood, gruesome, blood-soaked, bloodthirsty, splatter, torture, guts",
        Mood(("Horror",), ("Horror",)),
    ),
    (
        "scary, scarey, spooky, creepy, frightening, terrifying, jump scares, jump scare, jumpscares, "
        "nightmarish, ghosts, "
        "ghost story, haunted, zombies, zombie, vampires, vampire, monsters, supernatural, disturbing",
        Mood(("Horror",), ("Horror",)),
    ),
    ("eerie, chilling, unsettling, haunting, atmospheric", Mood(("Mystery", "Horror", "Thriller"), ("Horror",))),
    ("violent, violence, brutal", Mood(("Action", "Crime"), ("Action", "Horror", "War"))),
    (
        "tense, suspense, suspenseful, gripping, nail-biting, nail biting, nailbiter, edge of my seat, "
        "edge-of-your-seat, "
        "edge of your seat, thrilling, taut, nerve-wracking, nerve-racking, stressful, edgy",
        Mood(("Thriller", "Mystery"), ("Thriller",)),
    ),
    ("intense", Mood(("Thriller", "Drama"), ("Thriller",))),
    (
        "mind-bending, mind bending, mindbending, twisty, plot twist, plot twists, twist, puzzling, clever, "
        "cerebral, brainy, "
        "smart, complex, confusing, makes me think, make me think, thought-provoking, thought provoking",
        Mood(("Mystery", "Sci-Fi", "Thriller")),
    ),
    (
        "mysterious, detective, detectives, sleuth, murder mystery, noir, enigmatic",
        Mood(("Mystery", "Crime"), ("Mystery",)),
    ),
    (
        "funny, hilarious, comic, comedic, witty, goofy, silly, humorous, humor, humour, laughs, a laugh, "
        "laugh, make me laugh, "
        "slapstick, satire, satirical, parody, spoof, absurd, cheer me up, fun, amusing",
        Mood(("Comedy",), ("Comedy",)),
    ),
    (
        "light-hearted, lighthearted, light hearted, light, lighter, feel-good, feelgood, feel good, "
        "uplifting, upbeat, cheerful, "
        "happy, breezy, easygoing, easy-going, easy watching, not too serious, charming, quirky, whimsical, "
        "warm, playful",
        Mood(("Comedy", "Family")),
    ),
    (
        "cosy, cozy, comforting, relaxing, chill, gentle, heartwarming, heart-warming, sweet, cute, "
        "wholesome, soothing",
        Mood(("Family", "Comedy", "Romance")),
    ),
    ("romantic, date night, lovey-dovey, passionate, steamy, sexy, love stories", Mood(("Romance",), ("Romance",))),
    ("soppy, mushy, sappy, sentimental, slushy, schmaltzy, cheesy, corny", Mood(("Romance",), ("Romance",))),
    (
        "sad, moving, tear-jerker, tearjerker, tear jerker, emotional, touching, heartbreaking, "
        "heart-breaking, poignant, tragic, "
        "make me cry, a good cry, bittersweet, melancholic, melancholy",
        Mood(("Drama", "Romance")),
    ),
    (
        "depressing, heavy, bleak, gloomy, grim, downbeat, serious, slow, slow-burn, slow burn, thoughtful, "
        "deep, profound, "
        "character-driven, character driven, meaningful, powerful, arty, arthouse, realistic",
        Mood(("Drama",)),
    ),
    ("dark, gritty, hard-boiled, noirish, sinister", Mood(("Crime", "Thriller"), ("Horror", "Crime"))),
    (
        "exciting, fast-paced, fast paced, fast, explosive, explosions, action-packed, action packed, "
        "adrenaline, car chases, "
        "car chase, fight scenes, martial arts, kung fu, shootouts, superhero, superheroes, blockbuster, "
        "high-octane, loud",
        Mood(("Action", "Adventure"), ("Action",)),
    ),
    (
        "epic, adventurous, swashbuckling, swashbuckler, quest, quests, globe-trotting, treasure, pirates, "
        "survival, expedition",
        Mood(("Adventure", "Action")),
    ),
    (
        "magical, magic, dragons, fairy tale, fairy tales, fairytale, wizards, witches, mythical, mythology, "
        "otherworldly, "
        "enchanting, elves",
        Mood(("Fantasy",), ("Fantasy",)),
    ),
    (
        "futuristic, space, outer space, spaceships, robots, robot, dystopian, dystopia, time travel, "
        "cyberpunk, post-apocalyptic, "
        "apocalyptic, extraterrestrial, artificial intelligence, nerdy, geeky",
        Mood(("Sci-Fi",), ("Sci-Fi",)),
    ),
    (
        "heist, heists, gangster, gangsters, mafia, mob, mobsters, robbery, serial killer, serial killers, "
        "prison, cops, police, "
        "murder, murders, con artists",
        Mood(("Crime", "Thriller"), ("Crime",)),
    ),
    ("spies, spy, espionage, conspiracy, political intrigue", Mood(("Thriller", "Action"))),
    (
        "for kids, for the kids, for children, for my kids, for my children, kid-friendly, kid friendly, "
        "child-friendly, "
        "child friendly, family-friendly, family friendly, for the whole family, for all the family, with "
        "the kids, with my kids, "
        "with kids, with children, kids film, kids films, kids movie, kids movies, kids' film, kids' movie, "
        "children's film, "
        "children's films, for the family, for a family, family film, family films, family movie, family movies, "
        "suitable for children, suitable for kids, with my family, with the family, for little ones, for a toddler",
        Mood(("Family",), ("Family",), hard=True),
    ),
    ("childish, kiddie, for babies, disney-ish", Mood(("Family", "Animation"), ("Family", "Animation"))),
    ("cowboys, cowboy, wild west, gunslingers, spaghetti western", Mood(("Western",), ("Western",))),
    (
        "true story, true stories, based on a true story, based on true events, based on real events, real "
        "people, real life",
        Mood(("Biography", "History", "Documentary")),
    ),
    ("period, period piece, costume drama, victorian, medieval, ancient", Mood(("History", "Drama"), ("History",))),
    ("battles, battlefield, soldiers, military, anti-war, world war, wartime, trenches", Mood(("War",), ("War",))),
    (
        "songs, singing, dancing, sing-along, song and dance, showtunes, singalong",
        Mood(("Musical", "Music"), ("Musical",)),
    ),
    ("concert, rock bands, bands", Mood(("Music", "Documentary"))),
    ("inspiring, inspirational, underdog, triumphant, motivational", Mood(("Biography", "Sport", "Drama"))),
    ("sporty, football, baseball, boxing, basketball, racing", Mood(("Sport",), ("Sport",))),
    (
        "educational, informative, learn something, nature, wildlife, eye-opening",
        Mood(("Documentary",), ("Documentary",)),
    ),
    ("trippy, surreal, weird, strange, bizarre, dreamlike, psychedelic, odd", Mood(("Fantasy", "Mystery", "Sci-Fi"))),
)

MOODS: dict[str, Mood] = {phrase: mood for words, mood in _SOFT for phrase in _plural(words)}
"""Soft words of taste."""

NATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    word: tuple((part.split(":")[0], part.split(":")[1]) for part in target.split("|"))
    for word, target in (
        ("american", "country:United States"),
        ("hollywood", "country:United States"),
        ("usa", "country:United States"),
        ("america", "country:United States"),
        ("the states", "country:United States"),
        ("british", "country:United Kingdom"),
        ("britain", "country:United Kingdom"),
        ("england", "country:United Kingdom"),
        ("uk", "country:United Kingdom"),
        ("australian", "country:Australia"),
        ("canadian", "country:Canada"),
        ("irish", "country:Ireland"),
        ("indian", "country:India"),
        ("bollywood", "country:India"),
        ("mexican", "country:Mexico"),
        ("brazilian", "country:Brazil"),
        ("argentinian", "country:Argentina"),
        ("argentine", "country:Argentina"),
        ("iranian", "country:Iran"),
        ("chinese", "country:People's Republic of China|country:Hong Kong|country:Taiwan"),
        ("china", "country:People's Republic of China"),
        ("korea", "country:South Korea"),
        ("belgian", "country:Belgium"),
        ("swiss", "country:Switzerland"),
        ("austrian", "country:Austria"),
        ("israeli", "country:Israel"),
        ("scandinavian", "country:Sweden|country:Denmark|country:Norway"),
        ("nordic", "country:Sweden|country:Denmark|country:Norway|country:Finland|country:Iceland"),
        ("english", "language:English"),
        ("english-language", "language:English"),
        ("french", "language:French"),
        ("spanish", "language:Spanish"),
        ("german", "language:German"),
        ("italian", "language:Italian"),
        ("japanese", "language:Japanese"),
        ("korean", "language:Korean"),
        ("hindi", "language:Hindi"),
        ("russian", "language:Russian"),
        ("swedish", "language:Swedish"),
        ("danish", "language:Danish"),
        ("norwegian", "language:Norwegian"),
        ("finnish", "language:Finnish"),
        ("icelandic", "language:Icelandic"),
        ("polish", "language:Polish"),
        ("portuguese", "language:Portuguese"),
        ("dutch", "language:Dutch"),
        ("turkish", "language:Turkish"),
        ("persian", "language:Persian"),
        ("arabic", "language:Arabic"),
        ("hebrew", "language:Hebrew"),
        ("thai", "language:Thai"),
        ("cantonese", "language:Cantonese"),
        ("mandarin", "language:Mandarin"),
        ("greek", "language:Greek|language:Modern Greek"),
        ("czech", "language:Czech"),
        ("hungarian", "language:Hungarian"),
        ("romanian", "language:Romanian"),
    )
}
"""Adjectives and short names of nations, to the facet that films carry for them."""

FOREIGN = re.compile(r"\b(?:foreign(?:[- ]language)?|subtitled|with subtitles|world cinema)\b")
"""Words that mean any language but English."""

COMMON_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
a an and are after all any about again alone always another anything away back bad be because been before best
better big black blue both boy boys brother brothers but by can car change child children city come could crazy dad
daughter dark day days dead deep did do dog down dream dreams easy eight end even evening ever every everything face
fame family fast father fear feel few fine first five for four free freedom friend friends from fun funny game games
get girl girls give go gold gone good got great guy guys had happy hard has have he heart heat hello help her here
hi high him his home hope hot house how i if in into is it its jazz joy just kid kids kind know last late later less
let life light like little live long look lost love luck mad made man many maybe me mean men mine moment money
monster month more most mother movie much music my name near never new next nice night nine no none not nothing now
of off oh ok okay old on once one only or other our out over paid paper party past people perfect play please pretty
promise quick quiet quite rain ready real really recent red ride right romance room run sad safe said same say
school sea secret see seven sex she short show sing sister six sleep slow small so some someone something sometimes
son soon sorry space speed spring star start stay still stop story strange street strong such summer sun super sure
sweet taken takers tell ten than thanks that the their them then there these they thing things think this those
three thriller tidy time times to today together tomorrow tonight too top tough town tragic true truth try turn
twelve twenty two ugly under up us very wait walk want war was watch water way we weather week weekend weird well
went were west what when where which while white who why wild will win winter wish with without woman women wonder
wonderful word words work world would wrong year years yes yesterday you young your zero film films movie movies
horror comedy drama action tense scary interest interests taste
""",
    )
)
"""Everyday words: a title made of them alone is believed only where the words around it point at a title."""

PRAISE: dict[str, float] = {
    word: value
    for words, value in (
        (
            "masterpiece, perfect, brilliant, amazing, incredible, awesome, fantastic, phenomenal, stunning, "
            "outstanding, superb, "
            "excellent, wonderful, flawless, magnificent, unforgettable, extraordinary, sublime, exquisite, "
            "astonishing",
            1.0,
        ),
        ("great, terrific, lovely, fab, fabulous, spectacular, gorgeous, beautiful, captivating, riveting", 0.8),
        (
            "good, better, cool, enjoyable, nice, entertaining, solid, fun, underrated, impressive, compelling, "
            "pleasant",
            0.6,
        ),
        ("ok, okay, fine, alright, decent, watchable, not bad, passable", 0.2),
    )
    for word in _plural(words)
}
"""Adjectives of approval and their strength in (0, 1]."""

BLAME: dict[str, float] = {
    word: value
    for words, value in (
        (
            "awful, terrible, horrible, atrocious, dreadful, unwatchable, garbage, trash, rubbish, crap, "
            "abysmal, dire, the worst, "
            "worst, appalling, a disaster, torture, painful, insufferable",
            -1.0,
        ),
        (
            "bad, boring, dull, tedious, stupid, lame, annoying, a waste of time, a mess, tiresome, poor, weak, dumb",
            -0.7,
        ),
        (
            "overrated, disappointing, a disappointment, a let-down, a letdown, meh, so-so, mediocre, "
            "forgettable, bland, too long, "
            "too slow, overlong, predictable, underwhelming, not great, nothing special, pretentious",
            -0.5,
        ),
    )
    for word in _plural(words)
}
"""Adjectives of disapproval and their strength in [-1, 0)."""


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, longest first, spaces and hyphens interchangeable."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)
