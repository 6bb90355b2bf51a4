"""Draft replies to the customer's last message: from evidence, every sentence checked, in three tones."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from agent.catching_up import unsure
from agent.desk.brief import mood_here
from agent.desk.complaints import complains
from agent.desk.handoff import reason_in
from agent.desk.office import Office
from agent.desk.rewriting import rewritten
from agent.desk.tones import HOLDING, TONES, Told, phrased
from agent.graph import Agent
from agent.grounding import check
from agent.memory import Memory
from agent.turning import Rehearsal
from agent.writing import item_head
from core.desk import Draft, MoodLabel, Tone
from core.results import Recommendation
from core.turns import Checks
from core.types import Conversation
from store.exchanges import Exchange

_HELD = ("refund", "complaint", "fraud", "legal", "emergency")


def to_answer(exchanges: Sequence[Exchange]) -> Exchange | None:
    """The customer's last message that no member of staff has answered; None where there is none."""
    for exchange in reversed(exchanges):
        if exchange.by_staff and exchange.reply:
            return None
        if exchange.text:
            return exchange
    return None


def drafts_for(
    office: Office, conversation: Conversation, exchanges: Sequence[Exchange], message: Exchange
) -> list[Draft]:
    """New drafts for a message, in the order of the tones.

    Args:
        exchanges: of the conversation.
    """
    mood = mood_here(exchanges, conversation.id).label
    reason = reason_in(message.text)
    if reason is not None and reason.kind in _HELD:
        held = HOLDING[reason.kind]
        return [_draft(office, conversation, tone, held[tone]) for tone in TONES]
    if reason is not None and complains(message):
        # Who is cross and asks for a person wants no offer of the thing that went wrong.
        return [_draft(office, conversation, tone, HOLDING["complaint"][tone]) for tone in TONES]
    wish = _wish(exchanges, message) if reason is not None else message
    if wish is None:
        return [_draft(office, conversation, tone, HOLDING[""][tone]) for tone in TONES]
    tried = rehearsed(office.bot, conversation, wish.text, office, office.memory(conversation))
    told, checks = checked(tried)
    if not told or unsure(tried.meaning, tried.outcome):
        return [_draft(office, conversation, tone, HOLDING[""][tone]) for tone in TONES]
    return _in_tones(office, conversation, wish, tried, told, checks, mood)


def rehearsed(bot: Agent, conversation: Conversation, text: str, office: Office, memory: Memory) -> Rehearsal:
    """What the bot would answer, without the turn happening."""
    return bot.rehearse(conversation.id, conversation.user_id, text, office.deps.now(), memory)


def checked(tried: Rehearsal) -> tuple[list[Told], Checks]:
    """The sentences of a rehearsed reply that hold, and the count: what the evidence does not support is left out."""
    told: list[Told] = []
    claims = supported = 0
    about: tuple[str, ...] = ()
    heads = {number: item_head(card) for number, card in enumerate(tried.outcome.cards, start=1)}
    for part in tried.draft.parts:
        if part.checked:
            verdict = check(part.checked, tried.draft.evidence, about)
            about = verdict.about
            claims += len(verdict.claims)
            supported += len(verdict.claims) - len(verdict.unsupported)
            if not verdict.sentence_ok:
                continue
        if part.checked != part.text:
            claims, supported = claims + 1, supported + 1
        told.append(Told(part.text, part.line, heads.get(part.line, "") if part.line else ""))
    return told, Checks(claims=claims, supported=supported, repaired=claims - supported)


def named(cards: Sequence[Recommendation], text: str) -> tuple[Recommendation, ...]:
    """The cards whose titles a text names."""
    low = text.casefold()
    return tuple(card for card in cards if card.title.casefold() in low)


def _in_tones(
    office: Office,
    conversation: Conversation,
    message: Exchange,
    tried: Rehearsal,
    told: Sequence[Told],
    checks: Checks,
    mood: MoodLabel,
) -> list[Draft]:
    cards = tried.outcome.cards

    def draft(tone: Tone) -> Draft:
        template = phrased(tone, told, mood)
        written = rewritten(office, tried, told, message.text, tone)
        text, counted = (written.text, written.checks) if written else (template, checks)
        shown = named(cards, text)
        return _draft(office, conversation, tone, text, tuple(card.id for card in shown), counted)

    with ThreadPoolExecutor(max_workers=len(TONES), thread_name_prefix="drafts") as pool:
        return list(pool.map(draft, TONES))


def _wish(exchanges: Sequence[Exchange], message: Exchange) -> Exchange | None:
    """What somebody who asks for a person had asked for before, and was not understood or not content with."""
    before: Iterator[Exchange] = (
        exchange for exchange in reversed(exchanges) if exchange.text and exchange.turn < message.turn
    )
    return next((exchange for exchange in before if reason_in(exchange.text) is None and not exchange.unsure), None)


def _draft(
    office: Office,
    conversation: Conversation,
    tone: Tone,
    text: str,
    item_ids: tuple[str, ...] = (),
    checks: Checks | None = None,
) -> Draft:
    return Draft(
        id=uuid.uuid4().hex,
        conversation_id=conversation.id,
        tone=tone,
        text=text,
        item_ids=item_ids,
        checks=checks or Checks(),
        at=office.deps.now(),
    )
