"""What users set for channels and calls."""

from odoo import api, fields, models
from odoo.sql import SQL

from .mute import end_expired, plan_end


class ResUsersSettings(models.Model):
    """The sidebar, notifications, and how calls sound."""

    _inherit = "res.users.settings"

    is_discuss_sidebar_category_channel_open = fields.Boolean("Channels Are Unfolded", default=True)
    is_discuss_sidebar_category_chat_open = fields.Boolean("Chats Are Unfolded", default=True)
    push_to_talk_key = fields.Char("Push-To-Talk shortcut", help="Keys that open the microphone while they are held.")
    use_push_to_talk = fields.Boolean("Use the push to talk feature", default=False)
    voice_active_duration = fields.Integer(
        "Duration of voice activity in ms", default=200, help="How long the microphone stays open after a sound."
    )
    volume_settings_ids = fields.One2many(
        "res.users.settings.volumes", "user_setting_id", string="Volumes of other partners"
    )
    channel_notifications = fields.Selection(
        [("all", "All Messages"), ("no_notif", "Nothing")],
        "Channel Notifications",
        help="Of which messages in channels the user is told; of those that mention them, if empty.",
    )
    mute_until_dt = fields.Datetime("Mute notifications until", index=True, help="Until then there are none at all.")

    @api.model
    def _cleanup_expired_mutes(self):
        """Have users hear again whose time is over."""
        end_expired(self)

    @api.model
    def _format_settings(self, fields_to_format):
        """Return settings for clients: volumes as commands, times as texts."""
        values = super()._format_settings([name for name in fields_to_format if name != "volume_settings_ids"])
        if "volume_settings_ids" in fields_to_format:
            values["volumes"] = [["ADD", self.volume_settings_ids._format_volumes()]]
        if "mute_until_dt" in fields_to_format:
            values["mute_until_dt"] = fields.Datetime.to_string(self.mute_until_dt)
        return values

    def _notify_mute(self):
        """Tell users until when they hear nothing, and plan the end of it."""
        plan_end(self, "mail.ir_cron_discuss_users_settings_unmute")
        for settings in self:
            settings._bus_send("res.users.settings", settings._format_settings(["mute_until_dt"]))

    def set_custom_notifications(self, custom_notifications):
        """Choose of which messages in channels the user is told.

        :param custom_notifications: ``all``, ``no_notif``, or ``False`` for those that mention the user
        """
        self.set_res_users_settings({"channel_notifications": custom_notifications})

    def set_res_users_settings(self, new_settings):
        """Change settings, and tell the user's browsers.

        :return: those that are different now
        """
        changed = super().set_res_users_settings(new_settings)
        self._bus_send("res.users.settings", changed)
        return changed

    def set_volume_setting(self, partner_id, volume, guest_id=None):
        """Note how loud somebody is for the user.

        :param partner_id: id of a partner, nothing for a guest
        :param float volume: between 0 and 1
        :param guest_id: id of a guest
        """
        self.ensure_one()
        volumes = self.env["res.users.settings.volumes"]
        who = {"partner_id": partner_id or False, "guest_id": guest_id or False}
        known = volumes.search([("user_setting_id", "=", self.id), *((name, "=", id_) for name, id_ in who.items())])
        if known:
            known.volume = volume
        else:
            known = volumes.create({"user_setting_id": self.id, "volume": volume, **who})
        self._bus_send("res.users.settings.volumes", {"volumes": [["ADD", known._format_volumes()]]})


class ResUsersSettingsVolumes(models.Model):
    """How loud somebody is."""

    _name = "res.users.settings.volumes"
    _description = "User Settings Volumes"

    user_setting_id = fields.Many2one("res.users.settings", required=True, ondelete="cascade", index=True)
    volume = fields.Float(default=0.5, help="Between 0 and 1.")
    partner_id = fields.Many2one("res.partner", ondelete="cascade", index=True)
    guest_id = fields.Many2one("res.partner", ondelete="cascade", index=True)

    _sql_constraints = [
        (
            "partner_or_guest_exists",
            "CHECK((partner_id IS NULL) <> (guest_id IS NULL))",
            "A volume is that of a partner, or that of a guest.",
        )
    ]

    def init(self):
        """Have one volume for each person."""
        for name in ("partner_id", "guest_id"):
            self.env.cr.execute(
                SQL(
                    "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (user_setting_id, %s) WHERE %s IS NOT NULL",
                    SQL.identifier(f"res_users_settings_volumes_{name.removesuffix('_id')}_unique"),
                    SQL.identifier(self._table),
                    SQL.identifier(name),
                    SQL.identifier(name),
                )
            )

    @api.depends("user_setting_id", "partner_id", "guest_id")
    def _compute_display_name(self):
        """Name the user and the other."""
        for volume in self:
            owner = volume.user_setting_id.user_id.name
            volume.display_name = f"{owner} - {volume.partner_id.name or volume.guest_id.name}"

    def _format_volumes(self):
        """Return volumes as clients take them."""
        return [
            {
                "id": volume.id,
                "volume": volume.volume,
                "persona": {"id": volume.partner_id.id, "type": "partner"}
                if volume.partner_id
                else {"id": volume.guest_id.id, "type": "guest"},
            }
            for volume in self
        ]
