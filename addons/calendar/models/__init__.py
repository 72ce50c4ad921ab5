"""Events, their attendees, series and reminders."""

from . import (
    ir_http,
    calendar_alarm,
    calendar_alarm_manager,
    calendar_attendee,
    calendar_attendee_mail,
    calendar_event,
    calendar_event_changes,
    calendar_event_exchange,
    calendar_event_privacy,
    calendar_event_recurrence,
    calendar_event_room,
    calendar_event_type,
    calendar_filter,
    calendar_recurrence,
    ir_attachment,
    mail_activity,
    res_partner,
    res_users,
    res_users_settings,
)
