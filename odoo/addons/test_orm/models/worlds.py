"""Models whose records random programs change: each kind of field that keeps more than one value in a column."""

from odoo import api, fields, models


class Team(models.Model):
    _name = "test_orm.team"
    _description = "Team of items, joined by name"
    _order = "name, id"

    name = fields.Char()
    member_ids = fields.One2many("test_orm.item", "team_id")
    size = fields.Integer(compute="_compute_size", store=True)

    @api.depends("member_ids")
    def _compute_size(self):
        for team in self:
            team.size = len(team.member_ids)


class Label(models.Model):
    _name = "test_orm.label"
    _description = "Label of items"

    name = fields.Char()
    active = fields.Boolean(default=True)
    item_ids = fields.Many2many("test_orm.item")


class Item(models.Model):
    _name = "test_orm.item"
    _description = "Item with every kind of column"

    name = fields.Char(translate=True)
    note = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("test_orm.item", ondelete="set null")
    kid_ids = fields.One2many("test_orm.item", "parent_id")
    label_ids = fields.Many2many("test_orm.label")
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary()
    kids_amount = fields.Float(compute="_compute_kids_amount", store=True)
    place = fields.Char(company_dependent=True)
    helper_id = fields.Many2one("test_orm.label", company_dependent=True)
    team_name = fields.Char()
    team_id = fields.Many2one("test_orm.team", compute="_compute_team_id", store=True)
    definition = fields.PropertiesDefinition()
    properties = fields.Properties(definition="parent_id.definition")
    summary = fields.Char(compute="_compute_summary")

    @api.depends("kid_ids.amount")
    def _compute_kids_amount(self):
        for item in self:
            item.kids_amount = sum(item.kid_ids.mapped("amount"))

    @api.depends("team_name")
    def _compute_team_id(self):
        for item in self:
            item.team_id = item.team_name and self.env["test_orm.team"].search([("name", "=", item.team_name)], limit=1)

    @api.depends("name", "parent_id.name", "label_ids.name")
    def _compute_summary(self):
        for item in self:
            item.summary = f"{item.name} < {item.parent_id.name} {len(item.label_ids)}"

    @api.onchange("team_name")
    def _onchange_team_name(self):
        if self.team_name:
            self.note = f"joined {self.team_name}"


class Message(models.Model):
    _name = "test_orm.message"
    _description = "Message, below everything"

    body = fields.Char(translate=True)
    level = fields.Integer(default=1)
    length = fields.Integer(compute="_compute_length", store=True)

    @api.depends("body")
    def _compute_length(self):
        for message in self:
            message.length = len(message.body or "")


class Posting(models.Model):
    _name = "test_orm.posting"
    _description = "Message that is posted"
    _inherits = {"test_orm.message": "message_id"}

    message_id = fields.Many2one("test_orm.message", required=True, ondelete="cascade")
    address = fields.Char()


class Campaign(models.Model):
    _name = "test_orm.campaign"
    _description = "Posting to many"
    _inherits = {"test_orm.posting": "posting_id"}

    posting_id = fields.Many2one("test_orm.posting", required=True, ondelete="cascade")
    count = fields.Integer()
