"""``ir.sequence``: numbering of documents."""

import logging
from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import _

_logger = logging.getLogger(__name__)

#: format directives that prefixes and suffixes may use, each also with range_ and current_
DIRECTIVES = {
    "year": "%Y",
    "month": "%m",
    "day": "%d",
    "y": "%y",
    "doy": "%j",
    "woy": "%W",
    "weekday": "%w",
    "h24": "%H",
    "h12": "%I",
    "min": "%M",
    "sec": "%S",
    "isoyear": "%G",
    "isoy": "%g",
    "isoweek": "%V",
}


def _create_sequence(cr, name, increment, start):
    """Create a database sequence.

    :raise UserError: when ``increment`` is zero
    """
    if not increment:
        raise UserError(_("The step of a sequence cannot be zero."))
    cr.execute(SQL("CREATE SEQUENCE %s INCREMENT BY %s START WITH %s", SQL.identifier(name), increment, start))


def _drop_sequences(cr, names):
    """Drop database sequences, those that exist."""
    if names:
        cr.execute(SQL("DROP SEQUENCE IF EXISTS %s RESTRICT", SQL(", ").join(map(SQL.identifier, names))))


def _alter_sequence(cr, name, increment=None, restart=None):
    """Change step and next number of a database sequence that exists.

    :raise UserError: when ``increment`` is zero
    """
    if increment == 0:
        raise UserError(_("The step of a sequence cannot be zero."))
    clauses = (("INCREMENT BY %s", increment), ("RESTART WITH %s", restart))
    changes = [SQL(clause, number) for clause, number in clauses if number is not None]
    if changes:
        cr.execute(SQL("ALTER SEQUENCE IF EXISTS %s %s", SQL.identifier(name), SQL(" ").join(changes)))


def _select_nextval(cr, name):
    """Draw the next number of a database sequence."""
    cr.execute(SQL("SELECT nextval(%s)", name))
    return cr.fetchone()[0]


def _update_nogap(record, increment):
    """Take the next number of a record that may leave no gap: nobody else gets one until the transaction ends."""
    record.flush_recordset(["number_next"])
    record.env.cr.execute(
        SQL(
            "SELECT number_next FROM %s WHERE id = %s FOR UPDATE NOWAIT",
            SQL.identifier(record._table),
            record.id,
        )
    )
    [number] = record.env.cr.fetchone()
    record.env.cr.execute(
        SQL(
            "UPDATE %s SET number_next = number_next + %s WHERE id = %s",
            SQL.identifier(record._table),
            increment,
            record.id,
        )
    )
    record.invalidate_recordset(["number_next"])
    return number


def _predict_nextval(record, name, increment):
    """Return the number that a database sequence will give next, without drawing it."""
    record.env.cr.execute(SQL("SELECT last_value, is_called FROM %s", SQL.identifier(name)))
    last_value, is_called = record.env.cr.fetchone()
    return last_value + increment if is_called else last_value


class Counter:
    """What sequences and their periods have in common: a number that goes up, kept as the sequence's settings tell.

    Models add ``_pg_sequence``, the name of the record's database sequence, and ``_settings``, the ``ir.sequence``.
    """

    __slots__ = ()

    def _is_standard(self) -> bool:
        """Tell whether numbers come from a database sequence."""
        return self._settings.implementation == "standard"

    def _create_database_sequences(self):
        """Create the database sequences of the records that draw from one."""
        for counter in self.filtered(lambda counter: counter._is_standard()):
            _create_sequence(
                self.env.cr, counter._pg_sequence, counter._settings.number_increment, counter.number_next or 1
            )

    def _draw(self) -> int:
        """Take the next number."""
        if self._is_standard():
            return _select_nextval(self.env.cr, self._pg_sequence)
        return _update_nogap(self, self._settings.number_increment)

    def _get_number_next_actual(self):
        """Look at the database sequence, or the counter, for the next number."""
        for counter in self:
            if not isinstance(counter.id, int):
                number = 0
            elif counter._is_standard():
                number = _predict_nextval(counter, counter._pg_sequence, counter._settings.number_increment)
            else:
                number = counter.number_next
            counter.number_next_actual = number

    def _set_number_next_actual(self):
        """Restart at the given number."""
        for counter in self:
            counter.write({"number_next": counter.number_next_actual or 1})


