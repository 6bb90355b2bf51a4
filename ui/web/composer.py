"""The message box with its dials as HTML, and the lines above it: who answers, and what just happened."""

from __future__ import annotations

from markupsafe import Markup

from agent.dialling import PeriodsAhead
from agent.state import ModelStatus
from ui.web.dials import dials
from ui.web.session import Session
from ui.web.texts import text


def composer(session: Session, ahead: PeriodsAhead) -> str:
    """The form; its text area keeps what a person wrote when it is drawn again."""
    language = session.language
    staff = session.thread.agent if session.thread and session.thread.state == "staff" else ""
    placeholder = text(language, "chat.placeholder_staff", name=staff) if staff else text(language, "chat.placeholder")
    human = Markup('<button type="button" class="quiet" data-do="human" data-text="{}">{}</button>').format(
        text(language, "chat.human_words"), text(language, "chat.human_button")
    )
    return str(
        Markup(
            '<form class="composer" data-do="compose" data-silent="{silent}"><p class="editing" hidden>{editing} '
            '<button type="button" class="quiet" data-do="cancel-edit">{cancel}</button></p>'
            '<label class="sr" for="dl-text">{label}</label><textarea id="dl-text" rows="1" maxlength="4000" '
            'placeholder="{placeholder}" enterkeyhint="send" autocomplete="off" aria-keyshortcuts="/"></textarea>'
            '<button type="submit" class="solid send">{send}</button>'
            '<button type="button" class="solid stop" data-do="stop" aria-keyshortcuts="Escape">{stop}</button>'
            '<div class="below">{dials}<div class="beside"><button type="button" class="quiet" data-do="loved">{loved}'
            "</button>{human}</div></div></form>"
        ).format(
            silent=text(language, "chat.silent"),
            editing=text(language, "chat.editing"),
            cancel=text(language, "chat.cancel"),
            label=text(language, "chat.label"),
            placeholder=placeholder,
            send=text(language, "chat.send"),
            stop=text(language, "chat.stop"),
            dials=dials(session, ahead),
            loved=text(language, "chat.loved_button"),
            human="" if session.live else human,
        )
    )


def banner(session: Session) -> str:
    """Who the person is talking to, where that is or was somebody of the staff."""
    thread, language = session.thread, session.language
    if thread is None or (thread.state == "bot" and not session.staffed):
        return ""
    key = {"waiting": "waiting", "staff": "staff", "bot": "back", "closed": "closed"}[thread.state]
    name = thread.agent or session.staffed
    if key == "closed" and not name:
        key = "back"
    values = {"name": name} if key in ("staff", "closed") else {}
    line = Markup('<p class="banner {state}" role="status" data-state="{state}"><i aria-hidden="true"></i>{told}</p>')
    return str(line.format(state=thread.state, told=text(language, f"live.{key}", **values)))


def status(model: ModelStatus, language: str = "en", live: bool = False) -> str:
    """The language model's state in one line; ``live`` makes the page look for news more often."""
    key = model.state if model.writes or model.state != "ready" else "small"
    return str(
        Markup('<p class="status {state}" role="status" data-state="{state}"{live} title="{name}">{text}</p>').format(
            state=model.state,
            live=Markup(' data-live="1"') if live else "",
            name=model.name,
            text=text(language, f"chat.model_{key}"),
        )
    )


def notice(said: str, kind: str = "") -> str:
    """One friendly line above the composer; empty takes it away."""
    if not said:
        return ""
    return str(Markup('<p class="notice {}" role="status">{}</p>').format(kind, said))
