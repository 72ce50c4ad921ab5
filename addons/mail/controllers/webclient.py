"""What the store of a page asks of the server, in one request for all that asks at a time."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..tools.discuss import Store

#: how many messages that could not be sent are told
MAX_FAILURES = 100


class WebclientController(http.Controller):
    """Routes of the store of pages; modules extend ``_process_request_*``."""

    @http.route("/mail/action", methods=["POST"], type="json", auth="public")
    def mail_action(self, **kwargs):
        """Do what a page asks for, and return what it is told.

        :param kwargs: what is asked for, by name
        :return: data of a store
        """
        return self._process_request(**kwargs)

    @http.route("/mail/data", methods=["POST"], type="json", auth="public", readonly=True)
    def mail_data(self, **kwargs):
        """Return what a page asks for; as :meth:`mail_action`, without changes."""
        return self._process_request(**kwargs)

    def _process_request(self, **kwargs):
        """Return what all parts of a request put into a store."""
        context = kwargs.pop("context", None)
        if isinstance(context, dict):
            request.update_context(**context)
        user, store = request.env.user, Store()
        parts = {
            self._process_request_for_all: True,
            self._process_request_for_logged_in_user: not user._is_public(),
            self._process_request_for_internal_user: user._is_internal(),
        }
        for part, concerns_user in parts.items():
            if concerns_user:
                part(store, **kwargs)
        return store.get_result()

    def _process_request_for_all(self, store, **kwargs):
        """Put what anybody may ask for into a store.

        :param kwargs: ``init_messaging`` for the mailboxes of the user
        :raise NotFound: when nobody is known whose messages these would be
        """
        if "init_messaging" not in kwargs:
            return
        if not request.env.user._is_public():
            request.env.user._init_messaging(store)
        elif not request.env.context.get("guest"):
            raise NotFound

    def _process_request_for_logged_in_user(self, store, **kwargs):
        """Put what users may ask for into a store.

        :param kwargs: ``failures`` for messages of the user that did not reach everybody
        """
        if kwargs.get("failures"):
            failed = request.env["mail.notification"].sudo()._failures_of(request.env.user.partner_id, MAX_FAILURES)
            failed.mail_message_id.sudo(False)._message_notifications_to_store(store)

    def _process_request_for_internal_user(self, store, **kwargs):
        """Put what users of the house may ask for into a store.

        :param kwargs: ``systray_get_activities`` for what the user has to do
        """
        if kwargs.get("systray_get_activities"):
            store.add(self._activities_of_user())

    @staticmethod
    def _activities_of_user():
        """Return what the store knows of what the user has to do."""
        told = {"activityGroups": request.env["res.users"]._get_activity_groups()}
        told["activityCounter"] = sum(group["total_count"] for group in told["activityGroups"])
        told["activity_counter_bus_id"] = request.env["bus.bus"].sudo()._bus_last_id()
        return told
