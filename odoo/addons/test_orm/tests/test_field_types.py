"""Values of every type of field, and the helpers of the field classes."""

import base64
import io
from datetime import UTC, date, datetime

from markupsafe import Markup
from PIL import Image

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user


def picture(width, height):
    """Return a PNG of the given size, in base64."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class TestValues(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Value = cls.env["test_orm.value"]
        cls.record = cls.Value.create({})

    def _stored(self, name, value):
        """Assign, write and read back from the database; return the value."""
        self.record[name] = value
        assigned = self.record[name]
        self.env.invalidate_all()
        read = self.record[name]
        self.assertEqual(assigned, read, f"{name}: the cache differs from the database")
        created = self.Value.create({name: value})
        self.assertEqual(created[name], read, f"{name}: created differs from written")
        self.env.invalidate_all()
        self.assertEqual(created[name], read)
        return read

    def test_empty(self):
        for name, empty in (
            ("char_short", False),
            ("text", False),
            ("html", False),
            ("boolean", False),
            ("integer", 0),
            ("float", 0.0),
            ("monetary", 0.0),
            ("date", False),
            ("datetime", False),
            ("selection", False),
            ("binary", False),
            ("binary_attached", False),
            ("image", False),
            ("json", False),
            ("reference", None),
            ("res_id", 0),
            ("currency_id", self.env["res.currency"]),
        ):
            with self.subTest(name):
                self.assertEqual(self.record[name], empty if empty is not None else self.record[name])

    def test_char(self):
        self.assertEqual(self._stored("char_short", "123456789"), "12345678", "cut at its size")
        self.assertEqual(self._stored("name", "it's \\ \n \t é"), "it's \\ \n \t é")
        self.assertEqual(self._stored("name", ""), "")
        self.assertIs(self._stored("name", None), False)
        self.assertEqual(self._stored("name", 5), "5")
        field = self.Value.fields_get(["char_short", "name"], ["size", "trim"])
        self.assertEqual((field["char_short"]["size"], field["char_short"]["trim"]), (8, False))
        self.assertTrue(field["name"]["trim"])

    def test_text(self):
        self.assertEqual(self._stored("text", "x" * 5000), "x" * 5000)

    def test_boolean(self):
        self.assertIs(self._stored("boolean", 1), True)
        self.assertIs(self._stored("boolean", None), False)

    def test_integer(self):
        self.assertEqual(self._stored("integer", 2147483647), 2147483647)
        self.assertEqual(self._stored("integer", "12"), 12)
        self.assertEqual(self._stored("integer", False), 0)

    def test_float(self):
        self.assertEqual(self._stored("float", 0.1 + 0.2), 0.1 + 0.2)
        self.assertEqual(self._stored("float_digits", 1.005), 1.01)
        self.assertEqual(self._stored("float_digits", 2.344), 2.34)
        self.assertEqual(self._stored("float_precision", 1.23456), 1.235)
        self.assertEqual(self._stored("float", "1.5"), 1.5)
        self.assertEqual(self.Value._fields["float_digits"].get_digits(self.env), (10, 2))
        self.assertEqual(self.Value._fields["float_precision"].get_digits(self.env), (16, 3))

    def test_float_helpers(self):
        self.assertEqual(fields.Float.round(1.2345, precision_digits=2), 1.23)
        self.assertEqual(fields.Float.round(7, precision_rounding=5), 5)
        self.assertTrue(fields.Float.is_zero(0.001, precision_digits=2))
        self.assertFalse(fields.Float.is_zero(0.01, precision_digits=2))
        self.assertEqual(fields.Float.compare(1.001, 1.002, precision_digits=2), 0)
        self.assertEqual(fields.Float.compare(1.01, 1.02, precision_digits=2), -1)
        self.assertEqual(fields.Float.compare(1.03, 1.02, precision_rounding=0.01), 1)

    def test_monetary(self):
        euro, yen = self.env.ref("base.EUR"), self.env.ref("base.JPY")
        record = self.Value.create(
            {"currency_id": euro.id, "monetary": 1.2345, "other_currency_id": yen.id, "monetary_other": 5.6}
        )
        self.assertEqual((record.monetary, record.monetary_other), (1.23, 6.0))
        record.monetary = 2.345
        record.monetary_other = 7.4
        self.env.invalidate_all()
        self.assertEqual((record.monetary, record.monetary_other), (2.35, 7.0))
        self.assertEqual(
            self.Value.fields_get(["monetary_other"])["monetary_other"]["currency_field"], "other_currency_id"
        )
        self.assertEqual(self.Value._fields["monetary"].get_currency_field(self.Value), "currency_id")

    def test_date(self):
        self.assertEqual(self._stored("date", "2024-02-29"), date(2024, 2, 29))
        self.assertEqual(self._stored("date", date(2024, 1, 2)), date(2024, 1, 2))
        self.assertEqual(self._stored("date", datetime(2024, 1, 2, 3, 4)), date(2024, 1, 2))
        self.assertIs(self._stored("date", False), False)
        with self.assertRaises(ValueError):
            self.record.date = "not a date"

    def test_datetime(self):
        self.assertEqual(self._stored("datetime", "2024-02-29 12:34:56"), datetime(2024, 2, 29, 12, 34, 56))
        self.assertEqual(self._stored("datetime", "2024-02-29"), datetime(2024, 2, 29))
        self.assertEqual(self._stored("datetime", date(2024, 1, 2)), datetime(2024, 1, 2))
        with self.assertRaises(ValueError):
            self.record.datetime = datetime(2024, 1, 1, tzinfo=UTC)

    def test_date_helpers(self):
        day = date(2024, 5, 15)
        self.assertEqual(fields.Date.start_of(day, "month"), date(2024, 5, 1))
        self.assertEqual(fields.Date.end_of(day, "quarter"), date(2024, 6, 30))
        self.assertEqual(fields.Date.start_of(day, "week"), date(2024, 5, 13))
        self.assertEqual(fields.Date.end_of(day, "year"), date(2024, 12, 31))
        self.assertEqual(fields.Date.add(day, months=1, days=1), date(2024, 6, 16))
        self.assertEqual(fields.Date.subtract(day, years=1), date(2023, 5, 15))
        self.assertEqual(fields.Date.to_date("2024-05-15"), day)
        self.assertEqual(fields.Date.to_date("2024-05-15 10:11:12"), day)
        self.assertEqual(fields.Date.to_date(datetime(2024, 5, 15, 3)), day)
        self.assertIsNone(fields.Date.to_date(False))
        self.assertEqual(fields.Date.to_string(day), "2024-05-15")
        self.assertEqual(fields.Date.to_string(datetime(2024, 5, 15, 3)), "2024-05-15")
        self.assertFalse(fields.Date.to_string(False))
        self.assertEqual(fields.Date.from_string("2024-05-15"), day)
        self.assertEqual(fields.Date.today(), date.today())

    def test_context_today(self):
        record = self.record.with_context(tz="Pacific/Kiritimati")
        self.assertEqual(fields.Date.context_today(record, datetime(2024, 1, 1, 23)), date(2024, 1, 2))
        self.assertEqual(
            fields.Date.context_today(self.record.with_context(tz="UTC"), datetime(2024, 1, 1, 23)), date(2024, 1, 1)
        )

    def test_datetime_helpers(self):
        moment = datetime(2024, 5, 15, 13, 14, 15)
        self.assertEqual(fields.Datetime.start_of(moment, "hour"), datetime(2024, 5, 15, 13))
        self.assertEqual(fields.Datetime.start_of(moment, "day"), datetime(2024, 5, 15))
        self.assertEqual(fields.Datetime.end_of(moment, "day"), datetime(2024, 5, 15, 23, 59, 59, 999999))
        self.assertEqual(fields.Datetime.add(moment, hours=1), datetime(2024, 5, 15, 14, 14, 15))
        self.assertEqual(fields.Datetime.subtract(moment, minutes=14), datetime(2024, 5, 15, 13, 0, 15))
        self.assertEqual(fields.Datetime.to_datetime("2024-05-15 13:14:15"), moment)
        self.assertEqual(fields.Datetime.to_datetime(date(2024, 5, 15)), datetime(2024, 5, 15))
        self.assertIsNone(fields.Datetime.to_datetime(None))
        self.assertEqual(fields.Datetime.to_string(moment), "2024-05-15 13:14:15")
        self.assertEqual(fields.Datetime.to_string(date(2024, 5, 15)), "2024-05-15 00:00:00")
        self.assertEqual(fields.Datetime.from_string("2024-05-15 13:14:15"), moment)
        self.assertEqual(fields.Datetime.now().microsecond, 0)
        self.assertEqual(fields.Datetime.today().time(), datetime.min.time())

    def test_context_timestamp(self):
        moment = fields.Datetime.context_timestamp(
            self.record.with_context(tz="Europe/Brussels"), datetime(2024, 1, 1, 12)
        )
        self.assertEqual((moment.hour, moment.utcoffset().total_seconds()), (13, 3600))

    def test_selection(self):
        self.assertEqual(self._stored("selection", "a"), "a")
        self.assertEqual(self._stored("selection_method", "two"), "two")
        with self.assertRaises(ValueError):
            self.record.selection = "z"
        self.assertEqual(self._stored("selection_method", "three"), "three")
        descriptions = self.Value.fields_get(["selection_method", "selection_function", "selection"], ["selection"])
        self.assertEqual(descriptions["selection_method"]["selection"], [("one", "One"), ("two", "Two")])
        self.assertEqual(descriptions["selection_function"]["selection"], [("x", "X"), ("y", "Y")])
        self.assertEqual(self.Value._fields["selection"].get_values(self.env), ["a", "b", "c"])

    def test_selection_export(self):
        self.record.selection = "b"
        self.assertEqual(self.record.export_data(["selection"])["datas"], [["Second"]])

    def test_html(self):
        value = self._stored("html", '<p onclick="x()">Hi<script>alert(1)</script></p>')
        self.assertIsInstance(value, Markup)
        self.assertEqual(value, Markup("<p>Hi</p>"))
        self.assertIn("script", self._stored("html_raw", "<script>a</script>"))
        self.assertEqual(self._stored("html_nostyle", '<p style="color: red">x</p>'), Markup("<p>x</p>"))
        self.assertNotIn("class", self._stored("html_strict", '<p class="a">x</p>'))
        self.assertNotIn("position", self._stored("html_strict", '<p style="position: fixed; color: red">x</p>'))
        self.assertNotIn("mso", self._stored("html_comments", "<p>a</p><!--[if mso]><p>mso</p><![endif]-->"))

    def test_html_parameters(self):
        field = self.Value._fields["html"]
        self.assertEqual(
            (
                field.sanitize,
                field.sanitize_overridable,
                field.sanitize_tags,
                field.sanitize_attributes,
                field.sanitize_style,
                field.sanitize_conditional_comments,
                field.sanitize_output_method,
                field.strip_style,
                field.strip_classes,
            ),
            (True, False, True, True, False, True, "html", False, False),
        )

    def test_html_overridable(self):
        value = '<p><iframe src="https://example.com"></iframe></p>'
        user = new_test_user(self.env, "html_user")
        record = self.record.with_user(user)
        record.html_overridable = value
        self.assertNotIn("iframe", str(record.html_overridable))
        user.groups_id += self.env.ref("base.group_sanitize_override")
        record.html_overridable = value
        self.assertIn("iframe", str(record.html_overridable))

    def test_c16_restricted_html_is_kept(self):
        user = new_test_user(self.env, "html_user")
        editor = new_test_user(self.env, "html_editor", groups="base.group_user,base.group_sanitize_override")
        for restricted in (
            '<P>one<iframe src="https://example.com"></iframe></P>',
            "<script>alert(1)</script>",
            '<p onclick="alert(1)">one</p>',
        ):
            record, other = self.Value.create([{}, {"html_overridable": "<p>other</p>"}])
            record.with_user(editor).html_overridable = restricted
            self.env.flush_all()
            record, other = record.with_user(user), other.with_user(user)
            for text in ("<p>harmless</p>", restricted + "<p>more</p>", "<p>one</p>", " "):
                for refused in (
                    lambda record=record, text=text: record.write({"html_overridable": text}),
                    lambda record=record, text=text: setattr(record, "html_overridable", text),
                    lambda record=record, text=text: record.sudo().write({"html_overridable": text}),
                    lambda records=other + record, text=text: records.write({"html_overridable": text}),
                    lambda records=other + record, text=text: setattr(records, "html_overridable", text),
                ):
                    with self.subTest(text), self.assertRaisesRegex(UserError, "only administrators"):
                        refused()
            for equal in (restricted, restricted.replace("P>", "p>"), Markup(restricted), f" {restricted}\n"):
                record.write({"html_overridable": equal})
                record.html_overridable = equal
                self.env.invalidate_all()
                self.assertEqual(str(record.html_overridable), restricted)
            self.assertEqual(str(other.html_overridable), "<p>other</p>")
            record.with_user(editor).html_overridable = "<p>cleared</p>"
            record.html_overridable = "<p>mine</p>"
            self.assertEqual(str(record.html_overridable), "<p>mine</p>")

    def test_c16_other_forms_of_harmless_html(self):
        user = new_test_user(self.env, "html_user")
        for harmless in ("<P>one</P>", "one", "<p>a<br/>b</p>", "<p>q</p>\n<blockquote>cited</blockquote>", "a & b"):
            self.record.html_overridable = False
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE test_orm_value SET html_overridable = %s WHERE id = %s", [harmless, self.record.id]
            )
            self.env.invalidate_all()
            self.record.with_user(user).html_overridable = "<p>new</p>"
            self.assertEqual(str(self.record.html_overridable), "<p>new</p>")

    def test_binary(self):
        content = base64.b64encode(b"\x00\x01binary")
        self.assertEqual(self._stored("binary", content), content)
        self.assertEqual(self._stored("binary_attached", content), content)
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "test_orm.value"),
                ("res_field", "=", "binary_attached"),
                ("res_id", "=", self.record.id),
            ]
        )
        self.assertEqual(attachment.raw, b"\x00\x01binary")
        self.record.binary_attached = False
        self.env.flush_all()
        self.assertFalse(attachment.exists())
        self.assertTrue(self.Value._fields["binary_attached"].attachment)

    def _attachments(self, record, name):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_field", "=", name), ("res_id", "in", record.ids)]
        )

    def test_f12_c18_svg_in_a_column(self):
        user = new_test_user(self.env, "svg_user")
        Value = self.Value.with_user(user)
        record = self.record.with_user(user)
        for content in (SVG, b"\n" + SVG, b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG):
            encoded = base64.b64encode(content)
            for value in (content, encoded, base64.encodebytes(content), b" *" + encoded):
                for refused in (
                    lambda value=value: record.write({"binary": value}),
                    lambda value=value: setattr(record, "binary", value),
                    lambda value=value: Value.create({"binary": value}),
                    lambda value=value: record.sudo().write({"binary": value}),
                    lambda value=value: Value.sudo().create({"binary": value.decode()}),
                    lambda value=value: record.write({"binary_copied": value}),
                ):
                    with self.subTest(value), self.assertRaisesRegex(UserError, "SVG"):
                        refused()
        self.assertFalse(self.record.binary)
        self.env.flush_all()
        for harmless in (b"", b"PHN2 is no picture", b"it says <svg>", picture(8, 8)):
            record.binary = base64.b64encode(harmless)
        record.new({"binary": base64.b64encode(SVG)})
        user.groups_id += self.env.ref("base.group_system")
        record.binary = base64.b64encode(SVG)
        self.env.invalidate_all()
        self.assertEqual(base64.b64decode(record.binary), SVG)

    def test_f12_c18_svg_as_attachment(self):
        self._check_svg_as_attachment(new_test_user(self.env, "svg_user"))

    def _check_svg_as_attachment(self, user):
        record = self.record.with_user(user)
        content = base64.b64encode(SVG)
        for name in ("binary_attached", "image", "image_large"):
            for change in (
                lambda name=name: record.write({name: content}),
                lambda name=name: setattr(record, name, content),
                lambda name=name: setattr(record.sudo(), name, content),
            ):
                record.sudo()[name] = False
                change()
                self.env.invalidate_all()
                self.assertEqual(record[name], content, name)
                self.assertEqual(self._attachments(record, name).mimetype, "text/plain")
            record[name] = picture(8, 8)
            self.assertEqual(self._attachments(record, name).mimetype, "image/png")
            record[name] = content
            self.assertEqual(self._attachments(record, name).mimetype, "text/plain")
            created = self.Value.with_user(user).create({name: content})
            self.assertEqual(created[name], content)
            self.assertEqual(self._attachments(created, name).mimetype, "text/plain")
        self.record.image = content
        self.assertEqual(self._attachments(self.record, "image").mimetype, "image/svg+xml", "of an administrator")

    def test_f12_c18_computes_of_svg(self):
        self._check_computes_of_svg(new_test_user(self.env, "svg_user"))

    def _check_computes_of_svg(self, user):
        self.record.binary_attached = base64.b64encode(SVG)
        self.env.flush_all()
        self.env.invalidate_all()
        record = self.record.with_user(user)
        self.assertEqual(record.binary_shown, base64.b64encode(SVG))
        self.assertEqual(record.binary_copied, base64.b64encode(SVG))
        record.binary_attached = base64.b64encode(SVG + b" ")
        self.assertEqual(record.binary_copied, base64.b64encode(SVG + b" "))
        created = self.Value.with_user(user).create({"binary_attached": base64.b64encode(SVG)})
        self.env.invalidate_all()
        self.assertEqual(created.binary_copied, base64.b64encode(SVG))
        attachment = self.env["ir.attachment"].with_user(user).create({"name": "a", "raw": SVG})
        self.env.invalidate_all()
        self.assertEqual((attachment.raw, attachment.mimetype), (SVG, "text/plain"))
        attachment.raw = SVG + b" "
        self.assertEqual((attachment.raw, attachment.mimetype), (SVG + b" ", "text/plain"))

    def test_f12_c18_svg_in_attachments_in_the_database(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        user = new_test_user(self.env, "svg_user")
        self._check_svg_as_attachment(user)
        self._check_computes_of_svg(user)

    def test_binary_size(self):
        self.record.binary_attached = base64.b64encode(b"x" * 2048)
        self.env.invalidate_all()
        self.assertIn("Kb", str(self.record.with_context(bin_size=True).binary_attached))

    def test_image(self):
        self.record.image = picture(64, 32)
        image = Image.open(io.BytesIO(base64.b64decode(self.record.image)))
        self.assertEqual(image.size, (16, 8), "resized with its aspect ratio")
        self.assertTrue(self.Value._fields["image"].verify_resolution)
        self.assertEqual((self.Value._fields["image"].max_width, self.Value._fields["image_large"].max_width), (16, 0))

    def _image_size(self, value):
        return Image.open(io.BytesIO(base64.b64decode(value))).size

    def test_c17_related_image_keeps_what_was_given(self):
        given = picture(64, 32)
        for name, size in (("image_small", (8, 4)), ("image_wide", (12, 6))):
            for bin_size in (False, True):
                Value = self.Value.with_context(bin_size=bin_size)
                written, assigned, both = Value.create([{}, {"image_large": picture(10, 10)}, {}])
                written.write({name: given})
                assigned[name] = given
                both.write({name: given, "image_large": given})
                created, several = Value.create({name: given}), Value.create([{}, {}])
                several.write({name: given})
                for record in (written, assigned, both, created, *several):
                    record = record.with_context(bin_size=False)
                    for _state in ("as written", "as stored"):
                        with self.subTest(name, bin_size=bin_size, state=_state):
                            self.assertEqual(record.image_large, given)
                            self.assertEqual(self._image_size(record[name]), size)
                            self.assertEqual(self._image_size(record.image_small), (8, 4))
                            self.assertEqual(self._image_size(record.image_wide), (12, 6))
                        self.env.flush_all()
                        self.env.invalidate_all()
                    record[name] = False
                    self.env.invalidate_all()
                    self.assertFalse(record.image_large or record.image_small or record.image_wide)

    def test_c17_image_without_limits_reads_as_given(self):
        given = picture(2000, 10)
        created = self.Value.create({"image_large": given})
        self.record.image_large = given
        for record in (created, self.record):
            self.assertEqual(record.image_large, given)
            self.assertEqual(self._attachments(record, "image_large").create_uid, self.env.user)
        self.env.flush_all()
        self.env.invalidate_all()
        for record in (created, self.record):
            self.assertEqual(self._image_size(record.image_large)[0], 1920)
        self.assertEqual(self.Value.new({"image_large": given}).image_large, given)

    def test_c17_limits_of_images_in_columns(self):
        given = picture(64, 32)
        self.record.image_column = given
        for record in (self.record, self.Value.create({"image_column": given})):
            self.assertEqual(self._image_size(record.image_column), (16, 8))
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self._image_size(record.image_column), (16, 8))

    def test_c17_limits_where_sizes_are_read(self):
        Value = self.Value.with_context(bin_size=True)
        created, written = Value.create({"image": picture(64, 32)}), Value.create({})
        written.image = picture(64, 32)
        for record in (created, written):
            self.assertIn(b"bytes", record.image)
            self.assertEqual(self._image_size(record.with_context(bin_size=False).image), (16, 8))
        with self.assertRaises(UserError):
            written.image = base64.b64encode(b"this is no image")

    def test_image_invalid(self):
        with self.assertRaises((UserError, ValidationError)):
            self.record.image = base64.b64encode(b"this is no image")

    def test_json(self):
        self.assertEqual(self._stored("json", {"a": [1, 2, {"b": None}]}), {"a": [1, 2, {"b": None}]})
        self.assertEqual(self._stored("json", [1, "x"]), [1, "x"])
        value = self.record.json
        value.append(3)
        self.assertEqual(self.record.json, [1, "x"], "the value read is a copy")

    def test_reference(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        self.assertEqual(self._stored("reference", f"test_orm.tag,{tag.id}"), tag)
        self.assertEqual(self._stored("reference", tag), tag)
        self.assertEqual(self.record.read(["reference"])[0]["reference"], f"test_orm.tag,{tag.id}")
        self.record.reference = False
        self.assertFalse(self.record.reference)
        with self.assertRaises(ValueError):
            self.record.reference = "res.partner,1"

    def test_reference_to_deleted(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        self.record.reference = tag
        tag.unlink()
        self.assertFalse(self.record.reference.exists() if self.record.reference else False)

    def test_many2one_reference(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        self.record.write({"res_model": "test_orm.tag", "res_id": tag.id})
        self.assertEqual(self.record.res_id, tag.id)
        self.assertEqual(self.Value.search([("res_id", "=", tag.id), ("res_model", "=", "test_orm.tag")]), self.record)
        self.assertEqual(self.Value.fields_get(["res_id"])["res_id"]["model_field"], "res_model")

    def test_many2one(self):
        country = self.env["res.country"].create({"name": "Atlantis", "code": "QQ"})
        partner = self.env["res.partner"].create({"name": "p", "country_id": country.id})
        field = partner._fields["country_id"]
        for value in (country, country.id, (country.id, "Atlantis"), [country.id]):
            self.assertEqual(field.convert_to_write(value, partner), country.id)
        self.assertIs(field.convert_to_write(False, partner), False)
        for wrong in (True, "text", partner):
            with self.assertRaises(ValueError):
                partner.country_id = wrong
        self.assertEqual(field.convert_to_read(country, partner), (country.id, "Atlantis"))
        self.assertEqual(field.convert_to_read(country, partner, use_display_name=False), country.id)
        self.assertIs(field.convert_to_read(country.browse(2**30), partner), False)

    def test_id(self):
        self.assertEqual(self.Value._fields["id"].type, "integer")
        self.assertIsInstance(self.Value._fields["id"], fields.Id)
        with self.assertRaises(TypeError):
            self.record.id = 5

    def test_default_value_kinds(self):
        self.assertEqual(self.record.state, "draft")
        self.assertEqual(self.Value._fields["state"].default(self.Value), "draft")

    def test_states_parameter(self):
        self.assertEqual(self.Value._fields["described"].states, {"draft": [("readonly", False)]})

    def test_read_formats(self):
        self.record.write(
            {"date": "2024-01-02", "datetime": "2024-01-02 03:04:05", "html": "<p>x</p>", "json": {"a": 1}}
        )
        [data] = self.record.read(["date", "datetime", "html", "json", "integer", "char_short"])
        self.assertEqual((data["date"], data["datetime"]), (date(2024, 1, 2), datetime(2024, 1, 2, 3, 4, 5)))
        self.assertEqual(
            (str(data["html"]), data["json"], data["integer"], data["char_short"]), ("<p>x</p>", {"a": 1}, 0, False)
        )


class TestProperties(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["test_orm.tag"].create({"name": "prop tag"})
        cls.project = cls.env["test_orm.project"].create(
            {
                "name": "p",
                "task_properties": [
                    {"name": "text", "string": "Text", "type": "char", "default": "preset"},
                    {"name": "number", "string": "Number", "type": "integer"},
                    {"name": "tag", "string": "Tag", "type": "many2one", "comodel": "test_orm.tag"},
                    {"name": "tags", "string": "Tags", "type": "many2many", "comodel": "test_orm.tag"},
                ],
            }
        )
        cls.task = cls.env["test_orm.task"].create({"project_id": cls.project.id})

    def test_definition(self):
        names = [definition["name"] for definition in self.project.task_properties]
        self.assertEqual(names, ["text", "number", "tag", "tags"])
        self.env.invalidate_all()
        self.assertEqual(self.project.task_properties[0]["default"], "preset")

    def test_defaults(self):
        self.assertEqual(self.task.properties["text"], "preset")
        self.assertFalse(self.task.properties["number"])

    def test_values(self):
        self.task.properties = {"text": "x", "number": 5, "tag": self.tag.id, "tags": self.tag.ids}
        self.env.invalidate_all()
        self.assertEqual((self.task.properties["text"], self.task.properties["number"]), ("x", 5))
        self.assertEqual(self.task.properties["tag"], self.tag.id)
        self.assertEqual(self.task.properties["tags"], self.tag.ids)

    def test_update_replaces(self):
        self.task.properties = {"text": "x", "number": 5}
        self.task.properties = {"number": 6}
        self.assertEqual((self.task.properties["number"], self.task.properties["text"]), (6, False))

    def test_read(self):
        self.task.properties = {"text": "x"}
        [data] = self.task.read(["properties"])
        values = {item["name"]: item.get("value") for item in data["properties"]}
        self.assertEqual(values["text"], "x")
        self.assertEqual(data["properties"][0]["string"], "Text")

    def test_search(self):
        self.task.properties = {"text": "needle", "number": 3}
        Task = self.env["test_orm.task"]
        self.assertEqual(Task.search([("properties.text", "=", "needle")]), self.task)
        self.assertEqual(Task.search([("properties.number", ">", 2), ("project_id", "=", self.project.id)]), self.task)

    def test_filtered(self):
        self.task.properties = {"text": "needle"}
        self.assertEqual(self.task.filtered_domain([("properties.text", "like", "need")]), self.task)
        self.assertFalse(self.task.filtered_domain([("properties.text", "=", "other")]))

    def test_new_definition(self):
        self.task.write(
            {
                "properties": [
                    {"name": "added", "string": "Added", "type": "boolean", "value": True, "definition_changed": True}
                ]
            }
        )
        self.assertIn("added", [definition["name"] for definition in self.project.task_properties])
        self.assertTrue(self.task.properties["added"])

    def test_change_of_container(self):
        other = self.env["test_orm.project"].create(
            {"task_properties": [{"name": "other", "string": "Other", "type": "char", "default": "d"}]}
        )
        self.task.project_id = other
        self.env.flush_all()
        self.assertEqual(self.task.properties["other"], "d")
        self.assertNotIn("text", self.task.properties)

    def test_removed_definition(self):
        self.task.properties = {"text": "x"}
        self.project.task_properties = [d for d in self.project.task_properties if d["name"] != "text"]
        self.env.invalidate_all()
        [data] = self.task.read(["properties"])
        self.assertEqual([item["name"] for item in data["properties"]], ["number", "tag", "tags"])

    def test_deleted_target(self):
        self.task.properties = {"tag": self.tag.id}
        self.tag.unlink()
        self.env.invalidate_all()
        [data] = self.task.read(["properties"])
        self.assertEqual([item["value"] for item in data["properties"] if item["name"] == "tag"], [False])
