"""The conversation as HTML: who said what, the drafts above the box, and the box."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from core.desk import Draft, Thread
from core.turns import Turn
from ui.web.desk.bits import Say, clock, customer, join, key, notice, say, working
from ui.web.desk.session import DeskSession

REASONS = ("facts", "question", "tone", "offer", "other")
"""Why a draft is dismissed, each with its words in the texts."""


def talk(session: DeskSession, now: datetime) -> list[str]:
    """The open conversation as blocks, or an open customer's conversations, or how to begin."""
    t = say(session.language)
    if session.thread is None:
        return [str(_customer(t, session, now) if session.customer else _nothing(t))]
    thread = session.thread
    blocks = [str(_header(t, session, thread))]
    rows: list[Markup] = []
    # What Driftline says of a handing over ("maria has joined") stands below the line that tells why.
    before, above = "driftline", 0
    for turn in session.turns:
        if turn.author != before:
            line = _change(t, thread, before, turn.author)
            ends = thread.state == "closed" and turn is session.turns[-1]
            if line and not ends:
                rows.insert(above if before == "driftline" else len(rows), _system(f"change-{turn.turn}", line))
            # Between two messages of one agent stand the customer's own, which nobody has answered yet.
            before = turn.author or ("waiting" if before == "driftline" else before)
        rows.append(_turn(t, session, turn, now))
        if turn.text or turn.author != "driftline":
            above = len(rows)
    handed = before == "driftline" and thread.state in ("waiting", "staff")
    rows.insert(above if handed else len(rows), _ending(t, session, thread, before))
    blocks.append(
        str(
            Markup(
                '<div class="dk-log" role="log" aria-live="polite" aria-relevant="additions" aria-label="{}" '
                'tabindex="0" data-conversation="{}">{}</div>'
            ).format(t("conversation"), thread.conversation_id, join(rows))
        )
    )
    return blocks


def _nothing(t: Say) -> Markup:
    return Markup('<div class="dk-blank"><h2>{}</h2><p>{}</p></div>').format(t("blank"), t("blank_hint"))


def _customer(t: Say, session: DeskSession, now: datetime) -> Markup:
    rows = join(
        Markup(
            '<li data-key="{id}"><button type="button" class="dk-thread" data-do="open" data-conversation="{id}">'
            '<span class="dk-line"><b>{title}</b></span><span class="dk-last">{at}</span></button></li>'
        ).format(id=past.id, title=past.title or t("untitled"), at=clock(past.updated_at, now, session.language))
        for past in session.past
    )
    return Markup(
        '<div class="dk-blank"><h2>{name}</h2><p><button type="button" class="solid" data-do="start">{start}</button>'
        "</p>{past}</div>"
    ).format(
        name=customer(t, session.customer),
        start=t("start"),
        past=Markup('<h3>{}</h3><ul class="dk-threads">{}</ul>').format(t("past"), rows)
        if rows
        else Markup('<p class="aside">{}</p>').format(t("no_past")),
    )


def _header(t: Say, session: DeskSession, thread: Thread) -> Markup:
    state = (
        t("state_mine")
        if session.mine
        else t("state_staff", name=thread.agent)
        if thread.state == "staff"
        else t(f"state_{thread.state}")
    )
    tools: list[Markup] = []
    if thread.state != "closed" and not session.mine:
        tools.append(
            Markup('<button type="button" class="solid" data-do="take">{} {}</button>').format(t("take"), key("T"))
        )
    if session.mine:
        tools.append(
            Markup(
                '<details class="dk-pop"><summary class="quiet" data-key="back">{back} {key}</summary>'
                '<form data-do="back"><label for="dk-note">{note}</label><input id="dk-note" name="note" '
                'maxlength="300" autocomplete="off" data-keep="note.{id}"><button '
                'class="solid">{back}</button></form>'
                "</details>"
            ).format(back=t("hand_back"), key=key("H"), note=t("hand_back_note"), id=thread.conversation_id)
        )
    if thread.state == "staff" and session.mine:
        tools.append(
            Markup('<button type="button" class="quiet" data-do="wrap">{} {}</button>').format(t("wrap"), key("W"))
        )
    summary = Markup('<p class="dk-summary">{}</p>').format(thread.summary) if thread.summary else Markup("")
    return Markup(
        '<header class="dk-head" data-state="{state_name}"><div><h2>{name}</h2><p class="dk-state '
        '{state_name}">{state}'
        '</p></div><div class="dk-tools">{tools}</div>{summary}</header>'
    ).format(
        state_name=thread.state,
        name=customer(t, thread.user_id),
        state=state,
        tools=join(tools),
        summary=summary if thread.state in ("waiting", "staff") else "",
    )


