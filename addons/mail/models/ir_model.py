"""Which models are threads, have activities and a blacklist; what is left when models and fields go."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import _

#: flag -> the mixin it stands for
_MIXINS = {
    "is_mail_thread": "mail.thread",
    "is_mail_activity": "mail.activity.mixin",
    "is_mail_blacklist": "mail.thread.blacklist",
}


class IrModel(models.Model):
    """Models that may be threads."""

    _inherit = "ir.model"
    _order = "is_mail_thread DESC, name ASC"

    is_mail_thread = fields.Boolean("Has Mail Thread", default=False)
    is_mail_activity = fields.Boolean("Has Mail Activity", default=False)
    is_mail_blacklist = fields.Boolean("Has Mail Blacklist", default=False)

    def unlink(self):
        """Delete models with all that was said about their records."""
        names = tuple(self.mapped("model"))
        if names:
            for table, column in (
                ("mail_activity", "res_model"),
                ("mail_activity_type", "res_model"),
                ("mail_followers", "res_model"),
                ("mail_message", "model"),
                ("ir_attachment", "res_model"),
            ):
                condition = SQL("%s IN %s", SQL.identifier(column), names)
                self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", SQL.identifier(table), condition))
        return super().unlink()

    def write(self, vals):
        """Change models; custom ones become threads, and stay so.

        :raise UserError: for others, and for what cannot be taken back
        """
        flags = _MIXINS.keys() & vals.keys()
        if not flags:
            return super().write(vals)
        if any(model.state != "manual" for model in self):
            raise UserError(_("Only custom models can be made threads, or be given activities or a blacklist."))
        for flag in flags:
            if not vals[flag] and any(model[flag] for model in self):
                raise UserError(_("What a model has been given of messages and activities, it keeps."))
        result = super().write(vals)
        self.env.flush_all()
        self.pool.setup_models(self.env.cr)
        self.pool.init_models(
            self.env.cr,
            self.pool.descendants(self.mapped("model"), "_inherits"),
            dict(self.env.context, update_custom_fields=True),
        )
        return result

    def _reflect_model_params(self, model):
        """Say what the model inherits from."""
        values = super()._reflect_model_params(model)
        for flag, mixin in _MIXINS.items():
            parent = self.pool.models.get(mixin)
            values[flag] = parent is not None and isinstance(model, parent)
        return values

    def _instanciate(self, model_data):
        """Have custom models inherit what they were given."""
        model_class = super()._instanciate(model_data)
        mixins = [mixin for flag, mixin in _MIXINS.items() if model_data.get(flag) and model_class._name != mixin]
        if mixins:
            parents = model_class._inherit or []
            model_class._inherit = [*([parents] if isinstance(parents, str) else parents), *mixins]
        if model_data.get("is_mail_blacklist"):
            model_class._primary_email = "x_email"
        return model_class


class IrModelFields(models.Model):
    """Fields whose changes are tracked."""

    _inherit = "ir.model.fields"

    tracking = fields.Integer("Enable Ordered Tracking", help="Place among the changes; none are tracked, if empty.")

    def _reflect_field_params(self, field, model_id):
        """Say whether the field is tracked."""
        values = super()._reflect_field_params(field, model_id)
        tracking = getattr(field, "tracking", None)
        values["tracking"] = 100 if tracking is True else tracking if isinstance(tracking, int) and tracking else None
        return values

    def _instanciate_attrs(self, field_data):
        """Have custom fields be tracked."""
        parameters = super()._instanciate_attrs(field_data)
        place = field_data.get("tracking")
        return {**parameters, "tracking": place} if parameters and place else parameters

    def unlink(self):
        """Keep with changes what the field was."""
        if self:
            trackings = self.env["mail.tracking.value"].sudo().search([("field_id", "in", self.ids)])
            for tracking in trackings:
                field = tracking.field_id
                model = self.env.get(field.model)
                known = model is not None and field.name in model._fields
                tracking.field_info = {
                    "desc": field.field_description,
                    "name": field.name,
                    "sequence": model._mail_track_get_field_sequence(field.name) if known else 100,
                    "type": field.ttype,
                }
        return super().unlink()
