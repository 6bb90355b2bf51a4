"""What a message refuses in words that no facet of the catalogue knows: "nothing with guns", "no clowns please"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.intents import Intent
from agent.understanding.meaning import ConversationContext, Reading, Understanding
from agent.understanding.names import Names
from tools.deps import Retriever

_THING = (
    r"(?P<what>[a-z][a-z'-]{2,}"
    r"(?: (?!please|pls|in|or|and|but|though|for|to|is|are|would|will|thanks|tonight)[a-z'-]{3,})?)"
)
_MUCH = r"(?:(?:any|too many|too much|a lot of|lots of|all that|all those|more|those|the|a|an) )?"
_END = r"(?=$|[.,;!?:)]| (?:please|pls|plz|in (?:it|them)|or|and|but|though|tho|for|thanks|tonight|this time)\b)"

_STRONG = re.compile(
    rf"\b(?:nothing|none|not (?:anything|something|one|ones)|no (?:films?|movies?|books?|ones?|stories)) "
    rf"(?:with|about|involving|featuring|full of) {_MUCH}{_THING}{_END}"
)
_PLAIN = re.compile(
    rf"\b(?:without|minus|leave out|spare me|keep out|free of) {_MUCH}{_THING}{_END}"
    r"|(?<!\bthere's )(?<!\bthere is )(?<!\bi have )(?<!\bi've )(?<!\bhave )(?<!\bhas )(?<!\bgot )"
    rf"\bno (?:more )?(?P<plural>[a-z][a-z'-]+s){_END}"
)
_IDIOMS = re.compile(
    r"(?:wor+ies|thanks|spoilers?|subtitles|regrets|strings|promises|plans|offen[cs]e|complaints|questions?|excuses|limits"
    r"|ads|ifs|buts|preferences|pressures?|rush|hurry|(?:further|any more) ado|fail|doubts?|asking|ideas?|clues"
    r"|holds|barred|guarantees|less|address|access|success|me|you|him|her|them|us|it|this|that|these|those|one|ones"
    r"|films|movies|books|series|suggestions|recommendations|sequels|remakes|repeats|others|things|words|matches)"
    r"(?: .*)?"
)
"""Said without refusing anything, or refused in a way that descriptions do not tell."""

_MOST = 0.25
"""What more of the catalogue is described with is no thing that one refuses."""


def without_what_is_refused(
    meaning: Understanding, names: Names, retriever: Retriever, items: int, context: ConversationContext
) -> Understanding:
    """The same with items left out whose descriptions speak of what the message refuses, and with this said.

    Args:
        items: how many the catalogue has.
    """
    hidden: set[str] = set()
    readings: list[Reading] = []
    sure = False
    for start, end, what, strong in _refusals(names):
        if Intent.RECOMMEND not in meaning.intents and not (strong and context.shown):
            continue
        found = retriever.described_with(what)
        if 0 < len(found) <= _MOST * items:
            hidden |= found
            quote = meaning.text[start:end].strip()
            told = f"nothing described with {what} (descriptions do not tell everything)"
            readings.append(Reading(quote=quote, meaning=told))
            sure = sure or strong
    if not hidden:
        return meaning
    limits = meaning.constraints
    asked = meaning.intents if Intent.RECOMMEND in meaning.intents else (*meaning.intents, Intent.RECOMMEND)
    return meaning.model_copy(
        update={
            "constraints": limits.model_copy(update={"exclude_items": limits.exclude_items | hidden}),
            "readings": (*meaning.readings, *readings),
            "intents": asked,
        }
    )


def _refusals(names: Names) -> Iterator[tuple[int, int, str, bool]]:
    """Where a refusal stands, what is refused, and whether its words can mean nothing else."""
    taken = [(entity.start, entity.end) for entity in names.entities]
    for pattern in (_STRONG, _PLAIN):
        for match in pattern.finditer(names.masked):
            group = "plural" if match.groupdict().get("plural") else "what"
            start, end = match.span(group)
            free = all(end <= left or right <= start for left, right in taken)
            if free and not _IDIOMS.fullmatch(match[group]):
                yield match.start(), match.end(), match[group], pattern is _STRONG
