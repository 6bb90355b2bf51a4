"""All names of a message in one pass: the catalogue's first, then what only looks like a title, then words of "
"taste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from agent.understanding.entities import UNLISTED, Entity
from agent.understanding.meaning import Offer, Question
from agent.understanding.names.elsewhere import dated, unlisted
from agent.understanding.names.implied import implied, rated
from agent.understanding.names.makers import makers
from agent.understanding.names.people import PERSON_FACETS, person, surnames
from agent.understanding.names.references import answers, references
from agent.understanding.names.tastes import GENRE_NOUN, tastes
from agent.understanding.names.themes import THEME, themes
from agent.understanding.names.titles import believable, on_screen, one_word_title, title
from agent.understanding.names.unlisted import only_titles, unlisted_titles
from agent.understanding.text import lower, mask
from core.results import Recommendation
from store.columns import ItemColumns
from tools.deps import Retriever


@dataclass(frozen=True)
class Names:
    """What was found: the masked text (same length), entities by start, what was not settled, and what is unlisted."""

    masked: str
    entities: list[Entity]
    questions: list[Question]
    unresolved: tuple[str, ...]
    newest: int | None
    elsewhere: list[Entity] = field(default_factory=list)


def find_names(
    text: str,
    retriever: Retriever,
    columns: ItemColumns,
    shown: Sequence[Recommendation],
    focus: Sequence[str],
    pending: Sequence[Question] = (),
    offered: Sequence[Offer] = (),
) -> Names:
    """Every name in a normalised text, as entities without roles.

    Args:
        shown: items of the last answer, which ordinals refer to.
        focus: ids spoken of, the latest last, which pronouns refer to.
        pending: questions of the last reply, which "the 1995 one" may answer.
        offered: what another person just named, which answers without an object are about.
    """
    low = lower(text)
    entities: list[Entity] = []
    elsewhere: list[Entity] = []
    questions: list[Question] = []
    unresolved: list[str] = []
    masked = low
    for known in dated(text, retriever):
        strange = (known.item_id or "").startswith(UNLISTED)
        (elsewhere if strange else entities).append(known)
        if strange and known.title:
            unresolved.append(known.title)
        masked = mask(masked, known.start, known.end)
    mentions = sorted(retriever.mentions(text), key=lambda mention: (mention.start, -mention.end))
    for card in on_screen(text, masked, mentions, shown):
        entities.append(card)
        masked = mask(masked, card.start, card.end)
    mentions = [mention for mention in mentions if "¤" not in masked[mention.start : mention.end]]
    believed = believable(text, low, mentions)
    for mention in believed:
        if mention.kind == "title":
            found = title(text, low, mention, questions, shown)
        elif mention.kind in PERSON_FACETS:
            called = one_word_title(low, mention, retriever)
            found = (
                person(low, mention.start, mention.end, mention.kind, mention.value, columns)
                if called is None
                else title(text, low, called, questions, shown)
            )
        else:
            continue
        entities.append(found)
        masked = mask(masked, found.start, found.end)
    for entity, start, end in unlisted_titles(text, masked, entities, retriever, questions, unresolved):
        if entity is not None:
            entities.append(entity)
        else:
            elsewhere.append(unlisted(start, end, text[start:end]))
        masked = mask(masked, start, end)
    for mention in only_titles(text, masked, retriever):
        entities.append(title(text, low, mention, questions, shown))
        masked = mask(masked, entities[-1].start, entities[-1].end)
    for item, maker in makers(masked, entities, columns):
        entities[entities.index(item)] = maker
        masked = mask(masked, maker.start, maker.end)
    for surname in surnames(masked, columns):
        entities.append(surname)
        masked = mask(masked, surname.start, surname.end)
    entities.extend(tastes(masked, columns))
    taken = [(known.start, known.end) for known in entities]
    for mention in believed:
        if mention.kind not in {"title", THEME, *PERSON_FACETS}:
            free = not any(start < mention.end and mention.start < end for start, end in taken)
            if free and not GENRE_NOUN.fullmatch(low[mention.start : mention.end]):
                entities.append(Entity(mention.start, mention.end, facet=mention.kind, values=(mention.value,)))
    entities.extend(themes(masked, columns, [(known.start, known.end) for known in entities]))
    for chosen in answers(masked, pending):
        entities.append(chosen)
        # The figure tells which item is meant; it is no limit on what to suggest.
        masked = mask(masked, chosen.start, chosen.end)
    entities.sort(key=lambda known: known.start)
    named = sorted((*entities, *elsewhere), key=lambda known: known.start)
    recent = [item.id for item in shown] or [offer.item_id for offer in offered]
    entities.extend(references(masked, named, columns, recent, focus))
    entities.extend((*implied(masked, [*entities, *elsewhere], offered), *rated(masked, [*entities, *elsewhere])))
    entities.sort(key=lambda known: (known.start, known.end))
    years = columns.numbers.get("year")
    newest = int(np.nanmax(years)) if years is not None and len(years) and not np.isnan(years).all() else None
    return Names(masked, entities, questions, tuple(dict.fromkeys(unresolved)), newest, elsewhere)
