"""Models that show what a write must not lose: lines, given values, parents, cents."""

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class Shelf(models.Model):
    """Lines that may be archived, seen with and without the archived ones."""

    _name = "test_orm.shelf"
    _description = "Shelf"

    name = fields.Char()
    book_ids = fields.One2many("test_orm.book", "shelf_id")
    all_book_ids = fields.One2many("test_orm.book", "shelf_id", context={"active_test": False})
    owned_book_ids = fields.One2many("test_orm.book", "owner_id")
    label_ids = fields.Many2many("test_orm.tag", "test_orm_shelf_label", "shelf_id", "tag_id")
    all_label_ids = fields.Many2many(
        "test_orm.tag", "test_orm_shelf_label", "shelf_id", "tag_id", context={"active_test": False}
    )


class Book(models.Model):
    _name = "test_orm.book"
    _description = "Book"

    name = fields.Char()
    active = fields.Boolean(default=True)
    shelf_id = fields.Many2one("test_orm.shelf")
    owner_id = fields.Many2one("test_orm.shelf", ondelete="cascade")


class Contract(models.Model):
    """Its clauses need it, without being deleted with it."""

    _name = "test_orm.contract"
    _description = "Contract"

    name = fields.Char()
    clause_ids = fields.One2many("test_orm.contract.clause", "contract_id")


class Clause(models.Model):
    _name = "test_orm.contract.clause"
    _description = "Clause"

    name = fields.Char()
    contract_id = fields.Many2one("test_orm.contract", required=True)


class Letter(models.Model):
    """What others delegate to."""

    _name = "test_orm.letter"
    _description = "Letter"

    body = fields.Char()
    level = fields.Char()
    state = fields.Char(default="draft")
    page_ids = fields.One2many("test_orm.letter.page", "letter_id")
    tag_ids = fields.Many2many("test_orm.tag")


class Page(models.Model):
    _name = "test_orm.letter.page"
    _description = "Page"

    name = fields.Char()
    letter_id = fields.Many2one("test_orm.letter")


class Mail(models.Model):
    _name = "test_orm.mail"
    _description = "Mail"
    _inherits = {"test_orm.letter": "letter_id"}

    address = fields.Char()
    letter_id = fields.Many2one("test_orm.letter", required=True, ondelete="cascade")
    page_names = fields.Char(compute="_compute_page_names", store=True)

    @api.depends("page_ids.name")
    def _compute_page_names(self):
        for mail in self:
            mail.page_names = ",".join(mail.page_ids.mapped("name"))


class Bulk(models.Model):
    """Delegates to what delegates itself; its tags are those of the first mail that it answers."""

    _name = "test_orm.bulk"
    _description = "Bulk"
    _inherits = {"test_orm.mail": "mail_id"}

    mail_id = fields.Many2one("test_orm.mail", required=True, ondelete="cascade")
    answered_id = fields.Many2one("test_orm.mail")
    answered_tag_ids = fields.Many2many(related="answered_id.tag_ids", readonly=False)


