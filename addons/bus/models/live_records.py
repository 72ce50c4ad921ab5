"""Records that several users have on their screens: who edits one is told to the others, and what was changed."""

import time
from collections import defaultdict
from itertools import islice

from odoo import api, models
from odoo.addons.bus.websocket import InvalidWebsocketRequest
from odoo.tools.lru import LRU

#: beginning of the channels on which a page asks for records that it shows: `<prefix><model>_<id>,<id>`
_PREFIX = "odoo-records-"
#: the part of the channel of a record that this is about
_PART = "live"
#: records of a model that a page may ask for, and that one message may say are changed
_MAX_WATCHED = 2000
_MAX_CHANGED = 200
_MAX_TAB_LENGTH = 50
#: seconds between two messages that say that somebody edits a record
PAUSE = 3
#: when it was told last, and whether the record was being edited then, by database, user and record
_told: LRU = LRU(4096)


class IrWebsocket(models.AbstractModel):
    """Whoever may read a record hears of those who edit or have changed it; each reads it with rights of its own."""

    _inherit = "ir.websocket"

    @api.model
    def _build_bus_channel_list(self, channels):
        asked = [channel for channel in channels if isinstance(channel, str) and channel.startswith(_PREFIX)]
        if not asked:
            return super()._build_bus_channel_list(channels)
        built = super()._build_bus_channel_list([channel for channel in channels if channel not in asked])
        return [*built, *((record, _PART) for record in self._watched_records(asked))]

    @api.model
    def _watched_records(self, channels):
        """Return the records that channels ask for, those that the user may read.

        :param channels: texts that begin with the prefix
        """
        numbers_of = defaultdict(set)
        for channel in channels:
            # names of models may have underscores, too
            model, _line, numbers = channel.removeprefix(_PREFIX).rpartition("_")
            numbers_of[model].update(numbers.split(","))
        watched = []
        for model, numbers in numbers_of.items():
            ids = sorted(int(text) for text in numbers if text.isdecimal() and len(text) < 10)
            watched += self._readable_records(model, list(islice(ids, _MAX_WATCHED)))
        return watched

    @api.model
    def _readable_records(self, model, ids):
        """Return those records of a model that the user may read; none where nobody looks at records of it.

        :param str model: name of a model, or of none
        :param list ids: ids
        """
        nothing = self.env["ir.websocket"]
        if not self.env.user._is_internal() or model not in self.env:
            return nothing
        records = self.env[model].with_context(active_test=False)
        if records._abstract or records._transient or not records.has_access("read"):
            return nothing
        return records.search([("id", "in", ids)], order="id")

    @api.model
    def _on_client_event(self, event_name, data):
        if event_name == "record_editing":
            self._tell_editing(*_checked(data, "id"), bool(data.get("is_editing")), _tab(data))
        elif event_name == "records_changed":
            self._tell_changed(*_checked(data, "ids"), _tab(data))
        else:
            super()._on_client_event(event_name, data)

    @api.model
    def _tell_editing(self, model, ids, is_editing, tab):
        """Tell who looks at a record that the user edits it, or does so no more; who may not write it tells nothing.

        :param list ids: one id
        :param str tab: page of the user
        """
        record = self._readable_records(model, ids)
        if not record or not record.has_access("write"):
            return
        key = (self.env.cr.dbname, self.env.uid, model, record.id)
        told_at, was_editing = _told.get(key, (-PAUSE, False))
        now = time.monotonic()
        if now - told_at < PAUSE if is_editing else not was_editing:
            return
        _told[key] = (now if is_editing else told_at, is_editing)
        self._tell(record, "bus.record/editing", {"is_editing": is_editing, "tab": tab})

    @api.model
    def _tell_changed(self, model, ids, tab):
        """Tell who looks at records that the user has changed them.

        :param list ids: ids; those of records that are gone by now are told, too
        :param str tab: page of the user
        """
        if model not in self.env or self.env[model]._abstract or self.env[model]._transient:
            return
        ids = ids[:_MAX_CHANGED]
        records = self.env[model].browse(ids)
        gone = records - records.exists()
        for record in (*self._readable_records(model, ids), *gone):
            self._tell(record, "bus.record/changed", {"tab": tab})

    @api.model
    def _tell(self, record, notification_type, news):
        """Send which record and which user it is about; whoever hears it reads names and values by himself."""
        news = {"model": record._name, "id": record.id, "user_id": self.env.uid, **news}
        self.env["bus.bus"]._sendone((record, _PART), notification_type, news)


def _checked(data, key):
    """Return the model and the ids that a message is about.

    :raise InvalidWebsocketRequest: it is about none
    """
    model, ids = data.get("model"), data.get(key)
    ids = ids if isinstance(ids, list) else [ids]
    if not isinstance(model, str) or not all(type(number) is int and 0 < number < 2**31 for number in ids):
        raise InvalidWebsocketRequest("The message names no records")
    return model, ids


def _tab(data):
    """Return the name that a page has given itself."""
    return str(data.get("tab") or "")[:_MAX_TAB_LENGTH]
