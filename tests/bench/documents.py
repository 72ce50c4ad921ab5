# addons: bench_quoin
"""A document of many lines: the time for a line at 10,000 lines over that at 1,000."""

from functools import partial

from odoo import Command
from odoo.addons.bench_quoin.measure import forget, ratio, report

FEW, MANY = 1_000, 10_000
Document = env["bench.document"]


def create(count):
    """Create a document."""
    lines = [Command.create({"name": f"Line {index}", "price": index % 100}) for index in range(count)]
    document = Document.create({"name": "Long", "line_ids": lines})
    env.flush_all()
    return document


def confirm(document):
    """Press the button."""
    document.action_confirm()
    env.flush_all()


def change(document):
    """Change a line in the middle."""
    line = document.line_ids[len(document.line_ids) // 2]
    line.price += 1
    env.flush_all()


def growth(act, few, many) -> float:
    """Return the time for a line of ``many`` over that for a line of ``few``."""
    return ratio(partial(act, many), partial(act, few), 6, lambda: forget(env)) * FEW / MANY


create(FEW)
report("create_10000_lines", "growth", growth(create, FEW, MANY), 1.5)
documents = create(FEW), create(MANY)
report("confirm_10000_lines", "growth", growth(confirm, *documents), 1.5)
report("change_one_of_10000", "growth", growth(change, *documents), 1.5)
env.cr.rollback()
