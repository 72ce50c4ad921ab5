"""Names of records in addresses, and what public pages know of the session."""

import re

from odoo import api, models
from odoo.addons.base.models import ir_http as base_http
from odoo.http import request

#: the name, if there is one, and the id of a record at the end of a part of a path
_SLUG = re.compile(r"(?:(?P<name>\w{1,2}|\w[\w-]+?\w)-)?(?P<id>-?\d+)(?=[/?#]|$)", re.ASCII)
#: names of modules whose terms public pages need, beside those that say so
PAGE_MODULES = ("web",)


class ModelConverter(base_http.ModelConverter):
    """`<model("res.partner"):partner>`: the record whose name and id are the path part.

    :param domain: which records have an address; it is for those who list the pages
    """

    def __init__(self, url_map, model=False, domain="[]"):
        super().__init__(url_map, model)
        self.domain = domain

    def to_python(self, value):
        """Return the record, which knows from what part of the path it comes."""
        _name, id_ = request.env["ir.http"]._unslug(value)
        records = request.env[self.model].with_context(_converter_value=value)
        if id_ is not None and id_ < 0 and not records.browse(id_).exists():
            # the name ended with a dash
            id_ = -id_
        return records.browse(id_)

    def to_url(self, value):
        """Return the path part of a record."""
        return request.env["ir.http"]._slug(value)


class IrHttp(models.AbstractModel):
    """Routes whose paths have the names of records."""

    _inherit = "ir.http"

    @classmethod
    def _get_converters(cls):
        """Records are found by parts of paths with their names."""
        return {**super()._get_converters(), "model": ModelConverter}

    @classmethod
    def _slug(cls, value):
        """Return the path part of a record, or of a pair (id, name): the name in plain letters, a dash, the id.

        :raises ValueError: the record is not in the database
        """
        id_, name = value if isinstance(value, tuple) else (value.id, None)
        if not id_:
            raise ValueError(f"There is no address for what is not in the database: {value}")
        if name is None and not isinstance(value, tuple):
            name = value.display_name
        slug = cls._slugify(name or "")
        return f"{slug}-{id_}" if slug else str(id_)

    @classmethod
    def _unslug(cls, value):
        """Return the name and the id of a path part; the name is None without one, both are when it has no id."""
        match = _SLUG.match(value)
        return (match["name"], int(match["id"])) if match else (None, None)

    @classmethod
    def _unslug_url(cls, value):
        """Return a path whose last part is the id of its record, without the name."""
        rest, slash, last = value.rpartition("/")
        _name, id_ = cls._unslug(last)
        return f"{rest}{slash}{id_}" if id_ is not None else value

    @api.private
    @api.model
    def get_frontend_session_info(self):
        """Tell public pages their language, and where its terms are."""
        info = super().get_frontend_session_info()
        if not getattr(request, "is_frontend", False):
            return info
        lang = request.lang.code
        terms = self.sudo().get_web_translations_hash(sorted(self.get_translation_frontend_modules()), lang)
        info.setdefault("bundle_params", {})["lang"] = lang
        info["cache_hashes"] = {**info.get("cache_hashes", {}), "translations": terms}
        info["translationURL"] = "/website/translations"
        return info

    @api.private
    @api.model
    def get_translation_frontend_modules(self):
        """Return the names of the installed modules whose terms public pages need."""
        return [name for name in self._get_translation_frontend_modules_name() if name in self.pool._init_modules]

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Return the names of the modules whose terms public pages need; addons with such pages add theirs."""
        return list(PAGE_MODULES)
