"""Grouping by properties, and what properties cost; tests are named after their entries."""

from odoo.addons.web.controllers.export_groups import GroupsTree
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .test_property_definitions import PropertyCase


class TestPropertyGroups(PropertyCase):
    """P12: groups find what they count."""

    def setUp(self):
        super().setUp()
        self.domain = [("id", ">", self.Line.create({}).id)]

    def create(self, name, *values):
        """Create lines with the given values of one property, and two without any properties."""
        lines = self.Line.create([{"head_id": self.head.id, "props": {name: value}} for value in values])
        return lines + self.Line.create([{}, {}])

    def groups(self, spec, **kwargs):
        """Return ``[(value, count)]``, after checking that each domain finds the records that are counted."""
        self.env.flush_all()
        groups = self.Line.read_group(self.domain, [], [spec], **kwargs)
        for group in groups:
            self.assertEqual(self.Line.search_count(group["__domain"]), group[f"{spec.split(':')[0]}_count"], group)
        return [(group[spec], group[f"{spec.split(':')[0]}_count"]) for group in groups]

    def own_domains(self, spec):
        """Return the domains of the groups without that of the search."""
        groups = self.Line.read_group([], [], [spec])
        return {str(group[spec]): group["__domain"] for group in groups}

    def test_p12_values(self):
        a, b = self.tags[:2].ids
        self.create("one", a, b, a, False)
        self.assertEqual(self.groups("props.one"), [((a, "tag a"), 2), ((b, "tag b"), 1), (False, 3)])
        self.domain = [("id", ">", max(self.Line.search([]).ids))]
        self.create("many", [a], [a, b], [b, b], False)
        self.assertEqual(self.groups("props.many"), [((a, "tag a"), 2), ((b, "tag b"), 2), (False, 3)])
        self.domain = [("id", ">", max(self.Line.search([]).ids))]
        self.create("labels", ["g"], ["r", "g"], False)
        self.assertEqual(self.groups("props.labels"), [(["g", "Green", 2], 2), (["r", "Red", 1], 1), (False, 3)])
        self.domain = [("id", ">", max(self.Line.search([]).ids))]
        self.create("pick", "y", "x", "y", False)
        self.assertEqual(self.groups("props.pick"), [("x", 1), ("y", 2), (False, 3)])

    def test_p12_plain_values(self):
        cases = {
            "flag": ([True, False, True], [(False, 3), (True, 2)]),
            "number": ([0, 2, False, 2], [(0, 1), (2, 2), (False, 3)]),
            "ratio": ([0, 2.5, False], [(0.0, 1), (2.5, 1), (False, 3)]),
            "text": (["b", "", "a", "b"], [("a", 1), ("b", 2), (False, 3)]),
        }
        for name, (values, expected) in cases.items():
            with self.subTest(name=name):
                self.domain = [("id", ">", max(self.Line.search([]).ids))]
                self.create(name, *values)
                self.assertEqual(self.groups(f"props.{name}"), expected)

    def test_p12_periods(self):
        self.create("day", "2024-02-03", "2024-02-28", "2024-03-01", False)
        self.assertEqual(self.groups("props.day"), [("February 2024", 2), ("March 2024", 1), (False, 3)])
        self.assertEqual(self.groups("props.day:year"), [("2024", 3), (False, 3)])
        self.domain = [("id", ">", max(self.Line.search([]).ids))]
        self.create("moment", "2024-02-03 23:30:00", "2024-03-01 00:00:00")
        self.assertEqual(self.groups("props.moment:day"), [("03 Feb 2024", 1), ("01 Mar 2024", 1), (False, 2)])
        self.Line = self.Line.with_context(tz="Asia/Tokyo")
        self.assertEqual(self.groups("props.moment:day"), [("04 Feb 2024", 1), ("01 Mar 2024", 1), (False, 2)])

    def test_p12_domains(self):
        a, b = self.tags[:2].ids
        self.Line.search([]).unlink()
        self.create("many", [a], [b])
        self.assertEqual(
            self.own_domains("props.many"),
            {
                f"({a}, 'tag a')": [("props.many", "in", a)],
                f"({b}, 'tag b')": [("props.many", "in", b)],
                "False": [
                    "|",
                    ("props.many", "=", False),
                    "&",
                    ("props.many", "not in", a),
                    ("props.many", "not in", b),
                ],
            },
        )
        self.create("one", a)
        self.assertEqual(
            self.own_domains("props.one"),
            {
                f"({a}, 'tag a')": [("props.one", "=", a)],
                "False": ["|", ("props.one", "=", False), ("props.one", "not in", [a])],
            },
        )
        self.create("pick", "x")
        self.assertEqual(
            self.own_domains("props.pick"),
            {
                "x": [("props.pick", "=", "x")],
                "False": ["|", ("props.pick", "=", False), ("props.pick", "not in", ["x", "y"])],
            },
        )

    def test_p12_values_that_are_gone(self):
        a, b, c = self.tags.ids
        self.create("one", a, c, c)
        self.create("many", [a, c], [c], [b, c])
        self.create("pick", "x", "y", "y")
        self.create("labels", ["r", "g"], ["g"])
        self.tags[2].unlink()
        for item in (definition := self.head.defn):
            if item["name"] in ("pick", "labels"):
                item[item["type"]] = item[item["type"]][:1]
        self.head.defn = definition
        self.assertEqual(self.groups("props.one"), [((a, "tag a"), 1), (False, 18)])
        self.assertEqual(self.groups("props.many"), [((a, "tag a"), 1), ((b, "tag b"), 1), (False, 17)])
        self.assertEqual(self.groups("props.pick"), [("x", 1), (False, 18)])
        self.assertEqual(self.groups("props.labels"), [(["r", "Red", 1], 1), (False, 18)])
        # a page without the other groups
        self.assertEqual(self.groups("props.one", offset=1, limit=1), [(False, 18)])
        self.assertEqual(self.groups("props.many", offset=2, limit=1), [(False, 17)])
        self.tags[:2].unlink()
        self.assertEqual(self.groups("props.one"), [(False, 19)])
        self.assertEqual(self.groups("props.many"), [(False, 19)])

    def test_p12_properties_of_other_heads(self):
        self.create("one", self.tags[0].id)
        other = self.Head.create(
            {
                "defn": [
                    {"name": "one", "type": "char"},
                    {"name": "day", "type": "char"},
                    {"name": "number", "type": "char"},
                    {"name": "many", "type": "char"},
                    {"name": "labels", "type": "many2many", "comodel": "test_orm.tag"},
                ]
            }
        )
        values = {"one": "x", "day": "2024-02-31", "number": "x", "many": "m", "labels": self.tags.ids}
        self.Line.create({"head_id": other.id, "props": values})
        self.assertEqual(self.groups("props.one"), [((self.tags[0].id, "tag a"), 1), (False, 3)])
        for name in ("many", "labels"):
            self.assertEqual(self.groups(f"props.{name}"), [(False, 4)])
        for name in ("day", "number"):
            # the count is right, and what is no value of the type does not harm
            [group] = self.Line.read_group(self.domain, [], [f"props.{name}"])
            self.assertEqual(group[f"props.{name}_count"], 4)

    def test_p12_several_levels(self):
        a, b = self.tags[:2].ids
        self.Line.create(
            [
                {"head_id": self.head.id, "props": {"one": one, "pick": pick}}
                for one, pick in ((a, "x"), (a, "y"), (b, "x"))
            ]
        )
        self.env.flush_all()
        groups = self.Line.read_group(self.domain, [], ["props.one", "props.pick"], lazy=False)
        self.assertEqual(len(groups), 3)
        for group in groups:
            self.assertEqual(self.Line.search_count(group["__domain"]), group["__count"])

    def test_p12_wrong_groups(self):
        self.create("number", 1)
        self.env.flush_all()
        for spec in ("props", "props.a b", "props.a.b", "props.é", "props.x'", "props.day:wrong", "props.number:wrong"):
            with self.subTest(spec=spec), self.assertRaises(ValueError), self.assertQueryCount(0):
                self.Line.read_group([], [], [spec])
        for aggregate in ("props.number:sum", "props.number:array_agg"):
            with self.subTest(aggregate=aggregate), self.assertRaises(ValueError), self.assertQueryCount(0):
                self.Line._read_group([], ["props.number"], [aggregate])
        with self.assertRaises(ValueError), self.assertQueryCount(1):
            # the definition tells that it is no date
            self.Line.read_group([], [], ["props.number:month"])
        with self.assertRaises(UserError):
            self.Line.read_group([], [], ["props.unknown"])

    def test_p12_the_model_is_gone_or_transient(self):
        self.create("one", self.tags[0].id)
        self.env.flush_all()
        for model in ("test_orm.property.wizard", "test_orm.gone", "base"):
            self.env.cr.execute(
                "UPDATE test_orm_property_head SET defn = regexp_replace(defn::text, "
                '\'"comodel": "[^"]*"\', %s, \'g\')::jsonb',
                [f'"comodel": "{model}"'],
            )
            self.env.invalidate_all()
            for spec in ("props.one", "props.many"):
                with self.subTest(model=model, spec=spec), self.assertRaises(UserError):
                    self.Line.read_group([], [], [spec])

    def test_p12_names_are_read_for_the_user(self):
        rule = {"name": "r", "model_id": self.env["ir.model"]._get_id("test_orm.tag")}
        self.env["ir.rule"].create({**rule, "domain_force": f"[('id', '!=', {self.tags[0].id})]"})
        user = new_test_user(self.env, "p12_user", groups="base.group_user")
        a, b = self.tags[:2].ids
        self.create("one", a, b)
        self.Line = self.Line.with_user(user)
        self.assertEqual(self.groups("props.one"), [((a, None), 1), ((b, "tag b"), 1), (False, 2)])
        # what comes from outside is not believed
        self.Line = self.Line.with_context(__property_groups={"definitions": {"props.one": {"type": "char"}}})
        self.assertEqual(len(self.groups("props.one")), 3)
        self.env["ir.model.access"].search([("model_id.model", "=", "test_orm.property.head")]).unlink()
        with self.assertRaises(AccessError):
            self.groups("props.one")

    def test_p12_groups_of_exports(self):
        tags = self.tags[:2]
        tags.name = "same"
        self.create("one", tags[0].id, tags[1].id)
        self.create("labels", ["r"])
        for spec, expected in (
            ("props.one", {"same": 2, "Undefined": 5}),
            ("props.labels", {"Red": 1, "Undefined": 6}),
        ):
            groups = self.Line.read_group(self.domain, ["__count"], [spec], lazy=False)
            tree = GroupsTree(self.Line, ["name"], [spec])
            tree.insert(self.Line, groups, ["properties"])
            self.assertEqual({title: child.count for title, child in tree.children.items()}, expected)


