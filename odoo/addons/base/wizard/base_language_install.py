"""The wizard that adds languages."""

from odoo import _, api, fields, models


class BaseLanguageInstall(models.TransientModel):
    """Asks which languages to add."""

    _name = "base.language.install"
    _description = "Install Language"

    @api.model
    def _default_lang_ids(self):
        """Return the selected languages."""
        if self.env.context.get("active_model") == "res.lang":
            return self.env.context.get("active_ids") or self.env.context.get("active_id") or []
        return []

    lang_ids = fields.Many2many(
        "res.lang",
        "res_lang_install_rel",
        "language_wizard_id",
        "lang_id",
        "Languages",
        default=_default_lang_ids,
        context={"active_test": False},
        required=True,
    )
    overwrite = fields.Boolean(
        "Overwrite Existing Terms",
        default=True,
        help="Translations that users changed are replaced as well.",
    )
    first_lang_id = fields.Many2one("res.lang", compute="_compute_first_lang_id")

    def _compute_first_lang_id(self):
        """Tell the language that the user may switch to."""
        for wizard in self:
            wizard.first_lang_id = wizard.lang_ids[:1]

    def lang_install(self):
        """Activate the languages with their translations, and return the action that tells so."""
        self.ensure_one()
        self.lang_ids.active = True
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(self.lang_ids.mapped("code"), self.overwrite)
        if len(self.lang_ids) == 1:
            question = self.env.ref("base.language_install_view_form_lang_switch")
            return self._get_records_action(
                name=_("Add Languages"), views=[(question.id, "form")], target="new", context={}
            )
        return self.env["res.lang"]._notice_of_addition()

    def reload(self):
        """Return the action that reloads the client."""
        return {"type": "ir.actions.client", "tag": "reload"}

    def switch_lang(self):
        """Give the user the language, and return the action that reloads the client with it."""
        self.env.user.lang = self.first_lang_id.code
        return {"type": "ir.actions.client", "tag": "reload_context"}
