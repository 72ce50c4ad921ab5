"""``ir.logging``: log messages that are kept in the database."""

from odoo import fields, models
from odoo.tools import SQL


class IrLogging(models.Model):
    """A message, written by the server's log handler or by server actions."""

    _name = "ir.logging"
    _description = "Logging"
    _order = "id DESC"
    _allow_sudo_commands = False

    # written by plain SQL, with a user id that may be of another database
    create_uid = fields.Integer(string="Created by", readonly=True)
    create_date = fields.Datetime(string="Created on", readonly=True)
    write_uid = fields.Integer(string="Last Updated by", readonly=True)
    write_date = fields.Datetime(string="Last Updated on", readonly=True)

    name = fields.Char(required=True)
    type = fields.Selection([("client", "Client"), ("server", "Server")], required=True, index=True)
    dbname = fields.Char(string="Database Name", index=True)
    level = fields.Char(index=True)
    message = fields.Text(required=True)
    path = fields.Char(required=True)
    func = fields.Char(string="Function", required=True)
    line = fields.Char(required=True)

    def init(self):
        """Drop the reference to users: the message stays when its user is deleted."""
        self.env.cr.execute(
            SQL(
                "ALTER TABLE ir_logging DROP CONSTRAINT IF EXISTS ir_logging_write_uid_fkey",
            )
        )
