"""Pages of invitations, and what browsers ask about reminders."""

from odoo import http
from odoo.http import request


class CalendarController(http.Controller):
    """The routes of the calendar."""

    # invitations

    @http.route("/calendar/meeting/accept", type="http", auth="calendar")
    def accept_meeting(self, token, id, **kwargs):
        """Say yes to an invitation.

        :param token: of the attendee
        :param id: of the event
        :return: the page of the event
        """
        self._rows(token).do_accept()
        return self.view_meeting(token, id)

    @http.route("/calendar/recurrence/accept", type="http", auth="calendar")
    def accept_recurrence(self, token, id, **kwargs):
        """Say yes to all events of a series.

        :param token: of the attendee in one of them
        :param id: of that event
        :return: the page of the event
        """
        self._rows(token, whole_series=True).do_accept()
        return self.view_meeting(token, id)

    @http.route("/calendar/meeting/decline", type="http", auth="calendar")
    def decline_meeting(self, token, id, **kwargs):
        """Say no to an invitation.

        :param token: of the attendee
        :param id: of the event
        :return: the page of the event
        """
        self._rows(token).do_decline()
        return self.view_meeting(token, id)

    @http.route("/calendar/recurrence/decline", type="http", auth="calendar")
    def decline_recurrence(self, token, id, **kwargs):
        """Say no to all events of a series.

        :param token: of the attendee in one of them
        :param id: of that event
        :return: the page of the event
        """
        self._rows(token, whole_series=True).do_decline()
        return self.view_meeting(token, id)

    def _rows(self, token, whole_series=False):
        """Return the attendee of a token, or its contact in all events of the series."""
        attendee = request.env["calendar.attendee"].sudo().search([("access_token", "=", token)], limit=1)
        if not (whole_series and attendee.recurrence_id):
            return attendee
        rows = attendee.recurrence_id.calendar_event_ids.attendee_ids
        return rows.filtered(lambda row: row.partner_id == attendee.partner_id)

    @http.route("/calendar/meeting/view", type="http", auth="calendar")
    def view_meeting(self, token, id, **kwargs):
        """Show an event to an attendee; users of the house get its form.

        :param token: of the attendee
        :param id: of the event
        """
        number = int(id) if str(id).isdecimal() else 0
        domain = [("access_token", "=", token), ("event_id", "=", number)]
        attendee = request.env["calendar.attendee"].sudo().search(domain, limit=1)
        if not attendee:
            raise request.not_found()
        if request.session.uid and request.env.user._is_internal():
            return request.redirect(f"/odoo/calendar/{attendee.event_id.id}")
        partner = attendee.partner_id
        zone = partner.tz or attendee.event_id.event_tz or "UTC"
        here = attendee.with_context(lang=partner.lang or request.env.lang, tz=zone)
        return request.render(
            "calendar.invitation_page_anonymous",
            {"attendee": here, "event": here.event_id, "company": here.event_id.user_id.company_id},
        )

    @http.route("/calendar/meeting/join", type="http", auth="user", website=True)
    def calendar_join_meeting(self, token, **kwargs):
        """Have the user attend an event.

        :param token: of the event
        :return: the page of the event
        """
        event = self._event_of(token)
        partner = request.env.user.partner_id
        event.action_join_meeting(partner.id)
        attendee = event.attendee_ids.filtered(lambda row: row.partner_id == partner)
        return request.redirect(f"/calendar/meeting/view?token={attendee.access_token}&id={event.id}")

    @http.route("/calendar/join_videocall/<string:access_token>", type="http", auth="public")
    def calendar_join_videocall(self, access_token):
        """Open the room of an event; whoever has the address is let in.

        :param access_token: of the event
        """
        event = self._event_of(access_token)
        if not event.videocall_channel_id:
            event._create_videocall_channel()
        return request.redirect(event.videocall_channel_id.invitation_url)

    def _event_of(self, token):
        """Return the event with a token.

        :raise werkzeug.exceptions.NotFound: when there is none
        """
        events = request.env["calendar.event"].sudo()
        found = events.search([("access_token", "=", token)], limit=1) if token else events
        if not found:
            raise request.not_found()
        return found

    # reminders

    @http.route("/calendar/notify", type="json", auth="user")
    def notify(self):
        """Return the reminders that the browser of the user has to show."""
        return request.env["calendar.alarm_manager"].get_next_notif()

    @http.route("/calendar/notify_ack", type="json", auth="user")
    def notify_ack(self):
        """Note that the user saw the reminders."""
        request.env["res.partner"]._set_calendar_last_notif_ack()

    @http.route("/calendar/check_credentials", type="json", auth="user")
    def check_calendar_credentials(self):
        """Return which calendars elsewhere are known."""
        return request.env["res.users"].check_calendar_credentials()
