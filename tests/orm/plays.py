"""Random programs on many models and kinds of fields, and a record of all that they read: what to compare ways with."""

from datetime import date, datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import NewId

#: the models that programs make records of, in the order in which others refer to them
MODELS = (
    "test_orm.tag",
    "test_orm.person",
    "test_orm.label",
    "test_orm.item",
    "test_orm.order",
    "test_orm.order.line",
    "test_orm.category",
    "test_orm.campaign",
    "test_orm.source",
    "test_orm.counted",
    "test_orm.secured",
    "test_orm.value",
)
#: the others that programs make records of on the way
PARENTS = ("test_orm.message", "test_orm.posting")
#: how names of records begin, so that searches find some
TEXTS = ("red", "green", "a\tb\\n", "50%", "Ünder_score", "line\nbreak", "\\N", "ab" * 30)
DEFINITION = [
    {"name": "size", "type": "integer", "string": "Size"},
    {"name": "kind", "type": "selection", "string": "Kind", "selection": [["a", "A"], ["b", "B"]]},
]
#: fields whose values programs do not make up: unique ones, and pictures
LEFT_OUT = frozenset(
    ("code", "posting_id", "message_id", "parent_path", "user_id", "company_id", "country_id", "picture")
)
#: fields to group by
GROUPS = {"test_orm.item": "label_ids", "test_orm.order": "state", "test_orm.person": "boss_id"}
#: dotted paths
PATHS = {
    "test_orm.order": "line_ids.tag_ids.name",
    "test_orm.order.line": "order_id.person_id.boss_id.name",
    "test_orm.item": "kid_ids.label_ids",
    "test_orm.person": "team_ids.tag_ids",
    "test_orm.category": "child_ids.child_ids.total",
    "test_orm.counted": "source_id.name",
    "test_orm.secured": "child_ids.line_ids",
}
#: columns of an export
COLUMNS = {
    "test_orm.order": [["name"], ["person_id", "name"], ["line_ids", "product"], ["line_ids", "subtotal"], [".id"]],
    "test_orm.item": [["name"], ["amount"], ["parent_id"], ["label_ids"], ["active"]],
}


def names_written(model) -> list:
    """Return the names of the fields that programs write on ``model``."""
    return [
        name
        for name, field in model._fields.items()
        if name not in LEFT_OUT
        and not (field.automatic or field.groups or name == "id" or field.readonly)
        and (field.store or field.inverse)
        and field.type not in ("properties_definition", "properties", "binary", "image", "one2many")
    ]


