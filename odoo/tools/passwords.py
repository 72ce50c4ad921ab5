"""Hashes of passwords and keys: the one place that knows the library behind them."""

import logging
from functools import cache
from importlib.util import find_spec

from passlib.context import CryptContext

__all__ = ["KNOWN_PASSWORDS", "SCHEMES", "password_hashing"]

_logger = logging.getLogger(__name__)

#: schemes that new hashes may have; argon2 needs the extra of that name
SCHEMES = ("pbkdf2_sha512", "argon2")
#: what users are made with: each is the login, too
KNOWN_PASSWORDS = ("admin", "demo", "portal")
#: what is stored as it is, in databases that were never hashed
_PLAIN = "plaintext"


@cache
def password_hashing(scheme: str = "pbkdf2_sha512", rounds: int | None = None, *, plain: bool = True) -> CryptContext:
    """Return what hashes and verifies: ``hash(secret)``, ``verify(secret, hash)``, ``verify_and_update(secret, hash)``.

    All schemes are verified; ``verify_and_update`` gives a new hash for those of another scheme or of fewer rounds.

    :param scheme: how new hashes are made, one of :data:`SCHEMES`
    :param rounds: of pbkdf2, by default those of the library
    :param plain: whether a text that is no hash is taken for the secret itself
    :raise ValueError: there is no such scheme
    """
    if scheme not in SCHEMES:
        raise ValueError(f"Unknown scheme of password hashes {scheme!r}: choose one of {', '.join(SCHEMES)}")
    available = [name for name in SCHEMES if name != "argon2" or find_spec("argon2")]
    if scheme not in available:
        _logger.warning("The package argon2-cffi is not installed: passwords are hashed with %s", available[0])
        scheme = available[0]
    schemes = [scheme, *(name for name in available if name != scheme), *([_PLAIN] if plain else ())]
    options = {"pbkdf2_sha512__rounds": rounds} if rounds else {}
    return CryptContext(schemes, deprecated=["auto"], **options)
