"""Numbers of all records."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.phone_validation import phone_format


class Base(models.AbstractModel):
    """Records that may have numbers."""

    _inherit = "base"

    @api.model
    def _phone_get_number_fields(self):
        """Return the names of the fields with numbers, the most wanted first."""
        return [name for name in ("mobile", "phone") if name in self._fields]

    @api.model
    def _phone_get_country_field(self):
        """Return the name of the field with the country of the numbers, ``False`` without one."""
        return "country_id" if "country_id" in self._fields else False

    def _phone_format(self, fname=False, number=False, country=False, force_format="E164", raise_exception=False):
        """Return a number in a form.

        :param fname: field of the record; by default the first one with a number
        :param number: number instead of one of the record
        :param country: country of national numbers, instead of that of the record or the company
        :param force_format: see `phone_format`
        :param raise_exception: whether what is no number is refused
        :return: ``False`` when there is none
        :raise UserError: what there is is no number
        """
        if not number:
            names = [fname] if fname else self._phone_get_number_fields()
            number = next((self[name] for name in names if self[name]), False)
        if not number:
            return False
        name = self._phone_get_country_field()
        country = country or (self[name] if name and self else False) or self.env.company.country_id
        try:
            return phone_format(number, country.code, country.phone_code, force_format=force_format)
        except UserError:
            if raise_exception:
                raise
            return False
