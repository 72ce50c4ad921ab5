"""What tests of addons take from units of measure."""

from odoo.tests import TransactionCase


class UomCommon(TransactionCase):
    """The units that are used most, and the group of users who see units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group_uom = cls.env.ref("uom.group_uom")
        cls.uom_unit, cls.uom_dozen, cls.uom_hour, cls.uom_gram, cls.uom_kgm, cls.uom_ton = (
            cls.env.ref(f"uom.product_uom_{name}") for name in ("unit", "dozen", "hour", "gram", "kgm", "ton")
        )

    @classmethod
    def _enable_uom(cls):
        """Have the user of the tests see units."""
        cls.env.user.groups_id += cls.group_uom
