"""The turn as a LangGraph graph: understand → act → write → verify → remember.

What a turn computes lives in untracked channels; the one channel that is checkpointed is the conversation's `Memory`,
as JSON, written once at the end of the turn. Nodes stream `Update`s as they go.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import cast

from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime

from agent import understanding as reading
from agent.acting import Emit, Outcome, act
from agent.briefing import prompts_for
from agent.catching_up import caught_up, unsure
from agent.checkpoints import Checkpoints
from agent.composing import compose
from agent.dialling import Dials, again, again_plan, dialled, told
from agent.evidence import History, evidence_of
from agent.horizons import Horizon, horizon_of
from agent.intents import Intent
from agent.keeping import WordKeeper
from agent.llm.client import ChatClient
from agent.memory import Memory
from agent.policy import WRITES, context_of, reference_plan
from agent.prose import Prose
from agent.reader.encoder import EncoderReader
from agent.reader.message import MessageReader
from agent.state import Done, Update
from agent.turning import Rehearsal, TurnInput, TurnState, choices_of, heard_of, held
from agent.understanding import understand
from agent.verifying import Draft, verify
from agent.wording import Voice
from core.errors import InputError
from core.privacy import redact
from core.results import Slate
from core.telemetry import Timings
from core.turns import HeardEvent, Turn
from core.types import Event
from store.columns import ItemColumns
from tools.deps import Deps
from tools.registry import TOOLS

logger = logging.getLogger(__name__)


class Agent:
    """Runs turns; holds nothing of any person or conversation."""

    def __init__(self, deps: Deps, client: ChatClient, checkpoints: Checkpoints, encoder: EncoderReader) -> None:
        self._deps = deps
        self._client = client
        self._encoder = encoder
        self._checkpoints = checkpoints
        self._words = WordKeeper(deps.retriever)
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
        self, conversation_id: str, user_id: str, text: str, at: datetime, dials: Dials | None = None
    ) -> Iterator[Update]:
        """One turn's updates; the last one is `Done`. Words of the message count before the dials; without words the
        last cards are ranked again by them."""
        consent = self._deps.conversations.consent(user_id)
        given = TurnInput(
            conversation_id=conversation_id,
            user_id=user_id,
            text=redact(text),
            at=at,
            remember=consent is None or consent.remember,
            dials=dials or Dials(),
            number=self._deps.conversations.next_turn(conversation_id),
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

    def memory(self, conversation_id: str, user_id: str) -> Memory:
        """What a conversation holds, with what was said in it since the bot's last turn."""
        state = self._graph.get_state(self._checkpoints.config_of(conversation_id, user_id)).values
        number = self._deps.conversations.next_turn(conversation_id)
        columns = self._deps.catalog.columns()
        return caught_up(self._deps, held(cast("TurnState", state)), conversation_id, number, columns)

    def rewind(self, conversation_id: str, user_id: str, turn: int, slate: Slate | None) -> None:
        """Put a conversation back to before one of its latest turns.

        Args:
            slate: the last ranked list shown before that turn.

        Raises:
            InputError: what it was then is not kept any more.
        """
        config = self._checkpoints.config_of(conversation_id, user_id)
        earlier = held(cast("TurnState", self._graph.get_state(config).values)).rewound(turn, slate)
        if earlier is None:
            raise InputError("That message can no longer be taken back.", "Say what should be different.")
        self._graph.update_state(config, {"memory": earlier.model_dump_json(exclude_defaults=True)}, as_node="remember")

    def forget(self, conversation_id: str) -> None:
        """Delete what one conversation holds."""
        self._checkpoints.saver.delete_thread(conversation_id)

    def rehearse(self, conversation_id: str, user_id: str, text: str, at: datetime, memory: Memory) -> Rehearsal:
        """What would be answered to a message, in templates, without the turn happening: nothing is written.

        Args:
            memory: the conversation before the message.
        """
        given = TurnInput(
            conversation_id=conversation_id,
            user_id=user_id,
            text=redact(text),
            at=at,
            remember=False,
            number=memory.turns,
            rehearsal=True,
        )
        before = memory.model_dump_json(exclude_defaults=True)
        state: TurnState = {"given": given, "memory": before, "timings": Timings(), "started": time.perf_counter()}
        state |= self._understand(state)
        state |= self._acted(state, lambda _update: None)
        state |= self._write(state)
        return Rehearsal(state["meaning"], state["heard"], state["outcome"], state["draft"])

    def extract(self, text: str) -> list[HeardEvent]:
        """Preference events in any text, its personal data redacted."""
        return reading.extract(redact(text), self._deps.retriever, self._deps.catalog.columns(), self._reader())

    def _reader(self) -> MessageReader:
        return MessageReader(self._encoder, self._client, self._deps.settings.llm_timeout / 2)

    def _understand(self, state: TurnState) -> TurnState:
        given = state["given"]
        with state["timings"].span("understand"):
            columns = self._deps.catalog.columns()
            before = caught_up(self._deps, held(state), given.conversation_id, given.number, columns)
            if not given.text:
                state["timings"].ms["model"] = 0.0
                return {"columns": columns, "meaning": again(), "heard": before}
            reader = self._reader()
            meaning = understand(given.text, self._deps.retriever, columns, before.context(), reader)
        state["timings"].ms["model"] = reader.ms
        state["timings"].ms["understand"] -= reader.ms
        return {"columns": columns, "meaning": meaning, "heard": before.heard(meaning).marked(given.number, before)}

    def _act(self, state: TurnState, runtime: Runtime[None]) -> TurnState:
        return self._acted(state, runtime.stream_writer)

    def _acted(self, state: TurnState, emit: Emit) -> TurnState:
        given, meaning, heard = state["given"], state["meaning"], state["heard"]
        with state["timings"].span("act"):
            self._words.settled(given.user_id)
            context = context_of(
                meaning,
                heard if given.text else heard.reopened(),
                given.user_id,
                given.conversation_id,
                given.at,
                given.remember,
                given.dials.adventure,
            )
            if given.text:
                plan = dialled(reference_plan(meaning, heard, self._horizon(state)), given.dials)
            else:
                plan = again_plan(heard, given.dials)
            if given.rehearsal:
                plan = [call for call in plan if call.tool not in WRITES]
            outcome = act(self._deps, TOOLS, plan, context, emit)
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
            if not given.text and outcome.slate:
                parts = told(heard.ranked, outcome.slate, parts)
            earlier = [exchange.said for exchange in heard.recent]
            entries = self._deps.catalog.get_many(card.id for card in outcome.cards)
            evidence = evidence_of(meaning, heard, outcome, history, earlier, self._titles(columns), horizon, entries)
            seconds = self._deps.settings.llm_timeout - state["timings"].ms["model"] / 1000
            asked = prompts_for(meaning, outcome, parts, voice, entries) if given.text else {}
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
            self._words.keep(outcome.evidence.events)
            spoken_of = tuple(item.id for evidence in outcome.of("item_details") for item in evidence.items)
            spoken_of += tuple(entry.item.id for entry in outcome.evidence.explained)
            spoken_of += tuple(contrast.item.id for contrast in outcome.evidence.contrasts)
            turn = self._deps.conversations.append_turn(self._turn(state))
            heard = state["heard"].model_copy(update={"turns": turn.turn})
            if given.text:
                offer = next((part.offer for part in state["draft"].parts if part.offer), "")
                memory = heard.answered(given.text, reply.text, outcome.slate, spoken_of, outcome.cards, offer)
            else:
                memory = heard.ranked_again(outcome.slate)
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

    def keep_words(self, events: Iterable[Event]) -> None:
        """Keep the vectors of what was recorded outside a turn."""
        self._words.keep(events)

    def settle(self) -> None:
        """Wait until what turns left to be done after them is done; before a person is exported or erased."""
        self._words.settle()

    def close(self) -> None:
        """Finish what is left to be done."""
        self._words.close()

    def _turn(self, state: TurnState) -> Turn:
        given, outcome, reply = state["given"], state["outcome"], state["reply"]
        columns = state["columns"]
        timings = {name: round(ms, 2) for name, ms in state["timings"].ms.items()}
        return Turn(
            conversation_id=given.conversation_id,
            turn=given.number,
            user_id=given.user_id,
            at=given.at,
            text=given.text,
            reply=reply.text,
            items=outcome.cards,
            events=tuple(heard_of(event, columns) for event in outcome.evidence.events),
            calls=tuple(call.trace for call in outcome.ran),
            model=reply.use,
            checks=reply.checks,
            timings_ms={**timings, "total": round((time.perf_counter() - state["started"]) * 1000, 2)},
            slate=outcome.slate,
            unsure=unsure(state["meaning"], outcome),
            choices=choices_of(state["meaning"]),
        )

    def _titles(self, columns: ItemColumns) -> frozenset[str]:
        known = self._catalogue_titles
        if known is None or known[0] is not columns:
            known = (columns, frozenset(title.casefold() for title in columns.titles))
            self._catalogue_titles = known
        return known[1]
