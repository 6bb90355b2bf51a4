"""`driftline eval conversations`: simulated people with hidden tastes talk to the whole service."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from agent.llm.client import ChatClient, ModelClient
from core.results import RecommendRequest
from core.settings import Settings
from evals.conversations.measures import faults, success, times, tools
from evals.conversations.memory import remember
from evals.conversations.people import Drawn
from evals.conversations.playing import Played, play
from evals.conversations.report import ConversationsReport, Group, faults_of
from evals.conversations.stage import Stage, staged
from evals.conversations.workspace import prepare
from evals.forecasting.data import opened

PEOPLE, QUICK = 120, 30
LONG, LONG_QUICK = 6, 2
"""People who talk for thirty turns."""
SEED = 0


def run(settings: Settings, quick: bool = False) -> ConversationsReport:
    """Run the benchmark and print its tables; the user's workspace is only read.

    Args:
        settings: of the user's workspace; its model is asked if one is served.
        quick: fewer people, and the user's models, which have learnt from what is held out, instead of training.

    Raises:
        InputError: the workspace has no catalogue, or nobody with enough ratings.
    """
    own, drawn = prepare(settings, PEOPLE, SEED, anew=not quick, report=_say)
    with staged(own, ModelClient(settings), _after_all(own)) as stage:
        return evaluate(stage, drawn, ModelClient(settings), QUICK if quick else PEOPLE, LONG_QUICK if quick else LONG)


def evaluate(stage: Stage, drawn: Drawn, model: ChatClient, count: int, long: int) -> ConversationsReport:
    """Let the first people talk, with their ratings and without, and some of them for long."""
    people = drawn.people[:count]
    # What is loaded once belongs to no turn.
    stage.service.recommend(RecommendRequest(at=stage.clock(), k=1, query="a first request"))
    groups = []
    for name, known, chatty in (
        ("Known: half of their ratings on the timeline", True, True),
        ("Newcomers: the same people, nothing known", False, True),
        ("Known, one request and then only “more”", True, False),
    ):
        _say(name)
        kind = f"{'known' if known else 'new'}-{'talking' if chatty else 'more'}"
        played = (
            play(stage, person, f"conversations-{kind}-{number}", f"{SEED}-{person.user_id}", known, chatty)
            for number, person in enumerate(people)
        )
        groups.append(_group(name, played))
        print(f"{groups[-1].text()}\n", flush=True)
    _say("long conversations")
    remembering, _ = remember(stage, drawn.people[:long], str(SEED))
    print(remembering.text(), flush=True)
    status = model.status()
    return ConversationsReport(f"{status.name}, {status.state}", SEED, tuple(groups), remembering)


def _group(name: str, conversations: Iterable[Played]) -> Group:
    played = list(conversations)
    return Group(name, len(played), success(played), faults(played), tools(played), times(played), faults_of(played))


def _after_all(settings: Settings) -> datetime:
    """A day after the last event."""
    with opened(settings) as (catalog, events, _):
        log = events.log(catalog.columns())
    return datetime.fromtimestamp(float(log.at[-1]), UTC) + timedelta(days=1)


def _say(line: str) -> None:
    print(f"conversations: {line}", file=sys.stderr, flush=True)
