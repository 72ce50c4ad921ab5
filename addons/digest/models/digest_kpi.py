"""The numbers of digests."""

from datetime import timedelta

import pytz
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_decimalized_amount, format_decimalized_number
from odoo.tools.translate import _

#: messages of people
_TYPES = ("comment", "email", "email_outgoing")


class DigestKpi(models.Model):
    """What digests count."""

    _inherit = "digest.digest"

    # values

    def _get_kpi_compute_parameters(self):
        """Return what a number is computed for.

        :return: first moment, and the one after the last, as text; the companies of the digests, the current one for
            those without
        """
        context = self.env.context
        companies = self.company_id
        if not companies or any(not digest.company_id for digest in self):
            companies |= self.env.company
        start, end = context.get("start_datetime"), context.get("end_datetime")
        return fields.Datetime.to_string(start), fields.Datetime.to_string(end), companies

    def _calculate_company_based_kpi(
        self, model, digest_kpi_field, date_field="create_date", additional_domain=None, sum_field=None
    ):
        """Write a number of records of each digest's company into a field.

        :param model: name of the model of the records
        :param digest_kpi_field: name of the field
        :param date_field: field of the records that is in the time
        :param additional_domain: which records
        :param sum_field: add up this field instead of counting
        """
        since, until, companies = self._get_kpi_compute_parameters()
        wanted = [(date_field, "<", until), (date_field, ">=", since), ("company_id", "in", companies.ids)]
        wanted += additional_domain or []
        measure = f"{sum_field}:sum" if sum_field else "__count"
        by_company = dict(self.env[model]._read_group(wanted, ["company_id"], [measure]))
        for digest in self:
            digest[digest_kpi_field] = by_company.get(digest.company_id or self.env.company) or 0

    def _compute_kpi_res_users_connected_value(self):
        """Count users who logged in."""
        self._calculate_company_based_kpi("res.users", "kpi_res_users_connected_value", date_field="login_date")

    def _compute_kpi_mail_message_total_value(self):
        """Count what people wrote."""
        start, end, _companies = self._get_kpi_compute_parameters()
        comment = self.env.ref("mail.mt_comment").id
        domain = [("create_date", ">=", start), ("create_date", "<", end), ("subtype_id", "=", comment)]
        self.kpi_mail_message_total_value = self.env["mail.message"].search_count(
            [*domain, ("message_type", "in", _TYPES)]
        )

    # times

    @api.model
    def _compute_timeframes(self, company):
        """Return the times that numbers are computed for, each with the one before.

        :return: list of ``(label, ((from, to), (from, to)))`` in UTC; days and months are those of the company's
            working hours
        """
        zone = pytz.timezone(company.resource_calendar_id.tz or "UTC")
        now = pytz.utc.localize(self._now()).astimezone(zone).replace(tzinfo=None)

        def moment(local):
            return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

        frames = []
        for label, length in (
            (_("Last 24 hours"), timedelta(days=1)),
            (_("Last 7 Days"), timedelta(weeks=1)),
            (_("Last 30 Days"), relativedelta(months=1)),
        ):
            limits = [moment(one) for one in (now, now - length, now - length - length)]
            frames.append((label, ((limits[1], limits[0]), (limits[2], limits[1]))))
        return frames

    # columns

    def _compute_kpis(self, company, user):
        """Return the numbers for a user, without those that the user may not see.

        :return: list of dicts with ``kpi_name``, ``kpi_fullname``, ``kpi_action``, and ``kpi_col1`` to ``kpi_col3``,
            dicts with ``value`` as text, ``margin`` in percent, ``col_subtitle``
        """
        self.ensure_one()
        actions = self._compute_kpis_actions(company, user)
        frames = self._compute_timeframes(company)
        kpis = []
        for name in self._wanted_kpis():
            try:
                columns = [self._kpi_column(name, frame, company, user) for frame in frames]
            except AccessError:
                continue
            kpi = {
                "kpi_action": actions.get(name),
                "kpi_fullname": self.env["ir.model.fields"]._get(self._name, name).field_description,
                "kpi_name": name,
            }
            kpi.update({f"kpi_col{number}": column for number, column in enumerate(columns, start=1)})
            kpis.append(kpi)
        return kpis

    def _kpi_column(self, name, frame, company, user):
        """Return the dict of a number in a time, as the user may see it."""
        label, (current, previous) = frame
        now, before = (self._kpi_value(name, times, company, user) for times in (current, previous))
        return {
            "col_subtitle": label,
            "margin": self._get_margin_value(now, before),
            "value": self._kpi_text(f"{name}_value", now, company),
        }

    def _kpi_value(self, name, times, company, user):
        field = f"{name}_value"
        digest = self.with_context(start_datetime=times[0], end_datetime=times[1]).with_user(user).with_company(company)
        # methods that compute numbers do not say that they depend on the time
        digest.invalidate_recordset([field], flush=False)
        value = digest[field]
        digest.invalidate_recordset([field], flush=False)
        return value

    def _kpi_text(self, field_name, value, company):
        """Return a number for people to read."""
        kind = self._fields[field_name].type
        if kind == "monetary":
            return self._format_currency_amount(format_decimalized_amount(value), company.currency_id)
        return f"{value:.2f}" if kind == "float" else format_decimalized_number(value) if value > 9999 else str(value)

    def _format_currency_amount(self, amount, currency):
        """Return an amount with the symbol of its currency where it belongs.

        :param amount: as text
        """
        parts = (amount, currency.symbol) if currency.position == "after" else (currency.symbol, amount)
        return " ".join(filter(None, parts)) if currency else amount

    def _get_margin_value(self, value, previous_value=0.0):
        """Return the change in percent; 0 where there is none, or one of the numbers is 0."""
        if value == previous_value or not value or not previous_value:
            return 0.0
        return round((value - previous_value) / previous_value * 100, 2)

    def _compute_kpis_actions(self, company, user):
        """Return ``{name of a flag: external id of the action that shows more}``, for modules with numbers."""
        return {}
