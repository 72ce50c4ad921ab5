"""Notifications that devices show although no page is open."""

from __future__ import annotations

import base64
import json

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid

#: bytes of a notification that push services take
MAX_PAYLOAD_SIZE = 4096
#: what encrypting adds to it
ENCRYPTION_HEADER_SIZE = 20
ENCRYPTION_BLOCK_OVERHEAD = 18
#: seconds that a push service keeps a notification for a device that is off, and may take to answer
_KEPT, _TIMEOUT = 60, 5
#: what a push service says of devices that are gone
_GONE = (404, 410)


class DeviceUnreachableError(Exception):
    """The device does not take notifications any more."""


class PushRefusedError(Exception):
    """The push service does not take the notification."""


def generate_vapid_keys() -> tuple[str, str]:
    """Return a new private and public key of the server, as texts for addresses."""
    private = ec.generate_private_key(ec.SECP256R1())
    number = private.private_numbers().private_value.to_bytes(32, "big")
    point = private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return _text(number), _text(point)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def push_to_end_point(
    base_url: str, device: dict, payload: str, vapid_private_key: str, session: requests.Session
) -> None:
    """Send a notification to a device.

    :param base_url: address of the server, by which push services know who sends
    :param device: ``endpoint`` (an address) and ``keys`` (JSON)
    :param payload: JSON
    :param vapid_private_key: see :func:`generate_vapid_keys`
    :param session: what requests are made with
    :raise DeviceUnreachableError: when the device is gone
    :raise PushRefusedError: when the service does not take the notification
    """
    # a fifth of the start of a server: most of them never send to a device
    from pywebpush import WebPushException, webpush

    info = {"endpoint": device["endpoint"], "keys": json.loads(device["keys"])}
    try:
        webpush(
            info,
            data=payload,
            vapid_private_key=Vapid.from_raw(vapid_private_key.encode()),
            vapid_claims={"sub": base_url},
            ttl=_KEPT,
            timeout=_TIMEOUT,
            requests_session=session,
        )
    except WebPushException as error:
        if error.response is not None and error.response.status_code in _GONE:
            raise DeviceUnreachableError(str(error)) from error
        raise PushRefusedError(str(error)) from error
