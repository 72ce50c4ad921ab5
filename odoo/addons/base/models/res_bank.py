"""Banks and bank accounts."""

import re
from collections.abc import Iterable

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.translate import _


def sanitize_account_number(acc_number):
    """Return an account number without anything but letters and digits, upper case."""
    return re.sub(r"\W+", "", acc_number).upper() if acc_number else False


class Bank(models.Model):
    """A bank."""

    _name = "res.bank"
    _description = "Bank"
    _order = "name"
    _rec_names_search = ["name", "bic"]

    name = fields.Char(required=True)
    street = fields.Char()
    street2 = fields.Char()
    zip = fields.Char()
    city = fields.Char()
    state = fields.Many2one("res.country.state", "Fed. State", domain="[('country_id', '=?', country)]", copy=False)
    country = fields.Many2one("res.country")
    country_code = fields.Char(related="country.code", string="Country Code")
    email = fields.Char()
    phone = fields.Char()
    active = fields.Boolean(default=True)
    bic = fields.Char("Bank Identifier Code", index=True, help="Also known as BIC or SWIFT code.")

    @api.depends("bic")
    def _compute_display_name(self):
        """Tell the code too."""
        for bank in self:
            bank.display_name = f"{bank.name or ''}{f' - {bank.bic}' if bank.bic else ''}"

    @api.model
    def _search_display_name(self, operator, value):
        """Search by the beginning of the code as well as by name."""
        prefix = {"ilike": [], "not ilike": ["!"]}.get(operator) if value else None
        if prefix is None:
            return super()._search_display_name(operator, value)
        return [*prefix, "|", ("name", "ilike", value), ("bic", "=ilike", f"{value}%")]

    @api.onchange("country")
    def _onchange_country_id(self):
        """A state of another country is none."""
        if self.country and self.country != self.state.country_id:
            self.state = False

    @api.onchange("state")
    def _onchange_state(self):
        """A state tells the country."""
        if self.state.country_id:
            self.country = self.state.country_id


class ResPartnerBank(models.Model):
    """A bank account of a partner."""

    _name = "res.partner.bank"
    _rec_name = "acc_number"
    _description = "Bank Accounts"
    _order = "sequence, id"

    @api.model
    def get_supported_account_types(self):
        """Return the kinds of accounts; extended by other modules through the private method."""
        return self._get_supported_account_types()

    @api.model
    def _get_supported_account_types(self):
        """Return the kinds of accounts as (value, label) pairs."""
        return [("bank", _("Normal"))]

    active = fields.Boolean(default=True)
    acc_type = fields.Selection(
        selection=lambda self: self.env["res.partner.bank"].get_supported_account_types(),
        compute="_compute_acc_type",
        string="Type",
        help="The kind of number: a plain one, or one like IBAN that tells the bank.",
    )
    acc_number = fields.Char("Account Number", required=True)
    sanitized_acc_number = fields.Char(
        compute="_compute_sanitized_acc_number",
        string="Sanitized Account Number",
        readonly=True,
        store=True,
    )
    acc_holder_name = fields.Char(
        string="Account Holder Name",
        compute="_compute_account_holder_name",
        readonly=False,
        store=True,
        help="The holder's name, where it is not the partner's.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Account Holder",
        ondelete="cascade",
        index=True,
        required=True,
        domain=["|", ("is_company", "=", True), ("parent_id", "=", False)],
    )
    allow_out_payment = fields.Boolean(
        "Send Money",
        default=False,
        copy=False,
        help="The account may be paid to: somebody made sure that it is right.",
    )
    bank_id = fields.Many2one("res.bank", string="Bank")
    bank_name = fields.Char(related="bank_id.name", readonly=False)
    bank_bic = fields.Char(related="bank_id.bic", readonly=False)
    sequence = fields.Integer(default=10)
    currency_id = fields.Many2one("res.currency", string="Currency")
    company_id = fields.Many2one("res.company", "Company", related="partner_id.company_id", store=True, readonly=True)
    country_code = fields.Char(related="partner_id.country_code", string="Country Code")

    _sql_constraints = [
        ("unique_number", "unique(sanitized_acc_number, partner_id)", "The partner has this account already."),
    ]

    @api.depends("acc_number")
    def _compute_sanitized_acc_number(self):
        """Keep what the number is compared by."""
        for account in self:
            account.sanitized_acc_number = sanitize_account_number(account.acc_number)

    @api.depends("acc_number")
    def _compute_acc_type(self):
        """Tell the kind of the number."""
        for account in self:
            account.acc_type = self.retrieve_acc_type(account.acc_number)

    @api.depends("partner_id")
    def _compute_account_holder_name(self):
        """Take the partner's name."""
        for account in self:
            account.acc_holder_name = account.partner_id.name

    @api.model
    def retrieve_acc_type(self, acc_number):
        """Return the kind of an account number; extended by other modules."""
        return "bank"

    @api.depends("acc_number", "bank_id")
    def _compute_display_name(self):
        """Tell the bank too."""
        for account in self:
            bank = f" - {account.bank_id.name}" if account.bank_id else ""
            account.display_name = f"{account.acc_number}{bank}"

    def _condition_to_sql(self, alias: str, fname: str, operator: str, value, query) -> SQL:
        """Search account numbers without regard to spaces and the like."""
        if fname == "acc_number":
            fname, value = "sanitized_acc_number", _sanitize_operand(operator, value)
        return super()._condition_to_sql(alias, fname, operator, value, query)


def _sanitize_operand(operator: str, value):
    """Return what account numbers are compared with, sanitized as they are; patterns may stand anywhere in them."""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [sanitize_account_number(number) for number in value]
    number = sanitize_account_number(value)
    return f"%{number}%" if number and operator in ("=like", "=ilike") else number
