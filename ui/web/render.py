"""The conversation as HTML: turns, steps, film cards, reasons.

Everything is built with ``markupsafe.Markup.format``, which escapes each argument: no text from a person, a model or
a catalogue reaches the page as markup.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup

from agent.state import ModelStatus, Person, Step
from core.turns import HeardEvent
from core.types import Conversation, EventKind
from ui.web import words
from ui.web.cards import BUTTONS, card, join
from ui.web.session import Session, TurnView

EXAMPLES = (
    "I loved Alien and Fargo, something tense but not gory, after 1990",
    "A warm comedy under 100 minutes for a tired evening",
    "Science fiction that makes me think, not just explosions",
    "What should I watch next, and where is my taste heading?",
)

_LOGO = Markup(
    '<svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">'
    '<rect width="32" height="32" rx="8" class="logo-ground"/>'
    '<path d="M5 22c5 0 6-4 11-4s6 4 11 4" class="logo-past"/>'
    '<path d="M5 19c6 0 7-3 11-6 3-2.3 5-3 7-3" class="logo-line"/>'
    '<circle cx="24.5" cy="9.8" r="2.6" class="logo-dot"/></svg>'
)

_HEARD = {
    EventKind.LIKE: "likes",
    EventKind.DISLIKE: "does not want",
    EventKind.SEEN: "has seen",
    EventKind.REQUEST: "asks for",
    EventKind.CONSTRAINT: "limit",
    EventKind.MUTE: "never",
}


def steps(turn: TurnView) -> Markup:
    """What the engine did, in plain words with times; open while it runs, one quiet line afterwards."""
    if not turn.steps:
        waiting = '<p class="steps waiting"><span class="spinner" aria-hidden="true"></span>Reading your message</p>'
        return Markup(waiting) if turn.state == "running" else Markup("")

    def line(step: Step) -> Markup:
        running = step.status == "running"
        detail = words.step_detail(step.args)
        return Markup(
            '<li class="step {status}" data-key="s{id}"><span class="mark" aria-hidden="true"></span>'
            "<span>{what}{failed}{detail}</span>{time}</li>"
        ).format(
            status=step.status,
            id=step.id,
            what=words.step(step.tool, running),
            failed=" (did not work)" if step.status == "failed" else "",
            detail=Markup('<span class="detail">{}</span>').format(detail) if detail else "",
            time="" if running else Markup("<time>{}</time>").format(words.duration(step.ms)),
        )

    ordered = [turn.steps[key] for key in sorted(turn.steps)]
    total = words.duration(sum(step.ms for step in ordered))
    if turn.state == "running":
        current = next((step for step in reversed(ordered) if step.status == "running"), None)
        summary = f"{words.step(current.tool, True)} …" if current else "Writing the answer …"
    else:
        summary = f"{len(ordered)} step{'s' if len(ordered) > 1 else ''} in {total}"
    return Markup(
        '<details class="steps" data-key="steps"{opened}><summary>{spinner}<span>{summary}</span></summary>'
        "<ol>{lines}</ol></details>"
    ).format(
        opened=Markup(" open") if turn.state == "running" else "",
        spinner=Markup('<span class="spinner" aria-hidden="true"></span>') if turn.state == "running" else "",
        summary=summary,
        lines=join(line(step) for step in ordered),
    )


def prose(text: str, titles: Collection[str] = ()) -> Markup:
    """A reply as paragraphs and bullet lists, without the numbered lines that repeat the cards of these titles."""
    blocks = []
    for block in text.strip().split("\n\n"):
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


def heard(events: Sequence[HeardEvent]) -> Markup:
    """What this turn added to the timeline."""
    if not events:
        return Markup("")
    chips = join(
        Markup("<li><b>{}</b> {}</li>").format(
            _HEARD.get(event.kind, words.kind(event.kind).lower()),
            event.title or (words.subject(event.kind, event.topic) if event.topic else event.quote),
        )
        for event in events
    )
    return Markup('<div class="heard"><span>Noted on the timeline</span><ul>{}</ul></div>').format(chips)


def turn_html(turn: TurnView, verdicts: Collection[tuple[str, EventKind]]) -> str:
    """One exchange."""
    cards = join(
        card(item, rank, turn, [kind for kind, _, _ in BUTTONS if (item.id, kind) in verdicts])
        for rank, item in enumerate(turn.items, start=1)
    )
    after = Markup("")
    if turn.state == "stopped":
        after = Markup('<p class="aside">Stopped. What was found so far stays here.</p>')
    elif turn.state == "failed":
        after = Markup(
            '<p class="trouble" role="alert">{} <button type="button" class="quiet" data-do="example" '
            'data-text="{}">Put my words back</button></p>'
        ).format(turn.error, turn.text)
    elif turn.model and turn.model.degraded:
        after = Markup('<p class="aside">Answered from templates, without the language model.</p>')
    return str(
        Markup(
            '<section class="turn {state}" data-key="{key}" data-state="{state}"><h3 class="sr">You said</h3>'
            '<div class="said">{said}</div><h3 class="sr">Driftline answered</h3><div class="answer" '
            'aria-busy="{busy}">{steps}<div class="reply">{reply}</div>{after}{cards}{heard}</div></section>'
        ).format(
            state=turn.state,
            key=turn.key,
            said=Markup("<br>").join(turn.text.splitlines()),
            busy="true" if turn.state == "running" else "false",
            steps=steps(turn),
            reply=prose(turn.reply, [item.title for item in turn.items]),
            after=after,
            cards=Markup('<div class="cards">{}</div>').format(cards) if turn.items else "",
            heard=heard(turn.heard),
        )
    )


def welcome(session: Session) -> str:
    """What an empty conversation shows."""
    if session.is_own_page:
        title = "What are you in the mood for?"
        lead = (
            "Say what you love, what you are tired of, and any limits. Each suggestion shows the arithmetic that "
            "ranked it, and what you say becomes your interest timeline."
        )
    else:
        title = f"You are looking at person {session.user_id}"
        lead = "Their history is on the timeline. Ask on their behalf: what is said here is added to their page."
    chips = join(
        Markup(
            '<li><button type="button" class="example" data-do="example" data-send="1" data-text="{0}">'
            "{0}</button></li>"
        ).format(text)
        for text in EXAMPLES
    )
    return str(
        Markup(
            '<section class="welcome" data-key="welcome"><h2>{}</h2><p>{}</p><ul class="examples" '
            'aria-label="Things to try">{}</ul></section>'
        ).format(title, lead, chips)
    )


def log(session: Session) -> list[str]:
    """The conversation as blocks; finished turns come from the session's cache."""
    if not session.turns:
        return [welcome(session)]
    blocks = []
    for turn in session.turns:
        if turn.state == "running":
            blocks.append(turn_html(turn, session.verdicts))
            continue
        if turn.key not in session.drawn:
            session.drawn[turn.key] = turn_html(turn, session.verdicts)
        blocks.append(session.drawn[turn.key])
    return blocks


