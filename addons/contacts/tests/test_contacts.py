"""The application of contacts: CON-1."""

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.tests import Form, TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestContacts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = mail_new_test_user(
            cls.env, login="contacts_employee", groups="base.group_user,base.group_partner_manager"
        )

    def new_contact(self):
        """Return the form of a new contact, as the action opens it for the employee."""
        action = self.env.ref("contacts.action_contacts")._get_action_dict()
        self.assertEqual((action["res_model"], action["path"]), ("res.partner", "contacts"))
        partners = self.env["res.partner"].with_user(self.employee)
        return Form(partners.with_context(default_is_company=True), action["views"][2][0])

    def test_con_1_new_contacts_are_companies(self):
        with self.new_contact() as form:
            form.name = "Bakery"
            self.assertEqual(form.company_type, "company")
        self.assertTrue(form.record.is_company)

    def test_con_1_a_default_makes_them_people(self):
        self.env["ir.default"].set("res.partner", "company_type", "person", user_id=self.employee.id)
        with self.new_contact() as form:
            form.name = "Baker"
            self.assertEqual(form.company_type, "person")
        self.assertFalse(form.record.is_company)

    def test_con_1_records_are_opened_below_the_menu(self):
        menu = self.env.ref("contacts.menu_contacts")
        self.assertIn(menu.id, self.env["res.partner"]._get_backend_root_menu_ids())
        shown = self.env["ir.ui.menu"].with_user(self.employee)._visible_menu_ids()
        self.assertIn(menu.id, shown)
        self.assertNotIn(self.env.ref("contacts.res_partner_menu_config").id, shown)

    def test_con_1_activities_have_the_icon(self):
        partner = self.env["res.partner"].create({"name": "Bakery"})
        partner.activity_schedule("mail.mail_activity_data_todo", user_id=self.employee.id)
        (group,) = self.env["res.users"].with_user(self.employee)._get_activity_groups()
        self.assertEqual((group["model"], group["total_count"]), ("res.partner", 1))
        self.assertEqual(group["icon"], "/contacts/static/description/icon.png")
