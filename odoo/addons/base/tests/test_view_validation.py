"""What views may hold: rules that refuse a view, and doubts about those that some people cannot use."""

import re

from odoo.addons.base.models.ir_ui_view import COMP_REGEX, VIEW_MODIFIERS
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_views import VIEW_LOGGER, ViewCase


class TestRules(ViewCase):
    """2.2.9: what is refused, and what is like it and stays allowed."""

    def check_refused(self, words, *arches, **values):
        """Check that views are refused for a reason that has some words in it."""
        for arch in arches:
            with self.subTest(arch=arch):
                self.assertInvalid(arch, words, **values)

    def check_allowed(self, *arches, **values):
        """Check that views are accepted without a doubt."""
        for arch in arches:
            with self.subTest(arch=arch), self.assertNoLogs(VIEW_LOGGER, "WARNING"):
                self.assertValid(arch, **values)

    def test_2_2_9_columns_are_counted_in_digits(self):
        self.check_refused(
            "digits",
            '<form><group col="alpha"/></form>',
            '<form><group><field name="name" colspan="-1"/></group></form>',
            '<form><group col=""/></form>',
            '<form><group col="2.5"/></form>',
            '<form><group col="²"/></form>',
        )
        self.check_allowed('<form><group col="12"><field name="name" colspan="2"/></group></form>')

    def test_2_2_9_labels_are_for_something(self):
        self.check_refused('needs "for"', "<form><label/></form>", '<form><label string="x"/></form>')
        self.check_refused(
            "designates neither",
            '<form><label for="x"/></form>',
            # a field of the model that is not in the view
            '<form><label for="model"/></form>',
            '<form><label for="login"/><field name="groups_id"><form><field name="name"/></form></field></form>',
        )
        self.check_allowed(
            '<form><label for="name"/><field name="name"/></form>',
            '<form><label for="x"/><div id="x"/></form>',
            '<form><label for="x"/><div name="x"/></form>',
            '<form><div id="name"/><label for="name"/></form>',
        )

    def test_2_2_9_domains_are_for_relations(self):
        self.check_refused(
            "not relational",
            '<form><field name="name" domain="[]"/></form>',
            "<search><field name=\"name\" domain=\"[('id', '=', 1)]\"/></search>",
        )
        self.check_allowed(
            '<form><field name="inherit_id" domain="[(\'model\', \'=\', model)]"/><field name="model"/></form>'
        )

    def test_2_2_9_domains_are_lists_of_terms(self):
        filtered = '<search><filter name="x" domain="%s"/></search>'
        self.check_refused(
            "term", *(filtered % text for text in ("['name','=',1]", "[('name', '=')]", "'name'", "['+']"))
        )
        self.check_refused(
            "name of a field",
            *(
                filtered % text
                for text in ("[(1 + 1, '=', 1)]", "[(name, '=', 1)]", "[(2, '=', 1)]", "[('a' + 'b', '=', 1)]")
            ),
            '<form><field name="inherit_id" domain="[(mode, \'=\', 1)]"/></form>',
        )
        self.check_allowed(
            *(
                filtered % text
                for text in (
                    "[]",
                    "['|', '!', ('name', '=', 1), (1, '=', 1), (0, '=', 1)]",
                    "[['name', '=', uid]]",
                    "('&amp;', ('name', '=', 1), ('name', '=', 2))",
                    "[('name', '=', 1)] + [('name', '=', 2)]",
                    "[('name', '=', 1)] if uid else []",
                    "context.get('some_domain', [])",
                )
            )
        )

    def test_2_2_9_terms_are_on_what_can_be_searched(self):
        field = self.env["ir.ui.view"]._fields["model_id"]
        self.assertFalse(field._description_searchable)
        self.check_refused(
            "cannot be searched",
            "<search><filter name='x' domain=\"[('model_id', '=', 1)]\"/></search>",
            "<search><filter name='x' domain=\"[('inherit_id.model_id.name', '=', 1)]\"/></search>",
            "<form><field name='inherit_id' domain=\"[('model_id', '=', 1)]\"/></form>",
        )
        self.check_allowed(
            "<search><filter name='x' domain=\"[('model_data_id', '=', 1), ('inherit_id.name', '=', 1)]\"/></search>"
        )

    def test_2_2_9_directives_are_for_templates(self):
        self.check_refused(
            "directive",
            '<form><div t-if="1"/></form>',
            '<form><field name="name" t-att-class="x"/></form>',
            '<list><field name="name" t-on-click="x"/></list>',
            '<form><field name="inherit_children_ids"><list><field name="name" t-esc="1"/></list></field></form>',
        )
        card = '<kanban><templates><t t-name="card">%s</t></templates></kanban>'
        self.check_refused(
            "not allowed",
            *(
                card % f'<div t-{name}="x"/>'
                for name in ("on-click", "on-click.stop", "ref", "component", "model", "tag")
            ),
        )
        self.check_allowed(
            '<form><div t-translation="off">x</div></form>',
            card % '<div t-translation="off" t-debug="1"><p t-if="1"/><p t-elif="2"/><p t-else=""/></div>',
            card % '<t t-foreach="x" t-as="y" t-key="y"><p t-esc="y"/><p t-out="y"/><t t-set="z" t-value="1"/></t>',
            card % '<p t-att="x" t-att-class="y" t-attf-id="z{{1}}"/><t t-call="other"/>',
        )

    def test_2_2_9_tooltips_are_for_the_client(self):
        for name in ("data-tooltip", "data-tooltip-template", "data-tooltip-info"):
            self.check_refused(
                "for the client",
                f'<form><div {name}="x"/></form>',
                f'<kanban><templates><t t-name="card"><p t-att-{name}="x"/></t></templates></kanban>',
                f'<kanban><templates><t t-name="card"><p t-attf-{name}="x"/></t></templates></kanban>',
            )
        self.check_allowed('<form><div data-tooltips="x" title="y"/></form>')

    def test_2_2_9_components_are_out_of_reach(self):
        card = '<kanban><templates><t t-name="card"><p t-esc="%s"/></t></templates></kanban>'
        self.check_refused("component", *(card % text for text in ("__comp__", "x.y(__comp__)", "__comp__['props']")))
        self.check_allowed(card % "x__comp__", card % "__comp__x", card % "comp")
        self.assertTrue(re.search(COMP_REGEX, "a + __comp__.b"))
        self.assertFalse(re.search(COMP_REGEX, "a__comp__.b"))

    def test_2_2_9_conditions_of_nodes(self):
        self.assertEqual(set(VIEW_MODIFIERS), {"column_invisible", "invisible", "readonly", "required"})

    def test_actions_are_no_powers(self):
        self.check_refused("neither the id", '<form><button type="action" name="²"/></form>')
        self.check_refused("does not exist", f'<form><button type="action" name="{10**20}"/></form>')

    def test_entities_are_refused(self):
        """Clients could not read them."""
        self.check_refused("Entity x", '<!DOCTYPE form [<!ENTITY x "y">]><form>&x;</form>')

    def test_what_others_allow_is_doubted_only(self):
        for arch, words in (
            ("<kanban><templates><div/></templates></kanban>", "t-name"),
            ('<search><searchpanel><field name="name"/></searchpanel></search>', "search panel"),
        ):
            self.assertWarning(arch, words)

    def test_2_2_8_refused_with_the_name_of_the_view(self):
        with mute_logger(VIEW_LOGGER), self.assertRaisesRegex(ValidationError, "View: some form, .*model ir.ui.view"):
            self._create_view('<form><group col="x"/></form>', "some form", False, "ir.ui.view")


