"""Hashes of passwords: which ones are made, which ones are understood, and when a new one is due."""

from base64 import b64encode
from hashlib import pbkdf2_hmac

import pytest

from odoo.tools.passwords import password_hashing

SALT = bytes(range(16))


def stored_by_18(secret, rounds):
    """A hash in the form in which the 18.0 line stores it, worked out by the standard library."""
    checksum = pbkdf2_hmac("sha512", secret.encode(), SALT, rounds)
    salt, checksum = (b64encode(raw).decode().rstrip("=").replace("+", ".") for raw in (SALT, checksum))
    return f"$pbkdf2-sha512${rounds}${salt}${checksum}"


@pytest.mark.parametrize("scheme, start", [("pbkdf2_sha512", "$pbkdf2-sha512$1000$"), ("argon2", "$argon2id$")])
def test_a_hash_says_its_scheme(scheme, start):
    hashing = password_hashing(scheme, 1000)
    stored = hashing.hash("secret")
    assert stored.startswith(start) and "secret" not in stored
    assert hashing.verify("secret", stored) and not hashing.verify("Secret", stored)


def test_hashes_of_18_are_verified_and_stay():
    assert password_hashing(rounds=1000).verify_and_update("secret", stored_by_18("secret", 1000)) == (True, None)


@pytest.mark.parametrize("scheme", ["pbkdf2_sha512", "argon2"])
@pytest.mark.parametrize("stored", [stored_by_18("secret", 900), "secret"])
def test_weaker_ones_are_verified_and_replaced(scheme, stored):
    hashing = password_hashing(scheme, 1000)
    right, stronger = hashing.verify_and_update("secret", stored)
    assert right and hashing.verify("secret", stronger) and hashing.verify_and_update("secret", stronger)[1] is None
    assert hashing.verify_and_update("wrong", stored) == (False, None)


def test_a_key_is_never_its_own_hash():
    with pytest.raises(ValueError):
        password_hashing(plain=False).verify("key", "key")


def test_an_unknown_scheme_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"md5.*pbkdf2_sha512, argon2"):
        password_hashing("md5")
