"""The conversation as HTML: turns, steps, cards, what can be done with an answer.

Everything is built with ``markupsafe.Markup.format``, which escapes each argument: no text from a person, a model or
a catalogue reaches the page as markup.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from agent.state import Step
from core.desk import Thread
from core.turns import HeardEvent
from core.types import EventKind
from ui.web import words
from ui.web.cards import BUTTONS, card, join
from ui.web.dials import moved
from ui.web.quick import quick
from ui.web.session import BOT, Session, TurnView
from ui.web.texts import has, text

EXAMPLES = 3


def steps(turn: TurnView, language: str = "en") -> Markup:
    """What the engine did, in plain words with times; open while it runs, one quiet line afterwards."""
    if not turn.steps:
        waiting = Markup('<p class="steps waiting"><span class="spinner" aria-hidden="true"></span>{}</p>')
        return waiting.format(text(language, "chat.reading")) if turn.state == "running" else Markup("")

    def line(step: Step) -> Markup:
        running = step.status == "running"
        detail = words.step_detail(step.args, language)
        return Markup(
            '<li class="step {status}" data-key="s{id}"><span class="mark" aria-hidden="true"></span>'
            "<span>{what}{failed}{detail}</span>{time}</li>"
        ).format(
            status=step.status,
            id=step.id,
            what=words.step(step.tool, running, language),
            failed=text(language, "chat.did_not_work") if step.status == "failed" else "",
            detail=Markup('<span class="detail">{}</span>').format(detail) if detail else "",
            time="" if running else Markup("<time>{}</time>").format(words.duration(step.ms)),
        )

    ordered = [turn.steps[key] for key in sorted(turn.steps)]
    total = words.duration(sum(step.ms for step in ordered))
    if turn.state == "running":
        current = next((step for step in reversed(ordered) if step.status == "running"), None)
        what = words.step(current.tool, True, language) if current else ""
        summary = text(language, "chat.running", what=what) if what else text(language, "chat.writing")
    else:
        summary = text(language, "chat.steps", n=len(ordered), time=total)
    return Markup(
        '<details class="steps" data-key="steps"{opened}><summary>{spinner}<span>{summary}</span></summary>'
        "<ol>{lines}</ol></details>"
    ).format(
        opened=Markup(" open") if turn.state == "running" else "",
        spinner=Markup('<span class="spinner" aria-hidden="true"></span>') if turn.state == "running" else "",
        summary=summary,
        lines=join(line(step) for step in ordered),
    )


def prose(said: str, titles: Collection[str] = ()) -> Markup:
    """A reply as paragraphs and bullet lists, without the numbered lines that repeat the cards of these titles."""
    blocks = []
    for block in said.strip().split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        lines = [line for line in lines if not _repeats_a_card(line, titles)]
        if lines and all(line.startswith(("- ", "• ", "* ")) for line in lines):
            items = join(Markup("<li>{}</li>").format(line[2:]) for line in lines)
            blocks.append(Markup("<ul>{}</ul>").format(items))
        elif lines:
            blocks.append(Markup("<p>{}</p>").format(Markup("<br>").join(lines)))
    return join(blocks)


def _repeats_a_card(line: str, titles: Collection[str]) -> bool:
    number, dot, rest = line.partition(". ")
    return bool(dot) and number.isdecimal() and any(rest.startswith(title) for title in titles)


def heard(events: Sequence[HeardEvent], language: str = "en") -> Markup:
    """What this turn added to the timeline."""
    if not events:
        return Markup("")

    def word(kind: EventKind) -> str:
        key = f"chat.heard_{kind.value}"
        return text(language, key) if has(key) else words.kind(kind, language).lower()

    chips = join(
        Markup("<li><b>{}</b> {}</li>").format(
            word(event.kind),
            event.title or (words.subject(event.kind, event.topic, language) if event.topic else event.quote),
        )
        for event in events
    )
    return Markup('<div class="heard"><span>{}</span><ul>{}</ul></div>').format(text(language, "chat.noted"), chips)


def turn_html(
    turn: TurnView,
    verdicts: Collection[tuple[str, EventKind]],
    language: str = "en",
    last: bool = False,
    live: Thread | None = None,
) -> str:
    """One exchange; the last one can be tried again, edited and answered with one press.

    Args:
        live: where the conversation stands while the staff have it, who take nothing back and need no quick replies.
    """
    said = Markup('<h3 class="sr">{}</h3><div class="said">{}</div>').format(
        text(language, "chat.you_said"), Markup("<br>").join(turn.text.splitlines())
    )
    name = turn.author if turn.author not in (BOT, "") else ""
    answered = text(language, "chat.staff_answered", name=name) if name else text(language, "chat.answered")
    return str(
        Markup(
            '<section class="turn {state}{staff}" data-key="{key}" data-state="{state}" data-number="{number}">{said}'
            '<h3 class="{seen}">{answered}</h3><div class="answer" aria-busy="{busy}">{body}</div></section>'
        ).format(
            state=turn.state,
            staff=" staff" if name else "",
            key=turn.key,
            number="" if turn.number is None else turn.number,
            said=said if turn.text else "",
            seen="author" if name else "sr",
            answered=name or answered,
            busy="true" if turn.state == "running" else "false",
            body=_answer(turn, verdicts, language, last, live),
        )
    )


def _answer(
    turn: TurnView, verdicts: Collection[tuple[str, EventKind]], language: str, last: bool, live: Thread | None
) -> Markup:
    if not turn.author:
        name = live.agent if live and live.state == "staff" else ""
        told = text(language, "chat.with_staff", name=name) if name else text(language, "chat.waiting")
        return Markup('<p class="aside waiting-person">{}</p>').format(told) if last else Markup("")
    cards = join(
        card(item, rank, turn, [kind for kind, _ in BUTTONS if (item.id, kind) in verdicts], language)
        for rank, item in enumerate(turn.items, start=1)
    )
    shifted = (
        Markup('<p class="shifted" role="status">{}</p>').format(moved(turn.moved, language)) if turn.moved else ""
    )
    return Markup('{steps}<div class="reply">{reply}</div>{after}{shifted}{cards}{heard}{tools}{quick}').format(
        steps=steps(turn, language),
        reply=prose(turn.reply, turn.titled or [item.title for item in turn.items]),
        after=_after(turn, language),
        shifted=shifted,
        cards=Markup('<div class="cards">{}</div>').format(cards) if turn.items else "",
        heard=heard(turn.heard, language),
        tools=_tools(turn, language, last and live is None),
        quick=quick(turn, language) if last and live is None else "",
    )


def _after(turn: TurnView, language: str) -> Markup:
    if turn.state == "stopped":
        return Markup('<p class="aside">{}</p>').format(text(language, "chat.stopped"))
    if turn.state == "failed":
        return Markup(
            '<p class="trouble" role="alert">{} <button type="button" class="quiet" data-do="example" '
            'data-text="{}">{}</button></p>'
        ).format(turn.error, turn.text, text(language, "chat.put_back"))
    if turn.model and turn.model.degraded and turn.author == BOT:
        return Markup('<p class="aside">{}</p>').format(text(language, "chat.degraded"))
    return Markup("")


def _tools(turn: TurnView, language: str, last: bool) -> Markup:
    """What can be done with an answer: copied always, tried again and edited where it is the last."""
    if turn.state not in ("done", "stopped") or not turn.reply:
        return Markup("")
    buttons = [
        Markup('<button type="button" class="quiet" data-do="copy" data-text="{}" data-done="{}">{}</button>').format(
            turn.reply, text(language, "chat.copied"), text(language, "chat.copy")
        )
    ]
    if last and turn.text and turn.author == BOT and turn.number is not None:
        buttons += [
            Markup(
                '<button type="button" class="quiet" data-do="{}" data-text="{}" data-number="{}">{}</button>'
            ).format(do, turn.text, turn.number, text(language, f"chat.{do}"))
            for do in ("retry", "edit")
        ]
    return Markup('<div class="turn-tools" role="group" aria-label="{}">{}</div>').format(
        text(language, "chat.turn_tools"), join(buttons)
    )


def welcome(session: Session) -> str:
    """What an empty conversation shows: what this is, and three examples that say what they are for."""
    language = session.language
    stranger = "" if session.is_own_page else "_stranger"
    values = {} if session.is_own_page else {"id": session.user_id}
    own = session.examples or [text(language, f"welcome.example_{number}") for number in range(1, EXAMPLES + 1)]
    chips = join(
        Markup(
            '<li><button type="button" class="example" data-do="example" data-send="1" data-text="{said}">'
            "<span>{said}</span>{about}</button></li>"
        ).format(
            said=said,
            about=""
            if session.examples
            else Markup("<small>{}</small>").format(text(language, f"welcome.about_{number}")),
        )
        for number, said in enumerate(own[:EXAMPLES], start=1)
    )
    return str(
        Markup(
            '<section class="welcome" data-key="welcome"><h2>{}</h2><p>{}</p><ul class="examples" '
            'aria-label="{}">{}</ul></section>'
        ).format(
            text(language, f"welcome.title{stranger}", **values),
            text(language, f"welcome.lead{stranger}"),
            text(language, "welcome.try"),
            chips,
        )
    )


def log(session: Session) -> list[str]:
    """The conversation as blocks; finished turns but the last come from the session's cache."""
    stamp = session.stamp()
    language = session.language
    name = text(language, "chat.conversation")
    begin = Markup('<h2 class="sr">{0}</h2><div role="log" aria-live="polite" aria-label="{0}">').format(name)
    if not session.turns:
        return [str(begin), welcome(session), "</div>", stamp]
    blocks = [str(begin)]
    for place, turn in enumerate(session.turns, start=1):
        last = place == len(session.turns)
        if last or turn.state == "running":
            blocks.append(turn_html(turn, session.verdicts, language, last, session.thread if session.live else None))
            continue
        if turn.key not in session.drawn:
            session.drawn[turn.key] = turn_html(turn, session.verdicts, language)
        blocks.append(session.drawn[turn.key])
    return [*blocks, "</div>", stamp]
