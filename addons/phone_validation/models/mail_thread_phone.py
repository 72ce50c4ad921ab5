"""``mail.thread.phone``: threads with telephone numbers, which may be blocked."""

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.osv import expression
from odoo.tools import SQL, sql
from odoo.tools.translate import _

#: what people write between digits; the same in PostgreSQL
_BETWEEN = r"[\s\\./()-]"
#: column without them: as it is indexed, and searched
_STRIPPED = f"regexp_replace(%s::text, '{_BETWEEN}'::text, ''::text, 'g'::text)"
#: shortest text that numbers are searched for
SHORTEST = 3
_NEGATIVE = {"!=": "=", "not like": "like", "not ilike": "ilike", "not in": "in"}
_PATTERNS = {"=like": "LIKE", "=ilike": "ILIKE", "like": "LIKE", "ilike": "ILIKE"}


class PhoneMixin(models.AbstractModel):
    """Threads with numbers, of which one is the number that is written to."""

    _name = "mail.thread.phone"
    _inherit = ["mail.thread"]
    _description = "Phone Blacklist Mixin"

    phone_sanitized = fields.Char(
        string="Sanitized Number",
        compute="_compute_phone_sanitized",
        compute_sudo=True,
        store=True,
        help="The first number that is one, in the form in which it is compared.",
    )
    phone_sanitized_blacklisted = fields.Boolean(
        string="Phone Blacklisted",
        compute="_compute_blacklisted",
        compute_sudo=True,
        store=False,
        search="_search_phone_sanitized_blacklisted",
        groups="base.group_user",
        help="The number gets no messages in bulk.",
    )
    phone_blacklisted = fields.Boolean(
        string="Blacklisted Phone is Phone",
        compute="_compute_blacklisted",
        compute_sudo=True,
        store=False,
        groups="base.group_user",
        help="The blocked number is that of the telephone.",
    )
    mobile_blacklisted = fields.Boolean(
        string="Blacklisted Phone Is Mobile",
        compute="_compute_blacklisted",
        compute_sudo=True,
        store=False,
        groups="base.group_user",
        help="The blocked number is that of the mobile telephone.",
    )
    phone_mobile_search = fields.Char("Phone/Mobile", store=False, search="_search_phone_mobile_search")

    def init(self):
        """Index the numbers as they are searched: without what people write between digits."""
        super().init()
        if self._abstract or not self._auto:
            return
        for name in self._phone_stored_fields():
            index = sql.make_index_name(self._table, f"{name}_digits")
            method = ("gin", " gin_trgm_ops") if self.pool.has_trigram else ("btree", "")
            term = f"({_STRIPPED % name}){method[1]}"
            sql.create_index(self.env.cr, index, self._table, [term], method[0], f"{name} IS NOT NULL")

    def _phone_stored_fields(self):
        """Return the names of the columns with numbers."""
        fields_of = self._fields
        names = self._phone_get_number_fields()
        return [name for name in names if name in fields_of and fields_of[name].store and fields_of[name].column_type]

    def _phone_assert_fields(self):
        """Return the names of the fields with numbers.

        :raise UserError: the model has none
        """
        names = [name for name in self._phone_get_number_fields() if name in self._fields]
        if not names:
            raise UserError(_("The model %s does not say which of its fields are telephone numbers.", self._name))
        return names

    @api.model
    def _phone_get_sanitize_triggers(self):
        """Return the names of the fields that the number follows from."""
        names = [name for name in self._phone_get_number_fields() if name in self._fields]
        country = self._phone_get_country_field()
        return [*names, country] if country else names

    @api.depends(lambda self: self._phone_get_sanitize_triggers())
    def _compute_phone_sanitized(self):
        """Take the first number that is one."""
        names = self._phone_assert_fields()
        for record in self:
            found = (record._phone_format(fname=name) for name in names if record[name])
            record.phone_sanitized = next(filter(None, found), False)

    @api.depends("phone_sanitized")
    def _compute_blacklisted(self):
        """Look the numbers up in the list."""
        numbers = list({number for number in self.mapped("phone_sanitized") if number})
        rows = self.env["phone.blacklist"].sudo().search_fetch([("number", "in", numbers)], ["number"])
        blocked = {row.number for row in rows}
        names = self._phone_get_number_fields()
        for record in self:
            number = record.phone_sanitized
            is_blocked = number in blocked
            of_number = [name for name in names if is_blocked and record._phone_format(fname=name) == number]
            record.phone_sanitized_blacklisted = is_blocked
            record.mobile_blacklisted = any("mobile" in name for name in of_number)
            record.phone_blacklisted = any("mobile" not in name for name in of_number)

    @api.model
    def _search_phone_sanitized_blacklisted(self, operator, value):
        """Find records by whether their number is blocked.

        :raise UserError: for comparisons with anything but true and false
        """
        if operator not in ("=", "!=") or not isinstance(value, bool):
            raise UserError(_("Whether a number is blocked is compared with yes or no."))
        self._phone_assert_fields()
        self.env["phone.blacklist"].flush_model(["number", "active"])
        self.flush_model(["phone_sanitized"])
        blocked = SQL(
            "(SELECT id FROM %s WHERE phone_sanitized IN (SELECT number FROM phone_blacklist WHERE active))",
            SQL.identifier(self._table),
        )
        return [("id", "in" if (operator == "=") == value else "not in", blocked)]

    @api.model
    def _search_phone_mobile_search(self, operator, value):
        """Find records by a part of their numbers, however it is written.

        A prefix is the same with ``+`` and ``00``, and stands at the beginning of numbers.

        :raise UserError: the model has no numbers, or the text is too short
        """
        names = self._phone_stored_fields()
        if not names:
            self._phone_assert_fields()
            raise UserError(_("The numbers of the model %s are not kept, and cannot be searched.", self._name))
        negative = operator in _NEGATIVE
        positive = _NEGATIVE.get(operator, operator)
        if isinstance(value, str) and not value.strip():
            value = False
        if isinstance(value, bool) or value is None:
            # nothing is part of every text: asking for it asks for those with a number
            is_set = bool(value) or positive not in ("=", "in")
            if is_set != negative:
                return expression.OR([["!", *_unset(name)] for name in names])
            return expression.AND([_unset(name) for name in names])
        values = list(value) if positive == "in" and not isinstance(value, str) else [value]
        found = [self._phone_condition(name, positive, one) for name in names for one in values if one]
        if not found:
            return expression.TRUE_DOMAIN if negative else expression.FALSE_DOMAIN
        self.flush_model(names)
        rows = SQL("(SELECT id FROM %s WHERE %s)", SQL.identifier(self._table), SQL(" OR ").join(found))
        return [("id", "not in" if negative else "in", rows)]

    def _phone_condition(self, name, operator, value):
        """Return the condition that a column has a number or a part of it.

        :raise UserError: the part is too short
        """
        text = str(value).strip()
        if len(text) < SHORTEST:
            raise UserError(_("Numbers are searched by at least %s characters.", SHORTEST))
        column = SQL(_STRIPPED, SQL.identifier(name))
        digits = re.sub(_BETWEEN, "", text)
        match = re.match(r"(?:\+|00)(.*)", digits)
        spellings = [f"+{match[1]}", f"00{match[1]}"] if match else [digits]
        if operator in ("=", "in"):
            return SQL("%s IN %s", column, tuple(spellings))
        if operator not in _PATTERNS:
            raise UserError(_("Numbers cannot be compared by %s.", operator))
        if not operator.startswith("="):
            escaped = [re.sub(r"([%_])", r"\\\1", one) for one in spellings]
            spellings = [f"{one}%" if match else f"%{one}%" for one in escaped]
        like = SQL(_PATTERNS[operator])
        terms = [SQL("%s %s %s", column, like, one) for one in spellings]
        return SQL("(%s)", SQL(" OR ").join(terms))

    def _phone_set_blacklisted(self):
        """Block the numbers of the records."""
        numbers = [record.phone_sanitized for record in self if record.phone_sanitized]
        return self.env["phone.blacklist"].sudo()._add(numbers)

    def _phone_reset_blacklisted(self):
        """Let the numbers of the records get messages again."""
        numbers = [record.phone_sanitized for record in self if record.phone_sanitized]
        return self.env["phone.blacklist"].sudo()._remove(numbers)

    def phone_action_blacklist_remove(self):
        """Return the dialog that takes the number of the record out of the list.

        :raise AccessError: when the user may not change the list
        """
        self.ensure_one()
        if not self.env["phone.blacklist"].has_access("write"):
            raise AccessError(_("You may not change the list of numbers that get no messages in bulk."))
        action = self.env["phone.blacklist"].phone_action_blacklist_remove()
        return {**action, "context": {**action["context"], "default_phone": self.phone_sanitized}}


def _unset(name):
    """Return the domain of records whose text is missing or empty."""
    return ["|", (name, "=", False), (name, "=", "")]
