"""A history brought into the small workspace: matched, written once, fixed, taken back."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from agent.service import Service
from core.errors import InputError, NotFoundError
from core.histories import HistoryColumns, HistoryPreview
from core.mentions import Resolution
from core.types import Event, EventKind
from tests.agent.workspace import NOW

FILMS = ("Alien", "Fargo", "Casablanca", "Jaws", "Vertigo", "Memento", "Ronin", "Pulp Fiction")


def netflix(*rows: tuple[str, str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("Title", "Date"), *rows])
    return out.getvalue().encode()


def years(titles: tuple[str, ...] = FILMS) -> tuple[tuple[str, str], ...]:
    """A title a quarter, from 2014 on."""
    return tuple((title, f"{1 + 3 * (n % 4)}/15/{14 + n // 4}") for n, title in enumerate(titles))


def brought(service: Service, person: str, *rows: tuple[str, str]) -> HistoryPreview:
    return service.read_history(person, "ViewingHistory.csv", netflix(*rows))


def test_a_history_becomes_a_timeline_over_years(service: Service, person: str) -> None:
    preview = brought(
        service, person, *years(), ("Dark: Season 1: Secrets", "1/1/20"), ("No Such Film At All", "1/1/20")
    )
    assert (preview.source, preview.total, preview.count("matched"), preview.years) == ("netflix", 10, 8, (2014, 2020))
    assert service.events(person) == []
    outcome = service.import_history(person, preview)
    assert (outcome.added, outcome.left_out) == (8, 2)
    events = service.events(person)
    assert {event.source for event in events} == {"import:netflix"}
    assert {event.at.year for event in events} == {2014, 2015}
    timeline = service.timeline(person, "quarter")
    assert sum(count > 0 for count in timeline.counts) == 8
    assert service.forecast(person, 1).topics


def test_the_same_file_changes_nothing_and_a_longer_one_adds_what_is_new(service: Service, person: str) -> None:
    rows = years()
    service.import_history(person, brought(service, person, *rows[:5]))
    before = service.events(person)
    again = brought(service, person, *rows[:5])
    assert again.known == 5
    assert service.import_history(person, again).added == 0
    assert service.events(person) == before
    longer = service.import_history(person, brought(service, person, *rows))
    assert (longer.added, longer.known) == (3, 5)
    assert len(service.events(person)) == 8


def test_a_whole_import_is_taken_back_and_can_be_brought_again(service: Service, person: str) -> None:
    rows = years()
    first = service.import_history(person, brought(service, person, *rows[:4]))
    second = service.import_history(person, brought(service, person, *rows))
    changed = next(event for event in service.events(person) if event.id.startswith(f"history-{second.import_id}"))
    service.edit_event(person, changed.id, kind=EventKind.LIKE, value=1.0)
    assert [found.events for found in service.histories(person)] == [4, 4]
    assert service.undo_import(person, second.import_id) == 4
    assert len(service.events(person)) == 4
    with pytest.raises(NotFoundError, match="undone already"):
        service.undo_import(person, second.import_id)
    assert service.undo_import(person, first.import_id) == 4
    assert service.histories(person) == []
    for _ in range(2):
        service.import_history(person, brought(service, person, *rows))
        assert len(service.events(person)) == 8


def test_what_was_removed_by_hand_stays_removed(service: Service, person: str) -> None:
    rows = years()
    service.import_history(person, brought(service, person, *rows))
    gone = service.events(person)[0]
    service.retract_event(person, gone.id)
    assert service.import_history(person, brought(service, person, *rows)).added == 0
    assert len(service.events(person)) == 7


def test_fixes_decide_what_a_title_is(service: Service, person: str) -> None:
    preview = brought(service, person, ("Alien", "1/13/14"), ("My Own Name For It", "1/14/14"))
    number = {title.title: place for place, title in enumerate(preview.titles)}
    heat = service.resolve_title("Heat").matches[0].item_id
    fixes = {number["My Own Name For It"]: heat, number["Alien"]: None}
    outcome = service.import_history(person, preview, fixes)
    assert (outcome.added, outcome.left_out) == (1, 1)
    assert [event.item_id for event in service.events(person)] == [heat]


@pytest.mark.parametrize(
    ("fixes", "error"), [({9: None}, InputError), ({-1: None}, InputError), ({0: "x"}, NotFoundError)]
)
def test_fixes_that_name_nothing_write_nothing(
    service: Service, person: str, fixes: dict[int, str | None], error: type[Exception]
) -> None:
    preview = brought(service, person, ("Alien", "1/13/14"))
    with pytest.raises(error):
        service.import_history(person, preview, fixes)
    assert service.events(person) == []


def test_a_preview_is_the_persons_own(service: Service, person: str) -> None:
    preview = brought(service, person, ("Alien", "1/13/14"))
    with pytest.raises(InputError, match="was read for"):
        service.import_history(f"{person}-other", preview)


def test_misspelt_titles_are_asked_about_and_other_years_are_other_films(service: Service, person: str) -> None:
    told = (
        "Title,Year,Date",
        "Blade Runer,,2014-01-01",
        "Heat,1995,2014-01-01",
        "Heat,1931,2014-01-01",
        "Qqq Zz,,2014",
    )
    preview = service.read_history(person, "mine.csv", "\n".join(told).replace("Zz,,2014", "Zz,,2014-01-01").encode())
    status = {(title.title, title.year): title.status for title in preview.titles}
    assert status["Blade Runer", None] == "check"
    assert status["Heat", 1995] == "matched"
    assert status["Heat", 1931] == "check"
    assert status["Qqq Zz", None] == "unknown"


def test_ids_decide_before_titles(service: Service, person: str) -> None:
    header = b"Const,Your Rating,Date Rated,Title,Title Type,Year\n"
    preview = service.read_history(
        person, "ratings.csv", header + b"tt0078748,9,2014-01-01,Some Other Title,Movie,1901\n"
    )
    assert (preview.titles[0].status, preview.titles[0].item_id) == ("matched", "tt0078748")


def test_a_rating_that_was_changed_there_replaces_the_older_one(service: Service, person: str) -> None:
    header = b"Const,Your Rating,Date Rated,Title,Title Type,Year\n"
    for line in (b"tt0078748,9,2014-01-01,Alien,Movie,1979\n", b"tt0078748,4,2014-03-01,Alien,Movie,1979\n"):
        service.import_history(person, service.read_history(person, "ratings.csv", header + line))
    assert [event.text for event in service.events(person)] == ["4/10"]
    older = service.read_history(person, "ratings.csv", header + b"tt0078748,9,2014-01-01,Alien,Movie,1979\n")
    assert service.import_history(person, older).added == 0
    assert [event.text for event in service.events(person)] == ["4/10"]
    changed = service.read_history(person, "ratings.csv", header + b"tt0078748,4,2014-03-01,Alien,Movie,1979\n")
    for _ in range(2):
        service.undo_import(person, service.histories(person)[0].import_id)
        assert [event.text for event in service.events(person)] == ["9/10"]
        service.import_history(person, changed)
        assert [event.text for event in service.events(person)] == ["4/10"]


def test_a_rating_that_a_person_changed_here_is_theirs(service: Service, person: str) -> None:
    header = b"Const,Your Rating,Date Rated,Title,Title Type,Year\n"
    first = service.read_history(person, "ratings.csv", header + b"tt0078748,9,2014-01-01,Alien,Movie,1979\n")
    service.import_history(person, first)
    service.edit_event(person, service.events(person)[0].id, value=-1.0)
    later = service.read_history(person, "ratings.csv", header + b"tt0078748,4,2014-03-01,Alien,Movie,1979\n")
    service.import_history(person, later)
    assert sorted(event.value for event in service.events(person))[0] == -1.0


def test_books_and_songs_are_not_taken_for_films(service: Service, person: str) -> None:
    library = b"Book Id,Title,Author,My Rating,Date Read,Exclusive Shelf\n1,Jaws,Peter Benchley,5,2014/01/01,read\n"
    preview = service.read_history(person, "library.csv", library)
    assert (preview.source, preview.titles[0].status) == ("goodreads", "unknown")
    assert [note.kind for note in preview.notes] == ["catalogue_lacks_goodreads"]


def test_columns_can_be_said(service: Service, person: str) -> None:
    told = HistoryColumns(title="b", rating="a", worst=0, best=10, source="shelf")
    preview = service.read_history(person, "mine.csv", b"a,b\n10,Alien\n0,Jaws\n", told)
    service.import_history(person, preview)
    events = service.events(person)
    assert sorted(event.value for event in events) == [-1.0, 1.0]
    assert {event.source for event in events} == {"import:shelf"}
    assert all(event.at == NOW for event in events)
    assert service.import_history(person, service.read_history(person, "mine.csv", b"a,b\n10,Alien\n", told)).added == 0


def test_each_title_is_looked_up_once(service: Service, person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [*FILMS, *(f"Unheard Of Title Number {n}" for n in range(20))]
    rows = [(title, f"1/{day}/20") for day in range(1, 29) for title in titles]
    look, looked = service.deps.retriever.resolve_title, list[str]()

    def counted(text: str, year: int | None = None) -> Resolution:
        looked.append(text)
        return look(text, year)

    monkeypatch.setattr(service.deps.retriever, "resolve_title", counted)
    preview = brought(service, person, *rows)
    assert (preview.total, preview.count("unknown")) == (28 * 28, 20 * 28)
    assert sorted(looked) == sorted(titles)


def test_forgetting_a_person_forgets_what_they_brought(service: Service, person: str) -> None:
    service.import_history(person, brought(service, person, *years()))
    service.forget_user(person)
    assert service.events(person, include_retracted=True) == []
    assert brought(service, person, *years()).known == 0


# --- saving and bringing back


def rich(service: Service, person: str) -> None:
    service.import_history(person, brought(service, person, *years()))
    events = service.events(person)
    service.steer(person, EventKind.PIN, events[0].item_id)
    service.steer(person, EventKind.MUTE, topic="genre:Horror")
    service.edit_event(person, events[1].id, kind=EventKind.LIKE, value=0.5)
    service.retract_event(person, events[2].id)
    said = Event(
        user_id=person, at=NOW, kind=EventKind.LIKE, topic="genre:Crime", value=1.0, text='so, "tense"\nand dark'
    )
    service.add_events([said])


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_saved_timeline_comes_back_unchanged(service: Service, person: str, form: str) -> None:
    rich(service, person)
    before = service.events(person)
    saved = service.export_timeline(person, "csv" if form == "csv" else "json").encode()
    again = service.read_history(person, f"timeline.{form}", saved)
    assert (again.source, again.total, again.known) == ("driftline", len(before), len(before))
    assert service.import_history(person, again).added == 0
    assert service.events(person) == before
    service.forget_user(person)
    assert service.import_history(person, service.read_history(person, "t", saved)).added == len(before)
    assert service.events(person) == before


def test_a_saved_timeline_can_become_somebody_elses(service: Service, person: str) -> None:
    rich(service, person)
    other = f"{person}-other"
    saved = service.export_timeline(person).encode()

    def told(user: str) -> list[tuple[object, ...]]:
        events = service.events(user)
        return [(one.at, one.kind, one.item_id, one.topic, one.value, one.text) for one in events]

    service.import_history(other, service.read_history(other, "t.json", saved))
    assert told(other) == told(person)
    assert {event.user_id for event in service.events(other)} == {other}
    assert service.import_history(other, service.read_history(other, "t.json", saved)).added == 0


def test_an_id_that_only_looks_like_an_imports_is_none(service: Service, person: str) -> None:
    event = {"id": "history-x-y", "at": "2014-01-01T00:00:00Z", "kind": "like", "item_id": "tt0078748", "value": 1}
    saved = json.dumps({"format": "driftline-timeline", "events": [event]}).encode()
    assert service.import_history(person, service.read_history(person, "t.json", saved)).added == 1
    assert service.histories(person) == []
    assert brought(service, person, *years()).known == 0


def test_an_event_about_nothing_in_the_catalogue_is_reported(service: Service, person: str) -> None:
    service.add_events([Event(user_id=person, at=NOW, kind=EventKind.LIKE, item_id="tt0078748", value=1.0)])
    saved = service.export_timeline(person).replace("tt0078748", "gone").encode()
    preview = service.read_history(person, "t.json", saved)
    assert (preview.total, [fault.reason for fault in preview.faults]) == (0, ["item_unknown"])


# --- pins, mutes, ways back


def liked(service: Service, person: str, title: str, days: float) -> str:
    item_id = service.resolve_title(title).matches[0].item_id
    at = NOW - timedelta(days=days)
    service.add_events([Event(user_id=person, at=at, kind=EventKind.RATING, item_id=item_id, value=1.0, source="api")])
    return item_id


def test_a_pin_holds_what_would_fade_and_goes_with_its_undoing(service: Service, person: str) -> None:
    for n, title in enumerate(("Titanic", "Casablanca", "Fargo", "Heat")):
        liked(service, person, title, 5 + n)
    alien = liked(service, person, "Alien", 700)

    def horror() -> float:
        forecast = service.forecast(person, 1)
        return forecast.shares[0][forecast.topics.index("genre:Horror")]

    before, timeline = horror(), service.timeline(person)
    pin = service.steer(person, EventKind.PIN, alien)
    assert service.steer(person, EventKind.PIN, alien) == pin
    assert horror() > before
    assert service.timeline(person) == timeline, "the past stays as it was"
    service.retract_event(person, pin.id)
    assert horror() == pytest.approx(before)
    assert service.restore_event(person, pin.id).kind is EventKind.PIN
    assert horror() > before


def test_mute_and_pin_end_each_other(service: Service, person: str) -> None:
    alien = liked(service, person, "Alien", 10)
    for kind in (EventKind.PIN, EventKind.MUTE, EventKind.PIN):
        service.steer(person, kind, alien)
        assert [event.kind for event in service.events(person) if event.kind is not EventKind.RATING] == [kind]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (EventKind.LIKE, {"topic": "genre:Horror"}),
        (EventKind.PIN, {}),
        (EventKind.PIN, {"item_id": "a", "topic": "b:c"}),
    ],
)
def test_only_one_thing_is_pinned_or_muted(
    service: Service, person: str, kind: EventKind, about: dict[str, str]
) -> None:
    with pytest.raises(InputError):
        service.steer(person, kind, **about)
    with pytest.raises(NotFoundError):
        service.steer(person, EventKind.PIN, "no such item")


def test_restoring_is_one_delivery_and_the_persons_own(service: Service, person: str) -> None:
    liked(service, person, "Alien", 10)
    [event] = service.events(person)
    assert service.restore_event(person, event.id) == event
    service.retract_event(person, event.id)
    again = service.restore_event(person, event.id)
    assert service.restore_event(person, event.id) == again
    assert [(one.kind, one.value, one.at) for one in service.events(person)] == [(event.kind, event.value, event.at)]
    service.retract_event(person, again.id)
    assert service.restore_event(person, again.id).id not in (event.id, again.id)
    with pytest.raises(NotFoundError):
        service.restore_event(f"{person}-other", event.id)
