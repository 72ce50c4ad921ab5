"""Grouping and aggregates."""

from datetime import date, datetime

from odoo import Command
from odoo.tests import TransactionCase


class TestReadGroup(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Task = cls.env["test_orm.task"]
        cls.ann, cls.bob = cls.env["test_orm.person"].create([{"name": "Ann"}, {"name": "Bob"}])
        cls.new, cls.done, cls.never = cls.env["test_orm.stage"].create(
            [
                {"name": "New", "sequence": 1},
                {"name": "Done", "sequence": 2, "fold": True},
                {"name": "Never", "sequence": 3},
            ]
        )
        cls.tasks = cls.Task.create(
            [
                {
                    "name": "a",
                    "stage_id": cls.new.id,
                    "hours": 1,
                    "priority": "0",
                    "deadline": "2024-01-15",
                    "started": "2024-01-15 23:30:00",
                    "user_ids": [Command.set([cls.ann.id, cls.bob.id])],
                },
                {
                    "name": "b",
                    "stage_id": cls.new.id,
                    "hours": 2,
                    "priority": "1",
                    "deadline": "2024-01-20",
                    "started": "2024-01-16 10:00:00",
                    "user_ids": [Command.set([cls.ann.id])],
                },
                {
                    "name": "c",
                    "stage_id": cls.done.id,
                    "hours": 4,
                    "priority": "1",
                    "deadline": "2024-04-01",
                    "kind": "bug",
                },
                {"name": "d", "hours": 8},
            ]
        )
        cls.domain = [("id", "in", cls.tasks.ids)]

    def test_groups(self):
        groups = self.Task._read_group(self.domain, ["stage_id"], ["__count", "hours:sum"])
        self.assertEqual(groups, [(self.new, 2, 3.0), (self.done, 1, 4.0), (self.Task.stage_id, 1, 8.0)])

    def test_no_groupby(self):
        self.assertEqual(self.Task._read_group(self.domain, [], ["__count", "hours:sum"]), [(4, 15.0)])
        self.assertEqual(self.Task._read_group([("id", "=", -1)], [], ["__count", "hours:sum"]), [(0, False)])
        self.assertEqual(self.Task._read_group([("id", "=", -1)], ["stage_id"], ["__count"]), [])

    def test_aggregates(self):
        [row] = self.Task._read_group(
            self.domain,
            [],
            [
                "hours:sum",
                "hours:avg",
                "hours:min",
                "hours:max",
                "stage_id:count",
                "stage_id:count_distinct",
                "id:array_agg",
                "id:recordset",
                "stage_id:recordset",
                "deadline:min",
                "__count",
            ],
        )
        self.assertEqual(row[:6], (15.0, 3.75, 1.0, 8.0, 3, 2))
        self.assertEqual(sorted(row[6]), self.tasks.ids)
        self.assertEqual(row[7], self.tasks)
        self.assertEqual(row[8], self.new + self.done)
        self.assertEqual(row[9], date(2024, 1, 15))
        self.assertEqual(row[10], 4)

    def test_boolean_aggregates(self):
        Stage = self.env["test_orm.stage"]
        stages = self.new + self.done
        rows = Stage._read_group([("id", "in", stages.ids)], [], ["fold:bool_and", "fold:bool_or"])
        self.assertEqual(rows, [(False, True)])

    def test_several_groupbys(self):
        groups = self.Task._read_group(self.domain, ["stage_id", "priority"], ["__count"])
        self.assertEqual(groups[0], (self.new, "0", 1))
        self.assertEqual(len(groups), 4)

    def test_granularities(self):
        def groups(granularity):
            return self.Task._read_group(
                [*self.domain, ("deadline", "!=", False)], [f"deadline:{granularity}"], ["__count"]
            )

        self.assertEqual(groups("day"), [(date(2024, 1, 15), 1), (date(2024, 1, 20), 1), (date(2024, 4, 1), 1)])
        self.assertEqual(groups("month"), [(date(2024, 1, 1), 2), (date(2024, 4, 1), 1)])
        self.assertEqual(groups("quarter"), [(date(2024, 1, 1), 2), (date(2024, 4, 1), 1)])
        self.assertEqual(groups("year"), [(date(2024, 1, 1), 3)])
        self.assertEqual(sum(count for _week, count in groups("week")), 3)

    def test_hours(self):
        groups = self.Task._read_group([*self.domain, ("started", "!=", False)], ["started:hour"], ["__count"])
        self.assertEqual(groups, [(datetime(2024, 1, 15, 23), 1), (datetime(2024, 1, 16, 10), 1)])

    def test_number_parts(self):
        domain = [("id", "=", self.tasks[0].id)]
        for part, value in (
            ("year_number", 2024),
            ("quarter_number", 1),
            ("month_number", 1),
            ("iso_week_number", 3),
            ("day_of_year", 15),
            ("day_of_month", 15),
            ("day_of_week", 1),
        ):
            with self.subTest(part):
                self.assertEqual(self.Task._read_group(domain, [f"deadline:{part}"]), [(value,)])
        for part, value in (("hour_number", 23), ("minute_number", 30), ("second_number", 0)):
            with self.subTest(part):
                self.assertEqual(self.Task._read_group(domain, [f"started:{part}"]), [(value,)])

    def test_number_parts_in_read_group(self):
        groups = self.Task.read_group(self.domain, [], ["deadline:month_number"])
        self.assertEqual([group["deadline:month_number"] for group in groups], [1, 4, False])
        for group in groups:
            self.assertEqual(self.Task.search_count(group["__domain"]), group["deadline_count"])

    def test_time_zone(self):
        Task = self.Task.with_context(tz="Europe/Brussels")
        groups = Task._read_group([*self.domain, ("started", "!=", False)], ["started:day"], ["__count"])
        self.assertEqual(groups, [(datetime(2024, 1, 16), 2)])

    def test_many2many(self):
        groups = self.Task._read_group(self.domain, ["user_ids"], ["__count"])
        self.assertEqual(groups, [(self.ann, 2), (self.bob, 1), (self.ann.browse(), 2)])

    def test_boolean_groupby(self):
        groups = self.env["test_orm.stage"]._read_group(
            [("id", "in", (self.new + self.done).ids)], ["fold"], ["__count"]
        )
        self.assertEqual(groups, [(False, 1), (True, 1)])

    def test_order(self):
        groups = self.Task._read_group(self.domain, ["stage_id"], ["hours:sum"], order="hours:sum desc")
        self.assertEqual([row[1] for row in groups], [8.0, 4.0, 3.0])
        groups = self.Task._read_group(self.domain, ["priority"], ["__count"], order="__count desc, priority")
        self.assertEqual(groups[0], ("1", 2))

    def test_limit_and_offset(self):
        self.assertEqual(self.Task._read_group(self.domain, ["stage_id"], limit=1), [(self.new,)])
        self.assertEqual(self.Task._read_group(self.domain, ["stage_id"], limit=1, offset=1), [(self.done,)])

    def test_having(self):
        groups = self.Task._read_group(self.domain, ["stage_id"], ["__count"], having=[("__count", ">", 1)])
        self.assertEqual(groups, [(self.new, 2)])
        groups = self.Task._read_group(
            self.domain, ["stage_id"], ["hours:sum"], having=["|", ("hours:sum", "<", 4), ("hours:sum", ">", 7)]
        )
        self.assertEqual([row[1] for row in groups], [3.0, 8.0])

    def test_groups_are_prefetched_together(self):
        groups = self.Task._read_group(self.domain, ["stage_id"])
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            for (stage,) in groups:
                stage.name

    def test_unknown(self):
        with self.assertRaisesRegex(ValueError, "no_such"):
            self.Task._read_group([], ["no_such"])
        with self.assertRaises(ValueError):
            self.Task._read_group([], [], ["hours:no_such"])
        with self.assertRaises(ValueError):
            self.Task._read_group([], ["deadline:no_such"])

    # the formatted groups of clients

    def test_read_group(self):
        groups = self.Task.read_group(self.domain, ["hours:sum"], ["priority"])
        found = {group["priority"]: (group["priority_count"], group["hours"]) for group in groups}
        self.assertEqual(found["1"], (2, 6.0))
        self.assertEqual(found["2"], (0, False), "group_expand adds what no record has")
        for group in groups:
            self.assertEqual(self.Task.search_count(group["__domain"]), group["priority_count"])

    def test_read_group_lazy(self):
        groups = self.Task.read_group(self.domain, ["hours"], ["stage_id", "priority"])
        self.assertEqual(groups[0]["stage_id"], (self.new.id, "New"))
        self.assertEqual(groups[0]["__context"], {"group_by": ["priority"]})
        self.assertEqual(groups[0]["stage_id_count"], 2)

    def test_read_group_not_lazy(self):
        groups = self.Task.read_group(self.domain, ["hours"], ["stage_id", "priority"], lazy=False)
        self.assertEqual([group["__count"] for group in groups], [1, 1, 1, 1])
        self.assertNotIn("__context", groups[0])

    def test_read_group_names(self):
        [group] = self.Task.read_group(self.domain, ["total:sum(hours)", "people:count_distinct(stage_id)"], [])
        self.assertEqual((group["total"], group["people"], group["__count"]), (15.0, 2, 4))

    def test_read_group_date(self):
        groups = self.Task.read_group(self.domain, [], ["deadline:month"])
        self.assertEqual(groups[0]["deadline:month"], "January 2024")
        self.assertEqual(groups[0]["__range"], {"deadline:month": {"from": "2024-01-01", "to": "2024-02-01"}})
        self.assertEqual(groups[0]["deadline_count"], 2)
        self.assertFalse(groups[-1]["deadline:month"])

    def test_read_group_default_granularity(self):
        groups = self.Task.read_group(self.domain, [], ["deadline"])
        self.assertEqual(groups[0]["deadline"], "January 2024")

    def test_read_group_limit_and_order(self):
        groups = self.Task.read_group(self.domain, ["hours"], ["name"], orderby="name desc", limit=2)
        self.assertEqual([group["name"] for group in groups], ["d", "c"])
        groups = self.Task.read_group(self.domain, ["hours"], ["name"], orderby="hours desc", offset=1, limit=1)
        self.assertEqual([group["name"] for group in groups], ["c"])

    def test_group_expand_of_records(self):
        groups = self.Task.read_group(self.domain, [], ["stage_id"])
        found = {group["stage_id"] and group["stage_id"][0]: group["stage_id_count"] for group in groups}
        self.assertEqual(found[self.never.id], 0)
        folded = {group["stage_id"][0]: group["__fold"] for group in groups if group["stage_id"]}
        self.assertEqual((folded[self.new.id], folded[self.done.id]), (False, True))

    def test_group_expand_of_method(self):
        groups = self.Task.read_group(self.domain, [], ["kind"])
        self.assertEqual({group["kind"] for group in groups}, {"bug", "idea", False})

    def test_default_aggregators(self):
        Value = self.env["test_orm.value"]
        Value.create([{"name": "g", "lines": 2, "rate": 1, "silent": 4}, {"name": "g", "lines": 4, "rate": 3}])
        [group] = Value.read_group([("name", "=", "g")], ["lines", "rate", "silent"], ["name"])
        self.assertEqual((group["lines"], group["rate"]), (3.0, 3.0))
        self.assertNotIn("silent", group)
        fields = Value.fields_get(["lines", "rate", "integer", "silent"], ["aggregator"])
        self.assertEqual(
            {name: field.get("aggregator") for name, field in fields.items()},
            {"lines": "avg", "rate": "max", "integer": "sum", "silent": None},
        )
        self.assertEqual(Value._fields["lines"].group_operator, "avg", "the older name of the parameter")

    def test_properties(self):
        project = self.env["test_orm.project"].create(
            {"task_properties": [{"name": "size", "type": "selection", "selection": [["s", "S"], ["l", "L"]]}]}
        )
        self.Task.create([{"project_id": project.id, "properties": {"size": size}} for size in ("s", "l", "s")])
        groups = self.Task._read_group([("project_id", "=", project.id)], ["properties.size"], ["__count"])
        self.assertEqual(dict(groups), {"s": 2, "l": 1})
