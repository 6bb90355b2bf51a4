"""The masthead and its menu as HTML: whose page this is, conversations to open and to manage, known people."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from agent.state import Found, Person
from core.types import Conversation
from ui.web import words
from ui.web.session import Session
from ui.web.texts import text

_SHOWN = 30

LOGO = Markup(
    '<svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">'
    '<rect width="32" height="32" rx="8" class="logo-ground"/>'
    '<path d="M5 22c5 0 6-4 11-4s6 4 11 4" class="logo-past"/>'
    '<path d="M5 19c6 0 7-3 11-6 3-2.3 5-3 7-3" class="logo-line"/>'
    '<circle cx="24.5" cy="9.8" r="2.6" class="logo-dot"/></svg>'
)


def top(session: Session, conversations: Sequence[Conversation]) -> str:
    """The head of the page with its menu."""
    language, own = session.language, session.is_own_page

    def say(key: str, **values: object) -> str:
        return text(language, key, **values)

    badge = Markup(' <span class="badge">{}</span>').format(say("menu.not_yours"))
    return str(
        Markup(
            '<a class="skip" href="#dl-text">{skip}</a>'
            '<div class="masthead" data-own="{own_id}" data-person="{person}" data-conversation="{conversation}" '
            'data-language="{language}"><h1 class="brand">{logo}<span>Driftline</span></h1>'
            '<p class="whose{stranger}"><span class="sr">{this_is}</span>{label}{badge}</p>'
            '<div class="tools"><button type="button" class="quiet" data-do="fresh" aria-label="{new_long}">'
            '<span class="narrow">{new}</span><span class="wide">{new_long}</span></button>'
            '<button type="button" class="quiet" data-do="menu" aria-haspopup="dialog">{switch}</button>'
            '<button type="button" class="quiet" data-do="language" data-to="{other}" lang="{other}" '
            'aria-label="{other_label}">{other_name}</button>'
            '<button type="button" class="quiet icon" data-do="theme" aria-label="{theme}">'
            '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">'
            '<circle cx="12" cy="12" r="8" class="ring"/><path d="M12 4a8 8 0 0 1 0 16z" class="half"/></svg>'
            "</button></div>{menu}</div>"
            '<div class="tabs" role="group" aria-label="{show}">'
            '<button type="button" data-do="tab" data-tab="chat" aria-pressed="true">{tab_chat}</button>'
            '<button type="button" data-do="tab" data-tab="panel" aria-pressed="false">{tab_panel}'
            '<i class="dot" hidden></i></button></div>'
        ).format(
            skip=say("chat.skip"),
            own_id=session.own_id,
            person=session.user_id,
            conversation=session.conversation_id or "",
            language=language,
            logo=LOGO,
            stranger="" if own else " stranger",
            this_is=say("menu.this_is"),
            label=say("menu.your_page") if own else say("menu.person", id=session.user_id),
            badge="" if own else badge,
            new=say("menu.new"),
            new_long=say("menu.new_long"),
            switch=say("menu.switch"),
            other="en" if language == "zh" else "zh",
            other_label=say("menu.language_label"),
            other_name=say("menu.language"),
            theme=say("menu.theme"),
            menu=_menu(session, conversations),
            show=say("chat.show"),
            tab_chat=say("chat.tab_chat"),
            tab_panel=say("chat.tab_timeline"),
        )
    )


def _menu(session: Session, conversations: Sequence[Conversation]) -> Markup:
    language, own = session.language, session.is_own_page

    def say(key: str, **values: object) -> str:
        return text(language, key, **values)

    return Markup(
        '<dialog class="menu" aria-label="{label}"><form method="dialog"><button class="quiet close" '
        'aria-label="{close_label}">{close}</button></form><h2>{title}</h2>{home}'
        '<label class="sr" for="dl-search">{search}</label><input type="search" id="dl-search" class="search" '
        'placeholder="{search}" autocomplete="off"><div role="status">{threads}</div>{export}{erase}'
        '<h2>{known}</h2>{people}<p class="aside keys-help">{keys}</p></dialog>'
    ).format(
        label=say("menu.label"),
        close=say("menu.close"),
        close_label=say("menu.close_label"),
        title=say("menu.yours") if own else say("menu.theirs", id=session.user_id),
        home=""
        if own
        else Markup('<p><button type="button" class="solid" data-do="home">{}</button></p>').format(say("menu.back")),
        search=say("menu.search"),
        threads=_threads(session, conversations),
        export=_export(session) if session.turns else "",
        erase=Markup(
            '<h2>{}</h2><p class="aside">{}</p><p><button type="button" class="danger" data-do="erase" '
            'data-sure="{}">{}</button></p>'
        ).format(say("menu.start_over"), say("menu.start_over_lead"), say("menu.erase_sure"), say("menu.erase"))
        if own
        else "",
        known=say("menu.known"),
        people=_people(session) if session.people else Markup('<p class="aside">{}</p>').format(say("menu.nobody")),
        keys=say("menu.keys"),
    )


def _threads(session: Session, conversations: Sequence[Conversation]) -> Markup:
    found: Sequence[Found] = (
        session.found if session.sought else [Found(conversation=thread) for thread in conversations]
    )
    if not found:
        none = text(session.language, "menu.found_none", words=session.sought) if session.sought else ""
        return Markup('<p class="aside">{}</p>').format(none or text(session.language, "menu.none"))
    return Markup('<ul class="picks threads">{}</ul>').format(
        Markup("").join(_thread(session, each) for each in found[:_SHOWN])
    )


def _thread(session: Session, found: Found) -> Markup:
    language, thread = session.language, found.conversation
    title = thread.title or text(language, "menu.untitled")
    quote = Markup("<q>{}</q>").format(found.quote) if found.quote else ""
    return Markup(
        '<li data-key="{id}"><button type="button" data-do="conversation" data-conversation="{id}"{current}>'
        '<b data-open="{open}">{title}</b><span>{when}</span>{quote}</button>{manage}</li>'
    ).format(
        id=thread.id,
        current=Markup(' aria-current="true"') if thread.id == session.conversation_id else "",
        open=text(language, "menu.open"),
        title=title,
        when=words.day(thread.updated_at, language),
        quote=quote,
        manage=_manage(session, thread, title),
    )


def _manage(session: Session, thread: Conversation, title: str) -> Markup:
    language = session.language

    def say(key: str, **values: object) -> str:
        return text(language, key, **values)

    link = Markup(
        '<button type="button" class="quiet" data-do="link" data-conversation="{}" data-done="{}">{}</button>'
    ).format(thread.id, say("menu.link_copied"), say("menu.link"))
    return Markup(
        '<details class="manage"><summary aria-label="{label}">{manage}</summary>'
        '<form data-do="rename" data-conversation="{id}"><label>{title_label}<input name="title" value="{title}" '
        'maxlength="120" required></label><button type="submit" class="solid">{save}</button></form>'
        '<div class="row">{link}<button type="button" class="danger" data-do="forget" data-conversation="{id}" '
        'data-sure="{sure}">{delete}</button></div><label class="check"><input type="checkbox" name="events">'
        "{events}</label></details>"
    ).format(
        label=say("menu.manage_label", title=title),
        manage=say("menu.manage"),
        id=thread.id,
        title_label=say("menu.title"),
        title=thread.title,
        save=say("menu.save"),
        # A link opens for the browser that made the conversation, so there is none on another's page.
        link=link if session.is_own_page else "",
        sure=say("menu.delete_sure"),
        delete=say("menu.delete"),
        events=say("menu.delete_events"),
    )


def _export(session: Session) -> Markup:
    language = session.language
    return Markup(
        '<h2>{}</h2><p class="row"><button type="button" class="quiet" data-do="export" data-form="markdown">{}'
        '</button><button type="button" class="quiet" data-do="export" data-form="json">{}</button></p>'
    ).format(text(language, "menu.export"), text(language, "menu.export_markdown"), text(language, "menu.export_json"))


def _people(session: Session) -> Markup:
    rows = Markup("").join(
        Markup(
            '<li><button type="button" data-do="person" data-person="{id}"{current}><b data-open="{open}">{name}</b>'
            "<span>{label}</span></button></li>"
        ).format(
            id=person.user_id,
            current=Markup(' aria-current="true"') if person.user_id == session.user_id else "",
            open=text(session.language, "menu.open"),
            name=text(session.language, "menu.person", id=person.user_id),
            label=about(person, session.language),
        )
        for person in session.people
    )
    return Markup('<ul class="picks">{}</ul>').format(rows)


def about(person: Person, language: str = "en") -> str:
    """What is known of a known person, in one line."""
    first, last = person.first_at[:10], person.last_at[:10]
    span = first if first == last else text(language, "menu.span", first=first, last=last)
    origin = person.label.removeprefix(f"{person.user_id} · ")
    told = text(language, "words.listed").join(words.source(name, language) for name in origin.split(", ") if name)
    count = text(language, "menu.about", n=person.events, span=span)
    return count + (text(language, "words.listed") + told if told else "")
