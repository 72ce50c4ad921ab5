"""Signatures made with the secret of the database."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac as hmac_lib
import json
import struct
import time

__all__ = [
    "consteq",
    "hash_sign",
    "hmac",
    "limited_field_access_token",
    "verify_hash_signed",
    "verify_limited_field_access_token",
]

consteq = hmac_lib.compare_digest

_TOKEN_VERSION = 1
_TOKEN_HEAD = struct.Struct("<BQ")
_TOKEN_VALIDITY_DAYS = 14


def hmac(env, scope, message, hash_function=hashlib.sha256):
    """Return the keyed hash of a message, made with the secret of the database.

    :param env: environment
    :param scope: what the signature is for, so that signatures of one purpose are of no use for another
    :param message: anything with a stable ``repr``
    :param hash_function: hash constructor
    :return: hexadecimal digest
    :raise ValueError: when the scope is empty
    """
    if not scope:
        raise ValueError("a signature needs a scope")
    # sudo: whoever may sign something must not learn what signs everything
    secret = env["ir.config_parameter"].sudo().get_param("database.secret")
    return hmac_lib.digest(secret.encode(), repr((scope, message)).encode(), hash_function).hex()


def hash_sign(env, scope, message_values, expiration=None, expiration_hours=None):
    """Pack values and a signature over them into a text that can travel in a URL.

    :param message_values: anything that JSON can hold
    :param expiration: last moment of validity, a naive UTC datetime
    :param expiration_hours: or hours of validity from now
    :return: text for :func:`verify_hash_signed`
    :raise ValueError: when both expirations are given
    :raise AssertionError: when there is nothing to sign: such a text would be good for anything
    """
    if not message_values:
        raise AssertionError("there is nothing to sign")
    if expiration and expiration_hours:
        raise ValueError("give either expiration or expiration_hours, not both")
    if expiration_hours:
        expiration = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=expiration_hours)
    elif expiration:
        expiration = expiration.replace(tzinfo=datetime.UTC)
    deadline = int(expiration.timestamp()) if expiration else 0
    text = json.dumps(message_values)
    signature = bytes.fromhex(hmac(env, scope, f"{_TOKEN_VERSION}:{text}:{deadline}"))
    token = _TOKEN_HEAD.pack(_TOKEN_VERSION, deadline) + signature + text.encode()
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def verify_hash_signed(env, scope, payload):
    """Return the values packed by :func:`hash_sign`.

    :return: the values; ``None`` when the signature is wrong or too old
    """
    try:
        token = base64.urlsafe_b64decode(payload.encode() + b"===")
        version, deadline = _TOKEN_HEAD.unpack_from(token)
        signature, text = token[_TOKEN_HEAD.size : _TOKEN_HEAD.size + 32], token[_TOKEN_HEAD.size + 32 :].decode()
    except (ValueError, struct.error):
        return None
    if version != _TOKEN_VERSION:
        return None
    expected = bytes.fromhex(hmac(env, scope, f"{version}:{text}:{deadline}"))
    if not consteq(signature, expected) or (deadline and deadline < time.time()):
        return None
    return json.loads(text)


def limited_field_access_token(record, field_name, timestamp=None, *, scope="binary"):
    """Return a token that lets its bearer read one field of one record for about two weeks.

    :param record: singleton
    :param field_name: name of the field
    :param timestamp: hexadecimal end of validity; by default a moment that changes once in two weeks only, so that the
        URLs made with
        the token can be cached
    :param scope: purpose of the token
    """
    record.ensure_one()
    if timestamp is None:
        period = _TOKEN_VALIDITY_DAYS * 24 * 3600
        # records change their token at different moments: caches do not expire all at once
        offset = (record.id or 0) * 7919 % period
        timestamp = hex((int(time.time()) - offset) // period * period + offset + 2 * period)
    signature = hmac(record.env(su=True), scope, (record._name, record.id, field_name, timestamp))
    return f"{signature}o{timestamp}"


def verify_limited_field_access_token(record, field_name, access_token, *, scope="binary"):
    """Tell whether a token made by :func:`limited_field_access_token` allows reading that field of that record.

    :return: whether the token is right and not too old
    """
    _signature, separator, timestamp = access_token.rpartition("o")
    if not separator:
        return False
    try:
        deadline = int(timestamp, 16)
    except ValueError:
        return False
    expected = limited_field_access_token(record, field_name, timestamp, scope=scope)
    return consteq(access_token, expected) and time.time() < deadline