class Play:
    """One run of a program: the records that it made, and all that it saw."""

    def __init__(self, env, hidden=()):
        """Start with nothing.

        :param hidden: names of fields whose values do not matter
        """
        self.env = env
        self.hidden = hidden
        self.seen: list = []
        self.ids: dict = {name: [] for name in MODELS}
        self.user = env["res.users"].search([("login", "=", "player")])
        self.companies = env["res.company"].search([], order="id", limit=2)
        tables = [env[name]._table for name in (*MODELS, *PARENTS)]
        # every run gives the same ids
        env.cr.execute(
            "SELECT setval(name || '_id_seq', 100000) FROM unnest(%s) AS name",
            [tables],
        )

    # choosing

    @staticmethod
    def pick(keys, index):
        """Return one of ``keys`` by an arbitrary number, ``None`` when there are none."""
        keys = list(keys)
        return keys[index % len(keys)] if keys else None

    def model(self, index) -> str:
        """Return the name of a model that has records."""
        return self.pick([name for name in MODELS if self.ids[name]], index)

    def some(self, name, first, second) -> tuple:
        """Return the ids of some records of a model: one, some or all."""
        ids = self.ids[name]
        start, count = first % len(ids), (1, 1, 2, 5, len(ids))[second % 5]
        return tuple(ids[start : start + count])

    def eyes(self, index):
        """Return the environment of one of those who look: who, and in which language and company."""
        user, second = self.user, self.companies[1]
        return (
            self.env,
            self.env(user=user.id),
            self.env(context={"lang": "fr_FR"}),
            self.env(context={"allowed_company_ids": second.ids}),
            self.env(context={"active_test": False}),
            self.env,
            self.env(user=user.id, context={"lang": "fr_FR"}),
        )[index % 7]

    # values

    def value_of(self, field, number, ids=()):
        """Return a value to write on a field, the same for the same number.

        :param ids: the records that it is written on, which must not become their own ancestors
        """
        kind = field.type
        if kind in ("many2one", "many2many"):
            return self.relation_of(field, number, ids)
        if kind in ("char", "text"):
            text = f"{field.name[0]} {TEXTS[number % len(TEXTS)]}"
            return text if field.required or number % 5 else False
        if kind in ("date", "datetime"):
            day = date(2024, 1, 1) + timedelta(number)
            moment = datetime(2024, 1, 1, 12) + timedelta(hours=number)
            return (day if kind == "date" else moment) if number % 4 else False
        values = {
            "boolean": bool(number % 3),
            "integer": number,
            "many2one_reference": number,
            "float": number / 7,
            "monetary": number / 3,
            "html": f"<p>{TEXTS[number % len(TEXTS)]}</p>" if number % 4 else False,
            "json": {"a": [number, "b"]} if number % 3 else False,
        }
        if kind == "selection":
            return self.pick(field.get_values(self.env), number)
        if kind == "reference":
            person = self.pick(self.ids["test_orm.person"], number)
            return f"test_orm.person,{person}" if person else False
        return values[kind]

    def relation_of(self, field, number, ids):
        """Return the id of a record, or commands, for a many2one or many2many field."""
        known = self.ids.get(field.comodel_name, ())
        if field.comodel_name == "res.currency":
            known = self.env["res.currency"].search([("name", "in", ("EUR", "JPY"))], order="id").ids
        if field.comodel_name == field.model_name and ids:
            known = [id_ for id_ in known if id_ < min(ids)]
        if field.type == "many2one":
            return self.pick(known if field.required else [*known, False], number) or False
        chosen = [id_ for index, id_ in enumerate(known) if (number >> index % 5) & 1]
        if number % 3 == 0 or not ids:
            return [Command.set(chosen)]
        return [Command.link(id_) if index % 2 else Command.unlink(id_) for index, id_ in enumerate(chosen)]

    def values_of(self, name, number, count, ids=()) -> dict:
        """Return values for ``count`` of the fields of a model."""
        fields = self.env[name]._fields
        names = names_written(self.env[name])
        chosen = [names[(number * 7 + index * 5) % len(names)] for index in range(count)]
        required = [] if ids else [name for name in names if fields[name].required]
        if name == "test_orm.order.line" and not ids:
            required.append("order_id")
        return {
            name: self.value_of(fields[name], number + index, ids)
            for index, name in enumerate(dict.fromkeys((*required, *chosen)))
        }

    def note(self, *what):
        """Add to what was seen."""
        self.seen.append(tuple(map(plain, what)))

    def look(self, label, function):
        """Note what a call that reads gives: its result, or its error."""
        try:
            self.note(label, function())
        except (AccessError, UserError) as error:
            self.note(label, type(error).__name__, str(error))

    # operations

    def create(self, first, second, value):
        name = MODELS[first % len(MODELS)]
        if name == "test_orm.order.line" and not self.ids["test_orm.order"]:
            return
        count = (1, 1, 2, 4)[second % 4]
        model = self.pick((self.env, self.env, self.eyes(2), self.eyes(3)), value)[name]
        vals_list = [
            self.values_of(name, value + (index if second % 3 else 0), 1 + second % 6) for index in range(count)
        ]
        self.keep(model.create(vals_list))

    def create_many(self, first, second, value):
        name = MODELS[first % len(MODELS)]
        if name == "test_orm.order.line" and not self.ids["test_orm.order"]:
            return
        vals_list = [
            self.values_of(name, value + index, 3) if second % 2 else self.values_of(name, value, 3)
            for index in range(45)
        ]
        records = self.env[name].create(vals_list)
        self.note("many", records)
        self.keep(records[::15])

    def create_order(self, first, second, value):
        lines = [
            Command.create({"product": TEXTS[index], "quantity": value, "price": index}) for index in range(second % 4)
        ]
        person = self.pick(self.ids["test_orm.person"], first)
        self.keep(self.env["test_orm.order"].create({"person_id": person, "line_ids": lines}))

    def keep(self, records):
        """Remember records that were just made, and what they made on the way."""
        self.note("created", records)
        self.ids[records._name] += records._ids
        if records._name == "test_orm.order":
            self.ids["test_orm.order.line"] += records.line_ids._ids

    def write(self, first, second, value):
        name = self.model(first)
        ids = self.some(name, first // 2, second)
        self.pick((self.env, self.env, self.eyes(2), self.eyes(3)), value)[name].browse(ids).write(
            self.values_of(name, value, 1 + second % 4, ids)
        )

    def assign(self, first, second, value):
        name = self.model(first)
        ids = (self.pick(self.ids[name], second),)
        [(field, written)] = self.values_of(name, value, 1, ids).items()
        record = self.pick((self.env, self.env, self.eyes(2), self.eyes(1)), value)[name].browse(ids)
        if name == "test_orm.secured":
            record = record.sudo()
        record[field] = written

    def assign_all(self, first, second, value):
        name = self.model(first)
        ids = self.ids[name]
        [(field, _value)] = self.values_of(name, value, 1, ids).items()
        for index, record in enumerate(self.env[name].browse(ids)):
            record[field] = self.value_of(record._fields[field], value + index * second, ids)

    def lines(self, first, second, value):
        order = self.pick(self.ids["test_orm.order"], first)
        if order:
            record = self.env["test_orm.order"].browse(order)
            lines = record.line_ids
            commands = [Command.update(line.id, {"price": value + index}) for index, line in enumerate(lines)]
            commands += [Command.delete(lines[-1].id)] if lines and value % 3 == 0 else []
            commands += [Command.create({"product": "new", "quantity": second})] * (second % 3)
            record.write({"line_ids": commands})
            self.ids["test_orm.order.line"] = [
                id_ for id_ in self.ids["test_orm.order.line"] if id_ not in lines.ids
            ] + record.line_ids.ids

    def pay(self, first, second, value):
        items = self.env["test_orm.item"].browse(self.ids["test_orm.item"])
        items.write({"amount": value / 7})

    def links(self, first, second, value):
        tags = [Command.set(self.ids["test_orm.tag"][second % 3 :])]
        for person in self.env["test_orm.person"].browse(self.ids["test_orm.person"]):
            person.tag_ids = tags if value % 2 else [Command.clear(), *tags]

    def kids(self, first, second, value):
        parent = self.pick(self.ids["test_orm.item"], first)
        if parent:
            later = [id_ for id_ in self.ids["test_orm.item"] if id_ > parent][: second % 3]
            record = self.eyes(4 if value % 2 else 0)["test_orm.item"].browse(parent)
            record.kid_ids = [Command.set(later)] if value % 3 else [Command.link(id_) for id_ in later]

    def properties(self, first, second, value):
        ids = self.ids["test_orm.item"]
        if ids:
            parent = self.env["test_orm.item"].browse(self.pick(ids, first))
            parent.definition = DEFINITION
            parent.with_context(active_test=False).kid_ids.write({"properties": {"size": value, "kind": "b"}})

    def copy(self, first, second, value):
        name = self.model(first)
        if name not in ("test_orm.campaign", "test_orm.category"):
            self.keep(self.env[name].browse(self.some(name, second, value)).copy())

    def unlink(self, first, second, value):
        name = self.pick(("test_orm.tag", "test_orm.label", "test_orm.person", "test_orm.order.line"), first)
        ids = self.ids[name]
        if ids and value % 2:
            gone = self.pick(ids, second)
            self.env[name].browse(gone).unlink()
            ids.remove(gone)

    def read(self, first, second, value):
        name = self.model(first)
        records = self.eyes(value)[name].browse(self.some(name, first, second))
        names = list(self.env[name]._fields)[second % 3 :: 1 + value % 3]
        names = [field for field in names if not (self.env[name]._fields[field].groups or field in self.hidden)]
        self.look("read", lambda: records.read(names, load=None if value % 2 else "_classic_read"))

    def loop(self, first, second, value):
        name = self.model(first)
        records = self.eyes(value)[name].browse(self.ids[name])
        names = [field for field, info in self.env[name]._fields.items() if not (info.groups or field in self.hidden)]
        asked = [self.pick(names, second + index * 3) for index in range(3)]
        self.look("loop", lambda: [[record[field] for field in asked] for record in records])

    def mapped(self, first, second, value):
        name = self.pick([name for name in PATHS if self.ids[name]], first)
        if name:
            records = self.eyes(value)[name].browse(self.some(name, first, second))
            self.look("mapped", lambda: records.mapped(PATHS[name]))
            self.look("named", lambda: records.mapped("display_name"))

    def search(self, first, second, value):
        name = self.model(first)
        model, fields = self.eyes(value)[name], self.env[name]._fields
        field = self.pick([field for field in names_written(model) if fields[field].store], second)
        domain = [("id", "in", self.ids[name])]
        found = self.value_of(fields[field], value)
        if fields[field].type == "many2many":
            domain.append((field, "in", found[0][2]) if value % 2 else (field, "=", False))
        elif fields[field].type in ("char", "text") and value % 2:
            domain.append((field, "ilike", TEXTS[value % len(TEXTS)]))
        elif fields[field].type != "json":
            domain.append((field, self.pick(("=", "!=", ">=", "<", "in"), value), found))
            if domain[1][1] == "in":
                domain[1] = (field, "in", [found, False])
        if any(operator in (">=", "<") and fields[field].relational for _name, operator, _value in domain[1:]):
            domain.pop()
        order = f"{field} desc, id" if fields[field].column_type and fields[field].type != "json" else "id"
        for _time in range(1 + value % 2):
            self.look("search", lambda: model.search(domain, order=order, limit=second or None))
        self.look("filter", lambda: model.browse(self.ids[name]).sudo().filtered_domain(domain))
        self.look("search_read", lambda: model.search_read(domain, ["display_name", field], order=order))
        self.look("count", lambda: model.search_count(domain))

    def web(self, first, second, value):
        name = self.model(first)
        model = self.eyes(value)[name]
        spec: dict = {"display_name": {}}
        for field, info in self.env[name]._fields.items():
            if not (info.groups or field in self.hidden or info.type in ("binary", "properties_definition")):
                more = {} if info.type == "many2one" and value % 2 == 0 else {"create_date": {}}
                spec[field] = {"fields": {"display_name": {}, **more}} if info.relational else {}
        domain = [("id", "in", self.ids[name])]
        self.look("web", lambda: model.web_search_read(domain, spec, limit=2 + second, offset=value % 2, order="id"))

    def choose(self, first, second, value):
        name = self.model(first)
        records = self.eyes(value)[name].browse(self.ids[name])
        names = [field for field in names_written(records) if records._fields[field].type not in ("json", "many2many")]
        field = self.pick(names, second)
        self.look("filtered", lambda: records.filtered(field))
        if not records._fields[field].relational:
            self.look("sorted", lambda: records.sorted(field, reverse=bool(value % 2)))
        self.look("grouped", lambda: [*records.grouped(field).values()])
        self.look("ordered", lambda: records.sorted())

    def named(self, first, second, value):
        name = self.model(first)
        text = self.pick((TEXTS[second % len(TEXTS)], "", "ab"), value)
        self.look("names", lambda: self.eyes(value)[name].name_search(text, [("id", "in", self.ids[name])]))

    def group(self, first, second, value):
        name = self.pick([name for name in GROUPS if self.ids[name]], first)
        if name:
            model, domain = self.eyes(value)[name], [("id", "in", self.ids[name])]
            self.look("group", lambda: model.read_group(domain, ["id:max"], [GROUPS[name]]))
            self.look("groups", lambda: model.web_read_group(domain, ["id:max"], [GROUPS[name]], limit=1 + value % 3))

    def tree(self, first, second, value):
        ids = self.ids["test_orm.category"]
        if ids:
            model = self.eyes(value)["test_orm.category"]
            for operator in ("child_of", "parent_of"):
                domain = [("id", operator, self.pick(ids, second)), ("id", "in", ids)]
                self.look("tree", lambda domain=domain: model.search(domain))
                self.look("tree", lambda domain=domain: model.browse(ids).filtered_domain(domain))

    def rename(self, first, second, value):
        names = ("test_orm.person", "test_orm.source", "test_orm.tag")
        name = self.pick([name for name in names if self.ids[name]], first)
        if name:
            record = self.env[name].browse(self.pick(self.ids[name], second))
            record.name = f"renamed {value}"
            if name == "test_orm.source":
                record.factor = value

    def export(self, first, second, value):
        name = self.pick([name for name in COLUMNS if self.ids[name]], first)
        if name:
            records = self.env[name].browse(self.some(name, first, second))
            self.look("export", lambda: records._export_rows(COLUMNS[name]))

    def draft(self, first, second, value):
        name = self.pick([name for name in ("test_orm.item", "test_orm.order") if self.ids[name]], first)
        if name:
            record = self.env[name].browse(self.pick(self.ids[name], second))
            draft = self.env[name].new(origin=record)
            for field, written in self.values_of(name, value, 3, record._ids).items():
                draft[field] = written
            names = [
                field for field, info in record._fields.items() if not (info.type == "binary" or field in self.hidden)
            ]
            self.note("draft", [draft[field] for field in names])
            # drafts end with the request
            self.env.invalidate_all()

    def flush(self, first, second, value):
        self.env.flush_all()

    def invalidate(self, first, second, value):
        if value % 2:
            self.env.invalidate_all()
        else:
            self.env[self.model(first)].invalidate_model()

    # the end

    def check(self):
        """Note all the values: as they are remembered, as they are stored, and as they are read anew."""
        remembered = self.values(0)
        for index in range(1, 5):
            self.seen.append(("remembered", *self.values(index).items()))
        self.named_and_read()
        self.env.flush_all()
        self.env.cache.check(self.env)
        self.note("stored", self.rows())
        self.env.invalidate_all()
        read = self.values(0)
        self.seen.append(("read", *read.items()))
        for name, field in read:
            before, after = remembered[name, field], read[name, field]
            if self.env[name]._fields[field].type in ("one2many", "many2many"):
                # lines are remembered in the order in which they came
                before, after = list(map(_unordered, before)), list(map(_unordered, after))
            assert before == after, (name, field)

    def named_and_read(self):
        """Note what clients see of all the records."""
        for name, ids in self.ids.items():
            records = self.env[name].browse(ids)
            names = [field for field, info in records._fields.items() if info.type == "many2one" or info.related]
            self.note("read", records.read([field for field in names if field not in self.hidden]))
            self.note("names", records.name_search("re", [("id", "in", ids)]))
            if "name" in records._fields:
                self.note("sorted", records.sorted("name"))
        secured = self.eyes(1)["test_orm.secured"]
        self.look("rules", lambda: secured.search_read([], ["name", "child_ids"], order="id"))

    def values(self, index):
        """Return the values of all records for one of those who look."""
        env, found = self.eyes(index), {}
        for name, ids in self.ids.items():
            records = env[name].browse(ids)
            if not env.su:
                records = records._filtered_access("read")
            for field, info in records._fields.items():
                if not (info.groups or field in self.hidden):
                    found[name, field] = tuple(plain(record[field]) for record in records)
        return found

    def rows(self):
        """Return the content of the tables."""
        found = {}
        for name in MODELS:
            model = self.env[name]
            self.env.cr.execute(f'SELECT t.* FROM "{model._table}" t WHERE id = ANY(%s) ORDER BY id', [self.ids[name]])
            rows = self.env.cr.dictfetchall()
            found[name] = [{key: value for key, value in row.items() if key not in self.hidden} for row in rows]
            for field in model._fields.values():
                if field.type == "many2many" and field.store:
                    self.env.cr.execute(f'SELECT r.* FROM "{field.relation}" r ORDER BY 1, 2')
                    found[field.relation] = self.env.cr.fetchall()
        return found


def plain(value):
    """Return a value in a form that outlives the transaction and can be compared."""
    if hasattr(value, "_ids"):
        return value._name, tuple(map(plain, value._ids))
    if isinstance(value, NewId):
        return "new", value.origin
    if isinstance(value, dict):
        # the database has an order of keys of its own
        return tuple(sorted((plain(key), plain(item)) for key, item in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(map(plain, value))
    if isinstance(value, memoryview):
        return bytes(value)
    # 1, 1.0 and True are not the same value
    return type(value).__name__, repr(value)


def without_order(value):
    """Return the plain form of a value with the ids in it sorted."""
    if not isinstance(value, tuple):
        return value
    if value and all(isinstance(item, tuple) and item[:1] == ("int",) for item in value):
        return tuple(sorted(value))
    return tuple(map(without_order, value))


def _unordered(related):
    """Return the plain form of records without their order."""
    name, ids = related
    return name, sorted(ids)
