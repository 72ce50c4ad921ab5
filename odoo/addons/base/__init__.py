"""The models that every database has."""

from . import controllers, models, orm_services, report, wizard


def post_init(env):
    """Set up the language that the command line asks for, and the groups' part of the user form."""
    env["res.lang"].install_lang()
    env["res.groups"]._update_user_groups_view()
