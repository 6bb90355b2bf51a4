"""The OpenAPI document: what FastAPI derives from the routes, with the problems, headers and examples of each."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import TypeAdapter

from agent.state import Update
from core.wire.answers import ExplanationRow, ForecastRow, Problem
from ui.api import examples, problems, streams
from ui.api.etags import compared

Node = dict[str, Any]

_URL = "/openapi.json"
_REF = "#/components/schemas/{model}"
_MODELS: dict[str, Any] = {"Update": Update, "ExplanationRow": ExplanationRow, "ForecastRow": ForecastRow}
_OWN_FORM = "openai"
"""Tag of routes whose errors have the form that their clients know."""
_COMPARED = {"items", "timeline", "events"}
"""Tags of resources whose answers carry an ETag."""


def install(app: FastAPI, guarded: bool) -> None:
    """Serve the document and the page that shows it.

    Args:
        guarded: whether a bearer token is asked for.
    """

    def openapi() -> Node:
        if app.openapi_schema is None:
            about: Node = {"title": app.title, "version": app.version, "summary": app.summary}
            app.openapi_schema = described(get_openapi(**about, routes=app.routes), guarded)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]

    @app.get(_URL, include_in_schema=False)
    def document(request: Request) -> Response:
        return compared(request, JSONResponse(app.openapi(), headers={"cache-control": "no-cache"}))

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        page = get_swagger_ui_html(openapi_url=_URL, title=app.title, swagger_favicon_url="data:,")
        return HTMLResponse(_without_network(bytes(page.body).decode(), app.openapi()))


def _without_network(page: str, document: Node) -> str:
    """The page with a list of the routes where the viewer, which comes from a CDN, will be if it can be had."""
    routes = "".join(
        f"<li><code>{method.upper()} {escape(path)}</code> {escape(operation.get('summary', ''))}</li>"
        for path, ways in document["paths"].items()
        for method, operation in ways.items()
    )
    plain = (
        f'<p>The viewer is being fetched from the internet. Without it: <a href="{_URL}">{_URL}</a> has every '
        f"type and example, and docs/api.md in the repository explains them.</p><ul>{routes}</ul>"
    )
    # A style sheet that does not come must not keep the list from being shown.
    page = page.replace('rel="stylesheet"', """rel="stylesheet" media="print" onload="this.media='all'" """, 1)
    return page.replace('<div id="swagger-ui">', f'<div id="swagger-ui">{plain}', 1)


def described(document: Node, guarded: bool) -> Node:
    """The document with what holds for every route of the API."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name, model in {"Problem": Problem, **_MODELS}.items():
        schema = TypeAdapter(model).json_schema(mode="serialization", ref_template=_REF)
        schemas |= schema.pop("$defs", {}) | {name: schema}
    for schema in schemas.values():
        # A set tells its items once; naming one twice does no harm.
        for part in schema.get("properties", {}).values():
            part.pop("uniqueItems", None)
    if guarded:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, ways in document["paths"].items():
        for method, operation in ways.items():
            if path.startswith("/v1/") and _OWN_FORM not in operation["tags"]:
                _describe(method, operation, guarded)
            elif path.startswith("/problems/"):
                operation["responses"].pop("422")
                _add_problem(operation["responses"], "not-found")
    for unused in ("HTTPValidationError", "ValidationError"):
        if f'"{_ref(unused)}"' not in json.dumps(document["paths"]):
            schemas.pop(unused, None)
    return document


def _describe(method: str, operation: Node, guarded: bool) -> None:
    name = operation["operationId"]
    answers = operation["responses"]
    _content(name, answers)
    _examples(name, operation)
    if method == "get" and _COMPARED & set(operation["tags"]):
        answers["200"].setdefault("headers", {})["ETag"] = _header("Names this very answer.")
        answers["304"] = {"description": "The client has this answer already"}
        operation.setdefault("parameters", []).append(
            {
                "name": "If-None-Match",
                "in": "header",
                "required": False,
                "schema": {"type": "string"},
                "description": "ETags of answers that the client has.",
                "example": 'W/"5f2b8a3d0c1e4f6a7b8c9d0e"',
            }
        )
    if "201" in answers:
        answers["201"].setdefault("headers", {})["Location"] = _header("Where it is.")
    if any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ())):
        answers["200"].setdefault("headers", {})["Link"] = _header("The next part, as rel=next; absent at the end.")
    for kind in _problems(operation):
        _add_problem(answers, kind)
    for answer in answers.values():
        answer.setdefault("headers", {})["X-Request-Id"] = _header("The request's id, yours if you sent one.", True)
    if guarded:
        operation["security"] = [{"token": []}]


def _content(name: str, answers: Node) -> None:
    """The media types of answers that are streams or pages, which FastAPI cannot know."""
    if name == "chat_stream":
        data = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"$ref": _ref("Update")}}
        event = {"type": "string", "enum": ["step", "cards", "text", "done", "problem"]}
        schema = {"type": "object", "properties": {"event": event, "data": data}, "required": ["event", "data"]}
        answers["200"]["content"] = {streams.EVENTS: {"schema": schema}}
    for batch, row in (("batch_explanations", "ExplanationRow"), ("batch_forecasts", "ForecastRow")):
        if name == batch:
            answers["200"]["content"] = {
                streams.LINES: {"schema": {"$ref": _ref(row)}},
                streams.PARQUET: {"schema": {"type": "string", "format": "binary"}},
            }


def _examples(name: str, operation: Node) -> None:
    if "requestBody" in operation and name in examples.REQUESTS:
        for content in operation["requestBody"]["content"].values():
            content["example"] = examples.REQUESTS[name]
    for status, answer in operation["responses"].items():
        if status.startswith("2") and name in examples.ANSWERS:
            for media, content in answer.get("content", {}).items():
                if media != streams.PARQUET:
                    content["example"] = examples.ANSWERS[name]


def _problems(operation: Node) -> list[str]:
    kinds = ["unauthorised", "not-found", "internal", "not-ready"]
    if "requestBody" in operation:
        kinds += ["malformed", "too-large", "not-json"]
    if "requestBody" in operation or operation.get("parameters"):
        kinds += ["invalid-request", "unusable-input"]
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ())):
        kinds.append("conflict")
    return kinds


def _add_problem(answers: Node, name: str) -> None:
    kind = problems.KINDS[name]
    status = str(kind.status)
    known = answers.get(status, {}).get("content", {}).get(problems.MEDIA_TYPE)
    if known is None:
        headers = {503: {"Retry-After": _header("Seconds to wait.", True)}}.get(kind.status, {})
        if kind.status == 401:
            headers = {"WWW-Authenticate": _header("How to prove who asks.", True)}
        known = {"schema": {"$ref": _ref("Problem")}, "examples": {}}
        answers[status] = {"description": kind.title, "content": {problems.MEDIA_TYPE: known}, "headers": headers}
    known["examples"][name] = {"summary": kind.meaning, "value": examples.problem(kind, name)}


def _header(description: str, required: bool = False) -> Node:
    return {"description": description, "required": required, "schema": {"type": "string"}}


def _ref(model: str) -> str:
    return _REF.format(model=model)
