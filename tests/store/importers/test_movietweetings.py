"""MovieTweetings from files and from a server."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.errors import InputError
from store.importers import movietweetings, run_import
from store.importers.movietweetings import FINGERPRINTS, Fingerprint, MovieTweetings
from tests.store.importers.conftest import Workspace, write

DAT = {
    "ratings.dat": "1::0078748::9::1362062307\n2::0002844::0::1362062624\n",
    "movies.dat": "0078748::Alien (1979)::Horror|Sci-Fi\n0002844::Fantômas - À l'ombre (1913)::Crime|Short\n",
}


def dat(folder: Path) -> Path:
    for name, text in DAT.items():
        write(folder / name, *text.splitlines())
    write(folder / "users.dat", "1::177651718")
    return folder


def packed(folder: Path) -> Path:
    folder.mkdir()
    ratings = "user_id,imdb_id,rating,timestamp\n1,tt0078748,9,1362062307\n2,tt0002844,0,1362062624\n"
    films = "imdb_id,title,genres\ntt0078748,Alien (1979),Horror|Sci-Fi\ntt0002844,Fantômas - À l'ombre (1913),Crime\n"
    (folder / "ratings.csv.gz").write_bytes(gzip.compress(ratings.encode()))
    (folder / "movies.csv.gz").write_bytes(gzip.compress(films.encode()))
    return folder


@pytest.mark.parametrize("layout", [dat, packed])
def test_ratings_join_by_imdb_id(with_films: Workspace, tmp_path: Path, layout: object) -> None:
    assert callable(layout)
    report = with_films.bring("movietweetings", layout(tmp_path / "mt"))
    assert (report.joined, report.unjoined, report.items_added) == (1, 1, 1)
    [liked], [disliked] = with_films.timeline("1"), with_films.timeline("2")
    assert (liked.item_id, liked.value, liked.text) == ("tt0078748", 0.8, "9/10")
    assert (disliked.item_id, disliked.value) == ("tt0002844", -1.0)
    own = with_films.catalog.get("tt0002844")
    assert own is not None
    assert (own.title, own.year) == ("Fantômas - À l'ombre", 1913)
    alien = with_films.catalog.get("tt0078748")
    assert alien is not None
    assert "director" in alien.facets


def test_the_ratings_file_itself_may_be_named(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.bring("movietweetings", dat(tmp_path) / "ratings.dat").events_added == 2


def test_events_after_until_are_left_out(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("movietweetings", dat(tmp_path), until=datetime.fromtimestamp(1362062307, UTC))
    assert (report.events_added, report.later) == (1, 1)


def test_bad_rows_are_kept_aside(workspace: Workspace, tmp_path: Path) -> None:
    dat(tmp_path)
    write(tmp_path / "ratings.dat", "1::0078748::9::1362062307", "1::0078748::11::1362062307", "1::x::9::1", "1::2")
    report = workspace.bring("movietweetings", tmp_path)
    assert (report.events_added, report.rejected) == (1, 3)
    told = " ".join(report.messages)
    for reason in ("outside 0 to 10", "not an IMDb id", "number of columns is not 4"):
        assert reason in told


def test_a_missing_film_list_is_named(workspace: Workspace, tmp_path: Path) -> None:
    dat(tmp_path)
    (tmp_path / "movies.dat").unlink()
    with pytest.raises(InputError, match=r"has ratings\.dat but no movies\.dat"):
        workspace.bring("movietweetings", tmp_path)
    with pytest.raises(InputError, match="is not MovieTweetings"):
        workspace.bring("movietweetings", tmp_path / "users.dat")


class _Server(BaseHTTPRequestHandler):
    """Serves DAT; /cut promises more than it sends, /wrong sends another text."""

    requests: list[str]

    def do_GET(self) -> None:
        type(self).requests.append(self.path)
        _, mode, name = self.path.split("/")
        if name not in DAT or mode == "gone":
            self.send_error(404)
            return
        body = (DAT[name] if mode != "wrong" else DAT[name].replace("9", "8")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + (100 if mode == "cut" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    small = {name: Fingerprint(len(text), ((3, text[3:20]),)) for name, text in DAT.items()}
    monkeypatch.setattr(movietweetings, "FINGERPRINTS", small)
    _Server.requests = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


def test_without_a_path_the_snapshot_is_downloaded_once(workspace: Workspace, server: str) -> None:
    source = MovieTweetings(f"{server}/good")
    stores = (workspace.catalog, workspace.events, workspace.state)
    assert run_import(source, None, *stores, workspace=workspace.home).events_added == 2
    assert run_import(source, None, *stores, workspace=workspace.home).events_duplicates == 2
    assert sorted(_Server.requests) == ["/good/movies.dat", "/good/ratings.dat"]
    # A file that was damaged since is fetched again.
    (workspace.home / "downloads" / "movietweetings" / "ratings.dat").write_text("1::2::3\n")
    run_import(source, None, *stores, workspace=workspace.home)
    assert len(_Server.requests) == 3


@pytest.mark.parametrize(
    ("mode", "message"),
    [
        ("gone", "answered 404 Not Found"),
        ("wrong", "is not the expected file: .* 1 of 1 known passages differ"),
        ("cut", "could not be downloaded"),
    ],
)
def test_a_failed_download_leaves_nothing(workspace: Workspace, server: str, mode: str, message: str) -> None:
    source = MovieTweetings(f"{server}/{mode}")
    with pytest.raises(InputError, match=message):
        run_import(source, None, workspace.catalog, workspace.events, workspace.state, workspace=workspace.home)
    folder = workspace.home / "downloads"
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert (workspace.catalog.count(), workspace.events.count()) == (0, 0)


def test_no_connection_is_one_clear_error(workspace: Workspace) -> None:
    source = MovieTweetings("http://127.0.0.1:9")
    with pytest.raises(InputError, match=r"could not be downloaded: .*by hand"):
        run_import(source, None, workspace.catalog, workspace.events, workspace.state, workspace=workspace.home)


def test_the_fingerprints_lie_within_their_files() -> None:
    for fingerprint in FINGERPRINTS.values():
        assert max(place + len(passage) for place, passage in fingerprint.passages) == fingerprint.characters
