"""Rooms of events: a channel in which those who attend meet, made when the first one comes."""

from odoo import fields, models

#: how the room opens for those who follow its address
_DISPLAY = "video_full_screen"


class CalendarEventRoom(models.Model):
    """Events with a room of their own."""

    _inherit = "calendar.event"

    videocall_channel_id = fields.Many2one("discuss.channel", "Discuss Channel", copy=False)

    def _create_videocall_channel(self):
        """Make the room; events of a series share one."""
        for event in self.filtered(lambda event: not event.videocall_channel_id):
            series = event.recurrence_id.calendar_event_ids | event
            room = series.videocall_channel_id[:1] or event._new_videocall_channel()
            without = series.filtered(lambda one: not one.videocall_channel_id)
            without._write_silently({"videocall_channel_id": room.id})

    def _new_videocall_channel(self):
        """Return a new room with those who attend."""
        self.ensure_one()
        channels = self.env["discuss.channel"]
        return channels.create_group(self.partner_ids.ids, default_display_mode=_DISPLAY, name=self.name)

    def _write_plainly(self, values):
        """Write values; who attends from now on is let into the room."""
        before = {event.id: event.partner_ids for event in self if "partner_ids" in values}
        result = super()._write_plainly(values)
        for event in self.filtered("videocall_channel_id") if before else ():
            new = event.partner_ids - before[event.id]
            if new:
                event.videocall_channel_id.sudo().add_members(partner_ids=new.ids)
        return result
