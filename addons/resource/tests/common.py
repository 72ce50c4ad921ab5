"""Calendars that the tests of several files share."""

from datetime import datetime

import pytz

from odoo import Command
from odoo.tests import TransactionCase

#: Monday of a second week; the one after it is of a first week
MONDAY, NEXT_MONDAY = datetime(2018, 4, 2), datetime(2018, 4, 9)


def at(day, hour=0, minute=0, second=0, tz="UTC", month=4, year=2018):
    """Return a moment in a time zone; days are those of April 2018."""
    return pytz.timezone(tz).localize(datetime(year, month, day, hour, minute, second))


class ResourceCase(TransactionCase):
    """Calendars, resources, time off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "UTC"
        cls.eights = cls.calendar("Eights", [(day, 8, 16) for day in range(5)])
        cls.long_fridays = cls.calendar("Long Fridays", [(1, 8, 16), (4, 8, 13), (4, 16, 23)], "America/Los_Angeles")

    @classmethod
    def calendar(cls, name, lines, tz="Europe/Brussels", **vals):
        """Return a calendar.

        :param lines: weekday, hour from, hour to, and other values when there are some
        """
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": f"{day}: {hour_from}",
                            "dayofweek": str(day),
                            "hour_from": hour_from,
                            "hour_to": hour_to,
                            **(rest[0] if rest else {}),
                        }
                    )
                    for day, hour_from, hour_to, *rest in lines
                ],
                **vals,
            }
        )

    @classmethod
    def resource(cls, name="Resource", **vals):
        """Return a resource, with all rights: applications bring the rights for theirs."""
        return cls.env["resource.resource"].sudo().create({"name": name, **vals}).sudo(False)

    @classmethod
    def leave(cls, calendar, start, end, **vals):
        """Return time off between two moments, in UTC when they have no zone."""
        start, end = (
            moment.astimezone(pytz.utc).replace(tzinfo=None) if moment.tzinfo else moment for moment in (start, end)
        )
        values = {"name": "Off", "calendar_id": calendar.id, "date_from": start, "date_to": end, **vals}
        return cls.env["resource.calendar.leaves"].create(values)

    def bounds(self, spans):
        """Return the texts of the bounds of spans: hours and minutes on a day of the month."""
        return [(f"{start:%d %H:%M}", f"{stop:%d %H:%M}") for start, stop, *_records in spans]
