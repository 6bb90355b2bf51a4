"""What a member of staff asks the copilot: about the customer's past, or what the bot would answer the customer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tools.retrieval.lexical import query_terms

Kind = Literal["complaints", "purchases", "known", "dislikes", "likes", "contact", "said", "other"]

_WHO = r"(?:she|he|they|(?:the|this|that|our) (?:customer|client|user|person|buyer|shopper|guest|caller|man|woman)|i)"
_PAST = re.compile(
    r"\b(?:did|has|have|had|was|were|ever|when|what|which|how (?:many|often|much)|any|is there|are there|does)\b"
)
_SEEKING = re.compile(
    r"\b(?:find|recommend|suggest|search|look (?:for|up)|offer|show me (?:something|items|products|films)"
    r"|something|anything "
    r"(?:like|under|similar)|similar|alternatives?|would|will|should|next (?:week|month|year|quarter))\b"
)
_WORDINGS: tuple[tuple[Kind, str], ...] = (
    (
        "contact",
        r"\bwhen\b.*\b(?:talk|talked|speak|spoke|chat|contact|contacted|wr[io]te|written|message|hear"
        r"|heard|in touch|here|reach)\b"
        r"|\blast (?:contact|conversation|chat|message)\b|\bhow (?:many|often)\b.*\b(?:conversations?"
        r"|chats?|contact|talk(?:ed)?|wr[io]te)\b",
    ),
    (
        "complaints",
        r"\b(?:complain(?:ed|ts?|ing)?|unhappy|dissatisf\w+|upset|angry|annoyed|problems?|issues?"
        r"|troubles?|went wrong|refunds?)\b",
    ),
    (
        "dislikes",
        r"\b(?:dislik\w+|hates?|hated|(?:not|n't|never) (?:like|love|enjoy|want)\w*|avoid|muted?|stand"
        r"|against|rejected)\b",
    ),
    ("purchases", r"\b(?:buy|buys|bought|order|orders|ordered|purchases?|purchased|spen[dt]|owns?)\b"),
    ("said", r"\b(?:says?|said|mention\w*|tell|told|tells|asked|ask|talk\w*|wrote|write|spoke|speak)\b"),
    ("known", r"\b(?:watch\w*|seen?|saw|read|rated?|ratings?|played|listened|viewed|look(?:ed)? at|click\w*)\b"),
    ("likes", r"\b(?:likes?|liked|loves?|loved|enjoys?|enjoyed|prefers?|favou?rites?|interested in|into)\b"),
)
_RULES = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDINGS)
_ASKED = frozenset(
    "has have had did does do is are was were she he they her his their him them customer client user person "
    "ever before already "
    "what which when where who why how many often much any all last latest recently recent lately time times "
    "once there been "
    "about with regarding concerning anything something everything complain complained complaint complaints "
    "complaining unhappy "
    "upset angry annoyed problem problems issue issues trouble troubles wrong went buy buys bought order "
    "orders ordered purchase "
    "purchases purchased spend spent own owns say says said mention mentioned mentions tell told tells ask "
    "asked talk talked "
    "wrote write spoke speak us we me my watch watched see seen saw read rate rated rating ratings played "
    "viewed like likes "
    "liked love loves loved enjoy enjoyed prefer prefers favourite favorite dislike dislikes disliked hate "
    "hates hated film films "
    "movie movies thing things item items product products stuff kind kinds far until now today placed place "
    "placing made make makes".split()
)
"""Words that a question is made of rather than about."""


@dataclass(frozen=True)
class Question:
    """A question, read.

    Attributes:
        about: what it is narrowed to, beside its time; may be empty.
        counting: whether a number is asked for.
    """

    kind: Kind
    about: str = ""
    counting: bool = False


def read_question(text: str, span_quote: str = "", user_id: str = "") -> Question:
    """What is asked; "other" where it is nothing about the past.

    Args:
        span_quote: the words that name a time, which is no subject.
        user_id: the customer's, by which they may be called.
    """
    low = text.lower().replace("’", "'")
    if _SEEKING.search(low) or not _PAST.search(low):
        return Question("other")
    rest = low
    for known in filter(None, (span_quote, user_id.lower())):
        rest = rest.replace(known, " ")
    about = " ".join(term for term in query_terms(rest) if term not in _STEMS and len(term) > 1)
    for kind, pattern in _RULES:
        if pattern.search(low):
            return Question(kind, about, counting="how many" in low or "how often" in low)
    return Question("other", about)


_STEMS = _ASKED | {term for word in _ASKED for term in query_terms(word)}

_FIRST_PERSON: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), there)
    for pattern, there in (
        (rf"\b(?:does|do) {_WHO}\b", "do I"),
        (rf"\b(?:has|have) {_WHO}\b", "have I"),
        (rf"\b(?:is|are) {_WHO}\b", "am I"),
        (rf"\b(?:was|were) {_WHO}\b", "was I"),
        (r"\b(?:the|this|that|our) (?:customer|client|user|person)'s\b", "my"),
        (
            r"\b(?:for|to|with|about|of|suit|fit|suits|fits|offer|show|give|recommend|suggest) (?:the|this"
            r"|that|our) (?:customer|client|user|person)\b",
            "for me",
        ),
        (rf"\b{_WHO}'s\b", "I am"),
        (rf"\b{_WHO}\b(?! (?:of|who))", "I"),
        (r"\bhers|theirs\b", "mine"),
        (
            r"\b(for|to|with|about|of|suits?|fits?|offer|show|give|recommend|suggest) (?:her|him|them)\b(?= "
            r"(?:next|in|this|now|today|tonight|to|by|under|from)\b|\W*$|[?.,!])",
            r"\1 me",
        ),
        (r"\b(?:him|them)\b", "me"),
        (r"\b(?:her|his|their)\b", "my"),
        (r"\bI (likes|wants|needs|loves|prefers|enjoys)\b", r"I \1"),
    )
)
_LAST_ORDER = re.compile(
    r"\b(?:my|her|his|their|the|this customer's) (?:last|latest|previous|most recent|recent) (?:order"
    r"|purchase|buy|basket|one|thing)s?\b",
    re.IGNORECASE,
)


def as_customer(text: str, user_id: str = "") -> str:
    """The question as the customer would ask it: "what would she like" as "what would I like"."""
    if user_id:
        text = re.sub(rf"(?<!\w){re.escape(user_id)}(?!\w)(?!')", "she", text)
    for pattern, there in _FIRST_PERSON:
        text = pattern.sub(there, text)
    return re.sub(r"\bI (like|want|need|love|prefer|enjoy)s\b", r"I \1", text)


def with_last_order(text: str, title: str | None) -> tuple[str, bool]:
    """The question with the title of the last order in its place, and whether it speaks of that order."""
    if not _LAST_ORDER.search(text):
        return text, False
    return (text if title is None else _LAST_ORDER.sub(lambda _found: title, text)), True
