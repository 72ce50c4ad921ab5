"""Helpers that make and collect records in tests."""

from odoo.fields import Command

__all__ = ["RecordCapturer", "loaded_demo_data", "new_test_user"]


def new_test_user(env, login="", groups="base.group_user", context=None, **kwargs):
    """Create a user whose password is the login (filled up to 8 characters).

    :param env: environment
    :param login: login
    :param groups: external ids of groups, separated by commas
    :param context: context to create with; by default one that sends no invitation
    :param kwargs: further values; ``name`` is made from login and groups by default
    :return: the user
    :raise ValueError: without a login, or when ``company_id`` is not among ``company_ids``
    """
    if not login:
        raise ValueError("a user needs a login")
    if not groups:
        raise ValueError("a user needs at least one group")
    if context is None:
        context = {}
    values = {
        "login": login,
        "password": login.ljust(8, "x"),
        "name": f"{login} ({groups})",
        "groups_id": [Command.set([env.ref(xmlid.strip()).id for xmlid in groups.split(",")])],
        **kwargs,
    }
    if not values.get("email"):
        values["email"] = login if "@" in login else f"{login[:1]}.{login[:1]}@example.com"
    if values.get("company_id") and not values.get("company_ids"):
        values["company_ids"] = [Command.link(values["company_id"])]
    return (
        env["res.users"]
        .with_context(**{"no_reset_password": True, "mail_create_nolog": True, **context})
        .create(values)
    )


def loaded_demo_data(env) -> bool:
    """Tell whether the database has demo data."""
    return bool(env.ref("base.user_demo", raise_if_not_found=False))


class RecordCapturer:
    """Collects the records of a model that are created inside the ``with`` block.

    :param model: model (recordset)
    :param domain: restrict to records that satisfy it
    """

    def __init__(self, model, domain=()):
        self._model = model
        self._domain = list(domain)
        self._before = None
        self._after = None

    def _search(self):
        return self._model.search(self._domain, order="id")

    def __enter__(self):
        self._before = self._search()
        self._after = None
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is None:
            self._after = self._search() - self._before

    @property
    def records(self):
        """The records created so far; after the block, those created inside it."""
        return self._search() - self._before if self._after is None else self._after
