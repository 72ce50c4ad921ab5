"""Tokens of forms: bound to their session, good for their time, worthless when touched."""

import pytest

from odoo.http.csrf import check_token, make_token


def test_token_is_good_for_its_session():
    token = make_token("secret", "session-1")
    assert check_token("secret", "session-1", token)
    assert not check_token("secret", "session-2", token)
    assert not check_token("other", "session-1", token)


def test_token_expires():
    assert not check_token("secret", "s", make_token("secret", "s", time_limit=-1))
    assert check_token("secret", "s", make_token("secret", "s", time_limit=60))


@pytest.mark.parametrize("token", ["", None, "o", "o9999999999", "abc", "abco12x", "abco٣", "é" * 40 + "o9999999999"])
def test_garbage_is_refused(token):
    assert not check_token("secret", "s", token)


def test_expiry_cannot_be_prolonged():
    signature, _o, expiry = make_token("secret", "s", time_limit=60).rpartition("o")
    assert not check_token("secret", "s", f"{signature}o{int(expiry) + 3600}")
