"""The FastAPI application: health, metrics, authentication, problems, and the versioned routes."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from agent.service import Service
from core.errors import NotFoundError
from core.wire.answers import ProblemKind
from ui.api import document, middleware, problems, routes
from ui.api.chatwoot import routes as chatwoot
from ui.api.openai import router as openai
from ui.mcp import http as mcp

_log = logging.getLogger(__name__)

_LARGEST_BODY = 4 * 1024 * 1024
_SHOWN_TO_SCRIPTS = ["ETag", "Link", "Location", "Retry-After", "X-Request-Id"]


def create_app(service: Service, token: str = "", origins: Sequence[str] = ()) -> FastAPI:
    """The API over a service.

    Args:
        token: bearer token that the API and the metrics ask for; empty asks for none. Health is always open, and a
            page that is mounted beside the API brings its own login.
        origins: addresses of web pages elsewhere whose scripts may call the API; ``*`` for any.
    """
    app = FastAPI(
        title="Driftline",
        version="1",
        summary="Recommendations that follow how interests drift, with the computation that ranked them.",
        redirect_slashes=False,
        openapi_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    for router in (
        routes.router(service),
        # Other doors of the same application: one router a line.
        openai.router(service),
        chatwoot.router(service),
    ):
        app.include_router(router)
    mcp.mount(app, service, token)
    registry = CollectorRegistry()
    _health(app, service, registry)
    _kinds_of_problems(app)
    problems.install(app)
    document.install(app, guarded=bool(token))
    # The last one added is the first that a request passes.
    app.add_middleware(middleware.Limit, prefixes=("/v1/", chatwoot.PATH), largest=_LARGEST_BODY)
    app.add_middleware(middleware.Unrouted, routes=app.router.routes, prefix="/v1/")
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(middleware.Guard, token=token)
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=_SHOWN_TO_SCRIPTS,
        )
    app.add_middleware(middleware.Observe, registry=registry)
    return app


def _health(app: FastAPI, service: Service, registry: CollectorRegistry) -> None:
    @app.get("/healthz", tags=["health"], summary="The process is alive")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get(
        "/readyz", tags=["health"], summary="Requests can be answered", responses={503: {"description": "Not yet"}}
    )
    def readyz(response: Response) -> dict[str, object]:
        model = service.model_status()
        try:
            items = service.deps.catalog.count()
        except Exception:
            _log.exception("the catalogue cannot be read")
            items = 0
        if not items:
            response.status_code = 503
            response.headers["retry-after"] = "10"
        return {"status": "ok" if items else "unavailable", "items": items, "model": model.model_dump()}

    model_ready = Gauge("driftline_model_ready", "1 while the language model answers", registry=registry)

    @app.get("/metrics", tags=["health"], summary="Prometheus metrics", response_class=Response)
    def metrics() -> Response:
        model_ready.set(service.model_status().state == "ready")
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _kinds_of_problems(app: FastAPI) -> None:
    @app.get("/problems", tags=["problems"], summary="The kinds of problems there are")
    def kinds() -> list[ProblemKind]:
        return list(problems.KINDS.values())

    @app.get("/problems/{name}", tags=["problems"], summary="What a kind of problem means, and what to do")
    def kind(name: str) -> ProblemKind:
        if name not in problems.KINDS:
            raise NotFoundError(f"There is no kind of problem {name!r}.", "GET /problems lists them.")
        return problems.KINDS[name]
