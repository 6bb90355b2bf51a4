from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from prompts import load as module
from prompts.load import PromptError, load, names


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    module._template.cache_clear()
    yield tmp_path
    module._template.cache_clear()


def test_variables_are_filled_in_and_json_is_left_alone(templates: Path) -> None:
    (templates / "greet.md").write_text('<!-- For editors. -->\nHello {{name}}, {{ count }} films: {"a": {}}\n')
    assert load("greet", name="Ana", count=3) == 'Hello Ana, 3 films: {"a": {}}'


def test_a_value_is_never_a_template(templates: Path) -> None:
    (templates / "greet.md").write_text("{{text}} {{name}}")
    assert load("greet", text="{{name}} \\1", name="Ana") == "{{name}} \\1 Ana"


def test_missing_and_unused_variables_are_named(templates: Path) -> None:
    (templates / "greet.md").write_text("{{name}} {{place}}")
    with pytest.raises(PromptError, match="'greet' needs name, place"):
        load("greet")
    with pytest.raises(PromptError, match="'greet' has no place for colour"):
        load("greet", name="Ana", place="Bergen", colour="red")


@pytest.mark.parametrize("name", ["absent", "../secret", "greet.md"])
def test_an_unknown_template_is_named_with_those_there_are(templates: Path, name: str) -> None:
    (templates / "greet.md").write_text("hi")
    with pytest.raises(PromptError, match=r"no prompt .*There are: greet\.") as caught:
        load(name)
    assert name in str(caught.value)


def test_every_template_is_packaged_and_readable() -> None:
    for name in names():
        text = (resources.files("prompts") / f"{name}.md").read_text(encoding="utf-8")
        variables = dict.fromkeys(module._VARIABLE.findall(text), "value")
        assert "{{" not in load(name, **variables)
