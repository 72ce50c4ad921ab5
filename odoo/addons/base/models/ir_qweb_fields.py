"""Converters: how templates write values (``t-field``, and ``t-out`` with a widget)."""

import base64
import binascii
import logging
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import babel
import babel.dates
import pytz
from markupsafe import Markup, escape, escape_silent
from PIL import Image

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import (
    babel_locale_parse,
    float_utils,
    format_date,
    format_duration,
    get_lang,
    posix_to_ldml,
)
from odoo.tools.html_clean import safe_attrs
from odoo.tools.image import binary_to_image
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import format_decimalized_number

_logger = logging.getLogger(__name__)

#: unit, label and seconds of durations, the longest first
TIMEDELTA_UNITS = (
    ("year", "year", 3600 * 24 * 365),
    ("month", "month", 3600 * 24 * 30),
    ("week", "week", 3600 * 24 * 7),
    ("day", "day", 3600 * 24),
    ("hour", "hour", 3600),
    ("minute", "minute", 60),
    ("second", "second", 1),
)

_BREAK = re.compile(r"\r?\n")


def nl2br(string):
    """Return the text as markup, with a ``<br>`` at each line break; text is escaped, markup is not.

    :param string: text or ``Markup``
    """
    return Markup(_BREAK.sub("<br>\n", str(escape(_text(string) if not isinstance(string, str) else string))))


def nl2br_enclose(string, enclosure_tag="div"):
    """Return :func:`nl2br` of the text inside of an element.

    :param enclosure_tag: name of the element
    """
    return Markup("<{tag}>{converted}</{tag}>").format(tag=enclosure_tag, converted=nl2br(string))


class FieldConverter(models.AbstractModel):
    """Writes a value as markup; each type has a converter that inherits from this one."""

    _name = "ir.qweb.field"
    _description = "Qweb Field"

    @api.model
    def get_available_options(self):
        """Return the options of the converter: ``{name: description}``."""
        return {}

    @api.private
    @api.model
    def attributes(self, record, field_name, options, values=None):
        """Return the attributes to add to the node that shows a field.

        :param options: options of the node; ``inherit_branding`` asks for the origin of the value
        """
        if not options.get("inherit_branding"):
            return {}
        field = record._fields[field_name]
        result = {
            "data-oe-model": record._name,
            "data-oe-id": record.id,
            "data-oe-field": field.name,
            "data-oe-type": options.get("type"),
            "data-oe-expression": options.get("expression"),
        }
        if field.readonly:
            result["data-oe-readonly"] = 1
        return result

    @api.private
    @api.model
    def value_to_html(self, value, options):
        """Return a value as markup.

        :param options: options of the node
        """
        return escape_silent(_text(value)) if value not in (None, False) else Markup()

    @api.private
    @api.model
    def record_to_html(self, record, field_name, options):
        """Return a field of a record as markup, ``False`` when there is nothing to show."""
        value = record[field_name]
        if value is None or value is False:
            return False
        return self.value_to_html(value, options=self._complete_options(record, field_name, options))

    @api.model
    def _complete_options(self, record, field_name, options):
        """Return ``options`` with what the field, or its record, tells about how to write the value."""
        return options

    @api.private
    @api.model
    def user_lang(self):
        """Return the language of the rendering, a ``res.lang`` record."""
        return self.env["res.lang"].browse(get_lang(self.env).id)


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


class IntegerConverter(models.AbstractModel):
    """Whole numbers, digits grouped."""

    _name = "ir.qweb.field.integer"
    _description = "Qweb Field Integer"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add the short form: 12k."""
        return {
            **super().get_available_options(),
            "format_decimalized_number": {"type": "boolean", "string": _("Decimalized number")},
            "precision_digits": {"type": "integer", "string": _("Precision Digits")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write a whole number."""
        if options.get("format_decimalized_number"):
            return format_decimalized_number(value, options.get("precision_digits", 1))
        return _keep_together(self.user_lang().format("%d", value, grouping=True))


def _keep_together(number):
    """Keep a number on one line, its minus sign included."""
    return number.replace("-", "-\N{ZERO WIDTH NO-BREAK SPACE}")


