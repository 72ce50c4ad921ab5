from . import (
    test_events,
    test_icalendar_import,
    test_invitations,
    test_pages,
    test_privacy,
    test_recurrences,
    test_reminders,
)
