"""Fields that only some users may read, for views."""

from odoo import fields, models


class Vault(models.Model):
    """A field is reserved to managers of documents."""

    _name = "test_orm.vault"
    _description = "Vault"

    name = fields.Char()
    secret = fields.Char(groups="test_orm.group_manager")


class Branch(models.Model):
    """Has a vault: inherits its fields, and relates to that of another branch."""

    _name = "test_orm.branch"
    _description = "Branch"
    _inherits = {"test_orm.vault": "vault_id"}

    vault_id = fields.Many2one("test_orm.vault", required=True, ondelete="cascade")
    main_id = fields.Many2one("test_orm.branch")
    main_secret = fields.Char(related="main_id.secret", string="Secret of the Main Branch")
    sub_ids = fields.One2many("test_orm.branch", "main_id")
