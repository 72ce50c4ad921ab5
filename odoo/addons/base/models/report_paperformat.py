"""``report.paperformat``: the paper that reports are printed on."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

#: the known sizes as users choose them: name, the number that printers know the size by, width x height
_KNOWN_SIZES = """\
A0  5   841 x 1189 mm
A1  6   594 x 841 mm
A2  7   420 x 594 mm
A3  8   297 x 420 mm
A4  0   210 x 297 mm, 8.26 x 11.69 inches
A5  9   148 x 210 mm
A6  10  105 x 148 mm
A7  11  74 x 105 mm
A8  12  52 x 74 mm
A9  13  37 x 52 mm
B0  14  1000 x 1414 mm
B1  15  707 x 1000 mm
B2  17  500 x 707 mm
B3  18  353 x 500 mm
B4  19  250 x 353 mm
B5  1   176 x 250 mm, 6.93 x 9.84 inches
B6  20  125 x 176 mm
B7  21  88 x 125 mm
B8  22  62 x 88 mm
B9  23  33 x 62 mm
B10    16  31 x 44 mm
C5E 24  163 x 229 mm
Comm10E 25  105 x 241 mm, U.S. Common 10 Envelope
DLE 26 110 x 220 mm
Executive 4   7.5 x 10 inches, 190.5 x 254 mm
Folio 27  210 x 330 mm
Ledger  28  431.8 x 279.4 mm
Legal    3   8.5 x 14 inches, 215.9 x 355.6 mm
Letter 2 8.5 x 11 inches, 215.9 x 279.4 mm
Tabloid 29 279.4 x 431.8 mm
"""


def _paper_size(description: str) -> dict:
    """Return the size, in millimetres, that a line of :data:`_KNOWN_SIZES` describes."""
    width, height = re.search(r"([\d.]+) x ([\d.]+) mm", description).groups()
    return {"key": description.split()[0], "description": description, "width": float(width), "height": float(height)}


#: name of a format, what users read, and its width and height in millimetres
PAPER_SIZES = [*map(_paper_size, _KNOWN_SIZES.splitlines()), {"key": "custom", "description": "Custom"}]


class ReportPaperformat(models.Model):
    """Size, margins and resolution of a page."""

    _name = "report.paperformat"
    _description = "Paper Format Config"

    name = fields.Char(required=True)
    default = fields.Boolean("Default paper format?")
    format = fields.Selection(
        [(size["key"], size["description"]) for size in PAPER_SIZES],
        "Paper size",
        default="A4",
        help="A known size, or Custom for the width and height below.",
    )
    margin_top = fields.Float("Top Margin (mm)", default=40)
    margin_bottom = fields.Float("Bottom Margin (mm)", default=20)
    margin_left = fields.Float("Left Margin (mm)", default=7)
    margin_right = fields.Float("Right Margin (mm)", default=7)
    page_height = fields.Integer("Page height (mm)", default=False)
    page_width = fields.Integer("Page width (mm)", default=False)
    orientation = fields.Selection([("Landscape", "Landscape"), ("Portrait", "Portrait")], default="Landscape")
    header_line = fields.Boolean("Display a header line", default=False)
    header_spacing = fields.Integer("Header spacing", default=35)
    disable_shrinking = fields.Boolean("Disable smart shrinking")
    dpi = fields.Integer("Output DPI", required=True, default=90)
    report_ids = fields.One2many("ir.actions.report", "paperformat_id", "Associated reports")
    print_page_width = fields.Float("Print page width (mm)", compute="_compute_print_page_size")
    print_page_height = fields.Float("Print page height (mm)", compute="_compute_print_page_size")
    css_margins = fields.Boolean("Use css margins", default=False)

    @api.constrains("format")
    def _check_format_or_page(self):
        """Refuse a known size together with one's own."""
        for paper in self:
            if paper.format != "custom" and (paper.page_width or paper.page_height):
                raise ValidationError(_("Page width and height are for the paper size Custom only."))

    def _compute_print_page_size(self):
        """Tell the size, turned for landscape."""
        sizes = {size["key"]: size for size in PAPER_SIZES}
        for paper in self:
            width = height = 0.0
            if paper.format == "custom":
                width, height = paper.page_width, paper.page_height
            elif paper.format:
                width, height = sizes[paper.format]["width"], sizes[paper.format]["height"]
            if paper.orientation == "Landscape":
                width, height = height, width
            paper.print_page_width, paper.print_page_height = width, height
