from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from core.errors import InputError
from core.types import EventKind
from tests.ui.web.fake import FakeService
from tests.ui.web.fake_timeline import LONG
from ui.web import history
from ui.web.handlers import Handlers
from ui.web.parts import Parts
from ui.web.session import Session
from ui.web.texts import LANGUAGES

NETFLIX = (
    'Title,Date\n"Alien","3/1/19"\n"Fargo","12/24/20"\n"Dark: Season 1: Secrets","1/2/21"\n"bad","soon"\n'
    '"Blade","1/3/21"\n'
)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Gradio keeps what browsers send."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def page(service: FakeService) -> tuple[Handlers, Session]:
    handlers, session = Handlers(service), Session()
    handlers.open(session, {})
    return handlers, session


def press(page: tuple[Handlers, Session], **data: Any) -> Parts:
    return page[0].act(page[1], data)


def drawn(parts: Parts) -> str:
    assert parts.panel is not None
    return "".join(parts.panel)


def drop(page: tuple[Handlers, Session], folder: Path, text: str, name: str = "ViewingHistory.csv") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    html = drawn(press(page, do="hist_read", path=str(file), name=name))
    assert not file.exists(), "nothing of it may stay on the disk"
    return html


def test_a_file_is_shown_before_anything_is_written(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    html = drop(page, folder, NETFLIX)
    assert "4 rows: 2 matched, 1 to check, 1 unknown; 2019–2021." in html
    assert "One line cannot be used" in html
    assert "line 5" in html
    assert "its date cannot be read" in html
    assert not service.events(page[1].user_id)


def test_what_is_settled_is_added_and_can_be_taken_back_at_once(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    drop(page, folder, NETFLIX)
    user = page[1].user_id
    html = drawn(press(page, do="hist_import"))
    assert [event.source for event in service.events(user)] == ["import:netflix"] * 2
    assert "2 events from Netflix are on your timeline." in html
    assert 'data-tl="hist_undo"' in html
    assert 'data-tl="tl_undo"' in html
    assert 'data-tl="tl_undo"' not in drawn(press(page, do="tl_undo"))
    assert not service.events(user)


def test_a_title_can_be_chosen_looked_up_and_left_out(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    html = drop(page, folder, NETFLIX)
    preview = page[1].view.bringing.preview
    assert preview is not None
    number = {title.title: place for place, title in enumerate(preview.titles)}
    assert 'class="title" data-key="title-' in html
    chosen = preview.titles[number["Blade"]].matches[0].item_id
    press(page, do="hist_fix", number=str(number["Blade"]), item=chosen)
    press(page, do="hist_fix", number=str(number["Fargo"]), item="")
    press(page, do="hist_show", status="unknown")
    found = drawn(press(page, do="hist_search", number=str(number["Dark"]), words="The Matrix"))
    assert "The Matrix (1999)" in found
    press(page, do="hist_import")
    titles = {service.catalog[event.item_id or ""].title for event in service.events(page[1].user_id)}
    assert titles == {"Alien", "The Matrix", service.catalog[chosen].title}


def test_the_first_suggestion_serves_for_all_that_is_to_check(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    drop(page, folder, NETFLIX)
    assert "Add 3 events" in drawn(press(page, do="hist_first"))
    press(page, do="hist_import")
    assert len(service.events(page[1].user_id)) == 3


def test_the_columns_of_a_table_can_be_corrected(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    html = drop(page, folder, "A;B;C\nAlien;Fargo;4\nHeat;Alien;2\n", "mine.csv")
    assert 'data-tl="hist_map"' in html
    again = drawn(press(page, do="hist_map", title="B", rating="C", source="shelf"))
    assert "2 rows: 2 matched" in again
    press(page, do="hist_map", title="B", rating="C", worst="1", best="5", source="shelf")
    press(page, do="hist_import")
    events = {service.catalog[event.item_id or ""].title: event for event in service.events(page[1].user_id)}
    assert (events["Fargo"].kind, events["Fargo"].value, events["Fargo"].source) == (
        EventKind.RATING,
        0.5,
        "import:shelf",
    )
    assert events["Alien"].value == -0.5


def test_bad_columns_keep_what_was_read(page: tuple[Handlers, Session], folder: Path) -> None:
    drop(page, folder, "A;B\nAlien;4\nFargo;2\n", "mine.csv")
    parts = press(page, do="hist_map", title="A", source="Not A Name!")
    assert "small letters" in str(parts.notice)
    assert page[1].view.bringing.preview is not None


@pytest.mark.parametrize(
    ("content", "told"), [("", "is empty"), ("just one line", "is no history"), ("\0\0\0\0\0\0", "is not a text file")]
)
def test_a_file_that_cannot_be_read_is_explained_in_its_place(
    page: tuple[Handlers, Session], folder: Path, content: str, told: str
) -> None:
    html = drop(page, folder, content)
    assert told in html
    assert 'id="dl-history"' in html


@pytest.mark.parametrize("path", ["/etc/passwd", "../../etc/passwd", "", "nowhere.csv"])
def test_only_what_a_browser_sent_is_read(folder: Path, path: str) -> None:
    with pytest.raises(InputError, match="did not arrive"):
        history.uploaded(str(folder / path) if path.startswith("..") else path)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_text("Title,Date\n")
    (folder / "link.csv").symlink_to(secret)
    with pytest.raises(InputError, match="did not arrive"):
        history.uploaded(str(folder / "link.csv"))
    assert secret.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"do": "hist_import"},
        {"do": "hist_fix", "number": "0"},
        {"do": "hist_nonsense"},
        {"do": "tl_nonsense"},
        {"do": "tl_pin", "event": "nobody's"},
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(page: tuple[Handlers, Session], data: dict[str, str]) -> None:
    parts = press(page, **data)
    assert "trouble" in str(parts.notice)


@pytest.mark.parametrize("number", ["-1", "99", "x", "999999999999"])
def test_a_title_that_is_not_there_cannot_be_settled(page: tuple[Handlers, Session], folder: Path, number: str) -> None:
    drop(page, folder, NETFLIX)
    parts = press(page, do="hist_fix", number=number, item="tt0078748")
    assert "no title number" in str(parts.notice)
    assert page[1].view.bringing.fixes == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_drawn_in_every_language(page: tuple[Handlers, Session], folder: Path, language: str) -> None:
    page[1].language = language
    drop(page, folder, NETFLIX)
    for data in ({"do": "hist_show", "status": "matched"}, {"do": "hist_first"}, {"do": "hist_import"}):
        assert "data-tl=" in drawn(press(page, **data))
    drop(page, folder, "A;B\nAlien;4\nFargo;2\n", "mine.csv")


def test_names_from_a_file_are_no_markup(page: tuple[Handlers, Session], folder: Path) -> None:
    html = drop(page, folder, 'Title,Date\n"<img src=x>","1/1/20"\n<b>x</b>,<i>\n', "a.csv")
    assert "<img" not in html
    assert "<i>" not in html


def test_another_persons_page_has_nothing_of_it(
    page: tuple[Handlers, Session], service: FakeService, folder: Path
) -> None:
    drop(page, folder, NETFLIX)
    press(page, do="person", target=LONG)
    assert page[1].user_id == LONG
    assert page[1].view.bringing.preview is None


# --- pins, mutes, ways back, filters


def one_liked(page: tuple[Handlers, Session], service: FakeService) -> str:
    item = next(item.id for item in service.catalog.values() if item.title == "Alien")
    return service.feedback(page[1].user_id, item, "like").id


def test_removing_and_pinning_can_each_be_undone(page: tuple[Handlers, Session], service: FakeService) -> None:
    event, user = one_liked(page, service), page[1].user_id
    html = drawn(press(page, do="remove", event=event))
    assert "Removed Alien (1979)." in html
    assert not service.events(user)
    press(page, do="tl_undo")
    [back] = service.events(user)
    assert (back.kind, back.item_id) == (EventKind.LIKE, service.log[user][0].item_id)
    press(page, do="tl_pin", event=back.id)
    assert {event.kind for event in service.events(user)} == {EventKind.LIKE, EventKind.PIN}
    press(page, do="tl_mute", event=back.id)
    assert {event.kind for event in service.events(user)} == {EventKind.LIKE, EventKind.MUTE}
    press(page, do="tl_undo")
    assert {event.kind for event in service.events(user)} == {EventKind.LIKE, EventKind.PIN}
    press(page, do="tl_unpin", event=back.id)
    assert {event.kind for event in service.events(user)} == {EventKind.LIKE}
    press(page, do="tl_undo")
    assert {event.kind for event in service.events(user)} == {EventKind.LIKE, EventKind.PIN}


def test_a_change_can_be_undone(page: tuple[Handlers, Session], service: FakeService) -> None:
    event, user = one_liked(page, service), page[1].user_id
    html = drawn(press(page, do="edit", event=event, kind="dislike", value="-0.5"))
    assert "Changed Alien (1979)." in html
    assert [event.kind for event in service.events(user)] == [EventKind.DISLIKE]
    press(page, do="tl_undo")
    assert [(event.kind, event.value) for event in service.events(user)] == [(EventKind.LIKE, 0.8)]


def test_the_timeline_can_be_saved(page: tuple[Handlers, Session], service: FakeService) -> None:
    one_liked(page, service)
    html = drawn(press(page, do="tl_export", form="csv"))
    saved = re.search(r'<pre hidden data-download="(driftline-timeline-[^"]+\.csv)"[^>]*>(.*?)</pre>', html, re.DOTALL)
    assert saved
    [row] = csv.DictReader(io.StringIO(saved[2].replace("&#34;", '"')))
    assert (row["title"], row["kind"]) == ("Alien", "like")
    assert "data-download" not in drawn(press(page, do="tl_saved"))


def test_filters_pages_and_periods_are_kept_by_the_tab(service: FakeService) -> None:
    handlers, session = Handlers(service), Session()
    handlers.open(session, {})
    handlers.act(session, {"do": "person", "target": LONG})
    total = len(service.events(LONG))
    html = drawn(handlers.act(session, {"do": "tl_filter", "words": "horror"}))
    some = int(re.search(r"(\d+) of", html)[1])  # type: ignore[index]
    assert 0 < some < total
    html = drawn(handlers.act(session, {"do": "tl_filter"}))
    assert f"{total} events" in html
    html = drawn(handlers.act(session, {"do": "tl_page", "page": "1"}))
    assert "31–" in html
    html = drawn(handlers.act(session, {"do": "tl_topic", "topic": "genre:Sci-Fi"}))
    assert 'class="under' in html
    assert 'class="under' not in drawn(handlers.act(session, {"do": "tl_topic", "topic": "genre:Sci-Fi"}))
    handlers.act(session, {"do": "tl_period", "period": "nonsense"})
    assert session.view.period == ""
