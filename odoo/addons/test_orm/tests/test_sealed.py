"""Values that are worked out whatever is given for them; each test names its entry."""

from odoo.tests import TransactionCase


class TestGivenValues(TransactionCase):
    """C1: a value that is given does not keep a field from being computed, unless the field may be edited."""

    COMPUTED = ("sealed", "early")
    EDITABLE = ("editable", "early_editable", "inverted")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sealed = cls.env["test_orm.sealed"]

    def _check(self, record, **values):
        for _time in range(2):
            self.assertEqual({name: record[name] for name in values}, values)
            self.env.flush_all()
            self.env.invalidate_all()

    def _given(self, *names):
        return dict.fromkeys(names, "given")

    def test_c1_create(self):
        record = self.Sealed.create({"source": "s", **self._given(*self.COMPUTED, *self.EDITABLE)})
        self._check(record, **dict.fromkeys(self.COMPUTED, "from s"), **self._given(*self.EDITABLE))

    def test_c1_create_without_what_it_depends_on(self):
        record = self.Sealed.create(self._given(*self.COMPUTED, *self.EDITABLE))
        self._check(record, **dict.fromkeys(self.COMPUTED, "from False"), **self._given(*self.EDITABLE))

    def test_c1_create_in_a_batch(self):
        records = self.Sealed.create([{"source": str(index), "sealed": "given"} for index in range(3)])
        self.assertEqual(records.mapped("sealed"), ["from 0", "from 1", "from 2"])

    def test_c1_defaults_of_the_context(self):
        context = {f"default_{name}": "given" for name in (*self.COMPUTED, *self.EDITABLE)}
        record = self.Sealed.with_context(**context).create({"source": "s"})
        self._check(record, **dict.fromkeys(self.COMPUTED, "from s"), **self._given(*self.EDITABLE))

    def test_c1_write_with_what_it_depends_on(self):
        record = self.Sealed.create({"source": "s"})
        record.write({"source": "t", **self._given(*self.COMPUTED, *self.EDITABLE)})
        self._check(record, **dict.fromkeys(self.COMPUTED, "from t"), **self._given(*self.EDITABLE))
        record.write({**self._given(*self.COMPUTED, *self.EDITABLE), "source": "u"})
        self._check(record, **dict.fromkeys(self.COMPUTED, "from u"), **self._given(*self.EDITABLE))

    def test_c1_write_alone(self):
        record = self.Sealed.create({"source": "s"})
        record.write(self._given(*self.COMPUTED, *self.EDITABLE))
        self._check(record, **self._given(*self.COMPUTED, *self.EDITABLE))
        record.source = "t"
        self._check(record, **dict.fromkeys((*self.COMPUTED, *self.EDITABLE), "from t"))

    def test_c1_assigned_alone(self):
        record = self.Sealed.create({"source": "s"})
        record.sealed = "assigned"
        self._check(record, sealed="assigned")

    def test_c1_written_fields_that_an_inverse_assigns(self):
        """A plain field of the same write is no computed one: what depends on it follows the inverse method."""
        record = self.Sealed.create({"source": "s"})
        record.write({"log": "plain", "inverted": "i"})
        self._check(record, log="inverse of i", copied="inverse of i")


class TestStoredPaths(TransactionCase):
    """C3: what depends on the path of a record in its tree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Floor = cls.env["test_orm.floor"]
        cls.root, cls.other = cls.Floor.create([{"name": "root"}, {"name": "other"}])
        cls.branch = cls.Floor.create({"name": "branch", "parent_id": cls.root.id})
        cls.leaves = cls.Floor.create([{"name": "leaf", "parent_id": cls.branch.id} for _index in range(2)])
        cls.env.flush_all()

    def _check(self, floors, depth):
        for _time in range(2):
            self.assertEqual(floors.mapped("depth"), [depth] * len(floors))
            self.assertEqual(floors.mapped("stored_depth"), [depth] * len(floors))
            for floor in floors:
                self.assertEqual(floor.parent_path, f"{floor.parent_id.parent_path or ''}{floor.id}/")
            self.env.flush_all()
            self.env.invalidate_all()

    def test_c3_created(self):
        self._check(self.root, 0)
        self._check(self.branch, 1)
        self._check(self.leaves, 2)
        leaf = self.Floor.create({"parent_id": self.leaves[0].id})
        self._check(leaf, 3)

    def test_c3_moved(self):
        everything = self.Floor.search([])
        everything.mapped("depth")
        self.branch.parent_id = self.other
        self._check(self.branch, 1)
        self.branch.write({"parent_id": False})
        self._check(self.branch, 0)
        self._check(self.leaves, 1)
        self.root.parent_id = self.leaves[1]
        self._check(self.root, 2)

    def test_c3_several_moved(self):
        """Records that are moved together may be above each other."""
        self.assertEqual((self.branch + self.leaves).mapped("depth"), [1, 2, 2])
        (self.branch + self.leaves[0]).parent_id = self.other
        self._check(self.branch + self.leaves[0], 1)
        self._check(self.leaves[1], 2)
        self.assertEqual(self.leaves[1].parent_path, f"{self.other.id}/{self.branch.id}/{self.leaves[1].id}/")

    def test_c3_queries(self):
        self.Floor.search([]).mapped("depth")
        self.Floor.search([]).mapped("parent_id.name")
        # the record, and the paths below it
        with self.assertQueryCount(2):
            self.branch.parent_id = self.other
        with self.assertQueryCount(1):
            self.assertEqual(self.leaves.mapped("depth"), [2, 2])
            self.env.flush_all()
