from ast import literal_eval

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user


class TestMerge(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": "Twin", "email": "twin@example.com", "city": "Ghent"},
                {"name": "Twin", "email": "TWIN@example.com", "phone": "123"},
            ]
        )
        cls.first, cls.second = cls.partners
        cls.wizard = cls.env["base.partner.merge.automatic.wizard"].create({})

    def test_merge(self):
        tag = self.env["res.partner.category"].create({"name": "Tagged"})
        child = self.env["res.partner"].create({"name": "Kid", "parent_id": self.second.id})
        self.partners.category_id = tag
        attachment = self.env["ir.attachment"].create(
            {"name": "x", "raw": b"x", "res_model": "res.partner", "res_id": self.second.id}
        )
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "base.a_twin", "record": self.second}])
        self.wizard._merge(self.partners.ids, self.first)
        self.assertFalse(self.second.exists())
        self.assertEqual((self.first.phone, self.first.city), ("123", "Ghent"))
        self.assertEqual(child.parent_id, self.first)
        self.assertEqual(self.first.category_id, tag)
        self.assertEqual(attachment.res_id, self.first.id)
        self.assertEqual(self.env.ref("base.a_twin"), self.first)

    def set_date(self, partner, date):
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id = %s", [date, partner.id])
        partner.invalidate_recordset()

    def test_m1_order_of_destinations(self):
        third = self.env["res.partner"].create({"name": "Twin"})
        everybody = self.partners + third

        def ordered(partners):
            return list(self.wizard._get_ordered_partner(partners.ids))

        self.assertEqual(ordered(everybody), list(everybody), "created together: the last one stays")
        self.assertEqual(ordered(everybody[::-1]), list(everybody))
        self.set_date(self.first, "2020-01-01")
        self.assertEqual(ordered(everybody), [self.second, third, self.first], "the oldest one stays")
        self.set_date(self.second, "2019-01-01")
        self.assertEqual(ordered(everybody)[-1], self.second)
        self.second.active = False
        self.assertEqual(ordered(everybody), [self.second, third, self.first], "an active one stays")

    def test_m1_destination_by_default(self):
        self.wizard._merge(self.partners.ids)
        self.assertEqual(self.partners.exists(), self.second)

    def test_m1_partners_of_several_users(self):
        user = new_test_user(self.env, "one", groups="base.group_user", partner_id=self.first.id)
        other = new_test_user(self.env, "other", groups="base.group_user", partner_id=self.second.id)
        for archived in (self.env["res.users"], other, user | other):
            archived.active = False
            for destination in (None, self.first, self.second):
                with self.assertRaises(UserError):
                    self.wizard._merge(self.partners.ids, destination)
            self.assertEqual((user.partner_id, other.partner_id), (self.first, self.second))
            self.assertEqual(self.partners.exists(), self.partners)

    def test_m1_the_partner_of_one_user(self):
        for active in (True, False):
            user = new_test_user(self.env, f"one {active}", groups="base.group_user", active=active)
            stays = self.env["res.partner"].create({"name": "Twin"})
            self.wizard._merge((user.partner_id + stays).ids, stays)
            self.assertEqual(user.partner_id, stays)

    def accounts(self, *numbers, **values):
        """Create bank accounts of the first, second... partner, and an attachment of each."""
        accounts = self.env["res.partner.bank"].create(
            [
                {"acc_number": number, "partner_id": partner.id, **values}
                for number, partner in zip(numbers, self.partners, strict=False)
            ]
        )
        files = self.env["ir.attachment"].create(
            [
                {"name": account.acc_number, "raw": b"x", "res_model": account._name, "res_id": account.id}
                for account in accounts
            ]
        )
        return accounts, files

    def test_2_10_1_attachments_of_duplicate_accounts(self):
        (kept, gone), files = self.accounts("BE 12-34", "be1234")
        (lone, other), more = self.accounts("BE55", "BE66")
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "base.a_bank", "record": gone}])
        self.wizard._merge(self.partners.ids, self.first)
        self.assertFalse(gone.exists())
        self.assertEqual(self.first.bank_ids, kept + lone + other)
        self.assertEqual(files.exists().mapped("res_id"), [kept.id, kept.id])
        self.assertEqual(more.mapped("res_id"), [lone.id, other.id])
        self.assertEqual(self.env.ref("base.a_bank"), kept)

    def test_2_10_1_duplicates_among_the_others(self):
        third = self.env["res.partner"].create({"name": "Twin"})
        (one, two), files = self.accounts("BE77", "BE77")
        self.wizard._merge((self.partners + third).ids, third)
        self.assertEqual(third.bank_ids, (one + two).exists())
        self.assertEqual(set(files.exists().mapped("res_id")), {third.bank_ids.id})
        self.assertEqual(len(files.exists()), 2)

    def test_2_10_1_archived_accounts(self):
        (kept, gone), files = self.accounts("BE88", "BE88")
        _others, more = self.accounts("BE90", "BE91", active=False)
        kept.active = False
        self.wizard._merge(self.partners.ids, self.first)
        self.assertEqual(self.first.bank_ids, kept, "an account that was in use stays so")
        self.assertFalse(gone.exists())
        self.assertEqual(files.exists().mapped("res_id"), [kept.id, kept.id])
        every = self.first.with_context(active_test=False).bank_ids
        self.assertEqual(set(every.mapped("acc_number")), {"BE88", "BE90", "BE91"})
        self.assertEqual(set(more.mapped("res_id")), set((every - kept).ids))

    def refer(self, table, columns, rows):
        """Create a table that refers to other ones, with rows."""
        self.env.flush_all()
        self.env.cr.execute(f"CREATE TABLE {table} ({columns})")
        for row in rows:
            self.env.cr.execute(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", row)

    def rows(self, table):
        self.env.cr.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        return self.env.cr.fetchall()

    def test_2_10_1_whatever_refers_to_duplicate_accounts(self):
        (kept, gone), _files = self.accounts("BE99", "BE99")
        bank = "INTEGER REFERENCES res_partner_bank ON DELETE CASCADE"
        self.refer("x_one", f"id INTEGER, bank_id {bank}, note VARCHAR", [(1, kept.id, "a"), (2, gone.id, "b")])
        self.refer(
            "x_rel", f"id INTEGER, bank_id {bank}, UNIQUE (id, bank_id)", [(1, kept.id), (1, gone.id), (2, gone.id)]
        )
        self.wizard._merge(self.partners.ids, self.first)
        self.assertEqual(self.rows("x_one"), [(1, kept.id, "a"), (2, kept.id, "b")])
        self.assertEqual(self.rows("x_rel"), [(1, kept.id), (2, kept.id)])

    def test_2_10_1_rows_that_would_exist_twice(self):
        """One row that the destination has already is no reason to delete the others."""
        partner = "INTEGER REFERENCES res_partner ON DELETE CASCADE"
        third = self.env["res.partner"].create({"name": "Twin"})
        self.refer(
            "x_member",
            f"id INTEGER, partner_id {partner}, code VARCHAR, UNIQUE (partner_id, code)",
            [
                (1, self.first.id, "a"),
                (2, self.second.id, "a"),
                (3, self.second.id, "b"),
                (4, third.id, "b"),
                (5, third.id, "c"),
            ],
        )
        self.wizard._merge((self.partners + third).ids, self.first)
        rows = self.rows("x_member")
        self.assertEqual({partner_id for _id, partner_id, _code in rows}, {self.first.id})
        self.assertEqual([code for _id, _partner_id, code in rows], ["a", "b", "c"])

    def test_oldest_stays(self):
        self.set_date(self.first, "2020-01-01")
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
        self.assertEqual(self.partners.exists(), self.second)

    def test_nothing_chosen(self):
        with self.assertRaises(UserError):
            self.wizard.action_start_manual_process()

    def test_selected_partners_are_merged_and_the_next_group_is_shown(self):
        wizard = self.wizard.with_context(active_model="res.partner", active_ids=self.partners.ids).create({})
        self.assertEqual((wizard.state, wizard.partner_ids), ("selection", self.partners))
        self.assertEqual(wizard.dst_partner_id, self.wizard._get_ordered_partner(self.partners.ids)[-1])
        action = wizard.action_merge()
        self.assertEqual((action["res_model"], action["res_id"]), (wizard._name, wizard.id))
        self.assertEqual((wizard.state, len(self.partners.exists())), ("finished", 1))
