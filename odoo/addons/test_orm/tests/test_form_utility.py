"""What the simulated form of tests does with records, lines and onchange methods."""

from odoo import Command
from odoo.tests import Form, TransactionCase


class TestFormUtility(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sheet = cls.env["test_orm.sheet"]
        cls.sheet = cls.Sheet.create(
            {"name": "s", "row_ids": [Command.create({"name": "a", "qty": 4}), Command.create({"name": "b", "qty": 9})]}
        )
        cls.tags = cls.env["test_orm.tag"].create([{"name": "t1"}, {"name": "t2"}])

    def _form(self, rows="", record=None, fields=""):
        """Return a form of a sheet.

        :param rows: arch of the views of rows
        :param fields: arch of further fields
        """
        rows = rows or '<list editable="bottom"><field name="name"/><field name="qty"/><field name="amount"/></list>'
        arch = f"""
            <form>
                <field name="name"/><field name="label"/><field name="factor"/><field name="total"/>
                <field name="tag_ids"/>
                <field name="row_ids">{rows}</field>
                {fields}
            </form>"""
        view = self.env["ir.ui.view"].create({"name": "sheet", "model": "test_orm.sheet", "arch": arch})
        return Form(self.Sheet if record is None else record, view)

    def test_f1_record_is_there_when_all_is_saved(self):
        form = self._form()
        with self.assertRaises(AssertionError):
            form.record
        form.name = "n"
        record = form.save()
        self.assertEqual(form.record, record)
        form.name = "m"
        with self.assertRaises(AssertionError):
            form.record
        self.assertEqual(self._form(record=self.sheet).record, self.sheet)

    def test_f2_many2many_takes_records(self):
        with self._form() as form:
            form.tag_ids = self.tags
            self.assertEqual(form.tag_ids[:], self.tags)
            with self.assertRaises(AssertionError):
                form.row_ids = self.sheet.row_ids
        self.assertEqual(form.record.tag_ids, self.tags)

    def test_f3_one2many_shown_as_many2many(self):
        arch = '<form><field name="name"/><field name="row_ids" widget="many2many"/></form>'
        view = self.env["ir.ui.view"].create({"name": "sheet", "model": "test_orm.sheet", "arch": arch})
        first, second = self.sheet.row_ids
        with Form(self.Sheet, view) as form:
            form.row_ids.add(first)
            form.row_ids.add(second)
            form.row_ids.remove(second.id)
        self.assertEqual(form.record.row_ids, first)
        self.assertEqual(self.sheet.row_ids, second)

    def test_f4_onchange_of_the_parent_of_a_new_row(self):
        for rows in (
            '<list editable="bottom"><field name="name"/><field name="hint"/></list>',
            '<list editable="bottom"><field name="sheet_id" column_invisible="1"/><field name="hint"/></list>',
            '<list><field name="name"/></list><form><field name="sheet_id" invisible="1"/><field name="hint"/></form>',
        ):
            form = self._form(rows)
            form.name = "new"
            with form.row_ids.new() as row:
                self.assertEqual(row.hint, "row of new")
            form = self._form(rows, self.sheet)
            form.name = "renamed"
            with form.row_ids.new() as row:
                self.assertEqual(row.hint, "row of renamed")
            form.save()
            self.assertEqual(self.sheet.row_ids[-1].hint, "row of renamed")
            self.sheet.name = "s"

    def test_f4_modifiers_follow_the_parent(self):
        form = self._form("""<list editable="bottom">
            <field name="name" required="parent.factor &gt; 1"/><field name="qty" readonly="parent.factor &gt; 1"/>
        </list>""")
        with form.row_ids.new() as row:
            row.qty = 1
            form.factor = 2
            with self.assertRaises(AssertionError):
                row.qty = 2
            form.factor = 1
            row.qty = 3
        form.factor = 2
        with self.assertRaises(AssertionError), form.row_ids.new() as row:
            self.assertFalse(row.name)

    def test_f5_edit_keeps_the_other_rows(self):
        for rows in (
            "",
            '<list><field name="name"/></list><form><field name="name"/><field name="qty"/></form>',
            '<list editable="bottom"><field name="name"/><field name="qty"/><field name="sheet_id"/></list>',
            '<list editable="bottom"><field name="name"/><field name="qty"/><field name="sheet_label"/></list>',
        ):
            self.sheet.row_ids[0].qty = 1
            with self._form(rows, self.sheet) as form:
                with form.row_ids.edit(0) as row:
                    row.qty = 4
                self.assertEqual(form.total, 13)
            self.assertEqual(self.sheet.total, 13)

    def test_f5_edit_keeps_hidden_rows(self):
        user = self.env["res.users"].create({"name": "u", "login": "u_f5"})
        user.groups_id = self.env.ref("base.group_user")
        self.env["ir.rule"].create(
            {
                "name": "own rows",
                "model_id": self.env["ir.model"]._get_id("test_orm.sheet.row"),
                "domain_force": "[('user_id', 'in', (user.id, False))]",
            }
        )
        self.sheet.row_ids[1].user_id = self.env.user
        self.env.flush_all()
        self.env.invalidate_all()
        form = self._form(record=self.sheet.with_user(user))
        self.assertEqual(len(form.row_ids), 1)
        with form.row_ids.edit(0) as row:
            row.qty = 5
        self.assertEqual(form.total, 14)
        form.save()
        self.assertEqual(self.sheet.total, 14)

    def test_f6_commands_remove_at_the_end(self):
        form = self._form(record=self.sheet)
        form.label = "replace"
        commands = form._get_save_values()["row_ids"]
        self.assertEqual([command[0] for command in commands], [Command.CREATE, Command.DELETE, Command.DELETE])
        form.save()
        self.assertEqual(self.sheet.row_ids.mapped("name"), ["new"])

    def test_f8_view_of_a_form(self):
        view = self._form()._view
        self.assertEqual(set(view), {"contexts", "fields", "fields_spec", "modifiers", "onchange", "tree"})
        self.assertTrue(view["onchange"]["label"])
        self.assertFalse(view["onchange"]["total"])
        self.assertEqual(view["fields"]["row_ids"]["type"], "one2many")
        self.assertEqual(view["tree"].tag, "form")
        self.assertEqual(view["fields_spec"]["row_ids"], {"fields": {"name": {}, "qty": {}, "amount": {}}})
        self.assertEqual(view["modifiers"]["name"]["readonly"], "False")

    def test_f9_messages_quote_the_field(self):
        form = self._form(fields='<field name="row_count"/><field name="kind" invisible="1"/>')
        with self.assertRaisesRegex(AssertionError, "readonly field 'row_count'"):
            form.row_count = 3
        with self.assertRaisesRegex(AssertionError, "invisible field 'kind'"):
            form.kind = "k"

    def test_c14_form_of_a_model_that_delegates(self):
        arch = "<form><field name='text'/><field name='weight'/><field name='shout'/><field name='cover_id'/></form>"
        view = self.env["ir.ui.view"].create({"name": "parcel", "model": "test_orm.parcel", "arch": arch})
        cover = self.env["test_orm.cover"].create({"text": "other"})
        with Form(self.env["test_orm.parcel"].with_context(default_text="abc"), view) as form:
            self.assertEqual((form.text, form.shout), ("abc", "ABC"))
            form.text = "new"
            self.assertEqual(form.shout, "NEW")
            form.cover_id = cover
            self.assertEqual((form.text, form.shout), ("other", "OTHER"))
        parcel = form.record
        self.assertEqual(parcel.cover_id, cover)
        with Form(parcel, view) as form:
            form.text = "changed"
            self.assertEqual((form.shout, cover.text), ("CHANGED", "other"))
        self.assertEqual((parcel.text, cover.text), ("changed", "changed"))
