"""Questions of the calendar."""

from . import calendar_popover_delete_wizard, mail_activity_schedule
