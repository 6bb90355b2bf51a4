"""What people's exports are read as: each format, bad lines, strange encodings, hostile archives."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.errors import InputError
from core.histories import HistoryColumns
from core.types import Event, EventKind, Item
from store.importers import exports, history, own
from store.importers.base import RowError
from store.importers.brought import Brought, read_export
from store.importers.dates import Dates, guess_order
from store.importers.history import Told
from store.importers.netflix import show_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
DATES = Dates(UTC, NOW)


def table(header: str, *rows: tuple[object, ...]) -> str:
    out = io.StringIO(newline="")
    out.write(header + "\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "/").replace("_csv", ".csv").replace("_json", ".json"), text)
    return out.getvalue()


def read(data: str | bytes, name: str = "file", columns: HistoryColumns | None = None) -> Brought:
    return read_export("ann", name, data.encode() if isinstance(data, str) else data, DATES, columns)


def days(rows: list[Told]) -> list[tuple[str, str]]:
    return [(row.title, f"{datetime.fromtimestamp(row.at, UTC):%Y-%m-%d}") for row in rows]


def notes(brought: Brought) -> dict[str, int]:
    return {note.kind: note.count for note in brought.reading.notes}


# --- Netflix


def test_netflix_films_are_seen_and_episodes_count_for_their_series_once_a_day() -> None:
    found = read(
        table(
            "Title,Date",
            ("Alien", "12/31/20"),
            ("Dark: Season 1: Secrets", "1/2/21"),
            ("Dark: Season 1: Lies", "1/2/21"),
            ("Dark: Season 2: Beginnings", "1/3/21"),
            ("Star Wars: The Last Jedi", "1/13/21"),
        )
    )
    assert found.source == "netflix"
    assert days(found.reading.rows) == [
        ("Alien", "2020-12-31"),
        ("Dark", "2021-01-02"),
        ("Dark", "2021-01-03"),
        ("Star Wars: The Last Jedi", "2021-01-13"),
    ]
    assert [row.is_series for row in found.reading.rows] == [False, True, True, False]
    assert {row.kind for row in found.reading.rows} == {EventKind.SEEN}
    assert notes(found)["episodes_joined"] == 1


@pytest.mark.parametrize(
    ("title", "show"),
    [
        ("Dark: Staffel 2: Anfänge", "Dark"),
        ("Lupin: Partie 1: Chapitre 1", "Lupin"),
        ("Chernobyl: Limited Series: 1:23:45", "Chernobyl"),
        ("Kill Bill: Vol. 1", ""),
        ("Harry Potter and the Deathly Hallows: Part 2", ""),
        ("Alien", ""),
    ],
)
def test_a_season_tells_an_episode_from_a_film_with_a_subtitle(title: str, show: str) -> None:
    assert show_of(title) == show


def test_many_endings_after_one_beginning_are_episodes_without_a_season() -> None:
    rows = [
        (f"Planet: Chapter {word}: Part of it", f"2/1{number}/21") for number, word in enumerate(("A", "B", "C", "D"))
    ]
    found = read(table("Title,Date", *rows, ("Planet: A Film", "3/13/21")))
    assert {row.title for row in found.reading.rows} == {"Planet"}


def test_netflix_long_form_leaves_out_trailers_and_glimpses() -> None:
    header = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Country"
    found = read(
        table(
            header,
            ("Ann", "2021-03-04 20:15:00", "01:50:00", "", "Alien", "", "TV", "DE"),
            ("Ann", "2021-03-04 20:10:00", "00:00:45", "", "Heat", "", "TV", "DE"),
            ("Ben", "2021-03-05 20:10:00", "00:01:00", "", "Fargo", "TRAILER", "TV", "DE"),
            ("Ben", "2021-03-06 20:10:00", "01:30:00", "", "Fargo", "", "TV", "DE"),
        )
    )
    assert days(found.reading.rows) == [("Alien", "2021-03-04"), ("Fargo", "2021-03-06")]
    assert notes(found) == {"trailers_left_out": 1, "glimpses_left_out": 1, "several_profiles": 2}


# --- Letterboxd

FILM = "Date,Name,Year,Letterboxd URI"


def test_letterboxd_tells_each_film_once_with_the_days_of_the_diary() -> None:
    found = read(
        archive(
            watched_csv=table(FILM, ("2020-01-01", "Alien", 1979, "u1"), ("2020-01-02", "Heat", 1995, "u2")),
            ratings_csv=table(
                f"{FILM},Rating", ("2020-01-01", "Alien", 1979, "u1", 4.5), ("2020-01-05", "Fargo", 1996, "u3", 0.5)
            ),
            diary_csv=table(
                f"{FILM},Rating,Rewatch,Tags,Watched Date",
                ("2020-01-01", "Alien", 1979, "d1", 4.5, "", "", "2019-12-30"),
                ("2021-01-01", "Alien", 1979, "d2", "", "Yes", "", "2020-12-30"),
            ),
            likes__films_csv=table(FILM, ("2020-01-03", "Alien", 1979, "u1")),
            watchlist_csv=table(FILM, ("2020-01-03", "Crash", 2004, "u4")),
            deleted__diary_csv=table(
                f"{FILM},Rating,Rewatch,Tags,Watched Date", ("2020-01-01", "Jaws", 1975, "d3", 2, "", "", "2019-12-30")
            ),
            profile_csv="Date Joined,Username\n2019-01-01,ann\n",
        ),
        "letterboxd-ann.zip",
    )
    assert found.source == "letterboxd"
    assert {
        (row.title, row.year, row.kind.value, round(row.value, 2), day)
        for row, (_, day) in zip(found.reading.rows, days(found.reading.rows), strict=True)
    } == {
        ("Alien", 1979, "rating", 0.78, "2019-12-30"),
        ("Alien", 1979, "seen", 0.0, "2020-12-30"),
        ("Fargo", 1996, "rating", -1.0, "2020-01-05"),
        ("Heat", 1995, "seen", 0.0, "2020-01-02"),
        ("Alien", 1979, "like", 1.0, "2020-01-03"),
    }
    assert notes(found) == {"wishes_left_out": 1}


def test_one_file_of_letterboxd_is_enough() -> None:
    found = read(table(f"{FILM},Rating", ("2020-01-01", "Alien", 1979, "u1", 5)), "anything.csv")
    assert (found.source, found.reading.rows[0].text) == ("letterboxd", "5/5")


# --- IMDb, Goodreads, Trakt, Spotify


def test_imdb_ratings_come_with_their_ids_and_episodes_with_their_series() -> None:
    header = (
        "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
        "Num Votes,Release Date,Directors"
    )
    found = read(
        table(
            header,
            ("tt0078748", 9, "2015-06-01", "Alien", "Alien", "", "Movie", 8.5, 117, 1979, "", 1, "", "Ridley Scott"),
            (
                "tt2178784",
                8,
                "2016-06-01",
                "Fargo: Eating the Blame",
                "",
                "",
                "TV Episode",
                8.5,
                53,
                2014,
                "",
                1,
                "",
                "",
            ),
            ("nonsense", 8, "2016-06-01", "Heat", "", "", "Movie", 8.5, 53, 1995, "", 1, "", ""),
            ("tt0113277", "", "2016-06-01", "Heat", "", "", "Movie", 8.5, 53, 1995, "", 1, "", ""),
            ("tt0113277", 11, "2016-06-01", "Heat", "", "", "Movie", 8.5, 53, 1995, "", 1, "", ""),
        )
    )
    assert found.source == "imdb"
    film, episode = found.reading.rows
    assert film.ids == ("tt0078748",)
    assert (film.year, film.text) == (1979, "9/10")
    assert film.value == pytest.approx(7 / 9)
    assert (episode.title, episode.is_series, episode.ids) == ("Fargo", True, ())
    assert [fault.reason for fault in found.reading.faults] == ["id_unreadable", "rating_outside"]
    assert [fault.line for fault in found.reading.faults] == [4, 6]
    assert notes(found) == {"unrated_left_out": 1}


def test_goodreads_reads_what_was_read() -> None:
    header = (
        "Book Id,Title,Author,ISBN,ISBN13,My Rating,Year Published,Original Publication Year,Date Read,Date Added,"
        "Exclusive Shelf"
    )
    found = read(
        table(
            header,
            (
                1,
                "Dune (Dune, #1)",
                "Frank Herbert",
                '="0441"',
                '="978"',
                5,
                1990,
                1965,
                "2018/03/04",
                "2018/01/01",
                "read",
            ),
            (2, "Emma", "Jane Austen", "", "", 0, 2003, 1815, "", "2019/01/01", "read"),
            (3, "Ulysses", "James Joyce", "", "", 0, 1990, 1922, "", "2019/01/01", "to-read"),
            (4, "Middlemarch", "George Eliot", "", "", 0, 1990, 1871, "", "2019/01/01", "currently-reading"),
        )
    )
    assert found.source == "goodreads"
    dune, emma = found.reading.rows
    assert (dune.title, dune.year, dune.creator, dune.ids, dune.value) == (
        "Dune",
        1965,
        "Frank Herbert",
        ("978", "0441"),
        1.0,
    )
    assert (emma.kind, emma.value) == (EventKind.SEEN, 0.0)
    assert days(found.reading.rows) == [("Dune", "2018-03-04"), ("Emma", "2019-01-01")]
    assert notes(found) == {"wishes_left_out": 1, "unread_left_out": 1}


def test_spotify_reads_both_its_forms_without_skips_and_repeats() -> None:
    short = [
        {"endTime": "2020-01-01 10:20", "artistName": "Nina Simone", "trackName": "Sinnerman", "msPlayed": 600000},
        {"endTime": "2020-01-01 11:20", "artistName": "Nina Simone", "trackName": "Sinnerman", "msPlayed": 600000},
        {"endTime": "2020-01-01 11:21", "artistName": "Nina Simone", "trackName": "Feeling Good", "msPlayed": 900},
    ]
    long = [
        {
            "ts": "2015-01-01T10:20:00Z",
            "ms_played": 200000,
            "master_metadata_track_name": "Sinnerman",
            "master_metadata_album_artist_name": "Nina Simone",
            "episode_name": None,
            "episode_show_name": None,
            "spotify_track_uri": "spotify:track:1",
        }
    ]
    found = read(
        archive(StreamingHistory_music_0_json=json.dumps(short), Streaming_History_Audio_json=json.dumps(long))
    )
    assert found.source == "spotify"
    assert sorted(days(found.reading.rows)) == [("Sinnerman", "2015-01-01"), ("Sinnerman", "2020-01-01")]
    assert {row.creator for row in found.reading.rows} == {"Nina Simone"}
    assert notes(found) == {"skips_left_out": 1, "repeats_joined": 1}


def test_trakt_tells_history_and_ratings_and_of_the_watched_list_the_rest() -> None:
    alien: dict[str, Any] = {"title": "Alien", "year": 1979, "ids": {"trakt": 1, "imdb": "tt0078748"}}
    heat = {"title": "Heat", "year": 1995, "ids": {"imdb": "tt0113277"}}
    dark = {"title": "Dark", "year": 2017, "ids": {}}
    history = [
        {"id": 1, "watched_at": "2014-03-31T09:28:53.000Z", "action": "watch", "type": "movie", "movie": alien},
        {"id": 2, "watched_at": "2014-04-01T09:28:53.000Z", "type": "episode", "episode": {}, "show": dark},
    ]
    ratings = [{"rated_at": "2014-04-02T09:28:53.000Z", "rating": 10, "type": "movie", "movie": alien}]
    watched = [
        {"plays": 2, "last_watched_at": "2013-01-01T00:00:00.000Z", "movie": alien},
        {"plays": 1, "last_watched_at": "2013-02-01T00:00:00.000Z", "movie": heat},
    ]
    wishes = [{"listed_at": "2014-04-02T09:28:53.000Z", "type": "movie", "movie": heat}]
    parts = {"history_json": history, "ratings_json": ratings, "watched_json": watched, "watchlist_json": wishes}
    found = read(archive(**{name: json.dumps(rows) for name, rows in parts.items()}))
    assert found.source == "trakt"
    assert sorted((row.title, row.kind.value, row.value) for row in found.reading.rows) == [
        ("Alien", "rating", 1.0),
        ("Alien", "seen", 0.0),
        ("Dark", "seen", 0.0),
        ("Heat", "seen", 0.0),
    ]
    assert next(row.ids for row in found.reading.rows if row.title == "Heat") == ("tt0113277",)
    assert notes(found) == {"wishes_left_out": 1}


# --- any table


def test_a_table_of_ones_own_is_guessed_from_names_and_values() -> None:
    found = read("Was;Gesehen am;Note\nAlien;24.12.2020;9\nHeat;31.12.2020;4\n")
    assert found.mapping is not None
    assert (found.mapping.title, found.mapping.date, found.mapping.rating) == ("Was", "Gesehen am", "Note")
    assert (found.mapping.worst, found.mapping.best) == (1.0, 10.0)
    assert days(found.reading.rows) == [("Alien", "2020-12-24"), ("Heat", "2020-12-31")]
    assert found.columns == ("Was", "Gesehen am", "Note")


def test_the_person_says_which_column_is_what() -> None:
    told = HistoryColumns(title="B", rating="A", worst=0, best=20, source="shelf")
    found = read("A,B\n20,Alien\n5,Heat\n21,Fargo\n", columns=told)
    assert found.source == "shelf"
    assert [(row.title, row.value) for row in found.reading.rows] == [("Alien", 1.0), ("Heat", -0.5)]
    assert [fault.reason for fault in found.reading.faults] == ["rating_outside"]
    assert notes(found) == {"undated": 2}
    with pytest.raises(InputError, match=r"no column 'Z'; it has 'A', 'B'"):
        read("A,B\n20,Alien\n", columns=HistoryColumns(title="Z"))


def test_a_table_without_titles_says_what_it_has() -> None:
    with pytest.raises(InputError, match=r"looks like titles; it has 'a', 'b'"):
        read("a,b\n1,2\n3,4\n")


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ("1 5 3", (1, 5)),
        ("0.5 4", (0.5, 5)),
        ("7 9", (1, 10)),
        ("0 9", (0, 10)),
        ("88 40", (0, 100)),
        ("2.5 5", (0.5, 5)),
    ],
)
def test_scales_are_the_usual_ones(values: str, scale: tuple[float, float]) -> None:
    rows = "".join(f"Film {n},{value}\n" for n, value in enumerate(values.split()))
    mapping = read(f"title,rating\n{rows}").mapping
    assert mapping is not None
    assert (mapping.worst, mapping.best) == scale


# --- dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-12-31", "2020-12-31T12:00"),
        ("2020/12/31", "2020-12-31T12:00"),
        ("31.12.2020", "2020-12-31T12:00"),
        ("12/31/20", "2020-12-31T12:00"),
        ("31/12/99", "1999-12-31T12:00"),
        ("December 31, 2020", "2020-12-31T12:00"),
        ("31 Dec 2020", "2020-12-31T12:00"),
        ("2020-12-31 10:20", "2020-12-31T10:20"),
        ("12/31/2020 10:20 PM", "2020-12-31T22:20"),
        ("2020-12-31T10:20:00Z", "2020-12-31T10:20"),
        ("2020-12-31T10:20:00+02:00", "2020-12-31T08:20"),
        ("1609410000", "2020-12-31T10:20"),
        ("1609410000000", "2020-12-31T10:20"),
    ],
)
def test_dates_of_all_kinds(text: str, day: str) -> None:
    assert f"{datetime.fromtimestamp(DATES.seconds(text), UTC):%Y-%m-%dT%H:%M}" == day


def test_days_are_those_of_the_workspace() -> None:
    told = Dates(ZoneInfo("Pacific/Auckland"), NOW).seconds("2020-07-01")
    assert datetime.fromtimestamp(told, ZoneInfo("Pacific/Auckland")).date().isoformat() == "2020-07-01"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "date_empty"),
        ("soon", "date_unreadable"),
        ("2020-02-31", "date_unreadable"),
        ("99/99/99", "date_unreadable"),
        ("1960-01-01", "date_early"),
        ("2030-01-01", "date_future"),
    ],
)
def test_dates_that_are_none(text: str, reason: str) -> None:
    with pytest.raises(RowError, match=reason):
        DATES.seconds(text)


@pytest.mark.parametrize(
    ("samples", "order", "sure"),
    [
        (["3/4/20", "13/4/20"], "dmy", True),
        (["3/4/20", "3/14/20"], "mdy", True),
        (["1/12/20", "1/11/20", "1/10/20"], "mdy", False),
        (["2/4/20", "1/4/20", *(f"{day}/3/20" for day in range(12, 2, -1))], "dmy", True),
        (["2020-01-02"], "", True),
        (["1.2.20"], "dmy", False),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_file(samples: list[str], order: str, sure: bool) -> None:
    assert guess_order(samples) == (order, sure)


# --- bad lines, encodings, archives


def test_a_bad_line_is_reported_and_takes_no_other_with_it() -> None:
    found = read(
        'Title,Date\nAlien,1/13/20\nonly one\n"never closed,1/2/20\nHeat,1/3/20\n,1/3/20\n"two\nlines",1/4/20\n'
    )
    assert [row.title for row in found.reading.rows] == ["Alien", "Heat", "two lines"]
    faults = [(fault.line, fault.reason) for fault in found.reading.faults]
    assert faults == [(3, "columns"), (4, "quotes"), (6, "title_empty")]
    assert found.reading.faulty == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_encodings_are_told_by_the_bytes(encoding: str) -> None:
    found = read("Title,Date\nAmélie,1/13/20\nDéjà Vu,1/14/20\n".encode(encoding))
    assert [row.title for row in found.reading.rows] == ["Amélie", "Déjà Vu"]


def test_words_of_old_office_programs_are_read_as_they_were_written() -> None:
    western, chinese = ["Ocean’s Eleven", "Amélie", "Café Müller"], ["霸王别姬", "活着", "A.I.人工智能"]
    for titles, encoding in ((western, "cp1252"), (chinese, "gb18030")):
        text = table("Title,Date", *((title, "1/13/20") for title in titles))
        assert [row.title for row in read(text.encode(encoding)).reading.rows] == titles


def test_what_no_database_takes_does_not_come_through() -> None:
    names = r'"artistName": "A\ud83d\ude00", "trackName": "B\ud800\u0000\\u0000"'
    (row,) = read(f'[{{"endTime": "2020-01-01 10:20", {names}, "msPlayed": 60000}}]').reading.rows
    assert (row.creator, row.title) == ("A😀", "B\ufffd\ufffd\\u0000")
    late_zero = table("Title,Date", *[("Alien", "1/13/20")] * 400, ("Ja\0ws", "1/14/20"))
    assert [fault.reason for fault in read(late_zero).reading.faults] == ["encoding"]


def test_headers_are_known_in_any_case() -> None:
    books = read("title,author,my rating,exclusive shelf,date read\nEmma,Jane Austen,4,read,2020/01/13\n")
    assert (books.source, days(books.reading.rows)) == ("goodreads", [("Emma", "2020-01-13")])
    films = read("title,start time,supplemental video type\nAlien,2020-01-13 10:00:00,\n")
    assert (films.source, days(films.reading.rows)) == ("netflix", [("Alien", "2020-01-13")])


def test_figures_of_any_length_break_nothing() -> None:
    endless = "9" * 5000
    (row,) = read(table("Title,Year", ("Alien", endless))).reading.rows
    assert row.year is None
    long = table("Title,Start Time,Duration,Supplemental Video Type", ("Alien", "2020-01-13", endless, ""))
    assert len(read(long).reading.rows) == 1
    rated = read(table("Title,Rating", ("Alien", "inf"), ("Jaws", "1e999")))
    assert {row.kind for row in rated.reading.rows} == {EventKind.SEEN}


def test_once_a_day_means_a_day_of_the_workspace() -> None:
    # In Auckland the noons of these two days are 23 hours apart and fall on one day in UTC.
    auckland = Dates(ZoneInfo("Pacific/Auckland"), NOW)
    data = table("Title,Date", ("Dark: Season 1: A", "2020-09-26"), ("Dark: Season 1: B", "2020-09-27")).encode()
    assert len(read_export("ann", "file", data, auckland).reading.rows) == 2


def test_a_few_broken_bytes_cost_their_line_alone() -> None:
    lines = ["Title,Date", *("Amélie,1/13/20" for _ in range(3)), "Bro", "Heat,1/14/20"]
    data = "\n".join(lines).encode().replace(b"Bro", b"Bro\xffken,1/14/20")
    found = read(data)
    assert [row.title for row in found.reading.rows] == ["Amélie", "Heat"]
    assert [fault.reason for fault in found.reading.faults] == ["encoding"]


def test_gzip_and_zip_are_told_by_their_content() -> None:
    text = table("Title,Date", ("Alien", "1/13/20"))
    assert days(read(gzip.compress(text.encode()), "a.csv").reading.rows) == [("Alien", "2020-01-13")]
    assert days(read(archive(deep__inside__list_csv=text), "a.txt").reading.rows) == [("Alien", "2020-01-13")]


def test_hostile_archives_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(a_csv="0" * 5_000_000)
    monkeypatch.setattr(exports, "LARGEST", 1_000_000)
    monkeypatch.setattr(exports, "UNPACKED", 2_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(InputError, match=r"a\.csv unpacks to more than 0 MB"):
        read(bomb, "bomb.zip")
    with pytest.raises(InputError, match=r"bomb\.csv\.gz unpacks to more than 0 MB"):
        read(gzip.compress(b"0" * 5_000_000), "bomb.csv.gz")
    with pytest.raises(InputError, match=r"many\.zip unpacks to more than 1 MB"):
        read(archive(a_csv="0" * 900_000, b_csv="0" * 900_000, c_csv="0" * 900_000), "many.zip")
    with pytest.raises(InputError, match="not a sound archive"):
        read(archive(a_csv="Title,Date\n")[:-30] + b"x" * 30, "cut.zip")
    with pytest.raises(InputError, match="no CSV or JSON"):
        read(archive(**{"readme.md": "hello"}))


def test_what_is_too_large_or_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LARGEST", 100)
    with pytest.raises(InputError, match="up to 0 MB"):
        read(b"Title,Date\n" + b"x" * 100)
    for data, told in ((b"", "is empty"), (bytes(range(64)), "not a text"), (b"\x89PNG\r\n\x1a\n\0\0\0", "not a text")):
        with pytest.raises(InputError, match=told):
            read(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_archives_are_told_whatever_packed_them(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        target.writestr("a.csv", "Title,Date\nAlien,2020-01-01\n" * 50)
    damaged = bytearray(out.getvalue())
    damaged[60:80] = bytes(value ^ 0x55 for value in damaged[60:80])
    with pytest.raises(InputError, match="not a sound archive"):
        read(bytes(damaged))


def test_more_lines_than_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LINES", 3)
    monkeypatch.setattr(history, "MOST", 2)
    films = [("Alien", "1/13/20"), ("Jaws", "1/14/20"), ("Fargo", "1/15/20")]
    with pytest.raises(InputError, match="has more than 3 lines"):
        read(table("Title,Date", *films))
    with pytest.raises(InputError, match="has more than 2 rows"):
        read(table("Title,Date", *films).strip())
    play = '{"endTime": "2020-01-01 10:20", "artistName": "A", "trackName": "B", "msPlayed": 60000}'
    with pytest.raises(InputError, match="has more than 2 rows"):
        read("\n".join([play] * 3))


@pytest.mark.parametrize("text", ["a" * 200_000, "a" * 200_000 + "\nb\n", "Title," + "a" * 200_000 + "\nb,c\n"])
def test_a_line_longer_than_any_header_is_no_table(text: str) -> None:
    with pytest.raises(InputError, match="no history that is known"):
        read(text)


def test_json_that_is_none_is_a_fault_of_its_line() -> None:
    good = '{"endTime": "2020-01-01 10:20", "artistName": "A", "trackName": "B", "msPlayed": 60000}'
    found = read(f"{good}\n{{broken\n{good.replace('B', 'C')}\n")
    assert [row.title for row in found.reading.rows] == ["B", "C"]
    assert [(fault.line, fault.reason) for fault in found.reading.faults] == [(2, "not_json")]


# --- our own


def test_our_own_timelines_come_back_as_they_were() -> None:
    at = datetime(2020, 1, 2, 3, 4, 5, 678901, UTC)
    said = Event(user_id="ann", at=at, kind=EventKind.LIKE, item_id="f1", value=0.25, text='a "b", c\nd', turn=3)
    muted = Event(user_id="ann", at=at.replace(year=2021), kind=EventKind.MUTE, topic="genre:Horror", value=-1.0)
    events = [said, muted]
    items = {"f1": Item(id="f1", title="Alien")}
    for text in (own.to_json(events, items), own.to_csv(events, items)):
        found = read(text)
        assert found.source == "driftline"
        assert found.events == events
        assert not found.reading.faulty
    broken = own.to_csv(events, items).replace("like", "adore")
    assert [fault.reason for fault in read(broken).reading.faults] == ["event_unreadable"]


def test_no_spreadsheet_computes_what_somebody_said() -> None:
    at = datetime(2020, 1, 2, tzinfo=UTC)
    words = ['=HYPERLINK("https://evil.example")', "+1", "-1", "@SUM(A1)", "'=1", "''=1", "'tis", "it's"]
    events = [Event(user_id="ann", at=at, kind=EventKind.LIKE, topic="genre:Drama", text=text) for text in words]
    events.append(Event(user_id="ann", at=at, kind=EventKind.DISLIKE, item_id="f1", value=-0.5))
    saved = own.to_csv(events, {"f1": Item(id="f1", title="=1+1")})
    cells = [cell for row in csv.DictReader(io.StringIO(saved)) for cell in (row["text"], row["title"])]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    assert [row["value"] for row in csv.DictReader(io.StringIO(saved))][-1] == "-0.5"
    assert read(saved).events == events


@pytest.mark.parametrize(
    ("events", "reasons"),
    [
        ("5", ["event_unreadable"]),
        ('{"a": 1}', ["event_unreadable"]),
        ('[{"at": "0001-01-01T00:00:00+05:00", "kind": "like"}]', ["event_unreadable"]),
        ('[{"at": "9999-12-31T23:59:59Z", "kind": "like"}]', ["event_unreadable"]),
        ('[{"at": "2999-01-01T00:00:00Z", "kind": "like"}]', ["date_future"]),
        (f'[{{"at": "2020-01-01T00:00:00Z", "kind": "like", "key": "{"k" * 201}"}}]', ["event_unreadable"]),
    ],
)
def test_a_timeline_that_somebody_tampered_with_is_told(events: str, reasons: list[str]) -> None:
    found = read(f'{{"format": "driftline-timeline", "events": {events}}}')
    assert not found.events
    assert [fault.reason for fault in found.reading.faults] == reasons
