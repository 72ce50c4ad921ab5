"""``res.lang``: languages and how dates, times and numbers are written in them."""

import json
import logging
import re
from collections.abc import Iterator
from itertools import islice, repeat, takewhile
from typing import Any, Literal

from babel import UnknownLocaleError
from babel.localedata import locale_identifiers

from odoo import _, api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import OrderedSet
from odoo.tools.misc import ReadonlyDict

from .res_country import flag_url

_logger = logging.getLogger(__name__)

DEFAULT_DATE_FORMAT = "%m/%d/%Y"
DEFAULT_TIME_FORMAT = "%H:%M:%S"
DEFAULT_SHORT_TIME_FORMAT = "%H:%M"

#: what is before the first digit, the number, and what is after a blank
NUMBER_IN_TEXT = re.compile(r"(\D*)(\S*)(.*)", re.DOTALL)

#: directives that dates and times cannot be entered with
UNUSABLE_DIRECTIVES = ("%Z", "%z", "%c", "%x", "%X", "%U", "%W", "%j")


class LangData(ReadonlyDict):
    """The data of a language by field name, readable as attributes too. The one of no language is false."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return bool(self["id"])

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class LangDataDict(ReadonlyDict):
    """Data of languages by the value of a field; that of no language, kept under ``dummy``, for what is missing."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> LangData:
        try:
            return super().__getitem__(key)
        except KeyError:
            return super().__getitem__("dummy")

    def active(self) -> list[LangData]:
        """Return the data of the languages there are."""
        return [data for data in self.values() if data]


