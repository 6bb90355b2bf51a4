"""Finding customers: those with a timeline, and those who have only talked so far."""

from __future__ import annotations

from agent.desk.office import Office
from agent.people import people
from agent.state import Person


def customers(office: Office, search: str, limit: int) -> list[Person]:
    """Customers with ``search`` in their id: those with events first, most events first, then those who only talked."""
    known = people(office.deps, limit, search)
    names = {person.user_id for person in known}
    newcomers = [
        Person(
            user_id=user_id,
            events=0,
            first_at=first.date().isoformat(),
            last_at=last.date().isoformat(),
            label=f"{user_id} · new",
        )
        for user_id, first, last in office.records.talkers(search, limit)
        if user_id not in names and office.deps.events.summary(user_id) is None
    ]
    return [*known, *newcomers][:limit]
