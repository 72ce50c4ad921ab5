"""Dialogs."""

from . import (
    mail_activity_schedule,
    mail_blacklist_remove,
    mail_compose_message,
    mail_compose_send,
    mail_compose_values,
    mail_wizard_invite,
)
