"""A workspace of the benchmark's own: the user's catalogue and events without what is held out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence

from agent.fitting import train
from core.settings import Settings
from core.types import Event, idempotency_key
from evals.conversations.people import Drawn, Person, draw
from evals.forecasting.data import opened
from evals.ranking.data import copy
from store.events import Events

_READY = "eval conversations: of"


def prepare(
    settings: Settings, count: int, seed: int, anew: bool, report: Callable[[str], None]
) -> tuple[Settings, Drawn]:
    """The workspace, made unless it has been for the same people, and the people.

    Args:
        anew: train on what is not held out. Else the user's models are taken, which have learnt from all of it.

    Raises:
        InputError: the user's workspace has no catalogue, or nobody with enough ratings.
    """
    with opened(settings) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
        drawn = draw(catalog, log, count, seed)
        stamp = idempotency_key(columns.version, events.version(), count, seed, anew)
    home = settings.home / "evals" / "conversations"
    # Made anew: a copy of settings would keep the address of the user's database, once that has been asked for.
    own = Settings.model_validate(settings.model_dump() | {"home": home, "database_url": "", "chroma_url": ""})
    with opened(own) as (_, _, state):
        ready = state.get(_READY) == stamp
    if not ready:
        report(f"copying {len(columns.ids):,} items and {int(drawn.known.sum()):,} events (once)")
        shutil.rmtree(home, ignore_errors=True)
        copy(settings, own, log, columns, drawn.known)
        for folder in ("vectors",) if anew else ("vectors", "models"):
            if (settings.home / folder).is_dir():
                shutil.copytree(settings.home / folder, home / folder)
        if anew:
            report("training on them")
            train(own)
        with opened(own) as (_, _, state):
            state.set(_READY, stamp)
    return own, drawn


def admit(events: Events, person: Person, name: str) -> None:
    """Give a new person the first half of somebody's ratings."""
    events.append(_as(name, [event for event in events.of_user(person.user_id) if event.item_id in person.met]))


def _as(name: str, history: Sequence[Event]) -> list[Event]:
    fields = [event.model_dump(exclude={"id", "key", "user_id"}) for event in history]
    return [Event.model_validate({**each, "user_id": name, "key": f"{name}-{row}"}) for row, each in enumerate(fields)]
