"""Records that are sources: UTM-6."""

from odoo.tests import TransactionCase, freeze_time


class TestSources(TransactionCase):
    def test_utm_6_sources_of_records(self):
        letters = self.env["test_utm_mixin.letter"]
        with freeze_time("2024-05-06 10:00:00"):
            short, long, lines, named = letters.create(
                [
                    {"subject": "Twenty-three letters..."},
                    {"subject": "Somewhat more than that fits"},
                    {"subject": "Two\nlines"},
                    {"subject": "Other", "name": "Mine"},
                ]
            )
        self.assertEqual(short.name, "Twenty-three letters... (Letter created on 2024-05-06)")
        self.assertEqual(long.name, "Somewhat more than t... (Letter created on 2024-05-06)")
        self.assertTrue(lines.name.startswith("Two lines ("))
        self.assertEqual((named.name, named.source_id.name), ("Mine", "Mine"))
        again = letters.create({"subject": "Other", "name": "Mine"})
        self.assertEqual(again.name, "Mine [2]")
        self.assertTrue(letters.create({}).source_id)
        source = self.env["utm.source"].create({"name": "Ready"})
        self.assertEqual(letters.create({"source_id": source.id}).name, "Ready")

    def test_utm_6_changes_and_copies(self):
        letters = self.env["test_utm_mixin.letter"]
        first, second = letters.create([{"subject": "A", "name": "First"}, {"subject": "B", "name": "Second"}])
        first.name = "Second"
        self.assertEqual(first.source_id.name, "Second [2]")
        first.name = "Second [2]"
        self.assertEqual(first.name, "Second [2]")
        first.subject = "New"
        self.assertTrue(first.name.startswith("New (Letter created on "))
        for values in ({"name": "X"}, {"subject": "X"}):
            with self.assertRaises(ValueError):
                (first | second).write(values)
        copy = second.copy()
        self.assertEqual((copy.name, copy.subject), ("Second [2]", "B"))
        self.assertNotEqual(copy.source_id, second.source_id)
        self.assertEqual(second.copy({"name": "Other"}).name, "Other")
