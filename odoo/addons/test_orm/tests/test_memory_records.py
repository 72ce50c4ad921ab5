"""Records in memory: the parents they delegate to, what ids and dicts stand for, and that they write nothing."""

from odoo import Command
from odoo.models import NewId
from odoo.tests import TransactionCase


class TestMemoryParents(TransactionCase):
    """A record in memory delegates to a record in memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Parcel = cls.env["test_orm.parcel"]
        cls.parcel = cls.Parcel.create({"text": "stored", "weight": 3})

    def test_c14_new_record_makes_its_parent(self):
        new = self.Parcel.new({"text": "x"})
        self.assertTrue(new.cover_id)
        self.assertFalse(new.cover_id.id)
        self.assertEqual(new.cover_id.text, "x")
        self.assertEqual(new.shout, "X", "computed on the parent")
        self.assertEqual(new.cover_id.parcel_ids, new)

    def test_c14_parent_and_child_tell_the_same(self):
        new = self.Parcel.new({"text": "x"})
        new.text = "y"
        self.assertEqual((new.cover_id.text, new.shout), ("y", "Y"))
        new.cover_id.text = "z"
        self.assertEqual((new.text, new.shout), ("z", "Z"))

    def test_c14_assignment_before_anybody_saw_the_parent(self):
        new = self.Parcel.new()
        new.text = "y"
        self.assertEqual((new.cover_id.text, new.shout), ("y", "Y"))

    def test_c14_parent_of_two_levels(self):
        new = self.env["test_orm.bulk"].new({"body": "b", "address": "a"})
        self.assertEqual((new.mail_id.address, new.mail_id.body, new.mail_id.letter_id.body), ("a", "b", "b"))
        self.assertEqual(new.letter_id.body, "b")

    def test_c14_given_parent_id_is_an_origin(self):
        cover = self.parcel.cover_id
        new = self.Parcel.new({"cover_id": cover.id})
        self.assertIsInstance(new.cover_id.id, NewId)
        self.assertEqual(new.cover_id._origin, cover)
        self.assertEqual(new.text, "stored")
        new.text = "changed"
        self.env.flush_all()
        self.assertEqual(cover.text, "stored")

    def test_c14_origin_gives_its_parent(self):
        new = self.Parcel.new(origin=self.parcel)
        self.assertEqual(new.cover_id._origin, self.parcel.cover_id)
        new.text = "changed"
        self.assertEqual(new.shout, "CHANGED")
        self.assertEqual((self.parcel.text, self.parcel.shout), ("stored", "STORED"))

    def test_c14_onchange_computes_inherited_fields(self):
        value = self.Parcel.onchange({"text": "abc", "shout": False}, ["text"], {"text": {}, "shout": {}})["value"]
        self.assertEqual(value, {"shout": "ABC"})


class TestMemoryRelations(TransactionCase):
    """What relations of records in memory point to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sheet = cls.env["test_orm.sheet"]
        cls.Row = cls.env["test_orm.sheet.row"]
        cls.sheet = cls.Sheet.create({"name": "s", "row_ids": [Command.create({"name": "r", "qty": 2})]})
        cls.row = cls.sheet.row_ids

    def test_c14_dict_with_an_id_is_a_record_in_memory(self):
        new = self.Row.new({"sheet_id": {"name": "k", "id": self.sheet.id}})
        self.assertIsInstance(new.sheet_id.id, NewId)
        self.assertEqual(new.sheet_id._origin, self.sheet)
        self.assertEqual(new.sheet_id.name, "k")
        new.sheet_id.name = "yy"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.sheet.name, "s")

    def test_c14_onchange_writes_nothing_through_a_dict_with_an_id(self):
        def rename(row):
            row.sheet_id.name = "written"

        methods = {**self.Row._onchange_methods, "qty": [rename]}
        self.patch(type(self.Row), "_onchange_methods", methods)
        for values in ({"id": self.sheet.id}, {"id": self.sheet.id, "name": "sent"}):
            self.Row.onchange({"qty": 3, "sheet_id": values}, ["qty"], {"qty": {}, "sheet_id": {}})
            self.row.onchange({"qty": 3, "sheet_id": values}, ["qty"], {"qty": {}, "sheet_id": {}})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.sheet.name, "s")

    def test_c14_assigned_dict_writes_nothing(self):
        new = self.Row.new()
        new.sheet_id = {"id": self.sheet.id, "name": "k"}
        new.sheet_id.name = "yy"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.sheet.name, "s")

    def test_c14_dict_without_an_id(self):
        new = self.Row.new({"sheet_id": {"name": "k", "id": False}})
        self.assertEqual(new.sheet_id.name, "k")
        self.assertFalse(new.sheet_id._origin)

    def test_c14_mirror_of_a_row_stays_with_the_stored_sheet(self):
        new = self.Row.new(origin=self.row)
        new.qty = 5
        self.assertEqual(new.sheet_id, self.sheet)
        self.assertEqual(new.amount, 5)
        self.assertEqual(self.sheet.total, 2)

    def test_c14_web_read_of_new_records(self):
        mirror = self.Row.new(origin=self.row)
        [values] = mirror.web_read({"qty": {}})
        self.assertEqual(values["id"], NewId(self.row.id))
        self.assertIsInstance(values["id"], NewId)
        self.assertEqual(values["qty"], 2)
        [values] = self.Row.new({"qty": 1}).web_read({"qty": {}})
        self.assertIsInstance(values["id"], NewId)

    def test_c14_link_to_a_stored_record_takes_no_query(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            new = self.env["test_orm.person"].new({"tag_ids": [Command.link(tag.id)]})
        self.assertEqual(new.tag_ids._origin, tag)
        self.assertIn(new, new.tag_ids.person_ids, "the other side has it, as soon as somebody looks")
        self.assertFalse(tag.person_ids)

    def test_c14_conversion_to_write_ends(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        new = self.env["test_orm.person"].new({"name": "p", "tag_ids": [Command.create({"name": "u"})]})
        self.assertEqual(new.tag_ids.person_ids, new)
        values = new._convert_to_write(new._cache)
        self.assertEqual(values["tag_ids"][-1], (Command.CREATE, 0, {"name": "u", "active": True}))
        new = self.env["test_orm.person"].new({"name": "p", "tag_ids": [Command.link(tag.id)]})
        new.tag_ids.color = 3
        self.assertEqual(
            new._convert_to_write(new._cache)["tag_ids"],
            [Command.set([tag.id]), Command.update(tag.id, {"color": 3})],
        )

    def test_c14_write_of_a_record_in_memory_stays_in_memory(self):
        person = self.env["test_orm.person"].create({"name": "p", "email": "stored"})
        order = self.env["test_orm.order"].new({"person_id": person.id})
        order.write({"person_email": "memory"})
        mail = self.env["test_orm.mail"].create({"body": "b"})
        bulk = self.env["test_orm.bulk"].new({"answered_id": mail.id})
        bulk.write({"answered_tag_ids": [Command.create({"name": "t"})]})
        firm = self.env["test_orm.firm"].create({"name": "f", "place_ids": [Command.create({"name": "stored"})]})
        firm.new(origin=firm).write({"where": "memory"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(person.email, "stored")
        self.assertFalse(mail.tag_ids)
        self.assertEqual(firm.place_ids.name, "stored")

    def test_c14_write_of_an_inherited_field_reaches_the_parent_in_memory(self):
        new = self.env["test_orm.parcel"].new()
        new.write({"text": "t"})
        self.assertEqual((new.cover_id.text, new.shout), ("t", "T"))

    def test_f7_lines_may_be_sent_with_their_id(self):
        cells = [Command.create({"id": "virtual_2", "name": "c"})]
        rows = [Command.update(self.row.id, {"id": self.row.id, "qty": 7, "cell_ids": cells})]
        new = self.Sheet.new({"row_ids": rows}, origin=self.sheet)
        self.assertEqual((new.row_ids.qty, new.row_ids.cell_ids.name, new.total), (7, "c", 7))
        new = self.Sheet.new(origin=self.sheet)
        new.row_ids = [Command.update(self.row.id, {"id": self.row.id, "qty": 8})]
        self.assertEqual((new.row_ids.qty, new.total), (8, 8))
        new = self.Row.new({"id": "virtual_1", "qty": 3}, ref="virtual_1")
        self.assertEqual(new.id, NewId(ref="virtual_1"))
        values = {"id": self.sheet.id, "factor": 2, "row_ids": rows}
        spec = {"factor": {}, "total": {}, "row_ids": {"fields": {"qty": {}}}}
        self.assertEqual(self.sheet.onchange(values, ["factor"], spec)["value"]["total"], 14)

    def test_c14_mirror_keeps_its_rows_when_one_more_joins(self):
        self.env.invalidate_all()
        row = self.Row.new({"qty": 3, "sheet_id": {"id": self.sheet.id, "factor": 2}})
        self.assertEqual(row.sheet_id.row_ids, self.Row.browse((NewId(self.row.id), row.id)))
        self.assertEqual((row.amount, row.sheet_id.total), (6, 10))
        mirror = self.Sheet.new(origin=self.sheet)
        self.env.invalidate_all()
        row = self.Row.new({"qty": 3})
        row.sheet_id = mirror
        self.assertEqual(row.sheet_id.row_ids, self.Row.browse((NewId(self.row.id), row.id)))
        row = self.Row.new({"qty": 3})
        self.env.invalidate_all()
        row.sheet_id = mirror
        row.sheet_id = False
        self.assertEqual(mirror.row_ids._origin, self.row)
        self.assertNotIn(row, mirror.row_ids)
