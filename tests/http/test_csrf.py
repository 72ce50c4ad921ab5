"""Tokens of forms: bound to their session, good for their time, worthless when touched."""

import pytest

from odoo.http.csrf import check_token, is_visitor_id, make_token, make_visitor_id


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


def test_ids_of_visitors_have_the_form_of_session_ids():
    known = make_visitor_id("secret", "k" * 84)
    assert len(known) == 84 and is_visitor_id("secret", known)
    for sid in (None, "", "a", "a" * 84, known[:83], known + "a", make_visitor_id("secret", "k" * 10)):
        assert not is_visitor_id("secret", sid)
    assert not is_visitor_id("other", known)
