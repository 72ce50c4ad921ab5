"""The web server inside the process, for tests that speak HTTP."""

import socket
import threading

from .front.front import Front, Loop

_STOP_TIMEOUT = 10
#: requests that run at once; some wait for others that they make themselves
_THREADS = 32


class TestingServer:
    """Serves an application from threads of this process, WebSockets included.

    :param app: WSGI application, by default the server's own
    :param str host: address to listen on
    :param int port: port; 0 lets the system choose
    :param options: of the :class:`~odoo.service.front.front.Front`
    """

    __test__ = False

    def __init__(self, app=None, host="127.0.0.1", port=0, **options):
        if app is None:
            from odoo.http import root

            app = root
        self._listener = socket.create_server((host, port), backlog=1024)
        self._loop = Loop()
        self.front = Front(app, [self._listener], self._loop, **{"threads": _THREADS, **options})
        self._thread = None
        self.host, self.port = self._listener.getsockname()[:2]

    @property
    def url(self):
        """Address of the server."""
        return f"http://{self.host}:{self.port}"

    def start(self):
        """Begin to serve and return the server."""
        self._thread = threading.Thread(target=self._run, name="odoo.testing_server", daemon=True)
        self._thread.start()
        return self

    def _run(self):
        self.front.start()
        self._loop.run_forever()
        self.front.close()

    def stop(self):
        """Stop accepting requests and free the port."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_STOP_TIMEOUT)
            self._thread = None
        self._loop.close()
        self._listener.close()

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
