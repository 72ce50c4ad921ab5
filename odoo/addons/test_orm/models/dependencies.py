"""Relations whose other side is computed, and what is computed from them."""

from odoo import api, fields, models


class Club(models.Model):
    _name = "test_orm.club"
    _description = "Club"

    name = fields.Char()
    member_ids = fields.One2many("test_orm.member", "club_id")
    size = fields.Integer(compute="_compute_size", store=True)
    label = fields.Char(compute="_compute_label")

    @api.depends("member_ids")
    def _compute_size(self):
        for club in self:
            club.size = len(club.member_ids)

    @api.depends("member_ids.nick")
    def _compute_label(self):
        for club in self:
            club.label = ",".join(member.nick or "" for member in club.member_ids)


class Member(models.Model):
    """Belongs to the club of its name."""

    _name = "test_orm.member"
    _description = "Member"
    _order = "id"

    name = fields.Char()
    nick = fields.Char()
    active = fields.Boolean(default=True)
    club_id = fields.Many2one("test_orm.club", compute="_compute_club_id", store=True)

    @api.depends("name")
    def _compute_club_id(self):
        clubs = {club.name: club for club in self.env["test_orm.club"].search([])}
        for member in self:
            member.club_id = clubs.get(member.name) if member.name else False


class Basin(models.Model):
    """What its rivers lead to is computed from their springs."""

    _name = "test_orm.basin"
    _description = "Basin"

    river_ids = fields.One2many("test_orm.river", "basin_id")
    size = fields.Integer(compute="_compute_size", store=True)

    @api.depends("river_ids")
    def _compute_size(self):
        for basin in self:
            basin.size = len(basin.river_ids)


class River(models.Model):
    _name = "test_orm.river"
    _description = "River"

    spring_ids = fields.One2many("test_orm.spring", "river_id")
    basin_id = fields.Many2one("test_orm.basin", compute="_compute_basin_id", store=True)

    @api.depends("spring_ids.basin_id")
    def _compute_basin_id(self):
        for river in self:
            river.basin_id = river.spring_ids.basin_id[:1]


class Spring(models.Model):
    _name = "test_orm.spring"
    _description = "Spring"

    river_id = fields.Many2one("test_orm.river")
    basin_id = fields.Many2one("test_orm.basin")
