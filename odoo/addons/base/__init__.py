"""The models that every database has."""

from . import controllers, models, orm_services, report, wizard


def post_init(env):
    """Set up the groups' part of the user form."""
    env["res.groups"]._update_user_groups_view()
