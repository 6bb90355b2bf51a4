"""The desk's parts as HTML, and which of them have to travel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ui.web.desk import frame, side, supervisor, talk, wrapup
from ui.web.desk.session import DeskSession


class Parts(NamedTuple):
    """New values of the page's parts; None leaves a part as it is."""

    top: str | None = None
    queue: str | None = None
    talk: list[str] | None = None
    compose: str | None = None
    side: str | None = None
    dialog: str | None = None
    review: str | None = None
    pulse: str | None = None


def draw(session: DeskSession, now: datetime, csv_path: str, have: Mapping[str, Any] | None = None) -> Parts:
    """The parts that changed since they were drawn last.

    Args:
        csv_path: where the audit trail is to be had as CSV.
        have: the number of each part that the browser shows; one that got lost on the way is sent again.
    """
    whole = Parts(
        top=frame.top(session),
        queue=frame.queue(session, now),
        talk=talk.talk(session, now),
        compose=talk.compose(session),
        side=side.side(session),
        dialog=wrapup.dialog(session),
        review=supervisor.page(session, now, csv_path),
        pulse=frame.pulse(session),
    )
    changed: dict[str, Any] = {}
    for name, html in whole._asdict().items():
        number, before = session.shown.get(name, (0, None))
        if html != before:
            number += 1
            session.shown[name] = (number, html)
        elif have is None or str(have.get(name)) == str(number):
            continue
        changed[name] = [f"<!--{number}-->", *html] if isinstance(html, list) else f"<!--{number}-->{html}"
    return Parts(**changed)
