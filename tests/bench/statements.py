# addons: bench_quoin
"""Numbers of statements, with a cold cache: those of calls that applications make all the time."""

from odoo import Command
from odoo.addons.bench_quoin.measure import forget, report, statements


class Cases:
    """The calls, on records of their own."""

    def __init__(self, env):
        self.env = env
        self.partners, self.documents = env["res.partner"], env["bench.document"]
        self.labels = env["bench.label"].create([{"name": f"Label {index}"} for index in range(10)])
        self.user = env["res.users"].create(
            {"name": "User", "login": "user", "groups_id": [Command.set(env.ref("base.group_user").ids)]}
        )
        self.partner = self.partners.create({"name": "Partner", "email": "partner@example.com"})
        self.document = self.documents.create(
            {
                "owner_id": self.user.id,
                "category": "a",
                "label_ids": [Command.set(self.labels.ids)],
                "line_ids": [Command.create({"name": f"Line {index}", "price": index}) for index in range(10)],
            }
        )

    def partners_create(self):
        self.partners.create([{"name": f"Partner {index}"} for index in range(5)])

    def partner_copy(self):
        self.partner.copy()

    def search_read(self):
        self.partners.search_read([("email", "=", "partner@example.com")], ["name", "email", "country_id"])

    def web_search_read(self):
        self.partners.web_search_read([], {"name": {}, "email": {}}, limit=2)

    def web_search_read_rules(self):
        documents = self.documents.with_user(self.user)
        assert documents.web_search_read([], {"name": {}, "total": {}}, limit=1)["length"]

    def relation_read(self):
        assert self.document.read(["label_ids"])[0]["label_ids"]

    def create_mixed(self):
        self.env["bench.entry"].create(
            [{"name": "a"}, {"name": "b", "amount": 1}, {"name": "c", "kind": "a"}, {"name": "d", "day": "2024-05-06"}]
        )

    def assign_related(self):
        self.document.line_ids[0].document_category = "b"

    def lines_update(self):
        lines = self.document.line_ids
        self.document.line_ids = [
            Command.update(line.id, {"price": line.price + 1, "quantity": index}) for index, line in enumerate(lines)
        ]

    def labels_delete(self):
        self.document.label_ids = [Command.delete(label.id) for label in self.document.label_ids[:9]]


REACH = {
    "partners_create": 6,
    "partner_copy": 8,
    "search_read": 2,
    "web_search_read": 2,
    "web_search_read_rules": 2,
    "relation_read": 1,
    "create_mixed": 1,
    "assign_related": 0,
    "lines_update": 4,
    "labels_delete": 8,
}

cases = Cases(env)
cr = env.cr
for name, reach in REACH.items():
    for measured in (False, True):
        savepoint = cr.savepoint()
        forget(env)
        # the company is known to whoever works in it
        assert env.company.parent_path
        if name == "assign_related":
            assert cases.document.line_ids[0].document_category
        count = statements(env, getattr(cases, name))
        if measured:
            report(name, "statements", count, reach)
        savepoint.close(rollback=True)
        env.invalidate_all(flush=False)
cr.rollback()
