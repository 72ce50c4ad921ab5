"""Resources show whether their user is online."""

from odoo import fields, models


class ResourceResource(models.Model):
    """People and things with working hours."""

    _inherit = "resource.resource"

    im_status = fields.Char(related="user_id.im_status")
