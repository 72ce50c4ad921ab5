"""Devices: where a user is logged in, and how that is ended from another one."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.http import root
from odoo.modules.registry import Registry

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


class Device:
    """A client of the employee with a browser of its own."""

    def __init__(self, client, database, agent):
        self.client, self.headers = client.fresh(), {"User-Agent": agent}
        answer = self.client.authenticate(database, "clerk", "correct horse")
        self.uid = answer.json["result"]["uid"]
        assert self.is_logged_in()

    def post(self, path, **params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return self.client.post(path, json=body, headers=self.headers).json

    def call(self, model, method, args, **kwargs):
        answer = self.post("/web/dataset/call_kw", model=model, method=method, args=args, kwargs=kwargs)
        assert "error" not in answer, answer
        return answer.get("result")

    def is_logged_in(self):
        return "error" not in self.post("/web/session/check")

    def others(self):
        """Return the devices that the user sees."""
        names = ["display_name", "device_type", "ip_address", "is_current"]
        return self.call("res.device", "search_read", [[], names])

    def identified(self, model, method, ids):
        """Call a method that asks for the password first."""
        dialog = self.call(model, method, [ids])
        if dialog["res_model"] != "res.users.identitycheck":
            return dialog
        self.call("res.users.identitycheck", "write", [[dialog["res_id"]], {"password": "correct horse"}])
        return self.call("res.users.identitycheck", "run_check", [[dialog["res_id"]]])


@pytest.fixture
def devices(database, clerk):
    """Two devices, and nothing of earlier ones."""
    with Registry(database).cursor() as cr:
        cr.execute("DELETE FROM res_device_log")
    return Device(clerk, database, FIREFOX), Device(clerk, database, PHONE)


def test_devices_of_a_user(devices, guest):
    computer, phone = devices
    seen = {(one["display_name"], one["device_type"], one["is_current"]) for one in computer.others()}
    assert seen == {("Linux Firefox", "computer", True), ("Iphone Safari", "mobile", False)}
    assert not guest.call("res.device", "search_read", [[], ["display_name"]]).json.get("result")


def test_a_device_is_ended_from_another(devices):
    computer, phone = devices
    [lost] = [one["id"] for one in computer.others() if not one["is_current"]]
    computer.identified("res.device", "revoke", [lost])
    assert not phone.is_logged_in()
    assert computer.is_logged_in()
    assert [one["is_current"] for one in computer.others()] == [True]


def test_all_other_devices_are_ended(devices, clerk, database):
    computer, phone = devices
    third = Device(clerk, database, PHONE)
    computer.identified("res.users", "action_revoke_all_devices", [computer.uid])
    assert (computer.is_logged_in(), phone.is_logged_in(), third.is_logged_in()) == (True, False, False)


def test_the_present_device_can_be_ended(devices):
    computer, phone = devices
    [here] = [one["id"] for one in computer.others() if one["is_current"]]
    computer.identified("res.device", "revoke", [here])
    assert (computer.is_logged_in(), phone.is_logged_in()) == (False, True)


def test_devices_that_log_out_are_gone(devices):
    computer, phone = devices
    phone.client.get("/web/session/logout", headers=phone.headers)
    assert [one["is_current"] for one in computer.others()] == [True]


def test_sessions_that_are_gone_are_no_devices(devices, database):
    computer, phone = devices
    root.session_store.delete(root.session_store.get(phone.client.sid))
    assert len(computer.others()) == 2
    with Registry(database).cursor() as cr:
        logs = api.Environment(cr, SUPERUSER_ID, {})["res.device.log"]
        logs._gc_device_log()
    assert [one["is_current"] for one in computer.others()] == [True]
    with Registry(database).cursor() as cr:
        cr.execute("UPDATE res_device_log SET last_activity = last_activity - interval '200 days'")
        api.Environment(cr, SUPERUSER_ID, {})["res.device.log"]._gc_device_log()
        cr.execute("SELECT count(*) FROM res_device_log")
        assert cr.fetchone() == (1,), "what is in use is kept"


def test_use_is_noted_once_an_hour(devices, database):
    computer, phone = devices
    with Registry(database).cursor() as cr:
        cr.execute("SELECT count(*) FROM res_device_log")
        before = cr.fetchone()
    for _call in range(5):
        assert computer.is_logged_in() and phone.is_logged_in()
    with Registry(database).cursor() as cr:
        cr.execute("SELECT count(*) FROM res_device_log")
        assert cr.fetchone() == before
