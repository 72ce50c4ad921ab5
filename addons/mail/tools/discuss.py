"""``Store``: what clients are told of records, each record once, in the form their own store takes."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Any

from odoo import fields

__all__ = ["MANY", "ONE", "Store", "get_sfu_key", "get_sfu_url", "get_twilio_credentials", "ids_by_model"]

ONE, MANY = {}, {}
#: model of the client -> keys that tell its records apart; none for models with one record
ids_by_model: dict[str, tuple[str, ...]] = {
    "mail.thread": ("model", "id"),
    "MessageReactions": ("message", "content"),
    "Rtc": (),
    "Store": (),
}
_SIMPLE_ID = ("id",)
#: models of the server whose ids clients need a type with
_PERSONA_TYPES = {"res.partner": "partner", "mail.guest": "guest"}


def _keys_of(model_name: str) -> tuple[str, ...]:
    """Return the keys that tell records of a model of the client apart."""
    return ids_by_model.get(model_name, _SIMPLE_ID)


def get_twilio_credentials(env) -> tuple[Any, Any]:
    """Return the account and the token that relays of calls are asked for with."""
    get_param = env["ir.config_parameter"].sudo().get_param
    return get_param("mail.twilio_account_sid"), get_param("mail.twilio_account_token")


def get_sfu_url(env) -> str | None:
    """Return the address of the server that passes calls on, without the slash at its end."""
    url = env["ir.config_parameter"].sudo().get_param("mail.sfu_server_url") or os.getenv("ODOO_SFU_URL")
    return url.rstrip("/") if url else None


def get_sfu_key(env) -> str | None:
    """Return the secret shared with the server that passes calls on."""
    return env["ir.config_parameter"].sudo().get_param("mail.sfu_server_key") or os.getenv("ODOO_SFU_KEY")


class _Relation:
    """Value of a key that leads to other records; they are put into the store with it."""

    def __init__(self, records, *, as_thread=False, only_id=False, **kwargs):
        self.records = records
        self.as_thread = as_thread
        self.only_id = only_id
        self.kwargs = kwargs

    def fill(self, store: Store) -> None:
        """Put the records into ``store``."""
        if self.records and not self.only_id:
            store.add(self.records, as_thread=self.as_thread, **self.kwargs)

    def id_of(self, record) -> Any:
        """Return how clients name a record."""
        name = record._name
        if name in _PERSONA_TYPES and not self.as_thread:
            return {"id": record.id, "type": _PERSONA_TYPES[name]}
        return {"id": record.id, "model": name} if self.as_thread or name == "discuss.channel" else record.id


class _One(_Relation):
    """One record or none."""

    def value(self, _current) -> Any:
        """Return the value for clients."""
        return self.id_of(self.records.ensure_one()) if self.records else False


class _Many(_Relation):
    """Some records: all of the relation, or those to add or to take away."""

    def __init__(self, records, mode="REPLACE", /, **kwargs):
        super().__init__(records, **kwargs)
        self.mode = mode

    def value(self, current) -> list:
        """Return the value for clients, appended to what the key had when it is a command."""
        if self.records._name == "mail.message.reaction":
            pairs = dict.fromkeys((reaction.message_id.id, reaction.content) for reaction in self.records)
            ids = [{"message": message, "content": content} for message, content in pairs]
        else:
            ids = [self.id_of(record) for record in self.records]
        if self.mode == "REPLACE":
            return ids
        return [*(current or ()), (self.mode, ids)]


class Store:
    """Collects values of records by model and identity; later values win.

    :param data: as :meth:`add` takes it
    """

    def __init__(self, data=None, values=None, /, **kwargs):
        self.data: dict[str, dict] = {}
        if not data:
            return
        self.add(data, values, **kwargs)

    one = staticmethod(_One)
    many = staticmethod(_Many)

    def add(self, data, values=None, /, *, as_thread=False, delete=False, **kwargs) -> Store:
        """Add values of records.

        :param data: records, which say themselves what clients need (``_to_store``, ``_thread_to_store`` as threads);
            one record, with its ``values``; a dict of what belongs to the store of the client itself; or the name of
            a model of the client, with one dict or a list of dicts as ``values``
        :param delete: tell that the record is gone
        :param kwargs: for the methods of the records
        :return: the store
        """
        if isinstance(data, dict):
            assert values is None and not as_thread and not delete, "values of the store itself stand alone"
            self._add_singleton("Store", data)
        elif isinstance(data, str):
            assert not as_thread, "a model that is named says itself that it is a thread"
            self._add_named(data, values, delete)
        else:
            self._add_records(data, values, as_thread, delete, kwargs)
        return self

    def _add_records(self, records, values, as_thread, delete, kwargs) -> None:
        """Add records of the server."""
        assert hasattr(records, "_name"), f"no records: {records!r}"
        if values is None and not delete:
            if records:
                method: Callable = records._thread_to_store if as_thread else records._to_store
                method(self, **kwargs)
            return
        assert not kwargs, "values that are given are not asked for"
        assert len(records) == 1, "values belong to one record"
        assert not (values and delete), "what is gone has no values"
        if values is not None and not values:
            return
        identity = {"id": records.id, **({"model": records._name} if as_thread else {})}
        self._add_named("mail.thread" if as_thread else records._name, {**identity, **(values or {})}, delete)

    def _add_named(self, model_name, values, delete) -> None:
        """Add values of records of a model of the client."""
        if not _keys_of(model_name):
            assert not delete, "there is always the one record"
            self._add_singleton(model_name, values)
            return
        assert isinstance(values, (dict, list)), f"values are a dict or a list of dicts: {values!r}"
        for item in [values] if isinstance(values, dict) else values:
            self._add_one(model_name, item, delete)

    def _add_singleton(self, model_name, values) -> None:
        """Add values of a model with one record."""
        assert isinstance(values, dict), f"{model_name} has one record"
        self._merge(self.data.setdefault(model_name, {}), values)

    def _add_one(self, model_name, values, delete) -> None:
        """Add the values of one record, which name it."""
        assert isinstance(values, dict), f"values of a record are a dict: {values!r}"
        assert "_DELETE" not in values, "what is gone is told by a parameter"
        identity = tuple(values.get(key) for key in _keys_of(model_name))
        assert all(identity), f"values of {model_name} without identity: {values!r}"
        target = self.data.setdefault(model_name, {}).setdefault(identity, {})
        self._merge(target, values)
        if delete:
            target["_DELETE"] = True
        else:
            target.pop("_DELETE", None)

    def _merge(self, target, values) -> None:
        """Put values over those of ``target``, relations as ids."""
        relations = []
        for key, value in values.items():
            if isinstance(value, _Relation):
                relations.append(value)
                value = value.value(target.get(key))
            elif isinstance(value, datetime.datetime):
                value = fields.Datetime.to_string(value)
            elif isinstance(value, datetime.date):
                value = fields.Date.to_string(value)
            target[key] = value
        # after the values, so that what was asked for stands before what it leads to
        for relation in relations:
            relation.fill(self)

    def get_result(self) -> dict[str, Any]:
        """Return the values as clients take them: models and keys sorted, records in the order they came."""

        def ordered(values):
            return {key: values[key] for key in sorted(values)}

        return {
            name: [ordered(values) for values in self.data[name].values()]
            if _keys_of(name)
            else ordered(self.data[name])
            for name in sorted(self.data)
        }
