"""Resources show whether their user is online."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestResources(TransactionCase):
    def test_status(self):
        resources = self.env["resource.resource"].create(
            [{"name": "Person", "user_id": self.env.user.id}, {"name": "Machine", "resource_type": "material"}]
        )
        self.assertEqual(resources[0].im_status, self.env.user.im_status)
        self.assertTrue(resources[0].im_status)
        self.assertFalse(resources[1].im_status)
