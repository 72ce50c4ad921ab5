"""One field of each type."""

from odoo import api, fields, models


class Value(models.Model):
    _name = "test_orm.value"
    _description = "Values"

    name = fields.Char()
    char_short = fields.Char(size=8, trim=False)
    text = fields.Text()
    html = fields.Html()
    html_raw = fields.Html(sanitize=False)
    html_strict = fields.Html(sanitize_style=True, strip_classes=True)
    html_nostyle = fields.Html(strip_style=True)
    html_overridable = fields.Html(sanitize_overridable=True)
    html_comments = fields.Html(
        sanitize_tags=True, sanitize_attributes=True, sanitize_conditional_comments=True, sanitize_output_method="xhtml"
    )
    boolean = fields.Boolean()
    integer = fields.Integer()
    float = fields.Float()
    float_digits = fields.Float(digits=(10, 2))
    float_precision = fields.Float(digits="Test ORM Precision")
    monetary = fields.Monetary()
    monetary_other = fields.Monetary(currency_field="other_currency_id")
    currency_id = fields.Many2one("res.currency")
    other_currency_id = fields.Many2one("res.currency")
    date = fields.Date()
    datetime = fields.Datetime()
    selection = fields.Selection([("a", "First"), ("b", "Second"), ("c", "Third")])
    selection_method = fields.Selection("_select_method")
    selection_function = fields.Selection(lambda self: [("x", "X"), ("y", "Y")])
    binary = fields.Binary(attachment=False)
    binary_attached = fields.Binary()
    binary_copied = fields.Binary(compute="_compute_binary_copied", store=True, attachment=False)
    binary_shown = fields.Binary(compute="_compute_binary_shown", attachment=False)
    image = fields.Image(max_width=16, max_height=16)
    image_large = fields.Image(verify_resolution=True)
    image_small = fields.Image(related="image_large", max_width=8, max_height=8, readonly=False)
    image_wide = fields.Image(related="image_large", max_width=12, store=True, readonly=False)
    image_column = fields.Image(max_width=16, attachment=False)
    json = fields.Json()
    reference = fields.Reference([("test_orm.tag", "Tag"), ("test_orm.person", "Person")])
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    state = fields.Selection([("draft", "Draft"), ("done", "Done")], default="draft", required=True)
    described = fields.Char(
        string="A Label",
        help="An explanation",
        readonly=True,
        groups="base.group_user",
        default_export_compatible=True,
        states={"draft": [("readonly", False)]},
    )
    lines = fields.Integer(group_operator="avg")
    rate = fields.Float(aggregator="max")
    silent = fields.Integer(aggregator=None)

    @api.depends("binary_attached")
    def _compute_binary_copied(self):
        for record in self:
            record.binary_copied = record.binary_attached

    @api.depends("binary_attached")
    def _compute_binary_shown(self):
        for record in self:
            record.binary_shown = record.binary_attached

    def _select_method(self):
        return [("one", "One"), ("two", "Two")]


class WithProperties(models.Model):
    _name = "test_orm.project"
    _description = "Project"

    name = fields.Char()
    task_properties = fields.PropertiesDefinition()
    task_ids = fields.One2many("test_orm.task", "project_id")


class Task(models.Model):
    _name = "test_orm.task"
    _description = "Task"

    name = fields.Char()
    project_id = fields.Many2one("test_orm.project")
    properties = fields.Properties(definition="project_id.task_properties")
    stage_id = fields.Many2one("test_orm.stage", group_expand="_expand_stages")
    priority = fields.Selection([("0", "Low"), ("1", "Normal"), ("2", "High")], group_expand=True)
    kind = fields.Selection([("bug", "Bug"), ("idea", "Idea")], group_expand="_expand_kinds")
    hours = fields.Float()
    deadline = fields.Date()
    started = fields.Datetime()
    user_ids = fields.Many2many("test_orm.person")

    def _expand_stages(self, stages, domain):
        return stages.search([])

    def _expand_kinds(self, values, domain):
        return ["bug", "idea"]


class Stage(models.Model):
    _name = "test_orm.stage"
    _description = "Stage"
    _order = "sequence, id"

    name = fields.Char()
    sequence = fields.Integer()
    fold = fields.Boolean()
