"""Types of views that the client draws with code of its own, as the server checks them."""

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

ACTIVITY = """
    <activity string="Contacts">
        <field name="name"/>
        <templates>
            <div t-name="activity-box">
                <img t-att-src="activity_image('res.partner', 'avatar_128', record.id.raw_value)" alt="Contact"/>
                <field name="name" display="full"/>
                <b t-if="record.active.raw_value"><field name="email"/></b>
            </div>
        </templates>
    </activity>"""


@tagged("post_install", "-at_install")
class TestViewTypes(TransactionCase):
    def _view(self, arch, **values):
        return self.env["ir.ui.view"].create({"name": "own", "model": "res.partner", "arch": arch, **values})

    def _check_refused(self, arch, words, **values):
        with mute_logger("odoo.addons.base.models.ir_ui_view"), self.assertRaisesRegex(ValidationError, words):
            self._view(arch, **values)

    def test_v65_views_of_activities_are_kept_and_extended(self):
        view = self._view(ACTIVITY)
        self.assertEqual(view.type, "activity")
        extension = '<xpath expr="//templates" position="before"><field name="phone"/></xpath>'
        self._view(extension, inherit_id=view.id)
        found = self.env["res.partner"].get_views([(view.id, "activity")])["views"]["activity"]["arch"]
        self.assertIn('name="phone"', found)
        self.assertIn('t-name="activity-box"', found)
        # nothing that nobody wrote
        self.assertEqual(found.count("<field"), 4)

    def test_v65_views_of_activities_are_checked(self):
        self._check_refused(ACTIVITY.replace('"email"', '"emial"'), "emial.*email")
        self._check_refused(ACTIVITY.replace("<templates>", "<group/><templates>"), "<group> cannot stand")
        self._check_refused('<activity><templates><p t-name="activity-box" t-foo="1"/></templates></activity>', "t-foo")

    def test_v65_actions_have_views_of_activities(self):
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Contacts",
                "res_model": "res.partner",
                "view_mode": "list,activity",
                "view_ids": [(0, 0, {"view_mode": "activity", "view_id": self._view(ACTIVITY).id})],
            }
        )
        self.assertEqual([kind for _id, kind in action.views], ["activity", "list"])
        # the client has no code for them before mail is there
        self.assertEqual("activity" in self.env["ir.ui.view"].get_view_info(), "mail.activity" in self.env)

    def test_v41_calendars_are_checked(self):
        self._view("<calendar date_start='create_date' scales='day, month' mode='month' event_limit='2'/>")
        for attributes, words in (
            ("date_start='craete_date'", "craete_date.*create_date"),
            ("date_start='create_date' create_name_field='nmae'", "nmae.*name"),
            ("date_start='create_date' event_limit='many'", "event_limit.*digits"),
            ("date_start='create_date' mode='decade'", "decade.*day, week, month, year"),
            ("date_start='create_date' scales='day,week' mode='month'", "month.*day, week"),
        ):
            with self.subTest(attributes=attributes):
                self._check_refused(f"<calendar {attributes}/>", words)

    def test_v41_fields_of_attributes_are_described(self):
        view = self._view("<calendar date_start='create_date' color='user_id' recurrence_update='ref'/>")
        models = self.env["res.partner"].get_views([(view.id, "calendar")])["models"]
        names = models["res.partner"]["fields"]
        for name in ("create_date", "user_id", "ref"):
            self.assertIn(name, names)
