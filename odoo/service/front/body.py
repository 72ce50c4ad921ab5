"""The body of a request while it comes: in memory as long as it is small, then in a file."""

import contextlib
import io
import tempfile
import threading

#: bytes of a body that are kept in memory
MEMORY_SIZE = 1024 * 1024
#: bytes of all bodies of a process that are kept in memory, and in files
TOTAL_MEMORY_SIZE = 64 * 1024 * 1024
TOTAL_FILE_SIZE = 4 * 1024 * 1024 * 1024
#: bytes of the longest body that is waited for before a thread gets the request
WAITING_SIZE = 128 * 1024 * 1024


class StorageExceeded(Exception):
    """There is no room for another body."""


class Room:
    """How much all bodies of a process take."""

    def __init__(self):
        self.memory = 0
        self.files = 0


class Body:
    """A body that comes bit by bit; belongs to the loop until it is complete.

    :param room: the :class:`Room` that it shares
    """

    __slots__ = ("_file", "_parts", "_room", "size")

    def __init__(self, room):
        self._room = room
        self._parts = []
        self._file = None
        #: bytes that have come
        self.size = 0

    def append(self, data):
        """Keep what has come.

        :raise StorageExceeded: there is no room for it
        :raise OSError: the disk is full
        """
        size = self.size + len(data)
        if self._file is None and (size > MEMORY_SIZE or self._room.memory + len(data) > TOTAL_MEMORY_SIZE):
            self._move_to_file()
        if self._file is None:
            self._parts.append(data)
            self._room.memory += len(data)
        else:
            if self._room.files + len(data) > TOTAL_FILE_SIZE:
                raise StorageExceeded(f"Bodies of requests take more than {TOTAL_FILE_SIZE} bytes")
            self._file.write(data)
            self._room.files += len(data)
        self.size = size

    def _move_to_file(self):
        file = tempfile.TemporaryFile(prefix="odoo-body-")  # noqa: SIM115  # closed with the body
        try:
            file.write(b"".join(self._parts))
        except OSError:
            _close(file)
            raise
        self._file = file
        self._room.memory -= self.size
        self._room.files += self.size
        self._parts = []

    def open(self):
        """Return the complete body as a file to read."""
        if self._file is None:
            return io.BytesIO(b"".join(self._parts))
        self._file.seek(0)
        return self._file

    def close(self):
        """Give its room back."""
        if self._file is None:
            self._room.memory -= self.size
            self._parts = []
        else:
            self._room.files -= self.size
            _close(self._file)
        self.size = 0


def _close(file):
    # a full disk does not take what was not written yet either, but the file is closed all the same
    with contextlib.suppress(OSError):
        file.close()


class ComingBody(io.RawIOBase):
    """A body that a thread reads while it comes, because it is very long.

    The loop appends and ends it, under deadlines; whoever reads waits for that.

    :param file: what has come so far
    :param want: called, in the thread, when more is wanted than has come
    """

    #: bytes that may have come and not been read
    AHEAD = 1024 * 1024

    def __init__(self, file, want):
        super().__init__()
        self._begin = io.BufferedReader(file) if isinstance(file, io.RawIOBase) else file
        self._want = want
        self._parts = []
        self._ahead = 0
        self._over = False
        self._error = None
        self._changed = threading.Condition()

    def append(self, data):
        """Add what has come, and tell whether there is enough for now."""
        with self._changed:
            self._parts.append(data)
            self._ahead += len(data)
            self._changed.notify()
            return self._ahead >= self.AHEAD

    def end(self, error=None):
        """Note that all has come, or that nothing more will.

        :param error: exception for whoever reads on
        """
        with self._changed:
            self._over, self._error = True, error
            self._changed.notify()

    def readable(self):
        """Tell that this can be read."""
        return True

    def readinto(self, buffer):
        """Fill a part of a buffer, and wait for data when there are none."""
        if self._begin is not None:
            if size := self._begin.readinto(buffer):
                return size
            self._begin = None
        with self._changed:
            if not self._parts and not self._over:
                self._want()
            while not self._parts and not self._over:
                self._changed.wait()
            if not self._parts:
                if self._error is not None:
                    raise self._error
                return 0
            part = self._parts[0]
            size = min(len(part), len(buffer))
            buffer[:size] = part[:size]
            self._ahead -= size
            if size < len(part):
                self._parts[0] = part[size:]
            else:
                del self._parts[0]
            return size
