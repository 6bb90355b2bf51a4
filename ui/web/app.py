"""The chat page: Gradio carries events and streams; the markup, the style and the small script are the page's own.

``mount(fastapi_app, service)`` is the way in. Importing this module imports Gradio, so importers do it late.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
from fastapi import FastAPI

from ui.web.handlers import Handlers, Parts
from ui.web.ports import PageService
from ui.web.session import Session

_HERE = Path(__file__).parent
_EVENTS = ("open", "send", "stop", "act", "poll")
_ATTACH = "window.driftline.attach({name!r}, element, props, watch, trigger, {events})"
_TURNS_AT_ONCE = 32

_TOP = """
<a class="skip" href="#dl-text">Skip to the message box</a>
<div data-slot></div>
<div class="tabs" role="group" aria-label="Show">
  <button type="button" data-do="tab" data-tab="chat" aria-pressed="true">Conversation</button>
  <button type="button" data-do="tab" data-tab="panel" aria-pressed="false">Timeline<i class="dot" hidden></i></button>
</div>
"""

_COMPOSER = """
<div data-slot aria-live="polite"></div>
<form class="composer" data-do="compose">
  <label class="sr" for="dl-text">Your message</label>
  <textarea id="dl-text" rows="1" maxlength="4000" placeholder="Say what you are in the mood for" enterkeyhint="send"
    autocomplete="off"></textarea>
  <button type="submit" class="solid send">Send</button>
  <button type="button" class="solid stop" data-do="stop">Stop</button>
  <fieldset class="dial">
    <legend class="sr">How far from your usual</legend>
    <label><input type="radio" name="dl-dial" value="0"><span>Familiar</span></label>
    <label><input type="radio" name="dl-dial" value="" checked><span>Balanced</span></label>
    <label><input type="radio" name="dl-dial" value="1"><span>Adventurous</span></label>
  </fieldset>
</form>
"""

_SLOT = "<div data-slot></div>"
_LOG = """
<h2 class="sr">Conversation</h2>
<div data-slot role="log" aria-live="polite" aria-label="Conversation" tabindex="0"></div>
"""


def theme() -> gr.themes.Base:
    """Gradio's own parts (toasts) in the page's colours; system fonts, so that nothing is fetched."""
    return gr.themes.Base(
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
    ).set(
        body_background_fill="#f8f7f3",
        body_background_fill_dark="#12161c",
        body_text_color="#1d2433",
        body_text_color_dark="#e8eaed",
    )


def head() -> str:
    """What goes into the document's head: the page's style and script, inline."""
    icon = "data:image/svg+xml," + quote((_HERE / "logo.svg").read_text(encoding="utf-8").strip())
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return (
        f'<link rel="icon" href="{icon}"><meta name="description" content="A conversational recommender that follows '
        f'how interests drift"><style>{style}</style><script>{script}</script>'
    )


def build_app(service: PageService) -> gr.Blocks:
    """The page over a service. It keeps nothing itself: what lasts is in the service's store."""
    handlers = Handlers(service)

    def parts(new: Parts) -> tuple[Any, ...]:
        return tuple(gr.skip() if value is None else value for value in new)

    def on_open(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return (*parts(handlers.open(session, event._data)), handlers.poll())

    def on_send(session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        for new in handlers.send(session, event._data):
            yield parts(new)

    def on_stop(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.stop(session, event._data))

    def on_act(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.act(session, event._data))

    with gr.Blocks(title="Driftline", analytics_enabled=False, fill_width=True) as page:
        session = gr.State(Session())
        with gr.Column(elem_id="dl-page"):
            top = _part("top", _TOP)
            status = _part("status", _SLOT)
            with gr.Column(elem_id="dl-chat"):
                log = _part("log", _LOG, [])
                composer = _part("composer", _COMPOSER, events=_EVENTS)
            panel = _part("panel", _SLOT, [])
        shown = [top, log, composer, panel]
        common = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
        quick = {**common, "concurrency_limit": None}
        composer.open(on_open, session, [*shown, status], **quick)
        composer.send(on_send, session, shown, concurrency_limit=_TURNS_AT_ONCE, **common)
        composer.stop(on_stop, session, shown, **quick)
        composer.act(on_act, session, shown, **quick)
        composer.poll(handlers.poll, None, status, **quick)
    return page


def _part(name: str, template: str, value: Any = "", events: tuple[str, ...] = ()) -> gr.HTML:
    """A region of the page: a fixed shell whose slot the page's script keeps equal to the value."""
    return gr.HTML(
        value=value,
        html_template=template,
        js_on_load=_ATTACH.format(name=name, events=list(events)),
        apply_default_css=False,
        elem_id=f"dl-{name}",
    )


def mount(app: FastAPI, service: PageService, token: str = "", path: str = "/") -> FastAPI:
    """Mount the page on a FastAPI application, whose own routes must have been added before.

    Args:
        token: password that the page asks for, under any name; empty leaves it open.
    """

    def knows_token(_name: str, password: str) -> bool:
        return secrets.compare_digest(password.encode(), token.encode())

    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_app(service),
        path=path,
        theme=theme(),
        head=head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        auth=knows_token if token else None,
        auth_message="Any name will do; the password is this workspace's API token." if token else None,
    )
    return mounted
