"""What people wait for in the browser client, measured in Chromium, and what is to be reached.

    .venv/bin/python tests/perf/measure_client.py [--turns 300] [--only cold,lines] [--data-dir DIR --db NAME]

A database with sales, demonstration data and some big documents is made on the embedded PostgreSQL of a temporary
directory; with `--data-dir` and `--db` one that is there is used, and gets the documents. Times are medians.
"""

import argparse
import contextlib
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from json_caller import Caller
from perf.pages import Window
from server_process import own_server

LIST = "/odoo/sales"
ROW = ".o_content_main > .o_list_renderer .o_data_cell[name='partner_id']"
FORM = ".o_form_view .o_form_renderer .o_field_widget[name='partner_id']"
BACK = ".o_back_button a"
LOCK, UNLOCK = "button[name='action_lock']", "button[name='action_unlock']"
LINE = ".o_form_view .o_field_widget[name='order_line'] .o_data_row"
FEW, MANY = 500, 10_000
#: lines whose page has all of them
LINES_FORM = """
    <form>
        <field name="client_order_ref"/>
        <field name="amount_total"/>
        <field name="order_line">
            <list editable="bottom" limit="20000">
                <field name="sequence" widget="handle"/>
                <field name="product_id"/><field name="name"/>
                <field name="product_uom_qty"/><field name="price_unit"/><field name="price_subtotal"/>
            </list>
        </field>
    </form>
"""
LINES_LIST = '<list><field name="client_order_ref"/></list>'


def prepare(call):
    """Make the big documents unless they are there, and an action that shows them."""
    missing = MANY - call("res.partner", "search_count", [["ref", "=", "perf"]])
    for start in range(0, missing, 1000):
        names = [{"name": f"Contact {start + number:05}", "ref": "perf"} for number in range(1000)]
        call("res.partner", "create", names)
    product = call("product.product", "search", [["sale_ok", "=", True]], limit=1)[0]
    partner = call("res.partner", "search", [], limit=1)[0]
    for count in (FEW, MANY):
        reference = f"perf {count}"
        if not call("sale.order", "search_count", [["client_order_ref", "=", reference]]):
            lines = [[0, 0, {"product_id": product, "product_uom_qty": 1, "price_unit": 10}]] * count
            order = {
                "partner_id": partner,
                "date_order": "2020-01-01 00:00:00",
                "client_order_ref": reference,
                "order_line": lines,
            }
            call("sale.order", "create", [order])
    _screen(call, "perf-lines", "sale.order", [["client_order_ref", "like", "perf %"]], LINES_LIST, LINES_FORM)
    _screen(call, "perf-contacts", "res.partner", [["ref", "=", "perf"]])


def _screen(call, path, model, domain, *archs):
    if call("ir.actions.act_window", "search_count", [["path", "=", path]]):
        return
    views = []
    for arch in archs:
        view = call("ir.ui.view", "create", {"name": path, "model": model, "arch": arch, "priority": 99})
        views.append([0, 0, {"view_mode": "form" if "<form" in arch else "list", "view_id": view}])
    values = {"name": path, "path": path, "res_model": model, "view_mode": "list,form", "view_ids": views}
    call("ir.actions.act_window", "create", {**values, "domain": str(domain)})


