"""The copilot: questions about a customer and the catalogue, answered with citations or an honest "nothing found"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from agent.catching_up import unsure
from agent.desk.brief import purchases_of
from agent.desk.complaints import complaints_of
from agent.desk.drafts import checked, rehearsed
from agent.desk.office import Office
from agent.desk.open_requests import said
from agent.desk.own_words import matching, said_about
from agent.desk.questions import Question, as_customer, read_question, with_last_order
from agent.desk.spans import Span, span_in
from agent.desk.third_person import about_them
from agent.memory import Memory
from agent.turning import Rehearsal
from agent.wording import counted, join, titled, topic
from core.desk import Answer, Cited
from core.evidence import event_weight
from core.types import Conversation, Event, EventKind, Item
from store.exchanges import Exchange
from tools.forecasting.tool import carriers_of

_TOLD = 5
_KNOWN = frozenset({EventKind.RATING, EventKind.SEEN, EventKind.VIEW, EventKind.CLICK})


@dataclass(frozen=True)
class _Known:
    """Everything that an answer may rest on."""

    office: Office
    conversation: Conversation
    events: list[Event]
    exchanges: list[Exchange]
    items: dict[str, Item]
    titles: dict[str, str]
    span: Span | None

    def within(self, cited: Iterable[Cited]) -> list[Cited]:
        """Those of the time asked about."""
        return [entry for entry in cited if self.span is None or (entry.at is not None and self.span.holds(entry.at))]

    @property
    def when(self) -> str:
        """The time asked about, to follow a noun."""
        return f" ({self.span.quote})" if self.span else ""

    def nothing(self, what: str = "") -> Answer:
        """What is said where there is nothing to say."""
        talks = len({exchange.conversation_id for exchange in self.exchanges})
        places = f"{counted(len(self.events), 'event')} and {counted(talks, 'conversation')}"
        return Answer(text=(f"{what}nothing found in {places}.".capitalize(),))


def ask(office: Office, conversation: Conversation, question: str) -> Answer:
    """The answer to a question of staff; see `Desk.ask`."""
    now = office.deps.now()
    events = office.deps.events.of_user(conversation.user_id, until=now)
    span = span_in(question, now, office.deps.settings.timezone)
    asked = read_question(question, span.quote if span else "", conversation.user_id)
    items = office.deps.catalog.get_many(event.item_id for event in events if event.item_id)
    known = _Known(
        office,
        conversation,
        events,
        office.exchanges.of_user(conversation.user_id),
        items,
        {item_id: item.title for item_id, item in items.items()},
        span,
    )
    found = _ANSWERS[asked.kind](known, asked) if asked.kind in _ANSWERS else _by_the_bot(known, question)
    if found is not None and found.citations:
        return found
    words = known.within(said_about(asked.about, events, known.exchanges, known.titles)) if asked.about else []
    # What is being asked now is no answer to it.
    if words and asked.kind in ("other", "said"):
        return Answer(text=tuple(f"They said: “{entry.text}”" for entry in words), citations=tuple(words))
    return found or known.nothing()


def _complaints(known: _Known, asked: Question) -> Answer:
    found = known.within(complaints_of(known.events, known.exchanges, known.titles))
    if asked.about:
        found = matching(asked.about, found, _TOLD)
    about = f" about “{asked.about}”" if asked.about else ""
    return _listed(known, found, f"Yes, {{n}}{about}{known.when}:", "complaint", f"No complaint{about}{known.when}: ")


def _purchases(known: _Known, asked: Question) -> Answer:
    found = known.within(purchases_of(known.events, known.titles))
    return _things(known, asked, found, "purchase", "No purchase")


def _seen(known: _Known, asked: Question) -> Answer:
    events = [event for event in known.events if event.kind in _KNOWN]
    return _things(known, asked, known.within(_titles(known, events)), "entry", "No entry")


def _dislikes(known: _Known, asked: Question) -> Answer:
    events = [
        event for event in known.events if event.kind is EventKind.MUTE or event_weight(event.kind, event.value) < 0
    ]
    return _things(known, asked, known.within(_titles(known, events)), "dislike", "No dislike")


def _likes(known: _Known, asked: Question) -> Answer:
    events = [
        event
        for event in known.events
        if event.kind is EventKind.LIKE or (event.kind is EventKind.RATING and event.value >= 0.5)
    ]
    return _things(known, asked, known.within(_titles(known, events)), "like", "No like")


def _contact(known: _Known, asked: Question) -> Answer:
    spoken = [exchange for exchange in known.exchanges if exchange.text]
    earlier = [exchange for exchange in spoken if exchange.conversation_id != known.conversation.id] or spoken
    found = known.within(said(exchange) for exchange in earlier)
    if not found:
        return known.nothing(f"No message{known.when}: ")
    talks = len({entry.conversation_id for entry in found})
    last = found[-1]
    count = f"They wrote in {counted(talks, 'conversation')}{known.when}."
    told = f"They last wrote on {last.at:%d %B %Y}: “{last.text}”"
    return Answer(text=(count, told) if asked.counting else (told, count), citations=(last,))


def _said(known: _Known, asked: Question) -> Answer:
    found = known.within(said_about(asked.about, known.events, known.exchanges, known.titles)) if asked.about else []
    about = f" about “{asked.about}”" if asked.about else ""
    return _listed(known, found, f"{{n}}{about}{known.when}:", "statement", f"No statement{about}{known.when}: ")


def _things(known: _Known, asked: Question, found: Sequence[Cited], noun: str, none: str) -> Answer:
    """Things of the timeline, the latest first, narrowed to what was asked about."""
    about = ""
    if asked.about:
        described = [entry.model_copy(update={"text": _described(known, entry)}) for entry in found]
        kept = {entry.event_id for entry in matching(asked.about, described, len(described))}
        found, about = [entry for entry in found if entry.event_id in kept], f" about “{asked.about}”"
    plural = "entries" if noun == "entry" else ""
    if not found:
        return known.nothing(f"{none}{about}{known.when}: ")
    head = f"{counted(len(found), noun, plural).capitalize()}{about}{known.when}"
    names = [f"{entry.text} ({entry.at:%d %b %Y})" for entry in found[:_TOLD]]
    more = " among others" if len(found) > _TOLD else ""
    return Answer(text=(f"{head}: {join(names)}{more}.",), citations=tuple(found[:_TOLD]))


def _described(known: _Known, entry: Cited) -> str:
    item = known.items.get(entry.item_id or "")
    values = (value for each in item.facets.values() for value in each) if item else ()
    return " ".join((entry.text, *values))


def _titles(known: _Known, events: Sequence[Event]) -> list[Cited]:
    """Events by what they are about, the latest first; of each thing the latest alone."""
    latest: dict[str, Cited] = {}
    for event in reversed(events):
        item = known.items.get(event.item_id or "")
        name = item.title if item else topic(event.topic) if event.topic else ""
        if name and name not in latest:
            latest[name] = Cited(text=name, at=event.at, event_id=event.id, item_id=event.item_id)
    return list(latest.values())


def _listed(known: _Known, found: Sequence[Cited], head: str, noun: str, none: str) -> Answer:
    if not found:
        return known.nothing(none)
    opening = head.replace("{n}", counted(len(found), noun))
    lines = [f"{entry.at:%d %B %Y}: “{entry.text}”" for entry in found[:_TOLD]]
    return Answer(text=(opening[0].upper() + opening[1:], *lines), citations=tuple(found[:_TOLD]))


def _by_the_bot(known: _Known, question: str) -> Answer | None:
    """What the bot would answer the customer, told about them; None where it would have to guess."""
    bought = purchases_of(known.events, known.titles)
    text, of_order = with_last_order(question, bought[0].text if bought else None)
    if of_order and not bought:
        return known.nothing("No purchase is known: ")
    asked = as_customer(text, known.conversation.user_id)
    tried = rehearsed(known.office.bot, known.conversation, asked, known.office, Memory())
    if unsure(tried.meaning, tried.outcome) or not any(call.result for call in tried.outcome.ran):
        return None
    told, _ = checked(tried)
    citations = (*((bought[0],) if of_order else ()), *_citations(known, tried))
    return Answer(text=tuple(about_them(entry.text) for entry in told), citations=citations, items=tried.outcome.cards)


def _citations(known: _Known, tried: Rehearsal) -> tuple[Cited, ...]:
    """The items that an answer names and the events that it rests on."""
    evidence = tried.outcome.evidence
    cards = [*tried.outcome.cards, *(entry.item for entry in evidence.explained)]
    cited = [Cited(text=titled(card.title, card.year), item_id=card.id) for card in cards]
    cited += [Cited(text=titled(item.title, item.year), item_id=item.id) for item in evidence.items]
    by_id = {event.id: event for event in known.events}
    wanted = [ground.event_id for card in cards for reason in card.reasons for ground in reason.grounds]
    carriers = list(evidence.carriers)
    for forecast in evidence.forecasts:
        share = forecast.shares[-1] if forecast.shares else ()
        top = sorted(range(len(share)), key=lambda place: -share[place])[:3]
        carriers += carriers_of(known.office.deps, forecast, [forecast.topics[place] for place in top])
    wanted += [carrier.event_id for carrier in carriers]
    if evidence.timelines:
        wanted += [event.id for event in known.events[::-1] if event_weight(event.kind, event.value) > 0][:_TOLD]
    events = [by_id[name] for name in dict.fromkeys(wanted) if name in by_id][: 2 * _TOLD]
    cited += [_of_event(event, known.items) for event in events]
    unique: dict[tuple[str | None, str | None], Cited] = {}
    for entry in cited:
        unique.setdefault((entry.item_id if entry.event_id is None else None, entry.event_id), entry)
    return tuple(unique.values())


def _of_event(event: Event, items: dict[str, Item]) -> Cited:
    item = items.get(event.item_id or "")
    name = item.title if item else topic(event.topic or "") or event.kind.value
    return Cited(text=event.text or name, at=event.at, event_id=event.id, item_id=event.item_id)


_ANSWERS: dict[str, Callable[[_Known, Question], Answer]] = {
    "complaints": _complaints,
    "purchases": _purchases,
    "known": _seen,
    "dislikes": _dislikes,
    "likes": _likes,
    "contact": _contact,
    "said": _said,
}
