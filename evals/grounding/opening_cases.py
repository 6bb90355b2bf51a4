"""Openings of replies over the turns of evals/grounding/unseen_cases.py, by turn.

A fourth round: written before any of them had been checked, after the rules had been mended four times, and mended
against then.
"""

from __future__ import annotations

from agent.grounding import Evidence
from evals.grounding.cases import DRIFTED, LOOKUP, SLATE
from evals.grounding.turns import AHEAD, FAMILY, PAIR, PERSON, SHOP

_TRUE: dict[str, tuple[str, ...]] = {
    "SLATE": (
        "Sure, here are four tense films without the gore.",
        "Good taste! With Alien and Fargo in mind, these four should suit you.",
        "Got it: tense, not gory, and nothing from before 1991.",
        "Here you go, four thrillers from 2002 to 2010.",
        "I went for thrillers that came out after 1990 and left out the horror.",
        "Let's see: four films, all of them thrillers, all of them newer than 1990.",
        "Happy to help! The first one is by the directors of Fargo.",
        "These should keep things tense without getting gory.",
        "I think No Country for Old Men is your best bet, and Zodiac comes next.",
        "Two of these are science fiction, two are not.",
        "As a fan of Fargo you may enjoy No Country for Old Men most.",
        "All four have thriller among their genres, and none has horror.",
        "Most of these are crime films too.",
        "Want something shorter? No Country for Old Men is the shortest of the lot.",
        "One of them, Inception, won three Oscars; another, No Country for Old Men, won two.",
    ),
    "LOOKUP": (
        "Alien was made in 1979 by Ridley Scott.",
        "That would be Ridley Scott, who directed Alien.",
        "Yes, Kate Winslet is in Titanic.",
        "No, Seven did not win an Oscar.",
        "No, Alien isn't a comedy.",
        "Amélie came out in 2001, in French.",
        "Titanic is the one with the most Oscars: eight.",
        "I only know facts such as the year, the people and the length.",
        "It was David Fincher who made Seven.",
    ),
    "DRIFTED": (
        "Horror, above all: your interest in it is rising.",
        "More horror, less crime.",
        "You're heading towards horror, while crime is fading.",
        "Thrillers first, comedies second, horror third.",
        "I expect little to change for thrillers.",
        "You'll most likely still be watching thrillers and comedies.",
        "Not much is certain, but horror is clearly rising.",
    ),
    "AHEAD": (
        "Three months from now you'll likely want more science fiction, so here are four films for then.",
        "Looking ahead, sci-fi is rising for you and romance is fading.",
        "By then about a third of what you watch should be sci-fi.",
        "Here are four films for the taste I expect you to have in three months.",
        "They all fit under 170 minutes.",
        "For a shorter evening take Gravity; for a longer one, Interstellar.",
    ),
    "FAMILY": (
        "Here are five comedies that fit into 105 minutes.",
        "Your kids loved E.T., so here are five funny films, four of them animated.",
        "Five funny ones for the kids, the longest at 104 minutes.",
        "I hope they enjoy one of these!",
        "Toy Story comes first, and Up second.",
    ),
    "SHOP": (
        "Here are two kettles and two other things for tea, all under 40.",
        "As you like Maro, I put two of theirs on the list.",
        "The two kettles cost 34.99 and 27.50.",
        "All of it is under 40.",
    ),
    "PAIR": (
        "Notting Hill, at 119 minutes; Before Sunrise has 97.",
        "Notting Hill is longer, and Richard Curtis wrote it.",
        "Richard Curtis wrote the first, Kim Krizan and Richard Linklater the second.",
    ),
    "PERSON": (
        "I have four of his films: Alien, Blade Runner, Gladiator and Prometheus.",
        "There are four, from Alien in 1979 to Prometheus in 2012.",
        "Here is what I have by Ridley Scott.",
    ),
}
_FALSE: dict[str, tuple[str, ...]] = {
    "SLATE": (
        "Here you go, four thrillers from 2004 to 2010.",
        "Got it: gory, and nothing from before 1991.",
        "I think Zodiac is your best bet, and it comes first.",
        "Most of these are comedies too.",
        "Three of these are science fiction, one is not.",
        "One of them, Inception, won two Oscars.",
        "The first one is by the director of Alien.",
        "As a fan of Titanic you may enjoy Inception most.",
        "These will keep you on the edge of your seat until the killer is caught.",
        "The second one is by the Coens.",
    ),
    "LOOKUP": (
        "That would be James Cameron, who directed Alien.",
        "Yes, Kate Winslet is in Casablanca.",
        "Yes, Seven won an Oscar.",
        "No, Alien isn't a horror film.",
        "Titanic is the one with the most Oscars: eleven.",
        "It was David Lynch who made Seven.",
    ),
    "DRIFTED": (
        "Crime, above all: your interest in it is rising.",
        "More crime, less horror.",
        "Comedies first, thrillers second, horror third.",
        "Horror is on its way out.",
    ),
    "AHEAD": (
        "Three months from now you'll likely want more romance, so here are four films for then.",
        "By then about half of what you watch should be sci-fi.",
        "They all fit under two hours.",
        "For a shorter evening take Interstellar; for a longer one, Gravity.",
    ),
    "FAMILY": (
        "Here are five comedies that fit into 95 minutes.",
        "Your kids loved Shrek, so here are five funny films.",
        "Up comes first, and Toy Story second.",
        "Five funny ones for the kids, the longest at 101 minutes.",
    ),
    "SHOP": (
        "Here are three kettles and a mug, all under 40.",
        "The two kettles cost 34.99 and 37.50.",
        "All of it is under 20.",
    ),
    "PAIR": (
        "Notting Hill, at 119 minutes; Before Sunrise has 107.",
        "Notting Hill is shorter, and Richard Curtis wrote it.",
        "Kim Krizan wrote the first, Richard Curtis the second.",
    ),
    "PERSON": (
        "I have four of his films: Alien, Blade Runner, Gladiator and Legend.",
        "There are four, from Alien in 1979 to Gladiator in 2012.",
    ),
}

_TURNS: dict[str, Evidence] = {
    "SLATE": SLATE, "LOOKUP": LOOKUP, "DRIFTED": DRIFTED, "AHEAD": AHEAD, "PERSON": PERSON, "PAIR": PAIR,
    "FAMILY": FAMILY, "SHOP": SHOP,
}  # fmt: skip

OPENINGS: tuple[tuple[str, bool, Evidence], ...] = tuple(
    (sentence, truth, _TURNS[turn])
    for truth, table in ((True, _TRUE), (False, _FALSE))
    for turn, sentences in table.items()
    for sentence in sentences
)
