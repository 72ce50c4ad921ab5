"""The wizard that chooses how documents of a company look."""

from __future__ import annotations

import base64
import binascii
import io

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from odoo import api, fields, models
from odoo.tools import html_escape, is_html_empty

DEFAULT_COLORS = {"primary_color": "#000000", "secondary_color": "#000000"}
#: colours are looked for on a copy of the logo not larger than this
SAMPLE_SIZE = (100, 100)


class BaseDocumentLayout(models.TransientModel):
    """Wizard that shows what letters of a company look like while their layout is chosen."""

    _name = "base.document.layout"
    _description = "Company Document Layout"

    @api.model
    def _default_report_footer(self):
        """Return the contacts of the company in one line."""
        company = self.env.company
        parts = [company.phone, company.email, company.website, company.vat]
        return Markup(" ").join(html_escape(part) for part in parts if part)

    @api.model
    def _default_company_details(self):
        """Return name and address of the company, a line each."""
        company = self.env.company
        town = " ".join(part for part in (company.zip, company.city, company.state_id.code) if part)
        parts = [company.name, company.street, company.street2, town, company.country_id.name]
        return Markup("<br>").join(html_escape(part) for part in parts if part)

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, required=True)
    logo = fields.Binary(related="company_id.logo", readonly=False)
    preview_logo = fields.Binary(related="logo", string="Preview logo")
    report_header = fields.Html(related="company_id.report_header", readonly=False)
    report_footer = fields.Html(related="company_id.report_footer", readonly=False, default=_default_report_footer)
    company_details = fields.Html(
        related="company_id.company_details", readonly=False, default=_default_company_details
    )
    is_company_details_empty = fields.Boolean(compute="_compute_empty_company_details")
    paperformat_id = fields.Many2one(related="company_id.paperformat_id", readonly=False)
    external_report_layout_id = fields.Many2one(related="company_id.external_report_layout_id", readonly=False)
    font = fields.Selection(related="company_id.font", readonly=False)
    primary_color = fields.Char(related="company_id.primary_color", readonly=False)
    secondary_color = fields.Char(related="company_id.secondary_color", readonly=False)
    custom_colors = fields.Boolean(compute="_compute_custom_colors", readonly=False)
    logo_primary_color = fields.Char(compute="_compute_logo_colors")
    logo_secondary_color = fields.Char(compute="_compute_logo_colors")
    layout_background = fields.Selection(related="company_id.layout_background", readonly=False, required=True)
    layout_background_image = fields.Binary(related="company_id.layout_background_image", readonly=False)
    report_layout_id = fields.Many2one("report.layout")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    partner_id = fields.Many2one(related="company_id.partner_id", readonly=True)
    phone = fields.Char(related="company_id.phone", readonly=True)
    email = fields.Char(related="company_id.email", readonly=True)
    website = fields.Char(related="company_id.website", readonly=True)
    vat = fields.Char(related="company_id.vat", readonly=True)
    name = fields.Char(related="company_id.name", readonly=True)
    country_id = fields.Many2one(related="company_id.country_id", readonly=True)

    @api.depends("logo_primary_color", "logo_secondary_color", "primary_color", "secondary_color")
    def _compute_custom_colors(self):
        for wizard in self:
            primary, secondary = wizard.primary_color or "", wizard.secondary_color or ""
            wizard.custom_colors = bool(
                wizard.logo
                and primary
                and secondary
                and not (
                    primary.lower() == (wizard.logo_primary_color or "").lower()
                    and secondary.lower() == (wizard.logo_secondary_color or "").lower()
                )
            )

    @api.depends("logo")
    def _compute_logo_colors(self):
        for wizard in self:
            wizard.logo_primary_color, wizard.logo_secondary_color = wizard.extract_image_primary_secondary_colors(
                wizard.logo
            )

    @api.depends("company_details")
    def _compute_empty_company_details(self):
        for wizard in self:
            wizard.is_company_details_empty = is_html_empty(wizard.company_details)

    @api.depends(
        "report_layout_id",
        "logo",
        "font",
        "primary_color",
        "secondary_color",
        "report_header",
        "report_footer",
        "layout_background",
        "layout_background_image",
        "company_details",
    )
    def _compute_preview(self):
        styles = self._get_asset_style()
        for wizard in self:
            if not wizard.report_layout_id:
                wizard.preview = False
                continue
            preview_css = self.env["ir.ui.view"]._render_template("web.styles_company_report", {"company_ids": wizard})
            wizard.preview = self.env["ir.ui.view"]._render_template(
                wizard._get_preview_template(), wizard._get_render_information(styles + preview_css)
            )

    def _get_asset_style(self):
        """Return styles that apply to each preview."""
        return Markup()

    def _get_preview_template(self):
        """Return the template that shows the look."""
        return "web.report_invoice_wizard_preview"

    def _get_render_information(self, styles):
        """Return the values of the preview's template.

        :param styles: style sheet
        """
        self.ensure_one()
        return {
            # what the wizard says of the company, which is not written yet
            "company": self.with_context(bin_size=False),
            "res_company": self.company_id,
            "preview_css": styles,
            "is_html_empty": is_html_empty,
        }

    def _take_colors(self, **fallbacks):
        """Set colours to those of the logo, by field; to the fallbacks where the logo has none."""
        for name, fallback in fallbacks.items():
            self[name] = self[f"logo_{name}"] or fallback

    @api.onchange("company_id")
    def _onchange_company_id(self):
        """Choose what is missing: the entry of the company's layout, and colours."""
        for wizard in self:
            wizard.report_layout_id = self.env["report.layout"].search(
                [("view_id.key", "=?", wizard.external_report_layout_id.key)], limit=1
            )
            wizard._take_colors(**{name: color for name, color in DEFAULT_COLORS.items() if not wizard[name]})

    @api.onchange("custom_colors")
    def _onchange_custom_colors(self):
        """Go back to the colours of the logo once nobody wants colours of their own."""
        for wizard in self.filtered(lambda wizard: wizard.logo and not wizard.custom_colors):
            wizard._take_colors(**DEFAULT_COLORS)

    @api.onchange("report_layout_id")
    def _onchange_report_layout_id(self):
        for wizard in self:
            wizard.external_report_layout_id = wizard.report_layout_id.view_id

    @api.onchange("logo")
    def _onchange_logo(self):
        for wizard in self:
            if wizard.logo == wizard.company_id.logo and wizard.primary_color and wizard.secondary_color:
                continue
            wizard._take_colors(primary_color=wizard.primary_color, secondary_color=wizard.secondary_color)

    @api.model
    def extract_image_primary_secondary_colors(self, logo, white_threshold=225, mitigate=175):
        """Return the two colours that speak loudest in a picture, as `#rrggbb`; (False, False) when it has none.

        :param logo: picture in base64
        :param white_threshold: pixels lighter than this do not count
        :param mitigate: limit of the brightness of what is returned
        """
        pixels = _coloured_pixels(logo, white_threshold) if logo else []
        if not pixels:
            return False, False
        primary = max(pixels, key=lambda entry: entry[0])[1]
        others = [(count, colour) for count, colour in pixels if _distance(colour, primary) > 90]
        secondary = max(others, key=lambda entry: entry[0] * _saturation(entry[1]))[1] if others else primary
        return tuple(_hex(_darken(colour, mitigate)) for colour in (primary, secondary))

    def document_layout_save(self):
        """Close the wizard; its fields are those of the company. Go on with the report that asked for it."""
        return self.env.context.get("report_action") or {"type": "ir.actions.act_window_close"}


def _coloured_pixels(logo, white_threshold):
    """Return `(count, (r, g, b))` of groups of like pixels, without those that are nearly white or transparent."""
    try:
        image = Image.open(io.BytesIO(base64.b64decode(logo)))
        image.thumbnail(SAMPLE_SIZE)
    except (UnidentifiedImageError, Image.DecompressionBombError, binascii.Error, OSError):
        return []
    groups = {}
    for count, (red, green, blue, alpha) in image.convert("RGBA").getcolors(maxcolors=SAMPLE_SIZE[0] * SAMPLE_SIZE[1]):
        if alpha < 128 or min(red, green, blue) > white_threshold:
            continue
        group = groups.setdefault((red >> 5, green >> 5, blue >> 5), [0, 0, 0, 0])
        for index, value in enumerate((count, red * count, green * count, blue * count)):
            group[index] += value
    return [(count, (red // count, green // count, blue // count)) for count, red, green, blue in groups.values()]


def _distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _saturation(colour):
    return (max(colour) - min(colour) + 1) / 256


def _darken(colour, limit):
    brightest = max(colour)
    return tuple(value * limit // brightest for value in colour) if brightest > limit else colour


def _hex(colour):
    return "#%02x%02x%02x" % colour
