"""``mail.blacklist``: addresses that get no mass e-mails, and threads that know them."""

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.translate import _


class MailBlackList(models.Model):
    """An address that wants no mass e-mails; archived, it may get them again."""

    _name = "mail.blacklist"
    _inherit = ["mail.thread"]
    _description = "Mail Blacklist"
    _rec_name = "email"

    email = fields.Char("Email Address", required=True, index="trigram", tracking=1)
    active = fields.Boolean(default=True, tracking=2)

    _sql_constraints = [("unique_email", "unique (email)", "The address is in the list already.")]

    @api.model_create_multi
    def create(self, values):
        """Put addresses into the list; those that are there are returned as they are.

        :raise UserError: for what is no address
        """
        wanted = {}
        for vals in values:
            address = tools.email_normalize(vals["email"])
            if not address:
                raise UserError(_("%s is no e-mail address.", vals["email"]))
            wanted.setdefault(address, {**vals, "email": address})
        known = self.sudo().with_context(active_test=False).search([("email", "in", list(wanted))])
        there = set(known.mapped("email"))
        new = super().create([vals for address, vals in wanted.items() if address not in there])
        return known.with_env(self.env) | new

    def write(self, values):
        """Change addresses, in normal form."""
        if "email" in values:
            values = {**values, "email": tools.email_normalize(values["email"])}
        return super().write(values)

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Find addresses however they are written."""
        domain = [
            (leaf[0], leaf[1], tools.email_normalize(leaf[2]) or leaf[2])
            if isinstance(leaf, (list, tuple)) and leaf[0] == "email" and isinstance(leaf[2], str)
            else leaf
            for leaf in domain
        ]
        return super()._search(domain, offset, limit, order, **kwargs)

    def _add(self, email, message=None):
        """Put an address into the list.

        :param message: why
        """
        record = self._known(email)
        if record:
            if message:
                record._track_set_log_message(message)
            record.action_unarchive()
            return record
        return self._created(email, message, active=True)

    def _remove(self, email, message=None):
        """Take an address out of the list; it stays in it archived.

        :param message: why
        """
        record = self._known(email)
        if record:
            if message:
                record._track_set_log_message(message)
            record.action_archive()
            return record
        return self._created(email, message, active=False)

    def _known(self, email):
        """Return the record of an address."""
        address = tools.email_normalize(email)
        return self.sudo().with_context(active_test=False).search([("email", "=", address)]).with_env(self.env)

    def _created(self, email, message, active):
        """Create the record of an address, with a note."""
        record = self.create({"email": email, "active": active})
        if message:
            record.with_context(mail_create_nosubscribe=True).message_post(body=message, subtype_xmlid="mail.mt_note")
        return record

    def mail_action_blacklist_remove(self):
        """Return the dialog that asks why the address is taken out."""
        dialog = {"res_model": "mail.blacklist.remove", "target": "new", "view_mode": "form"}
        title = _("Why is the address taken out?")
        return {"type": "ir.actions.act_window", "name": title, "context": {"dialog_size": "medium"}, **dialog}

    def action_add(self):
        """Put the address into the list again."""
        self._add(self.email)


class MailThreadBlacklist(models.AbstractModel):
    """Threads with an address, which may be in the list."""

    _name = "mail.thread.blacklist"
    _inherit = ["mail.thread"]
    _description = "Mail Blacklist mixin"

    email_normalized = fields.Char(
        string="Normalized Email",
        compute="_compute_email_normalized",
        compute_sudo=True,
        store=True,
        index="trigram",
        help="The address in its normal form, by which it is found.",
    )
    is_blacklisted = fields.Boolean(
        string="Blacklist",
        compute="_compute_is_blacklisted",
        compute_sudo=True,
        store=False,
        search="_search_is_blacklisted",
        groups="base.group_user",
        help="The address gets no mass e-mails.",
    )
    message_bounce = fields.Integer("Bounce", default=0, help="How many e-mails did not arrive.")

    @api.depends(lambda self: [self._primary_email])
    def _compute_email_normalized(self):
        """Take the address in its normal form."""
        self._assert_primary_email()
        name = self._primary_email
        for record in self:
            record.email_normalized = tools.email_normalize(record[name] or "", strict=False)

    def _assert_primary_email(self):
        """Check that the model has a field with an address.

        :raise UserError: otherwise
        """
        field = self._fields.get(self._primary_email) if isinstance(self._primary_email, str) else None
        if field is None or field.type != "char":
            raise UserError(_("The model %s does not say which of its fields is the e-mail address.", self._name))

    @api.depends("email_normalized")
    def _compute_is_blacklisted(self):
        """Look the addresses up."""
        known = self.env["mail.blacklist"].sudo()
        rows = known.search_fetch([("email", "in", list(set(self.mapped("email_normalized"))))], ["email"])
        refused = frozenset(row.email for row in rows)
        for record in self:
            record.is_blacklisted = record.email_normalized in refused

    @api.model
    def _search_is_blacklisted(self, operator, value):
        """Find records by whether their address is in the list."""
        if operator not in ("=", "!=") or not isinstance(value, bool):
            raise NotImplementedError(f"is_blacklisted is compared with true or false, not {operator} {value}")
        self._assert_primary_email()
        self.env["mail.blacklist"].flush_model(["email", "active"])
        self.flush_model(["email_normalized"])
        listed = SQL("(SELECT email FROM mail_blacklist WHERE active)")
        rows = self.env.execute_query(
            SQL("SELECT id FROM %s WHERE email_normalized IN %s", SQL.identifier(self._table), listed)
        )
        return [("id", "in" if (operator == "=") == value else "not in", [id_ for (id_,) in rows])]

    def _message_receive_bounce(self, email, partner):
        """Count an e-mail that did not arrive."""
        super()._message_receive_bounce(email, partner)
        for record in self:
            record.message_bounce += 1

    def _message_reset_bounce(self, email):
        """Begin counting anew."""
        super()._message_reset_bounce(email)
        self.write({"message_bounce": 0})

    def mail_action_blacklist_remove(self):
        """Return the dialog that takes the address out of the list.

        :raise AccessError: when the user may not change the list
        """
        if not self.env["mail.blacklist"].has_access("write"):
            raise AccessError(_("You may not change the list of addresses that get no mass e-mails."))
        action = self.env["mail.blacklist"].mail_action_blacklist_remove()
        return {**action, "context": {**action["context"], "default_email": self[self._primary_email]}}
