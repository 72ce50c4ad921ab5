"""What tests of addons start from: users and partners of each kind."""

from odoo import Command
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
        domain = [("name", "=", currency_code.upper()), ("active", "in", [True, False])]
        currency = cls.env["res.currency"].search(domain)
        currency.active = True
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
        cls.user_internal, cls.user_portal = cls._create_new_internal_user(), cls._create_new_portal_user()


def _find_or_create_user(env, login, groups, partner_values, **values):
    """Return the user of a login, made with a partner of its own when there are no demonstration data."""
    users = env["res.users"].with_context(no_reset_password=True)
    user = users.search([("login", "=", login)])
    if not user:
        values["groups_id"] = [Command.set([env.ref(group).id for group in groups])]
        values["partner_id"] = env["res.partner"].create(partner_values).id
        user = users.create({**values, "login": login})
    return user.with_env(env)


def _user_demo(env):
    """Return the user ``demo``."""
    partner_values = {
        "name": "Marc Demo",
        "email": "marc.demo@example.com",
        "company_id": env.ref("base.main_company").id,
        "tz": "Europe/Brussels",
    }
    groups = ["base.group_user", "base.group_partner_manager"]
    return _find_or_create_user(env, "demo", groups, partner_values, password="demodemo")


def _user_admin(env):
    """Return the administrator, under the name that tests of addons compare."""
    admin = env.ref("base.user_admin")
    admin.name = "Mitchell Admin"
    return admin


class TransactionCaseWithUserDemo(TransactionCase):
    """A test with the user ``demo`` in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _user_admin(cls.env)
        cls.user_demo = _user_demo(cls.env)
        cls.partner_demo = cls.user_demo.partner_id


class HttpCaseWithUserDemo(HttpCase):
    """A test over HTTP with the user ``demo`` (password ``demo``) in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_admin = _user_admin(cls.env)
        cls.partner_admin = cls.user_admin.partner_id
        cls.user_demo = _user_demo(cls.env)
        cls.user_demo.password = "demo"
        cls.partner_demo = cls.user_demo.partner_id


class SavepointCaseWithUserDemo(TransactionCaseWithUserDemo):
    """A test with the user ``demo`` and some partners."""

    @classmethod
    def _load_partners_set(cls):
        """Create tags, companies and their people."""
        tags = cls.env["res.partner.category"]
        top = tags.create({"name": "Sellers", "color": 2})
        office, desks = tags.create(
            [{"name": name, "parent_id": top.id} for name in ("Office Supplies", "Desk Manufacturers")]
        )
        cls.partner_category, cls.partner_category_child_1, cls.partner_category_child_2 = top, office, desks
        people_of = {
            ("Inner Works", office): ["Sheila Ruiz", "Wyatt Howard", "Austin Kennedy"],
            ("Pepper Street", desks): ["Liam King", "Craig Richardson", "Adam Cox"],
            ("Amber & Forge", top): ["Robin Smith", "Morgan Rose", "Kevin Reid"],
            ("Rebecca's Shelves", tags): ["Charlie Bernard", "Jessica Dupont"],
            ("Quiet Harbour", office): ["Ronnie Hart", "Vincent Garcia"],
        }
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": company,
                    "is_company": True,
                    "category_id": [Command.set(tag.ids)],
                    "child_ids": [Command.create({"name": name}) for name in people],
                }
                for (company, tag), people in people_of.items()
            ]
        )


class HttpCaseWithUserPortal(HttpCase):
    """A test over HTTP with a user from outside (login and password ``portal``) in ``user_portal``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner_values = {"name": "Pat Portal", "email": "pat.portal@example.com"}
        cls.user_portal = _find_or_create_user(cls.env, "portal", ["base.group_portal"], partner_values)
        cls.user_portal.password = "portal"
        cls.partner_portal = cls.user_portal.partner_id
