"""``utm.mixin``: models whose records know where they come from."""

import re
from collections import defaultdict
from itertools import count

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.osv import expression
from odoo.tools import escape_psql

#: a name with a number
_NUMBERED = re.compile(r"(?P<name>.+) \[(?P<count>\d{1,9})\]", re.DOTALL)
#: whose records are found or made by what links say
MODELS = ("utm.campaign", "utm.medium", "utm.source")


class UtmMixin(models.AbstractModel):
    """Records with campaign, source and medium, which are those that the visitor's link had."""

    _name = "utm.mixin"
    _description = "UTM Mixin"

    campaign_id = fields.Many2one(
        "utm.campaign", "Campaign", index="btree_not_null", help="The effort that brought it, such as a sale."
    )
    source_id = fields.Many2one(
        "utm.source", "Source", index="btree_not_null", help="Who sent it, such as a search engine."
    )
    medium_id = fields.Many2one("utm.medium", "Medium", index="btree_not_null", help="How it came, such as by mail.")

    @api.model
    def default_get(self, fields):
        """Propose what the visitor's cookies say; sellers, who follow such links to look at them, get nothing."""
        values = super().default_get(fields)
        if not request or (self.env.user.has_group("sales_team.group_sale_salesman") and not self.env.su):
            return values
        for _param, name, cookie in self.env["utm.mixin"].tracking_fields():
            said = request.cookies.get(cookie) if name in fields and name in self._fields else None
            if said and said.strip():
                comodel = self._fields[name].comodel_name
                found = self.env["utm.mixin"]._find_record(comodel, said)
                if not found and self.env[comodel].has_access("create"):
                    found = self.env["utm.mixin"]._find_or_create_record(comodel, said)
                if found:
                    values[name] = found.id
        return values

    def tracking_fields(self):
        """Return what is followed: ``[(parameter of links, field, cookie)]``. Addons add theirs to this model."""
        return [
            ("utm_campaign", "campaign_id", "odoo_utm_campaign"),
            ("utm_source", "source_id", "odoo_utm_source"),
            ("utm_medium", "medium_id", "odoo_utm_medium"),
        ]

    @api.model
    def find_or_create_record(self, model_name, name):
        """Return the record of a name, which is made when it is not there.

        :param model_name: model; of others than campaigns, sources and media a new record is made
        :return: ``{"id", "name"}``
        :raise UserError: there is no such model, or the name is no text
        """
        if model_name not in self.env or not isinstance(name, str) or not name.strip():
            raise UserError(self.env._("This takes the name of a model, and the name of a record."))
        if model_name not in MODELS:
            made = self.env[model_name].name_create(name)
        else:
            found = self._find_or_create_record(model_name, name)
            made = found.id, found.display_name
        return dict(zip(("id", "name"), made, strict=True))

    def _find_record(self, model_name, name):
        """Return the campaign, source or medium of a name in capitals or not, archived ones too."""
        records = self.env[model_name].with_context(active_test=False)
        found = records.search([("name", "=ilike", escape_psql(name.strip()))], limit=1)
        return found.with_env(self.env)

    def _find_or_create_record(self, model_name, name):
        """Return the campaign, source or medium of a name, which is made when it is not there."""
        found = self._find_record(model_name, name)
        if found:
            return found
        values = {"name": name.strip()}
        if "is_auto_campaign" in self.env[model_name]._fields:
            values["is_auto_campaign"] = True
        return self.env[model_name].create(values)

    # names

    @api.model
    def _with_unique_names(self, model_name, vals_list):
        """Return values of new records whose names no other record has."""
        names = self._get_unique_names(model_name, [vals.get("name") for vals in vals_list])
        return [{**vals, "name": name} if name else vals for vals, name in zip(vals_list, names, strict=True)]

    @api.model
    def _get_unique_names(self, model_name, names):
        """Return names that no record has, nor another one of them: numbers are put after those that are taken.

        :param model_name: whose records; those of ``utm_check_skip_record_ids`` in the context do not count
        :param names: names, with numbers in brackets or not; what is no name becomes ``False``
        """
        asked = [name and self._split_name_and_count(name) for name in names]
        taken = self._taken_counts(model_name, {base for base, _count in filter(None, asked)})
        result = []
        for wish in asked:
            if not wish:
                result.append(False)
                continue
            base, number = wish
            if not number or number in taken[base]:
                number = next(free for free in count(1) if free not in taken[base])
            taken[base].add(number)
            result.append(base if number == 1 else f"{base} [{number}]")
        return result

    def _taken_counts(self, model_name, bases):
        """Return the numbers that records have: ``{name without number: {numbers}}``."""
        taken = defaultdict(set)
        if not bases:
            return taken
        domain = expression.OR([[("name", "=like", f"{escape_psql(base)}%")] for base in bases])
        skipped = self.env.context.get("utm_check_skip_record_ids")
        if skipped:
            domain = expression.AND([domain, [("id", "not in", skipped)]])
        for record in self.env[model_name].with_context(active_test=False).search_fetch(domain, ["name"]):
            base, number = self._split_name_and_count(record.name)
            taken[base].add(number)
        return taken

    @staticmethod
    def _split_name_and_count(name):
        """Return a name without its number, and the number; 1 without one."""
        match = _NUMBERED.fullmatch(name)
        return (match["name"], int(match["count"])) if match else (name, 1)
