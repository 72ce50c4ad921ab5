"""Computed fields of every kind."""

from odoo import api, fields, models


class Compute(models.Model):
    _name = "test_orm.compute"
    _description = "Computes"

    name = fields.Char()
    a = fields.Integer()
    b = fields.Integer()
    calls = []

    sum = fields.Integer(compute="_compute_sum", search="_search_sum")
    upper = fields.Char(compute="_compute_upper", inverse="_inverse_upper", search="_search_upper")
    first = fields.Char(compute="_compute_parts", inverse="_inverse_first", store=True)
    second = fields.Char(compute="_compute_parts", inverse="_inverse_second", store=True)
    chain1 = fields.Integer(compute="_compute_chain1", store=True)
    chain2 = fields.Integer(compute="_compute_chain2")
    chain3 = fields.Integer(compute="_compute_chain3", store=True)
    editable = fields.Integer(compute="_compute_editable", store=True, readonly=False)
    defaulted = fields.Integer(compute="_compute_defaulted", store=True, readonly=False, precompute=True, default=7)
    precomputed = fields.Integer(compute="_compute_precomputed", store=True, precompute=True)
    company_label = fields.Char(compute="_compute_company_label")
    user_label = fields.Char(compute="_compute_user_label")
    key_label = fields.Char(compute="_compute_key_label")
    lang_label = fields.Char(compute="_compute_lang_label")
    active_label = fields.Char(compute="_compute_active_label")
    as_user = fields.Integer(compute="_compute_as_user")
    as_superuser = fields.Integer(compute="_compute_as_superuser", compute_sudo=True)
    by_function = fields.Integer(compute=lambda self: self._double())
    missing = fields.Integer(compute="_compute_missing")
    proposed = fields.Integer(compute="_compute_missing_proposal", store=True, readonly=False)
    failing = fields.Integer(compute="_compute_failing")
    tag_id = fields.Many2one("test_orm.tag", compute="_compute_tags", store=True)
    tag_ids = fields.Many2many("test_orm.tag", compute="_compute_tags", store=True)
    free_tag_ids = fields.Many2many("test_orm.tag", compute="_compute_free_tags")

    @api.depends("a", "b")
    def _compute_sum(self):
        self.calls.append(("sum", self.ids))
        for record in self:
            record.sum = record.a + record.b

    def _search_sum(self, operator, value):
        records = self.search([])
        if operator == "=":
            return [("id", "in", [record.id for record in records if record.a + record.b == value])]
        if operator == "!=":
            return [("id", "in", [record.id for record in records if record.a + record.b != value])]
        if operator == ">":
            return [("id", "in", [record.id for record in records if record.a + record.b > value])]
        raise NotImplementedError(f"Unsupported operator {operator!r}")

    @api.depends("name")
    def _compute_upper(self):
        for record in self:
            record.upper = record.name.upper() if record.name else False

    def _inverse_upper(self):
        for record in self:
            record.name = record.upper.lower() if record.upper else False

    def _search_upper(self, operator, value):
        if operator == "like":
            operator = "ilike"
        return [("name", operator, value)]

    @api.depends("name")
    def _compute_parts(self):
        self.calls.append(("parts", self.ids))
        for record in self:
            record.first, _space, record.second = (record.name or "").partition(" ")

    def _inverse_first(self):
        for record in self:
            record.name = f"{record.first or ''} {(record.name or '').partition(' ')[2]}".strip()

    def _inverse_second(self):
        for record in self:
            record.name = f"{(record.name or '').partition(' ')[0]} {record.second or ''}".strip()

    @api.depends("a")
    def _compute_chain1(self):
        for record in self:
            record.chain1 = record.a + 1

    @api.depends("chain1")
    def _compute_chain2(self):
        for record in self:
            record.chain2 = record.chain1 + 1

    @api.depends("chain2")
    def _compute_chain3(self):
        for record in self:
            record.chain3 = record.chain2 + 1

    @api.depends("a")
    def _compute_editable(self):
        for record in self:
            record.editable = record.a * 10

    @api.depends("a")
    def _compute_defaulted(self):
        for record in self:
            record.defaulted = record.a

    @api.depends("a")
    def _compute_precomputed(self):
        self.calls.append(("precomputed", self.ids))
        for record in self:
            record.precomputed = record.a + 100

    @api.depends_context("company")
    def _compute_company_label(self):
        for record in self:
            record.company_label = record.env.company.name

    @api.depends_context("uid")
    def _compute_user_label(self):
        for record in self:
            record.user_label = f"{record.env.uid} {record.env.su}"

    @api.depends_context("test_key")
    def _compute_key_label(self):
        for record in self:
            record.key_label = record.env.context.get("test_key", "none")

    @api.depends_context("lang")
    def _compute_lang_label(self):
        for record in self:
            record.lang_label = record.env.lang or "none"

    @api.depends_context("active_test")
    def _compute_active_label(self):
        for record in self:
            record.active_label = str(record.env.context.get("active_test", True))

    def _compute_as_user(self):
        for record in self:
            record.as_user = int(record.env.su)

    def _compute_as_superuser(self):
        for record in self:
            record.as_superuser = int(record.env.su)

    @api.depends("a")
    def _double(self):
        for record in self:
            record.by_function = record.a * 2

    @api.depends("a")
    def _compute_missing_proposal(self):
        for record in self:
            if record.a > 10:
                record.proposed = record.a

    @api.depends("a")
    def _compute_missing(self):
        for record in self:
            if record.a:
                record.missing = 1

    @api.depends("a")
    def _compute_failing(self):
        for record in self:
            record.failing = 10 // record.a

    @api.depends("name")
    def _compute_tags(self):
        Tag = self.env["test_orm.tag"]
        for record in self:
            tags = Tag.search([("name", "in", (record.name or "").split())])
            record.tag_ids = tags
            record.tag_id = tags[:1]

    @api.depends("name")
    def _compute_free_tags(self):
        for record in self:
            record.free_tag_ids = self.env["test_orm.tag"].search([("name", "=", record.name)])


class Node(models.Model):
    """Computations along relations."""

    _name = "test_orm.node"
    _description = "Node"

    name = fields.Char()
    value = fields.Integer()
    next_id = fields.Many2one("test_orm.node")
    previous_ids = fields.One2many("test_orm.node", "next_id")
    link_ids = fields.Many2many("test_orm.node", "test_orm_node_link", "source", "destination")
    next_value = fields.Integer(compute="_compute_next_value", store=True)
    next_next_value = fields.Integer(compute="_compute_next_next_value", store=True)
    previous_total = fields.Integer(compute="_compute_previous_total", store=True)
    link_total = fields.Integer(compute="_compute_link_total", store=True)
    link_names = fields.Char(compute="_compute_link_names")

    @api.depends("next_id.value")
    def _compute_next_value(self):
        for node in self:
            node.next_value = node.next_id.value

    @api.depends("next_id.next_id.value")
    def _compute_next_next_value(self):
        for node in self:
            node.next_next_value = node.next_id.next_id.value

    @api.depends("previous_ids.value")
    def _compute_previous_total(self):
        for node in self:
            node.previous_total = sum(node.previous_ids.mapped("value"))

    @api.depends("link_ids.value")
    def _compute_link_total(self):
        for node in self:
            node.link_total = sum(node.link_ids.mapped("value"))

    @api.depends("link_ids.name")
    def _compute_link_names(self):
        for node in self:
            node.link_names = ", ".join(name or "" for name in node.link_ids.mapped("name"))
