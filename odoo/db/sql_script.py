"""Running the SQL script of a dump: without psql, which obeys commands that a script holds for it."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Self

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from .extensions import ACCENT_FUNCTION

#: last line but blank ones of every script of pg_dump and pg_restore
END_MARK = b"-- PostgreSQL database dump complete"
#: bytes of statements that are sent at once where the script does not separate them by comments
_CHUNK_SIZE = 2**20
_COPY_RE = re.compile(rb"COPY\s.*\sFROM\s+stdin\b.*;\s*$", re.IGNORECASE)
#: commands of psql that stand in the scripts of newer versions and do nothing here
_HARMLESS_COMMAND_RE = re.compile(rb"\\(un)?restrict\s+\w+\s*$")
#: what only the owner may describe, which is not the one who restores
_FOREIGN_COMMENT_RE = re.compile(rb"COMMENT ON (EXTENSION|SCHEMA) .*;\s*$")

#: what a database has before a dump is restored into it, which is this server's own
_OWN_FUNCTION_RE = re.compile(
    rb"\A\s*CREATE FUNCTION public\.%s\(text\) RETURNS text\s[^;]*;" % ACCENT_FUNCTION.encode()
)

# text in quotes and comments: what opens it, and what counts inside
_OPENING_RE = re.compile(
    rb"""--|/\*|(?<![\w\x80-\xff$])[eE]'|'|"|(?<![\w\x80-\xff$])\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$"""
)
_INSIDE = {
    b"/*": re.compile(rb"/\*|\*/"),
    b"e'": re.compile(rb"\\.|''|'", re.DOTALL),
    b"'": re.compile(rb"''|'"),
    b'"': re.compile(rb'""|"'),
}


def run_script(connection: psycopg2.extensions.connection, lines: Iterable[bytes]) -> None:
    """Run a script of pg_dump.

    :param connection: psycopg2 connection that commits each statement
    :param lines: the lines of the script, as bytes
    :raise RuntimeError: a statement fails, the script holds a command for psql, or its end is missing
    """
    lines = _NumberedLines(lines)
    try:
        with connection.cursor() as cursor:
            complete = _run_lines(_Statements(cursor), lines)
    except (psycopg2.Error, _Refused) as error:
        raise RuntimeError(f"Line {lines.number} of the dump's SQL, or one before it: {str(error).strip()}") from error
    if not complete or connection.info.transaction_status != TRANSACTION_STATUS_IDLE:
        raise RuntimeError(f"The dump's SQL is cut off after line {lines.number}: it lacks the mark at its end")


class _Refused(Exception):
    """The script holds what is not run."""


class _NumberedLines:
    """An iterator that counts."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        line = next(self._lines)
        self.number += 1
        return line


def _run_lines(statements, lines):
    """Run the lines of a script and return whether its end came."""
    quotes, complete = _Quotes(), False
    for line in lines:
        if not quotes.open:
            if line.startswith(b"\\"):
                if not _HARMLESS_COMMAND_RE.match(line):
                    raise _Refused(f"commands for psql are not run: {line[:60].decode(errors='replace').strip()}")
                continue
            if statements.ended:
                if line.startswith(b"--"):
                    statements.send()
                    complete = complete or line.startswith(END_MARK)
                    continue
                if _COPY_RE.match(line):
                    statements.send()
                    statements.copy(line, lines)
                    continue
                if _FOREIGN_COMMENT_RE.match(line):
                    continue
        quotes.feed(line)
        statements.add(line, not quotes.open)
    statements.send()
    return complete


class _Quotes:
    """Follows quotes and comments from line to line; ``open`` while a line begins inside one."""

    def __init__(self) -> None:
        self._inside: re.Pattern[bytes] | None = None
        self._depth = 0

    @property
    def open(self) -> bool:
        """Whether the text so far ends in quotes or in a comment."""
        return self._inside is not None

    def feed(self, line: bytes) -> None:
        """Take the next line."""
        position = 0
        while found := (self._inside or _OPENING_RE).search(line, position):
            token, position = found[0], found.end()
            if self._inside is None:
                if token == b"--":
                    return
                self._inside = _INSIDE.get(token.lower()) or re.compile(re.escape(token))
                self._depth = 1
            elif token == b"/*":
                self._depth += 1
            elif token not in (b"''", b'""') and not token.startswith(b"\\"):
                self._depth -= 1
                if not self._depth:
                    self._inside = None


class _Statements:
    """Statements on their way to the server."""

    def __init__(self, cursor: psycopg2.extensions.cursor) -> None:
        self._cursor = cursor
        self._lines: list[bytes] = []
        self._size = 0
        #: whether the next line begins a statement
        self.ended = True

    def add(self, line: bytes, outside: bool) -> None:
        """Take a line.

        :param bool outside: it ends outside of quotes
        """
        self._lines.append(line)
        self._size += len(line)
        if line.strip() or not outside:
            self.ended = outside and line.rstrip().endswith(b";")
        if self.ended and self._size > _CHUNK_SIZE:
            self.send()

    def send(self) -> None:
        """Run what was taken."""
        text = b"".join(self._lines)
        self._lines.clear()
        self._size = 0
        text = _OWN_FUNCTION_RE.sub(b"", text)
        if text.strip():
            self._cursor.execute(text)

    def copy(self, statement: bytes, lines: Iterator[bytes]) -> None:
        """Run a COPY whose data follow in the script."""
        self._cursor.copy_expert(statement, _CopyData(lines))  # type: ignore[arg-type]  # rows come by read() alone


class _CopyData:
    """The data of a COPY as a file: the lines up to the one that ends them."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return some whole lines, nothing at the end."""
        parts = []
        while size > 0 and not self._ended:
            line = b"".join(islice(self._lines, 1))
            if not line:
                raise EOFError("the script is cut off")
            self._ended = line.rstrip(b"\r\n") == b"\\."
            if not self._ended:
                parts.append(line)
                size -= len(line)
        return b"".join(parts)