class IrSequence(models.Model, Counter):
    """A series of numbers with a prefix and a suffix.

    The standard implementation draws from a database sequence: fast, but a transaction that fails leaves a gap.
    The other one locks its record until the transaction ends.
    """

    _name = "ir.sequence"
    _description = "Sequence"
    _order = "name"
    _allow_sudo_commands = False

    name = fields.Char(required=True)
    code = fields.Char(string="Sequence Code")
    implementation = fields.Selection(
        [("standard", "Standard"), ("no_gap", "No gap")],
        required=True,
        default="standard",
        help="Standard: fast, numbers may be missing. No gap: every number is used, one user at a time.",
    )
    active = fields.Boolean(default=True)
    prefix = fields.Char(help="Text before the number.", trim=False)
    suffix = fields.Char(help="Text after the number.", trim=False)
    number_next = fields.Integer(string="Next Number", required=True, default=1)
    number_next_actual = fields.Integer(
        compute="_get_number_next_actual",
        inverse="_set_number_next_actual",
        string="Actual Next Number",
        help="The number that is given next, if nobody draws one in the meantime.",
    )
    number_increment = fields.Integer(string="Step", required=True, default=1)
    padding = fields.Integer(string="Sequence Size", required=True, default=0, help="Number of digits, at least.")
    company_id = fields.Many2one("res.company", string="Company", default=lambda self: self.env.company)
    use_date_range = fields.Boolean(string="Use subsequences per date_range")
    date_range_ids = fields.One2many("ir.sequence.date_range", "sequence_id", string="Subsequences")

    @property
    def _pg_sequence(self) -> str:
        """Name of the record's database sequence."""
        return f"ir_sequence_{self.id:03d}"

    @property
    def _settings(self):
        """The record that tells how numbers are drawn."""
        return self

    @api.model_create_multi
    def create(self, vals_list):
        """Create sequences and, for the standard ones, their database sequence."""
        created = super().create(vals_list)
        created._create_database_sequences()
        return created

    def unlink(self):
        """Delete sequences with their database sequences."""
        _drop_sequences(self.env.cr, [sequence._pg_sequence for sequence in self])
        self.date_range_ids.unlink()
        return super().unlink()

    def write(self, values):
        """Update sequences and their database sequences."""
        before = {sequence: (sequence.implementation, sequence.number_increment) for sequence in self}
        result = super().write(values)
        if values.keys() & {"implementation", "number_increment", "number_next"}:
            for sequence, (implementation, increment) in before.items():
                for owner in [sequence, *sequence.date_range_ids]:
                    owner_restarts = owner == sequence and "number_next" in values
                    sequence._follow(owner, implementation, increment, owner_restarts)
        # numbers drawn by other sessions follow the new settings
        self.flush_recordset(values.keys() & self._fields.keys())
        return result

    def _follow(self, owner, implementation, increment, restart):
        """Bring the database sequence of ``owner``, self or a subsequence, in line with the record."""
        cr, name = self.env.cr, owner._pg_sequence
        standard = self.implementation == "standard"
        if implementation == "standard" and not standard:
            owner.number_next = _predict_nextval(owner, name, increment) if not restart else owner.number_next
            _drop_sequences(cr, [name])
        elif standard and implementation != "standard":
            _create_sequence(cr, name, self.number_increment, owner.number_next)
        elif standard:
            _alter_sequence(
                cr,
                name,
                increment=self.number_increment if self.number_increment != increment else None,
                restart=owner.number_next if restart else None,
            )

    # drawing numbers

    def _next_do(self):
        """Draw the next number and format it."""
        return self.get_next_char(self._draw())

    def _get_prefix_suffix(self, date=None, date_range=None):
        """Return prefix and suffix with their directives filled in.

        :raise UserError: when they cannot be
        """
        zone = pytz.timezone(self.env.context.get("tz") or "UTC")
        now = datetime.now(zone)

        def moment(value):
            if not value:
                return now
            return fields.Datetime.to_datetime(value)

        effective = moment(date or self.env.context.get("ir_sequence_date"))
        in_range = moment(date_range or self.env.context.get("ir_sequence_date_range"))
        values = {}
        for name, pattern in DIRECTIVES.items():
            values[name] = effective.strftime(pattern)
            values[f"range_{name}"] = in_range.strftime(pattern)
            values[f"current_{name}"] = now.strftime(pattern)
        try:
            return (self.prefix or "") % values, (self.suffix or "") % values
        except (ValueError, TypeError, KeyError) as error:
            raise UserError(_("The prefix or suffix of sequence %s cannot be filled in.", self.name)) from error

    @api.private
    def get_next_char(self, number_next):
        """Return a number in the format of the sequence."""
        prefix, suffix = self._get_prefix_suffix()
        return f"{prefix}{number_next:0{self.padding}d}{suffix}"

    def _create_date_range_seq(self, date):
        """Create the subsequence for the year of ``date``, cut where others begin or end."""
        day, one_day = fields.Date.to_date(date), timedelta(days=1)
        begins, ends = [day.replace(month=1, day=1)], [day.replace(month=12, day=31)]
        periods = self.env["ir.sequence.date_range"]
        same_year = [("sequence_id", "=", self.id), ("date_from", "<=", ends[0]), ("date_to", ">=", begins[0])]
        for other in periods.search(same_year):
            if other.date_to <= day:
                begins.append(other.date_to + one_day)
            if other.date_from >= day:
                ends.append(other.date_from - one_day)
        return periods.sudo().create({"sequence_id": self.id, "date_from": max(begins), "date_to": min(ends)})

    def _period_of(self, day):
        """Return the subsequence that counts on a day, a new one when there is none yet."""
        covers = [("date_from", "<=", day), ("date_to", ">=", day)]
        period = self.env["ir.sequence.date_range"].search([("sequence_id", "=", self.id), *covers], limit=1)
        return period or self._create_date_range_seq(day)

    def _next(self, sequence_date=None):
        """Draw the next number for a day, today as a rule, and format it."""
        if not self.use_date_range:
            return self._next_do()
        asked = sequence_date or self.env.context.get("ir_sequence_date")
        day = fields.Date.to_date(asked) if asked else fields.Date.context_today(self)
        period = self._period_of(day)
        return period.with_context(ir_sequence_date=day, ir_sequence_date_range=period.date_from)._next()

    def next_by_id(self, sequence_date=None):
        """Draw the next number of this sequence, formatted.

        :raise ValueError: for none or several
        """
        self.ensure_one()
        self.browse().check_access("read")
        return self._next(sequence_date=sequence_date)

    @api.model
    def next_by_code(self, sequence_code, sequence_date=None):
        """Draw the next number of the sequence with a code, the company's own before a shared one.

        :return: the number formatted, ``False`` when there is no such sequence
        """
        self.browse().check_access("read")
        usable = [("code", "=", sequence_code), ("company_id", "in", (self.env.company.id, False))]
        if found := self.search(usable, order="company_id", limit=1):
            return found._next(sequence_date=sequence_date)
        _logger.debug("company %s has no sequence with code %r", self.env.company.id, sequence_code)
        return False

    @api.model
    def get_id(self, sequence_code_or_id, code_or_id="id"):
        """Draw by id or code; kept for old callers, use :meth:`next_by_id` or :meth:`next_by_code`."""
        if code_or_id == "id":
            return self.browse(int(sequence_code_or_id)).next_by_id()
        return self.next_by_code(sequence_code_or_id)

    @api.model
    def get(self, code):
        """Draw by code; kept for old callers, use :meth:`next_by_code`."""
        return self.get_id(code, "code")


