"""Lines on one item of a list, as a small language model writes them, over evidence of that item alone.

Written before any of them had been checked, after the rules had been mended three times, and mended against then.
"""

from __future__ import annotations

from agent.grounding import Evidence
from evals.grounding.cases import SLATE
from evals.grounding.turns import AHEAD, FAMILY, SHOP


def _alone(turn: Evidence, place: int, liked: tuple[str, ...]) -> Evidence:
    """What a line may state: one card of a turn, and what of the person its reasons name."""
    assert turn.slate is not None
    card = turn.slate.items[place - 1]
    slate = turn.slate.model_copy(update={"items": (card,)})
    return Evidence(slate=slate, liked=liked, seen=liked, topics=turn.topics, constraints=turn.constraints)


_LINES: tuple[tuple[Evidence, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        _alone(SLATE, 1, ("Fargo",)),
        (
            "You liked Fargo, and this crime thriller is by the Coens too.",
            "Since you liked Fargo, this one by Joel and Ethan Coen should suit you.",
            "A crime thriller by Ethan Coen and Joel Coen that won two Oscars.",
            "It is a western and a thriller in one, 122 minutes long.",
            "Tommy Lee Jones, Javier Bardem and Josh Brolin are in it.",
            "If Fargo worked for you, this should too.",
            "At just over two hours, it is a thriller by the Coens.",
            "This 2007 thriller is the kind of thing you asked for.",
            "No horror here, just crime and a western touch.",
            "Two Oscars, two hours, and the Coens: a good bet for tonight.",
            "Because you liked Fargo: a crime drama from 2007.",
            "It won two of its five Oscar nominations.",
            "Made in the United States and released in 2007, this is a crime drama.",
            "A mystery with Josh Brolin in the cast.",
        ),
        (
            "You liked Alien, and this crime thriller is by the Coens.",
            "Since you liked Fargo, this one by Ethan Coen alone should suit you.",
            "A crime thriller by David Fincher that won two Oscars.",
            "It is a comedy and a thriller in one, 122 minutes long.",
            "Woody Harrelson and Javier Bardem are in it.",
            "Like Fargo, it is set in the snow.",
            "At just under two hours, it is a thriller by the Coens.",
            "This 2009 thriller is the kind of thing you asked for.",
            "A horror film with a western touch.",
            "Five Oscars, two hours, and the Coens.",
            "Its villain is one of the most frightening in cinema.",
            "It won three of its five Oscar nominations.",
            "Everyone who likes Fargo likes this.",
            "A Mexican crime drama from 2007.",
            "Bardem is chilling in it.",
        ),
    ),
    (
        _alone(AHEAD, 3, ("Prometheus",)),
        (
            "You liked Prometheus, so this science fiction thriller should fit.",
            "Alfonso Cuarón directed it, and it won five Oscars.",
            "An hour and a half of science fiction with Sandra Bullock and George Clooney in the cast.",
            "It's a sci-fi drama from 2013, only 91 minutes long.",
            "With 91 minutes it stays well within your limit.",
            "Short, and science fiction, like Prometheus.",
            "Five Oscars out of seven nominations, and it is by Alfonso Cuarón.",
            "A British and American production from 2013.",
            "If you have ninety-one minutes, this is for you.",
            "Sandra Bullock is in this one.",
        ),
        (
            "You liked Grease, so this science fiction thriller should fit.",
            "Alfonso Cuarón directed it, and it won seven Oscars.",
            "Two and a half hours of science fiction with Sandra Bullock.",
            "It's a sci-fi comedy from 2013.",
            "With 191 minutes it stays well within your limit.",
            "Ridley Scott made it, as he made Prometheus.",
            "A French production from 2013.",
            "It takes place entirely in orbit.",
            "It was shot in a single take.",
            "Sandra Bullock won an Oscar for it.",
            "The most realistic space film there is.",
            "Sigourney Weaver is in this one.",
        ),
    ),
    (
        _alone(FAMILY, 2, ()),
        (
            "An animated comedy of 96 minutes that won two Oscars.",
            "Pete Docter and Bob Peterson wrote and directed it.",
            "Funny and animated, from 2009.",
            "It fits your limit of 105 minutes with nine to spare.",
            "A comedy, as you wished, with some fantasy and adventure.",
            "It won two Oscars and takes a little over an hour and a half.",
        ),
        (
            "An animated comedy of 106 minutes that won two Oscars.",
            "Pete Docter wrote it and John Lasseter directed it.",
            "Funny and animated, from the nineties.",
            "A musical, as you wished, with some fantasy and adventure.",
            "You'll cry in the first ten minutes.",
            "Kids of every age adore it.",
            "It is in French.",
        ),
    ),
    (
        _alone(SHOP, 1, ("Duo Toaster",)),
        (
            "By Maro, like the Duo Toaster you liked.",
            "A kettle by Maro for 34.99.",
            "It is a kettle, as you asked, and stays under 40.",
            "From the kitchen department, at 34.99.",
            "You liked the Duo Toaster, and this is by Maro.",
        ),
        (
            "By Brevo, for 34.99.",
            "A kettle by Maro for 24.99.",
            "It boils a litre in two minutes.",
            "Made of brushed steel with a cool handle.",
            "You bought it before.",
            "From the garden department, at 34.99.",
        ),
    ),
)

LINES: tuple[tuple[str, bool, Evidence], ...] = tuple(
    (sentence, truth, evidence)
    for evidence, true, false in _LINES
    for truth, sentences in ((True, true), (False, false))
    for sentence in sentences
)
