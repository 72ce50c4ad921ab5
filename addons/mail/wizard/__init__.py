"""Dialogs."""

from . import (
    mail_activity_schedule,
    mail_blacklist_remove,
    mail_compose_message,
    mail_compose_send,
    mail_compose_values,
    mail_resend_message,
    mail_template_preview,
    mail_template_reset,
    mail_wizard_invite,
)
