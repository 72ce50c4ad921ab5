from . import test_access, test_calendar, test_intervals, test_leaves, test_planning, test_resources
