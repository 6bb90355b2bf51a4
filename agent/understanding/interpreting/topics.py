"""Genres, moods, people and nations: tastes, wishes and limits on facets."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.entities import Entity, Role
from agent.understanding.interpreting.draft import SURE_TASTE, Draft
from agent.understanding.meaning import Quality, Reading
from agent.understanding.names.themes import THEME
from agent.wording import genre, join
from core.types import EventKind


def place_mood(draft: Draft, entity: Entity) -> None:
    """File a soft word: a wish or a taste for its genres, or a limit where it is not wanted."""
    mood = entity.mood
    assert mood is not None
    genres = _existing(draft, mood.want)
    role = entity.role
    if _described(draft, entity) or draft.foretold(entity) or _told_of_a_title(draft, entity):
        return
    if role is Role.EXCLUDE or (role is Role.DISLIKE and draft.asks and entity.value > -0.7):
        shunned = _existing(draft, mood.shun)
        quote = draft.quote(entity)
        if shunned:
            draft.exclude.setdefault("genre", []).extend(shunned)
            draft.limit_quotes.setdefault("not genre", quote)
            draft.readings.append(Reading(quote=quote, meaning="leaving out " + _spoken(shunned)))
        elif genres:
            draft.lists["wishes"].append(draft.heard(entity, EventKind.REQUEST, -0.5, f"genre:{genres[0]}"))
    elif role in {Role.LIKE, Role.DISLIKE, Role.FADED} and genres:
        _taste(draft, entity, f"genre:{genres[0]}", 0.8)
    elif draft.questioned(entity) and Intent.DETAILS in draft.kinds:
        words = draft.text[entity.start : entity.end]
        # What rules a genre out for who shuns it is also what its films are like.
        draft.qualities.append(Quality(quote=words, genres=tuple(_existing(draft, mood.shun)), hard=mood.hard))
    elif role in {Role.SEEN, Role.UNSEEN, Role.BOUGHT, Role.SUBJECT, Role.FORGET} or draft.questioned(entity):
        return
    elif genres and not entity.other and not _predicate(draft, entity):
        if mood.hard or role is Role.REQUIRE:
            draft.require.setdefault("genre", []).extend(genres if mood.hard else genres[:1])
            if mood.hard:
                draft.readings.insert(
                    0,
                    Reading(
                        quote=draft.text[entity.start : entity.end],
                        meaning="keeping to " + _spoken(genres),
                    ),
                )
        for rank, name in enumerate(genres):
            draft.lists["wishes"].append(draft.heard(entity, EventKind.REQUEST, 0.6 - 0.15 * rank, f"genre:{name}"))


def place_facet(draft: Draft, entity: Entity) -> None:
    """File a genre, person, language or country: a taste, a wish, a limit, or what is asked about."""
    facet, values, role = entity.facet or "", entity.values, entity.role
    if _described(draft, entity):
        return
    if entity.foreign:
        _place_foreign(draft, entity)
        return
    if facet == THEME:
        _place_theme(draft, entity, f"{facet}:{values[0]}")
        return
    topics = [f"{facet}:{value}" for value in values]
    if draft.foretold(entity):
        draft.people.extend(topics)
    elif role in {Role.LIKE, Role.DISLIKE, Role.FADED}:
        for topic in topics:
            _taste(draft, entity, topic)
        if role is Role.DISLIKE and draft.asks and not entity.other and facet == "genre":
            draft.exclude.setdefault(facet, []).extend(values)
            draft.limit_quotes.setdefault(f"not {facet}", draft.quote(entity))
    elif role in {Role.SEEN, Role.UNSEEN, Role.BOUGHT, Role.SUBJECT}:
        draft.people.extend(topics)
    elif role is Role.FORGET or (Intent.EDIT in draft.kinds and role is None):
        draft.lists["forgets"].extend(draft.heard(entity, EventKind.MUTE, 0.0, topic) for topic in topics)
    elif role is Role.EXCLUDE:
        draft.exclude.setdefault(facet, []).extend(values)
        draft.limit_quotes.setdefault(f"not {facet}", draft.quote(entity))
    elif role is Role.ALLOW:
        draft.resets.extend(topics)
    elif entity.other:
        return
    elif draft.questioned(entity) and Intent.SEARCH not in draft.kinds:
        draft.people.extend(topics)
    else:
        _want_facet(draft, entity, facet, values, topics)


def _place_theme(draft: Draft, entity: Entity, topic: str) -> None:
    """File a theme: a taste or a wish. It limits nothing, as most items that have it do not say so."""
    role = entity.role
    if draft.foretold(entity) or role in {Role.SEEN, Role.UNSEEN, Role.BOUGHT, Role.SUBJECT, Role.ALLOW}:
        return
    if role in {Role.LIKE, Role.DISLIKE, Role.FADED}:
        _taste(draft, entity, topic, 0.8)
    elif role is Role.FORGET or (Intent.EDIT in draft.kinds and role is None):
        draft.lists["forgets"].append(draft.heard(entity, EventKind.MUTE, 0.0, topic))
    elif not entity.other and (Intent.SEARCH in draft.kinds or not draft.questioned(entity)):
        value = -0.5 if role is Role.EXCLUDE else 0.6
        draft.lists["wishes"].append(draft.heard(entity, EventKind.REQUEST, value, topic))


def _place_foreign(draft: Draft, entity: Entity) -> None:
    if entity.role in {None, Role.WANT, Role.REQUIRE, Role.SIMILAR}:
        draft.exclude.setdefault("language", []).append("English")
        quote = draft.text[entity.start : entity.end]
        draft.limit_quotes.setdefault("not language", quote)
        draft.readings.append(Reading(quote=quote, meaning="leaving out films in English"))
    elif entity.role is Role.EXCLUDE:
        draft.require.setdefault("language", []).append("English")


def _want_facet(draft: Draft, entity: Entity, facet: str, values: tuple[str, ...], topics: list[str]) -> None:
    if Intent.SEARCH in draft.kinds:
        draft.people.extend(topics)
    if entity.role is Role.SIMILAR and facet != "genre":
        draft.lists["wishes"].extend(draft.heard(entity, EventKind.REQUEST, 0.5, topic) for topic in topics)
        return
    if facet == "genre":
        for rank, topic in enumerate(topics):
            draft.lists["wishes"].append(draft.heard(entity, EventKind.REQUEST, 0.7 - 0.1 * rank, topic))
        if _modifies(draft, entity):
            return
        draft.require.setdefault(facet, []).extend(values[:1] if entity.soft else values)
    else:
        draft.require.setdefault(facet, []).extend(values)
    draft.limit_quotes.setdefault(facet, draft.quote(entity))


def _taste(draft: Draft, entity: Entity, topic: str, scale: float = 1.0) -> None:
    value = entity.value * scale
    if entity.other:
        kind = EventKind.LIKE if value >= 0 else EventKind.DISLIKE
        draft.lists["others"].append(draft.heard(entity, kind, value, topic))
    elif entity.role is Role.FADED:
        draft.lists["faded"].append(draft.heard(entity, EventKind.DISLIKE, -0.3, topic))
    elif value >= 0:
        draft.lists["likes"].append(draft.heard(entity, EventKind.LIKE, value, topic))
    else:
        draft.lists["dislikes"].append(draft.heard(entity, EventKind.DISLIKE, value, topic))


def _described(draft: Draft, entity: Entity) -> bool:
    """Whether the words tell what a judged title is ("loved Shrek as a family film"), not what the person likes."""
    before = draft.masked[: entity.start]
    told = re.search(r"(?:¤|\bit|\bthem|\bthat one) as (?:a|an) (?:\w+ ){0,2}$", before)
    return told is not None and entity.role in SURE_TASTE


def _told_of_a_title(draft: Draft, entity: Entity) -> bool:
    """Whether a mood is part of a verdict on a title ("loved Alien, it was scary"; "no, too slow")."""
    if any(
        known.implied and known.role in SURE_TASTE and known.quote_start <= entity.start < known.quote_end
        for known in draft.names.entities
    ):
        return True
    return entity.role in SURE_TASTE and _predicate(draft, entity)


def _predicate(draft: Draft, entity: Entity) -> bool:
    """Whether a mood only describes a title that was named ("Alien was scary")."""
    before = draft.masked[: entity.start]
    return bool(re.search(r"(?:¤|\bit|\bthat one)(?:'s| is| was|¤'s)\s*(?:\w+ ){0,2}$", before))


def _modifies(draft: Draft, entity: Entity) -> bool:
    """Whether a genre word only colours the genre that follows ("sci-fi horror"): the last one is the limit."""
    following = next((later for later in draft.names.entities if later.start >= entity.end), None)
    if following is None or following.facet != "genre":
        return False
    return not draft.masked[entity.end : following.start].strip(" -")


def _existing(draft: Draft, genres: tuple[str, ...]) -> list[str]:
    column = draft.columns.facets.get("genre")
    if column is None:
        return []
    return [column.values[column.codes[genre.casefold()]] for genre in genres if genre.casefold() in column.codes]


def reconcile(draft: Draft) -> None:
    """A mood not wanted narrows a genre that is wanted in the same message; it does not rule the genre out."""
    wished = {event.topic for event in draft.lists["wishes"] if event.value > 0 and event.kind is EventKind.REQUEST}
    kept = [genre for genre in draft.exclude.get("genre", []) if f"genre:{genre}" not in wished]
    if kept != draft.exclude.get("genre", []):
        draft.exclude["genre"] = kept
        draft.readings = [reading for reading in draft.readings if not reading.meaning.startswith("leaving out")]


def _spoken(genres: list[str]) -> str:
    return join([genre(name) for name in genres])
