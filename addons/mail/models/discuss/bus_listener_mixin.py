"""Messages that are only shown, and kept nowhere."""

from markupsafe import Markup

from odoo import models


class BusListenerMixin(models.AbstractModel):
    """Somebody who is told something in a channel alone."""

    _inherit = "bus.listener.mixin"

    def _bus_send_transient_message(self, channel, content):
        """Show a message in a channel that nobody else sees and that is gone with the page.

        :param channel: where it is shown
        :param content: Markup
        """
        body = Markup("<span class='o_mail_notification'>%s</span>") % content
        place = {"id": channel.id, "model": "discuss.channel"}
        self._bus_send("discuss.channel/transient_message", {"body": body, "thread": place})
