"""Shops, and the jobs they do for customers."""

from odoo import fields, models


class Shop(models.Model):
    """Somewhere jobs are done."""

    _name = "test_rating.shop"
    _description = "Shop"
    _inherit = ["rating.parent.mixin", "mail.thread"]

    name = fields.Char()


class Job(models.Model):
    """Something that is done for a customer."""

    _name = "test_rating.job"
    _description = "Job of a shop"
    _inherit = ["rating.mixin"]
    _mail_post_access = "read"

    name = fields.Char()
    partner_id = fields.Many2one("res.partner")
    user_id = fields.Many2one("res.users")
    shop_id = fields.Many2one("test_rating.shop")

    def _rating_get_parent_field_name(self):
        """The shop."""
        return "shop_id"