class Cases:
    """The cases, each of which yields rows ``(what, figure, unit, most that it may be)``.

    :param open_window: returns a new :class:`Window`
    :param call: :class:`Program`
    :param options: those of the command line
    """

    def __init__(self, open_window, call, options):
        self._open = open_window
        self._call = call
        self._options = options

    def cold(self):
        """A browser that has nothing kept."""
        loads = []
        for _turn in range(self._options.loads):
            with self._open() as window:
                loads.append(window.load(LIST, ROW))
        self._tell_parts(loads[-1])
        yield "cold: requests", max(load.requests for load in loads), "", 25
        yield "cold: compressed", max(load.size for load in loads) / 1000, "kB", 450
        yield "cold: rows on screen", median(load.milliseconds for load in loads), "ms", 900

    def _tell_parts(self, load):
        if self._options.parts:
            for size, url in sorted(load.parts, reverse=True):
                print(f"{size:8} {url}", file=sys.stderr)

    def warm(self):
        """A browser that was here before."""
        with self._open() as window:
            for _turn in range(3):
                window.load(LIST, ROW)
            loads = [window.load(LIST, ROW) for _turn in range(self._options.loads)]
        self._tell_parts(loads[-1])
        yield "warm: requests", max(load.requests for load in loads), "", None
        yield "warm: compressed", max(load.size for load in loads) / 1000, "kB", None
        yield "warm: rows on screen", median(load.milliseconds for load in loads), "ms", 450

    def slow(self):
        """A slow line."""

        def load():
            with self._open() as window:
                window.slow_down()
                return window.load(LIST, ROW).milliseconds

        yield "cold, 4 Mbit/s and 100 ms: rows", median(load() for _turn in range(self._options.loads)), "ms", 3000

    def clicks(self):
        """From a list to a form and back, and a button of the form."""
        to_form, to_list, pressed = [], [], []
        with self._open() as window:
            window.load(LIST, ROW)
            for _turn in range(self._options.clicks + 2):
                to_form.append(window.click(ROW, FORM, gone=ROW))
                to_list.append(window.click(BACK, ROW, gone=FORM))
            partner = self._call("res.partner", "search", [], limit=1)[0]
            order = self._call("sale.order", "create", {"partner_id": partner})
            self._call("sale.order", "action_confirm", [order])
            window.load(f"{LIST}/{order}", FORM)
            for _turn in range(self._options.clicks // 2 + 1):
                pressed.append(window.click(LOCK, UNLOCK))
                pressed.append(window.click(UNLOCK, LOCK))
        self._call("sale.order", "action_unlock", [order])
        self._call("sale.order", "action_cancel", [order])
        self._call("sale.order", "unlink", [order])
        # the first ones compile what the others find compiled
        for what, found, most in (
            ("button to changed form", pressed, 60),
            ("list to form", to_form, 80),
            ("form to list", to_list, 50),
        ):
            yield what, median(found[2:]), "ms", most

    def lines(self):
        """Orders with many lines."""
        for count, most in ((FEW, 1000), (MANY, 2000)):
            opened, edited, changed = [], [], []
            with self._open() as window:
                for _turn in range(self._options.documents):
                    window.load("/odoo/perf-lines", ".o_list_view .o_data_row")
                    row = f".o_data_row:nth-child({1 if self._is_first(count) else 2}) .o_data_cell"
                    opened.append(window.click(row, LINE))
                    shown = window.count(LINE)
                    cell = f"{LINE}:nth-child(3) td[name='product_uom_qty']"
                    edited.append(window.click(cell, f"{cell} input"))
                    amount = f"{LINE}:nth-child(3) td[name='price_subtotal']"
                    before = window.page.locator(amount).inner_text()
                    # pages that are left save what was typed
                    quantity, after = ("1", "10.00") if "20.00" in before else ("2", "20.00")
                    changed.append(window.type(f"{cell} input", quantity, amount, after))
            yield f"order of {count:,} lines: opened", median(opened), "ms", most
            yield f"order of {count:,} lines: rows in the page", shown, "", None if count == FEW else 200
            yield f"order of {count:,} lines: a cell can be typed in", median(edited), "ms", 100
            yield f"order of {count:,} lines: a new quantity, its amount", median(changed), "ms", None

    def _is_first(self, count):
        orders = self._call("sale.order", "search_read", [["client_order_ref", "like", "perf %"]], ["client_order_ref"])
        return orders[0]["client_order_ref"] == f"perf {count}"

    def pager(self):
        """A page of a list with 10,000 records."""
        times = []
        with self._open() as window:
            for _turn in range(self._options.documents):
                window.load("/odoo/perf-contacts", ".o_list_view .o_data_row")
                window.click(".o_pager_value", ".o_pager input")
                times.append(window.type(".o_pager input", f"1-{MANY}", "span.o_pager_value", f"1-{MANY}"))
            shown = window.count(".o_data_row")
        yield f"page of {MANY:,} records", median(times), "ms", 2000
        yield f"page of {MANY:,} records: rows in the page", shown, "", 200

    def memory(self):
        """What is left of many turns between list and form."""
        with self._open() as window:
            window.load(LIST, ROW)
            found = {}
            for turn in range(1, self._options.turns + 1):
                window.click(ROW, FORM, gone=ROW)
                window.click(BACK, ROW, gone=FORM)
                if turn % 10 == 0 or turn == self._options.turns:
                    # as in a pause, which nobody leaves out: what lives until garbage is collected sets the size of
                    # tables of weak references, which V8 never makes smaller
                    found[turn] = window.memory()
        early, late = found[10], found[self._options.turns]
        for place, (what, unit) in enumerate((("heap", "MB"), ("nodes", ""), ("listeners", ""))):
            yield f"after 10 turns: {what}", early[place], unit, None
            yield f"after {self._options.turns} turns: {what}", late[place], unit, early[place] * 1.2


def report(cases, names):
    """Print the table."""
    print("| case | measured | to reach |\n| --- | --- | --- |")
    for name in names:
        for what, figure, unit, most in getattr(cases, name)():
            shown = f"{figure:,.0f} {unit}".strip()
            missed = " (missed)" if most is not None and figure > most else ""
            reach = f"{most:,.0f} {unit}".strip() if most is not None else ""
            print(f"| {what} | {shown}{missed} | {reach} |", flush=True)


CASES = ("cold", "warm", "slow", "clicks", "lines", "pager", "memory")


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", default="perf", help="database, made unless --data-dir is given")
    parser.add_argument("--data-dir", help="where the embedded PostgreSQL has the database")
    parser.add_argument("--only", default=",".join(CASES), help=f"which of {', '.join(CASES)}")
    parser.add_argument("--loads", type=int, default=5, help="how often pages are loaded")
    parser.add_argument("--clicks", type=int, default=20, help="how often something is clicked")
    parser.add_argument("--documents", type=int, default=3, help="how often big documents are opened")
    parser.add_argument("--turns", type=int, default=300, help="turns after which memory is looked at again")
    parser.add_argument("--parts", action="store_true", help="say what loads consist of")
    parser.add_argument("server", nargs="*", help="options of the server")
    options = parser.parse_args()
    options.only = options.only.split(",")
    if unknown := set(options.only) - set(CASES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    return options


def main():
    """Measure."""
    options = _options()
    with contextlib.ExitStack() as stack:
        modules = "" if options.data_dir else "base,web,sale"
        server = stack.enter_context(own_server(options.db, modules, data_dir=options.data_dir, options=options.server))
        caller = Caller(server, timeout=300)
        prepare(caller.call)
        playwright = stack.enter_context(sync_playwright())
        cases = Cases(lambda: Window(playwright, server.url, caller.session), caller.call, options)
        report(cases, options.only)


if __name__ == "__main__":
    main()
