"""What reports refer to under the addresses of this module."""

from __future__ import annotations

import base64
import re

from odoo import models
from odoo.exceptions import UserError
from odoo.modules.assets import AssetBundle
from odoo.tools import str2bool
from odoo.tools.text import natural_number

#: the address of a file or a picture: of an attachment, of a field of a record, or of what an external id designates
_BINARY = re.compile(
    r"""/web/(?P<kind>image|content)
    (?:/(?:(?P<id>\d+)(?:-[^/]*)?|(?P<model>[\w.]+)/(?P<res_id>\d+)/(?P<field>\w+)|(?P<xmlid>\w+\.[\w.-]+)))?
    (?:/(?P<width>\d+)x(?P<height>\d+))?(?:/[^/]*)?""",
    re.VERBOSE,
)
_BUNDLE = re.compile(r"/web/bundle/(\w+\.\w+?)(\.rtl)?\.css")
_BARCODE = re.compile(r"/report/barcode(?:/(\w+)/(.+)|/?)")
_LOGO = ("/web/binary/company_logo", "/logo", "/logo.png")


class IrActionsReport(models.Model):
    """Reports find the files that this module serves."""

    _inherit = "ir.actions.report"

    def _get_report_resource(self, path, query):
        """Return a style sheet, a picture, a file or a barcode."""
        if match := _BUNDLE.fullmatch(path):
            return AssetBundle(self.env(su=True), match[1], rtl=bool(match[2])).style_sheet()[0], "text/css"
        if match := _BARCODE.fullmatch(path):
            return self._report_barcode(match, dict(query))
        if path in _LOGO:
            return self._report_logo(query)
        if match := _BINARY.fullmatch(path):
            return self._report_binary(match, query)
        return super()._get_report_resource(path, query)

    def _report_barcode(self, match, query):
        kind = match[1] or query.pop("barcode_type", query.pop("type", ""))
        value = match[2] or query.pop("value", "")
        options = {
            name: query[name] for name in ("width", "height", "humanreadable", "quiet", "barLevel") if name in query
        }
        try:
            return self._draw_barcode(kind, value, True, **options), "image/svg+xml"
        except ValueError:
            return None

    def _report_logo(self, query):
        """Return the logo of a company, which everybody may see."""
        company_id = natural_number(query.get("company"))
        companies = self.env["res.company"].sudo()
        company = self.env.company.sudo() if company_id is None else companies.browse(company_id).exists()
        return (base64.b64decode(company.logo_web), None) if company.logo_web else None

    def _report_binary(self, match, query):
        """Return the content of a binary field; ``None`` when the user may not see it, or there is none."""
        given = {**query, **{name: value for name, value in match.groupdict().items() if value}}
        record_id = natural_number(given.get("res_id") or given.get("id"))
        field = given.get("field") or "raw"
        binaries = self.env["ir.binary"]
        try:
            record = binaries._find_record(
                given.get("xmlid"), given.get("model") or "ir.attachment", record_id, given.get("access_token"), field
            )
            if match["kind"] == "content":
                stream = binaries._get_stream_from(record, field)
            else:
                sizes = {name: natural_number(given.get(name)) for name in ("width", "height")}
                size = {name: number for name, number in sizes.items() if number is not None}
                crop = str2bool(given.get("crop") or "0", False)
                stream = binaries._get_image_stream_from(record, field, crop=crop, **size)
            return None if stream.type == "url" else (stream.read(), stream.mimetype)
        except UserError:
            return None
