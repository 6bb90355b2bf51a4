"""Bringing a history: what the timeline shows of it, and what happens on the way from a file to the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from core.errors import DriftlineError, InputError
from core.histories import HistoryPreview
from ui.web.history_columns import mapping_of
from ui.web.history_view import brought_list, drop_zone, named, preview_html
from ui.web.ports import PageService
from ui.web.session import Session
from ui.web.texts import text
from ui.web.timeline_view import Bringing, Undo


def section(service: PageService, session: Session, has_imports: bool) -> Markup:
    """The part of the timeline where a history is brought; folded away once the timeline has something else to show.

    Args:
        has_imports: whether any event came from elsewhere, so that looking for whole imports may pay.
    """
    bringing, language = session.view.bringing, session.language
    found = service.histories(session.user_id) if has_imports else []
    body = (
        preview_html(bringing, bringing.preview, language)
        if bringing.preview is not None
        else drop_zone(bringing, language)
    )
    return Markup(
        '<section class="panel-part history" data-key="history"><details{open}><summary><h2>{title}</h2></summary>'
        "{body}{brought}</details></section>"
    ).format(
        open=Markup(" open") if bringing.open or bringing.preview is not None else "",
        title=text(language, "history.title"),
        body=body,
        brought=brought_list(found, language),
    )


def act(service: PageService, session: Session, data: Mapping[str, Any]) -> str:
    """Something pressed on the way; what is to be said of it.

    Raises:
        DriftlineError: it cannot be done.
    """
    name = str(data.get("do"))
    bringing = session.view.bringing
    match name:
        case "hist_read":
            session.view.bringing = _read(service, session, str(data.get("path")), str(data.get("name")))
        case "hist_undo":
            return _take_back(service, session, str(data.get("import")))
        case "hist_drop":
            session.view.bringing = Bringing(open=True)
        case _ if bringing.preview is None:
            raise InputError("There is no file that is being read.", "Choose one.")
        case _:
            return _settle(service, session, name, data, bringing.preview)
    return ""


def _settle(service: PageService, session: Session, name: str, data: Mapping[str, Any], preview: HistoryPreview) -> str:
    bringing = session.view.bringing
    match name:
        case "hist_map":
            _map(service, session, preview, dict(data))
        case "hist_show":
            bringing.show, bringing.page = str(data.get("status")), 0
        case "hist_page":
            page = str(data.get("page"))
            bringing.page = int(page) if page.isdecimal() and len(page) < 7 else 0
        case "hist_first":
            for number, title in enumerate(preview.titles):
                if title.status == "check":
                    bringing.fixes.setdefault(number, title.matches[0].item_id)
        case "hist_fix":
            bringing.fixes[_number(data, preview)] = str(data.get("item") or "") or None
        case "hist_search":
            number, looked = _number(data, preview), str(data.get("words") or "").strip()[:200]
            found = service.resolve_title(looked).matches if looked else ()
            bringing.searches[number] = found
            if found:
                bringing.fixes[number] = found[0].item_id
        case "hist_import":
            return _import(service, session, preview)
        case _:
            raise InputError(f"The page sent an unknown action {name!r}.", "Reload the page.")
    return ""


def _number(data: Mapping[str, Any], preview: HistoryPreview) -> int:
    said = str(data.get("number"))
    if not said.isdecimal() or len(said) > 9 or int(said) >= len(preview.titles):
        raise InputError(f"The file has no title number {said}.", "Reload the page.")
    return int(said)


def _read(service: PageService, session: Session, path: str, name: str) -> Bringing:
    try:
        data = uploaded(path)
        preview = service.read_history(session.user_id, name, data)
    except DriftlineError as error:
        return Bringing(problem=str(error), open=True)
    return Bringing(preview=preview, data=data if preview.mapping else b"", open=True)


def _map(service: PageService, session: Session, preview: HistoryPreview, data: dict[str, object]) -> None:
    bringing = session.view.bringing
    if preview.mapping is None:
        raise InputError("This file has no columns to choose.", "Bring a table of your own.")
    try:
        mapping = mapping_of(data, preview.mapping)
    except ValueError as error:
        raise InputError(
            "These columns cannot be taken: the name needs small letters, and the scale figures.", "Correct them."
        ) from error
    read = service.read_history(session.user_id, preview.name, bringing.data, mapping)
    session.view.bringing = Bringing(preview=read, data=bringing.data, open=True)


def _import(service: PageService, session: Session, preview: HistoryPreview) -> str:
    outcome = service.import_history(session.user_id, preview, session.view.bringing.fixes)
    session.view.bringing = Bringing(outcome=outcome)
    said = text(
        session.language,
        "history.done",
        n=outcome.added,
        count=f"{outcome.added:,}",
        name=text(session.language, "history.own_short")
        if outcome.source == "own"
        else named(outcome.source, session.language),
    )
    if outcome.import_id:
        session.view.undo = Undo(said, (("import", outcome.import_id),))
    return said


def _take_back(service: PageService, session: Session, import_id: str) -> str:
    count = service.undo_import(session.user_id, import_id)
    session.view.undo = None
    return text(session.language, "history.taken_back", n=count, count=f"{count:,}")


def uploaded(path: str) -> bytes:
    """The content of a file that the browser has just sent, which is deleted here: nothing of it stays on the disk.

    Raises:
        InputError: there is no such file among those that browsers sent.
    """
    from gradio.utils import get_upload_folder

    folder, file = Path(get_upload_folder()).resolve(), Path(path).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise InputError("The file did not arrive.", "Choose it again.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("The file did not arrive whole.", "Choose it again.") from error
    finally:
        file.unlink(missing_ok=True)
