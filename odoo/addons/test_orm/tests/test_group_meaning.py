"""Groups: by what is at the end of a path, in which order, and what their domains find."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase


class GroupCase(TransactionCase):
    """Two parents with tags, dates and states, whose kids are grouped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Item = cls.env["test_orm.search.item"]
        cls.tags = cls.env["test_orm.search.tag"].create([{"name": "z"}, {"name": "a"}])
        cls.z_one, cls.a_two = cls.parents = cls.Item.create(
            [
                {
                    "name": "z_one",
                    "number": 1,
                    "day": "2023-02-05",
                    "state": "a",
                    "tag_ids": [Command.set(cls.tags.ids)],
                },
                {"name": "a_two", "number": 5, "day": "2023-04-20", "tag_ids": [Command.set(cls.tags[:1].ids)]},
            ]
        )
        cls.kids = cls.Item.create(
            [
                {"name": "k1", "number": 1, "parent_id": cls.z_one.id},
                {"name": "k2", "number": 2, "parent_id": cls.z_one.id},
                {"name": "k3", "number": 4, "parent_id": cls.a_two.id},
                {"name": "k4", "number": 8},
            ]
        )
        cls.grandkid = cls.Item.create({"name": "g", "number": 16, "parent_id": cls.kids[0].id})
        cls.within = [("id", "in", cls.kids.ids)]
        cls.user = cls.env.ref("base.user_admin")

    def assert_found(self, groups, count_name):
        """Check that the domains of groups find as many records as the groups count."""
        for group in groups:
            self.assertEqual(self.Item.search_count(group["__domain"]), group[count_name], group)

    def rule(self, model, domain):
        """Make a rule for everybody."""
        self.env["ir.rule"].create(
            {"name": "rule", "model_id": self.env["ir.model"]._get_id(model), "domain_force": domain}
        )


