"""Soft words of taste: what each asks for when it is wanted, and what it rules out when it is not.

Only genres that the catalogue has are used, so another catalogue simply leaves the rest unread.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.lexicon.languages import MOODS as ELSEWHERE
from agent.lexicon.phrases import phrases


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


_SOFT: tuple[tuple[str, Mood], ...] = (
    (
        "gory, gore, bloody, blood, gruesome, blood-soaked, bloodthirsty, splatter, torture, guts",
        Mood(("Horror",), ("Horror",)),
    ),
    (
        "scary, scarier, scarey, spooky, creepy, frightening, terrifying, jump scares, jump scare, jumpscares, "
        "nightmarish, ghosts, "
        "ghost story, haunted, zombies, zombie, vampires, vampire, monsters, supernatural, disturbing",
        Mood(("Horror",), ("Horror",)),
    ),
    ("eerie, chilling, unsettling, haunting, atmospheric", Mood(("Mystery", "Horror", "Thriller"), ("Horror",))),
    ("violent, more violent, violence, brutal", Mood(("Action", "Crime"), ("Action", "Horror", "War"))),
    (
        "tense, tenser, suspense, suspenseful, gripping, nail-biting, nail biting, nailbiter, edge of my seat, "
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
        "funny, funnier, hilarious, comic, comedic, witty, goofy, silly, humorous, humor, humour, laughs, a laugh, "
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
        "sad, sadder, moving, tear-jerker, tearjerker, tear jerker, emotional, touching, heartbreaking, "
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
    ("dark, darker, gritty, hard-boiled, noirish, sinister", Mood(("Crime", "Thriller"), ("Horror", "Crime"))),
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
    (
        "trippy, surreal, weird, weirder, strange, bizarre, dreamlike, psychedelic, odd",
        Mood(("Fantasy", "Mystery", "Sci-Fi")),
    ),
)

_ENGLISH = {phrase: mood for words, mood in _SOFT for phrase in phrases(words)}

MOODS: dict[str, Mood] = {phrase: _ENGLISH[meant] for words, meant in ELSEWHERE for phrase in phrases(words)} | _ENGLISH
"""Soft words of taste."""
