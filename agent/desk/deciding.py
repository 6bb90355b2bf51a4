"""What becomes of a draft: sent as it is, sent edited, or dismissed with a reason; each of the three is feedback."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from agent.acting import card_of
from agent.desk.floor import Floor, sendable
from agent.desk.office import Office
from core.desk import Draft, Verdict
from core.errors import InputError, NotFoundError
from core.privacy import redact
from core.results import Recommendation
from core.turns import Turn
from core.types import Conversation

_VERDICTS = ("approved", "edited", "dismissed")
_REASON = 500


def decide(
    office: Office, floor: Floor, agent: str, draft_id: str, verdict: Verdict, text: str, reason: str
) -> Turn | None:
    """The turn that was sent, None for a dismissal; see `Desk.decide`."""
    known = office.records.draft(draft_id)
    if known is None:
        raise NotFoundError(f"There is no draft {draft_id!r}.", "Ask for the drafts again.")
    if verdict not in _VERDICTS:
        raise InputError(f"Verdict {verdict!r} is unknown.", f"Use one of: {', '.join(_VERDICTS)}.")
    conversation = office.conversation(known.draft.conversation_id)
    floor.held(agent, conversation)
    told = redact(" ".join(reason.split()))[:_REASON]
    if verdict == "dismissed":
        if not told:
            raise InputError("A dismissal needs a reason.", "Say in a few words what is wrong with the draft.")
        _keep(office, draft_id, verdict, reason=told)
        detail = f"{known.draft.tone} draft of turn {known.turn}"
        office.trail.write(office.deps.now(), agent, "dismissed", conversation.id, conversation.user_id, detail)
        return None
    # What is approved goes out as it was shown, to the letter.
    sent = known.draft.text if verdict == "approved" else sendable(text)
    share = edit_share(known.draft.text, sent) if verdict == "edited" else None
    _keep(office, draft_id, verdict, sent, told, share)
    try:
        return _send(office, floor, agent, conversation, known.draft, sent, verdict)
    except Exception:
        # Nothing went out, so there is nothing decided: the agent may try again.
        office.records.undecide(draft_id)
        raise


def edit_share(draft: str, sent: str) -> float:
    """The share of characters that an edit changed, in [0, 1] (normalised Levenshtein distance)."""
    return round(Levenshtein.normalized_distance(draft, sent), 4)


def _keep(
    office: Office,
    draft_id: str,
    verdict: Verdict,
    sent: str | None = None,
    reason: str | None = None,
    share: float | None = None,
) -> None:
    # Kept before it is sent: of two who decide at once, one is refused, and nothing is sent twice.
    if not office.records.decide(draft_id, verdict, office.deps.now(), sent, reason or None, share):
        raise InputError("This draft has been decided already.", "Ask for the drafts again.")


def _send(
    office: Office, floor: Floor, agent: str, conversation: Conversation, draft: Draft, sent: str, verdict: Verdict
) -> Turn:
    cards = _named(office, draft.item_ids, sent)
    checks = draft.checks if verdict == "approved" else None
    return floor.send(agent, conversation, sent, cards, checks, f"{draft.tone} draft, {verdict}")


def _named(office: Office, item_ids: Sequence[str], text: str) -> tuple[Recommendation, ...]:
    """Cards of the draft's items that the text still names."""
    items = office.deps.catalog.get_many(item_ids)
    low = text.casefold()
    known = (items[item_id] for item_id in item_ids if item_id in items)
    return tuple(card_of(item) for item in known if item.title.casefold() in low)
