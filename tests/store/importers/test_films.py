"""The film catalogue: facets and figures as the source has them, nothing invented."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import pytest

from core.errors import InputError
from tests.store.importers.conftest import FILMS, Workspace, films_db, write


def test_a_film_carries_its_people_figures_and_address(with_films: Workspace) -> None:
    alien = with_films.catalog.get("tt0078748")
    assert alien is not None
    assert (alien.title, alien.text, alien.url) == ("Alien", "", "https://www.imdb.com/title/tt0078748/")
    assert alien.facets == {
        "genre": ("Sci-Fi", "Horror"),
        "director": ("Ridley Scott",),
        "writer": ("Dan O'Bannon", "Ronald Shusett"),
        "actor": ("Ian Holm", "Sigourney Weaver"),
        "language": ("English",),
        "country": ("United Kingdom", "United States"),
        "certificate": ("R",),
    }
    assert alien.numbers == {
        "year": 1979,
        "runtime": 117,
        "tomatometer": 97,
        "metascore": 89,
        "reviews": 120,
        "oscars": 1,
        "oscar_nominations": 2,
        "box_office": 203630630,
    }


def test_what_is_unknown_is_absent(with_films: Workspace) -> None:
    fargo = with_films.catalog.get("tt0116282")
    assert fargo is not None
    assert "writer" not in fargo.facets
    assert set(fargo.numbers) == {"year", "runtime", "tomatometer", "reviews"}


def test_slips_of_unit_are_not_figures(with_films: Workspace) -> None:
    godfather, postino = with_films.catalog.get("tt0068646"), with_films.catalog.get("tt0110877")
    assert godfather is not None
    assert postino is not None
    assert "box_office" not in godfather.numbers
    assert "runtime" not in postino.numbers


def test_names_and_articles_are_tidy(with_films: Workspace) -> None:
    godfather = with_films.catalog.get("tt0068646")
    assert godfather is not None
    assert godfather.aliases == ("Godfather, The",)
    assert godfather.facets["actor"] == ("Al Pacino", "Ed Begley Jr.", "Marlon Brando")
    assert godfather.facets["language"] == ("Greek",)
    assert godfather.facets["country"] == ("China",)


def test_a_repeated_id_is_reported_and_the_first_kept(workspace: Workspace, tmp_path: Path) -> None:
    twice = (*FILMS, ("tt0078748", "Alien: Another Cut", 2003, *FILMS[0][3:]))
    report = workspace.bring("films", films_db(tmp_path / "movies.db", twice))
    assert (report.items_added, report.rejected) == (len(FILMS), 1)
    assert report.messages == (
        "1 row of movies.db left out: the id repeats an earlier row's, which is kept "
        "(first at line 7: tt0078748, Alien: Another Cut, 2003).",
    )
    kept = workspace.catalog.get("tt0078748")
    assert kept is not None
    assert kept.title == "Alien"


def test_importing_twice_changes_nothing(with_films: Workspace, tmp_path: Path) -> None:
    version = with_films.catalog.version()
    report = with_films.bring("films", tmp_path / "movies.db")
    assert (report.items_added, report.items_updated, report.items_unchanged) == (0, 0, len(FILMS))
    assert with_films.catalog.version() == version


def test_a_missing_package_names_the_extra(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'driftline\[demo\]'"):
        workspace.bring("films")


@pytest.mark.parametrize("content", [b"not a database at all", b""])
def test_another_file_is_refused(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    with pytest.raises(InputError, match="is not the film database"):
        workspace.bring("films", other)


def test_a_missing_file_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file .*gone\.db"):
        workspace.bring("films", tmp_path / "gone.db")


def test_a_mapping_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="takes no mapping"):
        workspace.bring("films", mapping=write(tmp_path / "map.toml", "source = 'x'"))
