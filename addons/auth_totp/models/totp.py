"""Codes that an app and the server make from a secret and the time (RFC 6238)."""

import base64
import time

import pyotp

__all__ = ["ALGORITHM", "DIGITS", "TIMESTEP", "TOTP", "TOTP_SECRET_SIZE", "hotp"]

#: bits of a secret
TOTP_SECRET_SIZE = 160
#: what apps take for granted
ALGORITHM = "sha1"
DIGITS = 6
#: seconds for which a code counts
TIMESTEP = 30


def _codes(secret: bytes) -> pyotp.HOTP:
    return pyotp.HOTP(base64.b32encode(secret).decode(), digits=DIGITS)


def hotp(secret: bytes, counter: int) -> int:
    """Return the code that a secret makes for a number."""
    return int(_codes(secret).at(counter))


class TOTP:
    """The codes of a secret.

    :param key: the secret
    """

    def __init__(self, key: bytes) -> None:
        self._codes = _codes(key)

    def match(self, code: int, t: float | None = None, window: int = TIMESTEP, timestep: int = TIMESTEP) -> int | None:
        """Return the number of the time step that a code is of, ``None`` when it is of none near by.

        :param code: the digits as a number
        :param t: seconds since 1970, by default the present
        :param window: seconds that the clock of the app may differ by
        :param timestep: seconds for which a code counts
        """
        moment = time.time() if t is None else t
        text = f"{code:0{DIGITS}d}"
        first, last = (max(0, int((moment + shift) / timestep)) for shift in (-window, window))
        # all of them are compared, so that the time tells nothing
        found = [counter for counter in range(first, last + 1) if self._codes.verify(text, counter)]
        return found[0] if found else None
