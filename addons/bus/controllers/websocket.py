"""WebSockets, and the same over plain requests."""

from werkzeug.exceptions import BadRequest

from odoo.addons.bus.dispatch import channel_with_db
from odoo.addons.bus.websocket import WebsocketConnectionHandler
from odoo.addons.bus.worker_bundle import worker_script
from odoo.http import Controller, SessionExpiredException, request, route
from odoo.tools import config

#: the session belongs to a page that listens
_LISTENS = "is_websocket_session"


class WebsocketController(Controller):
    """Doors of the bus."""

    @route("/websocket", type="http", auth="public", cors="*", websocket=True)
    def websocket(self, version=None):
        """Open a WebSocket.

        :param str version: version of the worker of the client
        """
        return WebsocketConnectionHandler.open_connection(request, version)

    @route("/websocket/health", type="http", auth="none", save_session=False, readonly=True)
    def health(self):
        """Tell that the server is there."""
        return request.make_json_response({"status": "pass"}, headers=[("Cache-Control", "no-store")])

    @route("/websocket/peek_notifications", type="json", auth="public", cors="*")
    def peek_notifications(self, channels, last, is_first_poll=False):
        """Return messages to who can open no WebSocket.

        :param list channels: texts
        :param int last: id of the last message that is known
        :param is_first_poll: whether the page begins to listen
        :return: `channels` (with their database) and `notifications`
        """
        if is_first_poll:
            request.session[_LISTENS] = True
        else:
            _check_listens()
        try:
            data = request.env["ir.websocket"]._prepare_subscribe_data(channels, last)
        except ValueError as error:
            raise BadRequest(str(error)) from error
        bus, db = request.env["bus.bus"], request.db
        request.env["ir.websocket"]._tell_missed(data["missed_presences"])
        return {
            "channels": [channel_with_db(db, channel) for channel in data["channels"]],
            "notifications": bus._poll(data["channels"], data["last"]),
        }

    @route("/websocket/update_bus_presence", type="json", auth="public", cors="*")
    def update_bus_presence(self, inactivity_period, im_status_ids_by_model):
        """Note that the user is there; parameters as in :meth:`ir.websocket._update_bus_presence`."""
        _check_listens()
        request.env["ir.websocket"]._update_bus_presence(int(inactivity_period), im_status_ids_by_model)
        return {}

    @route("/websocket/on_closed", type="json", auth="public", cors="*")
    def on_websocket_closed(self):
        """Note that a page was closed."""
        request.env["ir.websocket"]._on_websocket_closed(request.cookies)

    @route("/bus/websocket_worker_bundle", type="http", auth="public", cors="*")
    def get_websocket_worker_bundle(self, v=None):
        """Return the script of the worker.

        :param str v: version, for caches
        """
        script, is_whole = worker_script(request.env)
        # pages of an outdated version ask for the next one at another address
        is_final = is_whole and v == WebsocketConnectionHandler._VERSION and not config["dev_mode"]
        kept = "public, max-age=86400" if is_final else "no-store"
        headers = [("Content-Type", "text/javascript; charset=utf-8"), ("Cache-Control", kept)]
        return request.make_response(script, headers)


def _check_listens():
    """Refuse a session that began after the page began to listen.

    :raise SessionExpiredException: it did
    """
    if _LISTENS not in request.session:
        raise SessionExpiredException("The session has changed")
