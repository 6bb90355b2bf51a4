"""The tables of the benchmark of conversations, and what went wrong, message by message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.cold_report import Figure
from evals.conversations.measures import AfterTurns, Faults, Times, Tools
from evals.conversations.memory import Remembering
from evals.conversations.playing import Exchange, Played

LISTED = 12
"""Faults of one kind that are listed."""


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong, with what led to it.

    Attributes:
        said: the messages of the conversation up to it.
    """

    kind: str
    act: str
    person: str
    said: tuple[str, ...]
    reply: str
    detail: str


@dataclass(frozen=True)
class Group:
    """People of one kind, or one way of talking."""

    name: str
    people: int
    success: tuple[AfterTurns, ...]
    faults: Faults
    tools: tuple[Tools, ...]
    times: Times
    listed: tuple[Fault, ...]

    def text(self) -> str:
        """The tables as printed."""
        return "\n".join(
            [f"== {self.name}: {self.people} people", *_curve(self.success), *self._faults(), *self._tools()]
        )

    def _faults(self) -> Iterator[str]:
        found = self.faults
        yield (
            f"{found.turns} turns, {found.cards} cards: against limits {found.limits}, dislikes {found.dislikes}, the "
            f"wish {found.wishes}; repeated {found.repeated}, known {found.met}, rated low later {found.regretted}"
        )
        yield (
            f"{found.requests} requests, {found.bare} without cards or question; {found.critiques} critiques, "
            f"{found.unfollowed} not followed; loops {found.loops}, empty replies {found.empty}, turns with "
            f"unsupported claims {found.unsupported}; tastes misheard {found.misheard}, unheard {found.unheard}; "
            f"errors {found.errors}"
        )
        each = self.times
        yield (
            f"milliseconds a turn: median {each.p50:.0f}, 95th percentile {each.p95:.0f}, worst {each.worst:.0f}; "
            f"waiting for the model {each.model_p50:.0f}; {each.degraded} turns without the model"
        )

    def _tools(self) -> Iterator[str]:
        yield f"{'tools by act':<14}{'turns':>7}{'precision':>11}{'recall':>9}{'useless a turn':>16}"
        for each in self.tools:
            yield f"{each.act:<14}{each.turns:>7}{each.precision:11.3f}{each.recall:9.3f}{each.useless:16.3f}"


@dataclass(frozen=True)
class ConversationsReport:
    """What the benchmark found.

    Attributes:
        model: which language model wrote.
        remembering: the long conversations.
    """

    model: str
    seed: int
    groups: tuple[Group, ...]
    remembering: Remembering


def _curve(success: Sequence[AfterTurns]) -> Iterator[str]:
    yield (
        f"{'turns':<7}{'cards':>6}{'talking':>24}{'list, same cards':>24}{'list, 5 a turn':>24}"
        f"{'talking less it':>26}{'less that':>26}"
    )
    for each in success:
        means = (each.talking, each.same_cards, each.same_turns)
        yield (
            f"{each.turns:<7}{each.cards:>6.1f}"
            + "".join(f"{_mean(figure):>24}" for figure in means)
            + "".join(f"{_more(figure):>26}" for figure in (each.more_by_card, each.more_by_turn))
        )


def _mean(figure: Figure) -> str:
    return f"{figure.mean:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _more(figure: Figure) -> str:
    return f"{figure.mean:+.3f} [{figure.low:+.3f}, {figure.high:+.3f}]"


def faults_of(played: Sequence[Played]) -> tuple[Fault, ...]:
    """What went wrong, at most `LISTED` of a kind."""
    kinds: dict[str, list[Fault]] = {}
    for conversation in played:
        said: tuple[str, ...] = ()
        for each in conversation.exchanges:
            said = (*said, each.message.text)
            for kind, detail in _wrong(each):
                fault = Fault(kind, each.message.act, conversation.person, said, each.turn.reply, detail)
                kinds.setdefault(kind, []).append(fault)
        if conversation.error:
            kinds.setdefault("error", []).append(Fault("error", "", conversation.person, said, "", conversation.error))
    return tuple(fault for found in kinds.values() for fault in found[:LISTED])


def _wrong(each: Exchange) -> Iterator[tuple[str, str]]:
    for against, broken in each.broken.items():
        if broken and (against != "wish" or each.message.cards):
            yield (
                f"against a {against}",
                "; ".join(f"{card.title} ({card.year}) against {lim.words!r}" for card, lim in broken),
            )
    for kind, cards in (("repeated", each.repeated), ("known", each.met)):
        if cards:
            yield kind, ", ".join(card.title for card in cards)
    if each.bare:
        yield "no cards", ""
    if each.followed is False:
        yield "not followed", each.message.critique
    if each.loop:
        yield "loop", ""
    if not each.turn.reply.strip():
        yield "empty", ""
    if each.turn.checks.supported < each.turn.checks.claims:
        yield "unsupported", f"{each.turn.checks.supported} of {each.turn.checks.claims}"
    if each.missing:
        yield "tool missing", ", ".join(each.missing)
    if each.useless:
        yield "tool useless", ", ".join(f"{call.tool} {dict(call.args)}" for call in each.turn.calls)
    for event in each.misheard:
        yield "misheard", f"{event.kind} {event.title or event.topic} “{event.quote}”"
    if each.unheard:
        yield "unheard", ", ".join(each.unheard)
    for call in each.turn.calls:
        if not call.ok:
            yield "error", f"{call.tool}: {call.error}"
