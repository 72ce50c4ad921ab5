"""What clients are told of models beside their fields."""

from odoo import api, models


class Base(models.AbstractModel):
    """Every model."""

    _inherit = "base"

    @api.model
    @api.readonly
    def get_views(self, views, options=None):
        """Tell of each model whether things to do can be planned for its records."""
        result = super().get_views(views, options=options)
        for model_name, told in result["models"].items():
            if "activity_ids" in self.env[model_name]._fields and hasattr(self.env[model_name], "activity_schedule"):
                told["has_activities"] = True
        return result
