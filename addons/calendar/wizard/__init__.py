"""Questions of the calendar."""

from . import calendar_popover_delete_wizard, calendar_provider_config, mail_activity_schedule
