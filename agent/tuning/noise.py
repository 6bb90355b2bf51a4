"""How people type: letter case, slips, abbreviations, what they open and close a message with."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_ABBREVIATIONS = {
    "you": ("u",),
    "are": ("r",),
    "your": ("ur",),
    "please": ("pls", "plz"),
    "because": ("cuz", "bc"),
    "something": ("smth", "sth", "somthing"),
    "tonight": ("tonite", "2nite"),
    "favourite": ("fav", "fave"),
    "really": ("rly", "realy"),
    "and": ("&", "n"),
    "with": ("w/",),
    "what": ("wat",),
    "don't": ("dont",),
    "definitely": ("definately",),
    "recommend": ("reccomend", "recomend", "rec"),
    "before": ("b4",),
    "people": ("ppl",),
    "great": ("gr8",),
    "movie": ("mov", "moive"),
}

_AMERICAN = {"favourite": "favorite", "neighbour": "neighbor", "mum": "mom", "catalogue": "catalog"}

_OPENERS = (
    "hey, ", "hi, ", "hello, ", "hi there! ", "ok, ", "ok so ", "so, ", "well, ", "um, ", "hmm, ", "listen, ", "yo ",
    "right, ", "honestly ", "btw ", "sorry, ", "one thing: ", "good evening. ", "Dear assistant, ", "quick one: ",
    "tbh ", "uh ", "like, ", "alright, ", "oh and ",
)  # fmt: skip
_ASKING = (" please", " pls", " thanks", ", thanks", " thx", ", if you can", ", cheers", " ty", ". Thank you!", " plz")
_SAYING = (" lol", " haha", ", tbh", "...", "!!", " :)", ", you know", ", just saying", " btw", " imo", "!")

_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True)
class Segment:
    """A stretch of a message; ``roles`` is None where it is no name."""

    text: str
    roles: tuple[str, ...] | None = None

    @property
    def is_name(self) -> bool:
        """Whether it must stay as it is spelled."""
        return self.roles is not None


@dataclass(frozen=True)
class Style:
    """How a message is typed.

    Attributes:
        slips: letters typed wrong.
    """

    lower: bool = False
    lower_names: bool = False
    abbreviated: bool = False
    slips: int = 0
    american: bool = False
    bare_end: bool = False


def drawn_style(rng: random.Random) -> Style:
    """A way of typing: about a fifth is in lower case or with slips."""
    american = rng.random() < 0.4
    roll = rng.random()
    if roll < 0.15:
        return Style(True, rng.random() < 0.7, rng.random() < 0.4, rng.choice((0, 0, 1)), american, rng.random() < 0.6)
    if roll < 0.22:
        lower = rng.random() < 0.6
        return Style(lower, lower, rng.random() < 0.5, rng.choice((1, 1, 2)), american, rng.random() < 0.5)
    return Style(lower_names=rng.random() < 0.07, american=american, bare_end=rng.random() < 0.25)


def dressed(segments: Sequence[Segment], asking: bool, rng: random.Random) -> list[Segment]:
    """With words before and after it, now and then.

    Args:
        asking: whether it asks for something, so that "please" may follow.
    """
    dressed = list(segments)
    if rng.random() < 0.14:
        dressed.insert(0, Segment(rng.choice(_OPENERS)))
    if rng.random() < 0.12:
        end = dressed[-1]
        if not end.is_name:
            dressed[-1] = replace(end, text=end.text.rstrip("?!. "))
        dressed.append(Segment(rng.choice(_ASKING if asking else _SAYING)))
    return dressed


def typed(segments: Sequence[Segment], style: Style, rng: random.Random) -> list[Segment]:
    """The message as somebody types it; names keep their letters."""
    done = [_segment(segment, style, rng) for segment in segments]
    for _ in range(style.slips):
        places = [index for index, segment in enumerate(done) if not segment.is_name and _WORD.search(segment.text)]
        if places:
            place = rng.choice(places)
            done[place] = Segment(_slip(done[place].text, rng))
    last = done[-1]
    if style.bare_end and not last.is_name:
        done[-1] = Segment(last.text.rstrip("?!.") or last.text)
    if not style.lower and rng.random() < 0.75 and done and not done[0].is_name:
        done[0] = Segment(done[0].text[:1].upper() + done[0].text[1:])
    return [segment for segment in done if segment.text]


def _segment(segment: Segment, style: Style, rng: random.Random) -> Segment:
    if segment.is_name:
        return replace(segment, text=segment.text.lower()) if style.lower_names else segment
    text = segment.text
    if style.american:
        text = re.sub(r"\w+", lambda word: _AMERICAN.get(word[0], word[0]), text)
    if style.lower:
        text = text.lower()
        if rng.random() < 0.5:
            text = text.replace("'", "")
    if style.abbreviated:
        text = re.sub(r"[a-z']+", lambda word: _shortened(word[0], rng), text)
    return Segment(text)


def _shortened(word: str, rng: random.Random) -> str:
    return rng.choice(_ABBREVIATIONS[word]) if word in _ABBREVIATIONS and rng.random() < 0.6 else word


def _slip(text: str, rng: random.Random) -> str:
    word = rng.choice(list(_WORD.finditer(text)))
    at = word.start() + rng.randrange(1, len(word[0]) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
