"""What simulated people say beside looking for a film: questions about cards, about themselves, and tastes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from core.results import Recommendation
from core.types import Item
from evals.conversations import phrasings as said
from evals.conversations.people import Person
from evals.conversations.wording import RECORD, SUGGEST, Message, Speech

_ABOUT = (said.WHO_DIRECTED, said.HOW_LONG, said.WHEN, said.WHO_ACTS, said.TELL_ME)


def asides(
    person: Person, speech: Speech, cards: Sequence[Recommendation]
) -> list[tuple[float, Callable[[], Message]]]:
    """Weights, and what makes a message; questions about cards only where some were shown."""
    makers: list[tuple[float, Callable[[], Message]]] = [
        (0.02, lambda: Message(speech.pick(said.ABOUT_ME), "about me", (frozenset({"show_timeline"}),))),
        (0.02, lambda: Message(speech.pick(said.HEADING), "heading", (frozenset({"forecast_interests"}),))),
        (0.02, lambda: Message(speech.pick(said.POPULAR), "popular", (frozenset({"trending"}),), lifts=("wish",))),
    ]
    if cards:
        makers += [(0.1, lambda: why(speech, cards)), (0.12, lambda: about_a_card(speech, cards))]
    if person.loved:
        makers.append((0.05, partial(_taste, speech, person.loved, said.TASTE_LOVED, 1)))
    if person.hated:
        makers.append((0.04, partial(_taste, speech, person.hated, said.TASTE_HATED, -1)))
    return makers


def why(speech: Speech, cards: Sequence[Recommendation]) -> Message:
    """A question for the reasons of a card."""
    chosen = speech.chance.randrange(len(cards))
    text = speech.pick(said.WHY, which=speech.which(cards, chosen))
    return Message(text, "why", (frozenset({"explain"}),), subject=cards[chosen].id)


def about_a_card(speech: Speech, cards: Sequence[Recommendation]) -> Message:
    """A question about one of the cards."""
    chosen = speech.chance.randrange(len(cards))
    text = speech.pick(speech.chance.choice(_ABOUT), which=speech.which(cards, chosen))
    return Message(text, "details", (frozenset({"item_details"}),), subject=cards[chosen].id)


def _taste(speech: Speech, films: Sequence[Item], phrasings: Sequence[str], sign: int) -> Message:
    film = speech.chance.choice(films)
    text = speech.pick(phrasings, title=speech.title(film))
    return Message(text, "taste", (RECORD,), SUGGEST, told=(film,), tastes={film.id: sign})
