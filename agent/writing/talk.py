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


def chosen(titles: Sequence[str], voice: Voice) -> list[str]:
    """The answer to an item that was settled on."""
    if not _films(voice):
        return [f"{voice.pick('chosen', 'Good choice', 'Noted', 'Gladly')}: {join(list(titles))}."]
    return [
        voice.pick("chosen", f"Enjoy {join(list(titles))}!", f"Good choice! Enjoy {join(list(titles))}."),
        voice.pick("after", "Tell me afterwards how you liked it.", "I am curious what you make of it."),
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


def small_talk(voice: Voice, aspects: Sequence[str] = (), said: str = "") -> list[str]:
    """A friendly turn back to the matter.

    Args:
        aspects: what it is about (`agent.understanding.acts.TALK_ASPECTS`); the first one counts.
        said: the message, to be quoted where it was not understood.
    """
    things, feel = f"{voice.noun}s", "What do you feel like?"
    watch = "watch" if _films(voice) else "look at"
    answers = {
        "unclear": [
            f"I did not understand “{said[:60]}”.",
            f"Tell me in other words what you want, as in “{_wish(voice)}”.",
        ],
        "sorrow": [
            voice.pick("sorrow", "I am sorry to hear that.", "That sounds hard, I am sorry.", "Oh dear, I am sorry."),
            "Shall I look for something light, to take your mind off it?",
        ],
        "joy": [
            voice.pick("joy", "How nice, I am glad for you!", "That is good news!", "Congratulations!"),
            f"Shall I look for something to {watch}?",
        ],
        "joke": [
            f"I leave that to the {things}.",
            "Shall I look for something funny?",
        ]
        if _films(voice)
        else [f"I am better at {things}.", feel],
        "farewell": [voice.pick("bye", "Good-bye, and come back any time.", "See you soon.", "Take care.")],
        "blame": [
            voice.pick("blame", "I am sorry that I was no help.", "I am sorry, I should do better."),
            f"Tell me what was wrong with it, or name one or two {things} you {_loved(voice)}, and I try again.",
        ],
        "praise": [voice.pick("praise", "Thank you, that is kind.", "Glad to hear it!"), feel],
        "machine": [f"I am Driftline, a program that suggests {things} and follows how your taste moves.", feel],
        "wellbeing": [voice.pick("well", "All good here, thank you.", "Very well, thank you."), feel],
        "no": [voice.pick("no", "All right.", "No problem."), "Just say when you want a suggestion."],
    }
    usual = [
        voice.pick(
            "chat", f"Happy to chat, and happier to talk about {things}.", f"{things.capitalize()} are what I know."
        ),
        feel,
    ]
    return next((answers[aspect] for aspect in aspects if aspect in answers), usual)


OFFERED = {"sorrow": "something light and uplifting", "joy": "something", "joke": "something funny"}
"""What a "yes" to the answer on an aspect of small talk asks for."""


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
