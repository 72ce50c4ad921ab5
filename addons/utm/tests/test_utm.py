"""Campaigns, sources and media: UTM-1 to UTM-4, UTM-7, UTM-8."""

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestUtm(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaigns, cls.sources = cls.env["utm.campaign"], cls.env["utm.source"]

    def test_utm_1_campaigns(self):
        first = self.campaigns.create({"title": "Spring"})
        self.assertEqual((first.name, first.user_id, first.display_name), ("Spring", self.env.user, "Spring"))
        self.assertEqual(first.stage_id, self.env["utm.stage"].search([], limit=1))
        second, third = self.campaigns.create([{"title": "Spring"}, {"name": "Autumn"}])
        self.assertEqual((second.name, second.title), ("Spring [2]", "Spring"))
        self.assertEqual((third.name, third.title), ("Autumn", "Autumn"))
        third.title = "Spring"
        self.assertEqual(third.name, "Spring [3]")
        third.title = "Spring"
        self.assertEqual(third.name, "Spring [3]")
        self.assertEqual(first.copy().name, "Spring [4]")
        self.assertFalse(first.is_auto_campaign)
        with Form(self.campaigns, "utm.utm_campaign_view_form_quick_create") as form:
            form.title = "Quick"
        self.assertEqual(form.record.name, "Quick")
        stage = self.env["utm.stage"].create({"name": "Empty"})
        groups = self.campaigns.read_group([("id", "=", first.id)], ["id"], ["stage_id"])
        self.assertIn(stage.id, [group["stage_id"][0] for group in groups])

    def test_utm_1_names_are_unique(self):
        for model, values in [
            ("utm.medium", {}),
            ("utm.source", {}),
            ("utm.tag", {}),
            ("utm.campaign", {"title": "T"}),
        ]:
            first, second = self.env[model].create([{"name": "One", **values}, {"name": "Two", **values}])
            with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                second.name = first.name
                second.flush_recordset()
        self.assertIn(self.env["utm.tag"].create({"name": "Three"}).color, range(1, 12))

    def unique(self, *names, **context):
        return self.env["utm.mixin"].with_context(**context)._get_unique_names("utm.source", list(names))

    def test_utm_2_unique_names(self):
        self.sources.create({"name": "promo"})
        self.assertEqual(
            self.unique("promo", "promo [4]", "ad", "promo", "promo"),
            ["promo [2]", "promo [4]", "ad", "promo [3]", "promo [5]"],
        )
        self.assertEqual(self.unique("B [2]", "B [2]", "B [2]", "B [2]"), ["B [2]", "B", "B [3]", "B [4]"])
        self.assertEqual(self.unique("Y [0]", None, "", "Y"), ["Y", False, False, "Y [2]"])
        self.assertEqual(self.unique("pro", "promo code", "100%"), ["pro", "promo code", "100%"])
        other = self.sources.create([{"name": "hole"}, {"name": "hole [3]"}])
        self.assertEqual(self.unique("hole", "hole", "hole"), ["hole [2]", "hole [4]", "hole [5]"])
        self.assertEqual(self.unique("hole [3]", utm_check_skip_record_ids=other.ids), ["hole [3]"])
        self.assertEqual(self.sources.search([("name", "=", "promo")]).copy().name, "promo [2]")
        split = self.env["utm.mixin"]._split_name_and_count
        for name, expected in [("m", ("m", 1)), ("m [2]", ("m", 2)), ("m [0]", ("m", 0)), ("m [x]", ("m [x]", 1))]:
            self.assertEqual(split(name), expected)

    def test_utm_3_what_is_followed(self):
        self.assertEqual(
            self.env["utm.mixin"].tracking_fields(),
            [(f"utm_{name}", f"{name}_id", f"odoo_utm_{name}") for name in ("campaign", "source", "medium")],
        )

    def test_utm_4_find_or_create(self):
        mixin = self.env["utm.mixin"]
        campaign = mixin.find_or_create_record("utm.campaign", "  Summer_ ")
        record = self.campaigns.browse(campaign["id"])
        self.assertEqual((campaign["name"], record.is_auto_campaign), ("Summer_", True))
        record.active = False
        self.assertEqual(mixin.find_or_create_record("utm.campaign", "SUMMER_")["id"], record.id)
        self.assertNotEqual(mixin.find_or_create_record("utm.campaign", "SummerX")["id"], record.id)
        for model, name in [("no.model", "Red"), ("utm.source", ""), ("utm.source", 3)]:
            with self.assertRaises(UserError):
                mixin.find_or_create_record(model, name)
        tag = mixin.find_or_create_record("utm.tag", "Red")
        self.assertEqual(self.env["utm.tag"].browse(tag["id"]).name, "Red")

    def test_utm_7_media_that_are_needed(self):
        media = self.env["utm.medium"]
        for xmlid in media.SELF_REQUIRED_UTM_MEDIUMS_REF:
            with self.assertRaises(UserError):
                self.env.ref(xmlid).unlink()
        self.env.ref("utm.utm_medium_banner").unlink()
        self.assertEqual(media._fetch_or_create_utm_medium("email"), self.env.ref("utm.utm_medium_email"))
        made = media._fetch_or_create_utm_medium("pigeon", module="test")
        self.assertEqual((made.name, self.env.ref("test.utm_medium_pigeon")), ("pigeon", made))
        self.env.ref("utm.utm_medium_email").with_context(active_test=False).name = "Post"
        self.env["ir.model.data"].search([("module", "=", "utm"), ("name", "=", "utm_medium_email")]).unlink()
        self.assertEqual(media._fetch_or_create_utm_medium("email").name, "Email")

    def test_utm_8_rights(self):
        clerk = new_test_user(self.env, "clerk", "base.group_user")
        admin = new_test_user(self.env, "chief", "base.group_system")
        for model in ("utm.campaign", "utm.medium", "utm.source"):
            record = self.env[model].with_user(clerk).create({"name": "Own"})
            record.name = "Own 2"
            with self.assertRaises(AccessError):
                record.unlink()
            record.with_user(admin).unlink()
        with self.assertRaises(AccessError):
            self.env["utm.stage"].with_user(clerk).create({"name": "Own"})
