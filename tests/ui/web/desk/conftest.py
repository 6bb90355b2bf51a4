"""The desk's handlers over the shop, one tab an agent."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.ui.web.desk.fake import ShopService
from ui.web.desk.drawing import Parts
from ui.web.desk.handlers import Handlers
from ui.web.desk.session import DeskSession


class Tab:
    """One tab of the desk with an agent before it."""

    def __init__(self, service: ShopService, agent: str = "maria") -> None:
        self.service, self.agent, self.session = service, agent, DeskSession()
        self.handlers = Handlers(service, lambda name: name == "tom")
        self.seen = self.handlers.open(self.session, {"language": "en"}, agent)._asdict()

    def act(self, do: str, **data: Any) -> list[Parts]:
        steps = list(self.handlers.act(self.session, {"do": do, **data}, self.agent))
        for step in steps:
            self._take(step)
        return steps

    def poll(self, **data: Any) -> Parts:
        step = self.handlers.poll(self.session, data, self.agent)
        self._take(step)
        return step

    def _take(self, step: Parts) -> None:
        self.seen.update({name: value for name, value in step._asdict().items() if value is not None})

    def text(self, part: str) -> str:
        value = self.seen[part] or ""
        return re.sub(r"<!--\d+-->", "", value if isinstance(value, str) else "".join(value))


@pytest.fixture
def service() -> ShopService:
    return ShopService()


@pytest.fixture
def tab(service: ShopService) -> Tab:
    return Tab(service)


@pytest.fixture
def mine(service: ShopService, tab: Tab) -> Tab:
    """The waiting conversation in maria's hands."""
    tab.act("open", conversation=service.waiting)
    tab.act("take")
    return tab
