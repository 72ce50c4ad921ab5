"""A small registry of its own: just what environments need, and models with every kind of field to search on."""

from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.orm.services import Services, register

MODULE = "query_sample"


class Base(models.AbstractModel):
    _module = MODULE
    _name = "base"
    _description = "Base"


class Lang(models.AbstractModel):
    _module = MODULE
    _name = "res.lang"
    _description = "Languages"

    def get_installed(self):
        return [("en_US", "English"), ("fr_FR", "French")]

    def _get_data(self, code=None, **kwargs):
        return SimpleNamespace(code=code, week_start="7" if code == "en_US" else "1", date_format="%m/%d/%Y")


class SampleAccess:
    """Everybody may use every model, and the context has the rules."""

    def allows(self, model, operation):
        return True

    def domain(self, model, operation):
        return model.env.context.get("rules", {}).get(model._name, [])

    def model_refusal(self, model, operation):
        return AccessError(f"You may not {operation} records of {model._name}.")

    def records_refusal(self, records, operation):
        return AccessError(f"You may not {operation} {records}.")


class SampleAccounts:
    def user(self, env):
        return env(su=True)["res.users"].browse(env.uid)

    def companies(self, env, ids):
        return env["res.company"].browse(ids)


class SampleLanguages:
    def is_active(self, env, code):
        return True


register(MODULE, Services(access=SampleAccess(), accounts=SampleAccounts(), languages=SampleLanguages()))


class Company(models.Model):
    _module = MODULE
    _name = "res.company"
    _description = "Company"

    name = fields.Char()
    partner_id = fields.Many2one("query.partner")


class Users(models.Model):
    _module = MODULE
    _name = "res.users"
    _description = "Users"
    _inherits = {"query.partner": "partner_id"}

    login = fields.Char()
    tz = fields.Char()
    partner_id = fields.Many2one("query.partner", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company")

    def _get_company_ids(self):
        return [self.company_id.id]

    def has_groups(self, spec):
        return True


class Partner(models.Model):
    _module = MODULE
    _name = "query.partner"
    _description = "Partner"
    _parent_store = True
    _order = "name desc"

    name = fields.Char()
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("query.partner")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("query.partner", "parent_id")
    lang = fields.Char()
    birthday = fields.Date()
    definitions = fields.PropertiesDefinition()


class Tag(models.Model):
    _module = MODULE
    _name = "query.tag"
    _description = "Tag"
    _order = "name"

    name = fields.Char()
    parent_id = fields.Many2one("query.tag")


class Stage(models.Model):
    _module = MODULE
    _name = "query.stage"
    _description = "Stage"
    _order = "sequence, id"

    name = fields.Char()
    sequence = fields.Integer()
    fold = fields.Boolean()


class Task(models.Model):
    _module = MODULE
    _name = "query.task"
    _description = "Task"

    name = fields.Char()
    code = fields.Char(required=True, default="x")
    note = fields.Text()
    body = fields.Html()
    title = fields.Char(translate=True)
    priority = fields.Integer()
    ratio = fields.Float()
    price = fields.Float(digits=(10, 2))
    done = fields.Boolean()
    state = fields.Selection([("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")])
    kind = fields.Selection([("x", "X"), ("y", "Y")], group_expand=True)
    level = fields.Selection([("1", "One"), ("2", "Two")], group_expand="_all_levels")
    day = fields.Date()
    moment = fields.Datetime()
    rate = fields.Float(company_dependent=True)
    partner_id = fields.Many2one("query.partner")
    joined_id = fields.Many2one("query.partner", auto_join=True)
    stage_id = fields.Many2one("query.stage", group_expand="_all_stages")
    tag_ids = fields.Many2many("query.tag")
    line_ids = fields.One2many("query.line", "task_id")
    properties = fields.Properties(definition="partner_id.definitions")
    reference = fields.Reference([("query.tag", "Tag"), ("query.stage", "Stage")])
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    partner_name = fields.Char(related="partner_id.name")
    partner_day = fields.Date(related="partner_id.birthday")
    double = fields.Integer(compute="_compute_double", search="_search_double")
    unsearchable = fields.Integer(compute="_compute_double")

    @api.depends("priority")
    def _compute_double(self):
        for task in self:
            task.double = task.unsearchable = task.priority * 2

    def _search_double(self, operator, value):
        return [("priority", operator, value / 2)]

    @api.model
    def _all_stages(self, stages, domain):
        return stages.search([])

    @api.model
    def _all_levels(self, values, domain, order):
        return ["2", "1"]

    @api.onchange("priority")
    def _onchange_priority(self):
        if self.priority > 100:
            return {"warning": {"title": "High", "message": "Very high"}}
        self.note = f"priority {self.priority}"
        return None


class Line(models.Model):
    _module = MODULE
    _name = "query.line"
    _description = "Line"

    name = fields.Char()
    quantity = fields.Integer()
    task_id = fields.Many2one("query.task")
    active = fields.Boolean(default=True)
