from __future__ import annotations

import string

import pytest

from ui.web import texts


def words_of(language: str) -> dict[str, str]:
    return texts._words(language)


def named(key: str) -> str:
    return key.removesuffix("_one").removesuffix("_many")


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("language", texts.LANGUAGES[1:])
def test_no_language_lacks_words(language: str) -> None:
    """Chinese needs no form for one, so forms of number count as one entry."""
    assert {named(key) for key in words_of(language)} == {named(key) for key in words_of(texts.LANGUAGES[0])}


@pytest.mark.parametrize("language", texts.LANGUAGES[1:])
def test_translations_use_the_same_values(language: str) -> None:
    for key, words in words_of(language).items():
        original = words_of("en").get(key) or words_of("en")[f"{named(key)}_many"]
        assert placeholders(words) == placeholders(original), key
        assert words.strip(), key


@pytest.mark.parametrize(
    ("wish", "language"), [("zh-Hans-CN", "zh"), ("en-GB", "en"), ("zh_TW", "zh"), ("fr", "en"), (None, "en")]
)
def test_the_nearest_language_is_taken(wish: str | None, language: str) -> None:
    assert texts.language_of(wish) == language


def test_unknown_words_are_an_error() -> None:
    with pytest.raises(KeyError):
        texts.text("en", "page.no_such_words", n=1)