def _change(t: Say, thread: Thread, before: str, after: str) -> str:
    """What happened between two turns with different authors, in one line."""
    if before == "driftline" and after != "driftline":
        return t("handed_over", reason=thread.reason) if thread.reason else t("with_staff")
    if after == "driftline":
        return t("handed_back")
    return t("took_over", name=after) if after and before != after and before not in ("", "waiting") else ""


def _ending(t: Say, session: DeskSession, thread: Thread, before: str) -> Markup:
    if thread.state == "closed":
        return _system("ending", t("closed_by", name=thread.agent or "Driftline"))
    if before == "driftline" and thread.state in ("waiting", "staff"):
        line = t("handed_over", reason=thread.reason) if thread.reason else t("with_staff")
        return _system("ending", line)
    if before != "driftline" and thread.state == "bot" and session.turns:
        return _system("ending", t("handed_back"))
    return Markup("")


def _system(name: str, line: str) -> Markup:
    return Markup('<p class="dk-system" data-key="{}">{}</p>').format(name, line)


def _turn(t: Say, session: DeskSession, turn: Turn, now: datetime) -> Markup:
    said = answer = Markup("")
    at = clock(turn.at, now, session.language)
    if turn.text:
        said = Markup(
            '<div class="dk-bubble customer"><p class="dk-by">{name} {at}</p><p class="dk-words">{text}</p></div>'
        ).format(name=customer(t, turn.user_id), at=at, text=turn.text)
    if turn.reply:
        staff = turn.author not in ("driftline", "")
        shown = join(Markup("<li>{}</li>").format(item.title) for item in turn.items[:6])
        answer = Markup(
            '<div class="dk-bubble {kind}"><p class="dk-by">{name} {at}</p><p class="dk-words">{text}</p>{shown}</div>'
        ).format(
            kind="staff" if staff else "bot",
            name=turn.author if staff else "Driftline",
            at=at,
            text=turn.reply,
            shown=Markup('<ul class="dk-shown" aria-label="{}">{}</ul>').format(t("shown"), shown) if shown else "",
        )
    return Markup('<div class="dk-turn" data-key="turn-{n}" data-turn="{n}">{said}{answer}</div>').format(
        n=turn.turn, said=said, answer=answer
    )


def compose(session: DeskSession) -> str:
    """Drafts, the line that says what happened, and the box."""
    t = say(session.language)
    line = notice(session.notice, session.trouble, session.notices)
    if session.thread is None or session.thread.state == "closed":
        return str(line)
    thread = session.thread
    if not session.mine:
        words = t("take_hint_staff", name=thread.agent) if thread.state == "staff" else t(f"take_hint_{thread.state}")
        return str(
            Markup(
                '{line}<div class="dk-not-mine"><p>{words}</p><button type="button" class="solid" '
                'data-do="take">{take}'
                "</button></div>"
            ).format(line=line, words=words, take=t("take"))
        )
    return str(
        Markup(
            '{drafts}{line}<form class="dk-compose" data-do="compose" data-conversation="{id}" data-sent="{sent}">'
            '<p class="dk-editing" hidden>{editing} <button type="button" class="quiet" data-do="detach">{detach}'
            '</button></p><label class="sr" for="dk-text">{label}</label><textarea id="dk-text" rows="2" '
            'maxlength="4000" '
            'placeholder="{placeholder}" data-key="box-{id}" data-keep="words.{id}"></textarea>'
            '<button type="submit" class="solid">{send} {keys}</button></form>'
        ).format(
            drafts=_drafts(t, session),
            line=line,
            id=thread.conversation_id,
            sent=session.last_sent_ok,
            editing=t("editing"),
            detach=t("detach"),
            label=t("reply_label", name=customer(t, thread.user_id)),
            placeholder=t("reply_placeholder"),
            send=t("send"),
            keys=key("Ctrl", "⏎"),
        )
    )


