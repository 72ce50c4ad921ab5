"""What editors are told about the nodes of a template: the view that each is written in, and its place in there."""

from lxml import etree

from odoo.tests import TransactionCase, tagged

REMOVED = "apply-inheritance-specs-node-removal"
NAMES = ("data-oe-model", "data-oe-id", "data-oe-field", "data-oe-xpath")


@tagged("-at_install", "post_install")
class TestBranding(TransactionCase):
    """2.2.14: branding of what extensions left of a template."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.View = cls.env["ir.ui.view"].with_context(inherit_branding=True)

    def make(self, arch, **values):
        """Return a new template."""
        return self.View.create({"name": "template", "type": "qweb", "arch": arch, **values})

    def brand(self, arch, *extensions):
        """Return the branded tree of a template with extensions, and the views by name: ``base``, 0, 1, ..."""
        base = self.make(arch)
        self.views = [base, *(self.make(text, inherit_id=base.id) for text in extensions)]
        tree = base._get_combined_arch()
        self.View.distribute_branding(tree)
        self.assertFalse(tree.xpath("//processing-instruction()"))
        self.check_places(tree)
        return tree

    def check_places(self, tree):
        """Check that what is branded is what stands at that place of its view."""
        for node in tree.iter(etree.Element):
            if node.get("data-oe-id"):
                self.assertEqual([node.get(name) for name in NAMES[:3:2]], ["ir.ui.view", "arch"])
                view = self.View.browse(int(node.get("data-oe-id")))
                [origin] = etree.fromstring(view.arch).xpath(node.get("data-oe-xpath"))
                self.assertEqual((origin.tag, (origin.text or "").strip()), (node.tag, (node.text or "").strip()))

    def places(self, tree):
        """Return ``{text or tag of a branded node: (number of the view, path)}``."""
        return {
            (node.text or node.tag).strip(): (
                next(
                    (number for number, view in enumerate(self.views) if str(view.id) == node.get("data-oe-id")), None
                ),
                node.get("data-oe-xpath"),
            )
            for node in tree.iter(etree.Element)
            if node.get("data-oe-xpath")
        }

    LIST = "<ul><li>a</li><li>b</li><li>c</li></ul>"

    def test_2_2_14_what_is_written_as_it_stands_is_branded_as_one(self):
        self.assertEqual(self.places(self.brand(self.LIST)), {"ul": (0, "/ul[1]")})

    def test_2_2_14_removed_nodes_count(self):
        tree = self.brand(self.LIST, '<xpath expr="//li[1]" position="replace"/>')
        self.assertEqual(self.places(tree), {"b": (0, "/ul[1]/li[2]"), "c": (0, "/ul[1]/li[3]")})
        tree = self.brand(self.LIST, '<xpath expr="//li[last()]" position="replace"/>')
        self.assertEqual(self.places(tree), {"a": (0, "/ul[1]/li[1]"), "b": (0, "/ul[1]/li[2]")})

    def test_2_2_14_replaced_nodes_count(self):
        tree = self.brand(self.LIST, '<xpath expr="//li[2]" position="replace"><li>x</li><li>y</li></xpath>')
        self.assertEqual(
            self.places(tree),
            {
                "a": (0, "/ul[1]/li[1]"),
                "x": (1, "/xpath/li[1]"),
                "y": (1, "/xpath/li[2]"),
                "c": (0, "/ul[1]/li[3]"),
            },
        )
        tree = self.brand(
            "<div><ul><li>a</li></ul><p>p</p></div>",
            '<xpath expr="//ul" position="replace" mode="inner"><b>n</b></xpath>',
        )
        self.assertEqual(self.places(tree), {"n": (1, "/xpath/b"), "p": (0, "/div[1]/p[1]")})

    def test_2_2_14_added_nodes_do_not_count(self):
        tree = self.brand(
            "<ul><li>a</li><li>b<b>c</b></li></ul>",
            '<data><xpath expr="//li[1]" position="before"><li>x</li></xpath>'
            '<xpath expr="//b" position="after"><i>y</i></xpath></data>',
        )
        places = self.places(tree)
        self.assertEqual(places.pop("x"), (1, "/data/xpath[1]/li"))
        self.assertEqual(places.pop("y"), (1, "/data/xpath[2]/i"))
        self.assertEqual(places, {"a": (0, "/ul[1]/li[1]"), "c": (0, "/ul[1]/li[2]/b[1]")})

    def test_2_2_14_changes_of_what_was_added(self):
        tree = self.brand(
            "<div><p>p</p></div>",
            '<p position="before"><ul><li>a</li><li>b</li></ul></p>',
            '<xpath expr="//li[1]" position="replace"/>',
        )
        self.assertEqual(self.places(tree), {"b": (1, "/p/ul/li[2]"), "p": (0, "/div[1]/p[1]")})
        tree = self.brand(
            "<div><p>p</p><p>q</p></div>",
            '<xpath expr="//p[1]" position="before"><p>x</p></xpath>',
            '<xpath expr="//p[1]" position="replace"/>',
        )
        self.assertEqual(self.places(tree), {"div": (0, "/div[1]")})

    def test_2_2_14_moved_nodes_know_where_they_were(self):
        tree = self.brand(
            "<div><p>a</p><p>b</p><ul><li>c</li></ul></div>",
            '<ul position="inside"><xpath expr="//p[1]" position="move"/></ul>',
            '<ul position="before"><xpath expr="//li" position="move"/></ul>',
        )
        self.assertEqual(
            self.places(tree), {"a": (0, "/div[1]/p[1]"), "b": (0, "/div[1]/p[2]"), "c": (0, "/div[1]/ul[1]/li[1]")}
        )
        tree = self.brand("<div><p>a</p><p>b</p></div>", '<xpath expr="//p[2]" position="replace"><b>$0</b></xpath>')
        self.assertEqual(self.places(tree), {"a": (0, "/div[1]/p[1]"), "b": (0, "/div[1]/p[2]")})

    def test_2_2_14_what_templates_compute(self):
        tree = self.brand(
            '<div><p groups="base.group_user">a<b>A</b></p><p t-att-class="x">b<b>B</b></p><p t-if="x">c</p>'
            '<p t-esc="d"/><p t-out="d"/><p t-field="x.y">f</p><t t-if="x"><i>g</i></t><t t-call="x"><u>h</u></t>'
            "<div>i<b>j</b></div></div>"
        )
        places = self.places(tree)
        self.assertEqual(places.pop("f"), (None, "/div[1]/p[6]"))
        self.assertEqual(
            {text: path for text, (_view, path) in places.items()},
            {
                "a": "/div[1]/p[1]",
                "b": "/div[1]/p[2]",
                "c": "/div[1]/p[3]",
                "g": "/div[1]/t[1]/i[1]",
                "h": "/div[1]/t[2]/u[1]",
                "i": "/div[1]/div[1]",
            },
        )

    def test_2_2_14_what_editors_leave_alone(self):
        tree = self.brand(
            '<html><head><meta/></head><body><p t-ignore="true"><b/></p><p>a</p></body></html>',
            '<data><b position="after"><i/></b><meta position="after"><meta/></meta></data>',
        )
        self.assertEqual(self.places(tree), {"a": (0, "/html[1]/body[1]/p[2]")})

    def test_2_2_14_traces_are_left_for_editors_only(self):
        base = self.make(self.LIST)
        self.make('<xpath expr="//li[1]" position="replace"/>', inherit_id=base.id)
        [trace] = base._get_combined_arch().xpath("//processing-instruction()")
        self.assertEqual((trace.target, trace.text), (REMOVED, "li"))
        self.assertTrue(self.View.is_node_branded(trace))
        plain = base.with_context(inherit_branding=False).get_combined_arch()
        self.assertEqual(plain, "<ul><li>b</li><li>c</li></ul>")

    def test_2_2_14_nodes_with_a_branding_of_their_own(self):
        for text, special in (
            ("<p/>", False),
            ('<p class="x"/>', False),
            ('<p groups="base.group_user"/>', True),
            ('<p t-if="x"/>', True),
            ('<p data-oe-model="x"/>', True),
            ("<p><b t-if='x'/></p>", False),
        ):
            self.assertEqual(self.View.is_node_branded(etree.fromstring(text)), special, text)

    def test_2_2_14_rendered(self):
        base = self.make(self.LIST)
        self.make('<xpath expr="//li[1]" position="replace"><li>x</li></xpath>', inherit_id=base.id)
        html = etree.fromstring(str(self.env["ir.qweb"].with_context(inherit_branding=True)._render(base.id)))
        self.assertEqual([node.get("data-oe-xpath") for node in html], ["/xpath/li", "/ul[1]/li[2]", "/ul[1]/li[3]"])
