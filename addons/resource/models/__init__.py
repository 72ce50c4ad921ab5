"""Calendars of work and the resources that follow them."""

from . import (
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_intervals,
    resource_calendar_leaves,
    resource_calendar_planning,
    resource_resource,
    resource_resource_intervals,
    resource_mixin,
    res_company,
    res_users,
    utils,
)
