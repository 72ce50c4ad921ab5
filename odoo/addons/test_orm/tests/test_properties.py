"""Properties written in the forms that the client sends; each test is named after its entry."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class TestGivenProperties(TransactionCase):
    """P5: values of properties that come with their definitions, or as the client shows them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Project, cls.Task = cls.env["test_orm.project"], cls.env["test_orm.task"]
        cls.tags = cls.env["test_orm.tag"].create([{"name": "p5 a"}, {"name": "p5 b"}])
        cls.definition = [
            {"name": "text", "string": "Text", "type": "char"},
            {"name": "tag", "string": "Tag", "type": "many2one", "comodel": "test_orm.tag"},
            {"name": "tags", "string": "Tags", "type": "many2many", "comodel": "test_orm.tag"},
        ]

    def _given(self, *values, **changes):
        """Return the definition with ``values``; the first item has ``changes``."""
        items = [{**item, "value": value} for item, value in zip(self.definition, values, strict=True)]
        return [{**items[0], **changes}, *items[1:]]

    def _check(self, task, text, tag, tags):
        self.env.flush_all()
        self.env.invalidate_all()
        properties = task.properties
        self.assertEqual(properties["text"], text)
        self.assertEqual(properties["tag"], tag.id)
        self.assertEqual(properties["tags"], tags.ids or False)

    def test_p5_create_with_definitions(self):
        project = self.Project.create({"name": "p"})
        task = self.Task.create(
            {
                "project_id": project.id,
                "properties": self._given("x", self.tags[0].id, self.tags.ids, definition_changed=True),
            }
        )
        self.assertEqual([item["name"] for item in project.task_properties], ["text", "tag", "tags"])
        self.assertFalse(any("value" in item or "definition_changed" in item for item in project.task_properties))
        self._check(task, "x", self.tags[0], self.tags)

    def test_p5_create_several_with_definitions(self):
        projects = self.Project.create([{}, {"task_properties": self.definition}])
        tasks = self.Task.create(
            [
                {
                    "project_id": projects[0].id,
                    "properties": self._given("x", False, False, definition_changed=True),
                },
                {"project_id": projects[1].id, "properties": self._given("y", self.tags[1].id, [])},
            ]
        )
        self.assertEqual(projects[0].task_properties, projects[1].task_properties)
        self._check(tasks[0], "x", self.tags.browse(), self.tags.browse())
        self._check(tasks[1], "y", self.tags[1], self.tags.browse())

    def test_p5_create_as_a_line_or_with_a_default(self):
        given = self._given("x", self.tags[0].id, self.tags.ids, definition_changed=True)
        project = self.Project.create({"task_ids": [Command.create({"properties": given})]})
        self._check(project.task_ids, "x", self.tags[0], self.tags)
        project = self.Project.create({})
        task = self.Task.with_context(default_project_id=project.id).create({"properties": given})
        self._check(task, "x", self.tags[0], self.tags)
        self.assertEqual(len(project.task_properties), 3)

    def test_p5_deleted_definition(self):
        project = self.Project.create({"task_properties": self.definition})
        given = self._given("x", self.tags[0].id, self.tags.ids, definition_deleted=True)
        for task in (
            self.Task.create({"project_id": project.id, "properties": given}),
            self.Task.create({"project_id": project.id}),
        ):
            task.properties = given
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual([item["name"] for item in project.task_properties], ["tag", "tags"])
            self.assertNotIn("text", task.properties)
            self.assertEqual(task.properties["tag"], self.tags[0].id)

    def test_p5_create_without_name(self):
        project = self.Project.create({})
        given = [{"string": "Text", "type": "char", "value": "x", "definition_changed": True}]
        tasks = self.Task.create({"project_id": project.id, "properties": given})
        tasks += self.Task.create({"project_id": project.id})
        tasks[1].properties = [{**project.task_properties[0], "value": "y"}]
        for task, value in zip(tasks, "xy", strict=True):
            self.env.invalidate_all()
            self.assertEqual(task.properties[project.task_properties[0]["name"]], value)

    def test_p5_without_a_parent(self):
        task = self.Task.create({"properties": self._given("x", self.tags[0].id, [], definition_changed=True)})
        self.env.invalidate_all()
        self.assertFalse(task.properties)

    def test_p5_pairs_as_values(self):
        project = self.Project.create({"task_properties": self.definition})
        pairs = [(tag.id, tag.display_name) for tag in self.tags]
        values = {"text": "x", "tag": pairs[0], "tags": pairs}
        as_lists = {"text": "x", "tag": list(pairs[0]), "tags": [list(pair) for pair in pairs]}
        for given in (values, as_lists, self._given("x", pairs[0], pairs), self._given(*as_lists.values())):
            with self.subTest(given=type(given)):
                task = self.Task.create({"project_id": project.id, "properties": given})
                self._check(task, "x", self.tags[0], self.tags)
                task = self.Task.create({"project_id": project.id})
                task.write({"properties": given})
                self._check(task, "x", self.tags[0], self.tags)
                domain = [("properties.tag", "=", self.tags[0].id), ("id", "=", task.id)]
                self.assertEqual(self.Task.search(domain), task)

    def test_p5_what_was_read_can_be_written(self):
        project = self.Project.create({"task_properties": self.definition})
        values = {"text": "x", "tag": self.tags[0].id, "tags": self.tags.ids}
        task = self.Task.create({"project_id": project.id, "properties": values})
        [data] = task.read(["properties"])
        copy = self.Task.create({"project_id": project.id, "properties": data["properties"]})
        self._check(copy, "x", self.tags[0], self.tags)

    def test_p5_parameters_of_another_type_are_dropped(self):
        extra = {"selection": [["a", "A"]], "tags": [["t", "T", 1]], "comodel": "test_orm.tag", "domain": "[]"}
        given = self._given("x", self.tags[0].id, [], definition_changed=True, **extra)
        for create in (True, False):
            with self.subTest(create=create):
                project = self.Project.create({"task_properties": self.definition[1:]})
                if create:
                    task = self.Task.create({"project_id": project.id, "properties": given})
                else:
                    task = self.Task.create({"project_id": project.id})
                    task.write({"properties": given})
                self.assertEqual(project.task_properties[0], self.definition[0])
                self.assertEqual(project.task_properties[1]["comodel"], "test_orm.tag")
                self._check(task, "x", self.tags[0], self.tags.browse())

    def test_p5_rights_on_the_parent(self):
        user = new_test_user(self.env, "p5_user", groups="base.group_user")
        project = self.Project.create({})
        self.env["ir.model.access"].search([("model_id.model", "=", "test_orm.project")]).perm_write = False
        given = self._given("x", False, [], definition_changed=True)
        with self.assertRaises(AccessError):
            self.Task.with_user(user).create({"project_id": project.id, "properties": given})
        self.assertFalse(project.task_properties)

    def test_p4_values_of_one_record_stay_its_own(self):
        project = self.Project.create({"task_properties": self.definition})
        tasks = self.Task.create(
            [{"project_id": project.id, "properties": {"text": text}} for text in ("first", "second")]
        )
        tasks.write({"properties": {"tag": self.tags[0].id}})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotEqual(tasks[1].properties["text"], "first")
        self.assertEqual([task.properties["tag"] for task in tasks], [self.tags[0].id] * 2)
