import psycopg2

from odoo import Command
from odoo.addons.base.models.ir_model import query_insert
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools import mute_logger
from odoo.tools.sql import table_columns, table_kind


class TestReflection(TransactionCase):
    """The description of the code in the database."""

    def test_every_model_and_field_is_described(self):
        models = {model.model for model in self.env["ir.model"].search([])}
        self.assertLessEqual(set(self.registry.models), models)
        for model_name in ("res.partner", "res.users", "ir.cron", "res.config.settings"):
            described = set(self.env["ir.model.fields"]._get_ids(model_name))
            self.assertLessEqual(set(self.env[model_name]._fields), described)

    def test_rows_are_inserted_as_addons_do(self):
        rows = [{"name": "res.insert.one", "type": "url"}, {"name": "res.insert.two", "type": "binary"}]
        ids = query_insert(self.env.cr, "ir_attachment", rows)
        self.assertEqual(self.env["ir.attachment"].browse(ids).mapped("name"), [row["name"] for row in rows])
        (single,) = query_insert(self.env.cr, "ir_attachment", rows[0])
        self.assertEqual(self.env["ir.attachment"].browse(single).type, "url")
        self.assertEqual(query_insert(self.env.cr, "ir_attachment", []), [])

    def test_field(self):
        field = self.env["ir.model.fields"]._get("res.partner", "child_ids")
        self.assertEqual(
            (field.ttype, field.relation, field.relation_field, field.state),
            ("one2many", "res.partner", "parent_id", "base"),
        )
        self.assertEqual(field.relation_field_id.name, "parent_id")
        self.assertIn("base", field.modules)

    def test_external_ids(self):
        self.assertEqual(self.env.ref("base.model_res_partner").model, "res.partner")
        self.assertEqual(self.env.ref("base.field_res_partner__parent_id").name, "parent_id")
        self.assertEqual(self.env.ref("base.selection__res_partner__type__invoice").value, "invoice")
        self.assertTrue(self.env.ref("base.constraint_res_users_login_key"))

    def test_selection(self):
        options = self.env["ir.model.fields"].get_field_selection("res.partner", "type")
        self.assertEqual(options[0], ("contact", "Contact"))

    def test_texts(self):
        self.assertEqual(self.env["ir.model.fields"].get_field_string("res.partner")["vat"], "Tax ID")
        self.assertTrue(self.env["ir.model.fields"].get_field_help("res.partner")["vat"])

    def test_reflecting_again_changes_nothing(self):
        self.env.cr.execute("SELECT id, xmin FROM ir_model_fields ORDER BY id")
        before = self.env.cr.fetchall()
        self.env["ir.model.fields"]._reflect_fields(["res.partner", "res.users"])
        self.env.cr.execute("SELECT id, xmin FROM ir_model_fields ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), before)

    def test_what_code_defines_stays(self):
        with self.assertRaises(UserError):
            self.env.ref("base.model_res_bank").unlink()
        with self.assertRaises(UserError):
            self.env.ref("base.field_res_bank__bic").unlink()
        with self.assertRaises(UserError):
            self.env.ref("base.field_res_bank__bic").required = True

    def test_2_9_2_no_field_has_no_options(self):
        selections = self.env["ir.model.fields.selection"]
        self.assertEqual(selections._get_selection_data(False), [])
        self.assertEqual(selections._get_selection("no_such_field"), [])

    def test_2_9_2_no_records_can_be_written(self):
        for name in self.registry:
            model = self.env[name]
            if not model._abstract:
                with self.subTest(model=name):
                    for field in model._fields.values():
                        model.browse().write({field.name: [] if field.type.endswith("2many") else False})
                    self.assertTrue(model.browse().unlink())


@tagged("-at_install", "post_install")
class TestCustomModels(TransactionCase):
    def create_model(self, **values):
        model = self.env["ir.model"].create({"name": "Boat", "model": "x_boat", **values})
        self.env["ir.model.access"].create(
            {
                "name": "boats",
                "model_id": model.id,
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )
        return model

    def add_field(self, model, name, ttype, **values):
        return self.env["ir.model.fields"].create(
            {
                "model_id": model.id,
                "name": name,
                "ttype": ttype,
                "field_description": name[2:].title(),
                **values,
            }
        )

    def test_model(self):
        self.create_model()
        boat = self.env["x_boat"].create({"x_name": "Albatross"})
        self.assertEqual(boat.display_name, "Albatross")
        self.assertEqual(self.env["x_boat"].search([("x_name", "=", "Albatross")]), boat)

    def test_model_is_as_its_record_tells(self):
        model = self.create_model(order="x_name desc", transient=False, info="What floats")
        boats = self.env["x_boat"]
        self.assertEqual((boats._description, boats._order, boats._transient), ("Boat", "x_name desc", False))
        self.assertEqual(model.field_id.filtered(lambda field: field.state == "manual").mapped("name"), ["x_name"])
        self.env["ir.model"]._reflect_models(["x_boat"])
        self.env.invalidate_all()
        self.assertEqual(
            (model.name, model.order, model.info, model.state), ("Boat", "x_name desc", "What floats", "manual")
        )

    def test_what_a_model_consists_of(self):
        model = self.create_model()
        boats = self.env["x_boat"].create([{"x_name": "Gull"}, {"x_name": "Tern"}])
        boats.flush_recordset()
        view = self.env["ir.ui.view"].create(
            {"name": "v", "model": "x_boat", "arch": "<list><field name='x_name'/></list>"}
        )
        users, mixin = self.env["ir.model"]._get("res.users"), self.env["ir.model"]._get("image.mixin")
        described = (model + users + mixin).with_env(self.env)
        described.invalidate_recordset()
        self.assertEqual((described[0].count, described[0].view_ids, described[2].count), (2, view, 0))
        self.env.cr.execute("SELECT COUNT(*) FROM res_users")
        self.assertEqual(described[1].count, self.env.cr.fetchone()[0])
        self.assertEqual(described.mapped("inherited_model_ids.model"), ["res.partner"])

    def test_name_has_to_be_custom(self):
        with self.assertRaises(ValidationError):
            self.env["ir.model"].create({"name": "Boat", "model": "boat"})
        with self.assertRaises(ValidationError):
            self.env["ir.model"].create({"name": "Boat", "model": "x_Boat!"})

    def test_fields(self):
        model = self.create_model()
        self.add_field(model, "x_length", "float")
        self.add_field(
            model,
            "x_kind",
            "selection",
            selection_ids=[
                Command.create({"value": "sail", "name": "Sailing", "sequence": 1}),
                Command.create({"value": "motor", "name": "Motor", "sequence": 2}),
            ],
        )
        self.add_field(model, "x_owner_id", "many2one", relation="res.partner")
        self.add_field(model, "x_owner_city", "char", related="x_owner_id.city", readonly=True, store=False)
        self.add_field(
            model,
            "x_long",
            "boolean",
            depends="x_length",
            store=True,
            compute="for record in self: record['x_long'] = record.x_length > 10",
        )
        owner = self.env["res.partner"].create({"name": "Captain", "city": "Ostend"})
        boat = self.env["x_boat"].create(
            {
                "x_name": "Gannet",
                "x_length": 12,
                "x_kind": "sail",
                "x_owner_id": owner.id,
            }
        )
        self.assertEqual((boat.x_owner_city, boat.x_long), ("Ostend", True))
        boat.x_length = 5
        self.assertFalse(boat.x_long)
        with self.assertRaises(ValueError):
            boat.x_kind = "submarine"

    def test_field_on_a_model_of_code(self):
        model = self.env["ir.model"]._get("res.partner")
        self.add_field(model, "x_boats", "integer")
        partner = self.env["res.partner"].create({"name": "Owner", "x_boats": 3})
        self.assertEqual(self.env["res.partner"].search([("x_boats", "=", 3)]), partner)
        field = self.env["ir.model.fields"]._get("res.partner", "x_boats")
        field.field_description = "Number of Boats"
        self.assertEqual(self.env["res.partner"].fields_get(["x_boats"])["x_boats"]["string"], "Number of Boats")
        field.unlink()
        self.assertNotIn("x_boats", self.env["res.partner"]._fields)

    def test_relations_between_custom_models(self):
        boat = self.create_model()
        crew = self.env["ir.model"].create({"name": "Sailor", "model": "x_sailor"})
        self.add_field(crew, "x_boat_id", "many2one", relation="x_boat")
        self.add_field(boat, "x_crew_ids", "one2many", relation="x_sailor", relation_field="x_boat_id")
        self.add_field(boat, "x_port_ids", "many2many", relation="res.country")
        record = self.env["x_boat"].create(
            {
                "x_name": "Petrel",
                "x_crew_ids": [Command.create({"x_name": "Jan"})],
                "x_port_ids": [Command.link(self.env.ref("base.be").id)],
            }
        )
        self.assertEqual(record.x_crew_ids.x_boat_id, record)
        self.assertEqual(record.x_port_ids.code, "BE")

    def test_checks(self):
        model = self.create_model()
        with self.assertRaises(ValidationError):
            self.add_field(model, "x_nowhere_id", "many2one", relation="no.such.model")
        with self.assertRaises(UserError):
            self.add_field(model, "x_city", "char", related="x_name.city")
        with self.assertRaises(ValidationError):
            self.add_field(model, "x_sum", "integer", depends="x_missing", compute="pass")
        with self.assertRaises(ValidationError):
            self.add_field(model, "x_need_id", "many2one", relation="res.partner", required=True, on_delete="set null")
        with self.assertRaises(ValidationError):
            model.order = "x_missing"

    def test_related_fields_are_like_what_they_show(self):
        model = self.create_model()
        self.add_field(model, "x_owner_id", "many2one", relation="res.partner")
        with self.assertRaises(ValidationError):
            self.add_field(model, "x_owner_name", "integer", related="x_owner_id.name", store=False)
        with self.assertRaises(ValidationError):
            self.add_field(model, "x_land_id", "many2one", relation="res.lang", related="x_owner_id.country_id")
        field = self.env["ir.model.fields"].new({"model_id": model.id, "related": "x_owner_id.country_id"})
        self.assertIsNone(field._onchange_related())
        self.assertEqual((field.ttype, field.relation, field.readonly), ("many2one", "res.country", True))
        field.related = "x_owner_id.nothing"
        self.assertIn("nothing", field._onchange_related()["warning"]["message"])

    def test_table_of_a_relation_is_proposed(self):
        model = self.create_model()
        field = self.env["ir.model.fields"].new(
            {"model_id": model.id, "model": "x_boat", "ttype": "many2many", "relation": "res.country"}
        )
        field._onchange_ttype()
        self.assertEqual(
            (field.relation_table, field.column1, field.column2),
            ("x_res_country_x_boat_rel", "x_boat_id", "res_country_id"),
        )
        field.ttype = "char"
        field._onchange_ttype()
        self.assertFalse(field.relation_table or field.column1 or field.column2)

    def test_custom_field_is_as_its_record_tells(self):
        model = self.create_model()
        self.add_field(model, "x_log", "html", sanitize=False, required=True, copied=False, help="What happened")
        field = self.env["x_boat"]._fields["x_log"]
        self.assertEqual(
            (field.string, field.help, field.required, field.copy, field.sanitize, field.sanitize_tags),
            ("Log", "What happened", True, False, False, True),
        )
        self.env["ir.model.fields"]._reflect_fields(["x_boat"])
        record = self.env["ir.model.fields"]._get("x_boat", "x_log")
        found = (record.sanitize, record.required, record.copied, record.state)
        self.assertEqual(found, (False, True, False, "manual"))

    def test_deleted_fields_leave_nothing_in_the_database(self):
        model = self.create_model()
        doomed = self.add_field(model, "x_length", "float") + self.add_field(model, "x_width", "float")
        doomed += self.add_field(model, "x_port_ids", "many2many", relation="res.country")
        table = self.env["x_boat"]._fields["x_port_ids"].relation
        doomed.unlink()
        self.assertFalse({"x_length", "x_width"} & table_columns(self.env.cr, "x_boat").keys())
        self.assertIsNone(table_kind(self.env.cr, table))

    def test_delete(self):
        model = self.create_model()
        self.env["x_boat"].create({"x_name": "Wreck"})
        model.unlink()
        self.assertNotIn("x_boat", self.env)

    def test_delete_field_with_pending_values(self):
        model = self.create_model()
        field = self.add_field(model, "x_keel", "char")
        boat = self.env["x_boat"].create({"x_name": "Sloop"})
        boat.x_keel = "long"
        field.unlink()
        self.assertNotIn("x_keel", self.env["x_boat"]._fields)
        self.assertEqual(self.env["x_boat"].browse(boat.id).x_name, "Sloop")

    def custom_partner_field(self, name="x_foo", ttype="char", **values):
        return self.add_field(self.env["ir.model"]._get("res.partner"), name, ttype, **values)

    def add_view(self, arch, model="res.partner", **values):
        return self.env["ir.ui.view"].create({"name": "a view", "model": model, "arch": arch, **values})

    def assert_needed(self, field, view):
        """Assert that neither deleting nor renaming is possible, and that nothing changed."""
        fields_before = set(self.registry["res.partner"]._fields)
        for action in (field.unlink, lambda: field.write({"name": "x_bar"})):
            with self.assertRaisesRegex(UserError, "x_foo") as caught:
                action()
            self.assertIn(view.name, str(caught.exception))
            self.assertTrue(field.exists())
            self.assertEqual(field.name, "x_foo")
            self.assertEqual(set(self.registry["res.partner"]._fields), fields_before)
        self.env["res.partner"].create({"name": "Owner", "x_foo": False}).flush_recordset()

    def test_2_6_1_fields_that_views_need_stay(self):
        field = self.custom_partner_field()
        for arch, model in (
            ('<list><field name="name"/><field name="x_foo"/></list>', "res.partner"),
            ('<form><field name="name" invisible="not x_foo"/></form>', "res.partner"),
            ('<form><field name="child_ids"><list><field name="x_foo"/></list></field></form>', "res.partner"),
            (
                '<form><field name="bank_ids"><form><field name="acc_number" invisible="parent.x_foo"/></form></field>'
                "</form>",
                "res.partner",
            ),
            ("<search><filter name=\"foo\" domain=\"[('x_foo', '=', 1)]\"/></search>", "res.partner"),
            ("<search><filter name=\"foo\" context=\"{'group_by': 'x_foo'}\"/></search>", "res.partner"),
            ("<search><filter name=\"foo\" domain=\"[('partner_id.x_foo', '=', 1)]\"/></search>", "res.users"),
            ('<form><field name="partner_id"/><field name="x_foo"/></form>', "res.users"),
            ('<form><field name="partner_id"><form><field name="x_foo"/></form></field></form>', "res.users"),
            ('<graph><field name="x_foo"/></graph>', "res.partner"),
        ):
            with self.subTest(arch=arch):
                view = self.add_view(arch, model)
                self.assert_needed(field, view)
                view.unlink()
        field.unlink()
        self.assertNotIn("x_foo", self.env["res.partner"]._fields)

    def test_2_6_1_extensions_and_heirs(self):
        field = self.custom_partner_field()
        base = self.add_view('<form><field name="name"/></form>', name="base")
        extension = self.add_view(
            '<field name="name" position="after"><field name="x_foo"/></field>', name="extension", inherit_id=base.id
        )
        self.assert_needed(field, extension)
        removal = self.add_view('<field name="x_foo" position="replace"/>', inherit_id=base.id, priority=99)
        heir = self.add_view(
            '<field name="name" position="after"><p invisible="x_foo"/></field>',
            name="heir",
            inherit_id=base.id,
            mode="primary",
        )
        self.assert_needed(field, heir)
        heir.active = False
        field.unlink()
        self.assertFalse(field.exists())
        self.assertTrue(removal.exists())

    def test_2_6_1_views_of_some_groups(self):
        field = self.custom_partner_field()
        base = self.add_view('<form><field name="name"/></form>')
        extension = self.add_view(
            '<field name="name" position="after"><field name="x_foo"/></field>',
            inherit_id=base.id,
            name="portal's",
            groups_id=[Command.link(self.env.ref("base.group_portal").id)],
        )
        self.assert_needed(field, extension)

    def test_2_6_1_other_views_do_not_hold_it(self):
        model = self.create_model()
        self.add_field(model, "x_foo", "char")
        self.add_view('<form><field name="x_foo"/></form>', "x_boat")
        self.add_view('<form><field name="name" string="x_foo"/></form>')
        field = self.custom_partner_field()
        archived = self.add_view('<form><field name="x_foo"/></form>')
        archived.active = False
        field.name = "x_bar"
        self.assertIn("x_bar", self.env["res.partner"]._fields)
        field.unlink()
        self.assertNotIn("x_bar", self.env["res.partner"]._fields)

    def test_2_6_1_a_view_that_is_broken_already(self):
        field = self.custom_partner_field()
        view = self.add_view('<form><field name="x_foo"/></form>')
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_ui_view SET arch_db = %s WHERE id = %s",
            ['{"en_US": "<form><field name=\\"x_foo\\"/><field name=\\"no_such_field\\"/></form>"}', view.id],
        )
        self.env.invalidate_all()
        field.unlink()
        self.assertFalse(field.exists())

    def test_2_6_1_force(self):
        field = self.custom_partner_field()
        self.add_view('<form><field name="x_foo"/></form>')
        field.with_context(_force_unlink=True).unlink()
        self.assertFalse(field.exists())

    def test_2_6_1_labels_and_texts_change(self):
        field = self.custom_partner_field()
        self.add_view('<form><field name="x_foo"/></form>')
        field.write({"field_description": "Foo!", "help": "More", "name": "x_foo"})
        self.assertEqual(self.env["res.partner"].fields_get(["x_foo"])["x_foo"]["string"], "Foo!")

    def test_2_10_1_fields_that_refer_to_merged_accounts(self):
        """A reference, what companies have of a many2one, and a many2many follow to the account that stays."""
        tags = self.env["ir.model"]._get("res.partner.category")
        options = [Command.create({"value": "res.partner.bank", "name": "Account"})]
        self.add_field(tags, "x_any", "reference", selection_ids=options)
        self.add_field(tags, "x_bank_id", "many2one", relation="res.partner.bank", company_dependent=True)
        self.add_field(tags, "x_bank_ids", "many2many", relation="res.partner.bank")
        partners = self.env["res.partner"].create([{"name": "Twin"}, {"name": "Twin"}])
        kept, gone, other = self.env["res.partner.bank"].create(
            [
                {"acc_number": number, "partner_id": partner.id}
                for number, partner in (("BE1", partners[0]), ("BE1", partners[1]), ("BE2", partners[1]))
            ]
        )
        company = self.env["res.company"].create({"name": "Second"})
        tag = self.env["res.partner.category"].create(
            {
                "name": "t",
                "x_any": f"res.partner.bank,{gone.id}",
                "x_bank_id": gone.id,
                "x_bank_ids": (gone + other).ids,
            }
        )
        tag.with_company(company).x_bank_id = other
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(partners.ids, partners[0])
        self.assertFalse(gone.exists())
        self.assertEqual((tag.x_any, tag.x_bank_id, tag.x_bank_ids), (kept, kept, kept + other))
        self.assertEqual(tag.with_company(company).x_bank_id, other)

    def create_fields(self, *names, **values):
        """Create text fields ``model.name`` in one go: setting the models up takes its time."""
        return self.env["ir.model.fields"].create(
            [
                {
                    "model_id": self.env["ir.model"]._get_id(model),
                    "name": name,
                    "ttype": "char",
                    "field_description": name,
                    **values,
                }
                for model, name in (path.rsplit(".", 1) for path in names)
            ]
        )

    def test_2_6_2_what_other_models_inherit_goes_along(self):
        fields = self.env["ir.model.fields"]
        field = self.create_fields("res.partner.x_foo")
        twin = fields._get("res.users", "x_foo")
        self.assertEqual((twin.state, twin.related), ("base", "partner_id.x_foo"))
        with self.assertRaises(UserError):
            twin.unlink()
        shown = self.create_fields("res.partner.x_shown", related="user_ids.x_foo")
        for change in (field.unlink, lambda: field.write({"name": "x_bar"})):
            with self.assertRaisesRegex(UserError, "x_shown"):
                change()
        (field + shown).unlink()
        self.assertFalse(twin.exists())
        self.assertFalse(fields.search([("name", "in", ("x_foo", "x_shown"))]))
        self.assertNotIn("x_foo", self.env["res.users"]._fields)

    def test_a_label_may_be_left_out(self):
        model = self.env["ir.model"]._get("res.partner")
        self.env["ir.model.fields"].create({"name": "x_plain", "model_id": model.id, "ttype": "char"})
        found = self.env["ir.model.fields"].search([("name", "=", "x_plain")])
        self.assertEqual(set(found.mapped("model")), {"res.partner", "res.users"})
        self.assertFalse(any(found.mapped("field_description")))

    def test_2_6_2_what_other_models_inherit_is_renamed(self):
        fields = self.env["ir.model.fields"]
        field, own = self.create_fields("res.partner.x_foo", "res.users.x_bar")
        twin = fields._get("res.users", "x_foo")
        partner = self.env["res.partner"].create({"name": "Owner", "x_foo": "kept"})
        field.name = "x_baz"
        self.assertEqual(fields.search([("name", "in", ("x_foo", "x_baz"))]), field | twin)
        self.assertEqual(twin.related, "partner_id.x_baz")
        self.assertEqual(self.env["res.partner"].browse(partner.id).x_baz, "kept")
        field.name = "x_bar"
        self.assertEqual(fields.search([("name", "in", ("x_baz", "x_bar"))]), own | field, "users have their own")

    @mute_logger("odoo.sql_db")
    def test_2_6_3_bad_and_taken_names(self):
        field, _taken = self.create_fields("res.partner.x_foo", "res.partner.x_taken")
        for name, error in (
            ("x_foo bar", ValidationError),
            ("x_" + "o" * 63, ValidationError),
            ("foo", psycopg2.IntegrityError),
            ("name", psycopg2.IntegrityError),
            ("x_taken", psycopg2.IntegrityError),
        ):
            with self.subTest(name=name), self.assertRaises(error), self.cr.savepoint():
                field.name = name
            self.assertEqual(field.name, "x_foo")
            self.assertIn("x_foo", table_columns(self.cr, "res_partner"))

    def test_2_6_4_names_that_are_not_custom(self):
        names = ["write", "foo", "_fields", "x_foo bar"]
        fields = self.create_fields(*(f"res.partner.x_{number}" for number in range(len(names))))
        self.env.flush_all()
        method = self.registry["res.partner"].write
        logs = "odoo.addons.base.models.ir_model"
        with self.cr.savepoint() as savepoint:
            self.cr.execute("ALTER TABLE ir_model_fields DROP CONSTRAINT ir_model_fields_name_manual_field")
            for field, name in zip(fields, names, strict=True):
                self.cr.execute("UPDATE ir_model_fields SET name = %s WHERE id = %s", [name, field.id])
            with self.assertLogs(logs, "ERROR") as captured:
                self.registry.setup_models(self.cr)
            for name in names:
                self.assertEqual(sum(f"res.partner.{name} " in line for line in captured.output), 1)
                self.assertNotIn(name, self.registry["res.partner"]._fields)
            self.assertIs(self.registry["res.partner"].write, method)
            self.env["res.partner"].create({"name": "Still there"}).write({"ref": "1"})
            savepoint.rollback()

    def test_2_6_5_order_by_inherited_fields(self):
        model = self.env["ir.model"]._get("res.users")
        model._check_order()
        model.order = "name, login"
        for order in ("contact_address", "partner_id.name", "nothing"):
            with self.subTest(order=order), self.assertRaises(ValidationError), self.cr.savepoint():
                model.order = order

    def test_2_6_6_monetary_field_and_its_currency_together(self):
        total = {"name": "x_total", "ttype": "monetary", "currency_field": "x_cur", "field_description": "Total"}
        currency = {"name": "x_cur", "ttype": "many2one", "relation": "res.currency", "field_description": "Currency"}
        fields = [{"name": "x_name", "ttype": "char", "field_description": "Name"}, total, currency]
        self.create_model(field_id=[Command.create(values) for values in fields])
        boat = self.env["x_boat"].create({"x_total": 1.234, "x_cur": self.env.ref("base.EUR").id})
        self.assertEqual(boat.x_total, 1.23)
        wrong = {**currency, "relation": "res.country"}
        for others in ([], [wrong], [{**currency, "name": "x_other"}]):
            commands = [Command.create(values) for values in (fields[0], total, *others)]
            with self.subTest(others=others), self.assertRaises(ValidationError), self.cr.savepoint():
                self.create_model(model="x_raft", field_id=commands)

    def test_2_6_7_groups_of_all_records(self):
        ports = self.env["res.country.group"].create([{"name": "Ostend"}, {"name": "Bruges"}])
        self.assertEqual(ports[:1]._read_group_expand_full(ports[:1], []), ports.search([]))
        options = [Command.create({"value": value, "name": value}) for value in ("sail", "motor")]
        expanded = (
            {"name": "x_port", "ttype": "many2one", "relation": "res.country.group"},
            {"name": "x_kind", "ttype": "selection", "selection_ids": options},
        )
        commands = [Command.create({**values, "group_expand": True, "field_description": "F"}) for values in expanded]
        name = {"name": "x_name", "ttype": "char", "field_description": "Name"}
        self.create_model(field_id=[Command.create(name), *commands])
        self.env["x_boat"].create({"x_name": "Gull", "x_port": ports[0].id, "x_kind": "sail"})
        groups = self.env["x_boat"].read_group([], ["x_port"], ["x_port"])
        self.assertLessEqual(set(ports.ids), {group["x_port"] and group["x_port"][0] for group in groups})
        groups = self.env["x_boat"].read_group([], ["x_kind"], ["x_kind"])
        self.assertEqual([(group["x_kind"], group["x_kind_count"]) for group in groups], [("sail", 1), ("motor", 0)])

    def test_2_6_9_queries_of_a_related_field(self):
        model_id = self.env["ir.model"]._get_id("res.partner")
        values = {"model_id": model_id, "name": "x_foo", "ttype": "char", "field_description": "Foo"}
        # 61 in a shell of the 18.0 line
        with self.assertQueryCount(60):
            self.env["ir.model.fields"].create({**values, "related": "parent_id.name", "readonly": True})
            self.env.flush_all()

    def test_menu_wizard(self):
        model = self.create_model()
        wizard = (
            self.env["wizard.ir.model.menu.create"]
            .with_context(model_id=model.id)
            .create(
                {
                    "name": "Boats",
                    "menu_id": self.env.ref("base.menu_custom").id,
                }
            )
        )
        wizard.menu_create()
        menu = self.env["ir.ui.menu"].search([("name", "=", "Boats")])
        self.assertEqual(menu.action.res_model, "x_boat")

    def test_form(self):
        self.create_model()
        with Form(self.env["x_boat"]) as form:
            form.x_name = "Tern"
        self.assertEqual(form.save().x_name, "Tern")
