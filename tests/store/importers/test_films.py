"""The film catalogue: facets and figures as the source has them, nothing invented."""

from __future__ import annotations

from importlib import util
from pathlib import Path

import pytest

from core.errors import InputError
from core.types import Item
from store.importers import films
from store.importers.films import Words, own_words, worded
from tests.store.importers.conftest import FILMS, Workspace, films_db, write


def test_a_film_carries_its_people_figures_and_address(with_films: Workspace) -> None:
    alien = with_films.catalog.get("tt0078748")
    assert alien is not None
    assert (alien.title, alien.url) == ("Alien", "https://www.imdb.com/title/tt0078748/")
    assert {facet: names for facet, names in alien.facets.items() if facet != "theme"} == {
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


def test_a_film_we_wrote_about_carries_our_words(with_films: Workspace) -> None:
    alien = with_films.catalog.get("tt0078748")
    assert alien is not None
    assert (alien.text, alien.facets["theme"]) == own_words()["tt0078748"]
    assert len(alien.text.split()) > 10


def test_a_film_without_words_of_ours_has_no_text_and_no_themes(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "own_words", lambda: {"tt0116282": Words("Snow and a ransom.", ("small town",))})
    workspace.bring("films", films_db(tmp_path / "movies.db"))
    fargo, alien = workspace.catalog.get("tt0116282"), workspace.catalog.get("tt0078748")
    assert fargo is not None
    assert alien is not None
    assert (fargo.text, fargo.facets["theme"]) == ("Snow and a ransom.", ("small town",))
    assert (alien.text, "theme" in alien.facets) == ("", False)


def test_a_workspace_imported_before_gets_the_words_by_importing_again(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(films, "own_words", dict)
        workspace.bring("films", films_db(tmp_path / "movies.db"))
    described = [film[0] for film in FILMS if film[0] in own_words()]
    report = workspace.bring("films", tmp_path / "movies.db")
    assert (report.items_updated, report.items_unchanged) == (len(described), len(FILMS) - len(described))
    assert described
    assert all(item.text for item in workspace.catalog.get_many(described).values())


def test_words_replace_those_that_a_film_had() -> None:
    film = worded(Item(id="a", title="A"), Words("Old.", ("sea",)))
    assert worded(film, Words("New.", ())) == Item(id="a", title="A", text="New.")
    assert worded(film, None) == film


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
