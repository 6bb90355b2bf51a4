"""The reply of a turn from its templates: one part for each act of the message, in the order of the acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent import writing
from agent.acting import Outcome
from agent.evidence import History
from agent.horizons import Horizon
from agent.intents import Intent
from agent.memory import Memory
from agent.understanding import Understanding
from agent.understanding.meaning import WITHOUT
from agent.wording import Voice
from tools.evidence import Explained

_ANSWERED_AS = {
    "recommend": Intent.RECOMMEND,
    "explain": Intent.EXPLAIN,
    "compare": Intent.EXPLAIN,
    "show_timeline": Intent.TIMELINE,
    "forecast_interests": Intent.FORECAST,
    "trending": Intent.TRENDING,
}
_TALK = {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}
_SUGGESTION = "suggest something"


@dataclass(frozen=True)
class Part:
    """A piece of the reply.

    Attributes:
        text: one sentence, or the line of one item.
        checked: the part of it that the reply asserts of items; the rest is told by a tool word for word, or is talk.
        line: number of the item in its list, counted from 1; 0 for a sentence in running text.
        lead: whether the model's opening may stand in its place.
        names: what the opening's first sentence has to name for that; without any, the opening stands at this place.
        offer: what a "yes" to it stands for (`ConversationContext.offer`).
    """

    text: str
    checked: str = ""
    line: int = 0
    lead: bool = False
    names: tuple[str, ...] = ()
    offer: str = ""


def compose(
    meaning: Understanding,
    memory: Memory,
    outcome: Outcome,
    history: History,
    voice: Voice,
    known: bool,
    horizon: Horizon | None = None,
) -> list[Part]:
    """The whole reply in templates; never empty.

    Args:
        memory: the conversation as it is after the message.
        history: of the person, after what this turn recorded.
        known: whether there was anything on the person's timeline before.
        horizon: how far ahead the message looks, if it does.
    """
    parts: list[Part] = []
    read = horizon.note if horizon and outcome.of("forecast_interests") else ""
    intents: list[Intent] = [intent for intent in meaning.intents if intent is not Intent.RECORD]
    for tool, intent in _ANSWERED_AS.items():
        if outcome.called(tool) and intent not in intents:
            # The plan answers more than the words ask for, or a model chose it: talk then gives way to the answer.
            intents = [known for known in intents if known not in _TALK] + [intent]
    if Intent.RECORD in meaning.intents and not intents and not meaning.ambiguous and not meaning.unresolved:
        told = writing.recorded(meaning, voice)
        parts += _offering(told, _SUGGESTION if len(told) > 1 else "")
    elif Intent.RECORD in meaning.intents:
        parts += _acknowledged(meaning, outcome, voice)
    parts += _say(note for evidence in outcome.of("record_preference") for note in evidence.notes)
    parts += _say([read] if read else [])
    asked_apart = Intent.FORECAST in meaning.intents and "items" not in meaning.aspects
    if outcome.called("recommend") and outcome.called("forecast_interests") and not asked_apart:
        # What is wanted later: the forecast leads over to the list that was ranked for it.
        parts += _later(outcome, voice)
        place = min(intents.index(Intent.RECOMMEND), intents.index(Intent.FORECAST))
        intents = [intent for intent in intents if intent not in {Intent.FORECAST, Intent.RECOMMEND}]
        intents.insert(place, Intent.RECOMMEND)
    for intent in intents:
        parts += _answer(intent, meaning, memory, outcome, history, voice, known)
    for question in meaning.ambiguous:
        parts += _say(writing.ambiguous(question))
    if meaning.unresolved:
        parts += _say(writing.unknown(meaning.unresolved))
    if any(call.result is None and call.trace.tool != "edit_timeline" for call in outcome.ran):
        parts += _say(["I could not look up all of that just now."])
    return parts or _say(writing.small_talk(voice))


def _offering(sentences: Sequence[str], offer: str) -> list[Part]:
    """Sentences of which the last offers something."""
    return [*_say(sentences[:-1]), *(Part(sentence, offer=offer) for sentence in sentences[-1:])]


def _answer(
    intent: Intent,
    meaning: Understanding,
    memory: Memory,
    outcome: Outcome,
    history: History,
    voice: Voice,
    known: bool,
) -> list[Part]:
    if intent is Intent.RECOMMEND:
        return _recommended(meaning, outcome, voice)
    if intent in {Intent.SEARCH, Intent.DETAILS, Intent.COMPARE}:
        return _looked_up(intent, meaning, memory, outcome, voice)
    if intent is Intent.EXPLAIN:
        told = [reason for evidence in outcome.of("explain") for reason in evidence.explained]
        contrasts = [contrast for evidence in outcome.of("compare") for contrast in evidence.contrasts]
        owed = [answer for evidence in outcome.of("explain") for answer in evidence.counterfactuals]
        if not (told or contrasts) and not (outcome.called("explain") or outcome.called("compare")):
            return _say(["I have not suggested anything yet that I could explain."])
        if owed:
            return _say(answer.text for answer in owed)
        answers = (sentence for entry in told for sentence in _why(entry, voice))
        return _say([*answers, *(sentence for contrast in contrasts for sentence in contrast.text)])
    if intent is Intent.FORECAST:
        return [
            Part(sentence, checked=sentence)
            for evidence in outcome.of("forecast_interests")
            for forecast in evidence.forecasts
            for sentence in writing.forecast(forecast, voice, meaning.aspects, meaning.people, evidence.carriers)
        ]
    if intent is Intent.TIMELINE:
        timelines = [timeline for evidence in outcome.of("show_timeline") for timeline in evidence.timelines]
        return _say(
            sentence
            for timeline in timelines
            for sentence in writing.timeline(
                timeline, (*history.tastes, *history.liked), (*history.distastes, *history.disliked)
            )
        )
    if intent is Intent.TRENDING:
        return _say(sentence for evidence in outcome.of("trending") for sentence in writing.trending(evidence.items))
    if intent is Intent.EDIT:
        named = [event.title or event.topic or "" for event in meaning.forgets]
        return _say(writing.edited(named if outcome.of("edit_timeline") else []))
    if intent is Intent.RESET:
        return _say(writing.reset(meaning.resets, memory.standing, voice.noun))
    if intent is Intent.ERASE:
        return _say(writing.erasure())
    if intent is Intent.CHOOSE:
        return _say(writing.chosen([event.title or "" for event in meaning.chosen], voice))
    if intent is Intent.GREETING:
        return _say(writing.greeting(voice, known)[: 1 if len(meaning.intents) > 1 else None])
    if intent is Intent.THANKS:
        return _say(writing.thanks(voice)[: 1 if len(meaning.intents) > 1 else None])
    if intent is Intent.HELP:
        return _say(writing.helping(voice))
    if intent not in _TALK:
        return []
    if intent is Intent.OUT_OF_SCOPE and not meaning.aspects:
        return [Part(sentence, lead=True) for sentence in writing.out_of_scope(voice)]
    talk = writing.small_talk(voice, meaning.aspects, meaning.text)
    offer = next((writing.OFFERED[aspect] for aspect in meaning.aspects if aspect in writing.OFFERED), "")
    return [Part(sentence, lead=not meaning.aspects, offer=offer) for sentence in talk]


def _acknowledged(meaning: Understanding, outcome: Outcome, voice: Voice) -> list[Part]:
    """What was noted; before a list the model's opening may say the person's tastes in its own words."""
    sentences = writing.acknowledgement(meaning, voice)
    named = (*writing.named(meaning.likes), *writing.named((*meaning.dislikes, *meaning.faded)))
    if not named or outcome.slate is None or not outcome.slate.items:
        return _say(sentences)
    return [Part(sentences[0], lead=True, names=named), *_say(sentences[1:])]


def _why(entry: Explained, voice: Voice) -> Sequence[str]:
    return entry.why_not.text if entry.why_not else writing.explain(entry.item, entry.rank, voice)


def _later(outcome: Outcome, voice: Voice) -> list[Part]:
    """What is expected of the interests at the time that a list is for."""
    forecasts = [forecast for evidence in outcome.of("forecast_interests") for forecast in evidence.forecasts]
    told = [writing.ahead(forecast, voice) for forecast in forecasts]
    return [Part(sentence, checked=sentence) for sentences in told for sentence in sentences]


def _recommended(meaning: Understanding, outcome: Outcome, voice: Voice) -> list[Part]:
    slate = outcome.slate
    if slate is None:
        return []
    if not slate.items:
        lifted = writing.lifted(slate.relaxations[0].constraint) if slate.relaxations else ""
        return _offering(writing.nothing_left(slate, noun=voice.noun), f"{WITHOUT}{lifted}" if lifted else "")
    opening, *rest = writing.lead(slate, meaning, voice)
    lines = (
        Part(writing.item_line(card), line=number, checked=writing.item_head(card))
        for number, card in enumerate(slate.items, start=1)
    )
    return [Part(opening, lead=True), *_say(rest), *lines]


def _looked_up(intent: Intent, meaning: Understanding, memory: Memory, outcome: Outcome, voice: Voice) -> list[Part]:
    items = [item for evidence in outcome.of("item_details") for item in evidence.items]
    if intent is Intent.COMPARE and items:
        return [Part(sentence, checked=sentence) for sentence in writing.compare(items)]
    if items:
        facets = [topic.partition(":")[0] for topic in meaning.people]
        asked = tuple(dict.fromkeys((*meaning.aspects, *facets)))
        if meaning.qualities:
            likened = (told for item in items for told in writing.likeness(item, meaning.qualities, asked))
            return [Part(told.text, checked=told.asserted) for told in likened]
        told = (sentence for item in items for sentence in writing.details(item, asked))
        return [Part(sentence, checked=sentence) for sentence in told]
    if not outcome.called("search_catalog"):
        if outcome.called("recommend") and (intent is Intent.SEARCH or meaning.people):
            # The ranked list is of the things that were searched for, and is told where it was asked for.
            return []
        # Something was asked about a thing that the message does not name, and nothing was spoken of before.
        if meaning.ambiguous or meaning.unresolved:
            return []
        lost = next((reference.quote for reference in meaning.references if reference.item_id is None), "")
        return _say([f"I am not sure which title you mean by “{lost}”." if lost else "Tell me which title you mean."])
    return _say(
        sentence
        for evidence in outcome.of("search_catalog")
        for sentence in writing.found(evidence.items, memory.standing, voice.noun)
    )


def _say(sentences: Iterable[str]) -> list[Part]:
    return [Part(sentence) for sentence in sentences]
