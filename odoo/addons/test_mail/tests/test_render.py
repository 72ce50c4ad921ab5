"""Rendering and templates (T250 to T289, T400 to T407)."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MailCase


@tagged("mail_render")
class TestRendering(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://my.example")
        cls.mixin = cls.env["mail.render.mixin"]
        cls.ticket = cls.env["mail.test.ticket"].create({"name": "T<", "customer_id": cls.customer.id})
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Hello",
                "model_id": cls.env["ir.model"]._get_id("mail.test.ticket"),
                "subject": "About {{ object.name }}",
                "email_to": "direct@x.example",
                "partner_to": "{{ object.customer_id.id }}",
                "body_html": '<p>Dear <t t-out="object.customer_id.name"/></p>',
                "lang": "{{ object.customer_id.lang }}",
            }
        )

    def render(self, text, engine="inline_template", mixin=None, **kwargs):
        """Return a text for the ticket."""
        mixin = self.mixin if mixin is None else mixin
        return mixin._render_template(text, "mail.test.ticket", self.ticket.ids, engine=engine, **kwargs)[
            self.ticket.id
        ]

    def test_inline(self):
        self.assertEqual(self.render("a {{ object.name }} b"), "a T< b")
        self.assertEqual(self.render("{{ object.user_id.name |||   nobody}}"), "nobody")
        self.assertEqual(self.render("{{ '' ||| Bob }}"), "Bob ")
        self.assertEqual(self.render("{{ 1 + 1 }}"), "2")
        self.assertEqual(self.render("{{ user.name }}"), self.env.user.name)
        with self.assertRaises(UserError):
            self.render("{{ object.no_such }}")

    def test_qweb(self):
        self.assertEqual(self.render('<p>a <t t-out="object.name"/></p>', "qweb"), "<p>a T&lt;</p>")
        self.assertEqual(self.render('<p t-if="object.name"><!-- c -->x</p>', "qweb"), "<p>x</p>")
        html = self.render('<a href="/web"/><a href="//cdn"/><img src="/x"/>', "qweb", options={"post_process": True})
        self.assertIn('href="https://my.example/web"', html)
        self.assertIn('href="//cdn"', html)
        self.assertIn('src="https://my.example/x"', html)

    def test_ids(self):
        self.assertEqual(self.mixin._render_template("x", "mail.test.ticket", []), {})
        self.assertEqual(
            self.mixin._render_template("{{ object.name ||| none}}", "mail.test.ticket", [False]), {False: "none"}
        )
        for kwargs in ({"res_ids": 3}, {"engine": "x"}, {"options": {"odd": 1}}):
            with self.subTest(kwargs), self.assertRaises(ValueError):
                self.mixin._render_template("x", "mail.test.ticket", **{"res_ids": [1], **kwargs})

    def restrict(self):
        """Take the right to write expressions from employees."""
        self.env["ir.config_parameter"].set_param("mail.restrict.template.rendering", True)
        self.assertFalse(self.employee.has_group("mail.group_mail_template_editor"))

    def test_parameters(self):
        self.restrict()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("mail.restrict.template.rendering", False)
        self.assertTrue(self.employee.has_group("mail.group_mail_template_editor"))
        parameters.set_param("mail.catchall.domain.allowed", " A.example, ,b.example")
        self.assertEqual(parameters.get_param("mail.catchall.domain.allowed"), "a.example,b.example")
        with self.assertRaises(ValidationError):
            parameters.set_param("mail.catchall.domain.allowed", ", ,")

    def test_restricted(self):
        self.restrict()
        mixin = self.mixin.with_user(self.employee)
        self.assertEqual(self.render("{{ object.name }}", mixin=mixin), "T<")
        for text, engine in (
            ("{{ object.name or 1 }}", "inline_template"),
            ('<p t-if="1">x</p>', "qweb"),
            ('<t t-out="1 + 1"/>', "qweb"),
            ('<t t-set="a" t-value="1"/>', "qweb"),
            ('<t t-out="object.name"><b/></t>', "qweb"),
        ):
            with self.subTest(text), self.assertRaises(AccessError):
                self.render(text, engine, mixin=mixin)
        with self.assertRaises(AccessError):
            self.env["mail.template"].with_user(self.employee).create(
                {"name": "x", "model_id": self.template.model_id.id, "subject": "{{ 1 + 1 }}"}
            )
        self.env["mail.template"].with_user(self.employee).create(
            {"name": "x", "model_id": self.template.model_id.id, "subject": "{{ object.name }}"}
        )
        mail = self.template.with_user(self.employee).send_mail(self.ticket.id)
        self.assertIn("Dear Cora", self.env["mail.mail"].browse(mail).body_html)

    def test_partner_to(self):
        parse = self.env["mail.template"]._parse_partner_to
        for given, wanted in (
            ("3", [3]),
            ("3, 4", [3, 4]),
            ("[3, '4', 0, False, None, 'x']", [3, 4]),
            ("model(1, 2, 3)", [2]),
            ("", []),
            ("3, x", [3]),
        ):
            with self.subTest(given):
                self.assertEqual(parse(given), wanted)

    def test_sending(self):
        self.template.attachment_ids = [(0, 0, {"name": "a.txt", "raw": b"a"})]
        self.assertEqual(self.template.attachment_ids.res_id, self.template.id)
        mail = self.env["mail.mail"].browse(
            self.template.send_mail(self.ticket.id, email_layout_xmlid="mail.mail_notification_light")
        )
        self.assertEqual(mail.subject, "About T<")
        self.assertEqual((mail.email_to, mail.recipient_ids), ("direct@x.example", self.customer))
        self.assertIn("Ticket-like model", mail.body_html)
        self.assertIn("Dear Cora Customer", mail.body_html)
        self.assertEqual(mail.attachment_ids, self.template.attachment_ids)
        self.assertFalse(mail.is_notification)
        with self.outbox() as sent:
            self.template.send_mail_batch(self.ticket.ids * 1, force_send=True, email_values={"subject": "Other"})
        self.assertEqual({one["subject"] for one in sent}, {"Other"})

    def test_partners_of_addresses(self):
        values = self.template._generate_template(
            self.ticket.ids, {"email_to", "partner_to"}, find_or_create_partners=True
        )[self.ticket.id]
        names = self.env["res.partner"].browse(values["partner_ids"]).mapped("name")
        self.assertEqual(names, ["direct@x.example", "Cora Customer"])
        self.assertEqual(self.env["res.partner"].browse(values["partner_ids"][0]).company_id, self.env.company)

    def test_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").subject = "De {{ object.name }}"
        self.customer.lang = "fr_FR"
        self.assertEqual(self.template._render_lang(self.ticket.ids), {self.ticket.id: "fr_FR"})
        rendered = self.template._render_field("subject", self.ticket.ids, compute_lang=True)
        self.assertEqual(rendered[self.ticket.id], "De T<")

    def test_records(self):
        self.assertEqual(self.template.template_category, "custom_template")
        known = self.env.ref("test_mail.mail_template_ticket_done")
        self.assertEqual(known.template_category, "hidden_template")
        found = self.env["mail.template"].search([("template_category", "=", "custom_template")])
        self.assertIn(self.template, found)
        self.assertNotIn(known, found)
        self.assertEqual(self.template.copy().name, "Hello (copy)")
        with self.assertRaises(ValidationError):
            self.env["mail.template"].create({"name": "x", "model_id": self.env["ir.model"]._get_id("mail.thread")})
        with self.assertRaises(ValueError):
            self.template._render_field("no_such", self.ticket.ids)
