"""A fifth round over the turns of evals/grounding/unseen_cases.py: true sentences, and false ones beside them.

Written before any of them had been checked, after the rules had been mended five times, and mended against then.
"""

from __future__ import annotations

from agent.grounding import Evidence
from evals.grounding.cases import DRIFTED, LOOKUP, SLATE
from evals.grounding.turns import AHEAD, FAMILY, PAIR, PERSON, SHOP

_TRUE: tuple[tuple[Evidence, str], ...] = (
    (SLATE, "The longest is Zodiac with 157 minutes, the shortest No Country for Old Men with 122."),
    (SLATE, "Three of these four have mystery among their genres."),
    (SLATE, "Inception took home three of its six Oscar nominations."),
    (SLATE, "Since you've seen The Matrix already, I left it off the list."),
    (SLATE, "Neither of the two films from 2007 is science fiction."),
    (SLATE, "Colin Farrell and Tom Cruise are both part of the cast of Minority Report."),
    (SLATE, "Zodiac was nominated for no Oscars at all."),
    (SLATE, "I see your interest in thrillers going up."),
    (SLATE, "All but Minority Report are crime films."),
    (LOOKUP, "Amélie doesn't have a single Oscar."),
    (LOOKUP, "Casablanca was released in 1942 and lasts an hour and 42 minutes."),
    (LOOKUP, "Seven and The Godfather both have thriller as a genre."),
    (LOOKUP, "There is only one French film among them: Amélie."),
    (LOOKUP, "James Cameron wrote Titanic himself."),
    (DRIFTED, "Your next three months look like more horror."),
    (DRIFTED, "You used to like crime more than you do now."),
    (AHEAD, "Only Gravity runs under an hour and three quarters."),
    (AHEAD, "Gladiator, by contrast, is a historical film."),
    (AHEAD, "You'd finish Gravity in ninety-one minutes."),
    (AHEAD, "Romance, on the other hand, is fading."),
    (AHEAD, "Alfonso Cuarón made Gravity in 2013."),
    (PERSON, "Alien is the oldest of his films here, Prometheus the newest."),
    (PERSON, "Blade Runner's cast includes Harrison Ford."),
    (PERSON, "Three of his four films here are from before 2001."),
    (PAIR, "Before Sunrise is shorter by 22 minutes."),
    (PAIR, "Both were made in the United States, among other countries."),
    (PAIR, "Only Before Sunrise was written by its director."),
    (FAMILY, "Frozen has two directors, Chris Buck and Jennifer Lee."),
    (FAMILY, "Big was directed by Penny Marshall in 1988."),
    (SHOP, "Of the two kettles the glass one is cheaper."),
    (SHOP, "The Tea Tin is only 8.95."),
    (SHOP, "Maro makes both the Steel Kettle and the Tea Tin."),
)

_FALSE: tuple[tuple[Evidence, str], ...] = (
    (SLATE, "The longest is Zodiac with 157 minutes, the shortest Minority Report with 145."),
    (SLATE, "Four of these four have mystery among their genres."),
    (SLATE, "Inception took home all of its six Oscar nominations."),
    (SLATE, "Since you've seen Inception already, I put it last."),
    (SLATE, "Both of the two films from 2007 are science fiction."),
    (SLATE, "Zodiac was nominated for an Oscar but lost."),
    (SLATE, "I see your interest in thrillers going down."),
    (SLATE, "All but Inception are crime films."),
    (LOOKUP, "Amélie has a single Oscar."),
    (LOOKUP, "Casablanca was released in 1942 and lasts two hours."),
    (LOOKUP, "There are two French films among them."),
    (LOOKUP, "Ridley Scott wrote Alien himself."),
    (LOOKUP, "Alien was followed by Aliens."),
    (DRIFTED, "Your next three months look like more crime."),
    (DRIFTED, "You used to like horror more than you do now."),
    (AHEAD, "Only Gravity runs over an hour and three quarters."),
    (AHEAD, "Blade Runner, by contrast, is a historical film."),
    (AHEAD, "Sci-fi, on the other hand, is fading."),
    (AHEAD, "Alfonso Cuarón made Interstellar in 2014."),
    (PERSON, "Alien is the oldest of his films here, Gladiator the newest."),
    (PERSON, "Blade Runner's cast includes Sean Young."),
    (PERSON, "Two of his four films here are from before 1980."),
    (PAIR, "Before Sunrise is shorter by 12 minutes."),
    (PAIR, "Only Notting Hill was written by its director."),
    (FAMILY, "Frozen has three directors."),
    (FAMILY, "Big was directed by Penny Marshall in 1990."),
    (SHOP, "Of the two kettles the steel one is cheaper."),
    (SHOP, "The Tea Tin is only 5.95."),
    (SHOP, "Brevo makes both the Steel Kettle and the Tea Tin."),
    (SHOP, "The Travel Mug comes with a free lid."),
)

LAST: tuple[tuple[str, bool, Evidence], ...] = (
    *((sentence, True, evidence) for evidence, sentence in _TRUE),
    *((sentence, False, evidence) for evidence, sentence in _FALSE),
)
