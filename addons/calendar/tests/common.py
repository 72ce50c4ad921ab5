"""What the tests of the calendar share."""

from odoo.addons.mail.tests.common import MailCommon
from odoo.fields import Command


class CalendarCommon(MailCommon):
    """Users with a calendar, and a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "UTC"
        users = cls.env["res.users"].with_context(no_reset_password=True, tracking_disable=True)
        cls.anna, cls.bert = users.create(
            [
                {
                    "name": name,
                    "login": f"{name.lower()}_calendar",
                    "email": f"{name.lower()}@example.com",
                    "tz": "Europe/Brussels",
                    "groups_id": [Command.set(cls.env.ref("base.group_user").ids)],
                }
                for name in ("Anna", "Bert")
            ]
        )
        cls.anna.groups_id += cls.env.ref("base.group_partner_manager")
        cls.customer = cls.env["res.partner"].create({"name": "Carla", "email": "carla@example.com"})
        cls.Event = cls.env["calendar.event"].with_user(cls.anna)

    def meet(self, **values):
        """Return an event of Anna's, in ten days unless said otherwise."""
        return self.Event.create({"name": "Meeting", **values})
