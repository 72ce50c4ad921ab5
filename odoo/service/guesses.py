"""Wrong passwords, counted for all processes of the server together."""

import fcntl
import json
import math
import os
import time

#: wrong guesses of an address that cost nothing
FREE = 10
#: longest time, in seconds, that an address has to wait after another one
LONGEST_PAUSE = 300
#: seconds after which guesses are forgotten
MEMORY = 3600
#: addresses that are remembered, those that guessed last
ADDRESSES = 1000


class Guesses:
    """Guesses by address, kept in a file; after some wrong ones each further one takes longer.

    :param str path: the file; made when missing
    """

    def __init__(self, path):
        self._path = path

    def begin(self, address):
        """Count a guess, which is wrong until :meth:`forget` is called.

        :param str address: who guesses
        :return: 0, or seconds to wait before the guess may be made, which then is not counted
        """
        now = time.time()
        with _LockedTable(self._path) as table:
            count, last = table.get(address, (0, now))
            pause = min(2 ** min(count - FREE, 30), LONGEST_PAUSE) if count >= FREE else 0
            wait = last + pause - now
            if 0 < wait <= pause:
                return math.ceil(wait)
            table[address] = count + 1, now
            known = sorted(table.items(), key=lambda item: item[1][1], reverse=True)
            table.clear()
            table.update((name, guess) for name, guess in known[:ADDRESSES] if now - guess[1] < MEMORY)
        return 0

    def forget(self, address):
        """Forget the guesses of an address: the last one was right.

        :param str address: who guessed
        """
        with _LockedTable(self._path) as table:
            table.pop(address, None)


class _LockedTable:
    """A dict kept in a file, as a context manager that keeps other processes out."""

    def __init__(self, path):
        self._path = path

    def __enter__(self):
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            self._table = json.load(self._file)
        except ValueError:  # new, or cut off by a full disk
            self._table = {}
        return self._table

    def __exit__(self, exc_type, exc_value, traceback):
        with self._file as file:
            file.seek(0)
            file.truncate()
            json.dump(self._table, file)
