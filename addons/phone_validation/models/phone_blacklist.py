"""``phone.blacklist``: numbers that get no messages in bulk."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import _


class PhoneBlackList(models.Model):
    """A number that wants no messages in bulk; archived, it may get them again."""

    _name = "phone.blacklist"
    _inherit = ["mail.thread"]
    _description = "Phone Blacklist"
    _rec_name = "number"

    number = fields.Char(
        "Phone Number", required=True, tracking=True, help="With its prefix, as +32475123456; other forms are turned."
    )
    active = fields.Boolean(default=True, tracking=True)

    _sql_constraints = [("unique_number", "unique (number)", "The number is in the list already.")]

    @api.model_create_multi
    def create(self, values):
        """Put numbers into the list.

        Those that are there are returned, and are blocked again unless ``active`` is given as false.

        :return: one record for each number, in the order of the first time that each is given
        :raise UserError: for what is no number
        """
        wanted = {}
        for vals in values:
            number = self._sanitized(vals.get("number"))
            wanted.setdefault(number, {**vals, "number": number})
        known = {record.number: record for record in self._known(list(wanted))}
        again = [record.id for number, record in known.items() if wanted[number].get("active", True)]
        self.browse(again).filtered(lambda record: not record.active).action_unarchive()
        created = super().create([vals for number, vals in wanted.items() if number not in known])
        known.update((record.number, record) for record in created)
        return self.browse([known[number].id for number in wanted])

    def write(self, values):
        """Change numbers, in normal form.

        :raise UserError: for what is no number
        """
        if "number" in values:
            values = {**values, "number": self._sanitized(values["number"])}
        return super().write(values)

    def _condition_to_sql(self, alias: str, fname: str, operator: str, value, query) -> SQL:
        """Find numbers however they are written."""
        if fname == "number":
            value = self._sanitized_operand(value)
        return super()._condition_to_sql(alias, fname, operator, value, query)

    def _sanitized_operand(self, value):
        """Return what numbers are compared with, in normal form where it is a number."""
        if isinstance(value, str):
            return self.env.user._phone_format(number=value) or value
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._sanitized_operand(one) for one in value]
        return value

    def _sanitized(self, number):
        """Return a number in normal form.

        :raise UserError: it is none
        """
        if not isinstance(number, str) or not number.strip():
            raise UserError(_("A number that is blocked cannot be empty."))
        return self.env.user._phone_format(number=number, raise_exception=True)

    def _known(self, numbers):
        """Return the records of numbers, archived or not."""
        every = self.sudo().with_context(active_test=False)
        return every.search([("number", "in", numbers)]).with_env(self.env)

    def add(self, number, message=None):
        """Block a number.

        :param number: in any form
        :param message: why, for the history
        :return: the record
        :raise UserError: it is no number
        """
        return self._add([self._sanitized(number)], message=message)

    def _add(self, numbers, message=None):
        """Block numbers.

        :param numbers: list of numbers in normal form
        :param message: why, for the history
        :return: the records, in the order of the numbers
        """
        return self._put(numbers, active=True, message=message)

    def remove(self, number, message=None):
        """Let a number get messages again; it stays in the list archived.

        :param number: in any form
        :param message: why, for the history
        :return: the record
        :raise UserError: it is no number
        """
        return self._remove([self._sanitized(number)], message=message)

    def _remove(self, numbers, message=None):
        """Let numbers get messages again.

        :param numbers: list of numbers in normal form
        :param message: why, for the history
        :return: the records, in the order of the numbers
        """
        return self._put(numbers, active=False, message=message)

    def _put(self, numbers, active, message):
        """Have numbers in the list, blocked or archived, and tell why."""
        known = self._known(numbers)
        there = set(known.mapped("number"))
        changed = known.filtered(lambda record: record.active != active)
        if message:
            changed._track_set_log_message(message)
        changed.write({"active": active})
        new = [number for number in numbers if number not in there]
        created = self.create([{"number": number, "active": active} for number in new])
        if message:
            for record in created | (known - changed):
                record.with_context(mail_create_nosubscribe=True)._message_log(body=message)
        by_number = {record.number: record.id for record in known | created}
        return self.browse(dict.fromkeys(by_number[number] for number in numbers))

    def phone_action_blacklist_remove(self):
        """Return the dialog that asks why the number is taken out."""
        return {
            "type": "ir.actions.act_window",
            "name": _("Why may the number get messages again?"),
            "res_model": "phone.blacklist.remove",
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "medium", "default_phone": self.number if len(self) == 1 else False},
        }

    def action_add(self):
        """Block the number again."""
        self.ensure_one()
        self.add(self.number)
