"""The supervisor's figures: how drafts fare, how long customers wait, and which conversations to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import fmean, median

from agent.desk.brief import mood_here
from agent.desk.office import Office
from agent.wording import number
from core.desk import AgentFigures, AuditEntry, Review, Thread, ToReview
from store.desk import Decided

_LONG_WAIT = timedelta(minutes=10)
_MOST = 50

_MOVES = ("handed over", "sent", "took", "started", "handed back", "closed")


def review_of(office: Office, since: datetime | None) -> Review:
    """The figures since a moment, by agent, and the conversations to review, the latest first."""
    trail = office.trail.entries(since=since, actions=_MOVES, limit=None)[::-1]
    drafts = office.records.drafts_since(since)
    waits = first_replies(trail)
    names = sorted({entry.agent for entry in trail if entry.agent != "driftline"} | {each.agent for each in drafts})
    return Review(
        since=since,
        agents=tuple(
            _figures(
                name,
                [each for each in drafts if each.agent == name],
                [seconds for agent, _, seconds in waits if agent == name],
                sum(entry.action == "sent" and entry.agent == name for entry in trail),
            )
            for name in names
        ),
        conversations=_to_review(office, trail, drafts, waits),
    )


def first_replies(trail: Sequence[AuditEntry]) -> list[tuple[str, str, float]]:
    """Agent, conversation and seconds from each handing over to the first message sent after it.

    Args:
        trail: entries in time order.
    """
    handed: dict[str, datetime] = {}
    found = []
    for entry in trail:
        if entry.conversation_id is None:
            continue
        if entry.action == "handed over":
            handed.setdefault(entry.conversation_id, entry.at)
        elif entry.action == "sent" and entry.conversation_id in handed:
            waited = (entry.at - handed.pop(entry.conversation_id)).total_seconds()
            found.append((entry.agent, entry.conversation_id, waited))
        elif entry.action in ("handed back", "closed"):
            handed.pop(entry.conversation_id, None)
    return found


def _figures(name: str, drafts: Sequence[Decided], waits: Sequence[float], sent: int) -> AgentFigures:
    by = {
        verdict: [each for each in drafts if each.verdict == verdict] for verdict in ("approved", "edited", "dismissed")
    }
    decided = sum(map(len, by.values()))
    shares = [each.edit_share for each in by["edited"] if each.edit_share is not None]
    return AgentFigures(
        agent=name,
        drafts=len(drafts),
        approved=len(by["approved"]),
        edited=len(by["edited"]),
        dismissed=len(by["dismissed"]),
        acceptance=round((len(by["approved"]) + len(by["edited"])) / decided, 4) if decided else None,
        first_reply_seconds=round(median(waits), 1) if waits else None,
        edit_share=round(fmean(shares), 4) if shares else None,
        sent=sent,
    )


def _to_review(
    office: Office,
    trail: Sequence[AuditEntry],
    drafts: Sequence[Decided],
    waits: Iterable[tuple[str, str, float]],
) -> tuple[ToReview, ...]:
    why: dict[str, list[str]] = defaultdict(list)
    touched = list(dict.fromkeys(entry.conversation_id for entry in reversed(trail) if entry.conversation_id))[:_MOST]
    threads = {name: thread for name in touched if (thread := office.records.thread(name)) is not None}
    _by_mood(office, threads, why)
    for each in drafts:
        if each.verdict == "dismissed" and each.draft.conversation_id in threads:
            why[each.draft.conversation_id].append(f"A draft was dismissed: {each.reason}")
    for name, thread in threads.items():
        if thread.handovers >= 2:
            why[name].append(f"It was handed over {number(thread.handovers)} times.")
        waiting = office.deps.now() - thread.opened_at
        if thread.state == "waiting" and waiting >= _LONG_WAIT:
            why[name].append(f"The customer has been waiting for {_minutes(waiting.total_seconds())}.")
    for _, name, seconds in waits:
        if seconds >= _LONG_WAIT.total_seconds() and name in threads:
            why[name].append(f"The customer waited {_minutes(seconds)} for the first reply.")
    return tuple(
        ToReview(
            conversation_id=name,
            user_id=thread.user_id,
            title=thread.title,
            updated_at=thread.updated_at,
            agent=thread.agent,
            why=tuple(dict.fromkeys(why[name])),
        )
        for name, thread in threads.items()
        if why[name]
    )


def _by_mood(office: Office, threads: Mapping[str, Thread], why: dict[str, list[str]]) -> None:
    exchanges = office.exchanges.of_conversations(list(threads))
    for name in threads:
        mood = mood_here(exchanges, name)
        if mood.label == "angry":
            why[name].append(f"The customer is angry at its end: “{mood.quote}”")


def _minutes(seconds: float) -> str:
    whole = round(seconds / 60)
    return f"{whole} minutes" if whole < 120 else f"{whole // 60} hours"
