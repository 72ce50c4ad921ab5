"""Threads of several kinds."""

from odoo import api, fields, models


class MailTestSimple(models.Model):
    """A thread with an address."""

    _name = "mail.test.simple"
    _description = "Simple Chatter Model"
    _inherit = ["mail.thread"]

    name = fields.Char()
    email_from = fields.Char()


class MailTestReadonly(models.Model):
    """A thread that whoever reads it may post on."""

    _name = "mail.test.access"
    _description = "Thread with posts by readers"
    _inherit = ["mail.thread"]
    _mail_post_access = "read"

    name = fields.Char()


class MailTestNothread(models.Model):
    """A model without messages."""

    _name = "mail.test.nothread"
    _description = "NoThread Model"

    name = fields.Char()
    company_id = fields.Many2one("res.company")
    customer_id = fields.Many2one("res.partner")


class MailTestContainer(models.Model):
    """A thread that others are in."""

    _name = "mail.test.container"
    _description = "Container Model"
    _inherit = ["mail.alias.mixin", "mail.thread"]

    name = fields.Char()
    company_id = fields.Many2one("res.company")

    def _alias_get_creation_values(self):
        """E-mails to the address become tickets."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("mail.test.ticket")
        return values


class MailTestTicket(models.Model):
    """A thread with tracked fields, kinds of messages and templates."""

    _name = "mail.test.ticket"
    _description = "Ticket-like model"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _primary_email = "email_from"

    name = fields.Char(tracking=True)
    active = fields.Boolean(default=True)
    email_from = fields.Char(tracking=True)
    count = fields.Integer(default=1)
    score = fields.Float(tracking=3)
    due_on = fields.Date(tracking=4)
    starts_at = fields.Datetime(tracking=5)
    is_urgent = fields.Boolean(tracking=6)
    notes = fields.Text(tracking=7)
    state = fields.Selection([("new", "New"), ("done", "Done")], default="new", tracking=8)
    amount = fields.Monetary(currency_field="currency_id", tracking=9)
    currency_id = fields.Many2one("res.currency")
    secret = fields.Char(tracking=10, groups="base.group_system")
    customer_id = fields.Many2one("res.partner", tracking=2)
    customer_phone = fields.Char(related="customer_id.phone", store=True, tracking=11)
    tag_ids = fields.Many2many("res.partner.category", tracking=12)
    user_id = fields.Many2one("res.users", tracking=1)
    container_id = fields.Many2one("mail.test.container", tracking=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)

    def _mail_get_partner_fields(self, introspect_fields=False):
        """The customer."""
        return ["customer_id"]

    def _message_get_default_recipients(self):
        """The customer, or the address."""
        return {
            ticket.id: {
                "email_cc": False,
                "email_to": False if ticket.customer_id else ticket.email_from,
                "partner_ids": ticket.customer_id.ids,
            }
            for ticket in self
        }

    def _track_subtype(self, init_values):
        """Tell of new containers."""
        moved = self.container_id if "container_id" in init_values else False
        usual = super()._track_subtype(init_values)
        return self.env.ref("test_mail.st_mail_test_ticket_container_upd") if moved else usual

    def _track_template(self, changes):
        """Answer when the ticket is done."""
        result = super()._track_template(changes)
        if "state" in changes and self[0].state == "done":
            template = self.env.ref("test_mail.mail_template_ticket_done")
            result["state"] = (template, {"subtype_id": self.env.ref("mail.mt_comment").id})
        return result


class MailTestDuration(models.Model):
    """A thread that knows how long it was with each customer."""

    _name = "mail.test.track.duration.mixin"
    _description = "Thread with durations"
    _inherit = ["mail.tracking.duration.mixin", "mail.thread"]
    _track_duration_field = "customer_id"

    name = fields.Char()
    customer_id = fields.Many2one("res.partner", tracking=True)


class MailTestCC(models.Model):
    """A thread with copies and a main file."""

    _name = "mail.test.cc"
    _description = "Test Email CC Thread"
    _inherit = ["mail.thread.cc", "mail.thread.main.attachment"]

    name = fields.Char()


class MailTestBlacklist(models.Model):
    """A thread whose address may be in the list of those that want no mass e-mails."""

    _name = "mail.test.blacklist"
    _description = "Mail Test Blacklist Enabled"
    _inherit = ["mail.thread.blacklist"]
    _primary_email = "email_from"

    name = fields.Char()
    email_from = fields.Char()
    customer_id = fields.Many2one("res.partner")
    label = fields.Char(compute="_compute_label")

    @api.depends("name", "email_from")
    def _compute_label(self):
        """Put name and address together."""
        for record in self:
            record.label = f"{record.name} <{record.email_from}>"
