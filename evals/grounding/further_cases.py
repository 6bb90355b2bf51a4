"""A third round of sentences over the turns of evals/grounding/unseen_cases.py, by turn.

Like those of evals/grounding/more_cases.py they were written before any of them had been checked, after the rules had
been mended twice, and mended against then.
"""

from __future__ import annotations

from agent.grounding import Evidence
from evals.grounding.cases import DRIFTED, LOOKUP, SLATE
from evals.grounding.turns import AHEAD, FAMILY, PAIR, PERSON, SHOP

_TRUE: dict[str, tuple[str, ...]] = {
    "SLATE": (
        "Four thrillers from after 1990, none of them horror.",
        "Zodiac might be the one for tonight if you have the time: it lasts 157 minutes.",
        "Inception is in English, French and Japanese, and it won three Oscars.",
        "Because Fargo is one of your favourites, the Coens' No Country for Old Men comes first.",
        "David Fincher's Zodiac is a crime thriller with Mark Ruffalo.",
        "A quieter evening? Minority Report is the oldest of the four, from 2002.",
        "These all fit what you asked for: tense, but without horror.",
        "You seem to be in the mood for thrillers these days.",
        "Nothing here is shorter than two hours.",
        "Only one of them came out after 2007: Inception.",
        "Christopher Nolan is both the director and the writer of Inception.",
        "The Coens share the writing credit on No Country for Old Men with Cormac McCarthy.",
        "I haven't included The Matrix because you've seen it.",
        "Your taste for thrillers should make up about 42 % of next month.",
        "I'd skip Zodiac if 157 minutes is too long for you.",
        "Minority Report and Inception are the two science fiction picks.",
    ),
    "LOOKUP": (
        "Alien: 1979, directed by Ridley Scott, 117 minutes.",
        "The director of Amélie is Jean-Pierre Jeunet, who also co-wrote it.",
        "Casablanca stars no one I can call the lead, but Humphrey Bogart and Ingrid Bergman are in the cast.",
        "Titanic won eight of the eleven Oscars it was nominated for.",
        "With 175 minutes, The Godfather comes close to three hours.",
        "Seven was made in the United States and came out in 1995.",
        "Amélie's only language is French.",
        "Four of these films won at least one Oscar.",
        "The Godfather and Casablanca are the two from before 1975.",
        "I can tell you who wrote it, but not how it ends.",
        "Morgan Freeman is in Seven, and so are Brad Pitt and Kevin Spacey.",
        "Alien's writers are Dan O'Bannon and Ronald Shusett.",
    ),
    "DRIFTED": (
        "At the moment horror is on the way up and crime is on the way down.",
        "In three months I see thrillers at 31 %, comedies at 28 % and horror at 26 %.",
        "Horror has gained on everything else since March 2013.",
        "You're more adventurous than most.",
        "Whether comedies have really changed for you is hard to say.",
        "The change in horror is almost certainly real, the one in crime probably.",
        "Musicals may come back to you in about five months.",
        "Westerns and musicals should stay small.",
    ),
    "AHEAD": (
        "For the months ahead I'd lean towards science fiction.",
        "These are picked for three months from now, when sci-fi should be a third of what you watch.",
        "Romance should drop from 20 % next month to 12 % in three months.",
        "Because you liked Prometheus, there are two films by Ridley Scott here.",
        "Gravity, Alfonso Cuarón's 91-minute film, won five Oscars.",
        "Blade Runner and Gladiator are by the director of Prometheus.",
        "None of the four is a musical or a romance.",
        "Interstellar is longer than Gladiator, which is longer than Blade Runner.",
        "Joaquin Phoenix and Russell Crowe are both in Gladiator.",
        "If you only watch one, start with Interstellar.",
        "Drama should barely change.",
    ),
    "PERSON": (
        "Four Ridley Scott films are in the catalogue: Alien, Blade Runner, Gladiator and Prometheus.",
        "Ridley Scott directed all of them.",
        "Two were made before 1990 and two after.",
        "Only Gladiator is longer than two and a half hours.",
        "Noomi Rapace is in Prometheus, and Rutger Hauer is in Blade Runner.",
        "Gladiator has the longest running time and the most nominations.",
        "For something under two hours there are Alien and Blade Runner.",
        "Prometheus was nominated for one Oscar but did not win it.",
    ),
    "PAIR": (
        "The longer one is Notting Hill.",
        "There are 22 minutes between them.",
        "Notting Hill is the newer one, from 1999.",
        "They came out four years apart.",
        "Neither of them is longer than two hours.",
        "Hugh Grant isn't in Before Sunrise.",
        "In short: Notting Hill, by 22 minutes.",
        "The writers are Richard Curtis for Notting Hill, and Kim Krizan and Richard Linklater for Before Sunrise.",
    ),
    "FAMILY": (
        "Toy Story, Up and Shrek are three animated comedies.",
        "Each of them is a comedy, and none is longer than 104 minutes.",
        "Big is the only one that isn't animated.",
        "Pete Docter is one of the two directors of Up.",
        "Shrek, at 90 minutes, is ten minutes longer than Toy Story.",
        "Since they loved E.T., I looked for something just as suitable for the whole family.",
        "Three of the five came out after 2000.",
    ),
    "SHOP": (
        "The Glass Kettle, at 27.50, is the cheaper of the two kettles.",
        "Two of the four are by Maro.",
        "You could get the Travel Mug for 14.",
        "The Tea Tin is a storage item by Maro.",
        "The Steel Kettle costs 7.49 more than the Glass Kettle.",
        "Nothing here is more than 35.",
    ),
}
_FALSE: dict[str, tuple[str, ...]] = {
    "SLATE": (
        "Four thrillers from after 1990, two of them horror.",
        "Inception is in English, French and German, and it won three Oscars.",
        "Because Titanic is one of your favourites, Inception comes first.",
        "David Fincher's Zodiac is a crime thriller with Tommy Lee Jones.",
        "Nothing here is shorter than two and a half hours.",
        "Only one of them came out after 2002: Inception.",
        "Christopher Nolan is both the director and the writer of Minority Report.",
        "I haven't included Fargo because you hated it.",
        "Minority Report and Zodiac are the two science fiction picks.",
        "Zodiac is a slow burn.",
        "It was a hard choice between Zodiac and Heat.",
        "Nolan won an Oscar for writing Inception.",
    ),
    "LOOKUP": (
        "Alien: 1979, directed by Ridley Scott, 107 minutes.",
        "The director of Amélie is Jean-Pierre Jeunet, who is also in it.",
        "Titanic won eight of the fourteen Oscars it was nominated for.",
        "With 175 minutes, The Godfather runs well over three hours.",
        "Five of these films won at least one Oscar.",
        "The Godfather and Alien are the two from before 1975.",
        "Morgan Freeman is in Seven, and so are Brad Pitt and Al Pacino.",
        "Alien's writers are Dan O'Bannon and Walter Hill.",
        "Amélie changed how people see Paris.",
    ),
    "DRIFTED": (
        "At the moment crime is on the way up and horror is on the way down.",
        "In three months I see thrillers at 31 %, comedies at 26 % and horror at 28 %.",
        "Horror has lost to everything else since March 2013.",
        "The change in comedies is almost certainly real.",
        "Westerns and musicals should grow a lot.",
        "You will have given up on crime by then.",
    ),
    "AHEAD": (
        "For the months ahead I'd lean towards romance.",
        "These are picked for six months from now.",
        "Romance should drop from 24 % next month to 12 % in three months.",
        "Because you liked Prometheus, there are three films by Ridley Scott here.",
        "Gladiator is longer than Interstellar, which is longer than Blade Runner.",
        "Joaquin Phoenix and Matt Damon are both in Gladiator.",
        "None of the four is a drama or a romance.",
        "Everyone who liked Prometheus also liked Gravity.",
    ),
    "PERSON": (
        "Three were made before 1990 and one after.",
        "Only Prometheus is longer than two and a half hours.",
        "Noomi Rapace is in Alien, and Rutger Hauer is in Blade Runner.",
        "For something under two hours there are Alien and Prometheus.",
        "Prometheus was nominated for one Oscar and won it.",
        "He made Alien right after Star Wars.",
    ),
    "PAIR": (
        "The longer one is Before Sunrise.",
        "There are 32 minutes between them.",
        "They came out three years apart.",
        "Julie Delpy isn't in Before Sunrise.",
        "Both are based on true stories.",
    ),
    "FAMILY": (
        "Toy Story, Up and Big are three animated comedies.",
        "Each of them is a comedy, and none is longer than 100 minutes.",
        "Pete Docter is one of the three directors of Up.",
        "Four of the five came out after 2000.",
        "Since they loved Toy Story, Up should work too.",
        "Frozen teaches that love conquers fear.",
    ),
    "SHOP": (
        "The Glass Kettle, at 27.50, is the dearer of the two kettles.",
        "Three of the four are by Maro.",
        "The Steel Kettle costs 9.49 more than the Glass Kettle.",
        "Nothing here is more than 30.",
        "Most customers buy the Tea Tin with the Travel Mug.",
    ),
}

_TURNS: dict[str, Evidence] = {
    "SLATE": SLATE, "LOOKUP": LOOKUP, "DRIFTED": DRIFTED, "AHEAD": AHEAD, "PERSON": PERSON, "PAIR": PAIR,
    "FAMILY": FAMILY, "SHOP": SHOP,
}  # fmt: skip

UNSEEN_D: tuple[tuple[str, bool, Evidence], ...] = tuple(
    (sentence, truth, _TURNS[turn])
    for truth, table in ((True, _TRUE), (False, _FALSE))
    for turn, sentences in table.items()
    for sentence in sentences
)