class Lang(models.Model):
    """A language."""

    _name = "res.lang"
    _description = "Languages"
    _order = "active desc,name"
    _allow_sudo_commands = False

    name = fields.Char(required=True)
    code = fields.Char(string="Locale Code", required=True, help="Language, and country where it matters: pt_BR.")
    iso_code = fields.Char(string="ISO code", help="Names the files with translations.")
    url_code = fields.Char("URL Code", required=True, help="What stands for the language in addresses.")
    active = fields.Boolean()
    direction = fields.Selection([("ltr", "Left-to-Right"), ("rtl", "Right-to-Left")], required=True, default="ltr")
    date_format = fields.Char(string="Date Format", required=True, default=DEFAULT_DATE_FORMAT)
    time_format = fields.Char(string="Time Format", required=True, default=DEFAULT_TIME_FORMAT)
    short_time_format = fields.Char(
        string="Short Time Format",
        required=True,
        default=DEFAULT_SHORT_TIME_FORMAT,
        help="Time without seconds.",
    )
    week_start = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        string="First Day of Week",
        required=True,
        default="7",
    )
    grouping = fields.Char(
        string="Separator Format",
        required=True,
        default="[]",
        help="How digits are grouped, from the point to the left: [3, 0] makes groups of three, [3, 2, 0] one of "
        "three and then groups of two, [3, 2, -1] one of three, one of two, and no more.",
    )
    decimal_point = fields.Char(string="Decimal Separator", required=True, default=".", trim=False)
    thousands_sep = fields.Char(string="Thousands Separator", default=",", trim=False)
    flag_image = fields.Image("Image")
    flag_image_url = fields.Char(compute="_compute_field_flag_image_url")

    _sql_constraints = [
        ("name_uniq", "unique(name)", "There is a language with this name already."),
        ("code_uniq", "unique(code)", "There is a language with this code already."),
        ("url_code_uniq", "unique(url_code)", "There is a language with this code for addresses already."),
    ]

    @api.depends("code", "flag_image")
    def _compute_field_flag_image_url(self):
        """Show the given flag, or else that of the country in the code."""
        for lang in self:
            if lang.flag_image:
                lang.flag_image_url = f"/web/image/res.lang/{lang.id}/flag_image"
            else:
                lang.flag_image_url = flag_url((lang.code or "").rpartition("_")[2])

    # checks

    @api.constrains("active")
    def _check_active(self):
        """Refuse to do without any language."""
        if self.env.registry.ready and not self._has_active():
            raise ValidationError(_("At least one language has to be active."))

    @api.constrains("time_format", "date_format")
    def _check_format(self):
        """Refuse formats that users could not enter dates or times in."""
        for lang in self:
            for name in ("time_format", "date_format"):
                pattern = lang[name] or ""
                unusable = [directive for directive in UNUSABLE_DIRECTIVES if directive in pattern]
                if unusable:
                    raise ValidationError(
                        _(
                            "%(directive)s cannot be part of a format: what users enter could not be read.",
                            directive=", ".join(unusable),
                        )
                    )

    @api.onchange("time_format", "date_format")
    def _onchange_format(self):
        """Tell at once when a format cannot be used."""
        for name in ("time_format", "date_format"):
            if any(directive in (self[name] or "") for directive in UNUSABLE_DIRECTIVES):
                return {
                    "warning": {
                        "type": "notification",
                        "title": _("Format"),
                        "message": _("The format has parts that cannot be entered."),
                    }
                }
        return None

    @api.constrains("grouping")
    def _check_grouping(self):
        """Refuse groupings that are no list of numbers."""
        for lang in self:
            try:
                if not all(isinstance(size, int) for size in json.loads(lang.grouping)):
                    raise ValueError(lang.grouping)
            except (ValueError, TypeError) as error:
                raise ValidationError(
                    _("The separator format of %s is a list of numbers, as in [3, 0].", lang.name)
                ) from error

    def _has_active(self) -> bool:
        """Tell whether any language is active."""
        return bool(self.search([], limit=1))

    def _register_hook(self) -> None:
        """Make sure that there is a language once all modules are loaded."""
        if not self._has_active():
            _logger.error("no language is active")

    # making languages available

    def _with_code(self, code: str) -> "Lang":
        """Return the language with a code, archived ones too."""
        return self.with_context(active_test=False).search([("code", "=", code)])

    def _activate_lang(self, code: str) -> "Lang":
        """Activate the language with a code and return it."""
        lang = self._with_code(code)
        (lang - lang.filtered("active")).active = True
        return lang

    def _activate_and_install_lang(self, code: str) -> "Lang":
        """Activate the language with a code, load its translations, and return it."""
        lang = self._with_code(code)
        (lang - lang.filtered("active")).toggle_active()
        return lang

    def _create_lang(self, lang, lang_name=None):
        """Create a language that is not among those of base, with the formats of the Unicode consortium."""
        locale = self._locale(lang)
        if locale is None:
            _logger.warning("nothing is known of the locale %s: its formats are the default ones", lang)
        return self.create(
            {
                "code": lang,
                "iso_code": tools.get_iso_codes(lang),
                "name": lang_name or lang,
                "url_code": lang,
                "active": True,
                **self._locale_formats(locale),
            }
        )

    def _locale(self, code):
        """Return what Babel knows of a code, ``None`` if nothing."""
        if code.split("@")[0] not in locale_identifiers() and code.split("_")[0] not in locale_identifiers():
            return None
        try:
            return tools.babel_locale_parse(code)
        except (UnknownLocaleError, ValueError):
            return None

    def _locale_formats(self, locale):
        """Return the values of the fields with formats for a Babel locale."""
        if locale is None:
            return {}
        symbols = locale.number_symbols.get("latn", locale.number_symbols)
        return {
            "decimal_point": symbols.get("decimal", "."),
            "thousands_sep": symbols.get("group", ","),
            "direction": "rtl" if locale.text_direction == "rtl" else "ltr",
            "week_start": str(locale.first_week_day + 1),
            "grouping": "[3, 0]",
        }

    @api.private
    @api.model
    def install_lang(self):
        """Activate the language that the command line asks for first, and make it the one of new partners.

        :return: ``True``
        """
        asked = tools.config.get("load_language") or "en_US"
        code = asked.partition(",")[0]
        code = (self._activate_lang(code) or self._create_lang(code)).code
        defaults = self.env["ir.default"]
        if defaults._get("res.partner", "lang") is None:
            defaults.set("res.partner", "lang", code)
        self.env.company.partner_id.filtered(lambda partner: not partner.lang).lang = code
        return True

    # cached data

    @property
    def CACHED_FIELDS(self) -> OrderedSet:
        """Names of the fields in the cached data; extended by other modules."""
        return OrderedSet(
            [
                "id",
                "name",
                "code",
                "iso_code",
                "url_code",
                "active",
                "direction",
                "date_format",
                "time_format",
                "short_time_format",
                "week_start",
                "grouping",
                "decimal_point",
                "thousands_sep",
                "flag_image_url",
            ]
        )

    def _get_data(self, **kwargs: Any) -> LangData:
        """Return the data of the active language with a value, given as ``field=value``; that of no language else.

        :raise UserError: when the field is not cached
        """
        [[name, value]] = kwargs.items()
        return self._get_active_by(name)[value]

    def _lang_get(self, code: str):
        """Return the record of the active language with a code, empty when there is none."""
        return self.browse(self._get_data(code=code).id)

    def _get_code(self, code: str) -> str | Literal[False]:
        """Return ``code`` if a language with it is active."""
        return self._get_data(code=code).code

    @api.model
    def _is_right_to_left(self, code: str | None = None) -> bool:
        """Tell whether a language, by default that of the context, is written from right to left."""
        return self.sudo()._get_data(code=code or self.env.context.get("lang") or "en_US").direction == "rtl"

    @api.model
    @api.readonly
    def get_installed(self) -> list[tuple[str, str]]:
        """Return the active languages as (code, name), by name."""
        return [(lang.code, lang.name) for lang in self._get_active_by("code").active()]

    @tools.ormcache("field", cache="stable")
    def _get_active_by(self, field: str) -> LangDataDict:
        """Return the data of the active languages by the values of a field.

        :raise UserError: when the field is not cached
        """
        names = self.CACHED_FIELDS
        if field not in names:
            raise UserError(_("Field %s is not part of the cached data of languages.", field))
        if field == "code":
            langs = self.sudo().with_context(active_test=True).search_fetch([], names, order="name")
            values = {lang.code: LangData({name: lang[name] for name in names}) for lang in langs}
        else:
            values = {lang[field]: lang for lang in self._get_active_by("code").active()}
        values["dummy"] = LangData(dict.fromkeys(names, False))
        return LangDataDict(values)

    # changes

    def toggle_active(self):
        """Archive and restore languages; restored ones get their translations."""
        super().toggle_active()
        active = self.filtered("active")
        if active:
            modules = self.env["ir.module.module"].sudo().search([("state", "=", "installed")])
            modules._update_translations(active.mapped("code"))
        return True

    @api.model_create_multi
    def create(self, vals_list):
        """Create languages; addresses have their ISO code unless another one is given."""
        self.env.registry.clear_cache("stable")
        return super().create([self._with_url_code(vals) for vals in vals_list])

    def _with_url_code(self, vals: dict) -> dict:
        """Return the values of a new language with what stands for it in addresses."""
        return {**vals, "url_code": vals.get("url_code") or vals.get("iso_code") or vals["code"]}

    def write(self, vals):
        """Update languages.

        :raise UserError: for another code, and for archiving what is in use
        """
        if "code" in vals and any(code != vals["code"] for code in self.mapped("code")):
            raise UserError(_("The code of a language cannot be changed."))
        if vals.get("active") is False:
            self._check_unused()
        result = super().write(vals)
        if vals.get("active"):
            # contacts are asked for their language once there are two
            self.env.registry.clear_cache("templates")
            self._take_short_url_codes()
        self.env.flush_all()
        self.env.registry.clear_cache("stable")
        if "active" in vals:
            self.env.transaction.forget_languages()
        return result

    def _take_short_url_codes(self):
        """Let active languages have the code of the language alone in addresses, where an archived one has it."""
        for lang in self.filtered(lambda lang: "_" in lang.url_code):
            short = lang.code.partition("_")[0]
            holder = self.with_context(active_test=False).search([("url_code", "=", short), ("active", "=", False)])
            if holder:
                holder.url_code = holder.code
                holder.flush_recordset(["url_code"])
                lang.url_code = short

    def _check_unused(self):
        """Check that nobody needs the languages.

        :raise UserError: when somebody does
        """
        codes = self.mapped("code")
        # archived users come back with their language
        if self.env["res.users"].with_context(active_test=False).search_count([("lang", "in", codes)], limit=1):
            raise UserError(_("A language that users have cannot be archived."))
        if self.env["res.partner"].with_context(active_test=True).search_count([("lang", "in", codes)], limit=1):
            raise UserError(_("A language that contacts have cannot be archived."))
        self.env["ir.default"].discard_values("res.partner", "lang", codes)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_default_lang(self):
        """Refuse to delete the source language and those in use."""
        for lang in self:
            if lang.code == "en_US":
                raise UserError(_("The language that everything is written in cannot be deleted."))
            if lang.code == self.env.context.get("lang"):
                raise UserError(_("You cannot delete the language that you use."))
            if lang.active:
                raise UserError(_("Archive the language before you delete it."))

    def unlink(self):
        """Delete languages and forget cached ones."""
        self.env.registry.clear_cache("stable")
        return super().unlink()

    def copy_data(self, default=None):
        """Copies get other names and codes."""
        default = dict(default or {})
        vals_list = super().copy_data(default=default)
        for lang, vals in zip(self, vals_list, strict=True):
            for name in ("name", "code", "url_code"):
                if name not in default:
                    vals[name] = _("%s (copy)", lang[name])
        return vals_list

    @api.private
    def format(self, percent: str, value, grouping: bool = False) -> str:
        """Return a number in the format of the language.

        :param percent: one ``%`` directive, as for the operator of the same name
        :param grouping: separate thousands and decimals as the language does; else programs can read the number
        :raise ValueError: when ``percent`` has something else than one directive
        """
        self.ensure_one()
        if percent[0] != "%":
            raise ValueError(f"a number is formatted by one % directive, not {percent!r}")
        data = self._get_data(id=self.id)
        if not data:
            raise UserError(_("The language %s is not active.", self.name))
        text = percent % value
        if not grouping or percent[-1] not in "eEfFgGdiu":
            return text
        whole, point, fraction = text.partition(".")
        whole = intersperse(whole, json.loads(data.grouping), data.thousands_sep or "")[0]
        return whole + (data.decimal_point + fraction if point else "")

    def action_activate_langs(self):
        """Restore the languages and return the action that tells so."""
        for lang in self:
            lang.action_unarchive()
        return self._notice_of_addition()

    @api.model
    def _notice_of_addition(self) -> dict[str, Any]:
        """Return the action that tells that languages were added, and closes the dialog that asked for them."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": _("The languages are there: users choose theirs in their preferences."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


def split(text: str, counts: list[int]) -> list[str]:
    """Cut ``text`` from the left into pieces of ``counts`` characters.

    :param counts: 0 repeats the count before, -1 ends the cutting
    """
    characters = iter(text)
    pieces = ("".join(islice(characters, size)) for size in _piece_sizes(counts, len(text)))
    return list(takewhile(bool, pieces))


def _piece_sizes(counts: list[int], rest: int) -> Iterator[int]:
    """Yield the sizes of the pieces of a text of ``rest`` characters; see :func:`split`."""
    size = rest
    for count in counts:
        if count < 0:
            break
        if count == 0:
            yield from repeat(size)
        size = count
        yield size
    yield rest


def intersperse(text: str, counts: list[int], separator: str = "") -> tuple[str, int]:
    """Put ``separator`` between groups of digits, counted from the right; what is before and after them stays.

    :return: the text, and the number of separators in it
    """
    left, digits, right = NUMBER_IN_TEXT.fullmatch(text).groups()
    groups = [group[::-1] for group in split(digits[::-1], counts)][::-1]
    return left + separator.join(groups) + right, max(0, len(groups) - 1)
