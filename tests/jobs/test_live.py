"""Jobs and a running server."""

import time

from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment

#: seconds within which a job is begun that was announced; without that, workers look every 15
SOON = 8


def test_a_job_begins_when_its_transaction_is_committed(sale_server):
    registry = Registry(sale_server.db)
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        job = env["res.partner.category"].enqueue().create([{"name": "made by a job"}])
        job_id = job.id
    deadline = time.monotonic() + SOON
    state = None
    while state != "done" and time.monotonic() < deadline:
        time.sleep(0.02)
        [(state,)] = sale_server.query("SELECT state FROM ir_job WHERE id = %s", [job_id])
    assert state == "done"
    assert sale_server.query("SELECT count(*) FROM res_partner_category WHERE name->>'en_US' = 'made by a job'") == [
        (1,)
    ]