def _drafts(t: Say, session: DeskSession) -> Markup:
    if "drafts" in session.waiting_for:
        return Markup('<div class="dk-drafts">{}</div>').format(working(t("drafting")))
    if "drafts" in session.problems:
        again = Markup('<button type="button" class="quiet" data-do="redraft">{}</button>').format(t("redraft"))
        return Markup('<div class="dk-drafts none"><p class="aside">{} {}</p>{}</div>').format(
            t("no_drafts_now"), session.problems["drafts"], again
        )
    if not session.drafts:
        return Markup('<div class="dk-drafts none"><p class="aside">{}</p></div>').format(t("no_drafts"))
    tabs = join(
        Markup(
            '<button type="button" role="tab" data-do="tone" data-tone="{tone}" aria-selected="false">{word} {key}'
            "</button>"
        ).format(tone=draft.tone, word=t(f"tone_{draft.tone}"), key=key(str(number)))
        for number, draft in enumerate(session.drafts, 1)
    )
    return Markup(
        '<section class="dk-drafts" aria-label="{label}"><div class="dk-tones" role="tablist" '
        'aria-label="{tones}">{tabs}'
        '<span class="dk-only">{note}</span></div>{drafts}</section>'
    ).format(
        label=t("drafts"),
        tones=t("tones"),
        tabs=tabs,
        note=t("nothing_sent"),
        drafts=join(_draft(t, draft) for draft in session.drafts),
    )


def _draft(t: Say, draft: Draft) -> Markup:
    reasons = join(
        Markup(
            '<button type="button" class="quiet" data-do="dismiss" data-draft="{}" data-reason="{}">{}</button>'
        ).format(draft.id, name, t(f"reason_{name}"))
        for name in REASONS[:-1]
    )
    checked = (
        t("checked", supported=draft.checks.supported, claims=draft.checks.claims)
        if draft.checks.claims
        else t("plain")
    )
    return Markup(
        '<article class="dk-draft" data-key="{id}" data-draft="{id}" data-tone="{tone}" role="tabpanel" '
        'aria-label="{name}">'
        '<p class="dk-draft-text">{text}</p><div class="dk-draft-tools"><span class="dk-checks">{checked}</span>'
        '<button type="button" class="solid" data-do="approve" data-draft="{id}">{approve} {approve_key}</button>'
        '<button type="button" class="quiet" data-do="edit" data-draft="{id}">{edit} {edit_key}</button>'
        '<details class="dk-pop dk-dismiss"><summary class="quiet">{dismiss} {dismiss_key}</summary><div><p>{why}</p>'
        '{reasons}<form data-do="dismiss" data-draft="{id}"><label class="sr" for="why-{id}">{other}</label>'
        '<input id="why-{id}" name="reason" maxlength="200" placeholder="{other}" autocomplete="off">'
        '<button class="quiet">{dismiss}</button></form></div></details></div></article>'
    ).format(
        id=draft.id,
        tone=draft.tone,
        name=t(f"tone_{draft.tone}"),
        text=draft.text,
        checked=checked,
        approve=t("approve"),
        approve_key=key("Ctrl", "⏎"),
        edit=t("edit"),
        edit_key=key("E"),
        dismiss=t("dismiss"),
        dismiss_key=key("D"),
        why=t("dismiss_why"),
        reasons=reasons,
        other=t("reason_other"),
    )
