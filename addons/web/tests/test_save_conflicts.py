"""Saves that carry what was read, and meet what somebody else stored meanwhile."""

from odoo import Command
from odoo.addons.web.exceptions import SaveConflict
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged

SPEC = {"name": {}, "street": {}, "comment": {}, "parent_id": {"fields": {"display_name": {}}}, "active": {}}
LINES = {"child_ids": {"fields": {"name": {}, "street": {}}}}


@tagged("post_install", "-at_install")
class TestSaveConflicts(TransactionCase):
    """A partner that two people change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dana = new_test_user(cls.env, "dana_saves", groups="base.group_user,base.group_partner_manager")
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Acme",
                "street": "Main Road",
                "child_ids": [Command.create({"name": name, "street": "Side Road"}) for name in ("One", "Two")],
            }
        )
        cls.one, cls.two = cls.partner.child_ids

    def save(self, vals, known, spec=None, record=None):
        """Save as the client does that has read ``known``."""
        record = record or self.partner
        told = {"model": record._name, "id": record.id, "values": known}
        return record.with_context(web_save_known=told).web_save(vals, spec or SPEC)

    def conflict(self, vals, known, **options):
        """Return what a save that is refused is told."""
        with self.assertRaises(SaveConflict) as refused:
            self.save(vals, known, **options)
        return refused.exception.context

    def test_a_field_that_somebody_else_changed_too_is_not_written(self):
        self.partner.with_user(self.dana).write({"name": "Acme Ltd", "street": "New Road"})
        stored = self.conflict({"name": "Acme Inc", "comment": "<p>x</p>"}, {"name": "Acme", "comment": False})
        self.assertEqual((stored["values"], stored["lines"]), ({"name": "Acme Ltd"}, {}))
        self.assertEqual(stored["write_uid"], {"id": self.dana.id, "display_name": self.dana.display_name})
        self.assertEqual(stored["write_date"], str(self.partner.write_date.replace(microsecond=0)))
        self.assertEqual((self.partner.name, bool(self.partner.comment)), ("Acme Ltd", False))

    def test_what_only_the_other_changed_stays_and_is_read(self):
        self.partner.street = "New Road"
        [values] = self.save({"name": "Acme Inc"}, {"name": "Acme"})
        self.assertEqual((values["name"], values["street"]), ("Acme Inc", "New Road"))

    def test_the_same_change_twice_is_no_conflict(self):
        self.partner.write({"name": "Acme Inc", "parent_id": self.env.company.partner_id.id})
        parent = self.env.company.partner_id
        vals = {"name": "Acme Inc", "parent_id": parent.id, "comment": False, "color": 3}
        [values] = self.save(vals, {"name": "Acme", "parent_id": False, "comment": "", "color": 0})
        self.assertEqual(values["parent_id"]["id"], parent.id)

    def test_relations_are_told_by_name(self):
        self.partner.parent_id = self.env.company.partner_id
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        stored = self.conflict({"parent_id": other.id}, {"parent_id": False})
        self.assertEqual(stored["values"]["parent_id"]["display_name"], self.env.company.partner_id.display_name)

    def test_saves_that_tell_nothing_overwrite_as_ever(self):
        self.partner.name = "Acme Ltd"
        [values] = self.partner.web_save({"name": "Acme Inc"}, SPEC)
        self.assertEqual(values["name"], "Acme Inc")
        [values] = self.partner.web_save({"name": "Acme"}, SPEC, next_id=self.one.id)
        self.assertEqual(values["name"], "One")

    def test_what_is_told_of_another_record_is_not_looked_at(self):
        told = {"model": "res.partner", "id": self.one.id, "values": {"name": "x"}}
        self.partner.with_context(web_save_known=told).web_save({"name": "Acme Inc"}, SPEC)
        self.assertEqual(self.partner.name, "Acme Inc")
        for garbage in (None, 3, [], {"model": "res.partner", "id": self.partner.id, "values": 4}):
            with self.assertRaises(UserError):
                self.partner.with_context(web_save_known=garbage).web_save({"name": "x"}, SPEC)
        self.save({"name": "y", "child_ids": []}, {"name": "Acme Inc", "child_ids": 5, "unheard": {}})

    def test_lines_are_compared_field_by_field(self):
        self.one.write({"name": "First", "street": "New Road"})
        self.two.street = "New Road"
        commands = [
            Command.update(self.one.id, {"name": "Uno"}),
            Command.update(self.two.id, {"name": "Dos"}),
        ]
        known = {"child_ids": {str(self.one.id): {"name": "One"}, str(self.two.id): {"name": "Two"}}}
        stored = self.conflict({"child_ids": commands}, known, spec=LINES)
        name = self.one.display_name
        self.assertEqual(
            stored["lines"], {"child_ids": {str(self.one.id): {"values": {"name": "First"}, "name": name}}}
        )
        self.assertEqual(self.two.name, "Two")
        known["child_ids"][str(self.one.id)]["name"] = "First"
        self.save({"child_ids": commands}, known, spec=LINES)
        self.assertEqual([self.one.name, self.one.street], ["Uno", "New Road"])

    def test_lines_that_are_gone(self):
        gone = self.one.id
        self.one.unlink()
        commands = [Command.delete(gone), Command.update(self.two.id, {"name": "Dos"})]
        self.save({"child_ids": commands}, {"child_ids": {str(self.two.id): {"name": "Two"}}}, spec=LINES)
        self.assertEqual(self.two.name, "Dos")
        stored = self.conflict({"child_ids": [Command.update(gone, {"name": "Uno"})]}, {"child_ids": {}}, spec=LINES)
        self.assertEqual(stored["lines"], {"child_ids": {str(gone): False}})

    def test_nobody_is_told_what_he_may_not_read(self):
        group = self.env["res.groups"].create({"name": "Streets"})
        self.patch(
            self.env["res.partner"]._fields["street"], "groups", group._get_external_ids() and "base.group_no_one"
        )
        self.partner.street = "Secret Road"
        partner = self.partner.with_user(self.dana)
        with self.assertRaises(UserError) as refused:
            self.save({"street": "Mine"}, {"street": "Guess"}, record=partner, spec={"name": {}})
        self.assertNotIsInstance(refused.exception, SaveConflict)
        self.assertNotIn("Secret", str(refused.exception))

    def test_a_save_takes_no_more_statements(self):
        def statements(vals, known):
            self.env.flush_all()
            self.env.invalidate_all()
            # every request knows its user
            self.assertTrue(self.env.user.company_id.active)
            told = {"model": "res.partner", "id": self.partner.id, "values": known}
            partner = self.partner.with_context(**({"web_save_known": told} if known else {}))
            before = self.cr.sql_log_count
            partner.web_save(vals, {**SPEC, **LINES})
            self.env.flush_all()
            return self.cr.sql_log_count - before

        def line(name):
            return {"child_ids": [Command.update(self.one.id, {"name": name})]}

        statements({"comment": "<p>1</p>"}, None)
        plain = statements({"comment": "<p>2</p>"}, None)
        self.assertLessEqual(statements({"comment": "<p>3</p>"}, {"comment": "<p>2</p>"}), plain)
        plain = statements(line("Uno"), None)
        self.assertLessEqual(
            statements(line("Un"), {"child_ids": {str(self.one.id): {"name": "Uno"}}}), plain + 1, "lines that are gone"
        )

    def test_numbers_have_one_form(self):
        self.partner.partner_latitude = 4
        self.save({"partner_latitude": 5}, {"partner_latitude": 4})
        self.assertEqual(self.partner.partner_latitude, 5)