class FloatConverter(models.AbstractModel):
    """Numbers with decimals."""

    _name = "ir.qweb.field.float"
    _description = "Qweb Field Float"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add the number of decimals."""
        return {
            **super().get_available_options(),
            "precision": {"type": "integer", "string": _("Rounding precision")},
            "decimal_precision": {"type": "char", "string": _("Name of a decimal accuracy")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write a number: with ``precision`` decimals, or as many as needed up to six."""
        usage = options.get("decimal_precision")
        decimals = self.env["decimal.precision"].precision_get(usage) if usage else options.get("precision")
        if decimals is None:
            fraction = f"{value:.6f}".partition(".")[2].rstrip("0")
            decimals = max(1, len(fraction))
        else:
            value = float_utils.float_round(value, precision_digits=decimals)
        return _keep_together(self.user_lang().format(f"%.{decimals}f", value, grouping=True))

    @api.model
    def _complete_options(self, record, field_name, options):
        """Take the number of decimals from the field."""
        if "precision" in options or "decimal_precision" in options:
            return options
        digits = record._fields[field_name].get_digits(record.env)
        return {**options, "precision": digits and digits[1]}


class DateConverter(models.AbstractModel):
    """Dates in the format of the language, or of the option ``format`` (CLDR)."""

    _name = "ir.qweb.field.date"
    _description = "Qweb Field Date"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add the format."""
        return {**super().get_available_options(), "format": {"type": "string", "string": _("Date format")}}

    @api.model
    def value_to_html(self, value, options):
        """Write a date."""
        return format_date(self.env, value, date_format=options.get("format"))


class DateTimeConverter(models.AbstractModel):
    """Dates and times in the user's time zone."""

    _name = "ir.qweb.field.datetime"
    _description = "Qweb Field Datetime"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add format, parts and time zone."""
        return {
            **super().get_available_options(),
            "format": {"type": "string", "string": _("Pattern to format")},
            "tz_name": {"type": "char", "string": _("Optional timezone name")},
            "time_only": {"type": "boolean", "string": _("Display only the time")},
            "hide_seconds": {"type": "boolean", "string": _("Hide seconds")},
            "date_only": {"type": "boolean", "string": _("Display only the date")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write a date and time; see :meth:`get_available_options`."""
        if not value:
            return ""
        options = options or {}
        lang = self.user_lang()
        locale = babel_locale_parse(lang.code)
        value = fields.Datetime.to_datetime(value)
        zone = self._zone(options)
        if value.tzinfo is None:
            value = pytz.utc.localize(value)
        value = value.astimezone(zone)
        pattern = options.get("format") or self._pattern(lang, locale, options)
        if options.get("hide_seconds"):
            pattern = pattern.replace(":ss", "").replace(":s", "")
        return escape(babel.dates.format_datetime(value, format=pattern, tzinfo=zone, locale=locale))

    def _pattern(self, lang, locale, options):
        """Return the CLDR pattern of the parts to show, as the language writes them."""
        if options.get("time_only"):
            parts = [lang.time_format]
        elif options.get("date_only"):
            parts = [lang.date_format]
        else:
            parts = [lang.date_format, lang.time_format]
        return " ".join(posix_to_ldml(part, locale=locale) for part in parts)

    def _zone(self, options):
        name = options.get("tz_name") or self.env.context.get("tz") or self.env.user.tz
        try:
            return pytz.timezone(name) if name else pytz.utc
        except pytz.UnknownTimeZoneError:
            _logger.warning("Unknown time zone %r", name)
            return pytz.utc


class TextConverter(models.AbstractModel):
    """Text over several lines."""

    _name = "ir.qweb.field.text"
    _description = "Qweb Field Text"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write text, line breaks included."""
        return nl2br(value) if value else ""


class SelectionConverter(models.AbstractModel):
    """Labels of options."""

    _name = "ir.qweb.field.selection"
    _description = "Qweb Field Selection"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add the labels."""
        return {**super().get_available_options(), "selection": {"type": "selection", "string": _("Selection")}}

    @api.model
    def value_to_html(self, value, options):
        """Write the label of an option."""
        return escape(_text(options["selection"][value])) if value else ""

    @api.model
    def _complete_options(self, record, field_name, options):
        """Take the labels from the field."""
        if "selection" in options:
            return options
        return {**options, "selection": dict(record._fields[field_name]._description_selection(self.env))}


