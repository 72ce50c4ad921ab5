"""``utm.medium``: on what way visitors come."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class UtmMedium(models.Model):
    """A mail, a banner, a letter."""

    _name = "utm.medium"
    _description = "UTM Medium"
    _order = "name"

    name = fields.Char("Medium Name", required=True)
    active = fields.Boolean(default=True)

    _sql_constraints = [("unique_name", "UNIQUE(name)", "There is a medium with this name already.")]

    @api.model_create_multi
    def create(self, vals_list):
        """Number names that there are already."""
        return super().create(self.env["utm.mixin"]._with_unique_names(self._name, vals_list))

    @property
    def SELF_REQUIRED_UTM_MEDIUMS_REF(self):
        """Names of the media that other addons count on, by external id; addons add theirs."""
        return {
            "utm.utm_medium_email": "Email",
            "utm.utm_medium_direct": "Direct",
            "utm.utm_medium_website": "Website",
            "utm.utm_medium_twitter": "X",
            "utm.utm_medium_facebook": "Facebook",
            "utm.utm_medium_linkedin": "LinkedIn",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_utm_medium_record(self):
        """Keep the media that other addons count on.

        :raise UserError: one of them was to go
        """
        refs = (self.env.ref(xmlid, raise_if_not_found=False) for xmlid in self.SELF_REQUIRED_UTM_MEDIUMS_REF)
        needed = self.filtered(lambda medium, known=[ref for ref in refs if ref]: medium in known)
        if needed:
            raise UserError(
                self.env._("Applications need these media, archive them instead: %s", ", ".join(needed.mapped("name")))
            )

    def _fetch_or_create_utm_medium(self, name, module="utm"):
        """Return the medium with an external id, which is made when it is not there.

        :param name: end of its external id, ``utm_medium_<name>``
        :param module: beginning of its external id
        """
        xmlid = f"{module}.utm_medium_{name}"
        medium = self.env.ref(xmlid, raise_if_not_found=False)
        if medium:
            return medium
        # who needs it need not be one who keeps media
        medium = self.sudo().create({"name": self.SELF_REQUIRED_UTM_MEDIUMS_REF.get(xmlid, name)})
        self.env["ir.model.data"].sudo()._update_xmlids([{"xml_id": xmlid, "record": medium, "noupdate": True}])
        return medium
