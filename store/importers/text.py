"""Lines and cells of text files: plain, gzipped or inside a zip archive; every whole-file fault is one InputError."""

from __future__ import annotations

import csv
import gzip
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from core.errors import InputError

_LONGEST_LINE = 1 << 20
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Row:
    """One row of a table; ``fault`` says why its cells cannot be trusted."""

    line: int
    done: float
    raw: str
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True)
class TextFile:
    """A text file; ``member`` names a file inside a zip archive. Gzip is recognised by its content."""

    path: Path
    member: str | None = None
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """Name for messages."""
        return self.path.name if self.member is None else Path(self.member).name

    def lines(self) -> Iterator[tuple[float, str]]:
        """(fraction of the file read, line with its end) pairs, one line in memory at a time.

        Raises:
            InputError: the file is missing, a directory, empty, cut, binary or in another encoding.
        """
        try:
            with ExitStack() as stack:
                stream, raw, size = self._open(stack)
                number = 0
                while line := stream.readline(_LONGEST_LINE):
                    number += 1
                    yield raw.tell() / size, self._decode(line, number)
                if number == 0:
                    raise InputError(f"{self.path} is empty.", "Give a file with a header and rows.")
        except FileNotFoundError as error:
            raise InputError(f"There is no file {self.path}.", "Check the path.") from error
        except IsADirectoryError as error:
            raise InputError(f"{self.path} is a directory.", "Give the file itself.") from error
        except (EOFError, zlib.error) as error:
            raise InputError(f"{self.path} ends too early or is damaged: {error}.", "Fetch it again.") from error
        except (gzip.BadGzipFile, zipfile.BadZipFile) as error:
            raise InputError(f"{self.path} is not a sound archive: {error}.", "Fetch it again.") from error
        except KeyError as error:
            raise InputError(
                f"{self.path} has no {self.member} in it.", "Check that it is the right archive."
            ) from error
        except OSError as error:
            raise InputError(
                f"{self.path} cannot be read: {error.strerror or error}.", "Check its permissions."
            ) from error

    def _open(self, stack: ExitStack) -> tuple[IO[bytes], IO[bytes], int]:
        if self.member is not None:
            archive = stack.enter_context(zipfile.ZipFile(self.path))
            inner = stack.enter_context(archive.open(self.member))
            return inner, inner, max(archive.getinfo(self.member).file_size, 1)
        raw = stack.enter_context(self.path.open("rb"))
        magic = raw.read(3)
        size = max(os.fstat(raw.fileno()).st_size, 1)
        if magic[:2] in _UTF16_BOMS and not self.encoding.lower().startswith("utf-16"):
            raise InputError(
                f"{self.path} is encoded in UTF-16, not {self.encoding}.",
                f"Convert it: iconv -f utf-16 -t utf-8 {self.path.name}.",
            )
        raw.seek(0)
        if magic[:2] == b"\x1f\x8b":
            inflated = cast(IO[bytes], gzip.GzipFile(fileobj=raw))
            return stack.enter_context(inflated), raw, size
        if magic and self.path.suffix == ".gz":
            raise InputError(f"{self.path} is named .gz but is not compressed with gzip.", "Rename or fetch it again.")
        if magic == _UTF8_BOM:
            raw.seek(3)
        return raw, raw, size

    def _decode(self, line: bytes, number: int) -> str:
        if len(line) == _LONGEST_LINE:
            raise InputError(f"{self.path}, line {number} is longer than a megabyte.", "Is it a text file?")
        if b"\0" in line:
            raise InputError(f"{self.path}, line {number} holds binary data.", "Give a text file in UTF-8.")
        if number == 1 and line.startswith(_UTF8_BOM):
            line = line[3:]
        try:
            return line.decode(self.encoding)
        except UnicodeDecodeError as error:
            raise InputError(
                f"{self.path}, line {number} is not {self.encoding}: byte 0x{line[error.start]:02x}.",
                f'Convert it (iconv -f latin1 -t utf-8 {self.path.name}) or set encoding = "latin-1" in the mapping.',
            ) from error


class Cells:
    """Rows of a delimited file whose first line names the columns.

    Args:
        delimiter: empty to take the one of comma, tab, semicolon and bar that the header has most of.
    """

    def __init__(self, file: TextFile, delimiter: str = "") -> None:
        self.file = file
        _, header = next(file.lines())
        self.delimiter = delimiter or max(",\t;|", key=header.count)
        self.columns = [name.strip() for name in next(csv.reader([header], delimiter=self.delimiter), [])]
        for name in self.columns:
            if self.columns.count(name) > 1:
                raise InputError(f"{file.path} has two columns called {name!r}.", "Rename one of them.")

    def positions(self, *names: str) -> list[int]:
        """Where columns stand.

        Raises:
            InputError: a column is missing.
        """
        for name in names:
            if name not in self.columns:
                raise InputError(
                    f"{self.file.path} has no column {name!r}; it has {', '.join(map(repr, self.columns))}.",
                    "Check the file and its header.",
                )
        return [self.columns.index(name) for name in names]

    def __iter__(self) -> Iterator[Row]:
        """Every row after the header; blank lines are passed over."""
        taken: list[str] = []
        place = [0.0]

        def feed() -> Iterator[str]:
            for done, line in self.file.lines():
                place[0] = done
                taken.append(line)
                yield line

        # Quotes are plain characters in tab-separated files; the field's limit is that of a line.
        quoted = self.delimiter != "\t"
        reader = csv.reader(feed(), delimiter=self.delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
        width = len(self.columns)
        first, empty = True, True
        while True:
            line = reader.line_num + 1
            taken.clear()
            fault = ""
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                cells, fault = [], f"not valid CSV: {error}"
            if first:
                first = False
                continue
            if not cells and not fault:
                continue
            if len(cells) != width and not fault:
                fault = f"the number of columns is not the header's {width}"
            empty = False
            yield Row(line, place[0], "".join(taken).rstrip("\r\n"), cells, fault)
        if empty:
            raise InputError(f"{self.file.path} has columns but no rows.", "Give a file with rows.")


@dataclass(frozen=True)
class Separated:
    """Rows of a headerless file whose cells stand between a fixed separator, as in ``u.item`` and ``ratings.dat``."""

    file: TextFile
    separator: str
    width: int

    def __iter__(self) -> Iterator[Row]:
        """Every row; blank lines are passed over."""
        for number, (done, line) in enumerate(self.file.lines(), start=1):
            raw = line.rstrip("\r\n")
            if raw:
                cells = raw.split(self.separator)
                fault = "" if len(cells) == self.width else f"the number of columns is not {self.width}"
                yield Row(number, done, raw, cells, fault)


Table = Cells | Separated