class TestRelatedGroups(GroupCase):
    def test_r1_fields_get(self):
        for model, groupable, other in (
            (
                self.Item.with_user(self.user),
                ["name", "parent_name", "parent_day", "parent_tag_ids", "grand_id", "grand_name"],
                ["shown_name", "kid_name", "twin_name", "kid_ids"],
            ),
            (self.Item, ["shown_name"], ["kid_name", "twin_name"]),
            (
                self.env["test_orm.search.mail"].with_user(self.user),
                ["name", "parent_name", "parent_tag_ids", "tag_ids"],
                ["shown_name", "kid_name", "twin_name", "kid_ids"],
            ),
        ):
            described = model.fields_get([*groupable, *other], ["groupable"])
            self.assertEqual({name for name in described if described[name]["groupable"]}, set(groupable))
        described = self.Item.fields_get(["parent_number", "twin_day"], ["aggregator"])
        self.assertEqual(described, {"parent_number": {"aggregator": "sum"}, "twin_day": {}})

    def test_r1_groups(self):
        Item = self.Item.with_user(self.user)
        for spec, expected in (
            ("parent_name", [("a_two", 1), ("z_one", 2), (False, 1)]),
            ("parent_state", [("a", 2), (False, 2)]),
            ("parent_number", [(1, 2), (5, 1), (False, 1)]),
            ("parent_day:month_number", [(2, 2), (4, 1), (False, 1)]),
        ):
            with self.subTest(spec):
                groups = Item._read_group(self.within, [spec], ["__count"])
                self.assertEqual([(value or False, count) for value, count in groups], expected)
                groups = Item.read_group(self.within, [], [spec])
                self.assertEqual(len(groups), len(expected))
                self.assert_found(groups, f"{spec.split(':')[0]}_count")
        groups = Item._read_group(self.within, ["parent_tag_ids"], ["__count"])
        self.assertEqual(groups, [(self.tags[0], 3), (self.tags[1], 2), (self.tags.browse(), 1)])
        self.assert_found(Item.read_group(self.within, [], ["parent_tag_ids"]), "parent_tag_ids_count")
        self.assert_found(Item.read_group(self.within, [], ["parent_day"]), "parent_day_count")

    def test_r1_paths_of_related_fields(self):
        domain = [("id", "in", (self.kids + self.grandkid).ids)]
        for spec, value in (("grand_id", self.z_one), ("grand_name", "z_one")):
            groups = self.Item._read_group(domain, [spec], ["__count"])
            self.assertEqual([(group or False, count) for group, count in groups], [(value, 1), (False, 4)])
        self.assertEqual(self.Item._read_group(domain, ["grand_id"], order="grand_id desc")[1][0], self.z_one)

    def test_r1_aggregates_and_order(self):
        Item = self.Item.with_user(self.user)
        rows = Item._read_group(
            self.within, ["parent_state"], ["parent_number:sum", "parent_name:max"], order="parent_number:sum"
        )
        self.assertEqual(rows, [("a", 2, "z_one"), (False, 5, "a_two")])
        rows = Item._read_group(self.within, [], ["parent_id:recordset", "grand_id:recordset", "parent_day:min"])
        self.assertEqual(rows, [(self.parents, self.Item, self.z_one.day)])
        [group] = Item.read_group(self.within, ["parent_number", "high:max(parent_number)"], [])
        self.assertEqual((group["parent_number"], group["high"]), (7, 5))
        groups = Item.read_group(self.within, ["parent_number"], ["parent_name"], orderby="parent_number desc", limit=2)
        self.assertEqual(len(groups), 2)
        self.assertEqual(
            Item._read_group(self.within, ["parent_id"], ["parent_number:max"], having=[("parent_number:max", ">", 1)]),
            [(self.a_two, 5)],
        )

    def test_r1_with_the_rights_of_the_user(self):
        Item = self.Item.with_user(self.user)
        for model in (Item, self.env["test_orm.search.mail"].with_user(self.user)):
            with self.assertRaisesRegex(ValueError, "shown_name is not stored"):
                model._read_group([], ["shown_name"])
            with self.assertRaisesRegex(ValueError, "shown_name is not stored"):
                model._read_group([], [], ["shown_name:max"])
        self.assertEqual(len(self.Item._read_group(self.within, ["shown_name"])), 3, "the superuser may")
        for name in ("kid_name", "twin_name"):
            with self.assertRaisesRegex(ValueError, f"{name} is not stored"):
                self.Item._read_group([], [name])

    def test_r1_rules_of_what_is_joined(self):
        self.rule("test_orm.search.item", "[('name', '!=', 'z_one')]")
        self.rule("test_orm.search.tag", "[('name', '!=', 'z')]")
        Item = self.Item.with_user(self.user)
        self.assertEqual(
            Item._read_group(self.within, ["parent_name"], ["__count"]), [("a_two", 1), ("z_one", 2), (False, 1)]
        )
        groups = Item._read_group(self.within, ["parent_tag_ids"], ["__count"])
        self.assertEqual(groups, [(self.tags[1], 2), (self.tags.browse(), 2)])
        for group in Item.read_group(self.within, [], ["parent_tag_ids"]):
            self.assertEqual(Item.search_count(group["__domain"]), group["parent_tag_ids_count"])

    def test_r1_groups_of_the_field(self):
        self.patch(self.Item._fields["parent_name"], "groups", "base.group_no_one")
        plain = self.env["res.users"].with_context(no_reset_password=True).create({"name": "p", "login": "plain"})
        with self.assertRaises(AccessError):
            self.Item.with_user(plain)._read_group([], ["parent_name"])

    def test_r1_inherited(self):
        mails = self.env["test_orm.search.mail"].create([{"item_id": kid.id} for kid in self.kids])
        Mail = mails.browse().with_user(self.user)
        domain = [("id", "in", mails.ids), ("parent_id.name", "!=", False)]
        self.assertEqual(Mail._read_group(domain, ["parent_name"], ["__count"]), [("a_two", 1), ("z_one", 2)])
        self.assertEqual(Mail._read_group(domain, ["parent_tag_ids"], ["__count"])[0], (self.tags[0], 3))
        self.kids[0].tag_ids = self.tags
        self.assertEqual(Mail._read_group(domain, ["tag_ids"], ["__count"])[0], (self.tags[0], 1))
        self.assertEqual(
            Mail._read_group(domain, ["parent_id"], ["name:max"]), [(self.z_one, "k2"), (self.a_two, "k3")]
        )

    def test_r1_progress_bar(self):
        bar = {"field": "parent_state", "colors": {"a": "success", "b": "danger"}}
        self.assertEqual(
            self.Item.read_progress_bar(self.within, "parent_id", bar), {str(self.z_one.id): {"a": 2, "b": 0}}
        )


