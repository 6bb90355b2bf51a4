"""One tool call from outside a conversation: by a program that plans for itself and brings its own model."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from agent.acting import act
from agent.incoming import check_user
from agent.policy import PlannedCall
from core.errors import InputError, NotFoundError
from core.privacy import redact
from core.results import Recommendation, Slate
from core.types import Event, Frozen
from store.relayed import RelayedRows
from tools.base import ToolContext
from tools.deps import Deps
from tools.evidence import Evidence
from tools.registry import TOOLS

PERSONAL = frozenset({"forecast_interests", "show_timeline", "record_preference", "edit_timeline"})
"""Tools that are about a person; the others answer a stranger too."""

_LAST = "slate"
_ABOUT_THE_LAST = frozenset({"explain", "compare"})


class Called(Frozen):
    """One call as it ran.

    Attributes:
        ok: whether the tool found an answer; otherwise ``text`` says what is wrong and what to do.
        text: the answer in a few lines.
        evidence: the same, typed.
    """

    tool: str
    ok: bool
    text: str
    evidence: Evidence = Evidence()
    ms: float = 0.0


class ToolCaller:
    """Runs tools as a turn of the agent does; thread-safe.

    What a person was last recommended is kept, so that "why the second one" is answered for the list that was shown.

    Args:
        rows: where it is kept.
        keep_words: told of what was recorded.
    """

    def __init__(self, deps: Deps, rows: RelayedRows, keep_words: Callable[[Iterable[Event]], None]) -> None:
        self._deps, self._rows, self._keep_words = deps, rows, keep_words

    def call(self, user_id: str | None, tool: str, args: Mapping[str, Any]) -> Called:
        """Run one tool for a person, or for nobody in particular.

        Raises:
            NotFoundError: there is no such tool.
            InputError: the tool is about a person and none is named, or the user id is malformed.
        """
        if tool not in TOOLS:
            raise NotFoundError(f"There is no tool {tool!r}.", f"Use one of {', '.join(TOOLS)}.")
        if user_id is not None:
            check_user(user_id)
        elif tool in PERSONAL:
            raise InputError(
                f"The tool {tool} is about a person, and this request is for nobody.",
                "Start `driftline mcp` with --user ID, or send the header X-Driftline-User.",
            )
        context = self._context(user_id, tool, args)
        (ran,) = act(self._deps, TOOLS, [PlannedCall(tool, dict(args))], context, lambda _update: None).ran
        if ran.result is None:
            return Called(tool=tool, ok=False, text=ran.trace.error or "", ms=ran.trace.ms)
        evidence = ran.result.evidence
        if user_id is not None:
            self._keep_words(evidence.events)
            if evidence.slates:
                self._rows.set(user_id, _LAST, _kept(evidence.slates[-1]))
        return Called(tool=tool, ok=True, text=ran.result.text, evidence=evidence, ms=ran.trace.ms)

    def _context(self, user_id: str | None, tool: str, args: Mapping[str, Any]) -> ToolContext:
        kept = self._rows.get(user_id, _LAST) if user_id is not None else None
        slate = Slate.model_validate_json(kept) if kept else None
        consent = self._deps.conversations.consent(user_id) if user_id is not None else None
        asked = slate.request if slate and tool in _ABOUT_THE_LAST else None
        return ToolContext(
            user_id=user_id or f"nobody-{uuid.uuid4().hex}",
            at=self._deps.now(),
            conversation_id="",
            turn=0,
            delivery=uuid.uuid4().hex,
            text=_quoted(args),
            topics=asked.topics if asked else (),
            slate=slate.items if slate else (),
            slate_request=slate,
            remember=consent is None or consent.remember,
        )


def _quoted(args: Mapping[str, Any]) -> str:
    """What the caller says that the person said: it answers for its quotes, as nobody here heard them."""
    preferences = args.get("preferences")
    entries = preferences if isinstance(preferences, list) else []
    quotes = [entry.get("quote") for entry in entries if isinstance(entry, Mapping)]
    return "\n".join(redact(quote) for quote in quotes if isinstance(quote, str))


def _kept(slate: Slate) -> str:
    cards = tuple(
        Recommendation(id=card.id, title=card.title, year=card.year, score=card.score) for card in slate.items
    )
    return slate.model_copy(update={"items": cards}).model_dump_json(exclude_defaults=True)
