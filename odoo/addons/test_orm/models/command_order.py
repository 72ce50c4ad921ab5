"""Records for which it matters in which order relations get their values."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Debate(models.Model):
    """Who may speak is declared before what was said."""

    _name = "test_orm.debate"
    _description = "Debate"

    speaker_ids = fields.Many2many("test_orm.person", "test_orm_debate_speaker", "debate_id", "person_id")
    speech_ids = fields.One2many("test_orm.speech", "debate_id")


class LateDebate(models.Model):
    """Who may speak is declared after what was said."""

    _name = "test_orm.debate.late"
    _description = "Late Debate"

    speech_ids = fields.One2many("test_orm.speech", "late_debate_id")
    speaker_ids = fields.Many2many("test_orm.person", "test_orm_late_debate_speaker", "debate_id", "person_id")


class Speech(models.Model):
    _name = "test_orm.speech"
    _description = "Speech"

    speaker_id = fields.Many2one("test_orm.person")
    debate_id = fields.Many2one("test_orm.debate")
    late_debate_id = fields.Many2one("test_orm.debate.late")

    @api.constrains("speaker_id", "debate_id", "late_debate_id")
    def _check_speaker(self):
        for speech in self:
            debate = speech.debate_id or speech.late_debate_id
            if debate and speech.speaker_id not in debate.speaker_ids:
                raise ValidationError("Only speakers of the debate may speak.")


class Rope(models.Model):
    _name = "test_orm.rope"
    _description = "Rope"

    knot_ids = fields.One2many("test_orm.knot", "rope_id")
    far_knot_ids = fields.Many2many("test_orm.knot", "test_orm_rope_knot", "rope_id", "knot_id")


class Knot(models.Model):
    """Takes those that hang on it with it when it is deleted."""

    _name = "test_orm.knot"
    _description = "Knot"
    _order = "id"

    name = fields.Char()
    rope_id = fields.Many2one("test_orm.rope")
    upper_id = fields.Many2one("test_orm.knot")

    def unlink(self):
        below = self.search([("upper_id", "in", self.ids)]) - self
        if below:
            below.unlink()
        return super().unlink()
