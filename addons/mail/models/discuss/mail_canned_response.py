"""``mail.canned.response``: texts that are put into messages by a shortcut."""

from odoo import api, fields, models

from ...tools.discuss import Store


class MailCannedResponse(models.Model):
    """A text with its shortcut, one's own or shared with groups."""

    _name = "mail.canned.response"
    _description = "Canned Response"
    _order = "id desc"
    _rec_name = "source"

    source = fields.Char("Shortcut", required=True, index="trigram", help="What is written after a colon.")
    substitution = fields.Text("Substitution", required=True, help="What stands in the message then.")
    description = fields.Char("Description")
    last_used = fields.Datetime("Last Used", help="When somebody last put it into a message.")
    group_ids = fields.Many2many("res.groups", string="Authorized Groups", help="Whose users may use it, too.")
    is_shared = fields.Boolean("Is shared", compute="_compute_is_shared", store=True)
    is_editable = fields.Boolean("Can edit", compute="_compute_is_editable")

    @api.depends("group_ids")
    def _compute_is_shared(self):
        """Tell whether others use it."""
        for response in self:
            response.is_shared = bool(response.group_ids)

    @api.depends_context("uid")
    @api.depends("create_uid")
    def _compute_is_editable(self):
        """Tell whether the user may change it; new ones are theirs."""
        new = self.filtered(lambda response: not response.id)
        new.is_editable = True
        saved = self - new
        allowed = saved._filtered_access("write")
        for response in saved:
            response.is_editable = response in allowed

    @api.model_create_multi
    def create(self, vals_list):
        """Create responses, and tell those who may use them."""
        responses = super().create(vals_list)
        responses._broadcast()
        return responses

    def write(self, vals):
        """Change responses, and tell those who may use them."""
        result = super().write(vals)
        self._broadcast()
        return result

    def unlink(self):
        """Delete responses, and tell those who might use them."""
        self._broadcast(delete=True)
        return super().unlink()

    def _note_use(self):
        """Note that the responses were put into a message: those that are used come first."""
        self.flush_recordset(["last_used"])
        self.env.cr.execute(
            "UPDATE mail_canned_response SET last_used = %s WHERE id = ANY(%s)", [fields.Datetime.now(), self.ids]
        )
        self.invalidate_recordset(["last_used"])

    def _broadcast(self, /, *, delete=False):
        """Tell the user, the creators, and the groups.

        :param bool delete: that the responses are gone
        """
        for response in self:
            store = Store(response, delete=True) if delete else Store(response)
            for person in dict.fromkeys((self.env.user, response.create_uid)):
                person._bus_send_store(store)
            for group in response.sudo().group_ids:
                group._bus_send_store(store)

    def _to_store(self, store: Store, /, *, fields=None):
        """Put responses into a store.

        :param fields: names of what is told: shortcut and text by default
        """
        for response in self:
            store.add(response, {name: response[name] for name in fields or ("source", "substitution")})
