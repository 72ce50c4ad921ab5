"""A WSGI server inside the process, for tests that speak HTTP."""

import threading

from werkzeug.serving import WSGIRequestHandler, make_server

_STOP_TIMEOUT = 10


class _Handler(WSGIRequestHandler):
    """Writes no access log: the tests assert what they want to know."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        """Say nothing."""


class TestingServer:
    """Serves an application from threads of this process.

    :param app: WSGI application, by default the server's own
    :param str host: address to listen on
    :param int port: port; 0 lets the system choose
    """

    __test__ = False

    def __init__(self, app=None, host="127.0.0.1", port=0):
        if app is None:
            from odoo.http import root

            app = root
        self._server = make_server(host, port, app, threaded=True, request_handler=_Handler)
        self._server.daemon_threads = True
        self._thread = None
        self.host, self.port = host, self._server.server_port

    @property
    def url(self):
        """Address of the server."""
        return f"http://{self.host}:{self.port}"

    def start(self):
        """Begin to serve and return the server."""
        self._thread = threading.Thread(target=self._server.serve_forever, name="odoo.testing_server", daemon=True)
        self._thread.start()
        return self

    def stop(self):
        """Stop accepting requests and free the port."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join(_STOP_TIMEOUT)
            self._thread = None
        self._server.server_close()

    def __enter__(self):
        return self.start()

    def __exit__(self, exc_type, exc_value, traceback):
        self.stop()


_current: TestingServer | None = None


def start(port=0, host="127.0.0.1"):
    """Start the server of this process unless it runs, and return it.

    :param int port: port; 0 lets the system choose
    :param str host: address to listen on
    """
    global _current
    if _current is None:
        _current = TestingServer(host=host, port=port).start()
    return _current


def stop():
    """Stop the server of this process if it runs."""
    global _current
    server, _current = _current, None
    if server is not None:
        server.stop()


def current():
    """Return the running server of this process, None when there is none."""
    return _current
