"""The desk's page: Gradio carries the events; the markup, the style and the script are the page's own.

``mount_desk(app, service, access)`` is the way in. Importing this module imports Gradio, so importers do it late.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
from fastapi import FastAPI, Request

from core.settings import Settings
from ui.web.app import head, theme
from ui.web.desk.access import COOKIE, LOCAL_HOSTS, Access
from ui.web.desk.drawing import Parts
from ui.web.desk.handlers import Handlers
from ui.web.desk.login import Guard, router
from ui.web.desk.ports import DeskService
from ui.web.desk.session import DeskSession

_EVENTS = ("open", "act", "poll")
_ATTACH = "window.driftline.attach({name!r}, element, props, watch, trigger, {events})"


def access_of(settings: Settings, host: str) -> Access:
    """The desk's door as the settings want it; ``host`` is the address that the server listens on."""
    return Access(
        {name: password.get_secret_value() for name, password in settings.desk_agents.items()},
        settings.desk_supervisors,
        settings.api_token.get_secret_value(),
        host in LOCAL_HOSTS,
    )


def build_desk(service: DeskService, access: Access, path: str = "/desk") -> gr.Blocks:
    """The page over a service. It keeps nothing itself: what lasts is in the service's store."""
    handlers = Handlers(service, access.supervises, f"{path}/audit.csv")

    def parts(new: Parts) -> tuple[Any, ...]:
        return tuple(gr.skip() if value is None else value for value in new)

    def on_open(session: DeskSession, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return parts(handlers.open(session, event._data, request.username or ""))

    def on_act(session: DeskSession, event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        for new in handlers.act(session, event._data, request.username or ""):
            yield parts(new)

    def on_poll(session: DeskSession, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        return parts(handlers.poll(session, event._data, request.username or ""))

    with gr.Blocks(title="Driftline desk", analytics_enabled=False, fill_width=True) as page:
        session = gr.State(DeskSession())
        with gr.Column(elem_id="dl-page", elem_classes=["desk"]):
            shown = [_region(name) for name in Parts._fields[:-1]]
            pulse = _region("pulse", _EVENTS)
        common = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}
        outputs = [*shown, pulse]
        pulse.open(on_open, session, outputs, concurrency_limit=None, **common)
        pulse.act(on_act, session, outputs, concurrency_limit=None, **common)
        pulse.poll(on_poll, session, outputs, concurrency_limit=None, **common)
    return page


def _region(name: str, events: tuple[str, ...] = ()) -> gr.HTML:
    """A part of the page: a slot that the script keeps equal to the value."""
    return gr.HTML(
        value="",
        html_template="<div data-slot></div>",
        js_on_load=_ATTACH.format(name=f"desk-{name}", events=list(events)),
        apply_default_css=False,
        elem_id=f"dl-desk-{name}",
    )


def mount_desk(app: FastAPI, service: DeskService, access: Access, path: str = "/desk") -> FastAPI:
    """Mount the desk on a FastAPI application; a page mounted at ``/`` has to come after it."""

    def agent(request: Request) -> str | None:
        return access.agent_of(request.cookies.get(COOKIE))

    app.add_middleware(Guard, access=access, path=path)
    app.include_router(router(service, access, path))
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_desk(service, access, path),
        path=path,
        theme=theme(),
        head=head(("page.css", "desk/desk.css"), ("regions.js", "desk/desk.js")),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        auth_dependency=agent,
    )
    return mounted
