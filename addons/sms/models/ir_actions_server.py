"""Server actions that send text messages."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _


class ServerActions(models.Model):
    """One more kind of server action."""

    _inherit = "ir.actions.server"

    state = fields.Selection(selection_add=[("sms", "Send SMS"), ("followers",)], ondelete={"sms": "cascade"})
    sms_template_id = fields.Many2one(
        "sms.template",
        "SMS Template",
        domain="[('model_id', '=', model_id)]",
        ondelete="set null",
        copy=True,
        store=True,
        readonly=False,
        compute="_compute_sms_template_id",
    )
    sms_method = fields.Selection(
        [("sms", "SMS (without note)"), ("comment", "SMS (with note)"), ("note", "Note only")],
        string="Send SMS As",
        copy=True,
        store=True,
        readonly=False,
        compute="_compute_sms_method",
    )

    @api.depends("state")
    def _compute_available_model_ids(self):
        """Text messages are sent to records with numbers."""
        super()._compute_available_model_ids()
        sending = self.filtered(lambda action: action.state == "sms")
        if sending:
            allowed = sending[0].available_model_ids.filtered(lambda m: m.is_mail_thread_sms and not m.transient)
            sending.available_model_ids = allowed

    @api.depends("model_id", "state")
    def _compute_sms_template_id(self):
        """Other actions have no template, nor one of other records."""
        for action in self:
            if action.state != "sms" or action.sms_template_id.model_id != action.model_id:
                action.sms_template_id = False

    @api.depends("state")
    def _compute_sms_method(self):
        """Only messages are sent in some way."""
        for action in self:
            action.sms_method = (action.sms_method or "sms") if action.state == "sms" else False

    @api.constrains("state", "model_id")
    def _check_sms_model_coherency(self):
        """Check that there can be text messages about the records."""
        for action in self.filtered(lambda one: one.state == "sms"):
            model = action.model_id
            if model.transient or not model.is_mail_thread:
                raise ValidationError(_("No text messages can be sent about records of %s.", model.name))

    @api.constrains("model_id", "template_id", "sms_template_id")
    def _check_sms_template_model(self):
        """Check that templates are for the records of the action."""
        sending = [(action, action.sms_template_id) for action in self if action.state == "sms"]
        foreign = [action.name for action, template in sending if template and template.model != action.model_name]
        if foreign:
            raise ValidationError(_("The text message of %s is for other records.", foreign[0]))

    def _run_action_sms_multi(self, eval_context=None):
        """Send the template to the records, or keep it as a note."""
        template, records = self.sms_template_id, self._active_records()
        if not template or not records or self._is_recompute():
            return False
        if self.sms_method == "note":
            bodies = template._render_field("body", records.ids, compute_lang=True)
            records._message_log_batch(bodies)
            return False
        composer = self.env["sms.composer"].create(
            {
                "composition_mode": "mass",
                "mass_force_send": self.sms_method == "comment",
                "mass_keep_log": self.sms_method == "comment",
                "res_ids": repr(records.ids),
                "res_model": records._name,
                "template_id": template.id,
            }
        )
        composer.action_send_sms()
        return False
