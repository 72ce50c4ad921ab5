from base64 import b64decode

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


class TestPartner(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.partner"].create(
            {
                "name": "Lanthorn",
                "is_company": True,
                "street": "1 Quay",
                "city": "Ghent",
                "vat": "BE1",
                "country_id": cls.env.ref("base.be").id,
            }
        )
        cls.person = cls.env["res.partner"].create({"name": "Ines", "parent_id": cls.company.id})

    def test_contact_takes_over_address_and_tax_number(self):
        self.assertEqual(self.person.commercial_partner_id, self.company)
        self.assertEqual((self.person.street, self.person.vat), ("1 Quay", "BE1"))
        self.company.write({"street": "2 Quay", "vat": "BE2"})
        self.assertEqual((self.person.street, self.person.vat), ("2 Quay", "BE2"))

    def test_invoice_address_is_its_own(self):
        address = self.env["res.partner"].create(
            {
                "parent_id": self.company.id,
                "type": "invoice",
                "street": "9 Dock",
            }
        )
        self.company.street = "3 Quay"
        self.assertEqual(address.street, "9 Dock")
        self.assertEqual(address.vat, "BE1")
        self.assertEqual(address.display_name, "Lanthorn, Invoice Address")

    def test_company_without_address_takes_that_of_its_first_contact(self):
        company = self.env["res.partner"].create({"name": "Empty", "is_company": True})
        self.env["res.partner"].create({"name": "First", "parent_id": company.id, "street": "5 Hill"})
        self.assertEqual(company.street, "5 Hill")

    def test_names(self):
        self.assertEqual(self.person.complete_name, "Lanthorn, Ines")
        self.company.name = "Lanthorn & Sons"
        self.assertEqual(self.person.complete_name, "Lanthorn & Sons, Ines")
        self.person.email = "ines@example.com"
        self.assertEqual(
            self.person.with_context(show_email=True).display_name, "Lanthorn & Sons, Ines <ines@example.com>"
        )
        self.assertIn("1 Quay", self.person.with_context(show_address=True).display_name)
        self.assertEqual(self.person.email_formatted, '"Ines" <ines@example.com>')

    def test_contact_address_follows_the_country(self):
        self.company.zip = "9000"
        self.assertEqual(self.company._display_address(), "Lanthorn\n1 Quay\n9000 Ghent\nBelgium")

    def test_address_get(self):
        delivery = self.env["res.partner"].create({"parent_id": self.company.id, "type": "delivery", "name": "Gate"})
        found = self.person.address_get(["delivery", "invoice"])
        self.assertEqual(found, {"contact": self.person.id, "delivery": delivery.id, "invoice": self.person.id})

    def test_address_get_looks_below_then_above_up_to_the_company(self):
        create = self.env["res.partner"].create
        branch = create({"name": "Branch", "parent_id": self.company.id, "is_company": True})
        create({"name": "Branch gate", "parent_id": branch.id, "type": "delivery"})
        near = create({"name": "Desk", "parent_id": self.person.id, "type": "invoice"})
        create({"name": "Books", "parent_id": self.company.id, "type": "invoice"})
        found = self.person.address_get(["invoice", "delivery"])
        self.assertEqual(found, {"contact": self.person.id, "invoice": near.id, "delivery": self.person.id})
        nobody = self.env["res.partner"].address_get(["invoice"])
        self.assertEqual(nobody, {"contact": False, "invoice": False})

    def test_2_10_5_several_addresses_are_one_pair(self):
        for email, formatted in [
            ("a@example.com, b@example.com", '"Ines" <a@example.com,b@example.com>'),
            ("Ann <A@Example.com>; b@example.com", '"Ines" <a@example.com,b@example.com>'),
            ("a@café.example, b@example.com", '"Ines" <a@café.example,b@example.com>'),
            ("nobody", '"Ines" <@nobody>'),
            ("", False),
        ]:
            self.person.email = email
            self.assertEqual(self.person.email_formatted, formatted)

    def test_2_10_2_new_contacts_have_the_language_of_their_parent(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.default"].set("res.partner", "lang", "en_US")
        self.company.lang = "fr_FR"
        create = self.env["res.partner"].create
        plain, own, none, loose = create(
            [
                {"name": "Plain", "parent_id": self.company.id},
                {"name": "Own", "parent_id": self.company.id, "lang": "en_US"},
                {"name": "None", "parent_id": self.company.id, "lang": False},
                {"name": "Loose"},
            ]
        )
        self.assertEqual([partner.lang for partner in plain + own + none + loose], ["fr_FR", "en_US", False, "en_US"])
        below = create({"name": "Of a menu", "child_ids": [(0, 0, {"name": "Below"})], "lang": "fr_FR"}).child_ids
        self.assertEqual(below.lang, "fr_FR")
        self.assertEqual(create([{"name": "Menu", "parent_id": plain.id}]).lang, "fr_FR")
        menu = self.env["res.partner"].with_context(default_parent_id=self.company.id)
        self.assertEqual(menu.create({"name": "Default"}).lang, "fr_FR")
        self.company.lang = "en_US"
        loose.parent_id = none
        self.assertEqual((plain.lang, loose.lang), ("fr_FR", "en_US"), "later changes are not followed")
        self.assertEqual(create({"name": "Of nobody's", "parent_id": none.id}).lang, "en_US")

    def test_2_10_3_address_of_the_first_contact(self):
        create = self.env["res.partner"].create
        for is_company in (True, False):
            parent = create({"name": "Parent", "is_company": is_company})
            create({"name": "Gate", "parent_id": parent.id, "type": "delivery", "street": "Dock 1"})
            self.assertFalse(parent.street, "an address of another type is its own")
            parent.child_ids.unlink()
            create({"name": "First", "parent_id": parent.id, "street": "Hill 5", "city": "Ghent"})
            self.assertEqual((parent.street, parent.city), ("Hill 5", "Ghent"))
            second = create({"name": "Second", "parent_id": parent.id, "street": "Hill 6"})
            self.assertEqual((parent.street, second.street), ("Hill 5", "Hill 5"))

    def test_2_10_4_format_with_fields_that_are_gone(self):
        country = self.env.ref("base.be")
        self.env.cr.execute(
            "UPDATE res_country SET address_format = %s WHERE id = %s",
            ["%(street)s\n%(l10n_district)s\n%(zip)s %(city)s%(gone)s", country.id],
        )
        country.invalidate_recordset()
        self.assertEqual(self.company._display_address(without_company=True), "1 Quay\n Ghent")
        self.assertIn("1 Quay", self.company.with_context(show_address=True).display_name)
        with self.assertRaises(UserError):
            country.address_format = "%(l10n_district)s"

    def test_2_10_10_names_of_addresses_and_archived_companies(self):
        """What the entry is about beside its wording."""
        create = self.env["res.partner"].create
        kinds = ("invoice", "other")
        names = {kind: create({"parent_id": self.company.id, "type": kind}).display_name for kind in kinds}
        self.assertEqual(names, {"invoice": "Lanthorn, Invoice Address", "other": "Lanthorn, Other Address"})
        house = self.env["res.company"].create({"name": "House"})
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": house.id})
        user = new_test_user(self.env, "here", groups="base.group_user", company_ids=house.ids, company_id=house.id)
        with self.assertRaises(ValidationError):
            house.active = False
        user.active = False
        house.active = False
        self.assertFalse(branch.active)

    def test_salesperson_and_share(self):
        user = self.env["res.users"].create({"name": "Ida", "login": "ida@example.com"})
        self.company.user_id = user
        contact = self.env["res.partner"].create({"name": "Omar", "parent_id": self.company.id})
        self.assertEqual(contact.user_id, user)
        self.assertTrue(contact.partner_share)
        self.assertFalse(user.partner_id.partner_share)
        self.assertTrue(self.env.ref("base.public_partner").is_public)
        self.assertFalse(contact.is_public)

    def test_barcode_is_of_one_contact(self):
        self.person.barcode = "4711"
        self.person.barcode = "4711"
        with self.assertRaises(ValidationError):
            self.company.barcode = "4711"

    def test_contact_of_a_company_of_the_database_stays_in_it(self):
        house = self.env["res.company"].create({"name": "Here"})
        other = self.env["res.company"].create({"name": "Elsewhere"})
        house.partner_id.company_id = house
        with self.assertRaises(ValidationError):
            house.partner_id.company_id = other

    def test_managers_of_contacts_change_the_kind(self):
        manager = new_test_user(self.env, "keeper", groups="base.group_user,base.group_partner_manager")
        own = manager.partner_id.with_user(manager)
        own.write({"is_company": True, "function": "Keeper"})
        self.assertEqual((own.is_company, own.function), (True, "Keeper"))

    def test_time_zone_offset(self):
        self.person.tz = "Asia/Kolkata"
        self.assertEqual(self.person.tz_offset, "+0530")
        self.person.tz = False
        self.assertEqual(self.person.tz_offset, "+0000")

    def test_commercial_name_and_action(self):
        self.assertEqual(self.person.commercial_company_name, "Lanthorn")
        loner = self.env["res.partner"].create({"name": "Kai", "company_name": "Boats"})
        self.assertEqual((loner.commercial_company_name, loner.display_name), ("Boats", "Boats, Kai"))
        action = self.person.open_commercial_entity()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.company.id))

    def test_title_of_a_list_of_a_tag(self):
        tag = self.env["res.partner.category"].create({"name": "Sailors"})
        header = self.env["res.partner"].with_context(category_id=tag.id).view_header_get(False, "list")
        self.assertEqual(header, "Partners: Sailors")

    def test_cycle_is_refused(self):
        with self.assertRaises(ValidationError):
            self.company.parent_id = self.person

    def test_contact_needs_a_name(self):
        from psycopg2 import IntegrityError

        from odoo.tools import mute_logger

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["res.partner"].create({"type": "contact"})
            self.env.flush_all()

    def test_partner_of_a_user_stays(self):
        user = self.env["res.users"].create({"name": "Ida", "login": "ida@example.com"})
        with self.assertRaises((RedirectWarning, ValidationError)):
            user.partner_id.unlink()
        with self.assertRaises((RedirectWarning, ValidationError)):
            user.partner_id.active = False

    def test_name_create_and_find_or_create(self):
        partner_id, name = self.env["res.partner"].name_create("Max Moor <Max@Example.com>")
        partner = self.env["res.partner"].browse(partner_id)
        self.assertEqual((name, partner.email), ("Max Moor", "max@example.com"))
        self.assertEqual(self.env["res.partner"].find_or_create("max@example.com"), partner)
        self.assertEqual(self.env["res.partner"].find_or_create("Zoe <zoe@example.com>").name, "Zoe")
        with self.assertRaises(ValueError):
            self.env["res.partner"].find_or_create("nobody", assert_valid_email=True)

    def test_website_gets_a_protocol(self):
        self.company.website = "www.example.com/shop"
        self.assertEqual(self.company.website, "http://www.example.com/shop")

    def test_company_type(self):
        self.person.company_type = "company"
        self.assertTrue(self.person.is_company)
        self.assertEqual(self.person.commercial_partner_id, self.person)

    def test_create_company_from_its_name(self):
        person = self.env["res.partner"].create({"name": "Kai", "company_name": "Kai's Boats", "street": "4 Pier"})
        person.create_company()
        self.assertEqual((person.parent_id.name, person.parent_id.is_company), ("Kai's Boats", True))
        self.assertEqual(person.parent_id.street, "4 Pier")

    def test_search_by_display_name(self):
        Partner = self.env["res.partner"]
        self.assertIn((self.person.id, "Lanthorn, Ines"), Partner.name_search("Lanthorn, I"))
        self.assertIn(self.company.id, [id_ for id_, _name in Partner.name_search("BE1")])

    def test_avatars(self):
        self.assertTrue(b64decode(self.company.avatar_128))
        user = self.env["res.users"].create({"name": "Ömer", "login": "omer@example.com"})
        self.assertIn("Ö", b64decode(user.avatar_128).decode())

    def test_2_8_9_colours_of_avatars(self):
        user = self.env["res.users"].create({"name": "Ömer", "login": "omer@example.com"})
        drawing = user.avatar_128
        self.assertRegex(b64decode(drawing).decode(), r"hsl\(\d+, [4-7]\d%, 45%\)")
        user.invalidate_recordset()
        self.assertEqual(user.avatar_128, drawing)

    def test_copy(self):
        self.assertEqual(self.company.copy().name, "Lanthorn (copy)")
        self.assertEqual(self.company.copy({"name": "Twin"}).name, "Twin")

    def test_archived_company_keeps_contacts(self):
        self.company.active = False
        self.assertTrue(self.person.active)
        self.assertEqual(self.person.commercial_partner_id, self.company)

    def test_user_refuses_partner_of_another_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.env["res.users"].create({"name": "Ida", "login": "ida@example.com"})
        with self.assertRaises(UserError):
            user.partner_id.company_id = other


