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
