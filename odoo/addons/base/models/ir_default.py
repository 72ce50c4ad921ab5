"""``ir.default``: default values that users and administrators set."""

import json
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, ormcache
from odoo.tools.translate import _


class IrDefault(models.Model):
    """The default value of a field: for everybody, a user, a company, or under a condition."""

    _name = "ir.default"
    _description = "Default Values"
    _rec_name = "field_id"
    _allow_sudo_commands = False

    field_id = fields.Many2one("ir.model.fields", string="Field", required=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(
        "res.users",
        string="User",
        ondelete="cascade",
        index=True,
        help="Whom it is for; empty for everybody.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Company",
        ondelete="cascade",
        index=True,
        help="Company that the default is for; empty for all of them.",
    )
    condition = fields.Char(help="The default is used for records that have this value, as in field=value.")
    json_value = fields.Char(string="Default Value (JSON format)", required=True)

    @api.constrains("json_value")
    def _check_json_format(self):
        """Refuse values that are not JSON or not of the field's type."""
        for default in self:
            # users may not read the description of fields, but have defaults
            field = default.sudo().field_id
            try:
                value = json.loads(default.json_value)
                model = self.env[field.model]
                model._fields[field.name].convert_to_cache(value, model)
            except json.JSONDecodeError as error:
                raise ValidationError(_("The default value is not valid JSON.")) from error
            except (TypeError, ValueError) as error:
                raise ValidationError(
                    _(
                        "The default value does not fit %(model)s.%(field)s, which is of type %(type)s.",
                        type=field.ttype,
                        model=field.model,
                        field=field.name,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        """Add defaults and forget cached ones."""
        self._settle_values()
        created = super().create(vals_list)
        created._check_own_defaults()
        self._forget_defaults(created.sudo().field_id)
        return created

    def write(self, vals):
        """Update defaults and forget cached ones."""
        before = self.sudo().field_id
        self._settle_values()
        result = super().write(vals)
        self._check_own_defaults()
        self._forget_defaults(before | self.sudo().field_id)
        return result

    def unlink(self):
        """Delete defaults and forget cached ones."""
        before = self.sudo().field_id
        self._settle_values()
        result = super().unlink()
        self._forget_defaults(before)
        return result

    def _check_own_defaults(self):
        """Refuse defaults of fields that their author may not fill: what code creates for them would have them too.

        :raise AccessError: naming the field
        """
        if self.env.is_admin():
            return
        for default in self:
            described = default.sudo().field_id
            model = self.env.get(described.model)
            field = model is not None and model._fields.get(described.name)
            if field:
                model.check_access("create")
                model.check_field_access_rights("create", [field.name])

    def _settle_values(self):
        """Write the values that companies were given: one that equals the default, as it is now, is not stored."""
        self.env.flush_all()

    @api.model
    def _forget_defaults(self, field_records):
        """Forget cached defaults, and cached values of those fields that fall back to them."""
        if field_records:
            self.env.registry.clear_cache()
        models = [(self.env.get(record.model), record.name) for record in field_records]
        found = [model._fields.get(name) for model, name in models if model is not None]
        if any(field is not None and field.company_dependent for field in found):
            # other fields are computed from them
            self.env.invalidate_all()

    @api.model
    def set(self, model_name, field_name, value, user_id=False, company_id=False, condition=False):
        """Set the default of a field.

        :param user_id: whom it is for: an id, ``False`` for everybody, ``True`` for the current user
        :param company_id: company it is for: an id, ``False`` for all, ``True`` for the current one
        :param condition: ``field=value`` that must hold on the record, as a string
        :raise ValidationError: when the field does not exist or ``value`` does not fit it
        """
        user_id = self.env.uid if user_id is True else user_id
        company_id = self.env.company.id if company_id is True else company_id
        try:
            model = self.env[model_name]
            field = model._fields[field_name]
            parsed = field.convert_to_cache(value, model)
            if isinstance(value, (date, datetime)):
                value = field.to_string(value)
            json_value = json.dumps(value, ensure_ascii=False)
        except KeyError as error:
            raise ValidationError(
                _("There is no field %(model)s.%(field)s.", model=model_name, field=field_name)
            ) from error
        except (TypeError, ValueError) as error:
            raise ValidationError(
                _("%(value)s is not a value for %(model)s.%(field)s.", model=model_name, field=field_name, value=value)
            ) from error
        if field.type == "integer" and not -(2**31) < parsed < 2**31:
            raise ValidationError(
                _(
                    "%(value)s is too large a number for %(model)s.%(field)s.",
                    model=model_name,
                    field=field_name,
                    value=value,
                )
            )
        record = self.env["ir.model.fields"]._get(model_name, field_name)
        default = self._find(record.id, user_id, company_id, condition)
        if not default:
            self.create(
                {
                    "field_id": record.id,
                    "user_id": user_id,
                    "company_id": company_id,
                    "condition": condition,
                    "json_value": json_value,
                }
            )
        elif default.json_value != json_value:
            default.write({"json_value": json_value})
        return True

    def _find(self, field_id, user_id, company_id, condition):
        """Return the default with exactly these properties."""
        return self.search(
            [
                ("field_id", "=", field_id),
                ("user_id", "=", user_id),
                ("company_id", "=", company_id),
                ("condition", "=", condition),
            ],
            limit=1,
        )

    @api.model
    def _get(self, model_name, field_name, user_id=False, company_id=False, condition=False):
        """Return the value that :meth:`set` gave a field with these arguments, ``None`` when it did not."""
        user_id = self.env.uid if user_id is True else user_id
        company_id = self.env.company.id if company_id is True else company_id
        field = self.env["ir.model.fields"]._get(model_name, field_name)
        default = self._find(field.id, user_id, company_id, condition)
        return json.loads(default.json_value) if default else None

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        """Return the defaults that hold for the user and company: field name -> value.

        The user's own come before the company's, those before everybody's.
        """
        # most models have none: nobody's company has to be known for that
        return self._find_model_defaults(model_name, condition) if self._has_defaults_of(model_name) else {}

    @ormcache("model_name")
    def _has_defaults_of(self, model_name):
        """Tell whether anybody has a default for a field of a model."""
        self.flush_model()
        query = SQL(
            "SELECT FROM ir_default d JOIN ir_model_fields f ON d.field_id = f.id WHERE f.model = %s LIMIT 1",
            model_name,
        )
        self.env.cr.execute(query)
        return bool(self.env.cr.rowcount)

    @ormcache("self.env.uid", "self.env.company.id", "model_name", "condition")
    def _find_model_defaults(self, model_name, condition):
        """Return what :meth:`_get_model_defaults` does, of a model that has defaults."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """SELECT f.name, d.json_value FROM ir_default d JOIN ir_model_fields f ON d.field_id = f.id
                WHERE f.model = %(model)s AND (d.user_id IS NULL OR d.user_id = %(user)s)
                  AND (d.company_id IS NULL OR d.company_id = %(company)s)
                  AND d.condition IS NOT DISTINCT FROM %(condition)s
             ORDER BY d.user_id NULLS LAST, d.company_id NULLS LAST, d.id""",
                model=model_name,
                user=self.env.uid,
                company=self.env.company.id or None,
                condition=condition or None,
            )
        )
        defaults: dict = {}
        for name, json_value in self.env.cr.fetchall():
            defaults.setdefault(name, json.loads(json_value))
        return defaults

    @ormcache("model_name", "field_name")
    def _get_field_column_fallbacks(self, model_name, field_name):
        """Return the defaults of a company-dependent field as JSON text: company id -> value."""
        companies = self.env["res.company"].sudo().with_context(active_test=False).search([])
        field = self.env[model_name]._fields[field_name]
        environments = [self.with_company(company).env for company in companies]
        values = {(env.company.id,): field.fallback_in_cache(env) for env in environments}
        return json.dumps(field.key_column(values))

    @api.private
    @api.model
    def discard_records(self, records):
        """Delete the defaults that point to ``records``."""
        if self._has_defaults_to(records._name):
            self._discard(records.ids, self._pointing_to(records._name))

    def _discard(self, values, domain):
        """Delete those defaults of a domain that are one of ``values``."""
        stored = [json.dumps(value, ensure_ascii=False) for value in values]
        self.search([*domain, ("json_value", "in", stored)]).unlink()

    def _pointing_to(self, model_name):
        """Return the domain of the defaults that are a record of a model."""
        return [("field_id.relation", "=", model_name), ("field_id.ttype", "=", "many2one")]

    @ormcache("model_name")
    def _has_defaults_to(self, model_name):
        """Tell whether any default is a record of the model."""
        return bool(self.sudo().search_count(self._pointing_to(model_name), limit=1))

    @api.private
    @api.model
    def discard_values(self, model_name, field_name, values):
        """Delete the defaults of a field that are one of ``values``."""
        field = self.env["ir.model.fields"]._get(model_name, field_name)
        self._discard(values, [("field_id", "=", field.id)])
