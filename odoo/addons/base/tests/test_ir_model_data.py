from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class TestExternalIds(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = cls.env["ir.model.data"]
        cls.partner = cls.env["res.partner"].create({"name": "Named"})

    def test_update_and_lookup(self):
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner, "noupdate": True}])
        self.assertEqual(self.env.ref("base.a_name"), self.partner)
        self.assertEqual(self.data._xmlid_lookup("base.a_name"), ("res.partner", self.partner.id))
        other = self.env["res.partner"].create({"name": "Other"})
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": other}])
        self.assertEqual(self.env.ref("base.a_name"), other)
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner}], update=True)
        self.assertEqual(self.env.ref("base.a_name"), other, "not updatable")

    def test_2_6_8_what_was_just_named_is_known(self):
        other = self.env["res.partner"].create({"name": "Other"})
        names = ["base.a_name", "base.another_name"]
        for records in ((self.partner, other), (other, self.partner)):
            entries = [{"xml_id": name, "record": record} for name, record in zip(names, records, strict=True)]
            with self.assertQueryCount(1):
                self.data._update_xmlids(entries)
            with self.assertQueryCount(0):
                for name, record in zip(names, records, strict=True):
                    self.assertEqual(self.data._xmlid_lookup(name), ("res.partner", record.id))

    def test_2_6_8_what_is_not_updatable_stays_known(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner, "noupdate": True}])
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": other}], update=True)
        self.assertEqual(self.data._xmlid_lookup("base.a_name"), ("res.partner", self.partner.id))

    def test_2_6_8_what_was_undone_is_forgotten(self):
        with self.cr.savepoint() as savepoint:
            self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner}])
            savepoint.rollback()
        with self.assertRaises(ValueError):
            self.data._xmlid_lookup("base.a_name")

    def test_reference_of_what_is_no_name_yet(self):
        name = self.data.new({"module": "base", "name": "a_name"})
        self.assertIs(name.reference, False)
        name.model = "res.partner"
        self.assertIs(name.reference, False)
        name.res_id = self.partner.id
        self.assertEqual(name.reference, f"res.partner,{self.partner.id}")

    def test_missing(self):
        with self.assertRaises(ValueError):
            self.env.ref("base.no_such_name")
        self.assertIsNone(self.env.ref("base.no_such_name", raise_if_not_found=False))
        self.assertEqual(self.data._xmlid_to_res_model_res_id("base.no_such_name"), (False, False))

    def test_deleted_with_its_record(self):
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner}])
        self.partner.unlink()
        self.assertFalse(self.data.search([("name", "=", "a_name")]))

    def test_check_object_reference(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        check = self.data.with_user(user).check_object_reference
        self.assertEqual(check("base", "main_partner"), ("res.partner", self.env.ref("base.main_partner").id))
        other = self.env["res.company"].create({"name": "Hidden"})
        self.data._update_xmlids([{"xml_id": "base.hidden", "record": other}])
        self.assertEqual(check("base", "hidden"), ("res.company", False))
        with self.assertRaises(AccessError):
            check("base", "hidden", raise_on_access_error=True)

    def test_toggle_noupdate(self):
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner}])
        record = self.data.search([("name", "=", "a_name")])
        self.data.toggle_noupdate("res.partner", self.partner.id)
        self.assertTrue(record.noupdate)
        self.data.toggle_noupdate("res.partner", self.partner.id)
        self.assertFalse(record.noupdate)

    def test_renamed_and_moved(self):
        record = self.data.create(
            {"module": "base", "name": "a_name", "model": "res.partner", "res_id": self.partner.id}
        )
        self.assertEqual(record.complete_name, "base.a_name")
        self.assertEqual(self.env.ref("base.a_name"), self.partner)
        other = self.env["res.partner"].create({"name": "Other"})
        record.res_id = other.id
        self.assertEqual(self.env.ref("base.a_name"), other)
        record.write({"module": "", "name": "another"})
        self.assertEqual(record.complete_name, "another")
        self.assertIsNone(self.env.ref("base.a_name", raise_if_not_found=False))

    def test_external_ids_of_groups(self):
        group = self.env["res.groups"].create({"name": "Divers", "users": [(4, self.env.uid)]})
        self.assertFalse(self.env.user.has_group("base.divers"))
        record = self.data.create({"module": "base", "name": "divers", "model": "res.groups", "res_id": group.id})
        self.assertTrue(self.env.user.has_group("base.divers"))
        record.name = "swimmers"
        self.assertFalse(self.env.user.has_group("base.divers"))
        self.assertTrue(self.env.user.has_group("base.swimmers"))

    def test_defined_again_while_loading(self):
        self.data._update_xmlids([{"xml_id": "base.a_name", "record": self.partner}])
        self.registry.loaded_xmlids.discard("base.a_name")
        self.assertEqual(self.data._load_xmlid("base.a_name"), self.partner)
        self.assertIn("base.a_name", self.registry.loaded_xmlids)
        self.assertIsNone(self.data._load_xmlid("base.no_such_name"))
        self.assertNotIn("base.no_such_name", self.registry.loaded_xmlids)

    def test_obsolete_records_are_deleted(self):
        kept = self.env["res.partner"].create({"name": "Kept"})
        self.data._update_xmlids(
            [
                {"xml_id": "a_test_module.gone", "record": self.partner},
                {"xml_id": "a_test_module.kept", "record": kept, "noupdate": True},
            ]
        )
        self.registry.loaded_xmlids.discard("a_test_module.gone")
        self.data._process_end(["a_test_module"])
        self.assertFalse(self.partner.exists())
        self.assertTrue(self.env.ref("a_test_module.kept"))

    def test_shared_record_survives(self):
        self.data._update_xmlids(
            [
                {"xml_id": "a_test_module.gone", "record": self.partner},
                {"xml_id": "another.kept", "record": self.partner},
            ]
        )
        self.registry.loaded_xmlids.discard("a_test_module.gone")
        self.data._process_end(["a_test_module"])
        self.assertTrue(self.partner.exists())
        self.assertIsNone(self.env.ref("a_test_module.gone", raise_if_not_found=False))