class ManyToOneConverter(models.AbstractModel):
    """Names of records."""

    _name = "ir.qweb.field.many2one"
    _description = "Qweb Field Many to One"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write the name of a record."""
        name = value.sudo().display_name if value else False
        return nl2br(name) if name else False


class ManyToManyConverter(models.AbstractModel):
    """Names of several records."""

    _name = "ir.qweb.field.many2many"
    _description = "Qweb field many2many"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write the names of records, separated by commas."""
        names = ", ".join(name or "" for name in value.sudo().mapped("display_name")) if value else ""
        return nl2br(names) if names else False


class HTMLConverter(models.AbstractModel):
    """Markup as it is."""

    _name = "ir.qweb.field.html"
    _description = "Qweb Field HTML"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write markup."""
        return Markup(value)


class ImageConverter(models.AbstractModel):
    """Images, inside of the page."""

    _name = "ir.qweb.field.image"
    _description = "Qweb Field Image"
    _inherit = "ir.qweb.field"

    @api.model
    def _get_src_data_b64(self, value, options):
        """Return the image as a data URI; of a WebP image its JPEG copy, which more programs can show.

        :raise ValueError: when the value is no image
        """
        try:
            content = base64.b64decode(value)
        except binascii.Error:
            raise ValueError("Invalid image content: it is not base64") from None
        mimetype = guess_mimetype(content, default="")
        if not mimetype.startswith("image/"):
            raise ValueError(f"Invalid image content: it looks like {mimetype or 'nothing known'}")
        if mimetype not in ("image/webp", "image/svg+xml"):
            try:
                image = binary_to_image(content)
                image.verify()
                mimetype = Image.MIME.get(image.format, mimetype)
            except (OSError, SyntaxError, ValidationError) as error:
                raise ValueError(f"Invalid image content: {error}") from error
        data = value.decode() if isinstance(value, bytes) else value
        copy = self._jpeg_copy(content) if mimetype == "image/webp" else None
        if copy:
            mimetype, data = copy.mimetype, copy.datas.decode()
        return f"data:{mimetype};base64,{data}"

    def _jpeg_copy(self, content):
        """Return the attachment with the JPEG copy of an image, which clients attach to the attachment of the image."""
        attachments = self.env["ir.attachment"].sudo()
        # whoever has the image may have it in another format
        origins = attachments.search(
            [("id", "!=", False), ("checksum", "=", attachments._compute_checksum(content))], limit=100
        )
        return attachments.search(
            [
                ("id", "!=", False),
                ("res_model", "=", "ir.attachment"),
                ("res_id", "in", origins.ids),
                ("mimetype", "=", "image/jpeg"),
            ],
            limit=1,
        )

    @api.model
    def value_to_html(self, value, options):
        """Write an ``<img>``."""
        return Markup('<img src="%s"%s>') % (self._get_src_data_b64(value, options), _image_attributes(options))


def _image_attributes(options):
    """Return the attributes of an image that options tell, as markup."""
    names = {
        "class": "class",
        "style": "style",
        "img_style": "style",
        "width": "width",
        "height": "height",
        "alt": "alt",
    }
    attributes = {attribute: options[name] for name, attribute in names.items() if options.get(name)}
    return Markup().join(Markup(' %s="%s"') % pair for pair in attributes.items())


class ImageUrlConverter(models.AbstractModel):
    """Images of which the value is the URL."""

    _name = "ir.qweb.field.image_url"
    _description = "Qweb Field Image"
    _inherit = "ir.qweb.field.image"

    @api.model
    def value_to_html(self, value, options):
        """Write an ``<img>``."""
        return Markup('<img src="%s"%s>') % (value, _image_attributes(options)) if value else ""


class MonetaryConverter(models.AbstractModel):
    """Amounts of money."""

    _name = "ir.qweb.field.monetary"
    _description = "Qweb Field Monetary"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add currencies, and the date and company of the conversion between them."""
        return {
            **super().get_available_options(),
            "from_currency": {"type": "model", "params": "res.currency", "string": _("Original currency")},
            "display_currency": {
                "type": "model",
                "params": "res.currency",
                "string": _("Display currency"),
                "required": "value_to_html",
            },
            "date": {"type": "date", "string": _("Date")},
            "company_id": {"type": "model", "params": "res.company", "string": _("Company")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write an amount with its currency, in the element that styles expect.

        :raise ValueError: when the value is no number
        """
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise ValueError(self.env._("The value %r is no amount of money.", value))
        currency = options["display_currency"]
        if options.get("from_currency"):
            company = (
                self.env["res.company"].browse(options["company_id"]) if options.get("company_id") else self.env.company
            )
            value = options["from_currency"]._convert(
                value, currency, company, options.get("date") or fields.Date.today()
            )
        digits = 0 if options.get("label_price") and value == int(value) else currency.decimal_places
        number = self.user_lang().format(f"%.{digits}f", currency.round(value), grouping=True)
        number = _keep_together(number.replace(" ", "\N{NO-BREAK SPACE}"))
        value_node = Markup('<span class="oe_currency_value">%s</span>') % number
        symbol = currency.symbol or ""
        if currency.position == "before":
            return Markup("%s\N{NO-BREAK SPACE}%s") % (symbol, value_node) if symbol else value_node
        return Markup("%s\N{NO-BREAK SPACE}%s") % (value_node, symbol) if symbol else value_node

    @api.model
    def _complete_options(self, record, field_name, options):
        """Take currency, date and company from the record."""
        currency = options.get("display_currency") or self._currency_of(record, record._fields[field_name])
        context = record.env.context
        return {
            "company_id": context.get("company_id"),
            "date": context.get("date"),
            **options,
            "display_currency": currency or self.env.company.currency_id,
        }

    def _currency_of(self, record, field):
        """Return the currency of an amount: that of its field, else that of the record, possibly empty."""
        name = field.get_currency_field(record) if field.type == "monetary" else None
        if name and record[name]:
            return record[name]
        links = (link for link in record._fields.values() if link.comodel_name == "res.currency")
        name = next((link.name for link in links if link.type == "many2one"), None)
        return record[name] if name else self.env["res.currency"]


class TimedeltaConverter(models.AbstractModel):
    """Hours as ``hours:minutes``."""

    _name = "ir.qweb.field.float_time"
    _description = "Qweb Field Float Time"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write a number of hours."""
        return format_duration(value)


class TimeConverter(models.AbstractModel):
    """Time of day, from a number of hours."""

    _name = "ir.qweb.field.time"
    _description = "QWeb Field Time"
    _inherit = "ir.qweb.field"

    @api.model
    def value_to_html(self, value, options):
        """Write a time.

        :raise ValueError: for a number that no day has
        """
        minutes = round(value * 60)
        if not 0 <= minutes < 24 * 60:
            raise ValueError(self.env._("The time %r is not within a day.", value))
        moment = datetime(1970, 1, 1) + timedelta(minutes=minutes)
        locale = babel_locale_parse(self.user_lang().code)
        return babel.dates.format_time(moment, format=(options or {}).get("format") or "short", locale=locale)


class DurationConverter(models.AbstractModel):
    """Durations in words, or in digits."""

    _name = "ir.qweb.field.duration"
    _description = "Qweb Field Duration"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add units, rounding and form."""
        labels = {"second": _("second"), "minute": _("minute"), "hour": _("hour"), "day": _("day")}
        labels.update(week=_("week"), month=_("month"), year=_("year"))
        units = [(unit, labels.get(unit, label)) for unit, label, _seconds in reversed(TIMEDELTA_UNITS)]
        return {
            **super().get_available_options(),
            "digital": {"type": "boolean", "string": _("Digital formatting")},
            "unit": {
                "type": "selection",
                "params": units,
                "string": _("Date unit"),
                "default_value": "hour",
                "required": "value_to_html",
            },
            "round": {"type": "selection", "params": units, "string": _("Rounding unit"), "default_value": "second"},
            "format": {
                "type": "selection",
                "string": _("Format"),
                "default_value": "long",
                "params": [("long", _("Long")), ("short", _("Short")), ("narrow", _("Narrow"))],
            },
            "add_direction": {"type": "boolean", "string": _("Add direction")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write a duration; see :meth:`get_available_options`."""
        seconds_of = {unit: seconds for unit, _label, seconds in TIMEDELTA_UNITS}
        factor = seconds_of[options.get("unit") or "second"]
        rounding = seconds_of[options.get("round") or "second"]
        total = value * factor
        if options.get("digital"):
            return self._digital(total, rounding)
        total = int(_half_up(total / rounding)) * rounding
        return self._in_words(total, rounding, options)

    def _digital(self, total, rounding):
        """Write ``hours:minutes[:seconds]``."""
        sign = "-" if total < 0 else ""
        rest = int(_half_up(abs(total) / rounding)) * rounding
        parts = []
        for unit, _label, seconds in TIMEDELTA_UNITS:
            if unit not in ("hour", "minute", "second") or (seconds < rounding and unit != "minute"):
                continue
            count, rest = divmod(rest, seconds)
            parts.append(f"{count:02d}")
        return sign + ":".join(parts)

    def _in_words(self, total, rounding, options):
        locale = babel_locale_parse(self.user_lang().code)
        if not total:
            unit = next(unit for unit, _label, seconds in TIMEDELTA_UNITS if seconds == rounding)
            return babel.dates.format_timedelta(timedelta(0), granularity=unit, locale=locale)
        rest, sections = abs(total), []
        for _unit, _label, seconds in TIMEDELTA_UNITS:
            count, rest = divmod(rest, seconds)
            if count:
                sections.append(
                    babel.dates.format_timedelta(
                        timedelta(seconds=count * seconds),
                        granularity=_unit,
                        threshold=1e6,
                        format=options.get("format") or "long",
                        locale=locale,
                    )
                )
        text = " ".join(sections)
        if options.get("add_direction"):
            return self.env._("in %s", text) if total > 0 else self.env._("%s ago", text)
        return f"- {text}" if total < 0 else text


def _half_up(number):
    return Decimal(str(number)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


class RelativeDatetimeConverter(models.AbstractModel):
    """Moments as seen from now: two days ago."""

    _name = "ir.qweb.field.relative"
    _description = "Qweb Field Relative"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add the moment of reference."""
        return {**super().get_available_options(), "now": {"type": "datetime", "string": _("Reference date")}}

    @api.model
    def value_to_html(self, value, options):
        """Write how long ago, or how far ahead, a moment is."""
        locale = babel_locale_parse(self.user_lang().code)
        reference = fields.Datetime.to_datetime(options["now"])
        delta = fields.Datetime.to_datetime(value) - reference
        return babel.dates.format_timedelta(delta, add_direction=True, locale=locale)

    @api.model
    def _complete_options(self, record, field_name, options):
        """Refer to the present moment."""
        return {"now": fields.Datetime.now(), **options}


class BarcodeConverter(models.AbstractModel):
    """Barcodes as images."""

    _name = "ir.qweb.field.barcode"
    _description = "Qweb Field Barcode"
    _inherit = "ir.qweb.field"

    @api.model
    def get_available_options(self):
        """Add kind, size and margin."""
        return {
            **super().get_available_options(),
            "symbology": {
                "type": "string",
                "string": _("Barcode symbology"),
                "default_value": "Code128",
                "description": _("Kind of bar code, such as EAN13"),
            },
            "width": {"type": "integer", "string": _("Width"), "default_value": 600},
            "height": {"type": "integer", "string": _("Height"), "default_value": 100},
            "humanreadable": {"type": "integer", "string": _("Human Readable"), "default_value": 0},
            "quiet": {"type": "integer", "string": "Quiet", "default_value": 1},
            "mask": {"type": "string", "string": "Mask", "default_value": ""},
        }

    @api.model
    def value_to_html(self, value, options=None):
        """Write an ``<img>`` with the barcode, nothing for an empty value."""
        if not value:
            return ""
        options = dict(options or {})
        symbology = options.get("symbology") or "Code128"
        arguments = {
            name: options[name]
            for name in ("width", "height", "humanreadable", "quiet", "mask", "barLevel")
            if options.get(name) is not None
        }
        reports, vector = self.env["ir.actions.report"], self.env.context.get("report_vectors")
        # what is printed needs no pixels
        image = (
            reports._draw_barcode(symbology, value, True, **arguments)
            if vector
            else reports.barcode(symbology, value, **arguments)
        )
        attributes = {name[4:]: text for name, text in options.items() if name.startswith("img_") and text}
        attributes = {name: text for name, text in attributes.items() if name in safe_attrs}
        attributes["alt"] = attributes.get("alt") or options.get("alt") or _("Barcode %s", value)
        written = Markup().join(Markup(' %s="%s"') % pair for pair in attributes.items())
        kind = "svg+xml" if vector else "png"
        return Markup('<img src="data:image/%s;base64,%s"%s>') % (kind, base64.b64encode(image).decode(), written)


#: what is shown of a contact unless options tell otherwise
_CONTACT_PARTS = ("name", "address", "phone", "mobile", "email")


class Contact(models.AbstractModel):
    """Addresses and other ways to reach a partner."""

    _name = "ir.qweb.field.contact"
    _description = "Qweb Field Contact"
    _inherit = "ir.qweb.field.many2one"

    @api.model
    def get_available_options(self):
        """Add what to show, and how."""
        labels = {
            "name": _("Name"),
            "address": _("Address"),
            "phone": _("Phone"),
            "mobile": _("Mobile"),
            "email": _("Email"),
            "vat": _("VAT"),
        }
        parts = [{"field_name": name, "label": label} for name, label in labels.items()]
        for part in parts:
            if part["field_name"] in _CONTACT_PARTS:
                part["default"] = True
        separators = {" ": _("Space"), ",": _("Comma"), "-": _("Dash"), "|": _("Vertical bar"), "/": _("Slash")}
        return {
            **super().get_available_options(),
            "fields": {
                "string": _("Displayed fields"),
                "description": _("Parts of the contact that are shown"),
                "type": "array",
                "params": {"type": "selection", "params": parts},
                "default_value": list(_CONTACT_PARTS),
            },
            "separator": {
                "string": _("Address separator"),
                "type": "selection",
                "params": [list(pair) for pair in separators.items()],
                "placeholder": _("Linebreak"),
                "default_value": False,
            },
            "no_marker": {"type": "boolean", "string": _("Hide badges")},
            "no_tag_br": {
                "type": "boolean",
                "string": _("Use comma"),
                "description": _("Separate the lines of the address by commas."),
            },
            "phone_icons": {"type": "boolean", "string": _("Display phone icons")},
            "country_image": {"type": "boolean", "string": _("Display country image")},
        }

    @api.model
    def value_to_html(self, value, options):
        """Write a partner through the template ``base.contact``."""
        if not value:
            if options.get("null_text"):
                return self.env["ir.qweb"]._render(
                    "base.no_contact", {"options": options}, minimal_qcontext=True, raise_if_not_found=False
                )
            return ""
        shown = options.get("fields") or [*_CONTACT_PARTS]
        separator = options.get("separator") or "\n"
        if options.get("no_tag_br"):
            separator = ", "
        value = value.sudo().with_context(show_address=True)
        lines = (value.display_name or "").split("\n")
        name, address = lines[0], "\n".join(line for line in lines[1:] if line.strip())
        country = value.country_id
        rendered = {part: value[part] for part in ("phone", "mobile", "email", "website", "city", "vat")}
        rendered.update(
            name=name,
            address=nl2br(address) if separator == "\n" else escape(separator.join(address.split("\n"))),
            country_id=country.display_name,
            vat_label=country.vat_label or _("VAT"),
            fields=shown,
            object=value,
            options=options,
        )
        return self.env["ir.qweb"]._render("base.contact", rendered, minimal_qcontext=True)


class QwebView(models.AbstractModel):
    """Views chosen by a field, rendered in place."""

    _name = "ir.qweb.field.qweb"
    _description = "Qweb Field qweb"
    _inherit = "ir.qweb.field.many2one"

    @api.model
    def record_to_html(self, record, field_name, options):
        """Render the view.

        :param options: ``values``: what the template can use
        """
        view = record[field_name]
        if view and view._name != "ir.ui.view":
            raise ValueError(f"{record}.{field_name} designates a record of {view._name}, not a view")
        return self.env["ir.qweb"]._render(view.id, options.get("values", {})) if view else ""
