import threading
from contextlib import closing
from unittest.mock import patch

from odoo import sql_db
from odoo.addons.bus import dispatch as dispatch_module
from odoo.addons.bus.dispatch import ImDispatch
from odoo.addons.bus.models import bus as bus_module
from odoo.db.lifecycle import MAINTENANCE_DATABASE
from odoo.tests import BaseCase


class Listener:
    """Stands for a WebSocket."""

    def __init__(self):
        self._channels = set()
        self._caught_up = True
        self.woken = threading.Event()

    def subscribe(self, channels, last):
        self._channels = channels

    def trigger_notification_dispatching(self):
        self.woken.set()


class TestDispatch(BaseCase):
    def test_u50a_the_thread_comes_back_after_the_database(self):
        listening, pids = threading.Semaphore(0), []
        connect = sql_db.db_connect

        def noted(*args, **kwargs):
            connection = connect(*args, **kwargs)
            cursor = connection.cursor

            def open_cursor():
                cr = cursor()
                pids.append(cr._cnx.get_backend_pid())
                listening.release()
                return cr

            connection.cursor = open_cursor
            return connection

        listener, dispatch = Listener(), ImDispatch()
        with (
            patch.object(dispatch_module.sql_db, "db_connect", noted),
            patch.object(dispatch_module, "_RETRY", 0.01),
            patch.object(dispatch_module, "_LOOK", 0.05),
            closing(connect(MAINTENANCE_DATABASE).cursor()) as cr,
            self.assertLogs("odoo.addons.bus.models.bus", "INFO"),
        ):
            dispatch.subscribe(["news"], 0, "db", listener)
            self.assertTrue(listening.acquire(timeout=5))
            self.assertTrue(listener.woken.wait(5), "what came before is looked for")
            listener.woken.clear()
            listener._caught_up = True
            cr.execute("SELECT pg_terminate_backend(%s)", [pids[0]])
            cr.commit()
            self.assertTrue(listener.woken.wait(5), "what was missed is looked for")
            self.assertFalse(listener._caught_up)
            listener.woken.clear()
            cr.execute("SELECT pg_notify('imbus', %s)", [bus_module.json_dump([("db", "other")])])
            cr.execute("SELECT pg_notify('imbus', %s)", [bus_module.json_dump([("db", "news")])])
            cr.commit()
            self.assertTrue(listener.woken.wait(5))
            dispatch.unsubscribe(listener)
            self.assertEqual(dispatch._channels_to_ws, {})
            dispatch.stop()
            dispatch.join(5)
        self.assertEqual(len(pids), 2)
