"""From names with their roles, figures and acts to the meaning of a message."""

from __future__ import annotations

import re
from typing import Literal

from agent.intents import ASPECTS, Intent
from agent.limits import Limit, count, others, prices, relatives, runtimes, years
from agent.meaning import ConversationContext, Reading, Reference, Understanding
from agent.names import Names
from agent.questions import Question
from agent.roles import Entity, Role
from core.results import HeardEvent
from core.types import Constraints, EventKind, Range, describe_range
from store.columns import ItemColumns

_SURE_TASTE = {Role.LIKE, Role.DISLIKE, Role.FADED, Role.SEEN, Role.BOUGHT}


_QUESTION = {
    Intent.DETAILS,
    Intent.EXPLAIN,
    Intent.COMPARE,
    Intent.SEARCH,
    Intent.HELP,
    Intent.TIMELINE,
    Intent.FORECAST,
}


_HORIZON = re.compile(
    r"\b(?:(?:in|over|for|within)?\s*(?:the )?(?:next|coming|following)\s+(?:(?P<n>\d+|\w+)\s+)?"
    r"|in\s+(?P<m>\d+|an?|\w+)\s+)(?P<unit>day|week|month|quarter|year)s?\b"
)


_NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "few": 3,
    "couple": 2,
    "twelve": 12,
}


_RESET_NAMES: tuple[tuple[str, str], ...] = (
    (r"year|decade|\bage\b|\bera\b|period|how (?:old|new)|what year", "year"),
    (r"length|runtime|running time|how long|duration|\blong\b", "runtime"),
    (r"genre", "genre"),
    (r"language", "language"),
    (r"countr", "country"),
    (r"price|cost|budget", "price"),
    (r"director", "director"),
    (r"actor", "actor"),
)


