"""``digest.tip``: what people are told in digests beside numbers."""

from odoo import Command, api, fields, models
from odoo.tools.translate import html_translate


class DigestTip(models.Model):
    """Something useful, which each user is told once."""

    _name = "digest.tip"
    _description = "Digest Tips"
    _order = "sequence"

    sequence = fields.Integer("Sequence", default=1, help="The lowest comes first.")
    name = fields.Char("Name", translate=True)
    user_ids = fields.Many2many("res.users", string="Recipients", help="Users who were told.")
    tip_description = fields.Html("Tip description", translate=html_translate, sanitize=False)
    group_id = fields.Many2one(
        "res.groups", string="Authorized Group", default=lambda self: self.env.ref("base.group_user")
    )

    @api.model
    def _take_for(self, user, count, consume=True):
        """Return the next tips for a user, as HTML.

        :param count: how many
        :param consume: the user was told then
        :return: list of texts
        """
        known = self.sudo()
        domain = [
            ("user_ids", "not in", user.ids),
            "|",
            ("group_id", "in", user._get_group_ids()),
            ("group_id", "=", False),
        ]
        tips = known.search(domain, limit=count)
        renderer = self.env["mail.render.mixin"].sudo()
        texts = [
            renderer._render_template(
                tip.tip_description, self._name, tip.ids, engine="qweb", options={"post_process": True}
            )[tip.id]
            for tip in tips
        ]
        if consume:
            tips.user_ids = [Command.link(user.id)]
        return texts
