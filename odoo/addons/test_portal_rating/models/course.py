"""Courses that people rate on their page."""

from odoo import fields, models


class Course(models.Model):
    """Something that people take part in, and rate."""

    _name = "test_portal_rating.course"
    _description = "Course"
    _inherit = ["portal.mixin", "rating.mixin"]
    _mail_post_access = "read"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner")

    def _compute_access_url(self):
        """Have a page for each."""
        for course in self:
            course.access_url = f"/test_portal_rating/{course.id}"
