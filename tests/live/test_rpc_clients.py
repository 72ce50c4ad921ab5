"""Programs that people use against such a server, unmodified: the documented calls of five client libraries."""

import xmlrpc.client

import erppeek
import odoolib
import odooly
import odoorpc
import pytest


@pytest.fixture
def products(sale_server):
    """Two product ids of the demo data."""
    return [row[0] for row in sale_server.query("SELECT id FROM product_product ORDER BY id LIMIT 2")]


def order_values(sale_server, products):
    """Values of an order with two lines."""
    partner = sale_server.query("SELECT partner_id FROM sale_order ORDER BY id LIMIT 1")[0][0]
    return {
        "partner_id": partner,
        "order_line": [
            [0, 0, {"product_id": products[0], "product_uom_qty": 2, "price_unit": 10}],
            [0, 0, {"product_id": products[1], "product_uom_qty": 1, "price_unit": 5}],
        ],
    }


def assert_confirmed(sale_server, order_id):
    """Check in the database that the order is confirmed, with its lines and total."""
    assert sale_server.query(
        "SELECT o.state, o.amount_total::float, count(l.id) FROM sale_order o "
        "JOIN sale_order_line l ON l.order_id = o.id WHERE o.id = %s GROUP BY o.id",
        [order_id],
    ) == [("sale", 25.0, 2)]


def test_odoorpc(sale_server, products):
    client = odoorpc.ODOO(sale_server.host, port=sale_server.port)
    assert client.version.startswith("18.0")
    assert sale_server.db in client.db.list()
    client.login(sale_server.db, "admin", "admin")
    orders = client.env["sale.order"]
    assert orders.search_read([("state", "=", "draft")], ["name", "partner_id"])[0]["partner_id"][1]
    order_id = orders.create(order_values(sale_server, products))
    order = orders.browse(order_id)
    assert order.amount_total == 25
    assert order.order_line[0].product_uom_qty == 2
    assert order.action_confirm() is True
    assert_confirmed(sale_server, order_id)
    assert client.env.ref("base.main_company")._name == "res.company"
    assert client.env.user.login == "admin"


def test_odoorpc_reports_errors_by_their_name(sale_server):
    client = odoorpc.ODOO(sale_server.host, port=sale_server.port)
    with pytest.raises(odoorpc.error.RPCError):
        client.login(sale_server.db, "admin", "wrong")
    client.login(sale_server.db, "admin", "admin")
    confirmed = client.env["sale.order"].search([("state", "=", "sale")], limit=1)
    with pytest.raises(odoorpc.error.RPCError) as error:
        client.execute("sale.order", "action_confirm", confirmed)
    assert error.value.info["data"]["name"] == "odoo.exceptions.UserError"


def test_odooly(sale_server, products):
    client = odooly.Client(sale_server.url, sale_server.db, "admin", "admin")
    order = client.env["sale.order"].create(order_values(sale_server, products))
    assert order.amount_total == 25
    order.action_confirm()
    assert_confirmed(sale_server, order.id)
    names = client.env["sale.order"].search([("state", "=", "sale")]).name
    assert order.name in names
    assert client.env["res.partner"].search_count([]) > 3


def test_erppeek(sale_server, products):
    client = erppeek.Client(sale_server.url, sale_server.db, "admin", "admin")
    order = client.model("sale.order").create(order_values(sale_server, products))
    client.execute("sale.order", "action_confirm", [order.id])
    assert_confirmed(sale_server, order.id)
    assert client.read("res.users", [("login", "=", "admin")], "login") == ["admin"]


@pytest.mark.parametrize("protocol", ["xmlrpc", "jsonrpc"])
def test_odoo_client_lib(sale_server, products, protocol):
    connection = odoolib.get_connection(
        hostname=sale_server.host,
        port=sale_server.port,
        protocol=protocol,
        database=sale_server.db,
        login="admin",
        password="admin",
    )
    connection.check_login()
    orders = connection.get_model("sale.order")
    order_id = orders.create(order_values(sale_server, products))
    order_id = order_id[0] if isinstance(order_id, list) else order_id
    orders.action_confirm([order_id])
    assert_confirmed(sale_server, order_id)
    assert orders.search_read([("id", "=", order_id)], ["state"])[0]["state"] == "sale"


def test_xmlrpc_of_the_standard_library(sale_server, products):
    common = xmlrpc.client.ServerProxy(f"{sale_server.url}/xmlrpc/2/common")
    assert common.version()["server_serie"] == "18.0"
    assert common.authenticate(sale_server.db, "admin", "wrong", {}) is False
    uid = common.authenticate(sale_server.db, "admin", "admin", {})
    models = xmlrpc.client.ServerProxy(f"{sale_server.url}/xmlrpc/2/object")

    def call(model, method, args, kwargs=None):
        return models.execute_kw(sale_server.db, uid, "admin", model, method, args, kwargs or {})

    order_id = call("sale.order", "create", [order_values(sale_server, products)])
    assert call("sale.order", "action_confirm", [[order_id]]) is True
    assert_confirmed(sale_server, order_id)
    [order] = call("sale.order", "read", [[order_id]], {"fields": ["name", "state", "date_order", "partner_id"]})
    assert order["state"] == "sale"
    with pytest.raises(xmlrpc.client.Fault) as fault:
        call("sale.order", "action_confirm", [[order_id]])
    assert fault.value.faultCode == 2
    with pytest.raises(xmlrpc.client.Fault) as fault:
        models.execute_kw(sale_server.db, uid, "wrong", "res.partner", "search", [[]])
    assert fault.value.faultCode == 3


def test_older_xmlrpc_path(sale_server):
    common = xmlrpc.client.ServerProxy(f"{sale_server.url}/xmlrpc/common")
    uid = common.login(sale_server.db, "admin", "admin")
    models = xmlrpc.client.ServerProxy(f"{sale_server.url}/xmlrpc/object")
    assert models.execute(sale_server.db, uid, "admin", "res.users", "search", [["id", "=", uid]]) == [uid]
