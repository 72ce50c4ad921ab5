"""What tests of addons take from those who sell."""

from odoo.tests import TransactionCase, new_test_user


class SalesTeamCommon(TransactionCase):
    """Somebody who sells, and somebody who says how."""

    #: attribute -> login of the user
    _sellers = {"sale_user": "salesman", "sale_manager": "salesmanager"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for attribute, name in (("sale_user", "group_sale_salesman"), ("sale_manager", "group_sale_manager")):
            setattr(cls, name, cls.env.ref(f"sales_team.{name}"))
            login = cls._sellers[attribute]
            user = new_test_user(
                cls.env,
                context={"no_reset_password": True},
                email=f"{login}@example.com",
                groups=f"sales_team.{name}",
                login=login,
            )
            setattr(cls, attribute, user)