@tagged("-at_install", "post_install")
class TestPartnerForm(TransactionCase):
    def test_form_of_a_contact(self):
        company = self.env["res.partner"].create({"name": "Lanthorn", "is_company": True, "street": "1 Quay"})
        with Form(self.env["res.partner"], "base.view_partner_form") as form:
            form.name = "Noor"
            form.parent_id = company
            self.assertEqual(form.street, "1 Quay")
        partner = form.save()
        self.assertEqual(partner.commercial_partner_id, company)

    def test_state_tells_the_country(self):
        with Form(self.env["res.partner"], "base.view_partner_form") as form:
            form.name = "Pia"
            form.state_id = self.env.ref("base.state_us_5")
            self.assertEqual(form.country_id, self.env.ref("base.us"))
            form.country_id = self.env.ref("base.be")
            self.assertFalse(form.state_id)


class TestCategories(TransactionCase):
    def test_tree(self):
        top = self.env["res.partner.category"].create({"name": "Top"})
        below = self.env["res.partner.category"].create({"name": "Below", "parent_id": top.id})
        self.assertEqual(below.display_name, "Top / Below")
        partner = self.env["res.partner"].create({"name": "Tagged", "category_id": [(4, below.id)]})
        self.assertIn(partner, self.env["res.partner"].search([("category_id", "child_of", top.id)]))
        with self.assertRaises(UserError):
            top.parent_id = below
