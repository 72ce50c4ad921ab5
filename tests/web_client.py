"""A client that talks to the WSGI application without a network."""

from werkzeug.test import Client

from odoo.modules.registry import Registry


class WebClient(Client):
    """A browser or program: keeps its cookies."""

    def open(self, *args, **kwargs):
        kwargs.setdefault("environ_base", {"REMOTE_ADDR": "127.0.0.1"})
        return super().open(*args, **kwargs)

    def fresh(self):
        """Return another client, without cookies."""
        return WebClient(self.application)

    @property
    def sid(self):
        """Id of the session, None without."""
        cookie = self.get_cookie("session_id")
        return cookie and cookie.value

    def rpc(self, path, **params):
        """Call a JSON route."""
        return self.post(path, json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})

    def call(self, model, method, args, **kwargs):
        """Call a method of a model."""
        return self.rpc(f"/web/dataset/call_kw/{model}/{method}", model=model, method=method, args=args, kwargs=kwargs)

    def authenticate(self, db, login, password):
        """Log in."""
        return self.rpc("/web/session/authenticate", db=db, login=login, password=password)

    def form(self, path, **fields):
        """Send a form with the token of a page."""
        page = self.get("/web/login").text
        token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
        return self.post(path, data={"csrf_token": token, **fields})

    def ref(self, xmlid):
        """Return the id of the record of an external id."""
        module, name = xmlid.split(".")
        answer = self.call(
            "ir.model.data", "search_read", [[["module", "=", module], ["name", "=", name]]], fields=["res_id"]
        )
        return answer.json["result"][0]["res_id"]


def error_of(answer):
    """Return the short name of the exception that a JSON call ended with, ``None`` when it succeeded."""
    error = answer.json.get("error")
    return error and error["data"]["name"].rpartition(".")[2]


def forget_failures(database):
    """Let clients log in that failed too often before."""
    with Registry(database).cursor() as cr:
        cr.execute("DELETE FROM res_users_login_failure")
