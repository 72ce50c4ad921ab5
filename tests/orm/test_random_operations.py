"""Random sequences of operations on the ORM, next to a model of the same data in plain Python.

After each sequence the records have the values of the Python model, whatever was flushed or forgotten in between, and
the stored computed fields have the values that computing them anew gives.
"""

import os

import pytest
from hypothesis import given, settings

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

from .programs import SETTINGS, operations, run

#: programs of most kinds; set RANDOM_PROGRAMS to run more
EXAMPLES = int(os.environ.get("RANDOM_PROGRAMS", "200"))
LINE_FIELDS = ("quantity", "price")


@pytest.fixture(scope="module")
def cursor(databases):
    """A cursor on a database with the models of ``test_orm``; everything is undone at the end."""
    name = databases.template("test_orm")
    cr = Registry(name).cursor()
    yield cr
    cr.rollback()
    cr.close()
    close_db(name)


@pytest.fixture
def env(cursor):
    return api.Environment(cursor, SUPERUSER_ID, {})


class Lines:
    """Orders and lines: the ORM's and plain dictionaries, changed by the same operations."""

    def __init__(self, env):
        self.env = env
        self.orders: dict = {}
        self.lines: dict = {}
        self.persons: dict = {}

    def pick(self, store, index):
        """Return a key of ``store`` by an arbitrary number, ``None`` when there is none."""
        keys = list(store)
        return keys[index % len(keys)] if keys else None

    # operations: (name, number, number, value)

    def create_order(self, first, second, value):
        lines = [{"quantity": float(value + index), "price": float(second % 7)} for index in range(first % 4)]
        person = self.pick(self.persons, first)
        order = self.env["test_orm.order"].create(
            {"name": f"order {value}", "person_id": person, "line_ids": [Command.create(line) for line in lines]}
        )
        self.orders[order.id] = {"name": f"order {value}", "person": person}
        for record, line in zip(order.line_ids, lines, strict=True):
            self.lines[record.id] = {"order": order.id, **line, "discount": None}

    def create_person(self, first, second, value):
        boss = self.pick(self.persons, second) if second % 2 else None
        person = self.env["test_orm.person"].create({"name": f"person {value}", "boss_id": boss})
        self.persons[person.id] = {"name": f"person {value}", "boss": boss}

    def rename_person(self, first, second, value):
        person = self.pick(self.persons, first)
        if person:
            self.env["test_orm.person"].browse(person).name = f"renamed {value}"
            self.persons[person]["name"] = f"renamed {value}"

    def set_person(self, first, second, value):
        order, person = self.pick(self.orders, first), self.pick(self.persons, second)
        if order:
            person = person if value % 3 else None
            self.env["test_orm.order"].browse(order).person_id = person
            self.orders[order]["person"] = person

    def unlink_person(self, first, second, value):
        person = self.pick(self.persons, first)
        if person:
            self.env["test_orm.person"].browse(person).unlink()
            del self.persons[person]
            for order in self.orders.values():
                order["person"] = None if order["person"] == person else order["person"]
            for other in self.persons.values():
                other["boss"] = None if other["boss"] == person else other["boss"]

    def set_boss(self, first, second, value):
        person, boss = self.pick(self.persons, first), self.pick(self.persons, second)
        if person:
            self.env["test_orm.person"].browse(person).boss_id = boss
            self.persons[person]["boss"] = boss

    def add_line(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            line = self.env["test_orm.order.line"].create({"order_id": order, "quantity": value, "price": second % 7})
            self.lines[line.id] = {
                "order": order,
                "quantity": float(value),
                "price": float(second % 7),
                "discount": None,
            }

    def write_line(self, first, second, value):
        line = self.pick(self.lines, first)
        if line:
            name = LINE_FIELDS[second % 2]
            self.env["test_orm.order.line"].browse(line).write({name: value})
            self.lines[line][name] = float(value)
            if name == "quantity":
                self.lines[line]["discount"] = None

    def write_discount(self, first, second, value):
        line = self.pick(self.lines, first)
        if line:
            self.env["test_orm.order.line"].browse(line).discount = value % 50
            self.lines[line]["discount"] = float(value % 50)

    def write_all(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            self.env["test_orm.order"].browse(order).line_ids.price = value
            for line in self.lines.values():
                if line["order"] == order:
                    line["price"] = float(value)

    def command_update(self, first, second, value):
        line = self.pick(self.lines, first)
        if line:
            order = self.env["test_orm.order"].browse(self.lines[line]["order"])
            order.write({"line_ids": [Command.update(line, {"price": value})]})
            self.lines[line]["price"] = float(value)

    def command_delete(self, first, second, value):
        line = self.pick(self.lines, first)
        if line:
            order = self.env["test_orm.order"].browse(self.lines.pop(line)["order"])
            order.write({"line_ids": [(Command.delete if value % 2 else Command.unlink)(line)]})

    def command_link(self, first, second, value):
        line, order = self.pick(self.lines, first), self.pick(self.orders, second)
        if line:
            self.env["test_orm.order"].browse(order).write({"line_ids": [Command.link(line)]})
            self.lines[line]["order"] = order

    def command_set(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            mine = [line for line, values in self.lines.items() if values["order"] == order]
            kept = mine[: second % 3]
            self.env["test_orm.order"].browse(order).line_ids = [Command.set(kept)]
            for line in set(mine) - set(kept):
                del self.lines[line]

    def move_line(self, first, second, value):
        line, order = self.pick(self.lines, first), self.pick(self.orders, second)
        if line:
            self.env["test_orm.order.line"].browse(line).order_id = order
            self.lines[line]["order"] = order

    def unlink_lines(self, first, second, value):
        chosen = {self.pick(self.lines, first), self.pick(self.lines, second)} - {None}
        self.env["test_orm.order.line"].browse(chosen).unlink()
        for line in chosen:
            del self.lines[line]

    def unlink_order(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            self.env["test_orm.order"].browse(order).unlink()
            del self.orders[order]
            self.lines = {line: values for line, values in self.lines.items() if values["order"] != order}

    def copy_order(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            copy = self.env["test_orm.order"].browse(order).copy()
            self.orders[copy.id] = dict(self.orders[order])
            originals = [values for _line, values in sorted(self.lines.items()) if values["order"] == order]
            for record, values in zip(copy.line_ids.sorted("id"), originals, strict=True):
                # what is editable is copied, and stays until what it is computed from changes
                self.lines[record.id] = {**values, "order": copy.id, "discount": self.discount(values)}

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        self.env.invalidate_all()

    def invalidate_some(self, first, second, value):
        self.env["test_orm.order.line"].invalidate_model(["subtotal", "price"] if value % 2 else None)

    def read_some(self, first, second, value):
        order = self.pick(self.orders, first)
        if order:
            record = self.env["test_orm.order"].browse(order)
            record.mapped(("amount_total", "line_count", "line_ids.share", "person_email")[value % 4])

    def search_some(self, first, second, value):
        self.env["test_orm.order"].search([("amount_total", ">", value), ("person_name", "!=", False)])

    # what must hold

    @staticmethod
    def discount(line):
        """Return the discount that a line has: what was written last, else what is computed."""
        if line["discount"] is not None:
            return line["discount"]
        return 10.0 if line["quantity"] >= 100 else 0.0

    def subtotal(self, line):
        return line["quantity"] * line["price"] * (1 - self.discount(line) / 100)

    def check(self):
        """Compare everything with the model, before and after a flush."""
        self.check_values()
        self.env.invalidate_all()
        self.check_values()
        self.env.cache.check(self.env)
        self.check_recompute()

    def check_values(self):
        orders = self.env["test_orm.order"].browse(self.orders)
        for order in orders:
            values = self.orders[order.id]
            lines = {key: line for key, line in self.lines.items() if line["order"] == order.id}
            assert set(order.line_ids.ids) == set(lines)
            assert order.line_count == len(lines)
            assert order.person_id.id == (values["person"] or False)
            person = self.persons.get(values["person"])
            assert order.person_name == (person["name"] if person else False)
            boss = self.persons.get(person["boss"]) if person else None
            assert order.boss_name == (boss["name"] if boss else False)
            assert order.amount_total == pytest.approx(sum(map(self.subtotal, lines.values())))
            assert order.quantity_total == pytest.approx(sum(line["quantity"] for line in lines.values()))
            for record in order.line_ids:
                line = lines[record.id]
                assert (record.quantity, record.price, record.discount) == (
                    line["quantity"],
                    line["price"],
                    self.discount(line),
                )
                assert record.subtotal == pytest.approx(self.subtotal(line))
                assert record.order_name == order.name
        for person in self.env["test_orm.person"].browse(self.persons):
            team = {key for key, values in self.persons.items() if values["boss"] == person.id}
            assert set(person.team_ids.ids) == team

    def check_recompute(self):
        """Compute the stored fields again: nothing changes."""
        for model, ids, names in (
            ("test_orm.order.line", self.lines, ("subtotal", "order_state")),
            ("test_orm.order", self.orders, ("amount_total", "quantity_total", "person_name", "last_product")),
        ):
            records = self.env[model].browse(ids)
            before = records.read(names)
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
            for old, new in zip(before, records.read(names), strict=True):
                assert old == {key: pytest.approx(value) for key, value in new.items()}


class Tree:
    """A tree with fields that depend on themselves, upwards and downwards."""

    def __init__(self, env):
        self.env = env
        self.Category = env["test_orm.category"]
        self.nodes: dict = {}

    def pick(self, index):
        keys = list(self.nodes)
        return keys[index % len(keys)] if keys else None

    def ancestors(self, node):
        while node:
            yield node
            node = self.nodes[node]["parent"]

    def create(self, first, second, value):
        parent = self.pick(first) if second % 4 else None
        node = self.Category.create({"name": str(value), "amount": value, "parent_id": parent})
        self.nodes[node.id] = {"name": str(value), "amount": value, "parent": parent}

    def rename(self, first, second, value):
        node = self.pick(first)
        if node:
            self.Category.browse(node).write({"name": f"n{value}", "amount": value})
            self.nodes[node].update(name=f"n{value}", amount=value)

    def move(self, first, second, value):
        node, parent = self.pick(first), self.pick(second) if value % 3 else None
        if node and node not in self.ancestors(parent):
            self.Category.browse(node).parent_id = parent
            self.nodes[node]["parent"] = parent

    def unlink(self, first, second, value):
        leaves = set(self.nodes) - {values["parent"] for values in self.nodes.values()}
        if leaves:
            node = sorted(leaves)[first % len(leaves)]
            self.Category.browse(node).unlink()
            del self.nodes[node]

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        self.env.invalidate_all()

    def read(self, first, second, value):
        node = self.pick(first)
        if node:
            self.Category.browse(node).mapped(("total", "complete_name", "depth", "display_name")[value % 4])

    def check(self):
        self.check_values()
        self.env.invalidate_all()
        self.check_values()

    def check_values(self):
        for record in self.Category.browse(self.nodes):
            path = list(self.ancestors(record.id))
            assert record.complete_name == " / ".join(self.nodes[node]["name"] for node in reversed(path))
            assert record.depth == len(path) - 1
            assert record.root_id.id == path[-1]
            below = [node for node in self.nodes if record.id in self.ancestors(node)]
            assert record.total == sum(self.nodes[node]["amount"] for node in below)
            assert set(record.search([("id", "child_of", record.id)]).ids) == set(below)
            assert record.parent_path == "".join(f"{node}/" for node in reversed(path))


class Links:
    """Persons and tags, related from both sides, some of them archived, with rows that are written behind."""

    def __init__(self, env):
        self.env = env
        self.persons: list = []
        self.tags: list = []
        self.links: set = set()
        self.archived: set = set()

    @staticmethod
    def pick(keys, index):
        return keys[index % len(keys)] if keys else None

    def create_person(self, first, second, value):
        tags = self.tags[: value % 3]
        person = self.env["test_orm.person"].create({"name": "person", "tag_ids": [Command.set(tags)]})
        self.persons.append(person.id)
        self.links |= {(person.id, tag) for tag in tags}

    def create_tag(self, first, second, value):
        person = self.pick(self.persons, first)
        tag = self.env["test_orm.tag"].create(
            {"name": "tag", "person_ids": [Command.link(person)] if person and value % 2 else []}
        )
        self.tags.append(tag.id)
        if person and value % 2:
            self.links.add((person, tag.id))

    def link(self, first, second, value):
        person, tag = self.pick(self.persons, first), self.pick(self.tags, second)
        if person and tag:
            if value % 2:
                self.env["test_orm.person"].browse(person).tag_ids = [Command.link(tag)]
            else:
                self.env["test_orm.tag"].browse(tag).person_ids += self.env["test_orm.person"].browse(person)
            self.links.add((person, tag))

    def unlink(self, first, second, value):
        person, tag = self.pick(self.persons, first), self.pick(self.tags, second)
        if person and tag:
            if value % 2:
                self.env["test_orm.person"].browse(person).tag_ids -= self.env["test_orm.tag"].browse(tag)
            else:
                self.env["test_orm.tag"].browse(tag).person_ids = [Command.unlink(person)]
            self.links.discard((person, tag))

    def replace(self, first, second, value):
        tag = self.pick(self.tags, first)
        if tag:
            persons = self.persons[: second % 4]
            self.env["test_orm.tag"].browse(tag).write({"person_ids": [Command.clear(), Command.set(persons)]})
            # what is archived is not shown, and stays
            stay = {(p, t) for p, t in self.links if t != tag or ("person", p) in self.archived}
            self.links = stay | {(person, tag) for person in persons}

    def replace_all(self, first, second, value):
        tag = self.pick(self.tags, first)
        if tag:
            persons = self.persons[: second % 4]
            records = self.env["test_orm.tag"].with_context(active_test=False).browse(tag)
            records.person_ids = records.person_ids.browse(persons)
            self.links = {(p, t) for p, t in self.links if t != tag} | {(person, tag) for person in persons}

    def replace_for_all(self, first, second, value):
        tags = self.tags[: second % 3]
        self.env["test_orm.person"].browse(self.persons).write({"tag_ids": [Command.set(tags)]})
        stay = {(p, t) for p, t in self.links if ("tag", t) in self.archived}
        self.links = stay | {(person, tag) for person in self.persons for tag in tags}

    def archive(self, first, second, value):
        kind, keys = ("tag", self.tags) if value % 2 else ("person", self.persons)
        key = self.pick(keys, first)
        if key:
            archived = bool(second % 2)
            self.env[f"test_orm.{kind}"].browse(key).active = not archived
            (self.archived.add if archived else self.archived.discard)((kind, key))

    def set_and_undo(self, first, second, value):
        person = self.env["test_orm.person"].browse(self.persons)
        with self.env.cr.savepoint() as savepoint:
            person.write({"tag_ids": [Command.set(self.tags[: first % 3])]})
            savepoint.rollback()

    def delete_person(self, first, second, value):
        person = self.pick(self.persons, first)
        if person:
            self.env["test_orm.person"].browse(person).unlink()
            self.persons.remove(person)
            self.links = {(p, t) for p, t in self.links if p != person}

    def delete_tag(self, first, second, value):
        tag = self.pick(self.tags, first)
        if tag:
            self.env["test_orm.person"].browse(self.persons[:1]).tag_ids = [Command.delete(tag)]
            self.tags.remove(tag)
            self.links = {(p, t) for p, t in self.links if t != tag}

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        if value % 2:
            self.env.invalidate_all()
        else:
            self.env["test_orm.tag"].invalidate_model(["person_ids"])

    def search(self, first, second, value):
        tag = self.pick(self.tags, first)
        if tag:
            domain = [("tag_ids", "in", [tag]), ("id", "in", self.persons)]
            found = self.env["test_orm.person"].with_context(active_test=False).search(domain)
            assert set(found.ids) == {person for person, other in self.links if other == tag}

    def count(self, first, second, value):
        # a statement of somebody who knows nothing of pending rows
        self.env.cr.execute(
            "SELECT test_orm_person_id, test_orm_tag_id FROM test_orm_person_test_orm_tag_rel "
            "WHERE test_orm_tag_id = ANY(%s)",
            [self.tags],
        )
        assert set(self.env.cr.fetchall()) == self.links

    def check(self):
        self.check_values()
        self.count(0, 0, 0)
        self.env.invalidate_all()
        self.check_values()

    def check_values(self):
        shown = {(p, t) for p, t in self.links if ("tag", t) not in self.archived}
        for person in self.env["test_orm.person"].browse(self.persons):
            every = person.with_context(active_test=False)
            assert set(person.tag_ids.ids) == {tag for other, tag in shown if other == person.id}
            assert set(every.tag_ids.ids) == {tag for other, tag in self.links if other == person.id}
        shown = {(p, t) for p, t in self.links if ("person", p) not in self.archived}
        for tag in self.env["test_orm.tag"].browse(self.tags):
            every = tag.with_context(active_test=False)
            assert set(tag.person_ids.ids) == {person for person, other in shown if other == tag.id}
            assert set(every.person_ids.ids) == {person for person, other in self.links if other == tag.id}


class Clubs:
    """Members that belong to the club of their name unless they are put into another, some of them archived."""

    NAMES = ("chess", "golf", "nothing")

    def __init__(self, env):
        self.env = env
        self.Club, self.Member = env["test_orm.club"], env["test_orm.member"]
        self.every = self.Club.with_context(active_test=False)
        self.clubs = {club.id: club.name for club in self.Club.create([{"name": name} for name in self.NAMES[:2]])}
        self.members: dict = {}

    def pick(self, store, index):
        keys = list(store)
        return keys[index % len(keys)] if keys else None

    def club_of(self, name):
        return next((club for club, its_name in self.clubs.items() if its_name == name), None)

    def create(self, first, second, value):
        name, active = self.NAMES[first % 3], second % 4 > 0
        # the club that is given is not what is computed
        values = {"name": name, "active": active, "club_id": self.pick(self.clubs, value)}
        member = self.Member.create(values)
        self.members[member.id] = {"name": name, "active": active, "club": self.club_of(name)}

    def rename(self, first, second, value):
        member = self.pick(self.members, first)
        if member:
            name = self.NAMES[second % 3]
            self.Member.browse(member).name = name
            self.members[member].update(name=name, club=self.club_of(name))

    def rename_two(self, first, second, value):
        chosen = {self.pick(self.members, first), self.pick(self.members, second)} - {None}
        name = self.NAMES[value % 3]
        self.Member.browse(chosen).write({"name": name, "club_id": self.pick(self.clubs, value)})
        for member in chosen:
            self.members[member].update(name=name, club=self.club_of(name))

    def archive(self, first, second, value):
        member = self.pick(self.members, first)
        if member:
            self.Member.browse(member).active = self.members[member]["active"] = bool(second % 2)

    def put(self, first, second, value):
        member, club = self.pick(self.members, first), self.pick(self.clubs, second)
        if member:
            self.Member.browse(member).club_id = club
            self.members[member]["club"] = club

    def link(self, first, second, value):
        member, club = self.pick(self.members, first), self.pick(self.clubs, second)
        if member and club:
            self.Club.browse(club).write({"member_ids": [Command.link(member)]})
            self.members[member]["club"] = club

    def take_out(self, first, second, value):
        member = self.pick(self.members, first)
        if member and (club := self.members[member]["club"]):
            self.Club.browse(club).member_ids = [Command.unlink(member)]
            self.members[member]["club"] = None

    def replace(self, first, second, value):
        club = self.pick(self.clubs, first)
        if club:
            model = self.every if value % 2 else self.Club
            chosen = list(self.members)[: second % 4]
            model.browse(club).write({"member_ids": [Command.set(chosen)]})
            for values in self.members.values():
                if values["club"] == club and (values["active"] or value % 2):
                    values["club"] = None
            for member in chosen:
                self.members[member]["club"] = club

    def create_line(self, first, second, value):
        club = self.pick(self.clubs, first)
        if club:
            name = self.NAMES[second % 3]
            known = set(self.Member.with_context(active_test=False).search([]).ids)
            self.Club.browse(club).write({"member_ids": [Command.create({"name": name, "nick": "n"})]})
            [member] = set(self.Member.with_context(active_test=False).search([]).ids) - known
            self.members[member] = {"name": name, "active": True, "club": self.club_of(name)}

    def delete(self, first, second, value):
        member = self.pick(self.members, first)
        if member:
            club = self.members.pop(member)["club"]
            if club and value % 2:
                self.Club.browse(club).write({"member_ids": [Command.delete(member)]})
            else:
                self.Member.browse(member).unlink()

    def delete_club(self, first, second, value):
        club = self.pick(self.clubs, first)
        if club and value % 5 == 0:
            self.Club.browse(club).unlink()
            del self.clubs[club]
            for values in self.members.values():
                values["club"] = None if values["club"] == club else values["club"]

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        if value % 2:
            self.env.invalidate_all()
        else:
            self.Member.invalidate_model([("club_id", "name", "active")[first % 3]])

    def read_some(self, first, second, value):
        club = self.pick(self.clubs, first)
        if club:
            (self.every if second % 2 else self.Club).browse(club).member_ids.mapped("nick")
            if value % 2:
                self.Club.browse(club).mapped(("size", "label")[value % 3 % 2])

    def search(self, first, second, value):
        member = self.pick(self.members, first)
        if member:
            found = self.Club.search([("member_ids", "in", [member])])
            assert found.ids == [club for club in (self.members[member]["club"],) if club]

    def check(self):
        self.check_values()
        self.env.invalidate_all()
        self.check_values()

    def check_values(self):
        for club in self.Club.browse(self.clubs):
            every = {member for member, values in self.members.items() if values["club"] == club.id}
            shown = {member for member in every if self.members[member]["active"]}
            assert club.size == len(shown)
            assert set(club.member_ids.ids) == shown
            assert set(self.every.browse(club.id).member_ids.ids) == every
            assert club.label == ",".join(member.nick or "" for member in club.member_ids)
        for member in self.Member.browse(self.members):
            assert member.club_id.id == (self.members[member.id]["club"] or False)


@settings(SETTINGS, max_examples=EXAMPLES * 3 // 5)
@given(steps=operations(Lines))
def test_lines(env, steps):
    run(Lines, env, [("create_person", 0, 0, 1), ("create_order", 3, 5, 1), *steps])


@settings(SETTINGS, max_examples=EXAMPLES * 2 // 5)
@given(steps=operations(Tree))
def test_tree(env, steps):
    run(Tree, env, [("create", 0, 0, 1), ("create", 0, 1, 2), *steps])


@settings(SETTINGS, max_examples=EXAMPLES * 2 // 5)
@given(steps=operations(Links))
def test_links(env, steps):
    run(Links, env, [("create_tag", 0, 0, 1), ("create_person", 0, 0, 2), ("create_tag", 0, 0, 2), *steps])


@settings(SETTINGS, max_examples=EXAMPLES * 2 // 5)
@given(steps=operations(Clubs))
def test_clubs(env, steps):
    run(Clubs, env, [("create", 0, 1, 0), ("create", 1, 1, 0), ("create", 2, 0, 0), *steps])
