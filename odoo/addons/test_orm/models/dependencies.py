"""Relations whose other side is inherited, computed or a number, and what is computed from them."""

from odoo import api, fields, models


class Subject(models.Model):
    """Its notices point back by a field that they inherit, by one that is computed, and by the id alone."""

    _name = "test_orm.subject"
    _description = "Subject"
    _order = "id"

    name = fields.Char()
    notice_ids = fields.One2many("test_orm.notice", "subject_id")
    loud_notice_ids = fields.One2many("test_orm.notice", "subject_id", domain=[("volume", ">", 5)])
    guessed_notice_ids = fields.One2many("test_orm.notice", "guess_id")
    leaflet_ids = fields.One2many("test_orm.leaflet", "res_id", domain=[("res_model", "=", "test_orm.subject")])
    notice_count = fields.Integer(compute="_compute_notice_count", store=True)
    volume = fields.Integer(compute="_compute_volume")
    guess_count = fields.Integer(compute="_compute_guess_count")

    @api.depends("notice_ids")
    def _compute_notice_count(self):
        for subject in self:
            subject.notice_count = len(subject.notice_ids)

    @api.depends("notice_ids.volume")
    def _compute_volume(self):
        for subject in self:
            subject.volume = sum(subject.notice_ids.mapped("volume"))

    @api.depends("guessed_notice_ids")
    def _compute_guess_count(self):
        for subject in self:
            subject.guess_count = len(subject.guessed_notice_ids)


class Memo(models.Model):
    _name = "test_orm.memo"
    _description = "Memo"

    text = fields.Char()
    subject_id = fields.Many2one("test_orm.subject")


class Notice(models.Model):
    """A memo with more to it, and the subject that its name starts with."""

    _name = "test_orm.notice"
    _description = "Notice"
    _inherits = {"test_orm.memo": "memo_id"}
    _order = "id"

    name = fields.Char()
    active = fields.Boolean(default=True)
    volume = fields.Integer()
    memo_id = fields.Many2one("test_orm.memo", required=True, ondelete="cascade")
    guess_id = fields.Many2one("test_orm.subject", compute="_compute_guess_id")

    @api.depends("name")
    def _compute_guess_id(self):
        subjects = {subject.name: subject for subject in self.env["test_orm.subject"].search([])}
        for notice in self:
            notice.guess_id = subjects.get((notice.name or "").partition(" ")[0])


class Leaflet(models.Model):
    """Belongs to a record of any model, without a field that says so to the framework; notes what is modified."""

    _name = "test_orm.leaflet"
    _description = "Leaflet"

    res_model = fields.Char()
    res_id = fields.Integer()
    text = fields.Char()
    title = fields.Char(compute="_compute_title", store=True)
    calls = []

    @api.depends("res_model", "res_id")
    def _compute_title(self):
        for leaflet in self:
            leaflet.title = f"{leaflet.res_model} {leaflet.res_id}"

    def modified(self, fnames, create=False, before=False):
        if self and "res_id" in fnames:
            self.calls.append((before, create, [leaflet.res_id for leaflet in self]))
            owners = self.env["test_orm.subject"].browse([leaflet.res_id for leaflet in self])
            owners.invalidate_recordset(["leaflet_ids"])
        return super().modified(fnames, create=create, before=before)


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
