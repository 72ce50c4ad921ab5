"""Icons of modules, lines of code in the database, names of time zones."""

import pytz

from odoo._monkeypatches.pytz import _tz_mapping
from odoo.tests import TransactionCase
from odoo.tools.cloc import Cloc


class TestModuleDetails(TransactionCase):
    def test_2_13_2_icons_that_do_not_exist(self):
        module = self.env["ir.module.module"].search([("name", "=", "base")])
        for icon, is_shown in (
            ("/base/static/description/icon.png", True),
            ("base/static/description/icon.png", True),
            ("/base/static/description/nothing.png", False),
            ("/nothing/icon.png", False),
            ("icon.png", False),
            (False, True),
        ):
            with self.subTest(icon=icon):
                module.icon = icon
                self.assertEqual(bool(module.icon_image), is_shown)

    def test_2_13_3_code_in_the_database(self):
        def counted():
            cloc = Cloc()
            cloc.count_customization(self.env)
            return cloc.code

        before = counted().get("odoo/studio", 0)
        model = self.env["ir.model"].create({"name": "Row", "model": "x_row"})
        fields = self.env["ir.model.fields"].create(
            [
                {
                    "name": f"x_{name}",
                    "model_id": model.id,
                    "ttype": "integer",
                    "store": False,
                    "compute": "for record in self:\n    record['x'] = 1",
                }
                for name in ("plain", "line_count", "exported", "both", "standard")
            ]
        )
        names = [
            ("studio_customization", fields[1]),
            ("__export__", fields[2]),
            ("base", fields[3]),
            ("__import__", fields[3]),
            ("base", fields[4]),
        ]
        self.env["ir.model.data"].create(
            [
                {"module": module, "name": f"{module}{field.name}", "model": field._name, "res_id": field.id}
                for module, field in names
            ]
        )
        # two lines each of the plain one, the exported one, and the one that a module and an import know
        self.assertEqual(counted(), {"odoo/studio": before + 6})

    def test_2_13_4_older_names_of_time_zones(self):
        self.assertEqual(pytz.timezone("US/Pacific-New").zone, "America/Los_Angeles")
        # what is known is never replaced
        self.assertEqual(pytz.timezone("Europe/Brussels").zone, "Europe/Brussels")
        self.assertEqual(pytz.timezone("Asia/Calcutta").zone, "Asia/Calcutta")
        with self.assertRaises(pytz.UnknownTimeZoneError):
            pytz.timezone("Mars/Olympus")
        self.assertEqual(_tz_mapping["Asia/Calcutta"], "Asia/Kolkata")
        for name in set(_tz_mapping.values()):
            pytz.timezone(name)

    def test_2_13_4_partners_with_an_older_zone(self):
        user = self.env.user
        self.env.cr.execute("UPDATE res_partner SET tz = 'US/Pacific-New' WHERE id = %s", [user.partner_id.id])
        user.partner_id.invalidate_recordset()
        self.assertIn(user.partner_id.tz_offset, ("-0800", "-0700"))
