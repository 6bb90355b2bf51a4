"""The desk's frame as HTML: masthead, the list of keys, and the queue with its search."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from agent.desk.mood import mood_of
from core.desk import Mood, Thread
from ui.web.desk.bits import Say, customer, join, key, mood, say, waited
from ui.web.desk.session import FILTERS, DeskSession
from ui.web.menu import LOGO

KEYS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("J", "K"), "key_queue"),
    (("Enter",), "key_open"),
    (("/",), "key_search"),
    (("M",), "key_mine"),
    (("T",), "key_take"),
    (("H",), "key_back"),
    (("W",), "key_wrap"),
    (("R",), "key_reply"),
    (("1", "2", "3"), "key_tones"),
    (("Ctrl", "Enter"), "key_send"),
    (("E",), "key_edit"),
    (("D",), "key_dismiss"),
    (("I",), "key_insert"),
    (("Shift", "1–5"), "key_insert_one"),
    (("Q",), "key_ask"),
    (("S",), "key_supervisor"),
    (("Esc",), "key_escape"),
    (("?",), "key_help"),
)


def top(session: DeskSession) -> str:
    """The masthead with the tabs of a narrow screen and the list of keys."""
    t = say(session.language)
    views = join(
        Markup(
            '<button type="button" class="quiet" data-do="view" data-view="{}" aria-pressed="{}">{}</button>'
        ).format(view, "true" if session.view == view else "false", t(f"view_{view}"))
        for view in ("desk", "supervisor")
    )
    tabs = join(
        Markup('<button type="button" data-do="tab" data-tab="{}">{}<i class="dot" hidden></i></button>').format(
            tab, t(f"tab_{tab}")
        )
        for tab in ("queue", "talk", "side")
    )
    return str(
        Markup(
            '<div class="masthead" data-agent="{agent}" data-view="{view}" data-language="{language}" '
            'data-words="{silent}" data-ended="{ended}">'
            '<h1 class="brand">{logo}<span>Driftline</span></h1>'
            '<div class="dk-views" role="group" aria-label="{views_label}">{views}</div>'
            '<p class="whose"><span class="sr">{you_are}</span>{agent}</p><div class="tools">'
            '<button type="button" class="quiet" data-do="keys" aria-haspopup="dialog" aria-label="{keys}">'
            '<span aria-hidden="true">?</span></button>'
            '<button type="button" class="quiet" data-do="language" data-language="{other}" '
            'lang="{other}">{other_name}'
            "</button>"
            '<button type="button" class="quiet icon" data-do="theme" aria-label="{theme}">'
            '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">'
            '<circle cx="12" cy="12" r="8" class="ring"/><path d="M12 4a8 8 0 0 1 0 16z" '
            'class="half"/></svg></button>'
            '<button type="button" class="quiet" data-do="logout">{logout}</button></div></div>'
            '<div class="dk-tabs" role="group" aria-label="{show}">{tabs}</div>{help}'
        ).format(
            agent=session.agent,
            view=session.view,
            language=session.language,
            silent=t("silent"),
            ended=t("ended"),
            logo=LOGO,
            views_label=t("views"),
            views=views if session.supervisor else Markup('<span class="dk-place">{}</span>').format(t("view_desk")),
            you_are=t("you_are"),
            keys=t("keys"),
            other="en" if session.language == "zh" else "zh",
            other_name=t("other_language"),
            theme=t("theme"),
            logout=t("logout"),
            show=t("show"),
            tabs=tabs,
            help=_help(t, session.supervisor),
        )
    )


def _help(t: Say, supervisor: bool) -> Markup:
    rows = join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            join(Markup("<kbd>{}</kbd>").format(name) for name in names), t(words)
        )
        for names, words in KEYS
        if supervisor or words != "key_supervisor"
    )
    return Markup(
        '<dialog class="menu dk-help" aria-label="{title}"><form method="dialog"><button class="quiet close">{close}'
        '</button></form><h2>{title}</h2><dl>{rows}</dl><p class="aside">{note}</p>'
        '<label class="dk-switch"><input type="checkbox" data-do="letters" checked> {letters}</label></dialog>'
    ).format(title=t("keys"), close=t("close"), rows=rows, note=t("keys_note"), letters=t("letters"))


def queue(session: DeskSession, now: datetime) -> str:
    """Search, filters, the conversations, and the customers that a search found."""
    t = say(session.language)
    waiting = sum(thread.state == "waiting" for thread in session.threads)
    filters = join(
        Markup(
            '<button type="button" data-do="filter" data-filter="{name}" aria-pressed="{on}">{word}</button>'
        ).format(name=name, on="true" if session.filter == name else "false", word=t(f"filter_{name}"))
        for name in FILTERS
    )
    rows = join(_row(t, session, thread, now) for thread in session.threads)
    empty = t("nothing_found") if session.search else t("queue_empty")
    return str(
        Markup(
            '<div class="dk-queue" data-waiting="{waiting}"><form class="dk-search" role="search" data-do="search">'
            '<label class="sr" for="dk-search">{search}</label><input id="dk-search" type="search" value="{value}" '
            'placeholder="{search}" autocomplete="off" maxlength="200">{slash}</form>'
            '<div class="dk-filters" role="group" aria-label="{filters_label}">{filters}</div>'
            '<h2 class="sr">{title}</h2>{rows}{people}</div>'
        ).format(
            waiting=waiting,
            search=t("search"),
            value=session.search,
            slash=key("/"),
            filters_label=t("filters"),
            filters=filters,
            title=t("queue"),
            rows=Markup('<ul class="dk-threads">{}</ul>').format(rows)
            if rows
            else Markup('<p class="aside dk-empty">{}</p>').format(empty),
            people=_people(t, session),
        )
    )


def _row(t: Say, session: DeskSession, thread: Thread, now: datetime) -> Markup:
    here = session.thread is not None and session.thread.conversation_id == thread.conversation_id
    # The words of a closed conversation are nobody's mood any more.
    feeling = mood_of([thread.last_text]) if thread.last_text and thread.state in ("waiting", "staff") else Mood()
    mine = thread.state == "staff" and thread.agent == session.agent
    state = (
        t("waits", time=waited(t, thread.opened_at, now))
        if thread.state == "waiting"
        else t("state_mine")
        if mine
        else t("state_staff", name=thread.agent)
        if thread.state == "staff"
        else t(f"state_{thread.state}")
    )
    unread = 0 if here else thread.unread
    ago = waited(t, thread.updated_at, now)
    return Markup(
        '<li data-key="{id}"><button type="button" class="dk-thread {state_class}{urgent}" data-do="open" '
        'data-conversation="{id}" data-state="{state_class}"{current}><span class="dk-line"><b>{name}</b>{unread}'
        '<span class="dk-ago">{ago}</span></span><span class="dk-line dk-state">{state}{priority}{mood}</span>'
        '{reason}<span class="dk-last">{last}</span></button></li>'
    ).format(
        id=thread.conversation_id,
        state_class=thread.state,
        urgent=" urgent" if thread.priority >= 2 else "",
        current=Markup(' aria-current="true"') if here else "",
        name=customer(t, thread.user_id),
        unread=Markup(
            '<span class="dk-unread"><span class="sr">{}</span><span aria-hidden="true">{}</span></span>'
        ).format(t("unread", n=unread), unread)
        if unread
        else "",
        ago="" if thread.state == "waiting" else ago,
        state=Markup('<span class="dk-who">{}</span>').format(state),
        priority=Markup('<span class="dk-priority">{}</span>').format(t(f"priority_{min(thread.priority, 2)}"))
        if thread.priority and thread.state in ("waiting", "staff")
        else "",
        mood=mood(t, feeling) if feeling.label != "calm" else "",
        reason=Markup('<span class="dk-reason">{}</span>').format(thread.reason)
        if thread.reason and thread.state == "waiting"
        else "",
        last=thread.last_text or thread.title,
    )


def _people(t: Say, session: DeskSession) -> Markup:
    if not session.search:
        return Markup("")
    rows = join(
        Markup(
            '<li data-key="person-{id}"><button type="button" class="dk-thread" data-do="customer" data-user="{id}">'
            '<span class="dk-line"><b>{name}</b></span><span class="dk-last">{events}</span></button></li>'
        ).format(id=person.user_id, name=customer(t, person.user_id), events=t("events", n=person.events))
        for person in session.people
    )
    if not rows:
        return Markup("")
    return Markup('<h2 class="dk-found">{}</h2><ul class="dk-threads">{}</ul>').format(t("customers"), rows)


def pulse(session: DeskSession) -> str:
    """A sign of life; its number changes with every look, so that the page knows that it was answered."""
    return str(
        Markup('<i class="dk-pulse" data-tick="{}" data-stale="{}"></i>').format(
            session.ticks, "true" if session.stale else ""
        )
    )
