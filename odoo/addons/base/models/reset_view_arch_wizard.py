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
        result = super().default_get(fields)
        view_ids = (self.env.context.get("active_model") == "ir.ui.view" and self.env.context.get("active_ids") or [])[
            :2
        ]
        if view_ids:
            if "view_id" in fields:
                result["view_id"] = view_ids[0]
            if len(view_ids) == 2:
                result["reset_mode"] = "other_view"
                result["compare_view_id"] = view_ids[1]
        return result

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
        self.ensure_one()
        if self.reset_mode == "other_view":
            self.view_id.with_context(lang=None).write({"arch_db": self.arch_to_compare})
        else:
            self.view_id.reset_arch(self.reset_mode)
        return {"type": "ir.actions.act_window_close"}


def _diff(current, target):
    """Return the difference of two architectures as markup."""
    colours = {"+": "text-success", "-": "text-danger", "@": "text-muted"}
    lines = difflib.unified_diff(
        current.splitlines(), target.splitlines(), fromfile="current", tofile="restored", lineterm=""
    )
    written = [Markup('<span class="%s">%s</span>') % (colours.get(line[:1], ""), escape(line)) for line in lines]
    return Markup("<pre>%s</pre>") % Markup("\n").join(written)
