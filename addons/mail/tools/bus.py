"""Telling browsers what happened, where the bus that carries it is there."""

from typing import Any

from .discuss import Store


def bus_send(target: Any, kind: str, payload: Any) -> None:
    """Send a notification to a user, partner or other record with a channel; nothing happens without the bus.

    :param target: recordset, one notification for each record
    :param kind: type of the notification, which says how clients read ``payload``
    """
    if "bus.bus" in target.env:
        for record in target:
            record._bus_send(kind, payload)


def bus_send_store(target: Any, store: Store, kind: str = "mail.record/insert") -> None:
    """Send what a store holds, unless it is empty."""
    result = store.get_result()
    if result:
        bus_send(target, kind, result)
