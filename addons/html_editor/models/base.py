"""What clients are told of fields with HTML, and texts that several people save."""

from odoo import api, models
from odoo.addons.html_editor.tools import handle_history_divergence, saves_in
from odoo.addons.web.models.saving import KNOWN


class Base(models.AbstractModel):
    """Every model."""

    _inherit = "base"

    @api.model
    def _get_view_field_attributes(self):
        """Tell how HTML is cleaned, too: the editor offers nothing that would be taken out."""
        attributes = super()._get_view_field_attributes()
        return attributes + [name for name in ("sanitize", "sanitize_tags") if name not in attributes]

    def web_save(self, vals, specification, next_id=None):
        """Save texts that were written together: what others saved of them is no conflict when it is contained."""
        texts = [
            name
            for name, value in vals.items()
            if isinstance(value, str) and saves_in(value) and getattr(self._fields.get(name), "type", "") == "html"
        ]
        if not texts or len(self) != 1:
            return super().web_save(vals, specification, next_id=next_id)
        vals = dict(vals)
        contained = [name for name in texts if self._contains_stored(name, vals[name])]
        for name in texts:
            handle_history_divergence(self, name, vals)
        return super(Base, self._without_known(contained)).web_save(vals, specification, next_id=next_id)

    def _contains_stored(self, name, value):
        """Return whether a text contains what is stored: the last save is one of those that it names."""
        stored = saves_in(self[name])
        return bool(stored) and stored[-1] in saves_in(value)

    def _without_known(self, names):
        """Return the record without what a save says to have read of some fields, which are not compared then."""
        known = self.env.context.get(KNOWN)
        if not names or not isinstance(known, dict) or not isinstance(known.get("values"), dict):
            return self
        values = {name: value for name, value in known["values"].items() if name not in names}
        return self.with_context(**{KNOWN: {**known, "values": values}})
