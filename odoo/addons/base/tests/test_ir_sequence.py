from datetime import date

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time


class TestSequence(TransactionCase):
    def sequence(self, **values):
        return self.env["ir.sequence"].create({"name": "A sequence", "code": "test.numbers", **values})

    def test_standard(self):
        sequence = self.sequence(prefix="N/", padding=3, suffix="/x")
        self.assertEqual([sequence.next_by_id() for _i in range(2)], ["N/001/x", "N/002/x"])
        self.assertEqual(self.env["ir.sequence"].next_by_code("test.numbers"), "N/003/x")
        self.assertEqual(sequence.number_next_actual, 4)

    def test_no_gap(self):
        sequence = self.sequence(implementation="no_gap", number_increment=10)
        self.assertEqual([sequence.next_by_id() for _i in range(3)], ["1", "11", "21"])
        self.assertEqual(sequence.number_next, 31)

    def test_restart(self):
        sequence = self.sequence()
        sequence.next_by_id()
        sequence.number_next_actual = 40
        self.assertEqual(sequence.next_by_id(), "40")
        sequence.number_increment = 5
        sequence.next_by_id()
        self.assertEqual(int(sequence.next_by_id()) % 5, int(sequence.number_next_actual) % 5)

    def test_change_of_implementation(self):
        sequence = self.sequence()
        sequence.next_by_id()
        sequence.implementation = "no_gap"
        self.assertEqual(sequence.next_by_id(), "2")
        sequence.implementation = "standard"
        self.assertEqual(sequence.next_by_id(), "3")

    def test_unknown_code(self):
        self.assertIs(self.env["ir.sequence"].next_by_code("no.such.code"), False)

    def test_company_comes_first(self):
        self.sequence(prefix="shared-", company_id=False)
        self.sequence(prefix="own-")
        self.assertEqual(self.env["ir.sequence"].next_by_code("test.numbers"), "own-1")

    @freeze_time("2024-02-29 10:00:00")
    def test_directives(self):
        sequence = self.sequence(prefix="%(year)s-%(month)s-%(day)s/%(y)s/", suffix="%(doy)s")
        self.assertEqual(sequence.next_by_id(), "2024-02-29/24/1060")
        self.assertEqual(sequence.next_by_id(sequence_date=date(2023, 1, 1))[:4], "2024")
        sequence.prefix = "%(nothing)s"
        with self.assertRaises(UserError):
            sequence.next_by_id()

    def test_periods(self):
        sequence = self.sequence(use_date_range=True, prefix="%(range_year)s/")
        self.assertEqual(sequence.next_by_id(sequence_date="2023-05-05"), "2023/1")
        self.assertEqual(sequence.next_by_id(sequence_date="2024-05-05"), "2024/1")
        self.assertEqual(sequence.next_by_id(sequence_date="2023-12-31"), "2023/2")
        self.assertEqual(
            sorted(period.date_from for period in sequence.date_range_ids), [date(2023, 1, 1), date(2024, 1, 1)]
        )
        sequence.date_range_ids[0].number_next_actual = 77
        year = sequence.date_range_ids[0].date_from.year
        self.assertEqual(sequence.next_by_id(sequence_date=f"{year}-02-02"), f"{year}/77")

    def test_new_period_ends_where_others_begin(self):
        sequence = self.sequence(use_date_range=True)
        given = [("2023-02-01", "2023-02-28"), ("2023-09-01", "2023-09-30"), ("2023-11-01", "2024-01-31")]
        for date_from, date_to in given:
            self.env["ir.sequence.date_range"].create(
                {"sequence_id": sequence.id, "date_from": date_from, "date_to": date_to}
            )
        sequence.next_by_id(sequence_date="2023-05-05")
        sequence.next_by_id(sequence_date="2024-05-05")
        added = sequence.date_range_ids.filtered(lambda period: period.number_next_actual == 2).sorted("date_from")
        self.assertEqual(
            [(period.date_from, period.date_to) for period in added],
            [(date(2023, 3, 1), date(2023, 8, 31)), (date(2024, 2, 1), date(2024, 12, 31))],
        )

    def test_step_is_not_zero(self):
        with self.assertRaises(UserError):
            self.sequence(number_increment=0)

    def test_delete(self):
        sequence = self.sequence(use_date_range=True)
        sequence.next_by_id()
        names = [sequence._pg_sequence, *(period._pg_sequence for period in sequence.date_range_ids)]
        sequence.unlink()
        self.env.cr.execute("SELECT COUNT(*) FROM pg_class WHERE relkind = 'S' AND relname = ANY(%s)", [names])
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_2_7_4_same_implementation_again(self):
        sequence = self.sequence(use_date_range=True, number_increment=3)
        sequence.next_by_id(sequence_date="2023-05-05")
        plain = self.sequence()
        plain.next_by_id()
        (sequence | plain).write({"implementation": "standard", "number_increment": 3})
        sequence.write({"implementation": "standard"})
        sequence.write({"number_increment": 3})
        self.assertEqual(sequence.next_by_id(sequence_date="2023-05-05"), "4")
        self.assertEqual(plain.next_by_id(), "4")

    def test_2_7_4_no_sequence(self):
        with self.assertRaises(ValueError):
            self.env["ir.sequence"].browse().next_by_id()
        self.assertEqual(self.sequence().next_by_id(), "1", "the transaction goes on")

    def test_2_7_4_mixed_implementations(self):
        standard, no_gap = self.sequence(), self.sequence(implementation="no_gap")
        for sequence in (standard, no_gap):
            sequence.next_by_id()
        for implementation in ("standard", "no_gap", "no_gap", "standard"):
            (standard | no_gap).write({"implementation": implementation})
        self.assertEqual([standard.next_by_id(), no_gap.next_by_id()], ["2", "2"])
        self.assertTrue(self.env["ir.sequence"].browse().write({"implementation": "standard", "number_next": 7}))