class Reader:
    """Turns entities with their roles, limits and acts into an `Understanding`."""

    def __init__(
        self,
        text: str,
        names: Names,
        columns: ItemColumns,
        context: ConversationContext,
        acts: list[tuple[int, Intent]],
    ) -> None:
        self.text, self.names, self.columns, self.context, self.acts = text, names, columns, context, acts
        self.masked = names.masked
        self.kinds = [intent for _, intent in acts]
        self.lists: dict[str, list[HeardEvent]] = {
            key: [] for key in ("likes", "dislikes", "seen", "faded", "others", "wishes", "similar", "forgets")
        }
        self.require: dict[str, list[str]] = {}
        self.exclude: dict[str, list[str]] = {}
        self.ranges: dict[str, Range] = {}
        self.exclude_items: set[str] = set()
        self.subjects: list[str] = []
        self.people: list[str] = []
        self.resets: list[str] = []
        self.readings: list[Reading] = []
        self.questions: list[Question] = list(names.questions)
        self.unread: list[str] = []
        self.limit_quotes: dict[str, str] = {}
        self.first_taste = len(text)
        self.asks = Intent.RECOMMEND in self.kinds
        self.questioning = bool(_QUESTION & set(self.kinds)) and not self.asks

    def read(self) -> Understanding:
        """The meaning of the message."""
        self._bare_list()
        for entity in self.names.entities:
            self._place(entity)
        self._reconcile()
        self._limits()
        self._resets()
        intents = self._intents()
        query = self._query(intents)
        aspects = (
            tuple(name for name, pattern in ASPECTS if pattern.search(self.masked)) if Intent.DETAILS in intents else ()
        )
        if Intent.RESET in intents and "*" in self.resets:
            self.resets = ["*"]
        return Understanding(
            text=self.text,
            intents=intents,
            subjects=tuple(dict.fromkeys(self.subjects)),
            people=tuple(dict.fromkeys(self.people)),
            constraints=Constraints(
                require={facet: tuple(dict.fromkeys(values)) for facet, values in self.require.items() if values},
                exclude={facet: tuple(dict.fromkeys(values)) for facet, values in self.exclude.items() if values},
                ranges=self.ranges,
                exclude_items=frozenset(self.exclude_items),
            ),
            resets=tuple(dict.fromkeys(self.resets)),
            k=count(self.masked),
            references=tuple(
                Reference(quote=self.text[entity.start : entity.end], item_id=entity.item_id)
                for entity in self.names.entities
                if entity.pronoun
            ),
            aspects=aspects,
            unresolved=self.names.unresolved,
            ambiguous=tuple(self.questions),
            readings=tuple(self.readings),
            unread=tuple(self.unread),
            adds=bool(_ADDS.search(self.masked)),
            horizon=self._horizon() if Intent.FORECAST in intents else None,
            query=query,
            limit_quotes=self.limit_quotes,
            **{key: tuple(_unique(events)) for key, events in self._settled().items()},
        )

    def _reconcile(self) -> None:
        """A mood not wanted narrows a genre that is wanted in the same message; it does not rule the genre out."""
        wished = {event.topic for event in self.lists["wishes"] if event.value > 0 and event.kind is EventKind.REQUEST}
        kept = [genre for genre in self.exclude.get("genre", []) if f"genre:{genre}" not in wished]
        if kept != self.exclude.get("genre", []):
            self.exclude["genre"] = kept
            self.readings = [reading for reading in self.readings if not reading.meaning.startswith("leaving out")]

    def _settled(self) -> dict[str, list[HeardEvent]]:
        """The lists, without items as merely seen that a verdict was given on."""
        judged = {event.item_id for key in ("likes", "dislikes", "faded") for event in self.lists[key] if event.item_id}
        return self.lists | {"seen": [event for event in self.lists["seen"] if event.item_id not in judged]}

    def _quote(self, entity: Entity) -> str:
        start, end = (entity.quote_start, entity.quote_end) if entity.quote_start >= 0 else (entity.start, entity.end)
        if entity.role in _SURE_TASTE:
            self.first_taste = min(self.first_taste, start)
        return " ".join(self.text[start:end].split()).strip(" ,;:")

    def _heard(self, entity: Entity, kind: EventKind, value: float, topic: str | None = None) -> HeardEvent:
        return HeardEvent(
            kind=kind,
            item_id=None if topic else entity.item_id,
            title=None if topic else entity.title,
            topic=topic,
            value=round(value, 3),
            quote=self._quote(entity),
        )

    def _bare_list(self) -> None:
        """Two or more titles and nothing else answer "which films do you like?"."""
        titles = [entity for entity in self.names.entities if entity.is_title and not entity.pronoun]
        left = re.sub(r"¤+|\b(?:and|or|the|also|maybe|um|uh|well|oh|films?|movies?)\b|[\s,.&!/+-]", "", self.masked)
        if len(titles) >= 2 and not left and Intent.COMPARE not in self.kinds:
            for entity in titles:
                entity.role, entity.value = Role.LIKE, 0.5

    def _place(self, entity: Entity) -> None:
        if entity.is_title:
            self._place_title(entity)
        elif entity.mood is not None:
            self._place_mood(entity)
        else:
            self._place_facet(entity)

    def _place_title(self, entity: Entity) -> None:
        role = entity.role
        if (entity.pronoun and entity.item_id is None) or self._pending(entity):
            return
        if entity.pronoun and role in {None, Role.WANT, Role.REQUIRE, Role.ALLOW}:
            if entity.item_id and (self.questioning or Intent.EDIT in self.kinds or not self.asks):
                if Intent.EDIT in self.kinds:
                    self.lists["forgets"].append(self._heard(entity, EventKind.MUTE, 0.0))
                else:
                    self.subjects.append(entity.item_id)
            return
        if Intent.EDIT in self.kinds and role not in _SURE_TASTE - {Role.SEEN} | {Role.SIMILAR}:
            role = Role.FORGET
        if self.questioning and role in {
            None,
            Role.WANT,
            Role.REQUIRE,
            Role.SIMILAR,
            Role.ALLOW,
            Role.EXCLUDE,
            Role.UNSEEN,
        }:
            role = Role.SUBJECT
        if role in {Role.LIKE, Role.DISLIKE}:
            verdict = EventKind.LIKE if role is Role.LIKE else EventKind.DISLIKE
            kind = EventKind.RATING if entity.rating else verdict
            target = "others" if entity.other else ("likes" if entity.value >= 0 else "dislikes")
            self.lists[target].append(self._heard(entity, kind, entity.value))
        elif role in {Role.SEEN, Role.BOUGHT}:
            kind = EventKind.SEEN if role is Role.SEEN else EventKind.PURCHASE
            target = "others" if entity.other else "seen"
            self.lists[target].append(self._heard(entity, kind, entity.value))
        elif role is Role.FADED:
            self.lists["faded"].append(self._heard(entity, EventKind.DISLIKE, -0.3))
        elif role is Role.SIMILAR:
            self.lists["similar"].append(self._heard(entity, EventKind.MENTION, 0.4))
        elif role is Role.EXCLUDE:
            if entity.item_id:
                self.exclude_items.add(entity.item_id)
        elif role is Role.FORGET:
            self.lists["forgets"].append(self._heard(entity, EventKind.MUTE, 0.0))
        elif entity.item_id:
            self.subjects.append(entity.item_id)

    def _pending(self, entity: Entity) -> bool:
        """Settle what waits for an answer: keep a statement about an ambiguous title, or complete an earlier one."""
        if entity.answer is not None and entity.answer.pending is not None:
            event = entity.answer.pending.model_copy(update={"item_id": entity.item_id, "title": entity.title})
            target = {EventKind.SEEN: "seen", EventKind.MENTION: "similar", EventKind.MUTE: "forgets"}.get(event.kind)
            self.lists[target or ("likes" if event.value >= 0 else "dislikes")].append(event)
            return True
        if entity.item_id is not None or entity.pronoun:
            return False
        if entity.other:
            # Somebody else's taste changes no ranking: the likeliest item is good enough to mention.
            match = next((question.matches[0] for question in self.questions if question.start == entity.start), None)
            if match is not None:
                entity.item_id, entity.title = match.item_id, match.title
                self.questions = [question for question in self.questions if question.start != entity.start]
                return False
        if entity.role is Role.EXCLUDE:
            # None of them is wanted, so there is nothing to ask.
            same = [question for question in self.questions if question.start == entity.start]
            self.exclude_items.update(match.item_id for question in same for match in question.matches)
            self.questions = [question for question in self.questions if question not in same]
        for index, question in enumerate(self.questions):
            if question.start == entity.start:
                self.questions[index] = question.model_copy(update={"pending": self._waiting(entity)})
        return True

    def _waiting(self, entity: Entity) -> HeardEvent | None:
        kinds = {
            Role.LIKE: EventKind.LIKE,
            Role.DISLIKE: EventKind.DISLIKE,
            Role.SEEN: EventKind.SEEN,
            Role.SIMILAR: EventKind.MENTION,
            Role.FORGET: EventKind.MUTE,
        }
        kind = kinds.get(entity.role) if entity.role else None
        return None if kind is None or entity.other else self._heard(entity, kind, entity.value)

    def _place_mood(self, entity: Entity) -> None:
        mood = entity.mood
        assert mood is not None
        genres = self._existing(mood.want)
        role = entity.role
        if role is Role.EXCLUDE or (role is Role.DISLIKE and self.asks and entity.value > -0.7):
            shunned = self._existing(mood.shun)
            quote = self._quote(entity)
            if shunned:
                self.exclude.setdefault("genre", []).extend(shunned)
                self.limit_quotes.setdefault("genre", quote)
                self.readings.append(Reading(quote=quote, meaning="leaving out " + _spoken(shunned)))
            elif genres:
                self.lists["wishes"].append(self._heard(entity, EventKind.REQUEST, -0.5, f"genre:{genres[0]}"))
        elif role in {Role.LIKE, Role.DISLIKE, Role.FADED} and genres:
            self._taste(entity, f"genre:{genres[0]}", 0.8)
        elif role in {Role.SEEN, Role.UNSEEN, Role.BOUGHT, Role.SUBJECT, Role.FORGET} or self.questioning:
            return
        elif genres and not entity.other and not self._predicate(entity):
            if mood.hard or role is Role.REQUIRE:
                self.require.setdefault("genre", []).extend(genres if mood.hard else genres[:1])
                if mood.hard:
                    self.readings.insert(
                        0, Reading(quote=self.text[entity.start : entity.end], meaning="keeping to " + _spoken(genres))
                    )
            for rank, genre in enumerate(genres):
                self.lists["wishes"].append(self._heard(entity, EventKind.REQUEST, 0.6 - 0.15 * rank, f"genre:{genre}"))

    def _predicate(self, entity: Entity) -> bool:
        """Whether a mood only describes a title that was named ("Alien was scary")."""
        before = self.masked[: entity.start]
        return bool(re.search(r"(?:¤|\bit|\bthat one)(?:'s| is| was|¤'s)\s*(?:\w+ ){0,2}$", before))

    def _taste(self, entity: Entity, topic: str, scale: float = 1.0) -> None:
        value = entity.value * scale
        if entity.other:
            kind = EventKind.LIKE if value >= 0 else EventKind.DISLIKE
            self.lists["others"].append(self._heard(entity, kind, value, topic))
        elif entity.role is Role.FADED:
            self.lists["faded"].append(self._heard(entity, EventKind.DISLIKE, -0.3, topic))
        elif value >= 0:
            self.lists["likes"].append(self._heard(entity, EventKind.LIKE, value, topic))
        else:
            self.lists["dislikes"].append(self._heard(entity, EventKind.DISLIKE, value, topic))

    def _place_facet(self, entity: Entity) -> None:
        facet, values, role = entity.facet or "", entity.values, entity.role
        if entity.foreign:
            self._place_foreign(entity)
            return
        topics = [f"{facet}:{value}" for value in values]
        if Intent.FORECAST in self.kinds and self.masked[entity.end :].partition(".")[0].rstrip().endswith("?"):
            self.people.extend(topics)
        elif role in {Role.LIKE, Role.DISLIKE, Role.FADED}:
            for topic in topics:
                self._taste(entity, topic)
            if role is Role.DISLIKE and self.asks and not entity.other and facet == "genre":
                self.exclude.setdefault(facet, []).extend(values)
                self.limit_quotes.setdefault(facet, self._quote(entity))
        elif role in {Role.SEEN, Role.UNSEEN, Role.BOUGHT, Role.SUBJECT}:
            self.people.extend(topics)
        elif role is Role.FORGET or (Intent.EDIT in self.kinds and role is None):
            self.lists["forgets"].extend(self._heard(entity, EventKind.MUTE, 0.0, topic) for topic in topics)
        elif role is Role.EXCLUDE:
            self.exclude.setdefault(facet, []).extend(values)
            self.limit_quotes.setdefault(facet, self._quote(entity))
        elif role is Role.ALLOW:
            self.resets.extend(topics)
        elif entity.other:
            return
        elif self.questioning and Intent.SEARCH not in self.kinds:
            self.people.extend(topics)
        else:
            self._want_facet(entity, facet, values, topics)

    def _place_foreign(self, entity: Entity) -> None:
        if entity.role in {None, Role.WANT, Role.REQUIRE, Role.SIMILAR}:
            self.exclude.setdefault("language", []).append("English")
            quote = self.text[entity.start : entity.end]
            self.limit_quotes.setdefault("language", quote)
            self.readings.append(Reading(quote=quote, meaning="leaving out films in English"))
        elif entity.role is Role.EXCLUDE:
            self.require.setdefault("language", []).append("English")

    def _want_facet(self, entity: Entity, facet: str, values: tuple[str, ...], topics: list[str]) -> None:
        if Intent.SEARCH in self.kinds:
            self.people.extend(topics)
        if entity.role is Role.SIMILAR and facet != "genre":
            self.lists["wishes"].extend(self._heard(entity, EventKind.REQUEST, 0.5, topic) for topic in topics)
            return
        if facet == "genre":
            for rank, topic in enumerate(topics):
                self.lists["wishes"].append(self._heard(entity, EventKind.REQUEST, 0.7 - 0.1 * rank, topic))
            if self._modifies(entity):
                return
            self.require.setdefault(facet, []).extend(values[:1] if entity.soft else values)
        else:
            self.require.setdefault(facet, []).extend(values)
        self.limit_quotes.setdefault(facet, self._quote(entity))

    def _modifies(self, entity: Entity) -> bool:
        """Whether a genre word only colours the genre that follows ("sci-fi horror"): the last one is the limit."""
        following = next((later for later in self.names.entities if later.start >= entity.end), None)
        if following is None or following.facet != "genre":
            return False
        return not self.masked[entity.end : following.start].strip(" -")

    def _existing(self, genres: tuple[str, ...]) -> list[str]:
        column = self.columns.facets.get("genre")
        if column is None:
            return []
        return [column.values[column.codes[genre.casefold()]] for genre in genres if genre.casefold() in column.codes]

    def _limits(self) -> None:
        numbers = self.columns.numbers
        found: list[Limit] = []
        if "year" in numbers:
            found += years(self.masked, self.names.newest)
        if "runtime" in numbers:
            found += runtimes(self.masked)
        if "price" in numbers:
            found += prices(self.masked)
        found += others(self.masked, list(numbers))
        stated_only = (
            not self.asks and bool(self.kinds) and Intent.SEARCH not in self.kinds and Intent.TRENDING not in self.kinds
        )
        by_number: dict[str, list[Limit]] = {}
        for limit in found:
            if self._inside_taste(limit):
                continue
            if stated_only and (self.questioning or limit.soft):
                continue
            by_number.setdefault(limit.number, []).append(limit)
        for number, limits in by_number.items():
            self._set_range(number, limits)
        self._comparisons(numbers_set=set(by_number))

    def _set_range(self, number: str, limits: list[Limit]) -> None:
        negated = [
            limit
            for limit in limits
            if re.search(
                r"\b(?:not|no|nothing|except|without|never)(?: \w+){0,2} (?:from |in |of )?(?:the )?$",
                self.masked[: limit.start],
            )
        ]
        for limit in negated:
            quote = self.text[limit.start : limit.end].strip()
            if limit.range.low is None and limit.range.high is not None:
                self.ranges[number] = Range(low=limit.range.high + 1)
            elif limit.range.high is None and limit.range.low is not None:
                self.ranges[number] = Range(high=limit.range.low - 1)
            else:
                self.unread.append("not " + quote)
        kept = [limit for limit in limits if limit not in negated]
        if not kept:
            return
        chosen = kept[-1]
        if len(kept) > 1 and re.search(r"\b(?:or|and)\b|/", self.masked[kept[-2].end : kept[-1].start]):
            lows = [limit.range.low for limit in kept[-2:]]
            highs = [limit.range.high for limit in kept[-2:]]
            if None not in lows and None not in highs:
                joined = Range(
                    low=min(low for low in lows if low is not None),
                    high=max(high for high in highs if high is not None),
                )
                chosen = Limit(kept[-2].start, kept[-1].end, number, joined)
        self.ranges[number] = chosen.range
        quote = self.text[chosen.start : chosen.end].strip(" ,.")
        self.limit_quotes[number] = quote
        self.limit_quotes[describe_range(number, chosen.range)] = quote
        if chosen.soft:
            self.readings.append(Reading(quote=quote, meaning=_meaning(number, chosen.range)))

    def _inside_taste(self, limit: Limit) -> bool:
        """Years that belong to a statement of taste or to a title ("I loved Heat (1995)") are no limits."""
        before = self.masked[: limit.start]
        if re.search(r"¤['’]?s?\s*[(,]?\s*(?:from |the |of |made in |\()*$", before) and limit.number == "year":
            return True
        sentence = max(before.rfind("."), before.rfind("!"), before.rfind("?")) + 1
        clause_start = max(sentence, before.rfind(",") + 1, before.rfind(" but ") + 1)
        clause = self.masked[clause_start : limit.start]
        stated = re.search(
            r"\b(?:i|we|my)\b.{0,30}\b(?:loved?|liked?|enjoy(?:ed)?|hated?|watch(?:ed)?|saw|seen|grew up|born|was"
            r"|were|used to)\b",
            clause,
        )
        return bool(stated) and not re.search(r"\b(?:i'?d|would|want|looking|something|anything)\b", clause)

    def _comparisons(self, numbers_set: set[str]) -> None:
        for relative in relatives(self.masked):
            if relative.number not in self.columns.numbers or relative.number in numbers_set or self.questioning:
                continue
            anchors = self._anchors(relative.start, relative.end)
            figures = [
                float(self.columns.numbers[relative.number][self.columns.position[item]])
                for item in anchors
                if item in self.columns.position
            ]
            figures = [figure for figure in figures if figure == figure]
            quote = self.text[relative.start : relative.end].strip()
            if not figures:
                before = self.context.standing.ranges.get(relative.number)
                if before is None or (before.low is None and before.high is None):
                    self.unread.append(quote)
                    continue
                figures = [figure for figure in (before.low, before.high) if figure is not None]
            bound = Range(high=min(figures) - 1) if relative.lower else Range(low=max(figures) + 1)
            self.ranges[relative.number] = bound
            self.limit_quotes[relative.number] = quote
            self.readings.append(Reading(quote=quote, meaning=_meaning(relative.number, bound)))

    def _anchors(self, start: int, end: int) -> list[str]:
        inside = [entity.item_id for entity in self.names.entities if start <= entity.start < end and entity.item_id]
        if inside:
            return inside
        before = [
            entity.item_id
            for entity in self.names.entities
            if entity.is_title and entity.item_id and entity.start < start
        ]
        if before:
            return before[-1:]
        if re.search(r"\bthan (?:those|these|them)\b", self.masked[start:end]) or not self.context.focus:
            return [item.id for item in self.context.shown]
        return (
            [self.context.focus[-1]]
            if not self.context.shown or "than" in self.masked[start:end]
            else [item.id for item in self.context.shown]
        )

    def _resets(self) -> None:
        if Intent.RESET in self.kinds:
            named = [name for pattern, name in _RESET_NAMES if re.search(pattern, self.masked)]
            facets = [
                f"{entity.facet}:{value}" for entity in self.names.entities if entity.facet for value in entity.values
            ]
            self.resets.extend(named or facets or ["*"])
            for name in named:
                if re.search(r"\bany\b|matter|forget|drop|ignore|remove|care", self.masked) and name in self.ranges:
                    self.ranges.pop(name)
            if facets and not named:
                for entity in self.names.entities:
                    if entity.facet:
                        self.require.pop(entity.facet, None)
                self.lists["wishes"] = []

    def _intents(self) -> tuple[Intent, ...]:
        kinds = list(self.kinds)
        recorded = [
            *self.lists["likes"],
            *self.lists["dislikes"],
            *self.lists["seen"],
            *self.lists["faded"],
            *self.lists["others"],
        ]
        wanted = bool(self.lists["wishes"] or self.require or self.exclude or self.ranges or self.lists["similar"])
        if Intent.EDIT in kinds and not self.lists["forgets"] and recorded:
            kinds.remove(Intent.EDIT)
        if recorded and Intent.RECORD not in kinds:
            earlier = [intent for start, intent in self.acts if start < self.first_taste and intent in kinds]
            place = len(dict.fromkeys(earlier))
            kinds.insert(min(place, len(kinds)), Intent.RECORD)
        direct = {
            Intent.EXPLAIN,
            Intent.DETAILS,
            Intent.COMPARE,
            Intent.FORECAST,
            Intent.TIMELINE,
            Intent.EDIT,
            Intent.SEARCH,
            Intent.TRENDING,
            Intent.RECOMMEND,
        }
        if (wanted and not direct & set(kinds)) or (self.lists["similar"] and not direct & set(kinds)):
            kinds = [kind for kind in kinds if kind not in {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE, Intent.HELP}]
            kinds.append(Intent.RECOMMEND)
        if Intent.RECOMMEND in kinds and recorded and not wanted and self._only_taste():
            kinds.remove(Intent.RECOMMEND)
        if {Intent.RECOMMEND, Intent.RESET} <= set(kinds) and not wanted and self._only_taste():
            kinds.remove(Intent.RECOMMEND)
        if Intent.RECOMMEND in kinds or recorded or direct & set(kinds):
            kinds = [kind for kind in kinds if kind is not Intent.SMALL_TALK]
        if not kinds and (self.names.unresolved or any(question.pending for question in self.questions)):
            told = _TASTE_VERB.search(self.masked) or any(question.pending for question in self.questions)
            kinds = [Intent.RECORD if told else Intent.DETAILS]
        if not kinds and (self.subjects or self.questions):
            kinds = [Intent.DETAILS]
        if not kinds and self.people:
            kinds = [Intent.SEARCH]
        if not kinds and self.resets:
            kinds = [Intent.RESET]
        if not kinds:
            kinds = [
                Intent.SMALL_TALK
                if len(self.masked.split()) <= 2
                else Intent.OUT_OF_SCOPE
                if self.masked.rstrip().endswith("?")
                else Intent.SMALL_TALK
            ]
        return tuple(dict.fromkeys(kinds))

    def _only_taste(self) -> bool:
        """Whether words of asking in a statement of taste ask for nothing ("the best film is Alien")."""
        return not re.search(
            r"\b(?:recommend(?! it| this| that)|suggest|looking for|in the mood|want|need|fancy|give me|show me"
            r"|find|something|anything|what (?:should|shall|can|could|to|next|else)|what'?s (?:next|good|on)"
            r"|more (?:like|of)|similar|another|any (?:ideas|other|others|more)|how about|what about|surprise me"
            r"|tonight|i'?d (?:like|love)|next|else)\b",
            self.masked,
        )

    def _query(self, intents: tuple[Intent, ...]) -> str:
        if not {Intent.RECOMMEND, Intent.SEARCH} & set(intents):
            return ""
        wanted = [
            entity for entity in self.names.entities if entity.role in {None, Role.WANT, Role.REQUIRE, Role.SIMILAR}
        ]
        words = [self.text[entity.start : entity.end] for entity in wanted if not entity.pronoun]
        return " ".join(dict.fromkeys(words))

    def _horizon(self) -> tuple[int, Literal["day", "week", "month", "quarter", "year"]] | None:
        match = _HORIZON.search(self.masked)
        if match is None:
            return (1, "day") if "tomorrow" in self.masked else None
        word = match["n"] or match["m"]
        number = 1 if not word else int(word) if word.isdigit() else _NUMBER_WORDS.get(word, 1)
        return number, match["unit"]  # type: ignore[return-value]


