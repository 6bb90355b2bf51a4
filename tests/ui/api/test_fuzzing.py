"""Requests made up from the OpenAPI document, right and wrong ones: every answer is one that the document describes.

schemathesis makes them up and checks status, media type, headers and schema of each answer (of streams too, event by
event), that what is wrong is refused, what is right accepted, and nothing answered without the token.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.service import Service
from core.settings import Settings
from tests.agent.workspace import NOW
from ui.api.app import create_app

Case = schemathesis.Case[Any]

_TOKEN = "opensesame"
_EXAMPLES = 3
"""Beside those that are worked out from the document, of which there are many more."""


@schemathesis.auth()
class Token:
    """Sends the token, except where schemathesis tries without."""

    def get(self, case: Case, context: schemathesis.AuthContext) -> str:
        return _TOKEN

    def set(self, case: Case, data: str, context: schemathesis.AuthContext) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


def accepted(context: schemathesis.CheckContext, response: schemathesis.Response, case: Case) -> bool | None:
    """What has the documented form may be refused only for what it says: a time to come, another list's cursor."""
    if response.status_code == 422 and response.json()["type"] == "/problems/unusable-input":
        return None
    return positive_data_acceptance(context, response, case)


class Late:
    """An application that can be told later: tests are made from its document, before there is a workspace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.real = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        await self.app(scope, receive, send)


_nobody = SimpleNamespace(deps=SimpleNamespace(settings=Settings(home=Path("unused"))), now=lambda: NOW)
late = Late(create_app(cast(Service, _nobody), _TOKEN))
schema = schemathesis.openapi.from_asgi("/openapi.json", late, headers={"authorization": f"Bearer {_TOKEN}"})


@pytest.fixture(autouse=True)
def _over_the_workspace(service: Service) -> None:
    if not late.real:
        late.app, late.real = create_app(service, _TOKEN), True


# The door for OpenAI's clients has their form of errors, and its own tests.
@schema.include(path_regex="^/v1/").exclude(tag="openai").parametrize()
@settings(
    max_examples=_EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
def test_every_answer_is_as_described(case: Case) -> None:
    case.call_and_validate(excluded_checks=[positive_data_acceptance], additional_checks=[accepted])
