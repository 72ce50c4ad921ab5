"""``mail.render.mixin``: texts with values of records in them."""

import logging
import re

import lxml.html
from markupsafe import Markup

from odoo import _, api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import is_html_empty
from odoo.tools.rendering_tools import convert_inline_template_to_qweb, template_env_globals
from odoo.tools.safe_eval import safe_eval

from ..tools import simple_templates
from .mail_thread_notify import _parsed_time

_logger = logging.getLogger(__name__)

_ENGINES = ("inline_template", "qweb", "qweb_view")
_OPTIONS = frozenset(("post_process", "preserve_comments"))
#: addresses that begin with one slash: of links and pictures, of backgrounds, in styles
_LOCAL = re.compile(
    r"""((?:<a\s[^>]*?\bhref|<(?:img|v:image|v:fill)\s[^>]*?\bsrc|\bbackground)=["'])(/(?!/))"""
    r"""|(url\(\s*(?:&\#34;|&quot;|&\#39;|['"])?)(/(?!/))""",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class MailRenderMixin(models.AbstractModel):
    """Texts of e-mails, rendered for records."""

    _name = "mail.render.mixin"
    _description = "Mail Render Mixin"
    #: texts of the model were written by those who may write any expression
    _unrestricted_rendering = False

    lang = fields.Char(
        "Language", help="Expression for the language of the texts, such as {{ object.partner_id.lang }}."
    )
    render_model = fields.Char("Rendering Model", compute="_compute_render_model", store=False)

    def _compute_render_model(self):
        """Models say what their texts are rendered for."""
        self.render_model = False

    def _valid_field_parameter(self, field, name):
        """Fields may say how they are rendered."""
        return name in ("render_engine", "render_options") or super()._valid_field_parameter(field, name)

    # who may write expressions

    @api.model_create_multi
    def create(self, values_list):
        """Create texts; only some may write any expression.

        :raise AccessError: for others
        """
        records = super().create(values_list)
        records._check_expressions()
        return records

    def write(self, vals):
        """Change texts; only some may write any expression.

        :raise AccessError: for others
        """
        result = super().write(vals)
        self._check_expressions()
        return result

    def _update_field_translations(self, fname, translations, digest=None, source_lang=None):
        """Change translations of texts; only some may write any expression.

        :raise AccessError: for others
        """
        result = super()._update_field_translations(fname, translations, digest, source_lang)
        for lang in translations:
            self.with_context(lang=lang)._check_expressions()
        return result

    def _may_write_expressions(self):
        """Tell whether the user may write any expression."""
        return self.env.su or self.env.user.has_group("mail.group_mail_template_editor")

    def _check_expressions(self):
        """Check that the user may write the expressions of these texts.

        :raise AccessError: otherwise
        """
        if self._unrestricted_rendering and not self._may_write_expressions() and self._has_unsafe_expression():
            raise self._expression_refusal()

    def _expression_refusal(self):
        """Return the error for those who may not write expressions."""
        group = self.env.ref("mail.group_mail_template_editor").sudo()
        return AccessError(_("Only members of %(group)s may use placeholders such as these.", group=group.display_name))

    def _has_unsafe_expression(self):
        """Tell whether a text has an expression that only some may write."""
        for record in self.sudo():
            for name, field in record._fields.items():
                if field.type not in ("char", "html", "text") or not record[name] or not field.store:
                    continue
                engine = getattr(field, "render_engine", "inline_template")
                model = record.render_model or False
                if self._is_unsafe(str(record[name]), model, engine):
                    return True
        return False

    def _is_unsafe(self, text, model_name, engine):
        """Tell whether a text has an expression that only some may write."""
        model = self.env.get(model_name) if model_name else None
        allowed = () if model is None else model.mail_allowed_qweb_expressions()
        if engine == "qweb":
            return not simple_templates.is_simple_qweb(text, allowed)
        return engine == "inline_template" and not simple_templates.is_simple_inline(text, allowed)

    # links

    @api.model
    def _replace_local_links(self, html, base_url=None):
        """Return HTML whose links work outside.

        :param base_url: where local links begin; the address of the server by default
        """
        if not html:
            return html
        root = [base_url]

        def absolute(match):
            if not root[0]:
                root[0] = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
            before, slash = (match[1], match[2]) if match[1] else (match[3], match[4])
            return f"{before}{(root[0] or '').rstrip('/')}{slash}"

        result = _LOCAL.sub(absolute, str(html))
        return Markup(result) if isinstance(html, Markup) else result

    @api.model
    def _render_encapsulate(self, layout_xmlid, html, add_context=None, context_record=None):
        """Return a text inside of a layout of e-mails.

        :param layout_xmlid: external id of the layout
        :param add_context: more values of the layout
        :param context_record: what the e-mail is about
        """
        record = context_record
        values = {
            "body": html,
            "record_name": record.display_name if record else "",
            "model_description": self.env["ir.model"]._get(record._name).display_name if record else False,
            "company": (record["company_id"] if record and "company_id" in record._fields else False)
            or self.env.company,
            "record": record,
            "is_html_empty": is_html_empty,
            "lang": self.env.lang,
            **(add_context or {}),
        }
        result = self.env["ir.qweb"]._render(layout_xmlid, values, minimal_qcontext=True, raise_if_not_found=False)
        if not result:
            _logger.warning("the layout %s of e-mails is missing", layout_xmlid)
            result = html
        return self._replace_local_links(result)

    @api.model
    def _prepend_preview(self, html, preview):
        """Return HTML with a text before it that mail programs show in lists.

        :param preview: text, maybe with placeholders
        """
        if not preview or not preview.strip():
            return html
        hidden = Markup('<div style="display:none;font-size:1px;height:0px;width:0px;opacity:0;">%s</div>') % Markup(
            convert_inline_template_to_qweb(preview)
        )
        return tools.prepend_html_content(html, hidden)

    # rendering

    @api.model
    def _render_eval_context(self):
        """Return what expressions may name."""
        env = self.env

        def format_date(value, date_format=False, lang_code=False):
            return tools.format_date(env, value, date_format=date_format, lang_code=lang_code)

        def format_datetime(value, tz=False, dt_format=False, lang_code=False):
            return tools.format_datetime(env, value, tz=tz, dt_format=dt_format, lang_code=lang_code)

        def format_time(value, tz=False, time_format=False, lang_code=False):
            return tools.format_time(env, value, tz=tz, time_format=time_format, lang_code=lang_code)

        def format_amount(amount, currency, lang_code=False):
            return tools.format_amount(env, amount, currency, lang_code)

        return {
            **template_env_globals,
            "ctx": env.context,
            "format_addr": tools.formataddr,
            "format_amount": format_amount,
            "format_date": format_date,
            "format_datetime": format_datetime,
            "format_duration": tools.format_duration,
            "format_time": format_time,
            "is_html_empty": is_html_empty,
            "user": env.user,
        }

    @api.model
    def _render_template(self, template_src, model, res_ids, engine="inline_template", add_context=None, options=None):
        """Return a text for some records.

        :param template_src: the text, or a view for ``qweb_view``
        :param model: name of the model of the records
        :param res_ids: list of their ids
        :param engine: ``inline_template``, ``qweb`` or ``qweb_view``
        :param add_context: more that expressions may name
        :param options: ``post_process`` makes links work outside, ``preserve_comments`` keeps comments
        :return: ``{id: text}``
        :raise ValueError: for unknown engines and options
        """
        options = options or {}
        if not isinstance(res_ids, (list, tuple)):
            raise ValueError(f"texts are rendered for a list of ids, not {res_ids!r}")
        if engine not in _ENGINES:
            raise ValueError(f"{engine} is no way to render texts: there are {', '.join(_ENGINES)}")
        if unknown := options.keys() - _OPTIONS:
            raise ValueError(f"texts are not rendered with these options: {', '.join(sorted(unknown))}")
        if not template_src or not res_ids:
            return dict.fromkeys(res_ids, "")
        render = getattr(self, f"_render_template_{engine}")
        texts = render(template_src, model, res_ids, add_context=add_context, options=options)
        return self._render_template_postprocess(model, texts) if options.get("post_process") else texts

    @api.model
    def _render_template_postprocess(self, model, rendered):
        """Return texts whose links work outside, at the address of each record."""
        records = self.env[model].browse([id_ for id_ in rendered if id_]) if model else ()
        base = {record.id: record.get_base_url() for record in records}
        return {id_: self._replace_local_links(text, base.get(id_)) for id_, text in rendered.items()}

    def _contexts(self, model, res_ids, add_context):
        """Yield each id with what expressions may name for its record."""
        shared = {**self._render_eval_context(), **(add_context or {})}
        records = self.env[model].browse([id_ for id_ in res_ids if id_])
        for id_ in res_ids:
            yield id_, {**shared, "object": records.browse(id_ or ()).with_prefetch(records._prefetch_ids)}

    def _is_restricted(self):
        """Tell whether texts that are rendered now may have simple expressions only."""
        return not (self._unrestricted_rendering or self.env.su or self.env.is_admin()) and not (
            self._may_write_expressions()
        )

    def _render_template_inline_template(self, template_txt, model, res_ids, add_context=None, options=None):
        """Return a text with ``{{ expression ||| default }}`` in it for some records.

        :raise AccessError: for expressions that the user may not write
        :raise UserError: when one fails
        """
        if not self._is_unsafe(template_txt, model, "inline_template"):
            return {
                id_: simple_templates.render_inline(template_txt, values["object"])
                for id_, values in self._contexts(model, res_ids, add_context)
            }
        if self._is_restricted():
            raise self._expression_refusal()
        parts, rendered = simple_templates.parse_inline(template_txt), {}
        for id_, values in self._contexts(model, res_ids, add_context):
            try:
                rendered[id_] = simple_templates.fill_inline(parts, lambda expr, names=values: safe_eval(expr, names))
            except Exception as error:
                _logger.info("a text for %s could not be rendered: %s", model, template_txt, exc_info=True)
                raise UserError(
                    _("The text %(text)s cannot be rendered: %(error)s", text=template_txt, error=error)
                ) from error
        return rendered

    def _render_template_qweb(self, template_src, model, res_ids, add_context=None, options=None):
        """Return HTML with QWeb directives in it for some records.

        :raise AccessError: for expressions that the user may not write
        :raise UserError: when one fails
        """
        options = options or {}
        text = str(template_src)
        if not self._is_unsafe(text, model, "qweb"):
            return {
                id_: _uncommented(simple_templates.render_qweb(text, values["object"]), options)
                for id_, values in self._contexts(model, res_ids, add_context)
            }
        if self._is_restricted():
            raise self._expression_refusal()
        root = lxml.html.fragment_fromstring(text, create_parent="div")
        rendered = {}
        for id_, values in self._contexts(model, res_ids, add_context):
            try:
                html = self.env["ir.qweb"]._render(
                    root, values, preserve_comments=bool(options.get("preserve_comments"))
                )
            except Exception as error:
                _logger.info("a text for %s could not be rendered", model, exc_info=True)
                if isinstance(error.__cause__, PermissionError):
                    raise self._expression_refusal() from error
                raise UserError(_("The text cannot be rendered: %s", error)) from error
            rendered[id_] = _uncommented(simple_templates.unwrapped(html), options)
        return rendered

    def _render_template_qweb_view(self, view_ref, model, res_ids, add_context=None, options=None):
        """Return a view for some records; an empty text where it is missing.

        :raise UserError: when it fails
        """
        view = view_ref.id if isinstance(view_ref, models.BaseModel) else view_ref
        rendered = {}
        for id_, values in self._contexts(model, res_ids, add_context):
            try:
                html = self.env["ir.qweb"]._render(view, values, minimal_qcontext=True, raise_if_not_found=False)
            except Exception as error:
                _logger.info("the view %s could not be rendered", view, exc_info=True)
                raise UserError(_("The text cannot be rendered: %s", error)) from error
            rendered[id_] = _uncommented(html, options or {})
        return rendered

    # languages and fields

    def _render_lang(self, res_ids, engine="inline_template"):
        """Return ``{id: language}`` of the text for some records."""
        self.ensure_one()
        return {
            id_: lang or False
            for id_, lang in self._render_template(self.lang, self.render_model, res_ids, engine=engine).items()
        }

    def _classify_per_lang(self, res_ids, engine="inline_template"):
        """Return ``{language: (the text in it, ids of the records)}``."""
        self.ensure_one()
        forced = self.env.context.get("template_preview_lang")
        langs = dict.fromkeys(res_ids, forced) if forced else self._render_lang(res_ids, engine=engine)
        by_lang: dict = {}
        for id_ in res_ids:
            by_lang.setdefault(langs.get(id_) or False, []).append(id_)
        return {lang: (self.with_context(lang=lang) if lang else self, ids) for lang, ids in by_lang.items()}

    def _render_field(
        self,
        field,
        res_ids,
        engine="inline_template",
        compute_lang=False,
        set_lang=False,
        add_context=None,
        options=None,
    ):
        """Return a field of the text for some records.

        :param field: name of the field
        :param compute_lang: use the language of each record
        :param set_lang: use this language
        :return: ``{id: text}``
        :raise ValueError: for an unknown field
        """
        if field not in self._fields:
            raise ValueError(f"{self._name} has no field {field} to render")
        self.ensure_one()
        definition = self._fields[field]
        engine = getattr(definition, "render_engine", engine)
        options = {**(getattr(definition, "render_options", None) or {}), **(options or {})}
        if compute_lang:
            groups = self._classify_per_lang(res_ids).values()
        else:
            groups = [(self.with_context(lang=set_lang) if set_lang else self, list(res_ids))]
        return {
            id_: text
            for template, ids in groups
            for id_, text in template._render_template(
                template[field], template.render_model, ids, engine=engine, add_context=add_context, options=options
            ).items()
        }

    @api.model
    def _process_scheduled_date(self, scheduled_date):
        """Return a time given as text, in UTC without zone; ``False`` when it is none."""
        return _parsed_time(scheduled_date)

    def _build_expression(self, field_name, sub_field_name, null_value):
        """Return the placeholder for a field of records.

        :param sub_field_name: name of a field behind it
        :param null_value: text where it is empty
        """
        if not field_name:
            return ""
        path = ".".join(filter(None, ("object", field_name, sub_field_name)))
        return "{{ " + (f"{path} ||| {null_value}" if null_value else path) + " }}"


def _uncommented(html, options):
    """Return HTML as ``Markup``, without comments unless they are to be kept."""
    return Markup(html if options.get("preserve_comments") else _COMMENT.sub("", html))
