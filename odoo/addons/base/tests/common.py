"""What tests of addons start from: users and partners of each kind."""

from odoo.tests import HttpCase, TransactionCase, new_test_user

#: context in which nothing is sent or followed
DISABLED_MAIL_CONTEXT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


class BaseCommon(TransactionCase):
    """A test with a partner, in a context without e-mails, and with the company's currency as one expects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(**DISABLED_MAIL_CONTEXT).env
        cls.partner = cls.env["res.partner"].create({"name": "Test Partner"})
        cls.currency = cls.env.company.currency_id
        cls.group_portal = cls.env.ref("base.group_portal")
        cls.group_user = cls.env.ref("base.group_user")

    @classmethod
    def _enable_currency(cls, currency_code):
        """Activate a currency and return it."""
        currencies = cls.env["res.currency"].with_context(active_test=False)
        currency = currencies.search([("name", "=", currency_code.upper())])
        currency.action_unarchive()
        return currency

    @classmethod
    def _use_currency(cls, currency_code):
        """Make a currency that of the current company; amounts that exist are not converted."""
        currency = cls._enable_currency(currency_code)
        cls.env.cr.execute("UPDATE res_company SET currency_id = %s WHERE id = %s", [currency.id, cls.env.company.id])
        cls.env.invalidate_all()
        cls.currency = currency

    @classmethod
    def _create_partner(cls, **create_values):
        """Return a new partner."""
        return cls.env["res.partner"].create({"name": "Test Partner", **create_values})

    @classmethod
    def _create_company(cls, **create_values):
        """Return a new company, in which the current user may work."""
        company = cls.env["res.company"].create({"name": "Test Company", **create_values})
        cls.env = (
            cls.env["base"]
            .with_context(
                allowed_company_ids=[*cls.env.context.get("allowed_company_ids", cls.env.companies.ids), company.id]
            )
            .env
        )
        return company

    @classmethod
    def _create_new_internal_user(cls, **kwargs):
        """Return a new internal user."""
        return new_test_user(cls.env, **{"login": "internal_user", "groups": "base.group_user", **kwargs})

    @classmethod
    def _create_new_portal_user(cls, **kwargs):
        """Return a new user from outside."""
        return new_test_user(cls.env, **{"login": "portal_user", "groups": "base.group_portal", **kwargs})


class BaseUsersCommon(BaseCommon):
    """A test with an internal user and one from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_portal = cls._create_new_portal_user()
        cls.user_internal = cls._create_new_internal_user()


def _user_demo(env):
    """Return the user ``demo``, created when there are no demonstration data."""
    user = env["res.users"].search([("login", "=", "demo")])
    if user:
        return user
    partner = env["res.partner"].create(
        {
            "name": "Dana Demo",
            "email": "dana.demo@example.com",
            "company_id": env.ref("base.main_company").id,
            "tz": "Europe/Brussels",
        }
    )
    return env["res.users"].create(
        {
            "login": "demo",
            "password": "demodemo",
            "partner_id": partner.id,
            "groups_id": [(6, 0, [env.ref("base.group_user").id, env.ref("base.group_partner_manager").id])],
        }
    )


class TransactionCaseWithUserDemo(TransactionCase):
    """A test with the user ``demo`` in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.partner_admin").write({"name": "Alex Admin"})
        cls.user_demo = _user_demo(cls.env)
        cls.partner_demo = cls.user_demo.partner_id


class HttpCaseWithUserDemo(HttpCase):
    """A test over HTTP with the user ``demo`` (password ``demo``) in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_admin = cls.env.ref("base.user_admin")
        cls.user_admin.write({"name": "Alex Admin"})
        cls.partner_admin = cls.user_admin.partner_id
        cls.user_demo = _user_demo(cls.env)
        cls.user_demo.password = "demo"
        cls.partner_demo = cls.user_demo.partner_id


class SavepointCaseWithUserDemo(TransactionCaseWithUserDemo):
    """A test with the user ``demo`` and some partners."""

    @classmethod
    def _load_partners_set(cls):
        """Create tags, companies and their people."""
        cls.partner_category = cls.env["res.partner.category"].create({"name": "Sellers", "color": 2})
        cls.partner_category_child_1 = cls.env["res.partner.category"].create(
            {
                "name": "Office Supplies",
                "parent_id": cls.partner_category.id,
            }
        )
        cls.partner_category_child_2 = cls.env["res.partner.category"].create(
            {
                "name": "Desk Manufacturers",
                "parent_id": cls.partner_category.id,
            }
        )
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "category_id": [(6, 0, category.ids)],
                    "child_ids": [(0, 0, {"name": child}) for child in children],
                }
                for name, category, children in [
                    ("Inner Works", cls.partner_category_child_1, ["Sheila Ruiz", "Wyatt Howard", "Austin Kennedy"]),
                    ("Pepper Street", cls.partner_category_child_2, ["Liam King", "Craig Richardson", "Adam Cox"]),
                    ("Amber & Forge", cls.partner_category, ["Robin Smith", "Morgan Rose", "Kevin Reid"]),
                    ("Rebecca's Shelves", cls.env["res.partner.category"], ["Charlie Bernard", "Jessica Dupont"]),
                    ("Quiet Harbour", cls.partner_category_child_1, ["Ronnie Hart", "Vincent Garcia"]),
                ]
            ]
        )


class HttpCaseWithUserPortal(HttpCase):
    """A test over HTTP with a user from outside (login and password ``portal``) in ``user_portal``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_portal = cls.env["res.users"].with_context(no_reset_password=True).search([("login", "=", "portal")])
        cls.partner_portal = cls.user_portal.partner_id
        if not cls.user_portal:
            cls.partner_portal = cls.env["res.partner"].create(
                {
                    "name": "Pat Portal",
                    "email": "pat.portal@example.com",
                }
            )
            cls.user_portal = (
                cls.env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    {
                        "login": "portal",
                        "partner_id": cls.partner_portal.id,
                        "groups_id": [(6, 0, [cls.env.ref("base.group_portal").id])],
                    }
                )
            )
        cls.user_portal.password = "portal"
