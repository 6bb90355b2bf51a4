"""The page's handlers over the tests' service."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.web.fake import FakeService
from ui.web.handlers import Handlers
from ui.web.parts import Parts
from ui.web.session import Session

QUERY = "I loved Alien and Fargo, something tense but not gory, after 1990"
OWN = "guest-" + "a" * 32
OTHER = "guest-" + "b" * 32


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def handlers(service: FakeService) -> Handlers:
    return Handlers(service)


def opened(handlers: Handlers, **data: Any) -> Session:
    session = Session()
    handlers.open(session, {"own": OWN, **data})
    return session


def sent(handlers: Handlers, session: Session, text: str = QUERY) -> list[Parts]:
    return list(handlers.send(session, {"text": text}))
