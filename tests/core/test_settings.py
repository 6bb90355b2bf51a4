from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTLINE_HOME", str(tmp_path))


def test_everything_lives_in_the_workspace(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.sql_url == f"sqlite:///{tmp_path}/driftline.db"
    for folder in (settings.vectors_dir, settings.models_dir, settings.logs_dir):
        assert folder.parent == tmp_path


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "driftline.toml").write_text('period = "week"\ntopic_facet = "director"\n')
    monkeypatch.setenv("DRIFTLINE_PERIOD", "day")
    settings = load_settings()
    assert (settings.period, settings.topic_facet) == ("day", "director")


def test_a_wrong_value_names_the_setting_the_value_and_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTLINE_LLM_PORT", "eighty")
    with pytest.raises(SettingsError, match=r"llm_port is 'eighty'.*DRIFTLINE_LLM_PORT"):
        load_settings()


def test_an_unknown_key_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "driftline.toml").write_text("colour = 1\n")
    with pytest.raises(SettingsError, match="colour"):
        load_settings()


def test_a_malformed_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "driftline.toml").write_text("period = = 1\n")
    with pytest.raises(SettingsError, match=r"driftline\.toml cannot be read"):
        load_settings()


def test_secrets_do_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTLINE_API_TOKEN", "opensesame")
    assert "opensesame" not in repr(load_settings())


def test_a_time_zone_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRIFTLINE_TIMEZONE", "Mars/Base")
    with pytest.raises(SettingsError, match=r"timezone is 'Mars/Base'.*no such time zone.*DRIFTLINE_TIMEZONE"):
        load_settings()
    monkeypatch.setenv("DRIFTLINE_TIMEZONE", "Asia/Tokyo")
    assert load_settings().timezone == "Asia/Tokyo"


def test_a_copy_with_another_home_has_its_own_database(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "one")
    assert settings.sql_url.endswith("one/driftline.db")
    assert settings.model_copy(update={"home": tmp_path / "two"}).sql_url.endswith("two/driftline.db")
