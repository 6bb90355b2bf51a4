"""The words of a wish, for search by meaning: what is left of a message without names, limits, tastes and chatter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.lexicon import STRANGERS
from agent.understanding.acts import recalled
from agent.understanding.entities import UNLISTED, Entity, Role
from agent.understanding.interpreting.draft import Draft
from agent.understanding.interpreting.numbers import worded_limits
from agent.understanding.names.themes import THEME

_WANTED = {None, Role.WANT, Role.REQUIRE, Role.SIMILAR}
_BREAK = re.compile(r"[.!?;:,()\n]+|\b(?:but|because|although|though|since|so that|as long as)\b")
_WORD = re.compile(r"[^\W\d_¤]+(?:['-][^\W\d_¤]+)*")
_NEGATION = re.compile(r"\b(?:not|no|nothing|none|never|without|except|rather than|instead of|less|too|dont)\b|n't\b")
_ASKING = re.compile(
    r"\b(?:want|need|like to|love to|looking|look for|feel like|mood|recommend|suggest|find|show|give|fancy|watch|see"
    r"|something|anything|film|films|movie|movies|some|any)\b"
)
_OWN_STORY = re.compile(
    r"^\W*(?:(?:and|so|well|hi|hello|hey) )*(?:i|i'm|i've|i'd|we|we're|my|our|he|she|it|it's|that|you)\b"
)
_TALK = re.compile(
    r"\b(?:i|me|my|mine|we|us|our|ours|you|your|is|isn|are|was|were|am|lol|ha(?:ha)+)\b|[?¤]"
    r"|^\W*(?:who|what|why|how|when|where|which|can|could|will|would|should|do|does|did|have|has|he|she|they|it)\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:my|our|his|her|their) (?:\w+ ){1,2}?who\b.*?(?=\b(?:would|will|might|could|can)\b|$)")
"""What is told of a person: "my grandfather, who fought in the war, would like"."""

_CHATTER = frozenset(
    """
a about above again all also am an and another any anyone anything are around as at based be been best better big bit
both bring by can cannot choose come contain contains could days deal dealing deals did do does doing done each else
enough especially even evening ever every everyone exactly fancy feature features feel feeling film films find fine
first flick flicks for from full fun genre get getting give go going good got great had happen happens has have having
hear hello help here hey hi him his how i i'd i'll i'm i've idea ideas if in include includes including into involve
involves involving is it it's item items its itself just keep kind kinds know last lately later least let let's like
list little look looking lot lots love mainly many may maybe me mean might mind minutes mood more most mostly movie
movies much must my near need new next nice now of off oh ok okay on once one ones only or other others our out over
part people perhaps pick picks picture pictures please plenty possible possibly preferably pretty probably product
products put quite rather ready really recommend recommendation recommendations right same say see set shall she
should show similar simply since so some somebody someone something somewhat soon sort sorts still stories story stuff
such suggest suggestion suggestions sure surprise surprising take tale tales tell than thank thanks that that's the
their them then there these they thing things think this those thought time title titles to today together tomorrow
tonight top try type types up us very via want wants was watch watching way we week weekend well were what what's
whatever when where where's which while who whole whose why will wish with within would year years yes yet you you'd
you've your
adores advice actually bored bores convinced direction down enjoy enjoys fewer hated hates likes loves made narrow newer
none nope older option options shorter longer suit suits tip tips
anyhow anyway anyways apparently basically besides btw cheers definitely dunno eh erm essentially frankly
generally gonna gotta guess hm hmm honestly hopefully imho imo kinda literally meanwhile nah normally obviously
opposite otherwise personally pls plz seriously so-so somehow sorry sorta surely tbh totally uh um usually wanna
whatsoever unlike whenever wherever yeah yep
after afterwards already almost although always anywhere back because become becomes before being but during either
elsewhere everything everywhere except few further herself himself however indeed instead less myself neither never
nevertheless nobody nor not nothing nowhere often onto ours ourselves own seem seems several sometime sometimes
somewhere themselves therefore though through thus too towards until upon whether without yours yourself
brother daughter ex father grandfather grandmother husband mother sister son wife
""".split()
)


def wish_words(draft: Draft) -> str:
    """The words that describe what is asked for; empty when names and limits say it all.

    A facet value is a topic or a limit already; as a word it would only find titles that contain it. Words of a clause
    that tells a taste, rules something out or tells of the person's own day describe nothing that is wanted.
    """
    if (described := recalled(draft.masked)) is not None:
        return draft.text[slice(*described)].rstrip(" ?!.")
    limits = [(limit.start, limit.end) for limit in worded_limits(draft)]
    strange = len(STRANGERS.intersection(match[0] for match in _WORD.finditer(draft.masked))) > 1
    kept: list[tuple[int, str]] = []
    for entity in draft.names.entities:
        # What has an entry is found by what it is, not by what it is called.
        known = entity.role is Role.SIMILAR and entity.item_id and not entity.item_id.startswith(UNLISTED)
        if (
            not (known or strange)
            and entity.role in _WANTED
            and not (entity.idle or entity.pronoun)
            and entity.facet in {None, THEME}
        ):
            kept.append((entity.start, draft.text[entity.start : entity.end]))
    taken = [*limits, *((entity.start, entity.end) for entity in draft.names.entities)]
    # What the items are described in is English: other words would find titles that contain them.
    for start, end in () if strange else _clauses(draft.masked):
        if _describes(draft.masked[start:end], [e for e in draft.names.entities if start <= e.start < end]):
            told = [match.span() for match in _OF_SOMEBODY.finditer(draft.masked, start, end)]
            for match in _WORD.finditer(draft.masked, start, end):
                free = all(match.end() <= left or right <= match.start() for left, right in (*taken, *told))
                if free and match[0] not in _CHATTER:
                    kept.append((match.start(), draft.text[match.start() : match.end()]))
    return " ".join(dict.fromkeys(words for _, words in sorted(kept)))


def describes_alone(draft: Draft) -> bool:
    """Whether a message without an act of its own is a description of something to watch: "a boxer's last chance"."""
    if _TALK.search(draft.masked) or draft.names.entities or len(draft.masked.split()) < 2:
        return False
    return len(wish_words(draft).split()) >= 2


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _describes(clause: str, entities: list[Entity]) -> bool:
    if any(entity.role not in _WANTED or entity.other for entity in entities) or _NEGATION.search(clause):
        return False
    return not _OWN_STORY.search(clause) or _ASKING.search(clause) is not None
