"""What ``onchange`` answers about defaults that depend on a value, and about records without a database id."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase


class TestMemoryOnchange(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sheet = cls.env["test_orm.sheet"]

    def test_c11_default_that_depends_on_another_value(self):
        defaults = self.env["ir.default"]
        defaults.set("test_orm.sheet", "label", "for k", condition="kind=k")
        defaults.set("test_orm.sheet", "label", "for all")
        spec = {"kind": {}, "label": {}}
        result = self.Sheet.onchange({"kind": "k", "label": False}, ["kind"], spec)
        self.assertEqual(result["value"], {"label": "for k"})
        result = self.Sheet.onchange({"kind": "other", "label": False}, ["kind"], spec)
        self.assertEqual(result["value"], {}, "a default without condition is for new records")

    def test_c11_fields_that_change_defaults_trigger_onchanges(self):
        self.assertIn("kind", self.Sheet._onchange_methods)
        self.assertNotIn("name", self.Sheet._onchange_methods)
        arch = "<form><field name='kind'/><field name='factor'/></form>"
        view = self.env["ir.ui.view"].create({"name": "sheet", "model": "test_orm.sheet", "arch": arch})
        tree = self.Sheet.get_view(view.id, "form")["arch"]
        self.assertRegex(tree, '<field name="kind" on_change="1"')
        self.assertNotRegex(tree, '<field name="factor"[^>]*on_change="1"')

    def test_c12_record_that_is_computed_as_itself(self):
        for fields_spec in ({}, {"display_name": {}}, {"name": {}}):
            spec = {"name": {}, "self_id": {"fields": fields_spec}}
            value = self.Sheet.onchange({}, [], spec)["value"]
            self.assertIs(value["self_id"], False)
        self.assertIs(self.Sheet.onchange({}, [], {"name": {}, "self_id": {}})["value"]["self_id"], False)

    def test_c12_row_without_a_database_id(self):
        spec = {
            "label": {},
            "first_row_id": {"fields": {"display_name": {}}},
            "row_ids": {"fields": {"name": {}, "self_id": {"fields": {"display_name": {}}}}},
        }
        value = self.Sheet.onchange({"label": "replace"}, ["label"], spec)["value"]
        self.assertIs(value["first_row_id"], False)
        self.assertIs(value["row_ids"][0][2]["self_id"], False)

    def test_c12_record_that_mirrors_a_stored_one(self):
        sheet = self.Sheet.create({"name": "s", "row_ids": [Command.create({"name": "r"})]})
        spec = {"name": {}, "self_id": {"fields": {"display_name": {}}}, "row_ids": {"fields": {"name": {}}}}
        value = sheet.onchange({"name": "t", "self_id": False}, ["name"], spec)["value"]
        self.assertEqual(value["self_id"], {"id": sheet.id, "display_name": "t"})


class TestOnchangeWritesNothing(TransactionCase):
    """Whatever a client sends with an onchange, and whatever the onchange methods assign, stays in memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["test_orm.tag"].create({"name": "t"})
        rows = [Command.create({"name": name, "qty": 1}) for name in "abc"]
        values = {"name": "s", "row_ids": rows, "tag_ids": [Command.link(cls.tag.id)]}
        cls.sheet = cls.env["test_orm.sheet"].create(values)
        cls.person = cls.env["test_orm.person"].create({"name": "p", "email": "e", "tag_ids": cls.tag.ids})

    def _assert_nothing_is_written(self, records, values, spec):
        """Check that the onchanges of each of ``values`` send no changing statement.

        :param records: recordsets to call them on
        """
        names = [name for name in values if name != "id"]
        with self._recorded_queries(True) as queries:
            for record in records:
                for changed in ([], names, *([name] for name in names)):
                    record.onchange(dict(values), changed, spec)
        self.assertFalse([query for query in queries if query.split()[0] in ("INSERT", "UPDATE", "DELETE")])

    def _document_values(self):
        """Return values of a sheet with commands of every kind."""
        first, second, third = self.sheet.row_ids.ids
        return {
            "id": self.sheet.id,
            "name": "sent",
            "label": "replace",
            "row_ids": [
                Command.update(first, {"id": first, "qty": 9, "cell_ids": [Command.create({"name": "c"})]}),
                Command.delete(second),
                Command.unlink(third),
                Command.create({"qty": 8}),
            ],
            "tag_ids": [
                Command.update(self.tag.id, {"name": "sent"}),
                Command.delete(self.tag.id),
                Command.create({"name": "new"}),
            ],
        }

    def test_c14_commands(self):
        spec = {
            "name": {},
            "label": {},
            "total": {},
            "self_id": {"fields": {"display_name": {}}},
            "row_ids": {"fields": {"qty": {}, "amount": {}, "cell_ids": {"fields": {"name": {}}}}},
            "tag_ids": {"fields": {"name": {}}},
        }
        values = self._document_values()
        self._assert_nothing_is_written([self.sheet, self.sheet.browse()], values, spec)
        values |= {"row_ids": [Command.set([])], "tag_ids": [Command.clear()]}
        self._assert_nothing_is_written([self.sheet, self.sheet.browse()], values, spec)

    def test_c14_parent_of_a_row(self):
        row = self.sheet.row_ids[0]
        values = {"id": row.id, "qty": 3, "hint": "h", "sheet_id": self._document_values()}
        spec = {"qty": {}, "hint": {}, "amount": {}, "sheet_label": {}, "sheet_id": {"fields": {"display_name": {}}}}
        self._assert_nothing_is_written([row, row.browse()], values, spec)

    def test_c14_related_and_inherited_fields(self):
        order = self.env["test_orm.order"].create({"person_id": self.person.id})
        tags = [Command.create({"name": "n"}), Command.update(self.tag.id, {"name": "sent"})]
        values = {"person_id": self.person.id, "person_email": "sent", "person_tag_ids": tags}
        spec = {"person_id": {}, "person_email": {}, "person_tag_ids": {}, "message": {}}
        self._assert_nothing_is_written([order, order.browse()], values, spec)
        values = {"person_id": {"id": self.person.id, "email": "sent", "tag_ids": tags}, "person_email": "other"}
        self._assert_nothing_is_written([order, order.browse()], values, spec)
        parcel = self.env["test_orm.parcel"].create({"text": "stored"})
        spec = {"cover_id": {}, "text": {}, "shout": {}}
        for cover in (parcel.cover_id.id, {"id": parcel.cover_id.id, "text": "other"}, False):
            values = {"cover_id": cover, "text": "sent", "shout": "S"}
            self._assert_nothing_is_written([parcel, parcel.browse()], values, spec)
        mail = self.env["test_orm.mail"].create({"body": "b", "page_ids": [Command.create({"name": "p"})]})
        pages = [Command.update(mail.page_ids.id, {"name": "sent"}), Command.create({"name": "q"})]
        values = {"letter_id": mail.letter_id.id, "page_ids": pages, "tag_ids": tags, "body": "sent"}
        spec = {"letter_id": {}, "body": {}, "page_names": {}, "page_ids": {"fields": {"name": {}}}, "tag_ids": {}}
        self._assert_nothing_is_written([mail, mail.browse()], values, spec)
        bulk = self.env["test_orm.bulk"].create({"mail_id": mail.id, "answered_id": mail.id})
        values = {"mail_id": mail.id, "answered_id": mail.id, "answered_tag_ids": tags, **values}
        spec = {**spec, "mail_id": {}, "answered_id": {}, "answered_tag_ids": {"fields": {"name": {}}}}
        self._assert_nothing_is_written([bulk, bulk.browse()], values, spec)

    def test_c14_mirror_of_a_hidden_record_is_not_read(self):
        user = self.env["res.users"].create({"name": "u", "login": "u_c14"})
        user.groups_id = self.env.ref("base.group_user")
        model_id = self.env["ir.model"]._get_id("test_orm.sheet")
        domain = "[('name', '!=', 's')]"
        self.env["ir.rule"].create({"name": "hidden", "model_id": model_id, "domain_force": domain})
        self.sheet.kind = "secret"
        row = self.env["test_orm.sheet.row"].with_user(user)
        for mirror in ({"id": self.sheet.id}, self.sheet.id):
            self.env.flush_all()
            self.env.invalidate_all()
            values = {"qty": 1, "sheet_id": mirror, "sheet_label": "", "amount": 0}
            spec = {"qty": {}, "amount": {}, "sheet_label": {}, "sheet_id": {"fields": {"kind": {}}}}
            with self.assertRaises(AccessError):
                row.onchange(values, [], spec)
            with self.assertRaises(AccessError):
                self.sheet.with_user(user).onchange({}, ["factor"], {"row_count": {}, "tag_ids": {}})
            self.assertEqual(self.sheet.kind, "secret", "cached")
            with self.assertRaises(AccessError):
                row.new({"sheet_id": mirror}).web_read({"sheet_label": {}, "sheet_id": {"fields": {"kind": {}}}})
