"""What tests ask of the messages of the bus."""

import json
from contextlib import contextmanager

from odoo.addons.bus.models.bus import channel_with_db, json_dump
from odoo.tests import BaseCase


class BusCase(BaseCase):
    """Compares what is sent with what is expected."""

    def _reset_bus(self):
        """Forget what was sent so far."""
        self._bus_rows().unlink()

    @contextmanager
    def assertBus(self, channels=None, message_items=None, get_params=None):
        """Check what is sent inside the block, and that nothing else is.

        :param channels: list of targets, in the order of the messages
        :param message_items: list of dicts with ``type`` and ``payload``, in any order
        :param get_params: function that returns both, called after the block
        """
        self._reset_bus()
        yield
        if get_params:
            channels, message_items = get_params()
        self.assertBusNotifications(channels, message_items)

    def _bus_rows(self):
        """Return what was sent, in order."""
        self.cr.precommit.run()
        return self.env["bus.bus"].sudo().search([], order="id")

    def assertBusNotifications(self, channels, message_items=None, check_unique=True):
        """Check what was sent since the last reset.

        :param channels: list of targets, in the order of the messages
        :param message_items: list of dicts with ``type`` and ``payload``
        :param check_unique: nothing else was sent
        """
        rows = self._bus_rows()
        expected = [json_dump(channel_with_db(self.cr.dbname, channel)) for channel in channels or ()]
        sent = [row.channel for row in rows]
        if not check_unique:
            sent = [channel for channel in sent if channel in expected]
        shown = "\n".join(f"{row.channel}: {row.message}" for row in rows)
        self.assertEqual(sent, expected, f"sent:\n{shown}")
        messages = [row.message for row in rows]
        for item in message_items or ():
            self.assertIn(json_dump(item), messages, f"not sent: {json_dump(item)}")

    def assertBusNotificationType(self, expected_pairs):
        """Check what kinds of messages were sent, in order.

        :param expected_pairs: list of a target and the type
        """
        expected = [(json_dump(channel_with_db(self.cr.dbname, target)), kind) for target, kind in expected_pairs]
        self.assertEqual([(row.channel, json.loads(row.message)["type"]) for row in self._bus_rows()], expected)

    def _add_messages(self, record, body, count=1, author=None):
        """Create messages of a document, without telling anybody."""
        values = {"author_id": author.id if author else self.env.user.partner_id.id, "body": body}
        place = {"model": record._name, "res_id": record.id}
        return self.env["mail.message"].sudo().create([{**values, **place} for _number in range(count)])
