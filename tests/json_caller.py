"""A client of a running server, as the browser is one."""

import json
import urllib.request
from http.cookiejar import CookieJar

#: what readers ask for: model, fields
QUESTIONS = [
    ("res.partner", ["name", "country_id", "lang"]),
    ("res.country", ["name", "code", "currency_id"]),
    ("res.lang", ["name", "flag_image_url"]),
    ("res.users", ["login", "groups_id"]),
    ("ir.model.fields", ["name", "modules"]),
]


class Caller:
    """A logged in JSON-RPC client of a running server."""

    def __init__(self, server, timeout=60):
        self._server = server
        self._timeout = timeout
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self._post("/web/session/authenticate", {"db": server.db, "login": "admin", "password": "admin"})

    def _post(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}).encode()
        request = urllib.request.Request(self._server.url + path, body, {"Content-Type": "application/json"})
        with self._opener.open(request, timeout=self._timeout) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(f"{path}: {answer['error']['data']['name']}: {answer['error']['data']['message']}")
        # methods that return nothing have none
        return answer.get("result")

    @property
    def session(self):
        """The cookie of the session."""
        return next(cookie.value for cookie in self.cookies if cookie.name == "session_id")

    def call(self, model, method, *args, **kwargs):
        """Call a method of a model and return its result."""
        return self._post("/web/dataset/call_kw", {"model": model, "method": method, "args": args, "kwargs": kwargs})

    def read_all(self):
        """Ask all questions; each must have an answer."""
        for model, fields in QUESTIONS:
            assert self.call(model, "search_read", [], fields=fields, limit=40), f"no rows of {model}"
