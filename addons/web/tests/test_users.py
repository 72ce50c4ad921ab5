"""Users and models as the client looks them up."""

from odoo.tests import TransactionCase, new_test_user


class TestLookups(TransactionCase):
    def test_own_name_comes_first(self):
        user = new_test_user(self.env, "zzz_last", groups="base.group_user", name="Zoe")
        new_test_user(self.env, "aaa_first", groups="base.group_user", name="Anna")
        Users = self.env["res.users"].with_user(user)
        self.assertEqual(Users.name_search("")[0][0], user.id)
        self.assertEqual(Users.name_search("", limit=1)[0][0], user.id)
        self.assertNotIn(user.id, [uid for uid, _name in Users.name_search("Anna")])

    def test_names_of_models(self):
        names = self.env["ir.model"].display_name_for(["res.partner", "no.such.model"])
        self.assertEqual(names[0], {"model": "res.partner", "display_name": "Contact"})
        self.assertEqual(names[1], {"model": "no.such.model", "display_name": "no.such.model"})

    def test_definitions_keep_to_the_models_asked_for(self):
        definitions = self.env["ir.model"]._get_definitions(["res.partner", "res.country"])
        fields = definitions["res.partner"]["fields"]
        self.assertIn("country_id", fields)
        self.assertNotIn("company_id", fields)

    def test_view_info(self):
        info = self.env["ir.ui.view"].get_view_info()
        self.assertEqual(info["form"]["multi_record"], False)
        self.assertEqual(info["list"]["display_name"], "List")

    def test_2_14_3_names_of_vcards_are_not_split(self):
        partner = self.env["res.partner"].create({"name": "Ann Marie Smith"})
        self.assertIn("\r\nN:Ann Marie Smith;;;;\r\n", partner._get_vcard_file().decode())
        address = self.env["res.partner"].create({"parent_id": partner.id, "type": "invoice"})
        self.assertIn(
            f"\r\nN:{address.complete_name};;;;\r\n".replace(", ", "\\, "), address._get_vcard_file().decode()
        )

    def test_vcard(self):
        partner = self.env["res.partner"].create({"name": "Ann; Smith", "email": "ann@example.com"})
        card = partner._get_vcard_file().decode()
        self.assertIn("FN:Ann\\; Smith\r\n", card)
        self.assertTrue(card.startswith("BEGIN:VCARD\r\n") and card.endswith("END:VCARD\r\n"))
