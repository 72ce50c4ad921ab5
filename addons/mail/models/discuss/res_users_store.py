"""What pages know of channels when they are opened."""

from odoo import models

from ...tools.discuss import Store


class UsersStore(models.Model):
    """Users, and guests, of pages that keep a store of records."""

    _inherit = "res.users"

    def _init_store_data(self, store: Store):
        """Add what pages need for channels, and who the guest is."""
        super()._init_store_data(store)
        get_param = self.env["ir.config_parameter"].sudo().get_param
        store.add(
            {
                "action_discuss_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.action_discuss"),
                "channel_types_with_seen_infos": sorted(self.env["discuss.channel"]._types_allowing_seen_infos()),
                "hasGifPickerFeature": bool(get_param("discuss.tenor_api_key")),
                "hasLinkPreviewFeature": self.env["mail.link.preview"]._is_link_preview_enabled(),
                "hasMessageTranslationFeature": bool(get_param("mail.google_translate_api_key")),
            }
        )
        _partner, guest = self.env["res.partner"]._get_current_persona()
        if guest:
            store.add({"self": Store.one(guest, fields=["name", "write_date"])})

    def _init_messaging(self, store: Store):
        """Add in how many channels something is to be read."""
        super()._init_messaging(store)
        rooms = self.env["discuss.channel"].with_user(self)._get_channels_as_member()
        mine = [("is_self", "=", True), ("channel_id", "in", rooms.ids)]
        counters = self.env["discuss.channel.member"].with_user(self).search(mine).mapped("message_unread_counter")
        store.add({"initChannelsUnreadCounter": sum(map(bool, counters))})