class Firm(models.Model):
    """Fields that are not stored and write what is given elsewhere."""

    _name = "test_orm.firm"
    _description = "Firm"

    name = fields.Char()
    kid_ids = fields.One2many("test_orm.firm.kid", "firm_id")
    place_ids = fields.One2many("test_orm.firm.place", "firm_id")
    where = fields.Char(compute="_compute_where", inverse="_inverse_where")
    slogan = fields.Char(compute="_compute_slogan", inverse="_inverse_slogan")
    big_place_ids = fields.One2many(
        "test_orm.firm.place", compute="_compute_big_place_ids", inverse="_inverse_big_place_ids"
    )
    named_kid_ids = fields.One2many(
        "test_orm.firm.kid", compute="_compute_named_kid_ids", inverse="_inverse_named_kid_ids"
    )

    @api.constrains("name")
    def _check_name(self):
        if "refused" in self.mapped("name"):
            raise ValidationError("This name is refused")

    @api.constrains("name", "where")
    def _check_name_and_place(self):
        for firm in self:
            if firm.name and firm.name == firm.where:
                raise ValidationError("No firm is called after its place")

    @api.depends("place_ids.name")
    def _compute_where(self):
        for firm in self:
            firm.where = firm.place_ids[:1].name

    def _inverse_where(self):
        for firm in self:
            if firm.place_ids:
                firm.place_ids[0].name = firm.where
            else:
                firm.place_ids = [Command.create({"name": firm.where})]

    @api.depends("name")
    def _compute_slogan(self):
        for firm in self:
            firm.slogan = f"{firm.name} is best" if firm.name else False

    def _inverse_slogan(self):
        for firm in self:
            firm.name = (firm.slogan or "").removesuffix(" is best")

    @api.depends("place_ids.size")
    def _compute_big_place_ids(self):
        for firm in self:
            firm.big_place_ids = firm.place_ids.filtered(lambda place: place.size > 10)

    def _inverse_big_place_ids(self):
        for firm in self:
            small = firm.place_ids.filtered(lambda place: place.size <= 10)
            firm.place_ids = small + firm.big_place_ids

    @api.depends("kid_ids.name")
    def _compute_named_kid_ids(self):
        for firm in self:
            firm.named_kid_ids = firm.kid_ids.filtered("name")

    def _inverse_named_kid_ids(self):
        for firm in self:
            firm.kid_ids = firm.kid_ids.filtered(lambda kid: not kid.name) + firm.named_kid_ids


class Kid(models.Model):
    _name = "test_orm.firm.kid"
    _description = "Kid"

    name = fields.Char()
    firm_id = fields.Many2one("test_orm.firm")


class FirmPlace(models.Model):
    _name = "test_orm.firm.place"
    _description = "Place of a Firm"

    name = fields.Char()
    size = fields.Integer()
    firm_id = fields.Many2one("test_orm.firm", ondelete="cascade")


class Triple(models.Model):
    """Three parts of one text, two of which write it."""

    _name = "test_orm.triple"
    _description = "Triple"

    full = fields.Char()
    one = fields.Char(compute="_compute_parts", store=True, readonly=False)
    two = fields.Char(compute="_compute_parts", inverse="_inverse_parts", store=True)
    three = fields.Char(compute="_compute_parts", inverse="_inverse_parts", store=True)

    @api.depends("full")
    def _compute_parts(self):
        for record in self:
            parts = [*(record.full or "").split("/"), "", "", ""]
            record.one, record.two, record.three = parts[:3]

    def _inverse_parts(self):
        for record in self:
            record.full = "/".join([record.one or "", record.two or "", record.three or ""])


class Account(models.Model):
    _name = "test_orm.account"
    _description = "Account"

    currency_id = fields.Many2one("res.currency")
    entry_ids = fields.One2many("test_orm.account.entry", "account_id")


class Entry(models.Model):
    """Amounts in currencies that come from elsewhere."""

    _name = "test_orm.account.entry"
    _description = "Entry"

    account_id = fields.Many2one("test_orm.account")
    currency_id = fields.Many2one(related="account_id.currency_id")
    total = fields.Monetary()
    kept_currency_id = fields.Many2one(related="account_id.currency_id", string="Kept Currency", store=True)
    kept_total = fields.Monetary(currency_field="kept_currency_id")


class Guarded(models.Model):
    """Superuser mode gives no rights on its records to who changes them through a relation."""

    _name = "test_orm.guarded"
    _description = "Guarded"
    _allow_sudo_commands = False

    name = fields.Char()
    keeper_id = fields.Many2one("test_orm.keeper")


class Keeper(models.Model):
    _name = "test_orm.keeper"
    _description = "Keeper"

    name = fields.Char()
    guarded_ids = fields.One2many("test_orm.guarded", "keeper_id")
    shared_ids = fields.Many2many("test_orm.guarded")