_TASTE_VERB = re.compile(r"\b(?:lov|lik|enjoy|hat|ador|dislik|watch|s[ae]w|seen)\w*\b")


_ADDS = re.compile(r"^\s*(?:and|but|also|plus)\b|\b(?:as well|too)\s*[.!]*$")


def _unique(events: list[HeardEvent]) -> list[HeardEvent]:
    kept: dict[tuple[str | None, str | None], HeardEvent] = {}
    for event in events:
        kept.setdefault((event.item_id or event.title, event.topic), event)
    return list(kept.values())


def _spoken(genres: list[str]) -> str:
    words = [genre if genre == "Sci-Fi" else genre.lower() for genre in genres]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _meaning(number: str, limit: Range) -> str:
    if number == "year":
        if limit.low is not None and limit.high is None:
            return f"{limit.low:g} or later"
        if limit.high is not None and limit.low is None:
            return f"{limit.high:g} or earlier"
        return f"{limit.low:g} to {limit.high:g}"
    unit = " minutes" if number == "runtime" else ""
    if limit.high is not None and limit.low is None:
        return f"at most {limit.high:g}{unit}"
    if limit.low is not None and limit.high is None:
        return f"at least {limit.low:g}{unit}"
    return f"{limit.low:g} to {limit.high:g}{unit}"
