"""Names in addresses: HRT-1, HRT-2, HRT-11, HRT-12."""

from odoo.tests import TransactionCase


class TestSlugs(TransactionCase):
    def test_hrt_1_hrt_11_names_and_ids(self):
        unslug = self.env["ir.http"]._unslug
        for text, expected in {
            "1": (None, 1),
            "1-1": ("1", 1),
            "foo-1#anchor": ("foo", 1),
            "foo--1": ("foo", -1),
            "foo-1?qs=1": ("foo", 1),
            "foo-bar-1": ("foo-bar", 1),
            **dict.fromkeys(("foo-1", "foo-1/"), ("foo", 1)),
            **dict.fromkeys(("foo1", "--1", "-", "foo---1", "", "foo-", "foo"), (None, None)),
        }.items():
            self.assertEqual(unslug(text), expected, text)

    def test_hrt_1_hrt_11_addresses_of_records(self):
        slug = self.env["ir.http"]._slug
        for value, expected in {
            (1, "foo"): "foo-1",
            (-1, "foo"): "foo--1",
            (2, "1"): "1-2",
            (3, "Crème Brûlée"): "creme-brulee-3",
            (4, "!"): "4",
            (5, ""): "5",
        }.items():
            self.assertEqual(slug(value), expected)
        thing = self.env["test_http_routing.thing"].create({"name": "Green Tea"})
        self.assertEqual(slug(thing), f"green-tea-{thing.id}")
        for value in ((None, "foo"), self.env["test_http_routing.thing"]):
            with self.assertRaises(ValueError):
                slug(value)
        self.assertEqual(self.env["ir.http"]._unslug_url("/blog/my-blog-1"), "/blog/1")
        self.assertEqual(self.env["ir.http"]._unslug_url("/blog/mine"), "/blog/mine")

    def test_hrt_12_words(self):
        slugify = self.env["ir.http"]._slugify
        for text, expected in {
            "Article 1": "article-1",
            "one_two": "one-two",
            "CamelCase": "camelcase",
            "  É  à ": "e-a",
            "": "",
        }.items():
            self.assertEqual(slugify(text), expected)
        self.assertEqual(slugify("Long name", max_length=4), "long")
        self.assertEqual(slugify("/A b//C_d/File Name.PNG", path=True), "a-b/c-d/file-name.PNG")
        self.assertEqual(slugify("a b/version 1.2", path=True), "a-b/version-1-2")

    def test_hrt_12_without_the_addon(self):
        from odoo.addons.base.models.ir_http import IrHttp

        self.assertEqual(IrHttp._slug((7, "name")), "7")
        self.assertEqual([IrHttp._unslug(text) for text in ("7", "name-7")], [(None, 7), (None, None)])
