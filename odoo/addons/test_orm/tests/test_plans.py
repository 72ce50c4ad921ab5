"""What is worked out once about a model: that it is honest about overrides and patches, and how long it is kept."""

import itertools
from functools import wraps
from unittest.mock import call, patch

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.orm.plans.model_plans import plans_of
from odoo.tests import TransactionCase


class TestHonestPlans(TransactionCase):
    """Whoever replaces a method has it called, even where the shorter way was taken before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.boss = cls.Person.create({"name": "boss", "age": 50})
        cls.person = cls.Person.create({"name": "p", "age": 1, "boss_id": cls.boss.id})
        cls.user = cls.env["res.users"].create({"name": "u", "login": "user of plans"})

    def watch(self, owner, name, answer=None):
        """Wrap a method of a class until the test is over; return the list that its calls are noted in."""
        replaced = getattr(owner, name)
        calls = []

        @wraps(replaced)
        def method(records, *args, **kwargs):
            calls.append(args)
            return answer(replaced(records, *args, **kwargs)) if answer else replaced(records, *args, **kwargs)

        self.startPatcher(patch.object(owner, name, method))
        return calls

    def test_write_of_the_base_class(self):
        self.person.age = 2
        calls = self.watch(models.BaseModel, "write")
        self.person.age = 3
        self.assertEqual(calls, [({"age": 3},)])

    def test_write_of_the_class_that_has_it(self):
        self.person.age = 2
        [owner] = [klass for klass in models.BaseModel.__mro__ if "write" in klass.__dict__]
        calls = self.watch(owner, "write")
        self.person.age = 3
        self.assertEqual(calls, [({"age": 3},)])

    def test_write_of_the_definition(self):
        self.person.age = 2
        definition = next(klass for klass in type(self.person).__mro__ if klass.__name__ == "Person")
        calls = []

        def write(records, vals):
            calls.append(vals)
            return super(definition, records).write(vals)

        with patch.object(definition, "write", write, create=True):
            self.person.age = 3
        self.person.age = 4
        self.assertEqual(calls, [{"age": 3}])

    def test_write_of_an_inherited_model(self):
        """A patch of a parent model holds for the models that inherit from it."""
        self.person.age = 2
        calls = self.watch(type(self.env["base"]), "write")
        self.person.age = 3
        self.assertEqual(calls, [({"age": 3},)])

    def test_attribute_of_the_registry_class(self):
        """Addons put methods on registry classes without any tool, and take them off again."""
        self.person.age = 2
        calls = []
        model_class = type(self.person)

        def write(records, vals):
            calls.append(vals)
            return super(model_class, records).write(vals)

        model_class.write = write
        try:
            self.person.age = 3
        finally:
            del model_class.write
        self.person.age = 4
        self.assertEqual(calls, [{"age": 3}])

    def test_write_of_a_kind_of_fields(self):
        self.person.age = 2
        self.person.write({"age": 3, "code": "c"})
        with patch.object(fields.Field, "write") as write:
            self.person.age = 4
            self.person.write({"age": 5})
        self.assertEqual(write.call_args_list, [call(self.person, 4), call(self.person, 5)])
        calls = self.watch(fields.Integer, "_change")
        self.person.age = 6
        self.person.write({"age": 7, "code": "d"})
        self.assertEqual(calls, [(self.person, 6), (self.person, 7)])
        self.assertEqual(self.person.age, 7)

    def test_modified(self):
        self.person.write({"age": 2, "name": "q"})
        calls = self.watch(type(self.person), "modified")
        self.person.write({"age": 3, "name": "r"})
        self.assertIn((["age", "name"],), calls)
        self.Person.create({"name": "s"})
        self.assertTrue(any("boss_id" in args[0] for args in calls))

    def test_check_access(self):
        """A check of access counts wherever it is defined, not only in addons."""
        person = self.person.with_user(self.user)
        person.invalidate_recordset()
        self.assertEqual(person.name, "p")

        def _check_access(records, operation):
            return records, lambda: AccessError(f"{operation}: no")

        self.patch(type(person), "_check_access", _check_access)
        person.invalidate_recordset()
        with self.assertRaisesRegex(AccessError, "read: no"):
            person.fetch(["name"])

    def test_search_of_a_related_model(self):
        """A search that was compiled with another model's conditions asks that model again."""
        domain = [("boss_id.age", "=", 50)]
        searched = self.Person.search(domain)
        self.assertEqual(searched, self.person)
        self.assertEqual(self.Person.search(domain), self.person)
        calls = self.watch(type(self.Person), "_search")
        self.Person.search(domain)
        self.assertEqual(len(calls), 2)

    def test_order_field(self):
        order = "age desc"
        self.Person.search([], order=order)
        calls = self.watch(type(self.Person), "_order_field_to_sql")
        self.Person.search([], order=order)
        self.assertEqual(len(calls), 1)

    def test_default_get(self):
        Labelled = self.env["test_orm.labelled"]
        self.assertFalse(Labelled.create({"label": "a"}).is_folded)
        self.watch(type(Labelled), "default_get", lambda defaults: {**defaults, "is_folded": True})
        self.assertTrue(Labelled.create({"label": "a"}).is_folded)

    def test_name_get(self):
        self.assertEqual(self.Person.name_search("p", operator="="), [(self.person.id, "p")])
        self.env.invalidate_all()
        self.watch(type(self.Person), "name_get", lambda pairs: [(id_, f"<{name}>") for id_, name in pairs])
        self.assertEqual(self.Person.name_search("p", operator="="), [(self.person.id, "<p>")])

    def test_display_name(self):
        self.assertEqual(self.Person.name_search("p", operator="="), [(self.person.id, "p")])
        self.env.invalidate_all()

        def _compute_display_name(records):
            for record in records:
                record.display_name = f"<{record.name}>"

        self.patch(type(self.Person), "_compute_display_name", _compute_display_name)
        self.assertEqual(self.Person.name_search("p", operator="="), [(self.person.id, "<p>")])

    def test_name_field(self):
        self.assertEqual(self.Person.name_search("boss", operator="="), [(self.boss.id, "boss")])
        self.env.invalidate_all()
        self.patch(type(self.Person), "_rec_name", "age")
        self.assertEqual(self.Person.name_search("boss", operator="="), [(self.boss.id, "50")])

    def test_constraint_added(self):
        """A constraint that is put on a class counts from then on."""
        self.person.write({"age": 4})

        @api.constrains("age")
        def _check_age(records):
            if any(record.age > 100 for record in records):
                raise ValidationError("too old")

        with patch.object(type(self.person), "_check_age_of_test", _check_age, create=True):
            with self.assertRaisesRegex(ValidationError, "too old"):
                self.person.write({"age": 101})
            with self.assertRaisesRegex(ValidationError, "too old"):
                self.person.age = 102
        self.person.write({"age": 103})

    def test_onchange_and_ondelete_added(self):
        @api.onchange("age")
        def _onchange_age(records):
            records.name = "changed"

        @api.ondelete(at_uninstall=False)
        def _unlink_except_boss(records):
            raise ValidationError("stays")

        model_class = type(self.person)
        self.assertNotIn("age", self.person._onchange_methods)
        with patch.object(model_class, "_onchange_age", _onchange_age, create=True):
            self.assertEqual(self.person._onchange_methods["age"], [_onchange_age])
        with (
            patch.object(model_class, "_unlink_except_boss", _unlink_except_boss, create=True),
            self.assertRaisesRegex(ValidationError, "stays"),
        ):
            self.person.unlink()
        self.assertNotIn("age", self.person._onchange_methods)
        self.person.unlink()


