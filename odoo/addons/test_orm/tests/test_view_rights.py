"""W3: expressions of views that read fields which not everybody may read."""

from odoo.addons.base.tests.test_views import ViewCase

SECRET = "Field 'secret' used in invisible=\"secret\" is reserved to test_orm.group_manager"


class TestViewRights(ViewCase):
    """A doubt is logged when a node misses the groups of the field that it needs."""

    def assertSilent(self, arch, model="test_orm.vault"):
        """Check that a view is accepted without a word."""
        with self.assertNoLogs("odoo.addons.base.models.ir_ui_view", "WARNING"):
            self.assertValid(arch, model=model)

    def test_w3_own_field(self):
        self.assertWarning('<form><field name="name" invisible="secret"/></form>', SECRET, model="test_orm.vault")
        self.assertWarning('<list><field name="name" invisible="secret"/></list>', SECRET, model="test_orm.vault")
        self.assertWarning(
            '<form><field name="name" invisible="secret" groups="base.group_user"/></form>',
            SECRET,
            model="test_orm.vault",
        )

    def test_w3_inherited_field(self):
        self.assertWarning('<form><field name="name" invisible="secret"/></form>', SECRET, model="test_orm.branch")
        self.assertWarning(
            '<form><field name="sub_ids"><list><field name="name" invisible="secret"/></list></field></form>',
            SECRET,
            model="test_orm.branch",
        )

    def test_w3_related_field(self):
        self.assertWarning(
            '<form><field name="name" readonly="main_secret"/></form>',
            "Field 'main_secret' used in readonly=\"main_secret\" is reserved to test_orm.group_manager",
            model="test_orm.branch",
        )

    def test_w3_one_warning_for_a_field(self):
        self.assertWarning(
            '<form><field name="name" invisible="secret"/><field name="vault_id" invisible="not secret"/></form>',
            SECRET,
            model="test_orm.branch",
        )

    def test_w3_no_doubt(self):
        for groups in ("test_orm.group_manager", "base.group_no_one,test_orm.group_manager"):
            self.env.ref("base.group_no_one").implied_ids = self.env.ref("test_orm.group_manager")
            self.assertSilent(f'<form><field name="name" invisible="secret" groups="{groups}"/></form>')
            self.assertSilent(f'<form><p groups="{groups}"><field name="name" invisible="secret"/></p></form>')
        # the node goes with the field
        self.assertSilent('<form><field name="secret" invisible="not secret"/></form>')
        self.assertSilent('<form><field name="main_secret" readonly="not secret"/></form>', "test_orm.branch")
        self.assertSilent('<form><field name="secret"/><field name="name"/></form>')

    def test_w3_those_without_access_to_the_model_do_not_count(self):
        access = self.env["ir.model.access"].search([("model_id.model", "=", "test_orm.vault")])
        access.group_id = self.env.ref("test_orm.group_manager")
        self.assertSilent('<form><field name="name" invisible="secret"/></form>')
        access.group_id = False
        self.assertWarning('<form><field name="name" invisible="secret"/></form>', SECRET, model="test_orm.vault")