def about(person: Person) -> str:
    """What is known of a known person, in one line."""
    first, last = person.first_at[:10], person.last_at[:10]
    span = first if first == last else f"{first} to {last}"
    origin = person.label.removeprefix(f"{person.user_id} · ")
    told = ", ".join(words.source(name) for name in origin.split(", ")) if origin else ""
    return f"{person.events:,} events, {span}" + (f", {told}" if told else "")


def top(session: Session, conversations: Sequence[Conversation]) -> str:
    """The masthead with its menu: whose page this is, other conversations, known people."""
    own = session.is_own_page
    label = "Your page" if own else f"Person {session.user_id}"
    rows = join(
        Markup(
            '<li><button type="button" data-do="person" data-person="{id}"{current}><b>Person {id}</b>'
            "<span>{label}</span></button></li>"
        ).format(
            id=person.user_id,
            current=Markup(' aria-current="true"') if person.user_id == session.user_id else "",
            label=about(person),
        )
        for person in session.people
    )
    threads = join(
        Markup(
            '<li><button type="button" data-do="conversation" data-conversation="{id}"{current}><b>{title}</b>'
            "<span>{when}</span></button></li>"
        ).format(
            id=thread.id,
            current=Markup(' aria-current="true"') if thread.id == session.conversation_id else "",
            title=thread.title or "Untitled conversation",
            when=words.day(thread.updated_at),
        )
        for thread in conversations[:12]
    )
    return str(
        Markup(
            '<div class="masthead" data-own="{own}" data-person="{person}" data-conversation="{conversation}">'
            '<h1 class="brand">{logo}<span>Driftline</span></h1>'
            '<p class="whose{stranger}"><span class="sr">This is: </span>{label}{badge}</p>'
            '<div class="tools"><button type="button" class="quiet" data-do="fresh">New'
            '<span class="wide"> conversation</span></button>'
            '<button type="button" class="quiet" data-do="menu" aria-haspopup="dialog">Switch</button>'
            '<button type="button" class="quiet icon" data-do="theme" aria-label="Switch between light and dark">'
            '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">'
            '<circle cx="12" cy="12" r="8" class="ring"/><path d="M12 4a8 8 0 0 1 0 16z" class="half"/></svg>'
            "</button></div>"
            '<dialog class="menu" aria-label="Switch conversation or person"><form method="dialog"><button '
            'class="quiet close" aria-label="Close this menu">Close</button></form>'
            "<h2>{menu_title}</h2>{home}{threads}{erase}<h2>Look at a known person</h2>"
            "{people}</dialog></div>"
        ).format(
            person=session.user_id,
            own=session.own_id,
            conversation=session.conversation_id or "",
            logo=_LOGO,
            stranger="" if own else " stranger",
            label=label,
            badge="" if own else Markup(' <span class="badge">not your page</span>'),
            menu_title="Your conversations" if own else f"Conversations of person {session.user_id}",
            home=""
            if own
            else Markup('<p><button type="button" class="solid" data-do="home">Back to your page</button></p>'),
            threads=Markup('<ul class="picks">{}</ul>').format(threads)
            if threads
            else Markup('<p class="aside">None yet.</p>'),
            people=Markup('<ul class="picks">{}</ul>').format(rows)
            if rows
            else Markup('<p class="aside">Nobody has been imported into this workspace.</p>'),
            erase=Markup(
                '<h2>Start over</h2><p class="aside">Erases your conversations and your timeline from this machine.</p>'
                '<p><button type="button" class="danger" data-do="erase">Erase everything about me</button></p>'
            )
            if own
            else "",
        )
    )


def status(model: ModelStatus) -> str:
    """The language model's state in one line."""
    text = {
        "ready": "Model ready",
        "loading": "Model is loading: answers come from templates until it is up",
        "offline": "Model offline: answers come from templates",
    }[model.state]
    return str(
        Markup(
            '<p class="status {state}" role="status" data-state="{state}" title="{name} {detail}">{text}</p>'
        ).format(state=model.state, name=model.name, detail=model.detail, text=text)
    )


def notice(text: str, kind: str = "") -> str:
    """One friendly line above the composer; empty takes it away."""
    if not text:
        return ""
    return str(Markup('<p class="notice {}" role="status">{}</p>').format(kind, text))