class IrSequenceDateRange(models.Model, Counter):
    """The numbering of a sequence in a period."""

    _name = "ir.sequence.date_range"
    _description = "Sequence Date Range"
    _rec_name = "sequence_id"
    _allow_sudo_commands = False

    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    sequence_id = fields.Many2one("ir.sequence", string="Main Sequence", required=True, ondelete="cascade")
    number_next = fields.Integer(string="Next Number", required=True, default=1)
    number_next_actual = fields.Integer(
        compute="_get_number_next_actual",
        inverse="_set_number_next_actual",
        string="Actual Next Number",
        help="The number that is given next, if nobody draws one in the meantime.",
    )

    @property
    def _pg_sequence(self) -> str:
        """Name of the record's database sequence."""
        return f"ir_sequence_{self.sequence_id.id:03d}_{self.id:03d}"

    @property
    def _settings(self):
        """The record that tells how numbers are drawn."""
        return self.sequence_id

    @api.model
    def default_get(self, fields):
        """New periods start at number 1."""
        values = super().default_get(fields)
        if "number_next_actual" in fields:
            values["number_next_actual"] = 1
        return values

    def _next(self):
        """Draw the next number and format it."""
        return self.sequence_id.get_next_char(self._draw())

    @api.model_create_multi
    def create(self, vals_list):
        """Create periods and, for standard sequences, their database sequence."""
        created = super().create(vals_list)
        created._create_database_sequences()
        return created

    def unlink(self):
        """Delete periods with their database sequences."""
        _drop_sequences(self.env.cr, [period._pg_sequence for period in self])
        return super().unlink()

    def write(self, values):
        """Update periods and restart their database sequences when asked for."""
        if values.get("number_next"):
            for period in self.filtered(lambda period: period._is_standard()):
                _alter_sequence(self.env.cr, period._pg_sequence, restart=values["number_next"])
        result = super().write(values)
        self.flush_recordset(values.keys() & self._fields.keys())
        return result
