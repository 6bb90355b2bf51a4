"""The turn as a LangGraph graph: understand → act → write → verify → remember.

What a turn computes lives in untracked channels; the one channel that is checkpointed is the conversation's `Memory`,
as JSON, written once at the end of the turn. Nodes stream `Update`s as they go.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import pairwise
from typing import Annotated, TypedDict, cast

from langgraph.channels import UntrackedValue
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from agent import understanding as reading
from agent.acting import Outcome, act
from agent.briefing import prompts_for
from agent.checkpoints import Checkpoints
from agent.composing import compose
from agent.evidence import History, evidence_of
from agent.horizons import Horizon, horizon_of
from agent.intents import Intent
from agent.llm.client import ChatClient
from agent.memory import Memory
from agent.policy import context_of, reference_plan
from agent.prose import Prose
from agent.reader.encoder import EncoderReader
from agent.reader.message import MessageReader
from agent.state import Done, Update
from agent.understanding import Understanding, understand
from agent.verifying import Draft, Reply, verify
from agent.wording import Voice
from core.privacy import redact
from core.telemetry import Timings
from core.turns import HeardEvent, Turn
from core.types import Event, Frozen
from store.columns import ItemColumns
from tools.deps import Deps
from tools.registry import TOOLS

logger = logging.getLogger(__name__)


class TurnInput(Frozen):
    """What a turn starts from; the text is redacted already."""

    conversation_id: str
    user_id: str
    text: str
    at: datetime
    remember: bool
    adventure: float | None = None


class TurnState(TypedDict, total=False):
    """Channels of the graph; all but ``memory`` last for one turn."""

    memory: str
    given: Annotated[TurnInput, UntrackedValue(TurnInput)]
    started: Annotated[float, UntrackedValue(float)]
    timings: Annotated[Timings, UntrackedValue(Timings)]
    columns: Annotated[ItemColumns, UntrackedValue(ItemColumns)]
    meaning: Annotated[Understanding, UntrackedValue(Understanding)]
    heard: Annotated[Memory, UntrackedValue(Memory)]
    outcome: Annotated[Outcome, UntrackedValue(Outcome)]
    draft: Annotated[Draft, UntrackedValue(Draft)]
    reply: Annotated[Reply, UntrackedValue(Reply)]


class Agent:
    """Runs turns; holds nothing of any person or conversation."""

    def __init__(self, deps: Deps, client: ChatClient, checkpoints: Checkpoints, encoder: EncoderReader) -> None:
        self._deps = deps
        self._client = client
        self._encoder = encoder
        self._checkpoints = checkpoints
        self._later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="remember")
        self._catalogue_titles: tuple[ItemColumns, frozenset[str]] | None = None
        graph = StateGraph(TurnState)
        graph.add_node("understand", self._understand)
        graph.add_node("act", self._act)
        graph.add_node("write", self._write)
        graph.add_node("verify", self._verify)
        graph.add_node("remember", self._remember)
        steps = [START, "understand", "act", "write", "verify", "remember"]
        for before, after in pairwise(steps):
            graph.add_edge(before, after)
        self._graph = graph.compile(checkpointer=checkpoints.saver)

    def stream(
        self, conversation_id: str, user_id: str, text: str, at: datetime, adventure: float | None = None
    ) -> Iterator[Update]:
        """One turn's updates; the last one is `Done`. Words of the message count before ``adventure``."""
        consent = self._deps.conversations.consent(user_id)
        given = TurnInput(
            conversation_id=conversation_id,
            user_id=user_id,
            text=redact(text),
            at=at,
            remember=consent is None or consent.remember,
            adventure=adventure,
        )
        updates = self._graph.stream(
            {"given": given, "timings": Timings(), "started": time.perf_counter()},
            self._checkpoints.config_of(conversation_id, user_id),
            stream_mode="custom",
            durability="exit",
        )
        done: Update | None = None
        for update in cast("Iterator[Update]", updates):
            if isinstance(update, Done):
                # Given out only once the checkpoint is written, so that the next turn finds it.
                done = update
            else:
                yield update
        if done is not None:
            yield done

    def extract(self, text: str) -> list[HeardEvent]:
        """Preference events in any text, its personal data redacted."""
        return reading.extract(redact(text), self._deps.retriever, self._deps.catalog.columns())

    def _understand(self, state: TurnState) -> TurnState:
        given = state["given"]
        with state["timings"].span("understand"):
            before = Memory.model_validate_json(state["memory"]) if state.get("memory") else Memory()
            columns = self._deps.catalog.columns()
            reader = MessageReader(self._encoder, self._client, self._deps.settings.llm_timeout / 2)
            meaning = understand(given.text, self._deps.retriever, columns, before.context(), reader)
        state["timings"].ms["model"] = reader.ms
        state["timings"].ms["understand"] -= reader.ms
        return {"columns": columns, "meaning": meaning, "heard": before.heard(meaning)}

    def _act(self, state: TurnState, runtime: Runtime[None]) -> TurnState:
        given, meaning, heard = state["given"], state["meaning"], state["heard"]
        with state["timings"].span("act"):
            context = context_of(
                meaning, heard, given.user_id, given.conversation_id, given.at, given.remember, given.adventure
            )
            plan = reference_plan(meaning, heard, self._horizon(state))
            outcome = act(self._deps, TOOLS, plan, context, runtime.stream_writer)
        for call in outcome.ran:
            state["timings"].ms[call.trace.tool] = state["timings"].ms.get(call.trace.tool, 0.0) + call.trace.ms
        return {"outcome": outcome}

    def _write(self, state: TurnState) -> TurnState:
        given, meaning, heard, outcome = state["given"], state["meaning"], state["heard"], state["outcome"]
        with state["timings"].span("write"):
            columns = state["columns"]
            history = self._history(given, outcome, columns)
            met = self._deps.events.summary(given.user_id) if Intent.GREETING in meaning.intents else None
            known = met is not None and met.first_at < given.at
            noun = self._deps.settings.item_noun or ("film" if "director" in columns.facets else "item")
            voice = Voice(given.conversation_id, heard.turns, noun)
            horizon = self._horizon(state)
            parts = compose(meaning, heard, outcome, history, voice, known, horizon)
            earlier = [exchange.said for exchange in heard.recent]
            entries = self._deps.catalog.get_many(card.id for card in outcome.cards)
            evidence = evidence_of(meaning, heard, outcome, history, earlier, self._titles(columns), horizon, entries)
            seconds = self._deps.settings.llm_timeout - state["timings"].ms["model"] / 1000
            asked = prompts_for(meaning, outcome, parts, voice, entries)
            return {"draft": Draft(parts, evidence, Prose(self._client, asked, meaning.text, seconds), noun)}

    def _verify(self, state: TurnState, runtime: Runtime[None]) -> TurnState:
        with state["timings"].span("verify"):
            reply = verify(state["draft"], runtime.stream_writer)
        state["timings"].ms["model"] += reply.model_ms
        state["timings"].ms["verify"] -= reply.model_ms
        return {"reply": reply}

    def _remember(self, state: TurnState, runtime: Runtime[None]) -> TurnState:
        given, outcome, reply, timings = state["given"], state["outcome"], state["reply"], state["timings"]
        with timings.span("remember"):
            self._keep_words(outcome.evidence.events)
            spoken_of = tuple(item.id for evidence in outcome.of("item_details") for item in evidence.items)
            spoken_of += tuple(entry.item.id for entry in outcome.evidence.explained)
            spoken_of += tuple(contrast.item.id for contrast in outcome.evidence.contrasts)
            memory = state["heard"].answered(given.text, reply.text, outcome.slate, spoken_of)
            turn = self._turn(state)
            self._deps.conversations.add_turn(turn)
        runtime.stream_writer(Done(turn=turn))
        return {"memory": memory.model_dump_json(exclude_defaults=True)}

    def _horizon(self, state: TurnState) -> Horizon | None:
        settings = self._deps.settings
        return horizon_of(state["meaning"].ahead, state["given"].at, settings.period, settings.timezone)

    def _history(self, given: TurnInput, outcome: Outcome, columns: ItemColumns) -> History:
        """What the reply may name of the person's past: all where it is asked for, else what reasons rest on."""
        if outcome.called("show_timeline"):
            return History.of(self._deps.events.of_user(given.user_id, until=given.at), columns)
        cards = (*outcome.cards, *(entry.item for entry in outcome.evidence.explained))
        rests_on = dict.fromkeys(item for card in cards for reason in card.reasons for item in reason.item_ids)
        titles = tuple(columns.titles[columns.position[item]] for item in rests_on if item in columns.position)
        return History(seen=titles)

    def settle(self) -> None:
        """Wait until what turns left to be done after them is done; before a person is exported or erased."""
        self._later.submit(int).result()

    def close(self) -> None:
        """Finish what is left to be done."""
        self._later.shutdown(wait=True)

    def _keep_words(self, events: Sequence[Event]) -> None:
        """Vectors of what the person said they want; a title they named has a vector of its own already.

        Writing a vector takes longer than the rest of a turn, so the reply does not wait for it.
        """
        words = {event.text.casefold(): event for event in events if event.topic and event.value > 0 and event.text}
        for event in words.values():
            self._later.submit(self._keep, event)

    def _keep(self, event: Event) -> None:
        try:
            self._deps.retriever.remember(event.user_id, event.id, event.text or "", event.at)
        except Exception:
            # Nobody waits for this result; without the vector the event itself still counts.
            logger.exception("The words of event %s could not be kept", event.id)

    def _turn(self, state: TurnState) -> Turn:
        given, outcome, reply = state["given"], state["outcome"], state["reply"]
        columns = state["columns"]
        timings = {name: round(ms, 2) for name, ms in state["timings"].ms.items()}
        return Turn(
            conversation_id=given.conversation_id,
            turn=state["heard"].turns,
            user_id=given.user_id,
            at=given.at,
            text=given.text,
            reply=reply.text,
            items=outcome.cards,
            events=tuple(_heard(event, columns) for event in outcome.evidence.events),
            calls=tuple(call.trace for call in outcome.ran),
            model=reply.use,
            checks=reply.checks,
            timings_ms={**timings, "total": round((time.perf_counter() - state["started"]) * 1000, 2)},
            slate=outcome.slate,
        )

    def _titles(self, columns: ItemColumns) -> frozenset[str]:
        known = self._catalogue_titles
        if known is None or known[0] is not columns:
            known = (columns, frozenset(title.casefold() for title in columns.titles))
            self._catalogue_titles = known
        return known[1]


def _heard(event: Event, columns: ItemColumns) -> HeardEvent:
    position = columns.position.get(event.item_id) if event.item_id else None
    return HeardEvent(
        kind=event.kind,
        item_id=event.item_id,
        title=None if position is None else columns.titles[position],
        topic=event.topic,
        value=event.value,
        quote=event.text or "",
        event_id=event.id,
    )
