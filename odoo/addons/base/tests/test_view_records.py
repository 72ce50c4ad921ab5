"""Views as records: which extensions apply, when views are checked, and what they are called."""

import re

from lxml import etree

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_views import VIEW_LOGGER, ViewCase

FORM = '<form><field name="name"/></form>'
SPEC = '<field name="name" position="after"><field name="%s"/></field>'
WRONG = '<field name="nothing" position="after"><field name="email"/></field>'


class ViewRecordCase(ViewCase):
    """A test with a view of partners."""

    def setUp(self):
        super().setUp()
        self.base = self.make(FORM)

    def make(self, arch, **values):
        """Return a new view of partners."""
        return self.View.create({"name": "view", "model": "res.partner", "arch": arch, **values})

    def names(self, view):
        """Return the names of the fields in the root of what a view comes to."""
        return [node.get("name") for node in view._get_combined_arch()]

    def refused(self, words=""):
        """Expect an error about a view, which undoes what was done."""
        return self.assertRaisesRegex(ValidationError, words)


@tagged("-at_install", "post_install")
class TestExtensions(ViewRecordCase):
    """Which extensions apply, and when they are checked."""

    def test_2_2_6_extensions_are_on_the_model_of_what_they_extend(self):
        other = self.make(SPEC % "email", model="res.users", inherit_id=self.base.id)
        self.make(SPEC % "phone", model="res.users", inherit_id=other.id)
        self.make(SPEC % "mobile", inherit_id=self.base.id)
        self.make(SPEC % "ref", model=False, inherit_id=self.base.id)
        self.assertEqual(self.names(self.base), ["name", "mobile"])
        self.assertEqual(self.base._get_inheriting_views().mapped("model"), ["res.partner"] * 2)

    def test_2_2_6_templates_have_no_model(self):
        template = self.View.create({"name": "t", "arch": "<t><p/></t>", "type": "qweb"})
        self.View.create(
            {"name": "t", "arch": '<p position="after"><i/></p>', "inherit_id": template.id, "model": False}
        )
        self.assertEqual(template.get_combined_arch(), "<t><p/><i/></t>")

    def test_2_2_5_an_ancestor_is_applied_once(self):
        extension = self.make(SPEC % "email", inherit_id=self.base.id)
        primary = self.make(SPEC % "phone", inherit_id=extension.id, mode="primary")
        self.assertEqual(self.names(primary), ["name", "phone", "email"])

    def test_2_2_7_inactive_views_are_not_checked(self):
        view = self.make(WRONG, inherit_id=self.base.id, active=False)
        view.arch = WRONG.replace("nothing", "no")
        view.arch_base = WRONG
        with mute_logger(VIEW_LOGGER), self.refused("nothing"), self.cr.savepoint():
            view.active = True
        self.env.invalidate_all()
        self.assertFalse(view.active)
        self.make("<form><field name='nothing'/></form>", active=False)
        with self.refused("well-formed"), self.cr.savepoint():
            self.make("<data><", inherit_id=self.base.id, active=False)

    def test_2_2_7_activation_and_correction_together(self):
        for name in ("arch", "arch_base", "arch_db"):
            view = self.make(WRONG, inherit_id=self.base.id, active=False)
            view.write({"active": True, name: SPEC % "email"})
            self.assertEqual(self.names(self.base), ["name", "email"])
            view.write({name: WRONG, "active": False})
            self.assertEqual(self.names(self.base), ["name"])

    def test_2_2_8_the_root_is_the_type(self):
        for arch in ("<list/>", "<data><field name='name'/></data>", "<t/>"):
            with self.refused("<form>"), self.cr.savepoint():
                self.make(arch, type="form")
        with self.refused("<form>"), self.cr.savepoint():
            self.make('<form position="replace"><list/></form>', inherit_id=self.base.id)
        self.make("<data/>", inherit_id=self.base.id)

    def test_architectures_that_declare_an_encoding(self):
        for encoding in ("utf-8", "latin-1"):
            arch = f'<?xml version="1.0" encoding="{encoding}"?>\n<form><label for="name" string="é"/>{FORM[6:]}'
            for view in (self.make(arch), self.base):
                view.arch = arch
                self.assertEqual(view._get_combined_arch()[0].get("string"), "é")
        self.assertEqual(self.make("<form><field name='name' string='é'/></form>".encode()).type, "form")

    def test_2_2_11_direct_use_without_a_view(self):
        for spec in (
            WRONG,
            '<field name="name" position="besides"/>',
            '<form><field name="x" position="move"/></form>',
        ):
            for views, error in ((self.View, ValueError), (self.base, ValidationError)):
                with mute_logger(VIEW_LOGGER), self.assertRaises(error):
                    views.apply_inheritance_specs(etree.fromstring(FORM), etree.fromstring(spec))

    def test_2_2_15_architectures_in_other_languages_follow(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.base.with_context(lang="fr_FR")
        for write in (
            lambda arch: self.base.write({"arch": arch}),
            lambda arch: setattr(self.base, "arch", arch),
            lambda arch: self.base.write({"arch_base": arch}),
            lambda arch: french.write({"arch": arch}),
            lambda arch: self.base.write({"arch_db": arch}),
        ):
            self.base.arch_db = FORM
            self.assertEqual((french.arch, french.arch_base, self.base.arch), (FORM,) * 3)
            write(arch := FORM.replace("name", "email", 1).replace("email=", "name="))
            self.assertEqual((french.arch, french.arch_base, self.base.arch), (arch,) * 3)

    def test_2_2_16_queries_of_a_view_with_extensions(self):
        for name in ("email", "phone"):
            self.make(SPEC % name, inherit_id=self.base.id)
        self.names(self.base)
        self.env.flush_all()
        self.env.invalidate_all()
        # the view, who extends it, those
        with self.assertQueryCount(3):
            self.names(self.base)
        with self.assertQueryCount(1):
            self.names(self.base)
        form = self.make('<form><field name="name" groups="base.group_user,!base.group_portal"/></form>')
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            form._check_xml()

    def test_2_2_16_extensions_for_some_groups(self):
        user = new_test_user(self.env, "somebody")
        extension = self.make(SPEC % "email", inherit_id=self.base.id)
        as_user = self.base.with_user(user).sudo()
        group = self.env["res.groups"].create({"name": "g"})
        self.assertEqual(self.names(as_user), ["name", "email"])
        group.view_access = extension
        self.assertEqual(self.names(as_user), ["name"])
        group.users += user
        self.assertEqual(self.names(as_user), ["name", "email"])
        group.users -= user
        self.assertEqual(self.names(as_user), ["name"])
        group.unlink()
        self.assertEqual(self.names(as_user), ["name", "email"])
        extension.groups_id = self.env.ref("base.group_portal")
        self.assertEqual(self.names(as_user), ["name"])


@tagged("-at_install", "post_install")
class TestNodes(ViewRecordCase):
    """What clients get of the nodes of a view."""

    def test_2_2_4_no_groups_restrict_nothing(self):
        user = new_test_user(self.env, "somebody")
        for arch in (
            '<form><field name="name" groups=""/></form>',
            '<form><group groups=" "><field name="name"/></group></form>',
        ):
            got = self.env(user=user.id)["res.partner"].get_view(self.make(arch).id, "form")["arch"]
            self.assertEqual([node.get("name") for node in etree.fromstring(got).iter("field")], ["name"])
            self.assertNotIn("groups", got)

    def added(self, arch, model="res.partner", path="."):
        """Return the fields that are added somewhere in a view, by name, with what hides them."""
        view = self.make(arch, model=model)
        self.env["ir.ui.view"].invalidate_model()
        got = etree.fromstring(self.env[model].get_view(view.id, view.type)["arch"])
        fields = got.find(path).findall("field[@data-used-by]")
        return {node.get("name"): [name for name in node.attrib if name.endswith("visible")] for node in fields}

    def test_2_2_3_fields_of_a_search_panel_are_in_it(self):
        panel = (
            '<search><field name="inherit_id"/><searchpanel>%s<field name="groups_id" select="multi" '
            "domain=\"[('view_access', '=', inherit_id)]\" enable_counters=\"1\"/></searchpanel></search>"
        )
        self.assertEqual(self.added(panel % "", "ir.ui.view", "searchpanel"), {"inherit_id": ["invisible"]})
        self.assertFalse(self.added(panel % "", "ir.ui.view"))
        self.assertFalse(self.added(panel % '<field name="inherit_id"/>', "ir.ui.view", "searchpanel"))
        with self.refused("'nothing'"), self.cr.savepoint():
            self.make(panel.replace("=', inherit_id", "=', nothing") % "", model="ir.ui.view")

    def test_2_2_3_fields_of_groups_are_no_columns(self):
        arch = (
            '<list><field name="name" invisible="not ref"/><groupby name="create_uid"><field name="login"/>'
            '<button name="preference_save" type="object" string="x" invisible="not active"/></groupby></list>'
        )
        self.assertEqual(self.added(arch, path="groupby"), {"active": ["invisible"]})
        self.assertEqual(self.added(arch), {"ref": ["column_invisible"]})

    def test_2_2_3_domains_of_the_model_are_for_those_who_edit(self):
        """The states to choose from are those of the country."""
        lines = '<form><field name="child_ids"%s><list%s><field name="state_id"%s/></list></field></form>'
        editable = ' editable="bottom"'
        path = "field/list"
        self.assertEqual(self.added(lines % ("", editable, ""), path=path), {"country_id": ["column_invisible"]})
        for parts in (
            (' readonly="1"', editable, ""),
            (' readonly="True"', editable, ""),
            ("", "", ""),
            ("", editable, ' readonly="1"'),
            (' readonly="1"', editable, ' readonly="not name"'),
        ):
            self.assertNotIn("country_id", self.added(lines % parts, path=path), parts)
        self.assertIn("country_id", self.added(lines % (' readonly="not active"', editable, ""), path=path))
        self.assertIn("country_id", self.added('<form><field name="state_id"/></form>'))
        self.assertNotIn("country_id", self.added('<form><field name="state_id" readonly="1"/></form>'))
        # what the view says itself is needed for showing it, too
        arch = "<form><field name='state_id' readonly='1' domain=\"[('country_id', '=', country_id)]\"/></form>"
        self.assertIn("country_id", self.added(arch))

    def test_fields_of_others_are_left_out(self):
        """Who is not in the groups of a field gets a form without it, also where others look at it."""
        view = self.make(
            '<form><field name="name" groups="base.group_system"/><field name="email" invisible="not name"/>'
            '<field name="phone" groups="!base.group_user"/><label for="phone" groups="!base.group_user"/>'
            '<field name="child_ids" groups="base.group_system"><list><field name="name"/></list></field></form>'
        )
        user = new_test_user(self.env, "somebody")
        partners = self.env(user=user.id)["res.partner"]
        views = partners.get_views([(view.id, "form"), (False, "list")])
        fields = etree.fromstring(views["views"]["form"]["arch"]).findall("field")
        self.assertEqual(
            {node.get("name"): node.get("invisible") for node in fields}, {"email": "not name", "name": "True"}
        )
        spec = partners._get_fields_spec(partners.get_view(view.id, "form"))
        self.assertEqual(set(partners.onchange({}, [], spec)["value"]), {"email", "name"})


@tagged("-at_install", "post_install")
class TestFormerNames(ViewRecordCase):
    """Lists were called trees: that name is taken for today's wherever views and actions come in."""

    def test_views_called_tree(self):
        view = self.make('<tree string="a tree"><field name="name"/></tree>')
        self.assertEqual((view.type, view.arch), ("list", '<list string="a tree"><field name="name"/></list>'))
        typed = self.make("<tree><field name='name'/></tree>", type="tree")
        self.assertEqual(typed.type, "list")
        typed.arch = "<tree><field name='email'/></tree>"
        self.assertEqual(typed._get_combined_arch().tag, "list")
        extension = self.make(
            '<xpath expr="/tree/field[@name=\'name\']" position="after"><field name="email"/></xpath>',
            inherit_id=view.id,
        )
        self.assertEqual(self.names(view), ["name", "email"])
        extension.arch_base = "<tree position='inside'><field name='phone'/></tree>"
        self.assertEqual(self.names(view), ["name", "phone"])

    def test_lists_in_forms_called_tree(self):
        form = self.make('<form><field name="child_ids"><tree><field name="name"/></tree></field></form>')
        self.make(
            "<xpath expr=\"//field[@name='child_ids']/tree/field\" position=\"after\"><field name='email'/></xpath>",
            inherit_id=form.id,
        )
        self.assertEqual(len(form._get_combined_arch().findall("field/list/field")), 2)
        moded = self.make('<form><field name="child_ids" mode="tree"/></form>')
        got = etree.fromstring(self.env["res.partner"].get_view(moded.id, "form")["arch"])
        self.assertIsNotNone(got.find("field/list"))

    def test_other_trees_stay(self):
        arch = "<form><field name=\"name\" invisible=\"name == 'tree'\"/><div class='tree'>tree</div></form>"
        self.assertEqual(self.make(arch).arch, arch)
        spec = '<xpath expr="//div[@class=\'tree\']" position="after"><p>tree</p></xpath>'
        self.assertEqual(self.make(spec, inherit_id=self.make(arch).id).arch, spec)

    def test_templates_have_tags_of_their_own(self):
        arch = "<t><tree><b/></tree></t>"
        for view in (
            self.View.create({"name": "t", "arch": arch, "type": "qweb"}),
            self.View.create({"name": "t", "arch": arch}),
        ):
            self.assertEqual(view.arch, arch)
            view.write({"arch": arch.replace("b", "i")})
            self.assertEqual(view.arch, arch.replace("b", "i"))

    def test_views_and_templates_written_together(self):
        template = self.View.create({"name": "t", "arch": "<t><tree/></t>", "type": "qweb"})
        view = self.make('<list><field name="name"/></list>')
        arch = '<tree position="inside"><field name="%s"/></tree>'
        empty = {"name": "x", "arch": "<data/>"}
        extensions = self.View.create(
            [{**empty, "inherit_id": parent.id, "model": parent.model} for parent in (template, view)]
        )
        for name, views in (("phone", extensions), ("email", extensions[::-1])):
            views.write({"arch": arch % name})
            expected = [arch % name, (arch % name).replace("tree", "list")]
            self.assertEqual(extensions.mapped("arch"), expected)
            self.assertEqual(self.names(view), ["name", name])

    def test_actions_with_trees(self):
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "A",
                "res_model": "res.partner",
                "view_mode": "tree,form",
                "binding_view_types": "form,tree",
                "view_ids": [(0, 0, {"view_mode": "tree", "view_id": self.make("<list/>").id})],
            }
        )
        self.assertEqual((action.view_mode, action.binding_view_types), ("list,form", "form,list"))
        self.assertEqual(action.view_ids.view_mode, "list")
        action.view_mode = "kanban,tree"
        action.view_ids.view_mode = "form"
        action.view_ids.write({"view_mode": "tree"})
        self.assertEqual((action.view_mode, action.view_ids.view_mode), ("kanban,list", "list"))

    def test_clients_that_ask_for_trees(self):
        view = self.make("<list><field name='ref'/></list>", priority=99)
        self.env["ir.model.data"].create(
            {"module": "base", "name": "some_tree", "model": "ir.ui.view", "res_id": view.id}
        )
        partners = self.env["res.partner"].with_context(tree_view_ref="base.some_tree")
        self.assertEqual(partners.get_view(view_type="tree")["id"], view.id)
        default = self.View.default_view("res.partner", "list")
        self.assertEqual(self.View.default_view("res.partner", "tree"), default)
        for wrong in ("base.view_partner_form", True, [view.id]):
            with self.assertRaisesRegex(UserError, re.escape(f"by its id, not by {wrong!r}")):
                partners.get_views([(wrong, "form")])
        self.assertEqual(list(partners.get_views([(False, "tree"), (False, "form")])["views"]), ["list", "form"])
