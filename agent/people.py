"""The people of a workspace: those with a timeline, and those who have only talked."""

from __future__ import annotations

from agent.state import Person
from store.events import UserSummary
from tools.deps import Deps


def people(deps: Deps, limit: int, search: str = "") -> list[Person]:
    """People with events, most events first.

    Args:
        search: part of their id.
    """
    summaries = deps.events.people(limit, search=search)
    sources = deps.events.user_sources([summary.user_id for summary in summaries])
    return [_person(summary, sources.get(summary.user_id, set())) for summary in summaries]


def _person(summary: UserSummary, sources: set[str]) -> Person:
    return Person(
        user_id=summary.user_id,
        events=summary.events,
        first_at=summary.first_at.date().isoformat(),
        last_at=summary.last_at.date().isoformat(),
        label=f"{summary.user_id} · {', '.join(sorted(sources))}",
    )
