"""Going back to another architecture of a view."""

import difflib

from markupsafe import Markup, escape

from odoo import api, fields, models


class ResetViewArchWizard(models.TransientModel):
    """Compares the architecture of a view with an earlier one, its data file, or another view; and restores it."""

    _name = "reset.view.arch.wizard"
    _description = "Reset View Architecture Wizard"

    view_id = fields.Many2one("ir.ui.view", string="View")
    view_name = fields.Char(related="view_id.name", string="View Name")
    has_diff = fields.Boolean(compute="_compute_arch_diff")
    arch_diff = fields.Html(
        string="Architecture Diff", readonly=True, compute="_compute_arch_diff", sanitize_tags=False
    )
    reset_mode = fields.Selection(
        [
            ("soft", "Restore previous version (soft reset)."),
            ("hard", "Reset to file version (hard reset)."),
            ("other_view", "Reset to another view."),
        ],
        string="Reset Mode",
        default="soft",
        required=True,
    )
    compare_view_id = fields.Many2one("ir.ui.view", string="Compare To View")
    arch_to_compare = fields.Text("Arch To Compare To", compute="_compute_arch_diff")

    @api.model
    def default_get(self, fields):
        """Take the view, or the two views to compare, from the selection."""
        values = {}
        if self.env.context.get("active_model") == "ir.ui.view":
            values = dict(zip(("view_id", "compare_view_id"), self.env.context.get("active_ids") or (), strict=False))
        if len(values) == 2:
            values["reset_mode"] = "other_view"
        return super().default_get(fields) | {name: values[name] for name in values.keys() & set(fields)}

    @api.depends("reset_mode", "view_id", "compare_view_id")
    def _compute_arch_diff(self):
        """Compare the present architecture with the chosen one."""
        for wizard in self:
            view = wizard.view_id.with_context(lang=None)
            target = wizard._target_arch(view)
            wizard.arch_to_compare = target
            wizard.has_diff = bool(view and target and view.arch != target)
            wizard.arch_diff = _diff(view.arch or "", target) if wizard.has_diff else False

    def _target_arch(self, view):
        if self.reset_mode == "soft":
            return view.arch_prev
        if self.reset_mode == "hard":
            return view.arch_fs and view.with_context(read_arch_from_file=True).arch
        return self.compare_view_id.with_context(lang=None).arch

    def reset_view_button(self):
        """Restore the chosen architecture and close."""
        view = self.view_id.with_context(lang=None)
        if self.reset_mode == "other_view":
            view.arch_db = self.arch_to_compare
        else:
            view.reset_arch(self.reset_mode)
        return {"type": "ir.actions.act_window_close"}


def _diff(current, target):
    """Return the difference of two architectures as markup."""
    colours = {"+": "text-success", "-": "text-danger", "@": "text-muted"}
    lines = difflib.unified_diff(
        current.splitlines(), target.splitlines(), fromfile="current", tofile="restored", lineterm=""
    )
    written = [Markup('<span class="%s">%s</span>') % (colours.get(line[:1], ""), escape(line)) for line in lines]
    return Markup("<pre>%s</pre>") % Markup("\n").join(written)
