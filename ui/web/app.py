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
from markupsafe import Markup

from ui.web.handlers import Handlers
from ui.web.parts import Parts
from ui.web.ports import PageService
from ui.web.session import Session
from ui.web.texts import LANGUAGES, text

_HERE = Path(__file__).parent
_EVENTS = ("open", "send", "stop", "dial", "act", "draw", "poll")
_ATTACH = (
    "window.driftline.upload = upload; window.driftline.attach({name!r}, element, props, watch, trigger, {events})"
)
_TURNS_AT_ONCE = 32
_LEFT_OVER = 3600
"""Seconds after which a file that was sent and never read is deleted."""

_STYLES = ("page.css", "panel.css")
_SCRIPTS = ("regions.js", "page.js", "panel.js")

_SLOT = "<div data-slot></div>"
_LINES = '<div data-slot aria-live="polite"></div>'
_LOG = '<div data-slot tabindex="0"></div>'


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


def head(styles: tuple[str, ...] = _STYLES, scripts: tuple[str, ...] = _SCRIPTS, icon: str = "logo.svg") -> str:
    """What goes into the document's head: the page's style and script, inline.

    Args:
        styles, scripts: files of this folder.
        icon: the page's icon, a file of this folder.
    """

    def read(name: str) -> str:
        return (_HERE / name).read_text(encoding="utf-8")

    drawing = "data:image/svg+xml," + quote(read(icon).strip())
    about = Markup('<meta name="description" content="{}">').format(text(LANGUAGES[0], "page.description"))
    return (
        f'<link rel="icon" href="{drawing}">{about}<style>{"".join(map(read, styles))}</style>'
        f"{''.join(f'<script>{read(name)}</script>' for name in scripts)}"
    )


def build_app(service: PageService) -> gr.Blocks:
    """The page over a service. It keeps nothing itself: what lasts is in the service's store."""
    handlers = Handlers(service)

    def parts(new: Parts) -> tuple[Any, ...]:
        return tuple(gr.skip() if value is None else value for value in new)

    def on_open(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.open(session, event._data))

    def on_send(session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        for new in handlers.send(session, event._data):
            yield parts(new)

    def on_stop(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.stop(session, event._data))

    def on_dial(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.dial(session, event._data))

    def on_act(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        return parts(handlers.act(session, event._data))

    def on_draw(session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        for new in handlers.draw(session, event._data):
            yield parts(new)

    def on_poll(session: Session, event: gr.EventData) -> tuple[Any, ...]:
        state, news = handlers.poll(session, event._data)
        return (*parts(news), state)

    left_over = (_LEFT_OVER, _LEFT_OVER)
    with gr.Blocks(title="Driftline", analytics_enabled=False, fill_width=True, delete_cache=left_over) as page:
        session = gr.State(Session())
        with gr.Column(elem_id="dl-page"):
            top = _part("top", _SLOT)
            status = _part("status", _SLOT)
            with gr.Column(elem_id="dl-chat"):
                banner = _part("banner", _SLOT)
                log = _part("log", _LOG, [])
                with gr.Column(elem_id="dl-foot"):
                    notice = _part("notice", _LINES)
                    composer = _part("composer", _SLOT, events=_EVENTS)
            panel = _part("panel", _SLOT, [])
            drawer = _part("drawer", _SLOT)
            file = _part("file", _SLOT)
        shown = [top, banner, log, notice, composer, panel, drawer, file]
        common = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
        quick = {**common, "concurrency_limit": None}
        composer.open(on_open, session, shown, **quick)
        composer.send(on_send, session, shown, concurrency_limit=_TURNS_AT_ONCE, **common)
        composer.stop(on_stop, session, shown, **quick)
        composer.dial(on_dial, session, shown, **quick)
        composer.act(on_act, session, shown, **quick)
        composer.draw(on_draw, session, shown, **quick)
        composer.poll(on_poll, session, [*shown, status], **quick)
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
        max_file_size="50mb",
        show_error=False,
        auth=knows_token if token else None,
        auth_message="Any name will do; the password is this workspace's API token." if token else None,
    )
    return mounted
