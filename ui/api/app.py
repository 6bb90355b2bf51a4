"""The FastAPI application: health, metrics, authentication and the versioned routes."""

from __future__ import annotations

import hmac
import logging
import time
import uuid
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from agent.service import Service
from ui.api import problems, routes

_log = logging.getLogger(__name__)

_GUARDED = ("/v1/", "/metrics", "/openapi.json", "/docs", "/redoc")


def create_app(service: Service, token: str = "") -> FastAPI:
    """The API over a service.

    Args:
        token: bearer token that the API and the metrics ask for; empty asks for none. Health is always open, and a
            page that is mounted beside the API brings its own login.
    """
    app = FastAPI(
        title="Driftline",
        version="1",
        summary="Recommendations that follow how interests drift, with the computation that ranked them.",
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.include_router(routes.router(service), prefix="/v1")
    problems.install(app)
    registry = CollectorRegistry()
    _observe(app, registry, token)

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
        return {"status": "ok" if items else "unavailable", "items": items, "model": model.model_dump()}

    model_ready = Gauge("driftline_model_ready", "1 while the language model answers", registry=registry)

    @app.get("/metrics", tags=["health"], summary="Prometheus metrics", response_class=Response)
    def metrics() -> Response:
        model_ready.set(service.model_status().state == "ready")
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return app


def _observe(app: FastAPI, registry: CollectorRegistry, token: str) -> None:
    seconds = Histogram("driftline_request_seconds", "Time to answer a request", ["method", "route"], registry=registry)
    answers = Counter("driftline_requests_total", "Answered requests", ["method", "route", "status"], registry=registry)

    @app.middleware("http")
    async def observe(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        request.state.id = request.headers.get("x-request-id", "")[:100] or uuid.uuid4().hex
        start = time.perf_counter()
        guarded = token and request.url.path.startswith(_GUARDED)
        response: Response
        if guarded and not _authorised(request, token):
            response = problems.answer(request, 401, "A bearer token is needed.", "Send Authorization: Bearer TOKEN.")
            response.headers["www-authenticate"] = "Bearer"
        else:
            response = await call_next(request)
        route = getattr(request.scope.get("route"), "path", "other")
        elapsed = time.perf_counter() - start
        seconds.labels(request.method, route).observe(elapsed)
        answers.labels(request.method, route, str(response.status_code)).inc()
        response.headers["x-request-id"] = request.state.id
        fields = {"request": request.state.id, "route": route, "status": response.status_code, "ms": elapsed * 1000}
        _log.info("%s %s", request.method, request.url.path, extra={"fields": fields})
        return response


def _authorised(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())
