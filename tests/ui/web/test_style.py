"""Contrast of the page's colours (WCAG 2.2, success criteria 1.4.3 and 1.4.11), computed from the style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ui.web

CSS = (Path(ui.web.__file__).parent / "page.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "bg"), ("ink", "surface"), ("muted", "bg"), ("muted", "surface"), ("accent", "bg"), ("accent", "surface"),
    ("on-accent", "accent"), ("on-soft", "accent-soft"), ("danger", "surface"), ("danger", "bg"),
    ("danger", "danger-soft"),
]  # fmt: skip
GRAPHICS = [(f"t{index}", "surface") for index in range(7)]


def colours(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(selector) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


THEMES = {
    "light": colours(":root {"),
    "dark": colours(':root[data-theme="dark"]'),
    "system dark": colours(":root:not([data-theme])"),
}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), GRAPHICS)
def test_chart_colours_stand_out(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 3


def test_the_system_s_dark_is_the_chosen_dark() -> None:
    assert THEMES["dark"] == THEMES["system dark"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    script = (Path(ui.web.__file__).parent / "page.js").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|https?://", CSS + script)


def test_motion_can_be_refused() -> None:
    assert "prefers-reduced-motion: reduce" in CSS
