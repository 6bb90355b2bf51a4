"""What is said around the matter: greetings, thanks, help, questions back, and what this is not for."""

from __future__ import annotations

from collections.abc import Sequence

from agent.understanding import Question
from agent.wording import Voice, join, titled


def greeting(voice: Voice, known: bool) -> list[str]:
    """A welcome; ``known`` people are greeted as such."""
    if known:
        return [
            voice.pick("hello", "Welcome back!", "Hello again!", "Good to see you again!"),
            "What are you in the mood for?",
        ]
    return [
        voice.pick("hello", "Hello!", "Hi there!", "Welcome!"),
        f"Tell me one or two {voice.noun}s you {_loved(voice)}, or what you feel like.",
    ]


def thanks(voice: Voice) -> list[str]:
    """The answer to thanks."""
    return [
        voice.pick("thanks", "You are welcome!", "Glad to help!", "My pleasure!"),
        voice.pick(
            "enjoy",
            f"Enjoy the {voice.noun}." if _films(voice) else "Come back any time.",
            "Tell me later how you liked it.",
            "Have a good evening." if _films(voice) else "Have a good day.",
        ),
    ]


def helping(voice: Voice) -> list[str]:
    """What one can say here."""
    return [
        f"Tell me {voice.noun}s you loved or hated, and what you feel like, as in “{_wish(voice)}”.",
        "Ask why I suggested something, what I know of it, or where your taste is heading.",
        "You can say “forget that I liked …” or “any year is fine” at any time.",
    ]


def _films(voice: Voice) -> bool:
    return voice.noun == "film"


def _loved(voice: Voice) -> str:
    return "loved" if _films(voice) else "like"


def _wish(voice: Voice) -> str:
    return "something tense, after 1990" if _films(voice) else "something new, under 5"


def small_talk(voice: Voice) -> list[str]:
    """A friendly turn back to the matter."""
    things = f"{voice.noun}s"
    return [
        voice.pick(
            "chat",
            f"Happy to chat, and happier to talk about {things}.",
            f"{things.capitalize()} are what I know.",
            "All good here.",
        ),
        "What do you feel like?",
    ]


def out_of_scope(voice: Voice) -> list[str]:
    """The answer to what this is not for."""
    return [
        voice.pick(
            "scope",
            "That is beyond me, I am afraid.",
            "I cannot help with that.",
            "That is not something I know about.",
        ),
        f"I can tell you about {voice.noun}s, suggest some, and show how your taste moves.",
    ]


def ambiguous(question: Question) -> list[str]:
    """Which of several items was meant."""
    options = [titled(match.title, match.year) for match in question.matches[:4]]
    return [f"Which one do you mean: {join(options, 'or')}?"]


def unknown(titles: Sequence[str]) -> list[str]:
    """Titles that the catalogue does not have."""
    named = join([f"“{title}”" for title in titles], "or")
    return [
        f"I could not find {named} in the catalogue, so I know nothing about {'it' if len(titles) == 1 else 'them'}."
    ]
