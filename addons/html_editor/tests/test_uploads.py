import base64
import io

from PIL import Image

from odoo.tests import HttpCase, new_test_user, tagged


def picture(width=20, height=10, kind="PNG"):
    """Return a picture in base64."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, kind)
    return base64.b64encode(content.getvalue()).decode()


@tagged("-at_install", "post_install")
class TestUploads(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = new_test_user(cls.env, "author", "base.group_user,base.group_partner_manager")
        cls.other = new_test_user(cls.env, "reader", "base.group_user")
        cls.customer = new_test_user(cls.env, "customer", "base.group_portal")
        cls.partner = cls.env["res.partner"].create({"name": "Ann"})

    def setUp(self):
        super().setUp()
        self.authenticate("author", "author")

    def ask(self, route, **params):
        """Return the answer of a route, or the short name of what was raised."""
        answer = self.url_open(route, json={"params": params}).json()
        return answer["error"]["data"]["name"].rpartition(".")[2] if "error" in answer else answer["result"]

    def add(self, **params):
        values = {"name": "a.png", "data": picture(), "is_image": True, **params}
        return self.ask("/html_editor/attachment/add_data", **values)

    def owned(self):
        return {"res_model": "res.partner", "res_id": self.partner.id}

    def test_a_picture_of_a_record(self):
        info = self.add(**self.owned())
        attachment = self.env["ir.attachment"].browse(info["id"])
        self.assertRecordValues(
            attachment, [{"name": "a.png", "mimetype": "image/png", "public": False, **self.owned()}]
        )
        self.assertEqual((info["image_width"], info["image_height"]), (20, 10))
        # who gets the text by mail sees the picture
        self.assertTrue(info["access_token"])
        self.logout()
        address = info["image_src"]
        self.assertNotEqual(self.url_open(address).content, attachment.raw)
        self.assertEqual(self.url_open(f"{address}&access_token={info['access_token']}").content, attachment.raw)

    def test_the_older_address(self):
        info = self.ask("/web_editor/attachment/add_data", name="a.png", data=picture(), is_image=True)
        self.assertTrue(info["public"])
        self.assertEqual(info["res_model"], "ir.ui.view")

    def test_sizes(self):
        info = self.add(width=10, height=10, quality=80)
        self.assertEqual((info["image_width"], info["image_height"]), (10, 5))
        for wrong in ({"width": -1}, {"width": "wide"}, {"quality": 101}, {"height": 10**9}):
            with self.subTest(wrong):
                self.assertEqual(self.add(**wrong), "UserError")

    def test_what_is_no_picture(self):
        text = base64.b64encode(b"some text").decode()
        self.assertIn("a.png", self.add(data=text)["error"])
        info = self.add(data=text, is_image=False, name="a.txt")
        self.assertEqual((info["mimetype"], info["image_src"], info["image_width"]), ("text/plain", False, 0))
        for wrong in ("", "###", None, 5, ["x"]):
            with self.subTest(wrong):
                self.assertEqual(self.add(data=wrong), "UserError")

    def test_names_and_owners_are_checked(self):
        self.assertEqual(len(self.add(name="x" * 10_000)["name"]), 255)
        self.assertEqual(self.add(res_model="no.such.model"), "ValidationError")
        self.assertEqual(self.add(res_model=["res.partner"]), "ValidationError")
        self.assertEqual(self.add(res_model="res.partner", res_id="1"), "ValidationError")
        count = self.env["ir.attachment"].search_count([])
        self.authenticate("reader", "reader")
        self.assertEqual(self.add(res_model="res.company", res_id=self.env.company.id), "AccessError")
        self.assertEqual(self.add(**self.owned()), "AccessError")
        self.authenticate("customer", "customer")
        self.assertEqual(self.add(), "AccessError")
        self.assertEqual(self.env["ir.attachment"].search_count([]), count)

    def test_addresses(self):
        info = self.ask("/html_editor/attachment/add_url", url="https://example.com/a.png", **self.owned())
        self.assertEqual((info["type"], info["image_src"]), ("url", "https://example.com/a.png"))
        for wrong in ("", None, "javascript:go()", "/web/login", "https://", "https://example.com/" + "x" * 2000):
            with self.subTest(wrong):
                self.assertIn("error", self.ask("/html_editor/attachment/add_url", url=wrong))

    def test_which_picture_it_is(self):
        info = self.add(**self.owned())
        found = self.ask("/html_editor/get_image_info", src=f"{info['image_src']}&access_token=x")
        self.assertEqual(found["attachment"], {"id": info["id"]})
        self.assertEqual(found["original"]["mimetype"], "image/png")
        for other in ("", "x", "/web/image/999999999", "/web/static/none.png"):
            with self.subTest(other):
                self.assertEqual(
                    self.ask("/html_editor/get_image_info", src=other), {"attachment": False, "original": False}
                )

    def test_changed_pictures_know_the_first_one(self):
        info = self.add(**self.owned())
        route = f"/html_editor/modify_image/{info['id']}"
        smaller = picture(5, 5)
        address = self.ask(route, data=smaller, name="b.png", alt_data={"5": {"image/png": smaller}}, **self.owned())
        found = self.ask("/html_editor/get_image_info", src=address)
        self.assertEqual(found["original"]["id"], info["id"])
        changed = self.env["ir.attachment"].browse(found["attachment"]["id"])
        self.assertEqual((changed.image_width, changed.name), (5, "b.png"))
        sizes = self.env["ir.attachment"].search([("res_model", "=", "ir.attachment"), ("res_id", "=", changed.id)])
        self.assertEqual(sizes.mapped("description"), ["resize: 5"])
        text = base64.b64encode(b"some text").decode()
        self.assertEqual(self.ask(route, data=text), "UserError")
        many = {str(size): {"image/png": smaller} for size in range(11)}
        self.assertEqual(self.ask(route, data=smaller, alt_data=many), "UserError")
        self.authenticate("customer", "customer")
        self.assertEqual(self.ask(route, data=smaller), "AccessError")

    def test_videos(self):
        found = self.ask("/html_editor/video_url/data", video_url="https://vimeo.com/123456789")
        self.assertEqual((found["platform"], found["video_id"]), ("vimeo", "123456789"))
        self.assertTrue(self.ask("/html_editor/video_url/data", video_url="https://example.com")["error"])
