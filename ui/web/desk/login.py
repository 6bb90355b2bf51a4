"""The desk's own routes: login, logout, whether a session still holds, and the audit trail as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, StreamingResponse
from markupsafe import Markup
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.desk.access import COOKIE, Access, RefusedError
from ui.web.desk.bits import notice, say
from ui.web.desk.ports import DeskService
from ui.web.texts import language_of

_WEB = Path(__file__).parent.parent
_OPEN = ("/login", "/logout", "/whoami")
_CSV_ROWS = 1_000
_THEME = 'try{const t=localStorage["driftline.theme"];if(t)document.documentElement.dataset.theme=t}catch{}'
_STATUS = {"wrong": 401, "no_name": 422, "too_many": 429}


class Guard:
    """Lets nothing of the desk through without a session: pages go to the login, everything else is refused."""

    def __init__(self, app: ASGIApp, access: Access, path: str) -> None:
        self.app, self.access, self.path = app, access, path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        here = scope["path"]
        if here != self.path and not here.startswith(f"{self.path}/"):
            return await self.app(scope, receive, send)
        answer = self._answer(Request(scope) if scope["type"] == "http" else None, here.removeprefix(self.path))
        return await (answer or self.app)(scope, receive, send)

    def _answer(self, request: Request | None, rest: str) -> Response | None:
        if request is None:
            return JSONResponse({"detail": "The desk has no sockets."}, 403)
        if not self.access.served or not self.access.admits_host(request.headers.get("host", "")):
            return HTMLResponse(shut(language_of(request.headers.get("accept-language"))), 403)
        if rest in _OPEN or self.access.agent_of(request.cookies.get(COOKIE)):
            return None
        if request.method == "GET" and rest in ("", "/"):
            return RedirectResponse(f"{self.path}/login", 303)
        return JSONResponse({"detail": "Log in first."}, 401)


def router(service: DeskService, access: Access, path: str) -> APIRouter:
    """The routes."""
    routes = APIRouter(include_in_schema=False)

    @routes.get(f"{path}/login")
    def ask(request: Request) -> Response:
        if access.agent_of(request.cookies.get(COOKIE)):
            return RedirectResponse(f"{path}/", 303)
        return HTMLResponse(form(access, _language(request), path))

    @routes.post(f"{path}/login")
    def enter(request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
        address = request.client.host if request.client else ""
        try:
            session = access.admit(name, password, address)
        except RefusedError as error:
            page = form(access, _language(request), path, name, error.reason)
            headers = {"retry-after": "600"} if error.reason == "too_many" else {}
            return HTMLResponse(page, _STATUS[error.reason], headers)
        answer = RedirectResponse(f"{path}/", 303)
        answer.set_cookie(
            COOKIE,
            session,
            max_age=access.lifetime,
            path=path,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    @routes.post(f"{path}/logout")
    def leave() -> Response:
        answer = RedirectResponse(f"{path}/login", 303)
        answer.delete_cookie(COOKIE, path=path)
        return answer

    @routes.get(f"{path}/whoami")
    def whoami(request: Request) -> Response:
        agent = access.agent_of(request.cookies.get(COOKIE))
        return JSONResponse({"agent": agent}, 200 if agent else 401)

    @routes.get(f"{path}/audit.csv")
    def audit(request: Request, agent: str = "", user: str = "", conversation: str = "") -> Response:
        who = access.agent_of(request.cookies.get(COOKIE)) or ""
        if not access.supervises(who):
            return JSONResponse({"detail": "The audit trail is for supervisors."}, 403)
        rows = _rows(service, who, agent, user, conversation)
        headers = {"content-disposition": 'attachment; filename="desk-audit.csv"'}
        return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)

    return routes


def _rows(service: DeskService, who: str, agent: str, user: str, conversation: str) -> Iterator[str]:
    yield _line(["id", "at", "agent", "action", "customer", "conversation", "detail"])
    for entry in service.desk.audit(who, conversation or None, user or None, _CSV_ROWS, by=agent or None):
        at = entry.at.isoformat(timespec="seconds")
        names = [entry.agent, entry.action, entry.user_id or "", entry.conversation_id or "", entry.detail]
        yield _line([entry.id, at, *names])


def _line(cells: list[str]) -> str:
    """One line of CSV. A cell that a spreadsheet would take for a formula is marked as text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in cells])
    return buffer.getvalue()


def _language(request: Request) -> str:
    return language_of(request.cookies.get("driftline_language") or request.headers.get("accept-language"))


def form(access: Access, language: str, path: str, name: str = "", refused: str = "") -> str:
    """The login as a whole page."""
    t = say(language)
    note = {"password": "login_password_note", "token": "login_token_note", "name": "login_name_note"}[access.asks]
    password = Markup(
        '<label for="password">{}</label><input id="password" name="password" type="password" required '
        'autocomplete="current-password">'
    ).format(t("password") if access.asks == "password" else t("token"))
    body = Markup(
        '<main class="dk-login"><form method="post" action="{path}/login"><h1>{title}</h1><p '
        'class="aside">{note}</p>{line}'
        '<label for="name">{name_label}</label><input id="name" name="name" value="{name}" required maxlength="60" '
        'autocomplete="username" autofocus>{password}<button class="solid">{enter}</button></form></main>'
    ).format(
        path=path,
        title=t("login_title"),
        note=t(note),
        line=notice(t(f"refused_{refused}") if refused else "", True),
        name_label=t("your_name"),
        name=name[:60],
        password=password if access.asks != "name" else "",
        enter=t("enter"),
    )
    return _document(t("login_title"), language, body)


def shut(language: str) -> str:
    """The page where there is no desk, with what to do about it."""
    t = say(language)
    body = Markup('<main class="dk-login"><div><h1>{}</h1><p>{}</p><pre>{}</pre></div></main>').format(
        t("shut_title"), t("shut"), 'DRIFTLINE_DESK_AGENTS=\'{"maria": "…"}\''
    )
    return _document(t("shut_title"), language, body)


def _document(title: str, language: str, body: Markup) -> str:
    icon = "data:image/svg+xml," + quote((_WEB / "logo.svg").read_text(encoding="utf-8").strip())
    style = "".join((_WEB / name).read_text(encoding="utf-8") for name in ("page.css", "desk/desk.css"))
    return str(
        Markup(
            '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" '
            'content="width=device-width, initial-scale=1"><title>{}</title><link rel="icon" '
            'href="{}"><style>{}</style>'
            '<script>{}</script></head><body id="dl-page" class="desk-login">{}</body></html>'
        ).format(language, title, icon, Markup(style), Markup(_THEME), body)
    )
