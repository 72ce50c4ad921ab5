"""Progress bars of custom models, whose fields come one after the other."""

from odoo import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestProgressBarOfCustomModel(TransactionCase):
    """A model that users made, with selections that are stored and that are not."""

    def test_r11_selections_added_to_a_model(self):
        country = {"name": "x_country_id", "ttype": "many2one", "relation": "res.country", "field_description": "C"}
        model = self.env["ir.model"].create({"name": "P", "model": "x_h", "field_id": [Command.create(country)]})
        options = [("low", "Low"), ("high", "High")]
        computed = {
            "name": "x_height",
            "ttype": "selection",
            "field_description": "Height",
            "selection": str(options),
            "store": False,
            "depends": "x_country_id",
            "compute": "for record in self: record['x_height'] = 'high' if record.x_country_id else 'low'",
        }
        stored = {**computed, "name": "x_kind", "store": True, "depends": False, "compute": False}
        for values in (computed, stored):
            # the fields of the model are known, and kept
            self.assertNotIn(values["name"], self.env["ir.model.fields"]._get_ids("x_h"))
            model.write({"field_id": [Command.create(values)]})
            self.assertEqual(self.env["x_h"]._fields[values["name"]].selection, options)
        here, there = self.env["res.country"].search([], limit=2)
        self.env["x_h"].create(
            [
                {"x_country_id": here.id, "x_kind": "low"},
                {"x_country_id": here.id, "x_kind": "high"},
                {"x_country_id": there.id},
                {"x_kind": "low"},
            ]
        )
        bar = {"field": "x_height", "colors": {"low": "danger", "high": "success"}}
        self.assertEqual(
            self.env["x_h"].read_progress_bar([], "x_country_id", bar),
            {
                str(here.id): {"low": 0, "high": 2},
                str(there.id): {"low": 0, "high": 1},
                "False": {"low": 1, "high": 0},
            },
        )
        self.assertEqual(
            self.env["x_h"].read_progress_bar([], "x_country_id", {**bar, "field": "x_kind"}),
            {str(here.id): {"low": 1, "high": 1}, "False": {"low": 1, "high": 0}},
        )
