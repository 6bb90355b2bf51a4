"""The parts of the page, in the order in which an event's answer gives them."""

from __future__ import annotations

from typing import NamedTuple


class Parts(NamedTuple):
    """New values of the page's parts; None leaves a part as it is."""

    top: str | None = None
    banner: str | None = None
    log: list[str] | None = None
    notice: str | None = None
    composer: str | None = None
    panel: list[str] | None = None
    drawer: str | None = None
    file: str | None = None