class TestGroupDomains(GroupCase):
    def test_r2_the_domain_of_the_caller_comes_first(self):
        term, group = ("id", "in", self.kids.ids), ("number", "=", 1)
        groups = self.Item.read_group([term], [], ["number"])
        self.assertEqual(groups[0]["__domain"], ["&", term, group])
        groups = self.Item.read_group([term], [], ["number", "state"], lazy=False)
        self.assertEqual(groups[0]["__domain"], ["&", "&", term, group, ("state", "=", False)])
        groups = self.Item.read_group([term, ("name", "!=", "x")], [], ["number"])
        self.assertEqual(groups[0]["__domain"], ["&", "&", term, ("name", "!=", "x"), group])
        term = ("id", "in", self.parents.ids)
        period = ["&", ("day", ">=", "2023-02-01"), ("day", "<", "2023-03-01")]
        groups = self.Item.read_group([term], [], ["day"])
        self.assertEqual(groups[0]["__domain"], ["&", term, *period])
        groups = self.Item.read_group([term], [], ["day:month", "state"], lazy=False)
        self.assertEqual(groups[0]["__domain"], ["&", "&", term, *period, ("state", "=", "a")])
        groups = self.Item.read_group([group], [], ["number", "number"], lazy=False)
        self.assertEqual(groups[0]["__domain"], ["&", "&", group, group, group])
        self.assertEqual(self.Item.read_group([], [], ["number"])[0]["__domain"][-1], ("number", "=", 1))

    def test_r3_group_without_links(self):
        self.rule("test_orm.search.tag", "[('name', '!=', 'z')]")
        items = self.parents + self.kids[:1]
        Item, domain = self.Item.with_user(self.user), [("id", "in", items.ids)]
        groups = Item.read_group(domain, [], ["tag_ids"])
        self.assertEqual([group["tag_ids_count"] for group in groups], [1, 2])
        self.assertEqual(groups[1]["__domain"], ["&", *domain, ("tag_ids", "not in", self.tags[1].ids)])
        self.assertEqual(Item.search(groups[1]["__domain"]), self.a_two + self.kids[0])
        groups = Item.read_group([("id", "in", self.a_two.ids)], [], ["tag_ids"])
        self.assertEqual([Item.search(group["__domain"]) for group in groups], [self.a_two])
        groups = Item.read_group(domain, [], ["state", "tag_ids"], lazy=False)
        self.assert_found(groups, "__count")

    def test_r3_on_a_page_of_the_groups(self):
        domain = [("id", "in", (self.parents + self.kids).ids)]
        pages = [self.Item.read_group(domain, [], ["tag_ids"], limit=1, offset=offset)[0] for offset in range(3)]
        self.assertEqual([page["tag_ids_count"] for page in pages], [2, 1, 4])
        self.assert_found(pages, "tag_ids_count")


class TestGroupValues(GroupCase):
    def test_r4_aggregates_of_later_groups(self):
        groups = self.Item.read_group(self.within, ["number", "name:max"], ["parent_id", "number"])
        self.assertEqual([group["number"] for group in groups], [4, 3, 8])
        self.assertEqual(groups[0]["__context"], {"group_by": ["number"]})
        groups = self.Item.read_group(self.within, ["number"], ["number"])
        self.assertEqual([group["number"] for group in groups], [1, 2, 4, 8])

    def test_r5_no_fields(self):
        for fields in ([], ["__count"]):
            [group] = self.Item.read_group(self.within, fields, ["active"])
            self.assertEqual(set(group), {"active", "active_count", "__domain"})

    def test_r6_group_by_id(self):
        groups = self.Item.web_read_group(self.within, ["__count"], ["id"])["groups"]
        self.assertEqual([group["id"] for group in groups], [(kid.id, kid.name) for kid in self.kids])
        self.assertEqual(groups[0]["__domain"], ["&", *self.within, ("id", "=", self.kids[0].id)])

    def test_r7_order_of_records(self):
        domain = [*self.within, ("parent_id", "!=", False)]
        with self.assertQueryCount(1):
            self.assertEqual(self.Item._read_group(domain, ["parent_id"]), [(self.z_one,), (self.a_two,)])
        self.assertEqual(
            self.Item._read_group(domain, ["parent_id"], order="parent_id"), [(self.a_two,), (self.z_one,)]
        )
        names = [group["parent_id"][1] for group in self.Item.read_group(domain, [], ["parent_id"])]
        self.assertEqual(names, ["a_two", "z_one"])

    def test_r8_fill_temporal_without_options(self):
        Item, domain = self.Item.with_context(fill_temporal={}), [("id", "in", self.parents.ids)]
        groups = Item.read_group(domain, [], ["day:month"])
        self.assertEqual([group["day_count"] for group in groups], [1, 0, 1])
        groups = Item.with_context(fill_temporal=False).read_group(domain, [], ["day:month"])
        self.assertEqual([group["day_count"] for group in groups], [1, 1])

    def test_r10_links_are_not_aggregated(self):
        for function in ("array_agg", "count_distinct", "count", "max"):
            with self.assertRaisesRegex(ValueError, "tag_ids, a many2many"):
                self.Item._read_group([], [], [f"tag_ids:{function}"])
        self.assertEqual(self.Item._read_group([("id", "=", self.z_one.id)], [], ["tag_ids:recordset"]), [(self.tags,)])
