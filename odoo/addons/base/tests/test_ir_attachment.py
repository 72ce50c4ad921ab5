import base64
import hashlib
import io
import os

from PIL import Image

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user

CONTENT = b"the quick brown fox"
CHECKSUM = hashlib.sha1(CONTENT).hexdigest()


class TestAttachment(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.attachments = cls.env["ir.attachment"]

    def test_content(self):
        attachment = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        self.assertEqual(attachment.datas, base64.b64encode(CONTENT))
        self.assertEqual((attachment.file_size, attachment.checksum), (len(CONTENT), CHECKSUM))
        self.assertEqual(attachment.mimetype, "text/plain")
        self.assertEqual(attachment.store_fname, f"{CHECKSUM[:2]}/{CHECKSUM}")
        self.assertIn("quick", attachment.index_content)
        self.assertTrue(os.path.isfile(attachment._full_path(attachment.store_fname)))
        attachment.raw = b"other"
        attachment.invalidate_recordset()
        self.assertEqual(attachment.raw, b"other")
        self.assertEqual(attachment.with_context(bin_size=True).datas, b"5.00 bytes")

    def test_pictures_that_are_cut_off_are_kept_as_they_are(self):
        stream = io.BytesIO()
        Image.new("RGB", (2000, 10), "red").save(stream, "PNG")
        whole = stream.getvalue()
        for content in (whole[:-30], whole[: len(whole) // 2]):
            self.assertEqual(self.attachments.create({"name": "cut.png", "raw": content}).raw, content)
        self.assertNotEqual(self.attachments.create({"name": "whole.png", "raw": whole}).raw, whole)

    def test_2_8_1_attachment_without_content(self):
        for values in ({}, {"raw": b""}, {"datas": False}):
            attachment = self.attachments.create({"name": "empty", **values})
            self.assertEqual((attachment.datas, attachment.raw), (b"", False))
            self.env.invalidate_all()
            self.assertEqual((attachment.datas, attachment.raw), (b"", False))
            self.assertEqual(attachment.read(["datas"]), [{"id": attachment.id, "datas": False}])

    def test_2_8_1_contents_that_are_public_no_more(self):
        user = new_test_user(self.env, login="stranger", groups="base.group_user")
        owner = self.attachments.create({"name": "owner"})
        for content in (b"", CONTENT):
            attachment = self.attachments.create(
                {"name": "fox.txt", "raw": content, "public": True, "res_model": owner._name, "res_id": owner.id}
            )
            theirs = attachment.with_user(user)
            self.assertEqual(theirs.raw or b"", content)
            self.assertEqual(theirs.datas, base64.b64encode(content))
            attachment.public = False
            for name in ("raw", "datas"):
                with self.assertRaises(AccessError):
                    theirs[name]

    def test_same_content_is_kept_once(self):
        one, two = self.attachments.create([{"name": name, "raw": CONTENT} for name in ("1", "2")])
        self.assertEqual(one.store_fname, two.store_fname)
        one.unlink()
        self.attachments._gc_file_store_unsafe()
        self.assertEqual(two.raw, CONTENT)

    def test_unused_file_is_deleted(self):
        attachment = self.attachments.create({"name": "fox.txt", "raw": b"a content that nothing else has"})
        path = attachment._full_path(attachment.store_fname)
        attachment.unlink()
        self.assertTrue(os.path.isfile(path), "the transaction may be rolled back")
        self.attachments._gc_file_store_unsafe()
        self.assertFalse(os.path.exists(path))

    def test_database_storage(self):
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        attachment = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        self.assertFalse(attachment.store_fname)
        self.assertEqual(attachment.raw, CONTENT)
        self.env["ir.config_parameter"].set_param("ir_attachment.location", False)
        attachment._migrate()
        self.assertTrue(attachment.store_fname)

    def test_names_do_not_lead_out_of_the_store(self):
        store = self.attachments._filestore()
        for name in ("../../etc/passwd", "/etc/passwd", "a/../../b"):
            self.assertTrue(self.attachments._full_path(name).startswith(store))

    def test_pages_of_plain_users_become_text(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        page = {"name": "page.html", "raw": b"<script>alert(1)</script>"}
        self.assertEqual(self.attachments.with_user(user).create(page).mimetype, "text/plain")
        self.assertEqual(self.attachments.create(page).mimetype, "text/html")

    def test_address_is_for_administrators(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(ValidationError):
            self.attachments.with_user(user).create({"name": "x", "raw": b"x", "url": "/x"})
        attachment = self.attachments.create({"name": "x", "raw": b"x", "url": "/x"})
        self.assertEqual(self.attachments._get_serve_attachment("/x"), attachment)

    def test_large_pictures_are_scaled_down(self):
        from io import BytesIO

        from PIL import Image

        stream = BytesIO()
        Image.new("RGB", (4000, 1000), "teal").save(stream, "PNG")
        attachment = self.attachments.create({"name": "wide.png", "raw": stream.getvalue()})
        self.assertEqual(Image.open(BytesIO(attachment.raw)).size, (1920, 480))

    def test_tokens(self):
        attachment = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        [token] = attachment.generate_access_token()
        public = attachment.with_user(self.env.ref("base.public_user"))
        self.assertEqual(public.validate_access(token).raw, CONTENT)
        with self.assertRaises(AccessError):
            public.validate_access("wrong")

    def test_copy(self):
        attachment = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        self.assertEqual(attachment.copy().raw, CONTENT)

    def test_copy_with_another_content(self):
        attachment = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        self.assertEqual(attachment.copy({"raw": b"hare"}).raw, b"hare")

    def test_mimetype(self):
        picture = b"\x89PNG\r\n\x1a\n"
        for values, expected in (
            ({"name": "a.bin", "mimetype": "Image/GIF"}, "image/gif"),
            ({"name": "a.pdf", "url": "/a.css"}, "application/pdf"),
            ({"name": "a", "url": "/a.css?b.pdf"}, "text/css"),
            ({"name": "a", "raw": picture}, "image/png"),
            ({"name": "a", "datas": base64.b64encode(picture)}, "image/png"),
            ({"name": "a", "raw": "text"}, "text/plain"),
            ({"name": "a"}, "application/octet-stream"),
        ):
            with self.subTest(values=values):
                self.assertEqual(self.attachments._compute_mimetype(values), expected)

    def test_name_of_the_owner(self):
        partner = self.env["res.partner"].create({"name": "Owner"})
        owned, lost, free = self.attachments.create(
            [
                {"name": "owned", "res_model": "res.partner", "res_id": partner.id},
                {"name": "lost", "res_model": "no.such.model", "res_id": 1},
                {"name": "free", "res_model": "res.partner"},
            ]
        )
        self.assertEqual((owned.res_name, lost.res_name, free.res_name), ("Owner", False, False))

    def test_stream(self):
        kept = self.attachments.create({"name": "fox.txt", "raw": CONTENT})
        stream = kept._to_http_stream()
        self.assertEqual((stream.type, stream.read(), stream.size), ("path", CONTENT, len(CONTENT)))
        self.assertEqual((stream.download_name, stream.mimetype, stream.etag), ("fox.txt", "text/plain", CHECKSUM))
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        stream = self.attachments.create({"name": "fox.txt", "raw": CONTENT})._to_http_stream()
        self.assertEqual((stream.type, stream.read(), stream.size), ("data", CONTENT, len(CONTENT)))
        stream = self.attachments.create({"name": "empty"})._to_http_stream()
        self.assertEqual((stream.type, stream.read(), stream.size), ("data", b"", 0))

    def test_stream_of_an_address(self):
        elsewhere, ours = self.attachments.create(
            [
                {"name": "elsewhere", "type": "url", "url": "https://example.com/fox.png"},
                {"name": "ours", "type": "url", "url": "/base/static/img/avatar.png"},
            ]
        )
        stream = elsewhere._to_http_stream()
        self.assertEqual((stream.type, stream.url), ("url", "https://example.com/fox.png"))
        stream = ours._to_http_stream()
        self.assertEqual((stream.type, stream.public), ("path", True))
        self.assertTrue(stream.path.endswith("base/static/img/avatar.png"))

    def test_generated_assets_are_forgotten(self):
        values = {"raw": b"x", "public": True, "res_model": "ir.ui.view", "res_id": 0}
        generated, own = self.attachments.with_user(self.env.ref("base.user_root")).create(
            [{**values, "name": url, "url": url} for url in ("/web/assets/1234567/a.min.css", "/own.css")]
        )
        self.attachments.regenerate_assets_bundles()
        self.assertEqual((generated + own).exists(), own)

    def test_binary_fields_are_attachments(self):
        partner = self.env["res.partner"].create({"name": "Pictured"})
        with open(os.path.join(os.path.dirname(__file__), "../static/img/avatar.png"), "rb") as file:
            partner.image_1920 = base64.b64encode(file.read())
        self.env.flush_all()
        domain = [("res_model", "=", "res.partner"), ("res_id", "=", partner.id)]
        self.assertFalse(self.attachments.search(domain))
        self.assertIn("image_128", self.attachments.search([*domain, ("res_field", "!=", False)]).mapped("res_field"))
        partner.unlink()
        self.assertFalse(self.attachments.search([*domain, ("res_field", "!=", False)]))


class TestAttachmentAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "plain", groups="base.group_user")
        cls.other = new_test_user(cls.env, "other", groups="base.group_user")
        cls.attachments = cls.env["ir.attachment"].with_user(cls.user)
        cls.hidden = cls.env["res.company"].create({"name": "Hidden"})

    def test_attachment_of_a_record(self):
        visible, hidden = self.env["ir.attachment"].create(
            [
                {"name": "visible", "raw": b"x", "res_model": "res.company", "res_id": self.user.company_id.id},
                {"name": "hidden", "raw": b"x", "res_model": "res.company", "res_id": self.hidden.id},
            ]
        )
        self.assertEqual(self.attachments.browse(visible.id).name, "visible")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.attachments.browse(hidden.id).name
        found = self.attachments.search([("id", "in", (visible + hidden).ids)])
        self.assertEqual(found, visible)
        with self.assertRaises(AccessError):
            self.attachments.browse(visible.id).name = "renamed"

    def test_create_needs_write_on_the_record(self):
        with self.assertRaises(AccessError):
            self.attachments.create(
                {"name": "x", "raw": b"x", "res_model": "res.company", "res_id": self.user.company_id.id}
            )
        partner = self.env["res.partner"].create({"name": "Anybody"})
        self.user.groups_id = [(4, self.env.ref("base.group_partner_manager").id)]
        attachment = self.attachments.create(
            {"name": "x", "raw": b"x", "res_model": "res.partner", "res_id": partner.id}
        )
        self.assertTrue(attachment.exists())

    def test_free_attachment_is_its_creators(self):
        attachment = self.attachments.create({"name": "mine", "raw": b"x"})
        self.assertEqual(attachment.with_user(self.user).name, "mine")
        with self.assertRaises(AccessError):
            attachment.with_user(self.other).read(["name"])
        attachment.sudo().public = True
        self.assertEqual(attachment.with_user(self.other).name, "mine")

    def test_search_pages(self):
        records = self.env["ir.attachment"].create(
            [
                {
                    "name": f"n{i}",
                    "raw": b"x",
                    "res_model": "res.company",
                    "res_id": (self.hidden if i % 2 else self.user.company_id).id,
                }
                for i in range(10)
            ]
        )
        visible = records.filtered(lambda record: record.res_id != self.hidden.id)
        domain = [("id", "in", records.ids)]
        first = self.attachments.search(domain, limit=3, order="id")
        second = self.attachments.search(domain, limit=3, offset=3, order="id")
        self.assertEqual(first + second, visible)
        self.assertEqual(self.attachments.search_count(domain), 5)
