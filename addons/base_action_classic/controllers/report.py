"""Reports called after their template."""

from odoo.addons.web.controllers.report import ReportController
from odoo.http import request


class ClassicReportController(ReportController):
    """Calls files after the template where the report has no expression for it."""

    def _report_filename(self, reportname, docids):
        """Return the name of the file without its ending."""
        report = request.env["ir.actions.report"]._get_report_from_name(reportname)
        return super()._report_filename(reportname, docids) if report.print_report_name else report.report_name
