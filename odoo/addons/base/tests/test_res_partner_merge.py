from ast import literal_eval

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user


class TestMerge(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create([
            {"name": "Twin", "email": "twin@example.com", "city": "Ghent"},
            {"name": "Twin", "email": "TWIN@example.com", "phone": "123"},
        ])
        cls.first, cls.second = cls.partners
        cls.wizard = cls.env["base.partner.merge.automatic.wizard"].create({})

    def test_merge(self):
        tag = self.env["res.partner.category"].create({"name": "Tagged"})
        child = self.env["res.partner"].create({"name": "Kid", "parent_id": self.second.id})
        self.partners.category_id = tag
        attachment = self.env["ir.attachment"].create({
            "name": "x", "raw": b"x", "res_model": "res.partner", "res_id": self.second.id})
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "base.a_twin", "record": self.second}])
        self.wizard._merge(self.partners.ids, self.first)
        self.assertFalse(self.second.exists())
        self.assertEqual((self.first.phone, self.first.city), ("123", "Ghent"))
        self.assertEqual(child.parent_id, self.first)
        self.assertEqual(self.first.category_id, tag)
        self.assertEqual(attachment.res_id, self.first.id)
        self.assertEqual(self.env.ref("base.a_twin"), self.first)

    def test_oldest_stays(self):
        self.assertEqual(self.wizard._get_ordered_partner(self.partners.ids)[-1], self.first)

    def test_company_is_not_merged_with_its_contact(self):
        self.second.parent_id = self.first
        with self.assertRaises(UserError):
            self.wizard._merge(self.partners.ids, self.first)

    def test_limits_for_plain_users(self):
        user = new_test_user(self.env, "plain", groups="base.group_user,base.group_partner_manager")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user).create({})
        more = self.env["res.partner"].create([{"name": "More"}, {"name": "Most"}])
        with self.assertRaises(UserError):
            wizard._merge((self.partners + more).ids)
        with self.assertRaises(UserError):
            wizard._merge((self.first + more[0]).ids)

    def test_search_for_twins(self):
        self.wizard.write({"group_by_email": True})
        self.wizard.action_start_manual_process()
        found = [set(literal_eval(line.aggr_ids)) for line in self.wizard.line_ids]
        self.assertIn(set(self.partners.ids), found)
        while self.wizard.state == "selection" and set(self.wizard.partner_ids.ids) != set(self.partners.ids):
            self.wizard.action_skip()
        self.wizard.action_merge()
        self.assertEqual(self.partners.exists(), self.first)

    def test_nothing_chosen(self):
        with self.assertRaises(UserError):
            self.wizard.action_start_manual_process()
