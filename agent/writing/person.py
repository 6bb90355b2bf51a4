"""Sentences about the person: what was noted, what is known, where it is heading, what was taken back."""

from __future__ import annotations

from collections.abc import Sequence

from agent.understanding import Understanding
from agent.wording import Voice, genre, join, kind, limits, percent, topic, topic_name
from core.forecasts import InterestTimeline
from core.turns import HeardEvent
from core.types import Constraints, EventKind


def acknowledgement(heard: Understanding, voice: Voice) -> list[str]:
    """One sentence on what was noted of the person's taste; nothing when nothing was said."""
    liked = named(heard.likes)
    disliked = named([*heard.dislikes, *heard.faded])
    bought = [event.title for event in heard.seen if event.title and event.kind is EventKind.PURCHASE]
    seen = [event.title for event in heard.seen if event.title and event.kind is not EventKind.PURCHASE]
    theirs = [event.title for event in heard.others if event.title]
    sentences = []
    if liked and disliked:
        sentences.append(f"Noted: more like {join(liked)}, less like {join(disliked)}.")
    elif liked:
        opening = voice.pick("liked", "Noted", "Good to know", "Got it")
        sentences.append(f"{opening}: you like {join(liked)}.")
    elif disliked:
        opening = voice.pick("disliked", "Noted", "Understood", "Got it")
        sentences.append(f"{opening}: less of {join(disliked)} from now on.")
    if seen:
        sentences.append(f"I marked {join(seen)} as seen.")
    if bought:
        sentences.append(f"I marked {join(bought)} as bought.")
    if theirs:
        sentences.append(f"I kept {join(theirs)} apart from your own taste.")
    return sentences


def recorded(heard: Understanding, voice: Voice) -> list[str]:
    """The whole reply to a message that only tells something."""
    sentences = acknowledgement(heard, voice)
    if not sentences and not heard.events() and not heard.others:
        return [
            voice.pick("which", f"Which {voice.noun} do you mean?", f"Tell me of which {voice.noun}, and I note it.")
        ]
    if not sentences:
        return [voice.pick("noted", "Noted.", "Thank you, noted.", "Good to know.")]
    return [
        *sentences,
        voice.pick(
            "offer",
            "Shall I suggest something?",
            "Would you like a suggestion?",
            "Just say when you want a suggestion.",
        ),
    ]


def named(events: Sequence[HeardEvent]) -> list[str]:
    """Titles and topics in words, none twice."""
    return list(
        dict.fromkeys(event.title or topic(event.topic or "") for event in events if event.title or event.topic)
    )


def timeline(result: InterestTimeline, liked: Sequence[str] = (), disliked: Sequence[str] = ()) -> list[str]:
    """What is known of the person: the topics of their history, and the titles they spoke of."""
    sentences = []
    active = [index for index, count in enumerate(result.counts) if count > 0]
    if active:
        totals = [
            sum(result.shares[row][column] * result.counts[row] for row in active)
            for column in range(len(result.topics))
        ]
        whole = sum(totals) or 1.0
        top = [
            index
            for index in sorted(range(len(totals)), key=lambda index: -totals[index])[:4]
            if totals[index] / whole >= 0.01
        ]
        parts = [f"{topic_name(result.topics[index])} {percent(totals[index] / whole)}" for index in top]
        sentences.append(f"Your interests so far: {join(parts)}.")
    if liked:
        sentences.append(f"You liked {join(list(liked[:5]))}{' among others' if len(liked) > 5 else ''}.")
    if disliked:
        sentences.append(f"You did not like {join(list(disliked[:3]))}{' among others' if len(disliked) > 3 else ''}.")
    if result.note:
        sentences.append(result.note.rstrip(".") + ".")
    return sentences or nothing_known()


def nothing_known() -> list[str]:
    """The reply when there is no history to speak of."""
    return ["I know nothing of your taste yet.", "Name two or three that you loved and I will start from there."]


def edited(taken_back: Sequence[str]) -> list[str]:
    """What was taken off the timeline, by title or topic."""
    names = [
        name if ":" not in name or " " in name.partition(":")[0] else topic(name) for name in dict.fromkeys(taken_back)
    ]
    if not names:
        return ["I took nothing off your timeline: I found no entry there that you named."]
    return [
        f"Done: I took {join(names)} off your timeline.",
        "It no longer counts." if len(names) == 1 else "They no longer count.",
    ]


def erasure() -> list[str]:
    """How everything about the person can be erased; a message alone never does it."""
    return [
        "I have erased nothing: a message alone does not do that, so that it never happens by mistake.",
        "To erase everything about you, choose “Erase everything about me” in the menu of the page, or run "
        "`driftline user forget` with your name.",
        "To take back a single thing, say “forget that I liked …”.",
    ]


def reset(lifted: Sequence[str], standing: Constraints, noun: str = "film") -> list[str]:
    """Which limits were lifted and which remain."""
    names = {
        "*": "all limits",
        "year": "the limit on the year",
        "runtime": "the limit on the length",
        "genre": "the limits on genre",
    }
    gone = [
        names.get(name)
        or (
            f"the limit on {genre(name.partition(':')[2])}"
            if name.startswith("genre:")
            else f"the limit on {name.partition(':')[2] or name}"
        )
        for name in lifted
    ]
    _, things, left = kind(standing, noun)
    rest = " ".join(filter(None, (things if left is not standing else "", limits(left))))
    first = f"Done: I dropped {join(list(dict.fromkeys(gone)))}." if gone else "Done."
    if rest:
        return [first, f"Still in force: {rest}."]
    return [first, "Nothing limits the list now, and your timeline stays as it is."]
