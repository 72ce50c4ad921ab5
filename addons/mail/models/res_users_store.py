"""What the pages of a user know of the user, and of their messages, when they are opened."""

from odoo import models

from ..tools.discuss import Store


class UsersStore(models.Model):
    """Users of pages that keep a store of records."""

    _inherit = "res.users"

    def _init_store_data(self, store: Store):
        """Put what every page needs at once into a store; pages of visitors, too.

        :param store: filled in place
        """
        find = self.env["ir.model.data"]._xmlid_to_res_id
        bot = self.env.ref("base.partner_root").sudo()
        store.add(
            {
                "internalUserGroupId": find("base.group_user"),
                "mt_comment_id": find("mail.mt_comment"),
                "odoobot": Store.one(bot),
            }
        )
        if self._is_public():
            return
        fields = ["active", "isAdmin", "name", "notification_type", "user", "write_date"]
        store.add({"self": Store.one(self.partner_id, main_user_by_partner={self.partner_id: self}, fields=fields)})
        settings = self.env["res.users.settings"]._find_or_create_for_user(self)
        store.add({"settings": settings._res_users_settings_format()})

    def _init_messaging(self, store: Store):
        """Put the mailboxes of the user, with what waits in them, into a store."""
        self.ensure_one()
        bus_id = self.env["bus.bus"].sudo()._bus_last_id()
        counters = {
            "inbox": self.partner_id._get_needaction_count(),
            # what the user may no longer read does not count
            "starred": self.env["mail.message"].search_count([("starred", "=", True)]),
        }
        for name, counter in counters.items():
            store.add({name: {"counter": counter, "counter_bus_id": bus_id, "id": name, "model": "mail.box"}})
