"""Who may make an account, and get a new password."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of accounts."""

    _inherit = "res.config.settings"

    auth_signup_reset_password = fields.Boolean(
        "Enable password reset from Login page", config_parameter="auth_signup.reset_password"
    )
    auth_signup_uninvited = fields.Selection(
        [("b2b", "On invitation"), ("b2c", "Free sign up")],
        string="Customer Account",
        default="b2c",
        config_parameter="auth_signup.invitation_scope",
    )
    auth_signup_template_user_id = fields.Many2one(
        "res.users",
        string="Template of new accounts",
        config_parameter="base.template_portal_user_id",
        help="What new accounts of visitors are copied from.",
    )
