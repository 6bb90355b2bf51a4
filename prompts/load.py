"""Prompt templates: the Markdown files of this folder, with ``{{name}}`` where a variable goes."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class PromptError(LookupError):
    """A template or variable that does not exist: a bug of the caller, so it stays outside of DriftlineError."""


def load(name: str, /, **variables: object) -> str:
    """The template ``prompts/<name>.md`` with every variable filled in.

    Values are inserted as they are: braces in them are text, not variables. A comment ``<!-- ... -->`` at the top of
    a template is for its editors and left out.

    Raises:
        PromptError: there is no such template, or its variables and the given ones are not the same.
    """
    text = _template(name)
    wanted = set(_VARIABLE.findall(text))
    missing = sorted(wanted - variables.keys())
    unused = sorted(variables.keys() - wanted)
    if missing:
        raise PromptError(f"Prompt {name!r} needs {', '.join(missing)}.")
    if unused:
        raise PromptError(f"Prompt {name!r} has no place for {', '.join(unused)}.")
    return _VARIABLE.sub(lambda found: str(variables[found[1]]), text)


def names() -> list[str]:
    """Names of all templates."""
    return sorted(file.name[:-3] for file in resources.files("prompts").iterdir() if file.name.endswith(".md"))


@cache
def _template(name: str) -> str:
    file = resources.files("prompts") / f"{name}.md"
    if name not in names():
        raise PromptError(f"There is no prompt {name!r}. There are: {', '.join(names()) or 'none'}.")
    text = file.read_text(encoding="utf-8")
    return re.sub(r"\A<!--.*?-->\s*", "", text, flags=re.DOTALL).strip()
