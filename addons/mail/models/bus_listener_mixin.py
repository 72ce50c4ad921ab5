"""Records that are told what changed of other records."""

from odoo import models

from ..tools.discuss import Store


class BusListenerMixin(models.AbstractModel):
    """A record whose pages keep a store of records."""

    _inherit = "bus.listener.mixin"

    def _bus_send_store(self, *args, notification_type="mail.record/insert", subchannel=None, **kwargs):
        """Send what a store holds to the channel of each record, unless it holds nothing.

        :param args: a :class:`~odoo.addons.mail.tools.discuss.Store`, or what one is made with
        :param str notification_type: what the client subscribes to
        :param str subchannel: only for those who listen to this part of the channel
        :param kwargs: for the store that is made
        """
        match args:
            case [Store() as told]:
                assert not kwargs, "a store takes no more values"
            case _:
                told = Store(*args, **kwargs)
        content = told.get_result()
        if content:
            self._bus_send(notification_type, content, subchannel=subchannel)
