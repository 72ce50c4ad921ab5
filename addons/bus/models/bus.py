"""Messages on channels: rows that are there for a while, and the announcement of them to all processes."""

import json
import logging
import math
import os
from contextlib import closing
from datetime import timedelta

import psycopg2

from odoo import api, fields, models, sql_db
from odoo.addons.bus.dispatch import ImDispatch, channel_with_db, dispatch, hashable, json_dump
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.sql import SQL
from odoo.tools import OrderedSet

__all__ = [
    "NOTIFY_PAYLOAD_MAX_LENGTH",
    "ODOO_NOTIFY_FUNCTION",
    "TIMEOUT",
    "ImBus",
    "ImDispatch",
    "channel_with_db",
    "dispatch",
    "get_notify_payloads",
    "hashable",
    "json_dump",
]

_logger = logging.getLogger(__name__)

#: seconds that a message is there for those who have not heard of any before
TIMEOUT = 50
#: bytes that PostgreSQL takes in one announcement
_POSTGRESQL_LIMIT = 8000
#: function of the database by which processes are told, in place of PostgreSQL's own
ODOO_NOTIFY_FUNCTION = os.getenv("ODOO_NOTIFY_FUNCTION", "pg_notify")
#: keys of the data of a transaction's hooks
_VALUES = "bus.bus.values"
_CHANNELS = "bus.bus.channels"


def _payload_limit():
    configured = os.getenv("ODOO_NOTIFY_PAYLOAD_MAX_LENGTH")
    if not configured:
        return _POSTGRESQL_LIMIT
    try:
        return int(configured)
    except ValueError:
        _logger.warning("ODOO_NOTIFY_PAYLOAD_MAX_LENGTH is no number: %r, %s used", configured, _POSTGRESQL_LIMIT)
        return _POSTGRESQL_LIMIT


NOTIFY_PAYLOAD_MAX_LENGTH = _payload_limit()


def get_notify_payloads(channels):
    """Return the texts by which processes are told of channels, each short enough for the database.

    :param list channels: channels with their database
    :return: list of JSON lists; a channel that is too long by itself is in one of its own
    """
    payloads, portions = [], [channels] if channels else []
    while portions:
        portion = portions.pop()
        payload = json_dump(portion)
        if len(portion) == 1 or len(payload.encode()) < NOTIFY_PAYLOAD_MAX_LENGTH:
            payloads.append(payload)
        else:
            middle = math.ceil(len(portion) / 2)
            portions += [portion[middle:], portion[:middle]]
    return payloads


def _announce(channels):
    """Tell all processes that there are messages on channels; what they miss they find with the next announcement."""
    payloads = get_notify_payloads(list(channels))
    if len(payloads) > 1:
        _logger.info("%d channels are announced in %d parts", len(channels), len(payloads))
    *schema, function = ODOO_NOTIFY_FUNCTION.split(".")
    notify = SQL.identifier(*schema, function)
    try:
        with closing(sql_db.db_connect(MAINTENANCE_DATABASE).cursor()) as cr:
            for payload in payloads:
                cr.execute(SQL("SELECT %s('imbus', %s)", notify, payload))
            cr.commit()
    except psycopg2.Error as error:
        # the messages are committed: what sent them is not to look as if it failed
        _logger.warning("Processes are not told of %d channels: %s", len(channels), str(error).strip())


class ImBus(models.Model):
    """A message on a channel."""

    _name = "bus.bus"
    _description = "Communication Bus"

    channel = fields.Char("Channel")
    message = fields.Char("Message")

    @api.autovacuum
    def _gc_messages(self):
        """Delete messages that everybody had time to fetch, a portion at once."""
        known_to_all = fields.Datetime.now() - timedelta(seconds=2 * TIMEOUT)
        portion = self.sudo().search([("create_date", "<", known_to_all)], order="id", limit=models.GC_UNLINK_LIMIT)
        is_whole = len(portion) < models.GC_UNLINK_LIMIT
        portion.unlink()
        if not is_whole:
            self.env.ref("base.autovacuum_job")._trigger()

    @api.model
    def _sendone(self, target, notification_type, message):
        """Send a message to a channel, once the transaction is committed.

        :param target: record, pair of a record and a text (a part of its channel), or text
        :param str notification_type: what the client subscribes to
        :param message: what JSON can hold
        """
        self._ensure_hooks()
        cr = self.env.cr
        channel = channel_with_db(cr.dbname, target)
        cr.postcommit.data[_CHANNELS].add(channel)
        cr.precommit.data[_VALUES].append(self._row(channel, notification_type, message))

    def _row(self, channel, notification_type, payload):
        """Return the values of a message."""
        content = json_dump({"type": notification_type, "payload": payload})
        return {"message": content, "channel": json_dump(channel)}

    def _ensure_hooks(self):
        """Have the messages of the transaction written before its end, and announced after it."""
        cr = self.env.cr
        if _VALUES not in cr.precommit.data:
            cr.precommit.data[_VALUES] = []

            def write():
                self.sudo().create(cr.precommit.data.pop(_VALUES, []))

            cr.precommit.add(write)
        if _CHANNELS not in cr.postcommit.data:
            cr.postcommit.data[_CHANNELS] = OrderedSet()

            def announce():
                _announce(cr.postcommit.data.pop(_CHANNELS, ()))

            cr.postcommit.add(announce)

    @api.model
    def _poll(self, channels, last=0, ignore_ids=None):
        """Return the messages on channels.

        :param channels: channels, with or without their database
        :param int last: id of the last message that is known; 0: those of the last :data:`TIMEOUT` seconds
        :param ignore_ids: ids of messages that are known although they came later
        :return: list of `{id, message: {type, payload}}`, oldest first
        """
        dbname = self.env.cr.dbname
        names = [json_dump(channel_with_db(dbname, channel)) for channel in channels]
        domain = [*self._since(int(last)), ("channel", "in", names)]
        if ignore_ids:
            domain.append(("id", "not in", list(ignore_ids)))
        return [
            {"id": row["id"], "message": json.loads(row["message"])}
            for row in self.sudo().search_read(domain, ["message"], order="id")
        ]

    @api.model
    def _since(self, last):
        """Return the domain of messages that are younger than one of the id `last`, see :meth:`_poll`."""
        if last:
            return [("id", ">", last)]
        return [("create_date", ">", fields.Datetime.now() - timedelta(seconds=TIMEOUT))]

    @api.model
    def _bus_last_id(self):
        """Return the id of the last message, 0 when there is none."""
        return self.search([], order="id desc", limit=1).id or 0
