"""The page of a course."""

from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request


class CoursePortal(CustomerPortal):
    """The page of a course."""

    @http.route("/test_portal_rating/<int:course_id>", type="http", auth="public", website=True)
    def course(self, course_id, access_token=None, **kw):
        """Show a course with its ratings."""
        course = self._document_check_access("test_portal_rating.course", course_id, access_token)
        values = self._get_page_view_values(course, access_token, {}, "my_courses_history", False, **kw)
        return request.render("test_portal_rating.course", {**values, "course": course})