class TestKeptPlans(TransactionCase):
    """Callers choose what they read, write and search: each choice is remembered, up to a limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Person = cls.env["test_orm.person"]
        cls.person = cls.Person.create({"name": "p", "code": "c"})

    def test_many_choices_leave_other_plans_alone(self):
        person, plans = self.person, plans_of(self.Person)
        person.write({"age": 1})
        kept = person._constraint_methods, person._ondelete_methods, person._onchange_methods
        names = ["name", "age", "email", "code", "active", "birthday", "boss_id"]
        for number, chosen in enumerate(itertools.islice(itertools.permutations(names), 1500)):
            self.env.invalidate_all()
            [values] = person.read(chosen, load=None)
            del values["id"]
            person.write(values)
            self.Person.search([("name", "=", f"value {number}")], order=", ".join(chosen), limit=1)
        self.assertIs(person._constraint_methods, kept[0])
        self.assertIs(person._ondelete_methods, kept[1])
        self.assertIs(person._onchange_methods, kept[2])
        self.assertIs(plans_of(self.Person), plans)
        for choices in (plans.writes, plans.fetches, plans.orders, plans.searches):
            self.assertLessEqual(len(choices), choices.capacity)

    def test_long_texts_are_not_kept(self):
        self.assertFalse(self.Person.search([("name", "=", "p" * 300)]))
        self.assertEqual(self.Person.search([("id", "=", self.person.id), ("name", "=", "p")]), self.person)
