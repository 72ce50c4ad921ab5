"""A real browser that is logged in; a test fails when the page reports an error that it did not announce."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser.place import TIMEOUT, Place, opened_window
from browser.seats import DESKTOP, PHONE
from playwright.sync_api import expect, sync_playwright


def pytest_collection_modifyitems(items):
    """Mark what is in this directory, so that it can be left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """What starts Chromium: the one of ``ODOO_BROWSER_BIN``, of the system, or Playwright's own."""
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def window(chromium, tmp_path_factory):
    """A browser."""
    with opened_window(chromium, tmp_path_factory.mktemp("browser")) as window:
        yield window


@pytest.fixture(scope="session")
def place(window, sale_server):
    """The :class:`Place` where people work with sales."""
    return Place(window, sale_server)


@pytest.fixture(scope="session")
def login_state(place):
    """Cookies of a session that the login form opened, for another browser."""
    return place.login_state


@pytest.fixture
def file(request):
    """The file whose tests may have a page one after the other; None for those that are marked `own_page`."""
    return None if request.node.get_closest_marker("own_page") else request.node.path.name


@pytest.fixture
def visitor(place, file):
    """A logged-in user at a desk."""
    with place.visit(DESKTOP, file) as visitor:
        yield visitor


@pytest.fixture
def phone(place, file):
    """A logged-in user with a phone."""
    with place.visit(PHONE, file) as visitor:
        yield visitor


@pytest.fixture
def page(visitor):
    """The page of the user at a desk."""
    return visitor.page


@pytest.fixture(scope="session")
def call(place):
    """Call a method as the administrator: ``call(model, method, *args, **kwargs)``."""
    return place.call


@pytest.fixture
def screen(call):
    """Make an action of its own for a model: ``screen("res.partner", "<list>...</list>")`` returns its address.

    Each arch is a view of the type of its root; ``action`` are more values of the action.
    """
    made = []

    def make(model, *archs, **action):
        views = []
        for arch in archs:
            kind = ElementTree.fromstring(arch).tag
            views.append((kind, call("ir.ui.view", "create", {"name": "test", "model": model, "arch": arch})))
            made.append(("ir.ui.view", views[-1][1]))
        lines = [
            [0, 0, {"view_mode": kind, "view_id": view, "sequence": place}]
            for place, (kind, view) in enumerate(views)
            if kind != "search"
        ]
        made.append(
            (
                "ir.actions.act_window",
                call(
                    "ir.actions.act_window",
                    "create",
                    {
                        "name": "Screen",
                        "res_model": model,
                        "view_mode": ",".join(kind for kind, _view in views),
                        "view_ids": lines,
                        **action,
                    },
                ),
            )
        )
        return f"/odoo/action-{made[-1][1]}"

    yield make
    for model, record in reversed(made):
        call(model, "unlink", [record])


@pytest.fixture(scope="session")
def sampler(call):
    """Name of a model with a field of every type, ``x_<type>``."""
    relations = {"many2one": "res.partner", "many2many": "res.partner.category"}
    choices = {
        "selection": [("normal", "In progress"), ("blocked", "Blocked"), ("done", "Done")],
        "reference": [("res.partner", "Contact")],
    }

    def field(kind):
        values = {"name": f"x_{kind}", "field_description": kind.capitalize(), "ttype": kind}
        if kind in relations:
            values["relation"] = relations[kind]
        if kind in choices:
            values["selection_ids"] = [
                [0, 0, {"value": value, "name": label, "sequence": place}]
                for place, (value, label) in enumerate(choices[kind])
            ]
        if kind == "monetary":
            values["currency_field"] = "x_currency_id"
        return [0, 0, values]

    kinds = (
        "char",
        "text",
        "html",
        "integer",
        "float",
        "monetary",
        "boolean",
        "date",
        "datetime",
        "binary",
        "selection",
        "many2one",
        "many2many",
        "reference",
        "json",
    )
    currency = {
        "name": "x_currency_id",
        "field_description": "Currency",
        "ttype": "many2one",
        "relation": "res.currency",
    }
    name = {"name": "x_name", "field_description": "Name", "ttype": "char"}
    call(
        "ir.model",
        "create",
        {
            "name": "Sampler",
            "model": "x_sampler",
            "field_id": [[0, 0, name], [0, 0, currency], *map(field, kinds)],
            "access_ids": [
                [0, 0, {"name": "all", "perm_read": True, "perm_write": True, "perm_create": True, "perm_unlink": True}]
            ],
        },
    )
    return "x_sampler"


def _new_order(call, **values):
    """Return the id of a new draft quotation with one line, made through the interface of programs."""
    partner = call("res.partner", "create", {"name": "Marigold Paper"})
    product = call("product.product", "search", [], limit=1)[0]
    return call(
        "sale.order",
        "create",
        {"partner_id": partner, "order_line": [[0, 0, {"product_id": product, "product_uom_qty": 2}]], **values},
    )


@pytest.fixture
def draft(call):
    """Id of a draft quotation that no other test knows."""
    return _new_order(call)


@pytest.fixture
def incomplete_draft(call):
    """Id of a draft quotation that cannot be confirmed: a line has no product."""
    return _new_order(call, order_line=[[0, 0, {"name": "To be chosen", "product_uom_qty": 1}]])
