"""Records that messages can be sent to."""

from odoo import models


class BusListenerMixin(models.AbstractModel):
    """A record that pages listen to."""

    _name = "bus.listener.mixin"
    _description = "Can be sent messages by the bus"

    def _bus_send(self, notification_type, message, /, *, subchannel=None):
        """Send a message to the channel of each record, once the transaction is committed.

        :param str notification_type: what the client subscribes to
        :param message: what JSON can hold
        :param str subchannel: only for those who listen to this part of the channel
        """
        for record in self:
            channel = record._bus_channel()
            if not isinstance(channel, models.BaseModel) or len(channel) != 1:
                raise AssertionError(f"The channel of {record} is to be one record, not {channel!r}")
            target = channel if subchannel is None else (channel, subchannel)
            self.env["bus.bus"]._sendone(target, notification_type, message)

    def _bus_channel(self):
        """Return the record that stands for the channel; models override this."""
        return self
