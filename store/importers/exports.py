"""The files of an export that a person drops in: unpacked, within limits, and decoded, whatever their encoding."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import IO, cast

from core.errors import InputError

LARGEST = 50 * 1024 * 1024
"""Largest file that is taken, in bytes, and largest one in an archive."""
UNPACKED = 300 * 1024 * 1024
"""Most that an archive may unpack to, in bytes: far more than any sound export of that size."""
LINES = 1_000_000
"""Most lines of a table: many times what anybody has to tell, and what still fits into memory."""
_MEMBERS = 2000
_ENDINGS = {".csv", ".tsv", ".txt", ".json"}
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class ExportFile:
    """One text file of an export; what could not be decoded in it reads U+FFFD."""

    name: str
    text: str

    @property
    def is_json(self) -> bool:
        """Whether it looks like JSON."""
        return self.text.lstrip()[:1] in {"[", "{"}

    @cached_property
    def lines(self) -> list[str]:
        """The text by line, however its lines end.

        Raises:
            InputError: there are too many.
        """
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        if text.count("\n") > LINES:
            raise InputError(
                f"{self.name} has more than {LINES:,} lines.", "Take the part with your history out of it."
            )
        return text.split("\n")


def unpack(name: str, data: bytes) -> list[ExportFile]:
    """The text files of an export: the file itself, or those in an archive.

    Raises:
        InputError: it is empty, too large, damaged, encrypted, or holds no text.
    """
    if not data:
        raise InputError(f"{name} is empty.", "Choose the file that was exported.")
    if len(data) > LARGEST:
        raise InputError(
            f"{name} has {len(data) / 2**20:.0f} MB, and files of up to {LARGEST // 2**20} MB are taken.",
            "Take the part with your history out of the archive.",
        )
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _members(name, data)
    if data[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(data)) as stream:
                data = _bounded(name, cast(IO[bytes], stream))
        except _DAMAGED as error:
            raise _unsound(name, error) from error
    return [ExportFile(name, decode(name, data))]


def _members(name: str, data: bytes) -> list[ExportFile]:
    files: list[ExportFile] = []
    left = UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MEMBERS:
                raise InputError(f"{name} holds {len(members)} files.", "Take those with your history out of it.")
            for member in members:
                path = PurePosixPath(member.filename)
                hidden = path.name.startswith(".") or "__MACOSX" in path.parts
                if member.is_dir() or hidden or path.suffix.lower() not in _ENDINGS:
                    continue
                if member.flag_bits & 1:
                    raise InputError(f"{name} is protected by a password.", "Unpack it first.")
                with archive.open(member) as stream:
                    inside = _bounded(str(path), stream)
                left -= len(inside)
                if left < 0:
                    raise _too_much(name, UNPACKED)
                if inside:
                    files.append(ExportFile(str(path), decode(str(path), inside)))
    except _DAMAGED as error:
        if isinstance(error, InputError):
            raise
        raise _unsound(name, error) from error
    if not files:
        raise InputError(f"{name} has no CSV or JSON file in it.", "Choose the archive that was exported.")
    return files


def _bounded(name: str, stream: IO[bytes]) -> bytes:
    """All of a stream; the sizes that an archive states are not believed."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _too_much(name, LARGEST)
    return data


def _too_much(name: str, limit: int) -> InputError:
    return InputError(f"{name} unpacks to more than {limit // 2**20} MB.", "Take the part with your history out of it.")


def _unsound(name: str, error: Exception) -> InputError:
    return InputError(f"{name} is not a sound archive: {error}.", "Fetch it again.")


def decode(name: str, data: bytes) -> str:
    """Text in UTF-8, UTF-16, GB 18030 or Windows-1252, with or without a mark.

    A few bad bytes in UTF-8 become U+FFFD, as do zeros, which no database takes.

    Raises:
        InputError: it is not text.
    """
    return _decoded(name, data).replace("\0", "\ufffd")


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    head = data[:4096]
    if b"\0" in head:
        # Text in UTF-16 without a mark has its zeros at every other place.
        halves = (head[1::2], head[::2])
        for encoding, (zeros, letters) in zip(("utf-16-le", "utf-16-be"), (halves, halves[::-1]), strict=True):
            if zeros.count(0) > 0.7 * len(zeros) and not letters.count(0):
                return data.decode(encoding, errors="replace")
        raise InputError(f"{name} is not a text file.", "Choose a CSV or JSON file, or the zip that was exported.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8-sig", errors="replace")
    sound = sum(ord(char) > 127 for char in mended) - mended.count("\ufffd")
    if sound > mended.count("\ufffd"):
        return mended
    try:
        return data.decode("gb18030" if _in_pairs(data) else "cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _in_pairs(data: bytes) -> bool:
    """Whether the bytes beyond ASCII come two by two, as those of Chinese do and accented letters do not."""
    runs = [len(run) for run in _HIGH.findall(data)]
    return sum(length % 2 == 0 for length in runs) > 0.8 * len(runs)