class TestAccessibility(ViewCase):
    """2.2.10: doubts about what some people cannot see, hear or reach."""

    def check_doubted(self, words, *nodes):
        """Check that each node in a form is worth one warning, with some words in it."""
        for node in nodes:
            with self.subTest(node=node):
                self.assertWarning(f"<form>{node}</form>", words)

    def check_fine(self, *nodes):
        """Check that the nodes in a form are worth no warning."""
        with self.assertNoLogs(VIEW_LOGGER, "WARNING"):
            self.assertValid(f"<form>{''.join(nodes)}</form>")

    def test_2_2_10_alerts(self):
        self.check_doubted(
            "alert-success",
            '<div class="alert alert-success"/>',
            '<div class="alert alert-success" role="note"/>',
        )
        self.check_fine(
            '<div class="alert alert-success" role="alert"/>',
            '<div class="alert-x" role="alertdialog"/>',
            '<div class="alert-x" role="status"/>',
            '<div class="alert-link"/>',
            '<div class="alert-x alert-link"/>',
            '<div class="alert"/>',
        )

    def test_2_2_10_roles_that_hide(self):
        self.check_doubted("hides", '<div role="none"/>', '<div role="presentation"/>')

    def test_2_2_10_icons(self):
        icon = '<i class="fa fa-warning"/>'
        self.check_doubted(
            "fa-warning",
            icon,
            f"<div>{icon}</div>",
            f"<div>{icon}<span/></div>",
            f'<div><field name="name"/>{icon}</div>',
            '<button name="copy" type="object" icon="fa-warning"/>',
        )
        self.check_fine(
            '<i class="fa fa-warning" title="Warning"/>',
            '<i class="fa fa-warning" aria-label="Warning"/>',
            '<i class="fa fa-warning" aria-labelledby="x"/>',
            f'<div title="x"><p>{icon}</p></div>',
            f"<div>text {icon}</div>",
            f"<div>{icon} text</div>",
            f"<div><b/>text {icon}</div>",
            f"<div><span>text</span>{icon}</div>",
            f"<div>{icon}<span>text</span></div>",
            f'<div>{icon}<field name="name" string="Name"/></div>',
            f'<div id="x">{icon}<label for="x" string="Name"/></div>',
            '<i class="fa fa-warning">text</i>',
            '<i class="fa fa-warning"><span>text</span></i>',
            '<i class="fa fa-warning"><field name="name"/></i>',
            '<button name="copy" type="object" icon="fa-warning" string="Copy"/>',
            '<button name="copy" type="object" icon="fa-warning" title="Copy"/>',
            '<button name="copy" type="object" icon="fa-warning">Copy</button>',
            '<button name="copy" type="object" icon="oi-warning"/>',
        )

    def test_2_2_10_buttons(self):
        self.check_doubted('role="button"', '<a class="btn btn-primary"/>', '<a class="btn" role="link"/>')
        self.check_doubted(
            "no button", '<div class="btn"/>', '<input class="btn-x"/>', '<input type="text" class="btn"/>'
        )
        self.check_fine(
            '<a class="btn" role="button"/>',
            '<button class="btn btn-primary" special="save"/>',
            '<select class="btn"/>',
            *(f'<input class="btn" type="{kind}"/>' for kind in ("button", "submit", "reset")),
            *(f'<div class="{css}"/>' for css in ("btn-group", "btn-toolbar", "btn-addr", "button")),
        )

    def test_2_2_10_menus_and_progress(self):
        self.check_doubted('role="menu"', '<ul class="dropdown-menu"/>', '<div class="dropdown-menu" role="list"/>')
        self.check_fine('<ul class="dropdown-menu" role="menu"/>', '<span class="dropdown-menu"/>')
        bar = '<div class="o_progressbar" role="progressbar" aria-valuenow="14" aria-valuemin="0" aria-valuemax="100"/>'
        self.check_fine(bar)
        self.check_doubted("progressbar", bar.replace('role="progressbar"', ""))
        for name in ("aria-valuenow", "aria-valuemin", "aria-valuemax"):
            self.check_doubted(name, bar.replace(name, "data-x"))

    def test_2_2_10_tabs(self):
        self.check_doubted('role="tabpanel"', '<div class="tab-pane"/>')
        self.check_doubted('role="tablist"', '<ul class="nav nav-tabs"/>')
        self.check_doubted('role="tab"', '<a data-bs-toggle="tab" aria-controls="x"/>')
        self.check_doubted(
            "aria-controls",
            '<a data-bs-toggle="tab" role="tab"/>',
            '<a data-bs-toggle="tab" role="tab" aria-controls="#x"/>',
        )
        self.check_fine(
            '<div class="tab-pane" role="tabpanel"/>',
            '<ul class="nav-tabs" role="tablist"/>',
            '<a data-bs-toggle="tab" role="tab" aria-controls="x"/>',
            '<a data-bs-toggle="collapse"/>',
        )

    def test_2_2_10_dialogs_and_pictures(self):
        self.check_doubted('role="dialog"', '<div class="modal"/>')
        self.check_doubted("<header>", '<div class="modal-header"/>')
        self.check_doubted("<main>", '<div class="modal-body"/>')
        self.check_doubted("<footer>", '<div class="modal-footer"/>')
        self.check_doubted("alt", '<img src="x"/>')
        self.check_fine(
            '<div class="modal" role="dialog"/>',
            '<header class="modal-header"/>',
            '<main class="modal-body"/>',
            '<footer class="modal-footer"/>',
            '<img src="x" alt="X"/>',
        )

    def test_2_2_10_computed_attributes(self):
        card = '<kanban><templates><t t-name="card">%s</t></templates></kanban>'
        self.assertWarning(card % '<i t-attf-class="fa fa-{{x}} fa-fw"/>', "fa-fw")
        with self.assertNoLogs(VIEW_LOGGER, "WARNING"):
            for node in (
                '<i t-attf-class="fa fa-{{x}} fa-fw" t-att-title="y"/>',
                '<div class="alert alert-x" t-att-role="y"/>',
                '<img t-att-alt="y"/>',
                "<div t-attf-class=\"a {{ x or 'alert-y' }}\"/>",
            ):
                self.assertValid(card % node)

    def test_2_2_10_one_warning_tells_where(self):
        with self.assertLogs(VIEW_LOGGER, "WARNING") as logs:
            view = self.assertValid('<form><img class="btn btn-x" alt="x"/></form>', name="some form")
        self.assertEqual(len(logs.output), 1)
        for words in ("View: some form", f"id {view.id}", "model ir.ui.view", "btn"):
            self.assertIn(words, logs.output[0])


@tagged("-at_install", "post_install")
class TestOwnViews(ViewCase):
    """The views of all addons that are there."""

    def test_2_2_10_views_of_data_files_are_fine(self):
        views = self.View.search([("type", "!=", "qweb"), ("model_data_id", "!=", False)])
        self.assertTrue(self.env.ref("base.view_partner_form") in views)
        with self.assertNoLogs(VIEW_LOGGER, "WARNING"):
            views.with_context(load_all_views=True)._check_xml()
