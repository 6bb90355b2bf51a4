"""The route that Chatwoot calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from agent.service import Service
from core.errors import NotFoundError
from ui.api import problems
from ui.api.chatwoot import payloads
from ui.api.chatwoot.bridge import Bridge
from ui.api.chatwoot.client import ChatwootClient
from ui.api.chatwoot.signature import genuine
from ui.api.chatwoot.worker import Worker

PATH = "/webhooks/chatwoot"


class Accepted(BaseModel):
    """The webhook is written down; ``new`` is False where nothing needs doing or it was known already."""

    model_config = ConfigDict(extra="forbid")

    new: bool


def router(service: Service, transport: httpx.BaseTransport | None = None, pause: float = 1.0) -> APIRouter:
    """The webhook over a service, with its worker in the background while the application runs.

    Args:
        transport: stands in for the network to Chatwoot.
        pause: seconds between looks at what may have become due.
    """
    settings = service.deps.settings
    url, token = settings.chatwoot_url, settings.chatwoot_token.get_secret_value()
    secret = settings.chatwoot_secret.get_secret_value()
    if not (url and token and secret):
        return _closed()
    desk = service.helpdesk()
    bridge = Bridge(service, desk, settings.chatwoot_drafts)

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[dict[str, Worker]]:
        worker = Worker(desk, bridge, ChatwootClient(url, token, transport), service.now, pause, first=pause)
        workers.append(worker)
        worker.start()
        yield {}
        workers.remove(worker)
        await run_in_threadpool(worker.stop)

    workers: list[Worker] = []
    routes = APIRouter(lifespan=lifespan)

    @routes.post(
        PATH,
        response_model=Accepted,
        tags=["help desk"],
        summary="Webhook of a Chatwoot agent bot",
        description="Signed by Chatwoot: X-Chatwoot-Timestamp and X-Chatwoot-Signature over the body.",
        responses={401: {"description": "The signature is missing, wrong or old"}},
    )
    async def webhook(request: Request) -> Accepted | Response:
        body = await request.body()
        stamp, signature = request.headers.get("x-chatwoot-timestamp", ""), request.headers.get("x-chatwoot-signature")
        if not genuine(secret, stamp, body, signature or "", service.now()):
            return _refused(request)
        happening = payloads.read(body)
        new = await run_in_threadpool(bridge.receive, happening)
        for worker in workers:
            worker.wake()
        return Accepted(new=new)

    return routes


def _refused(request: Request) -> Response:
    detail = "The webhook's signature is missing, wrong or old."
    return problems.answer(request, "unauthorised", detail, "Set chatwoot_secret to the bot's secret.")


def _closed() -> APIRouter:
    routes = APIRouter()

    @routes.post(PATH, include_in_schema=False)
    def webhook() -> Response:
        raise NotFoundError(
            "Chatwoot is not set up here.", "Set chatwoot_url, chatwoot_token and chatwoot_secret, and start again."
        )

    return routes