class TestPropertyQueries(PropertyCase):
    """P13: how many queries properties take."""

    def test_p13_create(self):
        # what users have for defaults is looked up once
        self.Line.create({"head_id": self.head.id})
        vals = {"head_id": self.head.id, "props": {"text": "t", "many": self.tags.ids}}
        with self.assertQueryCount(1):
            self.Line.create([vals, vals, vals])
            self.env.flush_all()
        with self.assertQueryCount(1):
            self.Line.create([{"head_id": self.head.id}] * 3)
            self.env.flush_all()

    def test_p13_access(self):
        lines = self.Line.create([{"head_id": self.head.id, "props": {"one": self.tags[0].id}}] * 3)
        self.reload()
        with self.assertQueryCount(1):
            for line in lines:
                self.assertEqual(line.props["one"], self.tags[0].id)

    def test_p13_read(self):
        lines = self.Line.create([{"head_id": self.head.id, "props": {"one": id_}} for id_ in self.tags.ids])
        self.reload()
        # the values, their heads, the definition, the names
        with self.assertQueryCount(4):
            lines.read(["props"])
        with self.assertQueryCount(0):
            lines.read(["props"])

    def test_p13_group(self):
        a, b, c = self.tags.ids
        values = [{"many": [a, b, c], "one": c, "text": "t"}, {"many": [c], "one": a}, {"many": [b], "labels": ["r"]}]
        self.Line.create([{"head_id": self.head.id, "props": vals} for vals in values])
        for names, queries in ((("text", "number", "pick", "labels", "day"), 2), (("one", "many"), 3)):
            for name in names:
                self.reload()
                with self.subTest(name=name), self.assertQueryCount(queries):
                    self.Line.read_group([], [], [f"props.{name}"])
        self.tags[2].unlink()
        for name in ("one", "many"):
            self.reload()
            with self.subTest(name=name), self.assertQueryCount(3):
                self.Line.read_group([], [], [f"props.{name}"])

    def test_p13_another_head(self):
        lines = self.Line.create([{"head_id": self.head.id, "props": {"text": "t"}}] * 3)
        other = self.Head.create({"defn": self.definition})
        self.reload()
        self.assertTrue(other.defn)
        lines.mapped("name")
        # the values, and the update of all of them
        with self.assertQueryCount(2):
            lines.head_id = other
            self.env.flush_all()
